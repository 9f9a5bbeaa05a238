"""A small imitation of Dapodik's web service, its oddities switchable: as a function, as a server on this computer, as a process.

`python -m tests.dapodik_web [--port 5774] [--guru 40] [--odd NAMA]...` runs it until it is stopped.
"""

from __future__ import annotations

import argparse
import gzip
import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event, Thread
from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx

from tests.dapodik import SECRET, teachers

NPSN = "20512345"
TOKEN = "tok-0123456789abcdef"
ODDITIES = (
    "ditolak", "401", "403", "404", "500", "tanpa-npsn", "sekolah-lain", "sekolah-tidak-ada", "halaman-masuk", "alihkan",
    "json-lain", "bukan-daftar", "baris-null", "potong", "potong-utuh", "besar", "berhalaman", "mengulang", "gzip", "bom",
    "sekolah-daftar", "tanpa-results", "rombel-rusak", "rombel-404", "menggantung",
)  # fmt: skip
"""What the imitation can do otherwise than the Dapodik that was looked at on 2026-04-22."""
_DENIED = "Access denied - You are not authorized to access this page. #1"


Answer = tuple[int, dict[str, str], bytes]


class Imitation:
    """One school's Dapodik. `asked` are the paths that were asked, `tokens` what came as a token; `cut` is where `potong` cuts."""

    def __init__(self, count: int = 12, *, odd: tuple[str, ...] = (), cut: int = 100) -> None:
        assert set(odd) <= set(ODDITIES), odd
        self.odd, self.cut = odd, cut
        self.asked: list[str] = []
        self.queries: list[dict[str, str]] = []
        self.hosts: list[str] = []
        self.people = [_gtk(at, cells) for at, cells in enumerate(teachers(count))]
        self.classes = [_rombel(at, cells) for at, cells in enumerate(teachers(count)) if cells["Tugas Tambahan"] == "Wali Kelas"]
        self.released = Event()

    def answer(self, target: str, headers: Mapping[str, str]) -> Answer:
        """What is answered to a request; the content type is a lie, as it is there."""
        parts = urlsplit(target)
        query = {name: values[0] for name, values in parse_qs(parts.query).items()}
        self.asked.append(parts.path)
        self.queries.append(query)
        self.hosts.append(headers.get("host", ""))
        name = parts.path.removeprefix("/WebService/")
        status, body = self._body(name, query, headers)
        kind = {"content-type": "text/html; charset=UTF-8"}
        if status == 302:
            kind["location"] = "http://198.51.100.7/masuk"
        if "bom" in self.odd:
            body = b"\xef\xbb\xbf" + body
        if "gzip" in self.odd:
            body, kind["content-encoding"] = gzip.compress(body), "gzip"
        return status, kind, body

    def _body(self, name: str, query: dict[str, str], headers: Mapping[str, str]) -> tuple[int, bytes]:
        odd = self.odd
        if found := next((int(one) for one in odd if one.isdigit()), 0):
            return found, b"<html>galat</html>"
        if "alihkan" in odd:
            return 302, b""
        if "halaman-masuk" in odd:
            return 200, b"<!DOCTYPE html><html><body>Masuk Wifi</body></html>"
        if "json-lain" in odd:
            return 200, b'{"success": false, "message": "Layanan \\u001b[31mditutup"}'
        if headers.get("authorization") != f"Bearer {TOKEN}" or "ditolak" in odd:
            return 200, f"{_DENIED} {headers.get('authorization', '')}".encode()
        if name not in ("getSekolah", "getGtk", "getRombonganBelajar"):  # case counts
            return 404, b"Not Found"
        if "tanpa-npsn" in odd or not query.get("npsn"):
            return 200, b"Parameter NPSN harap diisi"
        if "sekolah-tidak-ada" in odd or query["npsn"] != NPSN:
            return 200, b"Sekolah tidak ditemukan"
        return self._document(name, query)

    def _document(self, name: str, query: dict[str, str]) -> tuple[int, bytes]:
        odd = self.odd
        if name == "getSekolah":
            school = {
                "sekolah_id": "s-1",
                "npsn": "20599999" if "sekolah-lain" in odd else NPSN,
                "nama": "SMP Negeri 1 Harapan",
                "bentuk_pendidikan_id_str": "SMP",
                "alamat_jalan": f"{SECRET} jalan",
            }
            return 200, _json({"results": 1, "rows": [school] if "sekolah-daftar" in odd else school})
        if name == "getRombonganBelajar" and "rombel-404" in odd:
            return 404, b""
        if name == "getRombonganBelajar" and "rombel-rusak" in odd:
            return 200, b'{"results": 3, "rows": [{"nama": '
        rows = self.people if name == "getGtk" else self.classes
        total = len(rows)
        if "bukan-daftar" in odd:
            return 200, _json({"results": 2, "rows": "dua"})
        if "baris-null" in odd:
            return 200, _json({"results": 0, "rows": None})
        if "besar" in odd:
            return 200, b'{"results": 1, "rows": [{"nama": "' + b"x" * (17 * 1024 * 1024) + b'"}]}'
        start, limit = int(query.get("start", 0)), int(query.get("limit", 5))
        if "berhalaman" in odd:
            rows = rows[start : start + limit]
        if "mengulang" in odd:
            rows = rows[:5]
        told = {} if "tanpa-results" in odd else {"results": total}
        body = _json({**told, "id": "ptk_terdaftar_id", "start": start, "limit": 20, "rows": rows})
        return 200, body[: self.cut] if "potong-utuh" in odd else body

    def transport(self) -> httpx.MockTransport:
        """The imitation in the place of a network."""

        def handle(request: httpx.Request) -> httpx.Response:
            status, headers, body = self.answer(request.url.raw_path.decode(), request.headers)
            return httpx.Response(status, headers=headers, stream=httpx.ByteStream(body))

        return httpx.MockTransport(handle)


