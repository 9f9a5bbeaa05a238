"""Filters of the list beside the groups of states: kepegawaian, jenis PTK, problems and belajar.id, several at once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from msgspec import Struct, structs
from textual import events

from pmm_tui.services.account_states import holders, state_of
from pmm_tui.services.roster_filter import NONE, RosterFilter, problems_of, values_of
from pmm_tui.skp.account import AccountState
from pmm_tui.skp.overview import PlanLine
from pmm_tui.store.accounts import Account
from pmm_tui.tui.screens.band import Band
from pmm_tui.tui.widgets.rows import Button, Buttons, Choice, Gap, Heading, Row, RowId, Text
from pmm_tui.tui.widgets.sheet import Sheet


class FilterRow(Struct, frozen=True):
    """A value of one of the filter's members."""

    member: str
    value: str


class FilterSheet(Sheet):
    """Ticks for all there is of each, with how many have it."""

    def __init__(self, lines: Sequence[PlanLine], wanted: RosterFilter, accounts: Mapping[int, Account]) -> None:
        super().__init__()
        self.wanted = wanted
        self._accounts = accounts
        self._teachers = [line.pegawai for line in lines]
        states = [state_of(accounts, p.id) for p in self._teachers] if accounts else []
        problems = problems_of(lines)
        self._values: tuple[tuple[str, str, dict[str, tuple[str, int]]], ...] = (
            ("kepegawaian", "Status kepegawaian", _labelled(values_of(lines, "status_kepegawaian"))),
            ("jenis_ptk", "Jenis PTK", _labelled(values_of(lines, "jenis_ptk"))),
            ("problems", "Masalah", problems),
            ("belajar_id", "Akun belajar.id", _counted(states)),
        )
        self.add_class("-luas")

    def on_mount(self) -> None:
        self.rebuild(next((row_id for row_id in self._all_ids()), "pakai"))

    def _all_ids(self) -> list[FilterRow]:
        return [FilterRow(member, value) for member, _, values in self._values for value in values]

    def build_rows(self) -> tuple[Row, ...]:
        """Return the ticks under the heading of each member, then the buttons."""
        rows: list[Row] = [Heading("Saringan lain"), Gap()] if self.look.thrifty else []
        for member, heading, values in self._values:
            if values:
                chosen = getattr(self.wanted, member)
                rows.append(Text(heading, "strong"))
                rows += [
                    Choice(FilterRow(member, value), label, value in chosen, tick=True, right=str(count), right_style="dim")
                    for value, (label, count) in values.items()
                ]
        buttons = Buttons((Button("pakai", "Pakai", main=True), Button("hapus", "Tanpa saringan")))
        return (*rows, Gap(), buttons)

    def press(self, row_id: RowId, advance: bool) -> None:
        """Tick or untick with Space; Enter takes the filter, with this row in it."""
        if row_id == "hapus":
            self.screen.dismiss(RosterFilter(text=self.wanted.text))
        elif row_id == "pakai":
            self.screen.dismiss(self.wanted)
        elif isinstance(row_id, FilterRow):
            chosen, here = getattr(self.wanted, row_id.member), frozenset((row_id.value,))
            chosen = chosen | here if advance else chosen ^ here
            self.wanted = structs.replace(self.wanted, **{row_id.member: chosen})
            if row_id.member == "belajar_id":
                self.wanted = structs.replace(self.wanted, holders=holders(self._accounts, self._teachers, chosen))
            if advance:
                self.screen.dismiss(self.wanted)
            else:
                self.rebuild()

    def edge(self, direction: int) -> None:
        """Stay: the filters are left by a button or by Esc."""


class FilterScreen(Band[RosterFilter]):
    """Ask by what to filter; the answer is the whole filter, None for Esc."""

    KEYS = (("Spasi", "Pilih"), ("Enter", "Pilih dan pakai"), ("Esc", "Batal"))
    HELP = "Beberapa saringan sekaligus: dari tiap judul cukup salah satu cocok, dan semua judul harus cocok. Spasi memilih."

    def __init__(self, lines: Sequence[PlanLine], wanted: RosterFilter, accounts: Mapping[int, Account]) -> None:
        super().__init__("Saringan lain", FilterSheet(lines, wanted, accounts))

    def on_key(self, event: events.Key) -> None:
        if event.key in ("escape", "ctrl+w"):
            event.stop()
            self.dismiss(None)


def _counted(states: Iterable[AccountState]) -> dict[str, tuple[str, int]]:
    """The states that there are, in their order, with how many teachers have each."""
    counted = Counter(states)
    return {state.word: (state.label, counted[state]) for state in AccountState if counted[state]}


def _labelled(values: dict[str, int]) -> dict[str, tuple[str, int]]:
    return {value: ("tanpa keterangan" if value == NONE else value, count) for value, count in values.items()}
