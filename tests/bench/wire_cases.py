"""What is measured: each figure once as `pmm-tui` does it, and as somebody would who takes httpx as it comes."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence

import httpx
from msgspec import Struct

from pmm_tui.skp.wire import NDJSON
from tests.bench.wire_count import CostCounter, Counts
from tests.bench.wire_kit import Operator, forget_sessions, trust
from tests.bench.wire_plan import PERIODE

MANY = 40
_READ = ("/v1/sekolah", "/v1/pegawai", f"/v1/rapor/{PERIODE}", f"/v1/katalog/{PERIODE}", "/v1/rencana")

Work = Callable[[Operator, CostCounter], Awaitable[Counts]]


class Case(Struct, frozen=True, kw_only=True):
    """A figure: what is counted, the most it may be, and whose work is compared, ours last.

    `most` is in bytes of IPv4. `tls` is the part of it that TLS may take, which can be counted anywhere: what is left are the
    headers of as many packets as a capture shows.
    """

    name: str
    most: int
    tls: int
    work: dict[str, Work]


OURS = "pmm-tui"


async def _all(counter: CostCounter) -> Counts:
    await counter.settled()
    return counter.read()


# ---- as pmm-tui does it


def send(count: int) -> Work:
    """Send so many plans in a process that has not talked to the server before."""

    async def work(operator: Operator, counter: CostCounter) -> Counts:
        await operator.know_teachers()
        operator.seal(count)
        await counter.settled()
        counter.zero()
        await operator.send(count)
        return await _all(counter)

    return work


async def send_again(operator: Operator, counter: CostCounter) -> Counts:
    """Send one plan over a new connection, some time after another."""
    await operator.know_teachers()
    operator.seal(1)
    await operator.send(1)
    operator.seal(1, edit=1)
    await counter.settled()
    counter.zero()
    await operator.send(1)
    return await _all(counter)


async def send_first(operator: Operator, counter: CostCounter) -> Counts:
    """Send one plan with a new token: whose school it is is asked before, on the same connection."""
    await operator.know_teachers()
    operator.seal(1)
    operator.take_new_token()
    await counter.settled()
    counter.zero()
    await operator.send(1)
    return await _all(counter)


async def first_pull(operator: Operator, counter: CostCounter) -> Counts:
    """Fetch school, roster, rapor, catalogue and changes for the first time."""
    forget_sessions()
    await counter.settled()
    counter.zero()
    async with operator.client() as client:
        found = await operator.pull(client)
    assert (found.sekolah, found.new_teachers, found.rapor, found.katalog) == (True, len(operator.teachers), True, True)
    return await _all(counter)


async def nothing_new(operator: Operator, counter: CostCounter) -> Counts:
    """Ask again on the connection that is open."""
    forget_sessions()
    async with operator.client() as client:
        await operator.pull(client)
        await counter.settled(1)
        counter.zero()
        found = await operator.pull(client)
        await counter.settled(1)
        count = counter.read()
    assert (found.sekolah, found.changed_teachers, found.katalog, found.changes) == (False, 0, False, 0)
    return count


async def nothing_new_again(operator: Operator, counter: CostCounter) -> Counts:
    """Ask again over a new connection."""
    await operator.know_teachers()
    async with operator.client() as client:
        await operator.pull(client)
    await counter.settled()
    counter.zero()
    async with operator.client() as client:
        await operator.pull(client)
    return await _all(counter)


async def handshake(operator: Operator, counter: CostCounter) -> Counts:
    """The smallest exchange over a new connection: the probe."""
    forget_sessions()
    counter.zero()
    async with operator.client() as client:
        await client.status()
    return await _all(counter)


# ---- as it comes


def _naive(operator: Operator) -> httpx.AsyncClient:
    return httpx.AsyncClient(base_url=operator.url, headers={"Authorization": f"Bearer {operator.token}"}, verify=trust())


async def _post(http: httpx.AsyncClient, line: bytes) -> None:
    answer = await http.post("/v1/rencana", content=line + b"\n", headers={"Content-Type": NDJSON})
    assert answer.json()["hasil"][0]["keadaan"] == "tersimpan", answer.text


async def _lines(operator: Operator, count: int, counter: CostCounter) -> Sequence[bytes]:
    await operator.know_teachers()
    lines = [entry.line for entry in operator.seal(count)]
    await counter.settled()
    counter.zero()
    return lines


def one_by_one(count: int) -> Work:
    """A new client for every plan."""

    async def work(operator: Operator, counter: CostCounter) -> Counts:
        for line in await _lines(operator, count, counter):
            async with _naive(operator) as http:
                await _post(http, line)
        return await _all(counter)

    return work


def kept_open(count: int) -> Work:
    """One client, which keeps its connection, and a request for every plan."""

    async def work(operator: Operator, counter: CostCounter) -> Counts:
        lines = await _lines(operator, count, counter)
        async with _naive(operator) as http:
            for line in lines:
                await _post(http, line)
        return await _all(counter)

    return work


async def _read(http: httpx.AsyncClient) -> None:
    for path in _READ:
        (await http.get(path)).raise_for_status()


async def read_all(operator: Operator, counter: CostCounter) -> Counts:
    """Get every document."""
    counter.zero()
    async with _naive(operator) as http:
        await _read(http)
    return await _all(counter)


async def read_again(operator: Operator, counter: CostCounter) -> Counts:
    """Get every document again on the connection that is open."""
    async with _naive(operator) as http:
        await _read(http)
        await counter.settled(1)
        counter.zero()
        await _read(http)
        await counter.settled(1)
        return counter.read()


NAIVE, KEPT_ALIVE = "httpx as it comes", "httpx, kept alive"
FORTY = Case(
    name=f"{MANY} plans",
    most=MANY * 300,
    tls=10_700,  # 10,301 before the school (25), how and when the teacher confirmed (151), and duties of today's catalogue (172)
    work={NAIVE: one_by_one(MANY), KEPT_ALIVE: kept_open(MANY), OURS: send(MANY)},
)
ONE = Case(name="1 plan, first connection", most=6000, tls=4600, work={NAIVE: one_by_one(1), OURS: send(1)})
FIRST = Case(name="1 plan, new token", most=6800, tls=5100, work={NAIVE: one_by_one(1), OURS: send_first})
ONE_MORE = Case(name="1 plan, session resumed", most=3226, tls=2553, work={NAIVE: one_by_one(1), OURS: send_again})
NOTHING_NEW = Case(name="nothing new, open connection", most=500, tls=344, work={KEPT_ALIVE: read_again, OURS: nothing_new})
NOTHING_NEW_AGAIN = Case(name="nothing new, resumed", most=5000, tls=1600, work={NAIVE: read_all, OURS: nothing_new_again})
REFERENCE = Case(name="first reference data", most=30_000, tls=13_060, work={NAIVE: read_all, OURS: first_pull})
ASK = Case(name="probe, first connection", most=5000, tls=3500, work={OURS: handshake})
CASES = (FORTY, ONE, FIRST, ONE_MORE, NOTHING_NEW, NOTHING_NEW_AGAIN, REFERENCE, ASK)
