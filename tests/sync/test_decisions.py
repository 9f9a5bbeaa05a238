"""Decisions on their way, between an operator, heads and the reference server: none lost, none twice, none by surprise."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

import httpx
import msgspec
import pytest
from msgspec.structs import replace

from pmm_tui.errors import InputError
from pmm_tui.services.decision_words import QueueState
from pmm_tui.services.decisions import queue
from pmm_tui.skp.plan_state import State
from pmm_tui.store.decision_settle import STATUS
from tests.server.sample_school import NIP, OTHER_NIP, complete_plan
from tests.sync.two_laptops import NPSN, OTHER_NPSN, Laptop, Server, World, changed
from tests.sync.world import problem

pytestmark = pytest.mark.anyio

FIRST = complete_plan("penerapan-disiplin-positif")
SECOND = complete_plan("keteraturan-suasana-kelas")


async def _school(world: World, heads: int = 1) -> tuple[Server, Laptop, list[Laptop]]:
    """An operator who has handed one plan in, and heads who have fetched it."""
    server = world.server()
    operator = world.laptop(server, server.school())
    desks = [world.laptop(server, server.head()) for _ in range(heads)]
    await operator.pull()
    assert (await operator.hand_in(FIRST)).sent == 1
    for head in desks:
        assert (await head.pull()).stop is None
    return server, operator, desks


async def test_the_whole_way(world: World) -> None:
    """Read, sent back, mended, read again, approved, opened again: both sides and the server agree at each step."""
    server, operator, (head,) = await _school(world)
    assert (head.desk().state, head.desk().opened) == (QueueState.WAITING, False)
    assert head.desk(nip=OTHER_NIP).state is QueueState.MISSING
    assert head.read().changes == ()
    assert head.decide("kembalikan", "Tambah satu RHK.").result == "antre"
    assert (head.desk().state, head.desk().pending, head.desk().note) == (QueueState.RETURNED, True, "Tambah satu RHK.")
    assert operator.state() is State.SENT

    assert (await head.send()).decided == 1
    await operator.pull()
    assert (head.desk().pending, operator.state()) == (False, State.RETURNED)
    told = operator.store.decisions.plan(operator.teacher().id, "2026")
    assert told is not None
    assert (told.status, told.catatan, told.waktu) == ("dikembalikan", "Tambah satu RHK.", "2026-01-08T02:00:00Z")

    await operator.hand_in(SECOND)
    await head.pull()
    assert (head.desk().state, head.desk().opened) == (QueueState.WAITING, False)
    sheet = head.read()
    assert sheet.read_before == 1
    assert [one.section for one in sheet.changes] == ["praktik_pembelajaran"]
    assert head.decide("setujui", expectations={"kompeten": "Berbagi di KKG."}).result == "antre"
    await head.send()
    await operator.pull()
    assert (head.desk().state, operator.state()) == (QueueState.APPROVED, State.APPROVED)
    told = operator.store.decisions.plan(operator.teacher().id, "2026")
    assert told is not None
    assert told.ekspektasi == {"kompeten": "Berbagi di KKG."}

    assert head.decide("buka", "Guru pindah tugas.").result == "antre"
    await head.send()
    await operator.pull()
    assert (head.desk().state, operator.state()) == (QueueState.RETURNED, State.RETURNED)
    assert server.decisions() == [
        (NIP, 1, "kembalikan", "Tambah satu RHK."),
        (NIP, 2, "setujui", ""),
        (NIP, 2, "buka", "Guru pindah tugas."),
    ]
    await head.pull()
    assert (await head.pull()).news == ()


def _no_network(_: httpx.Request) -> httpx.Response | None:
    raise httpx.ConnectError("down")


async def test_decisions_are_taken_without_network(world: World) -> None:
    """Several wait, of one plan only the last; they go in one request when the line is there again."""
    server, operator, (head,) = await _school(world)
    await operator.hand_in(SECOND, nip=OTHER_NIP)
    await head.pull()
    head.read()
    head.read(nip=OTHER_NIP)
    server.between = _no_network
    head.decide("setujui")
    head.decide("kembalikan", "Kurang.")
    head.decide("setujui", nip=OTHER_NIP)
    assert head.decision_states() == ["superseded", "queued", "queued"]
    report = await head.send()
    assert report.stop is not None
    assert "2 keputusan aman di komputer ini" in report.stop.reason
    assert head.decision_states() == ["superseded", "queued", "queued"]

    server.between = lambda _: None
    server.requests.clear()
    assert (await head.send()).decided == 2

    assert [request.url.path for request in server.requests if request.method == "POST"] == ["/v1/keputusan"]
    assert sorted(server.decisions()) == sorted([(NIP, 1, "kembalikan", "Kurang."), (OTHER_NIP, 1, "setujui", "")])
    assert (await head.send()).decided == 0


def _cut(server: Server, *, after: bool) -> None:
    """Let the next request with decisions break, before or after the server has stored them."""

    def before(request: httpx.Request) -> httpx.Response | None:
        if request.url.path == "/v1/keputusan":
            raise httpx.ReadError("reset")
        return None

    def then(request: httpx.Request, answered: httpx.Response) -> httpx.Response:
        if request.url.path == "/v1/keputusan":
            raise httpx.ReadError("reset")
        return answered

    if after:
        server.change = then
    else:
        server.between = before


@pytest.mark.parametrize("after", [False, True])
async def test_an_answer_that_is_lost(world: World, after: bool) -> None:
    """Whether it arrived is unknown: the same bytes go again, the first receipt comes, and the server has one decision."""
    server, _, (head,) = await _school(world)
    head.read()
    head.decide("setujui")
    (sealed,) = head.store.decisions.all()
    _cut(server, after=after)
    assert (await head.send()).decided == 0
    assert head.decision_states() == ["unknown"]
    assert len(server.decisions()) == after

    server.between, server.change = lambda _: None, lambda _, answered: answered
    assert (await head.send()).decided == 1

    (entry,) = head.store.decisions.all()
    assert (entry.line, entry.keadaan, entry.percobaan) == (sealed.line, "sent", 2)
    assert entry.tanda_terima.startswith("K-")
    assert server.decisions() == [(NIP, 1, "setujui", "")]


async def test_what_builds_on_one_that_may_have_arrived_goes_after_it(world: World) -> None:
    """The head changes their mind while the first is unknown: both go, in their order, and the last one stands."""
    server, _, (head,) = await _school(world)
    head.read()
    head.decide("setujui")
    _cut(server, after=True)
    await head.send()
    assert head.decide("kembalikan", "Ternyata kurang.").result == "antre"
    assert head.decision_states() == ["unknown", "queued"]

    server.change = lambda _, answered: answered
    assert (await head.send()).decided == 2

    assert server.decisions() == [(NIP, 1, "setujui", ""), (NIP, 1, "kembalikan", "Ternyata kurang.")]
    assert head.desk().state is QueueState.RETURNED


async def test_a_plan_that_moved_on_is_not_decided(world: World) -> None:
    """The head decided on revision 1 while the operator sent 2: a conflict, the newer one is fetched and has to be read first."""
    server, operator, (head,) = await _school(world)
    head.read()
    head.decide("setujui")
    await operator.hand_in(SECOND)

    report = await head.send()

    assert (report.decided, report.undecided) == (0, 1)
    assert server.decisions() == []
    row = head.desk()
    assert (row.state, row.opened) == (QueueState.WAITING, False)
    assert row.plan is not None
    assert (row.plan.revisi, bool(row.plan.line)) == (2, True)
    assert "revisi 2" in row.trouble
    assert head.decide("setujui").result == "ditolak"
    assert [one.section for one in head.read().changes] == ["praktik_pembelajaran"]
    assert head.decide("setujui").result == "antre"
    assert (await head.send()).decided == 1
    assert server.decisions() == [(NIP, 2, "setujui", "")]
    assert head.desk().trouble == ""


async def test_two_heads_at_once(world: World) -> None:
    """Both decide without a line, and otherwise: one stands, the other is told, and nothing is replaced unseen."""
    server, _, (one, other) = await _school(world, heads=2)
    for head in (one, other):
        head.read()
    one.decide("setujui")
    other.decide("kembalikan", "Kurang.")
    reports = await asyncio.gather(one.send(), other.send())

    assert sorted((report.decided, report.undecided) for report in reports) == [(0, 1), (1, 0)]
    loser = one if reports[0].undecided else other
    (stands,) = server.decisions()
    await loser.pull()
    assert STATUS[stands[2]] in loser.desk().trouble
    assert loser.desk().state.key == STATUS[stands[2]]


async def test_two_heads_of_one_mind(world: World) -> None:
    """The second who says the same is told that it stands; the server has one decision."""
    server, _, (one, other) = await _school(world, heads=2)
    for head in (one, other):
        head.read()
        head.decide("setujui")
    assert [(await head.send()).decided for head in (one, other)] == [1, 1]
    assert server.decisions() == [(NIP, 1, "setujui", "")]
    await other.pull()
    assert (other.desk().state, other.desk().trouble) == (QueueState.APPROVED, "")


async def test_another_schools_token_decides_nothing(world: World) -> None:
    """The head's token was exchanged for another school's: nothing goes, and it waits."""
    server, _, (head,) = await _school(world)
    server.school(OTHER_NPSN)
    head.read()
    head.decide("setujui")
    ours, head.token = head.token, server.head(OTHER_NPSN)

    report = await head.send()

    assert report.stop is not None
    assert OTHER_NPSN in report.stop.reason
    assert (server.decisions(NPSN), server.decisions(OTHER_NPSN), head.decision_states()) == ([], [], ["queued"])
    head.token = ours
    assert (await head.send()).decided == 1


async def test_an_operators_token_decides_nothing(world: World) -> None:
    """What waits stays, as it was, until a head's token is there; no byte of it was believed to have arrived."""
    server, operator, (head,) = await _school(world)
    head.read()
    head.decide("setujui")
    token, head.token = head.token, operator.token
    report = await head.send()
    assert report.stop is not None
    assert (report.stop.status, report.decided, server.decisions()) == (403, 0, [])
    head.token = token
    assert (await head.send()).decided == 1


