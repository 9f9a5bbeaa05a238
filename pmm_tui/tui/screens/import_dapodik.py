"""The part of the import that takes teachers from Dapodik's web service instead of a file."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import structs
from textual.worker import Worker

from pmm_tui.errors import ConfigError, PmmError
from pmm_tui.roster.model import ComparedRow
from pmm_tui.services.roster_import import RosterRead
from pmm_tui.tui.dapodik_port import DapodikWish
from pmm_tui.tui.messages import SettingsSaved
from pmm_tui.tui.screens.dapodik_band import DapodikBand
from pmm_tui.tui.screens.dialog import Dialog
from pmm_tui.tui.screens.screen import PmmScreen

if TYPE_CHECKING:
    from pmm_tui.roster.dapodik_web import WebHead

_FIELDS = ("url", "npsn", "token")
_PREFIX = "Alamat Dapodik: "


class DapodikPart(PmmScreen):
    """Asks where Dapodik is, asks it, and hands the preview on."""

    _wish: DapodikWish | None = None  # what was asked with last
    _asking: Worker[None] | None = None
    _path: Path

    async def _show(self, found: RosterRead) -> None:
        """Show a preview."""
        raise NotImplementedError

    def action_dapodik(self) -> None:
        """Ask where Dapodik is, then ask it."""
        if self._asking is None:
            self._ask_where(self._wish or self.shell.services.dapodik_wish())

    def _ask_where(self, wish: DapodikWish, complaint: str = "", key: str = "") -> None:
        def answered(chosen: DapodikWish | None) -> None:
            if chosen is not None:
                self._wish = chosen
                self.set_status("Menghubungi Dapodik … Esc membatalkan.")
                self._asking = self.run_worker(self._ask_dapodik(chosen), group="impor", exclusive=True, exit_on_error=False)

        self.app.push_screen(DapodikBand(wish, complaint, key), answered)

    async def _ask_dapodik(self, wish: DapodikWish) -> None:
        try:
            found = await self.shell.services.read_dapodik(wish, lambda words: self.set_status(f"{words} Esc membatalkan."))
        except PmmError as error:
            self._asking = None
            key = error.key if isinstance(error, ConfigError) and error.key in _FIELDS else ""
            self.set_status("" if key else error.sentence, style="error")  # else it stands at its field
            told = error.sentence.removeprefix(_PREFIX)
            self._ask_where(wish, f"{told[0].upper()}{told[1:]}", key)
            return
        self._asking = None
        self._wish = structs.replace(wish, token="", stored=True)  # it has led to the roster, and so is stored
        self._path = Path.home() / "Dapodik"  # refused rows are written beside it
        await self._show(found)

    async def action_kembali(self) -> None:
        """Stop asking; else go back."""
        if self._asking is None:
            await super().action_kembali()
            return
        self._asking.cancel()
        self._asking = None
        self.set_status("Dibatalkan; tidak ada yang diambil.")

    async def _ask_what_else(self, found: RosterRead, rows: Sequence[ComparedRow], close: Callable[[], None]) -> None:
        """After the teachers were saved: what Dapodik proposes besides, each after a question whose safe answer is no."""
        if found.proposals is None:
            close()
            return
        from pmm_tui.services.dapodik_import import head_words, mark_away, not_home  # lazy: with the first import

        shell, proposals = self.shell, found.proposals
        questions: list[tuple[Dialog, Callable[[], object]]] = []
        store, in_force, services = shell.store, shell.in_force, shell.services
        away = await store.database.ask(not_home, store, in_force, services.today(), rows, proposals) if proposals.away else ()
        if away:
            names = ", ".join(line.pegawai.nama for line in away[:6]) + (f" dan {len(away) - 6} lagi" if len(away) > 6 else "")
            about = [(f"{names}: bukan dari sekolah induk ini.", ""), ("Rencananya dibuat di sekolah induknya.", "dim")]
            title = f"{len(away)} guru dari sekolah lain"
            act = partial(mark_away, store, in_force, away, services.now())
            questions.append((Dialog(title, about, (("biarkan", "Biarkan"), ("ya", "Tandai tidak perlu"))), act))  # type: ignore[arg-type]
        if head := found.head:
            now = in_force.sekolah.kepala_sekolah.nama or "belum diisi"
            about = [(f"Menurut Dapodik: {head_words(head)}", ""), (f"Di sini sekarang: {now}", "dim")]
            buttons = (("biarkan", "Biarkan"), ("ya", "Pakai di Pengaturan"))
            questions.append((Dialog("Kepala sekolah", about, buttons), partial(self._keep_head, head)))  # type: ignore[arg-type]
        self._ask_next(questions, close)

    def _ask_next(self, questions: list[tuple[Dialog, Callable[[], object]]], close: Callable[[], None]) -> None:
        if not questions:
            close()
            return
        dialog, act = questions.pop(0)

        def answered(answer: str | None) -> None:
            if answer == "ya":
                try:
                    act()
                except PmmError as error:
                    self.shell.announce(error.sentence, False)
            self._ask_next(questions, close)

        self.app.push_screen(dialog, answered)

    def _keep_head(self, head: WebHead) -> None:
        self.shell.services.keep_head(head)
        self.app.post_message(SettingsSaved())
