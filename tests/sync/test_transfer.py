"""By file between laptops, heads and the reference server: every plan there once, at the right school, and its receipt back."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import httpx
import pytest
from msgspec.structs import replace

from pmm_tui.errors import InputError, StorageError
from pmm_tui.services import transfer, transfer_disk
from pmm_tui.services.transfer import Taken, WriteReport
from pmm_tui.skp.plan_state import State
from pmm_tui.store.outbox_entry import Conflict, Rejected, Sent
from pmm_tui.sync.http.line import Limits
from pmm_tui.sync.transfer_send import Carried
from tests.server.sample_school import NIP, OTHER_NIP, complete_plan
from tests.sync.parcels import PASSPHRASE, cheap_keys, opened, rewritten
from tests.sync.two_laptops import NOW, NPSN, OTHER_NPSN, PERIODE, TEACHERS, Laptop, Server, World
from tests.sync.world import problem

pytestmark = pytest.mark.anyio

FIRST, SECOND = complete_plan("penerapan-disiplin-positif"), complete_plan("keteraturan-suasana-kelas")


@pytest.fixture(autouse=True)
def _cheap(monkeypatch: pytest.MonkeyPatch) -> None:
    cheap_keys(monkeypatch)


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    """The file on the stick, not written yet."""
    (tmp_path / "usb").mkdir()
    return tmp_path / "usb" / "kiriman.pmm"


def school(world: World, *plans: str) -> tuple[Server, Laptop, Laptop]:
    """A server, a laptop without a network on which plans of these teachers wait, and one with network and without records."""
    server = world.server()
    token = server.school()
    away, near = world.laptop(server, token), world.laptop(server, token)
    away.store.roster.write(TEACHERS)
    for nip in plans or (NIP, OTHER_NIP):
        away.write(FIRST, nip=nip)
        assert away.submit(nip=nip).result == "antre"
    return server, away, near


def write(laptop: Laptop, stick: Path, **more: bool) -> WriteReport:
    """`kirim --ke-berkas`."""
    return transfer.write_file(laptop.store, stick, PASSPHRASE, NPSN, PERIODE, NOW, **more)


async def send(laptop: Laptop, stick: Path) -> Carried:
    """`kirim --dari-berkas`."""
    return await transfer.send_file(stick, PASSPHRASE, laptop.client)


def take(laptop: Laptop, stick: Path, npsn: str = NPSN, **more: bool) -> Taken:
    """`terima`."""
    return transfer.take_file(laptop.store, stick, PASSPHRASE, npsn, **more)


def posts(server: Server) -> int:
    """How many batches the server was sent."""
    return sum(request.method == "POST" for request in server.requests)


async def test_the_whole_way(world: World, stick: Path) -> None:
    """Written, sent elsewhere, taken back: the plans are sent with the server's receipts, and the other laptop knows nothing."""
    server, away, near = school(world)
    report = write(away, stick)
    assert (report.plans, report.decisions, report.asked, report.later) == (2, 0, 0, 0)
    assert report.size == stick.stat().st_size
    assert away.states() == ["unknown", "unknown"]
    assert away.store.outbox.waiting() == 2

    carried = await send(near, stick)
    assert (carried.report.sent, carried.report.waiting, carried.report.stop) == (2, 0, None)
    assert near.store.outbox.all() == near.store.roster.all() == ()
    assert near.store.reference.memo("kirim/server") is None

    taken = take(away, stick)
    assert (taken.count(Sent), len(taken.news), taken.foreign, taken.unanswered) == (2, 2, 0, 0)
    assert away.states() == ["sent", "sent"]
    held = {bytes(line) for *_, line in server.held()}
    assert held == {entry.line for entry in away.store.outbox.all()}
    assert all(entry.tanda_terima.startswith("R-") for entry in away.store.outbox.all())
    assert (await away.pull()).stop is None
    assert away.states() == ["sent", "sent"]


