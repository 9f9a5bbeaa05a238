"""What makes the screen stand sooner and smaller, and what it buys; `tests/test_quick_start.py` fails when a gain is gone.

* Without OpenSSL: asyncio loads Python's TLS, which only the network needs, and httpx brings another: 4 MB, a fifth of the imports.
* Without collecting: dozens of collections while the start imports, all in vain, for all of it stays: a tenth of the imports.
* Frozen: a later collection, which holds up every thread, looks at what the work made and not at the start's 40,000 objects.
"""

from __future__ import annotations

import gc
import sys
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def quick_start() -> Iterator[None]:
    """Import and draw quickly within this block; `first_screen_stands` says when there is time to collect again."""
    gc.disable()
    try:
        _load_asyncio()
        yield
    finally:
        gc.enable()


def first_screen_stands() -> None:
    """Let the collector work again; what the start left stays, and it never needs to look at that."""
    gc.collect()
    gc.freeze()
    gc.enable()


def screen_closed() -> None:
    """Give back what a closed screen was made of, which is all circles; else dozens of them wait for the collector's own time."""
    gc.collect()


def _load_asyncio() -> None:
    """Load asyncio as where Python has no OpenSSL."""
    if "asyncio" in sys.modules or "ssl" in sys.modules:
        return
    sys.modules["ssl"] = None  # type: ignore[assignment]  # so an import of it fails, which asyncio is made for
    try:
        import asyncio  # noqa: F401
    finally:
        del sys.modules["ssl"]
