"""Bringing a database back: what is chosen, what is refused, what lies where afterwards."""

from __future__ import annotations

import errno
import os
import shutil
import sqlite3
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from pmm_tui.errors import AlreadyOpenError, DiskFullError, InputError, NewerSchemaError, ReadOnlyError, StorageError
from pmm_tui.skp.model import Pegawai
from pmm_tui.store import Store, schema
from pmm_tui.store.file import copies, copies_folder, side_file, wrecks
from pmm_tui.store.journal import Journal
from pmm_tui.store.recovery import restore as module
from pmm_tui.store.recovery.daily import ensure_today
from pmm_tui.store.recovery.restore import restore
from tests.store.samples import MORNING, PERIODE, later, rencana, seal, with_teachers

NOW = datetime(2026, 1, 10, 2, tzinfo=UTC)
STAMP = f"{NOW.astimezone():%Y%m%d-%H%M%S}"
HTML = b"<html>login</html>"


def filled(path: Path, count: int = 2) -> Path:
    """A database with sealed plans, closed."""
    with Store.open(path) as store:
        for one in with_teachers(store, count):
            store.drafts.save(one.id, PERIODE, rencana(f"draf {one.id}"), 1, MORNING)
            seal(store, one)
    return path


def damaged(path: Path) -> None:
    """Damage a database so that all but a table that nobody misses can be read."""
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute("PRAGMA writable_schema = ON")
    connection.execute("DELETE FROM sqlite_schema WHERE name = 'rujukan'")
    connection.close()


def versioned(path: Path, version: int) -> Path:
    """Give a database another schema version."""
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute(f"PRAGMA user_version = {version}")
    connection.close()
    return path


def leftovers(path: Path) -> list[str]:
    """Files and folders that begin with a dot."""
    return [rest.name for rest in path.parent.iterdir() if rest.name.startswith(".")]


def test_a_draft_typed_after_the_last_copy_comes_back(path: Path) -> None:
    """What the damaged file says beyond the copy is added: newer drafts, and teachers with theirs."""
    filled(path, 1)
    with Store.open(path) as store:
        assert ensure_today(store.database, date(2026, 1, 9))
        store.drafts.save(1, PERIODE, rencana("sesudah salinan"), 2, later(60))
        store.roster.write([Pegawai(nama="Guru Baru", nip="199001012019032007"), Pegawai(nama="Tanpa Draf")])
        store.drafts.save(2, PERIODE, rencana("guru baru"), 1, later(60))
    damaged(path)

    found = restore(path, NOW)

    assert (found.teachers, found.drafts, found.envelopes) == (3, 2, 1)
    with Store.open(path) as store:
        drafts = store.drafts.all(PERIODE)
        assert drafts[1].rencana == rencana("sesudah salinan")
        assert drafts[2].rencana == rencana("guru baru")
        assert store.database.check(True).good


def test_a_changed_line_of_the_log_is_not_sent_in_the_teachers_name(path: Path) -> None:
    """A plan whose letters changed in the log does not come back as another one."""
    filled(path, 2)
    log = Journal(path).path
    log.write_bytes(log.read_bytes().replace(b"Guru 01", b"Guru 10", 1))
    path.unlink()

    found = restore(path, NOW)

    assert (found.teachers, found.envelopes) == (1, 1)
    with Store.open(path) as store:
        assert [p.nama for p in store.roster.all()] == ["Guru 02"]


def test_looking_leaves_nothing_beside_a_sound_database(path: Path) -> None:
    """A restore that is refused has only read: no file of SQLite's lies there that was not there before."""
    filled(path)
    before = sorted(path.parent.iterdir())

    with pytest.raises(InputError, match="utuh"):
        restore(path, NOW)

    assert sorted(path.parent.iterdir()) == before