async def test_each_step_twice_changes_nothing(world: World, stick: Path) -> None:
    """Written twice, sent twice, taken twice: one envelope each on the server, one receipt each here."""
    server, away, near = school(world)
    write(away, stick)
    write(away, stick)
    await send(near, stick)
    sent = posts(server)
    again = await send(near, stick)
    assert (again.report.sent, again.news, posts(server)) == (0, 0, sent)
    take(away, stick)
    before = away.store.outbox.all()
    taken = take(away, stick)
    assert (taken.anything, taken.again) == (False, 2)
    assert away.store.outbox.all() == before
    assert server.revisions() == [(1, 0), (1, 0)]


async def test_a_lost_file_loses_nothing(world: World, stick: Path) -> None:
    """What went into a file that never came back goes by network with the same bytes; the late file is harmless."""
    server, away, near = school(world)
    write(away, stick)
    await send(near, stick)
    assert (await away.send()).sent == 2
    assert away.states() == ["sent", "sent"]
    assert take(away, stick).again == 2
    assert server.revisions() == [(1, 0), (1, 0)]


async def test_a_newer_revision_builds_on_what_went_into_a_file(world: World, stick: Path) -> None:
    """A plan edited while its file is away follows it, and is in no conflict with it."""
    server, away, near = school(world, NIP)
    write(away, stick)
    away.write(SECOND)
    assert away.submit().result == "antre"
    assert away.states() == ["unknown", "queued"]
    assert write(away, stick).later == 1
    await send(near, stick)
    take(away, stick)
    assert away.states() == ["sent", "queued"]
    assert write(away, stick).plans == 1
    await send(near, stick)
    assert take(away, stick).count(Sent) == 1
    assert server.revisions() == [(1, 0), (2, 1)]


async def test_another_schools_token_sends_nothing(world: World, stick: Path) -> None:
    """The school is asked before the first plan leaves, and the file stays as it was."""
    server, away, _ = school(world)
    write(away, stick)
    elsewhere = world.laptop(server, server.school(OTHER_NPSN))
    carried = await send(elsewhere, stick)
    assert carried.report.stop is not None
    assert carried.report.stop.kind == "akses"
    assert (NPSN in carried.report.stop.reason, OTHER_NPSN in carried.report.stop.reason) == (True, True)
    assert (posts(server), server.held(), server.held(OTHER_NPSN)) == (0, [], [])
    assert opened(stick).waiting == (2, 0)


async def test_another_schools_records_take_nothing(world: World, stick: Path) -> None:
    """A file of another school is refused with both numbers, before anything is read from it into the records."""
    _, away, near = school(world)
    write(away, stick)
    await send(near, stick)
    before = away.store.outbox.all()
    with pytest.raises(InputError, match=f"NPSN {NPSN}.*NPSN {OTHER_NPSN}"):
        take(away, stick, OTHER_NPSN)
    assert away.store.outbox.all() == before


async def test_lines_of_other_records_are_told_and_left(world: World, stick: Path) -> None:
    """A second laptop of the school that takes the first one's file has nothing of it."""
    _, away, near = school(world)
    write(away, stick)
    await send(near, stick)
    near.store.roster.write(TEACHERS)
    taken = take(near, stick)
    assert (taken.foreign, taken.anything) == (2, False)
    assert near.states() == []


