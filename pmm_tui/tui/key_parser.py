"""What a terminal sends, as keys and pastes: a paste presses nothing, an answer and a key that a slow line cuts type nothing.

Textual's parser reads a letter at a time here, so that it is known which key is begun and how long ago.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from time import monotonic

from textual.constants import ESCAPE_DELAY
from textual.events import Key
from textual.message import Message

from pmm_tui.tui import terminal_answers as answers
from pmm_tui.tui.textual_private import XTermParser, is_settled, settle

LATE = 1.0
"""Seconds for which the rest of a key is waited for, and after which it is no longer known for what it is."""
TOGETHER = 0.1
"""Seconds within which letters belong to the bare paste before them."""

_ESC, _START, _END = "\x1b", "\x1b[200~", "\x1b[201~"
_DROPPED = dict.fromkeys((*range(9), 11, 12, *range(14, 32), 127, *range(128, 160)))
_OLD_MOUSE = "\x1b[M"  # three letters follow; from an SCO console it is all of F1
_LONGEST = 32  # letters: of a longer sequence Textual makes keys
_WHOLE = re.compile(r"\x1b(?:\[\[.|\[(?![M\[])[0-?]*[ -/]*[@-~]|O[@-~])", re.DOTALL)
_REST = re.compile(rf"\[|O[A-DFHMP-S]\Z|{answers.LATE_BEGINNING}")  # what follows the Esc of an arrow, function key or answer
_ANSWER = f"{answers.BEGINNING}{answers.PIECE}"
_SEQUENCE = re.compile(rf"\x1b(?:\[\[.|\[[0-?]*[ -/]*[@-~]|O[@-~]|{_ANSWER}(?:{answers.END}|\x1b\Z)?|)", re.DOTALL)
_OPEN = re.compile(rf"\x1b{_ANSWER}\x1b?\Z")  # an answer whose end is still to come
_REPORT = re.compile(r"\x1b\[(?:[IO]|\d+;\d+R|\?\d+;\d\$y)")  # focus, place of the cursor, what the terminal can do


def bracketed(read: str, *, goes_on: bool = False) -> str:
    """What was read at once, with the marks of a paste around it where it is one, on a console that sets none.

    Such a console hands out a paste as if it were typed, all at once: a line end and other letters in one read are a paste, and so
    is whatever comes with it. Keys stay keys: a held Enter is line ends alone, an arrow and Enter have no other letters. Where a
    paste `goes_on`, any letter belongs to it. Sequences are taken out, but for what the terminal reports by itself.
    """
    text = _SEQUENCE.sub("", read)
    ends = "\r" in text or "\n" in text
    letters = any(letter == "\t" or (letter >= " " and letter != "\x7f") for letter in text)
    if (ends and letters) or (goes_on and (ends or letters)):
        return f"{''.join(_REPORT.findall(read))}{_START}{text}{_END}{''.join(_OPEN.findall(read))}"
    return read


class PasteParser(XTermParser):
    """Takes control characters out of what is pasted: the parser would read some of them as keys, and keys can submit a plan.

    A paste ends at the last end mark of what was read at once: one inside of what is pasted does not end it, unless that is long.
    On a console that may set no marks (`bare`) the rule of `bracketed` holds until it has set some. An Esc alone is a key after a
    moment; what begins like an arrow or a function key is waited for, and dropped when it never ends. What the terminal answers as
    text is taken out, in however many reads it comes; any control character ends one that has no end.
    """

    def __init__(self, debug: bool = False, *, bare: bool = False, clock: Callable[[], float] = monotonic) -> None:
        super().__init__(debug)
        self._bare = bare
        self._clock = clock
        self._pasting = False
        self._before = ""  # the last letters outside of a paste: a start mark may come in two reads
        self._held = ""  # the last letters of a paste that may become an end mark
        self._begun = ""  # the letters of a key that is begun
        self._begun_at = 0.0  # when the last of them came
        self._is_rest = False  # whether its Esc was given out already
        self._late_until = 0.0
        self._bare_until = 0.0
        self._answer = ""  # the letters of an answer of the terminal
        self._answer_at = 0.0  # when it began
        self._ends_until = 0.0  # until when the end may come of one that was given up

    @property
    def settled(self) -> bool:
        """Whether time alone tells nothing more: no key is begun, and no answer."""
        return is_settled(self) and not self._answer

    def feed(self, data: str) -> Iterable[Message]:
        """Parse what was read; an empty text is the end."""
        if not data:
            yield from super().feed("")
            return
        for part, pasted in self._tamed(self._marked(data)):
            if pasted:
                yield from super().feed(part) if part else ()
            else:
                yield from self._keys(part)

    def tick(self) -> Iterable[Message]:
        """Tell what time makes of a key that is begun."""
        if self._answer:
            yield from self._unanswered(self._clock() - self._answer_at)
            return
        waited = self._clock() - self._begun_at
        if self._begun == _ESC:
            if waited >= ESCAPE_DELAY:
                self._begun = ""
                self._late_until = self._clock() + LATE
                yield from settle(self)
        elif not self._begun:
            yield from super().tick()
        elif waited >= (ESCAPE_DELAY if self._begun == _OLD_MOUSE else LATE) and not self._may_be_paste():
            self._begun = self._before = ""
            settle(self)

    def _may_be_paste(self) -> bool:
        """Whether a start mark is begun: without it what is pasted would be keys, however late the line brings the rest."""
        return _START.startswith(self._begun) and len(self._begun) > len("\x1b[")

    # ---- pastes

    def _marked(self, data: str) -> str:
        """Set the marks that a bare console does not set."""
        if not self._bare or self._pasting:
            return data
        if _START in data:
            self._bare = False
            return data
        answer = answers.length_of_rest(data) if self._answer else 0
        rest = data[answer:] if answer else data
        marked = bracketed(rest, goes_on=self._clock() < self._bare_until)
        if marked is rest:
            return data
        self._bare_until = self._clock() + TOGETHER
        return data[:answer] + marked

    def _tamed(self, data: str) -> Iterator[tuple[str, bool]]:
        """What was read, in parts, and of each whether it was pasted."""
        data, self._held = self._held + data, ""
        while data:
            if not self._pasting:
                at = (self._before + data).find(_START)
                end = len(data) if at < 0 else at + len(_START) - len(self._before)
                self._pasting = at >= 0
                self._before = "" if self._pasting else (self._before + data)[1 - len(_START) :]
                yield data[:end], False
                data = data[end:]
                continue
            text, mark, rest = data.rpartition(_END)
            if mark:
                yield text.replace(_END, "").translate(_DROPPED) + mark, True
                self._pasting, data = False, rest
                continue
            keep = next((n for n in range(len(_END) - 1, 0, -1) if data.endswith(_END[:n])), 0)
            self._held = data[len(data) - keep :]
            yield data[: len(data) - keep].translate(_DROPPED), True
            return

    # ---- keys

    def _keys(self, text: str) -> Iterator[Message]:
        if self._clock() < self._ends_until and (rest := answers.without_late_end(text)) != text:
            text, self._ends_until = rest, 0.0
        late = self._clock() < self._late_until and _REST.match(text)
        if not self._begun and (late or text.startswith(_START[1:])):
            self._is_rest = True
            text = _ESC + text
        self._late_until = 0.0
        for letter in text:
            yield from self._key(letter)

    def _key(self, letter: str) -> Iterable[Message]:
        """Hand a letter on; what is said of a key that never ended, or that nobody knows, is nobody's key."""
        if self._answer:
            return self._in_answer(letter)
        before = self._begun
        if before == _ESC and letter not in ("[", "O", _ESC):
            self._begun, self._is_rest = "", False
            settle(self)  # Textual has a table of what some terminals mean by Alt and a letter; here it is Alt and that letter
            if letter in answers.OPENERS:
                self._answer, self._answer_at = _ESC + letter, self._clock()
                return []
            return self._with_alt(letter)
        found = list(super().feed(letter))
        if letter == _ESC:
            self._begun = letter
        elif before:
            self._begun += letter
        else:
            return found
        self._begun_at = self._clock()
        broken = letter == _ESC and _is_sequence(before)
        if self.settled:
            broken = broken or self._is_rest or len(self._begun) > _LONGEST
            self._begun, self._is_rest = "", False
        elif _WHOLE.fullmatch(self._begun):
            settle(self)
            self._begun, self._is_rest = "", False
        return [message for message in found if not isinstance(message, Key)] if broken else found

    def _with_alt(self, letter: str) -> list[Message]:
        found = list(super().feed(letter))
        return [_alt(message) if isinstance(message, Key) else message for message in found]

    # ---- answers

    def _in_answer(self, letter: str) -> Iterator[Message]:
        """Take a letter of an answer; whatever cannot be in one is a key, and the answer is at its end."""
        text, self._answer = self._answer + letter, ""
        if len(text) == len("\x1b]1") and not answers.is_certain(text):
            yield from self._with_alt(text[1])
            yield from self._key(letter)
        elif text.endswith(answers.ENDS):
            yield from answers.told(text)
        elif text[-2] == _ESC:
            for key in text[-2:]:
                yield from self._key(key)
        elif letter != _ESC and (letter < " " or letter == "\x7f"):
            yield from self._key(letter)
        elif len(text) > answers.MOST:
            self._ends_until = self._clock() + answers.FORGET
        else:
            self._answer = text

    def _unanswered(self, waited: float) -> Iterator[Message]:
        """Tell what time makes of an answer that has begun."""
        text = self._answer
        if len(text) == len("\x1b]"):
            if waited >= LATE:
                self._answer, self._ends_until = "", self._clock() + answers.FORGET
                yield from self._with_alt(text[1])
        elif waited >= answers.PATIENCE:
            self._answer, self._ends_until = "", self._clock() + answers.FORGET
            if text.endswith(_ESC):
                yield from self._key(_ESC)


def _alt(key: Key) -> Key:
    """The key with Alt, which types nothing. Consoles of Linux send Alt and Tab for Shift and Tab."""
    name = key.key
    if name == "tab":
        return Key("shift+tab", None)
    return Key(f"alt+shift+{name.lower()}" if len(name) == 1 and name.isupper() else f"alt+{name}", None)


def _is_sequence(begun: str) -> bool:
    return begun[1:2] in ("[", "O") and begun != ""
