"""Cetak dan ekspor: documents of the chosen teachers as files, with a look at the first page, progress, and where they went."""

from __future__ import annotations

import asyncio
from functools import partial
from typing import ClassVar

from textual import events, on
from textual.app import ComposeResult

from pmm_tui.cetak.subject import PrintSchool
from pmm_tui.errors import PmmError
from pmm_tui.services.print_choice import LastChoice, Printables, keep_choice, last_choice, load_printables, page_lines, short_path
from pmm_tui.services.print_request import KINDS, missing_for
from pmm_tui.services.printing import printable_papers, printed_school
from pmm_tui.tui.keys import keys_of
from pmm_tui.tui.messages import PaperRequested
from pmm_tui.tui.screens.paper_run import PrintRun
from pmm_tui.tui.screens.paper_sheet import PrintChoice, PrintSheet, Whom
from pmm_tui.tui.screens.period_words import period_words
from pmm_tui.tui.widgets.rows import Gap, Heading, Row, Text
from pmm_tui.tui.widgets.side_pane import Beside, SidePane

_WIDE = 120
"""Cells from which on the page is shown beside."""


class PrintScreen(PrintRun):
    """Choices on the left, the first page on the right; nothing is written before the button is pressed."""

    PLACE = "cetak"
    FOOTER: ClassVar = ("bantuan", "buat_berkas", "buka_folder", "kembali")
    KEYS: ClassVar = (("Spasi", "Pilih"), "buat_berkas", "buka_folder", "kembali")
    HELP = (
        "Pilih dokumennya, untuk siapa, dan bentuknya; tombolnya menyebut berapa berkas yang akan dibuat. Berkas hanya dapat "
        "dibaca oleh Anda, namanya tanpa NIP, dan yang sudah ada tidak diganti tanpa ditanyakan. Setiap halaman bertanda DRAF, "
        "dengan tanda terimanya bila server sudah menerima rencananya. HTML dibuka di peramban, lalu dicetak dari sana."
    )

    def __init__(self, asked: PaperRequested) -> None:
        super().__init__()
        self._asked = asked
        self._read: dict[str, Printables] = {}
        self._early = False  # the files were asked for before the plans were read

    def compose_body(self) -> ComposeResult:
        """Yield the choices, and the page beside them."""
        whoms = self._whoms()
        whom = "bertanda" if "bertanda" in whoms else next(iter(whoms))
        services, keymap = self.shell.services, self.shell.keymap
        last = last_choice(self.shell.store)
        self._usual_folder = short_path((services.export_folder / f"{services.today()}").expanduser())
        form = last.form if last.form in KINDS[self._asked.what].formats else "html"
        choice = PrintChoice(what=self._asked.what, whom=whom, form=form, folder=last.folder or self._usual_folder)
        keys = keys_of("buat_berkas", keymap)[0], keys_of("henti_cetak", keymap)[0]
        with Beside():
            yield PrintSheet(choice, whoms, keys)
            yield SidePane(id="samping")

    def _whoms(self) -> dict[str, Whom]:
        asked = self._asked
        here = self.shell.store.roster.get(asked.here) if asked.here is not None else None
        found: dict[str, Whom] = {}
        if here:
            found["kursor"] = Whom((here.id,), "Guru ini", here.nama)
        if asked.marked:
            found["bertanda"] = Whom(asked.marked, "Guru bertanda", f"{len(asked.marked)} guru")
        if asked.listed or not found:
            found["tersaring"] = Whom(asked.listed, asked.every, f"{len(asked.listed)} guru")
        return found

    async def on_mount(self) -> None:
        await super().on_mount()
        self._lay_out()
        self._load()

    # ---- width and look

    def on_resize(self, event: events.Resize) -> None:
        super().on_resize(event)
        self._lay_out()

    def look_changed(self) -> None:
        super().look_changed()
        self._lay_out()

    def _lay_out(self) -> None:
        width, shell = self.size.width or 80, self.shell
        right = period_words(shell.in_force, shell.services.today(), width)
        self.set_title("Cetak dan ekspor", shell.in_force.sekolah.nama, *(right if not shell.thrifty else ()))
        side = self.query_one(SidePane)
        side.display = width >= _WIDE and not shell.thrifty and shell.lean_previews
        side.styles.width = width - (70 if width < 150 else 90)
        self.call_after_refresh(self._sheet.rebuild)  # what fits into a row depends on the width
        self._show_page()

    # ---- whose plans

    @on(PrintSheet.Changed)
    def _changed(self) -> None:
        self._early = False
        self.set_status("")
        self._load()

    def _load(self) -> None:
        """Read the plans of those who are chosen, once for each group; the screen answers meanwhile."""
        sheet = self._sheet
        whom = sheet.choice.whom
        if found := self._read.get(whom):
            sheet.counts = found.counts
            sheet.rebuild()
            self._show_page()
        else:
            sheet.counts = None
            self.run_worker(self._reading(whom), group="baca", exclusive=True, exit_on_error=False)

    async def _reading(self, whom: str) -> None:
        shell, ids = self.shell, self._sheet.whoms[whom].ids
        store, in_force, today = shell.store, shell.in_force, shell.services.today()
        try:
            self._read[whom] = await asyncio.to_thread(load_printables, store, in_force, today, ids, self._school())
        except PmmError as error:
            self._read[whom] = Printables((), dict.fromkeys(KINDS, 0))
            self.set_status(error.sentence, style="error")
        self._load()
        if self._early and whom == self._sheet.choice.whom:
            self._early = False
            self.action_buat_berkas()

    def _school(self) -> PrintSchool:
        services, found = self.shell.services, self._read.get(self._sheet.choice.whom)
        findings = found.findings if found else ()
        return printed_school(self.shell.in_force, services.now(), practice=services.practice, findings=findings)

    async def refresh_data(self) -> None:
        """Read the plans anew: something was sent or fetched."""
        self._read.clear()
        self._load()

    def _show_page(self) -> None:
        """Let the page beside follow, once the keys rest."""
        side = self.query_one(SidePane)
        if side.display:
            side.follow(self._page)

    def _page(self) -> tuple[Row, ...]:
        found, side = self._read.get(self._sheet.choice.whom), self.query_one(SidePane)
        try:
            request = self._sheet.choice.request()
        except PmmError:
            return ()
        lines = page_lines(request, found.papers, self._school(), side.size.width - 6) if found else ()
        if not lines:
            return (Gap(), Text("Tidak ada yang dicetak untuk pilihan ini", "dim"))
        rows: tuple[Row, ...] = tuple(
            Text(line.lstrip(), indent=len(line) - len(line.lstrip())) if line.strip() else Gap()
            for line in lines[: max(side.size.height - 3, 0)]
        )
        return (Gap(), Heading("Pratinjau halaman 1"), *rows)

    # ---- making files

    @on(PrintSheet.Requested)
    def action_buat_berkas(self) -> None:
        """Make the files that are chosen; of a form that needs more than is installed, say so and offer HTML."""
        sheet = self._sheet
        found = self._read.get(sheet.choice.whom)
        if found is None:  # a moment more: no key is lost
            self._early = True
            self.set_status("Membaca rencana …")
        if sheet.running or found is None:
            return
        try:
            request = sheet.choice.request()
        except PmmError as error:
            sheet.go_to("ke")
            self.set_status(error.sentence, style="error")
            return
        kind = KINDS[request.what]
        if kind.of_each and not printable_papers(request.what, found.papers):
            self.set_status(
                "Belum ada tanda terima dari server untuk dicetak" if found.papers else "Tidak ada guru", style="warning"
            )
        elif missing := missing_for(request.form):
            self._offer_html(missing, request, found.papers)
        else:
            folder = sheet.choice.folder
            keep_choice(self.shell.store, LastChoice(request.form, folder if folder != self._usual_folder else ""))
            self._begin(request, found.papers)

    # ---- where they are

    async def action_buka_folder(self) -> None:
        """Show the folder of the files; where there is no desktop, say its whole path."""
        try:
            folder = self._made_in or self._sheet.choice.request().folder
        except PmmError as error:
            self.set_status(error.sentence, style="error")
            return
        if not folder.is_dir():
            self.set_status("Folder itu belum ada; dibuat bersama berkas yang pertama", style="warning")
        elif await asyncio.to_thread(partial(self.shell.services.open_folder, folder)):
            self.set_status(f"Folder dibuka: {short_path(folder)}")
        else:
            self.set_status(f"Berkasnya ada di {folder}")
