"""Copies, the recovery log, and bringing a damaged database back."""

from __future__ import annotations

import os
import sqlite3
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from pmm_tui.errors import AlreadyOpenError, CorruptError, InputError
from pmm_tui.skp.katalog_reader import bundled
from pmm_tui.skp.model import Pegawai
from pmm_tui.store import Store
from pmm_tui.store.journal import Journal
from pmm_tui.store.outbox_entry import Sent
from pmm_tui.store.recovery.daily import KEPT, copies, ensure_today
from pmm_tui.store.recovery.restore import restore, wrecks
from tests.skp.sample_plan import complete_plan

PLAN = complete_plan(bundled(), "2026")
NOW = datetime(2026, 1, 10, 2, tzinfo=UTC)


def teacher(number: int) -> Pegawai:
    return Pegawai(nama=f"Guru {number}", nip=f"19850714201001{2000 + number:04}")


def fill(path: Path, numbers: range) -> set[str]:
    """Seal a plan of each numbered teacher; the digests."""
    with Store.open(path) as store:
        store.roster.write([teacher(n) for n in numbers])
        sealed = set()
        for pegawai in store.roster.all():
            if pegawai.nama in {f"Guru {n}" for n in numbers}:
                store.drafts.save(pegawai.id, "2026", PLAN, 1, NOW)
                sealed.add(store.outbox.seal(pegawai, "2026", PLAN, 1, NOW).sha256)
    return sealed


def digests(path: Path) -> dict[str, str]:
    with Store.open(path) as store:
        return {k.sha256: k.keadaan for k in store.outbox.all()}


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "data" / "pmm-tui.db"


@pytest.mark.parametrize("damage", ["zero", "html", "header", "middle", "short"])
def test_what_was_sealed_comes_back(path: Path, damage: str) -> None:
    """With yesterday's copy and the log, every sealed envelope is there again, whatever happened to the file."""
    early = fill(path, range(5))
    with Store.open(path) as store:
        assert ensure_today(store.database, date(2026, 1, 9))
    late = fill(path, range(5, 9))
    content = path.read_bytes()
    broken = {
        "zero": b"",
        "html": b"<html>login</html>",
        "header": b"\0" * 100 + content[100:],
        "middle": content[:4096] + b"\xff" * 8192 + content[12288:],
        "short": content[: len(content) // 2],
    }[damage]
    path.write_bytes(broken)
    found = restore(path, NOW)
    assert set(digests(path)) == early | late
    assert found.envelopes == len(early | late)
    assert found.set_aside is not None
    assert found.set_aside.read_bytes() == broken
    assert wrecks(path) == [found.set_aside]


def test_without_any_copy_the_log_is_enough(path: Path) -> None:
    """Lost altogether, the database is made anew with every teacher and plan that was sealed."""
    sealed = fill(path, range(4))
    path.unlink()
    found = restore(path, NOW)
    assert (found.source, found.teachers, found.drafts, found.envelopes) == (None, 4, 4, 4)
    assert digests(path) == dict.fromkeys(sealed, "unknown")


def test_receipts_come_back_from_the_damaged_file(path: Path) -> None:
    """What was sent stays sent with its receipt where the damaged file still says so; else it is sent again."""
    (sha256,) = fill(path, range(1))
    with Store.open(path) as store:
        (entry,) = store.outbox.all()
        store.outbox.mark_sending([entry.id])
        store.outbox.record_all({entry.id: Sent("R-1", "2026-01-10T02:00:00Z", "diajukan")})
    with sqlite3.connect(path) as connection:
        connection.execute("PRAGMA writable_schema = ON")
        connection.execute("DELETE FROM sqlite_master WHERE name = 'rujukan'")
    connection.close()
    restore(path, NOW)
    with Store.open(path) as store:
        (back,) = store.outbox.all()
    assert (back.sha256, back.keadaan, back.tanda_terima) == (sha256, "sent", "R-1")


def test_of_two_on_one_base_only_the_newer_is_sent(path: Path) -> None:
    """An envelope that was replaced before it left stays replaced."""
    with Store.open(path) as store:
        store.roster.write([teacher(1)])
        (pegawai,) = store.roster.all()
        store.outbox.seal(pegawai, "2026", PLAN, 1, NOW)
        other = PLAN.with_section(type(PLAN.tugas_tambahan)(tidak_ada=not PLAN.tugas_tambahan.tidak_ada))
        store.outbox.seal(pegawai, "2026", other, 2, NOW + timedelta(minutes=1))
    path.unlink()
    restore(path, NOW)
    with Store.open(path) as store:
        assert [k.keadaan for k in store.outbox.all()] == ["unknown", "superseded"]


def test_a_torn_log_loses_only_what_was_torn(path: Path) -> None:
    """An entry cut by a power failure, and junk between entries, hide no other entry."""
    fill(path, range(3))
    log = Journal(path).path
    content = log.read_bytes()
    whole = len(list(Journal(path).entries()))
    log.write_bytes(content[: len(content) // 2] + b"\n\xff\xfejunk{\n" + content + content[:40])
    assert len(list(Journal(path).entries())) == whole == 3


def test_sound_records_are_not_restored_by_accident(path: Path) -> None:
    """Without a named copy nothing that is sound is replaced; a running program is left alone."""
    fill(path, range(1))
    with pytest.raises(InputError, match="utuh"):
        restore(path, NOW)
    with Store.open(path), pytest.raises(AlreadyOpenError):
        restore(path, NOW)
    with pytest.raises(InputError, match="bukan cadangan"):
        restore(path, NOW, source=Path(__file__))


def test_a_named_copy_takes_the_place(path: Path, tmp_path: Path) -> None:
    """A named copy is that state again, and what was sealed since is added; the file that was there lies beside it."""
    early = fill(path, range(2))
    stick = tmp_path / "usb" / "salinan.db"
    with Store.open(path) as store:
        store.database.backup(stick)
    late = fill(path, range(2, 4))
    found = restore(path, NOW, stick)
    assert found.source == stick
    assert set(digests(path)) == early | late


def test_a_lost_file_is_not_a_fresh_start(path: Path) -> None:
    """A database of no bytes is refused with the sentence that names the command, and nothing is changed."""
    fill(path, range(1))
    path.write_bytes(b"")
    with pytest.raises(CorruptError, match="pmm-tui pulihkan"):
        Store.open(path)
    assert path.read_bytes() == b""
    path.unlink()
    with pytest.raises(CorruptError, match="pmm-tui pulihkan"):
        Store.open(path)
    assert not path.exists()


def test_seven_days_are_kept(path: Path) -> None:
    """One copy a day, the last seven, each readable by its owner only."""
    fill(path, range(1))
    with Store.open(path) as store:
        for day in range(1, 12):
            assert ensure_today(store.database, date(2026, 1, day))
            assert not ensure_today(store.database, date(2026, 1, day))
    names = sorted(copy.name for copy in copies(path))
    assert names == [f"pmm-tui-harian-202601{day:02}.db" for day in range(12 - KEPT, 12)]
    if os.name == "posix":
        assert {copy.stat().st_mode & 0o777 for copy in copies(path)} == {0o600}
