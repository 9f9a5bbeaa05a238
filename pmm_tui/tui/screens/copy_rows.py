"""What the preview of copying shows: how many plans become what, of each teacher the most important thing, and then all of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from rich.cells import cell_len

from pmm_tui.services.copy_words import not_copied_words
from pmm_tui.services.copying import CopyRow
from pmm_tui.skp.katalog_tables import Skema
from pmm_tui.skp.plan_carry import PARTS
from pmm_tui.tui.panes.registry import pane_label
from pmm_tui.tui.widgets.line_text import Piece, fit
from pmm_tui.tui.widgets.look import Look, StyleName

_ORDER = ("diganti", "sebagian", "diisi", "ditinggal", "tetap")
"""What a teacher's plan becomes; what has to be looked at comes first, and what stays as it is last."""
_TOLD = 3
"""How many of the things that are left to do are told."""
_STYLE: dict[str, StyleName] = {
    "diganti": "warning", "ditinggal": "error", "sebagian": "accent", "diisi": "good", "tetap": "dim",
}  # fmt: skip


def outcome(row: CopyRow) -> str:
    """What a plan becomes, in a word: `sebagian` where something could not come along."""
    if row.result != "diisi":
        return row.result
    return "diganti" if row.replaced else "sebagian" if row.left else "diisi"


def in_order(rows: Iterable[CopyRow]) -> list[CopyRow]:
    """What has to be looked at first, then by name."""
    return sorted(rows, key=lambda row: _ORDER.index(outcome(row)))


def count_words(rows: Sequence[CopyRow]) -> str:
    """How many become what."""
    counts = Counter(outcome(row) for row in rows)
    return ", ".join(f"{counts[word]} {word}" for word in _ORDER if counts[word])


def head_pieces(
    source: str, parts: Sequence[str], replace: bool, rows: Sequence[CopyRow], look: Look, width: int
) -> list[list[Piece]]:
    """What is copied and how; how many become what; the heads of the columns."""
    styles, counts = look.styles, Counter(outcome(row) for row in rows)
    which = "semua bagian" if len(parts) == len(PARTS) else f"{len(parts)} dari {len(PARTS)} bagian"
    how: Piece = ("yang terisi DIGANTI", styles.warning) if replace else ("yang terisi dibiarkan", None)
    room = max(width - len(which) - len(how[0]) - 10, 10)
    told: list[Piece] = []
    for word in _ORDER:
        if counts[word]:
            told += [(f"  {word.capitalize()} ", None), (str(counts[word]), styles.named(_STYLE[word]))]
    return [
        [("  ", None), (fit(source, room, look.signs.ellipsis), styles.strong), (f" · {which} · ", None), how],
        told,
        [(f"  {'Guru':<{_name_width(width)}} {'Menjadi':<10} Keterangan", styles.dim)],
    ]


def row_pieces(row: CopyRow, skema: Skema, look: Look, width: int, here: bool) -> list[Piece]:
    """Name, what becomes of the plan, and the most important thing about it."""
    ellipsis, size, word = look.signs.ellipsis, _name_width(width), outcome(row)
    name = fit(row.pegawai.nama, size, ellipsis)
    return [
        (f"{look.signs.cursor if here else ' '} {name}{' ' * (size - cell_len(name))} ", None),
        (f"{word:<10} ", look.styles.named(_STYLE[word])),
        (fit(_short(row, skema), max(width - size - 15, 10), ellipsis), None),
    ]


def detail_lines(row: CopyRow, skema: Skema) -> list[tuple[str, StyleName]]:
    """All that is to be known of one teacher."""
    lines: list[tuple[str, StyleName]] = [(f"{row.pegawai.nama}{f': {row.why}' if row.why else ''}", "strong")]
    new = [name for name in row.changed if name not in row.replaced]
    told: tuple[tuple[str, Sequence[str], StyleName], ...] = (
        ("Diganti", row.replaced, "warning"),
        ("Diisi", new, "good"),
        ("Sudah berisi, dibiarkan", row.kept, "dim"),
    )
    lines += [(f"{word}: {', '.join(pane_label(name, skema) for name in names)}", style) for word, names, style in told if names]
    if row.unconfirmed:
        lines.append(("Konfirmasi guru ditarik; guru membaca dan mengonfirmasi lagi", "warning"))
    lines += [(not_copied_words(one, skema), "warning") for one in row.left]
    if row.result == "diisi":
        lines.append((_afterwards(row), "dim"))
    return lines


def _afterwards(row: CopyRow) -> str:
    """What stops the plan afterwards: how much, and the first of it."""
    if not row.blocking:
        return "Sesudah ini lengkap"
    told = "; ".join(words.rstrip(".") for words in row.todo[:_TOLD])
    more = f"; dan {row.blocking - _TOLD} lagi" if row.blocking > _TOLD else ""
    return f"Sesudah ini {row.blocking} hal belum beres: {told}{more}"


def _name_width(width: int) -> int:
    return 20 if width < 72 else 28 if width < 110 else 36


def _short(row: CopyRow, skema: Skema) -> str:
    if row.why:
        return row.why
    if row.replaced:
        more = " dan konfirmasi guru ditarik" if row.unconfirmed else ""
        return ", ".join(pane_label(name, skema) for name in row.replaced) + more
    if row.left:
        return not_copied_words(row.left[0], skema)
    return f"{len(row.changed)} bagian, {row.blocking} hal belum beres" if row.blocking else f"{len(row.changed)} bagian, lengkap"
