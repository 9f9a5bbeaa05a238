"""The wizard: a teacher's plan through all its panes. This screen owns the plan session, which alone changes the plan."""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar

from textual import events, on
from textual.app import ComposeResult

from pmm_tui.services.plan_session import PlanSession
from pmm_tui.services.status_words import LOCKED, READING
from pmm_tui.skp.model import Pegawai, section_of
from pmm_tui.skp.plan_state import State
from pmm_tui.tui.keys import keys_of
from pmm_tui.tui.panes.data_diri import DataDiriPane
from pmm_tui.tui.panes.dressed import WIDE
from pmm_tui.tui.panes.pengembangan_kompetensi import PengembanganKompetensiPane
from pmm_tui.tui.panes.rangkuman import RangkumanPane
from pmm_tui.tui.panes.registry import FIRST_STEPS, ORDER, PANES, first_section, pane_label, plan_tabs
from pmm_tui.tui.panes.section import SectionPane
from pmm_tui.tui.panes.skp_words import beside
from pmm_tui.tui.screens.plan_dialogs import ask_change, ask_confirm, ask_rhk
from pmm_tui.tui.screens.plan_repeating import PlanRepeating
from pmm_tui.tui.widgets.side_pane import Beside, SidePane
from pmm_tui.tui.widgets.tab_bar import TabBar

_READING = ("bantuan", "bagian_berikut", "bagian_sebelum", "guru_berikut", "guru_belum", "kembali")
"""The keys of a plan that is open for reading."""


