"""The child process: a file on its standard input, one JSON document on its standard output.

The document is what `pick_rows` returns with `kind`, or `{"complaint": "…"}`, a sentence that starts after the file's name. The
arguments are the heading map and what the operator said of columns, as JSON. Private columns and the rest of the file end here.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from typing import Any

from pmm_tui.errors import InputError
from pmm_tui.roster.file_kind import MAX_FILE, kind_of
from pmm_tui.roster.heading_match import Remembered
from pmm_tui.roster.headings import HeadingMap
from pmm_tui.roster.sandbox import confine
from pmm_tui.roster.unknown_headings import UnknownHeadingsError

TOO_HEAVY = (
    "rusak atau terlalu besar untuk dibaca dengan aman; buka di Excel atau LibreOffice, salin tabel guru ke berkas baru, "
    "simpan sebagai .xlsx, lalu impor lagi."
)


def read(data: bytes, headings: HeadingMap, remembered: Remembered | None = None) -> dict[str, Any]:
    """Read the bytes of a roster file of any kind; raises InputError."""
    if len(data) > MAX_FILE:
        raise InputError(f"lebih dari {MAX_FILE // 1_000_000} MB; salin tabel guru saja ke berkas baru, lalu impor lagi.")
    kind = kind_of(data)
    if kind == "csv":
        from pmm_tui.roster.csv_text import read_csv

        return {"kind": kind, **read_csv(data, headings, remembered)}
    try:
        from pmm_tui.roster.sheets import read_workbook  # late: text needs no calamine, and it may be missing
    except ImportError:
        raise InputError("butuh pembaca Excel (python-calamine) yang belum terpasang; simpan berkas sebagai CSV UTF-8.") from None
    return {"kind": kind, **read_workbook(data, kind, headings, remembered)}


def deliver(work: Callable[[bytes], dict[str, Any]]) -> None:
    """Do the work on standard input, of which no more is read than a file may have, and write its document or its complaint."""
    result: dict[str, Any]
    try:
        result = work(sys.stdin.buffer.read(MAX_FILE + 1))
    except InputError as error:
        result = {"complaint": error.sentence}
        if isinstance(error, UnknownHeadingsError) and error.headings:
            result |= {"headings": error.headings}
    except (MemoryError, RecursionError):
        result = {"complaint": TOO_HEAVY}
    sys.stdout.buffer.write(json.dumps(result, separators=(",", ":")).encode("ascii"))
    sys.stdout.buffer.flush()


def main() -> None:
    """Read standard input within the limits and write the document."""
    confine()
    headings, remembered = json.loads(sys.argv[1]), json.loads(sys.argv[2]) if len(sys.argv) > 2 else None
    deliver(lambda data: read(data, headings, remembered))


if __name__ == "__main__":
    main()
