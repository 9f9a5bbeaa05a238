"""A sheet of rows under one cursor: headings, choices, fields and buttons in a single widget.

Enter, Tab and Down all mean "next"; Enter also chooses, Space toggles in place; typing goes into the field under the cursor.
"""

from __future__ import annotations

from msgspec.structs import replace
from textual import events

from pmm_tui.text import clean
from pmm_tui.tui.widgets.line_edit import EDIT_KEYS, LineEdit
from pmm_tui.tui.widgets.rows import Button, Choice, CursorRow, Field, Item, Row, RowId, Versions, cursor_rows
from pmm_tui.tui.widgets.scrolled_rows import ScrolledRows

DIGITS_ONLY = "Hanya angka."
"""What a field of digits says to a letter."""


class Sheet(ScrolledRows, can_focus=True):
    """The base of panes and dialogs; a subclass gives `build_rows` and answers `press` and `typed`."""

    _refused: RowId = ""
    """The field that was given a letter and takes digits only."""

    # ---- what a subclass says

    def build_rows(self) -> tuple[Row, ...]:
        """Return the rows as they are now."""
        raise NotImplementedError

    def press(self, row_id: RowId, advance: bool) -> None:
        """Answer Enter (`advance`: choose and go on) or Space (toggle, stay) on a choice, a button, or two versions."""

    def typed(self, row_id: RowId, value: str) -> None:
        """Answer a change of a field's text."""

    def cut(self, row: Field) -> None:
        """Answer a text that was longer than a field takes."""

    def asks(self, key: str) -> bool:
        """Whether a key would be taken for somebody's word here: then it has to be pressed by itself (see `key_runs`)."""
        return False

    def edge(self, direction: int) -> None:
        """Answer a step beyond the last (1) or before the first (-1) row."""

    def moved(self, origin: RowId, to: RowId) -> None:
        """Answer a move of the cursor from one row to another."""

    # ---- rows and cursor

    def rebuild(self, cursor: RowId | None = None, *, fresh: bool = False) -> None:
        """Build the rows anew; the cursor stays on its row if that still is there, or goes to `cursor`.

        A field that is being typed in keeps its text, so that typing never echoes, unless `fresh` asks for the row's own.
        """
        order = self._row_ids()
        at = order.index(self.cursor) if self.cursor in order else 0
        self._refused = ""
        self.rows = self.build_rows()
        ids = self._row_ids()
        wanted = self.cursor if cursor is None else cursor
        if wanted not in ids:
            wanted = ids[min(at, len(ids) - 1)] if ids else ""
        self._put(wanted, fresh)
        self.repaint()

    def go_to(self, row_id: RowId) -> bool:
        """Put the cursor on a row; false when there is no such row."""
        if row_id not in self._row_ids():
            return False
        origin = self.cursor
        self._put(row_id)
        if origin != row_id:
            self.moved(origin, row_id)
        self.repaint()
        return True

    def _row_ids(self) -> list[RowId]:
        return [found.id for row in self.rows for found in cursor_rows(row)]

    def _put(self, row_id: RowId, fresh: bool = False) -> None:
        row = self._row_of(row_id)
        if isinstance(row, Field) and (fresh or row_id != self.cursor):
            self._edit = LineEdit(row.value, len(row.value), row.digits and bool(row.value))
        self.cursor, self._free = row_id, False
        if self._refused not in ("", row_id):
            self._refuse("")

    def _row_of(self, row_id: RowId) -> CursorRow | None:
        return next((found for row in self.rows for found in cursor_rows(row) if found.id == row_id), None)

    def step(self, step: int, *, leave: bool = True) -> None:
        """Move the cursor by rows; a step beyond an end calls `edge`, unless `leave` is false."""
        ids = self._row_ids()
        if not ids:
            self.edge(1 if step > 0 else -1)
            return
        at = (ids.index(self.cursor) if self.cursor in ids else 0) + step
        if not 0 <= at < len(ids) and leave and abs(step) == 1:
            self.edge(step)
            return
        self.go_to(ids[min(max(at, 0), len(ids) - 1)])

    # ---- keys

    def on_key(self, event: events.Key) -> None:
        row = self._row_of(self.cursor)
        if self._movement_key(event.key, row) or (isinstance(row, Field) and self._field_key(event, row)):
            event.stop()
            event.prevent_default()

    def _movement_key(self, key: str, row: CursorRow | None) -> bool:
        page = max(self.size.height - 2, 1)
        steps = {"down": 1, "tab": 1, "up": -1, "shift+tab": -1, "pagedown": page, "pageup": -page}
        if key in steps:
            if key == "up" and row and row.id == self._row_ids()[0]:
                self._top = max(self._top - 1, 0)
                self.repaint()
            else:
                self.step(steps[key], leave=key != "down")  # the arrow never leaves the page; Enter and Tab do
        elif key in ("ctrl+home", "ctrl+end") or (key in ("home", "end") and not isinstance(row, Field)):
            self.step(-len(self.rows) - 1 if "home" in key else len(self.rows) + 1, leave=False)
        elif key == "enter" and isinstance(row, Field):
            self.step(1)
        elif key in ("left", "right") and isinstance(row, Button):
            self.step(1 if key == "right" else -1, leave=False)
        elif key in ("enter", "space") and isinstance(row, (Choice, Item, Button, Versions)):
            self.press(row.id, key == "enter")
        elif key == "enter" and row is None:
            self.edge(1)
        else:
            return False
        return True

    def _field_key(self, event: events.Key, row: Field) -> bool:
        if event.key in EDIT_KEYS:
            self._write(EDIT_KEYS[event.key](self._edit), row)
        elif event.character and event.is_printable:
            self._insert(event.character, row)
        else:
            return False
        return True

    def on_paste(self, event: events.Paste) -> None:
        row = self._row_of(self.cursor)
        if isinstance(row, Field):
            event.stop()
            self._insert(clean(event.text), row)

    def _insert(self, text: str, row: Field) -> None:
        if row.digits:
            asked, text = text, "".join(c for c in text if c.isascii() and c.isdigit())
            if bool(asked) != bool(text) or self._refused:
                self._refuse("" if text else row.id)
            if not text:
                return
        edit = self._edit.insert(text, row.limit)
        kept = len(edit.text) - (0 if self._edit.all_selected else len(self._edit.text))
        self._write(edit, row)
        if kept < len(text):
            self.cut(row)

    def _refuse(self, row_id: RowId) -> None:
        """Say under a field that it takes digits only, or take that back."""
        self._refused = row_id
        self.rebuild_rows()
        self.refresh(layout=True)
        self.repaint()

    def _write(self, edit: LineEdit, row: Field) -> None:
        changed = edit.text != self._edit.text
        self._edit = edit
        if changed:
            self.typed(row.id, edit.text)
            self.rebuild_rows()
        self.repaint()

    def rebuild_rows(self) -> None:
        """Build the rows anew after a letter, but for the field that is typed in."""
        rows = self.build_rows()
        if self._refused:
            rows = tuple(
                replace(row, note=DIGITS_ONLY, note_style="warning") if isinstance(row, Field) and row.id == self._refused else row
                for row in rows
            )
        self.rows = rows

    # ---- mouse, for those who have one

    def on_click(self, event: events.Click) -> None:
        row = self.row_under(event)
        if isinstance(row, CursorRow):
            self.go_to(row.id)
            if not isinstance(row, Field):
                self.press(row.id, isinstance(row, (Item, Button)) or (isinstance(row, Choice) and not row.tick))

    def on_mouse_scroll_down(self) -> None:
        self.step(1, leave=False)

    def on_mouse_scroll_up(self) -> None:
        self.step(-1, leave=False)
