"""Salin: what copying would change, and for whom, before anything is changed; then it is one step for all of them."""

from __future__ import annotations

import asyncio
from functools import partial
from typing import Any, ClassVar, Protocol, runtime_checkable

from textual import events, on
from textual.app import ComposeResult

from pmm_tui.errors import PmmError
from pmm_tui.services.copying import NEVER, CopyRow, CopyTrial, do_copy
from pmm_tui.skp.katalog_tables import Skema
from pmm_tui.skp.plan_carry import PARTS
from pmm_tui.tui.key_runs import is_deliberate
from pmm_tui.tui.keys import keys_of
from pmm_tui.tui.messages import CopyRequested, PlansCopied
from pmm_tui.tui.screens.copy_choices import ask_source, older_of, trial_of
from pmm_tui.tui.screens.copy_parts import PartsScreen
from pmm_tui.tui.screens.copy_rows import count_words, detail_lines, head_pieces, in_order, row_pieces
from pmm_tui.tui.screens.dialog import HELD
from pmm_tui.tui.screens.screen import PmmScreen
from pmm_tui.tui.widgets.details import Details
from pmm_tui.tui.widgets.line_text import Piece
from pmm_tui.tui.widgets.lines import Lines
from pmm_tui.tui.widgets.list_view import VirtualList

_DETAILS, _FEW = 6, 4
"""Lines about the teacher under the cursor, and on a low terminal."""
_LOW = 22


@runtime_checkable
class ReadsAhead(Protocol):
    """A screen that can read, outside the loop, what `refresh_data` will need after much was written."""

    async def prepare_data(self) -> None:
        """Read it: the refreshing then holds up no key."""


