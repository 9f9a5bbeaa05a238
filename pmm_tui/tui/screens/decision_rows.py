"""What Kotak Kirim says of a head's decisions: the columns, and the lines about the one under the cursor. Pure."""

from __future__ import annotations

from datetime import datetime

from pmm_tui.dates import clock, date_and_time, short_time
from pmm_tui.services.decision_words import DECISION_WORDS, trouble_sentence
from pmm_tui.services.desk_list import decision_state
from pmm_tui.skp.plan_state import State
from pmm_tui.store.decision_entry import DecisionEntry
from pmm_tui.store.decision_settle import STATUS
from pmm_tui.text import shorten
from pmm_tui.tui.screens.outbox_rows import Said, Told, server_time
from pmm_tui.tui.widgets.look import StyleName

_SENT: dict[str, tuple[State, StyleName]] = {"disetujui": (State.APPROVED, "good"), "dikembalikan": (State.RETURNED, "warning")}


def decision_words(entry: DecisionEntry, name: str, next_try: datetime | None) -> Said:
    """The words of a row: how the decision stands, whose plan, and which decision it is."""
    what = DECISION_WORDS[entry.keputusan]
    sign: State | None
    style: StyleName
    if entry.keadaan == "sent":
        word, end = STATUS[entry.keputusan], entry.tanda_terima
        sign, style = _SENT[word]
    elif entry.is_open:
        word, sign, style, end = "antre", State.QUEUED, "accent", f"{what}, {clock(next_try)}" if next_try else what
    elif entry.keadaan == "conflict":
        word, sign, style, end = "bentrok", State.CONFLICT, "error", what
    else:
        word, sign, style, end = "ditolak", State.TO_FIX, "error", what
    return Said(name, word, style, sign, str(entry.revisi), server_time(entry.waktu_server) or short_time(entry.dibuat), end)


def decision_lines(entry: DecisionEntry, name: str, next_try: datetime | None) -> list[Told]:
    """Whose plan, what was decided, what has become of it, and what to do."""
    lines: list[Told] = [(f"{shorten(name, 60)}, revisi {entry.revisi}", "strong")]
    if entry.keadaan in ("rejected", "conflict"):
        lines += [(trouble_sentence(entry), "error"), ("Enter membuka rencananya yang terbaru.", "")]
    else:
        lines.append((f"{decision_state(entry)}.", "accent" if entry.is_open else "good"))
    if entry.is_open:
        again = f"Dicoba lagi pukul {clock(next_try)}." if next_try else "Akan dikirim saat ada jaringan."
        lines.append((f"Aman di komputer ini sejak {date_and_time(entry.dibuat)}. {again}", ""))
    said = entry.said
    if said is not None and said.catatan:
        lines.append((f"Catatan: {said.catatan}", "warning"))
    return lines
