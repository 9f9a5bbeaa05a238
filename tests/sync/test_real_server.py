"""Client and reference server over a real socket, each with its own database."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from pmm_tui.skp.model import Pegawai, RencanaKinerja
from pmm_tui.skp.wire import open_envelope
from pmm_tui.store import Store
from pmm_tui.sync.http.client import Client
from pmm_tui.sync.http.line import ServerSettings
from pmm_tui.sync.pull import PullReport, pull
from pmm_tui.sync.results import SendReport
from pmm_tui.sync.sender import send_due
from tests.server.sample_school import NIP, OTHER_NIP, PERIODE, RunningServer, SampleSchool, complete_plan
from tests.store.samples import newest_entries

pytestmark = [pytest.mark.anyio, pytest.mark.process]


def now() -> datetime:
    """The time of both sides."""
    return datetime.now(UTC)


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningServer]:
    """The reference server."""
    running = RunningServer(tmp_path_factory.mktemp("server"))
    yield running
    running.stop()


@pytest.fixture
def sekolah(server: RunningServer) -> Iterator[SampleSchool]:
    """A school with two teachers."""
    teacher = (
        Pegawai(nama="Budi", nip=NIP, status_kepegawaian="PNS"),
        Pegawai(nama="Ani", nip=OTHER_NIP, status_kepegawaian="PPPK"),
    )
    made = SampleSchool(server.url, server.database, teacher)
    yield made
    made.close()


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """An empty store."""
    with Store.open(tmp_path / "pmm-tui.db") as opened:
        yield opened


def settings(server: RunningServer, sekolah: SampleSchool) -> ServerSettings:
    """The school's operator on that server."""
    return ServerSettings(url=server.url, token=sekolah.token, total=20)


async def fetch(store: Store, settings: ServerSettings) -> PullReport:
    """Pull once."""
    async with Client(settings) as client:
        return await pull(store, client, PERIODE, now)


async def test_a_plan_goes_its_whole_way(server: RunningServer, sekolah: SampleSchool, store: Store) -> None:
    """Roster in, plans out with receipts, the head's decision back, a correction on top; nothing is news twice."""
    setup = settings(server, sekolah)
    first = await fetch(store, setup)
    assert (first.stop, first.sekolah, first.new_teachers, first.rapor, first.katalog) == (None, True, 2, True, True)
    ani, budi = store.roster.all()
    for one in (ani, budi):
        store.outbox.seal(one, PERIODE, complete_plan(), 1, now())

    assert await send_due(store, lambda: Client(setup), now=now) == SendReport(sent=2)

    kept = newest_entries(store)
    assert all(entry.tanda_terima.startswith("R-") for entry in kept.values())
    assert sekolah.decide(ani.id_server, 1, "setujui").status_code == 200
    assert sekolah.decide(budi.id_server, 1, "kembalikan", "Tambah RHK.").status_code == 200
    news = await fetch(store, setup)
    assert (news.stop, news.sentences, news.sekolah, news.katalog, news.changes) == (None, (), False, False, 2)
    kept = newest_entries(store)
    assert (kept[ani.id].status_server, kept[budi.id].status_server) == ("disetujui", "dikembalikan")
    assert kept[budi.id].catatan == "Tambah RHK."

    newer = store.outbox.seal(budi, PERIODE, complete_plan("keteraturan-suasana-kelas"), 2, now())
    assert (newer.revisi, newer.dasar) == (2, 1)
    assert await send_due(store, lambda: Client(setup), now=now) == SendReport(sent=1)
    assert (await fetch(store, setup)).changes == 1
    assert (await fetch(store, setup)).changes == 0


async def test_the_server_judges_for_itself(server: RunningServer, sekolah: SampleSchool, store: Store) -> None:
    """An incomplete plan is refused with its places, a sound one beside it is stored."""
    setup = settings(server, sekolah)
    await fetch(store, setup)
    ani, budi = store.roster.all()
    store.outbox.seal(ani, PERIODE, RencanaKinerja(), 1, now())
    store.outbox.seal(budi, PERIODE, complete_plan(), 1, now())

    assert await send_due(store, lambda: Client(setup), now=now) == SendReport(sent=1, rejected=1)

    assert any(masalah.pointer.startswith("/praktik_pembelajaran") for masalah in newest_entries(store)[ani.id].masalah)


