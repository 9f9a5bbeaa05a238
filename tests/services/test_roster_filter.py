"""Filters that narrow together, groups and their counts, and every column's order."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from pmm_tui.cli.parser import COLUMNS, STATUS
from pmm_tui.services.roster_filter import (
    ANY_PROBLEM,
    NONE,
    Column,
    Group,
    RosterFilter,
    count_groups,
    is_descending,
    problems_of,
    select_lines,
    sort_lines,
    values_of,
)
from pmm_tui.services.roster_search import SearchTexts
from pmm_tui.skp.model import Masalah, Pegawai
from pmm_tui.skp.overview import PlanLine
from pmm_tui.skp.pane_marks import PaneMark
from pmm_tui.skp.plan_state import State

DONE, EMPTY = PaneMark.DONE, PaneMark.EMPTY
NIP, POIN, LATE = (
    Masalah("nip-salah", "NIP salah."),
    Masalah("poin-kurang", "Poin kurang."),
    Masalah("lewat", "Lewat.", halang=False),
)


def at(day: int) -> datetime:
    return datetime(2026, 1, day, tzinfo=UTC)


ANI = PlanLine(
    Pegawai(id=1, nama="Ani", nip="3", jenis_ptk="Guru Mapel", status_kepegawaian="PNS"), State.SENT, (), (DONE,) * 5, at(2)
)
BUDI = PlanLine(
    Pegawai(id=2, nama="budi", nuptk="1", jenis_ptk="Guru BK", status_kepegawaian="PPPK"),
    State.DRAFT,
    (NIP, POIN, LATE),
    (DONE, EMPTY, EMPTY, EMPTY, EMPTY),
    at(5),
)
CITRA = PlanLine(Pegawai(id=3, nama="Citra", nip="2", jenis_ptk="Guru Mapel"), State.NOT_STARTED, (NIP,))
DEDI = PlanLine(Pegawai(id=4, nama="Dedi", status_kepegawaian="PPPK"), State.RETURNED, (LATE,), (DONE,) * 4 + (EMPTY,), at(3))
EKA = PlanLine(Pegawai(id=5, nama="Èka", jenis_ptk="Guru Kelas"), State.NOT_NEEDED, (), not_needed="honor")
LINES = (ANI, BUDI, CITRA, DEDI, EKA)


def shown(wanted: RosterFilter) -> list[str]:
    return [line.pegawai.nama for line in select_lines(LINES, wanted, SearchTexts())]


@pytest.mark.parametrize(
    ("wanted", "names"),
    [
        (RosterFilter(), ["Ani", "budi", "Citra", "Dedi", "Èka"]),
        (RosterFilter().with_group(Group.UNFINISHED), ["budi", "Citra"]),
        (RosterFilter().with_group(Group.ATTENTION), ["Dedi"]),
        (RosterFilter(states=frozenset({State.SENT, State.NOT_NEEDED})), ["Ani", "Èka"]),
        (RosterFilter(kepegawaian=frozenset({"pppk"})), ["budi", "Dedi"]),
        (RosterFilter(kepegawaian=frozenset({NONE})), ["Citra", "Èka"]),
        (RosterFilter(jenis_ptk=frozenset({"guru  MAPEL"})), ["Ani", "Citra"]),
        (RosterFilter(problems=frozenset({ANY_PROBLEM})), ["budi", "Citra"]),
        (RosterFilter(problems=frozenset({"poin-kurang"})), ["budi"]),
        (RosterFilter(problems=frozenset({"lewat"})), ["budi", "Dedi"]),
        (RosterFilter(text="eka"), ["Èka"]),
        (RosterFilter(kepegawaian=frozenset({"PPPK"}), problems=frozenset({"nip-salah"})), ["budi"]),
        (RosterFilter(kepegawaian=frozenset({"PPPK"}), text="ani"), []),
    ],
)
def test_filters_narrow_together(wanted: RosterFilter, names: list[str]) -> None:
    """Every member has to fit; within one, any of what it names."""
    assert shown(wanted) == names
    assert wanted.is_empty == (names == [line.pegawai.nama for line in LINES])


def test_every_state_is_in_one_group() -> None:
    """So that the chips add up; who needs no plan is only among all."""
    for state in State:
        groups = [group for group in Group if group is not Group.ALL and state in group.states]
        assert len(groups) == (state is not State.NOT_NEEDED)
    assert set(Group.ALL.states) == set(State)


def test_chips_count_what_the_other_filters_leave() -> None:
    """The group in force does not change the figures; all else does."""
    every = count_groups(LINES, RosterFilter().with_group(Group.DONE), SearchTexts())
    assert {group.label: count for group, count in every.items()} == {
        "Semua": 5, "Belum": 2, "Siap": 0, "Perlu Anda": 1, "Antre": 0, "Selesai": 1,
    }  # fmt: skip
    some = count_groups(LINES, RosterFilter(kepegawaian=frozenset({"PPPK"}), text="d"), SearchTexts())
    assert (some[Group.ALL], some[Group.UNFINISHED], some[Group.ATTENTION], some[Group.DONE]) == (2, 1, 1, 0)


def test_what_can_be_chosen_is_counted() -> None:
    """Values as they stand in the roster and problems by their code, the most frequent first."""
    assert values_of(LINES, "jenis_ptk") == {"Guru Mapel": 2, NONE: 1, "Guru BK": 1, "Guru Kelas": 1}
    assert list(problems_of(LINES).items()) == [("nip-salah", ("NIP salah.", 2)), ("poin-kurang", ("Poin kurang.", 1))]


@pytest.mark.parametrize(
    ("column", "ids"),
    [
        (Column.NAME, [1, 2, 3, 4, 5]),
        (Column.NUMBER, [2, 3, 1, 4, 5]),
        (Column.JENIS_PTK, [2, 5, 1, 3, 4]),
        (Column.KEPEGAWAIAN, [1, 2, 4, 3, 5]),
        (Column.STATE, [3, 2, 1, 4, 5]),
        (Column.PROBLEMS, [2, 3, 1, 4, 5]),
        (Column.OPEN_PANES, [3, 2, 4, 1, 5]),
        (Column.TIME, [2, 4, 1, 3, 5]),
    ],
)
def test_every_column_sorts_both_ways(column: Column, ids: list[int]) -> None:
    """What has nothing there stands last either way, and equal ones stay by name."""
    assert [line.pegawai.id for line in sort_lines(reversed(LINES), column)] == ids
    turned = [line.pegawai.id for line in sort_lines(LINES, column, turned=True)]
    assert sort_lines(LINES, column) != sort_lines(LINES, column, turned=True)
    assert sorted(turned) == sorted(ids)
    assert is_descending(column, turned=False) != is_descending(column, turned=True)


def test_equal_ones_stay_by_name_when_turned() -> None:
    """Only the column is turned."""
    assert [line.pegawai.id for line in sort_lines(LINES, Column.KEPEGAWAIAN, turned=True)] == [2, 4, 1, 3, 5]
    assert [line.pegawai.id for line in sort_lines(LINES, Column.PROBLEMS, turned=True)] == [3, 2, 1, 4, 5]


def test_the_command_line_has_the_same_words() -> None:
    """The parser imports nothing, so it spells them once more."""
    assert tuple(column.word for column in Column) == COLUMNS
    words = [*(group.word for group in Group), *(state.word.replace(" ", "-") for state in State)]
    assert tuple(dict.fromkeys(words)) == STATUS
