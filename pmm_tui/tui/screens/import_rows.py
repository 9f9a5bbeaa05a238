"""What the preview of an import shows of each row, how many become what, and whether there is anything to save."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from rich.cells import cell_len

from pmm_tui.roster.model import ComparedRow, outcome_words
from pmm_tui.tui.widgets.line_text import Piece, fit
from pmm_tui.tui.widgets.look import Look, StyleName

_STYLE: dict[str, StyleName] = {
    "baru": "good", "diperbarui": "accent", "sama": "dim", "ditolak": "error", "perlu_diputuskan": "warning", "dilewati": "dim",
}  # fmt: skip
_SHORT = {"perlu_diputuskan": "putuskan"}


def _name_width(width: int, look: Look) -> int:
    """The cells of the name: on a narrow terminal what becomes of it and why count more."""
    return 28 if look.thrifty or 72 <= width < 100 else 22 if width < 72 else 36


def row_pieces(row: ComparedRow, look: Look, width: int, here: bool) -> list[Piece]:
    """Name, number in the file, what becomes of it, and the most important thing about it."""
    ellipsis, size = look.signs.ellipsis, _name_width(width, look)
    name = fit(row.name or "(tanpa nama)", size, ellipsis)
    number = f" {'brs ' + str(row.row):<8}" if look.thrifty else f"{row.row:>6}  "
    room = max(width - 2 - size - 1 - 7 - 12, 10)
    return [
        (f"{look.signs.cursor if here else ' '} {name}", None),
        (" " * (size - cell_len(name)) + number, None),
        (f"{_SHORT.get(row.outcome, row.outcome):<11}", look.styles.named(_STYLE[row.outcome])),
        (fit(_explanation(row, look), room, ellipsis), None),
    ]


def head_pieces(counts: Mapping[Any, int], look: Look, width: int) -> list[list[Piece]]:
    """How many rows become what, and the heads of the columns."""
    told: list[Piece] = []
    for outcome, count in counts.items():
        if count:
            style = look.styles.named(_STYLE[outcome])
            told += [(f"  {outcome_words(outcome).capitalize()} ", None), (str(count), style)]
    return [told, [(f"  {'Nama':<{_name_width(width, look)}}{'Baris':>6}  {'Menjadi':<11}Keterangan", look.styles.dim)]]


def nothing_to_save(rows: Sequence[ComparedRow]) -> str:
    """Say why there is nothing to save; empty where there is something."""
    if any(row.outcome in ("baru", "diperbarui") for row in rows):
        return ""
    if not rows:
        return "Tidak ada baris guru di berkas ini, jadi tidak ada yang disimpan. Esc kembali."
    if all(row.outcome == "ditolak" for row in rows):
        return "Semua baris ditolak, tidak ada yang dapat disimpan; perbaiki berkasnya. Esc kembali."
    return "Tidak ada yang baru atau berubah, jadi tidak ada yang perlu disimpan. Esc kembali."


def _explanation(row: ComparedRow, look: Look) -> str:
    """Return the most important thing about a row, in one line."""
    for remark in (*row.reasons, *row.warnings):
        return f"{remark.column}: {remark.message}"
    return ", ".join(
        f"{change.column}: {change.origin or '-'} {'>' if look.thrifty else look.signs.leads} {change.becomes}"
        for change in row.field_changes
    )