async def test_two_computers_of_one_school_end_in_a_conflict(
    server: RunningServer, sekolah: SampleSchool, store: Store, tmp_path: Path
) -> None:
    """The second to send learns what stands and gets its content; its next revision goes only after a look at that."""
    setup = settings(server, sekolah)
    with Store.open(tmp_path / "lain.db") as other:
        for each, indikator in ((store, "penerapan-disiplin-positif"), (other, "keteraturan-suasana-kelas")):
            await fetch(each, setup)
            each.outbox.seal(each.roster.find(NIP)[0], PERIODE, complete_plan(indikator), 1, now())
        (ours,) = store.outbox.all()
        (budi,) = other.roster.find(NIP)

        assert (await send_due(store, lambda: Client(setup), now=now)).sent == 1
        found = await send_due(other, lambda: Client(setup), now=now)
        assert (found.conflict, found.sentences) == (
            1,
            ("1 rencana lebih baru di server, dari komputer lain (Budi, periode 2026); lihat bedanya sebelum mengajukan.",),
        )

        (theirs,) = other.outbox.all()
        assert theirs.dipegang is not None
        assert (theirs.dipegang.revisi, theirs.dipegang.sha256) == (1, ours.sha256)
        unseen = other.outbox.seal(budi, PERIODE, complete_plan("keteraturan-suasana-kelas"), 2, now())
        assert (unseen.revisi, unseen.dasar) == (2, 0)
        assert (await send_due(other, lambda: Client(setup), now=now)).conflict == 1

        held = other.held.get(budi.id, PERIODE)
        assert held is not None
        assert held.line == ours.line
        other.held.mark_seen(held)
        seen = other.outbox.seal(budi, PERIODE, complete_plan("keteraturan-suasana-kelas"), 3, now())
        assert (seen.dasar, open_envelope(seen.line).sidik_dasar) == (1, ours.sha256[:8])
        assert (await send_due(other, lambda: Client(setup), now=now)).sent == 1


async def test_a_wrong_token_and_a_server_that_is_down(server: RunningServer, sekolah: SampleSchool, store: Store) -> None:
    """Both are told, nothing is lost, and with token and server right everything goes."""
    store.roster.write([Pegawai(nama="Budi", nip=NIP, status_kepegawaian="PNS")])
    store.outbox.seal(store.roster.all()[0], PERIODE, complete_plan(), 1, now())
    wrong = ServerSettings(url=server.url, token="pmm-salah", total=20)
    down = ServerSettings(url="http://127.0.0.1:9", token=sekolah.token, total=20)

    first = await send_due(store, lambda: Client(down), now=now, forced=True)
    second = await send_due(store, lambda: Client(wrong), now=now, forced=True)

    assert first.stop is not None
    assert (first.stop.kind, first.waiting) == ("server-mati", 1)
    assert second.stop is not None
    assert second.stop.kind == "token"
    assert await send_due(store, lambda: Client(settings(server, sekolah)), now=now, forced=True) == SendReport(sent=1)


async def test_a_second_computer_sees_what_the_first_sent(
    server: RunningServer, sekolah: SampleSchool, store: Store, tmp_path: Path
) -> None:
    """What another computer sent arrives with its receipt and as a draft; beside a draft of one's own it stays unseen."""
    setup = settings(server, sekolah)
    await fetch(store, setup)
    ani, budi = store.roster.all()
    for one in (ani, budi):
        store.outbox.seal(one, PERIODE, complete_plan(), 1, now())
    assert (await send_due(store, lambda: Client(setup), now=now)).sent == 2

    with Store.open(tmp_path / "lain.db") as other:
        other.roster.write([Pegawai(nama="Budi", nip=NIP, status_kepegawaian="PNS")])
        (mine,) = other.roster.all()
        other.drafts.save(mine.id, PERIODE, RencanaKinerja(), 3, now())
        news = await fetch(other, setup)
        assert news.news == ("1 rencana dari komputer lain diambil dari server.",)
        (told,) = news.sentences
        assert told.startswith("1 rencana lebih baru di server, dari komputer lain (Budi, periode 2026); ")
        (taken,), unseen = newest_entries(other).values(), other.held.unseen()
        first = newest_entries(store)
        assert (taken.keadaan, taken.sha256, taken.tanda_terima) == ("sent", first[ani.id].sha256, first[ani.id].tanda_terima)
        assert unseen.keys() == {(mine.id, PERIODE)}
        beside = unseen[mine.id, PERIODE]
        assert (beside.line, beside.tanda_terima) == (first[budi.id].line, first[budi.id].tanda_terima)
        drafts = other.drafts.all(PERIODE)
        assert drafts[mine.id].rencana == RencanaKinerja()
        assert [d.rencana for id, d in drafts.items() if id != mine.id] == [complete_plan()]
        again = await fetch(other, setup)
        assert (again.sentences, again.news) == ((), ())
        assert (await send_due(other, lambda: Client(setup), now=now)).sent == 0


async def test_another_schools_token_mixes_nothing(server: RunningServer, sekolah: SampleSchool, store: Store) -> None:
    """With the token of another school nothing is taken in, and the sentence says whose token it is."""
    await fetch(store, settings(server, sekolah))
    before = store.roster.all()
    stranger = SampleSchool(server.url, server.database, (Pegawai(nama="Asing", nip=NIP, status_kepegawaian="PNS"),))
    try:
        found = await fetch(store, settings(server, stranger))
    finally:
        stranger.close()
    assert found.stop is not None
    assert "sekolah lain" in found.stop.reason
    assert store.roster.all() == before
