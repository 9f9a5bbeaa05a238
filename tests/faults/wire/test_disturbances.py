"""What else a line does: bytes that change, come late, in drops, twice or in another order; and answers lost after the commit."""

from __future__ import annotations

import itertools
from pathlib import Path

import pytest

from tests.faults.conftest import Count
from tests.faults.wire.conftest import MakeClient, Stage
from tests.faults.wire.disturbances import Disturbance
from tests.faults.wire.exhaustive import AT_ONCE, chain
from tests.faults.wire.proxy import Proxy
from tests.faults.wire.server_process import Parent, ServerProcess
from tests.faults.wire.wire_kit import WireClient, Witness, fill_store, make_school, settings_for

KINDS = {
    "ditutup": Disturbance(cut_up=0),
    "ditolak": Disturbance(cut_up=0, manner="reset"),
    "bisu": Disturbance(cut_up=0, manner="diam"),
    "terlambat": Disturbance(delay=0.1),
    "terlambat-sekali": Disturbance(delay=0.5),
    "menetes-naik": Disturbance(drip_up=40, gap=0.002),
    "menetes-turun": Disturbance(drip_down=40, gap=0.002),
    "menetes-terlalu-lambat-naik": Disturbance(drip_up=1, gap=0.05),
    "menetes-terlalu-lambat-turun": Disturbance(drip_down=1, gap=0.05),
    "dua-jalur": Disturbance(repeat="jalur"),
    "dua-kali-di-satu-jalur": Disturbance(repeat="susul"),
    "dua-jalur-jawaban-hilang": Disturbance(repeat="jalur", cut_down=0, manner="reset"),
    "dua-kali-jawaban-terpotong": Disturbance(repeat="susul", cut_down=1500),
    "tertahan": Disturbance(hold=True),
}


@pytest.mark.parametrize("kind", KINDS)
def test_each_kind_of_bad_line(stage: Stage, make_client: MakeClient, kind: str) -> None:
    """Whatever the line does, three times in a row, the plans arrive once."""
    slow = KINDS[kind].manner == "diam" or "terlalu" in kind or kind in ("tertahan", "terlambat-sekali")
    chain(stage, make_client, [KINDS[kind]] * 3, many=12, total=0.3 if slow else 5.0)
    stage.proxy.release()


