"""The lines above the list of teachers: how far the school is, the filters and the search, the headings."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct
from rich.cells import cell_len

from pmm_tui.services.account_states import STATES
from pmm_tui.services.progress import Progress
from pmm_tui.services.roster_filter import NONE, Column, Group, RosterFilter, is_descending
from pmm_tui.tui.screens.list_head import ROOMY, chip, progress_line, search_field
from pmm_tui.tui.screens.roster_columns import Columns, ThriftyColumns, list_width
from pmm_tui.tui.widgets.line_text import Piece, ends, fit, wrap
from pmm_tui.tui.widgets.lines import Line
from pmm_tui.tui.widgets.look import Look

_WIDE = 100
"""Columns from which the stage's advice has room beside the bar."""
_LEAST_BAR, _LEAST_ADVICE = 12, 24
_LEAST_FIELD = 14
"""Cells of the search field, its edges with it; more chips than leave so many are not shown."""


class RosterHead(Struct, frozen=True, kw_only=True):
    """All that the lines above the list tell."""

    group: Group
    wanted: RosterFilter
    column: Column
    turned: bool
    counts: dict[Group, int]
    shown: int
    progress: Progress
    marked: int
    clock: str
    stage: str
    advice: tuple[str, ...]
    """What the stage of the day asks for, in sentences."""
    keys: tuple[str, str]
    """The keys of the next group and of more filters."""

    def lines(self, width: int, look: Look) -> list[Line]:
        """The lines on a terminal of a width; a clock that cannot be right goes above all else."""
        clock = [((" ", None), (line, look.styles.warning)) for line in wrap(self.clock, width - 2)] if self.clock else []
        if look.thrifty:
            return [*clock, *self._thrifty(width, look)]
        headings = Columns.at(list_width(width)).headings(
            look, self.column, descending=is_descending(self.column, turned=self.turned)
        )
        return [*clock, self._progress(width, look), self._chips(width, look), [headings]]

    def _thrifty(self, width: int, look: Look) -> list[Line]:
        every = self.group is Group.ALL and not self._more()
        filtered = f"Semua guru ({self.shown})" if every else f"Saring: {self._filter_words()} ({self.shown})"
        marked = f"   {look.signs.marked} {self.marked}" if self.marked else ""
        said = f"Cari: {self.wanted.text}_   {filtered}   Urut: {self.column.word}{marked}"
        style = look.styles.accent if self.wanted.text else None
        return [
            [(" ", None), (ends(said, self.stage, width - 2), style)],
            [(" ", None), (ThriftyColumns.at(width).headings(), look.styles.dim)],
        ]

    def _filter_words(self) -> str:
        return ", ".join((self.group.label.lower(), *self._more())) if self.group is not Group.ALL else ", ".join(self._more())

    def _more(self) -> Sequence[str]:
        """The filters beside the group and the text."""
        wanted = self.wanted
        said = [word if word != NONE else "tanpa keterangan" for word in sorted((*wanted.kepegawaian, *wanted.jenis_ptk))]
        accounts = [f"belajar.id {STATES[word].label}" for word in sorted(wanted.belajar_id)]
        return [*said, *(["bermasalah"] if wanted.problems else []), *accounts]

    def _progress(self, width: int, look: Look) -> Line:
        """The bar and what it means; it gives way to what stands at the right end."""
        signs, styles, progress = look.signs, look.styles, self.progress
        words: list[Piece] = [(f" {progress.done} dari {progress.total} selesai", styles.strong)]
        if progress.waiting:
            words.append((f" {signs.dot} {progress.waiting} antre", styles.dim))
        if progress.needs_you:
            words.append((f" {signs.dot} {progress.needs_you} perlu Anda", styles.warning))
        told = []
        if not Columns.at(list_width(width)).has(self.column):
            sign = signs.bottom if is_descending(self.column, turned=self.turned) else signs.top
            told.append(f"urut: {self.column.heading} {sign}")
        if self.marked:
            told.append(f"{signs.marked} {self.marked} bertanda" if width >= ROOMY else f"{signs.marked} {self.marked}")
        if told or width < _WIDE:
            return progress_line(progress, words, "  ".join(told), width, look, styles.accent)
        room = width - 3 - sum(cell_len(text) for text, _ in words) - _LEAST_BAR - 2
        return progress_line(progress, words, self._asked(room, signs.ellipsis), width, look, styles.dim)

    def _asked(self, room: int, ellipsis: str) -> str:
        """The advice in a room, one blank before it: all, else of what runs now, then without the stage's name; else cut."""
        if not self.advice or room < _LEAST_ADVICE:
            return ""
        bare = self.advice[0].partition(": ")[2]
        bare = f"{bare[:1].upper()}{bare[1:]}"
        whole = (" ".join(self.advice), self.advice[0], bare)
        return f" {next((text for text in whole if cell_len(text) <= room), fit(bare, room, ellipsis))}"

    def _chips(self, width: int, look: Look) -> Line:
        styles = look.styles
        more = self._more()
        chips = list(Group)
        extra: list[Piece] = [(f"+ {', '.join(more)} ", styles.warning)] if more else []
        room = width - _LEAST_FIELD - 2 - sum(cell_len(text) for text, _ in extra)
        if sum(len(group.label) + len(str(self.counts[group])) + 3 for group in chips) > room:
            chips = [self.group]
            extra = [(f" {self.keys[0]} ganti ", styles.dim), *extra]
        pieces: list[Piece] = []
        for group in chips:
            pieces += chip(group.label, self.counts[group], look, here=group is self.group)
        pieces += extra
        used = sum(cell_len(text) for text, _ in pieces)
        return [(" ", None), *pieces, *search_field(self.wanted.text, width - used - 2, look)]
