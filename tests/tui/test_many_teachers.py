"""A list of a thousand teachers costs what one of forty costs: statements of the database and painted lines, counted exactly."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from textual.strip import Strip

from pmm_tui.skp import overview
from pmm_tui.skp.model import Pegawai
from pmm_tui.skp.plan_state import State
from pmm_tui.store import Store
from pmm_tui.store.outbox_entry import Sent
from pmm_tui.tui.look_values import LookOptions
from pmm_tui.tui.messages import SendFinished
from pmm_tui.tui.widgets.canvas import LineCanvas
from tests.tui.fake_services import MOMENT
from tests.tui.keyboard import settled
from tests.tui.samples import full_plan
from tests.tui.stage import Stage, stage_app

pytestmark = pytest.mark.anyio
SMALL, LARGE = 40, 1000
PERIODE = "2026"
STATEMENTS = {
    "first list": 18,  # with the two of whether the period before has plans, as nothing was begun in this one
    "arrow": 0,
    "open a plan": 5,
    "come back": 5,
    "letter": 0,
    "sending finished": 8,
    "sending of nothing finished": 4,
}
"""At most so many statements of the database, however many teachers there are."""
PREVIEWED = ("first list", "arrow", "come back", "letter", "sending finished")
"""Acts after which the full look shows the plan under the cursor beside the list: one plan read and judged more, for any school."""
PREVIEW = 9  # with the two of the line below, and when the head decided
BESIDE = 4
"""Statements more as a plan opens in the full look: the status line names the next unfinished teacher, whose plan is judged."""
JUDGED = {"open a plan": 1, "come back": 1, "sending finished": 1}
"""At most so many plans are judged; at first all of them."""
Cost = tuple[int, int, int]
"""Statements, plans that were judged, and lines that were painted."""


class Counter:
    """Counts statements of a store, judged plans and painted lines."""

    def __init__(self, store: Store, patch: pytest.MonkeyPatch) -> None:
        self._statements = self._judged = self._lines = 0
        store.database.call(lambda: store.database.connection.set_trace_callback(self._asked))
        usual, state = LineCanvas.render_line, overview.plan_state

        def painted(canvas: LineCanvas, y: int) -> Strip:
            self._lines += 1
            return usual(canvas, y)

        def judged(*plan: Any, **more: Any) -> State:
            self._judged += 1
            return state(*plan, **more)

        patch.setattr(LineCanvas, "render_line", painted)
        patch.setattr(overview, "plan_state", judged)

    def _asked(self, statement: str) -> None:
        self._statements += statement.startswith("SELECT") and "disentuh" not in statement

    def take(self) -> Cost:
        """How many there were since the last time."""
        found = self._statements, self._judged, self._lines
        self._statements = self._judged = self._lines = 0
        return found


async def costs(folder: Path, many: int, *, thrifty: bool) -> dict[str, Cost]:
    """What each act costs in a list of so many."""
    teachers = [Pegawai(nama=f"Guru Nomor {n:04}", nip=f"19850714{2009 + n // 999}012{n % 999 + 1:03}") for n in range(many)]
    found: dict[str, Cost] = {}
    with Store.open(folder / f"{many}.db") as store, pytest.MonkeyPatch.context() as patch:
        store.roster.write(teachers)
        counter = Counter(store, patch)
        async with stage_app(store, size=(120, 40), look=LookOptions(thrifty=thrifty)) as s:
            statements, judged, lines = counter.take()
            assert judged == many + (not thrifty)
            found["first list"] = statements, 0, lines
            for act, keys in (("arrow", "down"), ("open a plan", "enter"), ("come back", "escape"), ("letter", "g")):
                await s.press(keys)
                await settled(s.app)
                found[act] = counter.take()
            await s.press("escape")
            send_one(store)
            counter.take()
            await sending_finished(s)
            found["sending finished"] = counter.take()
            assert "erkirim" in s.row("Guru Nomor 0003")
            await sending_finished(s)
            found["sending of nothing finished"] = counter.take()
    return found


def send_one(store: Store) -> None:
    """Let the plan of the fourth teacher have been sent."""
    entry = store.outbox.seal(store.roster.all()[3], PERIODE, full_plan(), 1, MOMENT)
    store.outbox.mark_sending([entry.id])
    store.outbox.record_all({entry.id: Sent("R-1111-AAAA", "2026-01-08T02:11:05Z", "diajukan")})


async def sending_finished(s: Stage) -> None:
    """Let the screens hear of it."""
    s.app.post_message(SendFinished("", True))
    await settled(s.app)


@pytest.mark.parametrize("thrifty", [False, True], ids=["penuh", "hemat"])
async def test_a_thousand_cost_as_much_as_forty(tmp_path: Path, *, thrifty: bool) -> None:
    """Each act takes as many statements, judges as many plans and paints as many lines, and no more than it may."""
    small, large = [await costs(tmp_path, many, thrifty=thrifty) for many in (SMALL, LARGE)]
    if thrifty:
        assert small == large
    else:  # what follows at rest may come with the frame before it or by itself: lines are told by a bound
        assert {act: cost[:2] for act, cost in small.items()} == {act: cost[:2] for act, cost in large.items()}
        assert max(cost[2] for costs in (small, large) for cost in costs.values()) <= 4 * 40
    more = {} if thrifty else dict.fromkeys(PREVIEWED, PREVIEW) | {"open a plan": BESIDE}

    def too_dear(act: str, cost: Cost) -> bool:
        return cost[0] > STATEMENTS[act] + more.get(act, 0) or cost[1] > JUDGED.get(act, 0) + (act in more)

    assert {act: cost for act, cost in large.items() if too_dear(act, cost)} == {}
