"""The app: puts the parts together on the screen, and does what the screens ask for."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from textual import events, on
from textual.app import App
from textual.await_complete import AwaitComplete

from pmm_tui.errors import PmmError
from pmm_tui.quick_start import first_screen_stands, screen_closed
from pmm_tui.skp.model import Rangkuman
from pmm_tui.tui import messages
from pmm_tui.tui.actions import ACTIONS
from pmm_tui.tui.background import Background
from pmm_tui.tui.copy_requests import CopyRequests
from pmm_tui.tui.drivers import terminal_driver
from pmm_tui.tui.guide import Guide
from pmm_tui.tui.key_queue import KeyQueue
from pmm_tui.tui.keys import app_bindings, keys_of
from pmm_tui.tui.last_place import LastPlace
from pmm_tui.tui.look_switch import LookSwitch
from pmm_tui.tui.look_values import LookOptions
from pmm_tui.tui.navigation import Navigation
from pmm_tui.tui.open_requests import OpenRequests
from pmm_tui.tui.ports import Keymap, Services
from pmm_tui.tui.school_port import SCHOOL
from pmm_tui.tui.screens.screen import PmmScreen
from pmm_tui.tui.shutdown import GracefulExit
from pmm_tui.tui.textual_private import share_style_cache
from pmm_tui.tui.widgets.too_small import is_too_small


class PmmApp(LookSwitch, KeyQueue, GracefulExit, CopyRequests, OpenRequests, App[str]):
    """Owns nothing of a plan. To the screens it is a `Shell`."""

    CSS_PATH: ClassVar = "css/pmm.tcss"
    ENABLE_COMMAND_PALETTE = False
    BINDINGS = [*app_bindings()]
    TITLE = "pmm-tui"

    def __init__(self, services: Services, look_options: LookOptions, keymap: Keymap, *, first_run: bool = False) -> None:
        share_style_cache()
        super().__init__(driver_class=terminal_driver(), ansi_color=True)
        self.animation_level = "none"
        self.services = services
        self.store = services.store
        self.in_force = services.in_force()
        self.keymap = keymap
        self.lean = look_options.lean
        self._look_options = look_options
        self._choose_look(look_options.thrifty)
        self._first_run = first_run
        self.background = Background(self, services)
        self.last_place = LastPlace(self.store)
        self.last_opened: int | None = None
        self.listed: tuple[int, ...] = ()
        self.last_word: tuple[Rangkuman, date] | None = None
        self.tour: Guide | None = None
        self.navigation = Navigation(self, self)

    async def on_mount(self) -> None:
        self.set_keymap(dict(self.keymap))
        self._listen()
        if self.services.practice:
            self.tour = self.navigation.begin_tour()
        await self.navigation.start(first_run=self._first_run)
        self.call_after_refresh(self._after_start)

    def _after_start(self) -> None:
        """What may wait until the first screen is there."""
        # The thread that writes to the terminal still has the screen, and a collection holds up every thread.
        self.set_timer(0.1, first_screen_stands)
        self.background.check_records()
        if npsn := self.services.school:
            self.announce(f"Terbuka: sekolah NPSN {npsn}; {keys_of('sekolah_lain', self.keymap)[0]} untuk sekolah lain", True)
        if self.services.fetch_due():
            self.background.fetch()
        elif self.services.server():
            self.background.send(forced=False)

    def _may_act(self, event: events.Event) -> bool:
        """Keys act on nothing that cannot be seen: on a terminal that is too small only leaving works."""
        return not is_too_small(self.size) or getattr(event, "key", "") in self._leaving_keys()

    def _leaving_keys(self) -> set[str]:
        leave = next(a for a in ACTIONS if a.id == "keluar")
        return {key.strip() for key in self.keymap.get("keluar", leave.keys).split(",")}

    def pop_screen(self) -> AwaitComplete:
        """Close the screen on top; what it was made of is given back once the one below stands."""
        self.set_timer(0.1, screen_closed)
        return super().pop_screen()

    def action_gambar_ulang(self) -> None:
        """Paint the whole screen again, whatever stands on the terminal."""
        self.forget_terminal()
        self.screen.refresh(repaint=True, layout=True)

    # ---- what the screens hear

    def _mounted_screens(self) -> list[PmmScreen]:
        return [screen for screen in self.screen_stack if isinstance(screen, PmmScreen) and screen.is_mounted]

    def announce(self, sentence: str, ok: bool) -> None:
        """Say a sentence in the status line of every screen."""
        for screen in self._mounted_screens():
            screen.set_status(sentence, style="" if ok else "warning")

    async def refresh_all(self) -> None:
        """Let every screen read again what the store holds."""
        for screen in self._mounted_screens():
            await screen.refresh_data()

    # ---- what the screens ask for

    @on(messages.RaporTyped)
    async def _rapor_typed(self, event: messages.RaporTyped) -> None:
        self.in_force = self.services.in_force()
        await self.refresh_all()
        self.announce(event.sentence, True)

    @on(messages.PeriodRequested)
    async def _switch_period(self, event: messages.PeriodRequested) -> None:
        self.services.switch_period(event.periode)
        self.in_force = self.services.in_force()
        await self.refresh_all()
        if self.services.fetch_due():
            self.background.fetch()

    # ---- what screens and background have done

    @on(messages.RosterImported)
    async def _roster_imported(self, event: messages.RosterImported) -> None:
        from pmm_tui.tui.after_import import tell_imported  # lazy: with the first import

        await self.refresh_all()
        self.background.check_records()  # a roster that was just read is worth a copy
        self.run_worker(tell_imported(self, event), group="impor", exit_on_error=False)  # keys do not wait for it

    @on(messages.TeacherStored)
    async def _teacher_stored(self, event: messages.TeacherStored) -> None:
        await self.refresh_all()
        self.announce(f"{event.sentence}; {keys_of('urung_guru', self.keymap)[0]} mengurungkan", True)

    @on(messages.SettingsSaved)
    async def _settings_saved(self) -> None:
        self.in_force = self.services.in_force()
        await self.refresh_all()
        if self.services.server():
            self.background.fetch()

    @on(messages.StatusChanged)
    def _status_changed(self, event: messages.StatusChanged) -> None:
        self.announce(event.sentence, event.ok)

    @on(messages.SendFinished)
    async def _send_finished(self, event: messages.SendFinished) -> None:
        if event.sentence:
            self.announce(event.sentence, event.ok)
        await self.refresh_all()

    @on(messages.FetchFinished)
    async def _fetch_finished(self, event: messages.FetchFinished) -> None:
        self.in_force = event.in_force
        try:
            await self.refresh_all()
        except PmmError as error:
            self.announce(error.sentence, False)
            return
        await self.navigation.follow_roles()
        self.announce(event.sentence, event.ok)
        if event.ok:
            self.background.send(forced=False)

    # ---- the end

    async def action_quit(self) -> None:
        """Save everything and end; stay open when a plan could not be saved."""
        await self._leave("")

    @on(messages.SchoolRequested)
    async def _open_school(self, event: messages.SchoolRequested) -> None:
        await self._leave(f"{SCHOOL}{event.npsn}")

    async def _leave(self, chosen: str) -> None:
        for screen in self._unsaved():
            if not await screen.save_all():
                return
        self.background.cancel()
        self.exit(chosen)

    def action_help_quit(self) -> None:
        """Ctrl+C: say how one leaves."""
        self.announce("Ctrl+Q menutup program; semua isian disimpan.", True)
