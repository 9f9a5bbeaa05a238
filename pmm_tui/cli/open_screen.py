"""Opens the screen, at work and in practice; what was chosen there is for the command to decide on."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING, Literal

from pmm_tui.cli.context import RunContext
from pmm_tui.cli.output import is_terminal
from pmm_tui.errors import PmmError, UsageError
from pmm_tui.quick_start import quick_start

if TYPE_CHECKING:
    from pmm_tui.config import Config
    from pmm_tui.practice.process import PracticeServer

DEVELOPER_VARIABLES = (
    "TEXTUAL", "TEXTUAL_DEBUG", "TEXTUAL_DRIVER", "TEXTUAL_LOG", "TEXTUAL_PRESS", "TEXTUAL_SCREENSHOT",
    "TEXTUAL_SCREENSHOT_FILENAME", "TEXTUAL_SCREENSHOT_LOCATION", "TEXTUAL_SHOW_RETURN",
)  # fmt: skip
"""What makes Textual write keys, messages or pictures of the screen to files and ports: a developer's, not for personal data."""


Mode = Literal["work", "practice", "developer"]
"""What the screen is opened for; a developer always practises."""


def open_screen(
    context: RunContext,
    *,
    mode: Mode = "work",
    look: Config | None = None,
    server: PracticeServer | None = None,
    tour: bool = False,
) -> str:
    """Draw the screen until it is left; returns what was chosen there (see `tui.run`). Raises PmmError.

    `look` is the configuration that look and keys come from, where that is another; `server` is the practice mode's,
    `tour` whether its tour begins at once.
    """
    if mode == "developer":
        os.environ.setdefault("TEXTUAL", "debug,devtools")
    else:
        for name in DEVELOPER_VARIABLES:
            os.environ.pop(name, None)
    with quick_start():
        from pmm_tui.cli.screen_services import ScreenServices  # lazy: Textual only when there is a screen to draw
        from pmm_tui.cli.screen_settings import look_options
        from pmm_tui.tui import run

        look = look or context.config
        with context.open_store(guard=False) as store:
            options = look_options(look.tampilan, context.env, store)
            if server is None:
                services = ScreenServices(context, store, look=look.tampilan)
            else:
                from pmm_tui.cli.practice_services import PracticeServices  # lazy: only for those who practise

                services = PracticeServices(context, store, server, look=look.tampilan, tour=tour)
            first_run = server is None and not context.configured
            try:
                return run(services, options, look.tombol, first_run=first_run, developer=mode == "developer")
            except PmmError:
                if mode == "developer" and services.fault is not None:
                    _print_traceback(services.fault)
                raise


def _print_traceback(fault: BaseException) -> None:
    """Show a bug whole, with local values."""
    import traceback  # lazy: only for developers

    print(*traceback.TracebackException.from_exception(fault, capture_locals=True).format(), sep="", file=sys.stderr)


def check_terminal(context: RunContext) -> None:
    """Raise UsageError without a terminal, or with one that cannot place text."""
    if not (is_terminal(sys.stdin) and is_terminal(sys.stdout)):
        raise UsageError("Layar butuh terminal; tanpa terminal pakai perintah seperti: pmm-tui daftar, pmm-tui kirim.")
    if context.env.get("TERM", "").strip() == "dumb":
        raise UsageError("Terminal ini (TERM=dumb) tidak dapat menampilkan layar; pakai perintah seperti: pmm-tui daftar.")
