"""The outbox of decisions: frozen, logged, taken back, brought back; and what a head has read."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest

from pmm_tui.skp.decision import open_decision
from pmm_tui.skp.model import Pegawai
from pmm_tui.skp.wire import Change, Held, Keputusan, WireMasalah, digest
from pmm_tui.store import Store
from pmm_tui.store.database import Database
from pmm_tui.store.decision_entry import DecisionEntry, DeskPlan
from pmm_tui.store.outbox_entry import Conflict, Deferred, Outcome, Rejected, Sent
from pmm_tui.store.recovery.daily import ensure_today
from pmm_tui.store.recovery.restore import restore
from pmm_tui.store.schema import STEPS
from pmm_tui.store.schema_desk import DESK
from tests.store.samples import MORNING, PERIODE, later, seal, with_teachers

DESK_STEP = STEPS.index(DESK) + 1
"""The version that has decisions."""


def told(plan: DeskPlan | Change, number: str = "", status: str = "diajukan", note: str = "") -> Change:
    """How the server tells of a plan."""
    return Change(
        pegawai="g-1", periode=plan.periode, revisi=plan.revisi, sha256=plan.sha256, status=status, catatan=note, keputusan=number
    )


def on_server(store: Store, pegawai: Pegawai) -> DeskPlan:
    """A plan that was sent from here, as the desk sees it, and read."""
    entry = seal(store, pegawai)
    store.outbox.mark_sending([entry.id])
    store.outbox.record_all({entry.id: Sent("R-1", "2026-01-08T02:11:05Z", "diajukan")})
    plan = store.decisions.plan(pegawai.id, PERIODE)
    assert plan is not None
    store.decisions.mark_read(plan, MORNING)
    return plan


def decide(store: Store, pegawai: Pegawai, keputusan: Keputusan = "setujui", note: str = "") -> DecisionEntry:
    """Seal a decision on the plan as it stands."""
    plan = store.decisions.plan(pegawai.id, PERIODE)
    assert plan is not None
    return store.decisions.seal(pegawai, plan, keputusan, note, {}, MORNING, "20512345")


def settle(store: Store, entry: DecisionEntry, outcome: Outcome) -> DecisionEntry:
    """Send one, with that outcome."""
    assert store.decisions.mark_sending([entry.id]) == (entry.id,)
    store.decisions.record_all({entry.id: outcome})
    return next(one for one in store.decisions.all() if one.id == entry.id)


def write(store: Store, statement: str, values: tuple[object, ...] = ()) -> None:
    """Write past the store's own ways."""

    def work() -> None:
        with store.database.transaction() as connection:
            connection.execute(statement, values)

    store.database.call(work)


@pytest.fixture
def budi(store: Store) -> Pegawai:
    """A teacher whose plan the server holds."""
    (one,) = with_teachers(store, 1)
    on_server(store, one)
    return one


def test_a_decision_is_frozen_and_names_what_was_read(store: Store, budi: Pegawai) -> None:
    """The line has the revision, its digest and the school; asking twice seals once; nothing of it ever changes."""
    entry, again = decide(store, budi), decide(store, budi)
    assert entry == again
    said = open_decision(entry.line)
    assert (said.revisi, said.dibaca, said.dasar, said.npsn) == (1, entry.sha256_rencana[:8], "", "20512345")
    assert digest(entry.line) == entry.sha256
    for column, value in (("line", b"x"), ("keputusan", "buka"), ("revisi", 2), ("nomor", "x")):
        with pytest.raises(sqlite3.IntegrityError, match="never changes"):
            write(store, f"UPDATE keputusan SET {column} = ?", (value,))


def test_the_log_has_it(store: Store, budi: Pegawai) -> None:
    """The recovery log holds the very bytes."""
    entry = decide(store, budi)
    logged = [one for one in store.decisions._journal.entries() if one.sha256 == entry.sha256]
    assert [one.line for one in logged] == [entry.line]


def test_another_mind_replaces_what_waits(store: Store, budi: Pegawai) -> None:
    """Of what never left only the last is sent; what may have left goes first, and the newer one names it."""
    first = decide(store, budi)
    second = decide(store, budi, "kembalikan", "Kurang.")
    assert [one.keadaan for one in store.decisions.all()] == ["queued", "superseded"]
    assert open_decision(second.line).dasar == ""
    settle(store, second, Deferred("putus"))
    third = decide(store, budi)
    assert open_decision(third.line).dasar == second.nomor
    assert [one.id for one in store.decisions.due(9)] == [second.id]
    assert first.id != third.id


def test_a_decision_is_taken_back_only_before_it_left(store: Store, budi: Pegawai) -> None:
    """What may have arrived stays."""
    assert not store.decisions.withdraw(budi.id, PERIODE)
    decide(store, budi)
    assert store.decisions.withdraw(budi.id, PERIODE)
    assert store.decisions.due(9) == ()
    settle(store, decide(store, budi, "kembalikan", "x"), Deferred("putus"))
    assert not store.decisions.withdraw(budi.id, PERIODE)
    assert [one.keadaan for one in store.decisions.due(9)] == ["unknown"]


