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
from pmm_tui.services.plan_review import DATA_RIGHT, RAPOR_READ, ReviewSheet, open_review
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
_SHORT = {(DATA_RIGHT, RAPOR_READ): "Data, Rapor sesuai", (DATA_RIGHT,): "Data sesuai", (RAPOR_READ,): "Rapor dibaca"}
"""What Enter declares, for the line of keys."""
_GONE = "Guru ini tidak ada lagi di daftar."


class TinjauScreen(ReviewDeciding):
    """The plans of some teachers, one a page."""

    PLACE = "tinjau"
    FOOTER: ClassVar = ("bantuan", "data_sesuai", "sudah_konfirmasi", "ajukan", "ubah_rencana", "kembali")
    KEYS: ClassVar = ("data_sesuai", "sudah_konfirmasi", "ajukan", "ubah_rencana", "kembali")
    AUTO_FOCUS: ClassVar[str | None] = "ReviewPage"
    HELP = (
        "Satu guru satu halaman. Sesudah akhirnya tampil, Enter menyatakan data dirinya sesuai dan Rapor Pendidikan yang tampil "
        "sudah dibaca, lalu membuka guru berikutnya; Spasi mencatat bahwa guru sudah mengonfirmasi, dengan cara dan tanggal yang "
        "ditanyakan sekali. Yang belum lengkap atau sudah diajukan hanya dibaca; Enter melewatinya tanpa mencatat apa pun."
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
        self._page.skips = self._sheet is None or bool(self._sheet.refusal)
        moved = before is not None and self._sheet is not None and not anew and before.rencana != self._sheet.rencana
        self._page.show(rows, anew=anew or moved)
        self.set_status(right=shell.background.outbox_sentence())
        self._fill_title()
        self._fill_keys()
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

    def _fill_keys(self) -> None:
        """Show what the keys do with this plan, as it stands and as far as it was read."""
        sheet, keymap = self._sheet, self.shell.keymap
        enter, space = keys_of("data_sesuai", keymap)[0], keys_of("sudah_konfirmasi", keymap)[0]
        here: tuple[str | tuple[str, str], ...]
        if sheet is None:
            self.set_footer(((enter, "Lewati"), "kembali"))
            return
        if sheet.refusal:
            here = ((enter, "Lewati"),)
        elif not self._page.ended:
            here = ((enter, "Baca terus"),)
        else:
            last = self._at + 1 == len(self._ids)
            onward = _SHORT.get(sheet.undeclared) or ("Ke daftar" if last else "Berikutnya")
            told = ("ajukan", (space, "Tarik lagi")) if sheet.confirmed else ((space, "Dikonfirmasi guru"),)
            here = ((enter, onward), *told)
        self.set_footer((*here, "ubah_rencana", "kembali"))

    def _say(self, sentence: str, style: StyleName = "") -> None:
        self.set_status(sentence, style=style)

    def _state_words(self) -> str:
        """What can be done now."""
        sheet, keymap = self._sheet, self.shell.keymap
        if sheet is None:
            return ""
        if sheet.refusal:
            what = "Hanya dapat dibaca" if sheet.locked else "Belum dapat dikonfirmasi"
            opens = "membukanya" if sheet.locked else "membuka tempatnya"
            enter = keys_of("data_sesuai", keymap)[0]
            return f"{what}: {keys_of('ubah_rencana', keymap)[0]} {opens}, {enter} melewatinya"
        if not self._page.ended:
            return "Enter atau End ke akhirnya; sesudah itu dapat diputuskan"
        enter, space = keys_of("data_sesuai", keymap)[0], keys_of("sudah_konfirmasi", keymap)[0]
        onward = f"{sheet.declares}, berikutnya" if sheet.declares else "guru berikutnya"
        if sheet.confirmed:
            return f"Sudah dikonfirmasi; {space} menariknya lagi. {enter}: {onward}"
        word = self._usual_word()
        how = f" ({confirmation_words(word)})" if word else ""
        return f"{enter}: {onward}. {space}: sudah dikonfirmasi guru{how}"

    @on(ReadingPage.EndShown)
    def _end_shown(self) -> None:
        if self._page.ended or self._sheet is None:
            return
        self._page.end_shown()
        self._run.seen.add(self._sheet.pegawai.id)
        self._fill_keys()
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
        """Open the plan for editing, at what stops it where something does; from there one comes back here."""
        sheet = self._sheet
        if sheet is not None:
            at = sheet.missing[0].pointer if sheet.missing and not sheet.locked else ""
            self.post_message(PlanRequested(sheet.pegawai, pointer=at))

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
