"""`pmm-tui` alone: the screen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pmm_tui.cli.context import RunContext
from pmm_tui.cli.open_screen import check_terminal, open_screen

if TYPE_CHECKING:
    import argparse


def run(args: argparse.Namespace, context: RunContext) -> int:
    """Start the screen, and practise when that was chosen there; raises UsageError without a terminal that could show it."""
    check_terminal(context)
    chosen = open_screen(context)
    from pmm_tui.tui import PRACTISE  # lazy: Textual only when there is a screen to draw

    if chosen == PRACTISE:
        from pmm_tui.cli.commands.latihan import practise  # lazy: only for those who practise

        return practise(context)
    return 0
