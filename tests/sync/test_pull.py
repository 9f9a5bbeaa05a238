"""Fetching what the server lends: whole or not at all, and only what is new."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import msgspec
import pytest

from pmm_tui.skp.katalog_reader import bundled, parse_katalog
from pmm_tui.skp.model import Pegawai
from pmm_tui.skp.wire import digest, envelope_of
from pmm_tui.skp.wire import seal as wire_seal
from pmm_tui.store import Store
from pmm_tui.store.own_rapor import RaporEntry
from pmm_tui.sync.pull import OWN_RAPOR, PullReport, pull
from tests.store.samples import MORNING, PERIODE, held, later, rencana, seal
from tests.sync.world import URL, answer, client

pytestmark = pytest.mark.anyio

NIP = "198507142010011012"
SEKOLAH = {
    "npsn": "20512345",
    "nama": "SMP Negeri 3",
    "jenjang": "SMP",
    "kepala_sekolah": {"nama": "Siti", "nip": "197001011995122001", "plt": True},
    "peran": "operator",
    "periode": "2026",
}


class Borrower:
    """A server that lends documents with ETags. `documents` are its answers by path, `asked` the paths asked for."""

    def __init__(self) -> None:
        katalog = msgspec.to_builtins(bundled().only_periode(PERIODE))
        self.documents: dict[str, Any] = {
            "/v1/status": {"service": "pmm", "api": 1, "time": "2026-01-08T02:11:05Z"},
            "/v1/sekolah": SEKOLAH,
            "/v1/pegawai": {"pegawai": [{"id": "g-1", "nama": "Budi", "nip": NIP}, {"id": "g-2", "nama": "Ani"}]},
            f"/v1/rapor/{PERIODE}": {"capaian": {"penerapan-disiplin-positif": "kurang"}, "rekomendasi": []},
            f"/v1/katalog/{PERIODE}": katalog,
            "/v1/rencana": {"cursor": "0", "perubahan": []},
        }
        self.asked: list[str] = []
        self.statuses: list[int] = []
        self.cursors: list[str] = []

    def __call__(self, request: httpx.Request) -> httpx.Response:
        """Answer one request."""
        path = request.url.path
        self.asked.append(path)
        self.cursors += [request.url.params["sesudah"]] if path == "/v1/rencana" else []
        document = self.documents[path] if path in self.documents else answer(b"", 404)
        if isinstance(document, httpx.Response):
            found = document
        elif isinstance(document, list):
            found = answer(document.pop(0))
        else:
            body = msgspec.json.encode(document)
            etag = f'"{hash(body)}"'
            same = request.headers.get("if-none-match") == etag
            found = answer(b"", 304) if same else answer(body, etag=etag)
        self.statuses.append(found.status_code)
        return found


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """An empty store."""
    with Store.open(tmp_path / "pmm-tui.db") as opened:
        yield opened


@pytest.fixture
def borrower() -> Borrower:
    """A server with a school."""
    return Borrower()


async def fetch(store: Store, borrower: Borrower, url: str = URL, seconds: float = 0) -> PullReport:
    """Pull once."""
    async with client(borrower, url) as c:
        return await pull(store, c, PERIODE, lambda: later(seconds))


async def test_a_first_pull_brings_everything(store: Store, borrower: Borrower) -> None:
    """School, roster, rapor and catalogue are kept as fetched, and the teachers stand in our roster."""
    found = await fetch(store, borrower)

    assert found == PullReport(first=True, sekolah=True, new_teachers=2, rapor=True, katalog=True)
    assert [(p.nama, p.nip, p.id_server) for p in store.roster.all()] == [("Ani", "", "g-2"), ("Budi", NIP, "g-1")]
    kept = store.reference.get(f"katalog/{PERIODE}")
    assert kept is not None
    assert parse_katalog(msgspec.json.decode(kept.body), "x") == bundled().only_periode(PERIODE)
    assert kept.fetched_at == MORNING
    sekolah = store.reference.get("sekolah")
    assert sekolah is not None
    assert msgspec.json.decode(sekolah.body) == SEKOLAH


async def test_a_second_pull_costs_nothing(store: Store, borrower: Borrower) -> None:
    """What has not changed is answered with 304 and changes nothing here."""
    await fetch(store, borrower)
    borrower.statuses.clear()

    assert await fetch(store, borrower, seconds=9) == PullReport(clock_skew=9.0)
    assert borrower.statuses == [200, 304, 304, 304, 304, 200]


async def test_a_rapor_does_not_replace_the_schools_own_and_says_so(store: Store, borrower: Borrower) -> None:
    """It is kept beside it, once told; without anything of the school's own there is nothing to say."""
    own = RaporEntry(item="komponen/manajemen-kelas", level="baik", origin="tangan", at=MORNING)
    assert (await fetch(store, borrower)).news == ()
    store.own_rapor.write(PERIODE, [own])
    borrower.documents[f"/v1/rapor/{PERIODE}"] = {"capaian": {"aktivitas-interaktif": "baik"}}
    found = await fetch(store, borrower, seconds=9)
    assert (found.news, found.sentences) == ((OWN_RAPOR,), ())
    assert store.own_rapor.all(PERIODE) == (own,)
    assert (await fetch(store, borrower, seconds=9)).news == ()


