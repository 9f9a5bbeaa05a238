"""What must hold in a random session: seen before replaced, each envelope once, nothing at another school, sent is there."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress

import msgspec

from pmm_tui.errors import ShapeError
from pmm_tui.skp.wire import open_envelope
from pmm_tui.store import OutboxEntry
from tests.faults.wire.computer import Computer, Sealed, Seen, content
from tests.faults.wire.places import Place, StoredPlan
from tests.faults.wire.wire_kit import OPEN
from tests.store.samples import held

DECIDED = "Diputuskan setelah melihat"
"""How the note begins of an envelope that was set aside after a look at both."""


class FairPlay:
    """Judges servers and clients of one session.

    `registry` has what clients sealed, `foreign` what the other program sent, by school.
    """

    def __init__(self, places: Sequence[Place], teachers: int) -> None:
        self.registry: dict[str, Sealed] = {}
        self.foreign: set[tuple[str, bytes]] = set()
        self.replaced = 0
        self._places = places
        self._teachers = teachers
        self._judged: list[set[StoredPlan]] = [set() for _ in places]

    # ---- after each step

    def check(self, clients: Sequence[Computer]) -> None:
        """Judge what stands everywhere now."""
        for client in clients:
            client.observe()
        for at, place in enumerate(self._places):
            place.proxy.settled()
            stored = place.stored()
            self._once(stored)
            for plan in sorted(set(stored) - self._judged[at], key=lambda plan: plan.revision):
                self._judge(plan, stored)
            self._judged[at] = {msgspec.structs.replace(plan, standing=standing) for plan in stored for standing in (False, True)}
            for campus in place.schools:
                assert place.witness.teachers(campus.npsn) == self._teachers
        for client in clients:
            self._truly_sent(client)

    def _once(self, stored: Sequence[StoredPlan]) -> None:
        assert len({(plan.npsn, plan.nip, plan.periode, plan.revision) for plan in stored}) == len(stored)

    def _judge(self, plan: StoredPlan, stored: Sequence[StoredPlan]) -> None:
        """A plan that is new on a server: of that school, and its author had seen what it replaced."""
        if (plan.npsn, plan.line) in self.foreign:
            return
        sealed = self.registry.get(plan.sha256)
        assert sealed is not None, f"nobody sealed revision {plan.revision}"
        assert sealed.npsn == plan.npsn, f"a plan of {sealed.npsn} is at school {plan.npsn}"
        if plan.base:
            self.replaced += 1
            before = next(
                one
                for one in stored
                if (one.npsn, one.nip, one.periode, one.revision) == (plan.npsn, plan.nip, plan.periode, plan.base)
            )
            assert _as_seen(before) & sealed.seen, f"revision {plan.revision} replaced {plan.base}, which its author never saw"

    def _truly_sent(self, client: Computer) -> None:
        """What a client calls sent has a receipt, and is on the server unless that changed since the client last asked."""
        assert all(entry.tanda_terima.strip() for entry in client.own_entries() if entry.keadaan == "sent")
        if client.doubted:
            return
        place = self._places[client.at]
        if not client.wandered:
            assert place.witness.falsely_sent(client, client.npsn) == []
            return
        stored = {(plan.npsn, plan.nip, plan.periode): plan for plan in place.stored() if plan.standing}
        for entry in client.store.outbox.all():  # older revisions may be the history of another server, or of one that is no more
            stands = stored.get((client.npsn, entry.kunci["nip"], entry.periode))
            if entry.keadaan == "sent" and (stands is None or entry.revisi >= stands.revision):
                assert stands is not None, f"revision {entry.revisi} is sent, and nothing is there"
                assert (stands.revision, stands.sha256) == (entry.revisi, entry.sha256)

    # ---- at the end

    def settled(self, clients: Sequence[Computer]) -> None:
        """Every envelope is sent, or says what became of it; server and clients are of one opinion."""
        self.check(clients)
        for client in clients:
            for entry in client.store.outbox.all():
                _named(client, entry)
            self._same_opinion(client)
        if not any(client.wandered for client in clients):  # else an envelope may be settled by what another server said of it
            sealed = {entry.line for client in clients for entry in client.own_entries()}
            sent = {entry.line for client in clients for entry in client.own_entries() if entry.keadaan == "sent"}
            assert {plan.line for plan in self._places[0].stored()} & sealed <= sent

    def _same_opinion(self, client: Computer) -> None:
        """A client that has asked knows what stands of each plan, and has its content or says that it cannot be read."""
        stored = [plan for plan in self._places[client.at].stored() if plan.npsn == client.npsn]
        stands = {(plan.nip, plan.periode): plan for plan in stored if plan.standing}
        for pegawai in client.store.roster.all():
            for periode in ("2025", "2026"):
                plan = stands.get((pegawai.nip, periode))
                told = (plan.revision, plan.sha256) if plan else (0, "")
                assert held(client.store, pegawai.id, periode) == told
                unseen = client.store.held.get(pegawai.id, periode)
                assert plan is None or unseen is None or unseen.read
                found = client.looks(pegawai, periode)
                if plan is not None:
                    assert found is not None
                    assert found.revision == plan.revision
                    assert found.theirs is None or content(found.theirs) in {what for *_, what in _as_seen(plan)}


def _as_seen(plan: StoredPlan) -> set[Seen]:
    """How somebody may have seen a plan: its content, or that it cannot be read."""
    ways = {(plan.nip, plan.periode, plan.sha256.encode())}
    with suppress(ShapeError):
        ways.add((plan.nip, plan.periode, content(open_envelope(plan.line).rencana)))
    return ways


def _named(client: Computer, entry: OutboxEntry) -> None:
    assert entry.keadaan not in OPEN
    if entry.keadaan == "rejected":
        assert entry.masalah
        assert all(masalah.pesan for masalah in entry.masalah)
    elif entry.keadaan == "superseded":
        others = [k for k in client.store.outbox.all() if (k.pegawai_id, k.periode) == (entry.pegawai_id, entry.periode)]
        assert entry.catatan
        assert entry.catatan.startswith(DECIDED) or any(
            k.revisi > entry.revisi or k.keadaan in ("rejected", "conflict") or k.catatan.startswith(DECIDED)
            for k in others
            if k is not entry
        )
