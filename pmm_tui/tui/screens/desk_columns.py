"""The head's list in pieces: the lines above it, the columns, a row, and five lines of the plan under the cursor. Pure."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from msgspec import Struct
from rich.cells import cell_len

from pmm_tui.dates import short_date
from pmm_tui.services.decision_words import QueueState
from pmm_tui.services.decisions import QueueRow
from pmm_tui.services.desk_list import DeskGroup
from pmm_tui.services.plan_preview import employment, pane_contents
from pmm_tui.services.plan_reading import ReadingSheet
from pmm_tui.services.progress import Progress
from pmm_tui.skp.katalog import Katalog
from pmm_tui.skp.plan_state import State
from pmm_tui.skp.rangkuman import confirmation_words
from pmm_tui.tui.screens.list_head import ROOMY, chip, progress_line, search_field
from pmm_tui.tui.widgets.line_text import Piece, ends, fit
from pmm_tui.tui.widgets.lines import Line
from pmm_tui.tui.widgets.look import Look, StyleName

BESIDE = 100
"""Columns of the terminal from which the plan under the cursor stands beside the list."""
BELOW = 7
"""Lines of the plan below the list, where it does not stand beside it."""
_LIST = 52
_SENT, _STATE = 8, 15
_LEAST_FIELD = 12
_LABEL = 14

_STATES: dict[QueueState, tuple[State, StyleName]] = {
    QueueState.WAITING: (State.SENT, ""),
    QueueState.RETURNED: (State.RETURNED, "warning"),
    QueueState.APPROVED: (State.APPROVED, "good"),
    QueueState.MISSING: (State.NOT_STARTED, "faint"),
}


def list_width(width: int) -> int:
    """The cells of the list on a terminal `width` cells wide; the plan beside it has the rest, where there is any."""
    return _LIST if width >= BESIDE else width


def state_words(row: QueueRow, look: Look) -> tuple[str, StyleName]:
    """How a plan stands for the head, and the style of that: first what needs a look, then what is on its way, then what stands."""
    if row.trouble and row.decision is not None:
        conflict = row.decision.keadaan == "conflict"
        return f"{look.state_sign(State.CONFLICT if conflict else State.TO_FIX)} {'bentrok' if conflict else 'ditolak'}", "error"
    sign, style = _STATES[row.state]
    if row.pending:
        return f"{look.state_sign(State.QUEUED)} {row.state.word}", "accent"
    if row.state is not QueueState.WAITING:
        word = "belum" if row.state is QueueState.MISSING else row.state.word
        return f"{look.state_sign(sign)} {word}", style
    if row.opened:
        return f"{look.signs.ok} dibuka", "good"
    return (f"baru, rev {row.plan.revisi}" if row.plan and row.plan.revisi > 1 else "baru"), ""


class DeskColumns(NamedTuple):
    """How many cells each column has; 0 for one that is not there."""

    name: int
    sent: int = _SENT

    @classmethod
    def at(cls, width: int, *, thrifty: bool = False) -> DeskColumns:
        """Share out a list's width: the name gets what the others leave."""
        sent = _SENT if width >= 46 and not thrifty else 0
        return cls(max(width - 3 - (sent + 1 if sent else 0) - 1 - _STATE, 10), sent)

    def headings(self, look: Look, group: DeskGroup) -> Piece:
        """The line of headings."""
        sent = f" {'Terkirim':<{self.sent}}" if self.sent else ""
        last = "Dibuka" if group is DeskGroup.WAITING else "Keadaan"
        return f"   {'Guru':<{self.name}}{sent} {last}", look.styles.dim

    def row(self, row: QueueRow, look: Look, *, here: bool, marked: bool) -> list[Piece]:
        """A row of the list; who was not opened yet stands out."""
        signs, styles = look.signs, look.styles
        name = fit(row.pegawai.nama, self.name, signs.ellipsis)
        new = row.state is QueueState.WAITING and not row.opened
        pieces: list[Piece] = [
            (signs.cursor if here else " ", None),
            (signs.marked if marked else " ", styles.accent),
            (f" {name}", styles.strong if new else None),
            (" " * (self.name - cell_len(name)), None),
        ]
        if self.sent:
            pieces.append((f" {_sent_on(row):<{self.sent}}", styles.dim))
        word, style = state_words(row, look)
        return [*pieces, (f" {fit(word, _STATE, signs.ellipsis)}", styles.named(style))]


def _sent_on(row: QueueRow) -> str:
    """When the server stored the plan, as a day; nothing where it is none."""
    try:
        return short_date(datetime.fromisoformat(row.plan.sent_at).astimezone().date()) if row.plan and row.plan.sent_at else ""
    except (ValueError, OverflowError, OSError):  # the last two: a year that no clock of this computer knows
        return ""


