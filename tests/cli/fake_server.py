"""The school's server in memory, for commands that run in this process: no port, no other process."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
import msgspec

from pmm_tui.skp.katalog_reader import bundled
from pmm_tui.skp.model import Pegawai
from tests.sync.world import Fake, answer

NPSN = "20512345"


class FakeServer:
    """Lends `documents` by path and takes envelopes as `taken` does. `trouble` answers in place of every path that it names.

    `ahead` is by how many seconds its clock differs; `asked` is every request that came.
    """

    def __init__(self, *pegawai: Pegawai) -> None:
        self.taken = Fake()
        self.trouble: dict[str, httpx.Response | Exception] = {}
        self.ahead = 0.0
        self.asked: list[httpx.Request] = []
        katalog = msgspec.to_builtins(bundled().only_periode("2026"))
        head = {"nama": "Dra. Ani", "nip": "196801011993032001", "plt": False}
        self.documents: dict[str, Any] = {
            "/v1/sekolah": {
                "npsn": NPSN,
                "nama": "SMP Negeri 1 Ñuñez",
                "jenjang": "SMP",
                "kepala_sekolah": head,
                "periode": "2026",
            },
            "/v1/pegawai": {
                "pegawai": [{"id": f"g-{n}", "nama": p.nama, "nip": p.nip, "nuptk": p.nuptk} for n, p in enumerate(pegawai)]
            },
            "/v1/rapor/2026": {"capaian": {"aktivitas-interaktif": "kurang"}, "rekomendasi": []},
            "/v1/katalog/2026": katalog,
            "/v1/rencana": {"cursor": "0", "perubahan": []},
        }

    def __call__(self, request: httpx.Request) -> httpx.Response:
        """Answer one request."""
        self.asked.append(request)
        path = request.url.path
        if found := self.trouble.get(path):
            if isinstance(found, Exception):
                raise found
            return found
        if path == "/v1/status":
            time = datetime.now(UTC) + timedelta(seconds=self.ahead)
            return answer({"service": "pmm", "api": 1, "time": time.isoformat()})
        if request.method == "POST":
            return self.taken(request)
        if path not in self.documents:
            return answer(b"", 404)
        body = msgspec.json.encode(self.documents[path])
        etag = f'"{hash(body)}"'
        return answer(b"", 304) if request.headers.get("if-none-match") == etag else answer(body, etag=etag)
