"""The list of teachers with how each plan stands."""

from __future__ import annotations

from datetime import date

from msgspec import Struct

from pmm_tui.skp.katalog_reader import bundled
from pmm_tui.skp.model import DataDiri, Rangkuman, RencanaKinerja, Tugas, TugasTambahan
from pmm_tui.skp.overview import ikhtisar
from pmm_tui.skp.plan_state import Keadaan
from pmm_tui.skp.wire import envelope_of, seal
from tests.skp.sample_plan import guru_contoh, rencana_lengkap

KATALOG = bundled()
PERIODE = "2026"
LENGKAP = rencana_lengkap(KATALOG, PERIODE)
BELUM = rencana_lengkap(KATALOG, PERIODE, rangkuman=Rangkuman())


class Draf(Struct):
    """A draft as the store keeps it."""

    rencana: RencanaKinerja
    suntingan: int = 1


class Amplop(Struct):
    """An envelope as the outbox keeps it, of the complete plan."""

    keadaan: str
    suntingan: int = 1
    status_server: str = ""
    line: bytes = seal(envelope_of(guru_contoh(), PERIODE, 1, 0, LENGKAP))


def test_each_teacher_has_a_line_in_the_order_given() -> None:
    """Draft and newest envelope are found by the teacher's id; each line tells teacher, state and problems."""
    guru = [guru_contoh(id=id) for id in (5, 2, 9, 4)]
    lines = ikhtisar(
        guru,
        {2: Draf(LENGKAP), 9: Draf(LENGKAP), 4: Draf(BELUM)},
        {9: Amplop("sent"), 7: Amplop("rejected")},
        PERIODE,
        KATALOG,
    )
    assert [line.pegawai.id for line in lines] == [5, 2, 9, 4]
    assert [line.keadaan for line in lines] == [Keadaan.BELUM, Keadaan.LENGKAP, Keadaan.TERKIRIM, Keadaan.DRAF]
    assert [[m.kode for m in line.masalah] for line in lines] == [[], [], [], ["belum-dikonfirmasi"]]


def test_no_teachers_make_no_lines() -> None:
    """An empty roster is an empty list."""
    assert ikhtisar([], {2: Draf(LENGKAP)}, {}, PERIODE, KATALOG) == ()


def test_a_plan_never_begun_lists_only_what_dapodik_can_mend() -> None:
    """Before the filling only the teacher's own data is held against it, not the steps that nobody has come to yet."""
    guru = guru_contoh(nip="123", jenjang_jabatan="", golongan="")
    (line,) = ikhtisar([guru], {}, {}, PERIODE, KATALOG)
    assert line.keadaan is Keadaan.BELUM
    assert [m.kode for m in line.masalah] == ["nip-salah", "golongan-kosong", "jenjang-kosong"]
    assert all(m.bagian == "data_diri" for m in line.masalah)
    (begun,) = ikhtisar([guru], {guru.id: Draf(RencanaKinerja())}, {}, PERIODE, KATALOG)
    assert begun.keadaan is Keadaan.DRAF
    assert {"belum-sesuai", "rapor-belum", "tugas-belum"} <= {m.kode for m in begun.masalah}


def test_only_what_stops_the_plan_is_counted() -> None:
    """The number of obstacles leaves warnings out."""
    guru = guru_contoh(status_kepegawaian="GTY/PTY")
    rencana = rencana_lengkap(KATALOG, PERIODE, rangkuman=Rangkuman(), data_diri=DataDiri())
    (line,) = ikhtisar([guru], {guru.id: Draf(rencana)}, {}, PERIODE, KATALOG)
    assert (len(line.masalah), line.halangan) == (3, 2)
    assert [m.kode for m in line.blocking] == ["belum-sesuai", "belum-dikonfirmasi"]


def test_school_and_day_reach_the_rules() -> None:
    """The kind of school, the day and the period judge here as they do on the form."""
    guru = guru_contoh()
    draf = {guru.id: Draf(rencana_lengkap(KATALOG, PERIODE, tugas_tambahan=TugasTambahan(tugas=(Tugas(tugas="pembina-osis"),))))}

    def kode(periode: str = PERIODE, jenjang: str = "", hari_ini: date | None = None) -> list[str]:
        (line,) = ikhtisar([guru], draf, {}, periode, KATALOG, jenjang=jenjang, hari_ini=hari_ini)
        return [m.kode for m in line.masalah]

    assert kode() == []
    assert kode(jenjang="SD") == ["tugas-jenjang"]
    assert kode(hari_ini=date(2026, 2, 1)) == ["lewat-batas"]
    assert kode(periode="2024-1") == []  # 40 points are enough there


def test_a_changed_draft_is_told_from_what_was_sent() -> None:
    """The draft's content and the envelope's together say whether something changed since."""
    guru = guru_contoh()

    def keadaan(rencana: RencanaKinerja) -> Keadaan:
        (line,) = ikhtisar([guru], {guru.id: Draf(rencana, suntingan=8)}, {guru.id: Amplop("sent")}, PERIODE, KATALOG)
        return line.keadaan

    assert keadaan(LENGKAP) is Keadaan.TERKIRIM
    assert keadaan(BELUM) is Keadaan.BERUBAH
