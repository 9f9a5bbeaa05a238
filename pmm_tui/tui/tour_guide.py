"""The tour in practice: offers it, looks how far it is whenever something was said on a screen, and tells it in one line there."""

from __future__ import annotations

import re
import sys
from typing import Any

from msgspec import structs
from textual.app import App

from pmm_tui.errors import PmmError
from pmm_tui.services import tour
from pmm_tui.services.how_started import as_typed
from pmm_tui.services.listing import KeptLines
from pmm_tui.services.tour_facts import Facts, Place, facts_of
from pmm_tui.services.tour_words import AGAIN
from pmm_tui.tui.actions import ACTIONS, GUIDED
from pmm_tui.tui.keys import actions_at, keys_in_force, keys_of
from pmm_tui.tui.palette_entry import Entry
from pmm_tui.tui.ports import Shell
from pmm_tui.tui.screens.screen import PmmScreen
from pmm_tui.tui.widgets.list_view import VirtualList
from pmm_tui.tui.widgets.tour_line import Said, TourLine

_KNOWN = frozenset(action.id for action in ACTIONS)
_HOLE = re.compile(r"\{(\w+)\}")


class TourGuide:
    """Leads through the steps of `services.tour` on the screens of an app; whatever the operator does instead is done."""

    def __init__(self, app: App[Any], shell: Shell) -> None:
        """Begin it where that was asked for, else offer it where it never was."""
        self._app, self._shell = app, shell
        self._memo = tour.read_memo(shell.store)
        self._offering = self._over = self._due = False
        self._begun = self._again = False  # begun a moment ago; and then nothing was left to do
        self._lines: KeptLines | None = None  # read with the first step
        for action in actions_at(GUIDED):
            if GUIDED in action.places:
                app.bind(",".join(keys_in_force(action.id, shell.keymap)), f"screen.{action.id}", show=False)
        if shell.services.tour:
            self._begin()
        elif not self._memo.state:
            self._offering = True
            self._remember(structs.replace(self._memo, state="ditawarkan"))

    @property
    def running(self) -> bool:
        """Whether it leads, or says its last words."""
        return self._memo.state == "jalan" or self._over

    def _remember(self, memo: tour.TourMemo) -> None:
        if memo != self._memo:
            self._memo = memo
            tour.keep_memo(self._shell.store, memo)

    # ---- what the operator does with it

    def turn(self) -> None:
        """Begin it or go on with it; close it where it runs."""
        self._offering = False
        if not self.running:
            self._begin()
        elif self._over:
            self._over = False
        else:
            self._remember(structs.replace(self._memo, state="ditutup"))
            self._tell(f"Tur ditutup; {self._key('tutup_tur')} melanjutkannya.")
        self.follow()

    def _begin(self) -> None:
        self._remember(tour.begin(self._memo))
        self._begun = True
        self._tell("")

    def skip(self) -> None:
        """Go on to the next step without doing this one; where it is only offered, offer it no more."""
        if self._offering:
            self._offering = False
        elif self._memo.state == "jalan" and (facts := self._facts()):
            self._take(tour.skip(self._memo, facts))
        self.follow()

    def entries(self) -> list[Entry]:
        """Return what the palette offers of it."""
        label = "Tutup tur" if self.running else "Mulai tur" if not self._memo.done else "Lanjutkan tur"
        offered = [
            Entry(id="tur", label=label, run=self.turn, scope="latihan", key=self._key("tutup_tur"), words="mulai belajar tur")
        ]
        if self._memo.state == "jalan":
            offered.append(
                Entry(id="tur:lewati", label="Lewati langkah tur ini", run=self.skip, scope="latihan", key=self._key("lewati_tur"))
            )
        return offered

    # ---- what it sees and says

    def follow(self) -> None:
        """Look how far it is, once all that happens now has happened."""
        if not self._due:
            self._due = True
            self._app.call_later(self._look)

    def _look(self) -> None:
        self._due = False
        screen = self._screen()
        if screen is None:
            return
        facts = self._facts() if self.running else None
        if facts and self._memo.state == "jalan":
            self._take(tour.advance(self._memo, facts))
            self._again, self._begun = self._begun and self._over, False
        for line in screen.query(TourLine):
            line.set(self._said(screen, facts), self._app.size)

    def _take(self, memo: tour.TourMemo) -> None:
        self._over = self._over or (memo.state == "selesai" and self._memo.state == "jalan")
        self._remember(memo)

    def _said(self, screen: PmmScreen, facts: Facts | None) -> Said | None:
        close, skip = self._key("tutup_tur"), self._key("lewati_tur")
        if self._offering and screen.PLACE == "daftar":
            return Said("Tur", "10 menit untuk yang baru", "", f"{close} mulai · {skip} tidak usah")
        if facts is None:
            return None
        told = tour.tell(self._memo, facts)
        sentence = self._with_keys((AGAIN if self._again else told.sentence).replace("{program}", as_typed(sys.argv[0])))
        if told.step is None:
            return Said("Tur", told.title, sentence, f"{close} tutup", long=True)
        return Said(f"Tur {told.number}/{told.of}", told.title, sentence, f"{skip} lewati · {close} tutup")

    def _facts(self) -> Facts | None:
        """What is there; None where it cannot be read, or nobody is there to be told."""
        screen, shell = self._screen(), self._shell
        if screen is None:
            return None
        if self._lines is None:
            self._lines = KeptLines(shell.store)
        section = screen.topic() if screen.PLACE == "rencana" else ""
        sought = any(listed.search for listed in screen.query(VirtualList))
        at = Place(screen.PLACE, section, screen.teacher_here(), sought)
        try:
            lines = self._lines.read(shell.in_force, shell.services.today())
            return facts_of(shell.store, lines, shell.in_force.periode, at, _KNOWN)
        except PmmError:
            return None  # told elsewhere, by whoever needs it

    def _screen(self) -> PmmScreen | None:
        """The screen of the place where the operator is, also while a question lies over it."""
        stack = reversed(self._app.screen_stack) if self._app.is_running else ()
        return next((screen for screen in stack if isinstance(screen, PmmScreen) and screen.is_mounted), None)

    def _tell(self, sentence: str) -> None:
        if screen := self._screen():
            screen.say(sentence)

    def _with_keys(self, sentence: str) -> str:
        """Put keys into the holes of a sentence; braces of a name are no holes."""
        return _HOLE.sub(lambda hole: self._key(hole[1]) if hole[1] in _KNOWN else hole[0], sentence)

    def _key(self, action_id: str) -> str:
        return keys_of(action_id, self._shell.keymap)[0]
