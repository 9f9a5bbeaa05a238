"""The database damaged in any way: never a crash, never overwritten, and what was sealed comes back."""

from __future__ import annotations

import json
import os
import random
import shutil
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from msgspec import Struct

from pmm_tui.cli.main import main
from pmm_tui.skp.wire import digest
from pmm_tui.store import Database, Store
from pmm_tui.store.file import copies, recovery_log, side_file
from pmm_tui.store.outbox_entry import Sent
from pmm_tui.store.recovery.daily import ensure_today
from tests.faults.conftest import Count
from tests.faults.storage.conftest import Record
from tests.faults.storage.damage import DATABASE, LOG
from tests.faults.storage.storage_kit import MOMENT, PERIODE, Computer, rencana

_MANY = 12
_DAY = (5, 9)
"""Teachers after whose seal the day ended with a copy."""
_HOT, _CLEAN = "panas", "rapi"

Command = Callable[..., tuple[int, str]]


class Office(Struct, frozen=True):
    """A computer with its files as a crash (`_HOT`) and as a clean end (`_CLEAN`) left them, and what is true of its envelopes."""

    computer: Computer
    origins: dict[str, Path]
    sealed: frozenset[str]
    sent: dict[str, str]
    """Receipt by digest."""

    @property
    def database(self) -> Path:
        return self.computer.database

    def put(self, state: str) -> None:
        """Put the files there."""
        shutil.rmtree(self.database.parent, ignore_errors=True)
        shutil.copytree(self.origins[state], self.database.parent)

    def files(self) -> tuple[bytes | None, bytes | None]:
        """The database and SQLite's log, to the byte."""
        return _content(self.database), _content(side_file(self.database))


@pytest.fixture
def office(folder: Path) -> Office:
    """Two days of work with a copy each, and a third without; some was sent, some sealed twice."""
    computer = Computer(folder, _MANY, confirmed=True)
    sent: dict[str, str] = {}
    origins = {name: folder / name for name in (_HOT, _CLEAN)}
    with Store.open(computer.database) as store:
        for number, pegawai in enumerate(store.roster.all(), 1):
            entry = store.outbox.seal(pegawai, PERIODE, rencana(), 1, MOMENT)
            if number % 2 == 0:
                store.outbox.mark_sending([entry.id])
                receipt = f"R-{number:04}-AAAA"
                store.outbox.record_all({entry.id: Sent(receipt, "2026-01-10T02:00:00Z", "diajukan")})
                sent[entry.sha256] = receipt
            if number % 3 == 0:
                store.outbox.seal(pegawai, PERIODE, rencana("Diubah"), 2, MOMENT)
            if number in _DAY:
                assert ensure_today(store.database, MOMENT.date().replace(day=number))
        sealed = frozenset(k.sha256 for k in store.outbox.all())
        shutil.copytree(computer.database.parent, origins[_HOT])
    shutil.copytree(computer.database.parent, origins[_CLEAN])
    return Office(computer, origins, sealed, sent)


