"""The rules about Tugas Tambahan and Perilaku Kerja, each by itself."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from pmm_tui.skp.katalog_tables import Periode, TugasDefaults
from pmm_tui.skp.model import PerilakuKerja, Tugas
from pmm_tui.skp.rules.content import MAX_TEXT, OLDEST_SK
from tests.skp.rule_cases import (
    EVERY,
    WITH_HOURS,
    WITH_POINTS,
    WITHOUT_POINTS,
    Change,
    RuleCase,
    Sample,
    check,
    fixed,
    katalog,
    section,
    skema,
    state,
    then,
    tugas,
)

GUARDIAN = Tugas(tugas="wali-kelas")
OSIS = Tugas(tugas="pembina-osis")
CLUB = Tugas(tugas="pembina-ekstrakurikuler")
CHAIR = Tugas(tugas="koordinator-pkb")


def perilaku(*indikator: str) -> Change:
    """With those indikator perilaku and no others."""
    return section(perilaku_kerja=PerilakuKerja(indikator=indikator))


def more_perilaku(*indikator: str) -> Change:
    """With those indikator perilaku behind the plan's own seven."""
    return lambda c: perilaku(*c.rencana.perilaku_kerja.indikator, *indikator)(c)


def without_harmony(c: Sample) -> Sample:
    """Without the indikator of one value."""
    return perilaku(*(i for i in c.rencana.perilaku_kerja.indikator if not i.startswith("harmonis/")))(c)


def earlier_perilaku(c: Sample) -> Sample:
    """With the first indikator perilaku chosen once more."""
    return more_perilaku(c.rencana.perilaku_kerja.indikator[0])(c)


def sk(date: str = "", number: str = "") -> Change:
    """With one tugas tambahan of that SK."""
    return tugas(Tugas(tugas="wali-kelas", nomor_sk=number, tanggal_sk=date))


def periode_of(c: Sample) -> Periode:
    """The period that the example is of."""
    found = c.katalog.find_periode(c.periode)
    assert found is not None
    return found


ONE_TUGAS = katalog(tugas_tambahan_umum=TugasDefaults(rhk_pola="{tugas}", boleh_lebih_dari_satu=False))

