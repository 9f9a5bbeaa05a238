"""The screens that are simply laid over what is open; each is imported when it is first asked for."""

from __future__ import annotations

from typing import Any

from textual.app import App

from pmm_tui.skp.model import Pegawai
from pmm_tui.tui.messages import CopyRequested, HelpRequested, PaperRequested
from pmm_tui.tui.ports import Shell
from pmm_tui.tui.screens.screen import PmmScreen


class Openings:
    """Opens screens of an app over the one that is open."""

    def __init__(self, app: App[Any], shell: Shell) -> None:
        self._app = app
        self._shell = shell

    def open_help(self, asked: HelpRequested) -> None:
        """Open the help over the place that it explains."""
        from pmm_tui.tui.screens.help import HelpScreen

        parts = {"title": asked.title, "example": asked.example}
        self._app.push_screen(HelpScreen(asked.place, asked.explanation, self._shell.keymap, asked.legend, asked.keys, **parts))

    def open_palette(self) -> None:
        """Open the palette over the screen of a place."""
        from pmm_tui.tui.screens.palette import open_palette

        if isinstance(self._app.screen, PmmScreen):
            open_palette(self._app.screen)

    def open_teacher(self, pegawai: Pegawai | None) -> None:
        """Open the form for a teacher, or for a new one."""
        from pmm_tui.tui.screens.teacher import TeacherScreen

        self._app.push_screen(TeacherScreen(pegawai))

    def open_printing(self, asked: PaperRequested) -> None:
        """Open printing and exporting."""
        from pmm_tui.tui.screens.paper import PrintScreen

        self._app.push_screen(PrintScreen(asked))

    def open_copying(self, asked: CopyRequested) -> None:
        """Open the look at what copying would change."""
        from pmm_tui.tui.screens.copy_preview import CopyScreen

        self._app.push_screen(CopyScreen(asked))

    def open_sync_help(self) -> None:
        """Open the search for a message of e-Kinerja."""
        from pmm_tui.tui.screens.sync_band import SyncScreen

        self._app.push_screen(SyncScreen(self._shell.services.messages_file))

    def open_rapor(self) -> None:
        """Open the typing of Rapor Pendidikan."""
        from pmm_tui.tui.screens.rapor_band import RaporScreen

        self._app.push_screen(RaporScreen(self._shell))

    def open_prerequisites(self) -> None:
        """Open what has to be mended before entry."""
        from pmm_tui.tui.screens.prerequisites import PrerequisitesScreen

        self._app.push_screen(PrerequisitesScreen())

    def open_outbox(self) -> None:
        """Open the outbox."""
        from pmm_tui.tui.screens.outbox import OutboxScreen

        self._app.push_screen(OutboxScreen())

    def open_settings(self, field: str = "") -> None:
        """Open the settings, or go to a field of theirs where they are open."""
        from pmm_tui.tui.screens.settings import SettingsScreen

        if isinstance(self._app.screen, SettingsScreen):
            self._app.screen.go_to(field)
        else:
            self._app.push_screen(SettingsScreen(field=field))

    def open_import(self) -> None:
        """Open the import of a roster file."""
        from pmm_tui.tui.screens.import_roster import ImportScreen

        self._app.push_screen(ImportScreen())