ANSWER = {
    "kosong": b"",
    "html": b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 13\r\n\r\n<html></html>",
    "alih": b"HTTP/1.1 302 Found\r\nLocation: http://portal.example/\r\nContent-Length: 0\r\n\r\n",
    "401": b"HTTP/1.1 401 Unauthorized\r\nContent-Length: 0\r\n\r\n",
    "400": b"HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\nConnection: close\r\n\r\n",
    "408": b"HTTP/1.1 408 Request Timeout\r\nContent-Length: 0\r\n\r\n",
    "409": b"HTTP/1.1 409 Conflict\r\nContent-Length: 0\r\n\r\n",
    "413": b"HTTP/1.1 413 Content Too Large\r\nContent-Length: 0\r\nConnection: close\r\n\r\n",
    "415": b"HTTP/1.1 415 Unsupported Media Type\r\nContent-Length: 0\r\nConnection: close\r\n\r\n",
    "422": b"HTTP/1.1 422 Unprocessable Content\r\nContent-Length: 0\r\nConnection: close\r\n\r\n",
    "429": b"HTTP/1.1 429 Too Many Requests\r\nRetry-After: 7\r\nContent-Length: 0\r\n\r\n",
    "500": b"HTTP/1.1 500 Internal Server Error\r\nContent-Length: 0\r\n\r\n",
    "502": b"HTTP/1.1 502 Bad Gateway\r\nContent-Type: text/html\r\nContent-Length: 4\r\n\r\noops",
    "503": b"HTTP/1.1 503 Service Unavailable\r\nRetry-After: tomorrow\r\nContent-Length: 0\r\n\r\n",
    "504": b"HTTP/1.1 504 Gateway Timeout\r\nContent-Length: 0\r\n\r\n",
    "200-kosong": b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 12\r\n\r\n{\"hasil\":[]}",
    "201": b"HTTP/1.1 201 Created\r\nContent-Type: application/json\r\nContent-Length: 12\r\n\r\n{\"hasil\":[]}",
    "204": b"HTTP/1.1 204 No Content\r\n\r\n",
}  # fmt: skip


@pytest.mark.parametrize("save", [False, True], ids=["tak-sampai", "tersimpan"])
def test_answer_of_somebody_else(stage: Stage, make_client: MakeClient, save: bool, many: Count) -> None:
    """A gateway's answer in place of the server's, before or after the server has stored everything: once in the end."""
    faults = [Disturbance(fake=answer, save=save) for answer in ANSWER.values()]
    chain(stage, make_client, faults * many(1, 20), many=3)
    chain(stage, make_client, faults[:: many(4, 1)], many=40)


def _changed(total: int, step: int, up: bool) -> list[Disturbance]:
    """A byte changed at each `step`-th offset, in different ways."""
    turns = itertools.cycle((0x01, 0x20, 0x80, 0xFF))
    return [Disturbance(**{"change_up" if up else "change_down": at}, xor=next(turns)) for at in range(step // 2, total, step)]


def test_changed_bytes(stage: Stage, make_client: MakeClient, many: Count) -> None:
    """A byte changed on its way, in the request or in the answer, loses nothing, doubles nothing and makes nothing `sent`."""
    client = make_client()
    assert client.send(AT_ONCE).sent == 40
    stage.proxy.settled()
    passed = stage.proxy.history[-1]
    chain(stage, make_client, _changed(passed.up, many(211, 1), up=True), total=0.6)
    chain(stage, make_client, _changed(passed.down, many(211, 1), up=False), total=0.6)


def test_changed_bytes_without_compression(stage: Stage, make_client: MakeClient, many: Count) -> None:
    """Where no compression guards the bytes, a changed plan is still not stored as if it were ours."""
    client = make_client(3, gzip=False)
    assert client.send().sent == 3
    stage.proxy.settled()
    passed = stage.proxy.history[-1]
    options = {"many": 3, "gzip": False, "total": 1.0, "same_receipts": False}
    chain(stage, make_client, _changed(passed.up, many(61, 1), up=True), **options)
    chain(stage, make_client, _changed(passed.down, many(61, 1), up=False), **options)


@pytest.mark.parametrize("backwards", [False, True])
@pytest.mark.parametrize("when", ["sebelum", "sesudah"])
def test_requests_in_another_order(stage: Stage, make_client: MakeClient, backwards: bool, when: str) -> None:
    """Requests that were held up arrive late, in either order, before or after those sent later: nothing changes."""
    client = make_client(40, total=0.3)
    for size in (40, 7, 1):
        stage.proxy.install(Disturbance(hold=True))
        client.store.reference.set_memo("kirim/batas", f"[{size},65536]")
        assert client.send().stop
        client.clock.advance(hours=8)
    stage.proxy.settled()
    assert len(stage.proxy.held) == 3
    client.settings = settings_for(stage.proxy.url, stage.sekolah.token)
    if when == "sebelum":
        assert stage.proxy.release(backwards=backwards) == 3
    client.until_finished()
    receipts = {k.sha256: k.tanda_terima for k in client.store.outbox.all()}
    if when == "sesudah":
        assert stage.proxy.release(backwards=backwards) == 3
    held = stage.witness.envelopes(stage.sekolah.npsn)
    assert {a.sha256: a.receipt for a in held} == receipts
    assert len(held) == len(receipts) == 40
    assert all(k.keadaan == "sent" for k in client.store.outbox.all())


def test_server_killed_at_any_moment(parent: Parent, folder: Path, many: Count) -> None:
    """SIGKILL of the server while it answers, again and again: what it gave a receipt for is there, the rest is sent again."""
    server = ServerProcess(parent, folder / "server.db")
    proxy = Proxy(server.port)
    sekolah, witness = make_school(server.database, 12), Witness(server.database)
    fill_store(folder / "klien.db", settings_for(proxy.url, sekolah.token), 12)
    client = WireClient(folder / "klien.db", settings_for(proxy.url, sekolah.token))
    try:
        for turn in range(many(12, 600)):
            if not client.waiting:
                client.submit_all(turn)  # the next revision of each
            proxy.install(Disturbance(gap=0.001, drip_up=400))
            with server.killed_after(0.003 * (turn * 7 % 40)):
                client.send()
            proxy.settled()
            client.clock.advance(hours=8)
            assert witness.falsely_sent(client, sekolah.npsn) == []
            server.start()
            proxy.target = server.port
        client.until_finished()
        assert witness.falsely_sent(client, sekolah.npsn) == []
        assert len({a.nip for a in witness.envelopes(sekolah.npsn)}) == witness.teachers(sekolah.npsn) == 12
    finally:
        client.close()
        proxy.stop()
        server.kill()
