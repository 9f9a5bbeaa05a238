"""Putting a row's values over a stored teacher's: what is empty, foreign to its column or poorer stays as it was."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import msgspec

from pmm_tui.roster.headings import COLUMNS, NUMBERS
from pmm_tui.roster.model import FieldChange, Remark, RosterReading, RosterRow
from pmm_tui.skp.column_values import why_kept, why_typed_kept
from pmm_tui.skp.katalog import Katalog
from pmm_tui.skp.model import TEACHER_FIELDS, Pegawai
from pmm_tui.skp.nip import is_placeholder
from pmm_tui.text import quoted

FIELDS = tuple(name for name in TEACHER_FIELDS if name in COLUMNS)
"""The fields of `Pegawai` that a file can set."""


class FieldMerge:
    """Merges the rows of one file, which knows what words that file uses; `typed` has values typed by hand, by id and field."""

    def __init__(
        self, reading: RosterReading, katalog: Katalog | None, typed: Mapping[int, Mapping[str, str]] | None = None
    ) -> None:
        self._columns, self._katalog, self._typed = reading.columns, katalog, typed or {}
        self._partial = reading.partial
        teachers = [row.pegawai for row in reading.rows if row.pegawai is not None]
        self._said = {field: {getattr(p, field) for p in teachers} for field in FIELDS}

    def merged(self, old: Pegawai, row: RosterRow, *, whole: bool = False) -> tuple[Pegawai, Pegawai | None, tuple[Remark, ...]]:
        """Return the teacher to write; that with the file's own words for what was kept (None: nothing was); and what was kept.

        `whole` is for a row that is somebody else's until decided: the name is then theirs, however it is written.
        """
        assert row.pegawai is not None
        said = {field: value for field in FIELDS if (value := getattr(row.pegawai, field))}
        said |= {field: _added(getattr(old, field), said[field]) for field in self._partial if field in said}
        said |= {field: "" for field in NUMBERS if field not in said and is_placeholder(getattr(old, field))}
        reasons = {
            field: why_kept(field, getattr(old, field), value, self._katalog, self._said[field]) for field, value in said.items()
        }
        by_hand = self._typed.get(old.id, {})
        for field, value in said.items():
            reasons[field] = reasons[field] or why_typed_kept(getattr(old, field), value, by_hand.get(field))
        if whole:
            reasons.pop("nama", None)
        kept = {field: reason for field, reason in reasons.items() if reason}
        new = msgspec.structs.replace(old, **{field: value for field, value in said.items() if field not in kept})
        remarks = [self._remark(row, field, reason) for field, reason in kept.items()]
        unread = (doubt for doubt in row.doubts if doubt.field not in said and doubt.field in FIELDS)
        remarks += [
            self._remark(row, doubt.field, f"{quoted(doubt.value)} bukan isi kolom ini; tetap {quoted(value)}.")
            for doubt in unread
            if (value := getattr(old, doubt.field))
        ]
        return new, msgspec.structs.replace(old, **said) if kept else None, tuple(remarks)

    def _remark(self, row: RosterRow, field: str, message: str) -> Remark:
        heading = next((doubt.warning.column for doubt in row.doubts if doubt.field == field), "")
        return Remark(heading or self._columns.get(field, COLUMNS[field][0]), message)


def _added(stored: str, said: str) -> str:
    """What is stored and behind it what it does not name yet, between commas."""
    there = {part.strip().casefold() for part in stored.split(",")}
    return ", ".join(filter(None, (stored, *(part for part in said.split(", ") if part.casefold() not in there))))


def field_changes(old: Pegawai, new: Pegawai) -> tuple[FieldChange, ...]:
    """What differs between a stored teacher and the one to write."""
    return tuple(_changes(old, new))


def _changes(old: Pegawai, new: Pegawai) -> Iterator[FieldChange]:
    for field in FIELDS:
        origin, becomes = getattr(old, field), getattr(new, field)
        if origin != becomes:
            yield FieldChange(field, COLUMNS[field][0], origin, becomes)
