"""Logins wait for each other, not for the work: all that wait are looked up together, and a fault is told to each of them."""

from __future__ import annotations

import threading
import time
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import httpx
import pytest

from pmm_tui.errors import StorageError
from pmm_tui.server import logins
from pmm_tui.server.limits import Limits
from tests.server.sample_school import MakeSekolah, RunningServer

CROWD = 30


def _ask(server: RunningServer, token: str) -> int:
    headers = {"Authorization": f"Bearer {token}"}
    return httpx.get(f"{server.url}/v1/sekolah", headers=headers, trust_env=False, timeout=30).status_code


def test_a_crowd_is_looked_up_together(start_server, make_sekolah: MakeSekolah, monkeypatch: pytest.MonkeyPatch) -> None:
    """What waits while a query runs takes one query more, right tokens and wrong ones, and each gets its own answer."""
    server = start_server(Limits(login_burst=1_000_000))
    ours, theirs = (make_sekolah(server=server) for _ in range(2))
    whole, let_go, began, together = logins.identify, threading.Event(), threading.Event(), []

    def slow(conn: Any, secrets: list[str], now: str) -> Any:
        together.append(len(secrets))
        began.set()
        assert let_go.wait(30)
        return whole(conn, secrets, now)

    monkeypatch.setattr(logins, "identify", slow)
    tokens = ["x" * 43, ours.token, theirs.token, "y"] * (CROWD // 4)
    with ThreadPoolExecutor(CROWD) as threads:
        first = threads.submit(_ask, server, ours.token)
        assert began.wait(20)
        rest = [threads.submit(_ask, server, token) for token in tokens]
        time.sleep(1)  # most of them have arrived by then; the others take a query more
        let_go.set()
        answers = [one.result(30) for one in rest]
        assert first.result(30) == 200
    assert answers == [401, 200, 200, 401] * (CROWD // 4)
    assert together[0] == 1
    assert sum(together) == 1 + len(tokens)
    assert len(together) < 10


def test_a_fault_of_the_login_is_told_and_passes(start_server, make_sekolah: MakeSekolah, monkeypatch: pytest.MonkeyPatch) -> None:
    """A login that cannot be looked up is a 503 or a 500, and the next one is answered."""
    server = start_server(Limits(login_burst=1_000_000))
    sekolah = make_sekolah(server=server)
    whole, errors = logins.identify, [StorageError("rahasia"), RuntimeError("rahasia")]

    def broken(conn: Any, secrets: list[str], now: str) -> Any:
        if errors:
            raise errors.pop(0)
        return whole(conn, secrets, now)

    monkeypatch.setattr(logins, "identify", broken)
    assert [_ask(server, sekolah.token) for _ in range(3)] == [503, 500, 200]


def test_whoever_is_unknown_touches_no_place_and_no_body(start_server, make_sekolah: MakeSekolah) -> None:
    """At a server without a single place a wrong token is a 401, none is a 401, and the right one is a 503."""
    server = start_server(Limits(read_places=0, login_burst=1_000_000))
    sekolah = make_sekolah(server=server)
    assert [_ask(server, token) for token in ("salah", "z" * 1_000, sekolah.token)] == [401, 401, 503]
    assert httpx.get(f"{server.url}/v1/sekolah", trust_env=False).status_code == 401
