"""Comparing a roster file with the stored teachers: what importing it would do, row by row, and its summary.

Invariant: writing the result and comparing again finds nothing to do. So a stored teacher is matched by one row at most, and one
that a refused row points to is left alone by the weaker match of another.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, get_args

import msgspec

from pmm_tui.roster.field_merge import FieldMerge, field_changes
from pmm_tui.roster.headings import COLUMNS, NUMBERS
from pmm_tui.roster.model import ComparedRow, Remark, RosterReading, RosterRow, RowOutcome
from pmm_tui.skp.katalog import Katalog
from pmm_tui.skp.model import Pegawai
from pmm_tui.skp.nip import is_placeholder
from pmm_tui.skp.person import name_key, other_person
from pmm_tui.text import quoted, shorten

RARE_OUTCOMES = ("perlu_diputuskan", "dilewati")
"""The outcomes of rows that lead to somebody else's number."""

_Number = tuple[str, str]
_SAME, _LIKELY, _DISPUTED = range(3)


def compare(
    reading: RosterReading,
    stored: Sequence[Pegawai],
    katalog: Katalog | None = None,
    typed: Mapping[int, Mapping[str, str]] | None = None,
) -> tuple[ComparedRow, ...]:
    """Match every row with the stored teachers by NIP, then NUPTK, then name and birth date; in the file's order.

    A value that the file leaves empty, or that is foreign to its column by the catalogue, stays as stored, and so does one that was
    typed by hand (`typed`, by id and field) until the file's word is asked for. A row that points to two
    teachers, or to one that another row has, is `ditolak`; one whose number is that of somebody else by name and birth date is
    `perlu_diputuskan`. The teachers to write, in the order of `to_write`, never share a number at any step.
    """
    matcher = _Matcher(stored, FieldMerge(reading, katalog, typed), Counter(name_key(row.name) for row in reading.rows))
    found: list[ComparedRow | None] = [None] * len(reading.rows)
    nearness = [matcher.nearness(row) for row in reading.rows]
    for near in (_SAME, _LIKELY):  # who agrees in everything comes before who agrees in one thing only
        for at, row in enumerate(reading.rows):
            if nearness[at] == near:
                found[at] = matcher.by_number(row)
    for at, row in enumerate(reading.rows):
        if found[at] is None and nearness[at] != _DISPUTED:
            found[at] = matcher.by_person(row)
    for at, row in enumerate(reading.rows):
        if nearness[at] == _DISPUTED:
            found[at] = matcher.settle(row)
    return tuple(
        _left_asked(msgspec.structs.replace(row, at=at), reading.rows[at]) for at, row in enumerate(found) if row is not None
    )


