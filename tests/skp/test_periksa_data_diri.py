"""The rules about the teacher's own data and the two steps before the form, each by itself."""

from __future__ import annotations

import pytest

from pmm_tui.skp.katalog_reader import bundled
from pmm_tui.skp.katalog_tables import GolonganList, JenisPTK
from pmm_tui.skp.model import DataDiri, RaporPendidikan
from tests.skp.rule_cases import EVERY, RuleCase, check, fixed, katalog, pegawai, section, state, then

ASN = tuple(s.label for s in bundled().status_kepegawaian if s.asn)
NON_ASN = tuple(s.label for s in bundled().status_kepegawaian if not s.asn)


def ranked(status: str) -> dict[str, str]:
    """That employment status, with a golongan that goes with it."""
    return {"status_kepegawaian": status, "golongan": "IX" if status.casefold().startswith("pppk") else "III/c"}


CASES = (
    RuleCase(
        code="golongan-beda-status",
        pointer="/data_diri/golongan",
        error=(
            pegawai(golongan="IX"),
            pegawai(status_kepegawaian="CPNS", golongan="xvii"),
            pegawai(status_kepegawaian="PPPK", golongan="III/d"),
            pegawai(status_kepegawaian="PPPK Paruh Waktu"),
            section(data_diri=DataDiri(golongan="IX", sesuai=True)),
        ),
        right=(
            fixed,
            *(pegawai(**ranked(label)) for label in ASN),
            *(
                pegawai(status_kepegawaian=label, golongan=golongan)
                for label in (*NON_ASN, "", "Entah")
                for golongan in ("III/d", "IX")
            ),
            pegawai(status_kepegawaian="PPPK", golongan="V/a"),  # in neither list: another rule's word
            pegawai(status_kepegawaian="PPPK", golongan=""),
            lambda c: section(data_diri=DataDiri(golongan="IX", sesuai=True))(pegawai(status_kepegawaian="PPPK")(c)),
            lambda c: katalog(golongan=GolonganList(pns=c.katalog.golongan.pns))(pegawai(status_kepegawaian="PPPK")(c)),
        ),
        blocks=False,
    ),
    RuleCase(
        code="nama-kosong",
        pointer="/data_diri/nama",
        error=(pegawai(nama=""), pegawai(nama="  ")),
        right=(fixed, pegawai(nama="A")),
    ),
    RuleCase(
        code="tanpa-nomor",
        pointer="/data_diri/nip",
        error=(pegawai(nip="", nuptk=""),),
        right=(fixed, pegawai(nip=""), pegawai(nuptk=""), pegawai(nip="", nuptk="", id_server="g1")),
        shared=("nip-kosong",),
    ),
    RuleCase(
        code="nip-kosong",
        pointer="/data_diri/nip",
        error=tuple(pegawai(nip="", **ranked(label)) for label in (*ASN, "pppk")),
        right=(fixed, *(pegawai(nip="", status_kepegawaian=label) for label in (*NON_ASN, "", "Entah"))),
    ),
    RuleCase(
        code="nip-dini",
        pointer="/data_diri/nip",
        error=(pegawai(nip="198507142027012034"),),  # appointed in the coming year: numbers are given before
        right=(fixed, pegawai(nip="198507142026012034"), pegawai(nip="198507142029012034"), pegawai(nip="")),
        blocks=False,
        periode=tuple(periode for periode in EVERY if periode != "2027"),  # there that year has come
    ),
    RuleCase(
        code="nip-salah",
        pointer="/data_diri/nip",
        error=tuple(
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
                "198507142029012034",  # appointed in years to come
            )
        ),
        right=(
            fixed,
            pegawai(nip="198507142010212034", status_kepegawaian="PPPK", golongan="IX"),
            pegawai(nip="198507142010222034"),
            pegawai(nip="198507142002012034"),
            pegawai(nip=""),
        ),
    ),
    RuleCase(
        code="nip-beda",
        pointer="/data_diri/nip",
        error=(pegawai(tanggal_lahir="1985-07-15"), pegawai(jk="L")),
        right=(fixed, pegawai(tanggal_lahir="", jk=""), pegawai(nip="", jk="L")),
        blocks=False,
    ),
    RuleCase(
        code="nuptk-salah",
        pointer="/data_diri/nuptk",
        error=(pegawai(nuptk="104676366430000"), pegawai(nuptk="104676366430000x"), pegawai(nuptk="١" * 16)),
        right=(fixed, pegawai(nuptk="")),
        blocks=False,
    ),
    RuleCase(
        code="status-asing",
        pointer="/data_diri/status_kepegawaian",
        error=(pegawai(status_kepegawaian="Guru Sukarela"), pegawai(status_kepegawaian="PNS Baru")),
        right=tuple(pegawai(status_kepegawaian=label) for label in (*ASN, *NON_ASN, "", " pns ")),
        blocks=False,
    ),
    RuleCase(
        code="non-asn",
        pointer="/data_diri/status_kepegawaian",
        error=tuple(pegawai(status_kepegawaian=label) for label in (*NON_ASN, "gty/pty")),
        right=tuple(pegawai(status_kepegawaian=label) for label in (*ASN, "", "Entah")),
        blocks=False,
    ),
    RuleCase(
        code="jenis-ptk",
        pointer="/data_diri/jenis_ptk",
        error=(pegawai(jenis_ptk="Tenaga Administrasi Sekolah"), pegawai(jenis_ptk="Guru")),
        right=(
            *(pegawai(jenis_ptk=jenis.upper()) for jenis in bundled().jenis_ptk.berhak),
            pegawai(jenis_ptk=""),
            lambda c: katalog(jenis_ptk=JenisPTK())(pegawai(jenis_ptk="Pustakawan")(c)),
        ),
        blocks=False,
    ),
    RuleCase(
        code="kepala-sekolah",
        pointer="/data_diri/jenis_ptk",
        error=(
            then(katalog(sasaran=()), pegawai(jenis_ptk="Kepala Sekolah")),
            then(katalog(sasaran=()), pegawai(jenis_ptk="KEPALA SEKOLAH")),
        ),
        right=(fixed, pegawai(jenis_ptk=""), pegawai(tugas_tambahan="Kepala Sekolah"), pegawai(jenis_ptk="Kepala Sekolah")),
        blocks=False,
    ),
    RuleCase(
        code="golongan-asing",
        pointer="/data_diri/golongan",
        error=(pegawai(golongan="V/a"), pegawai(golongan="3c"), section(data_diri=DataDiri(golongan="XVIII", sesuai=True))),
        right=(
            pegawai(golongan="iii/C"),
            pegawai(golongan=""),
            lambda c: section(data_diri=DataDiri(golongan="IX", sesuai=True))(pegawai(golongan="V/a")(c)),
        ),
        blocks=False,
    ),
    RuleCase(
        code="golongan-kosong",
        pointer="/data_diri/golongan",
        error=(pegawai(golongan=""),),
        right=(
            lambda c: section(data_diri=DataDiri(golongan="III/c", sesuai=True))(pegawai(golongan="")(c)),
            pegawai(golongan="", status_kepegawaian="GTY/PTY"),
            pegawai(golongan="", status_kepegawaian=""),
        ),
        blocks=False,
    ),
    RuleCase(
        code="jenjang-kosong",
        pointer="/data_diri/jenjang_jabatan",
        error=(
            pegawai(jenjang_jabatan="", golongan="II/c"),
            pegawai(jenjang_jabatan="", golongan="XII", status_kepegawaian="PPPK"),
        ),
        right=(
            pegawai(jenjang_jabatan=""),  # suggested by the golongan
            pegawai(jenjang_jabatan="", golongan="II/c", status_kepegawaian="GTY/PTY"),
            lambda c: section(data_diri=DataDiri(jenjang_jabatan="ahli-muda", sesuai=True))(
                pegawai(jenjang_jabatan="", golongan="II/c")(c)
            ),
        ),
        blocks=False,
    ),
    RuleCase(
        code="jenjang-asing",
        pointer="/data_diri/jenjang_jabatan",
        error=(pegawai(jenjang_jabatan="guru-dewasa"), section(data_diri=DataDiri(jenjang_jabatan="Guru Muda", sesuai=True))),
        right=tuple(pegawai(jenjang_jabatan=jenjang.id) for jenjang in bundled().jenjang_jabatan),
    ),
    RuleCase(
        code="belum-sesuai",
        pointer="/data_diri/sesuai",
        error=(section(data_diri=DataDiri()), section(data_diri=DataDiri(golongan="III/d"))),
        right=(fixed,),
    ),
    RuleCase(
        code="rapor-belum",
        pointer="/rapor_pendidikan/dimengerti",
        error=(section(rapor_pendidikan=RaporPendidikan()),),
        right=(fixed,),
    ),
)


@pytest.mark.parametrize("periode", EVERY)
@pytest.mark.parametrize("case", CASES, ids=[case.code for case in CASES])
def test_a_rule_speaks_when_it_should_and_only_then(case: RuleCase, periode: str) -> None:
    """Each rule says its word, at its place and with its weight, for what is wrong, and is silent about what is near but right."""
    check(case, periode)


def test_without_a_day_no_appointment_is_in_the_future() -> None:
    """Where no day is given, as on the server, a NIP's year is not held against the calendar."""
    case = next(case for case in CASES if case.code == "nip-salah")
    edit = case.error[-1]
    check(
        RuleCase(code=case.code, pointer=case.pointer, error=(edit,), right=(lambda c: state(today=None)(edit(c)),)),
        "2026",
    )
