"""The rules about the teacher's own data and the two steps before the form, each by itself."""

from __future__ import annotations

import pytest

from pmm_tui.skp.katalog_reader import bundled
from pmm_tui.skp.katalog_tables import JenisPTK
from pmm_tui.skp.model import DataDiri, RaporPendidikan
from tests.skp.rule_cases import SEMUA, Uji, bagian, cek, katalog, keadaan, pegawai, tetap

ASN = tuple(s.label for s in bundled().status_kepegawaian if s.asn)
NON_ASN = tuple(s.label for s in bundled().status_kepegawaian if not s.asn)

UJI = (
    Uji(
        kode="nama-kosong",
        pointer="/data_diri/nama",
        salah=(pegawai(nama=""), pegawai(nama="  ")),
        benar=(tetap, pegawai(nama="A")),
    ),
    Uji(
        kode="tanpa-nomor",
        pointer="/data_diri/nip",
        salah=(pegawai(nip="", nuptk=""),),
        benar=(tetap, pegawai(nip=""), pegawai(nuptk=""), pegawai(nip="", nuptk="", id_server="g1")),
        bersama=("nip-kosong",),
    ),
    Uji(
        kode="nip-kosong",
        pointer="/data_diri/nip",
        salah=tuple(pegawai(nip="", status_kepegawaian=label) for label in (*ASN, "pppk")),
        benar=(tetap, *(pegawai(nip="", status_kepegawaian=label) for label in (*NON_ASN, "", "Entah"))),
    ),
    Uji(
        kode="nip-salah",
        pointer="/data_diri/nip",
        salah=tuple(
            pegawai(nip=nip)
            for nip in (
                "19850714201001203",  # 17 digits
                "1985071420100120345",  # 19
                "19850714201001203x",
                "198513142010012034",  # born in a 13th month
                "198507142010132034",  # neither a month nor a contract
                "198507142010202034",
                "198507142010013034",  # neither man nor woman
                "198507142001012034",  # appointed at 16
                "198507142027012034",  # appointed in years to come
            )
        ),
        benar=(
            tetap,
            pegawai(nip="198507142010212034", status_kepegawaian="PPPK", golongan="IX"),
            pegawai(nip="198507142010222034"),
            pegawai(nip="198507142002012034"),
            pegawai(nip=""),
        ),
    ),
    Uji(
        kode="nip-beda",
        pointer="/data_diri/nip",
        salah=(pegawai(tanggal_lahir="1985-07-15"), pegawai(jk="L")),
        benar=(tetap, pegawai(tanggal_lahir="", jk=""), pegawai(nip="", jk="L")),
        halang=False,
    ),
    Uji(
        kode="nuptk-salah",
        pointer="/data_diri/nuptk",
        salah=(pegawai(nuptk="104676366430000"), pegawai(nuptk="104676366430000x"), pegawai(nuptk="١" * 16)),
        benar=(tetap, pegawai(nuptk="")),
        halang=False,
    ),
    Uji(
        kode="status-asing",
        pointer="/data_diri/status_kepegawaian",
        salah=(pegawai(status_kepegawaian="Guru Sukarela"), pegawai(status_kepegawaian="PNS Baru")),
        benar=tuple(pegawai(status_kepegawaian=label) for label in (*ASN, *NON_ASN, "", " pns ")),
        halang=False,
    ),
    Uji(
        kode="non-asn",
        pointer="/data_diri/status_kepegawaian",
        salah=tuple(pegawai(status_kepegawaian=label) for label in (*NON_ASN, "gty/pty")),
        benar=tuple(pegawai(status_kepegawaian=label) for label in (*ASN, "", "Entah")),
        halang=False,
    ),
    Uji(
        kode="jenis-ptk",
        pointer="/data_diri/jenis_ptk",
        salah=(pegawai(jenis_ptk="Tenaga Administrasi Sekolah"), pegawai(jenis_ptk="Guru")),
        benar=(
            *(pegawai(jenis_ptk=jenis.upper()) for jenis in bundled().jenis_ptk.berhak),
            pegawai(jenis_ptk=""),
            lambda c: katalog(jenis_ptk=JenisPTK())(pegawai(jenis_ptk="Pustakawan")(c)),
        ),
        halang=False,
    ),
    Uji(
        kode="kepala-sekolah",
        pointer="/data_diri/jenis_ptk",
        salah=(pegawai(jenis_ptk="Kepala Sekolah"), pegawai(jenis_ptk="KEPALA SEKOLAH")),
        benar=(tetap, pegawai(jenis_ptk=""), pegawai(tugas_tambahan="Kepala Sekolah")),
        halang=False,
    ),
    Uji(
        kode="golongan-asing",
        pointer="/data_diri/golongan",
        salah=(pegawai(golongan="V/a"), pegawai(golongan="3c"), bagian(data_diri=DataDiri(golongan="XVIII", sesuai=True))),
        benar=(
            pegawai(golongan="iii/C"),
            pegawai(golongan=""),
            lambda c: bagian(data_diri=DataDiri(golongan="IX", sesuai=True))(pegawai(golongan="V/a")(c)),
        ),
        halang=False,
    ),
    Uji(
        kode="golongan-kosong",
        pointer="/data_diri/golongan",
        salah=(pegawai(golongan=""),),
        benar=(
            lambda c: bagian(data_diri=DataDiri(golongan="III/c", sesuai=True))(pegawai(golongan="")(c)),
            pegawai(golongan="", status_kepegawaian="GTY/PTY"),
            pegawai(golongan="", status_kepegawaian=""),
        ),
        halang=False,
    ),
    Uji(
        kode="jenjang-kosong",
        pointer="/data_diri/jenjang_jabatan",
        salah=(pegawai(jenjang_jabatan="", golongan="II/c"), pegawai(jenjang_jabatan="", golongan="XII")),
        benar=(
            pegawai(jenjang_jabatan=""),  # suggested by the golongan
            pegawai(jenjang_jabatan="", golongan="II/c", status_kepegawaian="GTY/PTY"),
            lambda c: bagian(data_diri=DataDiri(jenjang_jabatan="ahli-muda", sesuai=True))(
                pegawai(jenjang_jabatan="", golongan="II/c")(c)
            ),
        ),
        halang=False,
    ),
    Uji(
        kode="jenjang-asing",
        pointer="/data_diri/jenjang_jabatan",
        salah=(pegawai(jenjang_jabatan="guru-dewasa"), bagian(data_diri=DataDiri(jenjang_jabatan="Guru Muda", sesuai=True))),
        benar=tuple(pegawai(jenjang_jabatan=jenjang.id) for jenjang in bundled().jenjang_jabatan),
    ),
    Uji(
        kode="belum-sesuai",
        pointer="/data_diri/sesuai",
        salah=(bagian(data_diri=DataDiri()), bagian(data_diri=DataDiri(golongan="III/d"))),
        benar=(tetap,),
    ),
    Uji(
        kode="rapor-belum",
        pointer="/rapor_pendidikan/dimengerti",
        salah=(bagian(rapor_pendidikan=RaporPendidikan()),),
        benar=(tetap,),
    ),
)


@pytest.mark.parametrize("periode", SEMUA)
@pytest.mark.parametrize("uji", UJI, ids=[uji.kode for uji in UJI])
def test_a_rule_speaks_when_it_should_and_only_then(uji: Uji, periode: str) -> None:
    """Each rule says its word, at its place and with its weight, for what is wrong, and is silent about what is near but right."""
    cek(uji, periode)


def test_without_a_day_no_appointment_is_in_the_future() -> None:
    """Where no day is given, as on the server, a NIP's year is not held against the calendar."""
    uji = next(uji for uji in UJI if uji.kode == "nip-salah")
    ubah = uji.salah[-1]
    cek(
        Uji(kode=uji.kode, pointer=uji.pointer, salah=(ubah,), benar=(lambda c: keadaan(hari_ini=None)(ubah(c)),)),
        "2026",
    )
