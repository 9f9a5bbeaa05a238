"""Without a network first: nothing is called sent that is not, and nothing is sent twice."""

from __future__ import annotations

from tests.journeys.machine import Machine
from tests.journeys.real_server import RealServer
from tests.journeys.steps import (
    DONE,
    NIP_SITI,
    QUEUED,
    SITI,
    SUBMITTED,
    WAITING,
    downloads,
    import_roster,
    inside,
    open_plan,
    receipt_number,
    short_plan,
)


def test_queued_until_there_is_a_server(machine: Machine, server: RealServer) -> None:
    """With the server down the plan waits and says so; started and asked to send, the program delivers it, once."""
    machine.env |= {"PMM_TUI_SERVER": server.url, "PMM_TUI_TOKEN": server.token}
    path = downloads(machine.home)
    with machine.open() as t:
        t.wait("Belum ada guru", "tidak menerima sambungan")
        import_roster(t, path)
        open_plan(t, "Nur'aini", SITI)
        short_plan(t)
        t.wait(QUEUED, inside("Lanjut ke guru berikutnya"))
        t.wait("tidak menerima sambungan")  # the try that Ajukan makes has ended
        t.press("escape")
        t.wait(WAITING, "0 dari 12 selesai")
        t.press("f8")
        t.wait("Kotak Kirim", SITI, "antre", "Aman di komputer ini")
        written = b"".join(chunk.content for chunk in t.chunks).decode()
        assert SUBMITTED not in written
        assert "terkirim" not in written
        server.start()
        t.press("f9")
        receipt = receipt_number(t.wait("terkirim", "Tanda terima R-"))
        t.press("ctrl+w")
        t.wait(DONE, "1 dari 12 selesai", without=WAITING)
        t.press("f9")
        t.wait("Kotak Kirim kosong")
        t.press("ctrl+q")
        assert t.exit_code() == 0
    held = server.plan_of(NIP_SITI, "2026")
    assert held["tanda_terima"] == receipt
    server.stop()
    assert server.held() == [(1, "diajukan", receipt)]
    assert machine.rows("SELECT isi FROM amplop", server.database) == machine.rows("SELECT line FROM kiriman")
