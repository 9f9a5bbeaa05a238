"""`pmm-tui pelengkap`: the shell completions that come with the program."""

from __future__ import annotations

import argparse
from importlib import resources

from pmm_tui.cli.context import RunContext


def run(args: argparse.Namespace, context: RunContext) -> int:
    """Print the completion of a shell, to be sourced there."""
    context.out.raw((resources.files("pmm_tui") / "completions" / f"pmm-tui.{args.shell}").read_text("utf-8"))
    return 0
