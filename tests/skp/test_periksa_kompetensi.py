"""The rules about Praktik Pembelajaran and Pengembangan Kompetensi, each by itself."""

from __future__ import annotations

import msgspec
import pytest

from pmm_tui.skp.katalog_reader import bundled
from pmm_tui.skp.katalog_tables import KompetensiUmum
from pmm_tui.skp.model import RHK, TARGET_MAKS, PraktikPembelajaran
from pmm_tui.skp.rules.content import RHK_MAKS, TEKS_MAKS
from tests.skp.rule_cases import BERPOIN, SEMUA, Ubah, Uji, bagian, cek, contoh, katalog, lalu, rhk, rhk_lagi, skema, tetap

MANDIRI = "peserta-pelatihan-mandiri"
"""An RHK of 8 points a unit; the faultless plan has 4 of it."""
SATU, DUA = (indikator.id for indikator in bundled().indikator[:2])


def praktik(*indikator: str) -> Ubah:
    """With those indicators of Praktik Pembelajaran."""
    return bagian(praktik_pembelajaran=PraktikPembelajaran(indikator=indikator))


def bebas(number: int = 1, poin: int = 1, target: int = 1) -> RHK:
    """An RHK outside the catalogue."""
    return RHK(uraian=f"Menulis buku {number}", poin=poin, target=target)