async def test_refusals_and_conflicts_come_back(world: World, stick: Path) -> None:
    """What the server refuses, or holds otherwise, is told here with its reasons, as after a batch over the network."""
    server, away, near = school(world)
    other = world.laptop(server, server.school())
    await other.pull()
    await other.hand_in(SECOND, nip=NIP)
    bare = replace(FIRST, rangkuman=replace(FIRST.rangkuman, dikonfirmasi_guru=False))
    pegawai = away.teacher(OTHER_NIP)
    away.store.outbox.seal(pegawai, PERIODE, bare, 9, NOW, NPSN)
    write(away, stick)
    carried = await send(near, stick)
    assert (carried.report.rejected, carried.report.conflict) == (1, 1)
    assert opened(stick).waiting == (0, 0)
    taken = take(away, stick)
    assert (taken.count(Rejected), taken.count(Conflict)) == (1, 1)
    by_teacher = {entry.pegawai_id: entry for entry in away.store.outbox.all() if entry.keadaan != "superseded"}
    assert by_teacher[away.teacher(NIP).id].keadaan == "conflict"
    refused = by_teacher[pegawai.id]
    assert (refused.keadaan, bool(refused.masalah[0].pesan)) == ("rejected", True)


async def test_a_heads_decisions_travel_too(world: World, stick: Path) -> None:
    """A head without a network decides; another computer sends it, and the operator hears of it by a file of his own."""
    server, away, near = school(world, NIP)
    head = world.laptop(server, server.head())
    assert (await away.send()).sent == 1
    await head.pull()
    head.read()
    assert head.decide("kembalikan", "Tambah satu RHK.").result == "antre"
    report = write(head, stick)
    assert (report.plans, report.decisions) == (0, 1)
    assert not head.store.decisions.withdraw(head.teacher().id, PERIODE)  # it may be sent at any time

    carried = await transfer.send_file(stick, PASSPHRASE, head.client)
    assert (carried.report.decided, carried.report.stop) == (1, None)
    assert take(head, stick).count(Sent, of="decisions") == 1
    assert head.decision_states() == ["sent"]
    assert server.decisions() == [(NIP, 1, "kembalikan", "Tambah satu RHK.")]

    asking = stick.with_name("tanya.pmm")
    report = write(away, asking)
    assert (report.plans, report.asked) == (0, 1)
    assert (await send(near, asking)).news == 1
    assert take(away, asking, dry_run=True).anything
    assert away.state() is State.SENT
    assert len(take(away, asking).news) == 1
    assert away.state() is State.RETURNED
    told = away.store.decisions.plan(away.teacher().id, PERIODE)
    assert told is not None
    assert told.catatan == "Tambah satu RHK."
    assert not take(away, asking).anything


async def test_decisions_need_a_heads_token(world: World, stick: Path) -> None:
    """An operator's token sends no decision: that is said, and the decision stays in the file for another try."""
    server, away, near = school(world, NIP)
    head = world.laptop(server, server.head())
    await away.send()
    await head.pull()
    head.read()
    head.decide("setujui")
    write(head, stick)
    carried = await send(near, stick)
    assert carried.report.stop is not None
    assert carried.report.stop.kind == "akses"
    assert opened(stick).waiting == (0, 1)
    assert (await transfer.send_file(stick, PASSPHRASE, head.client)).report.decided == 1


async def test_an_older_file_changes_nothing_back(world: World, stick: Path) -> None:
    """A file that tells how a plan stood before, taken after a newer one, leaves what is known."""
    server, away, near = school(world, NIP)
    write(away, stick)
    await send(near, stick)
    old = stick.with_name("lama.pmm")
    old.write_bytes(stick.read_bytes())
    take(away, stick)
    head = world.laptop(server, server.head())
    await head.pull()
    head.read()
    head.decide("kembalikan", "Tambah.")
    await head.send()
    content = opened(stick)
    later = replace(
        content.plans[0].news, status="dikembalikan", catatan="Tambah.", waktu="2026-01-09T02:00:00Z", keputusan="k" * 20
    )
    rewritten(stick, replace(content, plans=(replace(content.plans[0], news=later),)))
    assert len(take(away, stick).news) == 1
    assert away.state() is State.RETURNED
    assert not take(away, old).anything
    assert away.state() is State.RETURNED