def test_what_was_there_and_what_was_made_lie_where_they_are_looked_for(path: Path) -> None:
    """The old file bears the time, the new one is among the copies, and nothing half-made is left."""
    filled(path)
    old = path.with_name(f".{path.name}.pulih-alt")
    old.mkdir()
    path.write_bytes(HTML)

    found = restore(path, NOW)

    assert found.set_aside == path.with_name(f"pmm-tui.db.rusak-{STAMP}")
    assert [copy.name for copy in copies(path)] == [f"pmm-tui-pulih-{STAMP}.db"]
    assert leftovers(path) == []
    assert not side_file(path).exists()
    if os.name == "posix":
        assert {file.stat().st_mode & 0o777 for file in (path, *copies(path))} == {0o600}


def test_two_restores_in_one_second_keep_both_files(path: Path) -> None:
    """A second file that is set aside gets a number, its log with it."""
    filled(path)
    made = []
    for content in (HTML, HTML * 2, HTML * 3):
        path.write_bytes(content)
        if content == HTML * 2:
            side_file(path).write_bytes(b"")
        made.append(restore(path, NOW).set_aside)

    assert [one.name for one in made if one] == [f"pmm-tui.db.rusak-{STAMP}{tail}" for tail in ("", "-1", "-2")]
    assert [one.read_bytes() for one in made if one] == [HTML, HTML * 2, HTML * 3]


@pytest.mark.parametrize("content", [HTML, b""])
@pytest.mark.parametrize("links", [True, False])
def test_the_log_of_a_wreck_is_set_aside_with_it(path: Path, monkeypatch: pytest.MonkeyPatch, links: bool, content: bytes) -> None:
    """SQLite's log goes beside the file it belongs to, also where the disk has no links."""
    filled(path)
    path.write_bytes(content)
    side_file(path).write_bytes(b"log" * 3000)
    if not links:

        def none(source: object, target: object) -> None:
            raise OSError(errno.EPERM, "x")

        monkeypatch.setattr(os, "link", none)

    found = restore(path, NOW)

    assert found.set_aside is not None
    assert found.set_aside.read_bytes() == content
    assert side_file(found.set_aside).read_bytes() == b"log" * 3000
    assert not side_file(path).exists()
    assert wrecks(path) == [found.set_aside]


def test_a_log_alone_is_set_aside(path: Path) -> None:
    """Where only SQLite's log is left of a database, it is kept under the wreck's name."""
    filled(path)
    path.unlink()
    side_file(path).write_bytes(b"log" * 3000)

    found = restore(path, NOW)

    assert found.set_aside == path.with_name(f"pmm-tui.db.rusak-{STAMP}-wal")
    assert found.set_aside.read_bytes() == b"log" * 3000
    assert found.envelopes == 2


def test_a_killed_restore_is_taken_up_where_it_was(path: Path) -> None:
    """Killed after the old file was set aside, the next restore reads that one; its log that was named twice goes."""
    filled(path, 1)
    with Store.open(path) as store:
        assert ensure_today(store.database, date(2026, 1, 9))
        store.drafts.save(1, PERIODE, rencana("sesudah salinan"), 2, later(60))
    damaged(path)
    aside = path.with_name("pmm-tui.db.rusak-20260110-010000")
    path.rename(aside)
    for log in (side_file(path), side_file(aside)):
        log.write_bytes(b"")

    found = restore(path, NOW)

    assert found.set_aside == aside
    assert wrecks(path) == [aside]
    with Store.open(path) as store:
        assert store.drafts.all(PERIODE)[1].rencana == rencana("sesudah salinan")


def test_another_log_than_the_wrecks_is_kept(path: Path) -> None:
    """A log that is not the one that was set aside may be all there is of something: it gets a name of its own."""
    filled(path, 1)
    path.rename(path.with_name("pmm-tui.db.rusak-20260110-010000"))
    side_file(path).write_bytes(b"log" * 3000)
    side_file(path.with_name("pmm-tui.db.rusak-20260110-010000")).write_bytes(b"lain" * 3000)

    found = restore(path, NOW)

    assert found.set_aside == path.with_name(f"pmm-tui.db.rusak-{STAMP}-wal")
    assert found.set_aside.read_bytes() == b"log" * 3000


