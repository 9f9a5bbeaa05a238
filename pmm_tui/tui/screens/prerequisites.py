"""Pra-perencanaan: what has to be mended before entry, by the system where it is mended; ticked off with one key."""

from __future__ import annotations

from typing import ClassVar

from msgspec import structs
from textual import events, on
from textual.app import ComposeResult

from pmm_tui.errors import PmmError
from pmm_tui.services.prerequisites import Prerequisites, prerequisites, tick
from pmm_tui.services.prerequisites_list import ListRow, Show, SystemRow, count_shown, list_rows
from pmm_tui.skp.finding import Finding
from pmm_tui.tui.keys import keys_of
from pmm_tui.tui.messages import PaperRequested, PlanRequested, SettingsRequested, TeacherRequested
from pmm_tui.tui.screens.dialog import Dialog
from pmm_tui.tui.screens.period_words import period_words
from pmm_tui.tui.screens.prerequisites_rows import detail_lines, head_lines, legend, row_pieces, step_lines
from pmm_tui.tui.screens.screen import PmmScreen
from pmm_tui.tui.widgets.details import Details, FullLines
from pmm_tui.tui.widgets.line_text import Piece
from pmm_tui.tui.widgets.lines import Lines
from pmm_tui.tui.widgets.list_view import EmptyLine, VirtualList
from pmm_tui.tui.widgets.rows import Gap, Row, Text
from pmm_tui.tui.widgets.side_pane import Beside, SidePane

_DETAILS = 5
"""Lines about the row under the cursor, where they stand below the list."""
_BESIDE, _LIST = 140, 96
"""From which width of the terminal on the details stand beside the list, and how wide the list is then."""
_FIELDS = {
    "kepala-kosong": "kepala", "kepala-nip-kosong": "kepala_nip", "kepala-nip-salah": "kepala_nip", "atasan-kosong": "atasan",
    "atasan-nip-kosong": "atasan_nip", "atasan-nip-salah": "atasan_nip", "npsn-kosong": "npsn", "bentuk-sekolah-kosong": "jenjang",
}  # fmt: skip
"""The setting of each fault that is put right there."""


