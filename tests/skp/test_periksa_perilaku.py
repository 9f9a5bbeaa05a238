"""The rules about Tugas Tambahan and Perilaku Kerja, each by itself."""

from __future__ import annotations

from datetime import timedelta

import pytest

from pmm_tui.skp.katalog_tables import Periode, TugasUmum
from pmm_tui.skp.model import PerilakuKerja, Tugas
from pmm_tui.skp.rules.content import TEKS_MAKS
from tests.skp.rule_cases import (
    BERPOIN,
    SEMUA,
    TANPA_POIN,
    Contoh,
    Ubah,
    Uji,
    bagian,
    cek,
    katalog,
    keadaan,
    lalu,
    skema,
    tetap,
    tugas,
)

WALI = Tugas(tugas="wali-kelas")
OSIS = Tugas(tugas="pembina-osis")


def perilaku(*indikator: str) -> Ubah:
    """With those indikator perilaku and no others."""
    return bagian(perilaku_kerja=PerilakuKerja(indikator=indikator))


def perilaku_lagi(*indikator: str) -> Ubah:
    """With those indikator perilaku behind the plan's own seven."""
    return lambda c: perilaku(*c.rencana.perilaku_kerja.indikator, *indikator)(c)


def tanpa_harmonis(c: Contoh) -> Contoh:
    """Without the indikator of one value."""
    return perilaku(*(i for i in c.rencana.perilaku_kerja.indikator if not i.startswith("harmonis/")))(c)


def perilaku_dulu(c: Contoh) -> Contoh:
    """With the first indikator perilaku chosen once more."""
    return perilaku_lagi(c.rencana.perilaku_kerja.indikator[0])(c)


def sk(tanggal: str = "", nomor: str = "") -> Ubah:
    """With one tugas tambahan of that SK."""
    return tugas(Tugas(tugas="wali-kelas", nomor_sk=nomor, tanggal_sk=tanggal))


def periode_dari(c: Contoh) -> Periode:
    """The period that the example is of."""
    found = c.katalog.cari_periode(c.periode)
    assert found is not None
    return found


SATU_TUGAS = katalog(tugas_tambahan_umum=TugasUmum(rhk_pola="{tugas}", boleh_lebih_dari_satu=False))

