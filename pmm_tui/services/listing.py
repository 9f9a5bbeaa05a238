"""The teachers with their plans of a period: roster, drafts and outbox read together, for the list and for the commands."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from threading import Lock

from msgspec import Struct

from pmm_tui.errors import CorruptError
from pmm_tui.services.in_force import InForce
from pmm_tui.skp.model import Masalah, Pegawai, RencanaKinerja
from pmm_tui.skp.overview import PlanLine, overview, plan_line
from pmm_tui.skp.plan_state import SealedPlan, State
from pmm_tui.store import Draft, Store
from pmm_tui.store.touched import Touched

_DEARER = 4
"""How many times dearer it is to read a teacher alone."""


class PlanRow(Struct, frozen=True):
    """A teacher and how their plan stands; `rencana` is None when it was never begun, `edit` counts the draft's edits."""

    line: PlanLine
    rencana: RencanaKinerja | None
    edit: int

    @property
    def pegawai(self) -> Pegawai:
        """The teacher."""
        return self.line.pegawai

    @property
    def state(self) -> State:
        """How the plan stands."""
        return self.line.state

    @property
    def masalah(self) -> tuple[Masalah, ...]:
        """All that is wrong with the plan."""
        return self.line.masalah

    @property
    def blocking(self) -> tuple[Masalah, ...]:
        """The problems that stop the plan from being sent."""
        return self.line.blocking


def all_lines(store: Store, in_force: InForce, today: date) -> tuple[PlanLine, ...]:
    """How the plan of every teacher of the roster stands in the period in force, by name."""
    return _lines(store, in_force, today, store.drafts.all(in_force.periode))


class KeptLines:
    """The lines of all teachers, kept: after the first time only those of whom something was written are made again."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._touched = Touched(store.database)
        self._lines: tuple[PlanLine, ...] = ()
        self._by: tuple[InForce, date] | None = None
        self._reading = Lock()  # else what one took notice of would be overwritten by the older lines of the other

    def read(self, in_force: InForce, today: date) -> tuple[PlanLine, ...]:
        """How the plan of every teacher stands now, by name; the very tuple of the last time where nothing has changed.

        From any thread: two that read at once wait for one another.
        """
        with self._reading:
            return self._read(in_force, today)

    def _read(self, in_force: InForce, today: date) -> tuple[PlanLine, ...]:
        touched, by = self._touched.take(), self._by
        self._by = None  # what fails is not believed the next time
        if touched is None or by is None or by[0] is not in_force or by[1] != today or len(touched) * _DEARER > len(self._lines):
            self._lines = all_lines(self._store, in_force, today)
        elif touched:
            try:
                new = {pegawai_id: line_of(self._store, in_force, today, pegawai_id) for pegawai_id in touched}
                self._lines = tuple(new.get(line.pegawai.id) or line for line in self._lines)
            except CorruptError:  # of all of them it is left out
                self._lines = all_lines(self._store, in_force, today)
        self._by = (in_force, today)
        return self._lines


def line_of(store: Store, in_force: InForce, today: date, pegawai_id: int) -> PlanLine | None:
    """How one teacher's plan stands; None for a teacher who is not in the roster."""
    pegawai = store.roster.get(pegawai_id)
    if pegawai is None:
        return None
    draft = store.drafts.get(pegawai_id, in_force.periode)
    periode, mark = in_force.periode, store.not_needed.get(pegawai_id, in_force.periode)
    return judged(
        in_force,
        today,
        pegawai,
        draft.rencana if draft else None,
        draft.edit if draft else 0,
        store.outbox.newest(pegawai_id, periode),
        newer=store.held.get(pegawai_id, periode) is not None,
        saved_at=draft.saved_at if draft else None,
        not_needed=mark.reason if mark else "",
    )


def judged(
    in_force: InForce,
    today: date,
    pegawai: Pegawai,
    rencana: RencanaKinerja | None,
    edit: int,
    newest: SealedPlan | None,
    *,
    newer: bool,
    saved_at: datetime | None = None,
    not_needed: str = "",
) -> PlanLine:
    """How a plan stands by what is in force; `newest` is the newest envelope of it, `newer`: the server holds one unseen here.

    For `saved_at` and `not_needed` see `PlanLine`.
    """
    jenjang, periode, katalog = in_force.sekolah.jenjang, in_force.periode, in_force.katalog
    return plan_line(
        pegawai,
        rencana,
        edit,
        newest,
        periode,
        katalog,
        jenjang=jenjang,
        today=today,
        newer=newer,
        saved_at=saved_at,
        not_needed=not_needed,
        atasan=in_force.sekolah.atasan.nama,
    )


def all_rows(store: Store, in_force: InForce, today: date) -> tuple[PlanRow, ...]:
    """Every teacher of the roster, by name, with the plan of the period in force."""
    drafts = store.drafts.all(in_force.periode)
    rows = []
    for line in _lines(store, in_force, today, drafts):
        draft = drafts.get(line.pegawai.id)
        rencana, edit = (draft.rencana, draft.edit) if draft else (None, 0)
        rows.append(PlanRow(line, rencana, edit))
    return tuple(rows)


def select(store: Store, rows: Iterable[PlanRow], keys: Iterable[str]) -> tuple[list[PlanRow], list[str]]:
    """Return the rows that `keys` name (number in the list, NIP or NUPTK), each once, and a sentence for each other key."""
    by_id = {row.pegawai.id: row for row in rows}
    found, refused = find_teachers(store, keys)
    return [by_id[pegawai.id] for pegawai in found], refused


def find_teachers(store: Store, keys: Iterable[str]) -> tuple[list[Pegawai], list[str]]:
    """The teachers that keys name (number in the list, NIP or NUPTK), each once, and a sentence for each key that names none."""
    chosen: dict[int, Pegawai] = {}
    refused = []
    for key in keys:
        found = store.roster.find(key)
        if len(found) == 1:
            chosen[found[0].id] = found[0]
        else:
            why = "tidak ada" if not found else "menunjuk lebih dari satu guru"
            refused.append(f'Guru "{key}" {why}; lihat nomornya dengan pmm-tui daftar.')
    return list(chosen.values()), refused


def _lines(store: Store, in_force: InForce, today: date, drafts: Mapping[int, Draft]) -> tuple[PlanLine, ...]:
    periode, teachers = in_force.periode, store.roster.all()
    sealed, jenjang = store.outbox.standing(periode), in_force.sekolah.jenjang
    newer = {pegawai_id for pegawai_id, _ in store.held.unseen(periode)}
    needless, katalog = store.not_needed.all(periode), in_force.katalog
    rates = in_force.sekolah.atasan.nama
    return overview(
        teachers, drafts, sealed, periode, katalog, jenjang=jenjang, today=today, newer=newer, not_needed=needless, atasan=rates
    )
