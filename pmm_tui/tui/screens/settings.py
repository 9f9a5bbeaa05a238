"""Settings, which are the wizard of the first run too; the connection is tried before server and school are saved."""

from __future__ import annotations

from typing import ClassVar

from textual import events, on
from textual.app import ComposeResult

from pmm_tui.errors import ConfigError, PmmError, UsageError
from pmm_tui.tui.keys import keys_of
from pmm_tui.tui.messages import SettingsSaved
from pmm_tui.tui.ports import PRACTISE, FetchOutcome, Settings
from pmm_tui.tui.screens.screen import PmmScreen
from pmm_tui.tui.screens.settings_sheet import KEYS, SettingsSheet

ASKING = "Menghubungi server …"


class SettingsScreen(PmmScreen):
    """Settings, maybe opened at a `field`, or the wizard of the first run."""

    PLACE = "atur"
    FOOTER: ClassVar = ("bantuan", "simpan_atur", "kembali", "keluar")
    HELP = "Alamat server harus https, kecuali komputer ini sendiri. Token disimpan di berkas yang hanya dapat dibaca oleh Anda."

    def __init__(self, first_run: bool = False, field: str = "") -> None:
        super().__init__()
        self._first_run, self._field = first_run, field
        self._accepted: Settings | None = None  # what is saved although the try failed, when Simpan is pressed again

    def compose_body(self) -> ComposeResult:
        """Yield the fields."""
        services = self.shell.services
        save_key = keys_of("simpan_atur", self.shell.keymap)[0]
        yield SettingsSheet(services.settings(), services.look(), self._first_run, self._field, save_key)

    async def on_mount(self) -> None:
        await super().on_mount()
        self.look_changed()

    def look_changed(self) -> None:
        """Say where this is, which the thrifty look says otherwise, and lay out anew."""
        full = not self.shell.look.thrifty
        if not self._first_run:
            self.set_title("Pengaturan")
        elif full:
            self.set_title("Selamat datang di pmm-tui", right="langkah 1 dari 2")
        else:
            self.set_title("Mulai")
        self._sheet.rebuild()

    def on_resize(self, event: events.Resize) -> None:
        super().on_resize(event)
        self.call_after_refresh(self._sheet.rebuild)  # what fits into a row depends on the width

    @property
    def _sheet(self) -> SettingsSheet:
        return self.query_one(SettingsSheet)

    def go_to(self, field: str) -> None:
        """Go to a field."""
        self._sheet.go_to(field)

    # ---- the look

    @on(SettingsSheet.LookChosen)
    def _look_chosen(self, event: SettingsSheet.LookChosen) -> None:
        self.shell.change_look(event.choice)

    # ---- beginning

    @on(SettingsSheet.PractiseRequested)
    def _practise(self) -> None:
        self.app.exit(PRACTISE)

    @on(SettingsSheet.WithoutServerRequested)
    def _begin_without_server(self) -> None:
        """Do not ask again at the next start."""
        try:
            self.shell.services.save(Settings())
        except PmmError as error:
            self._complain(error)
            return
        self.app.pop_screen()

    # ---- trying and saving

    @on(SettingsSheet.TryRequested)
    def _try_connection(self) -> None:
        self._sheet.report(ASKING, True)
        self.run_worker(self._tried(), group="uji", exclusive=True, exit_on_error=False)

    async def _tried(self) -> bool:
        """Try, and say how it went on the page and in the status line, which is in sight wherever the page is scrolled."""
        sheet = self._sheet
        try:
            result = await self.shell.services.try_connection(sheet.values)
        except PmmError as error:
            self._complain(error)
            return False
        self._tell(result)
        return result.ok

    def _tell(self, result: FetchOutcome) -> None:
        self._sheet.report(result.sentence, result.ok, result.key)
        self.set_status(result.sentence, style="" if result.ok else "error")

    def _complain(self, error: PmmError) -> None:
        key = error.key if isinstance(error, ConfigError) else ""
        if not key and isinstance(error, UsageError):  # wrong as it stands: pressing again will not mend it
            key = next((name for name in KEYS if error.sentence.startswith(f"{name}: ")), "token")
        self._tell(FetchOutcome(sentence=error.sentence.removeprefix(f"{key}: "), ok=False, key=key))

    @on(SettingsSheet.SaveRequested)
    def action_simpan_atur(self) -> None:
        """Write the configuration; what cannot be right is refused with a sentence."""
        self.run_worker(self._save(), group="uji", exclusive=True, exit_on_error=False)

    async def _save(self) -> None:
        sheet = self._sheet
        if sheet.values.url.strip() and self._accepted != sheet.values:
            sheet.report(ASKING, True)
            if not await self._tried():
                self._tell_unsaved()
                return
        try:
            self.shell.services.save(sheet.values)
        except PmmError as error:
            self._complain(error)
            return
        self.app.post_message(SettingsSaved())  # not by way of this screen, which closes
        self.app.pop_screen()

    def _tell_unsaved(self) -> None:
        """Say that nothing was saved: the reason comes first, each time; only what may pass is saved when asked for again."""
        sheet = self._sheet
        if sheet.error:
            self.set_status(f"{sheet.message} Belum ada yang disimpan.", style="error")
            return
        self._accepted = sheet.values
        key = keys_of("simpan_atur", self.shell.keymap)[0]
        self.set_status(f"{sheet.message} Belum disimpan; {key} sekali lagi menyimpan walau begitu.", style="warning")
