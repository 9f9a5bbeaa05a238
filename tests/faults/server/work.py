"""A school with a plan, and a request that works for each route of the application."""

from __future__ import annotations

import msgspec

from tests.faults.server.conftest import BuatSekolah
from tests.faults.server.server_kit import minta, rute
from tests.server.sample_school import NIP, NIP_LAIN, SekolahUji, ServerUji, amplop

GALAT = frozenset({500})
"""What an answer may be, besides 503, when the ground breaks."""


def semua(sekolah: SekolahUji, id: str, revisi: int) -> list[tuple[str, bytes]]:
    """A request that works for each route of the application."""
    putusan = msgspec.json.encode({"revisi": revisi, "keputusan": "kembalikan", "catatan": f"catatan {revisi}"})
    bodies = {
        "/v1/rencana": (sekolah.token, amplop({"id": id}, revisi + 1, revisi) + b"\n" + amplop({"nip": NIP_LAIN, "nama": "Siti"})),
        "/v1/rencana/{periode}/{id}/keputusan": (sekolah.token_kepala, putusan),
    }
    made = []
    for method, path in rute():
        token, body = bodies[path] if method == "POST" else (sekolah.token, None)
        made.append((method, minta(method, path.format(periode="2026", id=id), token, body)))
    return made


def mulai(server: ServerUji, buat_sekolah: BuatSekolah) -> tuple[SekolahUji, str]:
    """A school whose one teacher has a plan; returns the teacher's id beside it."""
    sekolah = buat_sekolah(server)
    sekolah.store({"nip": NIP, "nama": "Budi"})
    return sekolah, sekolah.ids()["Budi"]
