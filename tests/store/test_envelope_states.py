"""What an envelope may become, and what the outbox tells of it: what the screens, the sender and the puller ask."""

from __future__ import annotations

import sqlite3
from datetime import timedelta
from pathlib import Path

import pytest
from msgspec import structs

from pmm_tui.errors import CorruptError, InputError, ShapeError
from pmm_tui.skp.model import Pegawai
from pmm_tui.skp.wire import Held, WireMasalah, digest, open_envelope
from pmm_tui.store import OutboxEntry, Store
from pmm_tui.store.outbox_entry import Conflict, Deferred, HeldPlan, Outcome, Rejected, Sent
from pmm_tui.store.outbox_settle import settle
from tests.store.samples import MORNING, PERIODE, held, later, rencana, seal, with_teachers

REFUSED = Deferred("Server mati.", untouched=True)
LOST = Deferred("Sambungan terputus.")
REASON = (WireMasalah("/x", "salah", "Salah."),)


def note(store: Store, id: int, outcome: Outcome) -> None:
    """Note how the attempt at an envelope ended."""

    def work() -> None:
        with store.database.transaction() as connection:
            settle(connection, id, outcome)

    store.database.call(work)


def attempt(store: Store, entry: OutboxEntry, outcome: Outcome) -> OutboxEntry:
    """Send one envelope with a given outcome and return it as it stands."""
    assert store.outbox.mark_sending([entry.id]) == (entry.id,)
    note(store, entry.id, outcome)
    return store.outbox.some([entry.id])[entry.id]


def change(store: Store, statement: str) -> None:
    """Change the database behind our back."""

    def work() -> None:
        with store.database.transaction() as connection:
            connection.execute("DROP TRIGGER kiriman_beku")
            connection.execute(statement)

    store.database.call(work)


def test_what_may_have_left_before_a_crash_is_never_queued_again(path: Path) -> None:
    """After a crash in sending, an attempt that surely did not leave says nothing of the one before: it may have arrived."""
    with Store.open(path) as store:
        (one,) = with_teachers(store, 1)
        entry = seal(store, one, "lama")
        store.outbox.mark_sending([entry.id])

    with Store.open(path) as store:
        assert attempt(store, entry, REFUSED).keadaan == "unknown"
        newer = seal(store, one, "baru")
        assert (newer.revisi, newer.dasar) == (2, 1)
        assert [k.id for k in store.outbox.due(10)] == [entry.id]


def test_only_a_crash_turns_what_is_sent_into_unknown(store: Store) -> None:
    """Recovering tells how many were on their way, and leaves the others as they stand."""
    one, two, three = with_teachers(store, 3)
    first, second, queued = (seal(store, teacher) for teacher in (one, two, three))
    assert store.outbox.recover() == 0
    store.outbox.mark_sending([first.id, second.id])

    assert store.outbox.recover() == 2

    assert [k.keadaan for k in store.outbox.all()] == ["queued", "unknown", "unknown"]
    assert store.outbox.due(10)[-1] == queued


def test_a_late_outcome_does_not_settle_what_is_unknown(store: Store) -> None:
    """Once an attempt was given up its outcome counts no longer: the envelope is sent again and settled by that."""
    (one,) = with_teachers(store, 1)
    unknown = attempt(store, seal(store, one), LOST)

    for late in (Sent("R-1"), Rejected(REASON), Conflict(None)):
        note(store, unknown.id, late)

    assert store.outbox.all() == (unknown,)
    assert held(store, one.id, PERIODE) == (0, "")


def test_queued_means_that_nothing_left(store: Store) -> None:
    """The database itself refuses to queue what may have arrived, and an envelope that builds on itself."""
    (one,) = with_teachers(store, 1)
    attempt(store, seal(store, one), LOST)

    for statement in ("UPDATE kiriman SET keadaan = 'queued'", "UPDATE kiriman SET mungkin_tiba = 2"):
        with pytest.raises(sqlite3.IntegrityError, match="CHECK"):
            store.database.call(lambda statement=statement: store.database.connection.execute(statement))


