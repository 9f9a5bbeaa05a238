"""Rows of one file that tell of one person: the second is refused, or passed over when it says nothing else."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from pmm_tui.roster.headings import COLUMNS, NUMBERS
from pmm_tui.roster.model import Remark, RosterRow
from pmm_tui.skp.model import TEACHER_FIELDS, Pegawai
from pmm_tui.skp.person import name_key


class Duplicates:
    """Remembers the accepted rows, and refuses a later one with the number or the person of an earlier."""

    def __init__(self) -> None:
        self._number: dict[tuple[str, str], str] = {}
        self._person: dict[tuple[str, str], list[tuple[str, Pegawai]]] = {}

    def judge(self, row: RosterRow, columns: Mapping[str, str]) -> RosterRow:
        """Return the row, or refused with the reason."""
        if row.pegawai is None:
            return row
        if place := self._said_before(row.pegawai):
            return RosterRow(row=row.row, name=row.name, repeats=place, sheet=row.sheet)
        reasons = tuple(self._reasons(row.pegawai, columns))
        if reasons:
            return RosterRow(row=row.row, name=row.name, reasons=reasons, warnings=row.warnings, sheet=row.sheet)
        for field in NUMBERS:
            self._number[field, getattr(row.pegawai, field)] = row.place
        self._person.setdefault(_person(row.pegawai), []).append((row.place, row.pegawai))
        return row

    def _said_before(self, pegawai: Pegawai) -> str:
        """Where all that a row says of a teacher stands already: the same name, a number or birth date, and nothing else."""
        for place, other in self._person.get(_person(pegawai), ()):
            told = (*NUMBERS, "tanggal_lahir")
            known = any(getattr(pegawai, field) and getattr(pegawai, field) == getattr(other, field) for field in told)
            if known and all(getattr(pegawai, field) in ("", getattr(other, field)) for field in TEACHER_FIELDS):
                return place
        return ""

    def _reasons(self, pegawai: Pegawai, columns: Mapping[str, str]) -> Iterator[Remark]:
        for field in NUMBERS:
            number = getattr(pegawai, field)
            if number and (earlier := self._number.get((field, number))):
                message = f"{field.upper()} {number} sudah dipakai {earlier}; perbaiki salah satunya di Dapodik."
                yield remark(field, message, columns)
                return
        for earlier, other in self._person.get(_person(pegawai), ()):
            if pegawai.tanggal_lahir and not _told_apart(pegawai, other):
                yield remark("nama", f"Nama dan tanggal lahirnya sama dengan {earlier}; hapus salah satunya.", columns)
                return


def _person(pegawai: Pegawai) -> tuple[str, str]:
    return name_key(pegawai.nama), pegawai.tanggal_lahir


def _told_apart(one: Pegawai, two: Pegawai) -> bool:
    """Whether numbers tell two teachers of one name and birth date apart."""
    return bool((one.nip and two.nip and one.nip != two.nip) or (one.nuptk and two.nuptk and one.nuptk != two.nuptk))


def remark(field: str, message: str, columns: Mapping[str, str]) -> Remark:
    """A remark on a field, by the file's own heading."""
    return Remark(columns.get(field, COLUMNS[field][0]), message)