class PrerequisitesScreen(PmmScreen):
    """All that the check before entry found, and what of it is done."""

    PLACE = "prasyarat"
    FOOTER: ClassVar = ("bantuan", "centang", "saring_prasyarat", "langkah", "cetak_prasyarat", "kembali")
    KEYS: ClassVar = (("Enter", "Buka"), "centang", "saring_prasyarat", "langkah", "cetak_prasyarat", "kembali")
    HELP = (
        "Yang harus beres sebelum pengisian, menurut sistem tempat memperbaikinya. Enter membuka yang dapat diperbaiki di sini, "
        "selain itu langkahnya. Spasi mencentang yang sudah diurus, sekali lagi melepasnya; centang diingat juga sesudah impor. "
        "Tanda ? belum tentu salah: hanya dapat dilihat di sistemnya."
    )

    def __init__(self) -> None:
        super().__init__()
        self._found: Prerequisites | None = None
        self._show = Show.ALL
        self._shown: list[ListRow] = []
        self._fault = ""
        self._stale = self._reads = False

    @property
    def rests(self) -> bool:
        """Whether what it shows is true now."""
        return not self._reads

    def compose_body(self) -> ComposeResult:
        """Yield the lines above, the list, and beside or below it what is told of the row under the cursor."""
        yield Lines(2, id="kepala-prasyarat")
        with Beside():
            yield VirtualList(self._row, search=True, id="daftar")
            yield SidePane(id="samping")
        yield FullLines(self._rule, 1, id="batas")
        yield Details(_DETAILS, id="rincian")

    async def on_mount(self) -> None:
        await super().on_mount()
        self._lay_out()
        self._read()

    # ---- the list

    async def refresh_data(self) -> None:
        """Read again what the store holds."""
        self._read()

    def _read(self) -> None:
        """Check all teachers in the store's own thread: the screen answers meanwhile."""
        self._stale = True
        if not self._reads:
            self._reads = True
            self.run_worker(self._reading(), group="baca", exit_on_error=False)

    async def _reading(self) -> None:
        shell, found, fault = self.shell, Prerequisites(()), ""
        while self._stale:  # what was written while it was read is read too
            self._stale = False
            store, in_force, today = shell.store, shell.in_force, shell.services.today()
            try:
                found, fault = await store.database.ask(prerequisites, store, in_force, today), ""
            except PmmError as error:
                found, fault = Prerequisites(()), error.sentence
        self._reads = False
        if self.query("#daftar"):  # not closed meanwhile
            self._found, self._fault = found, fault
            self._arrange()
            if fault:
                self.set_status(fault, style="error")

    def _arrange(self, *, from_top: bool = False) -> None:
        """Filter and show; the cursor stays on its row, or where that stood."""
        listed, here = self.query_one(VirtualList), self._here
        self._shown = list_rows(self._found.findings if self._found else (), self._show, listed.search)
        first = min(1, max(len(self._shown) - 1, 0))  # below the name of the first system
        near = max(min(listed.cursor, len(self._shown) - 1), 0)
        at = next((n for n, row in enumerate(self._shown) if here and _same(row, here)), near if here else first)
        listed.set_rows(len(self._shown), first if from_top else at, () if self._shown else self._empty())
        self._lay_out()

    def _empty(self) -> tuple[EmptyLine, ...]:
        if self._found is None or self._fault:
            return ()
        if self.query_one(VirtualList).search:
            return ("", "Tidak ada yang cocok. Esc menghapus pencarian.")
        if self._found.findings:
            return ("", f"Tidak ada di sini. {keys_of('saring_prasyarat', self.shell.keymap)[0]} mengganti saringan.")
        return ("", "Tidak ada yang harus diperbaiki sebelum pengisian.")

    @property
    def _here(self) -> ListRow | None:
        at = self.query_one(VirtualList).cursor
        return self._shown[at] if at < len(self._shown) else None

    def _row(self, index: int, width: int, here: bool) -> list[Piece]:
        return row_pieces(self._shown[index], width, self.shell.look, here=here)

    # ---- bars and layout

    def on_resize(self, event: events.Resize) -> None:
        super().on_resize(event)
        self._lay_out()

    def look_changed(self) -> None:
        super().look_changed()
        self._lay_out()

    def _lay_out(self) -> None:
        """Put what is told of a row beside the list where there is room, else below it."""
        if not self.query("#rincian"):
            return
        width, shell = self.size.width or 80, self.shell
        listed = _LIST if width >= _BESIDE and not shell.thrifty else width
        side, below = self.query_one(SidePane), self.query_one("#rincian", Details)
        side.styles.width = max(width - listed, 1)
        side.display, below.display = listed < width, listed == width
        self.query_one("#batas").display = listed == width and not shell.thrifty
        period = period_words(shell.in_force, shell.services.today(), width)
        self.set_title("Pra-perencanaan", shell.in_force.sekolah.nama, *(() if shell.thrifty else period))
        self.set_status(right=shell.background.outbox_sentence())
        self._fill_head()
        self.call_after_refresh(self._fill_details)

    def _rule(self, width: int) -> list[list[Piece]]:
        return [[(self.shell.look.signs.rule * width, self.shell.look.styles.rule)]]

    def _fill_head(self) -> None:
        counts = count_shown(self._found.findings if self._found else ())
        key, text = keys_of("saring_prasyarat", self.shell.keymap)[0], self.query_one(VirtualList).search
        lines = head_lines(self._found, self._show, counts, text, self.size.width or 80, key, self.shell.look)
        self.query_one("#kepala-prasyarat", Lines).set(*lines)

    def _fill_details(self) -> None:
        if not self.query("#rincian"):
            return
        here = self._here
        lines = detail_lines(here, self.shell.keymap) if here else []
        rows: tuple[Row, ...] = tuple(part for line in lines for part in (Text(*line), Gap()))
        self.query_one(SidePane).show_now(rows)
        self.query_one("#rincian", Details).set(*lines)

    @on(VirtualList.CursorMoved)
    def _moved(self) -> None:
        self._fill_details()

    @on(VirtualList.Searched)
    def _searched(self, event: VirtualList.Searched) -> None:
        self._arrange(from_top=bool(event.search))

    @on(events.ScreenResume)
    def _resumed(self) -> None:
        self.shell.last_opened = None  # the list below keeps its own place
        if self._found is not None:
            self._read()

    # ---- what the operator does

    @on(VirtualList.Selected)
    def _chosen(self) -> None:
        """Open where the fault can be put right here; else its step."""
        row = self._here
        if not isinstance(row, Finding):
            return
        pegawai = self.shell.store.roster.get(row.pegawai.id) if row.pegawai else None
        match row.mending.here:
            case "guru" if pegawai:
                self.post_message(TeacherRequested(pegawai))
            case "data_diri" if pegawai:
                self.post_message(PlanRequested(pegawai, section="data_diri"))
            case "rencana" if pegawai:
                self.post_message(PlanRequested(pegawai))
            case "atur":
                self.post_message(SettingsRequested(_FIELDS.get(row.kode, "")))
            case "akun" if pegawai:
                from pmm_tui.tui.screens.account_choice import ask_state  # only when asked for

                ask_state(self, pegawai, self._read)
            case _:
                self.action_langkah()

    def action_langkah(self) -> None:
        """Show the step at length, with what Bantuan Sinkron says of it."""
        from pmm_tui.services.sync_help import message_named  # only when asked for

        row = self._here
        if isinstance(row, Finding):
            message = message_named(row.mending.message, self.shell.services.messages_file) if row.mending.message else None
            self.app.push_screen(Dialog(row.who, step_lines(row, message, self.shell.keymap), [("tutup", "Tutup")]))

    def action_centang(self) -> None:
        """Tick the row off, or take the tick back; it stays where it is, so that the same key undoes it."""
        row, now = self._here, self.shell.services.now()
        if not isinstance(row, Finding) or self._found is None:
            return
        ticked = row.is_open
        try:
            tick(self.shell.store, [row], now, ticked=ticked)
        except PmmError as error:
            self.set_status(error.sentence, style="error")
            return
        new = structs.replace(row, ticked_at=now if ticked else None, again_at=None)
        self._found = Prerequisites(tuple(new if one is row else one for one in self._found.findings))
        self._shown = [new if one is row else _counted(one, new) for one in self._shown]
        self.query_one(VirtualList).repaint()
        self._fill_head()
        self._fill_details()
        self.set_status("Dicentang; Spasi sekali lagi melepasnya" if ticked else "Centang dilepas")

    def action_saring_prasyarat(self) -> None:
        """Go on to the next filter."""
        shows = list(Show)
        self._show = shows[(shows.index(self._show) + 1) % len(shows)]
        self._arrange()

    def action_cetak_prasyarat(self) -> None:
        """Print the list, of all teachers."""
        ids = tuple(self.shell.store.roster.names())
        self.post_message(PaperRequested(None, listed=ids, every="Semua guru", what="perbaikan"))

    def legend(self) -> tuple[tuple[str, ...], ...]:
        """Return the signs of a row and what they mean."""
        return legend(self.shell.look)


def _same(row: ListRow, other: ListRow) -> bool:
    """Whether two rows are about the same."""
    if isinstance(row, SystemRow) or isinstance(other, SystemRow):
        return isinstance(row, SystemRow) and isinstance(other, SystemRow) and row.system is other.system
    return row.key == other.key


def _counted(row: ListRow, changed: Finding) -> ListRow:
    """A system's name with one more or one fewer ticked off, where that is one of its own."""
    if not isinstance(row, SystemRow) or row.system is not changed.system:
        return row
    return structs.replace(row, ticked=row.ticked + (-1 if changed.is_open else 1))
