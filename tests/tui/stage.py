"""The stage: the real app at 80x24 over a fake outside."""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import AsyncIterator, Callable, Iterable
from contextlib import asynccontextmanager
from typing import Any

from textual.events import Paste
from textual.pilot import Pilot
from textual.screen import ModalScreen

from pmm_tui.skp.model import Pegawai, RencanaKinerja
from pmm_tui.store import Store
from pmm_tui.tui.app import PmmApp
from pmm_tui.tui.last_place import LAST_PLACE
from pmm_tui.tui.look_values import LookOptions
from pmm_tui.tui.widgets import reading_page, side_pane
from pmm_tui.tui.widgets.bars import KeyBar
from pmm_tui.tui.widgets.tab_bar import TabBar
from tests.tui.fake_services import MOMENT, FakeServices
from tests.tui.keyboard import LIMIT, cursor_row, press, screen_text, settled

SIZE = (80, 24)
side_pane.REST = reading_page.REST = 0.001  # no test has to wait for what follows when the keys rest


class FakeClock:
    """The clock of an event loop, with seconds added to it."""

    def __init__(self, loop: asyncio.AbstractEventLoop) -> None:
        self.ahead = 0.0
        self.frozen: float | None = None
        self._original = loop.time
        loop.time = self.current  # type: ignore[method-assign]

    def current(self) -> float:
        """The loop's time; stopped at `frozen` when that is set."""
        return self._original() + self.ahead if self.frozen is None else self.frozen


class Stage:
    """A running app with what stands around it."""

    def __init__(self, app: PmmApp, pilot: Pilot[str], services: FakeServices, clock: FakeClock) -> None:
        self.app, self.pilot, self.services, self.clock = app, pilot, services, clock
        self.store = services.store

    async def press(self, script: str, *, in_a_row: bool = False) -> None:
        """Press keys; see `press`."""
        await press(self.pilot, script, in_a_row=in_a_row)

    async def go_to(self, part: str) -> None:
        """Go to the row that has `part` in it, from the top down."""
        await self.press("ctrl+home")
        for _ in range(100):
            if part in self.cursor:
                return
            await self.press("down")
        raise AssertionError(f"tidak ada baris {part!r}; layar:\n{self.text}")

    async def paste(self, text: str) -> None:
        """Paste."""
        self.app.post_message(Paste(text))
        await settled(self.app)

    async def size(self, width: int, height: int) -> None:
        """Give the terminal another size."""
        await self.pilot.resize_terminal(width, height)
        await settled(self.app)

    def screen_text(self) -> list[str]:
        """The lines of the screen."""
        return screen_text(self.app)

    @property
    def text(self) -> str:
        """The screen as one text."""
        return "\n".join(self.screen_text())

    @property
    def title(self) -> str:
        """The title line."""
        return self.screen_text()[0]

    @property
    def tab(self) -> str:
        """The label of the open tab, which is in brackets only where nothing has a ground of its own."""
        bar = self.app.screen_stack[-1].query_one(TabBar)
        active = next(n for n, tab in enumerate(bar._tabs) if tab.id == bar._active)
        start, end, _ = bar._spans[active]
        return self.screen_text()[1][start:end].strip(f" []{''.join(self._marks)}")

    @property
    def _marks(self) -> tuple[str, ...]:
        signs = self.app.look.signs
        return (signs.ok, signs.problem, signs.open)

    @property
    def status(self) -> str:
        """The status line, one blank before it, as one line however many it takes."""
        screen = next(s for s in reversed(self.app.screen_stack) if s.query("#status"))
        region = screen.query_one("#status").region
        lines = self.screen_text()[region.y : region.bottom]
        return " " + " ".join(line.strip() for line in lines)

    @property
    def footer(self) -> str:
        """The line of keys."""
        return self.screen_text()[-1]

    def row(self, part: str) -> str:
        """The first line that has `part` in it."""
        found = [line for line in self.screen_text() if part in line]
        assert found, f"tidak ada baris dengan {part!r} di:\n{self.text}"
        return found[0]

    @property
    def dialog(self) -> str:
        """The text of the question, the choice or the help that is open, without its keys, as one line; empty without one."""
        screen = self.app.screen
        if not isinstance(screen, ModalScreen):
            return ""
        regions = [w.content_region for w in screen.children if w.display and not isinstance(w, KeyBar)]
        lines = [line[r.x : r.right].strip("│| ") for r in regions for line in self.screen_text()[r.y : r.bottom]]
        return " ".join(" ".join(lines).replace("─", " ").split())

    @property
    def cursor(self) -> str:
        """The line under the cursor, without its sign; that of the dialog where one is open."""
        return cursor_row(self.app)

    async def until(self, condition: Callable[[], Any]) -> None:
        """Wait until something is true; fails after `LIMIT` seconds."""
        until = time.monotonic() + LIMIT
        while not condition():
            assert time.monotonic() < until, f"tidak pernah terjadi; layar:\n{self.text}"
            await asyncio.sleep(0.01)
        await settled(self.app)

    async def until_text(self, part: str) -> None:
        """Wait until `part` stands on the screen."""
        await self.until(lambda: part in self.text)

    def pegawai(self, name: str) -> Pegawai:
        """The teacher whose name begins so."""
        return next(p for p in self.store.roster.all() if p.nama.startswith(name))

    def draft(self, name: str) -> RencanaKinerja | None:
        """The stored draft of a teacher."""
        draft = self.store.drafts.get(self.pegawai(name).id, self.services.current_periode)
        return draft.rencana if draft else None

    def close_gate(self) -> None:
        """Let sending and fetching wait for `open_gate`."""
        self.services.gate = asyncio.Event()

    def open_gate(self) -> None:
        """Let them go on."""
        assert self.services.gate is not None
        self.services.gate.set()

    def advance(self, seconds: float) -> None:
        """Put the clock of the event loop forward: what was to happen within `seconds` seconds is due now."""
        self.clock.ahead += seconds

    async def saved(self, name: str, condition: Callable[[RencanaKinerja], Any] = lambda r: True) -> RencanaKinerja:
        """Let the half second of the autosave pass, wait until the stored draft of a teacher is so, and return it."""
        self.advance(0.5)
        await self.until(lambda: (r := self.draft(name)) is not None and condition(r))
        found = self.draft(name)
        assert found is not None
        return found


