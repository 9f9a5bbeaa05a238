"""Daftar Guru: every teacher and how the plan stands; search as you type, filter, sort, mark, and see the plan beside."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from itertools import pairwise
from typing import ClassVar

from msgspec import structs
from textual import events, on
from textual.app import ComposeResult

from pmm_tui.errors import PmmError
from pmm_tui.services.listing import KeptLines
from pmm_tui.services.moving import next_open
from pmm_tui.services.progress import Progress, progress_of
from pmm_tui.services.roster_filter import Column, Group, RosterFilter, count_groups, select_lines, sort_lines
from pmm_tui.services.roster_search import SearchTexts
from pmm_tui.services.stages import stage_advice, stage_short
from pmm_tui.skp.plan_state import State
from pmm_tui.text import by_name
from pmm_tui.tui.keys import keys_of
from pmm_tui.tui.messages import (
    PlanRequested,
)
from pmm_tui.tui.screens.list_head import ROOMY, numbered
from pmm_tui.tui.screens.period_words import period_words
from pmm_tui.tui.screens.roster_columns import STATE_STYLES, Columns, ThriftyColumns
from pmm_tui.tui.screens.roster_copying import RosterCopying
from pmm_tui.tui.screens.roster_doors import RosterDoors
from pmm_tui.tui.screens.roster_empty import empty_lines
from pmm_tui.tui.screens.roster_head import RosterHead
from pmm_tui.tui.widgets.line_text import Piece
from pmm_tui.tui.widgets.lines import Lines
from pmm_tui.tui.widgets.list_view import EmptyLine, VirtualList
from pmm_tui.tui.widgets.side_pane import Beside, SidePane

_MEANINGS = {
    State.COMPLETE: "siap diajukan",
    State.QUEUED: "aman di komputer ini, dikirim saat ada jaringan",
    State.TO_FIX: "server menolaknya",
    State.CONFLICT: "server memegang isi lain; buka rencananya, lalu Lihat bedanya",
    State.CHANGED: "sejak diajukan; ajukan lagi",
    State.NEWER: "komputer lain mengirim isi yang belum dilihat di sini; buka rencananya, lalu Lihat bedanya",
    State.NOT_NEEDED: "tidak dihitung",
}
"""What the help adds to a state's own word."""


_WAYS = ("impor", "tarik", "guru_baru", "atur", "bantuan")
"""The keys that are shown while there is nobody to open or to mark."""


