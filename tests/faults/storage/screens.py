"""An operator at the screen who keeps book: what was typed when, and what the screen called saved."""

from __future__ import annotations

import os
import random
import re
import time
from collections.abc import Mapping, Sequence

from msgspec import Struct

from pmm_tui.skp.model import RencanaKinerja
from tests.faults.storage.parent import Parent, ParentTerminal
from tests.faults.storage.syscalls import Call
from tests.journeys.steps import QUEUED, inside, submit

FIELDS = ("uraian", "satuan", "bukti")
"""The fields that are typed into, from the top."""
AT_RISK = 0.5
"""Seconds of typing that a kill may cost."""
_LABEL = {"uraian": "Uraian RHK", "satuan": "Satuan", "bukti": "Bukti"}
_SAVED = re.compile(r"^ Tersimpan \d\d\.\d\d(?! \*)", re.M)
_LONGEST = 20  # letters in a field, so that all of it is in sight

Text = tuple[str, str, str]


def text_of(rencana: RencanaKinerja) -> Text:
    """The three fields in a plan."""
    rhk = rencana.pengembangan_kompetensi.rhk[0]
    return rhk.uraian, rhk.satuan, rhk.bukti


class State(Struct, frozen=True):
    """What the fields say after a key, when it was pressed, and how long the program had waited for a processor until then."""

    text: Text
    at: float
    queued: float