async def test_another_server_is_asked_for_everything(store: Store, borrower: Borrower) -> None:
    """ETags and cursor of one server are not shown to another."""
    borrower.documents["/v1/rencana"] = [{"cursor": "9-z", "perubahan": []} for _ in range(2)]
    await fetch(store, borrower)
    borrower.statuses.clear()

    await fetch(store, borrower, "https://lain.example")

    assert set(borrower.statuses) == {200}
    assert borrower.cursors == ["", ""]


@pytest.mark.parametrize(
    ("path", "document", "words"),
    [
        (f"/v1/katalog/{PERIODE}", {"versi": "x"}, "Katalog dari server"),
        (f"/v1/katalog/{PERIODE}", msgspec.to_builtins(bundled().only_periode("2025")), 'Periode "2026" tidak ada'),
        (f"/v1/rapor/{PERIODE}", {"capaian": {"a": 3}}, "Rapor Pendidikan dari server: capaian"),
        ("/v1/sekolah", SEKOLAH | {"nama": 7}, "Data sekolah dari server: nama"),
        ("/v1/pegawai", {"pegawai": [{"id": "g", "nama": 7}]}, "Daftar guru dari server: pegawai"),
    ],
)
async def test_what_does_not_hold_up_is_refused_and_the_old_stays(
    store: Store, borrower: Borrower, path: str, document: Any, words: str
) -> None:
    """A document of the wrong shape is named with its place; the older one and everything else stay in use."""
    await fetch(store, borrower)
    name = path.removeprefix("/v1/")
    before = store.reference.get(name)
    borrower.documents[path] = document

    found = await fetch(store, borrower)

    assert found.stop is None
    (sentence,) = found.sentences
    assert words in sentence
    assert "Yang lama tetap dipakai" in sentence
    assert store.reference.get(name) == before
    assert len(store.roster.all()) == 2


@pytest.mark.parametrize(
    "document", [{"nama": "x", "npsn": "1"}, {"nama": "x"}, SEKOLAH | {"npsn": 20512345}, SEKOLAH | {"npsn": "20599999"}, "teks"]
)
async def test_a_school_that_is_not_said_to_be_ours_ends_the_fetch(store: Store, borrower: Borrower, document: Any) -> None:
    """Where it is not sure whose school answers, nothing behind it is asked for, so that no two rosters are mixed."""
    await fetch(store, borrower)
    before = store.reference.get("sekolah"), store.roster.all()
    borrower.documents["/v1/sekolah"] = document
    borrower.documents["/v1/pegawai"] = {"pegawai": [{"id": "h-1", "nama": "Orang Lain"}]}
    borrower.asked.clear()

    found = await fetch(store, borrower)

    assert found.stop is not None
    assert (found.stop.kind, found.sentences, borrower.asked) == ("akses", (), ["/v1/status", "/v1/sekolah"])
    assert "NPSN" in found.stop.reason
    assert (store.reference.get("sekolah"), store.roster.all()) == before


