"""The screen on a disk that takes nothing for a while: it says so, calls nothing saved, loses nothing, and goes on."""

from __future__ import annotations

import os
import random
import resource
import subprocess
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest

from tests.faults.conftest import Banyak
from tests.faults.storage.conftest import Catat
from tests.faults.storage.parent import Induk
from tests.faults.storage.screens import Ketikan, teks_dari
from tests.faults.storage.storage_kit import Komputer, isi

Pasang = Callable[[], None]
_BELUM = "Rencana belum tersimpan"


def _penuh(t: Ketikan, _: Komputer) -> Pasang:
    """No file may grow any more."""
    was = resource.prlimit(t.pid, resource.RLIMIT_FSIZE, (0, resource.RLIM_INFINITY))

    def room() -> None:
        with suppress(ProcessLookupError):  # killed meanwhile
            resource.prlimit(t.pid, resource.RLIMIT_FSIZE, was)

    return room


def _lenyap(_: Ketikan, computer: Komputer) -> Pasang:
    """The folder with the records is gone."""
    folder = computer.basis.parent
    away = folder.with_name("lenyap")
    folder.rename(away)

    def back() -> None:
        away.rename(folder)

    return back


@pytest.mark.parametrize(("take", "told"), [(_penuh, "Disk penuh"), (_lenyap, "hilang")], ids=["full", "gone"])
def test_nothing_is_lost_while_nothing_can_be_saved(
    folder: Path, induk: Induk, banyak: Banyak, catat: Catat, take: Callable[[Ketikan, Komputer], Pasang], told: str
) -> None:
    """It is said, and nothing typed meanwhile is called saved; with the disk back all of it is, killed before what was promised."""
    computer = Komputer(folder, 1)
    chance = random.Random(told)
    for number in range(times := banyak(3, 150)):
        computer.ulangi()
        computer.ke(1, "pengembangan_kompetensi", "rhk/0/uraian")
        before = teks_dari(isi(computer.basis).draf[1])
        with Ketikan(induk, computer.env, before, chance) as t:
            t.siap()
            _ketik(t, chance)
            _tersimpan(t)
            promised = t.janji
            give = take(t, computer)
            t.huruf("x")
            t.wait(_BELUM, told)
            assert t.janji == promised, t.riwayat()
            if number % 3 == 2:
                t.bunuh()
                give()
                assert teks_dari(isi(computer.basis).draf[1]) == t.keadaan[promised].teks
                continue
            give()
            t.press("down", "enter")
            t.until(lambda screen: _BELUM not in screen, "the fields again")
            _ketik(t, chance)
            _tersimpan(t)
            t.bunuh()
        assert teks_dari(isi(computer.basis).draf[1]) == t.keadaan[-1].teks, t.riwayat()
    catat(disks_taken_from_the_screen=times)


def _ketik(t: Ketikan, chance: random.Random) -> None:
    for _ in range(chance.randrange(1, 5)):
        t.huruf(chance.choice("abcdefgh"))


def _tersimpan(t: Ketikan) -> None:
    t.until(lambda _: t.janji == len(t.keadaan) - 1, "all called saved")


def test_a_stick_that_is_pulled(disk_kecil: Path, induk: Induk) -> None:
    """With the records' disk taken away the screen says so and stays."""
    computer = Komputer(disk_kecil, 1)
    computer.ke(1, "pengembangan_kompetensi", "rhk/0/uraian")
    before = teks_dari(isi(computer.basis).draf[1])
    with Ketikan(induk, computer.env, before, random.Random(1)) as t:
        t.siap()
        subprocess.run(["umount", "-l", str(disk_kecil)], check=True)
        assert not os.path.exists(computer.basis)
        t.huruf("x")
        t.wait(_BELUM, "hilang")
        assert not t.sudah_mati()