def _json(document: Any) -> bytes:
    return json.dumps(document, ensure_ascii=False).encode()


def _gtk(at: int, cells: Mapping[str, Any]) -> dict[str, Any]:
    """A row of `getGtk`, with all that has to be dropped at the door."""
    head = cells["Jenis PTK"] == "Kepala Sekolah"
    return {
        "tahun_ajaran_id": "2025",
        "ptk_terdaftar_id": f"t-{at}",
        "ptk_id": f"p-{at}",
        "ptk_induk": "0" if at % 11 == 10 else "1",
        "tanggal_surat_tugas": "2020-07-01",
        "nama": cells["Nama"],
        "jenis_kelamin": cells["JK"],
        "tempat_lahir": "Harapan",
        "tanggal_lahir": cells["Tanggal Lahir"],
        "agama_id": 1,
        "agama_id_str": "Islam",
        "nuptk": cells["NUPTK"],
        "nik": f"{SECRET} NIK {at}",
        "nama_ibu_kandung": f"{SECRET} ibu {at}",
        "nama_suami_istri": f"{SECRET} pasangan {at}",
        "alamat_jalan": f"{SECRET} alamat {at}",
        "jenis_ptk_id": "5",
        "jenis_ptk_id_str": cells["Jenis PTK"],
        "jabatan_ptk_id_str": "Kepala Sekolah" if head else "-",
        "status_kepegawaian_id": 1,
        "status_kepegawaian_id_str": cells["Status Kepegawaian"],
        "nip": cells["NIP"] or "-",
        "pendidikan_terakhir": "S1",
        "pangkat_golongan_terakhir": cells["Pangkat Golongan"] or "-",
        "rwy_pend_formal": [{"satuan_pendidikan_formal": f"{SECRET} kampus", "tahun_lulus": "2001"}],
        "rwy_kepangkatan": [],
    }


def _rombel(at: int, cells: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "rombongan_belajar_id": f"r-{at}",
        "nama": f"VII {chr(65 + at % 26)}",
        "tingkat_pendidikan_id": "7",
        "semester_id": "20261",
        "jenis_rombel": "1",
        "jenis_rombel_str": "Kelas",
        "ptk_id": f"p-{at}",
        "ptk_id_str": cells["Nama"],
        "anggota_rombel": [{"peserta_didik_id": "x", "nama": f"{SECRET} murid"}],
        "pembelajaran": [
            {"ptk_id": f"p-{at}", "nama_mata_pelajaran": "IPA", "jam_mengajar_per_minggu": "4"},
            {"ptk_id": f"p-{at}", "nama_mata_pelajaran": "Prakarya", "jam_mengajar_per_minggu": 2},
        ],
    }


@contextmanager
def serving(imitation: Imitation, *, port: int = 0) -> Iterator[str]:
    """Serve it on this computer; yields the address. `potong` ends the connection in the middle of a body that promised more."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            status, headers, body = imitation.answer(self.path, {name.lower(): value for name, value in self.headers.items()})
            if "menggantung" in imitation.odd:
                imitation.released.wait(30)
                return
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            self.send_header("content-length", str(len(body)))
            self.end_headers()
            self.wfile.write(body[: imitation.cut] if "potong" in imitation.odd else body)

        def log_message(self, format: str, *args: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", port), Handler)
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}"
    finally:
        imitation.released.set()
        server.shutdown()
        server.server_close()


def main() -> None:
    """Serve until stopped."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--port", type=int, default=5774)
    parser.add_argument("--guru", type=int, default=40)
    parser.add_argument("--odd", action="append", default=[], choices=ODDITIES)
    args = parser.parse_args()
    with serving(Imitation(args.guru, odd=tuple(args.odd)), port=args.port) as url:
        print(url, NPSN, TOKEN, flush=True)
        Event().wait()


if __name__ == "__main__":
    main()
