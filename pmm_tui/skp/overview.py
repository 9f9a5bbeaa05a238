"""The list of teachers with how each plan stands: one computation for the screen and the command line."""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping
from datetime import date
from typing import Protocol

from msgspec import Struct, structs

from pmm_tui.skp.katalog import Katalog
from pmm_tui.skp.model import Masalah, Pegawai, RencanaKinerja
from pmm_tui.skp.periksa import periksa, periksa_data_diri
from pmm_tui.skp.plan_state import SealedPlan, State, plan_state, repeats_returned, to_go_on_with

UNCHANGED = "Isinya masih sama dengan yang dikembalikan kepala sekolah; perbaiki dulu menurut catatannya."
CONFIRM_ANEW = "Konfirmasi guru untuk rencana yang dikembalikan tidak berlaku lagi; minta guru mengonfirmasi lagi."


class SavedDraft(Protocol):
    """What has to be known of a stored draft."""

    @property
    def rencana(self) -> RencanaKinerja:
        """The plan."""

    @property
    def edit(self) -> int:
        """The number of its last edit."""


class PlanLine(Struct, frozen=True):
    """One line of the list."""

    pegawai: Pegawai
    state: State
    masalah: tuple[Masalah, ...]

    @property
    def blocking(self) -> tuple[Masalah, ...]:
        """The problems that stop the plan from being sent."""
        return tuple(m for m in self.masalah if m.halang)

    @property
    def first_blocking(self) -> Masalah | None:
        """The first problem that stops the plan from being sent."""
        return next(iter(self.blocking), None)

    @property
    def blocking_count(self) -> int:
        """How many problems stop the plan from being sent."""
        return len(self.blocking)


def plan_line(
    pegawai: Pegawai,
    rencana: RencanaKinerja | None,
    edit: int,
    entry: SealedPlan | None,
    periode: str,
    katalog: Katalog,
    *,
    jenjang: str = "",
    today: date | None = None,
    newer: bool = False,
) -> PlanLine:
    """Return the line of one teacher.

    `rencana` and `edit` are the draft's (None and 0: never begun), `entry` is the newest envelope, `newer` tells that the server
    holds a plan that nobody here has seen. A plan that was never begun lists only what is wrong with the teacher's own data: that
    can be mended in Dapodik before the filling. One that the head has sent back needs a new confirmation, and says it when it would
    go again as it was.
    """
    confirmed = rencana is not None and rencana.rangkuman.dikonfirmasi_guru
    if rencana is not None:
        rencana = to_go_on_with(rencana, edit, entry)
    if rencana is None:
        masalah = periksa_data_diri(pegawai, periode, katalog, jenjang=jenjang, today=today)
    else:
        masalah = periksa(rencana, pegawai, periode, katalog, jenjang=jenjang, today=today)
    if confirmed and rencana is not None and not rencana.rangkuman.dikonfirmasi_guru:
        masalah = tuple(structs.replace(m, pesan=CONFIRM_ANEW) if m.kode == "belum-dikonfirmasi" else m for m in masalah)
    if repeats_returned(rencana, edit, entry):
        masalah = (*masalah, Masalah("sama-dengan-dikembalikan", UNCHANGED, "", halang=False))
    return PlanLine(pegawai, plan_state(rencana, edit, masalah, entry, newer=newer), masalah)


def overview(
    teachers: Iterable[Pegawai],
    drafts: Mapping[int, SavedDraft],
    entries: Mapping[int, SealedPlan],
    periode: str,
    katalog: Katalog,
    *,
    jenjang: str = "",
    today: date | None = None,
    newer: Container[int] = (),
) -> tuple[PlanLine, ...]:
    """Return a line for each teacher, in the order given.

    `drafts` and `entries` (the newest envelope) are by the teacher's local id; `newer` has the ids of those of whom the server
    holds a plan that nobody here has seen.
    """
    lines = []
    for pegawai in teachers:
        draft = drafts.get(pegawai.id)
        rencana, edit = (draft.rencana, draft.edit) if draft else (None, 0)
        sealed = entries.get(pegawai.id)
        told = pegawai.id in newer
        lines.append(plan_line(pegawai, rencana, edit, sealed, periode, katalog, jenjang=jenjang, today=today, newer=told))
    return tuple(lines)
