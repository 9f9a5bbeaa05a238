"""What all panes of the form share: each is given a section of the plan, and tells of every edit of it."""

from __future__ import annotations

from typing import Any, ClassVar, Generic, TypeVar

from msgspec import structs
from textual.message import Message

from pmm_tui.dates import field_date, kept_date
from pmm_tui.services.plan_view import PlanView
from pmm_tui.skp.model import Section
from pmm_tui.tui.panes.dressed import DressedSheet
from pmm_tui.tui.widgets.look import StyleName
from pmm_tui.tui.widgets.rows import Choice, CursorRow, Field, Heading, Row, RowId, Text

S = TypeVar("S", bound=Section)


class SectionPane(DressedSheet, Generic[S]):
    """A pane of one section. Its own rows are the truth while it is edited: `read` never asks anyone else.

    An edit is painted when the screen has heard of it (`release`), so that no letter ever stands beside a status line which still
    calls everything saved.
    """

    SECTION: ClassVar[str]
    LABEL: ClassVar[str]
    SHORT_LABEL: ClassVar[str]
    HELP: ClassVar[str] = ""
    FOOTER: ClassVar[tuple[str, ...]] = ("bantuan", "bagian_berikut", "urung", "ajukan", "bagian_sebelum", "kembali")

    class Changed(Message):
        """The operator changed this section; edits of one `group` (letters typed into one field) are one step to undo."""

        def __init__(self, pane: SectionPane[Any], group: str = "") -> None:
            super().__init__()
            self.pane = pane
            self.group = group

    class ChangeRefused(Message):
        """The operator wanted to change a plan that is open for reading."""

    class Said(Message):
        """The pane has a sentence for the status line, which stays until the next edit."""

        def __init__(self, sentence: str) -> None:
            super().__init__()
            self.sentence = sentence

    class StepRequested(Message):
        """The operator goes on (1) or back (-1) from this pane."""

        def __init__(self, direction: int) -> None:
            super().__init__()
            self.direction = direction

    def __init__(self, context: PlanView) -> None:
        super().__init__(context, id=self.SECTION.replace("_", "-"))
        self._section: S = getattr(context.rencana, self.SECTION)
        self._visited: set[RowId] = set()
        self._held = False
        self._date_typed: tuple[RowId, str] = ("", "")

    def on_mount(self) -> None:
        self.rebuild(self.cursor or self.first_row())

    # ---- the section

    def read(self) -> S:
        """Return the section as it stands in this pane now."""
        return self._section

    def show(self, section: S) -> None:
        """Show another section (loading, undo), the cursor on what differs; an equal one changes nothing: typing never echoes."""
        if section != self._section:
            before = self.build_rows()
            self._section, self._date_typed = section, ("", "")
            self.rebuild(_first_change(before, self.build_rows()), fresh=True)
            self.follow()

    def replace(self, section: S, cursor: RowId | None = None) -> bool:
        """Take an edit: show it, and tell the screen if it changes anything; false where the plan is open for reading only."""
        changed = section != self._section
        if changed and self.context.locked:
            self.post_message(self.ChangeRefused())
            return False
        self._section = section
        self._held = self._held or changed
        self.rebuild(cursor, fresh=True)
        self.follow()
        if changed:
            self.post_message(self.Changed(self))
        return True

    def take_typed(self, section: S) -> None:
        """Take an edit that was typed; the field that is typed in is not built anew."""
        if section != self._section and self.context.locked:
            self.rebuild(fresh=True)
            self.post_message(self.ChangeRefused())
        elif section != self._section:
            self._section = section
            self._held = True
            self.follow()
            self.post_message(self.Changed(self, f"{self.SECTION}:{self.cursor}"))

    def rebuild_rows(self) -> None:
        """Build the rows anew, unless the screen will: it answers each edit with all that is new around it."""
        if not self._held:
            super().rebuild_rows()

    def release(self) -> None:
        """Paint what was edited: the screen has heard of it."""
        self._held = False
        self.repaint()

    def repaint(self) -> None:
        """Paint again, unless the screen has not heard yet of what would be painted."""
        if not self._held:
            super().repaint()

    def _plan(self) -> PlanView:
        """The plan with the section as it stands in this pane."""
        return structs.replace(self.context, rencana=self.context.rencana.with_section(self._section))

    def adapt(self, context: PlanView) -> None:
        """Take what is new around the section: problems, totals, status."""
        self.context = context
        if self.is_attached and self.display:
            self.rebuild()

    # ---- cursor

    def first_row(self) -> RowId:
        """Return the row where a first visit begins."""
        return ""

    def row_of(self, pointer: str) -> RowId:
        """Return the row that a problem's pointer means."""
        return pointer.removeprefix(f"/{self.SECTION}/")

    def go_to_place(self, remembered: str, pointer: str = "") -> None:
        """Put the cursor where a problem's pointer says (the pane's start when the row is not there), or on a row remembered."""
        if pointer:
            if not self.go_to(self.row_of(pointer)):
                self.go_to(self.first_row())
            return
        found = next((row_id for row_id in self._row_ids() if str(row_id) == remembered), None)
        if found is not None:
            self.go_to(found)

    def moved(self, origin: RowId, to: RowId) -> None:
        """Remember which fields were visited: only those are complained about, and only once they are left."""
        self._visited.add(origin)
        self._date_typed = ("", "")
        self.rows = self.build_rows()
        self.follow()

    def _take_date(self, row_id: RowId, typed: str) -> str:
        """Return what is kept of a date that is being typed; its field keeps the letters until it is left."""
        self._date_typed = (row_id, typed)
        return kept_date(typed)

    def _date_text(self, row_id: RowId, kept: str) -> str:
        """Return a date as it stands in its field."""
        return self._date_typed[1] if self._date_typed[0] == row_id else field_date(kept)

    def complaint(self, row_id: RowId, pointer: str = "") -> tuple[str, StyleName]:
        """Return the sentence under a field that was visited and left with a problem, and its style; empty for none."""
        if row_id == self.cursor or row_id not in self._visited:
            return "", ""
        pointer = pointer or f"/{self.SECTION}/{row_id}"
        found = next((m for m in self.context.masalah if m.pointer == pointer), None)
        if found is None:
            return "", ""
        message = found.pesan if self.look.thrifty else f"{self.look.signs.problem} {found.pesan}"
        return message, "error" if found.halang else "warning"

    def cut(self, row: Field) -> None:
        """Say that not all of what was typed or pasted has room."""
        self.post_message(self.Said(f"{row.label} dipotong pada {row.limit} {'angka' if row.digits else 'huruf'}"))

    def edge(self, direction: int) -> None:
        """Leave the pane."""
        self.post_message(self.StepRequested(direction))


def _first_change(before: tuple[Row, ...], now: tuple[Row, ...]) -> RowId | None:
    """The row to look at after an undo: what is chosen now and was not, else the first that is another or new."""
    at = next((n for n, (old, new) in enumerate(zip(before, now, strict=False)) if old != new and not isinstance(new, Heading)), 0)
    known = set(before)
    rest = [row for row in now[at:] if isinstance(row, CursorRow)]
    other = [row for row in rest if row not in known]
    chosen = [row for row in other if isinstance(row, Choice) and row.chosen]
    return next((row.id for row in (*chosen, *rest)), None) if at else None


def scheme_note(view: PlanView, section: str) -> list[Row]:
    """What the scheme says above a part of the plan; mostly nothing."""
    note = view.skema.step_note(section)
    return [Text(note, "dim")] if note else []
