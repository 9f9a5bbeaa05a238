"""Loads what httpx would load at its first request: 50 ms in the event loop, in which no key is answered.

The screen imports the client in a thread, and so this with it.
"""

# ruff: noqa: F401  (imported to be loaded)

from contextlib import suppress

import anyio.streams.tls
import anyio.to_thread
import httpcore

with suppress(ImportError):  # this one has no public name
    import anyio._backends._asyncio
