"""Has the program read a list, and compares what it took, row by row, with what was meant."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import date
from functools import cache
from typing import Any, Literal, NamedTuple

from pmm_tui.errors import InputError
from pmm_tui.roster.child import read
from pmm_tui.roster.compare import compare
from pmm_tui.roster.headings import heading_map
from pmm_tui.roster.model import ComparedRow, RosterReading
from pmm_tui.roster.read import assemble
from pmm_tui.roster.summary import summary
from pmm_tui.skp.katalog_reader import bundled
from tests.roster.fuzz.headings import HEADINGS, SECRET
from tests.roster.fuzz.oracle import FIELDS, Line, SchoolList, Sheet, Want
from tests.roster.fuzz.writers import write

TODAY = date(2026, 7, 1)
Kind = Literal["traceback", "falsified", "dropped", "invented", "wordless", "leaked", "wrong", "noise"]
HARD: tuple[Kind, ...] = ("traceback", "falsified", "dropped", "invented", "wordless", "leaked")
"""What must never happen; the others are told to the operator, and count against the share that is read rightly."""


class Finding(NamedTuple):
    """Where the program took something else than was meant."""

    kind: Kind
    field: str
    told: str

    @property
    def sort(self) -> tuple[str, str]:
        """What makes two findings one of a kind."""
        return self.kind, self.field


class Verdict(NamedTuple):
    """What became of a list: how many teachers it has, how many of them were read rightly, and what was not."""

    teachers: int
    right: int
    findings: list[Finding]

    @property
    def hard(self) -> list[Finding]:
        """What must never happen."""
        return [finding for finding in self.findings if finding.kind in HARD]


@cache
def _headings() -> Any:
    return heading_map(bundled().impor_dapodik)


def examine(made: SchoolList) -> Verdict:
    """Read the list in this process, the way the child and the parent do, and judge what came of it."""
    teachers = sum(line.fate not in ("none", "again") for sheet in made.sheets for line in sheet.lines)
    data = write(made)
    try:
        document = json.dumps(read(data, _headings())).encode("ascii")
        reading = assemble(document, "guru", bundled(), TODAY)
        rows = compare(reading, [], bundled())
        told = summary(reading, rows)
    except InputError as refused:
        findings = [Finding("wrong", "file", refused.sentence)] if teachers else []
        return Verdict(teachers, 0, findings)
    except Exception as error:
        return Verdict(teachers, 0, [Finding("traceback", type(error).__name__, repr(error))])
    judge = _Judge(made, reading, rows, told)
    findings = list(judge.findings())
    if SECRET in document.decode("ascii") and "fault:shifted" not in made.features:
        findings.append(Finding("leaked", "private", "a private column left the reader"))
    return Verdict(teachers, judge.right, findings)


_IN_TWO_ROWS = {"tanggal_lahir": "tanggal", "status_kepegawaian": "status", "golongan": "gol"}
"""How a heading of two rows ends."""


def _key(text: object) -> str:
    return "".join(filter(str.isalnum, str(text).casefold()))


class _Judge:
    def __init__(self, made: SchoolList, reading: RosterReading, rows: tuple[ComparedRow, ...], told: dict[str, Any]) -> None:
        self.made, self.right = made, 0
        self._several = len({row.sheet for row in rows}) > 1 or any(row.sheet for row in rows)
        self._told = told
        self._taken = {table["lembar"] for table in told["tabel"] if table["dibaca"]}
        self._rows = {(row.sheet, row.row): row for row in rows}
        self._skipped = {(skipped.sheet, skipped.row): skipped.reason for skipped in reading.skipped}
        self._file_words = _key(json.dumps([told.get("tidak_dibaca", ""), told["catatan"], told["tidak_diperiksa"]]))
        self._seen: set[int] = set()

    def findings(self) -> Iterator[Finding]:
        """All that is not as it should be."""
        named = {table["lembar"] for table in self._told["tabel"] if not table["dibaca"] and table["guru"]}
        for sheet in self.made.sheets:
            if sheet.aside:
                yield from self._aside(sheet)
                continue
            for number, line in enumerate(sheet.lines, 1):
                mine = list(self._row(line, self._found(sheet, number, line), self._reason(sheet, number), sheet.name in named))
                self.right += not mine and line.fate not in ("none", "again")
                yield from mine
        for row in self._rows.values():
            if id(row) not in self._seen and row.pegawai is not None:
                yield Finding("invented", "row", f"{row.place}: {row.name}")
        if any(line.hidden for sheet in self.made.sheets for line in sheet.lines) and not self._told["baris_tersembunyi"]:
            yield Finding("wordless", "hidden rows", "")

    def _found(self, sheet: Sheet, number: int, line: Line) -> ComparedRow | None:
        row = self._rows.get((sheet.name if self._several else "", number)) if self._read(sheet) else None
        if row is not None:
            self._seen.add(id(row))
        return row

    def _read(self, sheet: Sheet) -> bool:
        return sheet.name in self._taken or self._taken == {""}

    def _reason(self, sheet: Sheet, number: int) -> str:
        return self._skipped.get((sheet.name if self._several else "", number), "") if self._read(sheet) else ""

    def _aside(self, sheet: Sheet) -> Iterator[Finding]:
        named = {table["lembar"] for table in self._told["tabel"] if not table["dibaca"]} | set(self._told["tidak_diperiksa"])
        if sheet.name not in named:
            yield Finding("wordless", "sheet", sheet.name)

    def _row(self, line: Line, row: ComparedRow | None, skipped: str, named: bool) -> Iterator[Finding]:
        stored = row is not None and row.pegawai is not None and row.outcome == "baru"
        shown = f"{[cell for cell in line.cells if cell is not None]}"
        if row is None and not skipped:
            if line.fate == "store" or (line.fate in ("refuse", "either") and not named):
                yield Finding("wrong" if named else "dropped", "row", shown)
        elif line.fate == "none":
            if stored:
                yield Finding("invented", "row", f"{shown} -> {row.name if row else ''}")
            elif row is not None:
                yield Finding("noise", "row", f"{shown} -> {[r.message for r in row.reasons]}")
        elif line.fate == "again":
            if stored:
                yield Finding("invented", "twice", shown)
            elif row is not None:
                yield Finding("noise", "twice", f"{shown} -> {[r.message for r in row.reasons]}")
        elif not stored:
            if line.fate == "store" or (row is None and line.fate == "refuse"):
                why = skipped or "; ".join(f"{r.column}: {r.message}" for r in (row.reasons if row else ()))
                yield Finding("wrong", "row", f"{shown} -> {why}")
        elif line.fate == "refuse":
            yield Finding("wordless" if not (row and row.warnings) else "wrong", "stored", f"{shown} -> {row and row.name}")
        else:
            assert row is not None
            yield from self._fields(line, row)

    def _fields(self, line: Line, row: ComparedRow) -> Iterator[Finding]:
        for field in FIELDS:
            got, want = _tidy(getattr(row.pegawai, field)), line.wants.get(field, Want())
            said = f"{field}: {got!r}, meant {want.value!r} in {[cell for cell in line.cells if cell is not None]}"
            word = self._word(field, row)
            if got == want.value:
                if want.said and not word:
                    yield Finding("wordless", field, said)
            elif not got:
                if not word:
                    yield Finding("dropped", field, said)
                elif not want.blank:
                    yield Finding("wrong", field, said)
            elif want.raw and got.replace(" ,", ",") == want.raw and (word or want.blank):
                continue
            elif word and field in ("status_kepegawaian", "jenis_ptk", "golongan") and _kept_as_written(got, line):
                if not want.blank:
                    yield Finding("wrong", field, said)  # kept as it is, with a word: no falsehood, but not read
            else:
                yield Finding("falsified", field, said)

    def _word(self, field: str, row: ComparedRow) -> bool:
        """Whether something was said of this column."""
        keys = {_key(heading) for heading in HEADINGS[field]} | {_key(field), _IN_TWO_ROWS.get(field, _key(field))}
        columns = {_key(remark.column) for remark in (*row.warnings, *row.reasons)}
        if columns & keys or any(column and any(column.endswith(key) for key in keys) for column in columns):
            return True
        return any(len(key) > 3 and key in self._file_words for key in keys)


def _tidy(value: str) -> str:
    return " ".join(value.split())


def _kept_as_written(got: str, line: Line) -> bool:
    return any(_tidy(re.sub(r"[\u200b\u202c]", "", str(cell))) == got for cell in line.cells)
