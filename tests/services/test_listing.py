"""The teachers with how their plans stand, from roster, drafts and outbox together."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import chain

import pytest
from msgspec import structs

from pmm_tui.services.listing import KeptLines, all_lines, all_rows, judged, line_of, select
from pmm_tui.skp.model import Pegawai, PraktikPembelajaran, Sekolah, Tugas, TugasTambahan
from pmm_tui.skp.plan_state import State
from pmm_tui.skp.wire import Change
from pmm_tui.store import Store
from pmm_tui.store.outbox_entry import Sent
from tests.services.conftest import IN_FORCE, NOW, PERIODE
from tests.tui.samples import ANI, BUDI, CITRA, full_plan

TODAY = NOW.date()


def filled(store: Store, ani: Pegawai, budi: Pegawai) -> None:
    """Ani's plan is sealed, Budi's half done, Citra's not begun."""
    store.roster.write([CITRA])
    store.drafts.save(ani.id, PERIODE, full_plan(), 3, NOW)
    store.outbox.seal(ani, PERIODE, full_plan(), 3, NOW)
    store.drafts.save(budi.id, PERIODE, full_plan().with_section(PraktikPembelajaran()), 2, NOW)


def test_every_teacher_is_there_with_the_state_of_the_plan(store: Store, ani: Pegawai, budi: Pegawai) -> None:
    """Rows come by name, each with its draft, its edit and its state; a plan not begun has no draft."""
    filled(store, ani, budi)
    rows = all_rows(store, IN_FORCE, TODAY)
    assert [(r.pegawai.nama, r.edit, r.state) for r in rows] == [
        (ANI.nama, 3, State.QUEUED),
        (BUDI.nama, 2, State.DRAFT),
        (CITRA.nama, 0, State.NOT_STARTED),
    ]
    assert [r.rencana is None for r in rows] == [False, False, True]
    assert rows[1].rencana == full_plan().with_section(PraktikPembelajaran())
    assert [m.halang for m in rows[1].blocking] == [True] * len(rows[1].blocking) != []


def test_lines_and_rows_agree(store: Store, ani: Pegawai, budi: Pegawai) -> None:
    """The screen's lines, one teacher's line alone, and the commands' rows say the same of every plan."""
    filled(store, ani, budi)
    lines = all_lines(store, IN_FORCE, TODAY)
    rows = all_rows(store, IN_FORCE, TODAY)
    assert [(line.pegawai, line.state, line.masalah) for line in lines] == [(r.pegawai, r.state, r.masalah) for r in rows]
    assert [line_of(store, IN_FORCE, TODAY, line.pegawai.id) for line in lines] == list(lines)
    assert line_of(store, IN_FORCE, TODAY, 99) is None


def test_an_edit_after_sealing_shows_in_the_line(store: Store, ani: Pegawai) -> None:
    """A later edit that says something else makes the plan changed, in the list and in the line of the teacher alone."""
    store.outbox.seal(ani, PERIODE, full_plan(), 1, NOW)
    store.drafts.save(ani.id, PERIODE, full_plan(8), 2, NOW)
    found = line_of(store, IN_FORCE, TODAY, ani.id)
    assert found is not None
    assert found.state is all_lines(store, IN_FORCE, TODAY)[0].state is State.CHANGED


def test_what_nobody_here_has_seen_shows_everywhere(store: Store, ani: Pegawai, budi: Pegawai) -> None:
    """A plan that the server holds and nobody here has seen is newer there: in list, rows and the line of the teacher alone."""
    filled(store, ani, budi)
    store.outbox.hold(budi.id, PERIODE, 2, "a" * 64, "diajukan", "", "")
    found = {line.pegawai.nama: line.state for line in all_lines(store, IN_FORCE, TODAY)}
    assert found == {ANI.nama: State.QUEUED, BUDI.nama: State.NEWER, CITRA.nama: State.NOT_STARTED}
    assert {row.pegawai.nama: row.state for row in all_rows(store, IN_FORCE, TODAY)} == found
    line = line_of(store, IN_FORCE, TODAY, budi.id)
    assert line is not None
    assert line.state is State.NEWER
    assert {line.state for line in all_lines(store, structs.replace(IN_FORCE, periode="2025"), TODAY)} == {State.NOT_STARTED}


