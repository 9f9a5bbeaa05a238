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
        from pmm_tui.extras import pip_install  # for this sentence alone

        raise UsageError(f"Mode pengembang butuh paket textual-dev; pasang dengan: {pip_install('textual-dev<2')}")
    check_terminal(context)
    mode: Mode = "developer" if args.pengembang else "practice"
    if args.tur and args.kepala:
        raise UsageError("Tur ini untuk operator; pakai --tur tanpa --kepala.")
    return practise(context, anew=args.ulang, acting_head=args.plt, head=args.kepala, mode=mode, tour=args.tur)


def practise(
    context: RunContext,
    *,
    anew: bool = False,
    acting_head: bool = False,
    head: bool = False,
    mode: Mode = "practice",
    tour: bool = False,
) -> int:
    """Practise, as the `head` where that is asked for; `anew` begins from nothing, `acting_head` gives the school one.

    `tour` begins the tour at once. Raises PmmError.
    """
    both = (context.for_practice(), context.for_practice(head=True))
    folder, places = both[0].locations.data_folder, both[head]
    if anew and folder.exists():
        for one in both:
            if one.locations.database.exists():
                one.open_store().close()  # refuses while another window practises
        shutil.rmtree(folder)
    for made in (folder, places.locations.data_folder):
        make_private_folder(made)
    context.out.say("Menyiapkan sekolah latihan …")
    with PracticeServer(folder, acting_head, head) as server:
        open_screen(places, mode=mode, look=_look(context), server=server, tour=tour)
        if server.trouble:  # told on the screen too, but a screen is gone when it is closed
            raise server.trouble
    return 0


def _look(context: RunContext) -> Config | None:
    """Look and keys are the operator's own, in practice as at work; a configuration that cannot be read is told at work."""
    try:
        return context.config if context.configured else None
    except ConfigError:
        return None