@pytest.fixture
def command(office: Office, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Command:
    """Run a command line here; its exit code, one that is documented, and all that it said, none of it about a fault of ours."""
    for name, value in office.computer.env.items():
        monkeypatch.setenv(name, value)

    def run(*arguments: str | Path) -> tuple[int, str]:
        code = main([str(argument) for argument in arguments])
        told = "".join(capsys.readouterr())
        assert code in (0, 1, 4), told
        assert "Program keliru" not in told, [report.read_text() for report in office.computer.home.rglob("laporan-*.txt")]
        assert "Traceback" not in told
        return code, told

    return run


@pytest.mark.parametrize("state", [_CLEAN, _HOT])
def test_a_damaged_database_comes_back(office: Office, command: Command, many: Count, record: Record, state: str) -> None:
    """Whatever becomes of the database and its log, and of the newest copy too, every sealed plan is there afterwards."""
    chance = random.Random(state)
    lost = 0
    for number in range(many(90, 2000)):
        office.put(state)
        what = _spoil(office, state, chance, list(DATABASE)[number % len(DATABASE)])
        gone = len(office.sealed - _bring_back(office, command, chance, what))
        lost += gone
        record(mutations_of_the_database=1, sealed_plans_in_them=len(office.sealed), lost_of_these=gone)
    assert lost == 0


def test_a_damaged_recovery_log_costs_no_more_than_its_own(office: Office, command: Command, many: Count, record: Record) -> None:
    """With the recovery log damaged as well, what a copy holds and what of the log is whole is there afterwards."""
    chance = random.Random(7)
    for number in range(many(30, 900)):
        office.put(_CLEAN)
        log = recovery_log(office.database)
        name = list(LOG)[number % len(LOG)]
        _write(log, LOG[name](log.read_bytes(), chance))
        readable = _in_log(_content(log) or b"")
        what = f"{name} of the recovery log; " + _spoil(office, _CLEAN, chance, chance.choice(list(DATABASE)), copy=False)
        found = _bring_back(office, command, chance, what)
        assert found >= (readable & office.sealed) | _in_copies(office), what
        sealed = len(office.sealed)
        record(mutations_of_the_recovery_log=1, sealed_plans_beside_it=sealed, lost_without_the_log=len(office.sealed - found))


def test_the_age_of_the_copies_is_told(office: Office, command: Command) -> None:
    """`diagnosa` tells how old the newest and the oldest copy are, also when the database itself is damaged."""
    office.put(_CLEAN)
    now = time.time()
    for copy, hours in zip(copies(office.database), (5, 49), strict=True):
        os.utime(copy, (now, now - hours * 3600))
    for damage in (False, True):
        if damage:
            office.database.write_bytes(b"<html>")
        code, told = command("diagnosa", "--json")
        found = json.loads(told)["cadangan"]
        assert (code, found["banyak"]) == (4 if damage else 0, 2)
        assert [round(found[name]) for name in ("terbaru_jam", "tertua_jam")] == [5, 49]


def _spoil(office: Office, state: str, chance: random.Random, name: str, *, copy: bool = True) -> str:
    """Damage the database, SQLite's log, or both, and perhaps the newest copy; says what was done."""
    log = side_file(office.database)
    both = chance.random()
    done = []
    if state == _CLEAN or both < 0.7:
        _write(office.database, DATABASE[name](office.database.read_bytes(), chance))
        done.append(f"{name} of the database")
    if state == _HOT and both > 0.4:
        _write(log, LOG[kind := chance.choice(list(LOG))](log.read_bytes(), chance))
        done.append(f"{kind} of the log")
    if copy and chance.random() < 0.25:
        newest = copies(office.database)[0]
        _write(newest, DATABASE[kind := chance.choice(list(DATABASE))](newest.read_bytes(), chance))
        done.append(f"{kind} of the newest copy")
    return " and ".join(done)


def _bring_back(office: Office, command: Command, chance: random.Random, what: str) -> frozenset[str]:
    """Look or not, restore as the program says, and return what is in the outbox; nothing in it is called sent that was not."""
    alarmed = False
    if chance.random() < 0.5:
        before = office.files()
        looked, told = command("daftar")
        assert looked in (0, 4), (what, told)
        alarmed = looked == 4 or "pmm-tui pulihkan" in told
        if looked == 4 and not (before[1] and _is_sqlite(before[0])):  # whose own log SQLite takes in, as after every crash
            assert (office.files()[0], office.files()[1] or None) == (before[0], before[1] or None), f"{what}: changed"
        if looked == 4:
            assert "pmm-tui pulihkan" in told or "lebih baru" in told, (what, told)
    before = office.files()
    code, told = command("pulihkan", "--json")
    if code == 4:
        assert "lebih baru" in told, (what, told)
        assert office.files() == before, what
        code, told = command("pulihkan", "--json", _sound_copy(office))
    if code == 1:
        assert "utuh" in told, (what, told)
        assert not alarmed, what
    else:
        aside = Path(json.JSONDecoder().raw_decode(told)[0]["disisihkan"])
        if before != (None, None):
            base = aside.with_name(aside.name.removesuffix("-wal")) if before[0] is None else aside
            assert (_content(base), _content(side_file(base))) == before, what
    code, told = command("daftar")
    assert (code, "pulihkan" in told) == (0, False), (what, told)
    with Store.open(office.database) as store:
        assert store.database.check(full=True).good, what
        found = store.outbox.all()
        assert len(store.roster.all()) >= len({k.pegawai_id for k in found})
    called = {k.sha256 for k in found if k.keadaan == "sent"}
    assert called <= set(office.sent), what
    assert all(digest(k.line) == k.sha256 for k in found)
    return frozenset(k.sha256 for k in found)


def _sound_copy(office: Office) -> Path:
    """A copy as it was made."""
    made = office.origins[_CLEAN] / "cadangan"
    return next(copy for copy in copies(office.database) if copy.read_bytes() == (made / copy.name).read_bytes())


def _in_copies(office: Office) -> frozenset[str]:
    """What the newest copy holds, which nobody has damaged."""
    probe = office.database.with_name("lihat") / "pmm-tui.db"
    probe.parent.mkdir()
    try:
        shutil.copyfile(max(copies(office.database), key=lambda copy: copy.name), probe)
        with Store(Database(probe)) as store:
            return frozenset(k.sha256 for k in store.outbox.all())
    finally:
        shutil.rmtree(probe.parent)


def _in_log(content: bytes) -> frozenset[str]:
    """The envelopes whose lines are whole, read by other means than the program's."""
    found = set()
    for line in content.split(b"\n"):
        try:
            entry = json.loads(line)
            if digest(entry["amplop"].encode()) == entry["sha256"]:
                found.add(entry["sha256"])
        except (ValueError, TypeError, KeyError, AttributeError):
            continue
    return frozenset(found)


def _is_sqlite(content: bytes | None) -> bool:
    return (content or b"").startswith(b"SQLite format 3\0")


def _content(path: Path) -> bytes | None:
    return path.read_bytes() if path.exists() else None


def _write(path: Path, content: bytes | None) -> None:
    if content is None:
        path.unlink(missing_ok=True)
    else:
        path.write_bytes(content)
