"""Reading a roster file: opens it, has a bounded child process read it, and judges what the child hands back."""

from __future__ import annotations

import json
import logging
import os
import subprocess
import sys
import time
from datetime import date
from pathlib import Path

import msgspec
from msgspec import Struct

from pmm_tui.errors import InputError
from pmm_tui.private_file import NotAFileError, open_regular
from pmm_tui.roster.cell_values import Cell
from pmm_tui.roster.child import TOO_HEAVY
from pmm_tui.roster.dapodik import judge_rows
from pmm_tui.roster.file_kind import MAX_FILE, FileKind
from pmm_tui.roster.headings import HeadingMap, heading_map
from pmm_tui.roster.model import RosterReading, SkippedRow
from pmm_tui.skp.katalog import Katalog
from pmm_tui.text import clean, shorten

SECONDS = 4.0
"""Seconds that the child may take, its own start included (0.1 s; 1 s for 5,000 teachers)."""

_IS_FOLDER = "ini map, bukan berkas; pilih berkas Daftar Guru di dalamnya."
_ENVIRONMENT = ("SYSTEMROOT", "PATH", "LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH", "PYTHONHOME")

_log = logging.getLogger("pmm_tui.roster")


class _ChildAnswer(Struct, frozen=True):
    """The child's document."""

    complaint: str = ""
    kind: FileKind = "csv"
    heading_row: int = 0
    columns: dict[str, str] = {}
    rows: tuple[tuple[int, dict[str, Cell]], ...] = ()
    skipped: tuple[tuple[int, str], ...] = ()
    sheet: str = ""
    encoding: str = ""
    delimiter: str = ""


def read_roster(path: Path, katalog: Katalog, today: date) -> RosterReading:
    """Read a Dapodik "Daftar Guru" (XLSX, XLS or CSV, by content); private columns stay in the process that reads it.

    Takes at most about 4.5 s and 300 MB whatever the file is. Raises InputError for a file that cannot be used at all; a row that
    cannot be used is in the answer with its reason.
    """
    name = shorten(clean(path.name), 80) or "Berkas"
    try:
        return assemble(_read_in_child(path, heading_map(katalog.impor_dapodik)), name, katalog, today)
    except InputError as error:
        raise InputError(f"{name}: {error.sentence}") from None


def assemble(document: bytes, file_name: str, katalog: Katalog, today: date) -> RosterReading:
    """Turn the child's JSON document into the reading of `file_name`; raises InputError with what the child complains of."""
    try:
        answer = msgspec.json.decode(document, type=_ChildAnswer)
    except msgspec.DecodeError:
        raise InputError(TOO_HEAVY) from None
    if answer.complaint:
        raise InputError(answer.complaint)
    if not answer.rows:
        raise InputError(f"tidak berisi guru di bawah judul di baris {answer.heading_row}; unduh ulang Daftar Guru dari Dapodik.")
    _log.debug("%s with %d rows, %d skipped", answer.kind, len(answer.rows), len(answer.skipped))
    return RosterReading(
        file_name=file_name,
        kind=answer.kind,
        heading_row=answer.heading_row,
        columns=answer.columns,
        rows=judge_rows(answer.rows, answer.columns, katalog, today),
        skipped=tuple(SkippedRow(row, reason) for row, reason in answer.skipped),
        sheet=answer.sheet,
        encoding=answer.encoding,
        delimiter=answer.delimiter,
    )


def _read_in_child(path: Path, headings: HeadingMap) -> bytes:
    fd = _open(path)
    try:
        return _run_child(fd, json.dumps(headings))
    finally:
        os.close(fd)


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


def _run_child(fd: int, headings: str) -> bytes:
    """Run the child on an open file; neither the path nor anything personal is in its arguments or environment."""
    environment = {name: os.environ[name] for name in _ENVIRONMENT if name in os.environ}
    environment["PYTHONPATH"] = os.pathsep.join(str(Path(place).absolute()) for place in sys.path)  # also zipapps and checkouts
    try:
        child = subprocess.Popen(  # noqa: S603  (our own module in our own interpreter)
            [sys.executable, "-P", "-X", "utf8", "-m", "pmm_tui.roster.child", headings],
            stdin=fd,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=environment,
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        )
    except OSError:
        raise InputError(
            "program pembaca tidak dapat dijalankan; tutup program lain untuk memberi ruang, lalu coba lagi."
        ) from None
    began = time.monotonic()
    with child:
        try:
            output = child.communicate(timeout=SECONDS)[0]
        except subprocess.TimeoutExpired:
            _log.info("child killed, too slow")
            raise InputError(TOO_HEAVY) from None
        finally:
            child.kill()
    _log.info("child ended with code %d after %d ms, %d bytes", child.returncode, (time.monotonic() - began) * 1000, len(output))
    return output
