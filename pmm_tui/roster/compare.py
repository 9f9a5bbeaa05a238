"""Comparing a roster file with the stored teachers: what importing it would do, row by row, and its summary.

Invariant: writing the result and comparing again finds nothing to do. So a stored teacher is matched by one row at most, and one
that a refused row points to is left alone by the weaker match of another.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any, get_args

import msgspec

from pmm_tui.roster.cell_values import name_key
from pmm_tui.roster.headings import COLUMNS
from pmm_tui.roster.model import ComparedRow, FieldChange, Remark, RosterReading, RosterRow, RowOutcome
from pmm_tui.skp.model import TEACHER_FIELDS, Pegawai
from pmm_tui.text import shorten

FIELDS = tuple(name for name in TEACHER_FIELDS if name in COLUMNS)
"""The fields of `Pegawai` that a file can set."""


def compare(reading: RosterReading, stored: Sequence[Pegawai]) -> tuple[ComparedRow, ...]:
    """Match every row with the stored teachers by NIP, then NUPTK, then name and birth date; in the file's order.

    A value that the file leaves empty stays as stored. A row that points to two teachers, or to one that another row has, is
    `ditolak`. The teachers to write, in this order, never share a number at any step.
    """
    matcher = _Matcher(stored)
    by_number = {row.row: matcher.by_number(row) for row in reading.rows}
    return tuple(by_number[row.row] or matcher.by_person(row) for row in reading.rows)


class _Matcher:
    """The stored teachers as the rows so far have changed them, and which row has taken which."""

    def __init__(self, stored: Sequence[Pegawai]) -> None:
        self._stored = dict(enumerate(stored))
        self._number: dict[tuple[str, str], list[int]] = {}
        self._person: dict[tuple[str, str], list[int]] = {}
        self._taken: dict[int, int] = {}
        for at, pegawai in self._stored.items():
            self._person.setdefault((name_key(pegawai.nama), pegawai.tanggal_lahir), []).append(at)
            for number in _identity(pegawai):
                self._number.setdefault(number, []).append(at)

    def by_number(self, row: RosterRow) -> ComparedRow | None:
        """Match by number; None when no stored teacher has one of the row's numbers."""
        if row.pegawai is None:
            return _compared(row, "ditolak", reasons=row.reasons)
        places = sorted({at for number in _identity(row.pegawai) for at in self._number.get(number, ())})
        return self._take(row, places, "nip") if places else None

    def by_person(self, row: RosterRow) -> ComparedRow:
        """Match by name and birth date among the teachers that no row has taken; else the teacher is new."""
        assert row.pegawai is not None  # a refused row was settled by `by_number`
        person = name_key(row.pegawai.nama), row.pegawai.tanggal_lahir
        places = [at for at in self._person.get(person, ()) if at not in self._taken] if person[1] else []
        if not places:
            return _compared(row, "baru", pegawai=row.pegawai)
        return self._take(row, places, "nama")

    def _take(self, row: RosterRow, places: list[int], field: str) -> ComparedRow:
        assert row.pegawai is not None
        in_use = [self._taken[at] for at in places if at in self._taken]
        for at in places:
            self._taken.setdefault(at, row.row)
        if len(places) > 1:
            names = " dan ".join(shorten(self._stored[at].nama, 40) for at in places[:2])
            return _refused(row, field, f"cocok dengan dua guru yang tersimpan ({names}); perbaiki di Dapodik lalu impor lagi.")
        if in_use:
            return _refused(row, field, f"menunjuk guru yang sama dengan baris {in_use[0]}; hapus atau perbaiki salah satunya.")
        old = self._stored[places[0]]
        new = _merged(old, row.pegawai)
        self._replace(places[0], new)
        field_changes = tuple(_changes(old, new))
        return _compared(row, "diperbarui" if field_changes else "sama", pegawai=new, old=old, field_changes=field_changes)

    def _replace(self, at: int, new: Pegawai) -> None:
        for number in _identity(self._stored[at]):
            self._number[number].remove(at)
        for number in _identity(new):
            self._number.setdefault(number, []).append(at)
        self._stored[at] = new


def _identity(pegawai: Pegawai) -> list[tuple[str, str]]:
    return [(field, number) for field in ("nip", "nuptk") if (number := getattr(pegawai, field))]


def _merged(old: Pegawai, new: Pegawai) -> Pegawai:
    return msgspec.structs.replace(old, **{field: value for field in FIELDS if (value := getattr(new, field))})


def _changes(old: Pegawai, new: Pegawai) -> Iterable[FieldChange]:
    for field in FIELDS:
        origin, becomes = getattr(old, field), getattr(new, field)
        if origin != becomes:
            yield FieldChange(field, COLUMNS[field][0], origin, becomes)


def _compared(row: RosterRow, outcome: RowOutcome, **rest: Any) -> ComparedRow:
    return ComparedRow(row=row.row, outcome=outcome, name=row.name, warnings=row.warnings, **rest)


def _refused(row: RosterRow, field: str, message: str) -> ComparedRow:
    by = "NIP atau NUPTK" if field == "nip" else "Nama dan tanggal lahir"
    return _compared(row, "ditolak", reasons=(Remark(COLUMNS[field][0], f"{by} {message}"),))


def to_write(compared: Iterable[ComparedRow]) -> tuple[Pegawai, ...]:
    """The teachers that importing writes: the new (id 0) and the changed ones, in the file's order."""
    return tuple(row.pegawai for row in compared if row.pegawai is not None and row.outcome in ("baru", "diperbarui"))


def count_by_outcome(compared: Iterable[ComparedRow]) -> dict[RowOutcome, int]:
    """How many rows of each outcome, the zeros too."""
    counted = Counter(row.outcome for row in compared)
    return {outcome: counted[outcome] for outcome in get_args(RowOutcome)}


def summary(reading: RosterReading, compared: Sequence[ComparedRow]) -> dict[str, Any]:
    """The import as one JSON-able document: where it was read from, the counts, and every row."""
    return {
        "berkas": reading.file_name,
        "jenis": reading.kind,
        "asal": reading.origin,
        "lembar": reading.sheet,
        "pengodean": reading.encoding,
        "pemisah": reading.delimiter,
        "baris_judul": reading.heading_row,
        "kolom": dict(reading.columns),
        "jumlah": count_by_outcome(compared),
        "dilewati": msgspec.to_builtins(reading.skipped),
        "baris": [_one(row) for row in compared],
    }


def _one(row: ComparedRow) -> dict[str, Any]:
    pegawai = row.pegawai
    return {
        "baris": row.row,
        "keadaan": row.outcome,
        "nama": row.name,
        "nip": pegawai.nip if pegawai else "",
        "nuptk": pegawai.nuptk if pegawai else "",
        "ubahan": msgspec.to_builtins(row.field_changes),
        "alasan": msgspec.to_builtins(row.reasons),
        "peringatan": msgspec.to_builtins(row.warnings),
    }
