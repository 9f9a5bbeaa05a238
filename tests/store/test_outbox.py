"""The outbox: what may be sent, in which order, and what each outcome does."""

from __future__ import annotations

import sqlite3
import threading
from pathlib import Path

import pytest

from pmm_tui.errors import ShapeError
from pmm_tui.skp.model import RHK, Pegawai, PengembanganKompetensi, RencanaKinerja
from pmm_tui.skp.wire import Held, WireMasalah, digest, open_envelope
from pmm_tui.store import OutboxEntry, Store
from pmm_tui.store.outbox_entry import STATES, Conflict, Deferred, Outcome, Rejected, Sent
from tests.store.samples import MORNING, PERIODE, held, newest_entries, rencana, seal, with_teachers

OTHER = "a" * 64
LOST = Deferred("Sambungan terputus.")
REFUSED = Deferred("Server mati.", untouched=True)


def attempt(store: Store, entry: OutboxEntry, outcome: Outcome) -> OutboxEntry:
    """Send one envelope with a given outcome and return it as it stands."""
    assert store.outbox.mark_sending([entry.id]) == (entry.id,)
    store.outbox.record_all({entry.id: outcome})
    return again(store, entry)


def again(store: Store, entry: OutboxEntry) -> OutboxEntry:
    """An envelope as it stands now."""
    return next(k for k in store.outbox.all() if k.id == entry.id)


def test_sealing_freezes_who_what_and_on_what(store: Store) -> None:
    """A sealed envelope names its teacher, its revision and its base, and its digest is of exactly its bytes."""
    (one,) = with_teachers(store, 1)

    entry = seal(store, one, "III/c", 7)

    envelope = open_envelope(entry.line)
    assert (envelope.revisi, envelope.dasar, envelope.rencana) == (1, 0, rencana("III/c"))
    assert entry.kunci == {"nip": one.nip} == envelope.pegawai.identity()
    assert entry.sha256 == digest(entry.line)
    assert (entry.keadaan, entry.suntingan, entry.dibuat, entry.percobaan) == ("queued", 7, MORNING, 0)
    assert store.outbox.due(10) == (entry,)


def test_a_sealed_envelope_never_changes(store: Store) -> None:
    """The database itself refuses to change sealed bytes and who sealed them."""
    (one,) = with_teachers(store, 1)
    attempt(store, seal(store, one), Sent("R-1"))

    for change in ("line = x'00'", "sha256 = ''", "dasar = 0, revisi = 2", "asal = 'lain'"):
        with pytest.raises(sqlite3.IntegrityError, match="sealed"):
            store.database.call(lambda change=change: store.database.connection.execute(f"UPDATE kiriman SET {change}"))


@pytest.mark.parametrize(
    ("state", "allowed"),
    [("sent", {"unknown"}), ("rejected", {"superseded"}), ("conflict", {"superseded", "unknown"}), ("superseded", set())],
)
def test_what_is_settled_stays_so(store: Store, state: str, allowed: set[str]) -> None:
    """The database refuses to reopen it, but what was sent may be unknown again, and what was refused may be set aside.

    What is in conflict may turn out to be there: another server was asked meanwhile.
    """
    outcomes = {"sent": Sent("R-1"), "rejected": Rejected(()), "conflict": Conflict(None)}
    (one,) = with_teachers(store, 1)
    entry = seal(store, one, "lama")
    if state == "superseded":
        seal(store, one, "baru")
    else:
        attempt(store, entry, outcomes[state])
    assert again(store, entry).keadaan == state

    def stands(wanted: str) -> bool:
        connection = store.database.connection
        connection.execute("SAVEPOINT percobaan")
        try:
            connection.execute("UPDATE kiriman SET keadaan = ? WHERE id = ?", (wanted, entry.id))
        finally:
            connection.execute("ROLLBACK TO percobaan")
            connection.execute("RELEASE percobaan")
        return True

    for wanted in set(STATES) - {state} - allowed:
        with pytest.raises(sqlite3.IntegrityError, match="settled"):
            store.database.call(stands, wanted)
    assert all(store.database.call(stands, wanted) for wanted in allowed)


def test_what_no_envelope_can_carry_is_refused_before_it_is_sealed(store: Store) -> None:
    """A plan that is larger than an envelope may be is refused at once, and nothing is queued."""
    (one,) = with_teachers(store, 1)
    huge = RencanaKinerja(pengembangan_kompetensi=PengembanganKompetensi(rhk=(RHK(uraian="x" * 70_000),)))

    with pytest.raises(ShapeError):
        store.outbox.seal(one, PERIODE, huge, 1, MORNING)

    assert store.outbox.all() == ()


def test_asking_twice_seals_once(store: Store) -> None:
    """Sealing the same plan again while it is on its way gives the same envelope; once it is settled, a new one."""
    (one,) = with_teachers(store, 1)
    first = seal(store, one)

    assert seal(store, one, edit=2) == first
    assert attempt(store, first, LOST).keadaan == "unknown"
    assert seal(store, one, edit=3).id == first.id
    assert attempt(store, first, Sent("R-1")).keadaan == "sent"
    assert seal(store, one, edit=4).revisi == 2


