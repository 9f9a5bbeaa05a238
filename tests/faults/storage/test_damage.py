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
from tests.faults.conftest import Banyak
from tests.faults.storage.conftest import Catat
from tests.faults.storage.damage import BASIS, LOG
from tests.faults.storage.storage_kit import PERIODE, SAAT, Komputer, rencana

_BANYAK = 12
_HARI = (5, 9)
"""Teachers after whose seal the day ended with a copy."""
_PANAS, _RAPI = "panas", "rapi"

Perintah = Callable[..., tuple[int, str]]


class Kantor(Struct, frozen=True):
    """A computer with its files as a crash (`panas`) and as a clean end (`rapi`) left them, and what is true of its envelopes."""

    computer: Komputer
    asal: dict[str, Path]
    sealed: frozenset[str]
    sent: dict[str, str]
    """Receipt by digest."""

    @property
    def basis(self) -> Path:
        return self.computer.basis

    def letakkan(self, keadaan: str) -> None:
        """Put the files there."""
        shutil.rmtree(self.basis.parent, ignore_errors=True)
        shutil.copytree(self.asal[keadaan], self.basis.parent)

    def berkas(self) -> tuple[bytes | None, bytes | None]:
        """The database and SQLite's log, to the byte."""
        return _content(self.basis), _content(side_file(self.basis))


@pytest.fixture
def kantor(folder: Path) -> Kantor:
    """Two days of work with a copy each, and a third without; some was sent, some sealed twice."""
    computer = Komputer(folder, _BANYAK, dikonfirmasi=True)
    sent: dict[str, str] = {}
    asal = {name: folder / name for name in (_PANAS, _RAPI)}
    with Store.open(computer.basis) as store:
        for number, pegawai in enumerate(store.roster.all(), 1):
            kiriman = store.outbox.seal(pegawai, PERIODE, rencana(), 1, SAAT)
            if number % 2 == 0:
                store.outbox.mark_sending([kiriman.id])
                receipt = f"R-{number:04}-AAAA"
                store.outbox.record_all({kiriman.id: Sent(receipt, "2026-01-10T02:00:00Z", "diajukan")})
                sent[kiriman.sha256] = receipt
            if number % 3 == 0:
                store.outbox.seal(pegawai, PERIODE, rencana("Diubah"), 2, SAAT)
            if number in _HARI:
                assert ensure_today(store.database, SAAT.date().replace(day=number))
        sealed = frozenset(k.sha256 for k in store.outbox.all())
        shutil.copytree(computer.basis.parent, asal[_PANAS])
    shutil.copytree(computer.basis.parent, asal[_RAPI])
    return Kantor(computer, asal, sealed, sent)