class DeskHead(Struct, frozen=True, kw_only=True):
    """All that the lines above the list tell."""

    group: DeskGroup
    counts: dict[DeskGroup, int]
    text: str
    progress: Progress
    marked: int
    clock: str
    filter_key: str

    def lines(self, width: int, look: Look) -> list[Line]:
        """The lines on a terminal of a width; a clock that cannot be right goes above all else."""
        clock: list[Line] = [[(f" {self.clock}", look.styles.warning)]] if self.clock else []
        headings = DeskColumns.at(list_width(width), thrifty=look.thrifty).headings(look, self.group)
        if look.thrifty:
            marked = f"   {look.signs.marked} {self.marked}" if self.marked else ""
            said = f"Cari: {self.text}_   {self.group.label} ({self.counts[self.group]}){marked}"
            done = f"{self.progress.done} dari {self.progress.total} disetujui"
            return [*clock, [(" ", None), (ends(said, done, width - 2), look.styles.accent if self.text else None)], [headings]]
        return [*clock, self._progress(width, look), self._chips(width, look), [headings]]

    def _progress(self, width: int, look: Look) -> Line:
        signs, styles, progress = look.signs, look.styles, self.progress
        words: list[Piece] = [(f" {progress.done} dari {progress.total} disetujui", styles.strong)]
        if progress.needs_you:
            words.append((f" {signs.dot} {progress.needs_you} dikembalikan", styles.dim))
        right = f"{signs.marked} {self.marked}" if self.marked else ""
        bar = Progress(progress.done, progress.waiting, 0, progress.total - progress.done - progress.waiting)
        told = f"{right} bertanda" if right and width >= ROOMY else right
        return progress_line(bar, words, told, width, look, styles.accent)

    def _chips(self, width: int, look: Look) -> Line:
        groups = list(DeskGroup)
        used = sum(len(group.label) + len(str(self.counts[group])) + 3 for group in groups)
        extra: list[Piece] = []
        if used + 1 > width or (self.text and used + 2 + _LEAST_FIELD > width):
            groups, extra = [self.group], [(f"{self.filter_key} saringan lain ", look.styles.dim)]
        pieces = [piece for group in groups for piece in chip(group.label, self.counts[group], look, here=group is self.group)]
        pieces += extra
        used = sum(cell_len(text) for text, _ in pieces)
        field = search_field(self.text, width - used - 2, look) if self.text or width - used - 2 >= 15 else []
        return [(" ", None), *pieces, *field]


# ---- the plan under the cursor, in the lines below the list


def below_lines(sheet: ReadingSheet | None, row: QueueRow, katalog: Katalog, periode: str, width: int, look: Look) -> list[Line]:
    """A line, the name with the revision, and a line for each of the five parts; what changed is marked."""
    styles, signs = look.styles, look.signs
    right = employment(row.pegawai).partition(" · ")[0] + (f" · revisi {row.plan.revisi}" if row.plan else "")
    name = fit(row.pegawai.nama, max(width - cell_len(right) - 5, 8), signs.ellipsis)
    gap = width - cell_len(name) - cell_len(right) - 4
    lines: list[Line] = [
        [(signs.rule * width, styles.rule)],
        [(f"  {name}", styles.strong), (" " * gap, None), (right, styles.dim)],
    ]
    if sheet is None:
        return [*lines, [(f"  {row.state.word.capitalize()}", styles.dim)]]
    katalog = katalog.for_jenis_ptk(sheet.pegawai.jenis_ptk)
    skema = katalog.skema_periode(periode)
    changed = {change.section for change in sheet.changes}
    labels = ("Praktik", "Pengembangan", "Tugas", "Perilaku", "Konfirmasi")
    sections = ("praktik_pembelajaran", "pengembangan_kompetensi", "tugas_tambahan", "perilaku_kerja", "rangkuman")
    contents = (*pane_contents(sheet.rencana, katalog, skema)[:4], _confirmed(sheet))
    for number, (label, section, content) in enumerate(zip(labels, sections, contents, strict=True), 1):
        is_new = section in changed
        told = f"{content} (berubah)" if is_new else content
        style = styles.warning if is_new else None
        shown = fit(told, width - _LABEL - 5, signs.ellipsis)
        lines.append([(f"  {number} {label:<{_LABEL}}", styles.dim), (shown, style)])
    return lines


def _confirmed(sheet: ReadingSheet) -> str:
    return confirmation_words(sheet.rencana.rangkuman) or "belum dikonfirmasi"