@pytest.mark.parametrize("empty", [{"nama": ""}, {"nama": "", "jenjang": "", "kepala_sekolah": {}}])
async def test_a_school_without_a_profile_is_usable(store: Store, borrower: Borrower, empty: dict[str, Any]) -> None:
    """A school of which the server knows the number alone lends its teachers like any other, and guards them as well."""
    borrower.documents["/v1/sekolah"] = SEKOLAH | empty
    assert (await fetch(store, borrower)).new_teachers == 2

    borrower.documents["/v1/sekolah"] = SEKOLAH | empty | {"npsn": "20599999"}
    found = await fetch(store, borrower)
    assert found.stop is not None
    assert found.stop.kind == "akses"
    assert len(store.roster.all()) == 2


async def test_a_server_without_rapor_or_catalogue_is_fine(store: Store, borrower: Borrower) -> None:
    """404 on what a server may not have is no trouble."""
    borrower.documents[f"/v1/rapor/{PERIODE}"] = answer(b"", 404)
    borrower.documents[f"/v1/katalog/{PERIODE}"] = answer(b"", 404)

    assert await fetch(store, borrower) == PullReport(first=True, sekolah=True, new_teachers=2)


@pytest.mark.parametrize(
    ("document", "kind"),
    [
        ({"service": "lain", "api": 1, "time": "2026-01-08T02:11:05Z"}, "asing"),
        ({"service": "pmm", "api": 2, "time": "2026-01-08T02:11:05Z"}, "asing"),
        ({"service": "pmm", "api": 1, "time": "2026-01-08T02:11:05"}, "asing"),
        ({"service": "pmm", "api": 1, "time": "kemarin"}, "asing"),
        ({}, "asing"),
        (answer(b"<html>", kind="text/html"), "portal"),
    ],
)
async def test_whoever_is_not_our_server_gets_no_token(store: Store, borrower: Borrower, document: Any, kind: str) -> None:
    """Unless the status names our service, nothing else is asked."""
    borrower.documents["/v1/status"] = document

    found = await fetch(store, borrower)

    assert found.stop is not None
    assert found.stop.kind == kind
    assert borrower.asked == ["/v1/status"]


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (7 * 60, "7 menit lebih cepat"),
        (-600, "10 menit lebih lambat"),
        (120, ""),
        (3 * 86400, "Jam komputer ini 3 hari lebih cepat dari server; periksa tanggal dan jam."),
        (-4161739 * 60, "Jam komputer ini sekitar 7 tahun 11 bulan lebih lambat dari server; periksa tanggal dan jam."),
    ],
)
async def test_a_wrong_clock_is_told(store: Store, borrower: Borrower, seconds: int, words: str) -> None:
    """More than five minutes apart from the server's clock is worth a sentence."""
    found = await fetch(store, borrower, seconds=seconds)

    assert found.clock_skew == seconds
    assert (words in "".join(found.sentences)) if words else found.sentences == ()


async def test_what_came_before_trouble_stays(store: Store, borrower: Borrower) -> None:
    """A line that breaks in the middle leaves what was fetched, and the next pull takes up the rest."""
    rapor = borrower.documents[f"/v1/rapor/{PERIODE}"]
    borrower.documents[f"/v1/rapor/{PERIODE}"] = answer(b"", 503)

    found = await fetch(store, borrower)
    assert found.stop is not None
    assert (found.stop.kind, found.sekolah, found.new_teachers, found.katalog) == ("sibuk", True, 2, False)

    borrower.documents[f"/v1/rapor/{PERIODE}"] = rapor
    assert await fetch(store, borrower) == PullReport(rapor=True, katalog=True)


