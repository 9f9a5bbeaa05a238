"""A disk that is full, closed, held or gone, at every step: a sentence, nothing half, and later it completes."""

from __future__ import annotations

import os
import random
import subprocess
from pathlib import Path

import pytest

from pmm_tui.store import Store
from tests.faults.conftest import Banyak
from tests.faults.storage.conftest import Catat
from tests.faults.storage.flow import Alur
from tests.faults.storage.parent import Akhir, Induk
from tests.faults.storage.test_kill_commands import SEMUA, BuatAlur, buat_alur
from tests.faults.storage.test_refused import ditolak

__all__ = ["buat_alur"]

_PAGE = 4096
_BALLAST = "ballast"


def _berkas(alur: Alur) -> dict[Path, bytes]:
    """Every file of the operator's, to the byte."""
    return {path: path.read_bytes() for path in alur.computer.home.rglob("*") if path.is_file() and path.name != "pmm-tui.log"}


def _selesai(alur: Alur, induk: Induk, victim: Akhir) -> None:
    """With the disk in order again the command completes."""
    if victim.code:
        victim = induk.run(alur.computer.env, *alur.work)
        assert victim.code in (*alur.once, *alur.again), victim
    alur.akhir(victim)


@pytest.mark.parametrize("name", [name for name in SEMUA if name != "skema baru"])
def test_no_file_may_grow(name: str, buat_alur: BuatAlur, induk: Induk, banyak: Banyak, catat: Catat) -> None:
    """Where files may have so many bytes and no more, a command ends with the sentence of a full disk or gets through."""
    alur = buat_alur(name, 7100)
    chance = random.Random(name)
    refused = 0
    limits = range(0, 160_000, 512) if banyak(False, True) else (0, 700, *(chance.randrange(_PAGE, 130_000) for _ in range(2)))
    for limit in limits:
        alur.computer.ulangi()
        victim = induk.run(alur.computer.env, ":sempit", str(limit), *alur.work)
        ditolak(alur, victim)
        refused += victim.code == 4
        _selesai(alur, induk, victim)
    assert refused
    catat(commands_where_no_file_may_grow=len(limits), of_these_ended_with_a_sentence=refused)


@pytest.mark.parametrize("name", SEMUA)
def test_a_small_disk(name: str, disk_kecil: Path, buat_alur: BuatAlur, induk: Induk, banyak: Banyak, catat: Catat) -> None:
    """On a disk with room for so many pages and no more, the same."""
    alur = buat_alur(name, 7200, disk_kecil)
    chance = random.Random(name)
    # 30: room for what SQLite writes first, its log, and not for the file that it is to become
    rooms = range(140) if banyak(False, True) else (0, 1, chance.randrange(2, 20), 30, chance.randrange(20, 70))
    refused = 0
    for room in rooms:
        (disk_kecil / _BALLAST).unlink(missing_ok=True)
        alur.computer.ulangi()
        _leave(disk_kecil, room * _PAGE)
        victim = induk.run(alur.computer.env, *alur.work)
        (disk_kecil / _BALLAST).unlink()
        ditolak(alur, victim)
        if victim.code == 4:
            assert "penuh" in victim.err, victim
            refused += 1
        _selesai(alur, induk, victim)
    assert refused
    catat(commands_on_a_small_disk=len(rooms), of_them_ended_with_a_sentence=refused)


def _leave(disk: Path, room: int) -> None:
    """Fill a disk but for so many bytes."""
    state = os.statvfs(disk)
    with (disk / _BALLAST).open("wb") as file:
        file.write(bytes(state.f_bavail * state.f_frsize - room))


@pytest.mark.parametrize("name", SEMUA)
def test_a_disk_that_may_only_be_read(name: str, disk_kecil: Path, buat_alur: BuatAlur, induk: Induk) -> None:
    """On a disk that takes nothing, not even from the superuser, the command says so and changes nothing."""
    alur = buat_alur(name, 7300, disk_kecil)
    alur.computer.ulangi()
    before = _berkas(alur)
    subprocess.run(["mount", "-o", "remount,ro", str(disk_kecil)], check=True)
    victim = induk.run(alur.computer.env, *alur.work)
    subprocess.run(["mount", "-o", "remount,rw", str(disk_kecil)], check=True)
    assert _berkas(alur) == before, victim
    ditolak(alur, victim)
    assert victim.code == 4, victim
    assert "PMM_TUI_DATA" in victim.err, victim
    _selesai(alur, induk, victim)


@pytest.mark.parametrize("name", [name for name in SEMUA if name not in ("mulai pertama", "pulihkan", "pulihkan bernama")])
def test_a_file_that_is_held(name: str, buat_alur: BuatAlur, induk: Induk) -> None:
    """While another program holds the database every command says so with exit code 3 and changes nothing."""
    alur = buat_alur(name, 7400)
    alur.computer.ulangi()
    before = _berkas(alur)
    with Store.open(alur.basis):
        victim = induk.run(alur.computer.env, *alur.work)
    assert victim.code == 3, victim
    assert "sudah terbuka di jendela lain" in victim.err
    assert _berkas(alur) == before
    _selesai(alur, induk, victim)
