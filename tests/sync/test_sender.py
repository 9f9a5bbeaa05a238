"""A run of the sender against a server that keeps the contract, in all weathers."""

from __future__ import annotations

import asyncio
import contextlib
import random
import sqlite3
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import httpx
import pytest

from pmm_tui.errors import DiskFullError
from pmm_tui.skp.wire import WireMasalah
from pmm_tui.store import OutboxEntry, Store
from pmm_tui.sync.batching import Backoff, kept_backoff
from pmm_tui.sync.http.client import Client
from pmm_tui.sync.http.line import Limits, ServerSettings
from pmm_tui.sync.results import Progress, SendReport
from pmm_tui.sync.sender import send_due
from tests.store.samples import MORNING, PERIODE, later, newest_entries, seal, with_teachers
from tests.sync.world import NPSN, TOKEN, URL, Fake, Respond, answer, client, greeting, lines_of, problem, settings

pytestmark = pytest.mark.anyio

OTHER = "a" * 64


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """A store with forty teachers."""
    with Store.open(tmp_path / "pmm-tui.db") as opened:
        with_teachers(opened, 40)
        yield opened


@pytest.fixture
def fake() -> Fake:
    """A server that knows nothing yet."""
    return Fake()


def seal_all(store: Store, count: int = 40) -> list[OutboxEntry]:
    """Seal the plans of the first teachers."""
    return [seal(store, one, f"{one.nama} {'isi ' * 40}") for one in store.roster.all()[:count]]


async def send(store: Store, respond: Respond, at: datetime = MORNING, **more: Any) -> SendReport:
    """Run the sender against a server that says it is our school's; chance always gives one half."""
    return await send_due(store, lambda: client(greeting(respond)), now=lambda: at, random=lambda: 0.5, **more)


def states(store: Store) -> dict[str, int]:
    """The states that occur, with how often."""
    return {state: count for state, count in store.outbox.counts().items() if count}


def raising(error: Exception) -> Respond:
    """Weather that breaks the line."""

    def respond(request: httpx.Request) -> httpx.Response:
        raise error

    return respond


def answering(*arguments: Any, **more: Any) -> Respond:
    """Weather that answers in the server's place."""
    return lambda request: answer(*arguments, **more)


def asking_to_wait(seconds: str) -> Respond:
    """Our own server, which asks to come back later."""
    return answering({}, 503, kind="application/problem+json", retry_after=seconds)


# ---- good weather


async def test_forty_plans_go_in_one_batch(store: Store, fake: Fake) -> None:
    """Everything due goes in one request, and each envelope keeps its receipt."""
    sealed = seal_all(store)
    seen: list[Progress] = []

    found = await send(store, fake, on_progress=seen.append)

    assert found == SendReport(sent=40)
    assert fake.batches == [[entry.line for entry in sealed]]
    assert seen == [Progress(0, 40), Progress(40, 40)]
    for entry in store.outbox.all():
        assert fake.stored[entry.kunci["nip"], PERIODE, 1] == (entry.sha256, entry.tanda_terima)
        assert (entry.waktu_server, entry.status_server) == ("2026-01-08T02:11:05Z", "diajukan")
    assert await send(store, fake) == SendReport()
    assert len(fake.requests) == 1


async def test_everything_is_marked_before_the_first_byte(store: Store) -> None:
    """When the request leaves, the database already says that these are being sent."""
    seal_all(store, 3)
    seen: list[dict[str, int]] = []

    def respond(request: httpx.Request) -> httpx.Response:
        seen.append(states(store))
        return Fake()(request)

    await send(store, respond)

    assert seen == [{"sending": 3}]


