"""A question on the terminal, before something that cannot be taken for granted."""

from __future__ import annotations

import sys

from pmm_tui.cli.context import RunContext
from pmm_tui.cli.output import is_terminal
from pmm_tui.errors import UsageError


def agreed(question: str, otherwise: str, context: RunContext) -> bool:
    """Whether the operator says yes; anything but a clear yes is a no. Raises UsageError(otherwise) where nobody can be asked."""
    if not (is_terminal(sys.stdin) and is_terminal(sys.stderr)):
        raise UsageError(otherwise)
    context.out.say(f"{question} [y/T]")
    return sys.stdin.readline().strip().casefold() in ("y", "ya")