async def test_a_head_who_may_not_submit_still_decides(world: World) -> None:
    """A plan that waits on the same computer is refused by the role and stays; the decision goes all the same."""
    server, _, (head,) = await _school(world)
    head.read()
    head.decide("setujui")
    head.write(SECOND, nip=OTHER_NIP)
    head.submit(nip=OTHER_NIP)

    report = await head.send()

    assert (report.decided, report.sent, report.waiting) == (1, 0, 1)
    assert report.stop is not None
    assert report.stop.status == 403
    assert server.decisions() == [(NIP, 1, "setujui", "")]


async def test_a_token_of_both_roles_does_both(world: World) -> None:
    """Plans first, then decisions, in one run."""
    server, _, _ = await _school(world)
    both = world.laptop(server, server.head(role="keduanya"))
    await both.pull()
    both.read()
    both.decide("setujui")
    both.write(SECOND, nip=OTHER_NIP)
    assert both.submit(nip=OTHER_NIP).result == "antre"
    report = await both.send()
    assert (report.sent, report.decided, report.stop) == (1, 1, None)


async def test_after_a_restored_server_the_decision_goes_again(world: World) -> None:
    """The server forgot it and tells the plan without: the same bytes go again, and all agree."""
    server, operator, (head,) = await _school(world)
    head.read()
    server.copy(world.folder / "backup.db")
    head.decide("setujui")
    await head.send()
    decided = server.decisions()

    server.put_back(world.folder / "backup.db")
    assert server.decisions() == []
    await head.pull()
    assert head.decision_states() == ["unknown"]
    assert (await head.send()).decided == 1

    assert server.decisions() == decided
    await operator.pull()
    assert operator.state() is State.APPROVED


