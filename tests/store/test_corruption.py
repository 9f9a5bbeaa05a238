"""Damaged files: refused or found, never overwritten, never a stray exception."""

from __future__ import annotations

import random
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

from pmm_tui.errors import CorruptError, PmmError
from pmm_tui.store import Store
from pmm_tui.store.file import side_file
from tests.store.samples import MORNING, PERIODE, rencana, seal, with_teachers

_MUTATIONS = 60


@pytest.fixture
def filled(path: Path) -> Path:
    """A database with teachers, drafts and envelopes, closed."""
    with Store.open(path) as store:
        for one in with_teachers(store, 40):
            store.drafts.save(one.id, PERIODE, rencana("draf" * 100), 1, MORNING)
            seal(store, one, "amplop" * 50)
    return path


def _other_database(path: Path) -> None:
    path.unlink()
    raw = sqlite3.connect(path)
    raw.execute("CREATE TABLE lain (a)")
    raw.close()


@pytest.mark.parametrize(
    "spoil",
    [
        pytest.param(lambda path: path.write_bytes(b""), id="zero length"),
        pytest.param(lambda path: path.write_text("<html><body>Login</body></html>" * 200), id="html"),
        pytest.param(lambda path: path.write_bytes(bytes(8192)), id="zeros"),
        pytest.param(lambda path: path.write_bytes(path.read_bytes()[:50]), id="truncated header"),
        pytest.param(lambda path: path.write_bytes(path.read_bytes()[:2000]), id="truncated first page"),
        pytest.param(_other_database, id="another program's"),
    ],
)
def test_what_is_no_database_of_ours_is_refused_and_kept(filled: Path, spoil: Callable[[Path], None]) -> None:
    """It is named in a sentence with exit code 4, and not a byte of it changes."""
    spoil(filled)
    before = filled.read_bytes()

    with pytest.raises(CorruptError, match="Jangan dihapus") as error:
        Store.open(filled)

    assert error.value.exit_code == 4
    assert str(filled) in error.value.sentence
    assert filled.read_bytes() == before


def test_a_log_without_its_database_is_no_fresh_start(filled: Path) -> None:
    """When only the write-ahead log is left, no new database is laid over what it may hold."""
    filled.unlink()
    side_file(filled).write_bytes(b"x" * 5000)

    with pytest.raises(CorruptError):
        Store.open(filled)

    assert not filled.exists()
    assert side_file(filled).read_bytes() == b"x" * 5000


def test_any_damage_is_an_error_of_ours(filled: Path) -> None:
    """Whatever bytes change, opening, checking, reading and writing end well or in one sentence of ours."""
    chance = random.Random(4)
    sound = filled.read_bytes()
    sentences: list[str] = []
    for _ in range(_MUTATIONS):
        filled.write_bytes(_mutated(sound, chance))
        side_file(filled).unlink(missing_ok=True)
        try:
            with Store.open(filled) as store:
                assert store.database.check(True) is not None
                store.drafts.all(PERIODE)
                store.outbox.standing(PERIODE)
                for one in store.roster.all():
                    store.drafts.save(one.id, PERIODE, rencana("lagi"), 2, MORNING)
        except PmmError as error:
            sentences.append(error.sentence)
    assert len(sentences) > _MUTATIONS // 10
    assert all(sentence.endswith(".") for sentence in sentences)


def _mutated(sound: bytes, chance: random.Random) -> bytes:
    spoiled = bytearray(sound)
    match chance.randrange(4):
        case 0:
            return bytes(spoiled[: chance.randrange(len(spoiled))] or b"S")
        case 1:
            page = chance.randrange(len(spoiled) // 4096) * 4096
            spoiled[page : page + 4096] = bytes(4096)
        case 2:
            for _ in range(chance.randrange(1, 200)):
                spoiled[chance.randrange(len(spoiled))] = chance.randrange(256)
        case _:
            spoiled[chance.randrange(len(spoiled))] ^= 1 << chance.randrange(8)
    return bytes(spoiled)


def test_a_damaged_page_is_found_by_the_check(filled: Path) -> None:
    """A check names damage that opening does not meet."""
    spoiled = bytearray(filled.read_bytes())
    page = spoiled.rindex(b"drafdraf") // 4096 * 4096
    spoiled[page : page + 4096] = bytes(4096)
    filled.write_bytes(spoiled)

    with Store.open(filled) as store:
        found = store.database.check()

    assert found.damaged
    assert not found.good


def test_a_flipped_bit_in_an_envelope_is_found(filled: Path) -> None:
    """SQLite cannot see a bit that flips inside a text; the digest of the envelope does."""
    spoiled = filled.read_bytes().replace(b"amplopamplop", b"amplopbmplop", 1)
    assert spoiled != filled.read_bytes()
    filled.write_bytes(spoiled)

    with Store.open(filled) as store:
        found = store.database.check(True)

    assert found.damaged == ()
    assert len(found.damaged_envelopes) == 1
    assert not found.good


def test_a_damaged_index_is_built_anew(filled: Path) -> None:
    """An index that misses a row passes a quick check; the full one finds it and repairs it without losing a row."""
    raw = sqlite3.connect(filled, isolation_level=None)
    raw.execute("PRAGMA writable_schema = ON")
    row = raw.execute("SELECT * FROM sqlite_schema WHERE name = 'pegawai_nip'").fetchone()
    raw.execute("DELETE FROM sqlite_schema WHERE name = 'pegawai_nip'")
    raw.close()
    raw = sqlite3.connect(filled, isolation_level=None)
    raw.execute("UPDATE pegawai SET nip = '111' WHERE id = 7")
    raw.execute("PRAGMA writable_schema = ON")
    raw.execute("INSERT INTO sqlite_schema VALUES (?, ?, ?, ?, ?)", row)
    raw.close()

    with Store.open(filled) as store:
        quick, full = store.database.check(False), store.database.check(True)
        assert [p.id for p in store.roster.find("111")] == [7]

    assert quick.good
    assert not quick.reindexed
    assert full.good
    assert full.reindexed


def test_a_flipped_bit_in_the_schema_is_found(filled: Path) -> None:
    """A rule of a table that changed is damage too, although SQLite takes it for one."""
    spoiled = filled.read_bytes().replace(b"'', 'L', 'P'", b"'', 'M', 'P'", 1)
    assert spoiled != filled.read_bytes()
    filled.write_bytes(spoiled)

    with Store.open(filled) as store:
        found = store.database.check(True)

    assert "schema" in found.damaged[0]


def test_one_unreadable_draft_does_not_hide_the_others(filled: Path) -> None:
    """The list leaves a damaged draft out, and asking for it says that it is damaged."""
    with Store.open(filled) as store:

        def spoil() -> None:
            with store.database.transaction() as connection:
                connection.execute("UPDATE draf SET rencana = x'7b7b' WHERE pegawai_id = 3")

        store.database.call(spoil)

        assert len(store.drafts.all(PERIODE)) == 39
        with pytest.raises(CorruptError, match="Draf guru nomor 3"):
            store.drafts.get(3, PERIODE)
