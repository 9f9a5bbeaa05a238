"""Trying a server before its address is kept: is it there, is it ours, is the token good, is it the right school."""

from __future__ import annotations

from datetime import UTC, datetime

from pmm_tui.sync.http.client import Client
from pmm_tui.sync.pull import read_status
from pmm_tui.sync.results import Document, Stop
from pmm_tui.text import clean


async def uji_server(client: Client, npsn: str) -> tuple[str, bool]:
    """Return what is so, in words, and whether it will do. `npsn` is the school that the operator named, or empty."""
    async with client:
        status = await read_status(client, lambda: datetime.now(UTC))
        if isinstance(status, Stop):
            return status.karena, False
        found = await client.sekolah()
    if isinstance(found, Stop):
        return found.karena, False
    value = found.value if isinstance(found, Document) and isinstance(found.value, dict) else {}
    ours = clean(str(value.get("npsn", "")))
    nama = clean(str(value.get("nama", ""))) or f"NPSN {ours}"
    if npsn and ours and npsn != ours:
        return f"Token ini milik {nama} (NPSN {ours}), bukan NPSN {npsn}; minta token sekolah Anda.", False
    jam = " Jam komputer ini berbeda lebih dari 5 menit dari server; perbaiki." if abs(status[1]) > 300 else ""
    return f"Tersambung: {nama}.{jam}", True