async def test_after_a_restored_server_a_chain_goes_again_in_order(world: World) -> None:
    """Approved and opened again, and both forgotten: both go, and the plan stands as before."""
    server, _, (head,) = await _school(world)
    head.read()
    server.copy(world.folder / "backup.db")
    head.decide("setujui")
    await head.send()
    head.decide("buka", "Salah tekan.")
    await head.send()
    decided = server.decisions()
    server.put_back(world.folder / "backup.db")

    await head.pull()
    assert (await head.send()).decided == 2

    assert server.decisions() == decided
    assert head.desk().state is QueueState.RETURNED


async def test_what_a_later_head_decided_is_no_loss(world: World) -> None:
    """Another head's later decision is news: ours stays sent, and is never sent again over theirs."""
    server, _, (one, other) = await _school(world, heads=2)
    one.read()
    one.decide("setujui")
    await one.send()
    await other.pull()
    other.read()
    other.decide("buka", "Periksa SK.")
    await other.send()

    await one.pull()
    assert one.decision_states() == ["sent"]
    assert (one.desk().state, one.desk().note) == (QueueState.RETURNED, "Periksa SK.")
    await one.send()
    assert [decision for _, _, decision, _ in server.decisions()] == ["setujui", "buka"]


async def test_a_late_receipt_does_not_hide_a_later_decision(world: World) -> None:
    """Ours may have arrived, another head opened the plan since and we know: a receipt that comes late changes nothing."""
    server, _, (one, other) = await _school(world, heads=2)
    one.read()
    one.decide("setujui")
    _cut(server, after=True)
    await one.send()
    server.change = lambda _, answered: answered
    await other.pull()
    other.read()
    other.decide("buka", "Periksa SK.")
    await other.send()
    await one.pull()

    assert (await one.send()).decided == 1

    assert (one.desk().state, one.desk().note) == (QueueState.RETURNED, "Periksa SK.")


