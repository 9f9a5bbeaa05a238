"""Without a network first: nothing is called sent that is not, and nothing is sent twice."""

from __future__ import annotations

from tests.journeys.machine import Mesin
from tests.journeys.real_server import ServerNyata
from tests.journeys.steps import (
    ANTRE,
    DIAJUKAN,
    MENUNGGU,
    NIP_SITI,
    SITI,
    SUDAH,
    buka,
    di,
    impor,
    rencana_pendek,
    tanda_terima,
    unduhan,
)


def test_queued_until_there_is_a_server(mesin: Mesin, server: ServerNyata) -> None:
    """With the server down the plan waits and says so; started and asked to send, the program delivers it, once."""
    mesin.env |= {"PMM_TUI_SERVER": server.url, "PMM_TUI_TOKEN": server.token}
    path = unduhan(mesin.home)
    with mesin.open() as t:
        t.wait("Belum ada guru.", "tidak menerima sambungan")
        impor(t, path)
        buka(t, "Nur'aini", SITI)
        rencana_pendek(t)
        t.wait(ANTRE, di("Kembali ke Daftar Guru"))
        t.wait("tidak menerima sambungan")  # the try that Ajukan makes has ended
        t.press("enter")
        t.wait(MENUNGGU, "0 dari 12 selesai")
        t.press("f8")
        t.wait("Kotak Kirim", SITI, "antre", "Aman di komputer ini")
        written = b"".join(chunk.content for chunk in t.chunks).decode()
        assert DIAJUKAN not in written
        assert "terkirim" not in written
        server.start()
        t.press("f9")
        receipt = tanda_terima(t.wait("terkirim", "Tanda terima R-"))
        t.press("ctrl+w")
        t.wait(SUDAH, "1 dari 12 selesai", without=MENUNGGU)
        t.press("f9")
        t.wait("Kotak Kirim kosong")
        t.press("ctrl+q")
        assert t.exit_code() == 0
    held = server.plan_of(NIP_SITI, "2026")
    assert held["tanda_terima"] == receipt
    server.stop()
    assert server.held() == [(1, "diajukan", receipt)]
    assert mesin.rows("SELECT isi FROM amplop", server.database) == mesin.rows("SELECT line FROM kiriman")
