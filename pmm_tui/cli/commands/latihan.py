"""`pmm-tui latihan`: the real program against the real server, with a fictional school, in a folder of its own."""

from __future__ import annotations

import argparse
import shutil
from importlib.util import find_spec

from pmm_tui.cli.context import RunContext
from pmm_tui.cli.open_screen import Mode, check_terminal, open_screen
from pmm_tui.config import Config
from pmm_tui.errors import ConfigError, UsageError
from pmm_tui.practice.process import PracticeServer
from pmm_tui.private_file import make_private_folder


def run(args: argparse.Namespace, context: RunContext) -> int:
    """Start the screen over the practice school, and its server behind it; both end together."""
    if args.pengembang and find_spec("textual_dev") is None:
        raise UsageError('Mode pengembang butuh paket textual-dev; pasang dengan: pip install "textual-dev<2"')
    check_terminal(context)
    return practise(context, anew=args.ulang, acting_head=args.plt, mode="developer" if args.pengembang else "practice")


def practise(context: RunContext, *, anew: bool = False, acting_head: bool = False, mode: Mode = "practice") -> int:
    """Practise; `anew` begins from nothing, `acting_head` gives the school one. Raises PmmError."""
    places = context.for_practice()
    folder = places.locations.data_folder
    if anew and folder.exists():
        places.open_store().close()  # refuses while another window practises
        shutil.rmtree(folder)
    make_private_folder(folder)
    context.out.say("Menyiapkan sekolah latihan …")
    with PracticeServer(folder, acting_head) as server:
        open_screen(places, mode=mode, look=_look(context), server=server)
        if server.trouble:  # told on the screen too, but a screen is gone when it is closed
            raise server.trouble
    return 0


def _look(context: RunContext) -> Config | None:
    """Look and keys are the operator's own, in practice as at work; a configuration that cannot be read is told at work."""
    try:
        return context.config if context.configured else None
    except ConfigError:
        return None
