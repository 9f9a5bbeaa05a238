"""A bulk submission that was taken back: no restore brings it back as waiting, and nothing that left is taken back."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from contextlib import closing
from pathlib import Path

import pytest

from pmm_tui.errors import DiskFullError, StorageError
from pmm_tui.skp.model import Pegawai
from pmm_tui.store import Store
from pmm_tui.store.file import recovery_log
from pmm_tui.store.journal import Journal
from pmm_tui.store.recovery.restore import restore
from tests.services.conftest import NOW, PERIODE
from tests.tui.samples import ANI, BUDI, full_plan


def sealed(store: Store) -> dict[str, int]:
    """Two teachers' plans sealed together; the envelopes' ids by name."""
    store.roster.write([ANI, BUDI])
    ids = {}
    for pegawai in store.roster.all():
        assert store.drafts.save(pegawai.id, PERIODE, full_plan(), 1, NOW)
        ids[pegawai.nama] = store.outbox.seal(pegawai, PERIODE, full_plan(), 1, NOW).id
    store.withdrawals.note(PERIODE, list(ids.values()), NOW)
    return ids


def states(store: Store) -> dict[str, str]:
    """How each plan's envelope stands, by the teacher's name."""
    names = {p.id: p.nama for p in store.roster.all()}
    return {names[entry.pegawai_id]: entry.keadaan for entry in store.outbox.all(PERIODE)}


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Where the database is."""
    return tmp_path / "pmm-tui.db"


def test_a_damaged_database_brings_nothing_back_that_was_taken_back(path: Path) -> None:
    """Only the log is left: what was taken back is there and does not wait; what was not waits as ever."""
    with Store.open(path) as store:
        ids = sealed(store)
        store.outbox.mark_sending([ids[BUDI.nama]])
        done = store.withdrawals.undo(PERIODE, NOW)
        assert done is not None
        assert (len(done.back), len(done.kept)) == (1, 1)
        assert states(store) == {ANI.nama: "superseded", BUDI.nama: "sending"}
    path.write_bytes(b"kacau" * 1000)
    restore(path, NOW)
    with Store.open(path) as store:
        assert states(store) == {ANI.nama: "superseded", BUDI.nama: "unknown"}


def test_an_earlier_copy_brings_nothing_back_that_was_taken_back(path: Path, tmp_path: Path) -> None:
    """In the copy it waits still; after the restore it does not."""
    with Store.open(path) as store:
        sealed(store)
        copy = tmp_path / "lama.db"
        store.database.backup(copy)
        store.withdrawals.undo(PERIODE, NOW)
    restore(path, NOW, copy)
    with Store.open(path) as store:
        assert set(states(store).values()) == {"superseded"}
        assert store.outbox.due(9) == ()


def test_the_same_envelope_sealed_again_counts_again(path: Path) -> None:
    """The last word of the log is what counts."""
    log = Journal(path)
    with Store.open(path) as store:
        sealed(store)
        store.withdrawals.undo(PERIODE, NOW)
        (one, _) = store.outbox.all(PERIODE)
    assert one.sha256 in log.withdrawn()
    log.append(one.line, NOW.isoformat(), 1)
    assert one.sha256 not in log.withdrawn()
    assert len(list(log.entries())) == 2


def test_an_older_program_reads_the_log_as_ever(path: Path) -> None:
    """What was taken back is a line that is no envelope: the newest envelope of the log stays the newest."""
    with Store.open(path) as store:
        sealed(store)
        before = Journal(path).last()
        store.withdrawals.undo(PERIODE, NOW)
        assert Journal(path).last() == before


def test_without_room_for_the_note_nothing_is_taken_back(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The log comes first: where it cannot be written all stays as it was."""

    def full(self: Journal, digests: object, when: str) -> None:
        raise DiskFullError("penuh")

    with Store.open(path) as store:
        sealed(store)
        monkeypatch.setattr(Journal, "withdraw", full)
        with pytest.raises(StorageError):
            store.withdrawals.undo(PERIODE, NOW)
        assert set(states(store).values()) == {"queued"}
        assert store.withdrawals.last(PERIODE) is not None


def test_what_left_is_never_taken_back(path: Path) -> None:
    """Sent, and given back as unknown: both are kept."""
    with Store.open(path) as store:
        ids = sealed(store)
        store.outbox.mark_sending(ids.values())
        store.outbox.recover()
        done = store.withdrawals.undo(PERIODE, NOW)
        assert done is not None
        assert done.back == ()
        assert set(states(store).values()) == {"unknown"}
        assert store.withdrawals.undo(PERIODE, NOW) is None
    assert recovery_log(path).read_bytes().count(b'"ditarik"') == 0
    with closing(sqlite3.connect(path)) as plain:
        assert plain.execute("SELECT count(*) FROM memo WHERE kunci LIKE 'ajukan_bersama/%'").fetchone() == (0,)


def test_a_teacher_without_a_draft_any_more_stays(path: Path) -> None:
    """Nothing is set aside whose content would stand nowhere."""
    with Store.open(path) as store:
        sealed(store)
        first: Pegawai = store.roster.all()[0]
        store.database.call(lambda: store.database.connection.execute("DELETE FROM draf WHERE pegawai_id = ?", (first.id,)))
        done = store.withdrawals.last(PERIODE)
        assert done is not None
        assert done.kept == (first.id,)


def test_killed_between_log_and_database_all_waits_as_before(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The note in the log alone takes nothing back: what waits is sent, and can be taken back again."""
    written = Journal.withdraw

    def torn(self: Journal, digests: Iterable[str], when: str) -> None:
        written(self, digests, when)
        raise DiskFullError("penuh")

    with Store.open(path) as store:
        sealed(store)
        monkeypatch.setattr(Journal, "withdraw", torn)
        with pytest.raises(StorageError):
            store.withdrawals.undo(PERIODE, NOW)
        monkeypatch.undo()
    with Store.open(path) as store:
        assert len(store.outbox.due(9)) == 2
        done = store.withdrawals.undo(PERIODE, NOW)
        assert done is not None
        assert len(done.back) == 2
