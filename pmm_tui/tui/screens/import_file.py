"""Choosing the file to import: a path to type, or one of the newest likely files."""

from __future__ import annotations

from pathlib import Path

from textual.message import Message

from pmm_tui.tui.widgets.line_text import fit
from pmm_tui.tui.widgets.rows import Button, Buttons, Field, Gap, Heading, Item, Row, RowId, Text
from pmm_tui.tui.widgets.sheet import Sheet

SUFFIXES = (".xlsx", ".xls", ".csv", ".htm", ".html", ".json")


class FileChoice(Sheet):
    """A path to type, and the newest likely files to choose from."""

    class Chosen(Message):
        """The operator chose the file at `path`."""

        def __init__(self, path: str) -> None:
            super().__init__()
            self.path = path

    class DapodikRequested(Message):
        """The teachers are to come from Dapodik itself."""

    def __init__(self, choices: list[Path]) -> None:
        super().__init__(id="berkas")
        self._choices = choices
        self.path = ""
        self.complaint = ""

    def on_mount(self) -> None:
        self.rebuild(self._choices[0] if self._choices else "path")

    def build_rows(self) -> tuple[Row, ...]:
        """Return the field for a path, then the files."""
        if not self.look.thrifty:
            return self._full_rows()
        rows: list[Row] = [
            Heading("Impor Daftar Guru dari Dapodik"),
            Text("Unduh Daftar Guru dari Dapodik (XLSX), lalu pilih di bawah atau ketik letak berkasnya.", "dim"),
            Gap(),
            Field("path", "Berkas", self.path, width=52, limit=1000, note=self.complaint, note_style="error"),
            Button("baca", "Baca berkas ini"),
            Button("dapodik", "Dari Dapodik di komputer ini", note="tanpa berkas, lewat Web Service"),
            Gap(),
        ]
        if self._choices:
            rows.append(Text("Berkas terbaru di folder Unduhan dan folder ini", "dim"))
            rows += [Item(path, path.name, right=fit(str(path.parent), 30)) for path in self._choices]
        return tuple(rows)

    def _full_rows(self) -> tuple[Row, ...]:
        """The same with room around it, and with a word where no file was found."""
        rows: list[Row] = [
            Gap(),
            Text("Unduh Daftar Guru dari Dapodik (XLSX), lalu pilih di bawah atau ketik letak berkasnya."),
            Text("Sebelum disimpan, tiap baris diperlihatkan dahulu.", "dim"),
            Gap(),
            Field(
                "path", "Berkas", self.path, width=52, limit=1000, note=self.complaint, note_style="error",
                hint="letak dan nama berkas XLSX, XLS atau CSV",
            ),
            Buttons((Button("baca", "Baca berkas ini", main=True), Button("dapodik", "Dari Dapodik di komputer ini", right="F4"))),
            Gap(),
            Heading("Berkas terbaru", "folder Unduhan dan folder ini"),
        ]  # fmt: skip
        rows += [Item(path, path.name, right=fit(str(path.parent), 30)) for path in self._choices]
        if not self._choices:
            rows.append(
                Text("Belum ada berkas tabel di sana. Simpan unduhan dari Dapodik ke folder Unduhan, lalu buka lagi.", "dim")
            )
        return tuple(rows)

    def typed(self, row_id: RowId, value: str) -> None:
        """Take what was typed as the path."""
        self.path, self.complaint = value, ""

    def press(self, row_id: RowId, advance: bool) -> None:
        """Tell which file was chosen, or that there is none."""
        if row_id == "dapodik":
            self.post_message(self.DapodikRequested())
            return
        self.post_message(self.Chosen(self.path if row_id == "baca" else str(row_id)))

    def edge(self, direction: int) -> None:
        """Stay in the sheet: nothing comes before or after it."""

    def complain(self, sentence: str) -> None:
        """Say what was wrong with the file, under the field."""
        self.complaint = sentence
        self.rebuild("path")


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
