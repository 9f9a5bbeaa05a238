"""Loads what httpx would load at its first request: 50 ms in the event loop, in which no key is answered.

The screen imports the client in a thread, and so this with it.
"""

from contextlib import suppress
from importlib import import_module

LOADED = tuple(map(import_module, ("httpcore", "anyio.streams.tls", "anyio.to_thread")))
with suppress(ImportError):  # this one has no public name
    LOADED += (import_module("anyio._backends._asyncio"),)
