"""JSON that is none, is too much, says a thing twice, or is in another alphabet."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable

from tests.faults.wire.impostor import Case, Request, http

_KILO = 1024
_CUT = 16

_CONTENT: dict[str, bytes] = {
    "kosong": b"",
    "spasi": b"   \r\n",
    "null": b"null",
    "benar": b"true",
    "angka": b"7",
    "teks": b'"tersimpan"',
    "daftar": b"[]",
    "daftar-daftar": b"[[[]]]",
    "hasil-null": b'{"hasil":null}',
    "hasil-teks": b'{"hasil":"tersimpan"}',
    "hasil-tabel": b'{"hasil":{"0":{"keadaan":"tersimpan"}}}',
    "hasil-angka": b'{"hasil":3}',
    "hasil-isi-null": b'{"hasil":[null,null,null]}',
    "hasil-isi-teks": b'{"hasil":["tersimpan","tersimpan","tersimpan"]}',
    "hasil-isi-daftar": b'{"hasil":[[],[],[]]}',
    "hasil-isi-kosong": b'{"hasil":[{},{},{}]}',
    "nan": b'{"hasil":[{"revisi":NaN}]}',
    "tak-hingga": b'{"hasil":[{"revisi":Infinity}]}',
    "minus-tak-hingga": b'{"hasil":[{"revisi":-Infinity}]}',
    "1e999": b'{"hasil":[{"revisi":1e999}]}',
    "minus-1e999": b'{"hasil":[{"revisi":-1e999}]}',
    "kunci-dua-kali": b'{"hasil":[],"hasil":[{}]}',
    "kunci-dua-kali-di-dalam": b'{"hasil":[{"keadaan":"ditolak","keadaan":"tersimpan"}]}',
    "kunci-dua-kali-tersamar": b'{"hasil":[{"keadaan":"ditolak","\\u006beadaan":"tersimpan"}]}',
    "koma-terakhir": b'{"hasil":[],}',
    "kutip-tunggal": b"{'hasil':[]}",
    "komentar": b'{"hasil":[]} // ya',
    "tanpa-kutip": b"{hasil:[]}",
    "dua-dokumen": b'{"hasil":[]}{"hasil":[]}',
    "baris-dokumen": b'{"hasil":[]}\n{"hasil":[]}\n',
    "sampah-di-belakang": b'{"hasil":[]}\x00\x00',
    "awalan-pelindung": b')]}\',\n{"hasil":[]}',
    "bom-utf8": b'\xef\xbb\xbf{"hasil":[]}',
    "latin1": b'{"hasil":[{"status":"caf\xe9"}]}',
    "utf8-terlalu-panjang": b'{"hasil":"\xc0\xaf"}',
    "utf8-terpotong": b'{"hasil":"\xe2\x82',
    "surogat-mentah": b'{"hasil":"\xed\xa0\x80"}',
    "surogat-lolos": b'{"hasil":"\\ud800"}',
    "nul": b'{"hasil":"\x00"}',
    "nul-lolos": b'{"hasil":[{"status":"\\u0000"}]}',
    "dalam-daftar": b"[" * 100_000,
    "dalam-daftar-utuh": b"[" * 50_000 + b"]" * 50_000,
    "dalam-tabel": b'{"a":' * 50_000,
    "dalam-tabel-utuh": b'{"a":' * 20_000 + b"1" + b"}" * 20_000,
    "dalam-sedang": b'{"hasil":[' + b"[" * 900 + b"]" * 900 + b"]}",
    "dalam-40": b'{"hasil":[' + b"[" * 40 + b"]" * 40 + b"]}",
    "angka-5000-digit": b'{"hasil":[{"revisi":' + b"9" * 5_000 + b"}]}",
    "angka-400000-digit": b'{"hasil":[{"revisi":' + b"9" * 400_000 + b"}]}",
    "angka-4000-digit-banyak": b'{"hasil":[' + b",".join([b"9" * 4_000] * 50) + b"]}",
    "pecahan-panjang": b'{"hasil":[0.' + b"1" * 200_000 + b"]}",
    "pangkat-panjang": b'{"hasil":[1e' + b"9" * 200_000 + b"]}",
    "teks-400-kB": b'{"hasil":"' + b"a" * (400 * _KILO) + b'"}',
    "lolos-400-kB": b'{"hasil":"' + b"\\u0041" * (60 * _KILO) + b'"}',
    "kunci-100-kB": b'{"' + b"k" * (100 * _KILO) + b'":1}',
    "kunci-banyak": b"{" + b",".join(b'"%d":0' % n for n in range(30_000)) + b"}",
    "daftar-kosong-banyak": b'{"hasil":[' + b",".join([b"[]"] * 80_000) + b"]}",
    "tabel-kosong-banyak": b'{"hasil":[' + b",".join([b"{}"] * 80_000) + b"]}",
    "tabel-kecil-banyak": b'{"hasil":[' + b",".join([b'{"a":1}'] * 30_000) + b"]}",
    "angka-banyak": b"[" + b",".join([b"1000"] * 50_000) + b"]",
    "spasi-banyak": b" " * (240 * _KILO) + b"{}",
    "1-MB": b'{"hasil":"' + b"a" * (1024 * _KILO) + b'"}',
    "yaml": b"hasil:\n- keadaan: tersimpan\n",
    "msgpack": b"\x81\xa5hasil\x90",
    "pickle": b"\x80\x04cposix\nsystem\n.",
    "sql-galat": b"Warning: mysqli_connect(): (HY000/2002) in /var/www/html/db.php on line 3",
    "jejak": b'Traceback (most recent call last):\n  File "app.py", line 1\nKeyError: 1',
}
_CODINGS = ("utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp037", "cp500")
_MEDIA_TYPES = (
    "application/json; charset=utf-16", "application/json; charset=iso-8859-1", 'application/json; charset="us-ascii"',
    "application/json; charset=utf-8; charset=utf-16", "application/jsonx", "application/json, text/html", "json", "*/*",
    "application / json", ";", "application/json;charset=" + "x" * 20_000,
)  # fmt: skip


def _always(answer: bytes) -> Callable[[Request], bytes]:
    return lambda _: answer


def _honest(change: Callable[[bytes], bytes], *headers: str, kind: str = "application/json") -> Callable[[Request], bytes]:
    return lambda request: http(change(request.right), "200 OK", *headers, kind=kind)


def _cut(part: int) -> Callable[[Request], bytes]:
    def say(request: Request) -> bytes:
        return http(request.right[: len(request.right) * part // _CUT], "200 OK", "Connection: close", length=-1)

    return say


async def _endless(_: Request) -> AsyncIterator[bytes]:
    yield http(b"", "200 OK", length=-1)
    yield b'{"hasil":["'
    while True:
        yield b"a" * 65_536


CASES: tuple[Case, ...] = (
    *(Case(f"json-{id}", _always(http(body))) for id, body in _CONTENT.items()),
    *(Case(f"json-terpotong-{part}", _cut(part)) for part in range(_CUT)),
    Case("json-tanpa-bita-terakhir", _honest(lambda body: body[:-1])),
    *(Case(f"sandi-{name}", _honest(lambda body, name=name: body.decode().encode(name))) for name in _CODINGS),
    *(Case(f"jenis-{n}", _honest(lambda body: body, kind=kind)) for n, kind in enumerate(_MEDIA_TYPES)),
    Case("jenis-dua", _honest(lambda body: body, "Content-Type: text/html")),
    Case("json-tak-berakhir", _endless),
)
