"""Decisions on a bad line: cut at every offset (quick: some), doubled, changed, answered by others; once in the end, or told."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from itertools import cycle
from pathlib import Path

import msgspec
import pytest

from pmm_tui.store import Store
from tests.faults.conftest import Count
from tests.faults.wire.conftest import Stage
from tests.faults.wire.disturbances import Disturbance
from tests.faults.wire.exhaustive import AT_ONCE
from tests.faults.wire.fault_world import snapshot
from tests.faults.wire.test_cuts import offsets_of
from tests.faults.wire.test_disturbances import ANSWER, KINDS
from tests.faults.wire.wire_kit import PERIODE, WireClient, copied, settings_for

MANY = 12

MakeHead = Callable[..., WireClient]


@pytest.fixture(scope="module")
def sealed(stage: Stage, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A head's store: every plan of the school read, and a decision about each sealed; the server holds the plans."""
    folder = tmp_path_factory.mktemp("kepala")
    stage.proxy.cleared()
    stage.witness.clear()
    operator = WireClient(copied(stage.store[MANY], folder / "operator.db"), settings_for(stage.proxy.url, stage.sekolah.token))
    head = WireClient(folder / "kepala.db", settings_for(stage.proxy.url, stage.sekolah.token_kepala))
    try:
        assert operator.send(AT_ONCE).sent == MANY
        assert head.pull().stop is None
        for pegawai in head.store.roster.all():
            if plan := head.store.decisions.plan(pegawai.id, PERIODE):
                head.store.decisions.mark_read(plan, head.clock())
                head.store.decisions.seal(pegawai, plan, "kembalikan", f"Catatan {pegawai.id}.", {}, head.clock())
        assert head.store.decisions.waiting() == MANY
    finally:
        operator.close()
        head.close()
    return folder / "kepala.db"


@pytest.fixture
def make_head(stage: Stage, sealed: Path, folder: Path) -> Iterator[MakeHead]:
    """Make a head whose decisions wait and whose server has none of them."""
    made: list[WireClient] = []

    def make(total: float = 5.0) -> WireClient:
        while made:
            made.pop().close()
        stage.proxy.cleared()
        stage.proxy.settled()
        undecide(stage)
        made.append(
            WireClient(copied(sealed, folder / "kepala.db"), settings_for(stage.proxy.url, stage.sekolah.token_kepala, total))
        )
        return made[-1]

    yield make
    while made:
        made.pop().close()
    stage.proxy.cleared()
    stage.proxy.settled()


def undecide(stage: Stage) -> None:
    """Take every decision off the server, so that the next case begins like the first."""
    with closing(sqlite3.connect(stage.server.database, timeout=20, isolation_level=None)) as connection:
        connection.executescript(
            "PRAGMA synchronous = OFF; BEGIN IMMEDIATE; DELETE FROM keputusan;"
            " UPDATE amplop SET status = 'diajukan', catatan = '', keputusan = ''; COMMIT;"
        )


def decided(stage: Stage) -> dict[str, tuple[str, bytes]]:
    """Receipt and bytes of each decision that the server ever stored, by its digest."""
    with closing(sqlite3.connect(stage.server.database, timeout=20)) as connection:
        return {
            sha256: (receipt, bytes(line))
            for sha256, receipt, line in connection.execute("SELECT sidik, tanda_terima, isi FROM keputusan")
        }


def true(stage: Stage, store: Store, *, same_receipts: bool = True) -> None:
    """What is called sent is there, with its receipt."""
    there = decided(stage)
    for entry in store.decisions.all():
        if entry.keadaan == "sent":
            assert entry.sha256 in there
            assert not same_receipts or there[entry.sha256][0] == entry.tanda_terima


def complete(stage: Stage, head: WireClient, *, same_receipts: bool = True) -> None:
    """Every decision is sent, and the server has these and nothing else, once each; every plan stands by its own."""
    stage.proxy.cleared()
    for _ in range(12):
        if not head.store.decisions.waiting():
            break
        head.clock.advance(hours=8)
        head.send(forced=False)
    entries = head.store.decisions.all()
    assert [entry.keadaan for entry in entries] == ["sent"] * MANY
    true(stage, head.store, same_receipts=same_receipts)
    assert {sha256: line for sha256, (_, line) in decided(stage).items()} == {entry.sha256: entry.line for entry in entries}
    with closing(sqlite3.connect(stage.server.database, timeout=20)) as connection:
        stand = connection.execute("SELECT keputusan, status FROM amplop").fetchall()
    assert sorted(stand) == sorted((entry.nomor, "dikembalikan") for entry in entries)


def chain(
    stage: Stage, make_head: MakeHead, faults: Iterable[Disturbance], *, total: float = 5.0, same_receipts: bool = True
) -> int:
    """Meet each fault with decisions that wait, and look after each; then send until quiet and compare."""
    met = 0
    head = make_head(total)
    for disturbance in faults:
        if not head.store.decisions.waiting():
            complete(stage, head, same_receipts=same_receipts)
            head = make_head(total)
        stage.proxy.cleared()
        stage.proxy.install(disturbance)
        head.store.reference.set_memo("kirim/batas", "")
        head.send(AT_ONCE)
        stage.proxy.settled()
        head.clock.advance(hours=8)
        true(stage, head.store, same_receipts=same_receipts)
        met += 1
    complete(stage, head, same_receipts=same_receipts)
    return met


