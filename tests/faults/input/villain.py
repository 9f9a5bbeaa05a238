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
from tests.faults.input.payloads import SERANGAN, serang

Sikap = Literal["terima", "tolak", "rumit", "bentrok"]
NPSN = "20512345"
_PANJANG = 500  # letters of a word that stands beside each of many teachers: the answer must stay one that is read (512 KiB)
GURU = {"id": "g1", "nip": "198507142010012012"}


class Penjahat:
    """`sikap` is what it does with a batch: takes it, refuses each envelope, refuses the batch as a whole, or sees a conflict."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.sikap: Sikap = "tolak"
        self.geser = 0
        self.diterima: list[bytes] = []
        self.tajuk: list[dict[str, str]] = []

    def kata(self, tempat: int) -> str:
        """The word for a place; another one with each turn."""
        nama = list(SERANGAN)
        return serang(nama[(tempat * 7 + self.geser) % len(nama)], tempat)

    def jawab(self, path: str) -> Any:
        """The document at a path."""
        kepala = {"nama": self.kata(2), "nip": "", "pangkat": self.kata(3), "plt": True}
        if path.endswith("/sekolah"):
            return {"npsn": NPSN, "nama": self.kata(1), "jenjang": "SMP", "kepala_sekolah": kepala, "peran": "operator"}
        if path.endswith("/pegawai"):
            return {"pegawai": [self._guru(GURU, 4), *(self._guru({"id": f"x{n}"}, 20 + n) for n in range(len(SERANGAN)))]}
        if "/rapor/" in path:
            return {"capaian": {"aktivitas-interaktif": self.kata(8), self.kata(9): "baik"}, "rekomendasi": [self.kata(10)]}
        if "/katalog/" in path:
            return self._katalog(path.rpartition("/")[2])
        if path.startswith("/v1/rencana"):
            return {"cursor": "c1", "perubahan": [self._perubahan(GURU["id"]), self._perubahan(self.kata(11))]}
        return {"service": "pmm", "api": 1, "time": "2026-01-08T02:11:05Z"}

    def _guru(self, kunci: dict[str, str], tempat: int) -> dict[str, str]:
        return {
            **kunci,
            "nama": self.kata(tempat)[:_PANJANG],
            "jenis_ptk": self.kata(5)[:_PANJANG],
            "status_kepegawaian": self.kata(6)[:_PANJANG],
            "golongan": self.kata(7)[:_PANJANG],
        }

    def _perubahan(self, pegawai: str) -> dict[str, Any]:
        kata = {"status": self.kata(12), "catatan": self.kata(13), "waktu": self.kata(14)}
        return {"pegawai": pegawai, "periode": "2026", "revisi": 1, "sha256": "0" * 64, **kata}

    def _katalog(self, periode: str) -> Any:
        katalog = json.loads(msgspec.json.encode(bundled().untuk_periode(periode)))
        for kunci, nama in (("indikator", "label"), ("kompetensi", "peran"), ("tugas_tambahan", "label"), ("perilaku", "label")):
            for number, isi in enumerate(katalog[kunci]):
                isi[nama] = self.kata(200 + number)[:500]
        katalog["periode"][0]["label"] = self.kata(15)[:500]
        return katalog

    def hasil(self, lines: list[bytes]) -> tuple[int, str, Any]:
        """Status, media type and document for a batch."""
        if self.sikap == "rumit":
            salah = [{"pointer": self.kata(16), "kode": self.kata(17), "pesan": self.kata(18)}]
            return 422, "application/problem+json", {"type": "x", "title": self.kata(16), "detail": self.kata(19), "masalah": salah}
        return 200, "application/json", {"hasil": [self._satu(line) for line in lines]}

    def _satu(self, line: bytes) -> dict[str, Any]:
        amplop = json.loads(line)
        kunci = {n: amplop["pegawai"][n] for n in ("id", "nip", "nuptk") if amplop["pegawai"].get(n)}
        satu = {
            "pegawai": kunci,
            "periode": amplop["periode"],
            "revisi": amplop["revisi"],
            "sha256": hashlib.sha256(line).hexdigest(),
        }
        if self.sikap == "terima":
            return satu | {"keadaan": "tersimpan", "tanda_terima": self.kata(16), "waktu": self.kata(17), "status": self.kata(18)}
        if self.sikap == "bentrok":
            return satu | {"keadaan": "bentrok", "dipegang": {"revisi": 7, "sha256": "f" * 64}, "tanda_terima": self.kata(16)}
        masalah = [{"pointer": self.kata(16), "kode": self.kata(17), "pesan": self.kata(18)} for _ in range(3)]
        return satu | {"keadaan": "ditolak", "masalah": masalah}


class _Peladen(ThreadingHTTPServer):
    """Bears that the program hangs up on an answer that is too large; any other fault of its own is told."""

    def handle_error(self, request: Any, client_address: Any) -> None:
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)


@contextmanager
def penjahat() -> Iterator[Penjahat]:
    """Run it on a free port of this computer."""

    class Layanan(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            jahat.tajuk.append(dict(self.headers))
            self._kirim(200, "application/json", jahat.jawab(self.path.partition("?")[0]))

        def do_POST(self) -> None:
            jahat.tajuk.append(dict(self.headers))
            isi = self.rfile.read(int(self.headers["Content-Length"]))
            isi = gzip.decompress(isi) if self.headers.get("Content-Encoding") == "gzip" else isi
            jahat.diterima.append(isi)
            self._kirim(*jahat.hasil(isi.splitlines()))

        def _kirim(self, status: int, jenis: str, isi: Any) -> None:
            badan = json.dumps(isi).encode()  # escaped: unpaired surrogates travel too
            self.send_response(status)
            self.send_header("Content-Type", jenis)
            self.send_header("Content-Length", str(len(badan)))
            self.end_headers()
            self.wfile.write(badan)

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    with _Peladen(("127.0.0.1", 0), Layanan) as server:
        jahat = Penjahat(f"http://127.0.0.1:{server.server_address[1]}")
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield jahat
        finally:
            server.shutdown()
            thread.join()