def test_our_note_stays_until_the_head_says_something(store: Store) -> None:
    """News without a word leaves our note of an envelope that is not settled; a decision without one takes the head's old note."""
    (one,) = with_teachers(store, 1)
    entry = attempt(store, seal(store, one), LOST)

    def hear(status: str, catatan: str) -> OutboxEntry:
        store.outbox.hold(one.id, PERIODE, 1, entry.sha256, status, catatan, "w")
        return store.outbox.some([entry.id])[entry.id]

    assert hear("diajukan", "").catatan == "Sambungan terputus."
    assert hear("diajukan", "Sebentar.").catatan == "Sebentar."
    attempt(store, entry, Sent("R-1", "", "diajukan"))
    assert hear("dikembalikan", "Perbaiki.").catatan == "Perbaiki."
    decided = hear("disetujui", "")
    assert (decided.status_server, decided.catatan, decided.waktu_server) == ("disetujui", "", "w")


def test_the_newest_is_the_last_revision_that_was_not_replaced(store: Store) -> None:
    """The newest envelope of a plan is of that teacher and period alone; what was superseded is none."""
    one, two = with_teachers(store, 2)
    assert store.outbox.newest(one.id, PERIODE) is None
    sent = attempt(store, seal(store, one, "a"), Sent("R-1"))
    older = attempt(store, seal(store, one, "b"), LOST)
    newer = seal(store, one, "c")
    seal(store, two)

    assert store.outbox.newest(one.id, PERIODE) == newer
    assert store.outbox.newest(one.id, "2025") is None
    attempt(store, older, Rejected(REASON))
    newest = store.outbox.newest(one.id, PERIODE)
    assert newest is not None
    assert (newest.id, newest.keadaan) == (older.id, "rejected")
    assert store.outbox.some([sent.id, 99]) == {sent.id: sent}
    assert store.outbox.some([]) == {}


def test_an_envelope_is_known_by_all_that_names_it(store: Store) -> None:
    """Whether the server speaks of an envelope of ours hangs on teacher, period, revision and digest together."""
    one, two = with_teachers(store, 2)
    entry = seal(store, one)

    assert store.outbox.with_digest(one.id, PERIODE, 1, entry.sha256) == entry
    for other in (
        (two.id, PERIODE, 1, entry.sha256),
        (one.id, "2025", 1, entry.sha256),
        (one.id, PERIODE, 2, entry.sha256),
        (one.id, PERIODE, 1, "a" * 64),
    ):
        assert store.outbox.with_digest(*other) is None


def test_a_plan_needs_somebody_while_its_newest_envelope_was_refused(store: Store) -> None:
    """Refused and in conflict count once a plan, until something newer is sealed."""
    one, two, three, four = with_teachers(store, 4)
    assert store.outbox.needing() == 0
    attempt(store, seal(store, one), Rejected(REASON))
    attempt(store, seal(store, two), Conflict(Held(4, "a" * 64)))
    attempt(store, seal(store, three), Sent("R-1"))
    seal(store, four)

    assert store.outbox.needing() == 2
    assert store.outbox.order(PERIODE)[:2] == (1, 2)
    seal(store, two, "baru")
    assert store.outbox.needing() == 1