async def test_results_about_other_plans_settle_nothing(world: World, stick: Path) -> None:
    """Receipts exchanged between two plans, or with another revision or digest, are counted as doubtful and not recorded."""
    _, away, near = school(world)
    write(away, stick)
    await send(near, stick)
    content = opened(stick)
    one, two = content.plans
    assert one.result is not None
    assert two.result is not None
    swapped = replace(one, result=two.result), replace(two, result=one.result)
    for plans in (
        swapped,
        tuple(replace(plan, result=replace(plan.result, revisi=2)) for plan in content.plans),
        tuple(replace(plan, result=replace(plan.result, sha256="0" * 64)) for plan in content.plans),
        tuple(replace(plan, result=replace(plan.result, pegawai={"nip": "1" * 18})) for plan in content.plans),
        tuple(replace(plan, result=replace(plan.result, tanda_terima=" ")) for plan in content.plans),
    ):
        rewritten(stick, replace(content, plans=plans))
        taken = take(away, stick)
        assert (taken.doubtful, taken.plans) == (2, {})
        assert away.states() == ["unknown", "unknown"]


async def test_the_line_breaks_and_comes_back(world: World, stick: Path) -> None:
    """After trouble the answered plans have their results in the file, and the next run sends only the others."""
    server, away, near = school(world)
    write(away, stick)
    answers: list[httpx.Response | None] = [None, None, problem(503, type="/problems/penuh")]
    server.between = lambda _: answers.pop(0) if answers else None
    carried = await transfer.send_file(stick, PASSPHRASE, near.client, limits=Limits(envelopes=1, max_envelopes=1))
    assert (carried.report.sent, carried.report.waiting) == (1, 1)
    assert carried.report.stop is not None
    assert opened(stick).waiting == (1, 0)
    again = await send(near, stick)
    assert (again.report.sent, again.report.stop) == (1, None)
    assert take(away, stick).count(Sent) == 2
    assert server.revisions() == [(1, 0), (1, 0)]


async def test_a_stick_that_is_pulled_out_between_batches(world: World, stick: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The receipt that could not be written is got again: the same bytes, stored once."""
    server, away, near = school(world)
    write(away, stick)
    real: Callable[[Path, bytes], None] = transfer_disk.write_bytes
    writes: list[int] = []

    def pulled(path: Path, content: bytes) -> None:
        writes.append(1)
        if len(writes) > 1:
            raise StorageError(f"{path}: tidak dapat ditulis (perangkatnya rusak atau terlepas).")
        real(path, content)

    monkeypatch.setattr(transfer, "write_bytes", pulled)
    with pytest.raises(StorageError, match="tidak terkirim dua kali"):
        await send(near, stick)
    assert opened(stick).waiting == (2, 0)
    assert len(server.held()) == 2
    monkeypatch.setattr(transfer, "write_bytes", real)
    assert (await send(near, stick)).report.sent == 2
    assert take(away, stick).count(Sent) == 2
    assert server.revisions() == [(1, 0), (1, 0)]


async def test_a_stick_that_cannot_be_written_sends_nothing(world: World, stick: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where no receipt could be written, nothing leaves."""
    server, away, near = school(world)
    write(away, stick)

    def protected(path: Path, _: bytes) -> None:
        raise StorageError(f"{path}: tidak dapat ditulis (hanya dapat dibaca).")

    monkeypatch.setattr(transfer, "write_bytes", protected)
    with pytest.raises(StorageError):
        await send(near, stick)
    assert (server.requests, server.held()) == ([], [])


async def test_a_receipt_of_a_server_that_lost_it(world: World, stick: Path) -> None:
    """A receipt is of the server as it was; the next fetch that does not tell the plan sends it again."""
    server, away, near = school(world, NIP)
    backup = world.folder / "backup.db"
    server.copy(backup)
    write(away, stick)
    await send(near, stick)
    server.put_back(backup)
    take(away, stick)
    assert away.states() == ["sent"]
    assert (await away.pull()).stop is None
    assert away.states() == ["unknown"]
    assert (await away.send()).sent == 1
    take(away, stick)
    assert server.revisions() == [(1, 0)]
