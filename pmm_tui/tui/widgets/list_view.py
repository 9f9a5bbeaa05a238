"""A long list of one-line rows in a single widget: only what is visible is ever painted. Typing searches."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from textual import events
from textual.message import Message
from textual.strip import Strip

from pmm_tui.text import clean
from pmm_tui.tui.widgets.canvas import LineCanvas
from pmm_tui.tui.widgets.line_edit import EDIT_KEYS, LineEdit
from pmm_tui.tui.widgets.line_text import Piece, over_all, wrap

EmptyLine = str | Sequence[Piece]
"""A line that is shown where there are no rows."""
PaintRow = Callable[[int, int, bool], list[Piece]]
MAX_QUERY = 60
_KEPT_ROWS = 256  # painted rows that are kept: more than any screen shows
_MOVING = ("home", "end", "left", "right")  # these move the list, or nothing: the query is always edited at its end


def _lines(line: EmptyLine, width: int) -> list[Sequence[Piece]]:
    """The lines that one takes: a text is wrapped, pieces are a line."""
    return [[("  " + part, None)] for part in wrap(line, width - 3)] if isinstance(line, str) else [line]


class VirtualList(LineCanvas, can_focus=True):
    """Rows under a cursor; `paint_row(index, width, here)` gives the pieces of one, `here` where the cursor is on it."""

    class Selected(Message):
        """Enter on a row, or a click on the row under the cursor."""

        def __init__(self, listed: VirtualList, index: int) -> None:
            super().__init__()
            self.listed = listed
            self.index = index

        @property
        def control(self) -> VirtualList:
            """The list."""
            return self.listed

    class Searched(Message):
        """The search text changed."""

        def __init__(self, listed: VirtualList, search: str) -> None:
            super().__init__()
            self.listed = listed
            self.search = search

    class CursorMoved(Message):
        """The cursor went to another row; `scrolled`: and the rows with it."""

        def __init__(self, listed: VirtualList, index: int, *, scrolled: bool) -> None:
            super().__init__()
            self.listed = listed
            self.index = index
            self.scrolled = scrolled

    def __init__(self, paint_row: PaintRow, *, search: bool = False, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self._paint_row = paint_row
        self._searchable = search
        self._edit = LineEdit()
        self._top = 0
        self._empty: Sequence[EmptyLine] = ()
        self.total = 0
        self.cursor = 0
        self._painted: dict[tuple[int, int, bool], Strip] = {}

    @property
    def search(self) -> str:
        """The search text."""
        return self._edit.text

    def select_search(self) -> None:
        """Let the next letter begin another search: what was searched for has been found."""
        self._edit = LineEdit(self._edit.text, len(self._edit.text), bool(self._edit.text))

    def set_rows(self, total: int, cursor: int | None = None, empty: Sequence[EmptyLine] = ()) -> None:
        """Show `total` rows with the cursor on `cursor` (default: where it is); `empty` is said when there are none."""
        self.total, self._empty = total, empty
        self.cursor = min(max(self.cursor if cursor is None else cursor, 0), max(total - 1, 0))
        self.repaint()

    # ---- keys

    def on_key(self, event: events.Key) -> None:
        page = max(self.size.height - 1, 1)
        steps = {
            "down": 1, "tab": 1, "up": -1, "shift+tab": -1, "pagedown": page, "pageup": -page,
            "home": -self.total, "end": self.total, "ctrl+home": -self.total, "ctrl+end": self.total,
        }  # fmt: skip
        if event.key in steps:
            self.move(steps[event.key])
        elif event.key == "enter":
            if self.total:
                self.post_message(self.Selected(self, self.cursor))
        elif self._searchable and event.key == "escape" and self._edit.text:
            self._write(LineEdit())
        elif self._searchable and event.key in EDIT_KEYS and event.key not in _MOVING:
            self._write(EDIT_KEYS[event.key](self._edit))
        elif self._searchable and event.character and event.is_printable and self._is_letter(event.character):
            self._write(self._edit.insert(event.character, MAX_QUERY))
        else:
            return
        event.stop()
        event.prevent_default()

    def on_paste(self, event: events.Paste) -> None:
        if self._searchable:
            event.stop()
            self._write(self._edit.insert(clean(event.text), MAX_QUERY))

    def _is_letter(self, character: str) -> bool:
        """Whether a key is typed into the search: a blank only once it has begun, a star, which no name has, never."""
        return character != "*" and (character != " " or bool(self._edit.text))

    def _write(self, new: LineEdit) -> None:
        changed = new.text != self._edit.text
        self._edit = new
        if changed:
            if new.text:  # emptied, the list is whole again around the row that was found
                self.cursor = self._top = 0
            self.post_message(self.Searched(self, new.text))

    def move(self, step: int) -> None:
        """Move the cursor by so many rows, as far as there are rows."""
        at = min(max(self.cursor + step, 0), max(self.total - 1, 0))
        if at != self.cursor:
            self.cursor, top = at, self._top
            super().repaint()  # the rows are as they were
            self.post_message(self.CursorMoved(self, at, scrolled=self._top != top))

    def on_click(self, event: events.Click) -> None:
        at = self._top + event.y
        if at < self.total:
            if at == self.cursor:
                self.post_message(self.Selected(self, at))
            else:
                self.move(at - self.cursor)

    def on_mouse_scroll_down(self) -> None:
        self.move(1)

    def on_mouse_scroll_up(self) -> None:
        self.move(-1)

    # ---- painting

    def repaint(self) -> None:
        """Paint again, from rows that may have changed."""
        self._painted.clear()
        super().repaint()

    def paint(self, width: int, height: int) -> list[Strip]:
        """Paint the visible rows."""
        if not self.total:
            return [self.line(*pieces, width=width) for line in self._empty for pieces in _lines(line, width)]
        self._top = min(max(self._top, self.cursor - height + 1), self.cursor, max(self.total - height, 0))
        last = min(self._top + height, self.total)
        return [self._row(at, width, at == self.cursor) for at in range(self._top, last)]

    def _row(self, at: int, width: int, here: bool) -> Strip:
        key = at, width, here
        if key not in self._painted:
            if len(self._painted) >= _KEPT_ROWS:
                self._painted.clear()
            pieces, styles = self._paint_row(at, width, here and (self.look.thrifty or not self.away)), self.look.styles
            if here and not self.look.thrifty:
                pieces = over_all(pieces, styles.cursor_away if self.away else styles.cursor, width)
            self._painted[key] = self.line(*pieces, width=width)
        return self._painted[key]
