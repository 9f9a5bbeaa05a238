"""What the list of teachers asks of others: another screen, another period or school, the network."""

from __future__ import annotations

from pmm_tui.tui.messages import ImportRequested, OutboxRequested, PrerequisitesRequested, SettingsRequested
from pmm_tui.tui.screens.screen import PmmScreen


class RosterDoors(PmmScreen):
    """A list from which the other places are reached."""

    def action_impor(self) -> None:
        """Open the import."""
        self.post_message(ImportRequested())

    def action_prasyarat(self) -> None:
        """Open what has to be mended before entry."""
        self.post_message(PrerequisitesRequested())

    def action_tarik(self) -> None:
        """Fetch reference data."""
        self.shell.background.fetch()

    def action_kirim(self) -> None:
        """Send what waits."""
        self.shell.background.send(forced=True)

    def action_kotak(self) -> None:
        """Open the outbox."""
        self.post_message(OutboxRequested())

    def action_atur(self) -> None:
        """Open the settings."""
        self.post_message(SettingsRequested())

    def action_periode(self) -> None:
        """Choose another period."""
        from pmm_tui.tui.screens.period_choice import ask_period  # only when asked for

        ask_period(self)

    async def action_sekolah_lain(self) -> None:
        """Open another school."""
        from pmm_tui.tui.screens.school_choice import ask_school  # only when asked for

        await ask_school(self)
