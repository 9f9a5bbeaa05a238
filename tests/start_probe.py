"""The program's start in a process of its own, up to the screen: `python -m tests.start_probe` tells what it has cost by then.

Two lines of JSON: just before the screen is drawn, and after the opening has ended with an error.
"""

from __future__ import annotations

import gc
import json
import os
import sys

from pmm_tui.cli.context import RunContext
from pmm_tui.cli.open_screen import open_screen
from pmm_tui.cli.output import console
from pmm_tui.locations import locate
from pmm_tui.store import Store


def collections() -> int:
    """How many collections there were so far."""
    return sum(generation["collections"] for generation in gc.get_stats())


class Run(RunContext):
    """A run that ends where the screen would be drawn: opening the store comes right before that."""

    def open_store(self, *, guard: bool = True) -> Store:
        tell(self.begun, textual="textual" in sys.modules)
        raise KeyboardInterrupt


def tell(begun: int, **more: object) -> None:
    """Say what is so now, since there were `begun` collections."""
    counted = {"collections": collections() - begun, "openssl": "_ssl" in sys.modules, "collecting": gc.isenabled()}
    print(json.dumps({**counted, **more}))


if __name__ == "__main__":
    run = Run(env=os.environ, locations=locate(os.environ), out=console())
    assert run.config  # read from the start on, whatever is opened
    run.begun = collections()
    try:
        open_screen(run)
    except KeyboardInterrupt:
        tell(run.begun)
