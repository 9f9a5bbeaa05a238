"""The list of teachers with how each plan stands."""

from __future__ import annotations

from datetime import UTC, date, datetime

from msgspec import Struct

from pmm_tui.practice.school import school_teachers
from pmm_tui.skp.katalog_reader import bundled
from pmm_tui.skp.model import DataDiri, Pegawai, Rangkuman, RencanaKinerja, Tugas, TugasTambahan
from pmm_tui.skp.overview import overview
from pmm_tui.skp.periksa import periksa, periksa_data_diri
from pmm_tui.skp.plan_state import State
from pmm_tui.skp.wire import envelope_of, seal
from tests.skp.sample_plan import complete_plan, sample_teacher

KATALOG = bundled()
PERIODE = "2026"
COMPLETE = complete_plan(KATALOG, PERIODE)
NOT_STARTED = complete_plan(KATALOG, PERIODE, rangkuman=Rangkuman())


class Draft(Struct):
    """A draft as the store keeps it."""

    rencana: RencanaKinerja
    edit: int = 1
    saved_at: datetime = datetime(2026, 1, 8, tzinfo=UTC)


class EnvelopeCase(Struct):
    """An envelope as the outbox keeps it, of the complete plan."""

    keadaan: str
    suntingan: int = 1
    status_server: str = ""
    line: bytes = seal(envelope_of(sample_teacher(), PERIODE, 1, 0, COMPLETE))


def test_each_teacher_has_a_line_in_the_order_given() -> None:
    """Draft and newest envelope are found by the teacher's id; each line tells teacher, state and problems."""
    teachers = [sample_teacher(id=id) for id in (5, 2, 9, 4)]
    lines = overview(
        teachers,
        {2: Draft(COMPLETE), 9: Draft(COMPLETE), 4: Draft(NOT_STARTED)},
        {9: EnvelopeCase("sent"), 7: EnvelopeCase("rejected")},
        PERIODE,
        KATALOG,
    )
    assert [line.pegawai.id for line in lines] == [5, 2, 9, 4]
    assert [line.state for line in lines] == [State.NOT_STARTED, State.COMPLETE, State.SENT, State.DRAFT]
    assert [[m.kode for m in line.masalah] for line in lines] == [[], [], [], ["belum-dikonfirmasi"]]


def test_no_teachers_make_no_lines() -> None:
    """An empty roster is an empty list."""
    assert overview([], {2: Draft(COMPLETE)}, {}, PERIODE, KATALOG) == ()


def test_a_plan_never_begun_lists_only_what_dapodik_can_mend() -> None:
    """Before the filling only the teacher's own data is held against it, not the steps that nobody has come to yet."""
    teacher = sample_teacher(nip="123", jenjang_jabatan="", golongan="")
    (line,) = overview([teacher], {}, {}, PERIODE, KATALOG)
    assert line.state is State.NOT_STARTED
    assert [m.kode for m in line.masalah] == ["nip-salah", "golongan-kosong", "jenjang-kosong"]
    assert all(m.section == "data_diri" for m in line.masalah)
    (begun,) = overview([teacher], {teacher.id: Draft(RencanaKinerja())}, {}, PERIODE, KATALOG)
    assert begun.state is State.DRAFT
    assert {"belum-sesuai", "rapor-belum", "tugas-belum"} <= {m.kode for m in begun.masalah}


def test_only_what_stops_the_plan_is_counted() -> None:
    """The number of obstacles leaves warnings out."""
    teacher = sample_teacher(status_kepegawaian="GTY/PTY")
    rencana = complete_plan(KATALOG, PERIODE, rangkuman=Rangkuman(), data_diri=DataDiri())
    (line,) = overview([teacher], {teacher.id: Draft(rencana)}, {}, PERIODE, KATALOG)
    assert (len(line.masalah), line.blocking_count) == (3, 2)
    assert [m.kode for m in line.blocking] == ["belum-sesuai", "belum-dikonfirmasi"]


def test_school_and_day_reach_the_rules() -> None:
    """The kind of school, the day and the period judge here as they do on the form."""
    teacher = sample_teacher()
    draft = {teacher.id: Draft(complete_plan(KATALOG, PERIODE, tugas_tambahan=TugasTambahan(tugas=(Tugas(tugas="pembina-osis"),))))}

    def code(periode: str = PERIODE, jenjang: str = "", today: date | None = None) -> list[str]:
        (line,) = overview([teacher], draft, {}, periode, KATALOG, jenjang=jenjang, today=today)
        return [m.kode for m in line.masalah]

    assert code() == []
    assert code(jenjang="SD") == ["tugas-jenjang"]
    assert code(today=date(2026, 2, 1)) == ["lewat-batas"]
    assert code(periode="2024-1") == []  # 40 points are enough there


def test_a_changed_draft_is_told_from_what_was_sent() -> None:
    """The draft's content and the envelope's together say whether something changed since."""
    teacher = sample_teacher()

    def state(rencana: RencanaKinerja) -> State:
        (line,) = overview([teacher], {teacher.id: Draft(rencana, edit=8)}, {teacher.id: EnvelopeCase("sent")}, PERIODE, KATALOG)
        return line.state

    assert state(COMPLETE) is State.SENT
    assert state(NOT_STARTED) is State.CHANGED


def test_a_plan_not_begun_is_judged_by_the_teachers_data_as_all_of_it_would_be() -> None:
    """The short way for those who have not begun says what the whole one says of data diri, for every kind of teacher."""
    katalog, today = bundled(), date(2026, 3, 2)
    odd = (Pegawai(nama=""), Pegawai(nama="A", nip="123", nuptk="9"), Pegawai(nama="B", golongan="X/z", jenjang_jabatan="x"))
    said = set()
    for periode in katalog.periode:
        for one in (*school_teachers(), *odd):
            whole = periksa(RencanaKinerja(), one, periode.id, katalog, jenjang="SMP", today=today)
            short = periksa_data_diri(one, periode.id, katalog, jenjang="SMP", today=today)
            assert short == tuple(m for m in whole if m.section == "data_diri" and m.kode != "belum-sesuai")
            said |= {m.kode for m in short}
    assert len(said) > 5
