"""`pmm-tui` alone: the screen."""

from __future__ import annotations

import gc
import os
import sys
from importlib import import_module
from typing import TYPE_CHECKING

from pmm_tui.cli.context import Konteks
from pmm_tui.cli.output import is_terminal
from pmm_tui.errors import UsageError

if TYPE_CHECKING:
    import argparse

    from pmm_tui.config import Config

PENGEMBANG = (
    "TEXTUAL", "TEXTUAL_DEBUG", "TEXTUAL_DRIVER", "TEXTUAL_LOG", "TEXTUAL_PRESS", "TEXTUAL_SCREENSHOT",
    "TEXTUAL_SCREENSHOT_FILENAME", "TEXTUAL_SCREENSHOT_LOCATION", "TEXTUAL_SHOW_RETURN",
)  # fmt: skip
"""What makes Textual write keys, messages or pictures of the screen to files and ports: a developer's, not for personal data."""


def run(args: argparse.Namespace, konteks: Konteks) -> int:
    """Start the screen; raises UsageError where there is no terminal that could show it."""
    check_terminal(konteks)
    return buka(konteks)


def buka(konteks: Konteks, *, latihan: bool = False, rupa: Config | None = None) -> int:
    """Draw the screen until it is left; returns an exit code. Raises PmmError.

    `rupa` is the configuration that look and keys come from, where that is another.
    """
    for name in PENGEMBANG:
        os.environ.pop(name, None)
    _load_asyncio()
    gc.disable()  # nothing to collect until the first screen stands; the app switches it on again
    from pmm_tui import tui  # lazy: Textual only when there is a screen to draw
    from pmm_tui.cli.screen_services import LayananLayar
    from pmm_tui.tui.ports import Tampilan

    rupa = rupa or konteks.config
    look = rupa.tampilan
    chosen_look = Tampilan(tema=look.tema, ascii=look.ascii, hemat=look.hemat, selisih=look.selisih, mouse=look.mouse)
    tampilan = tui.look_for_terminal(chosen_look, konteks.env)
    with konteks.open_store(guard=False) as store:
        services = LayananLayar(konteks, store, latihan=latihan)
        chosen = tui.run(services, tampilan, rupa.tombol, first_run=not konteks.configured)
    if chosen == tui.PRACTISE:
        from pmm_tui.cli.commands.latihan import jalankan  # lazy: only for those who practise

        return jalankan(konteks)
    return 0


def check_terminal(konteks: Konteks) -> None:
    """Raise UsageError without a terminal, or with one that cannot place text."""
    if not (is_terminal(sys.stdin) and is_terminal(sys.stdout)):
        raise UsageError("Layar butuh terminal; tanpa terminal pakai perintah seperti: pmm-tui daftar, pmm-tui kirim.")
    if konteks.env.get("TERM", "").strip() == "dumb":
        raise UsageError("Terminal ini (TERM=dumb) tidak dapat menampilkan layar; pakai perintah seperti: pmm-tui daftar.")


def _load_asyncio() -> None:
    """Load asyncio as where Python has no OpenSSL, which is 4 MB: only its own TLS wants it, and httpx brings another."""
    if "asyncio" in sys.modules or "ssl" in sys.modules:
        return
    sys.modules["ssl"] = None  # type: ignore[assignment]  # so an import of it fails, which asyncio is made for
    try:
        import_module("asyncio")
    finally:
        del sys.modules["ssl"]
