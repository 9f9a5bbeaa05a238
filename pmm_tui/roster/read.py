"""Reading a roster file: opens it, has a bounded child process read it, and judges what the child hands back."""

from __future__ import annotations

import json
import logging
import os
import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

import msgspec
from msgspec import Struct

from pmm_tui.errors import InputError
from pmm_tui.private_file import NotAFileError, open_regular
from pmm_tui.roster.aside_words import left
from pmm_tui.roster.child import TOO_HEAVY
from pmm_tui.roster.choose_tables import FoundTable, choose, main_table
from pmm_tui.roster.column_sense import sense
from pmm_tui.roster.dapodik import judge_rows
from pmm_tui.roster.duplicates import Duplicates
from pmm_tui.roster.file_kind import MAX_FILE, FileKind
from pmm_tui.roster.heading_match import Remembered
from pmm_tui.roster.headings import HeadingMap, heading_map
from pmm_tui.roster.lane import LEFT
from pmm_tui.roster.left_unread import chosen_words, near_words, unread_columns, unread_rows, unread_tables
from pmm_tui.roster.model import RosterReading, RosterRow, SkippedRow, Table, Unread
from pmm_tui.roster.run_child import run_child
from pmm_tui.roster.unknown_headings import UnknownHeadingsError
from pmm_tui.skp.katalog import Katalog
from pmm_tui.text import clean, quoted, shorten

_IS_FOLDER = "ini map, bukan berkas; pilih berkas Daftar Guru di dalamnya."

_log = logging.getLogger("pmm_tui.roster")


class _Unknown(Struct, frozen=True):
    """A sheet without headings that has numbers of teachers."""

    sheet: str
    teachers: int


class _ChildAnswer(FoundTable, frozen=True):
    """The child's document: the table that looks most like the list of teachers, and the others."""

    complaint: str = ""
    kind: FileKind = "csv"
    heading_row: int = 0
    columns: dict[str, str] = {}
    encoding: str = ""
    delimiter: str = ""
    headings: tuple[str, ...] = ()
    further: tuple[FoundTable, ...] = ()
    others: tuple[FoundTable, ...] = ()
    unread: tuple[str, ...] = ()
    unknown: tuple[_Unknown, ...] = ()

    def tables(self) -> tuple[FoundTable, ...]:
        """All tables; those below the first in a text have no order of their own."""
        first = FoundTable(**{name: getattr(self, name) for name in FoundTable.__struct_fields__})
        below = (msgspec.structs.replace(table, order=at) for at, table in enumerate(self.further, 1))
        return (first, *self.others, *below)


def read_roster(
    path: Path, katalog: Katalog, today: date, sheets: Sequence[str] = (), remembered: Remembered | None = None
) -> RosterReading:
    """Read a Dapodik "Daftar Guru" (XLSX, XLS or CSV, by content); private columns stay in the process that reads it.

    `sheets` names those to read (`semua`: all); else the tables that belong together are. `remembered` is what the operator said of
    columns. Takes at most about 4.5 s and 300 MB
    whatever the file is. Raises InputError for a file that cannot be used at all; a row that cannot be used is in the answer with
    its reason.
    """
    name = shorten(clean(path.name), 80) or "Berkas"
    try:
        return assemble(_read_in_child(path, heading_map(katalog.impor_dapodik), remembered or {}), name, katalog, today, sheets)
    except UnknownHeadingsError as error:
        seen = ", ".join(map(quoted, error.headings[:8]))
        raise UnknownHeadingsError(f"{name}: {error.sentence} Judul yang tampak: {seen}.", error.headings) from None
    except InputError as error:
        raise InputError(f"{name}: {error.sentence}") from None


def read_list(content: bytes, name: str, katalog: Katalog, today: date, remembered: Remembered | None = None) -> RosterReading:
    """Read a list that came another way than as a file, as `read_roster` does; `name` is what it is called. Raises InputError."""
    document = run_child(content, "child", json.dumps(heading_map(katalog.impor_dapodik)), json.dumps(remembered or {}))
    return assemble(document, name, katalog, today)


