"""Trying a server before its address is kept."""

from __future__ import annotations

from datetime import timedelta
from types import TracebackType
from typing import Any

import pytest

from pmm_tui.services.check_server import check_server
from pmm_tui.sync.results import Document, NotModified, Stop
from tests.services.conftest import NOW

pytestmark = pytest.mark.anyio
SCHOOL = Document({"npsn": "69900001", "nama": "SMP\x1b Satu"})
STATUS = {"service": "pmm", "api": 1, "time": NOW.isoformat()}


class Server:
    """A client whose answers are given; `closed` tells that it was left."""

    def __init__(self, status: object = STATUS, school: object = SCHOOL) -> None:
        self._status = status if isinstance(status, Stop) else Document(status)
        self._school = school
        self.closed = False

    async def __aenter__(self) -> Server:
        return self

    async def __aexit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.closed = True

    async def status(self) -> object:
        return self._status

    async def sekolah(self) -> object:
        return self._school


@pytest.mark.parametrize(
    ("server", "npsn", "late", "said", "ok", "about"),
    [
        (Server(), "69900001", 0, "Tersambung: SMP Satu.", True, ""),
        (Server(), "", 0, "Tersambung: SMP Satu.", True, ""),
        (Server(), "", 301, "Tersambung: SMP Satu. Jam komputer ini 5 menit lebih cepat dari server; perbaiki.", True, ""),
        (Server(), "", -301, "Tersambung: SMP Satu. Jam komputer ini 5 menit lebih lambat dari server; perbaiki.", True, ""),
        (Server(), "", 300, "Tersambung: SMP Satu.", True, ""),
        (Server(school=Document({"npsn": "69900001"})), "69900001", 0, "Tersambung: NPSN 69900001.", True, ""),
        (Server(school=NotModified()), "69900001", 0, "Tersambung: NPSN .", True, ""),
        (
            Server(),
            "20512345",
            0,
            "Token ini milik SMP Satu (NPSN 69900001), bukan NPSN 20512345; minta token sekolah Anda.",
            False,
            "token",
        ),
        (Server(status=Stop(reason="Tidak terjangkau.", kind="jaringan")), "", 0, "Tidak terjangkau.", False, ""),
        (Server(status=Stop(reason="Bukan pmm.", kind="alamat")), "", 0, "Bukan pmm.", False, "server.url"),
        (Server(status=Stop(reason="Login dulu.", kind="portal")), "", 0, "Login dulu.", False, ""),
        (Server(school=Stop(reason="Token ditolak.", kind="token")), "", 0, "Token ditolak.", False, "token"),
    ],
)
async def test_what_a_server_is(server: Any, npsn: str, late: int, said: str, ok: bool, about: str) -> None:
    """School, clock, wrong school and trouble each have their sentence, and the setting that is wrong; the client is closed."""
    assert await check_server(server, npsn, lambda: NOW + timedelta(seconds=late)) == (said, ok, about)
    assert server.closed


async def test_somebody_else_answers() -> None:
    """What is no server of ours will not do."""
    server: Any = Server(status={"service": "wordpress"})
    said, ok, _ = await check_server(server, "", lambda: NOW)
    assert (ok, server.closed) == (False, True)
    assert said
