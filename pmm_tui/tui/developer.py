"""The app for those who work on it: Textual's console, pictures of the screen, whole tracebacks; over nobody who exists."""

from __future__ import annotations

import sys
from typing import Any

from textual import constants
from textual.app import App
from textual.binding import Binding

from pmm_tui.tui.app import PmmApp


class DeveloperApp(PmmApp):
    """Gives back what `PmmApp` keeps from Textual's tools; see `latihan --pengembang`."""

    BINDINGS = [Binding("alt+p", "picture", show=False, priority=True)]

    save_screenshot = App.save_screenshot
    _print_error_renderables = App._print_error_renderables

    def export_screenshot(self, **options: Any) -> str:
        """Draw the screen as SVG."""
        return App.export_screenshot(self, **options)

    def action_picture(self) -> None:
        """Write a picture of the screen as SVG, into the working folder unless TEXTUAL_SCREENSHOT_LOCATION names another."""
        self.umumkan(f"Gambar layar: {self.save_screenshot(path=constants.SCREENSHOT_LOCATION)}", True)

    def _fatal_error(self) -> None:
        """Save and report as at work; then show Textual's traceback, with local values."""
        super()._fatal_error()
        if sys.exc_info()[0] is not None:
            App._fatal_error(self)
