"""The calls of the contract as one literal table; docs/protocol.md is checked against it."""

from __future__ import annotations

from collections.abc import Callable

from msgspec import Struct

from pmm_tui.server import decisions, history, inbox, plans, sekolah
from pmm_tui.server.call import KEPALA, OPERATOR, Call


class Endpoint(Struct, frozen=True, kw_only=True):
    """One call. `work` runs in a thread and gives the JSON body; `roles` may call it; `writes` takes the queue of writers."""

    method: str
    path: str
    work: Callable[[Call], bytes]
    roles: tuple[str, ...] = (OPERATOR, KEPALA)
    etag: bool = False
    writes: bool = False


STATUS_PATH = "/v1/status"
"""The one call that needs no token, no queue and no database."""

ENDPOINTS = (
    Endpoint(method="GET", path="/v1/sekolah", work=sekolah.tell_sekolah, etag=True),
    Endpoint(method="GET", path="/v1/pegawai", work=sekolah.tell_pegawai, etag=True),
    Endpoint(method="GET", path="/v1/rapor/{periode}", work=sekolah.tell_rapor, etag=True),
    Endpoint(method="GET", path="/v1/katalog/{periode}", work=sekolah.tell_katalog, etag=True),
    Endpoint(method="POST", path="/v1/rencana", work=inbox.receive, roles=(OPERATOR,), writes=True),
    Endpoint(method="GET", path="/v1/rencana", work=plans.tell_changes),
    Endpoint(method="GET", path="/v1/rencana/{periode}/{id}", work=plans.tell_rencana),
    Endpoint(method="POST", path="/v1/rencana/{periode}/{id}/keputusan", work=decisions.decide, roles=(KEPALA,), writes=True),
    Endpoint(method="GET", path="/v1/rencana/{periode}/{id}/riwayat", work=history.tell_history),
    Endpoint(method="POST", path="/v1/keputusan", work=decisions.receive_decisions, roles=(KEPALA,), writes=True),
)
