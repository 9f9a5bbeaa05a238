"""The recovery log: every sealed envelope once more, in a second file that is only ever appended to.

Invariant: an envelope is in the log, on the disk, before the transaction that seals it commits; so whatever becomes of the
database, nothing that was sealed is lost. An entry without its database row is a seal that did not come about: nobody was told of
it, and sending it all the same harms nothing. What was taken back before it left has a line of its own, which older programs skip.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO

import msgspec
from msgspec import Struct

from pmm_tui.skp.wire import digest
from pmm_tui.store import faults
from pmm_tui.store.file import recovery_log, sync_folder

_LONGEST = 256 * 1024  # bytes of an entry; a longer line is no entry


class Entry(Struct, frozen=True, kw_only=True):
    """One sealed envelope: its line as text, its digest, when it was sealed and from which edit of the draft.

    The last two may be missing where the disk was damaged: the envelope is whole without them.
    """

    sha256: str
    waktu: str = ""
    suntingan: int = 0
    amplop: str

    @property
    def line(self) -> bytes:
        """The envelope's bytes."""
        return self.amplop.encode()


class _Withdrawal(Struct, frozen=True):
    """That an envelope was taken back before any byte of it left, by its digest."""

    ditarik: str
    waktu: str = ""


class Journal:
    """The log beside a database."""

    def __init__(self, database: Path) -> None:
        self.path = recovery_log(database)
        self._named = False  # whether the log's name is on the disk, as far as this run knows

    def append(self, line: bytes, when: str, edit: int) -> None:
        """Write an envelope to the disk; raises StorageError."""
        self._append([Entry(sha256=digest(line), waktu=when, suntingan=edit, amplop=line.decode())])

    def withdraw(self, digests: Iterable[str], when: str) -> None:
        """Note on the disk that these were taken back and are not to be sent; raises StorageError."""
        self._append([_Withdrawal(one, when) for one in digests])

    def withdrawn(self) -> frozenset[str]:
        """The digests of what was taken back, and not sealed again just so after that."""
        found = set[str]()
        for raw in self._lines():
            if (entry := _entry(raw)) is not None:
                found.discard(entry.sha256)
            elif raw.startswith(b'{"ditarik"'):
                with suppress(msgspec.MsgspecError, UnicodeDecodeError):
                    found.add(msgspec.json.decode(raw, type=_Withdrawal).ditarik)
        return frozenset(found)

    def _append(self, lines: Iterable[Struct]) -> None:
        try:
            flags = os.O_WRONLY | os.O_APPEND | os.O_CREAT | getattr(os, "O_BINARY", 0)
            number = os.open(self.path, flags, 0o600)
            try:
                # A torn entry before this one must not take this one with it: begin on a line of its own.
                _write_all(number, b"".join(b"\n" + msgspec.json.encode(line) + b"\n" for line in lines))
                os.fsync(number)
            finally:
                os.close(number)
            if not self._named:
                sync_folder(self.path.parent)
                self._named = True
        except OSError as error:
            raise faults.of_system(error, self.path) from None

    def last(self) -> Entry | None:
        """The newest intact envelope near the end of the log; None when there is none."""
        try:
            with self.path.open("rb") as file:
                file.seek(max(0, file.seek(0, os.SEEK_END) - _LONGEST))
                lines = file.read(_LONGEST).split(b"\n")
        except OSError:
            return None
        return next(filter(None, map(_entry, reversed(lines))), None)

    def entries(self) -> Iterator[Entry]:
        """The intact envelopes, oldest first, each once; entries that a power cut tore are skipped."""
        seen: set[str] = set()
        for raw in self._lines():
            entry = _entry(raw)
            if entry is not None and entry.sha256 not in seen:
                seen.add(entry.sha256)
                yield entry

    def _lines(self) -> Iterator[bytes]:
        try:
            file = self.path.open("rb")
        except OSError:
            return
        with file:
            while raw := _line(file):
                yield raw


def _write_all(number: int, content: bytes) -> None:
    while content:
        content = content[os.write(number, content) :]


def _line(file: BinaryIO) -> bytes:
    try:
        return file.readline(_LONGEST)
    except OSError:  # a bad spot of the disk: what came before it is there
        return b""


def _entry(raw: bytes) -> Entry | None:
    if not raw.strip():
        return None
    try:
        entry = msgspec.json.decode(raw, type=Entry)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
        return None
    return entry if digest(entry.line) == entry.sha256 else None
