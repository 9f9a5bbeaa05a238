"""The recovery log: what is whole in it is found, what is not is passed over."""

from __future__ import annotations

import os
from pathlib import Path

import msgspec
import pytest

from pmm_tui.errors import DiskFullError, ReadOnlyError
from pmm_tui.skp.wire import digest
from pmm_tui.store.journal import Journal

LONGEST = 262_144  # bytes of an entry


@pytest.fixture
def journal(tmp_path: Path) -> Journal:
    """A log that is not there yet."""
    return Journal(tmp_path / "pmm-tui.db")


def entry(text: str, **changed: object) -> bytes:
    """A line of the log."""
    return msgspec.json.encode({"sha256": digest(text.encode()), "waktu": "w", "suntingan": 3, "amplop": text} | changed) + b"\n"


def found(journal: Journal) -> list[str]:
    """The envelopes that the log holds."""
    return [one.amplop for one in journal.entries()]


def test_what_is_appended_is_found_again(journal: Journal) -> None:
    """An entry keeps the bytes, their digest, the time and the edit; the newest one is the last."""
    journal.append(b"satu", "2026-01-08", 4)
    journal.append(b"dua", "2026-01-09", 5)

    one, two = journal.entries()

    assert (one.line, one.sha256, one.waktu, one.suntingan) == (b"satu", digest(b"satu"), "2026-01-08", 4)
    assert journal.last() == two
    if os.name == "posix":
        assert journal.path.stat().st_mode & 0o777 == 0o600


def test_an_entry_whose_letters_changed_is_none(journal: Journal) -> None:
    """A bit that flipped inside an envelope must not come back as another plan in the teacher's name."""
    journal.path.write_bytes(entry("satu") + entry("dua", amplop="dwa") + entry("tiga"))

    assert found(journal) == ["satu", "tiga"]


def test_the_last_whole_entry_is_the_last(journal: Journal) -> None:
    """A torn or changed end of the log hides nothing before it; a log without a whole entry, or none at all, has no last one."""
    assert journal.last() is None
    assert found(journal) == []
    journal.path.write_bytes(b"\n\xff\n[]\n" + b"[" * 100_000 + b"\n")
    assert journal.last() is None
    journal.path.write_bytes(entry("satu") + entry("dua") + entry("tiga", amplop="rusak") + b'{"sha256')

    last = journal.last()

    assert last is not None
    assert last.amplop == "dua"


def test_each_envelope_comes_once(journal: Journal) -> None:
    """What was written twice, as after an append that seemed to fail, is one entry."""
    journal.path.write_bytes(entry("satu") * 2 + entry("dua") + entry("satu"))
    assert found(journal) == ["satu", "dua"]


def test_the_last_entry_may_be_as_long_as_an_entry_may_be(journal: Journal) -> None:
    """The end that is looked at holds the longest entry; what lies further back is not read for it."""
    frame = len(entry(""))
    longest = "x" * (LONGEST - frame)
    journal.path.write_bytes(entry("satu") + entry(longest))
    last = journal.last()
    assert last is not None
    assert last.amplop == longest

    journal.path.write_bytes(entry("satu") + entry(longest + "x"))
    assert journal.last() is None


def test_a_line_that_is_too_long_is_no_entry(journal: Journal) -> None:
    """A line longer than any entry is passed over piece by piece, and those around it are found."""
    frame = len(entry(""))
    journal.path.write_bytes(entry("x" * (LONGEST - frame)) + entry("y" * (LONGEST - frame + 2)) + entry("satu"))
    assert [len(text) for text in found(journal)] == [LONGEST - frame, 4]


def test_an_entry_is_written_to_its_end(journal: Journal, monkeypatch: pytest.MonkeyPatch) -> None:
    """A system that takes a few bytes at a time gets them all, and they are on the disk before the entry counts."""
    written, synced = os.write, []
    monkeypatch.setattr(os, "write", lambda number, content: written(number, content[:7]))
    monkeypatch.setattr(os, "fsync", lambda number: synced.append(os.fstat(number).st_mode & 0o170000))

    journal.append(b"satu", "w", 1)
    journal.append(b"dua", "w", 1)

    assert found(journal) == ["satu", "dua"]
    if os.name == "posix":  # the file each time, its folder once
        assert synced == [0o100000, 0o040000, 0o100000]


def test_a_log_that_cannot_be_written_is_told(journal: Journal, monkeypatch: pytest.MonkeyPatch) -> None:
    """A full disk and a file that is none are errors of ours that name the log."""

    def full(number: int) -> None:
        raise OSError(28, "x")

    with monkeypatch.context() as patched:
        patched.setattr(os, "fsync", full)
        with pytest.raises(DiskFullError):
            journal.append(b"satu", "w", 1)
    journal.path.unlink()
    journal.path.mkdir()
    with pytest.raises(ReadOnlyError, match="pemulihan"):
        journal.append(b"satu", "w", 1)
    assert found(journal) == []
    assert journal.last() is None
