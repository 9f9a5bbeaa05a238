"""The one way from structured outside data (TOML, JSON) to our types: cleaned first, errors in Indonesian with their place."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable
from typing import Any, TypeVar

import msgspec

from pmm_tui.errors import ShapeError
from pmm_tui.text import clean_tree, shorten

T = TypeVar("T")

_JENIS = {
    "int": "bilangan bulat", "float": "bilangan", "str": "teks", "bool": "true atau false", "array": "daftar",
    "object": "tabel", "null": "kosong", "date": "tanggal (2026-01-31)", "datetime": "waktu", "time": "jam",
}  # fmt: skip
_KIND = {"list": "array", "dict": "object", "NoneType": "null"}
"""What the library calls the types that it does not call by their Python name."""
_PLACE = r" - at `(?:key in )?\$?\.?([^`]*)`$"
_EXPECTED = r"Expected `(.+?)`, got `(.+?)`$"
_MISSING = r"Object missing required field `(.+?)`$"
_UNKNOWN = r"Object contains unknown field `(.+?)`$"
_BOUND = r"Expected `(.+?)` (.+)$"
_LENGTH = r"of length (\S+) (\d+)$"
_ENUM = r"Invalid enum value (.+)$"
_RFC3339 = r"Invalid RFC3339 encoded (\w+)$"


def decode(raw: Any, to: type[T], source: str) -> T:
    """Turn parsed TOML or JSON into a `to`, every string cleaned.

    `source` names the document for the operator, such as a file name. Raises ShapeError with the place.
    """
    try:
        cleaned = clean_tree(raw)
        return msgspec.convert(cleaned, to)
    except msgspec.ValidationError as error:
        sentence, place = _translate(str(error), cleaned)
        raise ShapeError(f"{source}: {f'{place}: ' if place else ''}{sentence}", place) from None
    except (ValueError, RecursionError):
        raise ShapeError(f"{source}: susunannya terlalu dalam; periksa isinya.") from None


def decode_json(data: bytes, to: type[T], source: str) -> T:
    """Parse JSON bytes strictly (UTF-8, no NaN) and turn them into a `to`; raises ShapeError."""
    try:
        raw = msgspec.json.decode(data)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError, ValueError):
        raise ShapeError(f"{source}: bukan JSON yang utuh.") from None
    return decode(raw, to, source)


def nearest(key: str, known: Iterable[str]) -> str:
    """`Mungkin maksudnya "x"?`, or nothing when no known key is near."""
    close = difflib.get_close_matches(key, list(known), n=1, cutoff=0.6)
    return f'Mungkin maksudnya "{close[0]}"?' if close else ""


def _translate(message: str, raw: Any) -> tuple[str, str]:
    place = ""
    if match := re.search(_PLACE, message):
        place, message = match[1].replace("[...]", "{…}"), message[: match.start()]
    if match := re.search(_EXPECTED, message):
        place = _with_key(place, raw, match[2])
        wanted = " atau ".join(_JENIS.get(part.strip(), part.strip()) for part in match[1].split("|"))
        return f"harus {wanted}, bukan {_JENIS.get(match[2], match[2])}.", place
    if match := re.search(_MISSING, message):
        return f'"{match[1]}" belum ada; tambahkan.', place
    if match := re.search(_UNKNOWN, message):
        return f'"{match[1]}" tidak dikenal; periksa ejaannya.', place
    if match := re.search(_ENUM, message):
        return f"pilihan {shorten(match[1], 60)} tidak dikenal; periksa ejaannya.", place
    if match := re.search(_RFC3339, message):
        return f"harus {_JENIS.get(match[1], match[1])}.", place
    if "matching regex" in message:
        return "harus huruf kecil, angka dan tanda hubung saja.", place
    if match := re.search(_LENGTH, message):
        return f"panjangnya harus {match[1]} {match[2]}.", place
    if match := re.search(_BOUND, message):
        return f"harus {_JENIS.get(match[1], match[1])} {match[2]}.", place
    return f"isinya tidak sah ({shorten(message, 80)}).", place


def _with_key(place: str, raw: Any, kind: str) -> str:
    """The place with the key of a table with keys of its own, which the library leaves out: the first that has such a value."""
    table = place.removesuffix("{…}")
    if table == place or "{…}" in table:
        return place
    for part in re.findall(r"[^.\[\]]+", table):
        raw = raw[int(part)] if isinstance(raw, list) else raw.get(part, {})
    found = next((key for key, value in raw.items() if _KIND.get(type(value).__name__, type(value).__name__) == kind), None)
    return place if found is None else f"{table}.{shorten(found, 40)}"
