"""The rules about Praktik Pembelajaran and Pengembangan Kompetensi, each by itself."""

from __future__ import annotations

import msgspec
import pytest

from pmm_tui.skp.katalog_reader import bundled
from pmm_tui.skp.katalog_tables import KompetensiDefaults
from pmm_tui.skp.model import MAX_TARGET, RHK, PraktikPembelajaran
from pmm_tui.skp.rules.content import MAX_RHK, MAX_TEXT
from tests.skp.rule_cases import (
    EVERY,
    WITH_POINTS,
    Change,
    RuleCase,
    check,
    fixed,
    katalog,
    more_rhk,
    rhk,
    sample,
    section,
    skema,
    then,
)

STANDALONE = "peserta-pelatihan-mandiri"
"""An RHK of 8 points a unit; the faultless plan has 4 of it."""
ONE, TWO = (indikator.id for indikator in bundled().indikator[:2])


def praktik(*indikator: str) -> Change:
    """With those indicators of Praktik Pembelajaran."""
    return section(praktik_pembelajaran=PraktikPembelajaran(indikator=indikator))


def free(number: int = 1, poin: int = 1, target: int = 1) -> RHK:
    """An RHK outside the catalogue."""
    return RHK(uraian=f"Menulis buku {number}", poin=poin, target=target)


CASES = (
    # ---- praktik pembelajaran
    RuleCase(
        code="indikator-asing",
        pointer="/praktik_pembelajaran/indikator/0",
        error=(praktik("entah"), praktik("")),
        right=tuple(praktik(indikator.id) for indikator in bundled().indikator),
    ),
    RuleCase(
        code="indikator-ganda",
        pointer="/praktik_pembelajaran/indikator/1",
        error=(then(skema(indikator_maks=2), praktik(ONE, ONE)),),
        right=(then(skema(indikator_maks=2), praktik(ONE, TWO)),),
    ),
    RuleCase(
        code="indikator-kurang",
        pointer="/praktik_pembelajaran/indikator",
        error=(praktik(), then(skema(indikator_min=2, indikator_maks=2), praktik(ONE))),
        right=(fixed, then(skema(indikator_min=0), praktik()), then(skema(indikator_maks=2), praktik(ONE))),
    ),
    RuleCase(
        code="indikator-lebih",
        pointer="/praktik_pembelajaran/indikator",
        error=(praktik(ONE, TWO),),
        right=(fixed, then(skema(indikator_maks=2), praktik(ONE, TWO))),
    ),
    # ---- pengembangan kompetensi
    RuleCase(code="rhk-kosong", pointer="/pengembangan_kompetensi/rhk", error=(rhk(),), right=(fixed, rhk(free(poin=32)))),
    RuleCase(
        code="rhk-lebih",
        pointer="/pengembangan_kompetensi/rhk",
        error=(rhk(*map(free, range(MAX_RHK + 1))),),
        right=(rhk(*map(free, range(MAX_RHK))),),
    ),
    RuleCase(
        code="target-luar",
        pointer="/pengembangan_kompetensi/rhk/2/target",
        error=(more_rhk(free(target=0)), more_rhk(free(target=-1)), more_rhk(RHK(kompetensi="penelaah-aksi-nyata", target=0))),
        right=(more_rhk(free(target=1)),),
    ),
    RuleCase(
        code="target-luar",
        pointer="/pengembangan_kompetensi/rhk/0/target",
        error=(rhk(free(target=MAX_TARGET + 1)),),
        right=(rhk(free(target=MAX_TARGET)),),
    ),
    RuleCase(
        code="rhk-ganda",
        pointer="/pengembangan_kompetensi/rhk/2",
        error=(more_rhk(RHK(kompetensi=STANDALONE, target=2)), more_rhk(RHK(uraian=" menulis  MODUL ajar ", poin=1))),
        right=(
            fixed,
            more_rhk(RHK(uraian="Menulis modul ajar kedua", poin=1)),
            more_rhk(RHK(uraian=STANDALONE, poin=1)),  # a sentence is no id
            more_rhk(RHK(kompetensi="penelaah-aksi-nyata")),
        ),
    ),
    RuleCase(
        code="rhk-asing",
        pointer="/pengembangan_kompetensi/rhk/2",
        error=(more_rhk(RHK(kompetensi="entah")),),
        right=(fixed, more_rhk(RHK(kompetensi="penelaah-aksi-nyata"))),
    ),
    RuleCase(
        code="rhk-nonaktif",
        pointer="/pengembangan_kompetensi/rhk/2",
        error=(more_rhk(RHK(kompetensi="peserta-program-jangka-pendek-menengah")),),
        right=tuple(rhk(RHK(kompetensi=k.id, target=9)) for k in bundled().kompetensi if k.aktif),
    ),
    RuleCase(
        code="rhk-bebas",
        pointer="/pengembangan_kompetensi/rhk/1",
        error=(katalog(kompetensi_umum=KompetensiDefaults(izinkan_rhk_bebas=False)),),
        right=(
            fixed,
            then(katalog(kompetensi_umum=KompetensiDefaults(izinkan_rhk_bebas=False)), rhk(RHK(kompetensi=STANDALONE, target=4))),
        ),
    ),
    RuleCase(
        code="uraian-kosong",
        pointer="/pengembangan_kompetensi/rhk/2/uraian",
        error=(more_rhk(RHK(poin=1)), more_rhk(RHK(uraian="  ", poin=1))),
        right=(fixed, more_rhk(RHK(uraian="x", poin=1))),
    ),
    RuleCase(
        code="uraian-panjang",
        pointer="/pengembangan_kompetensi/rhk/2/uraian",
        error=tuple(
            more_rhk(msgspec.structs.replace(free(), **{name: "x" * (MAX_TEXT + 1)})) for name in ("uraian", "satuan", "bukti")
        ),
        right=(more_rhk(RHK(uraian="x" * MAX_TEXT, satuan="x" * MAX_TEXT, bukti="x" * MAX_TEXT, poin=1)),),
    ),
    RuleCase(
        code="poin-luar",
        pointer="/pengembangan_kompetensi/rhk/2/poin",
        error=(more_rhk(free(poin=0)), more_rhk(free(poin=-3))),
        right=(more_rhk(free(poin=1)), rhk(free(poin=128)), more_rhk(RHK(kompetensi="penelaah-aksi-nyata", poin=-1))),
        periode=WITH_POINTS,
    ),
    RuleCase(
        code="poin-luar",
        pointer="/pengembangan_kompetensi/rhk/0/poin",
        error=(rhk(free(poin=129)),),
        right=(fixed,),
        shared=("poin-lebih",),
        periode=WITH_POINTS,
    ),
    RuleCase(
        code="poin-kurang",
        pointer="/pengembangan_kompetensi/rhk",
        error=(rhk(RHK(kompetensi=STANDALONE, target=3)), rhk(free(poin=31))),
        right=(fixed, rhk(RHK(kompetensi=STANDALONE, target=4)), rhk(free(poin=8, target=4)), rhk()),
        blocks=False,
        periode=WITH_POINTS,
    ),
    RuleCase(
        code="poin-kurang",
        pointer="/pengembangan_kompetensi/rhk",
        error=(then(skema(poin_kurang="tolak"), rhk(free(poin=31))),),
        right=(fixed,),
        periode=WITH_POINTS,
    ),
    RuleCase(
        code="poin-lebih",
        pointer="/pengembangan_kompetensi/rhk",
        error=(rhk(free(poin=43, target=3)), rhk(RHK(kompetensi=STANDALONE, target=17))),
        right=(rhk(RHK(kompetensi=STANDALONE, target=16)), rhk(free(poin=128))),
        blocks=False,
        periode=WITH_POINTS,
    ),
    RuleCase(
        code="poin-lebih",
        pointer="/pengembangan_kompetensi/rhk",
        error=(then(skema(poin_lebih="tolak"), rhk(RHK(kompetensi=STANDALONE, target=17))),),
        right=(fixed,),
        periode=WITH_POINTS,
    ),
)


