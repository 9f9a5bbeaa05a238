"""Going through plans, a teacher a page: read to the end, say that the data are right, note the teacher's word, submit, go on."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from rich.cells import cell_len
from textual import events, on
from textual.app import ComposeResult
from textual.message import Message

from pmm_tui.errors import PmmError
from pmm_tui.services.listing import line_of
from pmm_tui.services.plan_review import ReviewSheet, open_review
from pmm_tui.services.review_run import ReviewRun
from pmm_tui.skp.model import Pegawai
from pmm_tui.skp.rangkuman import confirmation_words
from pmm_tui.tui.keys import keys_in_force, keys_of
from pmm_tui.tui.messages import PaperRequested, PlanRequested, ReviewRequested
from pmm_tui.tui.screens.period_words import period_words
from pmm_tui.tui.screens.review_deciding import ReviewDeciding
from pmm_tui.tui.screens.review_rows import review_rows
from pmm_tui.tui.widgets.line_text import fit
from pmm_tui.tui.widgets.look import StyleName
from pmm_tui.tui.widgets.reading_page import ReadingPage
from pmm_tui.tui.widgets.review_page import ReviewPage
from pmm_tui.tui.widgets.row_layout import height
from pmm_tui.tui.widgets.rows import Row, Text

_WIDE = 110
"""Cells from which on the title has room for a deadline too."""
_AHEAD = 50
"""Teachers that are looked through for the next one who is open: with a thousand done ones it must not hold up the list."""
_GONE = "Guru ini tidak ada lagi di daftar."


class TinjauScreen(ReviewDeciding):
    """The plans of some teachers, one a page."""

    PLACE = "tinjau"
    FOOTER: ClassVar = ("bantuan", "data_sesuai", "sudah_konfirmasi", "ajukan", "ubah_rencana", "kembali")
    KEYS: ClassVar = ("data_sesuai", "sudah_konfirmasi", "ajukan", "ubah_rencana", "kembali")
    AUTO_FOCUS: ClassVar[str | None] = "ReviewPage"
    HELP = (
        "Satu guru satu halaman. Sesudah akhirnya tampil, Enter menyatakan data dirinya sesuai dan membuka guru berikutnya; Spasi "
        "mencatat bahwa guru sudah mengonfirmasi, dengan cara dan tanggal yang ditanyakan sekali. Yang belum lengkap atau sudah "
        "diajukan hanya dibaca; Enter melewatinya tanpa mencatat apa pun."
    )

    def __init__(self, ids: Sequence[int], words: str = "") -> None:
        super().__init__()
        self._ids, self._at, self._words = tuple(ids), 0, words
        self._run = ReviewRun()

    def compose_body(self) -> ComposeResult:
        """Yield the page."""
        yield ReviewPage(id="halaman")

    async def on_mount(self) -> None:
        await super().on_mount()
        keymap = self.shell.keymap
        self._page.deciding |= {key for action in ("data_sesuai", "sudah_konfirmasi") for key in keys_in_force(action, keymap)}
        self._load(anew=True)
        self._say(self._words or self._state_words())

    # ---- the page

    @property
    def _page(self) -> ReviewPage:
        return self.query_one(ReviewPage)

    def _load(self, *, anew: bool = False) -> None:
        """Read the plan as it stands now; another edit than the one that was shown begins at its top."""
        shell, before = self.shell, self._sheet
        try:
            self._sheet = open_review(shell.store, shell.in_force, shell.services.today(), self._ids[self._at])
            rows: tuple[Row, ...] = self._laid_out(self._sheet) if self._sheet else (Text(_GONE, "warning"),)
        except PmmError as error:
            self._sheet, rows = None, (Text(error.sentence, "error"),)
        moved = before is not None and self._sheet is not None and not anew and before.rencana != self._sheet.rencana
        self._page.show(rows, anew=anew or moved)
        self.set_status(right=shell.background.outbox_sentence())
        self._fill_title()
        if moved:
            self._say("Isi rencana ini baru berubah; halaman ini menampilkannya", "warning")

    def _laid_out(self, sheet: ReviewSheet) -> tuple[Row, ...]:
        """The page with blank lines between its parts where it fits so, else without."""
        page, in_force = self._page, self.shell.in_force
        rows = review_rows(sheet, in_force)
        fits = sum(height(one, page.size.width, self.shell.thrifty) for one in rows) <= page.size.height
        return rows if fits else review_rows(sheet, in_force, roomy=False)

    def _shown_again(self) -> None:
        """Show the same plan with what was just decided of it: it was read, and stays where it is scrolled to."""
        self._sheet = None
        self._load()

    def _fill_title(self) -> None:
        shell, width = self.shell, self.size.width or 80
        pegawai = self._sheet.pegawai if self._sheet else shell.store.roster.get(self._ids[self._at])
        right, soon = period_words(shell.in_force, shell.services.today(), width) if width >= _WIDE else (shell.in_force.label, "")
        about, name = f"{self._at + 1} dari {len(self._ids)}", pegawai.nama if pegawai else "-"
        badge = len(" LATIHAN ") if shell.services.practice else 0
        room = width - badge - cell_len(right + soon) - len(about) - 8
        self.set_title(fit(name, room, shell.look.signs.ellipsis), about, right, soon)

    def _say(self, sentence: str, style: StyleName = "") -> None:
        self.set_status(sentence, style=style)

    def _state_words(self) -> str:
        """What can be done now."""
        sheet, keymap = self._sheet, self.shell.keymap
        if sheet is None:
            return ""
        if sheet.refusal:
            what = "Hanya dapat dibaca" if sheet.locked else "Belum dapat dikonfirmasi"
            return f"{what}: {keys_of('ubah_rencana', keymap)[0]} membukanya, Enter melewatinya"
        if not self._page.ended:
            return "Enter atau End ke akhirnya; sesudah itu dapat diputuskan"
        enter, space = keys_of("data_sesuai", keymap)[0], keys_of("sudah_konfirmasi", keymap)[0]
        if sheet.confirmed:
            return f"Sudah dikonfirmasi; {space} menariknya lagi, {enter} ke guru berikutnya"
        word = self._usual_word()
        how = f" ({confirmation_words(word)})" if word else ""
        onward = "guru berikutnya" if sheet.data_right else "data sesuai, guru berikutnya"
        return f"{enter}: {onward}. {space}: sudah dikonfirmasi guru{how}"

    @on(ReadingPage.EndShown)
    def _end_shown(self) -> None:
        if self._page.ended or self._sheet is None:
            return
        self._page.end_shown(Message().time if self.app.key_at_work is None else self.app.key_at_work.at)  # type: ignore[attr-defined]
        self._run.seen.add(self._sheet.pegawai.id)
        self._say(self._state_words())

    @on(events.ScreenResume)
    def _came_back(self) -> None:
        self._load_again()
        if self.query(ReviewPage):
            self._page.wait_for_rest()

    async def refresh_data(self) -> None:
        """Read again what the store holds."""
        self._load_again()

    def _load_again(self) -> None:
        """Show what stands now, unless a decision is being saved, which is shown then."""
        if self.query(ReviewPage) and self._sheet is not None and not self._deciding:
            self._load()

    def look_changed(self) -> None:
        super().look_changed()
        self._load_again()

    def on_resize(self, event: events.Resize) -> None:
        super().on_resize(event)
        self._load_again()

    # ---- going on

    def _go_on(self) -> None:
        """Show the next teacher, or go back when this was the last one: the list's cursor then goes on to what is open still."""
        if self._at + 1 < len(self._ids):
            self._go_to(self._at + 1)
            return
        here, listed = self._ids[self._at], self.shell.listed
        at = listed.index(here) + 1 if here in listed else 0
        ahead = listed[at : at + _AHEAD] if len(self._ids) == 1 else ()
        self._leave(next((one for one in ahead if self._is_open(one)), here))

    def _is_open(self, pegawai_id: int) -> bool:
        shell = self.shell
        line = line_of(shell.store, shell.in_force, shell.services.today(), pegawai_id)
        return line is not None and line.state.is_open

    def _go_to(self, at: int) -> None:
        self._at, self._sheet = at, None
        self._load(anew=True)
        self._say(self._state_words())

    def action_guru_berikut(self) -> None:
        """Show the next teacher, and decide nothing."""
        if self._at + 1 < len(self._ids):
            self._go_to(self._at + 1)
        else:
            self._say("Ini guru terakhir; Esc kembali ke daftar")

    def action_guru_sebelum(self) -> None:
        """Show the teacher before."""
        if self._at:
            self._go_to(self._at - 1)
        else:
            self._say("Ini guru pertama")

    def action_ubah_rencana(self) -> None:
        """Open the plan for editing; from there one comes back here."""
        if self._sheet is not None:
            self.post_message(PlanRequested(self._sheet.pegawai))

    def action_cetak(self) -> None:
        """Print this plan, or all that are gone through."""
        self.post_message(PaperRequested(self._ids[self._at], listed=self._ids, every="Semua yang ditinjau"))

    async def action_kembali(self) -> None:
        """Go back to the list, and say what was done."""
        self._leave(self._ids[self._at])

    def _leave(self, at: int) -> None:
        self.shell.last_opened = at
        self.shell.announce(self._run.sentence(), True)
        self.app.pop_screen()

    def request_for(self, pegawai: Pegawai) -> Message:
        """From here a teacher's plan is looked at first."""
        return ReviewRequested((pegawai.id,))
