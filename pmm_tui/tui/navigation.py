"""Where one goes: opens the screens, follows a problem's pointer, comes back to the last place. No other module knows them all."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from textual.app import App

from pmm_tui.services.roles import FirstScreen, Role, choose_role, first_screen
from pmm_tui.skp.model import Pegawai, section_of
from pmm_tui.tui.guide import Guide
from pmm_tui.tui.openings import Openings
from pmm_tui.tui.ports import Shell, Unsaved
from pmm_tui.tui.screens.roster import RosterScreen
from pmm_tui.tui.screens.screen import PmmScreen

FIRST_PLACES = ("daftar", "kepala")
"""The places of the screens that stand below all others."""
STAYING = ("kotak", "prasyarat")
"""The places over the list from which plans are opened, and to which one comes back from them."""


class Navigation(Openings):
    """Opens screens of an app over its first one, the list of teachers or the head's desk.

    All but the list are imported when they are first asked for.
    """

    def __init__(self, app: App[Any], shell: Shell) -> None:
        super().__init__(app, shell)
        self._role: FirstScreen = "operator"

    async def start(self, *, first_run: bool) -> None:
        """Open the first screen of the token's role, and over it the first-run wizard, the choice of a role, or the last place."""
        first = self._role = first_screen(self._shell.store)
        await self._app.push_screen(self._first(first))
        if first_run:
            from pmm_tui.tui.screens.settings import SettingsScreen

            await self._app.push_screen(SettingsScreen(first_run=True))
        elif first == "pilih":
            self._ask_role()
        elif first == "operator":
            await self._open_last_place()

    def begin_tour(self) -> Guide | None:
        """Return the tour for whoever practises as the operator; the head has none."""
        if first_screen(self._shell.store) != "operator":
            return None
        from pmm_tui.tui.tour_guide import TourGuide  # in practice only

        return TourGuide(self._app, self._shell)

    # ---- the role

    def _first(self, first: FirstScreen) -> PmmScreen:
        if first != "kepala":
            return RosterScreen()
        from pmm_tui.tui.screens.desk import DeskScreen

        return DeskScreen()

    def _ask_role(self) -> None:
        from pmm_tui.tui.screens.role_choice import ask_role

        if isinstance(self._app.screen, PmmScreen):
            ask_role(self._app.screen)

    async def take_role(self, role: Role) -> None:
        """Work on in a role: what is open is saved and closed, and the role's first screen takes the place of the other's."""
        choose_role(self._shell.store, role)
        self._role = "kepala" if role == "kepala_sekolah" else "operator"
        await self._show_first(self._role)

    async def follow_roles(self) -> None:
        """After a fetch: where the token has other roles now, go to their first screen, unless something is open over the list."""
        first = first_screen(self._shell.store)
        if first == self._role or not self._is_first(self._app.screen):
            return
        self._role = first
        await self._show_first(first)
        if first == "pilih":
            self._ask_role()

    async def _show_first(self, first: FirstScreen) -> None:
        await self._back_to_list()
        is_desk = isinstance(self._app.screen, PmmScreen) and self._app.screen.PLACE == "kepala"
        if is_desk != (first == "kepala"):
            self._shell.last_opened = None
            await self._app.switch_screen(self._first(first))

    @staticmethod
    def _is_first(screen: object) -> bool:
        return isinstance(screen, PmmScreen) and screen.PLACE in FIRST_PLACES

    async def open_reading(self, pegawai: Pegawai) -> None:
        """Open a plan as the head reads it, over the list or over the outbox that it was asked for from."""
        from pmm_tui.tui.screens.reading import ReadingScreen

        await self._clear_way()
        await self._app.push_screen(ReadingScreen(pegawai))

    async def open_review(self, ids: Sequence[int], words: str = "") -> None:
        """Go through the plans of these teachers, over the list."""
        from pmm_tui.tui.screens.review import TinjauScreen

        await self._back_to_list()
        if ids:
            await self._app.push_screen(TinjauScreen(ids, words))

    # ---- places

    async def _open_last_place(self) -> None:
        place = self._shell.last_place.read()
        if place is None or place.periode != self._shell.in_force.periode:
            return
        pegawai = self._shell.store.roster.get(place.pegawai)
        if pegawai is not None:
            await self.open_plan(pegawai, section=place.section, row=place.row)

    async def open_plan(
        self,
        pegawai: Pegawai,
        *,
        section: str = "",
        row: str = "",
        pointer: str = "",
        look: bool = False,
        instead: bool = False,
    ) -> None:
        """Open a teacher's plan, at a section, a row, or a problem's pointer.

        What lies over the list is closed first, but the outbox that it was asked for from. `look`: go on at once to the look at
        both, here and on the server. `instead`: in the place of the plan that is open, and was saved.
        """
        from pmm_tui.tui.panes.registry import ORDER
        from pmm_tui.tui.screens.rencana import RencanaScreen

        left = self._app.screen
        if not instead:
            await self._clear_way()
        elif not isinstance(left, RencanaScreen) or not await left.save_all():
            return
        if pointer:  # maybe a server's, which may say anything
            section = section_of(pointer)
            section, pointer = (section, pointer) if section in ORDER else ("rangkuman", "")
        plan = RencanaScreen(pegawai, section if section in ORDER else "", row, pointer)
        if instead and isinstance(left, RencanaScreen):
            await self._app.switch_screen(plan)
        else:
            await self._app.push_screen(plan)
        self._shell.last_opened = pegawai.id
        if look:
            await plan.action_beda()

    async def _clear_way(self) -> None:
        """Go back to the list, or stay at another one over it: from a plan one comes back to where it was asked for."""
        left = self._app.screen
        if isinstance(left, PmmScreen) and left.PLACE == "tinjau":  # it goes on where it was
            return
        stays = isinstance(left, PmmScreen) and left.PLACE in STAYING
        if stays and self._is_first(self._app.screen_stack[-2]):
            return
        await self._back_to_list()
        if stays:
            await self._app.push_screen(type(left)())

    async def _back_to_list(self) -> None:
        """Close what lies over the list, and wait for a plan: the list takes notice of it before another one is opened."""
        while not self._is_first(self._app.screen):
            if isinstance(self._app.screen, Unsaved):
                await self._app.screen.save_all()
                await self._app.pop_screen()
            else:
                self._app.pop_screen()
