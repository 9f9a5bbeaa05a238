"""The words about decisions: how a plan stands in the head's list, and what has become of a decision."""

from __future__ import annotations

from datetime import datetime
from enum import Enum
from typing import TYPE_CHECKING, Any

from pmm_tui.dates import short_time
from pmm_tui.services.status_words import time_words
from pmm_tui.skp.wire import Keputusan
from pmm_tui.store.decision_entry import DecisionEntry, DeskPlan

if TYPE_CHECKING:
    from pmm_tui.store import OutboxEntry, Store
    from pmm_tui.sync.plan_history import History


class QueueState(Enum):
    """How a plan stands in the head's list: its word there, and as JSON has it."""

    WAITING = ("perlu disetujui", "perlu-disetujui")
    RETURNED = ("dikembalikan", "dikembalikan")
    APPROVED = ("disetujui", "disetujui")
    MISSING = ("belum diajukan", "belum-diajukan")

    def __init__(self, word: str, key: str) -> None:
        self.word = word
        self.key = key


DECISION_WORDS: dict[Keputusan, str] = {"setujui": "setujui", "kembalikan": "kembalikan", "buka": "buka kembali"}
"""What a decision is called."""


def decided_sentence(state: QueueState) -> str:
    """What is said of a plan that stands already as was asked."""
    return f"Sudah {state.word}, tidak ada yang berubah."


def trouble_sentence(decision: DecisionEntry) -> str:
    """What has become of a decision that did not come through, and what to do."""
    what = DECISION_WORDS[decision.keputusan]
    if decision.keadaan == "rejected":
        why = " ".join(masalah.pesan for masalah in decision.masalah)
        return f'Server menolak keputusan "{what}": {why}'.strip()
    held = decision.dipegang
    if held is None or not held.revisi:
        return f'Keputusan "{what}" tidak berlaku: server tidak memegang rencana ini lagi.'
    if held.revisi != decision.revisi:
        return f'Keputusan "{what}" tidak berlaku: revisi {held.revisi} sudah menggantikan yang dibaca; baca yang terbaru.'
    status = f"sudah {held.status}" if held.status else "sudah berubah"
    return f'Keputusan "{what}" tidak berlaku: rencana ini {status} dengan keputusan lain; ambil data, lalu baca keputusan itu.'


def decision_sentence(plan: DeskPlan) -> str:
    """What the head decided on a plan, when, and the note; empty while nothing is decided."""
    if plan.status not in ("disetujui", "dikembalikan"):
        return ""
    when = f" {time_words(plan.waktu)}" if plan.waktu else ""
    note = f" Catatan: {plan.catatan}" if plan.catatan else ""
    return f"{plan.status.capitalize()} kepala sekolah{when}.{note}"


def decided_when(store: Store, entry: OutboxEntry | None) -> str:
    """When the head decided on an envelope of ours, in few words; empty where nobody has, or where the server did not tell."""
    if entry is None or entry.keadaan != "sent" or entry.status_server not in ("disetujui", "dikembalikan"):
        return ""
    plan = store.decisions.plan(entry.pegawai_id, entry.periode)
    if plan is None or plan.sha256 != entry.sha256 or not plan.waktu:
        return ""
    try:
        return short_time(datetime.fromisoformat(plan.waktu))
    except (ValueError, OverflowError, OSError):  # the last two: a year that no clock of this computer knows
        return ""


def decision_json(plan: DeskPlan | None) -> dict[str, Any] | None:
    """The same for scripts; None while nothing is decided."""
    if plan is None or not decision_sentence(plan):
        return None
    told = {"revisi": plan.revisi, "status": plan.status, "catatan": plan.catatan, "waktu": plan.waktu}
    return {**told, "ekspektasi": plan.ekspektasi}


def history_lines(history: History) -> list[str]:
    """What became of a plan, newest first: decisions and revisions as they came, one line each, notes below."""
    told: list[tuple[int, int, str, list[str]]] = []
    for revision in history.revisi:
        by = f" dari {revision.oleh}" if revision.oleh else ""
        receipt = f", tanda terima {revision.tanda_terima}" if revision.tanda_terima else ""
        told.append((revision.revisi, 0, f"{time_words(revision.waktu)}: revisi {revision.revisi} diajukan{by}{receipt}", []))
    for number, decision in enumerate(reversed(history.keputusan), 1):
        word = DECISION_WORDS.get(decision.keputusan, decision.keputusan)  # type: ignore[call-overload]
        by = f" oleh {decision.oleh}" if decision.oleh else ""
        notes = [decision.catatan] if decision.catatan else []
        notes += [f"Ekspektasi {name}: {text}" for name, text in decision.ekspektasi.items()]
        told.append((decision.revisi, number, f"{time_words(decision.waktu)}: revisi {decision.revisi} {word}{by}", notes))
    lines = []
    for _, _, line, notes in sorted(told, key=lambda one: one[:2], reverse=True):
        lines += [line, *(f"  {note}" for note in notes)]
    return lines