@pytest.fixture
def perintah(kantor: Kantor, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Perintah:
    """Run a command line here; its exit code, one that is documented, and all that it said, none of it about a fault of ours."""
    for name, value in kantor.computer.env.items():
        monkeypatch.setenv(name, value)

    def run(*arguments: str | Path) -> tuple[int, str]:
        code = main([str(argument) for argument in arguments])
        told = "".join(capsys.readouterr())
        assert code in (0, 1, 4), told
        assert "Program keliru" not in told, [report.read_text() for report in kantor.computer.home.rglob("laporan-*.txt")]
        assert "Traceback" not in told
        return code, told

    return run


@pytest.mark.parametrize("keadaan", [_RAPI, _PANAS])
def test_a_damaged_database_comes_back(kantor: Kantor, perintah: Perintah, banyak: Banyak, catat: Catat, keadaan: str) -> None:
    """Whatever becomes of the database and its log, and of the newest copy too, every sealed plan is there afterwards."""
    chance = random.Random(keadaan)
    lost = 0
    for number in range(banyak(90, 2000)):
        kantor.letakkan(keadaan)
        what = _spoil(kantor, keadaan, chance, list(BASIS)[number % len(BASIS)])
        gone = len(kantor.sealed - _bring_back(kantor, perintah, chance, what))
        lost += gone
        catat(mutations_of_the_database=1, sealed_plans_in_them=len(kantor.sealed), lost_of_these=gone)
    assert lost == 0


def test_a_damaged_recovery_log_costs_no_more_than_its_own(
    kantor: Kantor, perintah: Perintah, banyak: Banyak, catat: Catat
) -> None:
    """With the recovery log damaged as well, what a copy holds and what of the log is whole is there afterwards."""
    chance = random.Random(7)
    for number in range(banyak(30, 900)):
        kantor.letakkan(_RAPI)
        log = recovery_log(kantor.basis)
        name = list(LOG)[number % len(LOG)]
        _write(log, LOG[name](log.read_bytes(), chance))
        readable = _in_log(_content(log) or b"")
        what = f"{name} of the recovery log; " + _spoil(kantor, _RAPI, chance, chance.choice(list(BASIS)), copy=False)
        found = _bring_back(kantor, perintah, chance, what)
        assert found >= (readable & kantor.sealed) | _in_copies(kantor), what
        sealed = len(kantor.sealed)
        catat(mutations_of_the_recovery_log=1, sealed_plans_beside_it=sealed, lost_without_the_log=len(kantor.sealed - found))


def test_the_age_of_the_copies_is_told(kantor: Kantor, perintah: Perintah) -> None:
    """`diagnosa` tells how old the newest and the oldest copy are, also when the database itself is damaged."""
    kantor.letakkan(_RAPI)
    now = time.time()
    for copy, hours in zip(copies(kantor.basis), (5, 49), strict=True):
        os.utime(copy, (now, now - hours * 3600))
    for damage in (False, True):
        if damage:
            kantor.basis.write_bytes(b"<html>")
        code, told = perintah("diagnosa", "--json")
        found = json.loads(told)["cadangan"]
        assert (code, found["banyak"]) == (4 if damage else 0, 2)
        assert [round(found[name]) for name in ("terbaru_jam", "tertua_jam")] == [5, 49]


def _spoil(kantor: Kantor, keadaan: str, chance: random.Random, name: str, *, copy: bool = True) -> str:
    """Damage the database, SQLite's log, or both, and perhaps the newest copy; says what was done."""
    log = side_file(kantor.basis)
    both = chance.random()
    done = []
    if keadaan == _RAPI or both < 0.7:
        _write(kantor.basis, BASIS[name](kantor.basis.read_bytes(), chance))
        done.append(f"{name} of the database")
    if keadaan == _PANAS and both > 0.4:
        _write(log, LOG[kind := chance.choice(list(LOG))](log.read_bytes(), chance))
        done.append(f"{kind} of the log")
    if copy and chance.random() < 0.25:
        newest = copies(kantor.basis)[0]
        _write(newest, BASIS[kind := chance.choice(list(BASIS))](newest.read_bytes(), chance))
        done.append(f"{kind} of the newest copy")
    return " and ".join(done)


def _bring_back(kantor: Kantor, perintah: Perintah, chance: random.Random, what: str) -> frozenset[str]:
    """Look or not, restore as the program says, and return what is in the outbox; nothing in it is called sent that was not."""
    alarmed = False
    if chance.random() < 0.5:
        before = kantor.berkas()
        looked, told = perintah("daftar")
        assert looked in (0, 4), (what, told)
        alarmed = looked == 4 or "pmm-tui pulihkan" in told
        if looked == 4 and not (before[1] and _is_sqlite(before[0])):  # whose own log SQLite takes in, as after every crash
            assert (kantor.berkas()[0], kantor.berkas()[1] or None) == (before[0], before[1] or None), f"{what}: changed"
        if looked == 4:
            assert "pmm-tui pulihkan" in told or "lebih baru" in told, (what, told)
    before = kantor.berkas()
    code, told = perintah("pulihkan", "--json")
    if code == 4:
        assert "lebih baru" in told, (what, told)
        assert kantor.berkas() == before, what
        code, told = perintah("pulihkan", "--json", _sound_copy(kantor))
    if code == 1:
        assert "utuh" in told, (what, told)
        assert not alarmed, what
    else:
        aside = Path(json.loads(told[: told.index("}") + 1])["disisihkan"])
        if before != (None, None):
            base = aside.with_name(aside.name.removesuffix("-wal")) if before[0] is None else aside
            assert (_content(base), _content(side_file(base))) == before, what
    code, told = perintah("daftar")
    assert (code, "pulihkan" in told) == (0, False), (what, told)
    with Store.open(kantor.basis) as store:
        assert store.database.check(full=True).baik, what
        found = store.outbox.all()
        assert len(store.roster.all()) >= len({k.pegawai_id for k in found})
    called = {k.sha256 for k in found if k.keadaan == "sent"}
    assert called <= set(kantor.sent), what
    assert all(digest(k.line) == k.sha256 for k in found)
    return frozenset(k.sha256 for k in found)


def _sound_copy(kantor: Kantor) -> Path:
    """A copy as it was made."""
    made = kantor.asal[_RAPI] / "cadangan"
    return next(copy for copy in copies(kantor.basis) if copy.read_bytes() == (made / copy.name).read_bytes())


def _in_copies(kantor: Kantor) -> frozenset[str]:
    """What the newest copy holds, which nobody has damaged."""
    probe = kantor.basis.with_name("lihat") / "pmm-tui.db"
    probe.parent.mkdir()
    try:
        shutil.copyfile(max(copies(kantor.basis), key=lambda copy: copy.name), probe)
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