def test_what_another_computer_sent_is_taken_in_as_it_stands(store: Store, tmp_path: Path) -> None:
    """An envelope of the server comes in sent, with its receipt, its times and the head's note, once; what is none stays out."""
    (one,) = with_teachers(store, 1)
    with Store.open(tmp_path / "lain" / "pmm-tui.db") as other:
        (theirs,) = with_teachers(other, 1)
        seal(other, theirs, "a")
        line = seal(other, theirs, "b").line
    when, plan = "2026-01-08T00:00:00Z", HeldPlan(pegawai_id=one.id, periode=PERIODE, revisi=2, sha256=digest(line))
    theirs = structs.replace(plan, line=line, tanda_terima="R-9", waktu=when, status="disetujui", catatan="Bagus.", oleh="Ani")
    store.outbox.hold(one.id, PERIODE, 2, plan.sha256, "disetujui", "Bagus.", when)

    for line_of_another in (b"{}", line.replace(b'"revisi":2', b'"revisi":3')):
        with pytest.raises(ShapeError):
            store.held.accept(structs.replace(theirs, line=line_of_another), 5, later(3))
    assert (store.outbox.all(), store.held.unseen(PERIODE).keys()) == ((), {(one.id, PERIODE)})

    store.held.accept(theirs, 5, later(3))
    store.held.accept(structs.replace(theirs, catatan="Lagi."), 6, later(4))

    (kept,) = store.outbox.all()
    assert store.held.unseen() == {}
    assert (kept.asal, kept.oleh) == ("lain", "Ani")
    assert (kept.pegawai_id, kept.periode, kept.revisi, kept.dasar) == (one.id, PERIODE, 2, 0)
    assert (kept.line, kept.kunci, kept.suntingan, kept.dibuat) == (line, {"nip": one.nip}, 5, later(3))
    assert (kept.keadaan, kept.tanda_terima, kept.waktu_server) == ("sent", "R-9", "2026-01-08T00:00:00Z")
    assert (kept.status_server, kept.catatan, kept.percobaan) == ("disetujui", "Bagus.", 0)


def test_the_servers_plan_is_taken_as_the_draft(store: Store, tmp_path: Path) -> None:
    """Taken, it is the draft and stands as sent; what was queued or in conflict gives way, and the draft before is kept."""
    (one,) = with_teachers(store, 1)
    with Store.open(tmp_path / "lain" / "pmm-tui.db") as other:
        theirs = seal(other, *with_teachers(other, 1), "punya mereka")
    store.drafts.save(one.id, PERIODE, rencana("punya kami"), 7, MORNING)
    ours = attempt(store, seal(store, one, "punya kami", 7), Conflict(Held(1, theirs.sha256)))
    queued = seal(store, one, "lebih baru", 8)
    plan = HeldPlan(pegawai_id=one.id, periode=PERIODE, revisi=1, sha256=theirs.sha256, line=theirs.line, tanda_terima="R-1")

    store.held.take(plan, rencana("punya mereka"), 8, later(3), seen=True)

    stand = {k.id: k.keadaan for k in store.outbox.all()}
    assert (stand.pop(ours.id), stand.pop(queued.id), [*stand.values()]) == ("superseded", "superseded", ["sent"])
    draft = store.drafts.get(one.id, PERIODE)
    assert draft is not None
    assert (draft.rencana, draft.edit) == (rencana("punya mereka"), 8)
    assert store.outbox.newest(one.id, PERIODE) == next(k for k in store.outbox.all() if k.suntingan == 8 and k.asal)
    assert (store.held.unseen(), store.held.held(one.id, PERIODE)) == ({}, (1, theirs.sha256))
    newest = seal(store, one, "sesudah dilihat", 9)
    assert (newest.dasar, open_envelope(newest.line).sidik_dasar) == (1, theirs.sha256[:8])
    assert store.held.bring_back(one.id, PERIODE, later(5))
    draft = store.drafts.get(one.id, PERIODE)
    assert draft is not None
    assert draft.rencana == rencana("punya kami")


def test_what_is_unreadable_beside_an_envelope_is_left_empty(store: Store) -> None:
    """The envelope itself says who it is of; reasons that a damaged disk made unreadable are gone, and the rest is shown."""
    (one,) = with_teachers(store, 1)
    entry = seal(store, one)
    change(store, "UPDATE kiriman SET kunci = '{', masalah = 'x', dipegang = '[]', dibuat = '?'")

    (kept,) = store.outbox.all()

    assert (kept.kunci, kept.masalah, kept.dipegang) == (entry.kunci, (), None)
    assert kept.dibuat < entry.dibuat - timedelta(days=10_000)


