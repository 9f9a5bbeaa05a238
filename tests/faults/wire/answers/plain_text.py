"""Words of a server that mean to steer the terminal, hide, lie or flood: every one that reaches a sentence is cleaned before."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tests.faults.wire.impostor import Case, Request, http, json_bytes

POISON: dict[str, str] = {
    "markup": "[bold red]x[/] [/]",
    "markup-aksi": "[@click=app.quit]tekan[/]",
    "markup-kurung": "[type=x, v={'a[0]'}] [b +",
    "esc-hapus": "\x1b[2J\x1b[H",
    "esc-judul": "\x1b]0;judul\x07",
    "osc8": "\x1b]8;;http://portal.example\x1b\\masuk\x1b]8;;\x1b\\",
    "osc52": "\x1b]52;c;aGFsbw==\x07",
    "dcs": "\x1bP+q544e\x1b\\",
    "c1": "\x9b2J\x9d52;c;aGFsbw==\x9c",
    "nul": "a\x00b",
    "bel": "\x07" * 20,
    "mundur": "rahasia\x08\x08\x08\x08",
    "balik-baris": "baik\r\nrusak\nServer: terkirim",
    "pisah-baris": "a\u2028b\u2029c\x85d\x0be\x0cf",
    "bidi": "\u202eanacner\u202c \u2066x\u2069 \u200f",
    "tak-kasatmata": "\u200bter\u200dki\u2060rim\ufeff\u00ad",
    "tag": "".join(chr(0xE0000 + ord(letter)) for letter in "sent"),
    "surogat": "\ud83d x \udc00",
    "tumpuk": "Z" + "\u0301" * 3000,
    "panjang": "kata " * 3000,
    "satu-kata": "a" * 15_000,
    "dusta": "Semua rencana sudah terkirim. Tutup program.",
    "kutip": 'x" Semua rencana terkirim. "y',
    "lebar": "\uff34\uff25\uff32\uff2b\uff29\uff32\uff29\uff2d" * 50,
    "spasi": "\u3000\u00a0\u2003" * 500,
    "kosong": "",
}
_SHAPES: dict[str, Any] = {
    "detail-daftar": {"detail": ["a"]},
    "detail-tabel": {"detail": {"a": 1}},
    "detail-angka": {"detail": 10**30},
    "masalah-teks": {"masalah": "rusak"},
    "masalah-tabel": {"masalah": {"0": {"pesan": "x"}}},
    "masalah-null": {"masalah": [None, 1, "x", [], {}]},
    "masalah-pesan-angka": {"masalah": [{"pesan": 7, "kode": [], "pointer": {}}]},
    "errors-fastapi": {"detail": [{"loc": ["body"], "msg": "field required"}]},
    "daftar": [{"detail": "x"}],
}
_STATUSES = ("400 Bad Request", "403 Forbidden", "422 Unprocessable Content", "503 Busy")


def _problem(status: str, value: Any) -> Callable[[Request], bytes]:
    return lambda _: http(json_bytes(value), status, kind="application/problem+json")


def _items(**values: Any) -> Callable[[Request], bytes]:
    return lambda request: http(json_bytes({"hasil": request.result(**values)}))


def _times(text: str) -> int:
    """As often as fits into what is taken of an answer."""
    return max(1, min(200, 10_000 // (len(text.encode("utf-8", "replace")) + 1)))


NO_RESULT: tuple[Case, ...] = (
    *(
        Case(
            f"teks-{_STATUSES[n % 4][:3]}-{id}", _problem(_STATUSES[n % 4], {"type": "about:blank", "title": text, "detail": text})
        )
        for n, (id, text) in enumerate(POISON.items())
    ),
    *(Case(f"teks-judul-{id}", _problem("500 Error", {"title": text})) for id, text in POISON.items()),
    *(Case(f"bentuk-{id}", _problem("422 Unprocessable Content", value)) for id, value in _SHAPES.items()),
)


def _reasons(text: str, end: str = "") -> list[dict[str, str]]:
    return [{"pointer": text, "kode": text, "pesan": text + end}] * _times(text)


CASES: tuple[Case, ...] = (
    *NO_RESULT,
    *(Case(f"teks-masalah-{id}", _problem("422 No", {"masalah": _reasons(text, "!")})) for id, text in POISON.items()),
    *(Case(f"teks-ditolak-{id}", _items(keadaan="ditolak", masalah=_reasons(text))) for id, text in POISON.items()),
)
"""The last two groups are refusals by whoever answered: `rejected`, in clean words; never `sent`."""
