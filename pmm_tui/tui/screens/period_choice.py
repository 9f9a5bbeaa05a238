"""Asking for another period."""

from __future__ import annotations

from pmm_tui.tui.messages import PeriodRequested
from pmm_tui.tui.screens.choose import Choice, ChoiceScreen
from pmm_tui.tui.screens.screen import PmmScreen


def ask_period(screen: PmmScreen) -> None:
    """Let one of all periods be chosen, and go on with it."""
    periode = screen.shell.in_force.periode

    def answered(chosen: str | None) -> None:
        if chosen and chosen != periode:
            screen.post_message(PeriodRequested(chosen))

    choices = [Choice(one.id, one.label, note=skema) for one, skema in screen.shell.services.periods()]
    screen.app.push_screen(ChoiceScreen("Ganti periode", choices, periode), answered)
