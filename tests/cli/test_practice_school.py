"""The practice school that is lent at once, beside what its real server brings: the same, so that nobody notices the exchange."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import msgspec
import pytest

from pmm_tui.practice.handed_in import DECIDED
from pmm_tui.practice.lending import lend
from pmm_tui.practice.process import PracticeServer, Reached
from pmm_tui.services.in_force import InForce, find_in_force
from pmm_tui.services.listing import all_lines
from pmm_tui.skp.katalog_reader import bundled
from pmm_tui.skp.model import Pegawai, Sekolah
from pmm_tui.skp.plan_state import State
from pmm_tui.store import Store
from pmm_tui.sync import freshness
from pmm_tui.sync.http.client import Client
from pmm_tui.sync.http.line import ServerSettings
from pmm_tui.sync.pull import PullReport, pull
from pmm_tui.sync.results import SendReport
from pmm_tui.sync.sender import send_due
from tests.tui.samples import full_plan

NOW = datetime(2026, 3, 2, 2, tzinfo=UTC)
PERIODE = "2026"
DECIDED_STATES = {name: State.APPROVED if said == "setujui" else State.RETURNED for name, (said, _) in DECIDED.items()}


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Reached]:
    """The real practice server."""
    with PracticeServer(tmp_path_factory.mktemp("latihan"), acting_head=False) as server:
        yield server.reach().result(60)


@pytest.fixture
def lent(tmp_path: Path) -> Iterator[Store]:
    """Records that the school was lent to."""
    with Store.open(tmp_path / "dipinjami.db") as store:
        lend(store, False, NOW)
        yield store


@pytest.fixture
def empty(tmp_path: Path) -> Iterator[Store]:
    """Records that everything is fetched into."""
    with Store.open(tmp_path / "kosong.db") as store:
        yield store


def fetch(store: Store, server: Reached) -> PullReport:
    """Fetch once."""

    async def once() -> PullReport:
        async with Client(ServerSettings(url=server.url, token=server.token)) as client:
            return await pull(store, client, PERIODE, lambda: datetime.now(UTC))

    return asyncio.run(once())


def send(store: Store, server: Reached) -> SendReport:
    """Send what waits."""
    settings = ServerSettings(url=server.url, token=server.token)
    return asyncio.run(send_due(store, lambda: Client(settings), now=lambda: datetime.now(UTC)))


def in_force(store: Store) -> InForce:
    """What the screen would go by; the catalogue's own origin aside."""
    found = find_in_force(store.reference.get, NOW.date())
    return msgspec.structs.replace(found, katalog=bundled(), katalog_source="bawaan")


def without_server_id(store: Store) -> list[Pegawai]:
    """The teachers, their ids here among it, without the server's."""
    return [msgspec.structs.replace(one, id_server="") for one in store.roster.all()]


def table(store: Store, name: str) -> Any:
    """A stored answer."""
    kept = store.reference.get(name)
    return msgspec.json.decode(kept.body) if kept else None


def decided(store: Store) -> dict[str, State]:
    """The plans that are there, and how they stand, in the period that runs on the server's day."""
    today = datetime.now().astimezone().date()
    lines = all_lines(store, find_in_force(store.reference.get, today), today)
    return {line.pegawai.nama: line.state for line in lines if line.state is not State.NOT_STARTED}


@pytest.mark.process
def test_what_is_lent_is_what_the_first_fetch_brings(lent: Store, empty: Store, server: Reached) -> None:
    """School, results and teachers with their ids here; then the fetch is a whole one, and nothing is left to fetch afterwards.

    The plans that were decided on before come with it, and none is shown otherwise until then.
    """
    assert fetch(empty, server).new_teachers == 40
    assert without_server_id(lent) == without_server_id(empty)
    assert in_force(lent) == in_force(empty)
    assert decided(lent) == {}
    assert table(lent, f"rapor/{PERIODE}") == table(empty, f"rapor/{PERIODE}")
    brought = fetch(lent, server)
    assert (brought.new_teachers, brought.known_teachers, brought.sentences, brought.stop) == (0, 40, (), None)
    assert lent.roster.all() == empty.roster.all()
    assert decided(lent) == decided(empty) == DECIDED_STATES
    for name in ("sekolah", "pegawai", f"rapor/{PERIODE}", f"katalog/{PERIODE}"):
        assert table(lent, name) == table(empty, name)
        assert lent.reference.get(name).etag == empty.reference.get(name).etag != ""  # type: ignore[union-attr]
    assert freshness.hint(lent, server.url, PERIODE) == freshness.hint(empty, server.url, PERIODE) != ""
    again = fetch(lent, server)
    assert (again.sekolah, again.changed_teachers + again.known_teachers, again.rapor, again.katalog) == (False, 0, False, False)


@pytest.mark.process
def test_a_plan_sent_before_the_first_fetch_is_that_teachers(lent: Store, server: Reached) -> None:
    """It goes under the teacher's numbers, and the fetch afterwards neither doubles the teacher nor doubts the plan."""
    teacher = lent.roster.all()[3]
    lent.outbox.seal(teacher, PERIODE, full_plan(), 1, NOW)
    assert (send(lent, server).sent, fetch(lent, server).sentences) == (1, ())
    assert len(lent.roster.names()) == 40
    assert lent.roster.get(teacher.id).id_server  # type: ignore[union-attr]


def test_what_is_there_already_stays(lent: Store) -> None:
    """Another start writes nothing, one with another head only the head; teachers and fetched results are left alone."""
    (first, *_) = lent.roster.all()
    lent.roster.write([msgspec.structs.replace(first, nama="Nama Lain")])
    lent.reference.put(f"rapor/{PERIODE}", '"e"', b'{"capaian":{},"rekomendasi":[]}', NOW)
    before = without_server_id(lent)
    for acting_head, name in ((False, "Nur'aini"), (True, "Ngurah Oka"), (False, "Nur'aini")):
        lend(lent, acting_head, NOW)
        kepala = msgspec.json.decode(lent.reference.get("sekolah").body, type=Sekolah).kepala_sekolah  # type: ignore[union-attr]
        assert (name in kepala.nama, kepala.plt) == (True, acting_head)
    assert without_server_id(lent) == before
    assert lent.reference.get(f"rapor/{PERIODE}").etag == '"e"'  # type: ignore[union-attr]