async def test_a_chain_of_one_plan_goes_in_order(store: Store, fake: Fake) -> None:
    """What may have arrived goes first and the newer revision, which builds on it, follows in the same run."""
    seal_all(store, 1)
    fake.weather = [fake.commit_then_lose]
    await send(store, fake)
    one = store.roster.all()[0]
    newer = seal(store, one, "baru")

    found = await send(store, fake, forced=True)

    assert found == SendReport(sent=2)
    assert [len(batch) for batch in fake.batches] == [1, 1]
    assert fake.standing[one.nip, PERIODE] == (2, newer.sha256)


def seal_bulky(store: Store, count: int, size: int = 600) -> list[OutboxEntry]:
    """Seal plans that hardly compress: each takes about half of `size` bytes on the wire."""
    chance = random.Random(7)
    return [seal(store, one, chance.randbytes(size // 2).hex()) for one in store.roster.all()[:count]]


async def test_batches_keep_within_bytes_and_number(store: Store, fake: Fake) -> None:
    """No batch is larger than asked for, in bytes as they travel and in number; each success lets the next grow."""
    sealed = seal_bulky(store, 40)
    sizes: list[int] = []

    def respond(request: httpx.Request) -> httpx.Response:
        sizes.append(len(request.content))
        return fake(request)

    found = await send(store, respond, limits=Limits(envelopes=5, bytes=1500, max_envelopes=15, max_bytes=3000))

    assert found.sent == 40
    counts = [len(batch) for batch in fake.batches]
    assert counts[0] < 5
    assert max(counts) > counts[0]
    assert max(counts) <= 15
    assert sizes[0] <= 1500 < max(sizes) <= 3000
    assert max(sizes) + min(sizes) > 3000  # as many as fit
    assert [line for batch in fake.batches for line in batch] == [entry.line for entry in sealed]


async def test_whose_school_it_is_is_asked_once(store: Store) -> None:
    """Before the first batch over a pair of address and token there is one question more, and none afterwards."""
    fake = Fake()
    asked: list[tuple[str, str]] = []

    def respond(request: httpx.Request) -> httpx.Response:
        asked.append((request.method, request.url.path))
        return greeting(fake)(request)

    async def run(url: str = URL, token: str = TOKEN) -> SendReport:
        there = ServerSettings(url=url, token=token)
        return await send_due(store, lambda: Client(there, transport=httpx.MockTransport(respond)), now=lambda: MORNING)

    one, two, three, four = store.roster.all()[:4]
    question, batch = ("GET", "/v1/sekolah"), ("POST", "/v1/rencana")
    assert (await run(), asked) == (SendReport(), [])  # nothing waits: nothing is asked

    for teacher, pair, said in [
        (one, {}, [question, batch]),
        (two, {}, [batch]),
        (three, {"token": "lain"}, [question, batch]),
        (four, {"token": "lain"}, [batch]),
    ]:
        asked.clear()
        seal(store, teacher)
        assert await run(**pair) == SendReport(sent=1)
        assert asked == said

    asked.clear()
    assert (await run("https://lain.example", "lain"), asked) == (SendReport(), [])
    seal(store, one, "baru")
    found = await run("https://lain.example", "lain")
    assert (found.stop, asked[:2], asked.count(question)) == (None, [question, batch], 1)


# ---- one bad envelope


async def test_one_that_is_refused_does_not_stop_the_others(store: Store, fake: Fake) -> None:
    """Each envelope has its own outcome: stored, refused with reasons, in conflict, failed."""
    sealed = seal_all(store, 10)
    nip = [entry.kunci["nip"] for entry in sealed]
    fake.refuse = {
        nip[2]: {"keadaan": "ditolak", "masalah": [{"pointer": "/x", "kode": "k", "pesan": "Salah."}]},
        nip[4]: {"keadaan": "bentrok", "dipegang": {"revisi": 7, "sha256": OTHER}},
        nip[6]: {"keadaan": "galat"},
    }

    found = await send(store, fake)

    assert found == SendReport(sent=7, rejected=1, conflict=1, deferred=1, waiting=1)
    kept = {entry.id: entry for entry in store.outbox.all()}
    assert kept[sealed[2].id].masalah == (WireMasalah("/x", "k", "Salah."),)
    assert kept[sealed[4].id].keadaan == "conflict"
    assert kept[sealed[6].id].keadaan == "unknown"
    assert (await send(store, fake, forced=True)).deferred == 1
    assert len(fake.batches[1]) == 1


@pytest.mark.parametrize("status", [400, 406, 413, 422])
@pytest.mark.parametrize("bad", [(0,), (19,), (39,), (3, 17, 31)])
async def test_a_batch_refused_as_a_whole_is_halved(store: Store, fake: Fake, status: int, bad: tuple[int, ...]) -> None:
    """A server that refuses whole batches gets the others all the same, the bad ones are found and named."""
    sealed = seal_all(store)
    lines = {sealed[number].line for number in bad}

    def respond(request: httpx.Request) -> httpx.Response:
        if lines & set(lines_of(request)):
            return problem(status, detail="Isi tidak sah")
        return fake(request)

    found = await send(store, respond)

    assert found.sent == 40 - len(bad)
    assert (found.rejected, found.deferred) == ((len(bad), 0) if status == 422 else (0, len(bad)))
    assert found.stop is None
    kept = {entry.id: entry for entry in store.outbox.all()}
    for number in bad:
        entry = kept[sealed[number].id]
        if status == 422:
            assert entry.masalah[0].pesan == "Isi tidak sah"
        else:
            assert entry.keadaan == "unknown"
            assert ("terlalu besar" if status == 413 else "Isi tidak sah") in entry.catatan
    assert len(fake.requests) <= 20


async def test_a_damaged_envelope_is_not_sent(store: Store, fake: Fake) -> None:
    """One whose bytes are no longer those sealed goes nowhere and needs the operator; the others are sent."""
    sealed = seal_all(store, 3)

    def spoil() -> None:
        connection = store.database.connection
        connection.execute("DROP TRIGGER kiriman_beku")
        connection.execute("UPDATE kiriman SET line = CAST(replace(CAST(line AS TEXT), 'isi', 'usi') AS BLOB) WHERE id = 2")

    store.database.call(spoil)

    found = await send(store, fake)

    assert found == SendReport(sent=2, rejected=1)
    assert fake.batches == [[sealed[0].line, sealed[2].line]]
    assert "rusak di disk" in newest_entries(store)[sealed[1].pegawai_id].masalah[0].pesan


# ---- trouble that every request would meet


@pytest.mark.parametrize(
    ("weather", "kind", "state"),
    [
        (raising(httpx.ConnectError("x")), "jaringan", "queued"),
        (raising(httpx.ConnectTimeout("x")), "waktu", "queued"),
        (raising(httpx.ReadTimeout("x")), "waktu", "unknown"),
        (raising(httpx.ReadError("x")), "putus", "unknown"),
        (answering(b"<html>", kind="text/html"), "portal", "unknown"),
        (answering(b"", 302), "portal", "unknown"),
        (answering(b"", 401), "token", "unknown"),
        (answering(b"", 403), "akses", "unknown"),
        (answering(b"", 404), "alamat", "unknown"),
        (answering(b"", 500), "gangguan", "unknown"),
        (answering(b"", 503), "sibuk", "unknown"),
        (answering({"hasil": []}), "asing", "unknown"),
        (answering({"hasil": [{}, {}]}), "asing", "unknown"),
    ],
)
async def test_the_run_stops_at_trouble_for_all(store: Store, fake: Fake, weather: Respond, kind: str, state: str) -> None:
    """After one request the run ends with a sentence that says how many plans are safe, and the next run sends them all."""
    seal_all(store)
    fake.weather = [weather]

    found = await send(store, fake, limits=Limits(envelopes=10))

    assert len(fake.requests) == 1
    assert found.stop is not None
    assert found.stop.kind == kind
    assert found.stop.reason.endswith("40 rencana aman di komputer ini.")
    assert found == SendReport(waiting=40, deferred=10, stop=found.stop)
    assert states(store) == ({"queued": 40} if state == "queued" else {"queued": 30, "unknown": 10})
    assert await send(store, fake, forced=True) == SendReport(sent=40)
    assert len(fake.stored) == 40


async def test_a_lost_answer_makes_no_second_plan(store: Store, fake: Fake) -> None:
    """What the server stored before the line broke is sent again with the same bytes and gets its first receipt."""
    seal_all(store)
    fake.weather = [fake.commit_then_lose]
    await send(store, fake)
    assert states(store) == {"unknown": 40}
    before = dict(fake.stored)

    assert await send(store, fake, forced=True) == SendReport(sent=40)

    assert fake.stored == before
    assert {k.tanda_terima for k in store.outbox.all()} == {receipt for _, receipt in before.values()}


async def test_progress_survives_trouble_in_the_middle(store: Store, fake: Fake) -> None:
    """What was settled before the trouble stays settled."""
    seal_all(store)
    fake.weather = [None, answering(b"", 502)]

    found = await send(store, fake, limits=Limits(envelopes=10))

    assert found.stop is not None
    assert (found.sent, found.waiting) == (10, 30)
    assert kept_backoff(store).failures == 1


async def test_a_changed_answer_is_caught(store: Store, fake: Fake) -> None:
    """A cache that gives another school's answer, or a proxy that changes digests, makes nothing sent."""
    seal_all(store, 4)

    def mangled(request: httpx.Request) -> httpx.Response:
        result = [fake.receive(line) for line in lines_of(request)]
        return answer({"hasil": [one | {"sha256": OTHER} for one in result]})

    found = await send(store, mangled)

    assert found.stop is not None
    assert found.stop.kind == "asing"
    assert states(store) == {"unknown": 4}


async def test_smaller_batches_after_a_slow_line(store: Store, fake: Fake) -> None:
    """A time-out halves the batch for the next run, also after a restart; success lets it grow again."""
    seal_all(store)
    fake.weather = [raising(httpx.ReadTimeout("x"))]
    await send(store, fake)

    await send(store, fake, forced=True)

    assert [len(batch) for batch in fake.batches] == [20, 20]


async def test_a_server_without_gzip_is_remembered(store: Store) -> None:
    """Once a server said that it cannot inflate, later runs do not try again; another server is tried anew."""
    fake = Fake()
    seen: list[bool] = []

    def respond(request: httpx.Request) -> httpx.Response:
        seen.append("content-encoding" in request.headers)
        return answer(b"", 415, accept_encoding="identity") if seen[-1] else fake(request)

    for one in store.roster.all()[:2]:
        seal(store, one)
        assert (await send(store, respond)).sent == 1
    seal(store, store.roster.all()[2])
    await send_due(store, lambda: client(greeting(respond), "https://lain.example"), now=lambda: MORNING)

    assert seen == [True, False, False, True, False]


# ---- when to try again


async def test_waiting_grows_and_ends(store: Store, fake: Fake) -> None:
    """Each failure in a row lets the next automatic run wait longer, half of 5·2^n here; a success ends the waiting."""
    seal_all(store, 1)
    at, waits = 0.0, []
    for _ in range(9):
        fake.weather = [raising(httpx.ConnectError("x"))]
        await send(store, fake, later(at))
        backoff = kept_backoff(store)
        assert backoff.until is not None
        waits.append((backoff.until - later(at)).total_seconds())
        early = await send(store, fake, later(at + waits[-1] - 1))
        assert early.stop is not None
        assert (early.stop.kind, early.waiting) == ("tunda", 1)
        at += waits[-1]

    assert waits == [5, 10, 20, 40, 80, 160, 320, 450, 450]
    fake.weather = []
    assert (await send(store, fake, later(at))).sent == 1
    assert kept_backoff(store) == Backoff()


async def test_the_operator_need_not_wait_but_for_the_server(store: Store, fake: Fake) -> None:
    """Sending by hand skips our own wait and not the one the server asked for, which gets up to a fifth on top."""
    seal_all(store, 1)
    fake.weather = [answering(b"", 500), asking_to_wait("100")]
    await send(store, fake)
    assert not kept_backoff(store).mandatory
    await send(store, fake, later(1), forced=True)
    assert len(fake.requests) == 2

    backoff = kept_backoff(store)
    assert backoff.until == later(1 + 110)
    assert backoff.mandatory
    found = await send(store, fake, later(100), forced=True)
    assert found.stop is not None
    assert (found.stop.kind, found.stop.retry_after) == ("tunda", 11.0)
    assert len(fake.requests) == 2
    assert (await send(store, fake, later(112))).sent == 1


async def test_another_server_is_not_kept_waiting(store: Store, fake: Fake) -> None:
    """What one server asked for does not bind the next one that is configured."""
    seal_all(store, 1)
    fake.weather = [asking_to_wait("20000")]
    await send(store, fake)

    found = await send_due(store, lambda: client(greeting(fake), "https://lain.example"), now=lambda: later(1))

    assert found == SendReport(sent=1)


async def test_a_clock_set_back_does_not_silence_the_sender(store: Store, fake: Fake) -> None:
    """When the clock shows a time before the last attempt, what waits is due at once."""
    seal_all(store, 1)
    fake.weather = [asking_to_wait("3600")]
    await send(store, fake)

    assert (await send(store, fake, later(-10 * 365 * 86400))).sent == 1


async def test_what_the_server_fails_at_is_not_hammered(store: Store, fake: Fake) -> None:
    """When all that is left fails on the server, the next automatic run waits."""
    (entry,) = seal_all(store, 1)
    fake.refuse = {entry.kunci["nip"]: {"keadaan": "galat"}}

    assert await send(store, fake) == SendReport(deferred=1, waiting=1)

    found = await send(store, fake, later(1))
    assert found.stop is not None
    assert found.stop.kind == "tunda"
    assert len(fake.requests) == 1


# ---- stopping in between


async def test_a_cancelled_run_stops_between_requests(store: Store, fake: Fake) -> None:
    """The operator's stop lets the request in flight end, keeps what it brought, and is no failure."""
    seal_all(store)

    found = await send(store, fake, limits=Limits(envelopes=10), is_cancelled=lambda: len(fake.requests) > 0)

    assert found.stop is not None
    assert (found.stop.kind, found.sent, found.waiting) == ("batal", 10, 30)
    assert kept_backoff(store) == Backoff()


async def test_a_cancelled_task_leaves_nothing_in_between(store: Store, fake: Fake) -> None:
    """A task that is cancelled in the middle of a request leaves its envelopes unknown, the others queued, and the way free."""
    seal_all(store)
    inside = asyncio.Event()

    async def slow(request: httpx.Request) -> httpx.Response:
        if request.url.path == "/v1/sekolah":
            return answer({"npsn": NPSN})
        for line in lines_of(request):
            fake.receive(line)
        inside.set()
        await asyncio.sleep(3600)
        raise AssertionError

    def factory() -> Client:
        return Client(settings(), transport=httpx.MockTransport(slow))

    task = asyncio.create_task(send_due(store, factory, now=lambda: MORNING, limits=Limits(envelopes=10)))
    await inside.wait()
    running = await send(store, fake)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task

    assert running.stop is not None
    assert running.stop.kind == "berjalan"
    assert states(store) == {"queued": 30, "unknown": 10}
    assert await send(store, fake) == SendReport(sent=40)


@pytest.mark.parametrize("moment", range(6))
async def test_cancelling_at_any_step_is_safe(store: Store, fake: Fake, moment: int) -> None:
    """Cancelled after any number of the run's own steps, no envelope is left being sent and all arrive once in the end."""
    seal_all(store, 5)
    task = asyncio.create_task(send(store, fake))
    for _ in range(moment * 3):
        await asyncio.sleep(0)
        await store.database.ask(lambda: None)
    task.cancel()
    with contextlib.suppress(asyncio.CancelledError):  # it may have been done before
        await task

    await store.database.ask(lambda: None)
    assert "sending" not in states(store)
    await send(store, fake, forced=True)
    assert states(store) == {"sent": 5}
    assert len(fake.stored) == 5


async def test_an_error_of_the_disk_reaches_the_caller(store: Store, fake: Fake, monkeypatch: pytest.MonkeyPatch) -> None:
    """When the outcome cannot be written the run ends with our error, and the next run finds out what arrived."""
    seal_all(store, 3)
    whole = store.outbox._record_all
    full = sqlite3.OperationalError("database or disk is full")
    full.sqlite_errorname = "SQLITE_FULL"

    def no_room(*arguments: Any) -> None:
        raise full

    monkeypatch.setattr(store.outbox, "_record_all", no_room)
    with pytest.raises(DiskFullError):
        await send(store, fake)
    await store.database.ask(lambda: None)
    monkeypatch.setattr(store.outbox, "_record_all", whole)

    assert states(store) == {"sending": 3}
    assert await send(store, fake) == SendReport(sent=3)
    assert len(fake.stored) == 3


async def test_what_is_sealed_during_the_run_goes_too(store: Store, fake: Fake) -> None:
    """A plan that is submitted while others are being sent is sent in the same run; one that replaces a queued one as well."""
    one, two, three = store.roster.all()[:3]
    seal(store, one)
    seal(store, two, "lama")

    def respond(request: httpx.Request) -> httpx.Response:
        if len(fake.requests) == 0:
            seal(store, two, "baru")
            seal(store, three)
        return fake(request)

    found = await send(store, respond, limits=Limits(envelopes=1, max_envelopes=1))

    assert found.sent == 3
    assert states(store) == {"sent": 3, "superseded": 1}


# ---- all together


async def test_a_season_of_weather_ends_with_both_sides_equal(store: Store) -> None:
    """However the weather turns, in the end the server has every plan once, as it was submitted last."""
    chance = random.Random(2026)
    fake = Fake()
    bad: list[Callable[[], Respond]] = [
        lambda: raising(httpx.ConnectError("x")),
        lambda: raising(httpx.ReadTimeout("x")),
        lambda: fake.commit_then_lose,
        lambda: answering(b"<html>", kind="text/html"),
        lambda: answering(b"", chance.choice([302, 401, 408, 413, 415, 422, 425, 429, 500, 502, 503, 511])),
        lambda: answering(b"", 503, retry_after=chance.choice(["5", "besok", "0", "9" * 20])),
        lambda: asking_to_wait(chance.choice(["5", "besok", "0", "9" * 20])),
        lambda: answering({"hasil": []}),
    ]
    at = 0.0
    teachers = store.roster.all()
    for step in range(120):
        for one in chance.sample(teachers, 3):
            seal(store, one, f"{step}")
        fake.weather = [chance.choice(bad)() if chance.random() < 0.6 else None for _ in range(chance.randrange(4))]
        await send(store, fake, later(at), forced=chance.random() < 0.5, limits=Limits(envelopes=chance.choice([1, 7, 40])))
        at += chance.choice([1, 100, 30_000, -50_000])
    fake.weather = []
    await send(store, fake, later(at + 10**7))
    assert (await send(store, fake, later(at + 2 * 10**7))).waiting == 0

    latest = newest_entries(store)
    assert Counter(entry.keadaan for entry in latest.values()) == {"sent": len(latest)}
    for entry in latest.values():
        assert fake.standing[entry.kunci["nip"], PERIODE] == (entry.revisi, entry.sha256)
    for entry in store.outbox.all():
        if entry.keadaan == "sent":
            assert fake.stored[entry.kunci["nip"], PERIODE, entry.revisi] == (entry.sha256, entry.tanda_terima)
