"""A plan as the head reads it: one page with all that a decision needs; its end marks it opened, and then it can be decided on."""

from __future__ import annotations

from typing import ClassVar

from textual import events, on
from textual.app import ComposeResult

from pmm_tui.errors import PmmError
from pmm_tui.services.decision_words import QueueState
from pmm_tui.services.decisions import QueueRow, queue, row_of
from pmm_tui.services.moving import neighbours, next_open
from pmm_tui.services.plan_reading import ReadingSheet, mark_opened, open_plan
from pmm_tui.skp.model import Pegawai
from pmm_tui.tui.keys import keys_of
from pmm_tui.tui.messages import PaperRequested, ReadingRequested
from pmm_tui.tui.screens.desk_deciding import DeskDeciding
from pmm_tui.tui.screens.desk_page import page_rows
from pmm_tui.tui.screens.period_words import period_words
from pmm_tui.tui.widgets.reading_page import ReadingPage
from pmm_tui.tui.widgets.row_layout import height
from pmm_tui.tui.widgets.rows import Row, Text


class ReadingScreen(DeskDeciding):
    """The page of one plan."""

    PLACE = "telaah"
    FOOTER: ClassVar = ("bantuan", "setujui", "kembalikan", "ekspektasi", "guru_berikut", "kembali")
    KEYS: ClassVar = ("setujui", "kembalikan", ("PgDn", "Lanjut baca"), "ekspektasi", "guru_berikut", "kembali")
    AUTO_FOCUS: ClassVar[str | None] = "ReadingPage"
    HELP = (
        "Satu halaman berisi semua yang perlu untuk memutuskan. Yang berubah sejak revisi yang dibaca di sini berwarna, dengan isi "
        "lamanya di bawahnya. Setelah terbaca sampai akhir, rencana dapat disetujui atau dikembalikan."
    )

    def __init__(self, pegawai: Pegawai) -> None:
        super().__init__()
        self._pegawai = pegawai
        self._row: QueueRow | None = None
        self._sheet: ReadingSheet | None = None

    def compose_body(self) -> ComposeResult:
        """Yield the page."""
        yield ReadingPage(id="halaman")

    async def on_mount(self) -> None:
        await super().on_mount()
        self._open(self._pegawai, first=True)

    def _open(self, pegawai: Pegawai, *, first: bool = False) -> None:
        """Show a plan from its top."""
        self._pegawai, self._sheet = pegawai, None
        self.shell.last_opened = pegawai.id
        self._load(anew=True)
        if first or self._sheet is not None:
            self._say_state()

    def _load(self, *, anew: bool = False) -> None:
        """Read the plan as it stands now; another revision than the one that was shown begins at its top."""
        shell, before = self.shell, self._sheet
        self._row = row_of(shell.store, shell.in_force, self._pegawai)
        try:
            self._sheet = open_plan(shell.store, shell.in_force, self._row, shell.services.today())
            rows = self._laid_out(self._sheet, self._row)
        except PmmError as error:
            self._sheet, rows = None, _nothing(error.sentence)
        moved = before is not None and self._sheet is not None and before.plan.sha256 != self._sheet.plan.sha256
        self.query_one(ReadingPage).show(rows, anew=anew or moved)
        self.set_status(right=shell.background.outbox_sentence())
        self._fill_title()
        if moved and self._sheet is not None:
            self.set_status(f"Revisi {self._sheet.plan.revisi} baru datang; halaman ini menampilkannya", style="warning")

    def _laid_out(self, sheet: ReadingSheet, row: QueueRow) -> tuple[Row, ...]:
        """The page with blank lines between its parts where it fits so, else without: what fits is read at a glance."""
        page, texts = self.query_one(ReadingPage), self._expected(row)
        rows = page_rows(sheet, self.shell.in_force, texts)
        fits = sum(height(one, page.size.width, self.shell.thrifty) for one in rows) <= page.size.height
        return rows if fits else page_rows(sheet, self.shell.in_force, texts, roomy=False)

    def _fill_title(self) -> None:
        place = neighbours(self.shell.listed, self._pegawai.id)
        at = f"{place.position}/{place.count}" if place.position else ""
        right, soon = period_words(self.shell.in_force, self.shell.services.today(), min(self.size.width or 80, 75))
        signs = self.shell.look.signs
        self.set_title(f"{signs.previous} {self._pegawai.nama} {signs.next} {at}".rstrip(), "", right, soon)

    def _say_state(self) -> None:
        """Say what can be done now."""
        row, keymap = self._row, self.shell.keymap
        if row is None or self._sheet is None:
            return
        approve, back = keys_of("setujui", keymap)[0], keys_of("kembalikan", keymap)[0]
        if row.trouble:
            self.set_status(row.trouble, style="error")
        elif row.pending:
            self.set_status(f"Menunggu dikirim; {keys_of('urung_putusan', keymap)[0]} mengurungkan selama belum dikirim")
        elif not row.opened:
            self.set_status("Belum terbaca sampai akhir; PgDn atau End membawanya ke akhir")
        elif row.state is QueueState.WAITING:
            self.set_status(f"Sudah dibuka: {approve} menyetujui, {back} mengembalikan")
        elif row.state is QueueState.APPROVED:
            self.set_status(f"Disetujui; {keys_of('buka_kembali', keymap)[0]} membukanya kembali dengan alasan")
        else:
            self.set_status("Dikembalikan; operator memperbaikinya")

    def action_cetak(self) -> None:
        """Print this plan."""
        self.post_message(PaperRequested(self._pegawai.id, listed=self.shell.listed))

    # ---- reading

    @on(ReadingPage.EndShown)
    def _end_shown(self) -> None:
        """Mark it opened, once."""
        if self._sheet is None or (self._row is not None and self._row.opened and not self._row.trouble):
            return
        try:
            mark_opened(self.shell.store, self._sheet, self.shell.services.now())
        except PmmError as error:
            self.set_status(error.sentence, style="error")
            return
        self._row = row_of(self.shell.store, self.shell.in_force, self._pegawai)
        self._say_state()

    @on(events.ScreenResume)
    def _came_back(self) -> None:
        if self.query(ReadingPage):
            self.query_one(ReadingPage).wait_for_rest()

    async def refresh_data(self) -> None:
        """Read again what the store holds."""
        self._load()

    def look_changed(self) -> None:
        super().look_changed()
        if self.query(ReadingPage):
            self._load()

    def on_resize(self, event: events.Resize) -> None:
        super().on_resize(event)
        if self.query(ReadingPage) and self._row is not None:
            self._load()

    # ---- deciding and moving

    def _meant(self) -> QueueRow | None:
        return self._row

    def _decided(self, row: QueueRow | None) -> None:
        """Go on to the next plan that waits, or back when it was the last one; one that was withdrawn stays."""
        shell = self.shell
        waiting = {one.pegawai.id: one for one in queue(shell.store, shell.in_force) if one.state is QueueState.WAITING}
        withdrawn = row is not None and row.pending
        found = None if withdrawn or row is None else next_open(self._listed(), self._pegawai.id, waiting.__contains__)
        if found is not None:
            self._open(waiting[found].pegawai)
        elif withdrawn or row is None:
            self._load()
        else:
            self.app.pop_screen()

    def _listed(self) -> tuple[int, ...]:
        """The teachers in the order of the desk, the one here among them."""
        listed = self.shell.listed
        return listed if self._pegawai.id in listed else (*listed, self._pegawai.id)

    def _expectations_changed(self) -> None:
        self._load()

    def action_guru_berikut(self) -> None:
        """Go to the next plan of the list."""
        self._move(neighbours(self.shell.listed, self._pegawai.id).next)

    def action_guru_sebelum(self) -> None:
        """Go to the plan before."""
        self._move(neighbours(self.shell.listed, self._pegawai.id).previous)

    def _move(self, to: int | None) -> None:
        pegawai = self.shell.store.roster.get(to) if to else None
        if pegawai is None:
            self.set_status("Tidak ada lagi di daftar ini")
        else:
            self._open(pegawai)

    def request_for(self, pegawai: Pegawai) -> ReadingRequested:
        """From here a teacher's plan is read, not filled in."""
        return ReadingRequested(pegawai)


def _nothing(sentence: str) -> tuple[Row, ...]:
    return (Text(sentence, "warning"),)