def test_another_period_has_its_own_plans(store: Store, ani: Pegawai, budi: Pegawai) -> None:
    """In a period in which nothing was begun every plan is not begun, whatever the others hold."""
    filled(store, ani, budi)
    other = structs.replace(IN_FORCE, periode="2025")
    assert {line.state for line in all_lines(store, other, TODAY)} == {State.NOT_STARTED}
    assert [r.rencana for r in all_rows(store, other, TODAY)] == [None, None, None]
    found = line_of(store, other, TODAY, ani.id)
    assert found is not None
    assert found.state is State.NOT_STARTED


def test_the_school_in_force_and_the_day_are_judged_by(ani: Pegawai) -> None:
    """A plan is judged by the school's level and by the day, which are handed in."""
    school = IN_FORCE.sekolah
    only_some = next(t for t in IN_FORCE.katalog.tugas_tambahan if t.jenjang and school.jenjang in t.jenjang)
    elsewhere = next(j for j in ("TK", "SD", "SMP", "SMA", "SMK", "SLB") if j not in only_some.jenjang)
    plan = full_plan().with_section(TugasTambahan(tugas=(Tugas(tugas=only_some.id),)))

    def found(jenjang: str, today: date) -> set[str]:
        in_force = structs.replace(IN_FORCE, sekolah=structs.replace(school, jenjang=jenjang))
        return {m.kode for m in judged(in_force, today, ani, plan, 1, None, newer=False).masalah}

    assert found(elsewhere, TODAY) - found(school.jenjang, TODAY) == {"tugas-jenjang"}
    assert found(school.jenjang, date(2030, 1, 1)) - found(school.jenjang, TODAY) == {"lewat-batas"}


def test_teachers_are_chosen_by_number_nip_or_nuptk(store: Store, ani: Pegawai, budi: Pegawai) -> None:
    """Each is chosen once, in the order named; a key that means nobody is told with what it said."""
    rows = all_rows(store, IN_FORCE, TODAY)
    chosen, refused = select(store, rows, [f" {budi.nuptk} ", f" {ani.id}", ani.nip, "12345", "nobody"])
    assert [row.pegawai.nama for row in chosen] == [BUDI.nama, ANI.nama]
    assert refused == [f'Guru "{key}" tidak ada; lihat nomornya dengan pmm-tui daftar.' for key in ("12345", "nobody")]


def test_a_number_of_two_teachers_chooses_none(store: Store, ani: Pegawai, monkeypatch: pytest.MonkeyPatch) -> None:
    """A key that the roster finds twice is refused, not guessed."""
    rows = all_rows(store, IN_FORCE, TODAY)
    monkeypatch.setattr(store.roster, "find", lambda _: tuple(row.pegawai for row in rows))
    chosen, (refused,) = select(store, rows, [ani.nip])
    assert chosen == []
    assert "menunjuk lebih dari satu guru" in refused


def test_the_list_is_read_in_as_many_statements_for_any_school(store: Store, ani: Pegawai, budi: Pegawai) -> None:
    """Teachers, drafts, envelopes, what the server holds, and who needs none: one statement each."""
    asked: list[str] = []
    store.database.call(lambda: store.database.connection.set_trace_callback(asked.append))
    all_lines(store, IN_FORCE, TODAY)
    few = len(asked)
    store.roster.write([structs.replace(CITRA, nip="", nama=f"Guru {n}") for n in range(200)])
    filled(store, ani, budi)
    asked.clear()
    all_lines(store, IN_FORCE, TODAY)
    assert len(asked) == few == 5


def test_the_line_tells_when_it_was_saved_and_its_marks(store: Store, ani: Pegawai, budi: Pegawai) -> None:
    """For the columns of the list; nothing of a plan that was not begun."""
    filled(store, ani, budi)
    found = {line.pegawai.nama: (line.saved_at, len(line.marks)) for line in all_lines(store, IN_FORCE, TODAY)}
    assert found == {ANI.nama: (NOW, 5), BUDI.nama: (NOW, 5), CITRA.nama: (None, 0)}


