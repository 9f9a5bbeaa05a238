"""Commands whose disk refuses a chosen call: a sentence, nothing half, and with the disk in order again it completes."""

from __future__ import annotations

import os
import random
from pathlib import Path

import pytest

from pmm_tui.store.file import remove_stale
from tests.faults.conftest import Banyak
from tests.faults.storage.conftest import Catat
from tests.faults.storage.flow import Alur
from tests.faults.storage.parent import Akhir, Induk
from tests.faults.storage.syscalls import AT, KINDS
from tests.faults.storage.test_kill_commands import SEMUA, BuatAlur, buat_alur

__all__ = ["buat_alur"]

_PENUH, _RUSAK = f"error=ENOSPC:when={AT}+", f"error=EIO:when={AT}"
_TERKUNCI, _KUOTA = f"error=EROFS:when={AT}+", f"error=EDQUOT:when={AT}+"


@pytest.mark.parametrize(
    "induk_ditolak", [_PENUH, _RUSAK, _TERKUNCI, _KUOTA], indirect=True, ids=["full", "once", "closed", "quota"]
)
def test_refused_at_a_call(
    folder: Path, buat_alur: BuatAlur, induk: Induk, induk_ditolak: Induk, banyak: Banyak, catat: Catat
) -> None:
    """Whatever call is refused, once or from then on, the command ends with a sentence or did without; then it completes."""
    chance = random.Random(11)
    tried = refused = 0
    for name in SEMUA:
        alur = buat_alur(name, 7000, folder / name)
        for kind in KINDS if banyak(False, True) else (chance.choice(("pwrite", chance.choice([*KINDS]))),):
            for number in range(1, 31) if banyak(False, True) else (chance.choice((1, 2, 5, 12)),):
                alur.computer.ulangi()
                victim = induk_ditolak.run(alur.computer.env, *alur.work, call=(kind, number))
                ditolak(alur, victim)
                tried, refused = tried + 1, refused + (victim.code == 4)
                if victim.code:
                    victim = induk.run(alur.computer.env, *alur.work)
                    assert victim.code in (*alur.once, *alur.again), (name, kind, number, victim)
                _besok(alur)
                alur.akhir(victim)
    assert refused
    catat(commands_with_a_refused_call=tried, of_which_ended_with_a_sentence=refused)


def _besok(alur: Alur) -> None:
    """Remove what could not be removed, as the first start of another day does."""
    folder = alur.computer.basis.parent
    for rest in folder.glob(f".{alur.computer.basis.name}.*"):
        os.utime(rest, (0, 0))
    remove_stale(folder, f".{alur.computer.basis.name}.*")


def ditolak(alur: Alur, victim: Akhir) -> None:
    """Look at a command whose disk refused something, and at what it has left."""
    told = victim.out + victim.err
    assert victim.code in (*alur.once, 1, 4), victim
    assert "Traceback" not in told, victim
    assert "Program keliru" not in told, (victim, [r.read_text() for r in alur.computer.home.rglob("laporan-*.txt")])
    alur.tengah(victim)
