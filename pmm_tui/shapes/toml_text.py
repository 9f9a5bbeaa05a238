"""TOML that a person wrote: parsed and decoded with errors that name line, key and the nearest known key."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, Literal, TypeVar, get_args, get_origin

import msgspec
from msgspec import Struct

from pmm_tui.errors import ShapeError
from pmm_tui.shapes.decode import decode, nearest
from pmm_tui.text import clean, shorten

T = TypeVar("T", bound=Struct)

MAX_DOTS = 20
"""Dots that one line may have outside of strings; the deepest key of our documents has three."""

_AT = r"\(at line (\d+), column (\d+)\)$"
_HEADER = r"\s*\[\[?\s*([^\[\]]+?)\s*\]\]?\s*(?:#.*)?$"
_KEY = r"\s*((?:[\w-]+|\"[^\"]*\"|'[^']*')(?:\s*\.\s*(?:[\w-]+|\"[^\"]*\"|'[^']*'))*)\s*="
_INDEX = r"\[\d+\]|\{…\}"
_LAST = r"(?:\.[^.\[\]]+|\[\d+\]|\{…\}|^[^.\[\]]+)$"


def read_toml(text: str, to: type[T], source: str, *, strict: bool = True) -> T:
    """Turn TOML text into a `to`; `source` names it for people. Unknown keys are refused when `strict`.

    Raises ShapeError with the place.
    """
    raw = parse_toml(text, source)
    if strict:
        refuse_unknown(raw, to, text, source)
    try:
        return decode(raw, to, source)
    except ShapeError as error:
        raise _with_line(error, to, text, source) from None


def parse_toml(text: str, source: str) -> dict[str, Any]:
    """Parse TOML text; raises ShapeError with line and column."""
    import tomllib  # lazy: a program without a configuration file never needs it

    if _too_nested(text):
        raise ShapeError(f"{source}: susunannya terlalu dalam; periksa kunci yang bertitik banyak.")
    try:
        return tomllib.loads(text.removeprefix("\ufeff"))
    except tomllib.TOMLDecodeError as error:
        at = re.search(_AT, str(error))
        where = f"baris {at[1]} kolom {at[2]}" if at else "bagian akhir"
        message = f"{source}: {where} tidak dapat dibaca sebagai TOML; periksa tanda kutip, kurung dan tanda =."
        raise ShapeError(message, f"baris {at[1]}" if at else "") from None
    except (RecursionError, ValueError):
        raise ShapeError(f"{source}: susunannya terlalu dalam atau angkanya terlalu panjang; periksa isinya.") from None


def _too_nested(text: str) -> bool:
    """Whether a line has a dotted key longer than any of ours: tomllib's time and memory grow with the square of its parts."""
    return any(_dots(line) > MAX_DOTS for line in text.split("\n") if line.count(".") > MAX_DOTS)


def _dots(line: str) -> int:
    """Count the dots outside of strings and comments."""
    dots, quote = 0, ""
    letters = iter(line)
    for letter in letters:
        if quote:
            if letter == "\\" and quote == '"':
                next(letters, "")
            elif letter == quote:
                quote = ""
        elif letter in "\"'":
            quote = letter
        elif letter == "#":
            break
        else:
            dots += letter == "."
    return dots


def refuse_unknown(raw: dict[str, Any], to: type[Struct], text: str, source: str) -> None:
    """Raise ShapeError for the first key that `to` does not have, at any depth, with the nearest one that it has."""
    for full, sentence in _told_unknown(raw, to, text):
        raise ShapeError(f"{source}: {sentence}", full)


def unknown_keys(raw: dict[str, Any], to: type[Struct], text: str) -> list[str]:
    """A sentence, with its line, for every key that `to` does not have."""
    return [sentence for _, sentence in _told_unknown(raw, to, text)]


def _told_unknown(raw: dict[str, Any], to: type[Struct], text: str) -> Iterator[tuple[str, str]]:
    for place, key, known in _unknown(raw, to, ""):
        asked = clean(key, limit=40)
        full = f"{place}.{asked}" if place else asked
        line = find_line(text, f"{place}.{key}" if place else key)
        hint = nearest(asked, known) or f"Yang dikenal: {', '.join(known)}."
        yield full, f'{_line_words(line)}kunci "{full}" tidak dikenal. {hint}'


def find_line(text: str, place: str) -> int:
    """The line, counted from 1, of a place such as `server.url` or `rhk[1].target`, else of what holds it; 0 when not found."""
    lines = _lines(text)
    while place:
        if place in lines:
            return lines[place]
        place = re.sub(_LAST, "", place)
    return 0


def _lines(text: str) -> dict[str, int]:
    places: dict[str, int] = {}
    counted: dict[str, int] = {}
    header = ""
    for number, line in enumerate(text.splitlines(), 1):
        if match := re.match(_HEADER, line):
            header = _numbered(_bare(match[1]), counted, again=line.lstrip().startswith("[["))
            places.setdefault(header, number)
        elif match := re.match(_KEY, line):
            key = _bare(match[1])
            places.setdefault(f"{header}.{key}" if header else key, number)
    return places


def _numbered(header: str, counted: dict[str, int], *, again: bool) -> str:
    """The header with the number of its table in each list of tables on the way."""
    if again:
        counted[header] = counted.get(header, -1) + 1
    place = plain = ""
    for part in header.split("."):
        plain = f"{plain}.{part}" if plain else part
        place = f"{place}.{part}" if place else part
        if plain in counted:
            place += f"[{counted[plain]}]"
    return place


def _bare(key: str) -> str:
    return ".".join(part.strip().strip("\"'") for part in key.split("."))


def _unknown(raw: Any, to: Any, place: str) -> Iterator[tuple[str, str, list[str]]]:
    if get_origin(to) is tuple and isinstance(raw, list):
        for number, item in enumerate(raw):
            yield from _unknown(item, get_args(to)[0], f"{place}[{number}]")
    if get_origin(to) is dict and isinstance(raw, dict):
        for key, item in raw.items():
            yield from _unknown(item, get_args(to)[1], f"{place}.{key}")
    if not (isinstance(to, type) and issubclass(to, Struct) and isinstance(raw, dict)):
        return
    fields = {field.encode_name: field.type for field in msgspec.structs.fields(to)}
    for key, value in raw.items():
        if key not in fields:
            yield place, key, list(fields)
        else:
            yield from _unknown(value, fields[key], f"{place}.{key}" if place else key)


def _with_line(error: ShapeError, to: type[Struct], text: str, source: str) -> ShapeError:
    sentence = error.sentence.removeprefix(f"{source}: ")
    choices = _choices(to, error.place)
    if choices and "tidak dikenal" in sentence:
        sentence = f"{sentence.removesuffix('; periksa ejaannya.')}; pilih salah satu: {', '.join(choices)}."
    return ShapeError(f"{source}: {_line_words(find_line(text, error.place))}{shorten(sentence, 400)}", error.place)


def _choices(to: Any, place: str) -> list[str]:
    for part in filter(None, re.sub(_INDEX, "", place).split(".")):
        if get_origin(to) is tuple:
            to = get_args(to)[0]
        if not (isinstance(to, type) and issubclass(to, Struct)):
            return []
        to = next((field.type for field in msgspec.structs.fields(to) if field.encode_name == part), None)
    return [str(value) for value in get_args(to) if value] if get_origin(to) is Literal else []


def _line_words(line: int) -> str:
    return f"baris {line}: " if line else ""
