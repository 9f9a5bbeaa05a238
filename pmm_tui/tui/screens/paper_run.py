"""The part of the screen of printing that makes the files: what is asked before, how far it is, what came of it."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from pathlib import Path

from msgspec.structs import replace
from textual import on
from textual.timer import Timer

from pmm_tui.cetak.subject import PlanPaper, PrintSchool
from pmm_tui.dates import clock
from pmm_tui.errors import PmmError
from pmm_tui.services.print_choice import short_path
from pmm_tui.services.print_request import KINDS, PrintReport, PrintRequest, PrintStopped
from pmm_tui.services.printed import note_printed
from pmm_tui.services.printing import print_documents
from pmm_tui.tui.keys import keys_of
from pmm_tui.tui.screens.dialog import Dialog, DialogLine
from pmm_tui.tui.screens.paper_sheet import PrintSheet
from pmm_tui.tui.screens.screen import PmmScreen
from pmm_tui.tui.widgets.rows import Text

_NAMED = 6
"""Files that a question lists."""
_TOLD_EVERY = 0.5
"""Seconds between two words about how far a run is: each is paid for on a thin line."""


class PrintRun(PmmScreen):
    """A screen with the choices of a run."""

    PLACE = "cetak"

    def __init__(self) -> None:
        super().__init__()
        self._stop = False
        self._done = (0, 0)
        self._timer: Timer | None = None
        self._made_in: Path | None = None  # where the last files went

    @property
    def _sheet(self) -> PrintSheet:
        return self.query_one(PrintSheet)

    def _school(self) -> PrintSchool:
        """The school as it stands on paper now."""
        raise NotImplementedError

    def on_unmount(self) -> None:
        self._stop = True  # a run in its thread ends with the file at hand

    def _offer_html(self, missing: str, request: PrintRequest, papers: Sequence[PlanPaper]) -> None:
        def answered(button: str | None) -> None:
            if button == "ya":
                self._begin(replace(request, form="html"), papers)

        lines: list[DialogLine] = [(missing, ""), ("HTML dapat dibuka di peramban, lalu dicetak atau disimpan sebagai PDF.", "dim")]
        self.app.push_screen(Dialog("PDF belum dapat dibuat", lines, [("tidak", "Batal"), ("ya", "Buat HTML")]), answered)

    def _begin(self, request: PrintRequest, papers: Sequence[PlanPaper], before: PrintReport | None = None) -> None:
        self._stop, self._done = False, (0, 0)
        self._sheet.tell(())
        self._sheet.run_changed(True)
        self.set_footer(("henti_cetak", "kembali"))
        self.set_status("Membuat berkas …")
        self._timer = self.set_interval(_TOLD_EVERY, self._tell_progress)
        self.run_worker(self._make(request, papers, before), group="cetak", exclusive=True, exit_on_error=False)

    async def _make(self, request: PrintRequest, papers: Sequence[PlanPaper], before: PrintReport | None) -> None:
        try:
            report = await asyncio.to_thread(print_documents, request, papers, self._school(), self._told)
        except PmmError as error:
            self._end()
            self.set_status(f"{error.sentence} Berkas yang sudah jadi tetap ada.", style="error")
            return
        self._end()
        self._report(request, report, before)
        if report.kept:
            self._ask_to_replace(request, report, papers)

    def _told(self, done: int, every: int) -> None:
        """In the thread: how far it is, and whether it goes on."""
        self._done = (done, every)
        if self._stop:
            raise PrintStopped

    def _tell_progress(self) -> None:
        done, every = self._done
        if every > 1:
            self.set_status(f"Membuat {done} dari {every} …")

    def _end(self) -> None:
        if self._timer is not None:
            self._timer.stop()
        self._sheet.run_changed(False)
        self.set_footer()

    def _report(self, request: PrintRequest, report: PrintReport, before: PrintReport | None) -> None:
        """Say how many files there are, since when and where, and what is worth knowing of them."""
        paths = {file.path for each in (before, report) if each for file in each.written}
        if paths:
            self._made_in = request.folder
            note_printed(self.shell.store)
        keymap, signs = self.shell.keymap, self.shell.look.signs
        where = f"{clock(self.shell.services.now())} di {short_path(request.folder)}"
        parts = [f"{len(paths)} berkas dibuat {where}" if paths else "Tidak ada berkas yang dibuat"]
        if report.stopped:
            parts[0] = f"Dihentikan; {parts[0]}"
        if report.kept:
            parts.append(f"{len(report.kept)} sudah ada dan dibiarkan")
        if report.without_receipt and not report.stopped:
            parts.append(f"{len(report.without_receipt)} guru belum punya tanda terima")
        if paths:
            parts.append(f"{keys_of('buka_folder', keymap)[0]} buka folder")
        whole = bool(paths) and not (report.stopped or report.kept)
        words = " · ".join(parts)
        self.set_status(f"{signs.ok} {words}" if whole else words, style="good" if whole else "warning")
        self._sheet.tell(tuple(dict.fromkeys((*(before.notes if before else ()), *report.notes))))

    def _ask_to_replace(self, request: PrintRequest, report: PrintReport, papers: Sequence[PlanPaper]) -> None:
        """Ask about the files that were there; only those of their teachers are made anew."""
        kept = report.kept
        whose = {number for file in kept for number in file.teachers}

        def answered(button: str | None) -> None:
            if button == "ya":
                chosen = [paper for paper in papers if paper.pegawai.id in whose] if KINDS[request.what].of_each else papers
                self._begin(replace(request, over=True), chosen, report)

        lines: list[DialogLine] = [("Bila diganti, isi lamanya hilang:", "")]
        lines += [Text(file.path.name, indent=2) for file in kept[:_NAMED]]
        lines += [Text(f"dan {len(kept) - _NAMED} lagi", indent=2)] if len(kept) > _NAMED else []
        buttons = [("tidak", "Biarkan"), ("ya", f"Ganti {len(kept)} berkas")]
        self.app.push_screen(Dialog("Berkasnya sudah ada", lines, buttons), answered)

    @on(PrintSheet.StopRequested)
    def action_henti_cetak(self) -> None:
        """Stop a run after the file at hand."""
        if self._sheet.running:
            self._stop = True
            self.set_status("Menghentikan …")
        else:
            self.set_status("Tidak ada berkas yang sedang dibuat")

    async def action_kembali(self) -> None:
        """Stop what runs; else go back."""
        if self._sheet.running:
            self.action_henti_cetak()
        else:
            await super().action_kembali()
