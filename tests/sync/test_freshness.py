"""One question for everything, to a server whose school has a `versi`."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import msgspec
import pytest

from pmm_tui.skp.katalog_reader import bundled
from pmm_tui.store import Store
from pmm_tui.sync.freshness import hint, remember, same_but_version
from pmm_tui.sync.pull import PullReport, pull
from tests.store.samples import MORNING, PERIODE, later
from tests.sync.world import URL, answer, client

pytestmark = pytest.mark.anyio

OTHER = "2025"
EVERY = ["status", "sekolah", "pegawai", f"rapor/{PERIODE}", f"katalog/{PERIODE}", "rencana"]


class Shared:
    """A server that counts its changes in `versi`. `asked` are the paths that were asked for, `date` its Date header."""

    def __init__(self) -> None:
        self.version = 1
        self.name = "SMP Negeri 3"
        self.with_version = True
        self.date = "Thu, 08 Jan 2026 02:11:05 GMT"
        self.asked: list[str] = []
        self.instead: dict[str, httpx.Response] = {}

    def __call__(self, request: httpx.Request) -> httpx.Response:
        """Answer one request."""
        path = request.url.path.removeprefix("/v1/")
        self.asked.append(path)
        if path in self.instead:
            return self.instead.pop(path)
        body = msgspec.json.encode(self._document(path))
        etag = f'"{hash(body)}"'
        if request.headers.get("if-none-match") == etag:
            return answer(b"", 304, date=self.date)
        return answer(body, etag=etag, date=self.date)

    def _document(self, path: str) -> Any:
        kind, _, periode = path.partition("/")
        version = {"versi": f"v{self.version}"} if self.with_version else {}
        return {
            "status": {"service": "pmm", "api": 1, "time": "2026-01-08T02:11:05Z"},
            "sekolah": {"npsn": "20512345", "nama": self.name, "jenjang": "SMP"} | version,
            "pegawai": {"pegawai": [{"id": "g-1", "nama": "Budi", "nip": "198507142010011012"}]},
            "rapor": {"capaian": {}, "rekomendasi": []},
            "katalog": msgspec.to_builtins(bundled().only_periode(periode)) if kind == "katalog" else {},
            "rencana": {"cursor": str(self.version), "perubahan": []},
        }[kind]


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """An empty store."""
    with Store.open(tmp_path / "pmm-tui.db") as opened:
        yield opened


@pytest.fixture
def server() -> Shared:
    """A server with a school."""
    return Shared()


async def fetch(store: Store, server: Shared, periode: str = PERIODE, url: str = URL, seconds: float = 0) -> PullReport:
    """Pull once; `asked` has this pull alone."""
    server.asked.clear()
    async with client(server, url) as c:
        return await pull(store, c, periode, lambda: later(seconds))


async def test_nothing_new_is_one_exchange(store: Store, server: Shared) -> None:
    """After a whole pull the next asks for the school alone, and that brings the server's clock too."""
    await fetch(store, server)
    assert server.asked == EVERY

    assert await fetch(store, server, seconds=9) == PullReport(clock_skew=9.0)
    assert server.asked == ["sekolah"]
    (sentence,) = (await fetch(store, server, seconds=600)).sentences
    assert "10 menit lebih cepat" in sentence


async def test_news_are_fetched_and_the_school_is_not_asked_twice(store: Store, server: Shared) -> None:
    """A new version asks for everything, with the school that came; a school that says the same is not called news."""
    await fetch(store, server)
    server.version += 1

    found = await fetch(store, server)

    assert server.asked == ["sekolah", "status", *EVERY[2:]]
    assert not found.sekolah
    assert store.reference.cursor() == "2"
    await fetch(store, server)
    assert server.asked == ["sekolah"]
    server.name = "SMP Negeri 4"
    assert (await fetch(store, server)).sekolah


