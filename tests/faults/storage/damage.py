"""What disks, cables, other programs and people do to a file. Each takes a file's bytes and leaves others; None is no file."""

from __future__ import annotations

import random
import sqlite3
from collections.abc import Callable
from contextlib import closing

Damage = Callable[[bytes, random.Random], bytes | None]

PAGE = 4096
_HTML = b"<!DOCTYPE html><html><head><title>Login</title></head><body>Silakan login ke Wi-Fi sekolah</body></html>\n"


def _gone(_: bytes, __: random.Random) -> None:
    return None


def _empty(_: bytes, __: random.Random) -> bytes:
    return b""


def _cut(content: bytes, chance: random.Random) -> bytes:
    return content[: chance.randrange(len(content) or 1)]


def _cut_page(content: bytes, chance: random.Random) -> bytes:
    return content[: chance.randrange(len(content) // PAGE + 1) * PAGE]


def _one_bit(content: bytes, chance: random.Random) -> bytes:
    return _bits(content, chance, 1)


def _many_bits(content: bytes, chance: random.Random) -> bytes:
    return _bits(content, chance, chance.choice((5, 50, 500)))


def _bits(content: bytes, chance: random.Random, count: int) -> bytes:
    spoiled = bytearray(content)
    for _ in range(count if content else 0):
        spoiled[chance.randrange(len(spoiled))] ^= 1 << chance.randrange(8)
    return bytes(spoiled)


def _header(content: bytes, chance: random.Random) -> bytes:
    """Some bytes among the first hundred, where the format says what the rest is."""
    spoiled = bytearray(content)
    for _ in range(chance.randrange(1, 9)):
        spoiled[chance.randrange(min(100, len(spoiled)))] = chance.randrange(256)
    return bytes(spoiled)


def _sectors(fill: Callable[[random.Random, int], bytes]) -> Damage:
    """Some stretches of sectors with something else in them."""

    def spoil(content: bytes, chance: random.Random) -> bytes:
        spoiled = bytearray(content)
        for _ in range(chance.randrange(1, 4)):
            size = chance.choice((512, PAGE, 4 * PAGE))
            start = chance.randrange(len(spoiled) // 512 + 1) * 512
            size = min(size, len(spoiled) - start)
            spoiled[start : start + size] = fill(chance, size)
        return bytes(spoiled)

    return spoil


def _swapped(content: bytes, chance: random.Random) -> bytes:
    """Two pages in each other's place."""
    pages = [content[at : at + PAGE] for at in range(0, len(content), PAGE)]
    one, other = chance.randrange(len(pages)), chance.randrange(len(pages))
    pages[one], pages[other] = pages[other], pages[one]
    return b"".join(pages)


def _insert(content: bytes, chance: random.Random) -> bytes:
    """Something in between, so that all that follows is shifted: a copy in text mode, a line end that was changed."""
    at = chance.randrange(len(content) or 1)
    return content[:at] + chance.choice((b"\r", b"\0" * 100, _HTML)) + content[at:]


def _text(content: bytes, _: random.Random) -> bytes:
    """Taken for text on its way."""
    return content.decode("utf-8", "replace").encode()


def _html(_: bytes, chance: random.Random) -> bytes:
    return _HTML * chance.randrange(1, 800)


def _random(content: bytes, chance: random.Random) -> bytes:
    return chance.randbytes(len(content))


def _pasted(content: bytes, chance: random.Random) -> bytes:
    return content + chance.randbytes(chance.choice((1, 100, PAGE)))


def _other_database(_: bytes, __: random.Random) -> bytes:
    """Another program's database."""
    with closing(sqlite3.connect(":memory:")) as other:
        other.execute("CREATE TABLE pegawai (id INTEGER PRIMARY KEY, nama TEXT)")
        other.execute("INSERT INTO pegawai VALUES (1, 'Orang lain')")
        other.commit()
        return other.serialize()


def _new_schema(content: bytes, chance: random.Random) -> bytes:
    """What a version to come would have written into the header."""
    return content[:60] + (2 + chance.randrange(80)).to_bytes(4, "big") + content[64:]


_FILES: dict[str, Damage] = {
    "hilang": _gone,
    "kosong": _empty,
    "potong": _cut,
    "satu bit": _one_bit,
    "banyak bit": _many_bits,
    "nol": _sectors(lambda _, size: bytes(size)),
    "sampah": _sectors(lambda chance, size: chance.randbytes(size)),
    "html di tengah": _sectors(lambda _, size: (_HTML * (size // len(_HTML) + 1))[:size]),
    "sisip": _insert,
    "teks": _text,
    "html": _html,
    "acak": _random,
    "ditempel": _pasted,
}

DATABASE: dict[str, Damage] = {
    **_FILES,
    "kepala": _header,
    "tukar": _swapped,
    "potong halaman": _cut_page,
    "basis lain": _other_database,
    "skema baru": _new_schema,
}
"""Of a database."""

LOG: dict[str, Damage] = _FILES
"""Of SQLite's log, and of the recovery log."""
