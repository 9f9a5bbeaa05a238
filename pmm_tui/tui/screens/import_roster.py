"""Import with a preview: choose a file, see what every row becomes, then take it."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import ClassVar, cast

from textual import on
from textual.app import ComposeResult

from pmm_tui.errors import PmmError
from pmm_tui.roster.compare import count_by_outcome
from pmm_tui.roster.decide import Answer, decided
from pmm_tui.roster.model import ComparedRow, Unread, outcome_words
from pmm_tui.services.roster_import import RosterRead, free_name, keep_columns, take, write_refused
from pmm_tui.text import shorten
from pmm_tui.tui.messages import RosterImported
from pmm_tui.tui.screens.import_dapodik import DapodikPart
from pmm_tui.tui.screens.import_file import FileChoice, newest_files
from pmm_tui.tui.screens.import_questions import ask_about, ask_for_column, ask_for_sheet, headings_of
from pmm_tui.tui.screens.import_rows import head_pieces, nothing_to_save, row_pieces
from pmm_tui.tui.widgets.details import Details, FullLines
from pmm_tui.tui.widgets.line_text import Piece
from pmm_tui.tui.widgets.list_view import VirtualList
from pmm_tui.tui.widgets.look import StyleName

_CUT = 60
"""How many letters of a name or of an old value are shown: the reason comes after them and has to fit into the same few lines."""
_ORDER = ("perlu_diputuskan", "ditolak", "diperbarui", "baru", "sama", "dilewati")


class ImportScreen(DapodikPart):
    """The screen of the import: first the file, then the preview; nothing is written before Simpan is pressed."""

    WORD_STAYS = True
    PLACE = "impor"
    FOOTER: ClassVar = ("bantuan", "dapodik", "simpan_impor", "kembali")
    AUTO_FOCUS = None
    HELP = (
        "Setiap baris berkas menjadi baru, diperbarui, sama atau ditolak; yang ditolak tidak menghentikan yang lain. "
        "Bila sebuah nomor milik guru lain, barisnya perlu diputuskan: orang yang sama, atau orang lain. "
        "Kolom yang tidak dikenal dapat disebutkan isinya, dan baris yang ditolak dapat ditulis ke berkas untuk diperbaiki. "
        "Tidak ada yang disimpan sebelum Simpan ditekan. Mengimpor dua kali tidak mengubah apa pun."
    )

    def __init__(self) -> None:
        super().__init__()
        self._rows: list[ComparedRow] = []
        self._asked: dict[int, ComparedRow] = {}  # the rows that were decided, as they were before
        self._path = Path()
        self._read_as = RosterRead((), "")
        self._saved = False
        self._sheets: tuple[str, ...] = ()
        self._columns: dict[str, str] = {}
        self._seen: tuple[str, ...] = ()  # the headings of a file in which none was known

    def compose_body(self) -> ComposeResult:
        """Yield the choice of a file, which the preview takes the place of."""
        yield FileChoice(newest_files())

    async def on_mount(self) -> None:
        await super().on_mount()
        self.set_title("Impor guru")
        self.query_one(FileChoice).focus()

    @on(FileChoice.Chosen)
    def _file_chosen(self, event: FileChoice.Chosen) -> None:
        self._path = Path(event.path.strip().strip('"')).expanduser()
        self._columns, self._seen = {}, ()
        self._begin(())

    @on(FileChoice.DapodikRequested)
    def _dapodik_chosen(self) -> None:
        self.action_dapodik()

    def _begin(self, sheets: tuple[str, ...]) -> None:
        self._sheets = sheets
        self.set_status("Membaca berkas …")
        self.run_worker(self._read(sheets), group="impor", exclusive=True, exit_on_error=False)

    async def _read(self, sheets: tuple[str, ...]) -> None:
        try:
            found = RosterRead(*await asyncio.to_thread(self.shell.services.read_roster, self._path, sheets, self._columns))
        except PmmError as error:
            self._seen = tuple(getattr(error, "headings", ()))
            self._columns = {} if not self._seen else self._columns
            if self._seen:
                self.set_footer(("bantuan", "kolom", "kembali"))
            if self.query(FileChoice):
                self.set_status("")
                self.query_one(FileChoice).complain(error.sentence)
            else:
                self.set_status(error.sentence, style="error")
            return
        await self._show(found)

    async def _show(self, found: RosterRead) -> None:
        """Put the preview in the place of what was there."""
        self._read_as = found
        self._rows = sorted(self._read_as.rows, key=lambda row: _ORDER.index(row.outcome))
        self._asked.clear()
        await self.query("FileChoice, #kepala-daftar, #catatan, #daftar, #batas, #rincian").remove()
        listed = VirtualList(self._row, id="daftar")
        notes = [Details(min(2 * len(self._read_as.notes), 6), id="catatan")] if self._read_as.notes else []
        parts = (
            FullLines(self._head, 2, id="kepala-daftar"),
            *notes,
            listed,
            FullLines(self._rule, 1, id="batas"),
            Details(6, id="rincian"),
        )
        await self.mount(*parts, before="#status")
        for widget in notes:
            widget.set(*((note, "warning") for note in self._read_as.notes))
        listed.set_rows(len(self._rows), 0, self._nothing())
        listed.focus()
        to_decide = any(row.outcome == "perlu_diputuskan" or row.unkept or row.offered for row in self._rows)
        more = (("putuskan",) if to_decide else ()) + (("lembar",) if len(self._read_as.tables) > 1 else ())
        more += ("kolom",) if any(unread.column for unread in self._unread()) else ()
        more += ("ekspor_tolak",) if any(row.outcome == "ditolak" for row in self._rows) else ()
        self.set_footer(("bantuan", "simpan_impor", *more, "kembali"))
        self._tell()

    def _unread(self) -> tuple[Unread, ...]:
        return self._read_as.reading.left_unread if self._read_as.reading is not None else ()

    def _tell(self) -> None:
        """Say how the rows stand, and what can be done with them."""
        counts = count_by_outcome(self._rows)
        self._fill_title()
        self.query_one("#kepala-daftar", FullLines).repaint()
        undecided = counts.get("perlu_diputuskan", 0)
        if undecided:
            self.set_status(f"{undecided} baris perlu diputuskan: Enter atau F5 pada barisnya. F9 menyimpan yang lain.")
        elif nothing := self._nothing_to_save():
            self.set_status(nothing, style="warning")
        else:
            self.set_status(f"{self._read_as.sentence} Tekan Enter atau F9 untuk menyimpan.".strip())
        self._fill_details()

    def _nothing(self) -> tuple[str, ...]:
        """What is said where a file has no teacher."""
        if self.shell.look.thrifty:
            return ("", "Tidak ada baris guru di berkas ini.")
        way = "F6 membaca lembar lain; Esc kembali." if len(self._read_as.tables) > 1 else "Esc kembali, lalu pilih berkas lain."
        return ("", "Tidak ada baris guru di berkas ini.", "", way)

    def _nothing_to_save(self) -> str:
        more = self._columns or self._read_as.head  # what a column was said to hold is kept, and a new head is asked about
        return "" if self._rows and more else nothing_to_save(self._rows)

    def _fill_title(self) -> None:
        counts = count_by_outcome(self._rows)
        told = " · ".join(f"{count} {outcome_words(outcome)}" for outcome, count in counts.items() if count)
        full = not self.shell.look.thrifty  # there the counts stand in a line of their own
        self.set_title("Impor guru: pratinjau", self._path.name if full else "", "" if full else told)

    def look_changed(self) -> None:
        """Say the counts where the look says them."""
        if self.query("#kepala-daftar"):
            self._fill_title()
            self.query_one(VirtualList).set_rows(len(self._rows), None, self._nothing())

    def _head(self, width: int) -> list[list[Piece]]:
        return head_pieces(count_by_outcome(self._rows), self.shell.look, width)

    def _rule(self, width: int) -> list[list[Piece]]:
        return [[(self.shell.look.signs.rule * width, self.shell.look.styles.rule)]]

    def _row(self, index: int, width: int, here: bool) -> list[Piece]:
        return row_pieces(self._rows[index], self.shell.look, width, here)

    def _fill_details(self) -> None:
        if not self._rows:
            return
        row = self._rows[self.query_one(VirtualList).cursor]
        place = f"{row.place[0].upper()}{row.place[1:]}"
        lines: list[tuple[str, StyleName]] = [(f"{place}: {shorten(row.name, _CUT) or '(tanpa nama)'}", "strong")]
        lines += [(f"{remark.column}: {remark.message}", "error") for remark in row.reasons]
        lines += [
            (f"{change.column}: {shorten(change.origin, _CUT) or '(kosong)'} menjadi {change.becomes or '(kosong)'}", "accent")
            for change in row.field_changes
        ]
        lines += [(f"{remark.column}: {remark.message}", "warning") for remark in row.warnings]
        if (proposals := self._read_as.proposals) and (told := proposals.of_row(row.row)) and told.words:
            lines.append((f"Menurut Dapodik: {told.words}", "dim"))
        self.query_one("#rincian", Details).set(*lines)

    @on(VirtualList.CursorMoved)
    def _moved(self) -> None:
        self._fill_details()

    @on(VirtualList.Selected)
    async def _chosen(self) -> None:
        if self._rows and self._rows[self.query_one(VirtualList).cursor].outcome == "perlu_diputuskan":
            self.action_putuskan()
        else:
            await self.action_simpan_impor()

    def refusal_of(self, action_id: str) -> str:
        """Return why an action is not possible now."""
        outcomes = {row.outcome for row in self._rows}
        if action_id != "kolom" and action_id in ("simpan_impor", "putuskan", "lembar", "ekspor_tolak") and not self._rows:
            return "pilih dulu berkasnya"
        if action_id == "simpan_impor" and self._nothing_to_save():
            return "tidak ada yang baru"
        if action_id == "ekspor_tolak" and "ditolak" not in outcomes:
            return "tidak ada yang ditolak"
        return "hanya satu lembar" if action_id == "lembar" and len(self._read_as.tables) < 2 else ""

    def action_putuskan(self) -> None:
        """Ask about the row under the cursor: whether two are one person, or whose words count."""
        if not self._rows:
            return
        at = self.query_one(VirtualList).cursor
        row = self._asked.get(at, self._rows[at])
        if row.outcome != "perlu_diputuskan" and row.unkept is None and row.offered is None:
            self.set_status("Baris ini tidak menunggu keputusan. Tekan F9 untuk menyimpan.")
            return

        def answered(answer: str | None) -> None:
            if answer in ("sama", "lewati", "berkas", "ambil"):
                self._asked[at] = row
                self._rows[at] = decided(row, cast(Answer, answer))
            self.query_one(VirtualList).repaint()
            self._tell()

        self.app.push_screen(ask_about(row), answered)

    def action_lembar(self) -> None:
        """Choose which of the file's sheets are read."""
        tables = self._read_as.tables
        sheets = list(dict.fromkeys(table.sheet for table in tables if table.heading_row))
        if len(sheets) < 2:
            return

        def answered(sheet: str | None) -> None:
            if sheet:
                self._begin((sheet,))

        self.app.push_screen(ask_for_sheet(tables, sheets), answered)

    def action_kolom(self) -> None:
        """Say what a column is, and read the file again with that."""
        headings = {} if self._read_as.proposals else headings_of(self._read_as.reading, self._seen)
        if not headings:
            self.set_status("Pilih dulu berkasnya.")
            return

        def answered(heading: str, field: str) -> None:
            self._columns[heading] = field
            self._begin(self._sheets)

        ask_for_column(headings, self.app.push_screen, answered)

    async def action_ekspor_tolak(self) -> None:
        """Write the refused rows and their reasons beside the file, to be mended and imported again."""
        reading = self._read_as.reading
        if reading is None or not any(row.outcome == "ditolak" for row in self._rows):
            self.set_status("Tidak ada baris yang ditolak.")
            return
        try:
            target = free_name(self._path)
            count = await asyncio.to_thread(write_refused, target, reading, self._rows)
        except PmmError as error:
            self.set_status(error.sentence, style="error")
            return
        self.set_status(f"{count} baris yang ditolak ditulis ke {target}; perbaiki di sana, lalu impor berkas itu.")

    async def action_simpan_impor(self) -> None:
        """Write what is new and what changed, in one transaction; nothing when every row was refused."""
        if self._saved:
            return
        if nothing := self.query("#daftar") and self._nothing_to_save():
            self.set_status(nothing, style="warning")
            return
        if not self._rows:
            self.set_status("Pilih dulu berkasnya.")
            return
        store = self.shell.store
        try:
            written = await store.database.ask(take, store, self._rows, self.shell.services.now())
            if self._read_as.reading is not None:
                await store.database.ask(keep_columns, store, self._read_as.reading, self._columns)
        except PmmError as error:
            self.set_status(error.sentence, style="error")
            return
        self._saved = True
        counts = count_by_outcome(self._rows)
        left = counts["ditolak"], counts.get("perlu_diputuskan", 0)

        def close() -> None:
            self.app.post_message(RosterImported(written, *left))  # not by way of this screen, which closes
            self.app.pop_screen()

        await self._ask_what_else(self._read_as, self._rows, close)
