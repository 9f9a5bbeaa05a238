"""Meja Kepala Sekolah: every plan of the period by what it waits for, searched, filtered, marked, with the plan beside or below."""

from __future__ import annotations

from functools import partial
from typing import ClassVar

from rich.cells import cell_len
from textual import events, on
from textual.app import ComposeResult
from textual.timer import Timer

from pmm_tui.errors import PmmError
from pmm_tui.services.decision_words import QueueState
from pmm_tui.services.decisions import QueueRow, queue
from pmm_tui.services.desk_list import DeskGroup, approvals, count_rows, decision_state, select_rows
from pmm_tui.services.plan_reading import ReadingSheet, open_plan
from pmm_tui.services.roster_search import SearchTexts
from pmm_tui.skp.model import Pegawai
from pmm_tui.skp.plan_state import State
from pmm_tui.tui.keys import keys_of
from pmm_tui.tui.messages import OutboxRequested, ReadingRequested, SettingsRequested
from pmm_tui.tui.screens.desk_columns import BESIDE, DeskColumns, DeskHead, below_lines, list_width
from pmm_tui.tui.screens.desk_deciding import DeskDeciding
from pmm_tui.tui.screens.desk_page import page_rows
from pmm_tui.tui.screens.period_words import period_words
from pmm_tui.tui.widgets.line_text import Piece, fit
from pmm_tui.tui.widgets.lines import Lines
from pmm_tui.tui.widgets.list_view import EmptyLine, VirtualList
from pmm_tui.tui.widgets.look import StyleName
from pmm_tui.tui.widgets.rows import Row, Text
from pmm_tui.tui.widgets.side_pane import REST, Beside, SidePane

_BELOW = 7
"""Lines of the plan below the list, where it does not stand beside it."""
_ROOM_BELOW = (76, 22)
"""The width and height from which on those lines are there."""
_ROOMY = 32


