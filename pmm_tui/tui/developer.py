"""The app for those who work on it: Textual's console and pictures of the screen, which shows nobody who exists."""

from __future__ import annotations

from typing import Any

from textual import constants
from textual.app import App
from textual.binding import Binding

from pmm_tui.tui.app import PmmApp


class DeveloperApp(PmmApp):
    """Gives back what `PmmApp` keeps from Textual's tools; see `latihan --pengembang`."""

    BINDINGS = [Binding("alt+p", "picture", show=False, priority=True)]

    save_screenshot = App.save_screenshot

    def export_screenshot(self, **options: Any) -> str:
        """Draw the screen as SVG."""
        return App.export_screenshot(self, **options)

    def action_picture(self) -> None:
        """Write a picture of the screen as SVG, into the working folder unless TEXTUAL_SCREENSHOT_LOCATION names another."""
        self.announce(f"Gambar layar: {self.save_screenshot(path=constants.SCREENSHOT_LOCATION)}", True)
