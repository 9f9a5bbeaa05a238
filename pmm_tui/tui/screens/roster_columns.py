"""The columns of the list of teachers: how wide each is on a terminal of a width, the headings, and a row in pieces."""

from __future__ import annotations

from typing import NamedTuple

from rich.cells import cell_len

from pmm_tui.services.roster_filter import Column
from pmm_tui.skp.overview import PlanLine
from pmm_tui.skp.pane_marks import PaneMark
from pmm_tui.skp.plan_state import State
from pmm_tui.tui.widgets.line_text import Piece, fit
from pmm_tui.tui.widgets.look import Look, StyleName

WITH_PREVIEW = 100
"""Columns of the terminal from which the plan under the cursor stands beside the list."""
_LIST_WIDTHS = ((160, 104), (120, 80), (WITH_PREVIEW, 62))
_STATUS = 18
_MARKS = 5
_NUMBER = 18
_KEPEGAWAIAN = 20

STATE_STYLES: dict[State, StyleName] = {
    State.SENT: "good", State.APPROVED: "good", State.COMPLETE: "accent", State.QUEUED: "accent",
    State.TO_FIX: "error", State.CONFLICT: "error", State.RETURNED: "warning", State.CHANGED: "warning",
    State.NEWER: "warning", State.NOT_STARTED: "faint", State.NOT_NEEDED: "faint",
}  # fmt: skip
_PANE_STYLES: dict[PaneMark, StyleName] = {PaneMark.DONE: "good", PaneMark.PROBLEM: "error", PaneMark.EMPTY: "faint"}


def list_width(width: int) -> int:
    """The cells of the list on a terminal `width` cells wide; the preview has the rest, where there is any."""
    return next((listed for least, listed in _LIST_WIDTHS if width >= least), width)


def state_words(state: State, room: int) -> str:
    """A state as the list says it; what is complete waits for somebody to submit it."""
    if state is State.COMPLETE:
        return "siap diajukan"
    return state.word if cell_len(state.word) + 2 <= room else state.short


class Columns(NamedTuple):
    """How many cells each column has; 0 for one that is not there."""

    name: int
    number: int = _NUMBER
    kepegawaian: int = 0

    @classmethod
    def at(cls, width: int) -> Columns:
        """Share out a list's width: the name gets what the others leave."""
        number = _NUMBER if width >= 78 else 0
        kepegawaian = _KEPEGAWAIAN if width >= 100 else 0
        rest = sum(cells + 1 for cells in (number, kepegawaian) if cells) + 1 + _MARKS + 2 + _STATUS + 1  # the last cell stays free
        return cls(max(width - 3 - rest, 12), number, kepegawaian)

    def headings(self, look: Look, column: Column, *, descending: bool) -> Piece:
        """The line of headings, with a sign behind the one that is sorted by."""

        def head(shown: Column, text: str = "") -> str:
            sign = look.signs.bottom if descending else look.signs.top
            return f"{text or shown.heading} {sign}" if shown is column else text or shown.heading

        parts = [f"{head(Column.NAME):<{self.name}}"]
        if self.number:
            parts.append(f"{head(Column.NUMBER):<{self.number}}")
        if self.kepegawaian:
            parts.append(f"{head(Column.KEPEGAWAIAN, 'Pegawai'):<{self.kepegawaian}}")
        return f"   {' '.join(parts)} 12345  {head(Column.STATE)}", look.styles.dim

    def has(self, column: Column) -> bool:
        """Whether a column is shown, so that its heading can say that it is sorted by."""
        shown = {
            Column.NAME: True,
            Column.STATE: True,
            Column.NUMBER: bool(self.number),
            Column.KEPEGAWAIAN: bool(self.kepegawaian),
        }
        return shown.get(column, False)

    def row(self, line: PlanLine, look: Look, *, here: bool, marked: bool) -> list[Piece]:
        """A row of the list."""
        signs, styles, pegawai, state = look.signs, look.styles, line.pegawai, line.state
        name = fit(pegawai.nama, self.name, signs.ellipsis)
        pieces: list[Piece] = [
            (signs.cursor if here else " ", None),
            (signs.marked if marked else " ", styles.accent),
            (f" {name}{' ' * (self.name - cell_len(name))} ", None),
        ]
        if self.number:
            pieces.append((f"{pegawai.nip or pegawai.nuptk or '-':<{self.number}} ", None))
        if self.kepegawaian:
            told = fit(f"{pegawai.status_kepegawaian} {pegawai.golongan}".strip(), self.kepegawaian, signs.ellipsis)
            pieces.append((told + " " * (self.kepegawaian - cell_len(told) + 1), styles.dim))
        pieces += mark_pieces(line, look)
        word = f"  {look.state_sign(state)} {state_words(state, _STATUS)}"
        pieces.append((word, styles.named(STATE_STYLES.get(state, ""))))
        return pieces


def mark_pieces(line: PlanLine, look: Look) -> list[Piece]:
    """The five marks, like ones together; blank while the plan was not begun."""
    pieces: list[Piece] = []
    for mark in line.marks:
        sign, name = mark_sign(mark, look)
        style = look.styles.named(name)
        if pieces and pieces[-1][1] == style:
            pieces[-1] = (pieces[-1][0] + sign, style)
        else:
            pieces.append((sign, style))
    return pieces or [(" " * _MARKS, None)]


def mark_sign(mark: PaneMark, look: Look) -> tuple[str, StyleName]:
    """The sign of a pane's mark, and the name of its style."""
    signs = {PaneMark.DONE: look.signs.ok, PaneMark.PROBLEM: look.signs.problem, PaneMark.EMPTY: look.signs.open}
    return signs[mark], _PANE_STYLES[mark]


class ThriftyColumns(NamedTuple):
    """Name and state only: each word is waited for."""

    name: int

    @classmethod
    def at(cls, width: int) -> ThriftyColumns:
        """Share out the width of the screen."""
        return cls(max(width - 2 - 1 - _STATUS - 4, 12))

    def headings(self) -> str:
        """Return the line of headings."""
        return f" {'Nama':<{self.name}} Status"

    def row(self, line: PlanLine, look: Look, *, here: bool, marked: bool, numbered: bool) -> list[Piece]:
        """A row; of a plan not begun nothing is told, as most are so at first. `numbered`: another has the same name."""
        signs, styles, pegawai, state = look.signs, look.styles, line.pegawai, line.state
        number = pegawai.nip or pegawai.nuptk or "-"
        name = fit(f"{pegawai.nama} {number}" if numbered else pegawai.nama, self.name, signs.ellipsis)
        word = state.word if cell_len(state.word) + 2 <= _STATUS else state.short
        told = "" if state is State.NOT_STARTED else f"{look.state_sign(state)} {word}"
        head = (signs.cursor if here else " ") + (signs.marked if marked else " ")
        style = styles.named(STATE_STYLES.get(state, "") if state is not State.NOT_NEEDED else "")
        pieces: list[Piece] = [(f"{head}{name}{' ' * (self.name - cell_len(name))} ", None), (f"{told:<{_STATUS}}", style)]
        if line.blocking_count and not state.done:
            pieces.append((f"{line.blocking_count:>3}{signs.problem}", styles.error))
        return pieces
