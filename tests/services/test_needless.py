"""Who needs no plan: out of the count, the problems and what is submitted together; back again as it was."""

from __future__ import annotations

import pytest
from msgspec import structs

from pmm_tui.errors import InputError
from pmm_tui.services.listing import all_lines, all_rows, line_of
from pmm_tui.services.needless import STILL_SENT, UNSEEN, WAITING, Marked, mark_not_needed, read_reason, unmark_not_needed
from pmm_tui.services.submit import is_ready, seal, submit
from pmm_tui.skp.model import Pegawai
from pmm_tui.skp.overview import PlanLine
from pmm_tui.skp.plan_state import State, count_done
from pmm_tui.store import Store
from pmm_tui.store.outbox_entry import Sent
from tests.services.conftest import IN_FORCE, NOW, PERIODE
from tests.tui.samples import full_plan

TODAY = NOW.date()


def line(store: Store, pegawai: Pegawai) -> PlanLine:
    found = line_of(store, IN_FORCE, TODAY, pegawai.id)
    assert found is not None
    assert found in all_lines(store, IN_FORCE, TODAY)
    return found


def mark(store: Store, pegawai: Pegawai, reason: str = "honor", *, dry_run: bool = False) -> Marked:
    (found,) = mark_not_needed(store, IN_FORCE, [line(store, pegawai)], reason, NOW, dry_run=dry_run)
    return found


def test_a_marked_teacher_leaves_the_count_and_comes_back(store: Store, ani: Pegawai, budi: Pegawai) -> None:
    """With the plan that was begun, its problems and its marks."""
    store.drafts.save(ani.id, PERIODE, full_plan(0), 3, NOW)
    before = line(store, ani)
    assert before.blocking
    assert mark(store, ani).result == "ditandai"
    found = line(store, ani)
    assert (found.state, found.masalah, found.marks, found.not_needed) == (State.NOT_NEEDED, (), (), "honor")
    assert count_done(one.state for one in all_lines(store, IN_FORCE, TODAY)) == (0, 1)
    assert line(store, budi).state is State.NOT_STARTED
    other = structs.replace(IN_FORCE, periode="2025")
    assert {one.state for one in all_lines(store, other, TODAY)} == {State.NOT_STARTED}
    (back,) = unmark_not_needed(store, IN_FORCE, [found], NOW)
    assert back.result == "dibatalkan"
    assert line(store, ani) == before
    (again,) = unmark_not_needed(store, IN_FORCE, [before], NOW)
    assert again.result == "tetap"


def test_a_marked_plan_is_not_submitted(store: Store, ani: Pegawai) -> None:
    """Neither with all that are complete nor by itself; whoever seals it on its screen says that it is needed."""
    store.drafts.save(ani.id, PERIODE, full_plan(), 3, NOW)
    mark(store, ani)
    row = next(r for r in all_rows(store, IN_FORCE, TODAY) if r.pegawai.id == ani.id)
    assert row.rencana == full_plan()
    assert not is_ready(row)
    found = submit(store, row, IN_FORCE, NOW)
    assert (found.result, store.outbox.all()) == ("ditolak", ())
    assert "Ditandai tidak perlu (honor)" in found.reason
    seal(store, ani, IN_FORCE, full_plan(), 3, NOW)
    assert store.not_needed.all(PERIODE) == {}
    assert line(store, ani).state is State.QUEUED


def test_what_waits_is_refused_and_what_was_sent_is_told(store: Store, ani: Pegawai) -> None:
    """A plan in the queue would go all the same; a sent one stays on the server."""
    store.drafts.save(ani.id, PERIODE, full_plan(), 3, NOW)
    entry = store.outbox.seal(ani, PERIODE, full_plan(), 3, NOW)
    for dry_run in (True, False):
        assert (mark(store, ani, dry_run=dry_run).result, mark(store, ani).note) == ("ditolak", WAITING)
    store.drafts.save(ani.id, PERIODE, full_plan(8), 4, NOW)  # changed, and the older one still waits
    assert mark(store, ani).note == WAITING
    store.outbox.mark_sending([entry.id])
    store.outbox.record_all({entry.id: Sent("R-1", "2026-01-10T03:42:00Z", "diajukan")})
    assert (mark(store, ani).result, mark(store, ani).result, mark(store, ani).note) == ("ditandai", "tetap", STILL_SENT)
    assert line(store, ani).state is State.NOT_NEEDED


def test_what_the_server_holds_unseen_is_looked_at_first(store: Store, ani: Pegawai) -> None:
    """And it shows above a mark that was made before: nobody's plan is hidden unseen."""
    assert mark(store, ani, "pensiun").result == "ditandai"
    store.outbox.hold(ani.id, PERIODE, 2, "a" * 64, "diajukan", "", "")
    assert line(store, ani).state is State.NEWER
    assert (mark(store, ani).result, mark(store, ani).note) == ("ditolak", UNSEEN)


def test_sealed_in_the_same_moment_is_refused_by_the_store(store: Store, ani: Pegawai, budi: Pegawai) -> None:
    """The line may be older than the queue."""
    lines = all_lines(store, IN_FORCE, TODAY)

    def hurried(*arguments: object) -> tuple[int, ...]:
        return (budi.id,)

    store.not_needed.mark = hurried  # type: ignore[method-assign]
    found = mark_not_needed(store, IN_FORCE, lines, "honor", NOW)
    assert {m.pegawai.id: (m.result, m.note) for m in found} == {ani.id: ("ditolak", WAITING), budi.id: ("ditandai", "")}


def test_trying_out_marks_nobody(store: Store, ani: Pegawai) -> None:
    """It says what would be."""
    assert mark(store, ani, dry_run=True).result == "ditandai"
    assert store.not_needed.all(PERIODE) == {}
    mark(store, ani)
    unmark_not_needed(store, IN_FORCE, [line(store, ani)], NOW, dry_run=True)
    assert store.not_needed.all(PERIODE) == {ani.id: "honor"}


def test_a_reason_is_a_short_text() -> None:
    """On one line and cleaned; nothing and a story are none."""
    assert read_reason("  cuti\n besar\x1b ") == "cuti besar"
    for wrong in ("", " \n", "x" * 61):
        with pytest.raises(InputError, match="honor, pensiun, mutasi"):
            read_reason(wrong)