async def test_an_older_server_is_told(world: World) -> None:
    """A server that knows no such call leaves the decision where it is, and the operator is told what is missing."""
    server, _, (head,) = await _school(world)
    head.read()
    head.decide("setujui")
    server.between = lambda request: problem(404) if request.url.path == "/v1/keputusan" else None
    report = await head.send()
    assert report.stop is not None
    assert "minta pengelolanya memperbarui server" in report.stop.reason
    assert (report.decisions_waiting, report.decisions_deferred) == (1, 1)


@pytest.mark.parametrize(
    "wrong",
    [
        lambda body: body.replace(b'"revisi":1', b'"revisi":2'),
        lambda body: body.replace(b'"sha256":"', b'"sha256":"0'),
        lambda body: body.replace(b'"tanda_terima":"K-', b'"tanda_terima":"","x":"'),
        lambda body: body.replace(b'"periode":"2026"', b'"periode":"2025"'),
        lambda body: body.replace(NIP.encode(), OTHER_NIP.encode()),
        lambda body: b'{"hasil":[]}',
        lambda body: body.replace(b'"hasil":[', b'"hasil":[' + body[len(b'{"hasil":[') : -2] + b","),
    ],
)
async def test_only_a_receipt_of_ours_counts(world: World, wrong: Callable[[bytes], bytes]) -> None:
    """An answer that names something else, names it twice or has no receipt settles nothing; the true one does."""
    server, _, (head,) = await _school(world)
    head.read()
    head.decide("setujui")
    server.change = lambda request, answered: changed(answered, wrong) if request.url.path == "/v1/keputusan" else answered
    assert (await head.send()).decided == 0
    assert head.decision_states() == ["unknown"]
    server.change = lambda _, answered: answered
    assert (await head.send()).decided == 1
    assert server.decisions() == [(NIP, 1, "setujui", "")]


async def test_what_the_server_refuses_is_told(world: World) -> None:
    """A refusal stands in the list with its reason, goes no second time, and a new decision takes its place."""
    server, _, (head,) = await _school(world)
    head.read()
    head.decide("setujui")

    def refuse(request: httpx.Request, answered: httpx.Response) -> httpx.Response:
        if request.url.path != "/v1/keputusan":
            return answered
        return changed(
            answered,
            lambda body: body.replace(b'"tersimpan"', b'"ditolak"').replace(
                b'"masalah":[]', b'"masalah":[{"pointer":"","kode":"x","pesan":"Tidak sekarang."}]'
            ),
        )

    server.between = lambda request: None
    server.change = refuse
    report = await head.send()
    assert (report.undecided, head.decision_states()) == (1, ["rejected"])
    assert "Tidak sekarang." in head.desk().trouble
    server.change = lambda _, answered: answered
    assert (await head.send()).decided == 0


