"""More than two hundred answers that lie: none makes `terkirim`, a traceback or 64 MB, none outlasts its deadline."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.request import Request, urlopen

import pytest

from pmm_tui.store import Kiriman
from pmm_tui.sync.batching import kept_backoff
from pmm_tui.sync.http.client import Client
from pmm_tui.sync.pull import StatusServer, Tarikan, read_status
from pmm_tui.sync.results import LONGEST, Stop
from tests.faults.wire.answers import BACAAN, KIRIM
from tests.faults.wire.conftest import Panggung
from tests.faults.wire.impostor import Kasus, Penipu
from tests.faults.wire.memory import puncak
from tests.faults.wire.sentences import cela
from tests.faults.wire.wire_kit import PERIODE, Jam, Klien, salin, setelan

DOKUMEN = ("/v1/sekolah", "/v1/pegawai", f"/v1/rapor/{PERIODE}", f"/v1/katalog/{PERIODE}", "/v1/rencana")
TOTAL = 0.3  # seconds that one exchange may take
SLACK = 4.0  # seconds for what is not the exchange, on a busy machine
MOST = 64 * 1024 * 1024
TOKEN = "token-yang-hanya-untuk-penipu"


@pytest.fixture(scope="module")
def penipu(panggung: Panggung) -> Iterator[Penipu]:
    """The liar, who knows what the real server says."""
    panggung.saksi.kosongkan()
    honest = {}
    for path in ("/v1/status", *DOKUMEN):
        headers = {"Authorization": f"Bearer {panggung.sekolah.token}"}
        with urlopen(Request(f"http://127.0.0.1:{panggung.peladen.port}{path}", headers=headers)) as answer:
            honest[path] = answer.read()
    liar = Penipu(honest)
    yield liar
    liar.stop()


@pytest.fixture
def klien(panggung: Panggung, penipu: Penipu, folder: Path) -> Iterator[Klien]:
    """A client with three plans to send, whose server is the liar."""
    made = Klien(salin(panggung.toko[3], folder / "klien.db"), setelan(penipu.url, TOKEN, total=TOTAL))
    yield made
    made.tutup()


def test_table_is_large_and_without_doubles() -> None:
    """At least two hundred different lies, each with an id of its own."""
    ids = [kasus.id for kasus in KIRIM]
    assert len(ids) == len(set(ids))
    assert len(ids) >= 200


@pytest.mark.parametrize("kasus", KIRIM, ids=lambda kasus: kasus.id)
def test_lie_to_a_batch(klien: Klien, penipu: Penipu, kasus: Kasus, caplog: pytest.LogCaptureFixture) -> None:
    """Nothing is called sent, what waits still waits, and what is said is said in clean words."""
    penipu.mulai(kasus)
    began = time.monotonic()
    with puncak() as memory:
        hasil = klien.kirim()
    took = time.monotonic() - began
    assert took < TOTAL * max(1, len(penipu.permintaan)) + SLACK
    assert memory.bytes < MOST
    assert hasil.sent == 0
    for kiriman in klien.store.outbox.all():
        _check(kiriman, refused=kasus.id.startswith(("teks-masalah", "teks-ditolak", "teks-422", "teks-400")))
    if hasil.stop is not None:
        assert not cela(hasil.stop.karena), (cela(hasil.stop.karena), hasil.stop.karena)
    assert hasil.stop or hasil.deferred or hasil.rejected
    _pause_is_sound(klien)
    assert not [record for record in caplog.records if record.levelname in ("ERROR", "CRITICAL")]


def _check(kiriman: Kiriman, *, refused: bool) -> None:
    allowed = {"queued", "unknown"} | ({"rejected"} if refused else set())
    assert kiriman.keadaan in allowed, kiriman
    assert kiriman.tanda_terima == ""
    assert kiriman.keadaan != "unknown" or not cela(kiriman.catatan), (cela(kiriman.catatan), kiriman.catatan)
    for masalah in kiriman.masalah:
        assert all(text.isprintable() and len(text) <= 400 for text in (masalah.pointer, masalah.kode, masalah.pesan)), masalah


def _pause_is_sound(klien: Klien) -> None:
    tunda = kept_backoff(klien.store)
    assert 0 <= tunda.remaining(klien.jam()) <= 1.2 * LONGEST
    assert not tunda.karena or not cela(tunda.karena), tunda.karena


@pytest.mark.parametrize("kasus", BACAAN, ids=lambda kasus: kasus.id)
def test_lie_to_the_probe(penipu: Penipu, kasus: Kasus) -> None:
    """Whoever lies about being a server is no server, and that is said in clean words."""
    penipu.mulai(kasus)

    async def ask() -> tuple[StatusServer, float] | Stop:
        async with Client(setelan(penipu.url, TOKEN, total=TOTAL)) as client:
            return await read_status(client, Jam())

    began = time.monotonic()
    with puncak() as memory:
        found = asyncio.run(ask())
    assert time.monotonic() - began < TOTAL + SLACK
    assert memory.bytes < MOST
    assert isinstance(found, Stop)
    assert not cela(found.karena), (cela(found.karena), found.karena)


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Each lie about each document; in the quick form a third of the lies, by turns about one of the documents."""
    if "dokumen" not in metafunc.fixturenames:
        return
    pairs = [(kasus, dokumen) for kasus in BACAAN for dokumen in DOKUMEN]
    if not metafunc.config.getoption("--long"):
        pairs = [(kasus, DOKUMEN[n // 3 % len(DOKUMEN)]) for n, kasus in enumerate(BACAAN) if n % 3 == 0]
    metafunc.parametrize(("kasus", "dokumen"), pairs, ids=[f"{kasus.id}{dokumen}" for kasus, dokumen in pairs])


def test_lie_about_a_document(klien: Klien, penipu: Penipu, kasus: Kasus, dokumen: str) -> None:
    """A lie in place of a document changes nothing that was known, and that is said in clean words."""
    _pull(klien, penipu, kasus, dokumen)


def _pull(klien: Klien, penipu: Penipu, kasus: Kasus, path: str) -> None:
    before = klien.store.roster.all()
    penipu.mulai(kasus, lambda asked: asked == path)
    began = time.monotonic()
    with puncak() as memory:
        found = klien.tarik()
    assert time.monotonic() - began < TOTAL * max(1, len(penipu.permintaan)) + SLACK
    assert memory.bytes < MOST
    _words(found)
    assert klien.store.roster.all() == before
    assert {k.keadaan for k in klien.store.outbox.all()} == {"queued"}


def _words(found: Tarikan) -> None:
    said = (*found.kalimat, *((found.stop.karena,) if found.stop else ()))
    for kalimat in said:
        assert not cela(kalimat), (cela(kalimat), kalimat)