@pytest.mark.parametrize("periode", EVERY)
@pytest.mark.parametrize("case", CASES, ids=[case.code for case in CASES])
def test_a_rule_speaks_when_it_should_and_only_then(case: RuleCase, periode: str) -> None:
    """Each rule says its word, at its place and with its weight, for what is wrong, and is silent about what is near but right."""
    check(case, periode)


def test_the_sentences_count_as_people_do() -> None:
    """The first RHK is number 1 in a sentence, though 0 in the pointer; one indicator is 'satu'."""
    start = sample("2026")
    first = free(target=0)
    (target, duplicates) = rhk(first, first)(start).periksa()[::2]
    assert target.pesan == "Target kuantitas RHK 1 belum diisi; tulis 1 sampai 99."
    assert rhk(free(target=100))(start).periksa()[0].pesan == "Target kuantitas RHK 1 harus 1 sampai 99, ini 100."
    assert duplicates.pesan == "RHK 2 sama dengan RHK lain; hapus salah satu."
    assert [m.pesan for m in praktik()(start).periksa()] == ["Pilih satu indikator Praktik Kinerja."]
    two = then(skema(indikator_min=2, indikator_maks=2), praktik())(start)
    assert [m.pesan for m in two.periksa()] == ["Pilih 2 indikator Praktik Kinerja."]
    assert [m.pesan for m in praktik()(sample("2024-1")).periksa()] == ["Pilih satu indikator Praktik Pembelajaran."]
