"""Flows that change the plans of many teachers in one step, and take it back: all of them or none."""

from __future__ import annotations

from pmm_tui.skp.model import Rangkuman, RencanaKinerja
from pmm_tui.skp.plan_carry import bare
from pmm_tui.store import Store
from pmm_tui.store.steps import DraftChange
from tests.faults.storage.flow import MANY, Flow
from tests.faults.storage.parent import Ending
from tests.faults.storage.storage_kit import MOMENT, PERIODE, content, rencana

_OF_TEMPLATE = "Dari templat"


def said(plan: RencanaKinerja) -> str:
    """What the own RHK of a plan says."""
    return plan.pengembangan_kompetensi.rhk[0].uraian


class UseTemplate(Flow):
    """A template over every plan."""

    work = ("templat", "pakai", "Semua", "--semua", "--timpa")

    def prepare(self) -> None:
        """Keep one that says something else."""
        with Store.open(self.database) as store:
            store.templates.save("Semua", PERIODE, "", rencana(_OF_TEMPLATE), MOMENT)

    def middle(self, victim: Ending) -> None:
        """All say what they said, confirmed, or all what the template says; that as one step, and once a line was said."""
        found = content(self.database).drafts
        done = {said(plan) for plan in found.values()} == {_OF_TEMPLATE}
        assert done or found == self.as_before.drafts
        assert done or ": diisi" not in victim.out
        self._one_step(done=done)

    def end(self, victim: Ending) -> None:
        """All say what the template says, and the teachers' own is theirs."""
        wanted = bare(rencana(_OF_TEMPLATE))
        for row_id, plan in content(self.database).drafts.items():
            before = self.as_before.drafts[row_id]
            assert (plan.data_diri, plan.tugas_tambahan, plan.rangkuman) == (before.data_diri, before.tugas_tambahan, Rangkuman())
            assert plan.pengembangan_kompetensi == wanted.pengembangan_kompetensi
        self._one_step(done=True)

    def _one_step(self, *, done: bool) -> None:
        with Store.open(self.database) as store:
            step = store.steps.last(PERIODE)
            assert (step.count if step else 0) == (MANY if done else 0)


class UndoStep(Flow):
    """Taking such a step back."""

    work = ("urungkan",)
    again = (0, 1)  # 1: it was taken back already

    def prepare(self) -> None:
        """Make a step over every plan, and work on one of them afterwards."""
        with Store.open(self.database) as store:
            changes = [DraftChange(one.id, 1, rencana(_OF_TEMPLATE)) for one in store.roster.all()]
            store.steps.do("salin", "Disalin", PERIODE, changes, MOMENT)
            self.edited = changes[0].pegawai_id
            store.drafts.save(self.edited, PERIODE, rencana("Sesudahnya"), 3, MOMENT)
        self.once = (1,)  # one of them stays as it is

    def middle(self, victim: Ending) -> None:
        """All but the one are as the step made them, or all as before; never the one."""
        found = {row_id: said(plan) for row_id, plan in content(self.database).drafts.items()}
        assert found.pop(self.edited) == "Sesudahnya"
        assert len(found) == MANY - 1
        assert set(found.values()) in ({_OF_TEMPLATE}, {"Menulis modul"})
        assert set(found.values()) == {"Menulis modul"} or "kembali" not in victim.out

    def end(self, victim: Ending) -> None:
        """All but the one are as before, confirmed as they were."""
        found = content(self.database).drafts
        assert said(found.pop(self.edited)) == "Sesudahnya"
        assert list(found.values()) == [rencana()] * (MANY - 1)
