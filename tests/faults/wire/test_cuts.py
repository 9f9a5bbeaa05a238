"""Request and answer of a forty-plan batch are cut at every byte (quick: every 97th and all borders)."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import cycle
from pathlib import Path
from typing import Literal

import pytest

from pmm_tui.sync.http.line import ServerSettings
from pmm_tui.sync.http.tls import context_for
from tests.faults.conftest import Count
from tests.faults.wire.conftest import MakeClient, Stage
from tests.faults.wire.disturbances import Disturbance, Exchange
from tests.faults.wire.exhaustive import AT_ONCE, chain
from tests.faults.wire.listener import TLS
from tests.faults.wire.proxy import Proxy
from tests.faults.wire.server_process import Parent, ServerProcess
from tests.faults.wire.wire_kit import WireClient, Witness, copied, fill_store, make_school

Manner = Literal["akhir", "reset", "diam"]


def offsets_of(total: int, head: int, step: int) -> list[int]:
    """Offsets from nothing to everything: each `step`-th, and those around the beginning, the head's end and the end."""
    borders = {0, 1, 2, *(head + off for off in (-5, -4, -2, -1, 0, 1, 10)), *(total - off for off in (9, 8, 2, 1, 0))}
    return sorted(at for at in borders | set(range(0, total, step)) if 0 <= at <= total)


@pytest.fixture
def exchange(stage: Stage, make_client: MakeClient) -> Exchange:
    """What passes when nothing goes wrong."""
    assert make_client().send().sent == 40
    stage.proxy.settled()
    return stage.proxy.history[-1]


def _with_manners(offsets: Iterable[int], manners: tuple[Manner, ...], both: bool, up: bool) -> list[Disturbance]:
    """Each offset with one manner by turns, or with each of them."""
    turns = cycle(manners)
    pairs = [(at, manner) for at in offsets for manner in (manners if both else (next(turns),))]
    return [Disturbance(cut_up=at, manner=manner) if up else Disturbance(cut_down=at, manner=manner) for at, manner in pairs]


def test_request_cut_at_every_byte(stage: Stage, make_client: MakeClient, exchange: Exchange, many: Count) -> None:
    """However much of the request arrives, the plans arrive once in the end and none is called sent before."""
    offsets = offsets_of(exchange.up, exchange.head_up, many(97, 1))
    faults = _with_manners(offsets, ("akhir", "reset"), both=many(0, 1) > 0, up=True)
    assert len(faults) >= many(40, 2 * exchange.up)
    assert chain(stage, make_client, faults, length=many(20, 50)) == len(faults)


def test_answer_cut_at_every_byte(stage: Stage, make_client: MakeClient, exchange: Exchange, many: Count) -> None:
    """However much of the answer arrives, what the server stored is stored once and called sent only by a whole receipt."""
    offsets = offsets_of(exchange.down, exchange.head_down, many(97, 1))
    faults = _with_manners(offsets, ("akhir", "reset"), both=many(0, 1) > 0, up=False)
    assert len(faults) >= many(30, 2 * exchange.down)
    assert chain(stage, make_client, faults, length=many(12, 50)) == len(faults)


def test_uncompressed_request_cut(stage: Stage, make_client: MakeClient, many: Count) -> None:
    """The same without compression, where a cut can fall between two plans: half a batch is no batch."""
    client = make_client(gzip=False)
    assert client.send(AT_ONCE).sent == 40
    stage.proxy.settled()
    passed = stage.proxy.history[-1]
    line_ends = [passed.head_up + sum(len(k.line) + 1 for k in reversed(client.store.outbox.all()[-n:])) for n in range(1, 41)]
    assert line_ends[-1] == passed.up
    around = [at + off for at in line_ends[:: many(8, 1)] for off in (-1, 0, 1) if at + off < passed.up]
    offsets = sorted({*around, *offsets_of(passed.up, passed.head_up, many(2003, 13))})
    faults = _with_manners(offsets, ("akhir", "reset"), both=False, up=True)
    chain(stage, make_client, faults, length=50, gzip=False)


def test_tls_cut_at_every_byte(parent: Parent, folder: Path, many: Count) -> None:
    """The same inside TLS, from the first byte of the handshake on."""
    server = ServerProcess(parent, folder / "server.db", TLS / "sound.pem")
    proxy = Proxy(server.port)
    try:
        sekolah, witness = make_school(server.database, 40), Witness(server.database)
        settings = ServerSettings(url=f"https://localhost:{proxy.port}", token=sekolah.token, total=5.0, ca_file=TLS / "ca.pem")
        fill_store(folder / "toko.db", settings, 40)
        stage = Stage(server, proxy, sekolah, witness, {40: folder / "toko.db"})
        cut = _TlsCuts(stage, settings, folder)
        passed = cut.whole()
        step = many(149, 1)
        up = [Disturbance(cut_up=at, manner="reset" if at % 2 else "akhir") for at in range(0, passed.up - 1, step)]
        down = [Disturbance(cut_down=at, manner="reset" if at % 2 else "akhir") for at in range(0, passed.down - 1, step)]
        assert chain(stage, cut.make, up + down, length=25) >= 25
    finally:
        proxy.stop()
        server.kill()


class _TlsCuts:
    """Makes the clients of the TLS test; each is a program anew, without the sessions of the one before."""

    def __init__(self, stage: Stage, settings: ServerSettings, folder: Path) -> None:
        self._stage, self._settings, self._folder = stage, settings, folder
        self._open: WireClient | None = None

    def make(self, many: int = 40, *, total: float = 5.0, gzip: bool = True) -> WireClient:
        if self._open is not None:
            self._open.close()
        context_for.cache_clear()
        self._stage.proxy.cleared()
        self._stage.proxy.settled()
        self._stage.witness.clear()
        self._open = WireClient(copied(self._stage.store[many], self._folder / "klien.db"), self._settings, gzip=gzip)
        return self._open

    def whole(self) -> Exchange:
        """What passes when nothing goes wrong."""
        assert self.make().send(AT_ONCE).sent == 40
        self._stage.proxy.settled()
        return self._stage.proxy.history[-1]


def test_line_falls_silent(stage: Stage, make_client: MakeClient, exchange: Exchange, many: Count) -> None:
    """A line that says nothing more, in the middle of request or answer, costs the deadline and nothing else."""
    step, every = many(1500, 29), many(5, 1)
    up = [Disturbance(cut_up=at, manner="diam") for at in offsets_of(exchange.up, exchange.head_up, step)[::every]]
    down = [Disturbance(cut_down=at, manner="diam") for at in offsets_of(exchange.down, exchange.head_down, step)[::every]]
    chain(stage, make_client, up, total=0.15)
    chain(stage, make_client, down, total=0.5)
