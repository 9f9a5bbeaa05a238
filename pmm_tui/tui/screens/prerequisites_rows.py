"""Pra-perencanaan in pieces: the lines above the list, its rows, and what is told of the row under the cursor. Pure."""

from __future__ import annotations

from collections.abc import Mapping

from rich.cells import cell_len

from pmm_tui.dates import date_and_time
from pmm_tui.services.prerequisites import Prerequisites, again_words
from pmm_tui.services.prerequisites_list import ListRow, Show, SystemRow
from pmm_tui.skp.finding import Finding
from pmm_tui.skp.mending import System
from pmm_tui.skp.sync_messages import SyncMessage
from pmm_tui.text import shorten
from pmm_tui.tui.keys import keys_of
from pmm_tui.tui.ports import Keymap
from pmm_tui.tui.screens.list_head import chip, search_field
from pmm_tui.tui.widgets.line_text import Piece, ends, fit
from pmm_tui.tui.widgets.lines import Line
from pmm_tui.tui.widgets.look import Look, StyleName

Told = tuple[str, StyleName]
"""A line about a row, and the name of its style."""
_STYLES: dict[str, StyleName] = {"menghalangi": "error", "peringatan": "warning", "perlu dicek": "dim"}
_SIGNS = {"menghalangi": "!", "peringatan": "-", "perlu dicek": "?"}
_LEAST_FIELD = 12
_KEYS = {"F7": "atur", "Alt+T": "tidak_perlu"}
"""The keys that steps name as they are on paper, and their actions: here it is the key in force."""


def legend(look: Look) -> tuple[tuple[str, ...], ...]:
    """The signs of a row and what they mean."""
    meanings = {"menghalangi": "guru tidak dapat lanjut", "peringatan": "boleh lanjut", "perlu dicek": "belum tentu salah"}
    kinds = tuple((sign, f"{kind}: {meanings[kind]}", _STYLES[kind]) for kind, sign in _SIGNS.items())
    return ((look.signs.tick[True], "dicentang, diingat juga sesudah impor", "good"), *kinds)


def head_lines(
    found: Prerequisites | None, show: Show, counts: Mapping[Show, int], text: str, width: int, key: str, look: Look
) -> list[Line]:
    """How much there is, and the filters with the search."""
    styles = look.styles
    if found is None:
        return [[(" Memeriksa …", styles.dim)], [(" ", None)]]
    said = summary(found)
    if look.thrifty:
        searched = f"Cari: {text}_   {show.value} ({counts[show]})"
        return [[(" ", None), (ends(searched, said, width - 2), styles.accent if text else None)]]
    shown = list(Show)
    used = sum(len(one.value) + len(str(counts[one])) + 3 for one in shown)
    extra: list[Piece] = []
    if used + 1 > width or (text and used + 2 + _LEAST_FIELD > width):
        shown, extra = [show], [(f"{key} saringan lain ", styles.dim)]
    pieces = [piece for one in shown for piece in chip(one.value, counts[one], look, here=one is show)] + extra
    left = width - sum(cell_len(part) for part, _ in pieces) - 2
    field = search_field(text, left, look) if text or left >= 15 else []
    return [[(f" {said}", styles.strong)], [(" ", None), *pieces, *field]]


def summary(found: Prerequisites) -> str:
    """How many are to be mended, stop somebody, have to be looked at."""
    checks = sum(one.is_open and not one.mending.certain for one in found.findings)
    stops = f" ({len(found.blocking)} menghalangi)" if found.blocking else ""
    return f"{found.to_mend} perlu diperbaiki{stops}, {checks} perlu dicek"


def name_width(width: int) -> int:
    """The cells of a name in a list of that width."""
    return max(12, min(26, width // 4))


def row_pieces(row: ListRow, width: int, look: Look, *, here: bool) -> list[Piece]:
    """A row: a system's name with how many, or the tick, the kind, whose it is, and what is wrong."""
    signs, styles = look.signs, look.styles
    cursor: Piece = (f"{signs.cursor if here else ' '} ", None)
    if isinstance(row, SystemRow):
        ticked = f", {row.ticked} dicentang" if row.ticked else ""
        return [cursor, (row.system.label, styles.strong), (f"  {row.count} hal{ticked}", styles.dim)]
    name = fit(row.who, name_width(width), signs.ellipsis)
    room = max(width - 2 - 4 - 2 - name_width(width) - 2, 8)
    done = not row.is_open
    again = "masih ada; " if row.again_at else ""
    style = styles.faint if done and not row.again_at else None
    return [
        cursor,
        (f"{signs.tick[done]} ", styles.good if done else None),
        (f"{_SIGNS[row.kind]} ", styles.faint if done else styles.named(_STYLES[row.kind])),
        (name + " " * (name_width(width) - cell_len(name)) + " ", style),
        (again, styles.warning),
        (fit(row.sentence, room - cell_len(again), signs.ellipsis), style),
    ]


def detail_lines(row: ListRow, keymap: Keymap) -> list[Told]:
    """Whose it is, what is wrong, where and by whom it is mended, and the step."""
    if isinstance(row, SystemRow):
        ticked = f", {row.ticked} sudah dicentang" if row.ticked else ""
        return [(row.system.label, "strong"), (f"{row.count} hal diperbaiki di sana{ticked}.", "")]
    lines: list[Told] = [(f"{shorten(row.who, 40)}, {row.kind}", "strong"), (row.sentence, _STYLES[row.kind])]
    where = "Di sini" if row.system is System.HERE else f"Di {row.system.label}"
    step = row.next_step
    for key, action in _KEYS.items():
        step = step.replace(f"({key})", f"({keys_of(action, keymap)[0]})")
    lines += [(f"{where}, {row.mending.who}: {step}", "")]
    if row.again_at:
        lines.append((f"{again_words(row).capitalize()}.", "warning"))
    elif row.ticked_at:
        lines.append((f"Dicentang {date_and_time(row.ticked_at)}.", "good"))
    return lines


def step_lines(row: Finding, message: SyncMessage | None, keymap: Keymap) -> list[Told]:
    """The step at length, with what Bantuan Sinkron says of it."""
    lines = detail_lines(row, keymap)[1:]
    if message is not None:
        lines += [("", ""), (f"Pesan yang mungkin muncul di e-Kinerja bila ini belum beres: {message.pesan}", "strong")]
        lines += [(f"Sebabnya menurut Bantuan Sinkron: {message.sebab}", "")]
        lines += [(f"{number}. {step}", "") for number, step in enumerate(message.langkah, 1)]
    return lines
