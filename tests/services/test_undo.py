"""Undo and redo over whole plans."""

from __future__ import annotations

from pmm_tui.services.undo import LIMIT, UndoHistory
from pmm_tui.skp.model import RencanaKinerja
from tests.tui.samples import full_plan

PLANS = [full_plan(target) for target in range(LIMIT + 5)]


def test_the_steps_go_back_and_forth() -> None:
    """Undoing gives the plans backwards and redoing forwards, until there are no more."""
    history = UndoHistory()
    for before in PLANS[:3]:
        history.record(before, "")
    back: list[RencanaKinerja | None] = [current := PLANS[3]]
    while (found := history.undo(current)) is not None:
        back.append(current := found)
    assert back == PLANS[3::-1]
    forth = [current]
    while (found := history.redo(current)) is not None:
        forth.append(current := found)
    assert forth == PLANS[:4]


def test_only_so_many_steps_are_kept() -> None:
    """Of more steps than the limit the oldest are forgotten."""
    history, current = UndoHistory(), PLANS[-1]
    for before in PLANS[:-1]:
        history.record(before, "")
    undone = []
    while (found := history.undo(current)) is not None:
        undone.append(current := found)
    assert (len(undone), undone[-1]) == (LIMIT, PLANS[len(PLANS) - 1 - LIMIT])


def test_a_group_ends_with_an_undo() -> None:
    """Letters typed after an undo are a step of their own, though they go into the same field."""
    history = UndoHistory()
    history.record(PLANS[0], "field")
    history.record(PLANS[1], "field")
    assert history.undo(PLANS[2]) == PLANS[0]
    history.record(PLANS[0], "field")
    assert history.undo(PLANS[3]) == PLANS[0]
    assert history.undo(PLANS[0]) is None


def test_what_is_cleared_is_gone_both_ways() -> None:
    """After clearing there is neither undo nor redo, and the next letter of the same field is a step again."""
    history = UndoHistory()
    history.record(PLANS[0], "field")
    history.record(PLANS[1], "other")
    history.undo(PLANS[2])
    history.record(PLANS[1], "field")
    history.clear()
    assert history.undo(PLANS[2]) is None
    assert history.redo(PLANS[2]) is None
    history.record(PLANS[2], "field")
    assert history.undo(PLANS[3]) == PLANS[2]