class RencanaScreen(PlanRepeating):
    """One teacher, one period. It may be opened at a `section`, at a `row` of it, or at a problem's `pointer`."""

    PLACE = "rencana"
    FOOTER: ClassVar = SectionPane.FOOTER
    AUTO_FOCUS = None

    def __init__(self, pegawai: Pegawai, section: str = "", row: str = "", pointer: str = "") -> None:
        super().__init__()
        self._pegawai = pegawai
        self._start_at = (section, row, pointer)

    def compose_body(self) -> ComposeResult:
        """Yield the tabs, and the page beside the panes; a pane is mounted when it is first visited."""
        yield TabBar(id="tab")
        yield Beside(SidePane(id="samping"), id="isi")

    async def on_mount(self) -> None:
        await super().on_mount()
        self._session = PlanSession(self.shell.services, self.shell.in_force, self._pegawai, self._saved, self._save_failed)
        self.look_around()
        if self._session.saved_at:
            self._fill_status(dirty=False)
        section, row, pointer = self._start_at
        await self._open(section or first_section(self._session.line.masalah), cursor=row, pointer=pointer)
        if self._session.locked:
            self.say(LOCKED if self._session.view().approved else READING)

    def on_resize(self, event: events.Resize) -> None:
        super().on_resize(event)
        self.look_changed()

    def look_changed(self) -> None:
        """Give the form its width, and show or hide the page beside it."""
        width, side = self.app.size.width, self.query_one(SidePane)
        side.display = width >= WIDE and not self.shell.thrifty
        side.styles.width = width - (96 if width >= 150 else 76)
        if self._panes:
            self._adapt()
            self._panes[self._section].tell()
            self._tell_beside(now=True)

    def _tell_beside(self, *, now: bool = False) -> None:
        """Let the page beside the form follow, once the keys rest."""
        side = self.query_one(SidePane)
        if not side.display:
            return
        section, session = self._section, self._session
        if now:
            side.show_now(beside(section, session.view(), session.saved_at, self.shell.look.signs))
        else:
            side.follow(lambda: beside(self._section, session.view(), session.saved_at, self.shell.look.signs))

    # ---- editing

    @on(SectionPane.Changed)
    def _section_changed(self, event: SectionPane.Changed) -> None:
        event.stop()
        if self._session.edit(event.pane.read(), event.group):  # as it is now, not as it was posted: two fast edits are both there
            self._said = (LOCKED, "warning") if self._session.view().approved else (self._of_next_edit, "")
            self._show()
        self._of_next_edit = ""
        event.pane.release()

    def _show(self) -> None:
        """Let panes and bars follow the plan; the star of what is not saved yet comes first."""
        self._fill_status(self._session.dirty)
        for name, pane in self._panes.items():
            pane.show(getattr(self._session.rencana, name))
        self._adapt()

    def _adapt(self) -> None:
        context = self._session.view()
        rangkuman = self._panes.get("rangkuman")
        if isinstance(rangkuman, RangkumanPane):
            rangkuman.then = self.then(context.submitted)
        for pane in self._panes.values():
            pane.adapt(context)
        self._fill_bars()
        self._tell_beside()

    async def action_urung(self) -> None:
        """Take back the last edit, and show where it was."""
        await self._step_history(self._session.undo, "Diurungkan", "Tidak ada yang dapat diurungkan")

    async def action_ulang(self) -> None:
        """Do again what was taken back, and show where it is."""
        await self._step_history(self._session.redo, "Diulangi", "Tidak ada yang dapat diulangi")

    @on(SectionPane.Said)
    def _say_for_pane(self, event: SectionPane.Said) -> None:
        event.stop()
        self.say(event.sentence, "warning")

    @on(SectionPane.ChangeRefused)
    def _ask_change(self) -> None:
        """Ask whether to change a plan that is open for reading; one that is approved stays locked."""
        state = self._session.line.state
        if state is State.APPROVED:
            self.say(LOCKED, "warning")
            return

        def answered(button: str | None) -> None:
            if button == "ya":
                self._session.unlock()
                self._adapt()
                self.say("Rencana dapat diubah; sesudah itu minta konfirmasi guru dan ajukan lagi")

        self.app.push_screen(ask_change(self._session.view(), state), answered)

    def _may_change(self) -> bool:
        """Whether the plan may be changed; asked where it is open for reading."""
        if locked := self._session.locked:
            self._ask_change()
        return not locked

    async def _step_history(self, step: Callable[[], bool], word: str, nothing: str) -> None:
        before = self._session.rencana
        if not step():
            self.say(nothing)
            return
        self._show()
        changed = [n for n in ORDER if getattr(before, n) != getattr(self._session.rencana, n)]
        if changed and self._section not in changed:
            await self._open(changed[0])
        self.say(f"{word}: {pane_label(changed[0], self._session.view().skema)}" if changed else word)

    # ---- panes

    async def _open(self, section: str, *, cursor: str = "", pointer: str = "") -> None:
        pane = self._panes.get(section)
        old = self._panes.get(self._section)
        self._section = section
        if old is not None and old is not pane:
            old.display = False
        if pane is None:
            view = self._session.view()
            pane = self._panes[section] = PANES[section](view)
            if isinstance(pane, RangkumanPane):
                pane.then = self.then(view.submitted)
            await self.query_one(Beside).mount(pane, before="#samping")
        else:
            pane.display = True
            pane.adapt(self._session.view())
            pane.tell()
            if not cursor and not pointer and section == "rangkuman":
                cursor = str(pane.first_row())
        if old is not pane:
            self._said = ("", "")
        pane.focus(scroll_visible=False)
        self.set_footer(_READING if self._session.locked and not self.shell.thrifty else pane.FOOTER)
        pane.go_to_place(cursor, pointer)
        self._fill_bars()
        self._tell_beside(now=True)
        self._remember()

    @on(SectionPane.StepRequested)
    async def _step_requested(self, event: SectionPane.StepRequested) -> None:
        event.stop()
        await self._move(event.direction)

    async def _move(self, direction: int) -> None:
        at = ORDER.index(self._section) + direction
        if at >= len(ORDER):
            blocking = self._session.line.first_blocking
            if blocking and not self.shell.thrifty:
                await self._jump(blocking.pointer)
            self.say(f"Ini bagian terakhir. {blocking.pesan if blocking else 'Bila sudah benar, ajukan dengan F9.'}", "warning")
            return
        if at < 0:
            await self.action_kembali()
        elif direction > 0 and self._section == "data_diri" and not self._session.rencana.data_diri.sesuai:
            await self._ask_confirm()
        elif direction > 0 and self._section == "rapor_pendidikan" and not self._session.rencana.rapor_pendidikan.dimengerti:
            self.say("Tekan Saya mengerti lebih dahulu", "warning")
        else:
            await self._open(ORDER[at])
            self._session.save_soon()

    async def action_bagian_berikut(self) -> None:
        """Go to the next pane."""
        await self._move(1)

    async def action_bagian_sebelum(self) -> None:
        """Go to the pane before."""
        await self._move(-1)

    @on(TabBar.Selected)
    async def _tab_clicked(self, event: TabBar.Selected) -> None:
        if event.tab_id in ORDER:
            await self._open(event.tab_id)

    def _fill_bars(self) -> None:
        session = self._session
        self.head()
        tabs = plan_tabs(session, self._section, self._panes, session.view().skema, thrifty=self.shell.thrifty)
        self.query_one(TabBar).set(tabs, self._section)
        state = session.line.state
        word = f"draf · {session.line.blocking_count} belum beres" if state is State.DRAFT else state.word
        self.set_status(right=" · ".join(part for part in (self.beside_words(), word) if part))

    def help_here(self) -> str:
        """Return the help of the open pane."""
        return PANES[self._section].HELP

    def topic(self) -> str:
        """Return the open pane."""
        return self._section

    def teacher_here(self) -> int:
        """Return the teacher's id."""
        return self._pegawai.id

    # ---- what panes ask for

    @on(RangkumanPane.JumpRequested)
    async def _jump_requested(self, event: RangkumanPane.JumpRequested) -> None:
        await self._jump(event.pointer)

    async def _jump(self, pointer: str) -> None:
        if (section := section_of(pointer)) in ORDER:
            await self._open(section, pointer=pointer if pointer.count("/") > 1 else "")

    @on(DataDiriPane.ConfirmRequested)
    async def _ask_confirm(self) -> None:
        pane = self.query_one(DataDiriPane)

        async def answered(button: str | None) -> None:
            if button == "ya":
                self._session.edit(pane.declared())
                self._show()
                await self._open("rapor_pendidikan")

        if self._session.locked and self._session.rencana.data_diri == pane.declared():
            await self._open("rapor_pendidikan")
        elif self._may_change():
            self.app.push_screen(ask_confirm(pane.summary()), answered)

    @on(PengembanganKompetensiPane.AddRequested)
    async def action_tambah(self) -> None:
        """Choose an RHK from the list and add it."""
        if self._section in FIRST_STEPS or not self._may_change():
            return
        if self._section != "pengembangan_kompetensi":
            await self._open("pengembangan_kompetensi")
        pane = self.query_one(PengembanganKompetensiPane)

        def answered(kompetensi: str | None) -> None:
            if kompetensi and (refusal := pane.add(pane.new_rhk(kompetensi))):
                self.set_status(refusal, style="warning")

        # On a thin line what a choice asks for is left to the pane, which tells it when it is chosen.
        self.app.push_screen(ask_rhk(self._session.view(), notes=not self.shell.thrifty), answered)

    def action_hapus(self) -> None:
        """Take away the RHK under the cursor."""
        pane = self._panes.get(self._section)
        if isinstance(pane, PengembanganKompetensiPane) and self._may_change():
            if number := pane.remove_rhk():
                self._of_next_edit = f"RHK {number} dihapus; {keys_of('urung', self.shell.keymap)[0]} mengembalikan"
            else:
                self.say("Taruh kursor pada RHK yang akan dihapus", "warning")
