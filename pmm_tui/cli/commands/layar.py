"""`pmm-tui` alone: the screen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pmm_tui.cli.context import RunContext
from pmm_tui.cli.open_screen import check_terminal, open_screen
from pmm_tui.config import Config
from pmm_tui.errors import ConfigError
from pmm_tui.private_file import is_folder

if TYPE_CHECKING:
    import argparse


def run(args: argparse.Namespace, context: RunContext) -> int:
    """Start the screen, and go on to another school or practise when that was chosen there.

    Raises UsageError without a terminal that could show it.
    """
    check_terminal(context)
    while True:
        if is_folder(context.locations.schools_folder):
            from pmm_tui.cli.school_lines import note_last  # lazy: only where several schools are kept

            note_last(context)
        chosen = open_screen(context, look=_look(context))
        from pmm_tui.tui import PRACTISE, SCHOOL  # lazy: Textual only when there is a screen to draw

        if chosen == PRACTISE:
            from pmm_tui.cli.commands.latihan import practise  # lazy: only for those who practise

            return practise(context)
        if not chosen.startswith(SCHOOL):
            return 0
        from pmm_tui.cli.kept_schools import go_to  # lazy: only for those who go to another school

        context = go_to(context, chosen.removeprefix(SCHOOL))


def _look(context: RunContext) -> Config | None:
    """Look and keys of a school after the first are the first's; one whose configuration cannot be read is told there."""
    try:
        return context.first_school().config if context.locations.first else None
    except ConfigError:
        return None
