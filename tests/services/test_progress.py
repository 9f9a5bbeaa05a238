"""How far the school is, and from teacher to teacher."""

from __future__ import annotations

from itertools import product

from pmm_tui.services.moving import Neighbours, neighbours, next_open
from pmm_tui.services.progress import Progress, progress_of
from pmm_tui.skp.plan_state import State, count_done

SCHOOL = (
    *[State.NOT_STARTED] * 12, *[State.DRAFT] * 6, State.COMPLETE, State.QUEUED, State.QUEUED, State.RETURNED, State.CHANGED,
    State.TO_FIX, State.CONFLICT, *[State.SENT] * 7, *[State.APPROVED] * 3, State.NOT_NEEDED,
)  # fmt: skip


def test_every_plan_that_is_needed_is_counted_once() -> None:
    """Who needs none counts nowhere, so that the count can reach the end."""
    found = progress_of(SCHOOL)
    assert found == Progress(done=10, waiting=2, needs_you=4, rest=19, ready=1, not_needed=1)
    assert (found.done, found.total) == count_done(SCHOOL) == (10, 35)
    assert progress_of(State).total == len(State) - 1
    assert progress_of(()) == Progress()


def test_the_words_leave_out_what_is_none() -> None:
    """The line beside the bar."""
    assert progress_of(SCHOOL).words == "10 dari 35 selesai · 2 antre · 4 perlu Anda"
    assert progress_of([State.SENT]).words == "1 dari 1 selesai"


def test_a_bar_is_full_only_when_all_is_done() -> None:
    """It has its length always, what is there is seen, and what is not is not."""
    assert progress_of(SCHOOL).bar(20) == (6, 1, 13)
    assert Progress().bar(5) == (0, 0, 5)
    assert Progress(done=3).bar(0) == (0, 0, 0)
    for done, waiting, rest, cells in product((0, 1, 2, 39, 999), (0, 1, 40), (0, 1, 500), (3, 12, 20, 31)):
        progress = Progress(done=done, waiting=waiting, rest=rest)
        parts = progress.bar(cells)
        assert sum(parts) == cells
        assert min(parts) >= 0
        if progress.total:
            assert [part > 0 for part in parts] == [count > 0 for count in (done, waiting, rest)]


def test_neighbours_stand_beside_a_teacher() -> None:
    """At an end nobody follows; beside one who is not in the list comes its first."""
    assert neighbours([5, 9, 2], 9) == Neighbours(5, 2, 2, 3)
    assert neighbours([5, 9, 2], 5) == Neighbours(None, 9, 1, 3)
    assert neighbours([5, 9, 2], 2) == Neighbours(9, None, 3, 3)
    assert neighbours([5, 9, 2], 7) == Neighbours(None, 5, 0, 3)
    assert neighbours([], 7) == Neighbours(None, None, 0, 0)


def test_the_next_one_with_work_left_is_found_around_the_end() -> None:
    """Behind the teacher first, then from the beginning; never the teacher themselves."""
    states = {5: State.DRAFT, 9: State.SENT, 2: State.NOT_NEEDED, 4: State.RETURNED, 3: State.QUEUED}
    ids = list(states)

    def after(current: int) -> int | None:
        return next_open(ids, current, lambda one: states[one].is_open)

    assert (after(5), after(9), after(4), after(3), after(77)) == (4, 4, 5, 5, 5)
    assert next_open([5, 9], 5, lambda one: one == 5) is None
    assert next_open([], 5, lambda _: True) is None


def test_open_is_what_is_neither_submitted_nor_needless() -> None:
    """What moving stops at."""
    done = {State.SENT, State.APPROVED, State.QUEUED, State.NOT_NEEDED}
    assert {state for state in State if not state.is_open} == done
