"""Trying a server before its address is kept: is it there, is it ours, is the token good, is it the right school."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING

from pmm_tui.dates import clock_difference
from pmm_tui.sync.results import Document, Stop
from pmm_tui.text import clean

if TYPE_CHECKING:
    from pmm_tui.sync.http.client import Client


_ABOUT = {"token": "token", "akses": "token", "alamat": "server.url", "asing": "server.url"}
"""What an answer is about that will be the same next time; all other trouble may pass."""


async def check_server(client: Client, npsn: str, now: Callable[[], datetime]) -> tuple[str, bool, str]:
    """Return what is so, in words, whether it will do, and the key of the setting that is wrong, if that is known.

    `npsn` is the school that the operator named, or empty.
    """
    from pmm_tui.sync.server_status import read_status  # lazy: httpx comes with it

    async with client:
        status = await read_status(client, now)
        if isinstance(status, Stop):
            return status.reason, False, _ABOUT.get(status.kind, "")
        found = await client.sekolah()
    if isinstance(found, Stop):
        return found.reason, False, _ABOUT.get(found.kind, "")
    value = found.value if isinstance(found, Document) and isinstance(found.value, dict) else {}
    ours = clean(str(value.get("npsn", "")))
    name = clean(str(value.get("nama", ""))) or f"NPSN {ours}"
    if npsn and ours and npsn != ours:
        return f"Token ini milik {name} (NPSN {ours}), bukan NPSN {npsn}; minta token sekolah Anda.", False, "token"
    clock = f" {clock_difference(status[1])}; perbaiki." if abs(status[1]) > 300 else ""
    return f"Tersambung: {name}.{clock}", True, ""
