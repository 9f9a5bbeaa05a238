"""What became of a plan on the server: every revision and every decision, as the server tells them."""

from __future__ import annotations

from typing import Annotated

from msgspec import Meta, Struct

from pmm_tui.errors import ShapeError
from pmm_tui.shapes.decode import decode
from pmm_tui.sync.http.client import Client
from pmm_tui.sync.http.trouble import damaged
from pmm_tui.sync.results import Document, NotModified, Stop

_MOST = 1_000


class ToldRevision(Struct, frozen=True, kw_only=True):
    """A revision that was stored, and how it stands by the last decision on it; `diputuskan` is when."""

    revisi: int
    dasar: int = 0
    sha256: str = ""
    tanda_terima: str = ""
    waktu: str = ""
    oleh: str = ""
    status: str = ""
    catatan: str = ""
    diputuskan: str = ""


class ToldDecision(Struct, frozen=True, kw_only=True):
    """A decision that was taken on a revision."""

    revisi: int
    keputusan: str
    id: str = ""
    catatan: str = ""
    ekspektasi: dict[str, str] = {}
    tanda_terima: str = ""
    waktu: str = ""
    oleh: str = ""


class History(Struct, frozen=True):
    """Revisions and decisions, each newest first."""

    revisi: Annotated[tuple[ToldRevision, ...], Meta(max_length=_MOST)]
    keputusan: Annotated[tuple[ToldDecision, ...], Meta(max_length=_MOST)] = ()


async def fetch_history(client: Client, periode: str, server_id: str) -> History | Stop:
    """Ask for it; `server_id` is the server's id of the teacher."""
    async with client:
        answer = await client.history(periode, server_id)
    if isinstance(answer, Stop):
        return answer
    assert not isinstance(answer, NotModified)  # no ETag was sent
    try:
        return decode(answer.value if isinstance(answer, Document) else None, History, "Riwayat dari server")
    except ShapeError:
        return damaged("tidak seperti riwayat rencana")
