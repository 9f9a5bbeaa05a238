"""Writes XLS files (BIFF8 in an OLE compound file) with nothing but Python: one sheet of text, number and date cells."""

from __future__ import annotations

import struct
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

SECTOR = 512
END, FREE, FAT = 0xFFFFFFFE, 0xFFFFFFFF, 0xFFFFFFFD
MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def workbook(table: Iterable[Sequence[Any]], *, sheet: str = "Daftar Guru", first: bytes = b"") -> bytes:
    """Return an XLS of `table`, whose cells are `str`, numbers, `date` or None; `first` is put behind the globals' BOF."""
    shared: dict[str, int] = {}
    cells = b"".join(_cell(row, column, value, shared) for row, line in enumerate(table) for column, value in enumerate(line))
    name = sheet.encode("utf-16-le")
    formats = b"".join(_record(0xE0, struct.pack("<HH16x", 0, number)) for number in (0, 14))
    strings = struct.pack("<II", len(shared), len(shared)) + b"".join(_text(text) for text in shared)
    size = 4 + 16 + len(first) + len(formats) + (4 + 8 + len(name)) + (4 + len(strings)) + 4
    head = _bof(5) + first + formats
    head += _record(0x85, struct.pack("<IBBBB", size, 0, 0, len(sheet), 1) + name) + _record(0xFC, strings) + _record(0x0A)
    assert len(head) == size
    assert len(strings) < 8_000  # one record; no CONTINUE is written
    return compound({"Workbook": head + _bof(16) + cells + _record(0x0A)})


def compound(streams: dict[str, bytes]) -> bytes:
    """Return an OLE compound file of `streams`, each padded so that it needs no mini stream."""
    padded = {name: content.ljust(4096, b"\0") for name, content in streams.items()}
    sectors = [-(-len(content) // SECTOR) for content in padded.values()]
    tables = next(count for count in range(1, 110) if count * 128 >= count + 1 + sum(sectors))
    chains, entries, body, sector = [], [_entry("Root Entry", 5, END, 0, child=1)], b"", tables + 1
    for number, (name, content) in enumerate(padded.items(), 1):
        count = sectors[number - 1]
        chains += [*range(sector + 1, sector + count), END]
        entries.append(_entry(name, 2, sector, len(content), right=number + 1 if number < len(padded) else FREE))
        body += content.ljust(count * SECTOR, b"\0")
        sector += count
    assert len(entries) <= 4  # one sector of directory
    allocation = [*[FAT] * tables, END, *chains]
    packed = struct.pack(f"<{len(allocation)}I", *allocation).ljust(tables * SECTOR, b"\xff")
    header = MAGIC + struct.pack("<16xHHHHH6xIIIIIIIII", 0x3E, 3, 0xFFFE, 9, 6, 0, tables, tables, 0, 4096, END, 0, END, 0)
    header += struct.pack("<109I", *range(tables), *[FREE] * (109 - tables))
    return header + packed + b"".join(entries).ljust(SECTOR, b"\0") + body


def _entry(name: str, kind: int, start: int, size: int, *, child: int = FREE, right: int = FREE) -> bytes:
    raw = (name + "\0").encode("utf-16-le")
    return raw.ljust(64, b"\0") + struct.pack("<HBBIII36xIQ", len(raw), kind, 1, FREE, right, child, start, size)


def _cell(row: int, column: int, value: Any, shared: dict[str, int]) -> bytes:
    if value is None:
        return b""
    if isinstance(value, str):
        return _record(0xFD, struct.pack("<HHHI", row, column, 0, shared.setdefault(value, len(shared))))
    number, form = ((value - date(1899, 12, 30)).days, 1) if isinstance(value, date) else (value, 0)
    return _record(0x203, struct.pack("<HHHd", row, column, form, number))


def _text(text: str) -> bytes:
    return struct.pack("<HB", len(text.encode("utf-16-le")) // 2, 1) + text.encode("utf-16-le")


def _bof(kind: int) -> bytes:
    return _record(0x809, struct.pack("<HHHHII", 0x600, kind, 0x0DBB, 0x07CC, 0, 6))


def _record(kind: int, content: bytes = b"") -> bytes:
    return struct.pack("<HH", kind, len(content)) + content