class _Matcher:
    """The stored teachers as the rows so far have changed them, and which row has taken which."""

    def __init__(self, stored: Sequence[Pegawai], merge: FieldMerge, names: Mapping[str, int]) -> None:
        self._merge, self._names = merge, names
        self._by_name: dict[str, list[int]] = {}
        self._stored = dict(enumerate(stored))
        self._number: dict[_Number, list[int]] = {}
        self._person: dict[tuple[str, str], list[int]] = {}
        self._taken: dict[int, str] = {}
        for at, pegawai in self._stored.items():
            self._person.setdefault((name_key(pegawai.nama), pegawai.tanggal_lahir), []).append(at)
            self._by_name.setdefault(name_key(pegawai.nama), []).append(at)
            for number in _identity(pegawai):
                self._number.setdefault(number, []).append(at)

    def nearness(self, row: RosterRow) -> int:
        """How the stored teacher of the row's numbers fits: by name and birth date, likely, or hardly."""
        places = self._places(row)
        if len(places) != 1 or row.pegawai is None:
            return _LIKELY
        old, new = self._stored[places[0]], row.pegawai
        if (name_key(old.nama), old.tanggal_lahir) == (name_key(new.nama), new.tanggal_lahir):
            return _SAME
        return _DISPUTED if self._other(new, old) else _LIKELY

    def by_number(self, row: RosterRow) -> ComparedRow | None:
        """Match by number; None when no stored teacher has one of the row's numbers."""
        if row.pegawai is None:
            return self._refused_already(row)
        places = self._places(row)
        if not all(self._has_number_of(row, at) for at in places):
            return self.settle(row)
        return self._take(row, places, "nip") if places else None

    def by_person(self, row: RosterRow, *, late: bool = False) -> ComparedRow:
        """Match by name and birth date among the teachers that no row has taken; else the teacher is new."""
        assert row.pegawai is not None  # a refused row was settled by `by_number`
        person = name_key(row.pegawai.nama), row.pegawai.tanggal_lahir
        places = [at for at in self._person.get(person, ()) if at not in self._taken] if person[1] else []
        places = places or self._without_number(row.pegawai)
        if not places:
            return _compared(row, "baru", pegawai=row.pegawai, late=late)
        return self._take(row, places, "nama", late=late)

    def settle(self, row: RosterRow) -> ComparedRow:
        """Say what becomes of a row whose number is disputed or was given up, its holder having got another by their own row."""
        assert row.pegawai is not None
        places = [at for at in self._places(row) if self._has_number_of(row, at)]
        if not places:
            return self.by_person(row, late=True)
        old = self._stored[places[0]]
        if len(places) > 1 or places[0] in self._taken or not self._other(row.pegawai, old):
            return self._take(row, places, "nip", late=True)
        self._taken[places[0]] = row.place
        new, unkept, kept = self._merge.merged(old, row, whole=True)
        label, number = next((name.upper(), n) for name, n in _identity(row.pegawai) if getattr(old, name) == n)
        message = (
            f"{label} {number} milik {_described(old)} yang tersimpan, sedangkan berkas menulis {_described(row.pegawai)}; "
            "putuskan: orang yang sama, atau orang lain yang nomornya keliru."
        )
        return _compared(
            row,
            "perlu_diputuskan",
            question="orang",
            pegawai=new,
            old=old,
            field_changes=field_changes(old, new),
            reasons=(Remark(COLUMNS[label.lower()][0], message),),
            unkept=unkept,
            kept=kept,
        )

    def _refused_already(self, row: RosterRow) -> ComparedRow:
        """A row that reading has refused; one that only wants a number is known by its name, or can be added on demand."""
        if row.offered is None:
            return _compared(row, "ditolak", reasons=row.reasons)
        if places := self._without_number(row.offered):
            return self._take(msgspec.structs.replace(row, pegawai=row.offered, reasons=()), places, "nama")
        name = name_key(row.offered.nama)
        if self._by_name.get(name) or self._names[name] > 1:
            return _compared(row, "ditolak", reasons=row.reasons)
        return _compared(row, "ditolak", reasons=row.reasons, question="tanpa_nomor", offered=row.offered)

    def _without_number(self, new: Pegawai) -> list[int]:
        """The stored teacher who has no number and only this name, where no birth date says otherwise."""
        name = name_key(new.nama)
        places = self._by_name.get(name, [])
        if len(places) != 1 or self._names[name] > 1 or places[0] in self._taken:
            return []
        old = self._stored[places[0]]
        return [] if _identity(old) or (old.tanggal_lahir and new.tanggal_lahir) else places

    def _places(self, row: RosterRow) -> list[int]:
        """The stored teachers that have, or had before this import, one of the row's numbers."""
        numbers = _identity(row.pegawai) if row.pegawai else []
        return sorted({at for number in numbers for at in self._number.get(number, ())})

    def _other(self, new: Pegawai, old: Pegawai) -> bool:
        return other_person(old.nama, old.tanggal_lahir, new.nama, new.tanggal_lahir)

    def _has_number_of(self, row: RosterRow, at: int) -> bool:
        assert row.pegawai is not None
        return any(getattr(self._stored[at], name) == number for name, number in _identity(row.pegawai))

    def _take(self, row: RosterRow, places: list[int], field: str, *, late: bool = False) -> ComparedRow:
        assert row.pegawai is not None
        in_use = [self._taken[at] for at in places if at in self._taken]
        for at in places:
            self._taken.setdefault(at, row.place)
        if len(places) > 1:
            names = " dan ".join(shorten(self._stored[at].nama, 40) for at in places[:2])
            return _refused(row, field, f"cocok dengan dua guru yang tersimpan ({names}); perbaiki di Dapodik lalu impor lagi.")
        if in_use:
            return _refused(row, field, f"menunjuk guru yang sama dengan {in_use[0]}; hapus atau perbaiki salah satunya.")
        old = self._stored[places[0]]
        new, unkept, kept = self._merge.merged(old, row)
        self._replace(places[0], new)
        changes = field_changes(old, new)
        outcome: RowOutcome = "diperbarui" if changes else "sama"
        return _compared(row, outcome, pegawai=new, old=old, field_changes=changes, unkept=unkept, kept=kept, late=late)

    def _replace(self, at: int, new: Pegawai) -> None:
        for number in _identity(new):
            self._number.setdefault(number, []).append(at)
        self._stored[at] = new


