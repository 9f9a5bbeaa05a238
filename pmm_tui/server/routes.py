"""The calls of the contract as one literal table; docs/protocol.md is checked against it."""

from __future__ import annotations

from collections.abc import Callable

from msgspec import Struct

from pmm_tui.server import inbox, plans, sekolah
from pmm_tui.server.call import KEPALA, OPERATOR, Call


class Rute(Struct, frozen=True, kw_only=True):
    """One call. `work` runs in a thread and gives the JSON body; `peran` may call it; `writes` takes the queue of writers."""

    method: str
    path: str
    work: Callable[[Call], bytes]
    peran: tuple[str, ...] = (OPERATOR, KEPALA)
    etag: bool = False
    writes: bool = False


STATUS_PATH = "/v1/status"
"""The one call that needs no token, no queue and no database."""

RUTE = (
    Rute(method="GET", path="/v1/sekolah", work=sekolah.tell_sekolah, etag=True),
    Rute(method="GET", path="/v1/pegawai", work=sekolah.tell_pegawai, etag=True),
    Rute(method="GET", path="/v1/rapor/{periode}", work=sekolah.tell_rapor, etag=True),
    Rute(method="GET", path="/v1/katalog/{periode}", work=sekolah.tell_katalog, etag=True),
    Rute(method="POST", path="/v1/rencana", work=inbox.receive, peran=(OPERATOR,), writes=True),
    Rute(method="GET", path="/v1/rencana", work=plans.tell_perubahan),
    Rute(method="GET", path="/v1/rencana/{periode}/{id}", work=plans.tell_rencana),
    Rute(method="POST", path="/v1/rencana/{periode}/{id}/keputusan", work=plans.decide, peran=(KEPALA,), writes=True),
)
