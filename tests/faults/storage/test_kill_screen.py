"""The screen, killed at any moment: what it called saved or sent is so, once, and half a second of typing is the most that goes."""

from __future__ import annotations

import random
import signal
from pathlib import Path

import pytest

from tests.faults.conftest import Banyak
from tests.faults.storage.conftest import Catat
from tests.faults.storage.parent import Induk, TerminalInduk
from tests.faults.storage.screens import Ketikan, Pengajuan, teks_dari
from tests.faults.storage.storage_kit import Komputer, di_server, guru, isi
from tests.journeys.real_server import ServerNyata
from tests.journeys.steps import unduhan

_PANE = ("pengembangan_kompetensi", "rhk/0/uraian")
_SATU_HIDUP = 12  # kills after which the records start from the beginning
_SEKALI_ASLI = 6  # every so many starts are the program itself, not a fork of the mother


def test_killed_while_typing(folder: Path, induk: Induk, banyak: Banyak, catat: Catat) -> None:
    """Killed while letters, undo, redo, fields and panes follow each other, no field is older than what was called saved."""
    computer = Komputer(folder, 1)
    chance = random.Random(20260110)
    for number in range(banyak(20, 6000)):
        if number % _SATU_HIDUP == 0:
            computer.ulangi()
        computer.ke(1, *_PANE)
        before = teks_dari(isi(computer.basis).draf[1])
        with Ketikan(None if number % _SEKALI_ASLI == 0 else induk, computer.env, before, chance) as t:
            t.siap()
            for _ in range(chance.randrange(1, 6)):
                t.sesuatu()
            t.tunggu(chance.choice((0.0, chance.random() * 0.5)))
            t.bunuh()
        assert teks_dari(isi(computer.basis).draf[1]) in t.boleh(), t.riwayat()
        catat(kills_of_the_screen_typing=1)


def test_a_lie_is_caught(folder: Path, induk: Induk) -> None:
    """A program that calls saved what it does not save is found out: the bookkeeping can fail."""
    computer = Komputer(folder, 1)
    computer.ke(1, *_PANE)
    before = teks_dari(isi(computer.basis).draf[1])
    with Ketikan(induk, computer.env, before, random.Random(1), work=[":pembohong"]) as t:
        t.siap()
        for letter in "bohong":
            t.huruf(letter)
        t.until(lambda _: t.janji == len("bohong"), "all called saved")
        t.bunuh()
    assert teks_dari(isi(computer.basis).draf[1]) not in t.boleh()


@pytest.mark.parametrize("number", [signal.SIGHUP, signal.SIGTERM], ids=["SIGHUP", "SIGTERM"])
def test_ended_by_a_signal(folder: Path, banyak: Banyak, catat: Catat, number: signal.Signals) -> None:
    """A closed window and a shutdown lose nothing of what the screen has shown, saved or not."""
    computer = Komputer(folder, 1)
    chance = random.Random(number)
    for _ in range(banyak(2, 200)):
        computer.ulangi()
        computer.ke(1, *_PANE)
        before = teks_dari(isi(computer.basis).draf[1])
        with Ketikan(None, computer.env, before, chance) as t:
            t.siap()
            t.sesuatu()
            t.sesuatu()
            shown = t.terlihat()
            t.hang_up() if number is signal.SIGHUP else t.kill(number)
            assert t.exit_code() >= 0
        assert teks_dari(isi(computer.basis).draf[1]) in {k.teks for k in t.keadaan[shown:]}, t.riwayat()
        catat(ends_by_a_signal=1)


def test_killed_while_submitting(folder: Path, induk: Induk, server: ServerNyata, banyak: Banyak, catat: Catat) -> None:
    """Killed while a plan is sealed and sent, what was called queued is in the outbox, what was called received is on the server.

    Then everything goes out, and the server holds each plan once, byte for byte.
    """
    computer = Komputer(folder, kills := banyak(12, 1500))
    computer.env |= {"PMM_TUI_SERVER": server.url, "PMM_TUI_TOKEN": server.token}
    assert induk.run(computer.env, "tarik").code == 0
    chance = random.Random(4)
    already = set(di_server(server.database))
    promises = 0
    for id in range(1, kills + 1):
        computer.ke(id, "rangkuman", "dikonfirmasi_guru")
        with Pengajuan(induk, computer.env) as t:
            t.ajukan()
            if id % 3 == 0:
                t.tunggu_janji()
            t.tunggu(chance.random() * chance.choice((0.1, 0.5)))
            t.bunuh()
        found = isi(computer.basis)
        ours = [a for a in found.amplop if a.nip == guru(id).nip]
        assert (t.antre or bool(t.tanda_terima)) <= len(ours) <= 1
        if t.tanda_terima:
            assert [(a.keadaan, a.tanda_terima) for a in ours] == [("sent", t.tanda_terima)]
            assert t.tanda_terima in {a.tanda_terima for a in di_server(server.database)}
        promises += t.antre or bool(t.tanda_terima)
        catat(kills_of_the_screen_submitting=1)
    sent = induk.run(computer.env, "kirim")
    assert sent.code == 0, sent.err
    sealed = isi(computer.basis).amplop
    assert sorted(sealed) == sorted(set(di_server(server.database)) - already)
    assert len({a.nip for a in sealed}) == len(sealed)
    assert promises >= kills // 3


def test_killed_while_importing(folder: Path, induk: Induk, banyak: Banyak, catat: Catat) -> None:
    """Killed while teachers are imported, all of them are there or none, and all when the screen said so."""
    computer = Komputer(folder, 1)
    path = unduhan(computer.home)
    chance = random.Random(12)
    for _ in range(banyak(4, 300)):
        computer.ulangi()
        with TerminalInduk(induk, computer.env) as t:
            t.wait("Semua guru (1)")
            t.press("f4")
            t.wait("Impor Daftar Guru dari Dapodik")
            t.press("up", "up")
            t.type(str(path))
            t.press("enter", "enter")
            t.wait("Impor guru: pratinjau", "12 baru")
            t.press("f9")
            t.tunggu(chance.random() * 0.2)
            t.bunuh()
            said = "12 guru disimpan" in t.shown()
        there = len(isi(computer.basis).nama)
        assert there in ((13,) if said else (1, 13))
        catat(kills_of_the_screen_importing=1)
