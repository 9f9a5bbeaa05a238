"""A server that speaks the protocol and puts words that attack wherever a word can stand."""

from __future__ import annotations

import gzip
import hashlib
import json
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Literal

import msgspec

from pmm_tui.skp.katalog_reader import bundled
from tests.faults.input.payloads import ATTACKS, attack

Behaviour = Literal["terima", "tolak", "rumit", "bentrok"]
NPSN = "20512345"
_LONG = 500  # letters of a word that stands beside each of many teachers: the answer must stay one that is read (512 KiB)
TEACHER = {"id": "g1", "nip": "198507142010012012"}


class Villain:
    """`behaviour` is what it does with a batch: takes it, refuses each envelope or the batch as a whole, or sees a conflict."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.behaviour: Behaviour = "tolak"
        self.step = 0
        self.accepted: list[bytes] = []
        self.headers: list[dict[str, str]] = []

    def word(self, place: int) -> str:
        """The word for a place; another one with each turn."""
        names = list(ATTACKS)
        return attack(names[(place * 7 + self.step) % len(names)], place)

    def respond(self, path: str) -> Any:
        """The document at a path."""
        kepala = {"nama": self.word(2), "nip": "", "pangkat": self.word(3), "plt": True}
        if path.endswith("/sekolah"):
            return {"npsn": NPSN, "nama": self.word(1), "jenjang": "SMP", "kepala_sekolah": kepala, "peran": "operator"}
        if path.endswith("/pegawai"):
            return {"pegawai": [self._teacher(TEACHER, 4), *(self._teacher({"id": f"x{n}"}, 20 + n) for n in range(len(ATTACKS)))]}
        if "/rapor/" in path:
            return {"capaian": {"aktivitas-interaktif": self.word(8), self.word(9): "baik"}, "rekomendasi": [self.word(10)]}
        if "/katalog/" in path:
            return self._katalog(path.rpartition("/")[2])
        if path.startswith("/v1/rencana"):
            return {"cursor": "c1", "perubahan": [self._changes(TEACHER["id"]), self._changes(self.word(11))]}
        return {"service": "pmm", "api": 1, "time": "2026-01-08T02:11:05Z"}

    def _teacher(self, key: dict[str, str], place: int) -> dict[str, str]:
        return {
            **key,
            "nama": self.word(place)[:_LONG],
            "jenis_ptk": self.word(5)[:_LONG],
            "status_kepegawaian": self.word(6)[:_LONG],
            "golongan": self.word(7)[:_LONG],
        }

    def _changes(self, pegawai: str) -> dict[str, Any]:
        word = {"status": self.word(12), "catatan": self.word(13), "waktu": self.word(14)}
        return {"pegawai": pegawai, "periode": "2026", "revisi": 1, "sha256": "0" * 64, **word}

    def _katalog(self, periode: str) -> Any:
        katalog = json.loads(msgspec.json.encode(bundled().only_periode(periode)))
        for key, name in (("indikator", "label"), ("kompetensi", "peran"), ("tugas_tambahan", "label"), ("perilaku", "label")):
            for number, content in enumerate(katalog[key]):
                content[name] = self.word(200 + number)[:500]
        katalog["periode"][0]["label"] = self.word(15)[:500]
        return katalog

    def result(self, lines: list[bytes]) -> tuple[int, str, Any]:
        """Status, media type and document for a batch."""
        if self.behaviour == "rumit":
            error = [{"pointer": self.word(16), "kode": self.word(17), "pesan": self.word(18)}]
            return 422, "application/problem+json", {"type": "x", "title": self.word(16), "detail": self.word(19), "masalah": error}
        return 200, "application/json", {"hasil": [self._one(line) for line in lines]}

    def _one(self, line: bytes) -> dict[str, Any]:
        envelope = json.loads(line)
        key = {n: envelope["pegawai"][n] for n in ("id", "nip", "nuptk") if envelope["pegawai"].get(n)}
        one = {
            "pegawai": key,
            "periode": envelope["periode"],
            "revisi": envelope["revisi"],
            "sha256": hashlib.sha256(line).hexdigest(),
        }
        if self.behaviour == "terima":
            return one | {"keadaan": "tersimpan", "tanda_terima": self.word(16), "waktu": self.word(17), "status": self.word(18)}
        if self.behaviour == "bentrok":
            return one | {"keadaan": "bentrok", "dipegang": {"revisi": 7, "sha256": "f" * 64}, "tanda_terima": self.word(16)}
        masalah = [{"pointer": self.word(16), "kode": self.word(17), "pesan": self.word(18)} for _ in range(3)]
        return one | {"keadaan": "ditolak", "masalah": masalah}


class _Server(ThreadingHTTPServer):
    """Bears that the program hangs up on an answer that is too large; any other fault of its own is told."""

    def handle_error(self, request: Any, client_address: Any) -> None:
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)


@contextmanager
def villain() -> Iterator[Villain]:
    """Run it on a free port of this computer."""

    class Requests(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            hostile.headers.append(dict(self.headers))
            self._send(200, "application/json", hostile.respond(self.path.partition("?")[0]))

        def do_POST(self) -> None:
            hostile.headers.append(dict(self.headers))
            content = self.rfile.read(int(self.headers["Content-Length"]))
            content = gzip.decompress(content) if self.headers.get("Content-Encoding") == "gzip" else content
            hostile.accepted.append(content)
            self._send(*hostile.result(content.splitlines()))

        def _send(self, status: int, media_type: str, content: Any) -> None:
            body = json.dumps(content).encode()  # escaped: unpaired surrogates travel too
            self.send_response(status)
            self.send_header("Content-Type", media_type)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    with _Server(("127.0.0.1", 0), Requests) as server:
        hostile = Villain(f"http://127.0.0.1:{server.server_address[1]}")
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield hostile
        finally:
            server.shutdown()
            thread.join()