def _changes(store: Store, teacher: Pegawai) -> Iterator[str]:
    """Write something of each kind, one after another."""
    store.drafts.save(teacher.id, PERIODE, full_plan(), 1, NOW)
    yield "a draft"
    sealed = store.outbox.seal(teacher, PERIODE, full_plan(), 1, NOW)
    yield "an envelope"
    store.outbox.mark_sending([sealed.id])
    yield "on its way"
    store.outbox.record_all({sealed.id: Sent("R-1111-AAAA", "2026-01-10T03:42:00Z", "diajukan")})
    yield "its receipt"
    told = Change(pegawai="g", periode=PERIODE, revisi=sealed.revisi, sha256=sealed.sha256, status="dikembalikan")
    store.decisions.take_told(teacher.id, told)
    yield "the head's word, told"
    plan = store.decisions.plan(teacher.id, PERIODE)
    assert plan is not None
    decision = store.decisions.seal(teacher, plan, "setujui", "", {}, NOW)
    yield "a decision that waits"
    store.decisions.mark_sending([decision.id])
    store.decisions.record_all({decision.id: Sent("K-1111-AAAA", "2026-01-12T00:00:00Z", "disetujui")})
    yield "a decision's receipt"
    store.drafts.save(teacher.id, PERIODE, full_plan(8), 2, NOW)
    yield "another draft"
    store.drafts.save(teacher.id, "2025", full_plan(), 1, NOW)
    yield "a draft of another period"
    store.database.call(_look_of_server, store, teacher.id)
    yield "what the server holds"
    store.roster.write([structs.replace(teacher, nama="Zaenab Baru")])
    yield "a name"
    store.roster.write([CITRA])
    yield "a new teacher"


def _look_of_server(store: Store, pegawai_id: int) -> None:
    with store.database.transaction() as connection:
        connection.execute(
            "INSERT INTO milik_server"
            " (pegawai_id, periode, revisi, sha256, line, tanda_terima, waktu, status, catatan, oleh, dilihat)"
            " SELECT pegawai_id, periode, revisi + 1, sha256, line, 'R-2222-AAAA', '2026-01-10T03:42:00Z', 'diajukan', '', '', 0"
            " FROM kiriman WHERE pegawai_id = ?",
            (pegawai_id,),
        )
        connection.execute(
            "INSERT OR REPLACE INTO dipegang SELECT pegawai_id, periode, revisi, 'lain' FROM milik_server WHERE pegawai_id = ?",
            (pegawai_id,),
        )


def test_lines_that_are_kept_are_those_that_are_read(store: Store, ani: Pegawai, budi: Pegawai) -> None:
    """Whatever is written, by whatever way, the kept lines are what reading all of them gives; else they are the same ones."""
    store.roster.write(Pegawai(nama=f"Guru {n:02}", nip=f"1985071420110120{n:02}") for n in range(20))
    kept = KeptLines(store)
    states = set()
    for what in chain(["nothing"], _changes(store, budi)):
        lines = kept.read(IN_FORCE, TODAY)
        assert lines == all_lines(store, IN_FORCE, TODAY), what
        assert kept.read(IN_FORCE, TODAY) is lines
        states |= {line.state for line in lines}
    assert {State.NOT_STARTED, State.QUEUED, State.SENT, State.APPROVED, State.CHANGED, State.NEWER} <= states


def test_another_day_and_other_rules_are_read_anew(store: Store, ani: Pegawai) -> None:
    """What is in force and the day are part of every line."""
    kept = KeptLines(store)
    kept.read(IN_FORCE, TODAY)
    for in_force, today in (
        (IN_FORCE, date(2027, 1, 1)),
        (structs.replace(IN_FORCE, sekolah=Sekolah()), TODAY),
        (structs.replace(IN_FORCE, periode="2025"), TODAY),
    ):
        assert kept.read(in_force, today) == all_lines(store, in_force, today)


def test_a_draft_that_cannot_be_read_is_left_out_of_kept_lines(store: Store, ani: Pegawai) -> None:
    """As where all are read; and it is not believed the next time."""
    store.roster.write(Pegawai(nama=f"Guru {n:02}", nip=f"1985071420110120{n:02}") for n in range(20))
    kept = KeptLines(store)
    kept.read(IN_FORCE, TODAY)
    store.drafts.save(ani.id, PERIODE, full_plan(), 1, NOW)
    store.database.call(lambda: store.database.connection.execute("UPDATE draf SET rencana = x'7b'"))
    assert kept.read(IN_FORCE, TODAY) == all_lines(store, IN_FORCE, TODAY)
    store.drafts.save(ani.id, PERIODE, full_plan(), 2, NOW)
    assert kept.read(IN_FORCE, TODAY) == all_lines(store, IN_FORCE, TODAY)
