"""A look at both: what stands here and what the server holds of a plan, and the decision between them.

Ours replaces what the server holds only after this look; taking the server's is always possible and can be undone.
"""

from __future__ import annotations

from collections.abc import Collection
from contextlib import suppress
from datetime import datetime

from msgspec import Struct

from pmm_tui.errors import InputError, ShapeError, StorageError
from pmm_tui.services.in_force import InForce
from pmm_tui.services.status_words import held_words
from pmm_tui.skp.model import RencanaKinerja
from pmm_tui.skp.plan_diff import FieldDifference, Place, combined, differences
from pmm_tui.skp.wire import open_envelope
from pmm_tui.store import OutboxEntry, Store
from pmm_tui.store.outbox_entry import HeldPlan
from pmm_tui.store.outbox_sealing import FOREIGN
from pmm_tui.text import shorten

NOT_HERE = "Isi rencana di server belum ada di komputer ini; ambil dulu dengan: pmm-tui tarik."
"""Why nothing can be decided yet."""


class Comparison(Struct, frozen=True, kw_only=True):
    """What differs between the draft here and the plan that the server holds.

    `seen`: that plan was sealed, taken or decided upon here before. `theirs` is None where its content is not here; `unreadable`
    tells that it was fetched and cannot be read, else it is yet to be fetched. `revision` is 0 where the server holds nothing.
    """

    plan: HeldPlan
    mine: RencanaKinerja
    theirs: RencanaKinerja | None
    seen: bool
    differences: tuple[FieldDifference, ...] = ()

    @property
    def revision(self) -> int:
        """The revision that the server holds."""
        return self.plan.revisi

    @property
    def unreadable(self) -> bool:
        """Whether the content was fetched and cannot be read."""
        return self.theirs is None and self.plan.read and self.revision > 0

    @property
    def absent(self) -> bool:
        """Whether the server holds a content that was not fetched yet: nobody has seen it, whatever they decide."""
        return self.theirs is None and not self.plan.read and self.revision > 0

    @property
    def whose(self) -> str:
        """Which revision it is, of whom and from when, for people."""
        return held_words(self.plan)


def compare(store: Store, in_force: InForce, pegawai_id: int, mine: RencanaKinerja | None = None) -> Comparison | None:
    """Compare the draft, or `mine` in its place, with what the server holds; None where it is not known to hold anything.

    A plan in conflict is compared also where the server holds nothing any more. In the database's thread.
    """
    periode = in_force.periode
    if mine is None:
        draft = store.drafts.get(pegawai_id, periode)
        mine = draft.rencana if draft else RencanaKinerja()
    unseen = store.held.get(pegawai_id, periode)
    plan = unseen or _ours(store, pegawai_id, periode)
    if plan is None:
        return None
    theirs = _content(plan)
    pegawai = store.roster.get(pegawai_id)
    katalog = in_force.katalog.for_jenis_ptk(pegawai.jenis_ptk if pegawai else "")
    found = differences(mine, theirs, katalog, periode) if theirs else ()
    return Comparison(plan=plan, mine=mine, theirs=theirs, seen=unseen is None, differences=found)


def take_theirs(store: Store, comparison: Comparison, at: datetime) -> None:
    """Make the server's plan the draft; the one before is kept, see `undo_take`. Raises InputError, StorageError."""
    if comparison.theirs is None:
        raise InputError(NOT_HERE)
    draft = store.drafts.get(comparison.plan.pegawai_id, comparison.plan.periode)
    store.held.take(comparison.plan, comparison.theirs, draft.edit + 1 if draft else 1, at, seen=True)


def undo_take(store: Store, pegawai_id: int, periode: str, at: datetime) -> bool:
    """Bring the draft back that gave way to the server's plan; false when there is none. Raises StorageError.

    The draft of now takes its place, so that a second time goes back.
    """
    return store.held.bring_back(pegawai_id, periode, at)


def note_shown(store: Store, newest: OutboxEntry | None, rencana: RencanaKinerja) -> None:
    """Note that a screen shows a plan that was taken in from another computer, when `rencana`, which it shows, is that plan.

    A disk that cannot take the note keeps nobody from reading.
    """
    if newest is None or newest.dilihat:
        return
    with suppress(ShapeError, StorageError):
        if open_envelope(newest.line).rencana == rencana:
            store.held.mark_shown(newest.pegawai_id, newest.periode)


def decide(store: Store, comparison: Comparison) -> None:
    """Note that the operator has looked at both and that what stands here may replace the server's.

    Raises InputError where the server's content is not here to be looked at, StorageError.
    """
    if comparison.absent:
        raise InputError(NOT_HERE)
    store.held.mark_seen(comparison.plan)


def settle(store: Store, comparison: Comparison, from_theirs: Collection[Place], at: datetime, needs_look: bool) -> RencanaKinerja:
    """Note the decision: these fields from the server, the rest from here; returns the plan that comes of it.

    What the server holds as a whole stands as sent. A revision of our own was decided upon before, unless the plan `needs_look`. In
    the database's thread; raises StorageError.
    """
    rencana = mixed(comparison, from_theirs)
    if rencana == comparison.theirs:
        take_theirs(store, comparison, at)
    elif needs_look or not comparison.seen:
        decide(store, comparison)
    return rencana


def mixed(comparison: Comparison, from_theirs: Collection[Place]) -> RencanaKinerja:
    """The plan with these fields from the server and the rest from here; not confirmed unless it is one of the two."""
    if comparison.theirs is not None and {one.place for one in comparison.differences} <= set(from_theirs):
        return comparison.theirs  # also where nothing but the teacher's word differs
    return combined(comparison.mine, comparison.theirs or comparison.mine, from_theirs)


def summary(comparison: Comparison, most: int = 3) -> str:
    """What differs, in half a sentence; at most so many fields by name."""
    if comparison.theirs is None:
        return "isinya belum ada di komputer ini"
    names = [shorten(one.label, 40) for one in comparison.differences]
    more = f" dan {len(names) - most} lagi" if len(names) > most else ""
    return f"beda: {', '.join(names[:most])}{more}" if names else "isinya sama"


def _ours(store: Store, pegawai_id: int, periode: str) -> HeldPlan | None:
    """What the server holds and this computer knows: sealed or taken here."""
    revision, sha256 = store.held.held(pegawai_id, periode)
    entry = store.outbox.with_digest(pegawai_id, periode, revision, sha256)
    if entry is None:
        shown = store.held.shown(pegawai_id, periode)
        if shown is not None and (shown.revisi, shown.sha256) == (revision, sha256):
            return shown
        newest = store.outbox.newest(pegawai_id, periode)
        in_conflict = newest is not None and newest.keadaan == "conflict"
        return HeldPlan(pegawai_id=pegawai_id, periode=periode, revisi=revision, sha256=sha256) if in_conflict else None
    return HeldPlan(
        pegawai_id=pegawai_id,
        periode=periode,
        revisi=revision,
        sha256=sha256,
        line=entry.line,
        tanda_terima=entry.tanda_terima,
        waktu=entry.waktu_server,
        status=entry.status_server,
        catatan="" if entry.catatan == FOREIGN else entry.catatan,
        oleh=entry.oleh or ("komputer lain" if entry.asal else "komputer ini"),
    )


def _content(plan: HeldPlan) -> RencanaKinerja | None:
    try:
        return open_envelope(plan.line).rencana if plan.line else None
    except ShapeError:
        return None
