"""The list of teachers with how each plan stands: one computation for the screen and the command line."""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping
from datetime import date, datetime
from typing import Protocol

from msgspec import Struct, structs

from pmm_tui.skp.katalog import Katalog
from pmm_tui.skp.katalog_sasaran import asks_duties
from pmm_tui.skp.model import Masalah, Pegawai, RencanaKinerja
from pmm_tui.skp.pane_marks import PANES, PaneMark, pane_marks
from pmm_tui.skp.periksa import periksa, periksa_data_diri
from pmm_tui.skp.plan_state import SealedPlan, State, mark_counts, plan_state, repeats_returned, to_go_on_with

REPEATS_RETURNED = "sama-dengan-dikembalikan"
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

    @property
    def saved_at(self) -> datetime:
        """When that was saved."""


class PlanLine(Struct, frozen=True):
    """One line of the list.

    `marks` are those of the five panes, none for a plan that was not begun or is not needed; `saved_at` is when the draft was saved
    last (None: no draft), `not_needed` why the teacher needs no plan (empty: needs one).
    """

    pegawai: Pegawai
    state: State
    masalah: tuple[Masalah, ...]
    marks: tuple[PaneMark, ...] = ()
    saved_at: datetime | None = None
    not_needed: str = ""

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

    @property
    def open_panes(self) -> int:
        """How many of the five panes are still open; all of a plan that was not begun, none of one that is not needed."""
        if self.state is State.NOT_NEEDED:
            return 0
        return sum(mark is not PaneMark.DONE for mark in self.marks) if self.marks else len(PANES)


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
    saved_at: datetime | None = None,
    not_needed: str = "",
    atasan: str | None = None,
) -> PlanLine:
    """Return the line of one teacher.

    `rencana`, `edit` and `saved_at` are the draft's (None, 0 and None: never begun), `entry` is the newest envelope, `newer` tells
    that the server holds a plan that nobody here has seen, `not_needed` is why none is needed (then nothing is held against it). A
    plan that was never begun lists only what is wrong with the teacher's own data: that
    can be mended in Dapodik before the filling. One that the head has sent back needs a new confirmation, and says it when it would
    go again as it was.
    """
    if not_needed and mark_counts(entry, newer=newer):
        return PlanLine(pegawai, State.NOT_NEEDED, (), saved_at=saved_at, not_needed=not_needed)
    confirmed = rencana is not None and rencana.rangkuman.dikonfirmasi_guru
    if rencana is not None:
        rencana = to_go_on_with(rencana, edit, entry)
    if rencana is None:
        masalah = periksa_data_diri(pegawai, periode, katalog, jenjang=jenjang, today=today, atasan=atasan)
    else:
        masalah = periksa(rencana, pegawai, periode, katalog, jenjang=jenjang, today=today, atasan=atasan)
    if confirmed and rencana is not None and not rencana.rangkuman.dikonfirmasi_guru:
        masalah = tuple(structs.replace(m, pesan=CONFIRM_ANEW) if m.kode == "belum-dikonfirmasi" else m for m in masalah)
    if repeats_returned(rencana, edit, entry):
        masalah = (*masalah, Masalah(REPEATS_RETURNED, UNCHANGED, "", halang=False))
    state = plan_state(rencana, edit, masalah, entry, newer=newer)
    duties = asks_duties(katalog.for_jenis_ptk(pegawai.jenis_ptk))
    return PlanLine(pegawai, state, masalah, pane_marks(rencana, masalah, duties_asked=duties), saved_at, not_needed)


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
    not_needed: Mapping[int, str] = {},
    atasan: str | None = None,
) -> tuple[PlanLine, ...]:
    """Return a line for each teacher, in the order given.

    `drafts` and `entries` (the newest envelope) are by the teacher's local id; `newer` has the ids of those of whom the server
    holds a plan that nobody here has seen, `not_needed` why those who need no plan need none.
    """
    lines = []
    for pegawai in teachers:
        draft = drafts.get(pegawai.id)
        rencana, edit, saved_at = (draft.rencana, draft.edit, draft.saved_at) if draft else (None, 0, None)
        lines.append(
            plan_line(
                pegawai,
                rencana,
                edit,
                entries.get(pegawai.id),
                periode,
                katalog,
                jenjang=jenjang,
                today=today,
                newer=pegawai.id in newer,
                saved_at=saved_at,
                not_needed=not_needed.get(pegawai.id, ""),
                atasan=atasan,
            )
        )
    return tuple(lines)
