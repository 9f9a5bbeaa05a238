"""How a teacher's plan stands, in words and a sign: one definition for the list on the screen and on the command line."""

from __future__ import annotations

from collections.abc import Iterable
from enum import Enum
from typing import Protocol

from pmm_tui.errors import ShapeError
from pmm_tui.skp.model import Masalah, Rangkuman, RencanaKinerja
from pmm_tui.skp.periksa import is_complete
from pmm_tui.skp.wire import open_envelope


class State(Enum):
    """How a plan stands: its words, its sign, and the sign where there is only ASCII.

    The signs are all in WGL4, which the fonts of Windows consoles have.
    """

    NOT_STARTED = ("belum dimulai", "·", ".")
    DRAFT = ("draf", "…", "~")
    COMPLETE = ("lengkap", "○", "o")
    QUEUED = ("antre", "↑", "^")
    SENT = ("terkirim", "●", "*")
    TO_FIX = ("perlu diperbaiki", "×", "x")
    CONFLICT = ("bentrok", "≠", "#")
    APPROVED = ("disetujui", "√", "v")
    RETURNED = ("dikembalikan", "←", "<")
    CHANGED = ("berubah", "±", "+")
    NEWER = ("lebih baru di server", "»", ">")
    NOT_NEEDED = ("tidak perlu", "-", "-")

    def __init__(self, word: str, sign: str, plain_sign: str) -> None:
        self.word = word
        self.sign = sign
        self.plain_sign = plain_sign

    @property
    def short(self) -> str:
        """The word where there is little room."""
        return "baru di server" if self is State.NEWER else self.word

    @property
    def done(self) -> bool:
        """Whether the server has confirmed that it holds the plan as it stands; one that only waits to be sent is not done."""
        return self in (State.SENT, State.APPROVED)

    @property
    def is_submitted(self) -> bool:
        """Whether nothing is left to submit: the plan as it stands waits to be sent, or is `done`."""
        return self is State.QUEUED or self.done

    @property
    def is_open(self) -> bool:
        """Whether there is work left on the plan: it is needed, and neither waits to be sent nor is `done`."""
        return self is not State.NOT_NEEDED and not self.is_submitted

    @property
    def needs_look(self) -> bool:
        """Whether the server holds what nobody here has seen: ours goes only after a look at both."""
        return self in (State.CONFLICT, State.NEWER)

    @property
    def needs_attention(self) -> bool:
        """Whether somebody has to act before the plan can be done."""
        return self in (State.TO_FIX, State.CONFLICT, State.RETURNED, State.CHANGED, State.NEWER)


class SealedPlan(Protocol):
    """What this module has to know of the newest envelope of a plan; the outbox's own record is one."""

    @property
    def keadaan(self) -> str:
        """`queued`, `sending`, `unknown`, `sent`, `rejected`, `conflict` or `superseded`."""

    @property
    def line(self) -> bytes:
        """The sealed envelope."""

    @property
    def suntingan(self) -> int:
        """The edit of the draft that it was sealed from."""

    @property
    def status_server(self) -> str:
        """What the head has decided: `disetujui`, `dikembalikan`, or anything else while nothing is."""


def mark_counts(entry: SealedPlan | None, *, newer: bool) -> bool:
    """Whether the word that a teacher needs no plan counts: not while a plan is on its way, or the server's waits to be seen."""
    return not newer and (entry is None or entry.keadaan not in ("queued", "sending", "unknown", "conflict"))


def plan_state(
    rencana: RencanaKinerja | None, edit: int, masalah: Iterable[Masalah], entry: SealedPlan | None, *, newer: bool = False
) -> State:
    """Return how the plan of a teacher who needs one stands.

    `rencana` and `edit` are the draft's (None: never begun), `masalah` what `periksa` found in it, `entry` the newest
    envelope of the plan; `newer`: the server holds one that nobody here has seen.
    """
    unsent = State.COMPLETE if is_complete(tuple(masalah)) else State.DRAFT
    if newer and not (entry and entry.keadaan == "conflict"):
        return State.NEWER
    if entry is None or entry.keadaan == "superseded":
        return State.NOT_STARTED if rencana is None else unsent
    changed = changed_since(rencana, edit, entry)
    if is_returned(entry) and repeats_returned(rencana, edit, entry):
        return State.RETURNED  # another confirmation alone is nothing new to the head
    if entry.keadaan == "conflict":
        return State.CONFLICT
    if entry.keadaan == "rejected":
        return unsent if changed and unsent is State.COMPLETE else State.TO_FIX
    if changed:
        return State.CHANGED
    if entry.keadaan != "sent":
        return State.QUEUED
    return {"disetujui": State.APPROVED, "dikembalikan": State.RETURNED}.get(entry.status_server, State.SENT)


def changed_since(rencana: RencanaKinerja | None, edit: int, entry: SealedPlan) -> bool:
    """Whether the draft says something else than the envelope; an edit that was undone again is none."""
    if rencana is None or edit == entry.suntingan:
        return False
    try:
        return open_envelope(entry.line).rencana != rencana
    except ShapeError:
        return True


def is_returned(entry: SealedPlan | None) -> bool:
    """Whether the head has sent back what was sent last."""
    return entry is not None and entry.keadaan == "sent" and entry.status_server == "dikembalikan"


def to_go_on_with(rencana: RencanaKinerja, edit: int, entry: SealedPlan | None) -> RencanaKinerja:
    """Return the draft as it may go again: the teacher's confirmation of a returned revision does not count for the next one.

    One that was given since is an edit of the draft.
    """
    if entry is None or not is_returned(entry) or edit != entry.suntingan:
        return rencana
    return rencana.with_section(Rangkuman())


def repeats_returned(rencana: RencanaKinerja | None, edit: int, entry: SealedPlan | None) -> bool:
    """Whether a draft says what the head has sent back, whatever was confirmed since."""
    if rencana is None or entry is None or not is_returned(entry):
        return False
    if edit == entry.suntingan:
        return True
    try:
        return open_envelope(entry.line).rencana.with_section(Rangkuman()) == rencana.with_section(Rangkuman())
    except ShapeError:
        return False


def count_done(states: Iterable[State]) -> tuple[int, int]:
    """How many plans are done, and of how many that are needed."""
    done = [state.done for state in states if state is not State.NOT_NEEDED]
    return sum(done), len(done)
