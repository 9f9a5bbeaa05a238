"""The part of the app that opens what the screens ask for."""

from __future__ import annotations

from typing import Any

from textual import on
from textual.app import App

from pmm_tui.tui import messages
from pmm_tui.tui.navigation import Navigation


class OpenRequests(App[Any]):
    """What an app has to know of requests to open something."""

    navigation: Navigation

    @on(messages.PlanRequested)
    async def _open_plan(self, event: messages.PlanRequested) -> None:
        where = {"section": event.section, "row": event.row, "pointer": event.pointer}
        await self.navigation.open_plan(event.pegawai, **where, look=event.look, instead=event.instead)

    @on(messages.ReadingRequested)
    async def _open_reading(self, event: messages.ReadingRequested) -> None:
        await self.navigation.open_reading(event.pegawai)

    @on(messages.ReviewRequested)
    async def _open_review(self, event: messages.ReviewRequested) -> None:
        await self.navigation.open_review(event.ids, event.words)

    @on(messages.RoleRequested)
    async def _take_role(self, event: messages.RoleRequested) -> None:
        await self.navigation.take_role(event.role)

    @on(messages.HelpRequested)
    def _open_help(self, event: messages.HelpRequested) -> None:
        self.navigation.open_help(event)

    @on(messages.PaletteRequested)
    def _open_palette(self) -> None:
        self.navigation.open_palette()

    @on(messages.TeacherRequested)
    def _open_teacher(self, event: messages.TeacherRequested) -> None:
        self.navigation.open_teacher(event.pegawai)

    @on(messages.PaperRequested)
    def _open_printing(self, event: messages.PaperRequested) -> None:
        self.navigation.open_printing(event)

    @on(messages.RaporRequested)
    def _open_rapor(self) -> None:
        self.navigation.open_rapor()

    @on(messages.SyncHelpRequested)
    def _open_sync_help(self) -> None:
        self.navigation.open_sync_help()

    @on(messages.PrerequisitesRequested)
    def _open_prerequisites(self) -> None:
        self.navigation.open_prerequisites()

    @on(messages.OutboxRequested)
    def _open_outbox(self) -> None:
        self.navigation.open_outbox()

    @on(messages.SettingsRequested)
    def _open_settings(self, event: messages.SettingsRequested) -> None:
        self.navigation.open_settings(event.field)

    @on(messages.ImportRequested)
    def _open_import(self) -> None:
        self.navigation.open_import()

    @on(messages.CopyRequested)
    def _open_copying(self, event: messages.CopyRequested) -> None:
        self.navigation.open_copying(event)