class RosterScreen(RosterCopying, RosterDoors):
    """The list of teachers, which is the first screen."""

    PLACE = "daftar"
    FOOTER: ClassVar = ("bantuan", "saring", "impor", "tarik", "kotak", "kirim")
    KEYS: ClassVar = (("Enter", "Buka"), ("Spasi", "Tandai"), "saring", "tarik", "kotak", "kirim")
    HELP = (
        "Semua guru dan keadaan rencananya. Ketik untuk mencari nama, NIP, kepegawaian atau jenis PTK; Enter membuka rencana. "
        "Selesai berarti sudah diterima server. Lima tanda 12345 ialah lima bagian rencana."
    )

    def __init__(self) -> None:
        super().__init__()
        self._texts = SearchTexts()
        self._progress = Progress()
        self._namesakes: set[int] = set()
        self._group = Group.ALL
        self._wanted = RosterFilter()
        self._column, self._turned = Column.NAME, False
        self._below = False

    def compose_body(self) -> ComposeResult:
        """Yield the lines above, the list, and the page beside it."""
        yield Lines(3, id="cari")
        with Beside():
            yield VirtualList(self._row, search=True, id="daftar")
            yield SidePane(id="pratinjau")

    async def on_mount(self) -> None:
        await super().on_mount()
        self._kept = KeptLines(self.shell.store)
        self._load()
        self.call_after_refresh(self.look_for_offer)

    # ---- the list

    def _load(self) -> None:
        """Read what was written since the last time, and show it."""
        self._read()
        self._arrange()

    def _load_changed(self) -> None:
        """Show it only where something was written: what lay over the list had mostly nothing to do with it."""
        before = self._lines
        self._read()
        if self._lines is not before:
            self._arrange()

    def _read(self) -> None:
        lines = self._kept.read(self.shell.in_force, self.shell.services.today())
        if lines is not self._lines:
            same = [line.pegawai for line in lines] == [line.pegawai for line in self._lines]
            self._lines = lines
            self._progress = progress_of(line.state for line in lines)
            if not same:
                self._marked &= {line.pegawai.id for line in lines}
                self._find_namesakes()
        self.set_status(right=self.shell.background.outbox_sentence())
        self.set_footer(() if lines or self.shell.thrifty else _WAYS)

    def _find_namesakes(self) -> None:
        """Find the teachers whose names look alike; only the thrifty look, which shows no numbers, has to know."""
        self._namesakes = set()
        for one, other in pairwise(line.pegawai for line in self._lines) if self.shell.thrifty else ():  # sorted: neighbours
            if by_name(one.nama) == by_name(other.nama):
                self._namesakes |= {one.id, other.id}

    def _arrange(self, pegawai_id: int | None = None) -> None:
        """Filter, sort, show; the cursor stays on its teacher, or goes to the one named."""
        listed = self.query_one(VirtualList)
        if pegawai_id is None:
            pegawai_id = self._here.pegawai.id if self._here else None
        self._wanted = structs.replace(self._wanted, text=listed.search)
        shown = select_lines(self._lines, self._wanted.with_group(self._group), self._texts)
        if self._column is not Column.NAME or self._turned:
            shown = sort_lines(shown, self._column, turned=self._turned)
        self._shown = shown
        self.shell.listed = tuple(line.pegawai.id for line in shown)
        near = max(min(listed.cursor, len(shown) - 1), 0)  # where somebody stood who is listed no more
        at = next((n for n, line in enumerate(shown) if line.pegawai.id == pegawai_id), near) if pegawai_id else 0
        listed.set_rows(len(shown), at, self._no_rows if not shown else ())
        self._fill_head()
        self._follow()

    @property
    def _no_rows(self) -> tuple[EmptyLine, ...]:
        return empty_lines(self.shell, bool(self._lines), self._wanted, self._group)

    def _fill_head(self) -> None:
        in_force, today, width = self.shell.in_force, self.shell.services.today(), self.size.width or 80
        school = numbered(self.shell.services.school, in_force.sekolah.nama or "sekolah belum diatur")
        if self.shell.thrifty:
            progress = self._progress
            counted = f"{progress.done} dari {progress.total} selesai"
            narrow = bool(self.shell.services.school) and width < ROOMY  # which school it is goes before the period
            self.set_title("Daftar Guru", school, counted if narrow else f"{in_force.label} · {counted}")
        else:
            self.set_title("Daftar Guru", school, *period_words(in_force, today, width))
        keymap = self.shell.keymap
        head = RosterHead(
            group=self._group,
            wanted=self._wanted,
            column=self._column,
            turned=self._turned,
            counts=count_groups(self._lines, self._wanted, self._texts),
            shown=len(self._shown),
            progress=self._progress,
            marked=len(self._marked),
            clock=in_force.clock,
            stage=stage_short(in_force, today),
            advice=stage_advice(in_force, today),
            keys=(keys_of("saring", keymap)[0], keys_of("saring_lain", keymap)[0]),
        )
        self.query_one("#cari", Lines).set(*head.lines(width, self.shell.look))

    def _row(self, index: int, width: int, here: bool) -> list[Piece]:
        line, look = self._shown[index], self.shell.look
        row_id = line.pegawai.id
        marked = row_id in self._marked
        if look.thrifty:
            return ThriftyColumns.at(width).row(line, look, here=here, marked=marked, numbered=row_id in self._namesakes)
        return Columns.at(width).row(line, look, here=here, marked=marked)

    # ---- the width and the look

    def on_resize(self, event: events.Resize) -> None:
        super().on_resize(event)
        self._lay_out()
        self._refit()

    def look_changed(self) -> None:
        super().look_changed()
        self._lay_out()
        self._refit()

    def _refit(self) -> None:
        if not self.query("#cari"):
            return
        self._find_namesakes()
        self._fill_head()
        if self._shown:
            self.call_after_refresh(self._follow)
        else:
            self.query_one(VirtualList).set_rows(0, 0, self._no_rows)  # its words have the styles of the look before

    # ---- what the operator does

    @on(VirtualList.Searched)
    def _searched(self, event: VirtualList.Searched) -> None:
        self._arrange(0 if event.search else None)
        self._follow(told=True)

    @on(VirtualList.Selected)
    def _chosen(self, event: VirtualList.Selected) -> None:
        if event.index < len(self._shown):  # chosen ahead of a list that became shorter
            self.post_message(PlanRequested(self._shown[event.index].pegawai))

    def action_saring(self) -> None:
        """Go on to the next group of states."""
        groups = list(Group)
        self._group = groups[(groups.index(self._group) + 1) % len(groups)]
        self._arrange()

    def action_saring_lain(self) -> None:
        """Filter by what is known of the teachers."""
        from pmm_tui.tui.screens.filter_band import FilterScreen  # only when asked for

        def answered(wanted: RosterFilter | None) -> None:
            if wanted is not None:
                self._wanted = wanted
                self._arrange()

        try:
            accounts = self.shell.store.accounts.all()
        except PmmError as error:
            self.set_status(error.sentence, style="error")
            return
        self.app.push_screen(FilterScreen(self._lines, self._wanted, accounts), answered)

    def action_urutkan(self) -> None:
        """Sort by the next column."""
        columns = list(Column)
        self._column, self._turned = columns[(columns.index(self._column) + 1) % len(columns)], False
        self._arrange()

    def action_balik_urutan(self) -> None:
        """Sort the other way round."""
        self._turned = not self._turned
        self._arrange()

    def action_yang_belum(self) -> None:
        """Go to the next teacher whose plan is not finished."""
        states = {line.pegawai.id: line.state for line in self._shown}
        found = next_open(self.shell.listed, self._here.pegawai.id if self._here else 0, lambda one: states[one].is_open)
        if found is None:
            self.set_status("Tidak ada lagi yang belum selesai di daftar ini")
        else:
            self._arrange(found)

    def legend(self) -> tuple[tuple[str, ...], ...]:
        """Return the signs of the states and what they mean."""
        told = [(s, f"{s.word}: {_MEANINGS[s]}" if s in _MEANINGS else s.word) for s in State if s is not State.NOT_STARTED]
        return tuple((self.shell.look.state_sign(state), words, STATE_STYLES.get(state, "")) for state, words in told)

    async def prepare_data(self) -> None:
        """Judge the plans of a large school outside the loop."""
        await asyncio.to_thread(self._kept.read, self.shell.in_force, self.shell.services.today())

    async def refresh_data(self) -> None:
        """Read the store and the reference data again."""
        self._load()
        self.look_for_offer()

    @on(events.ScreenResume)
    async def _resumed(self) -> None:
        """Take notice of what was written above, whoever wrote it; many teachers are read outside the loop."""
        if self.shell.last_opened is not None:
            self.come_back(self.shell.last_opened)
            self.shell.last_opened = None
            return
        if self._below:  # not when it is shown for the first time
            with suppress(PmmError):  # told by whoever needs it
                await self.prepare_data()
                self._load_changed()

    @on(events.ScreenSuspend)
    def _note_below(self) -> None:
        self._below = True

    def come_back(self, pegawai: int) -> None:
        """Come back from a plan: the cursor is on its teacher, or where they stood when they are listed no more."""
        self._read()
        self._arrange(pegawai)
        self.query_one(VirtualList).select_search()
