"""Which driver reads and writes this system's terminals."""

from __future__ import annotations

import sys

from textual.driver import Driver


def terminal_driver() -> type[Driver]:
    """Ours, for this system's terminals."""
    if sys.platform == "win32":
        from pmm_tui.tui.windows_driver import ConsoleDriver  # Windows only

        return ConsoleDriver
    from pmm_tui.tui.posix_driver import TerminalDriver  # POSIX only

    return TerminalDriver