class DeskScreen(DeskDeciding):
    """The head's list, which is the first screen of a token of the head."""

    PLACE = "kepala"
    BAND_TOP = 4
    FOOTER: ClassVar = ("bantuan", "setujui", "kembalikan", "saring_kepala", "tarik", "kotak")
    KEYS: ClassVar = (("Enter", "Baca"), "setujui", "kembalikan", ("Spasi", "Tandai"), "saring_kepala", "tarik")
    HELP = (
        "Semua rencana periode ini menurut keadaannya. Enter membuka satu rencana; yang dibaca sampai akhir tertulis dibuka, dan "
        "hanya yang dibuka dapat diputuskan. Beberapa yang bertanda disetujui sekaligus. Keputusan aman tanpa jaringan."
    )

    def __init__(self) -> None:
        super().__init__()
        self._rows: tuple[QueueRow, ...] = ()
        self._shown: list[QueueRow] = []
        self._marked: set[int] = set()
        self._group = DeskGroup.WAITING
        self._texts = SearchTexts()
        self._preview_on = True
        self._rest: Timer | None = None
        self._stood = False

    def compose_body(self) -> ComposeResult:
        """Yield the lines above, the list with the plan beside it, and the lines below."""
        yield Lines(3, id="cari")
        with Beside():
            yield VirtualList(self._row, search=True, id="daftar")
            yield SidePane(id="pratinjau")
        yield Lines(_BELOW, id="rincian")

    async def on_mount(self) -> None:
        await super().on_mount()
        self._lay_out()
        await self.refresh_data()

    # ---- the list

    async def refresh_data(self) -> None:
        """Read again what the store holds."""
        self._rows = queue(self.shell.store, self.shell.in_force)
        self._marked &= {row.pegawai.id for row in self._rows}
        self.set_status(right=self.shell.background.outbox_sentence())
        self._arrange()

    def _arrange(self, pegawai_id: int | None = None) -> None:
        """Filter and show; the cursor stays on its row, or goes to the one named, or stays where that stood."""
        listed = self.query_one(VirtualList)
        if pegawai_id is None:
            row = self._meant()
            pegawai_id = row.pegawai.id if row else 0
        self._shown = select_rows(self._rows, self._group, listed.search, self._texts)
        self.shell.listed = tuple(row.pegawai.id for row in self._shown)
        near = max(min(listed.cursor, len(self._shown) - 1), 0)
        at = next((n for n, row in enumerate(self._shown) if row.pegawai.id == pegawai_id), near)
        listed.set_rows(len(self._shown), at, self._empty() if not self._shown else ())
        self._fill_head()
        self._follow()

    def _empty(self) -> tuple[EmptyLine, ...]:
        """What stands in place of rows, and what can be done."""
        keymap, search = self.shell.keymap, self.query_one(VirtualList).search
        if search:
            return ("", f"Tidak ada guru yang cocok dengan “{search}”. Esc menghapus pencarian.")
        if not any(row.plan for row in self._rows):
            fetch = keys_of("tarik", keymap)[0]
            return ("", (("  Belum ada rencana yang diajukan", self.shell.look.styles.strong),), f"{fetch} mengambilnya dari server.")
        if self._group is DeskGroup.WAITING:
            done = (("  Tidak ada yang menunggu keputusan Anda", self.shell.look.styles.strong),)
            return ("", done, f"{keys_of('saring_kepala', keymap)[0]} menampilkan yang lain.")
        return ("", f"Tidak ada rencana di sini. {keys_of('saring_kepala', keymap)[0]} mengganti saringan.")

    def _fill_head(self) -> None:
        in_force, width = self.shell.in_force, self.size.width or 80
        head = in_force.sekolah.kepala_sekolah.nama or in_force.sekolah.nama
        search = self.query_one(VirtualList).search
        self.set_title("Meja Kepala Sekolah", head, *period_words(in_force, self.shell.services.today(), min(width, 79)))
        lines = DeskHead(
            group=self._group,
            counts=count_rows(self._rows, search, self._texts),
            text=search,
            progress=approvals(self._rows),
            marked=len(self._marked),
            clock=in_force.clock,
            filter_key=keys_of("saring_kepala", self.shell.keymap)[0],
        )
        self.query_one("#cari", Lines).set(*lines.lines(width, self.shell.look))

    def _row(self, index: int, width: int, here: bool) -> list[Piece]:
        row, look = self._shown[index], self.shell.look
        columns = DeskColumns.at(width, thrifty=look.thrifty)
        return columns.row(row, look, here=here, marked=row.pegawai.id in self._marked)

    # ---- the plan under the cursor

    def _meant(self) -> QueueRow | None:
        at = self.query_one(VirtualList).cursor
        return self._shown[at] if at < len(self._shown) else None

    @property
    def _beside(self) -> bool:
        return not self.shell.thrifty and self._preview_on and self.size.width >= BESIDE

    @property
    def _below(self) -> bool:
        width, height = self.size
        wide, high = _ROOM_BELOW
        return not self.shell.thrifty and self._preview_on and wide <= width < BESIDE and height >= high

    def _lay_out(self) -> None:
        side, below = self.query_one(SidePane), self.query_one("#rincian", Lines)
        side.styles.width = max(self.size.width - list_width(self.size.width), 1)
        side.display, below.display = self._beside, self._below

    def _follow(self, *, told: bool = False, blank: bool = False) -> None:
        """Show the plan under the cursor: with the first list at once, later once the keys rest."""
        if self._rest is not None:
            self._rest.stop()
        if not self._stood or self.shell.thrifty:
            self._show(told=told)
            self._stood = bool(self._rows)
            return
        if blank:
            self.query_one(SidePane).show_now(())
        self._rest = self.set_timer(REST, partial(self._show, told=told))

    def _show(self, *, told: bool) -> None:
        row, look = self._meant(), self.shell.look
        if told:
            words, style = self._words(row) if row else ("", "")
            room = self.size.width - cell_len(self.shell.background.outbox_sentence()) - 4
            self.set_status(fit(words, room, look.signs.ellipsis), style=style)  # type: ignore[arg-type]
        if not (self._beside or self._below):
            return
        sheet, trouble = self._read(row)
        if self._beside:
            side = self.query_one(SidePane)
            side.show_now(self._side_rows(row, sheet, trouble, side.size.height))
        elif row is not None:
            in_force = self.shell.in_force
            lines = below_lines(sheet, row, in_force.katalog, in_force.periode, self.size.width, look)
            self.query_one("#rincian", Lines).set(*lines, *[()] * (_BELOW - len(lines)))
        else:
            self.query_one("#rincian", Lines).set(*[()] * _BELOW)

    def _read(self, row: QueueRow | None) -> tuple[ReadingSheet | None, str]:
        """The plan of a row, or why there is none to see."""
        if row is None:
            return None, ""
        try:
            return open_plan(self.shell.store, self.shell.in_force, row, self.shell.services.today()), ""
        except PmmError as error:
            return None, error.sentence

    def _side_rows(self, row: QueueRow | None, sheet: ReadingSheet | None, trouble: str, height: int) -> tuple[Row, ...]:
        if row is None:
            return ()
        if sheet is None:
            return (Text(row.pegawai.nama, "strong"), Text(trouble, "dim"))
        return page_rows(sheet, self.shell.in_force, self._expected(row), roomy=height >= _ROOMY)

    def _words(self, row: QueueRow) -> tuple[str, StyleName]:
        """What the status line says of the row under the cursor."""
        if row.trouble:
            return row.trouble, "error"
        if self._marked:
            opened = sum(one.opened for one in self._marked_rows())
            key = keys_of("setujui", self.shell.keymap)[0]
            return f"{len(self._marked)} bertanda, {opened} sudah dibuka; {key} menyetujui yang dibuka sekaligus", "accent"
        if row.decision is not None:
            return decision_state(row.decision), "accent" if row.pending else "dim"
        return (f"Catatan Anda: {' '.join(row.note.split())}" if row.note else ""), "dim"

    @on(VirtualList.CursorMoved)
    def _moved(self, event: VirtualList.CursorMoved) -> None:
        self._follow(told=True, blank=event.scrolled)

    @on(events.ScreenResume)
    async def _resumed(self) -> None:
        if self.shell.last_opened is not None:
            opened, self.shell.last_opened = self.shell.last_opened, None
            self._rows = queue(self.shell.store, self.shell.in_force)
            self._arrange(opened)

    # ---- the width and the look

    def on_resize(self, event: events.Resize) -> None:
        super().on_resize(event)
        self._refit()

    def look_changed(self) -> None:
        super().look_changed()
        self._refit()

    def _refit(self) -> None:
        if self.query("#cari"):
            self._lay_out()
            self._fill_head()
            self.call_after_refresh(self._follow)

    # ---- what the head does

    @on(VirtualList.Searched)
    def _searched(self) -> None:
        self._arrange(0)

    @on(VirtualList.Selected)
    def action_baca(self) -> None:
        """Open the plan under the cursor."""
        row = self._meant()
        if row is None:
            return
        if row.state is QueueState.MISSING:
            self.set_status(f"{row.pegawai.nama}: rencananya belum diajukan")
        else:
            self.post_message(ReadingRequested(row.pegawai))

    def action_saring_kepala(self) -> None:
        """Go on to the next group of states."""
        groups = list(DeskGroup)
        self._group = groups[(groups.index(self._group) + 1) % len(groups)]
        self._arrange()

    def _marked_rows(self) -> list[QueueRow]:
        return [row for row in self._rows if row.pegawai.id in self._marked]

    def action_tandai(self) -> None:
        """Mark the plan under the cursor, or take the mark away, and step down."""
        row, listed = self._meant(), self.query_one(VirtualList)
        if row is not None:
            self._mark(self._marked ^ {row.pegawai.id})
            listed.move(1)

    def action_tandai_semua(self) -> None:
        """Mark all that are shown, or none when all of them are marked."""
        shown = {row.pegawai.id for row in self._shown}
        self._mark(self._marked - shown if shown <= self._marked else self._marked | shown)

    def _mark(self, marked: set[int]) -> None:
        self._marked = marked
        self.query_one(VirtualList).repaint()
        self._fill_head()

    def on_key(self, event: events.Key) -> None:
        if event.key == "escape" and self._marked:
            event.stop()
            self._mark(set())

    def _decided(self, row: QueueRow | None) -> None:
        if row is None:
            self._marked = set()
        self._rows = queue(self.shell.store, self.shell.in_force)
        self.set_status(right=self.shell.background.outbox_sentence())
        self._arrange()

    def _expectations_changed(self) -> None:
        self._follow()

    def action_tarik(self) -> None:
        """Fetch what is new."""
        self.shell.background.fetch()

    def action_kirim_kepala(self) -> None:
        """Send what waits."""
        self.shell.background.send(forced=True)

    def action_kotak(self) -> None:
        """Open the outbox."""
        self.post_message(OutboxRequested())

    def action_atur_kepala(self) -> None:
        """Open the settings."""
        self.post_message(SettingsRequested())

    def action_periode(self) -> None:
        """Choose another period."""
        from pmm_tui.tui.screens.period_choice import ask_period  # only when asked for

        ask_period(self)

    def action_pratinjau(self) -> None:
        """Show or hide the plan under the cursor."""
        self._preview_on = not self._preview_on
        self._lay_out()
        self._follow()

    def request_for(self, pegawai: Pegawai) -> ReadingRequested:
        """From here a teacher's plan is read, not filled in."""
        return ReadingRequested(pegawai)

    def legend(self) -> tuple[tuple[str, ...], ...]:
        """Return the signs of the states and what they mean."""
        look = self.shell.look
        told: tuple[tuple[str, str, StyleName], ...] = (
            (look.signs.ok, "dibuka: dibaca sampai akhir", "good"),
            (look.state_sign(State.QUEUED), "diputuskan, menunggu dikirim", "accent"),
            (look.state_sign(State.RETURNED), "dikembalikan", "warning"),
            (look.state_sign(State.APPROVED), "disetujui", "good"),
            (look.state_sign(State.CONFLICT), "bentrok: rencananya sudah berganti; baca yang terbaru", "error"),
            (look.state_sign(State.TO_FIX), "keputusan ditolak server", "error"),
            (look.state_sign(State.NOT_STARTED), "belum diajukan", "faint"),
        )
        return told
