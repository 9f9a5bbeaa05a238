"""A sheet of rows under one cursor: headings, choices, fields and buttons in a single widget.

Enter, Tab and Down all mean "next"; Enter also chooses, Space toggles in place; typing goes into the field under the cursor.
"""

from __future__ import annotations

from textual import events

from pmm_tui.text import clean
from pmm_tui.tui.widgets.line_edit import TOMBOL, Sunting
from pmm_tui.tui.widgets.rows import Button, Choice, CursorRow, Field, Row, RowId
from pmm_tui.tui.widgets.scrolled_rows import ScrolledRows


class Lembar(ScrolledRows, can_focus=True):
    """The base of panes and dialogs; a subclass gives `susun_baris` and answers `tekan` and `ketik`."""

    # ---- what a subclass says

    def susun_baris(self) -> tuple[Row, ...]:
        """Return the rows as they are now."""
        raise NotImplementedError

    def tekan(self, row_id: RowId, lanjut: bool) -> None:
        """Answer Enter (`lanjut`: choose and go on) or Space (toggle, stay) on a choice or a button."""

    def ketik(self, row_id: RowId, nilai: str) -> None:
        """Answer a change of a field's text."""

    def ujung(self, arah: int) -> None:
        """Answer a step beyond the last (1) or before the first (-1) row."""

    def pindah(self, dari: RowId, ke: RowId) -> None:
        """Answer a move of the cursor from one row to another."""

    # ---- rows and cursor

    def muat_ulang(self, kursor: RowId | None = None, *, segar: bool = False) -> None:
        """Build the rows anew; the cursor stays on its row if that still is there, or goes to `kursor`.

        A field that is being typed in keeps its text, so that typing never echoes, unless `segar` asks for the row's own.
        """
        order = self._row_ids()
        at = order.index(self.kursor) if self.kursor in order else 0
        self.baris = self.susun_baris()
        ids = self._row_ids()
        wanted = self.kursor if kursor is None else kursor
        if wanted not in ids:
            wanted = ids[min(at, len(ids) - 1)] if ids else ""
        self._put(wanted, segar)
        self.perbarui()

    def ke(self, row_id: RowId) -> bool:
        """Put the cursor on a row; false when there is no such row."""
        if row_id not in self._row_ids():
            return False
        origin = self.kursor
        self._put(row_id)
        if origin != row_id:
            self.pindah(origin, row_id)
        self.perbarui()
        return True

    def _row_ids(self) -> list[RowId]:
        return [row.id for row in self.baris if isinstance(row, CursorRow)]

    def _put(self, row_id: RowId, fresh: bool = False) -> None:
        row = self._row_of(row_id)
        if isinstance(row, Field) and (fresh or row_id != self.kursor):
            self._edit = Sunting(row.value, len(row.value), row.digits and bool(row.value))
        self.kursor, self._free = row_id, False

    def _row_of(self, row_id: RowId) -> CursorRow | None:
        return next((row for row in self.baris if isinstance(row, CursorRow) and row.id == row_id), None)

    def geser(self, langkah: int, *, jauh: bool = True) -> None:
        """Move the cursor by rows; a step beyond an end calls `ujung`, unless `jauh` is false."""
        ids = self._row_ids()
        if not ids:
            self.ujung(1 if langkah > 0 else -1)
            return
        at = (ids.index(self.kursor) if self.kursor in ids else 0) + langkah
        if not 0 <= at < len(ids) and jauh and abs(langkah) == 1:
            self.ujung(langkah)
            return
        self.ke(ids[min(max(at, 0), len(ids) - 1)])

    # ---- keys

    def on_key(self, event: events.Key) -> None:
        row = self._row_of(self.kursor)
        if self._movement_key(event.key, row) or (isinstance(row, Field) and self._field_key(event, row)):
            event.stop()
            event.prevent_default()

    def _movement_key(self, key: str, row: CursorRow | None) -> bool:
        page = max(self.size.height - 2, 1)
        steps = {"down": 1, "tab": 1, "up": -1, "shift+tab": -1, "pagedown": page, "pageup": -page}
        if key in steps:
            if key == "up" and row and row.id == self._row_ids()[0]:
                self._top = max(self._top - 1, 0)
                self.perbarui()
            else:
                self.geser(steps[key], jauh=key != "down")  # the arrow never leaves the page; Enter and Tab do
        elif key in ("ctrl+home", "ctrl+end") or (key in ("home", "end") and not isinstance(row, Field)):
            self.geser(-len(self.baris) - 1 if "home" in key else len(self.baris) + 1, jauh=False)
        elif key == "enter" and isinstance(row, Field):
            self.geser(1)
        elif key in ("enter", "space") and isinstance(row, (Choice, Button)):
            self.tekan(row.id, key == "enter")
        elif key == "enter" and row is None:
            self.ujung(1)
        else:
            return False
        return True

    def _field_key(self, event: events.Key, row: Field) -> bool:
        if event.key in TOMBOL:
            self._write(TOMBOL[event.key](self._edit), row)
        elif event.character and event.is_printable:
            self._insert(event.character, row)
        else:
            return False
        return True

    def on_paste(self, event: events.Paste) -> None:
        row = self._row_of(self.kursor)
        if isinstance(row, Field):
            event.stop()
            self._insert(clean(event.text), row)

    def _insert(self, text: str, row: Field) -> None:
        if row.digits:
            text = "".join(c for c in text if c.isascii() and c.isdigit())
        self._write(self._edit.sisip(text, row.limit), row)

    def _write(self, edit: Sunting, row: Field) -> None:
        changed = edit.teks != self._edit.teks
        self._edit = edit
        if changed:
            self.ketik(row.id, edit.teks)
            self.susun_ulang()
        self.perbarui()

    def susun_ulang(self) -> None:
        """Build the rows anew after a letter, but for the field that is typed in."""
        self.baris = self.susun_baris()

    # ---- mouse, for those who have one

    def on_click(self, event: events.Click) -> None:
        row = self.row_at(event.y)
        if isinstance(row, CursorRow):
            self.ke(row.id)
            if not isinstance(row, Field):
                self.tekan(row.id, isinstance(row, Button) or not row.tick)

    def on_mouse_scroll_down(self) -> None:
        self.geser(1, jauh=False)

    def on_mouse_scroll_up(self) -> None:
        self.geser(-1, jauh=False)
