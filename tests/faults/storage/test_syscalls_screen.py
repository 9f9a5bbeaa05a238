"""The screen, killed at a chosen call of the thread that owns the database."""

from __future__ import annotations

import random
from contextlib import suppress
from pathlib import Path

from tests.faults.conftest import Banyak
from tests.faults.storage.conftest import Catat
from tests.faults.storage.parent import Induk
from tests.faults.storage.screens import PADA_RISIKO, Ketikan, Pengajuan, teks_dari
from tests.faults.storage.storage_kit import Komputer, guru, isi
from tests.terminal import Missing

_KETIK = (("pwrite", 10), ("pwrite", 10), ("fdatasync", 4), ("fsync", 2), ("rename", 1))
_AJUKAN = (("pwrite", 24), ("pwrite", 24), ("fdatasync", 8), ("write", 1), ("fsync", 3), ("rename", 1))
"""Kinds of calls, and about how many of each there are."""


def test_killed_at_a_call_while_typing(folder: Path, induk_dilacak: Induk, banyak: Banyak, catat: Catat) -> None:
    """Dead between any two writes of a save, the field is not older than what was called saved."""
    computer = Komputer(folder, 1)
    chance = random.Random(5)
    died = 0
    for _ in range(tries := banyak(10, 1200)):
        computer.ulangi()
        computer.ke(1, "pengembangan_kompetensi", "rhk/0/uraian")
        before = teks_dari(isi(computer.basis).draf[1])
        kind, most = chance.choice(_KETIK)
        with Ketikan(induk_dilacak, computer.env, before, chance, call=(kind, chance.randint(1, most))) as t:
            with suppress(Missing, OSError):
                t.siap()
                for _ in range(4):
                    t.sesuatu()
                    t.tunggu(0.15)
                t.tunggu(PADA_RISIKO)  # by then it is saved, or dead
            died += t.sudah_mati()
            t.bunuh()
        assert teks_dari(isi(computer.basis).draf[1]) in t.boleh(), t.riwayat()
    assert died > tries // 2
    catat(kills_of_the_screen_typing_at_a_call=died)


def test_killed_at_a_call_while_submitting(folder: Path, induk_dilacak: Induk, banyak: Banyak, catat: Catat) -> None:
    """Dead between any two writes of a seal, the plan is in the outbox once or not at all, and it is when the screen said so."""
    computer = Komputer(folder, 1)
    chance = random.Random(6)
    died = 0
    for _ in range(tries := banyak(8, 800)):
        computer.ulangi()
        computer.ke(1, "rangkuman", "dikonfirmasi_guru")
        kind, most = chance.choice(_AJUKAN)
        with Pengajuan(induk_dilacak, computer.env, call=(kind, chance.randint(1, most))) as t:
            with suppress(Missing, OSError):
                t.ajukan()
                t.tunggu_janji()
            died += t.sudah_mati()
            t.bunuh()
        assert [a.nip for a in isi(computer.basis).amplop] in ([guru(1).nip], *([] if t.antre else [[]]))
    assert died > tries // 2
    catat(kills_of_the_screen_submitting_at_a_call=died)
