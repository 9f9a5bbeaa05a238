"""Import with a preview: choose a file, see what every row becomes, then take it."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import ClassVar, cast

from rich.cells import cell_len
from textual import on
from textual.app import ComposeResult
from textual.message import Message

from pmm_tui.errors import PmmError
from pmm_tui.roster.choose_tables import ALL
from pmm_tui.roster.compare import count_by_outcome
from pmm_tui.roster.decide import Answer, decided
from pmm_tui.roster.model import ComparedRow, Table, outcome_words
from pmm_tui.services.roster_import import RosterRead, take
from pmm_tui.text import shorten
from pmm_tui.tui.messages import RosterImported
from pmm_tui.tui.screens.dialog import Dialog
from pmm_tui.tui.screens.screen import PmmScreen
from pmm_tui.tui.widgets.details import Details
from pmm_tui.tui.widgets.line_text import Piece, fit
from pmm_tui.tui.widgets.list_view import VirtualList
from pmm_tui.tui.widgets.look import StyleName
from pmm_tui.tui.widgets.rows import Button, Field, Gap, Heading, Row, RowId, Text
from pmm_tui.tui.widgets.sheet import Sheet

SUFFIXES = (".xlsx", ".xls", ".csv")
_STYLE: dict[str, StyleName] = {
    "baru": "good", "diperbarui": "accent", "sama": "dim", "ditolak": "error", "perlu_diputuskan": "warning", "dilewati": "dim",
}  # fmt: skip
_CUT = 60
"""How many letters of a name or of an old value are shown: the reason comes after them and has to fit into the same few lines."""
_ORDER = ("perlu_diputuskan", "ditolak", "diperbarui", "baru", "sama", "dilewati")
_SHORT = {"perlu_diputuskan": "putuskan"}


class FileChoice(Sheet):
    """A path to type, and the newest likely files to choose from."""

    class Chosen(Message):
        """The operator chose the file at `path`."""

        def __init__(self, path: str) -> None:
            super().__init__()
            self.path = path

    def __init__(self, choices: list[Path]) -> None:
        super().__init__(id="berkas")
        self._choices = choices
        self.path = ""
        self.complaint = ""

    def on_mount(self) -> None:
        self.rebuild(self._choices[0] if self._choices else "path")

    def build_rows(self) -> tuple[Row, ...]:
        """Return the field for a path, then the files."""
        rows: list[Row] = [
            Heading("Impor Daftar Guru dari Dapodik"),
            Text("Unduh Daftar Guru dari Dapodik (XLSX), lalu pilih di bawah atau ketik letak berkasnya.", "dim"),
            Gap(),
            Field("path", "Berkas", self.path, width=52, limit=1000, note=self.complaint, note_style="error"),
            Button("baca", "Baca berkas ini"),
            Gap(),
        ]
        if self._choices:
            rows.append(Text("Berkas terbaru di folder Unduhan dan folder ini", "dim"))
            rows += [Button(path, path.name, right=fit(str(path.parent), 30)) for path in self._choices]
        return tuple(rows)

    def typed(self, row_id: RowId, value: str) -> None:
        """Take what was typed as the path."""
        self.path, self.complaint = value, ""

    def press(self, row_id: RowId, advance: bool) -> None:
        """Tell which file was chosen."""
        self.post_message(self.Chosen(self.path if row_id == "baca" else str(row_id)))

    def edge(self, direction: int) -> None:
        """Stay in the sheet: nothing comes before or after it."""

    def complain(self, sentence: str) -> None:
        """Say what was wrong with the file, under the field."""
        self.complaint = sentence
        self.rebuild("path")


class ImportScreen(PmmScreen):
    """The screen of the import: first the file, then the preview; nothing is written before Simpan is pressed."""

    PLACE = "impor"
    FOOTER: ClassVar = ("bantuan", "simpan_impor", "kembali")
    AUTO_FOCUS = None
    HELP = (
        "Setiap baris berkas menjadi baru, diperbarui, sama atau ditolak; yang ditolak tidak menghentikan yang lain. "
        "Bila sebuah nomor milik guru lain, barisnya perlu diputuskan: orang yang sama, atau orang lain. "
        "Tidak ada yang disimpan sebelum Simpan ditekan. Mengimpor dua kali tidak mengubah apa pun."
    )

    def __init__(self) -> None:
        super().__init__()
        self._rows: list[ComparedRow] = []
        self._asked: dict[int, ComparedRow] = {}  # the rows that were decided, as they were before
        self._path = Path()
        self._read_as = RosterRead((), "")
        self._saved = False

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
        self._begin(())

    def _begin(self, sheets: tuple[str, ...]) -> None:
        self.set_status("Membaca berkas …")
        self.run_worker(self._read(sheets), group="impor", exclusive=True, exit_on_error=False)

    async def _read(self, sheets: tuple[str, ...]) -> None:
        try:
            self._read_as = RosterRead(*await asyncio.to_thread(self.shell.services.read_roster, self._path, sheets))
        except PmmError as error:
            if self.query(FileChoice):
                self.set_status("")
                self.query_one(FileChoice).complain(error.sentence)
            else:
                self.set_status(error.sentence, style="error")
            return
        self._rows = sorted(self._read_as.rows, key=lambda row: _ORDER.index(row.outcome))
        self._asked.clear()
        await self.query("FileChoice, #catatan, #daftar, #rincian").remove()
        listed = VirtualList(self._row, id="daftar")
        notes = [Details(min(2 * len(self._read_as.notes), 4), id="catatan")] if self._read_as.notes else []
        await self.mount(*notes, listed, Details(6, id="rincian"), before="#status")
        for widget in notes:
            widget.set(*((note, "warning") for note in self._read_as.notes))
        listed.set_rows(len(self._rows), 0, ("", "Tidak ada baris guru di berkas ini."))
        listed.focus()
        to_decide = any(row.outcome == "perlu_diputuskan" or row.unkept for row in self._rows)
        more = (("putuskan",) if to_decide else ()) + (("lembar",) if len(self._read_as.tables) > 1 else ())
        self.set_footer(("bantuan", "simpan_impor", *more, "kembali"))
        self._tell()

    def _tell(self) -> None:
        """Say how the rows stand, and what can be done with them."""
        counts = count_by_outcome(self._rows)
        told = (f"{count} {outcome_words(outcome)}" for outcome, count in counts.items() if count)
        self.set_title("Impor guru: pratinjau", " · ".join(told))
        undecided = counts.get("perlu_diputuskan", 0)
        if undecided:
            self.set_status(f"{undecided} baris perlu diputuskan: Enter atau F5 pada barisnya. F9 menyimpan yang lain.")
        elif self._rows and len(self._rows) == counts["ditolak"]:
            self.set_status("Semua baris ditolak, tidak ada yang dapat disimpan; perbaiki berkasnya. Esc kembali.", style="warning")
        else:
            self.set_status(f"{self._read_as.sentence} Tekan Enter atau F9 untuk menyimpan.".strip())
        self._fill_details()

    def _row(self, index: int, width: int, here: bool) -> list[Piece]:
        row, look = self._rows[index], self.shell.look
        ellipsis = look.signs.ellipsis
        name = fit(row.name or "(tanpa nama)", 28, ellipsis)
        head = f"{look.signs.cursor if here else ' '} {name}"
        room = max(width - 2 - 28 - 1 - 7 - 12, 10)
        return [
            (head, look.styles.cursor if here else None),
            (" " * (28 - cell_len(name)) + f" {'brs ' + str(row.row):<8}", None),
            (f"{_SHORT.get(row.outcome, row.outcome):<11}", look.styles.named(_STYLE[row.outcome])),
            (fit(_explanation(row), room, ellipsis), None),
        ]

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

    def action_putuskan(self) -> None:
        """Ask about the row under the cursor: whether two are one person, or whose words count."""
        if not self._rows:
            return
        at = self.query_one(VirtualList).cursor
        row = self._asked.get(at, self._rows[at])
        if row.outcome != "perlu_diputuskan" and row.unkept is None:
            self.set_status("Baris ini tidak menunggu keputusan. Tekan F9 untuk menyimpan.")
            return

        def answered(answer: str | None) -> None:
            if answer in ("sama", "lewati", "berkas"):
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
        from pmm_tui.tui.screens.choose import Choice, ChoiceScreen  # only when asked for

        def answered(sheet: str | None) -> None:
            if sheet:
                self._begin((sheet,))

        choices = [Choice(sheet, sheet, note=_about_sheet([t for t in tables if t.sheet == sheet])) for sheet in sheets]
        self.app.push_screen(ChoiceScreen("Lembar yang dibaca", [*choices, Choice(ALL, "Semua lembar")]), answered)

    async def action_simpan_impor(self) -> None:
        """Write what is new and what changed, in one transaction; nothing when every row was refused."""
        if not self._rows or self._saved or all(row.outcome == "ditolak" for row in self._rows):
            return
        store = self.shell.store
        try:
            written = await store.database.ask(take, store, self._rows)
        except PmmError as error:
            self.set_status(error.sentence, style="error")
            return
        self._saved = True
        counts = count_by_outcome(self._rows)
        left = counts["ditolak"], counts.get("perlu_diputuskan", 0)
        self.app.post_message(RosterImported(written, *left))  # not by way of this screen, which closes
        self.app.pop_screen()


def ask_about(row: ComparedRow) -> Dialog:
    """Ask what a row is to do; the answer that changes nothing comes first."""
    if row.outcome == "perlu_diputuskan" and row.old and row.pegawai:
        lines: list[tuple[str, StyleName]] = [(remark.message, "") for remark in row.reasons]
        lines += [(f"{change.column}: {change.origin or '-'} > {change.becomes or '-'}", "dim") for change in row.field_changes[:8]]
        buttons = (("nanti", "Putuskan nanti"), ("lewati", "Orang lain: lewati baris ini"), ("sama", "Orang yang sama: perbarui"))
        return Dialog("Orang yang sama?", lines, buttons)
    kept: list[tuple[str, StyleName]] = [(f"{remark.column}: {remark.message}", "") for remark in row.kept[:8]]
    return Dialog("Isi siapa yang dipakai?", kept, (("tetap", "Tetap yang tersimpan"), ("berkas", "Pakai isi berkas")))


def _about_sheet(tables: list[Table]) -> str:
    words = [f"{sum(table.teachers for table in tables)} baris mirip guru"]
    words += ["dibaca" if any(table.taken for table in tables) else next(table.reason for table in tables)]
    return ", ".join(words)


def newest_files(at_most: int = 8) -> list[Path]:
    """Return the newest spreadsheets of the download folders and the working directory, newest first."""
    found: dict[Path, float] = {}
    for folder in (Path.home() / "Downloads", Path.home() / "Unduhan", Path.cwd()):
        try:
            for path in folder.iterdir():
                if path.suffix.lower() in SUFFIXES and path.is_file():
                    found[path] = path.stat().st_mtime
        except OSError:
            continue
    return sorted(found, key=lambda path: -found[path])[:at_most]


def _explanation(row: ComparedRow) -> str:
    """Return the most important thing about a row, in one line."""
    for remark in (*row.reasons, *row.warnings):
        return f"{remark.column}: {remark.message}"
    return ", ".join(f"{change.column}: {change.origin or '-'} > {change.becomes}" for change in row.field_changes)
