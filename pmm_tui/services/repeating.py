"""The last teacher's value once more: whose plan was worked on before this one, and what of it this teacher's plan takes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msgspec import Struct

from pmm_tui.services.copy_sources import last_worked
from pmm_tui.services.in_force import InForce
from pmm_tui.services.plan_view import PlanView
from pmm_tui.skp.model import Pegawai, RencanaKinerja
from pmm_tui.skp.plan_carry import Carried, NotCarried, carry, filled_parts, whose
from pmm_tui.store import Store

NOBODY = "Belum ada guru lain yang rencananya diisi di periode ini"
_TOLD = 2
"""Things left behind that a status line names; how many more there are is counted."""


class LastPlan(Struct, frozen=True):
    """The plan that is repeated, and whose it is."""

    pegawai: Pegawai
    rencana: RencanaKinerja


def last_plan(store: Store, in_force: InForce, jenis_ptk: str, worked: Sequence[int] = (), *, besides: int = 0) -> LastPlan | None:
    """The plan worked on last, one teacher aside: the newest of `worked`, else the one that was saved last.

    None where no plan of the period says anything, of the form that somebody of this Jenis PTK plans by. Raises StorageError.
    """
    periode, katalog = in_force.periode, in_force.katalog
    form = whose(katalog, jenis_ptk)
    for pegawai_id in dict.fromkeys((*worked, *_by_time(store, periode, besides))):
        draft = store.drafts.get(pegawai_id, periode) if pegawai_id != besides else None
        other = store.roster.get(pegawai_id) if draft and filled_parts(draft.rencana) else None
        if draft and other and whose(katalog, other.jenis_ptk) == form:
            return LastPlan(other, draft.rencana)
    return None


def _by_time(store: Store, periode: str, besides: int) -> Iterator[int]:
    """The teachers whose plans were saved last, the newest first; all of them are read only where the newest will not do."""
    newest = last_worked(store, periode, besides)
    if newest is None:
        return
    yield newest
    yield from sorted((drafts := store.drafts.all(periode)), key=lambda one: drafts[one].saved_at, reverse=True)


def repeat(last: LastPlan, view: PlanView, parts: Sequence[str]) -> Carried:
    """What this plan would be with these sections as the last teacher's, as far as they fit; what stands there gives way."""
    return carry(
        last.rencana,
        view.rencana,
        pegawai=view.pegawai,
        katalog=view.katalog,
        periode=view.periode.id,
        jenjang=view.sekolah.jenjang,
        parts=parts,
        replace=True,
    )


def left_words(left: Sequence[NotCarried]) -> str:
    """What stayed behind and why, in the room of a status line; empty for nothing."""
    told = [f'"{one.what}" ({one.why})' for one in left[:_TOLD]]
    more = len(left) - _TOLD
    return "; ".join([*told, *([f"{more} lagi tidak disalin"] if more > 0 else [])])