def change(pegawai: str, revisi: int, sha256: str, status: str = "disetujui", **more: str) -> dict[str, Any]:
    """One change as the server tells it."""
    return {"pegawai": pegawai, "periode": PERIODE, "revisi": revisi, "sha256": sha256, "status": status, "waktu": "w"} | more


async def test_decisions_reach_their_envelopes(store: Store, borrower: Borrower) -> None:
    """The head's decision comes with its note, page by page, and the cursor is kept; changes of strangers are passed over."""
    store.roster.write([Pegawai(nama="Budi", nip=NIP)])
    (budi,) = store.roster.all()
    entry = seal(store, budi)
    digest = "b" * 64
    borrower.documents["/v1/rencana"] = [
        {"cursor": "1", "perubahan": [change("g-1", 1, entry.sha256, catatan="Bagus\x1b[2J")], "lagi": True},
        {"cursor": "2", "perubahan": [change("x-9", 1, digest), change("g-2", 10**9, digest), change("g-2", 4, digest)]},
        {"cursor": "2", "perubahan": []},
    ]

    found = await fetch(store, borrower)
    await fetch(store, borrower)

    assert found.changes == 2
    (kept,) = store.outbox.all()
    assert (kept.keadaan, kept.status_server, kept.catatan) == ("queued", "disetujui", "Bagus[2J")
    ani = next(p for p in store.roster.all() if p.nama == "Ani")
    assert held(store, ani.id, PERIODE) == (4, digest)
    assert borrower.cursors == ["", "1", "2"]


@pytest.mark.parametrize("status", [400, 410])
async def test_a_cursor_that_the_server_forgot_is_dropped(store: Store, borrower: Borrower, status: int) -> None:
    """When the server does not know the cursor, as after a restored backup, everything is asked for again."""
    store.reference.set_memo("server", URL)
    store.reference.set_cursor("99-lama")
    answers = [answer(b"", status), answer({"cursor": "1", "perubahan": []})]

    def respond(request: httpx.Request) -> httpx.Response:
        if request.url.path != "/v1/rencana":
            return borrower(request)
        borrower.cursors.append(request.url.params["sesudah"])
        return answers.pop(0)

    async with client(respond) as c:
        found = await pull(store, c, PERIODE, lambda: MORNING)

    assert found.stop is None
    assert borrower.cursors == ["99-lama", ""]
    assert store.reference.cursor() == "1"


async def test_a_change_of_another_period_is_fetched_too(store: Store, borrower: Borrower) -> None:
    """What another computer sent is fetched for every period that the server tells of, not only for the one worked on."""
    digest = "b" * 64
    other = change("g-1", 4, digest) | {"periode": "2025"}
    borrower.documents["/v1/rencana"] = [{"cursor": "1", "perubahan": [other, change("g-2", 2, digest)]}]

    found = await fetch(store, borrower)

    assert found.changes == 2
    budi = next(p for p in store.roster.all() if p.nama == "Budi")
    assert held(store, budi.id, "2025") == (4, digest)
    assert sorted(path for path in borrower.asked if path.startswith("/v1/rencana/")) == [
        "/v1/rencana/2025/g-1",
        f"/v1/rencana/{PERIODE}/g-2",
    ]


@pytest.mark.parametrize(("revisi", "taken"), [(0, False), (1, True), (999_999, True), (1_000_000, False)])
async def test_a_revision_that_no_plan_can_have_is_passed_over(store: Store, borrower: Borrower, revisi: int, taken: bool) -> None:
    """A change whose revision the next one could not follow is none."""
    borrower.documents["/v1/rencana"] = [{"cursor": "1", "perubahan": [change("g-2", revisi, "b" * 64)]}]

    found = await fetch(store, borrower)

    assert found.changes == taken
    assert store.reference.cursor() == "1"


