"""Meja Kepala Sekolah: every plan of the period by what it waits for, searched, filtered, marked, with the plan beside or below."""

from __future__ import annotations

from typing import ClassVar

from textual import events, on
from textual.app import ComposeResult

from pmm_tui.services.decision_words import QueueState
from pmm_tui.services.decisions import QueueRow, queue
from pmm_tui.services.desk_list import DeskGroup, approvals, count_rows, select_rows
from pmm_tui.services.roster_search import SearchTexts
from pmm_tui.skp.model import Pegawai
from pmm_tui.skp.plan_state import State
from pmm_tui.tui.keys import keys_of
from pmm_tui.tui.messages import OutboxRequested, PaperRequested, ReadingRequested, SettingsRequested
from pmm_tui.tui.screens.desk_columns import BELOW, DeskColumns, DeskHead
from pmm_tui.tui.screens.desk_preview import DeskPreview
from pmm_tui.tui.screens.list_head import numbered
from pmm_tui.tui.screens.period_words import period_words
from pmm_tui.tui.widgets.line_text import Piece
from pmm_tui.tui.widgets.lines import Lines
from pmm_tui.tui.widgets.list_view import EmptyLine, VirtualList
from pmm_tui.tui.widgets.look import StyleName
from pmm_tui.tui.widgets.side_pane import Beside, SidePane


class DeskScreen(DeskPreview):
    """The head's list, which is the first screen of a token of the head."""

    PLACE = "kepala"
    FOOTER: ClassVar = ("bantuan", "setujui", "kembalikan", "saring_kepala", "tarik", "kotak")
    KEYS: ClassVar = (("Enter", "Baca"), "setujui", "kembalikan", ("Spasi", "Tandai"), "saring_kepala", "tarik")
    HELP = (
        "Semua rencana periode ini menurut keadaannya. Enter membuka satu rencana; yang dibaca sampai akhir tertulis dibuka, dan "
        "hanya yang dibuka dapat diputuskan. Beberapa yang bertanda disetujui sekaligus. Keputusan aman tanpa jaringan."
    )

    def __init__(self) -> None:
        super().__init__()
        self._shown: list[QueueRow] = []
        self._group = DeskGroup.WAITING
        self._texts = SearchTexts()

    def compose_body(self) -> ComposeResult:
        """Yield the lines above, the list with the plan beside it, and the lines below."""
        yield Lines(3, id="cari")
        with Beside():
            yield VirtualList(self._row, search=True, id="daftar")
            yield SidePane(id="pratinjau")
        yield Lines(BELOW, id="rincian")

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
            return (
                "",
                (("  Belum ada rencana yang diajukan", self.shell.look.styles.strong),),
                f"{fetch} mengambilnya dari server.",
            )
        if self._group is DeskGroup.WAITING:
            done = (("  Tidak ada yang menunggu keputusan Anda", self.shell.look.styles.strong),)
            return ("", done, f"{keys_of('saring_kepala', keymap)[0]} menampilkan yang lain.")
        return ("", f"Tidak ada rencana di sini. {keys_of('saring_kepala', keymap)[0]} mengganti saringan.")

    def _fill_head(self) -> None:
        in_force, width = self.shell.in_force, self.size.width or 80
        head = numbered(self.shell.services.school, in_force.sekolah.kepala_sekolah.nama or in_force.sekolah.nama)
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

    def _meant(self) -> QueueRow | None:
        at = self.query_one(VirtualList).cursor
        return self._shown[at] if at < len(self._shown) else None

    @on(events.ScreenResume)
    async def _resumed(self) -> None:
        if self.shell.last_opened is not None:
            opened, self.shell.last_opened = self.shell.last_opened, None
            self._rows = queue(self.shell.store, self.shell.in_force)
            self._arrange(opened)

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

    def action_cetak(self) -> None:
        """Print: of the marked plans, else the one under the cursor, or all that are shown."""
        here = self._meant()
        if here is None:
            self.set_status("Tidak ada guru di daftar ini untuk dicetak", style="warning")
            return
        self.post_message(PaperRequested(here.pegawai.id, marked=sorted(self._marked), listed=self.shell.listed))

    def action_periode(self) -> None:
        """Choose another period."""
        from pmm_tui.tui.screens.period_choice import ask_period  # only when asked for

        ask_period(self)

    async def action_sekolah_lain(self) -> None:
        """Open another school."""
        from pmm_tui.tui.screens.school_choice import ask_school  # only when asked for

        await ask_school(self)

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
