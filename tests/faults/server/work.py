"""A school with a plan, and a request that works for each route of the application."""

from __future__ import annotations

import msgspec

from tests.faults.server.conftest import MakeSchool
from tests.faults.server.server_kit import endpoints, request_bytes
from tests.server.sample_school import NIP, OTHER_NIP, RunningServer, SampleSchool, envelope, sealed_decision

FAULT = frozenset({500})
"""What an answer may be, besides 503, when the ground breaks."""


def every(sekolah: SampleSchool, id: str, revision: int) -> list[tuple[str, bytes]]:
    """A request that works for each route of the application."""
    decision = msgspec.json.encode({"revisi": revision, "keputusan": "kembalikan", "catatan": f"catatan {revision}"})
    bodies = {
        "/v1/rencana": (
            sekolah.token,
            envelope({"id": id}, revision + 1, revision) + b"\n" + envelope({"nip": OTHER_NIP, "nama": "Siti"}),
        ),
        "/v1/rencana/{periode}/{id}/keputusan": (sekolah.token_kepala, decision),
        "/v1/keputusan": (sekolah.token_kepala, sealed_decision({"id": id}, revision, f"kerja{revision:05}")),
    }
    made = []
    for method, path in endpoints():
        token, body = bodies[path] if method == "POST" else (sekolah.token, None)
        made.append((method, request_bytes(method, path.format(periode="2026", id=id), token, body)))
    return made


def start(server: RunningServer, make_school: MakeSchool) -> tuple[SampleSchool, str]:
    """A school whose one teacher has a plan; returns the teacher's id beside it."""
    sekolah = make_school(server)
    sekolah.store({"nip": NIP, "nama": "Budi"})
    return sekolah, sekolah.ids()["Budi"]
