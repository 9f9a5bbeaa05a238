"""The database file itself: how it comes to be, what lies beside it, what is left of killed runs."""

from __future__ import annotations

import errno
import os
import stat
import time
from pathlib import Path

import pytest

from pmm_tui.errors import CorruptError, ReadOnlyError
from pmm_tui.store import Store
from pmm_tui.store.file import (
    copies,
    copies_folder,
    make_folder,
    remove_database,
    remove_stale,
    side_file,
    sync_folder,
    wrecks,
)
from tests.store.samples import with_teachers


def aged(path: Path, seconds: float) -> Path:
    """A file that was last written so many seconds ago."""
    path.parent.mkdir(parents=True, exist_ok=True)
    if not path.exists():
        path.write_bytes(b"x")
    os.utime(path, (time.time() - seconds,) * 2)
    return path


def no_links(source: object, target: object) -> None:
    """What a USB stick says when it is asked for a link."""
    raise OSError(errno.EPERM, "no links here")


@pytest.mark.parametrize("rest", ["log", "copy", "wreck"])
def test_what_is_left_of_a_lost_database_forbids_a_fresh_start(path: Path, rest: str) -> None:
    """A log, a copy or a wreck without its database tells that one was here: an empty one is not laid over that."""
    left = {
        "log": path.with_name("pmm-tui-pemulihan.ndjson"),
        "copy": copies_folder(path) / "pmm-tui-harian-20260101.db",
        "wreck": path.with_name("pmm-tui.db.rusak-20260101-000000"),
    }[rest]
    aged(left, 0)

    with pytest.raises(CorruptError):
        Store.open(path)

    assert not path.exists()


def test_a_log_beside_what_is_no_database_is_left_alone(path: Path) -> None:
    """SQLite would write the log over the foreign file in the end: it is refused before SQLite sees it."""
    path.parent.mkdir()
    path.write_bytes(b"<html>" * 1000)
    side_file(path).write_bytes(b"log" * 2000)

    with pytest.raises(CorruptError):
        Store.open(path)

    assert path.read_bytes() == b"<html>" * 1000
    assert side_file(path).read_bytes() == b"log" * 2000


def test_copies_come_newest_first_and_only_ours(path: Path) -> None:
    """What is restored by itself is the newest copy, whatever it is called; other files in the folder are none."""
    folder = copies_folder(path)
    assert copies(path) == []
    older, newer = aged(folder / "pmm-tui-z.db", 200), aged(folder / "pmm-tui-a.db", 100)
    aged(folder / "pmm-tui-catatan.txt", 0)
    aged(folder / "lain.db", 0)

    assert copies(path) == [newer, older]


def test_wrecks_come_newest_first_without_their_logs(path: Path) -> None:
    """What was set aside last comes first; a log that was set aside with it is no wreck by itself."""
    older, newer = (aged(path.with_name(f"pmm-tui.db.rusak-2026010{day}-000000"), 0) for day in (1, 2))
    aged(side_file(newer), 0)

    assert wrecks(path) == [newer, older]


@pytest.mark.skipif(os.name != "posix", reason="mode bits")
def test_every_folder_that_is_made_is_private(tmp_path: Path) -> None:
    """Teachers' data lie in folders that only their owner may enter; one that was there stays as it was."""
    tmp_path.chmod(0o755)
    make_folder(tmp_path / "a" / "b")
    make_folder(tmp_path / "a" / "b")

    assert [stat.S_IMODE(folder.stat().st_mode) for folder in (tmp_path, tmp_path / "a", tmp_path / "a" / "b")] == [
        0o755,
        0o700,
        0o700,
    ]


@pytest.mark.skipif(os.name != "posix", reason="folders are synced on POSIX alone")
@pytest.mark.parametrize("number", [errno.EINVAL, errno.ENOTSUP, errno.EIO])
def test_a_file_system_that_cannot_sync_a_folder_is_no_fault(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int) -> None:
    """Some have no such thing; an error of the disk is told, and the folder is closed again in either case."""
    asked, closed = [], []
    whole = os.close

    def fsync(descriptor: int) -> None:
        asked.append(descriptor)
        raise OSError(number, "x")

    monkeypatch.setattr(os, "fsync", fsync)
    monkeypatch.setattr(os, "close", lambda descriptor: (closed.append(descriptor), whole(descriptor))[1])
    if number == errno.EIO:
        with pytest.raises(OSError, match="x"):
            sync_folder(tmp_path)
    else:
        sync_folder(tmp_path)

    assert len(asked) == 1
    assert closed == asked


def test_what_killed_runs_left_goes_when_nobody_can_be_at_it(tmp_path: Path) -> None:
    """Half-made files and folders go after a minute, also those of a clock that was ahead; those of a moment ago stay."""
    folder = tmp_path / "data"
    for name, seconds in (("a.baru-1", 61), ("a.baru-2", 30), ("a.baru-3", -3600), ("a.lain", 3600)):
        aged(folder / name, seconds)
    aged(folder / "a.baru-4" / "x.db", 0)
    aged(folder / "a.baru-4", 3600)

    remove_stale(folder, "a.baru-*")

    assert sorted(rest.name for rest in folder.iterdir()) == ["a.baru-2", "a.lain"]


def test_a_draft_goes_with_everything_beside_it(tmp_path: Path) -> None:
    """SQLite's own files beside a draft go with it, and nothing else."""
    for name in ("a.db", "a.db-journal", "a.db-wal", "a.db-shm", "a.db-lain"):
        aged(tmp_path / "data" / name, 0)

    remove_database(tmp_path / "data" / "a.db")

    assert [rest.name for rest in (tmp_path / "data").iterdir()] == ["a.db-lain"]


def test_a_stale_draft_of_a_first_start_goes(path: Path) -> None:
    """A first start that was killed leaves a draft, which the next one removes."""
    aged(path.with_name(".pmm-tui.db.baru-00000000"), 3600)

    Store.open(path).close()

    assert [rest.name for rest in path.parent.iterdir()] == [path.name]


@pytest.mark.skipif(os.name != "posix", reason="Windows renames")
def test_a_new_database_gets_its_name_by_a_link(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A link never replaces a file that another start has just made; a rename would."""
    made, whole = [], os.link

    def link(source: Path, target: Path) -> None:
        whole(source, target)
        made.append(target)

    monkeypatch.setattr(os, "link", link)
    Store.open(path).close()

    assert made == [path]


@pytest.mark.skipif(os.name != "posix", reason="Windows renames")
def test_a_file_system_without_links_takes_a_database_too(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """On a USB stick the first start makes the database all the same."""
    monkeypatch.setattr(os, "link", no_links)

    with Store.open(path) as store:
        assert len(with_teachers(store, 2)) == 2

    assert [rest.name for rest in path.parent.iterdir()] == [path.name]


@pytest.mark.skipif(os.name != "posix", reason="Windows renames")
def test_without_links_a_faster_copy_is_not_replaced(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """When another start has made the database meanwhile, its file is the one, and what is in it stays."""
    with Store.open(path.with_name("lain.db")) as other:
        with_teachers(other, 3)

    def slower(source: object, target: object) -> None:
        path.with_name("lain.db").rename(path)
        no_links(source, target)

    monkeypatch.setattr(os, "link", slower)

    with Store.open(path) as store:
        assert len(store.roster.all()) == 3


def test_a_folder_in_the_files_place_is_refused(path: Path) -> None:
    """What is no file at all cannot be a database."""
    path.mkdir(parents=True)
    with pytest.raises(ReadOnlyError):
        Store.open(path)
