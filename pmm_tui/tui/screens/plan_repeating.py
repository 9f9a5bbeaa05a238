"""How a plan takes what the last teacher's has: a field, a pane, or all of it; each is one step to undo."""

from __future__ import annotations

from typing import Any, Protocol, runtime_checkable

from pmm_tui.errors import PmmError
from pmm_tui.services.repeating import NOBODY, LastPlan, last_plan, left_words, repeat
from pmm_tui.skp.plan_carry import PARTS, Carried, has_content
from pmm_tui.tui.keys import keys_of
from pmm_tui.tui.palette_entry import Entry
from pmm_tui.tui.panes.registry import first_section, pane_label
from pmm_tui.tui.panes.skp_words import step_name
from pmm_tui.tui.screens.plan_submitting import PlanSubmitting

_NEVER = "Data diri, SK dan konfirmasi guru tidak pernah disalin"


@runtime_checkable
class RepeatsFields(Protocol):
    """A pane that takes single fields of another plan's section; of the others all is one field."""

    def repeated(self, there: Any) -> Any:
        """Return the section with what is under the cursor as `there`; where that has nothing of it, why, or an empty text."""


class PlanRepeating(PlanSubmitting):
    """A part of the plan's screen, which owns the session and the panes."""

    PLACE = "rencana"

    def _may_change(self) -> bool:
        """Whether the plan may be changed; asked where it is open for reading."""
        raise NotImplementedError

    def action_ulang_isian(self) -> None:
        """The field under the cursor takes what the last teacher's plan has there."""
        if (last := self._last_of_pane()) is None:
            return
        pane = self._panes[self._section]
        if pane.cursor == "lanjut":
            key = keys_of("ulang_bagian", self.shell.keymap)[0]
            self.say(f"Taruh kursor pada isian; {key} menyamakan seluruh bagian", "warning")
            return
        carried = repeat(last, self._session.view(), (self._section,))
        there = getattr(carried.rencana, self._section)
        found = pane.repeated(there) if isinstance(pane, RepeatsFields) else there
        if not isinstance(found, str) and found != pane.read():
            self._take_section(found, f"Seperti {last.pegawai.nama}")
        elif not isinstance(found, str) and has_content(getattr(last.rencana, self._section)):
            self._say_same(last, carried)
        else:
            self.say(found or self._nothing(last, carried), "warning")

    def action_ulang_bagian(self) -> None:
        """The open pane becomes as the last teacher's, as far as it fits."""
        if (last := self._last_of_pane()) is None:
            return
        carried = repeat(last, self._session.view(), (self._section,))
        if carried.changed:
            self._take_section(getattr(carried.rencana, self._section), self._done_words(last, carried))
        elif has_content(getattr(last.rencana, self._section)):
            self._say_same(last, carried)
        else:
            self.say(self._nothing(last, carried), "warning")

    async def action_ulang_rencana(self) -> None:
        """The whole plan becomes as the last teacher's, as far as it fits; goes to what is to be decided next."""
        if not self._may_change() or (last := self._last()) is None:
            return
        session = self._session
        carried = repeat(last, session.view(), PARTS)
        words = self._done_words(last, carried)
        if not session.edit(carried.rencana):
            self._say_same(last, carried)
            return
        self._show()
        section = first_section(session.line.masalah)
        wrong = next((m.pointer for m in session.line.blocking if m.section == section and m.pointer.count("/") > 1), "")
        await self._open(section, pointer=wrong)
        self.say(words)

    def palette_entries(self) -> tuple[Entry, ...]:
        """Return what there is of templates."""
        from pmm_tui.tui.screens.template_band import template_entries  # only with the palette

        return template_entries(self, self._session.pegawai, self._session.rencana)

    # ---- whose, and in which words

    def _last(self) -> LastPlan | None:
        shell, in_force = self.shell, self.shell.in_force
        try:
            kind, worked = self._session.pegawai.jenis_ptk, shell.worked.of(in_force.periode)
            found = last_plan(shell.store, in_force, kind, worked, besides=self.pegawai_id)
        except PmmError as error:
            self.say(error.sentence, "error")
            return None
        if found is None:
            self.say(NOBODY, "warning")
        return found

    def _last_of_pane(self) -> LastPlan | None:
        """The last plan, where this pane can be repeated and may be changed."""
        if self._section not in PARTS:
            self.say(_NEVER, "warning")
            return None
        return self._last() if self._may_change() else None

    def _take_section(self, section: object, words: str) -> None:
        self._of_next_edit = words
        self._panes[self._section].replace(section, None)  # its row stays under the cursor

    def _done_words(self, last: LastPlan, carried: Carried) -> str:
        view = self._session.view()
        replaced = [pane_label(name, view.skema) for name in carried.changed if has_content(getattr(view.rencana, name))]
        left = left_words(carried.left)
        parts = (
            f"Seperti {last.pegawai.nama}",
            f"{', '.join(replaced)} diganti, {keys_of('urung', self.shell.keymap)[0]} mengembalikan" if replaced else "",
            f"tidak disalin: {left}" if left else "",
        )
        return "; ".join(part for part in parts if part)

    def _say_same(self, last: LastPlan, carried: Carried) -> None:
        left = left_words(carried.left)
        self.say(f"Tidak ada yang berubah; tidak disalin: {left}" if left else f"Sudah sama dengan {last.pegawai.nama}", "warning")

    def _nothing(self, last: LastPlan, carried: Carried) -> str:
        left = left_words(carried.left)
        here = step_name(self._section, self._session.view().skema)
        return f"{last.pegawai.nama} tidak mengisi ini di {here}" + (f"; tidak disalin: {left}" if left else "")
