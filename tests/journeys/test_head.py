"""Operator and head, each at a program of their own, a server between: a plan is submitted, returned, mended, printed, approved.

By keys alone, but for the printing; at each step both sides and the server agree, also while the line is cut.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.journeys.machine import Machine
from tests.journeys.real_server import RealServer
from tests.journeys.steps import (
    DONE,
    NIP_SITI,
    SITI,
    answer,
    downloads,
    import_roster,
    inside,
    open_plan,
    receipt_number,
    short_plan,
)
from tests.terminal import Terminal

NOTE = "Target belum terukur; beri angka yang dapat dibuktikan."
REMARK = "Dua saja."


@pytest.fixture
def head(tmp_path: Path, machine: Machine, server: RealServer) -> Machine:
    """The head's own computer, with the head's token; `machine` is the operator's."""
    for one, role in ((machine, "operator"), (Machine(_made(tmp_path / "kepala")), "kepala_sekolah")):
        one.env |= {"PMM_TUI_SERVER": server.url, "PMM_TUI_TOKEN": server.token_of(role)}
    return one


def test_returned_mended_approved(machine: Machine, head: Machine, server: RealServer) -> None:
    """The whole way, the line cut at each crossing; nothing is lost, nothing is there twice."""
    server.start()
    path = downloads(machine.home)
    with machine.open() as operator, head.open() as desk:
        desk.wait("Meja Kepala Sekolah", "Belum ada rencana")
        operator.wait("Belum ada guru", "Dari server")
        import_roster(operator, path)
        open_plan(operator, "Nur'aini", SITI)
        short_plan(operator)
        first = receipt_number(operator.wait("R-", inside("Lanjut ke guru berikutnya")))
        assert _held(server) == (1, "diajukan", first)

        _fetch(desk, "Perlu disetujui 1")
        _read(desk)
        server.stop()  # the line is cut: the decision waits
        desk.press("f7")
        desk.wait("─ Kembalikan ─", inside("1 [ ]"))
        desk.press("4")
        desk.wait(inside("4 [x]"))
        desk.type(REMARK)
        desk.wait(f"▐{REMARK}")
        desk.think()
        desk.press("f9")
        desk.wait("Meja Kepala Sekolah", "Perlu disetujui 0", "Dikembalikan 1", "tidak menerima sambungan")
        server.start()
        assert _held(server) == (1, "diajukan", first)  # the head's screen says "antre", and so it is
        _send(desk)
        assert _held(server) == (1, "dikembalikan", first)

        operator.press("escape")
        _fetch(operator, "← dikembalikan")
        operator.press("enter")
        operator.wait(NOTE, REMARK, "[ ] Sudah dikonfirmasi guru")
        server.stop()
        _mend(operator)
        operator.wait("Antre, akan dikirim saat ada jaringan")
        operator.press("escape")
        operator.wait("↑ antre")
        _fetch(desk, "tidak menerima sambungan")
        server.start()
        assert _held(server)[:2] == (1, "dikembalikan")
        operator.press("f9")
        operator.wait(DONE)
        second = _held(server)[2]
        assert _held(server) == (2, "diajukan", second)

        _fetch(desk, "Perlu disetujui 1", "baru, rev 2")
        desk.press("enter")
        desk.wait("di revisi 1: 1")
        _read(desk, opened=True)
        desk.press("f9")
        desk.wait("─ Setujui? ─", inside("Batal"), f"Setujui {SITI}")
        server.stop()
        answer(desk, f"Setujui {SITI}")
        desk.wait("Meja Kepala Sekolah", "Disetujui 1", "tidak menerima sambungan")
        desk.press("ctrl+q")
        assert desk.exit_code() == 0
        operator.press("ctrl+q")
        assert operator.exit_code() == 0

    printed = machine.run("cetak", NIP_SITI, "--apa", "paraf", "--ke", machine.home / "kertas")
    assert printed.code == 0, printed.err
    assert list((machine.home / "kertas").iterdir())
    server.start()
    with machine.open() as operator, head.open() as desk:  # what was decided outlives the program
        desk.wait("Perlu disetujui 0", "Disetujui 1")
        _send(desk)
        assert _held(server) == (2, "disetujui", second)
        _fetch(operator, "disetujui")
        for one in (desk, operator):
            one.press("ctrl+q")
            assert one.exit_code() == 0
    server.stop()
    assert server.held() == [(1, "dikembalikan", first), (2, "disetujui", second)] or server.held() == [(2, "disetujui", second)]
    decided = head.rows("SELECT keputusan, keadaan, revisi FROM keputusan ORDER BY id")
    assert decided == [("kembalikan", "sent", 1), ("setujui", "sent", 2)]
    assert machine.rows("SELECT count(*) FROM kiriman") == [(2,)]


def _made(folder: Path) -> Path:
    folder.mkdir()
    return folder


def _held(server: RealServer) -> tuple[Any, ...]:
    """Revision, status and receipt of the plan by the server's word."""
    plan = server.plan_of(NIP_SITI, "2026")
    return plan["revisi"], plan["status"], plan["tanda_terima"]


def _fetch(t: Terminal, *texts: str) -> None:
    t.press("f5")
    t.wait(*texts)


def _read(t: Terminal, *, opened: bool = False) -> None:
    """Open the plan under the cursor and read it to its end."""
    if not opened:
        t.press("enter")
        t.wait("Data diri", "Praktik Kinerja", SITI)
    t.press("end")
    t.wait("Sudah dibuka")


def _send(t: Terminal) -> None:
    """From the desk: send what waits by Kotak Kirim, and come back."""
    t.press("f8")
    t.wait("Kotak Kirim", SITI)
    t.press("f9")
    t.wait("R-", without="1 keputusan antre")
    t.press("escape")
    t.wait("Meja Kepala Sekolah")


def _mend(t: Terminal) -> None:
    """From the Rangkuman of a returned plan: another target, the teacher's word again, and off."""
    t.press("f7", "f7", "f7")
    t.wait("RHK Pengembangan Kompetensi")
    t.press("ctrl+home")
    t.wait(inside("  Target kuantitas"))
    t.press("ctrl+u")
    t.type("2")
    t.wait("▐2 ")
    t.press("f6", "f6", "f6")
    t.wait("[ ] Sudah dikonfirmasi guru")
    while inside("[ ] Sudah dikonfirmasi guru") not in t.screen():
        t.press("down")
        t.silence(0.3)
    t.think()
    t.press("space")
    t.wait("[x] Sudah dikonfirmasi guru")
    t.think()
    t.press("f9")
    t.wait("Ajukan Perencanaan Kinerja", inside("Batal"))
    answer(t, "Ajukan revisi 2")
