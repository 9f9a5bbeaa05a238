"""Neither token nor names are written down, shown or told to anybody but the server."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from pmm_tui.sync.batching import kept_backoff
from pmm_tui.sync.http.client import Client
from pmm_tui.sync.http.line import ServerSettings
from tests.faults.wire.conftest import MakeClient, Stage
from tests.faults.wire.impostor import Case, Impostor, Request, http, json_bytes
from tests.faults.wire.listener import Listener
from tests.faults.wire.questions import CANARY, EVERY, PASSWORD, PROXIES, ask, over, safe
from tests.faults.wire.wire_kit import WireClient, copied, settings_for


@pytest.fixture
def all_notes(caplog: pytest.LogCaptureFixture) -> Iterator[pytest.LogCaptureFixture]:
    """Every logger at its most talkative."""
    caplog.set_level(1)
    before = {}
    for name in ("httpx", "httpcore", "asyncio", "h11", "anyio", "pmm_tui", "hpack", "truststore"):
        logger = logging.getLogger(name)
        before[logger] = logger.level
        logger.setLevel(1)
    yield caplog
    for logger, level in before.items():
        logger.setLevel(level)


def test_token_is_in_no_log_and_no_sentence(
    stage: Stage, make_client: MakeClient, all_notes: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    """Through success and every kind of failure, the most talkative logs name neither token, NIP nor the proxy's password."""
    client = make_client(3)
    token, nip = stage.sekolah.token, client.store.roster.all()[0].nip
    said = [repr(client.send()), repr(client.pull())]
    said.append(repr(ask(settings_for(stage.proxy.url, CANARY))))
    for name in ("foreign", "sound"):
        with Listener(name) as server:
            said.append(repr(ask(safe(server.url("https")), EVERY["kirim"])))
    with Listener(proxy=PROXIES["407"]) as proxy:
        settings = over(proxy, user=f"guru:{PASSWORD}@")
        said += [repr(ask(settings)), repr(settings), str(settings), repr(Client(settings)), f"{settings!r:>5}"]
    said.append(repr(ask(ServerSettings(url="http://127.0.0.1:1", token=CANARY, total=1.0))))
    written = "\n".join([*said, all_notes.text, *capfd.readouterr()])
    assert "httpcore" in all_notes.text
    for secret in (token, CANARY, PASSWORD, nip):
        assert secret not in written


@pytest.mark.parametrize("about", ["/v1/sekolah", "/v1/rencana"])
@pytest.mark.parametrize("status", ["400 Bad Request", "403 Forbidden", "422 No", "500 Error", "503 Busy"])
def test_echo_of_the_token_is_not_shown(stage: Stage, folder: Path, status: str, about: str) -> None:
    """A server that repeats the request in its explanation puts no token on the screen, in the outbox or in the notes for later."""
    liar = Impostor(_school(stage))
    try:
        client = WireClient(copied(stage.store[3], folder / "klien.db"), settings_for(liar.url, CANARY, total=3.0))

        def echo(request: Any) -> bytes:
            words = request.head.decode() + "\n" + CANARY
            value = {"detail": words, "masalah": [{"pesan": words, "kode": words, "pointer": words}]}
            return http(json_bytes(value), status, kind="application/problem+json")

        liar.start(Case("gema", echo), lambda path: path == about)
        shown = [repr(client.send()), repr(client.pull()), repr(client.store.outbox.all()), repr(kept_backoff(client.store))]
        client.close()
        assert about in {request.path for request in liar.requests}
        assert not [text for text in shown if CANARY in text]
    finally:
        liar.stop()


def test_what_a_request_says(stage: Stage, folder: Path) -> None:
    """No request names a teacher in its address, the status is asked without the token, and nothing tells of this computer."""
    liar = Impostor(_school(stage) | {"/v1/status": json_bytes({"service": "pmm", "api": 1, "time": "2026-01-08T02:00:00Z"})})
    try:
        client = WireClient(copied(stage.store[3], folder / "klien.db"), settings_for(liar.url, CANARY, total=3.0))
        liar.start(None)
        client.pull()
        client.send()
        client.close()
        assert {b"GET /v1/rencana", b"POST /v1/rencana"} <= {r.head.split(b"?")[0].split(b" HTTP")[0] for r in liar.requests}
        for request in liar.requests:
            line, *headers = request.head.decode().split("\r\n")
            names = {header.split(":")[0].lower() for header in headers if header}
            assert names <= {
                "host", "user-agent", "accept-encoding", "authorization", "content-type", "content-encoding", "content-length",
                "if-none-match",
            }  # fmt: skip
            assert not any(digits.isdigit() and len(digits) > 5 for digits in line.replace("/", " ").split())
            assert ("authorization" in names) == ("/v1/status" not in line)
    finally:
        liar.stop()


def _school(stage: Stage) -> dict[str, bytes]:
    """The honest answer to whose school it is."""
    return {"/v1/sekolah": json_bytes({"npsn": stage.sekolah.npsn, "nama": "SMP Negeri 3"})}


def test_httpx_reads_the_address_as_we_do() -> None:
    """The library that connects finds the same host behind a plain address as the check that allows it."""
    for host in ("127.0.0.1", "127.8.9.10", "[::1]", "localhost"):
        assert httpx.URL(ServerSettings(url=f"http://{host}:8080/x").url).host == host.strip("[]")


def test_cookies_are_not_kept(folder: Path, stage: Stage) -> None:
    """What a login page tells the client to remember is not said again, to anybody."""
    liar = Impostor(_school(stage))
    try:
        client = WireClient(copied(stage.store[3], folder / "klien.db"), settings_for(liar.url, CANARY, total=3.0))
        seen: list[Request] = []
        cookie = http(b"{}", "503 Busy", "Set-Cookie: sesi=abc; Path=/; Max-Age=99999", "Set-Cookie: lain=1; Domain=example")
        for path in ("/v1/sekolah", "/v1/rencana", "/v1/status"):
            liar.start(Case("kuki", lambda _: cookie, "lanjut"), lambda asked, path=path: asked == path)
            liar.requests += seen
            for _ in range(2):
                client.send()
                client.pull()
            assert path in {request.path for request in liar.requests}
            seen = [*liar.requests]
        client.close()
        assert len(liar.requests) >= 6
        assert not [r for r in liar.requests if b"cookie" in r.head.lower()]
    finally:
        liar.stop()
