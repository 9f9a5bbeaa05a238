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
from pmm_tui.sync.pull import Tarikan, pull
from tests.store.samples import PAGI, PERIODE, nanti
from tests.sync.world import URL, answer, client

pytestmark = pytest.mark.anyio

LAIN = "2025"
SEMUA = ["status", "sekolah", "pegawai", f"rapor/{PERIODE}", f"katalog/{PERIODE}", "rencana"]


class Bersama:
    """A server that counts its changes in `versi`. `asked` are the paths that were asked for, `date` its Date header."""

    def __init__(self) -> None:
        self.versi = 1
        self.nama = "SMP Negeri 3"
        self.with_versi = True
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
        versi = {"versi": f"v{self.versi}"} if self.with_versi else {}
        return {
            "status": {"service": "pmm", "api": 1, "time": "2026-01-08T02:11:05Z"},
            "sekolah": {"npsn": "20512345", "nama": self.nama, "jenjang": "SMP"} | versi,
            "pegawai": {"pegawai": [{"id": "g-1", "nama": "Budi", "nip": "198507142010011012"}]},
            "rapor": {"capaian": {}, "rekomendasi": []},
            "katalog": msgspec.to_builtins(bundled().untuk_periode(periode)) if kind == "katalog" else {},
            "rencana": {"cursor": str(self.versi), "perubahan": []},
        }[kind]


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """An empty store."""
    with Store.open(tmp_path / "pmm-tui.db") as opened:
        yield opened


@pytest.fixture
def server() -> Bersama:
    """A server with a school."""
    return Bersama()


async def fetch(store: Store, server: Bersama, periode: str = PERIODE, url: str = URL, seconds: float = 0) -> Tarikan:
    """Pull once; `asked` has this pull alone."""
    server.asked.clear()
    async with client(server, url) as c:
        return await pull(store, c, periode, lambda: nanti(seconds))


async def test_nothing_new_is_one_exchange(store: Store, server: Bersama) -> None:
    """After a whole pull the next asks for the school alone, and that brings the server's clock too."""
    await fetch(store, server)
    assert server.asked == SEMUA

    assert await fetch(store, server, seconds=9) == Tarikan(selisih_jam=9.0)
    assert server.asked == ["sekolah"]
    (kalimat,) = (await fetch(store, server, seconds=600)).kalimat
    assert "10 menit lebih cepat" in kalimat


async def test_news_are_fetched_and_the_school_is_not_asked_twice(store: Store, server: Bersama) -> None:
    """A new version asks for everything, with the school that came; a school that says the same is not called news."""
    await fetch(store, server)
    server.versi += 1

    found = await fetch(store, server)

    assert server.asked == ["sekolah", "status", *SEMUA[2:]]
    assert not found.sekolah
    assert store.reference.cursor() == "2"
    await fetch(store, server)
    assert server.asked == ["sekolah"]
    server.nama = "SMP Negeri 4"
    assert (await fetch(store, server)).sekolah


async def test_a_server_without_versions_is_asked_for_each(store: Store, server: Bersama) -> None:
    """Its school's ETag stands for the school alone."""
    server.with_versi = False
    await fetch(store, server)

    await fetch(store, server)

    assert server.asked == SEMUA


@pytest.mark.parametrize("path", SEMUA[2:])
async def test_what_broke_off_is_asked_for_again(store: Store, server: Bersama, path: str) -> None:
    """A pull that did not come to its end leaves nothing to stand for everything, also when the version goes back."""
    await fetch(store, server)
    server.versi += 1
    server.instead[path] = answer(b"", 503)
    assert (await fetch(store, server)).stop is not None
    server.versi -= 1

    assert (await fetch(store, server)).stop is None

    assert server.asked == SEMUA


@pytest.mark.parametrize("path", [*SEMUA[2:5], "rencana"])
async def test_what_was_refused_is_asked_for_again(store: Store, server: Bersama, path: str) -> None:
    """A document that did not hold up is not called known."""
    server.instead[path] = answer({"pegawai": 3, "capaian": 3, "cursor": 3})
    assert (await fetch(store, server)).kalimat

    await fetch(store, server)

    assert server.asked == SEMUA


async def test_another_period_is_another_question(store: Store, server: Bersama) -> None:
    """What is known of one period says nothing of another's rapor and catalogue."""
    await fetch(store, server)

    await fetch(store, server, LAIN)

    assert f"rapor/{LAIN}" in server.asked
    assert f"katalog/{LAIN}" in server.asked


async def test_another_server_is_another_question(store: Store, server: Bersama) -> None:
    """After another server was asked, even one that failed at once, the first is asked for everything again."""
    await fetch(store, server)
    server.instead["pegawai"] = answer(b"", 503)
    await fetch(store, server, url="https://lain.example")
    assert server.asked == SEMUA[:3]

    await fetch(store, server)

    assert server.asked == SEMUA


async def test_trouble_ends_the_question(store: Store, server: Bersama) -> None:
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
    store.reference.put("sekolah", '"e"', body, PAGI)
    store.database.call(remember, store, URL, PERIODE)
    assert store.database.call(hint, store, URL, PERIODE) == ""
    store.reference.put("sekolah", "", b'{"versi":"x"}', PAGI)
    store.database.call(remember, store, URL, PERIODE)
    assert store.database.call(hint, store, URL, PERIODE) == ""
    store.reference.put("sekolah", '"e"', b'{"versi":"x"}', PAGI)
    store.database.call(remember, store, URL, PERIODE)
    assert store.database.call(hint, store, URL, PERIODE) == '"e"'
    store.reference.set_memo("tarik/versi", "{")
    assert store.database.call(hint, store, URL, PERIODE) == ""
