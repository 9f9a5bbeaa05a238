"""The same number or person on two rows of a file: the second only says the same, or one of them is wrong."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import msgspec

from pmm_tui.roster.headings import COLUMNS, NUMBERS
from pmm_tui.roster.model import Remark, RosterRow, SkippedRow
from pmm_tui.skp.model import Pegawai
from pmm_tui.skp.person import name_key

_SAME = tuple(name for name in COLUMNS if name in Pegawai.__struct_fields__ and name not in ("nama", "tugas_tambahan"))


class Duplicates:
    """Remembers the accepted rows, and what becomes of a later one with the number or the person of an earlier."""

    def __init__(self) -> None:
        self.skipped: list[SkippedRow] = []
        self._number: dict[tuple[str, str], RosterRow] = {}
        self._person: dict[tuple[str, str], list[RosterRow]] = {}
        self._filled: dict[tuple[str, int], RosterRow] = {}

    def judge(self, row: RosterRow, columns: Mapping[str, str]) -> RosterRow | None:
        """Return the row, or refused with the reason; None for one that says nothing that an earlier row has not said."""
        if row.pegawai is None:
            return row
        earlier = self._earlier(row.pegawai)
        owners = {owner.place for owner in self._owners(row.pegawai)}
        alone = earlier is not None and owners <= {earlier.place}  # none of its numbers is a third row's
        if alone and earlier is not None and earlier.pegawai is not None and _agree(row.pegawai, earlier.pegawai):
            self.skipped.append(SkippedRow(row.row, f"guru yang sama dengan {earlier.place}", row.sheet))
            self._fill(earlier, row.pegawai)
            return None
        reasons = tuple(self._reasons(row.pegawai, columns))
        if reasons:
            return RosterRow(
                row=row.row, name=row.name, reasons=reasons, warnings=row.warnings, sheet=row.sheet, left=row.left, cells=row.cells
            )
        self._remember(row)
        return row

    def final(self, row: RosterRow) -> RosterRow:
        """An accepted row with what later rows of the same teacher add."""
        return self._filled.get((row.sheet, row.row), row)

    def _remember(self, row: RosterRow) -> None:
        assert row.pegawai is not None
        for field in NUMBERS:
            if number := getattr(row.pegawai, field):
                self._number[field, number] = row
        alike = self._person.setdefault(_person(row.pegawai), [])
        alike[:] = [*(other for other in alike if (other.sheet, other.row) != (row.sheet, row.row)), row]

    def _fill(self, earlier: RosterRow, more: Pegawai) -> None:
        """Put what a later row adds into the earlier."""
        assert earlier.pegawai is not None
        added = {field: said for field in _SAME if (said := getattr(more, field)) and not getattr(earlier.pegawai, field)}
        duties = (earlier.pegawai.tugas_tambahan, more.tugas_tambahan)
        if duties[1] and duties[1] not in duties[0].split(", "):
            added["tugas_tambahan"] = ", ".join(filter(None, duties))  # one line for each duty
        if added:
            filled = msgspec.structs.replace(earlier, pegawai=msgspec.structs.replace(earlier.pegawai, **added))
            self._filled[earlier.sheet, earlier.row] = filled
            self._remember(filled)

    def _owners(self, pegawai: Pegawai) -> Iterator[RosterRow]:
        """The earlier rows that have one of somebody's numbers."""
        for field in NUMBERS:
            number = getattr(pegawai, field)
            if number and (earlier := self._number.get((field, number))):
                yield earlier

    def _earlier(self, pegawai: Pegawai) -> RosterRow | None:
        if (owner := next(self._owners(pegawai), None)) is not None:
            return owner
        alike = self._person.get(_person(pegawai), ()) if pegawai.tanggal_lahir else ()
        return next((row for row in alike if row.pegawai and not _told_apart(pegawai, row.pegawai)), None)

    def _reasons(self, pegawai: Pegawai, columns: Mapping[str, str]) -> Iterator[Remark]:
        for field in NUMBERS:
            number = getattr(pegawai, field)
            if number and (earlier := self._number.get((field, number))):
                message = f"{field.upper()} {number} sudah dipakai {earlier.place}; perbaiki salah satunya di Dapodik."
                yield remark(field, message, columns)
                return
        for other in self._person.get(_person(pegawai), ()):
            if pegawai.tanggal_lahir and other.pegawai and not _told_apart(pegawai, other.pegawai):
                message = f"Nama dan tanggal lahirnya sama dengan {other.place}; hapus salah satunya."
                yield remark("nama", message, columns)
                return


def _agree(row: Pegawai, earlier: Pegawai) -> bool:
    """Whether two rows have one name and contradict each other in nothing: a teacher on two lines, one for each subject."""
    if name_key(row.nama) != name_key(earlier.nama):
        return False
    pairs = ((getattr(row, field), getattr(earlier, field)) for field in _SAME)
    return all(not one or not other or one == other for one, other in pairs)


def _person(pegawai: Pegawai) -> tuple[str, str]:
    return name_key(pegawai.nama), pegawai.tanggal_lahir


def _told_apart(one: Pegawai, two: Pegawai) -> bool:
    """Whether numbers tell two teachers of one name and birth date apart."""
    return bool((one.nip and two.nip and one.nip != two.nip) or (one.nuptk and two.nuptk and one.nuptk != two.nuptk))


def remark(field: str, message: str, columns: Mapping[str, str]) -> Remark:
    """A remark on a field, by the file's own heading."""
    return Remark(columns.get(field, COLUMNS[field][0]), message)