class Typing(ParentTerminal):
    """A screen open at the first RHK's fields. `states` is what the fields have said since, key by key.

    `promise` is the number of the newest of them that the screen has shown while it called everything saved.
    """

    def __init__(
        self,
        parent: Parent | None,
        env: Mapping[str, str],
        text: Text,
        chance: random.Random,
        *,
        work: Sequence[str] = (),
        call: Call | None = None,
    ) -> None:
        super().__init__(parent, env, work=work, call=call)
        self.promise = 0
        self._chance = chance
        self._inside = 0
        self._undo: list[Text] = []
        self._redo: list[Text] = []
        self._group = ""
        self.states = [State(text, time.perf_counter(), 0.0)]
        self._last_queued = self._dead = 0.0

    def ready(self) -> None:
        """Wait for the pane; raises Missing."""
        self.wait("RHK Pengembangan Kompetensi", inside(f"  {_LABEL['uraian']}"), "Tersimpan")

    # ---- keys, and what each has to do

    def something(self) -> None:
        """Do one of the things that operators do."""
        text = self.states[-1].text[self._inside]
        what = self._chance.random()
        if what < 0.6:
            for _ in range(self._chance.randrange(1, 9)):
                if len(self.states[-1].text[self._inside]) < _LONGEST:
                    self.letter(self._chance.choice("abcdefghijklmnopqrstuvwxyz"))
        elif what < 0.7 and text:
            self._press("backspace", self._replaced(text[:-1]))
        elif what < 0.8:
            self._step_history("ctrl+z", self._undo, self._redo)
        elif what < 0.85:
            self._step_history("ctrl+y", self._redo, self._undo)
        elif what < 0.95 and self._inside < 2:
            self._inside += 1
            self._press("down", self.states[-1].text)
        else:
            self._pane()

    def letter(self, letter: str) -> None:
        """Type a letter."""
        self._press(letter, self._replaced(self.states[-1].text[self._inside] + letter))
        self.look(self._chance.choice((0.0, 0.01, 0.03, 0.06)))

    def _replaced(self, text: str) -> Text:
        """The fields with another text in the current one; letters into one field are one step of undo."""
        now = self.states[-1].text
        if self._group != FIELDS[self._inside]:
            self._undo.append(now)
        self._group = FIELDS[self._inside]
        self._redo.clear()
        a, b, c = (text if n == self._inside else old for n, old in enumerate(now))
        return a, b, c

    def _step_history(self, key: str, source: list[Text], target: list[Text]) -> None:
        """Undo or redo where that changes what is seen; what was typed just before or is typed after may come on its wrong side."""
        now = self.states[-1].text
        if not source or source[-1] == now:
            return
        self._visible(now)
        target.append(now)
        self._group = ""
        self._press(key, source.pop())
        self._visible(self.states[-1].text)

    def _visible(self, text: Text) -> None:
        self.until(lambda screen: _fields(screen) == text, f"{text}")

    def _pane(self) -> None:
        """To the next pane, and often back."""
        self._press("ctrl+n", self.states[-1].text)
        self.wait("Tugas tambahan menurut SK")
        self.look(self._chance.random() * 0.05)
        self._press("ctrl+b", self.states[-1].text)
        self.wait("RHK Pengembangan Kompetensi")

    def _press(self, key: str, after: Text) -> None:
        self.states.append(State(after, time.perf_counter(), self._waited()))
        self.press(key)

    # ---- time

    def kill_now(self) -> None:
        """SIGKILL, now, unless a call was deadly before; then read what it had still written."""
        self._last_queued, self._dead = self._waited(), time.perf_counter()
        super().kill_now()
        if self._call:  # when that was is not known: surely not before its last word
            self._dead = self.chunks[-1].at

    def _waited(self) -> float:
        """Seconds that the program's threads have waited for a processor: a machine that is busy with others is not at fault."""
        waited = 0
        try:
            for task in os.listdir(f"/proc/{self.pid}/task"):
                with open(f"/proc/{self.pid}/task/{task}/schedstat", encoding="ascii") as file:
                    waited += int(file.read().split()[1])
        except (OSError, IndexError):
            return self.states[-1].queued if self.states else 0.0
        return waited / 1e9

    # ---- what the screen said

    def visible(self) -> int:
        """The number of the newest state that is on the screen."""
        self.look(0.05)
        shown = _fields(self.shown())
        return max((n for n, k in enumerate(self.states) if k.text == shown), default=0)

    def history(self) -> str:
        """What was typed and shown, for whoever has to find out why."""
        keys = (f"{k.at - self._dead:7.3f} {k.queued - self._last_queued:7.3f} {k.text}" for k in self.states)
        return "\n".join((f"promised: {self.promise}", *keys, self.shown()))

    def draw(self) -> bool:
        """Draw a frame, and note what it promises once a moment has brought nothing more.

        The system hands a frame over in pieces now and then (one in 300 blocks of 250 bytes, measured); half of one is no promise.
        """
        drawn = super().draw()
        if drawn and not self._frames and not self.read(0.001):
            self._note_promise(self.shown())
        return drawn

    def _note_promise(self, screen: str) -> None:
        if not _SAVED.search(screen) or "RHK Pengembangan Kompetensi" not in screen:
            return
        shown = _fields(screen)
        later = (n for n, k in enumerate(self.states[self.promise :], self.promise) if k.text == shown)
        self.promise = max(self.promise, next(later, self.promise))

    def allowed(self) -> set[Text]:
        """What may stand on the disk after the kill: nothing older than a promise, nothing typed more than half a second before."""
        at_risk = (n for n, k in enumerate(self.states) if self._dead - k.at - (self._last_queued - k.queued) <= AT_RISK)
        oldest = max(self.promise, next(at_risk, len(self.states)) - 1)
        return {k.text for k in self.states[oldest:]}


class Submission(ParentTerminal):
    """A screen open at the Rangkuman of a plan without fault.

    `queued` is whether the screen has said that the plan is queued, `receipt` the receipt that it has shown.
    """

    queued = False
    receipt = ""

    def submit(self) -> None:
        """Confirm and submit, up to the last key."""
        self.wait("Konfirmasi guru", inside("[ ] Sudah dikonfirmasi guru"))
        submit(self)
        self.press("enter")

    def wait_for_promise(self) -> None:
        """Wait until it is called queued or received."""
        self.until(lambda _: self.queued or bool(self.receipt), "a promise")

    def draw(self) -> bool:
        """Draw a frame, and note what it promises."""
        drawn = super().draw()
        if drawn and "Konfirmasi guru" in (screen := self.shown()):
            self.queued = self.queued or QUEUED in screen
            found = re.search(r"R-\w{4}-\w{4}", screen)
            self.receipt = found[0] if found else self.receipt
        return drawn


def _fields(screen: str) -> Text:
    a, b, c = (_content(screen, label) for label in _LABEL.values())
    return a, b, c


def _content(screen: str, label: str) -> str:
    found = re.search(rf"^.{{1,4}}{label} +▐(.*?) *▌", screen, re.M)
    return found[1] if found else ""