@pytest.mark.parametrize("outcome", [Rejected((WireMasalah(kode="x", pesan="Tidak."),)), Conflict(None)])
def test_reading_anew_takes_the_trouble_away(store: Store, budi: Pegawai, outcome: Outcome) -> None:
    """What did not come through is told until the plan has been read again; taking back is about what waits alone."""
    settle(store, decide(store, budi), outcome)
    assert not store.decisions.withdraw(budi.id, PERIODE)
    assert store.decisions.counts()[1] == 1
    plan = store.decisions.plan(budi.id, PERIODE)
    assert plan is not None
    store.decisions.mark_read(plan, later(9))
    assert (store.decisions.counts()[1], store.decisions.newest(PERIODE)) == (0, {})


@pytest.mark.parametrize(
    ("outcome", "state"),
    [
        (Sent("K-1", "2026-01-09T00:00:00Z", "disetujui"), "sent"),
        (Rejected((WireMasalah(kode="x", pesan="Tidak."),)), "rejected"),
        (Conflict(Held(2, "b" * 64)), "conflict"),
        (Deferred("putus"), "unknown"),
        (Deferred("tidak ada jaringan", untouched=True), "queued"),
    ],
)
def test_each_outcome(store: Store, budi: Pegawai, outcome: Outcome, state: str) -> None:
    """Each attempt ends in one state; one that is settled is settled for good, but for what was sent and got lost."""
    entry = settle(store, decide(store, budi), outcome)
    assert entry.keadaan == state
    assert bool(store.decisions.due(9)) == (state in ("unknown", "queued"))
    if state in ("sent", "rejected", "conflict"):
        store.decisions.record_all({entry.id: Deferred("spät")})
        with pytest.raises(sqlite3.IntegrityError, match="stays settled"):
            write(store, "UPDATE keputusan SET keadaan = 'queued'")
    plan = store.decisions.plan(budi.id, PERIODE)
    assert plan is not None
    assert plan.status == ("disetujui" if state == "sent" else "diajukan")
    assert plan.revisi == (2 if state == "conflict" else 1)


def test_a_crash_while_sending_is_unknown(store: Store, budi: Pegawai, path: Path) -> None:
    """After a start nothing is on its way, and the same bytes go again."""
    entry = decide(store, budi)
    store.decisions.mark_sending([entry.id])
    store.close()
    with Store.open(path) as again:
        (due,) = again.decisions.due(9)
        assert (due.keadaan, due.line) == ("unknown", entry.line)


def test_what_the_server_tells_without_goes_again(store: Store, budi: Pegawai) -> None:
    """Sent, and told as not decided: unknown; told with it, with a later one of ours, or with somebody else's: as it was."""
    entry = settle(store, decide(store, budi), Sent("K-1", "2026-01-09T00:00:00Z", "disetujui"))
    plan = store.decisions.plan(budi.id, PERIODE)
    assert plan is not None
    for number in (entry.nomor, "orang-lain"):
        store.decisions.take_told(budi.id, told(plan, number, "disetujui"))
        assert [one.keadaan for one in store.decisions.all()] == ["sent"]
    store.decisions.take_told(budi.id, told(plan))
    (due,) = store.decisions.due(9)
    assert (due.keadaan, due.line, due.tanda_terima) == ("unknown", entry.line, "")


def test_one_that_says_the_same_as_what_stands_is_not_lost(store: Store, budi: Pegawai) -> None:
    """It got the receipt of the one that stands; the server tells that one, and nothing is to be sent again."""
    first = settle(store, decide(store, budi), Deferred("putus"))
    decide(store, budi, "kembalikan", "Kurang.")
    settle(store, first, Sent("K-1", "2026-01-09T00:00:00Z", "disetujui"))
    last = settle(store, decide(store, budi), Sent("K-1", "2026-01-09T00:00:00Z", "disetujui"))
    assert last.nomor != first.nomor
    plan = store.decisions.plan(budi.id, PERIODE)
    assert plan is not None
    store.decisions.take_told(budi.id, told(plan, first.nomor, "disetujui"))
    assert [one.keadaan for one in store.decisions.newest(PERIODE).values()] == ["sent"]
    assert store.decisions.waiting() == 0


def test_the_next_revision_is_compared_with_what_was_read(store: Store, budi: Pegawai) -> None:
    """What was read keeps its content; the plan that took its place is not read."""
    first = store.decisions.plan(budi.id, PERIODE)
    assert first is not None
    assert (first.read, first.read_before, store.decisions.read_before(first)) == (True, 0, None)
    entry = seal(store, budi, 2, 2)
    store.outbox.mark_sending([entry.id])
    store.outbox.record_all({entry.id: Sent("R-2", "2026-01-09T00:00:00Z", "diajukan")})
    second = store.decisions.plan(budi.id, PERIODE)
    assert second is not None
    assert (second.revisi, second.read, second.read_before) == (2, False, 1)
    before = store.decisions.read_before(second)
    assert before is not None
    assert (before.revisi, before.line, before.at) == (1, first.line, MORNING)
    (listed,) = store.decisions.desk(PERIODE)
    assert listed.line == b"\0"
    store.decisions.mark_read(second, later(1))
    assert [one.read for one in store.decisions.desk(PERIODE)] == [True]


