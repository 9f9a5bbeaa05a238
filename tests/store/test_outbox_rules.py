"""The outbox against a model of the server: whatever is lost on the way, both sides end equal."""

from __future__ import annotations

import tempfile
from pathlib import Path

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from pmm_tui.skp.wire import Held, WireMasalah, digest, open_envelope
from pmm_tui.store import OutboxEntry, Store
from pmm_tui.store.outbox_entry import OPEN_STATES, Conflict, Deferred, Outcome, Rejected, Sent
from tests.store.samples import MORNING, PERIODE, newest_entries, numbered_teacher, rencana

_TEACHERS = 2
_ORDER = ("rejected", "conflict", "sending", "unknown", "queued", "sent")
_WEATHER = ("ok", "no route", "lost request", "lost answer", "refused")


class ModelServer:
    """What the contract says of a server, in memory."""

    def __init__(self) -> None:
        self.stored: dict[tuple[str, int], str] = {}
        self.standing: dict[str, tuple[int, str, str]] = {}
        self.seen: set[str] = set()

    def receive(self, line: bytes, reject: bool) -> Outcome:
        """Take one envelope in as the contract says; with `reject` refuse it if it could be stored."""
        envelope, sha256 = open_envelope(line), digest(line)
        plan, base = envelope.pegawai.nip, self.standing.get(envelope.pegawai.nip, (0, "", ""))
        self.seen.add(sha256)
        if self.stored.get((plan, envelope.revisi)) == sha256:
            return Sent(f"R-{sha256[:8]}")
        if envelope.dasar != base[0] or (plan, envelope.revisi) in self.stored:
            return Conflict(Held(base[0], base[1]) if base[0] else None)
        if reject:
            return Rejected((WireMasalah(pesan="Salah."),))
        self.stored[plan, envelope.revisi] = sha256
        self.standing[plan] = (envelope.revisi, sha256, envelope.rencana.data_diri.golongan)
        return Sent(f"R-{sha256[:8]}")


