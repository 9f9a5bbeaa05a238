"""Answers to a batch that look like receipts and are none: another's, another revision's, doubled, missing, contradicting."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from pmm_tui.skp.wire import digest
from tests.faults.wire.impostor import Case, Request, http, json_bytes

_SHA = "0" * 64
_OTHER = "199001012019032007"

_REPLACEMENTS: dict[str, dict[str, Any]] = {
    "pegawai-lain": {"pegawai": {"nip": _OTHER}},
    "pegawai-lain-id": {"pegawai": {"id": "zzzzzzzzzzzz"}},
    "pegawai-id-benar-nip-lain": {"pegawai": lambda r: r["pegawai"] | {"nip": _OTHER}},
    "pegawai-kosong": {"pegawai": {}},
    "pegawai-null": {"pegawai": None},
    "pegawai-nama-saja": {"pegawai": {"nama": "Guru Ke-01"}},
    "pegawai-teks-lain": {"pegawai": "zzzzzzzzzzzz"},
    "pegawai-teks-kosong": {"pegawai": ""},
    "pegawai-daftar": {"pegawai": lambda r: [r["pegawai"]]},
    "pegawai-angka": {"pegawai": lambda r: int(r["pegawai"]["nip"])},
    "pegawai-nip-angka": {"pegawai": lambda r: {"nip": int(r["pegawai"]["nip"])}},
    "pegawai-nip-spasi": {"pegawai": lambda r: {"nip": r["pegawai"]["nip"] + " "}},
    "pegawai-nip-tak-kasatmata": {"pegawai": lambda r: {"nip": r["pegawai"]["nip"] + "\u200b"}},
    "pegawai-nip-angka-arab": {"pegawai": lambda r: {"nip": r["pegawai"]["nip"].replace("1", "\u0661")}},
    "pegawai-terbungkus": {"pegawai": lambda r: {"pegawai": r["pegawai"]}},
    "periode-lain": {"periode": "2025"},
    "periode-kosong": {"periode": ""},
    "periode-null": {"periode": None},
    "periode-angka": {"periode": 2026},
    "periode-spasi": {"periode": " 2026"},
    "periode-tak-kasatmata": {"periode": "2026\u200d"},
    "revisi-lebih": {"revisi": lambda r: r["revisi"] + 1},
    "revisi-kurang": {"revisi": lambda r: r["revisi"] - 1},
    "revisi-minus": {"revisi": -1},
    "revisi-teks": {"revisi": lambda r: str(r["revisi"])},
    "revisi-pecahan": {"revisi": lambda r: float(r["revisi"])},
    "revisi-boolean": {"revisi": True},
    "revisi-null": {"revisi": None},
    "revisi-daftar": {"revisi": lambda r: [r["revisi"]]},
    "revisi-raksasa": {"revisi": 2**70},
    "sidik-nol": {"sha256": _SHA},
    "sidik-kosong": {"sha256": ""},
    "sidik-null": {"sha256": None},
    "sidik-huruf-besar": {"sha256": lambda r: r["sha256"].upper()},
    "sidik-terpotong": {"sha256": lambda r: r["sha256"][:-1]},
    "sidik-spasi": {"sha256": lambda r: r["sha256"] + " "},
    "sidik-tak-kasatmata": {"sha256": lambda r: r["sha256"][:8] + "\u200b" + r["sha256"][8:]},
    "sidik-satu-huruf": {"sha256": lambda r: r["sha256"][:-1] + ("0" if r["sha256"][-1] != "0" else "1")},
    "sidik-daftar": {"sha256": lambda r: [r["sha256"]]},
    "sidik-awalan": {"sha256": lambda r: "sha-256:" + r["sha256"]},
    "keadaan-asing": {"keadaan": "terkirim"},
    "keadaan-kosong": {"keadaan": ""},
    "keadaan-null": {"keadaan": None},
    "keadaan-huruf-besar": {"keadaan": "Tersimpan"},
    "keadaan-spasi": {"keadaan": "tersimpan "},
    "keadaan-daftar": {"keadaan": ["tersimpan"]},
    "keadaan-angka": {"keadaan": 200},
    "keadaan-galat": {"keadaan": "galat"},
    "bentrok-dengan-diri-sendiri": {
        "keadaan": "bentrok", "dipegang": lambda r: {"revisi": r["revisi"], "sha256": r["sha256"]}, "tanda_terima": "R-1"
    },
    "bentrok-sidik-rusak": {"keadaan": "bentrok", "dipegang": {"revisi": 3, "sha256": "x"}},
    "bentrok-revisi-raksasa": {"keadaan": "bentrok", "dipegang": {"revisi": 2**62, "sha256": _SHA}},
    "bentrok-revisi-minus": {"keadaan": "bentrok", "dipegang": {"revisi": -4, "sha256": _SHA}},
    "bentrok-daftar": {"keadaan": "bentrok", "dipegang": [1, 2]},
    "tanda-terima-angka": {"tanda_terima": 7},
    "tanda-terima-null": {"tanda_terima": None},
    "masalah-teks": {"masalah": "tidak ada"},
    "waktu-angka": {"waktu": 1767838265},
    "status-tabel": {"status": {"a": 1}},
}  # fmt: skip


def _items(make: Callable[[Request], Any], **headers: str) -> Callable[[Request], bytes]:
    lines = [f"{name.replace('_', '-')}: {value}" for name, value in headers.items()]
    return lambda request: http(json_bytes({"hasil": make(request)}), "200 OK", *lines)


def _replaced(values: dict[str, Any]) -> Callable[[Request], bytes]:
    return _items(lambda request: request.result(**values))


def _without(member: str) -> Callable[[Request], bytes]:
    return _items(lambda request: [{k: v for k, v in r.items() if k != member} for r in request.result()])


def _of_another(request: Request) -> list[dict[str, Any]]:
    """Another school's true answer, out of a cache."""
    results = request.result(pegawai=lambda r: {"nip": _OTHER})
    return [r | {"sha256": digest(json.dumps(r).encode())} for r in results]


