"""Answers that a terminal sends as text (OSC, DCS, APC): how one begins and ends, and what one tells of the background."""

from __future__ import annotations

import re

from textual.message import Message

OPENERS = "]P_"
"""What follows the Esc of such an answer; alone it is Alt and that key."""
PATIENCE = 5.0
"""Seconds after which an answer is given up whose end has not come; what follows is typed again."""
FORGET = 30.0
"""Seconds in which the end of one that was given up is still known for what it is."""
MOST = 4096
"""Letters that an answer has at most."""
ENDS = ("\x07", "\x9c", "\x1b\\")

ASK_BACKGROUND = "\x1b]11;?\x1b\\"
"""Asks for the colour of the background."""

BEGINNING = r"(?:\][0-9lL\x07]|P[0-9!$+>|]|_[ -~])"
"""What follows the Esc of an answer that is certain: a number, a kind; no key and then a letter."""
PIECE = r"[^\x00-\x1f\x7f\x9c]*"
END = r"(?:\x07|\x9c|\x1b\\)"
LATE_BEGINNING = r"\][\dlL]|P(?:\d?[$+]r|>\||!\|)|_G"
"""The same, where the Esc came so long before that it was taken for a key."""

_CERTAIN = re.compile(f"\x1b{BEGINNING}")
_REST = re.compile(f"{PIECE}(?:{END}|\x1b\\Z)?")
_LATE_END = re.compile(f"{PIECE}{END}")
_BACKGROUND = re.compile(r"\x1b\]11;(?:rgba?:([0-9a-f]{1,4})/([0-9a-f]{1,4})/([0-9a-f]{1,4})|#([0-9a-f]{6}))", re.IGNORECASE)
_WEIGHTS = (0.2126, 0.7152, 0.0722)  # how bright the eye finds red, green and blue


class BackgroundTold(Message):
    """The terminal has told whether its background is light."""

    def __init__(self, light: bool) -> None:
        super().__init__()
        self.light = light


def is_certain(begun: str) -> bool:
    """Whether an Esc and the two letters behind it begin an answer."""
    return _CERTAIN.match(begun) is not None


def length_of_rest(read: str) -> int:
    """How many letters at the beginning of a read belong to an answer that is open."""
    found = _REST.match(read)
    return found.end() if found else 0


def without_late_end(read: str) -> str:
    """A read without the end, at its beginning, of an answer that was given up."""
    return _LATE_END.sub("", read, count=1) if _LATE_END.match(read) else read


def told(answer: str) -> list[Message]:
    """What an answer tells that somebody wants to know."""
    found = _BACKGROUND.match(answer)
    if found is None:
        return []
    parts = [found[4][at : at + 2] for at in (0, 2, 4)] if found[4] else [found[n] for n in (1, 2, 3)]
    shares = [int(part, 16) / (16 ** len(part) - 1) for part in parts]
    return [BackgroundTold(sum(weight * share for weight, share in zip(_WEIGHTS, shares, strict=True)) > 0.5)]
