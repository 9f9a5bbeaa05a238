"""A head who is in the middle of deciding."""

from __future__ import annotations

import msgspec

from pmm_tui.store import Store
from pmm_tui.store.decision_entry import DecisionEntry
from pmm_tui.store.journal import Journal
from pmm_tui.store.outbox_entry import Sent
from tests.faults.storage.flow import MANY, Flow
from tests.faults.storage.parent import Ending
from tests.faults.storage.storage_kit import MOMENT, PERIODE, content, rencana


class Decide(Flow):
    """All plans approved, with a note."""

    def prepare(self) -> None:
        """Let the server hold a plan of each teacher, and the head have read it."""
        with Store.open(self.database) as store:
            told = {"npsn": "20512345", "nama": "SMP Contoh", "jenjang": "SMP", "peran": "kepala_sekolah"}
            store.reference.put("sekolah", "", msgspec.json.encode(told), MOMENT)
            for pegawai in store.roster.all():
                entry = store.outbox.seal(pegawai, PERIODE, rencana(), 1, MOMENT)
                store.outbox.mark_sending([entry.id])
                store.outbox.record_all({entry.id: Sent("R-1", "2026-01-08T02:11:05Z", "diajukan")})
                plan = store.decisions.plan(pegawai.id, PERIODE)
                assert plan is not None
                store.decisions.mark_read(plan, MOMENT)
            numbers = [str(pegawai.id) for pegawai in store.roster.all()]
        self.work = ("putuskan", *numbers, "--setujui", "--catatan", "Sudah baik.")

    def middle(self, victim: Ending) -> None:
        """Each at most once, each in the log, and all once a line was said."""
        found = self._decisions()
        assert len({entry.pegawai_id for entry in found}) == len(found)
        assert len(found) == MANY or ": diputuskan" not in victim.out

    def end(self, victim: Ending) -> None:
        """Each once, waiting to be sent."""
        found = self._decisions()
        assert [(entry.keputusan, entry.keadaan) for entry in found] == [("setujui", "queued")] * MANY

    def _decisions(self) -> tuple[DecisionEntry, ...]:
        content(self.database)  # opens and checks all of it
        with Store.open(self.database) as store:
            found = store.decisions.all()
        logged = {entry.sha256 for entry in Journal(self.database).entries()}
        assert logged >= {entry.sha256 for entry in found}
        return found
