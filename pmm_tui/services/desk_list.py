"""The head's list as a screen shows it: groups by state, a search, how far the approvals are, and a line of what waits."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from enum import Enum

import msgspec

from pmm_tui.services.decision_words import DECISION_WORDS, QueueState
from pmm_tui.services.decisions import QueueRow, filled
from pmm_tui.services.delivery_words import state_words
from pmm_tui.services.progress import Progress
from pmm_tui.services.roster_search import SearchTexts, matches, needles
from pmm_tui.services.status_words import time_words
from pmm_tui.skp.katalog import Katalog
from pmm_tui.store import Store
from pmm_tui.store.decision_entry import DecisionEntry


class DeskGroup(Enum):
    """The filters of the list: the word of each, and the state that it shows; None for all."""

    WAITING = ("Perlu disetujui", QueueState.WAITING)
    RETURNED = ("Dikembalikan", QueueState.RETURNED)
    APPROVED = ("Disetujui", QueueState.APPROVED)
    MISSING = ("Belum", QueueState.MISSING)
    ALL = ("Semua", None)

    def __init__(self, label: str, state: QueueState | None) -> None:
        self.label = label
        self.state = state

    def has(self, row: QueueRow) -> bool:
        """Whether a row belongs to it; what needs a look waits for the head, whatever stands."""
        if self.state is None or row.state is self.state:
            return True
        return self is DeskGroup.WAITING and bool(row.trouble)


def select_rows(rows: Iterable[QueueRow], group: DeskGroup, query: str, texts: SearchTexts) -> list[QueueRow]:
    """The rows of a group that a query means."""
    wanted = needles(query)
    return [row for row in rows if group.has(row) and (not wanted or matches(texts.of(row.pegawai), wanted))]


def count_rows(rows: Sequence[QueueRow], query: str, texts: SearchTexts) -> dict[DeskGroup, int]:
    """How many of those that a query means are in each group."""
    return {group: len(select_rows(rows, group, query, texts)) for group in DeskGroup}


def approvals(rows: Iterable[QueueRow]) -> Progress:
    """How far the approvals are: approved, waiting for the head, and the rest; `needs_you` are those that were returned."""
    counted = Counter(row.state for row in rows)
    returned = counted[QueueState.RETURNED]
    return Progress(counted[QueueState.APPROVED], counted[QueueState.WAITING], returned, counted[QueueState.MISSING])


def decision_state(decision: DecisionEntry) -> str:
    """What has become of a decision: which, whether it waits, and its receipt."""
    word = DECISION_WORDS[decision.keputusan]
    if decision.is_open:
        waits = "belum tentu sampai, dikirim lagi" if decision.keadaan == "unknown" else "menunggu dikirim"
        return f'Keputusan "{word}" {waits}'
    when = f" {time_words(decision.waktu_server)}" if decision.waktu_server else ""
    receipt = f", tanda terima {decision.tanda_terima}" if decision.tanda_terima else ""
    return f'Keputusan "{word}" {state_words(decision.keadaan, decision.catatan).short}{when}{receipt}'


def note_of(katalog: Katalog, reasons: Iterable[str], text: str) -> str:
    """The note for a teacher: the ready reasons in the catalogue's order, then what was written."""
    chosen = set(reasons)
    ready = [f"{reason.label}." for reason in katalog.alasan_kembali if reason.id in chosen]
    return "\n".join((*ready, *([text.strip()] if text.strip() else [])))


# ---- what is expected in one plan, kept until it is decided on


def own_expectations(store: Store, periode: str, pegawai_id: int) -> dict[str, str] | None:
    """The expectations that were written for this plan; None where the school's own count."""
    try:
        return msgspec.json.decode(store.reference.memo(_own(periode, pegawai_id)) or "null", type=dict[str, str] | None)
    except msgspec.DecodeError:
        return None


def set_own_expectations(store: Store, periode: str, pegawai_id: int, texts: dict[str, str] | None) -> None:
    """Keep them until the plan is decided on; None goes back to the school's own. Raises StorageError."""
    kept = "" if texts is None else msgspec.json.encode(filled(texts)).decode()
    store.reference.set_memo(_own(periode, pegawai_id), kept)


def _own(periode: str, pegawai_id: int) -> str:
    return f"keputusan/ekspektasi/{periode}/{pegawai_id}"