@asynccontextmanager
async def stage_app(
    store: Store,
    *,
    teachers: Iterable[Pegawai] = (),
    draft: dict[str, RencanaKinerja] | None = None,
    size: tuple[int, int] = SIZE,
    look: LookOptions | None = None,
    keymap: dict[str, str] | None = None,
    first_run: bool = False,
    place: tuple[str, str, str] | None = None,
    services: FakeServices | None = None,
    **other: Any,
) -> AsyncIterator[Stage]:
    """Run the app over `store`, with these teachers and drafts (by name) put into it before.

    `place` is where it was left last time: a teacher's name, pane and row.
    """
    services = services or FakeServices(store, **other)
    services.address = "" if first_run else services.address
    store.roster.write(teachers)
    existing = {p.nama: p for p in store.roster.all()}
    for name, rencana in (draft or {}).items():
        store.drafts.save(existing[name].id, services.current_periode, rencana, 1, MOMENT)
    if place:
        name, section, cursor = place
        memo = {"pegawai": existing[name].id, "bagian": section, "kursor": cursor, "periode": services.current_periode}
        store.reference.set_memo(LAST_PLACE, json.dumps(memo))
    app = PmmApp(services, look or LookOptions(), keymap or {}, first_run=first_run)
    clock = FakeClock(asyncio.get_running_loop())
    async with app.run_test(size=size) as pilot:
        await settled(app)
        yield Stage(app, pilot, services, clock)
        if app.return_code is None:
            await app.action_quit()  # what is unsaved must not come after the store was closed
            store.reference.set_memo(LAST_PLACE, "")
