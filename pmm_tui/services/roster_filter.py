"""Filters of the list of teachers that can be combined, how many each finds, and sorting by any column."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from datetime import UTC
from enum import Enum
from typing import Any

from msgspec import Struct, structs

from pmm_tui.services.roster_search import SearchTexts, fold_label
from pmm_tui.skp.overview import PlanLine
from pmm_tui.skp.plan_state import State
from pmm_tui.text import by_name

ANY_PROBLEM = "*"
"""Stands in `RosterFilter.problems` for whatever stops a plan."""
NONE = "-"
"""Stands in `RosterFilter.kepegawaian` and `jenis_ptk` for teachers of whom nothing is said."""


class Group(Enum):
    """The groups of states that the list can be narrowed to: word on the command line, label, states.

    Every state is in exactly one of them beside `ALL`, but for `tidak perlu`, which is only in `ALL`.
    """

    ALL = ("semua", "Semua", tuple(State))
    UNFINISHED = ("belum", "Belum", (State.NOT_STARTED, State.DRAFT))
    READY = ("siap", "Siap", (State.COMPLETE,))
    ATTENTION = ("perlu-anda", "Perlu Anda", tuple(state for state in State if state.needs_attention))
    QUEUED = ("antre", "Antre", (State.QUEUED,))
    DONE = ("selesai", "Selesai", tuple(state for state in State if state.done))

    def __init__(self, word: str, label: str, states: tuple[State, ...]) -> None:
        self.word = word
        self.label = label
        self.states = states


class RosterFilter(Struct, frozen=True):
    """What a line has to be to be shown; an empty member asks for nothing.

    `states`; `kepegawaian` and `jenis_ptk`: labels, however they are written (`NONE`: nothing said); `problems`: codes of which one
    has to be there, `ANY_PROBLEM` for any that stops the plan; `text`: what was typed into the search; `belajar_id`: words of
    account states, with the ids of those whose account stood so when it was asked (`holders`).
    """

    states: frozenset[State] = frozenset()
    kepegawaian: frozenset[str] = frozenset()
    jenis_ptk: frozenset[str] = frozenset()
    problems: frozenset[str] = frozenset()
    text: str = ""
    belajar_id: frozenset[str] = frozenset()
    holders: frozenset[int] = frozenset()

    @property
    def is_empty(self) -> bool:
        """Whether every line passes."""
        return self == RosterFilter()

    def with_group(self, group: Group) -> RosterFilter:
        """Return the filter narrowed to a group of states instead of to those it has."""
        return structs.replace(self, states=frozenset() if group is Group.ALL else frozenset(group.states))

    def passes(self, line: PlanLine) -> bool:
        """Whether a line is shown, as far as that does not depend on `text`, which `select_lines` looks for."""
        return (
            (not self.states or line.state in self.states)
            and (not self.kepegawaian or _said(line.pegawai.status_kepegawaian, self.kepegawaian))
            and (not self.jenis_ptk or _said(line.pegawai.jenis_ptk, self.jenis_ptk))
            and (not self.problems or _has_problem(line, self.problems))
            and (not self.belajar_id or line.pegawai.id in self.holders)
        )


def select_lines(lines: Iterable[PlanLine], wanted: RosterFilter, texts: SearchTexts) -> list[PlanLine]:
    """The lines that pass the whole filter, its text too, in the order given. `texts` is kept from one letter to the next."""
    return texts.find(filter(wanted.passes, lines), wanted.text)


def count_groups(lines: Iterable[PlanLine], wanted: RosterFilter, texts: SearchTexts) -> dict[Group, int]:
    """How many lines each group has of those that pass the rest of the filter: the figures on the chips."""
    states = Counter(line.state for line in select_lines(lines, structs.replace(wanted, states=frozenset()), texts))
    return {group: sum(states[state] for state in group.states) for group in Group}


def values_of(lines: Iterable[PlanLine], field: str) -> dict[str, int]:
    """What there is of `status_kepegawaian` or `jenis_ptk`, the most frequent first, with how many have it; `NONE` for nothing."""
    counted = Counter(getattr(line.pegawai, field) or NONE for line in lines)
    return dict(sorted(counted.items(), key=lambda found: (-found[1], by_name(found[0]))))


def problems_of(lines: Iterable[PlanLine]) -> dict[str, tuple[str, int]]:
    """Each problem that stops plans, by its code: a sentence that says it, and in how many plans; the most frequent first."""
    sentences: dict[str, str] = {}
    counted: Counter[str] = Counter()
    for line in lines:
        codes = {m.kode: m.pesan for m in line.blocking}
        sentences = codes | sentences
        counted.update(codes.keys())
    return {code: (sentences[code], count) for code, count in counted.most_common()}


def _said(value: str, wanted: frozenset[str]) -> bool:
    return (fold_label(value) or NONE) in (fold_label(one) or NONE for one in wanted)


def _has_problem(line: PlanLine, codes: frozenset[str]) -> bool:
    return any(m.kode in codes or (m.halang and ANY_PROBLEM in codes) for m in line.masalah)


class Column(Enum):
    """What the list can be sorted by: word on the command line, heading, and whether the largest comes first by itself."""

    NAME = ("nama", "Nama", False)
    NUMBER = ("nomor", "NIP atau NUPTK", False)
    JENIS_PTK = ("jenis", "Jenis PTK", False)
    KEPEGAWAIAN = ("kepegawaian", "Kepegawaian", False)
    STATE = ("status", "Status", False)
    PROBLEMS = ("masalah", "Masalah", True)
    OPEN_PANES = ("bagian", "Bagian", True)
    TIME = ("waktu", "Disimpan", True)

    def __init__(self, word: str, heading: str, largest_first: bool) -> None:
        self.word = word
        self.heading = heading
        self.largest_first = largest_first


def sort_lines(lines: Iterable[PlanLine], column: Column = Column.NAME, *, turned: bool = False) -> list[PlanLine]:
    """Sort by a column in its own direction, or `turned` the other way; equal ones by name, those with nothing there last."""
    ordered = sorted(lines, key=lambda line: (by_name(line.pegawai.nama), line.pegawai.id))
    told = [line for line in ordered if _KEYS[column](line) is not None]
    untold = [line for line in ordered if _KEYS[column](line) is None]
    return sorted(told, key=_KEYS[column], reverse=column.largest_first != turned) + untold


def is_descending(column: Column, *, turned: bool) -> bool:
    """Whether the largest comes first: which way the sign beside the heading points."""
    return column.largest_first != turned


_STATE_PLACE = {state: place for place, state in enumerate(State)}
_KEYS: dict[Column, Callable[[PlanLine], Any]] = {
    Column.NAME: lambda line: (by_name(line.pegawai.nama), line.pegawai.id),
    Column.NUMBER: lambda line: line.pegawai.nip or line.pegawai.nuptk or None,
    Column.JENIS_PTK: lambda line: by_name(line.pegawai.jenis_ptk) or None,
    Column.KEPEGAWAIAN: lambda line: by_name(line.pegawai.status_kepegawaian) or None,
    Column.STATE: lambda line: _STATE_PLACE[line.state],
    Column.PROBLEMS: lambda line: line.blocking_count or None,
    Column.OPEN_PANES: lambda line: line.open_panes if line.state is not State.NOT_NEEDED else None,
    Column.TIME: lambda line: line.saved_at and line.saved_at.astimezone(UTC),
}