def assemble(document: bytes, file_name: str, katalog: Katalog, today: date, sheets: Sequence[str] = ()) -> RosterReading:
    """Turn the child's JSON document into the reading of `file_name`; raises InputError with what the child complains of."""
    try:
        answer = msgspec.json.decode(document, type=_ChildAnswer)
    except msgspec.DecodeError:
        raise InputError(TOO_HEAVY) from None
    if answer.complaint and answer.headings:
        raise UnknownHeadingsError(answer.complaint, answer.headings)
    if answer.complaint:
        raise InputError(answer.complaint)
    chosen = choose(answer.tables(), sheets)
    taken = [table for table, reason in chosen if not reason]
    first = main_table(taken or answer.tables())
    if not any(table.rows for table in taken):
        raise InputError(f"tidak berisi guru di bawah judul di baris {first.heading_row}; unduh ulang Daftar Guru dari Dapodik.")
    several = len({table.sheet for table in taken}) > 1
    duplicates = Duplicates()
    rows: list[RosterRow] = []
    unread: list[Unread] = []
    said: list[str] = []
    for table in taken:
        sheet = table.sheet if several else ""
        if word := left(table.sheet):
            for _, cells in table.rows:
                cells.setdefault(LEFT, word)
        told = sense(table.rows, table.columns, katalog)
        rows += judge_rows(table.rows, table.columns, katalog, today, sheet, duplicates, told)
        said += [note for note in (*chosen_words(table.chosen), *near_words(table.near), *told.notes) if note not in said]
        unread += unread_columns(table, told.no_status)
    skipped = (
        *(SkippedRow(row, reason, t.sheet if several else "") for t in taken for row, reason in t.skipped),
        *duplicates.skipped,
    )
    unknown = tuple(
        Table(sheet=u.sheet, heading_row=0, teachers=u.teachers, taken=False, reason="judul kolomnya tidak dikenal")
        for u in answer.unknown
    )
    _log.debug("%s with %d rows in %d of %d tables", answer.kind, len(rows), len(taken), len(chosen))
    return RosterReading(
        file_name=file_name,
        kind=answer.kind,
        heading_row=first.heading_row,
        columns=first.columns,
        rows=tuple(map(duplicates.final, rows)),
        skipped=skipped,
        sheet=first.sheet,
        encoding=answer.encoding,
        delimiter=answer.delimiter,
        tables=(*(table.told(reason) for table, reason in chosen), *unknown),
        unread=answer.unread,
        hidden_rows=sum(table.hidden_rows for table in taken),
        left_unread=(
            *unread,
            *unread_rows(skipped),
            *unread_tables((*(t.told(why) for t, why in chosen if why), *unknown), answer.unread),
        ),
        sense=tuple(said),
        shapes=tuple(dict.fromkeys(table.shape for table in taken if table.shape)),
        chosen={heading: field for table in taken for heading, field in table.chosen.items()},
    )


def _read_in_child(path: Path, headings: HeadingMap, remembered: Remembered) -> bytes:
    fd = _open(path)
    try:
        return run_child(fd, "child", json.dumps(headings), json.dumps(remembered))
    finally:
        os.close(fd)


def read_skeleton(path: Path) -> dict[str, Any]:
    """The skeleton of a list (`pmm_tui.roster.skeleton`), read within the same limits; raises InputError."""
    return read_by("skeleton", path)


def read_by(module: str, path: Path) -> dict[str, Any]:
    """What another child of this package hands back of a file, read within the same limits; raises InputError."""
    name = shorten(clean(path.name), 80) or "Berkas"
    try:
        fd = _open(path)
        try:
            document = json.loads(run_child(fd, module))
        except ValueError:
            raise InputError(TOO_HEAVY) from None
        finally:
            os.close(fd)
        if complaint := document.get("complaint"):
            raise InputError(complaint)
    except InputError as error:
        raise InputError(f"{name}: {error.sentence}") from None
    return dict(document)


def _open(path: Path) -> int:
    """Open a regular file of bearable size."""
    try:
        fd = open_regular(path)
    except FileNotFoundError:
        raise InputError("berkas tidak ditemukan; periksa nama dan mapnya.") from None
    except PermissionError:
        if sys.platform == "win32" and path.is_dir():  # elsewhere a folder opens
            raise InputError(_IS_FOLDER) from None
        raise InputError("berkas tidak boleh dibaca; tutup dulu di Excel bila sedang terbuka, atau periksa izinnya.") from None
    except IsADirectoryError:
        raise InputError(_IS_FOLDER) from None
    except NotAFileError:
        raise InputError("bukan berkas biasa; impor berkas Daftar Guru unduhan Dapodik (.xlsx) atau CSV.") from None
    except (OSError, ValueError):
        raise InputError("berkas tidak dapat dibuka; periksa nama dan tempatnya, atau salin dulu ke map Dokumen.") from None
    if os.fstat(fd).st_size > MAX_FILE:
        os.close(fd)
        raise InputError(f"lebih dari {MAX_FILE // 1_000_000} MB; salin tabel guru saja ke berkas baru, lalu impor lagi.")
    return fd
