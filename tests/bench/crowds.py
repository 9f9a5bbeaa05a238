"""Crowds at the server's door, and what honest clients notice of them: `python -m tests.bench.crowds [--long]`.

Server and crowd are processes of their own. Each crowd is told by one line: honest requests, how many of them were refused, the
longest of them in seconds, and the longest `Retry-After` that an honest client was told, quiet and in the crowd, at a full server.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import httpx
from msgspec import Struct

from tests.server.sample_school import RunningServer, SampleSchool, envelope

_ROOT = Path(__file__).parents[2]
SLOW = "64 slow uploaders with one valid token"
WRONG = "200 connections with wrong tokens"
NOBODY = "3,000 requests without a token"
BOTH = "64 slow uploaders, and 3,000 requests without a token"
BUSY = "64 connections that ask without pause, with one valid token"
CROWDS = (SLOW, WRONG, NOBODY, BOTH, BUSY)
_PIECE, _BREATH = 52, 0.1  # 520 bytes a second
PATIENCE = 10.0
"""Seconds after which an honest client calls a request refused."""


class Figures(Struct, frozen=True):
    """What honest clients noticed."""

    asked: int
    refused: int
    longest: float
    retry_after: int

    def said(self) -> str:
        """One line of them."""
        share = 100 * self.refused / max(self.asked, 1)
        refused = f"{self.asked} asked, {self.refused} refused ({share:.0f} %)"
        return f"{refused}, longest {self.longest:.2f} s, Retry-After {self.retry_after}"


# ---- the crowd, in a process of its own


async def _slow(port: int, token: str) -> None:
    head = f"POST /v1/rencana HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {token}\r\nContent-Length: 1000000\r\n\r\n"
    while True:
        with suppress(OSError):
            reader, writer = await asyncio.open_connection("127.0.0.1", port)
            writer.write(head.encode())
            answer = asyncio.ensure_future(reader.read(1))
            while not answer.done():
                writer.write(b" " * _PIECE)
                await asyncio.sleep(_BREATH)
            writer.close()
        await asyncio.sleep(_BREATH)


async def _hammer(port: int, authorization: str, most: int) -> int:
    """Ask on and on, now to read and now to write; returns how often."""
    kinds = ("GET /v1/sekolah HTTP/1.1\r\nHost: x\r\n", "POST /v1/rencana HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\n")
    heads = [f"{kind}{authorization}\r\n".encode() for kind in kinds]
    done = 0
    while done < most:
        with suppress(OSError, asyncio.IncompleteReadError):
            reader, writer = await asyncio.open_connection("127.0.0.1", port)
            while done < most:
                writer.write(heads[done % 2])
                answer = await reader.readuntil(b"\r\n\r\n")
                length = int(answer.lower().partition(b"content-length: ")[2].partition(b"\r\n")[0] or 0)
                await reader.readexactly(length)
                done += 1
                if b"connection: close" in answer.lower():
                    break
            writer.close()
        await asyncio.sleep(0)
    return done


async def _crowd(kind: str, port: int, token: str) -> None:
    tasks = []
    if kind in (SLOW, BOTH):
        tasks += [asyncio.ensure_future(_slow(port, token)) for _ in range(64)]
        await asyncio.sleep(1)
    if kind == WRONG:
        wrong = "Authorization: Bearer " + "salah" * 8 + "abc\r\n"
        tasks += [asyncio.ensure_future(_hammer(port, wrong, 10**9)) for _ in range(200)]
        await asyncio.sleep(1)
    if kind == BUSY:
        tasks += [asyncio.ensure_future(_hammer(port, f"Authorization: Bearer {token}\r\n", 10**9)) for _ in range(64)]
        await asyncio.sleep(1)
    print("there", flush=True)
    if kind in (NOBODY, BOTH):
        await asyncio.gather(*(_hammer(port, "", 100) for _ in range(30)))
    await asyncio.sleep(10**6)


@contextmanager
def crowd(kind: str, port: int, token: str) -> Iterator[None]:
    """A crowd that is there while the block runs."""
    command = [sys.executable, "-m", "tests.bench.crowds", "--crowd", json.dumps([kind, port, token])]
    child = subprocess.Popen(command, cwd=_ROOT, stdout=subprocess.PIPE, text=True)
    assert child.stdout is not None
    try:
        assert child.stdout.readline()
        yield
    finally:
        child.kill()
        child.communicate()


# ---- the server, in a process of its own


def _serve(folder: str, write_places: int) -> None:
    from pmm_tui.server.limits import Limits

    limits = Limits(write_places=write_places) if write_places >= 0 else Limits()
    running = RunningServer(Path(folder), limits)
    schools = [SampleSchool(running.url, running.database) for _ in range(2)]
    print(json.dumps([running.port, [one.token for one in schools]]), flush=True)
    sys.stdin.read()
    running.stop()


@contextmanager
def served(write_places: int = -1) -> Iterator[tuple[int, list[str]]]:
    """A server with two schools; gives its port and the tokens of their operators. -1: as many places as usual."""
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, "-m", "tests.bench.crowds", "--serve", folder, str(write_places)]
        child = subprocess.Popen(command, cwd=_ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        assert child.stdout is not None
        try:
            port, tokens = json.loads(child.stdout.readline())
            yield port, tokens
        finally:
            child.communicate(timeout=30)


# ---- the honest


class _Honest:
    """Clients that send a plan and read, over connections of their own, one every half second each."""

    def __init__(self, port: int, tokens: list[str]) -> None:
        self._url, self._tokens = f"http://127.0.0.1:{port}", tokens
        self._lock = threading.Lock()
        self.asked = self.refused = self.retry_after = 0
        self.longest = 0.0

    def work(self, seconds: float, at_least: int = 0) -> Figures:
        """Ask for so long."""
        end = time.monotonic() + seconds
        threads = [threading.Thread(target=self._one, args=(token, n, end, at_least)) for n, token in enumerate(self._tokens)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        return Figures(self.asked, self.refused, self.longest, self.retry_after)

    def _one(self, token: str, number: int, end: float, at_least: int) -> None:
        sent = 0
        while time.monotonic() < end or sent < at_least:
            sent += 1
            plan = envelope({"nuptk": f"{1_234_567_890_120_000 + 1_000 * number + sent}", "nama": f"Guru {sent}"})
            self._ask(token, "POST", "/v1/rencana", content=plan)
            self._ask(token, "GET", "/v1/sekolah")
            time.sleep(0.5)

    def _ask(self, token: str, method: str, path: str, **more: Any) -> None:
        began, status, told = time.monotonic(), 0, 0
        with suppress(httpx.HTTPError):
            headers = {"Authorization": f"Bearer {token}"}
            answer = httpx.request(method, self._url + path, headers=headers, timeout=PATIENCE, trust_env=False, **more)
            status, told = answer.status_code, int(answer.headers.get("retry-after", "0"))
        with self._lock:
            self.asked += 1
            self.refused += status != 200
            self.longest = max(self.longest, time.monotonic() - began)
            self.retry_after = max(self.retry_after, told)


def told_when_full(kind: str) -> tuple[int, int]:
    """The `Retry-After` that an honest client is told at a server without a place: quiet, and after the crowd has been there."""
    with served(write_places=0) as (port, tokens):
        quiet = _Honest(port, tokens[1:]).work(0, 1).retry_after
        with crowd(kind, port, tokens[0]):
            time.sleep(4)
            return quiet, _Honest(port, tokens[1:]).work(0, 1).retry_after


def noticed(kind: str, seconds: float) -> Figures:
    """What honest clients of both schools notice of a crowd, whose token, if it has one, is the first school's.

    A crowd that is busy takes the whole share of its own school: then only the other school's are asked.
    """
    with served() as (port, tokens), crowd(kind, port, tokens[0]):
        return _Honest(port, [tokens[kind == BUSY], tokens[1], tokens[1]]).work(seconds)


def _report(seconds: float) -> None:
    for kind in CROWDS:
        print(f"{kind}: {noticed(kind, seconds).said()}", flush=True)
        quiet, crowded = told_when_full(kind)
        print(f"    at a server without a place: Retry-After {quiet} quiet, {crowded} in the crowd", flush=True)


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--long", action="store_true", help="two minutes a crowd, not ten seconds")
    parser.add_argument("--crowd", metavar="JSON", help="be the crowd: kind, port and token, which may begin with a dash")
    parser.add_argument("--serve", nargs=2, metavar=("FOLDER", "PLACES"))
    found = parser.parse_args()
    if found.crowd:
        asyncio.run(_crowd(*json.loads(found.crowd)))
    elif found.serve:
        _serve(found.serve[0], int(found.serve[1]))
    else:
        _report(120 if found.long else 10)
