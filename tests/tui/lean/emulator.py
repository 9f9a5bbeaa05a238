"""A terminal in memory for the screen writer's tests: pyte, with the repetition that it leaves out."""

from __future__ import annotations

import re

import pyte

_UNKNOWN = re.compile(r"\x1b\[[<=>][0-?]*[ -/]*[@-~]|\x1b\[\?[0-9;]*[mnup$]+|\x1b\[[0-9]*[ -/]+[@-~]")
_LINK = re.compile(r"\x1b\]8;[^;]*;([^\x1b]*)\x1b\\")


class _Screen(pyte.Screen):
    """With links: pyte has none, so the place of `blink`, which nobody uses, holds the address."""

    last = " "

    def link(self, address: str) -> None:
        self.cursor.attrs = self.cursor.attrs._replace(blink=address)

    def select_graphic_rendition(self, *attrs: int, **kwargs: object) -> None:
        address = self.cursor.attrs.blink
        super().select_graphic_rendition(*attrs, **kwargs)
        self.link(str(address or ""))

    def draw(self, data: str) -> None:
        self.last = data[-1:] or self.last
        super().draw(data)

    def repeat(self, count: int = 1) -> None:
        self.draw(self.last * max(count, 1))


class _Stream(pyte.Stream):
    csi = {**pyte.Stream.csi, "b": "repeat"}
    events = frozenset([*pyte.Stream.events, "repeat"])


class Emulator:
    """Feed it what a program writes; `cells` tells what a person sees."""

    def __init__(self, width: int, height: int) -> None:
        self.screen = _Screen(width, height)
        self.screen.reset_mode(7, private=True)  # Textual switches line wrap off
        self.screen.set_mode(20)  # the system's own translation of line feeds stays on
        self._stream = _Stream(self.screen)

    def feed(self, text: str) -> None:
        """Take output."""
        for number, part in enumerate(_LINK.split(text)):
            if number % 2:
                self.screen.link(part)
            else:
                self._stream.feed(_UNKNOWN.sub("", part))

    def resize(self, width: int, height: int) -> None:
        """Change the size, as a user does."""
        self.screen.resize(height, width)

    def cells(self) -> list[list[tuple[str, ...]]]:
        """Each cell as text, colours, attributes and the address of its link; of a blank only what shows."""
        rows = []
        for y in range(self.screen.lines):
            row = []
            for x in range(self.screen.columns):
                c = self.screen.buffer[y][x]
                seen = c.data not in (" ", "")
                lines = ("u" if c.underscore else "") + ("r" if c.reverse else "") + ("s" if c.strikethrough else "")
                ink = ("b" if c.bold else "") + ("i" if c.italics else "")
                front = c.fg if seen or c.reverse or c.underscore or c.strikethrough else ""
                row.append((c.data, front, c.bg, lines, ink if seen else "", str(c.blink or "") if seen else ""))
            rows.append(row)
        return rows