class CopyScreen(PmmScreen):
    """A row for each teacher; nothing is changed before the key that copies. Reading and writing go on behind the screen."""

    PLACE = "salin"
    WORD_STAYS = True
    FOOTER: ClassVar = ("bantuan", "jalankan_salin", "sumber_salin", "bagian_salin", "ganti_salin", "kembali")
    KEYS: ClassVar = ("jalankan_salin", "sumber_salin", "bagian_salin", "ganti_salin", "kembali")
    HELP = (
        "Apa yang berubah pada rencana siapa, sebelum ada yang diubah. Yang sudah terisi dibiarkan, kecuali diminta diganti. "
        f"{NEVER} Yang tidak cocok untuk seorang guru tetap kosong dan disebut di bawah. Semuanya satu langkah, yang dapat "
        "diurungkan dari Daftar Guru."
    )

    def __init__(self, asked: CopyRequested) -> None:
        super().__init__()
        self._ids, self._source = asked.ids, asked.source
        self._parts: tuple[str, ...] = PARTS
        self._replace = False
        self._trial: CopyTrial | None = None
        self._rows: list[CopyRow] = []
        self._busy = ""
        self._trouble = ""  # why the last try to copy changed nothing

    @property
    def rests(self) -> bool:
        """Whether nothing is being read or written for it."""
        return not self._busy

    @property
    def _skema(self) -> Skema:
        return self.shell.in_force.katalog.skema_periode(self.shell.in_force.periode)

    def compose_body(self) -> ComposeResult:
        """Yield the lines above, the list, and what is to be known of the teacher under the cursor."""
        yield Lines(3, id="kepala-salin")
        yield VirtualList(self._row, id="daftar")
        yield Lines(1, id="batas")
        yield Details(_DETAILS, id="rincian")

    async def on_mount(self) -> None:
        await super().on_mount()
        self._look()

    # ---- what it would do

    def _look(self) -> None:
        """Read anew what copying would do; the screen answers meanwhile."""
        self._trial = None
        self._work(f"Melihat rencana {len(self._ids)} guru …")
        work: Any = self._try  # not yet running: a screen that closes before it begins leaves nothing behind
        self.run_worker(work, group="lihat", exclusive=True, exit_on_error=False)

    async def _try(self) -> None:
        shell = self.shell
        try:
            older = older_of(shell.services, self._source)
            arguments = (shell.store, shell.in_force, older, shell.services.today(), self._source, self._ids, self._parts)
            self._trial = await asyncio.to_thread(partial(trial_of, *arguments, replace=self._replace))
        except PmmError as error:
            self._rows, self._busy = [], ""
            self._fill()
            self.set_status(error.sentence, style="error")
            return
        self._rows, self._busy = in_order(self._trial.rows), ""
        self._fill(0)
        trouble, self._trouble = self._trouble, ""
        count = len(self._trial.filled)
        key = keys_of("jalankan_salin", shell.keymap)[0]
        if trouble:
            self.set_status(trouble, style="error")
        elif count:
            self.set_status(f"{key} menyalin ke {count} guru; sebelum itu tidak ada yang berubah")
        else:
            self.set_status("Tidak ada rencana yang akan berubah", style="warning")

    def _work(self, words: str) -> None:
        self._busy = words
        self.set_status(words)

    def _fill(self, cursor: int | None = None) -> None:
        """Show the rows and what is said above and below them; the cursor stays, unless it is told where to go."""
        if not self.query("#daftar"):  # none where the program ends at this moment
            return
        look, width = self.shell.look, self.size.width or 80
        self.set_title("Salin", count_words(self._rows) if look.thrifty else f"ke {len(self._ids)} guru", self.shell.in_force.label)
        words = self._trial.source.words if self._trial else ""
        head = head_pieces(words, self._parts, self._replace, self._rows, look, width)
        self.query_one("#kepala-salin", Lines).set(*(head[:1] if look.thrifty else head))
        self.query_one("#batas", Lines).set([(look.signs.rule * width, look.styles.rule)])
        self.query_one("#rincian", Details).resize(_DETAILS if self.size.height >= _LOW else _FEW)
        self.query_one(VirtualList).set_rows(len(self._rows), cursor, ("", "Tidak ada guru untuk disalini; Esc kembali."))
        self._fill_details()

    def _fill_details(self) -> None:
        lines = detail_lines(self._rows[self.query_one(VirtualList).cursor], self._skema) if self._rows else []
        self.query_one("#rincian", Details).set(*lines)

    def _row(self, index: int, width: int, here: bool) -> list[Piece]:
        return row_pieces(self._rows[index], self._skema, self.shell.look, width, here)

    @on(VirtualList.CursorMoved)
    def _moved(self) -> None:
        self._fill_details()

    @on(VirtualList.Selected)
    def _chosen(self) -> None:
        """Enter answers nothing here: the key that copies says what it does."""
        key = keys_of("jalankan_salin", self.shell.keymap)[0]
        self.set_status(f"Enter tidak mengubah apa pun; {key} menyalin, Esc kembali")

    def on_resize(self, event: events.Resize) -> None:
        super().on_resize(event)
        self._fill()

    def look_changed(self) -> None:
        super().look_changed()
        self._fill()

    async def refresh_data(self) -> None:
        """Look again: something was sent or fetched."""
        if not self._busy:
            self._look()

    # ---- what is copied

    def action_sumber_salin(self) -> None:
        """Choose another source."""

        def chosen(source: str) -> None:
            self._source = source
            self._look()

        if not self._busy:
            ask_source(self, self._ids, chosen)

    def action_bagian_salin(self) -> None:
        """Choose the parts that are copied."""

        def answered(parts: tuple[str, ...] | None) -> None:
            if parts is not None:
                self._parts = parts
                self._look()

        if not self._busy:
            self.app.push_screen(PartsScreen(self._parts, self._skema), answered)

    def action_ganti_salin(self) -> None:
        """Let what has content be replaced too, or be left."""
        if not self._busy:
            self._replace = not self._replace
            self._look()

    # ---- doing it

    def refusal_of(self, action_id: str) -> str:
        """Return why an action is not possible now."""
        if action_id == "jalankan_salin" and not (self._trial and self._trial.filled):
            return "tidak ada yang akan berubah"
        return super().refusal_of(action_id)

    def action_jalankan_salin(self) -> None:
        """Copy, as one step; only by a key that was pressed by itself."""
        if self._busy:
            return
        if not is_deliberate(self.app):
            self.set_status(HELD, style="warning")
        elif self._trial is None or not self._trial.filled:
            self.set_status("Tidak ada rencana yang akan berubah", style="warning")
        else:
            self._work(f"Menyalin ke {len(self._trial.filled)} guru …")
            self.run_worker(self._do(self._trial), group="salin", exit_on_error=False)

    async def _do(self, trial: CopyTrial) -> None:
        shell = self.shell
        try:
            step = await asyncio.to_thread(do_copy, shell.store, shell.in_force, trial, shell.services.now())
            for screen in self.app.screen_stack:
                if isinstance(screen, ReadsAhead):
                    await screen.prepare_data()
        except PmmError as error:
            self._trouble = error.sentence
            self._look()
            return
        self._busy = ""
        if trial.source.kind == "salin":  # what is filled next is filled from the same plan, not from one that it was copied to
            shell.worked.note(shell.in_force.periode, trial.source.pegawai_id)
        undo = keys_of("urung_guru", shell.keymap)[0]
        count = step.count if step else 0
        sentence = f"{trial.source.words}: {count} rencana diisi; {undo} mengurungkan"
        self.app.post_message(PlansCopied(sentence))  # not by way of this screen, which closes
        self.app.pop_screen()

    async def action_kembali(self) -> None:
        """Go back; not while it is being written, which takes a moment."""
        if self._busy.startswith("Menyalin"):
            self.set_status("Sedang menyalin; tunggu sebentar")
        else:
            await super().action_kembali()
