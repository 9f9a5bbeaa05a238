"""A terminal that is gone (issue 3, points 1 and 8): the program saves, closes and ends within seconds, and never spins."""

from __future__ import annotations

import sys
import time
from pathlib import Path

import pytest

from tests.faults.conftest import Banyak
from tests.faults.input.cases import PERIODE

if sys.platform == "linux":
    from pmm_tui.store import Store
    from tests.faults.input.window import Jendela, JendelaBisu, buka
    from tests.journeys.machine import Mesin
    from tests.journeys.steps import AHMAD, awal, di, unduhan
    from tests.journeys.steps import buka as buka_rencana

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="needs a pty")

URAIAN = "Menyusun modul ajar"
DETIK = 5.0
"""Until it has to be over; on a machine that does much else."""
CPU = 1.0
"""Seconds of a processor that saving and ending may take."""


@pytest.fixture
def mesin(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Mesin:
    """A computer with twelve teachers and a server that nobody runs."""
    monkeypatch.chdir(tmp_path)
    mesin = Mesin(tmp_path)
    assert mesin.run("impor", unduhan(mesin.home)).code == 0
    mesin.env["PMM_TUI_SERVER"] = "http://127.0.0.1:9"
    return mesin


def _hilang(t: Jendela, *kode: int) -> float:
    """Close the window; returns the processor time that the program took after that, once it has ended with 0, or one of `kode`."""
    assert isinstance(t, JendelaBisu)
    before, begun = t.cpu_now(), time.monotonic()
    t.hang_up()
    assert t.exit_code(DETIK) in (0, *kode)
    assert time.monotonic() - begun <= DETIK
    return t.cpu - before


def _mengetik(t: Jendela) -> None:
    buka_rencana(t, "Ma'ruf", AHMAD)
    awal(t)
    t.press("enter")
    t.wait("[2 Kompetensi]", di("Tambah"))
    t.press("down", "enter")
    t.wait("Uraian RHK")
    t.type(URAIAN)
    t.wait(URAIAN)


def test_it_is_saved_though_no_signal_came(mesin: Mesin) -> None:
    """With the last letters still unsaved, and nobody to tell: all of it is on the disk, and the processor is free again."""
    with buka(mesin, bisu=True) as t:
        _mengetik(t)
        assert _hilang(t) <= CPU
    with Store.open(mesin.basis) as store:
        assert not store.database.unclean
        (draf,) = store.drafts.all(PERIODE).values()
    assert draf.rencana.pengembangan_kompetensi.rhk[0].uraian == URAIAN


@pytest.mark.parametrize("tempat", ["awal", "daftar", "dialog", "bantuan", "kotak", "impor", "pengaturan"])
def test_wherever_one_was(tempat: str, mesin: Mesin) -> None:
    """From the very start, from a list, and from whatever is open over it."""
    with buka(mesin, bisu=True) as t:
        if tempat == "awal":
            t.until(lambda _: bool(t.chunks), "the first byte")
        else:
            t.wait("Daftar Guru", "Semua guru (12)")
        keys = {"dialog": ("enter", "Jenjang jabatan"), "bantuan": ("f1", "Tombol di sini"), "kotak": ("f8", "Kotak Kirim")}
        keys |= {"impor": ("f4", "Impor Daftar Guru"), "pengaturan": ("f7", "Alamat server")}
        if tempat in keys:
            t.press(keys[tempat][0])
            t.wait(keys[tempat][1])
        if tempat == "dialog":
            t.press("enter")
            t.wait("Data diri sudah sesuai?")
        used = _hilang(t, *((2,) if tempat == "awal" else ()))  # 2: gone before there was a look at the terminal
    assert used <= (2.5 if tempat == "awal" else CPU)  # at the start what was begun is finished first
    with Store.open(mesin.basis) as store:
        assert not store.database.unclean


def test_a_long_answer_does_not_hold_it(mesin: Mesin) -> None:
    """Much was waiting to be written when the terminal went: the writer's queue is no trap."""
    with buka(mesin, bisu=True, TERM="xterm") as t:
        t.wait("Daftar Guru", "Semua guru (12)")
        for _ in range(200):
            t.press("ctrl+l", "down", "pagedown", "up", "pageup")
        assert _hilang(t) <= 4 * CPU


def test_practice_ends_its_server_too(mesin: Mesin) -> None:
    """Nothing of the practice mode stays behind."""
    with buka(mesin, "latihan", bisu=True) as t:
        t.wait("0 dari 40 selesai")
        (child,) = Path(f"/proc/{t.pid}/task/{t.pid}/children").read_text().split()
        _hilang(t)
    assert not Path(f"/proc/{child}").exists()


def test_at_any_moment(mesin: Mesin, banyak: Banyak) -> None:
    """Taken away at moments that nobody chose, it always ends by itself and leaves a clean end behind."""
    for number in range(banyak(4, 300)):
        with buka(mesin, bisu=True) as t:
            t.read(5)
            for _ in range(number * 7 % 40):
                t.press("down" if number % 2 else "f1")
                t.read(0.01)
            t.read((number * 37 % 100) / 100)
            t.hang_up()
            assert t.exit_code(2 * DETIK) in (0, 2)
        with Store.open(mesin.basis) as store:
            assert not store.database.unclean