UJI = (
    # ---- praktik pembelajaran
    Uji(
        kode="indikator-asing",
        pointer="/praktik_pembelajaran/indikator/0",
        salah=(praktik("entah"), praktik("")),
        benar=tuple(praktik(indikator.id) for indikator in bundled().indikator),
    ),
    Uji(
        kode="indikator-ganda",
        pointer="/praktik_pembelajaran/indikator/1",
        salah=(lalu(skema(indikator_maks=2), praktik(SATU, SATU)),),
        benar=(lalu(skema(indikator_maks=2), praktik(SATU, DUA)),),
    ),
    Uji(
        kode="indikator-kurang",
        pointer="/praktik_pembelajaran/indikator",
        salah=(praktik(), lalu(skema(indikator_min=2, indikator_maks=2), praktik(SATU))),
        benar=(tetap, lalu(skema(indikator_min=0), praktik()), lalu(skema(indikator_maks=2), praktik(SATU))),
    ),
    Uji(
        kode="indikator-lebih",
        pointer="/praktik_pembelajaran/indikator",
        salah=(praktik(SATU, DUA),),
        benar=(tetap, lalu(skema(indikator_maks=2), praktik(SATU, DUA))),
    ),
    # ---- pengembangan kompetensi
    Uji(kode="rhk-kosong", pointer="/pengembangan_kompetensi/rhk", salah=(rhk(),), benar=(tetap, rhk(bebas(poin=32)))),
    Uji(
        kode="rhk-lebih",
        pointer="/pengembangan_kompetensi/rhk",
        salah=(rhk(*map(bebas, range(RHK_MAKS + 1))),),
        benar=(rhk(*map(bebas, range(RHK_MAKS))),),
    ),
    Uji(
        kode="target-luar",
        pointer="/pengembangan_kompetensi/rhk/2/target",
        salah=(rhk_lagi(bebas(target=0)), rhk_lagi(bebas(target=-1)), rhk_lagi(RHK(kompetensi="penelaah-aksi-nyata", target=0))),
        benar=(rhk_lagi(bebas(target=1)),),
    ),
    Uji(
        kode="target-luar",
        pointer="/pengembangan_kompetensi/rhk/0/target",
        salah=(rhk(bebas(target=TARGET_MAKS + 1)),),
        benar=(rhk(bebas(target=TARGET_MAKS)),),
    ),
    Uji(
        kode="rhk-ganda",
        pointer="/pengembangan_kompetensi/rhk/2",
        salah=(rhk_lagi(RHK(kompetensi=MANDIRI, target=2)), rhk_lagi(RHK(uraian=" menulis  MODUL ajar ", poin=1))),
        benar=(
            tetap,
            rhk_lagi(RHK(uraian="Menulis modul ajar kedua", poin=1)),
            rhk_lagi(RHK(uraian=MANDIRI, poin=1)),  # a sentence is no id
            rhk_lagi(RHK(kompetensi="penelaah-aksi-nyata")),
        ),
    ),
    Uji(
        kode="rhk-asing",
        pointer="/pengembangan_kompetensi/rhk/2",
        salah=(rhk_lagi(RHK(kompetensi="entah")),),
        benar=(tetap, rhk_lagi(RHK(kompetensi="penelaah-aksi-nyata"))),
    ),
    Uji(
        kode="rhk-nonaktif",
        pointer="/pengembangan_kompetensi/rhk/2",
        salah=(rhk_lagi(RHK(kompetensi="peserta-program-jangka-pendek-menengah")),),
        benar=tuple(rhk(RHK(kompetensi=k.id, target=9)) for k in bundled().kompetensi if k.aktif),
    ),
    Uji(
        kode="rhk-bebas",
        pointer="/pengembangan_kompetensi/rhk/1",
        salah=(katalog(kompetensi_umum=KompetensiUmum(izinkan_rhk_bebas=False)),),
        benar=(
            tetap,
            lalu(katalog(kompetensi_umum=KompetensiUmum(izinkan_rhk_bebas=False)), rhk(RHK(kompetensi=MANDIRI, target=4))),
        ),
    ),
    Uji(
        kode="uraian-kosong",
        pointer="/pengembangan_kompetensi/rhk/2/uraian",
        salah=(rhk_lagi(RHK(poin=1)), rhk_lagi(RHK(uraian="  ", poin=1))),
        benar=(tetap, rhk_lagi(RHK(uraian="x", poin=1))),
    ),
    Uji(
        kode="uraian-panjang",
        pointer="/pengembangan_kompetensi/rhk/2/uraian",
        salah=tuple(
            rhk_lagi(msgspec.structs.replace(bebas(), **{name: "x" * (TEKS_MAKS + 1)})) for name in ("uraian", "satuan", "bukti")
        ),
        benar=(rhk_lagi(RHK(uraian="x" * TEKS_MAKS, satuan="x" * TEKS_MAKS, bukti="x" * TEKS_MAKS, poin=1)),),
    ),
    Uji(
        kode="poin-luar",
        pointer="/pengembangan_kompetensi/rhk/2/poin",
        salah=(rhk_lagi(bebas(poin=0)), rhk_lagi(bebas(poin=-3))),
        benar=(rhk_lagi(bebas(poin=1)), rhk(bebas(poin=128)), rhk_lagi(RHK(kompetensi="penelaah-aksi-nyata", poin=-1))),
        periode=BERPOIN,
    ),
    Uji(
        kode="poin-luar",
        pointer="/pengembangan_kompetensi/rhk/0/poin",
        salah=(rhk(bebas(poin=129)),),
        benar=(tetap,),
        bersama=("poin-lebih",),
        periode=BERPOIN,
    ),
    Uji(
        kode="poin-kurang",
        pointer="/pengembangan_kompetensi/rhk",
        salah=(rhk(RHK(kompetensi=MANDIRI, target=3)), rhk(bebas(poin=31))),
        benar=(tetap, rhk(RHK(kompetensi=MANDIRI, target=4)), rhk(bebas(poin=8, target=4)), rhk()),
        periode=BERPOIN,
    ),
    Uji(
        kode="poin-kurang",
        pointer="/pengembangan_kompetensi/rhk",
        salah=(lalu(skema(poin_kurang="peringatan"), rhk(bebas(poin=31))),),
        benar=(tetap,),
        halang=False,
        periode=BERPOIN,
    ),
    Uji(
        kode="poin-lebih",
        pointer="/pengembangan_kompetensi/rhk",
        salah=(rhk(bebas(poin=43, target=3)), rhk(RHK(kompetensi=MANDIRI, target=17))),
        benar=(rhk(RHK(kompetensi=MANDIRI, target=16)), rhk(bebas(poin=128))),
        halang=False,
        periode=BERPOIN,
    ),
    Uji(
        kode="poin-lebih",
        pointer="/pengembangan_kompetensi/rhk",
        salah=(lalu(skema(poin_lebih="tolak"), rhk(RHK(kompetensi=MANDIRI, target=17))),),
        benar=(tetap,),
        periode=BERPOIN,
    ),
)


@pytest.mark.parametrize("periode", SEMUA)
@pytest.mark.parametrize("uji", UJI, ids=[uji.kode for uji in UJI])
def test_a_rule_speaks_when_it_should_and_only_then(uji: Uji, periode: str) -> None:
    """Each rule says its word, at its place and with its weight, for what is wrong, and is silent about what is near but right."""
    cek(uji, periode)


def test_the_sentences_count_as_people_do() -> None:
    """The first RHK is number 1 in a sentence, though 0 in the pointer; one indicator is 'satu'."""
    awal = contoh("2026")
    first = bebas(target=0)
    (sasaran, ganda) = rhk(first, first)(awal).periksa()[::2]
    assert sasaran.pesan == "Target kuantitas RHK 1 harus 1 sampai 99, ini 0."
    assert ganda.pesan == "RHK 2 sama dengan RHK lain; hapus salah satu."
    assert [m.pesan for m in praktik()(awal).periksa()] == ["Pilih satu indikator Praktik Pembelajaran."]
    dua = lalu(skema(indikator_min=2, indikator_maks=2), praktik())(awal)
    assert [m.pesan for m in dua.periksa()] == ["Pilih 2 indikator Praktik Pembelajaran."]