def _rotated(member: str) -> Callable[[Request], Any]:
    """Every member right, but each beside another's."""

    def make(request: Request) -> list[dict[str, Any]]:
        results = request.result()
        if len(results) < 2:
            return [results[0] | {member: _SHA}]
        return [r | {member: results[n - 1][member]} for n, r in enumerate(results)]

    return make


CASES: tuple[Case, ...] = (
    *(Case(f"resi-{id}", _replaced(values)) for id, values in _REPLACEMENTS.items()),
    *(Case(f"resi-tanpa-{member}", _without(member)) for member in ("pegawai", "periode", "revisi", "sha256", "keadaan")),
    Case("resi-kosong", _items(lambda _: [])),
    Case("resi-orang-lain-dari-singgahan", _items(_of_another, Age="86400", X_Cache="HIT")),
    Case("resi-tertukar-sidik", _items(_rotated("sha256"))),
    Case("resi-tertukar-pegawai", _items(_rotated("pegawai"))),
    Case("resi-dua-kali-sama", _items(lambda request: request.result() * 2)),
    Case("resi-dua-kali-berlawanan", _items(lambda request: request.result() + request.result(keadaan="ditolak"))),
    Case("resi-sepuluh-kali", _items(lambda request: request.result() * 10)),
    Case("resi-terlalu-banyak", _items(lambda request: request.result() + [{}] * 5_000)),
    Case("resi-terbungkus", _items(lambda request: [request.result()])),
    Case("resi-dalam-tabel", lambda request: http(json_bytes({"data": {"hasil": request.result()}}))),
    Case("resi-tanpa-bungkus", lambda request: http(json_bytes(request.result()))),
    Case("resi-sebagai-baris", lambda request: http(b"\n".join(map(json_bytes, request.result())))),
    Case("resi-sebagai-teks", lambda request: http(json_bytes({"hasil": json.dumps(request.result())}))),
    Case("resi-gema", lambda request: http(request.body)),
    Case("resi-gema-amplop", _items(lambda request: [json.loads(line) for line in request.lines])),
    Case("resi-problem", lambda request: http(request.right, kind="application/problem+json")),
    Case("resi-html", lambda request: http(request.right, kind="text/html")),
    Case("resi-berkepala-nul", lambda request: http(b"\x00" + request.right)),
)
