"""HTTP that is broken, lies about its size, never ends, or is another protocol."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable

from tests.faults.wire.impostor import Case, Request, http

_OK = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"
_CHUNKED = _OK + b"Transfer-Encoding: chunked\r\n\r\n"
_PAUSE = 0.02

_RAW: dict[str, bytes] = {
    "tanpa-apa-apa": b"",
    "baris-status-saja": b"HTTP/1.1 200 OK\r\n",
    "kepala-terpotong": _OK,
    "kepala-terpotong-di-nama": _OK + b"Content-Le",
    "status-terpotong": b"HTT",
    "bukan-http": b"halo, saya bukan server\r\n\r\n",
    "http09": b"{\"hasil\":[]}",
    "ssh": b"SSH-2.0-OpenSSH_9.6\r\n",
    "smtp": b"220 mail.example ESMTP\r\n",
    "ftp": b"220 FTP\r\n530 Please login\r\n",
    "tls": b"\x15\x03\x01\x00\x02\x02\x28",
    "http2": b"\x00\x00\x12\x04\x00\x00\x00\x00\x00" + bytes(18),
    "icy": b"ICY 200 OK\r\n\r\n",
    "rtsp": b"RTSP/1.0 200 OK\r\n\r\n",
    "acak": bytes((n * 73 + 41) % 256 for n in range(4096)),
    "nul": bytes(4096),
    "versi-3": http(b"{}", version="HTTP/3.0"),
    "versi-9": http(b"{}", version="HTTP/9.9"),
    "versi-kecil": http(b"{}", version="http/1.1"),
    "status-empat-angka": http(b"{}", "2000 OK"),
    "status-dua-angka": http(b"{}", "20 OK"),
    "status-minus": http(b"{}", "-200 OK"),
    "status-huruf": http(b"{}", "OK OK"),
    "status-000": http(b"{}", "000 OK"),
    "alasan-esc": b"HTTP/1.1 503 \x1b]52;c;aGFsbw==\x07\x1b[2J\r\nContent-Length: 0\r\n\r\n",
    "alasan-panjang": b"HTTP/1.1 503 " + b"a" * 50_000 + b"\r\nContent-Length: 0\r\n\r\n",
    "kepala-tanpa-titik-dua": _OK + b"Content-Length 2\r\n\r\n{}",
    "kepala-nul": _OK + b"X: a\x00b\r\nContent-Length: 2\r\n\r\n{}",
    "kepala-esc": b"HTTP/1.1 503 Busy\r\nRetry-After: \x1b[2J\r\nContent-Length: 0\r\n\r\n",
    "kepala-nama-kosong": _OK + b": x\r\nContent-Length: 2\r\n\r\n{}",
    "kepala-nama-spasi": _OK + b"Content Length: 2\r\n\r\n{}",
    "kepala-terlipat": _OK + b"X: a\r\n b\r\n\tc\r\nContent-Length: 2\r\n\r\n{}",
    "kepala-biner": _OK + b"X: \xff\xfe\xfd\r\nContent-Length: 2\r\n\r\n{}",
    "kepala-cr-saja": (_OK + b"Content-Length: 2\r\n\r\n{}").replace(b"\r\n", b"\r"),
    "kepala-100-kB": _OK + b"X: " + b"a" * 100_000 + b"\r\nContent-Length: 2\r\n\r\n{}",
    "kepala-2-MB": _OK + b"X: " + b"a" * 2_000_000 + b"\r\nContent-Length: 2\r\n\r\n{}",
    "kepala-banyak": _OK + b"".join(b"X-%d: a\r\n" % n for n in range(5_000)) + b"Content-Length: 2\r\n\r\n{}",
    "kepala-sangat-banyak": _OK + b"".join(b"X-%d: a\r\n" % n for n in range(100_000)) + b"Content-Length: 2\r\n\r\n{}",
    "kuki-banyak": _OK + b"".join(b"Set-Cookie: k%d=%s\r\n" % (n, b"v" * 100) for n in range(500)) + b"Content-Length: 2\r\n\r\n{}",
    "panjang-lebih": _OK + b"Content-Length: 100\r\n\r\n{}",
    "panjang-kurang": _OK + b"Content-Length: 1\r\n\r\n{}",
    "panjang-nol": _OK + b"Content-Length: 0\r\n\r\n{}",
    "panjang-minus": _OK + b"Content-Length: -2\r\n\r\n{}",
    "panjang-huruf": _OK + b"Content-Length: dua\r\n\r\n{}",
    "panjang-kosong": _OK + b"Content-Length:\r\n\r\n{}",
    "panjang-raksasa": _OK + b"Content-Length: 99999999999999999999999\r\n\r\n{}",
    "panjang-hex": _OK + b"Content-Length: 0x2\r\n\r\n{}",
    "panjang-plus": _OK + b"Content-Length: +2\r\n\r\n{}",
    "panjang-dua-beda": _OK + b"Content-Length: 2\r\nContent-Length: 3\r\n\r\n{}",
    "panjang-daftar": _OK + b"Content-Length: 2, 2, 7\r\n\r\n{}",
    "panjang-dan-potongan": _OK + b"Content-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n",
    "potongan-ukuran-huruf": _CHUNKED + b"zz\r\n{}\r\n0\r\n\r\n",
    "potongan-ukuran-minus": _CHUNKED + b"-2\r\n{}\r\n0\r\n\r\n",
    "potongan-ukuran-raksasa": _CHUNKED + b"FFFFFFFFFFFFFFFF\r\n{}",
    "potongan-ukuran-panjang": _CHUNKED + b"0" * 10_000 + b"2\r\n{}\r\n0\r\n\r\n",
    "potongan-kosong": _CHUNKED + b"\r\n\r\n",
    "potongan-tanpa-akhir": _CHUNKED + b"2\r\n{}\r\n",
    "potongan-terpotong": _CHUNKED + b"9\r\n{}",
    "potongan-tanpa-baris": _CHUNKED + b"2\r\n{}0\r\n\r\n",
    "potongan-embel-panjang": _CHUNKED + b"2;x=" + b"a" * 200_000 + b"\r\n{}\r\n0\r\n\r\n",
    "potongan-buntut": _CHUNKED + b"2\r\n{}\r\n0\r\nX-Status: tersimpan\r\n\r\n",
    "potongan-buntut-banyak": _CHUNKED + b"2\r\n{}\r\n0\r\n" + b"".join(b"X-%d: a\r\n" % n for n in range(50_000)) + b"\r\n",
    "pemindahan-asing": _OK + b"Transfer-Encoding: rahasia\r\n\r\n{}",
    "pemindahan-gzip": _OK + b"Transfer-Encoding: gzip, chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n",
    "pemindahan-dua": _OK + b"Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n",
    "1xx-lalu-tutup": b"HTTP/1.1 100 Continue\r\n\r\n" * 3,
    "101": b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n{}",
    "103-lalu-html": b"HTTP/1.1 103 Early Hints\r\nLink: <x>\r\n\r\n" * 100 + http(b"<html>", kind="text/html"),
    "http10-html": http(b"<html>Masuk</html>", kind="text/html", version="HTTP/1.0", length=-1),
    "http10-json": http(b'{"hasil":[]}', version="HTTP/1.0", length=-1),
    "http10-potongan": http(b"2\r\n{}\r\n0\r\n\r\n", "200 OK", "Transfer-Encoding: chunked", version="HTTP/1.0", length=-1),
    "peningkatan-h2c": http(b"{}", "426 Upgrade Required", "Upgrade: h2c", "Connection: Upgrade"),
    "alt-svc": http(b"{}", "200 OK", 'Alt-Svc: h3="portal.example:443"; ma=86400', "Refresh: 0; url=http://portal.example/"),
    "hsts": http(b"{}", "200 OK", "Strict-Transport-Security: max-age=1", "Clear-Site-Data: *"),
}  # fmt: skip


def _always(answer: bytes) -> Callable[[Request], bytes]:
    return lambda _: answer


def _repeat(first: bytes, piece: bytes, pause: float = 0.0) -> Callable[[Request], AsyncIterator[bytes]]:
    async def say(_: Request) -> AsyncIterator[bytes]:
        yield first
        while True:
            yield piece
            await asyncio.sleep(pause)

    return say


def _honest_drips(request: Request) -> AsyncIterator[bytes]:
    async def say() -> AsyncIterator[bytes]:
        for byte in http(request.right):
            yield bytes([byte])
            await asyncio.sleep(_PAUSE)

    return say()


def _http10_cut(request: Request) -> bytes:
    return http(request.right[: len(request.right) // 2], version="HTTP/1.0", length=-1)


def _chunked_cut(request: Request) -> bytes:
    return _CHUNKED + b"%x\r\n" % len(request.right) + request.right[:-1]


CASES: tuple[Case, ...] = (
    *(Case(f"bingkai-{id}", _always(answer)) for id, answer in _RAW.items()),
    *(Case(f"bingkai-{id}-reset", _always(_RAW[id]), "reset") for id in ("tanpa-apa-apa", "kepala-terpotong", "panjang-lebih")),
    *(Case(f"bingkai-{id}-diam", _always(_RAW[id]), "diam")
      for id in ("tanpa-apa-apa", "kepala-terpotong", "potongan-tanpa-akhir")),
    *(Case(f"bingkai-{id}-dini", _always(answer), "reset", early=True) for id, answer in (
        ("413", http(b"", "413 Content Too Large", "Connection: close")),
        ("html", http(b"<html>", kind="text/html")),
        ("tanpa-apa-apa", b""),
    )),
    Case("bingkai-http10-terpotong", _http10_cut),
    Case("bingkai-potongan-kurang-satu", _chunked_cut),
    Case("bingkai-menetes", _honest_drips),
    Case("bingkai-100-tak-berakhir", _repeat(b"", b"HTTP/1.1 100 Continue\r\n\r\n" * 100)),
    Case("bingkai-103-tak-berakhir", _repeat(b"", b"HTTP/1.1 103 Early Hints\r\nLink: <x>\r\n\r\n" * 100)),
    Case("bingkai-kepala-tak-berakhir", _repeat(_OK, b"X: " + b"a" * 1000 + b"\r\n")),
    Case("bingkai-kepala-menetes", _repeat(_OK, b"X: a\r\n", _PAUSE)),
    Case("bingkai-baris-tak-berakhir", _repeat(b"HTTP/1.1 200 ", b"a" * 4096)),
    Case("bingkai-isi-tak-berakhir", _repeat(_OK + b"\r\n[", b" " * 65_536)),
    Case("bingkai-isi-menetes", _repeat(_OK + b"\r\n[", b" ", _PAUSE)),
    Case("bingkai-isi-menetes-di-galat", _repeat(b"HTTP/1.1 503 Busy\r\n\r\n", b" ", _PAUSE)),
    Case("bingkai-isi-tak-berakhir-di-galat",
          _repeat(b"HTTP/1.1 422 No\r\nContent-Type: application/problem+json\r\n\r\n", b" " * 65_536)),
    Case("bingkai-potongan-tak-berakhir", _repeat(_CHUNKED, b"1\r\n \r\n" * 1000)),
    Case("bingkai-potongan-menetes", _repeat(_CHUNKED, b"1\r\n \r\n", _PAUSE)),
    Case("bingkai-embel-tak-berakhir", _repeat(_CHUNKED + b"1;x=", b"a" * 4096)),
    Case("bingkai-buntut-tak-berakhir", _repeat(_CHUNKED + b"2\r\n{}\r\n0\r\n", b"X: a\r\n" * 1000)),
    Case("bingkai-dua-jawaban", lambda request: http(b"{}") + http(request.right), "lanjut"),
)  # fmt: skip
