"""What the plan's screen does about a plan that the server holds otherwise: says so on top, and leads to a look at both."""

from __future__ import annotations

from pmm_tui.services.status_words import held_words
from pmm_tui.tui.keys import keys_of
from pmm_tui.tui.screens.plan_saving import PlanSavingScreen
from pmm_tui.tui.widgets.details import Details


class PlanLook(PlanSavingScreen):
    """A part of the plan's screen, which owns the session and the panes."""

    PLACE = "rencana"

    def _show(self) -> None:
        """Let panes and bars follow the plan."""
        raise NotImplementedError

    def _adapt(self) -> None:
        """Let panes and bars follow what is around the plan."""
        raise NotImplementedError

    def fill_title(self) -> None:
        """Say whose plan this is."""
        raise NotImplementedError

    # ---- the line on top

    def head(self) -> None:
        """Say whose plan this is, and on a line of its own where the server holds what nobody here has seen."""
        session = self._session
        self.fill_title()
        told = self.query("#di-server")
        if session.line.state.needs_look and not told:
            self.mount(Details(1, id="di-server"), after="#tab")
        elif told and not session.line.state.needs_look:
            told.remove()
        if session.line.state.needs_look:
            self.call_later(self._tell_on_top)

    def _tell_on_top(self) -> None:
        """The key first: a long name must not push it out of the line. The state itself stands in the status line."""
        session, state = self._session, self._session.line.state
        if not session.line.state.needs_look:
            return
        key = keys_of("beda", self.shell.keymap)[0]
        holds = held_words(session.held) if session.held else "server tidak memegangnya lagi"
        sign = self.shell.look.state_sign(state)
        for line in self.query("#di-server").results(Details):
            line.set((f"{sign} {key} Lihat bedanya: {holds}", "warning"))

    # ---- the look at both

    async def look_first(self) -> bool:
        """Open the look at both where the plan needs one; false where it needs none."""
        if self._session.line.state.needs_look:
            await self.action_beda()
        return self._session.line.state.needs_look

    async def action_beda(self) -> None:
        """Compare with what the server holds."""
        comparison = await self._session.compare()
        if comparison is None:
            self.say("Server tidak memegang isi lain untuk rencana ini.")
            return
        from pmm_tui.tui.screens.differences import DifferencesScreen  # only when asked for

        await self.app.push_screen(DifferencesScreen(self._session, comparison, self._settled))

    async def _settled(self, sentence: str) -> None:
        self._session.unlock()  # what was taken can be undone at once; an approved plan stays locked
        self._show()
        self.say(sentence)

    # ---- what comes from behind

    async def refresh_data(self) -> None:
        """Read the outbox and the reference data again, and the draft where a fetch has replaced it.

        What a pane was told and has not told yet stays.
        """
        session = self._session
        before, rencana = session.line.state, session.rencana
        untold = {n: pane.read() for n, pane in self._panes.items() if pane.read() != getattr(rencana, n)}
        session.refresh(self.shell.in_force)
        if session.rencana is not rencana:
            for name, pane in self._panes.items():
                if name in untold:
                    session.edit(untold[name])
                else:
                    pane.show(getattr(session.rencana, name))
        self._adapt()
        if session.line.state is not before:
            self.set_status(session.status_sentence())