async def test_an_own_envelope_is_not_fetched(store: Store, borrower: Borrower) -> None:
    """What this computer sealed itself is known by its revision and digest, and is not asked for."""
    store.roster.write([Pegawai(nama="Budi", nip=NIP)])
    entry = seal(store, store.roster.all()[0])
    borrower.documents["/v1/rencana"] = [{"cursor": "1", "perubahan": [change("g-1", 1, entry.sha256)]}]

    await fetch(store, borrower)

    assert not [path for path in borrower.asked if path.startswith("/v1/rencana/")]


@pytest.mark.parametrize(("status", "stops"), [(404, False), (503, True)])
async def test_trouble_with_anothers_plan_is_made_good(store: Store, borrower: Borrower, status: int, stops: bool) -> None:
    """A plan that is gone is passed over, a broken line ends the fetch; either way it is known and asked for with the next."""
    line = sealed_elsewhere(Pegawai(nama="Ani", id_server="g-2"), 2)
    borrower.documents["/v1/rencana"] = [
        {"cursor": "1", "perubahan": [change("g-2", 2, digest(line))]},
        {"cursor": "1", "perubahan": []},
    ]
    borrower.documents[f"/v1/rencana/{PERIODE}/g-2"] = answer(b"", status)

    found = await fetch(store, borrower)

    assert (found.stop is not None) is stops
    assert store.reference.cursor() == "1"
    assert [plan.read for plan in store.held.unseen().values()] == [False]

    borrower.documents[f"/v1/rencana/{PERIODE}/g-2"] = answer(b'{"sha256": "%b", "amplop": %b}' % (digest(line).encode(), line))
    assert (await fetch(store, borrower)).stop is None
    assert [(k.line, k.keadaan) for k in store.outbox.all()] == [(line, "sent")]


def sealed_elsewhere(pegawai: Pegawai, revision: int) -> bytes:
    """An envelope that another computer sealed."""
    return wire_seal(envelope_of(pegawai, PERIODE, revision, revision - 1, rencana("dari lain")))


async def test_a_plan_that_is_not_what_was_told_is_not_taken(store: Store, borrower: Borrower) -> None:
    """Bytes of another digest, or no plan at all, are not taken in but told with whose they are; the rest goes on.

    Once may be the line's fault: they are asked for again, and called unreadable for good when they still are.
    """
    borrower.documents["/v1/rencana"] = [{"cursor": "1", "perubahan": [change("g-2", 2, "b" * 64), change("g-1", 1, "c" * 64)]}]
    borrower.documents[f"/v1/rencana/{PERIODE}/g-2"] = {"amplop": {"x": 1}, "sha256": "b" * 64}
    borrower.documents[f"/v1/rencana/{PERIODE}/g-1"] = "teks"

    found = await fetch(store, borrower)

    assert found.stop is None
    assert (store.outbox.all(), store.drafts.all(PERIODE)) == ((), {})
    assert sorted(found.sentences) == [
        f"Rencana {whose}, periode {PERIODE} di server tidak terbaca dan dilewati; hubungi pengelola server."
        for whose in ("Ani", "Budi")
    ]
    assert store.reference.cursor() == "1"
    for read in (False, True):
        held = store.held.unseen(PERIODE).values()
        assert {(plan.revisi, plan.line, plan.read) for plan in held} == {(2, b"", read), (1, b"", read)}
        borrower.documents["/v1/rencana"] = [{"cursor": "1", "perubahan": []}]
        assert len((await fetch(store, borrower)).sentences) == 2


