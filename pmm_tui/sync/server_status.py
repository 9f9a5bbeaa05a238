"""Who answers at the server's address, and how far its clock is from ours."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from msgspec import Struct

from pmm_tui.errors import ShapeError
from pmm_tui.shapes.decode import decode
from pmm_tui.sync.http import trouble
from pmm_tui.sync.http.client import Client
from pmm_tui.sync.results import Stop


class StatusServer(Struct, frozen=True):
    """The answer to `GET /v1/status`."""

    service: str
    api: int
    time: datetime


async def read_status(client: Client, now: Callable[[], datetime]) -> tuple[StatusServer, float] | Stop:
    """Ask who is there; returns that and our clock minus the server's in seconds."""
    document = await client.status()
    if isinstance(document, Stop):
        return document
    try:
        status = decode(document.value, StatusServer, "Server")
    except ShapeError:
        return trouble.other_service()
    if status.service != "pmm" or status.api != 1 or status.time.tzinfo is None:
        return trouble.other_service()
    return status, (now() - status.time).total_seconds()