def test_decisions_come_back_from_the_log_alone(path: Path) -> None:
    """The database is lost and there is no copy: what was sealed is unknown and goes again; what was replaced stays so."""
    with Store.open(path) as store:
        (budi,) = with_teachers(store, 1)
        on_server(store, budi)
        decide(store, budi)
        last = decide(store, budi, "kembalikan", "Kurang.")
    path.unlink()
    restore(path, MORNING)
    with Store.open(path) as store:
        (due,) = store.decisions.due(9)
        assert (due.line, due.keadaan, due.sha256_rencana) == (last.line, "unknown", last.sha256_rencana)
        assert [one.keadaan for one in store.decisions.all()] == ["unknown", "superseded"]


def test_a_head_s_computer_comes_back_from_the_log(path: Path) -> None:
    """Where no plan was ever sealed the log names the teacher: the decision is not lost with the list."""
    with Store.open(path) as store:
        (budi,) = with_teachers(store, 1)
        plan = DeskPlan(pegawai_id=budi.id, periode=PERIODE, revisi=3, sha256="a" * 64)
        sealed = store.decisions.seal(budi, plan, "setujui", "", {}, MORNING)
    path.unlink()
    restore(path, MORNING)
    with Store.open(path) as store:
        (due,) = store.decisions.due(9)
        assert due.line == sealed.line
        assert [one.nama for one in store.roster.all()] == [budi.nama]


def test_decisions_come_back_from_a_damaged_file(path: Path) -> None:
    """With yesterday's copy, what the damaged file still says, receipts included, and the log."""
    with Store.open(path) as store:
        one, two, three = with_teachers(store, 3)
        for teacher in (one, two, three):
            on_server(store, teacher)
        settle(store, decide(store, one), Sent("K-1", "2026-01-09T00:00:00Z", "disetujui"))
        assert ensure_today(store.database, date(2026, 1, 9))
        settle(store, decide(store, two), Sent("K-2", "2026-01-09T00:00:00Z", "disetujui"))
        decide(store, three)
    content = path.read_bytes()
    path.write_bytes(content[:100] + b"\xff" * 50 + content[150:])
    restore(path, MORNING)
    with Store.open(path) as store:
        found = {entry.pegawai_id: entry for entry in store.decisions.all()}
        assert len(found) == 3
        assert found[one.id].tanda_terima == "K-1"
        assert {found[two.id].keadaan, found[three.id].keadaan} <= {"sent", "unknown"}


def test_the_guard_notices_a_lost_decision(path: Path) -> None:
    """A database that came from an older copy by hand lacks the last decision, and that is told."""
    with Store.open(path) as store:
        (budi,) = with_teachers(store, 1)
        on_server(store, budi)
        store.database.backup(path.with_name("copy.db"))
        decide(store, budi)
        assert not store.guard(date(2026, 1, 9)).behind_log
    path.write_bytes(path.with_name("copy.db").read_bytes())
    with Store.open(path) as store:
        assert store.guard(date(2026, 1, 9)).behind_log


def test_an_older_database_opens(path: Path) -> None:
    """What the head had decided before there was a desk stands, without its time; nothing else changes."""
    Database(path, steps=STEPS[: DESK_STEP - 1]).close()
    with closing(sqlite3.connect(path)) as raw, raw:
        raw.execute(
            "INSERT INTO pegawai VALUES (1, 'Budi', '', '1234767660300456', '', '', '', '', '', '', '', 'g-1'),"
            " (2, 'Siti', '', '1234767660300457', '', '', '', '', '', '', '', 'g-2')"
        )
        for row, status, note in ((1, "disetujui", "Diajukan dari komputer lain."), (2, "dikembalikan", "Kurang.")):
            raw.execute(
                "INSERT INTO kiriman (pegawai_id, periode, revisi, dasar, sha256, line, kunci, suntingan, dibuat, keadaan,"
                " status_server, catatan) VALUES (?, '2026', 1, 0, ?, x'7b7d', '{}', 1, '2026-01-08T00:00:00+00:00', 'sent', ?, ?)",
                (row, f"{row}" * 64, status, note),
            )
            raw.execute("INSERT INTO dipegang VALUES (?, '2026', 1, ?)", (row, f"{row}" * 64))
    with Store.open(path) as store:
        found = [(plan.status, plan.catatan, plan.waktu, plan.nomor, plan.read) for plan in store.decisions.desk("2026")]
        assert found == [("disetujui", "", "", "", False), ("dikembalikan", "Kurang.", "", "", False)]


def test_a_clean_start_writes_nothing(store: Store, budi: Pegawai, path: Path) -> None:
    """Decisions that wait make no start write."""
    decide(store, budi)
    store.close()
    before = path.read_bytes()
    Store.open(path).close()
    assert path.read_bytes() == before