class OutboxRules(RuleBasedStateMachine):
    """One client, sometimes killed, on a line that loses requests and answers; now and then another computer interferes."""

    @initialize(alone=st.booleans())
    def start(self, alone: bool) -> None:
        """An empty store with its teachers, and a server that knows nothing."""
        self.folder = tempfile.TemporaryDirectory()
        self.path = Path(self.folder.name) / "pmm-tui.db"
        self.store = Store.open(self.path)
        self.store.roster.write(numbered_teacher(number) for number in range(_TEACHERS))
        self.teachers = self.store.roster.all()
        self.server = ModelServer()
        self.wanted: dict[int, str] = {}
        self.foreign = 0
        self.alone = alone
        self.serial = 0
        for teacher in range(_TEACHERS):
            self.seal(teacher, True)

    def teardown(self) -> None:
        """Once the line is good, everything is settled and the server holds what was asked for last."""
        if not hasattr(self, "store"):
            return
        self.deliver(count=100, weather=["ok"] * 100)
        for one in self.teachers:
            newest = newest_entries(self.store).get(one.id)
            if newest is None:
                continue
            assert newest.keadaan in ("sent", "rejected", "conflict")
            if newest.keadaan == "sent" and not self.foreign:
                assert self.server.standing[one.nip][:2] == (newest.revisi, newest.sha256)
                assert self.server.standing[one.nip][2] == self.wanted[one.id]
        self.store.close()
        self.folder.cleanup()

    @invariant()
    def what_the_screens_see(self) -> None:
        """The quick reads of the screens say what the envelopes themselves say."""
        if not hasattr(self, "store"):
            return
        outbox = self.store.outbox
        newest = newest_entries(self.store)
        shown = [
            k
            for k in outbox.all(PERIODE)
            if k.keadaan != "superseded" and (k.keadaan not in ("rejected", "conflict") or newest[k.pegawai_id] == k)
        ]
        shown.sort(key=lambda k: _ORDER.index(k.keadaan))
        assert outbox.order(PERIODE) == tuple(k.id for k in shown)
        assert outbox.some(outbox.order(PERIODE)) == {k.id: k for k in shown}
        assert outbox.order("2025") == ()
        standing = outbox.standing(PERIODE)
        assert standing.keys() == newest.keys()
        for id, entry in newest.items():
            assert (standing[id].keadaan, standing[id].suntingan) == (entry.keadaan, entry.suntingan)
            assert standing[id].line == b""  # there are no drafts that were edited since
            assert standing[id].status_server == entry.status_server

    def seal(self, teacher: int, fresh: bool) -> None:
        """The operator submits; what is not fresh says the same as before."""
        one = self.teachers[teacher]
        self.serial += fresh
        entry = self.store.outbox.seal(one, PERIODE, rencana(self.serial), self.serial, MORNING)
        self.wanted[one.id] = str(self.serial)
        assert entry.revisi > entry.dasar

    @rule(
        submitted=st.lists(st.tuples(st.integers(0, _TEACHERS - 1), st.booleans()), max_size=2),
        count=st.integers(1, 3),
        weather=st.lists(st.sampled_from(_WEATHER), min_size=1, max_size=3),
    )
    def work(self, submitted: list[tuple[int, bool]], count: int, weather: list[str]) -> None:
        """The operator submits some plans, sometimes the same twice, and they are sent as the weather allows."""
        for teacher, fresh in submitted:
            self.seal(teacher, fresh)
        self.deliver(count, weather)

    def deliver(self, count: int, weather: list[str]) -> None:
        """Some requests, each with its weather."""
        for found in weather:
            due = self.store.outbox.due(count)
            assert [k.id for k in due] == sorted(k.id for k in due)
            assert len({k.pegawai_id for k in due}) == len(due)
            if not due:
                return
            taken = self.store.outbox.mark_sending(k.id for k in due)
            assert taken == tuple(k.id for k in due)
            outcomes = {k.id: self._travel(k, found) for k in due}
            self.store.outbox.record_all(outcomes)

    def _travel(self, entry: OutboxEntry, weather: str) -> Outcome:
        if weather == "no route":
            return Deferred("Belum ada internet.", untouched=True)
        if weather == "lost request":
            return Deferred("Terputus.")
        outcome = self.server.receive(entry.line, reject=weather == "refused")
        return Deferred("Terputus.") if weather == "lost answer" else outcome

    @rule(arrived=st.booleans())
    def crash_while_sending(self, arrived: bool) -> None:
        """The program ends between marking and recording."""
        due = self.store.outbox.due(2)
        self.store.outbox.mark_sending(k.id for k in due)
        if arrived:
            for entry in due:
                self.server.receive(entry.line, reject=False)
        self.store.close()
        self.store = Store.open(self.path)

    @rule()
    def restart(self) -> None:
        """The program is closed and opened."""
        self.store.close()
        self.store = Store.open(self.path)

    @precondition(lambda self: not self.alone)
    @rule(teacher=st.integers(0, _TEACHERS - 1))
    def another_computer_sends(self, teacher: int) -> None:
        """Somebody else stores a revision of the same plan."""
        one = self.teachers[teacher]
        revision, _, _ = self.server.standing.get(one.nip, (0, "", ""))
        self.foreign += 1
        while (one.nip, revision + 1) in self.server.stored:
            revision += 1
        sha256 = f"{self.foreign:064x}"
        self.server.stored[one.nip, revision + 1] = sha256
        self.server.standing[one.nip] = (revision + 1, sha256, "lain")

    @precondition(lambda self: not self.alone)
    @rule(teacher=st.integers(0, _TEACHERS - 1))
    def hear_the_news(self, teacher: int) -> None:
        """The client learns what stands."""
        one = self.teachers[teacher]
        if one.nip in self.server.standing:
            revision, sha256, _ = self.server.standing[one.nip]
            self.store.outbox.hold(one.id, PERIODE, revision, sha256, "diajukan", "", "")

    @invariant()
    def alone_there_is_no_conflict(self) -> None:
        """As long as nobody else sends, what we build on is always what the server holds."""
        if hasattr(self, "store") and not self.foreign:
            assert self.store.outbox.counts()["conflict"] == 0

    @invariant()
    def what_waits_is_counted(self) -> None:
        """The short count is that of the open states, and leaves out what waits for the operator's word."""
        if hasattr(self, "store"):
            counts = self.store.outbox.counts()
            assert self.store.outbox.waiting() == sum(counts[state] for state in OPEN_STATES)

    @invariant()
    def what_is_called_sent_is_there(self) -> None:
        """Sent means stored with our digest; queued and superseded mean that the server never saw it."""
        if not hasattr(self, "store"):
            return
        nips = {one.id: one.nip for one in self.teachers}
        for entry in self.store.outbox.all():
            assert digest(entry.line) == entry.sha256
            if entry.keadaan == "sent":
                assert self.server.stored[nips[entry.pegawai_id], entry.revisi] == entry.sha256
            if entry.keadaan in ("queued", "superseded"):
                assert entry.sha256 not in self.server.seen
            assert entry.keadaan != "sending"


OutboxRules.TestCase.settings = settings(max_examples=40, stateful_step_count=20, deadline=None)
TestOutboxRules = OutboxRules.TestCase