def test_where_nothing_was_nothing_is_made(path: Path) -> None:
    """Without data, a copy or a log there is nothing to restore, and the folder stays as it is."""
    with pytest.raises(InputError, match="Belum ada data"):
        restore(path, NOW)

    assert list(path.parent.iterdir()) == []


@pytest.mark.parametrize("rest", ["copy", "wreck", "log"])
def test_any_rest_of_a_database_is_enough(path: Path, rest: str) -> None:
    """A copy, a file that was set aside, or the recovery log brings it back."""
    filled(path)
    log = Journal(path).path
    if rest == "copy":
        copies_folder(path).mkdir()
        path.rename(copies_folder(path) / "pmm-tui-harian-20260109.db")
    elif rest == "wreck":
        path.rename(path.with_name("pmm-tui.db.rusak-20260109-000000"))
    else:
        path.unlink()
    if rest != "log":
        log.unlink()

    assert restore(path, NOW).envelopes == 2


def test_the_newest_sound_copy_is_taken(path: Path) -> None:
    """A damaged copy is passed over for the next older one, which is named afterwards."""
    filled(path)
    folder = copies_folder(path)
    folder.mkdir()
    for number, age in (("1", 300), ("2", 200), ("3", 100)):
        copy = folder / f"pmm-tui-harian-2026010{number}.db"
        shutil.copyfile(path, copy)
        os.utime(copy, (NOW.timestamp() - age,) * 2)
    newest = folder / "pmm-tui-harian-20260103.db"
    newest.write_bytes(HTML)
    os.utime(newest, (NOW.timestamp() - 100,) * 2)
    path.write_bytes(HTML)

    assert restore(path, NOW).source == folder / "pmm-tui-harian-20260102.db"


def test_a_copy_of_a_newer_version_is_passed_over_and_named_when_it_matters(path: Path, tmp_path: Path) -> None:
    """Among the copies it is only passed over; where it is the database itself, or the copy that was named, it is told."""
    newer = len(schema.STEPS) + 1
    filled(path)
    stick = versioned(Path(shutil.copyfile(path, tmp_path / "usb.db")), newer)
    copies_folder(path).mkdir()
    shutil.copyfile(stick, copies_folder(path) / "pmm-tui-harian-20260109.db")

    with pytest.raises(NewerSchemaError, match="sebut berkas cadangan") as error:
        restore(path, NOW, stick)
    assert str(stick) in error.value.sentence
    good = Path(shutil.copyfile(path, tmp_path / "baik.db"))
    versioned(path, newer)
    before = path.read_bytes()
    with pytest.raises(NewerSchemaError, match="sebut berkas cadangan"):
        restore(path, NOW)
    assert path.read_bytes() == before

    assert restore(path, NOW, good).source == good
    path.write_bytes(HTML)
    copies(path)[0].unlink()
    assert restore(path, NOW).source is None


def test_a_named_copy_is_that_state_again(path: Path, tmp_path: Path) -> None:
    """What was typed since the copy is not taken, as its state is what was asked for; what was sealed since is."""
    filled(path, 1)
    stick = tmp_path / "usb.db"
    with Store.open(path) as store:
        store.database.backup(stick)
        store.drafts.save(1, PERIODE, rencana("sesudah"), 5, later(60))
        late = seal(store, store.roster.all()[0], "segel", 5)

    restore(path, NOW, stick)

    with Store.open(path) as store:
        assert store.drafts.all(PERIODE)[1].rencana == rencana("draf 1")
        assert late.sha256 in {k.sha256 for k in store.outbox.all()}


def test_a_sound_file_behind_its_log_is_restored(path: Path) -> None:
    """A database that is whole but has lost what was sealed last is not called sound."""
    filled(path, 1)
    older = path.read_bytes()
    with Store.open(path) as store:
        late = seal(store, store.roster.all()[0], "segel", 5)
    path.write_bytes(older)

    restore(path, NOW)

    with Store.open(path) as store:
        assert late.sha256 in {k.sha256 for k in store.outbox.all()}