@pytest.mark.parametrize("up", [True, False], ids=["request", "answer"])
def test_cut_anywhere(stage: Stage, make_head: MakeHead, up: bool, many: Count) -> None:
    """However much of request or answer arrives, each decision is there once in the end and none is called sent before."""
    head = make_head()
    assert head.send(AT_ONCE).decided == MANY
    stage.proxy.settled()
    passed = stage.proxy.history[-1]
    total, first = (passed.up, passed.head_up) if up else (passed.down, passed.head_down)
    manners = cycle(("akhir", "reset"))
    faults = [
        Disturbance(**{"cut_up" if up else "cut_down": at, "manner": next(manners)}) for at in offsets_of(total, first, many(97, 1))
    ]
    assert chain(stage, make_head, faults) >= 20


@pytest.mark.parametrize("kind", KINDS)
def test_each_kind_of_bad_line(stage: Stage, make_head: MakeHead, kind: str) -> None:
    """Doubled, delayed, in drops, silent: once in the end."""
    slow = KINDS[kind].manner == "diam" or "terlalu" in kind or kind in ("tertahan", "terlambat-sekali")
    chain(stage, make_head, [KINDS[kind]] * 2, total=0.3 if slow else 5.0)
    stage.proxy.release()


@pytest.mark.parametrize("save", [False, True], ids=["tak-sampai", "tersimpan"])
def test_answer_of_somebody_else(stage: Stage, make_head: MakeHead, save: bool) -> None:
    """A gateway's answer in place of the server's, before or after the server has stored everything."""
    chain(stage, make_head, [Disturbance(fake=answer, save=save) for answer in ANSWER.values()])


def test_changed_bytes(stage: Stage, make_head: MakeHead, many: Count) -> None:
    """A byte changed on its way makes nothing `sent` that is not, and nothing twice."""
    head = make_head()
    assert head.send(AT_ONCE).decided == MANY
    stage.proxy.settled()
    passed = stage.proxy.history[-1]
    turns = cycle((0x01, 0x20, 0x80, 0xFF))
    step = many(101, 1)
    for name, size in (("change_up", passed.up), ("change_down", passed.down)):
        chain(stage, make_head, [Disturbance(**{name: at}, xor=next(turns)) for at in range(step // 2, size, step)], total=0.6)


@pytest.mark.parametrize("before", [True, False], ids=["before-the-answer", "after-it"])
def test_the_program_dies_while_it_sends(stage: Stage, make_head: MakeHead, folder: Path, before: bool) -> None:
    """Killed with decisions on their way, the program started again sends the same bytes, and each is there once."""
    head = make_head()
    taken = folder / "mati.db"
    post = "post_decisions"
    plain = head.client

    def dying() -> object:
        client = plain()
        send = getattr(client, post)

        async def sending(lines: list[bytes]) -> object:
            if before:
                head.store.database.call(lambda: snapshot(head.path, taken))
            answer = await send(lines)
            if not before:
                head.store.database.call(lambda: snapshot(head.path, taken))
            return answer

        setattr(client, post, sending)
        return client

    head.client = dying  # type: ignore[method-assign]
    head.send(AT_ONCE)
    head.close()
    for ending in ("", "-wal"):
        Path(f"{head.path}{ending}").write_bytes(Path(f"{taken}{ending}").read_bytes())
    head.client = plain  # type: ignore[method-assign]
    head.store = Store.open(head.path)
    assert {entry.keadaan for entry in head.store.decisions.all()} == {"unknown"}
    complete(stage, head)


def test_two_heads_decide_otherwise_on_a_bad_line(
    stage: Stage, make_head: MakeHead, folder: Path, sealed: Path, many: Count
) -> None:
    """Both send against each other while the line breaks: of each plan one decision stands, and the other head is told."""
    for cut in range(0, 1200, many(400, 40)):
        one = make_head()
        other = WireClient(copied(sealed, folder / "lain.db"), settings_for(stage.proxy.url, stage.sekolah.token_kepala))
        try:
            for pegawai in other.store.roster.all():
                if plan := other.store.decisions.plan(pegawai.id, PERIODE):
                    other.store.decisions.seal(pegawai, plan, "setujui", "", {}, other.clock())
            stage.proxy.install(Disturbance(cut_down=cut, manner="reset"))
            one.send(AT_ONCE)
            other.send(AT_ONCE)
            stage.proxy.cleared()
            for head in (one, other):
                head.clock.advance(hours=8)
                head.send()
            states = [
                {entry.pegawai_id: entry.keadaan for entry in head.store.decisions.newest(PERIODE).values()}
                for head in (one, other)
            ]
            assert len(decided(stage)) == MANY
            for pegawai_id in states[0]:
                assert sorted(state[pegawai_id] for state in states) == ["conflict", "sent"]
            for head in (one, other):
                true(stage, head.store)
        finally:
            other.close()


def test_controls_the_witness_sees_what_is_not_there(stage: Stage, make_head: MakeHead) -> None:
    """The looks above would notice: a decision that the server lost, and one more than was sealed."""
    head = make_head()
    complete(stage, head)
    with closing(sqlite3.connect(stage.server.database, isolation_level=None)) as connection:
        connection.execute("DELETE FROM keputusan WHERE rowid = (SELECT min(rowid) FROM keputusan)")
    with pytest.raises(AssertionError):
        true(stage, head.store)
    with pytest.raises(AssertionError):
        complete(stage, head)
    assert msgspec.json.decode(next(iter(decided(stage).values()))[1])["keputusan"] == "kembalikan"
