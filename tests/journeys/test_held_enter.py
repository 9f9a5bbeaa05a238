"""On a real terminal: a held Enter, the same as one burst, and pasted lines submit nothing and confirm nothing."""

from __future__ import annotations

import os
from collections.abc import Callable

import pytest

from tests.journeys.machine import Machine
from tests.journeys.steps import add_rhk, inside, perilaku, start
from tests.terminal import Terminal

pytestmark = pytest.mark.pty
KEYS = 300
"""Ten seconds of a held key."""
LINES = "Ahmad Ma'ruf\t19690409 202121 1 002\t \r\n" * 30


def held(t: Terminal) -> None:
    """Hold Enter for ten seconds."""
    for _ in range(KEYS):
        t.press("enter")
        t.silence(1 / 30)


def burst(t: Terminal) -> None:
    """As many at once."""
    send(t, b"\r" * KEYS)


def pasted(t: Terminal) -> None:
    """Lines between the marks of a paste."""
    send(t, b"\x1b[200~" + LINES.encode() + b"\x1b[201~")


def plain(t: Terminal) -> None:
    """Lines as plain bytes."""
    send(t, LINES.replace("\r\n", "\r").encode())


def send(t: Terminal, content: bytes) -> None:
    """Write it to the terminal at once."""
    for at in range(0, len(content), 1024):
        os.write(t._master, content[at : at + 1024])
    t.silence(1.0)


def to_the_tick(t: Terminal) -> None:
    """From the list through a whole plan to the tick of the teacher's word."""
    t.press("down", "enter")
    t.wait("Jenjang jabatan")
    start(t)
    t.press("enter")
    t.wait("RHK Pengembangan Kompetensi", inside("Tambah"))
    add_rhk(t, "mandiri")
    t.press("f6")
    t.wait("Tugas tambahan menurut SK", inside("1 [ ] Tidak ada tugas tambahan"))
    t.press("enter")
    perilaku(t)


def to_the_question(t: Terminal) -> None:
    """And on to the question whether to submit, which no answer was given to yet."""
    to_the_tick(t)
    t.think()
    t.press("space")
    t.wait("[x] Sudah dikonfirmasi guru")
    t.press("f9")
    t.wait("Ajukan Perencanaan Kinerja", inside("Batal"))


@pytest.mark.slow
@pytest.mark.parametrize("what", [held, burst, pasted, plain], ids=lambda f: f.__name__)
@pytest.mark.parametrize("where", [None, to_the_tick, to_the_question], ids=["list", "tick", "question"])
def test_nothing_is_submitted(machine: Machine, where: Callable[[Terminal], None] | None, what: Callable[[Terminal], None]) -> None:
    """From the list, from the tick and over the question: no envelope, and no teacher's word that was not given."""
    with machine.open("latihan", "--ulang") as t:
        t.wait("1 dari 40 selesai", inside(" Agus Salim"))
        if where:
            where(t)
        what(t)
        t.press("ctrl+q")
        assert t.exit_code() == 0
    database = machine.home / "pmm" / "latihan" / "pmm-tui.db"
    assert machine.rows("SELECT count(*) FROM kiriman WHERE asal = ''", database) == [(0,)]
    confirmed = machine.rows(
        "SELECT count(*) FROM draf WHERE CAST(rencana AS TEXT) LIKE '%dikonfirmasi_guru%'"
        " AND pegawai_id NOT IN (SELECT pegawai_id FROM kiriman)",  # those came from the practice server
        database,
    )
    assert confirmed[0][0] <= (where is to_the_question)