def _identity(pegawai: Pegawai) -> list[_Number]:
    """The numbers that say who somebody is; one that only fills the cell says nothing."""
    return [(field, number) for field in NUMBERS if (number := getattr(pegawai, field)) and not is_placeholder(number)]


def _described(pegawai: Pegawai) -> str:
    born = f"lahir {pegawai.tanggal_lahir}" if pegawai.tanggal_lahir else "tanpa tanggal lahir"
    return f'"{shorten(pegawai.nama, 60)}" ({born})'


def _compared(row: RosterRow, outcome: RowOutcome, *, kept: tuple[Remark, ...] = (), **rest: Any) -> ComparedRow:
    """The row's answer; of a value that was kept the warning says so, instead of that it is taken or emptied."""
    dropped = {doubt.warning for doubt in row.doubts if any(remark.column == doubt.warning.column for remark in kept)}
    warnings = (*(warning for warning in row.warnings if warning not in dropped), *kept)
    return ComparedRow(row=row.row, sheet=row.sheet, outcome=outcome, name=row.name, warnings=warnings, kept=kept, **rest)


def _refused(row: RosterRow, field: str, message: str) -> ComparedRow:
    by = "NIP atau NUPTK" if field == "nip" else "Nama dan tanggal lahir"
    return _compared(row, "ditolak", reasons=(Remark(COLUMNS[field][0], f"{by} {message}"),))


def _left_asked(found: ComparedRow, row: RosterRow) -> ComparedRow:
    """Ask about a teacher whom the list itself tells as gone; whoever is stored stays, with a warning."""
    if not row.left or found.pegawai is None:
        return found
    if found.outcome != "baru":
        warning = Remark("Keterangan", f"{quoted(row.left)} menurut berkas; periksa apakah guru ini masih mengajar di sini.")
        return msgspec.structs.replace(found, warnings=(*found.warnings, warning))
    message = f"{quoted(row.left)} menurut berkas; putuskan: masih mengajar di sini (ambil), atau lewati."
    return msgspec.structs.replace(found, outcome="perlu_diputuskan", question="keluar", reasons=(Remark("Keterangan", message),))


def to_write(compared: Iterable[ComparedRow]) -> tuple[Pegawai, ...]:
    """The teachers that importing writes: the new (id 0) and the changed ones, in the file's order; the late ones last."""
    rows = [row for row in compared if row.pegawai is not None and row.outcome in ("baru", "diperbarui")]
    return tuple(row.pegawai for row in sorted(rows, key=lambda row: row.late) if row.pegawai is not None)


def count_by_outcome(compared: Iterable[ComparedRow]) -> dict[RowOutcome, int]:
    """How many rows of each outcome; the zeros too of those that every import has."""
    counted = Counter(row.outcome for row in compared)
    outcomes: tuple[RowOutcome, ...] = get_args(RowOutcome)
    return {outcome: counted[outcome] for outcome in outcomes if outcome not in RARE_OUTCOMES or counted[outcome]}
