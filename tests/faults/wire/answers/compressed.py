"""Compression that is cut, damaged, doubled, unasked for, or a bomb."""

from __future__ import annotations

import bz2
import gzip
import io
import zlib
from collections.abc import AsyncIterator, Callable
from functools import cache

from tests.faults.wire.impostor import Case, Request, http

_GZIP = "Content-Encoding: gzip"
_MEGA = 1024 * 1024
_CUT = 32


@cache
def bomb(size: int, beginning: bytes = b"", filler: bytes = b" ") -> bytes:
    """`size` bytes packed, without ever holding them."""
    out = io.BytesIO()
    with gzip.GzipFile(fileobj=out, mode="wb", compresslevel=9) as packed:
        packed.write(beginning)
        block = filler * (_MEGA // len(filler))
        for _ in range(size // len(block)):
            packed.write(block)
    return out.getvalue()


def _packed(change: Callable[[bytes], bytes], *headers: str) -> Callable[[Request], bytes]:
    """The honest answer, packed and then changed."""
    return lambda request: http(change(gzip.compress(request.right, mtime=0)), "200 OK", *(headers or (_GZIP,)))


def _cut(part: int) -> Callable[[bytes], bytes]:
    return lambda packed: packed[: len(packed) * part // _CUT]


def _bare(change: Callable[[bytes], bytes], *headers: str) -> Callable[[Request], bytes]:
    return lambda request: http(change(request.right), "200 OK", *headers)


def _raw_deflate(content: bytes) -> bytes:
    packer = zlib.compressobj(wbits=-15)
    return packer.compress(content) + packer.flush()


def _flip(at: int) -> Callable[[bytes], bytes]:
    return lambda packed: (
        packed[:at] + bytes([packed[at] ^ 0xFF]) + packed[at + 1 :] if at >= 0 else _flip(len(packed) + at)(packed)
    )


def _to_eof(change: Callable[[bytes], bytes]) -> Callable[[Request], bytes]:
    """Without a length: the end of the connection is the end of the body, and a cut looks like an end."""
    return lambda request: http(change(gzip.compress(request.right, mtime=0)), "200 OK", _GZIP, "Connection: close", length=-1)


def _full(member: str, item: bytes) -> Callable[[Request], bytes]:
    """A megabyte, packed, of the smallest things there are: as much as is taken of a document, and as dear as it gets."""
    content = b'{"%s":[' % member.encode() + b",".join([item] * ((_MEGA - 64) // (len(item) + 1))) + b"]}"
    return lambda _: http(gzip.compress(content), "200 OK", _GZIP)


async def _endless(_: Request) -> AsyncIterator[bytes]:
    yield http(b"", "200 OK", _GZIP, length=-1)
    packer = zlib.compressobj(1, wbits=31)
    yield packer.compress(b"[")
    while True:
        yield packer.compress(b" " * 65_536) + packer.flush(zlib.Z_SYNC_FLUSH)


async def _endless_name(_: Request) -> AsyncIterator[bytes]:
    """A gzip header whose file name never ends."""
    yield http(b"", "200 OK", _GZIP, length=-1)
    yield b"\x1f\x8b\x08\x08\x00\x00\x00\x00\x00\x03"
    while True:
        yield b"a" * 65_536


CASES: tuple[Case, ...] = (
    *(Case(f"gzip-terpotong-{part}", _packed(_cut(part))) for part in range(_CUT)),
    *(Case(f"gzip-terpotong-sampai-akhir-{part}", _to_eof(_cut(part))) for part in range(0, _CUT, 4)),
    *(Case(f"gzip-tanpa-{n}-bita-terakhir", _to_eof(lambda packed, n=n: packed[:-n])) for n in (1, 4, 7, 8, 9)),
    *(Case(f"gzip-bita-{at}-berubah", _packed(_flip(at))) for at in (0, 1, 2, 3, 12, 20, -9, -8, -5, -4, -1)),
    Case("gzip-dua-kali", _packed(lambda packed: gzip.compress(packed))),
    Case("gzip-dua-kali-disebut", _packed(lambda packed: gzip.compress(packed), "Content-Encoding: gzip, gzip")),
    Case("gzip-dua-kepala", _packed(lambda packed: packed, _GZIP, _GZIP)),
    Case("gzip-dua-anggota", _packed(lambda packed: packed + packed)),
    Case("gzip-sampah-di-belakang", _packed(lambda packed: packed + b"sampah")),
    Case("gzip-nol-di-belakang", _packed(lambda packed: packed + bytes(64))),
    Case("gzip-tidak-disebut", _packed(lambda packed: packed, "X-Lain: 1")),
    Case("gzip-disebut-tetapi-tidak", _bare(lambda body: body, _GZIP)),
    Case("gzip-kosong", _bare(lambda _: b"", _GZIP)),
    Case("gzip-isi-kosong", _bare(lambda _: gzip.compress(b""), _GZIP)),
    Case("gzip-deflate-mentah", _bare(_raw_deflate, _GZIP)),
    Case("gzip-zlib", _bare(zlib.compress, _GZIP)),
    Case("deflate", _bare(zlib.compress, "Content-Encoding: deflate")),
    Case("br", _bare(lambda body: body, "Content-Encoding: br")),
    Case("zstd", _bare(lambda body: b"\x28\xb5\x2f\xfd" + body, "Content-Encoding: zstd")),
    Case("bzip2", _bare(bz2.compress, "Content-Encoding: x-bzip2")),
    Case("compress", _bare(lambda body: body, "Content-Encoding: compress")),
    Case("pengodean-asing", _bare(lambda body: body, "Content-Encoding: rahasia")),
    Case("pengodean-berderet", _bare(lambda body: body, "Content-Encoding: " + ", ".join(["gzip"] * 200))),
    Case("pengodean-panjang", _bare(lambda body: body, "Content-Encoding: " + "x" * 20_000)),
    Case("bom-spasi", lambda _: http(bomb(100 * _MEGA), "200 OK", _GZIP)),
    Case("bom-daftar", lambda _: http(bomb(100 * _MEGA, b"[", b"[],"), "200 OK", _GZIP)),
    Case("bom-kurung", lambda _: http(bomb(100 * _MEGA, b"", b"["), "200 OK", _GZIP)),
    Case("bom-teks", lambda _: http(bomb(100 * _MEGA, b'"', b"a"), "200 OK", _GZIP)),
    Case("bom-angka", lambda _: http(bomb(100 * _MEGA, b"1", b"1"), "200 OK", _GZIP)),
    Case("bom-dua-lapis", lambda _: http(gzip.compress(bomb(100 * _MEGA)), "200 OK", "Content-Encoding: gzip, gzip")),
    Case("bom-di-galat", lambda _: http(bomb(100 * _MEGA), "503 Busy", _GZIP, kind="application/problem+json")),
    Case("bom-di-422", lambda _: http(bomb(100 * _MEGA), "422 No", _GZIP, kind="application/problem+json")),
    *(Case(f"penuh-{member}-{n}", _full(member, item)) for member in ("hasil", "pegawai", "perubahan")
      for n, item in enumerate((b"[]", b"{}", b'{"a":1}', b'"\xc4\x80"', b"1000", b'{"id":"","nama":""}'))),
    Case("bom-tak-berakhir", _endless),
    Case("bom-nama-tak-berakhir", _endless_name),
)  # fmt: skip
