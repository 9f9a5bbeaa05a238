"""The part of the import that takes teachers from Dapodik's web service instead of a file."""

from __future__ import annotations

from pathlib import Path

from msgspec import structs
from textual.worker import Worker

from pmm_tui.errors import ConfigError, PmmError
from pmm_tui.services.roster_import import RosterRead
from pmm_tui.tui.dapodik_port import DapodikWish
from pmm_tui.tui.messages import SettingsSaved
from pmm_tui.tui.screens.dapodik_band import DapodikBand
from pmm_tui.tui.screens.dialog import Dialog
from pmm_tui.tui.screens.screen import PmmScreen

_FIELDS = ("url", "npsn", "token")


class DapodikPart(PmmScreen):
    """Asks where Dapodik is, asks it, and hands the preview on."""

    _wish: DapodikWish | None = None  # what the preview was asked with
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
                self.set_status("Menghubungi Dapodik … Esc membatalkan.")
                self._asking = self.run_worker(self._ask_dapodik(chosen), group="impor", exclusive=True, exit_on_error=False)

        self.app.push_screen(DapodikBand(wish, complaint, key), answered)

    async def _ask_dapodik(self, wish: DapodikWish) -> None:
        try:
            found = await self.shell.services.read_dapodik(wish, lambda words: self.set_status(f"{words} Esc membatalkan."))
        except PmmError as error:
            self._asking = None
            key = error.key if isinstance(error, ConfigError) and error.key in _FIELDS else ""
            self.set_status(error.sentence, style="error")
            self._ask_where(wish, error.sentence, key)
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

    def _ask_about_head(self, found: RosterRead) -> None:
        """After the teachers were saved: whether the head that Dapodik names goes into the settings; the safe answer is no."""
        head = found.head
        if head is None:
            return
        from pmm_tui.services.dapodik_import import head_words  # lazy: with the first import

        services, app = self.shell.services, self.app  # this screen is closed when the answer comes
        now = self.shell.in_force.sekolah.kepala_sekolah
        lines = [(f"Menurut Dapodik: {head_words(head)}", ""), (f"Di sini sekarang: {now.nama or 'belum diisi'}", "dim")]

        def answered(answer: str | None) -> None:
            if answer != "pakai":
                return
            try:
                services.keep_head(head)
            except PmmError as error:
                self.shell.announce(error.sentence, False)
            else:
                app.post_message(SettingsSaved())

        buttons = (("biarkan", "Biarkan"), ("pakai", "Pakai di Pengaturan"))
        app.push_screen(Dialog("Kepala sekolah", lines, buttons), answered)  # type: ignore[arg-type]