CASES = (
    # ---- tugas tambahan
    RuleCase(
        code="tugas-bertentangan",
        pointer="/tugas_tambahan/tidak_ada",
        error=(tugas(GUARDIAN, tidak_ada=True),),
        right=(fixed, tugas(tidak_ada=True)),
    ),
    RuleCase(code="tugas-belum", pointer="/tugas_tambahan/tidak_ada", error=(tugas(),), right=(fixed, tugas(tidak_ada=True))),
    RuleCase(
        code="tugas-wajib",
        pointer="/tugas_tambahan/tidak_ada",
        error=(then(skema(tugas_tambahan_wajib=True), tugas(tidak_ada=True)),),
        right=(tugas(tidak_ada=True), skema(tugas_tambahan_wajib=True)),
    ),
    RuleCase(
        code="tugas-lebih",
        pointer="/tugas_tambahan/tugas",
        error=(then(ONE_TUGAS, tugas(GUARDIAN, OSIS)),),
        right=(tugas(GUARDIAN, OSIS), then(ONE_TUGAS, tugas(GUARDIAN))),
    ),
    RuleCase(
        code="tugas-asing",
        pointer="/tugas_tambahan/tugas/1",
        error=(tugas(GUARDIAN, Tugas(tugas="entah")),),
        right=(tugas(GUARDIAN, OSIS),),
    ),
    RuleCase(
        code="tugas-jenjang",
        pointer="/tugas_tambahan/tugas/0",
        error=(tugas(Tugas(tugas="ketua-program-keahlian")), then(state(jenjang="SD"), tugas(OSIS))),
        right=tuple(then(state(jenjang=jenjang), tugas(Tugas(tugas="ketua-program-keahlian"))) for jenjang in ("SMK", "smk", "")),
    ),
    RuleCase(
        code="tugas-ganda", pointer="/tugas_tambahan/tugas/1", error=(tugas(GUARDIAN, GUARDIAN),), right=(tugas(GUARDIAN, OSIS),)
    ),
    RuleCase(
        code="jp-lebih",
        pointer="/tugas_tambahan/tugas",
        error=(tugas(GUARDIAN, OSIS, CLUB, Tugas(tugas="guru-piket")), tugas(GUARDIAN, OSIS, CLUB, CHAIR)),
        right=(
            fixed,
            tugas(GUARDIAN, OSIS, CLUB),
            tugas(GUARDIAN, OSIS, CLUB, Tugas(tugas="wakil-kepala"), Tugas(tugas="guru-wali")),
            then(katalog(tugas_tambahan_umum=TugasDefaults(rhk_pola="{tugas}")), tugas(GUARDIAN, OSIS, CLUB, CHAIR)),
        ),
        blocks=False,
        periode=WITH_HOURS,
    ),
    RuleCase(
        code="sk-panjang",
        pointer="/tugas_tambahan/tugas/0/nomor_sk",
        error=(sk(number="x" * (MAX_TEXT + 1)),),
        right=(sk(number="x" * MAX_TEXT), sk()),
    ),
    RuleCase(
        code="sk-tanggal",
        pointer="/tugas_tambahan/tugas/0/tanggal_sk",
        error=tuple(map(sk, ("kemarin", "2024-02-30", "2024-01", "2024-99999999999-01", "x" * 4000))),
        right=tuple(map(sk, ("", "2024-01-05", "05/01/2024", "5 Januari 2024", "2099-01-01"))),
    ),
    RuleCase(
        code="sk-tanggal-lewat",
        pointer="/tugas_tambahan/tugas/0/tanggal_sk",
        error=(sk("2099-01-01"), lambda c: sk((periode_of(c).selesai + timedelta(1)).isoformat())(c)),
        right=(fixed, lambda c: sk(periode_of(c).selesai.isoformat())(c), sk("kemarin")),
        blocks=False,
    ),
    RuleCase(
        code="sk-tanggal-lama",
        pointer="/tugas_tambahan/tugas/0/tanggal_sk",
        error=(sk("1926-07-15"), lambda c: sk(date(periode_of(c).mulai.year - OLDEST_SK - 1, 12, 31).isoformat())(c)),
        right=(fixed, lambda c: sk(date(periode_of(c).mulai.year - OLDEST_SK, 1, 1).isoformat())(c), sk("kemarin")),
        blocks=False,
    ),
    # ---- perilaku kerja
    RuleCase(
        code="perilaku-asing",
        pointer="/perilaku_kerja/indikator/7",
        error=tuple(map(more_perilaku, ("asing/suka-menolong", "harmonis/asing", "harmonis", "harmonis/", ""))),
        right=(fixed,),
    ),
    RuleCase(
        code="perilaku-ganda",
        pointer="/perilaku_kerja/indikator/7",
        error=(earlier_perilaku,),
        right=(fixed, more_perilaku("harmonis/suka-menolong")),
    ),
    RuleCase(
        code="perilaku-lebih",
        pointer="/perilaku_kerja/harmonis",
        error=(then(skema(perilaku_per_nilai_maks=1), more_perilaku("harmonis/suka-menolong")),),
        right=(fixed, then(skema(perilaku_per_nilai_maks=2), more_perilaku("harmonis/suka-menolong"))),
    ),
    RuleCase(
        code="perilaku-kurang", pointer="/perilaku_kerja/harmonis", error=(without_harmony,), right=(fixed,), periode=WITH_POINTS
    ),
    RuleCase(
        code="perilaku-kurang",
        pointer="/perilaku_kerja/harmonis",
        error=(
            then(
                skema(perilaku_per_nilai_min=2, perilaku_per_nilai_maks=2, perilaku_nilai_min=1), perilaku("harmonis/suka-menolong")
            ),
        ),
        right=(
            then(
                skema(perilaku_per_nilai_min=2, perilaku_per_nilai_maks=2, perilaku_nilai_min=1),
                perilaku("harmonis/suka-menolong", "harmonis/lingkungan-kondusif"),
            ),
        ),
    ),
    RuleCase(
        code="perilaku-nilai-kurang",
        pointer="/perilaku_kerja",
        error=(perilaku(),),
        right=(fixed, perilaku("harmonis/suka-menolong"), then(skema(perilaku_nilai_min=0), perilaku())),
        periode=WITHOUT_POINTS,
    ),
    RuleCase(
        code="perilaku-nilai-kurang",
        pointer="/perilaku_kerja",
        error=(
            then(
                skema(perilaku_nilai_min=2, perilaku_per_nilai_maks=3), perilaku("loyal/menjaga-rahasia", "loyal/menjaga-nama-baik")
            ),
        ),
        right=(then(skema(perilaku_nilai_min=2), perilaku("harmonis/suka-menolong", "loyal/menjaga-rahasia")),),
    ),
)


@pytest.mark.parametrize("periode", EVERY)
@pytest.mark.parametrize("case", CASES, ids=[case.code for case in CASES])
def test_a_rule_speaks_when_it_should_and_only_then(case: RuleCase, periode: str) -> None:
    """Each rule says its word, at its place and with its weight, for what is wrong, and is silent about what is near but right."""
    check(case, periode)
