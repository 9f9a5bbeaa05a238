"""A line of text under edit, as a value: every key gives a new one."""

from __future__ import annotations

import re
from collections.abc import Callable

from msgspec import Struct

_WORD_LEFT = re.compile(r"\S*\s*$")
_WORD_RIGHT = re.compile(r"^\s*\S*")


class LineEdit(Struct, frozen=True):
    """Text and where the cursor stands in it, 0 to the text's length; with `all_selected` the next key replaces it all."""

    text: str = ""
    cursor: int = 0
    all_selected: bool = False

    def insert(self, text: str, limit: int) -> LineEdit:
        """Put `text` in at the cursor, as much of it as `limit` characters in all allow."""
        if self.all_selected:
            return LineEdit(text[:limit], len(text[:limit])) if text else self
        text = text[: max(limit - len(self.text), 0)]
        return LineEdit(self.text[: self.cursor] + text + self.text[self.cursor :], self.cursor + len(text))

    def _cut(self, start: int, end: int) -> LineEdit:
        return LineEdit() if self.all_selected else LineEdit(self.text[:start] + self.text[end:], start)

    @property
    def _word_left(self) -> int:
        """Where the word left of the cursor begins."""
        found = _WORD_LEFT.search(self.text[: self.cursor])
        return found.start() if found else 0

    @property
    def _word_right(self) -> int:
        """Where the word right of the cursor ends."""
        found = _WORD_RIGHT.search(self.text[self.cursor :])
        return self.cursor + (found.end() if found else 0)


EDIT_KEYS: dict[str, Callable[[LineEdit], LineEdit]] = {
    "left": lambda e: LineEdit(e.text, max(e.cursor - 1, 0)),
    "right": lambda e: LineEdit(e.text, min(e.cursor + 1, len(e.text))),
    "home": lambda e: LineEdit(e.text, 0),
    "end": lambda e: LineEdit(e.text, len(e.text)),
    "ctrl+left": lambda e: LineEdit(e.text, e._word_left),
    "ctrl+right": lambda e: LineEdit(e.text, e._word_right),
    "backspace": lambda e: e._cut(max(e.cursor - 1, 0), e.cursor),
    "delete": lambda e: e._cut(e.cursor, min(e.cursor + 1, len(e.text))),
    "ctrl+w": lambda e: e._cut(e._word_left, e.cursor),
    "ctrl+backspace": lambda e: e._cut(e._word_left, e.cursor),
    "ctrl+delete": lambda e: e._cut(e.cursor, e._word_right),
    "ctrl+u": lambda e: e._cut(0, e.cursor),
    "ctrl+k": lambda e: e._cut(e.cursor, len(e.text)),
}
"""What the editing keys do."""