def test_a_copy_with_a_damaged_index_takes_everything(path: Path, tmp_path: Path) -> None:
    """Indexes of the copy are built anew before anything is added: a row that they miss would be added twice."""
    filled(path, 2)
    stick = Path(shutil.copyfile(path, tmp_path / "usb.db"))
    connection = sqlite3.connect(stick, isolation_level=None)
    row = connection.execute("SELECT * FROM sqlite_schema WHERE name = 'pegawai_nip'").fetchone()
    connection.execute("UPDATE pegawai SET nip = nip || '9'")
    connection.execute("PRAGMA writable_schema = ON")
    connection.execute("DELETE FROM sqlite_schema WHERE name = 'pegawai_nip'")
    connection.close()
    connection = sqlite3.connect(stick, isolation_level=None)
    connection.execute("UPDATE pegawai SET nama = 'Nama Lain', nip = substr(nip, 1, 18)")
    connection.execute("PRAGMA writable_schema = ON")
    connection.execute("INSERT INTO sqlite_schema VALUES (?, ?, ?, ?, ?)", row)
    connection.close()

    found = restore(path, NOW, stick)

    assert (found.teachers, found.envelopes) == (2, 2)


def test_what_turns_out_damaged_does_not_take_the_place(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """When the new database is not whole, the old file stays where it is and the sentence says so."""
    filled(path)
    damaged(path)
    before = path.read_bytes()
    whole = module.merge

    def spoiling(database: Any, *arguments: Any, **more: Any) -> Any:
        found = whole(database, *arguments, **more)
        database.connection.execute("DROP INDEX pegawai_nip")
        return found

    monkeypatch.setattr(module, "merge", spoiling)
    with pytest.raises(StorageError, match="hasilnya tidak utuh") as error:
        restore(path, NOW)

    assert str(path) in error.value.sentence
    assert path.read_bytes() == before
    assert copies(path) == wrecks(path) == []
    assert leftovers(path) == []


def test_a_file_that_changes_meanwhile_is_left_alone(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Another program that writes while the new database is made wins: nothing is put in its place."""
    filled(path)
    path.write_bytes(HTML)
    whole = module.merge

    def meanwhile(*arguments: Any, **more: Any) -> Any:
        path.write_bytes(HTML * 2)
        return whole(*arguments, **more)

    monkeypatch.setattr(module, "merge", meanwhile)
    with pytest.raises(AlreadyOpenError, match="diubah program lain"):
        restore(path, NOW)

    assert path.read_bytes() == HTML * 2
    assert wrecks(path) == []


def test_a_folder_is_not_restored_over(path: Path) -> None:
    """What is no file is refused as it stands."""
    path.mkdir(parents=True)
    with pytest.raises(ReadOnlyError):
        restore(path, NOW)
    assert list(path.iterdir()) == []


@pytest.mark.parametrize("call", ["copyfile", "link"])
def test_a_disk_without_room_is_told_of_the_database(path: Path, monkeypatch: pytest.MonkeyPatch, call: str) -> None:
    """A full disk while looking at copies is told as such, for the database itself, and everything stays."""
    filled(path)
    damaged(path)
    before = path.read_bytes()

    def full(*arguments: object) -> None:
        raise OSError(errno.ENOSPC, "x")

    monkeypatch.setattr(shutil if call == "copyfile" else os, call, full)
    monkeypatch.setattr(os, "link", full)
    if call == "link":
        monkeypatch.setattr(Path, "rename", full)
    with pytest.raises(DiskFullError) as error:
        restore(path, NOW)

    assert str(path.parent) in error.value.sentence
    assert ".pulih" not in error.value.sentence
    assert path.read_bytes() == before
    assert leftovers(path) == []


def test_no_room_for_one_more_copy_is_no_reason_to_go_without_the_data(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The copy of what was restored is a surplus: where it cannot be made, the database comes back all the same."""
    filled(path)
    path.write_bytes(HTML)
    copies_folder(path).write_bytes(b"no folder")

    assert restore(path, NOW).envelopes == 2