def test_an_envelope_that_is_none_names_nobody(store: Store) -> None:
    """Where neither the column nor the envelope can be read, the row is still shown."""
    seal(store, with_teachers(store, 1)[0])
    change(store, "UPDATE kiriman SET kunci = '', line = x'7b'")

    (kept,) = store.outbox.all()
    assert kept.kunci == {}


def test_values_of_a_type_that_we_never_wrote_are_damage(store: Store) -> None:
    """A row that no version of ours can have written is told as damage, not as a fault of the program."""
    one, _ = with_teachers(store, 2)
    store.drafts.save(one.id, PERIODE, rencana(1), 1, MORNING)

    def spoil() -> None:
        with store.database.transaction() as connection:
            connection.execute("PRAGMA writable_schema = ON")
            connection.execute("UPDATE sqlite_schema SET sql = replace(sql, 'jk TEXT', 'jk BLOB') WHERE name = 'pegawai'")

    store.database.call(spoil)
    path = store.database.path
    store.close()
    with Store.open(path) as again:

        def write() -> None:
            with again.database.transaction() as connection:
                connection.execute("PRAGMA ignore_check_constraints = ON")
                connection.execute("UPDATE pegawai SET jk = x'ff' WHERE id = 1")

        again.database.call(write)
        with pytest.raises(CorruptError, match="pulihkan"):
            again.roster.all()


def test_a_draft_that_is_no_bytes_is_damage(store: Store) -> None:
    """A draft of no bytes at all cannot be read, and the others can."""
    one, two = with_teachers(store, 2)
    for teacher in (one, two):
        store.drafts.save(teacher.id, PERIODE, rencana(1), 1, MORNING)
    path = store.database.path
    store.close()
    raw = sqlite3.connect(path, isolation_level=None)
    raw.execute("PRAGMA writable_schema = ON")
    raw.execute("UPDATE sqlite_schema SET sql = replace(sql, 'rencana BLOB', 'rencana ANY') WHERE name = 'draf'")
    raw.close()
    raw = sqlite3.connect(path, isolation_level=None)
    raw.execute("UPDATE draf SET rencana = 7 WHERE pegawai_id = 1")
    raw.close()

    with Store.open(path) as again:
        assert list(again.drafts.all(PERIODE)) == [two.id]
        with pytest.raises(CorruptError):
            again.drafts.get(one.id, PERIODE)


def test_a_server_id_is_one_teachers(store: Store) -> None:
    """Two teachers cannot be one on the server: the second is refused with the first one's name."""
    store.roster.write([Pegawai(nama="Budi", id_server="g-1"), Pegawai(nama="Tanpa")])

    with pytest.raises(InputError, match="id server g-1 milik Ani sudah dipakai Budi"):
        store.roster.write([Pegawai(nama="Ani", id_server="g-1")])
    store.roster.write([Pegawai(nama="Ani")])

    assert [p.nama for p in store.roster.all()] == ["Ani", "Budi", "Tanpa"]


def test_a_sex_that_the_form_does_not_know_is_a_fault_of_the_program(store: Store) -> None:
    """What is not about a number of somebody else stays the database's own error."""
    with pytest.raises(sqlite3.IntegrityError, match="CHECK"):
        store.roster.write([Pegawai(nama="Ani", jk="X")])


def test_a_local_number_is_shorter_than_any_number_of_a_teacher(store: Store) -> None:
    """Sixteen digits are a NUPTK and never the local number, fifteen may be one."""
    one = with_teachers(store, 1)[0]
    assert store.roster.find(f"{one.id:015}") == (one,)
    assert store.roster.find(f"{one.id:016}") == ()
