"""What the full look adds to a pane: digits that choose, counted letters, keys behind buttons, the words of the SKP below."""

from __future__ import annotations

from typing import Any, ClassVar, Literal

from msgspec.structs import replace
from textual import events
from textual.timer import Timer

from pmm_tui.services.plan_view import PlanView
from pmm_tui.tui.keys import keys_of
from pmm_tui.tui.panes.skp_words import below, step_name
from pmm_tui.tui.widgets import side_pane
from pmm_tui.tui.widgets.row_layout import height
from pmm_tui.tui.widgets.rows import Button, Choice, CursorRow, Field, Gap, Row, RowId
from pmm_tui.tui.widgets.sheet import Sheet

WIDE = 110
"""Cells from which on a second column tells the sentences of the SKP and what is wrong with the plan."""
_COUNTED = 100
"""Letters that a field has to take at least for them to be counted, once four fifths of them are there."""


class DressedSheet(Sheet):
    """The part of a pane that the thrifty look does without."""

    SECTION: ClassVar[str]
    NUMBERED: ClassVar[Literal["", "page", "group"]] = ""
    """Whether digits choose: counted over the page, or anew in each group, which an empty line begins."""

    def __init__(self, context: PlanView, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.context = context
        self._told: tuple[Row, ...] = ()  # the sentences of the SKP below the rows
        self._rest: Timer | None = None

    def _plan(self) -> PlanView:
        """The plan with the section as it stands in this pane."""
        raise NotImplementedError

    def on_resize(self, event: events.Resize) -> None:
        self.tell()

    # ---- the rows

    def section_rows(self) -> tuple[Row, ...]:
        """Return the rows of the section as they are now."""
        raise NotImplementedError

    def build_rows(self) -> tuple[Row, ...]:
        """Return the rows of the section, and below them how it will stand in the SKP."""
        rows = self.section_rows()
        if self.look.thrifty:
            return rows
        numbers = self._numbers(rows)
        return (*(self._dressed(row, numbers) for row in rows), *self._told)

    def _dressed(self, row: Row, numbers: dict[RowId, str]) -> Row:
        """A row with its digit, its count of letters, without edges where nothing can be typed; as only the full look has it."""
        if isinstance(row, Choice) and numbers:
            return replace(row, number=numbers.get(row.id, " "))
        if isinstance(row, Field):
            full = row.limit >= _COUNTED and len(row.value) * 5 >= row.limit * 4 and not row.note
            note = f"{len(row.value)}/{row.limit}" if full else row.note
            return replace(row, note=note, read_only=self.context.locked)
        return row

    def _numbers(self, rows: tuple[Row, ...]) -> dict[RowId, str]:
        """The digit of each choice that has one."""
        found: dict[RowId, str] = {}
        count = 0
        for row in rows if self.NUMBERED else ():
            if isinstance(row, Choice):
                count += 1
                if count <= 9:
                    found[row.id] = str(count)
            elif isinstance(row, Gap) and self.NUMBERED == "group":
                count = 0
        return found

    def row_numbered(self, digit: str) -> RowId:
        """The choice with this digit; empty for none."""
        return next((row_id for row_id, number in self._numbers(self.rows).items() if number == digit), "")

    def choose_numbered(self, row_id: RowId) -> None:
        """Choose by its digit: as Space does, which stays."""
        self.go_to(row_id)
        self.press(row_id, False)

    def key(self, action: str) -> str:
        """The first key of an action, to stand behind its button; none in the thrifty look."""
        return "" if self.look.thrifty else keys_of(action, getattr(self.app, "keymap", {}))[0]

    def onward(self, section: str) -> Button:
        """The button that leads to the next pane, and names it."""
        name = step_name(section, self.context.skema)
        label = name.partition(" ")[2] if self.look.thrifty else name
        return Button("lanjut", f"Lanjut ke {label}", right=self.key("bagian_berikut"), main=True)

    # ---- how it will stand in the SKP

    def follow(self) -> None:
        """Tell it anew once the keys rest: a letter must stay cheap on a thin line."""
        if self._rest is not None:
            self._rest.stop()
        self._rest = None if self.look.thrifty else self.set_timer(side_pane.REST, self.tell)

    @property
    def rests(self) -> bool:
        """Whether what stands below the rows is true now."""
        return self._rest is None

    def tell(self) -> None:
        """Tell it now, where there is room below the rows and no page beside them tells it."""
        if self._rest is not None:
            self._rest.stop()
        self._rest, self._told = None, ()
        width, room = self.size
        if not self.look.thrifty and self.display and width and self.app.size.width < WIDE:
            told = below(self.SECTION, self._plan(), self.cursor)
            lines = sum(height(row, width, False) for row in (*self.build_rows(), *told))
            self._told = told if lines <= room else ()
        self.rebuild_rows()
        self.repaint()

    def _movement_key(self, key: str, row: CursorRow | None) -> bool:
        if key.isdigit() and not isinstance(row, Field):
            if found := self.row_numbered(key):
                self.choose_numbered(found)
            return bool(found)
        return super()._movement_key(key, row)
