"""More than two hundred answers that lie: none makes `sent`, a traceback or 64 MB, none outlasts its deadline."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.request import Request, urlopen

import pytest

from pmm_tui.store import OutboxEntry
from pmm_tui.sync.batching import kept_backoff
from pmm_tui.sync.http.client import Client
from pmm_tui.sync.pull import PullReport
from pmm_tui.sync.results import LONGEST, Stop
from pmm_tui.sync.server_status import StatusServer, read_status
from tests.faults.wire.answers import QUESTIONS, SEND
from tests.faults.wire.conftest import Stage
from tests.faults.wire.impostor import Case, Impostor
from tests.faults.wire.impostor import Request as Asked
from tests.faults.wire.memory import peak
from tests.faults.wire.sentences import flaw
from tests.faults.wire.wire_kit import PERIODE, FakeClock, WireClient, copied, settings_for

DOCUMENTS = ("/v1/sekolah", "/v1/pegawai", f"/v1/rapor/{PERIODE}", f"/v1/katalog/{PERIODE}", "/v1/rencana")
TOTAL = 0.3  # seconds that one exchange may take
SLACK = 4.0  # seconds for what is not the exchange, on a busy machine
MOST = 64 * 1024 * 1024
TOKEN = "token-yang-hanya-untuk-penipu"


@pytest.fixture(scope="module")
def impostor(stage: Stage) -> Iterator[Impostor]:
    """The liar, who knows what the real server says."""
    stage.witness.clear()
    honest = {}
    for path in ("/v1/status", *DOCUMENTS):
        headers = {"Authorization": f"Bearer {stage.sekolah.token}"}
        with urlopen(Request(f"http://127.0.0.1:{stage.server.port}{path}", headers=headers)) as answer:
            honest[path] = answer.read()
    liar = Impostor(honest)
    yield liar
    liar.stop()


@pytest.fixture
def client(stage: Stage, impostor: Impostor, folder: Path) -> Iterator[WireClient]:
    """A client with three plans to send, whose server is the liar."""
    made = WireClient(copied(stage.store[3], folder / "klien.db"), settings_for(impostor.url, TOKEN, total=TOTAL))
    yield made
    made.close()


def test_table_is_large_and_without_doubles() -> None:
    """At least two hundred different lies, each with an id of its own."""
    ids = [case.id for case in SEND]
    assert len(ids) == len(set(ids))
    assert len(ids) >= 200


@pytest.mark.parametrize("case", SEND, ids=lambda case: case.id)
def test_lie_to_a_batch(client: WireClient, impostor: Impostor, case: Case, caplog: pytest.LogCaptureFixture) -> None:
    """Nothing is called sent, what waits still waits, and what is said is said in clean words."""
    if case.id.startswith("bom"):
        case.respond(Asked(b"POST /v1/rencana HTTP/1.1\r\n", b"", b"{}"))  # packed before anybody waits for it
    impostor.start(case, lambda asked: asked == "/v1/rencana")  # whose school it is is answered honestly before
    began = time.monotonic()
    with peak() as memory:
        result = client.send()
    took = time.monotonic() - began
    assert took < TOTAL * max(1, len(impostor.requests)) + SLACK
    assert memory.bytes < MOST
    assert result.sent == 0
    for entry in client.store.outbox.all():
        _check(entry, refused=case.id.startswith(("teks-masalah", "teks-ditolak", "teks-422", "teks-400")))
    if result.stop is not None:
        assert not flaw(result.stop.reason), (flaw(result.stop.reason), result.stop.reason)
    assert result.stop or result.deferred or result.rejected
    assert [request.path for request in impostor.requests[:2]] == ["/v1/sekolah", "/v1/rencana"]
    _pause_is_sound(client)
    assert not [record for record in caplog.records if record.levelname in ("ERROR", "CRITICAL")]


def _check(entry: OutboxEntry, *, refused: bool) -> None:
    allowed = {"queued", "unknown"} | ({"rejected"} if refused else set())
    assert entry.keadaan in allowed, entry
    assert entry.tanda_terima == ""
    assert entry.keadaan != "unknown" or not flaw(entry.catatan), (flaw(entry.catatan), entry.catatan)
    for masalah in entry.masalah:
        assert all(text.isprintable() and len(text) <= 400 for text in (masalah.pointer, masalah.kode, masalah.pesan)), masalah


def _pause_is_sound(client: WireClient) -> None:
    backoff = kept_backoff(client.store)
    assert 0 <= backoff.remaining(client.clock()) <= 1.2 * LONGEST
    assert not backoff.reason or not flaw(backoff.reason), backoff.reason


@pytest.mark.parametrize("case", QUESTIONS[::2], ids=lambda case: case.id)
def test_lie_to_the_first_question(client: WireClient, impostor: Impostor, case: Case) -> None:
    """Whoever lies about whose school it is gets no plan, and that is said in clean words."""
    impostor.start(case, lambda asked: asked == "/v1/sekolah")
    result = client.send()
    assert result.stop is not None
    assert not flaw(result.stop.reason), (flaw(result.stop.reason), result.stop.reason)
    assert {request.path for request in impostor.requests} <= {"/v1/sekolah"}
    assert {(entry.keadaan, entry.percobaan) for entry in client.store.outbox.all()} == {("queued", 0)}
    _pause_is_sound(client)


@pytest.mark.parametrize("case", QUESTIONS, ids=lambda case: case.id)
def test_lie_to_the_probe(impostor: Impostor, case: Case) -> None:
    """Whoever lies about being a server is no server, and that is said in clean words."""
    impostor.start(case)

    async def ask() -> tuple[StatusServer, float] | Stop:
        async with Client(settings_for(impostor.url, TOKEN, total=TOTAL)) as client:
            return await read_status(client, FakeClock())

    began = time.monotonic()
    with peak() as memory:
        found = asyncio.run(ask())
    assert time.monotonic() - began < TOTAL + SLACK
    assert memory.bytes < MOST
    assert isinstance(found, Stop)
    assert not flaw(found.reason), (flaw(found.reason), found.reason)


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Each lie about each document; in the quick form a third of the lies, by turns about one of the documents."""
    if "document" not in metafunc.fixturenames:
        return
    pairs = [(case, document) for case in QUESTIONS for document in DOCUMENTS]
    if not metafunc.config.getoption("--long"):
        pairs = [(case, DOCUMENTS[n // 3 % len(DOCUMENTS)]) for n, case in enumerate(QUESTIONS) if n % 3 == 0]
    metafunc.parametrize(("case", "document"), pairs, ids=[f"{case.id}{document}" for case, document in pairs])


def test_lie_about_a_document(client: WireClient, impostor: Impostor, case: Case, document: str) -> None:
    """A lie in place of a document changes nothing that was known, and that is said in clean words."""
    _pull(client, impostor, case, document)


def _pull(client: WireClient, impostor: Impostor, case: Case, path: str) -> None:
    before = client.store.roster.all()
    impostor.start(case, lambda asked: asked == path)
    began = time.monotonic()
    with peak() as memory:
        found = client.pull()
    assert time.monotonic() - began < TOTAL * max(1, len(impostor.requests)) + SLACK
    assert memory.bytes < MOST
    _words(found)
    assert client.store.roster.all() == before
    assert {k.keadaan for k in client.store.outbox.all()} == {"queued"}


def _words(found: PullReport) -> None:
    said = (*found.sentences, *((found.stop.reason,) if found.stop else ()))
    for sentence in said:
        assert not flaw(sentence), (flaw(sentence), sentence)