async def test_a_server_without_versions_is_asked_for_each(store: Store, server: Shared) -> None:
    """Its school's ETag stands for the school alone."""
    server.with_version = False
    await fetch(store, server)

    await fetch(store, server)

    assert server.asked == EVERY


@pytest.mark.parametrize("path", EVERY[2:])
async def test_what_broke_off_is_asked_for_again(store: Store, server: Shared, path: str) -> None:
    """A pull that did not come to its end leaves nothing to stand for everything, also when the version goes back."""
    await fetch(store, server)
    server.version += 1
    server.instead[path] = answer(b"", 503)
    assert (await fetch(store, server)).stop is not None
    server.version -= 1

    assert (await fetch(store, server)).stop is None

    assert server.asked == EVERY


@pytest.mark.parametrize("path", [*EVERY[2:5], "rencana"])
async def test_what_was_refused_is_asked_for_again(store: Store, server: Shared, path: str) -> None:
    """A document that did not hold up is not called known."""
    server.instead[path] = answer({"pegawai": 3, "capaian": 3, "cursor": 3})
    assert (await fetch(store, server)).sentences

    await fetch(store, server)

    assert server.asked == EVERY


async def test_another_period_is_another_question(store: Store, server: Shared) -> None:
    """What is known of one period says nothing of another's rapor and catalogue."""
    await fetch(store, server)

    await fetch(store, server, OTHER)

    assert f"rapor/{OTHER}" in server.asked
    assert f"katalog/{OTHER}" in server.asked


async def test_another_server_is_another_question(store: Store, server: Shared) -> None:
    """After another server was asked, even one that failed at once, the first is asked for everything again."""
    await fetch(store, server)
    server.instead["pegawai"] = answer(b"", 503)
    await fetch(store, server, url="https://lain.example")
    assert server.asked == EVERY[:3]

    await fetch(store, server)

    assert server.asked == EVERY


async def test_trouble_ends_the_question(store: Store, server: Shared) -> None:
    """What stands in the way is told once, without asking on."""
    await fetch(store, server)
    server.instead["sekolah"] = answer(b"", 503)

    found = await fetch(store, server)

    assert found.stop is not None
    assert found.stop.kind == "sibuk"
    assert server.asked == ["sekolah"]


@pytest.mark.parametrize(
    ("kept", "value", "same"),
    [
        (b'{"a":1,"versi":"x"}', {"a": 1, "versi": "y"}, True),
        (b'{"a":1}', {"a": 1, "versi": "y"}, True),
        (b'{"a":1,"versi":"x"}', {"a": 2, "versi": "x"}, False),
        (b'{"a":1}', ["a"], False),
        (b"{}", [], False),
        (b"[]", {}, True),
        (b"{", {"versi": "x"}, True),
    ],
)
async def test_a_school_is_the_same_but_for_its_version(kept: bytes, value: object, same: bool) -> None:
    """The version is about other things; what is no table is no school, and one that cannot be read was none."""
    assert same_but_version(kept, value) is same


@pytest.mark.parametrize("body", [b'{"versi":""}', b'{"versi":7}', b"{}", b"[]", b"{"])
async def test_a_school_without_a_version_stands_for_itself(store: Store, body: bytes) -> None:
    """An ETag is believed for everything only where the school says a version."""
    store.reference.put("sekolah", '"e"', body, MORNING)
    store.database.call(remember, store, URL, PERIODE)
    assert store.database.call(hint, store, URL, PERIODE) == ""
    store.reference.put("sekolah", "", b'{"versi":"x"}', MORNING)
    store.database.call(remember, store, URL, PERIODE)
    assert store.database.call(hint, store, URL, PERIODE) == ""
    store.reference.put("sekolah", '"e"', b'{"versi":"x"}', MORNING)
    store.database.call(remember, store, URL, PERIODE)
    assert store.database.call(hint, store, URL, PERIODE) == '"e"'
    store.reference.set_memo("tarik/versi", "{")
    assert store.database.call(hint, store, URL, PERIODE) == ""
