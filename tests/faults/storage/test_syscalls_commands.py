"""Commands killed at a chosen call that changes a file: nothing is half, nothing is lost, and doing it again completes it."""

from __future__ import annotations

import random
from collections.abc import Iterator

import pytest

from tests.faults.conftest import Banyak
from tests.faults.storage.conftest import Catat
from tests.faults.storage.flow import Alur
from tests.faults.storage.parent import Induk
from tests.faults.storage.syscalls import KINDS, Call
from tests.faults.storage.test_kill_commands import SEMUA, BuatAlur, buat_alur

__all__ = ["buat_alur"]

_CEPAT = {"pulihkan": 20, "cadangan": 18}  # kills in the quick form, where they are more than of the other flows


class _Pilihan:
    """Calls by chance, of every kind; how many there are of a kind is learnt on the way."""

    def __init__(self, chance: random.Random) -> None:
        self._chance = chance
        self._most = dict.fromkeys(KINDS, 2)

    def call(self) -> Call:
        """The next one to die at."""
        kind = self._chance.choice([kind for kind, most in self._most.items() if most])
        return kind, self._chance.randint(1, self._most[kind])

    def learn(self, call: Call, *, died: bool) -> None:
        """Note whether there was such a call."""
        kind, number = call
        self._most[kind] = max(self._most[kind], number * 2) if died else number - 1


@pytest.mark.parametrize("name", SEMUA)
def test_killed_at_a_call(name: str, buat_alur: BuatAlur, induk: Induk, induk_dilacak: Induk, banyak: Banyak, catat: Catat) -> None:
    """Dead at any call, and dead again when it is done again, it leaves what its flow promises; in the end it completes."""
    alur = buat_alur(name, 9000)
    if banyak(False, True):
        kills = sum(_at_every_call(alur, induk, induk_dilacak))
    else:
        kills = _at_some_calls(alur, induk_dilacak, _CEPAT.get(name, 10), random.Random(name))
    catat(kills_of_commands_at_a_call=kills)


def _at_some_calls(alur: Alur, induk: Induk, kills: int, chance: random.Random) -> int:
    """Each victim finds what the one before has left; one that gets through is looked at, and the next begins anew."""
    alur.computer.ulangi()
    pilihan = _Pilihan(chance)
    done, fresh = 0, True
    while done < kills or not fresh:
        victim = induk.run(alur.computer.env, *alur.work, call=(call := pilihan.call()) if done < kills else None)
        if victim.terbunuh:
            done += 1
            pilihan.learn(call, died=True)
            alur.tengah(victim)
            fresh = False
            continue
        if done < kills:
            pilihan.learn(call, died=False)
        assert victim.code in (*alur.once, *alur.again), victim
        alur.akhir(victim)
        alur.computer.ulangi()
        fresh = True
    return done


def _at_every_call(alur: Alur, induk: Induk, induk_dilacak: Induk) -> Iterator[int]:
    for kind in KINDS:
        number = 1
        while True:
            alur.computer.ulangi()
            victim = induk_dilacak.run(alur.computer.env, *alur.work, call=(kind, number))
            if not victim.terbunuh:
                break
            alur.tengah(victim)
            again = induk.run(alur.computer.env, *alur.work)
            assert again.code in alur.again, (kind, number, again)
            alur.akhir(again)
            number += 1
            yield 1