async def test_a_list_of_the_desk_leaves_the_head_out(world: World) -> None:
    """Nobody decides on their own plan: the head is not in the list."""
    _, _, (head,) = await _school(world)
    assert {row.pegawai.nip for row in queue(head.store, head.in_force())} == {NIP, OTHER_NIP}
    setup = head.in_force()
    ours = replace(setup, sekolah=replace(setup.sekolah, kepala_sekolah=replace(setup.sekolah.kepala_sekolah, nip=NIP)))
    assert {row.pegawai.nip for row in queue(head.store, ours)} == {OTHER_NIP}


def _asked(server: Server) -> list[str]:
    """The plans that were asked for one by one."""
    return [request.url.path for request in server.requests if request.url.path.startswith("/v1/rencana/")]


async def test_a_head_fetches_all_plans_in_one_answer(world: World) -> None:
    """The list of changes brings every content; what comes later as well, and nothing is asked for one by one."""
    server, operator, _ = await _school(world, heads=0)
    await operator.hand_in(SECOND, nip=OTHER_NIP)
    head = world.laptop(server, server.head())
    server.requests.clear()
    found = await head.pull()
    assert (found.stop, found.sentences, _asked(server)) == (None, (), [])
    assert found.news == ("2 rencana dari komputer lain diambil dari server.",)
    assert [bool(head.desk(nip=nip).plan.line) for nip in (NIP, OTHER_NIP) if head.desk(nip=nip).plan] == [True, True]  # type: ignore[union-attr]
    assert {line for _, _, _, _, line in server.held()} == {plan.line for plan in head.store.decisions.desk("2026", content=True)}
    await operator.hand_in(FIRST, nip=OTHER_NIP)
    await head.pull()
    assert _asked(server) == []
    assert head.read(nip=OTHER_NIP).plan.revisi == 2


async def test_an_operator_asks_as_before(world: World) -> None:
    """Whose token is no head's gets changes without contents: most of them are their own plans."""
    server, operator, _ = await _school(world, heads=0)
    colleague = world.laptop(server, operator.token)
    server.requests.clear()
    await colleague.pull()
    assert not [request for request in server.requests if "isi" in request.url.params]
    assert len(_asked(server)) == 1


@pytest.mark.parametrize("kind", ["older server", "a key twice", "another content"])
async def test_what_does_not_come_with_the_changes_is_asked_for(world: World, kind: str) -> None:
    """A server that leaves contents out, or sends what cannot be believed, is asked for each plan, as by everybody else."""
    server, _, _ = await _school(world, heads=0)

    def spoiled(body: bytes) -> bytes:
        if kind == "a key twice":
            return body.replace(b'"amplop":{', b'"amplop":{"periode":"2026",')
        if kind == "another content":
            return body.replace(b'"sesuai":true', b'"sesuai":false')
        page = msgspec.json.decode(body)
        for change in page["perubahan"]:
            change.pop("amplop", None)
        return msgspec.json.encode(page)

    def change(request: httpx.Request, answered: httpx.Response) -> httpx.Response:
        return changed(answered, spoiled) if request.url.params.get("isi") else answered

    server.change = change
    head = world.laptop(server, server.head())
    assert (await head.pull()).stop is None
    if kind == "another content":  # kept as it came, as from the plan's own call; nobody decides on it
        with pytest.raises(InputError, match="bukan yang dipegang server"):
            head.read()
        assert head.decide("setujui").result == "ditolak"
        return
    assert len(_asked(server)) == 1
    (plan,) = head.store.decisions.desk("2026", content=True)
    assert plan.line == server.held()[0][4]