def test_threads_that_seal_at_once_make_one_envelope(store: Store) -> None:
    """However many ask at the same time, one plan is sealed once."""
    (one,) = with_teachers(store, 1)
    threads = [threading.Thread(target=seal, args=(store, one)) for _ in range(16)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len(store.outbox.all()) == 1


def test_what_never_left_gives_way_to_the_newer(store: Store) -> None:
    """A queued envelope is superseded by the newer one, which builds on the same base."""
    (one,) = with_teachers(store, 1)
    older = seal(store, one, "lama")
    newer = seal(store, one, "baru")

    assert again(store, older).keadaan == "superseded"
    assert (newer.revisi, newer.dasar) == (2, 0)
    assert store.outbox.due(10) == (newer,)
    assert newest_entries(store) == {one.id: newer}


@pytest.mark.parametrize("left", [True, False])
def test_what_may_have_arrived_goes_first(store: Store, left: bool) -> None:
    """An envelope that is on its way or unknown stays, goes first, and the newer one builds on it."""
    (one,) = with_teachers(store, 1)
    older = seal(store, one, "lama")
    store.outbox.mark_sending([older.id])
    if left:
        store.outbox.record_all({older.id: LOST})
    newer = seal(store, one, "baru")
    assert (newer.revisi, newer.dasar) == (2, 1)
    if not left:
        assert store.outbox.due(10) == ()
        store.outbox.record_all({older.id: LOST})

    assert [k.id for k in store.outbox.due(10)] == [older.id]
    attempt(store, older, Sent("R-1"))
    assert [k.id for k in store.outbox.due(10)] == [newer.id]


@pytest.mark.parametrize("outcome", [Rejected((WireMasalah("/x", "salah", "Salah."),)), Conflict(Held(4, OTHER))])
def test_what_builds_on_a_refused_one_is_set_aside(store: Store, outcome: Outcome) -> None:
    """When the older envelope is refused or in conflict, the newer one cannot be sent either and says why."""
    (one,) = with_teachers(store, 1)
    older = seal(store, one, "lama")
    attempt(store, older, LOST)
    newer = seal(store, one, "baru")

    attempt(store, older, outcome)

    assert again(store, newer).keadaan == "superseded"
    assert "draf" in again(store, newer).catatan
    assert store.outbox.due(10) == ()
    assert newest_entries(store)[one.id].id == older.id


def test_queued_again_only_if_it_never_left(store: Store) -> None:
    """A refused connection queues a fresh envelope again, but one that once may have arrived stays unknown."""
    (one,) = with_teachers(store, 1)
    entry = seal(store, one)

    assert attempt(store, entry, REFUSED).keadaan == "queued"
    assert attempt(store, entry, LOST).keadaan == "unknown"
    kept = attempt(store, entry, REFUSED)

    assert (kept.keadaan, kept.percobaan, kept.catatan) == ("unknown", 3, "Server mati.")


def test_a_crash_while_sending_means_unknown(path: Path) -> None:
    """What was being sent when the program died is unknown at the next start and is sent again with the same bytes."""
    with Store.open(path) as store:
        (one,) = with_teachers(store, 1)
        entry = seal(store, one)
        store.outbox.mark_sending([entry.id])

    with Store.open(path) as store:
        (found,) = store.outbox.due(10)
        assert (found.keadaan, found.line) == ("unknown", entry.line)


def test_only_what_is_being_sent_can_be_settled(store: Store) -> None:
    """A late or surplus outcome changes nothing: neither before sending, nor twice, nor after a settlement."""
    (one,) = with_teachers(store, 1)
    entry = seal(store, one)
    store.outbox.record_all({entry.id: Sent("palsu")})
    assert again(store, entry) == entry

    sent = attempt(store, entry, Sent("R-1", "2026-01-08T02:11:05Z", "diajukan"))
    store.outbox.record_all({entry.id: LOST})
    store.outbox.record_all({entry.id: Rejected(())})
    store.outbox.record_all({99: Sent("palsu")})

    assert again(store, entry) == sent
    assert (sent.keadaan, sent.tanda_terima, sent.waktu_server, sent.status_server) == (
        "sent",
        "R-1",
        "2026-01-08T02:11:05Z",
        "diajukan",
    )
    assert held(store, one.id, PERIODE) == (1, entry.sha256)


def test_marking_leaves_out_what_was_superseded(store: Store) -> None:
    """Between looking and marking a newer plan may be sealed: the older one is then not to be sent."""
    one, two = with_teachers(store, 2)
    first, other = seal(store, one, "lama"), seal(store, two)
    seal(store, one, "baru")

    assert store.outbox.mark_sending([first.id, other.id]) == (other.id,)
    assert store.outbox.mark_sending([other.id]) == ()


def test_due_is_oldest_first_one_of_a_plan(store: Store) -> None:
    """Envelopes go in the order they were sealed, at most as many as asked for."""
    teachers = with_teachers(store, 5)
    sealed = [seal(store, one) for one in reversed(teachers)]

    assert [k.id for k in store.outbox.due(3)] == [k.id for k in sealed[:3]]
    assert [k.id for k in store.outbox.all()] == [k.id for k in reversed(sealed)]
    assert store.outbox.all("2025") == ()
    counts = store.outbox.counts()
    assert counts.pop("queued") == 5
    assert set(counts.values()) == {0}
    assert len(counts) == 6


def look_at(store: Store, pegawai: Pegawai) -> None:
    """Look at what the server holds of a plan, and decide for ours."""
    plan = store.held.get(pegawai.id, PERIODE)
    assert plan is not None
    store.held.mark_seen(plan)


def base(entry: OutboxEntry) -> tuple[int, int, str]:
    """Revision of an envelope, its base and the base's digits."""
    sealed = open_envelope(entry.line)
    return entry.revisi, entry.dasar, sealed.sidik_dasar or ""


def test_after_a_conflict_the_next_builds_on_what_was_seen(store: Store) -> None:
    """The next is above what the server holds, but builds on it only after a look; where it holds nothing, on nothing."""
    (one,) = with_teachers(store, 1)
    kept = attempt(store, seal(store, one, "a"), Conflict(Held(4, OTHER)))
    assert (kept.keadaan, kept.dipegang) == ("conflict", Held(4, OTHER))

    higher = seal(store, one, "b")
    assert base(higher) == (5, 0, "")
    attempt(store, higher, Conflict(Held(4, OTHER)))
    look_at(store, one)
    seen = seal(store, one, "c")
    assert base(seen) == (6, 4, OTHER[:8])
    assert {again(store, k).keadaan for k in (kept, higher)} == {"superseded"}
    attempt(store, seen, Conflict(None))

    assert base(seal(store, one, "d")) == (7, 0, "")


def test_a_rejection_keeps_every_reason(store: Store) -> None:
    """What the server finds wrong stays with the envelope, and the next revision builds on what was held before."""
    (one,) = with_teachers(store, 1)
    reasons = (WireMasalah("/perilaku_kerja", "kurang", "Perilaku kurang."), WireMasalah(kode="b", pesan="Juga."))
    attempt(store, seal(store, one, "a"), Sent("R-1"))

    kept = attempt(store, seal(store, one, "b"), Rejected(reasons))

    assert (kept.keadaan, kept.masalah) == ("rejected", reasons)
    newest = seal(store, one, "c")
    assert (newest.revisi, newest.dasar) == (3, 1)


def test_the_servers_news_is_no_receipt(store: Store) -> None:
    """A change that names our envelope brings its status, but only a receipt makes it sent."""
    (one,) = with_teachers(store, 1)
    entry = seal(store, one)
    attempt(store, entry, LOST)

    store.outbox.hold(one.id, PERIODE, 1, entry.sha256, "disetujui", "Bagus.", "2026-01-09T00:00:00Z")

    kept = again(store, entry)
    assert (kept.keadaan, kept.status_server, kept.catatan) == ("unknown", "disetujui", "Bagus.")
    assert held(store, one.id, PERIODE) == (1, entry.sha256)
    attempt(store, entry, Sent("R-1", "2026-01-08T00:00:00Z", "disetujui"))
    store.outbox.hold(one.id, PERIODE, 1, entry.sha256, "dikembalikan", "Perbaiki.", "2026-01-10T00:00:00Z")
    kept = again(store, entry)
    assert (kept.keadaan, kept.status_server, kept.catatan, kept.waktu_server) == (
        "sent",
        "dikembalikan",
        "Perbaiki.",
        "2026-01-08T00:00:00Z",
    )


def test_news_of_another_computer_raises_the_base_once_it_was_seen(store: Store) -> None:
    """What another computer sent counts as held, older news does not lower it, and other digests touch no envelope of ours.

    Until somebody has looked at it the base stays what was sent from here.
    """
    (one,) = with_teachers(store, 1)
    entry = attempt(store, seal(store, one), Sent("R-1"))
    store.outbox.hold(one.id, PERIODE, 3, OTHER, "diajukan", "", "")
    store.outbox.hold(one.id, PERIODE, 1, OTHER, "dikembalikan", "x", "")

    assert again(store, entry).status_server == ""
    assert held(store, one.id, PERIODE) == (3, OTHER)
    assert base(seal(store, one, "baru")) == (4, 1, entry.sha256[:8])
    look_at(store, one)
    assert base(seal(store, one, "lebih baru")) == (5, 3, OTHER[:8])


def test_an_envelope_is_read_only_where_the_draft_was_edited_since(store: Store) -> None:
    """The list gets the bytes of an envelope where it has to compare them, and nowhere else."""
    one, two, three = with_teachers(store, 3)
    for pegawai in (one, two, three):
        seal(store, pegawai, edit=4)
    store.drafts.save(one.id, PERIODE, rencana(1), 4, MORNING)
    store.drafts.save(two.id, PERIODE, rencana(2), 5, MORNING)

    standing = store.outbox.standing(PERIODE)

    assert {id: bool(found.line) for id, found in standing.items()} == {one.id: False, two.id: True, three.id: False}
    assert standing[two.id].line == newest_entries(store)[two.id].line
    assert store.roster.names() == {p.id: p.nama for p in (one, two, three)}
