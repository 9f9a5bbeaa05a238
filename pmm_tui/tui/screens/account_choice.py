"""Marking how a teacher's belajar.id account stands, as it was looked at today."""

from __future__ import annotations

from collections.abc import Callable

from pmm_tui.errors import PmmError
from pmm_tui.services.account_states import STATES, state_of
from pmm_tui.skp.account import AccountState
from pmm_tui.skp.model import Pegawai
from pmm_tui.tui.screens.choose import Choice, ChoiceScreen
from pmm_tui.tui.screens.screen import PmmScreen


def ask_state(screen: PmmScreen, pegawai: Pegawai, done: Callable[[], None]) -> None:
    """Let the state be chosen and keep it; `done` is called after that."""
    shell = screen.shell

    def answered(word: str | None) -> None:
        from pmm_tui.services.account_import import mark  # only when asked for: it reads files

        if not word:
            return
        services = shell.services
        try:
            shell.store.accounts.write(mark(shell.store, [pegawai], word, services.now(), services.today()))
        except PmmError as error:
            screen.set_status(error.sentence, style="error")
            return
        screen.set_status(f"Akun {pegawai.nama}: {STATES[word].label}")
        done()

    chosen = state_of(shell.store.accounts.all(), pegawai.id).word
    choices = [Choice(state.word, state.label, note=state.step) for state in AccountState]
    screen.app.push_screen(ChoiceScreen(f"Akun belajar.id {pegawai.nama}", choices, chosen), answered)