UJI = (
    # ---- tugas tambahan
    Uji(
        kode="tugas-bertentangan",
        pointer="/tugas_tambahan/tidak_ada",
        salah=(tugas(WALI, tidak_ada=True),),
        benar=(tetap, tugas(tidak_ada=True)),
    ),
    Uji(kode="tugas-belum", pointer="/tugas_tambahan/tidak_ada", salah=(tugas(),), benar=(tetap, tugas(tidak_ada=True))),
    Uji(
        kode="tugas-wajib",
        pointer="/tugas_tambahan/tidak_ada",
        salah=(lalu(skema(tugas_tambahan_wajib=True), tugas(tidak_ada=True)),),
        benar=(tugas(tidak_ada=True), skema(tugas_tambahan_wajib=True)),
    ),
    Uji(
        kode="tugas-lebih",
        pointer="/tugas_tambahan/tugas",
        salah=(lalu(SATU_TUGAS, tugas(WALI, OSIS)),),
        benar=(tugas(WALI, OSIS), lalu(SATU_TUGAS, tugas(WALI))),
    ),
    Uji(
        kode="tugas-asing",
        pointer="/tugas_tambahan/tugas/1",
        salah=(tugas(WALI, Tugas(tugas="entah")),),
        benar=(tugas(WALI, OSIS),),
    ),
    Uji(
        kode="tugas-jenjang",
        pointer="/tugas_tambahan/tugas/0",
        salah=(tugas(Tugas(tugas="ketua-program-keahlian")), lalu(keadaan(jenjang="SD"), tugas(OSIS))),
        benar=tuple(lalu(keadaan(jenjang=jenjang), tugas(Tugas(tugas="ketua-program-keahlian"))) for jenjang in ("SMK", "smk", "")),
    ),
    Uji(kode="tugas-ganda", pointer="/tugas_tambahan/tugas/1", salah=(tugas(WALI, WALI),), benar=(tugas(WALI, OSIS),)),
    Uji(
        kode="sk-panjang",
        pointer="/tugas_tambahan/tugas/0/nomor_sk",
        salah=(sk(nomor="x" * (TEKS_MAKS + 1)),),
        benar=(sk(nomor="x" * TEKS_MAKS), sk()),
    ),
    Uji(
        kode="sk-tanggal",
        pointer="/tugas_tambahan/tugas/0/tanggal_sk",
        salah=tuple(map(sk, ("kemarin", "2024-02-30", "2024-01", "2024-99999999999-01", "x" * 4000))),
        benar=tuple(map(sk, ("", "2024-01-05", "05/01/2024", "5 Januari 2024", "2099-01-01"))),
    ),
    Uji(
        kode="sk-tanggal-lewat",
        pointer="/tugas_tambahan/tugas/0/tanggal_sk",
        salah=(sk("2099-01-01"), lambda c: sk((periode_dari(c).selesai + timedelta(1)).isoformat())(c)),
        benar=(tetap, lambda c: sk(periode_dari(c).selesai.isoformat())(c), sk("kemarin")),
        halang=False,
    ),
    # ---- perilaku kerja
    Uji(
        kode="perilaku-asing",
        pointer="/perilaku_kerja/indikator/7",
        salah=tuple(map(perilaku_lagi, ("asing/suka-menolong", "harmonis/asing", "harmonis", "harmonis/", ""))),
        benar=(tetap,),
    ),
    Uji(
        kode="perilaku-ganda",
        pointer="/perilaku_kerja/indikator/7",
        salah=(perilaku_dulu,),
        benar=(tetap, perilaku_lagi("harmonis/suka-menolong")),
    ),
    Uji(
        kode="perilaku-lebih",
        pointer="/perilaku_kerja/harmonis",
        salah=(lalu(skema(perilaku_per_nilai_maks=1), perilaku_lagi("harmonis/suka-menolong")),),
        benar=(tetap, lalu(skema(perilaku_per_nilai_maks=2), perilaku_lagi("harmonis/suka-menolong"))),
    ),
    Uji(kode="perilaku-kurang", pointer="/perilaku_kerja/harmonis", salah=(tanpa_harmonis,), benar=(tetap,), periode=BERPOIN),
    Uji(
        kode="perilaku-kurang",
        pointer="/perilaku_kerja/harmonis",
        salah=(
            lalu(
                skema(perilaku_per_nilai_min=2, perilaku_per_nilai_maks=2, perilaku_nilai_min=1), perilaku("harmonis/suka-menolong")
            ),
        ),
        benar=(
            lalu(
                skema(perilaku_per_nilai_min=2, perilaku_per_nilai_maks=2, perilaku_nilai_min=1),
                perilaku("harmonis/suka-menolong", "harmonis/lingkungan-kondusif"),
            ),
        ),
    ),
    Uji(
        kode="perilaku-nilai-kurang",
        pointer="/perilaku_kerja",
        salah=(perilaku(),),
        benar=(tetap, perilaku("harmonis/suka-menolong"), lalu(skema(perilaku_nilai_min=0), perilaku())),
        periode=TANPA_POIN,
    ),
    Uji(
        kode="perilaku-nilai-kurang",
        pointer="/perilaku_kerja",
        salah=(
            lalu(
                skema(perilaku_nilai_min=2, perilaku_per_nilai_maks=3), perilaku("loyal/menjaga-rahasia", "loyal/menjaga-nama-baik")
            ),
        ),
        benar=(lalu(skema(perilaku_nilai_min=2), perilaku("harmonis/suka-menolong", "loyal/menjaga-rahasia")),),
    ),
)


@pytest.mark.parametrize("periode", SEMUA)
@pytest.mark.parametrize("uji", UJI, ids=[uji.kode for uji in UJI])
def test_a_rule_speaks_when_it_should_and_only_then(uji: Uji, periode: str) -> None:
    """Each rule says its word, at its place and with its weight, for what is wrong, and is silent about what is near but right."""
    cek(uji, periode)