@pytest.mark.parametrize(("length", "taken"), [(400, True), (401, False)])
async def test_a_cursor_that_is_too_long_is_refused(store: Store, borrower: Borrower, length: int, taken: bool) -> None:
    """A cursor is kept and sent back: one that is longer than any is refused with its page."""
    cursor = "x" * length
    borrower.documents["/v1/rencana"] = [{"cursor": cursor, "perubahan": [change("g-2", 2, "b" * 64)]}]

    found = await fetch(store, borrower)

    assert store.reference.cursor() == (cursor if taken else "")
    assert found.changes == taken
    assert ("cursor: terlalu panjang" in " ".join(found.sentences)) is not taken


@pytest.mark.parametrize("status", [400, 410])
async def test_a_server_that_takes_no_cursor_at_all_ends_it(store: Store, borrower: Borrower, status: int) -> None:
    """Without a cursor there is nothing to drop: then it is trouble like any other."""
    borrower.documents["/v1/rencana"] = answer(b"", status)

    found = await fetch(store, borrower)

    assert found.stop is not None
    assert found.stop.status == status
    assert borrower.asked.count("/v1/rencana") == 1


async def test_changes_are_asked_for_until_there_are_none(store: Store, borrower: Borrower) -> None:
    """Page after page, no further than fifty; a cursor that does not move, or a last page, ends it."""
    pages = [{"cursor": str(n), "perubahan": [], "lagi": True} for n in range(1, 60)]
    borrower.documents["/v1/rencana"] = list(pages)
    await fetch(store, borrower)
    assert borrower.cursors == ["", *map(str, range(1, 50))]

    borrower.cursors.clear()
    borrower.documents["/v1/rencana"] = [pages[49], pages[50]]
    await fetch(store, borrower)
    assert borrower.cursors == ["50"]

    borrower.cursors.clear()
    borrower.documents["/v1/rencana"] = [{"cursor": "99", "perubahan": [], "lagi": 1}]
    await fetch(store, borrower)
    assert borrower.cursors == ["50"]


@pytest.mark.parametrize(("seconds", "told"), [(300, False), (301, True), (-300, False), (-301, True)])
async def test_five_minutes_of_clock_are_nothing_to_tell(store: Store, borrower: Borrower, seconds: int, told: bool) -> None:
    """A clock is told to be wrong when it is more than five minutes off, either way."""
    found = await fetch(store, borrower, seconds=seconds)
    assert found.clock_skew == seconds
    assert bool(found.sentences) is told


async def test_another_schools_roster_is_not_mixed_in(store: Store, borrower: Borrower) -> None:
    """A school of another number is refused where there are teachers; into an empty roster it may come."""
    await fetch(store, borrower)
    borrower.documents["/v1/sekolah"] = SEKOLAH | {"npsn": "20599999"}

    found = await fetch(store, borrower)

    assert found.stop is not None
    assert (found.stop.kind, found.sekolah) == ("akses", False)
    assert "NPSN 20599999" in found.stop.reason
    assert "NPSN 20512345" in found.stop.reason
    kept = store.reference.get("sekolah")
    assert kept is not None
    assert b"20512345" in kept.body


@pytest.mark.parametrize("body", [b'{"npsn": 7}', b'{"npsn": "20599999"}'])
async def test_a_school_of_nobody_may_change(store: Store, borrower: Borrower, body: bytes) -> None:
    """A school that can no longer be read, or of which there is no teacher yet, is replaced."""
    store.reference.put("sekolah", "", body, MORNING)
    if b"7}" in body:
        store.roster.write([Pegawai(nama="Budi")])

    found = await fetch(store, borrower)
    assert (found.stop, found.sekolah) == (None, True)


async def test_a_roster_that_can_no_longer_be_read_told_nothing(store: Store, borrower: Borrower) -> None:
    """Where what the server told last is lost, our word stands against its own."""
    store.roster.write([Pegawai(nama="Budi Baru", nip=NIP)])
    store.reference.put("pegawai", "", b"{", MORNING)

    await fetch(store, borrower)

    assert "Budi Baru" in {p.nama for p in store.roster.all()}
