"""Carrying the plans of an earlier period over into another: each teacher's own, by the scheme and catalogue that hold there."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date

from msgspec import Struct

from pmm_tui.errors import InputError, ShapeError
from pmm_tui.services.copying import CopyTrial, Source, rows_onto
from pmm_tui.services.in_force import InForce
from pmm_tui.skp.katalog import Katalog
from pmm_tui.skp.katalog_tables import Periode
from pmm_tui.skp.model import Pegawai, RencanaKinerja
from pmm_tui.skp.plan_carry import PARTS, filled_parts, whose
from pmm_tui.skp.wire import open_envelope
from pmm_tui.store import Store


class Offer(Struct, frozen=True):
    """What could be carried over: plans of how many teachers, and of which period (its id and its name)."""

    count: int = 0
    periode: str = ""
    label: str = ""

    def __bool__(self) -> bool:
        """Whether there is anything to offer."""
        return self.count > 0


NO_OFFER = Offer()


def try_carry_over(
    store: Store,
    in_force_of_old: InForce,
    in_force: InForce,
    today: date,
    ids: Collection[int],
    parts: Iterable[str] = PARTS,
    *,
    replace: bool = False,
) -> CopyTrial:
    """Tell what carrying the older period's plans over would do for the teachers with these ids; `do_copy` does it.

    Nothing is changed. Of each teacher it is the draft of the older period; where there is none here, the newest plan that was
    sealed or that the server is known to hold. That the Rapor Pendidikan was read does not come over: the new period has another.
    Raises InputError when both are one period, StorageError.
    """
    old = in_force_of_old.periode
    if old == in_force.periode:
        raise InputError(f"Periode asal dan tujuan sama ({in_force.label}); tulis dua periode yang berbeda.")
    plans = earlier_plans(store, old)
    label = f"Dibawa dari {in_force_of_old.label}"

    def own_plan(pegawai: Pegawai) -> Source | str:
        plan = plans.get(pegawai.id)
        if plan is None:
            return f"belum ada rencana {in_force_of_old.label} di sini"
        form = _form_of(plan, pegawai, in_force_of_old.katalog)
        return Source("bawa", label, plan, old, form, pegawai.id, in_force_of_old.katalog)

    rows = rows_onto(store, in_force, today, ids, own_plan, parts, replace=replace, own=True)
    return CopyTrial(Source("bawa", label, RencanaKinerja(), old, named=in_force_of_old.katalog), rows)


def earlier_plans(store: Store, periode: str) -> dict[int, RencanaKinerja]:
    """The plan of each teacher in a period that says anything, by id: the draft, else what was sealed or is held of it."""
    plans = {one: draft.rencana for one, draft in store.drafts.all(periode).items()}
    lines = {entry.pegawai_id: entry.line for entry in reversed(store.outbox.all(periode)) if entry.keadaan != "superseded"}
    lines |= {one: held.line for (one, _), held in store.held.unseen(periode).items() if held.line}
    for one, line in lines.items():
        if one not in plans:
            try:
                plans[one] = open_envelope(line).rencana
            except ShapeError:
                continue
    return {one: plan for one, plan in plans.items() if filled_parts(plan)}


def offers(store: Store, in_force: InForce) -> Offer:
    """What could be carried over from the period before into one in which no plan was begun here; nothing otherwise.

    Raises StorageError.
    """
    before = previous_periode(in_force.katalog, in_force.periode)
    if before is None or store.drafts.edits(in_force.periode):
        return NO_OFFER
    besides = set(store.not_needed.all(in_force.periode))
    besides.update(store.outbox.standing(in_force.periode), (one for one, _ in store.held.unseen(in_force.periode)))
    known = {one.id for one in store.roster.all()} - besides
    count = len(known.intersection(earlier_plans(store, before.id)))
    return Offer(count, before.id, before.label) if count else NO_OFFER


def previous_periode(katalog: Katalog, periode: str) -> Periode | None:
    """The period that ended last before another began.

    A server's catalogue has only its own period: then the bundled one tells.
    """
    from pmm_tui.skp.katalog_reader import bundled  # lazy: the server's catalogue may know it

    for known in (katalog, bundled()):
        at = known.find_periode(periode)
        earlier = [one for one in known.periode if at is not None and one.selesai < at.mulai]
        if earlier:
            return max(earlier, key=lambda one: one.selesai)
    return None


def _form_of(plan: RencanaKinerja, pegawai: Pegawai, katalog: Katalog) -> str:
    """Whose form a plan follows: who became or ceased to be a head has one of the other kind, by its indicators."""
    form = whose(katalog, pegawai.jenis_ptk)
    chosen = plan.praktik_pembelajaran.indikator
    if form and chosen and all(_is_teachers(katalog, one) for one in chosen):
        return ""
    if not form and chosen:
        heads = next((s for s in katalog.sasaran if all(any(i.id == one for i in s.indikator) for one in chosen)), None)
        return heads.id if heads else ""
    return form


def _is_teachers(katalog: Katalog, item_id: str) -> bool:
    return any(one.id == item_id for one in katalog.indikator)
