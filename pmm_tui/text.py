"""The one door for text from outside: what passes here cannot steer a terminal or hide in a line.

Everything that comes from a file, the server, the clipboard or the environment passes `clean` before it is stored, shown,
logged or printed. Rules: CWE-150 (escape sequences), CWE-1007 (look-alike and invisible characters).
"""

from __future__ import annotations

import re
import unicodedata
from typing import Any

MAX_LENGTH = 4_000
"""Characters kept of one text; no field of the form needs more."""

MAX_DEPTH = 32
"""Levels of nesting that `clean_tree` follows."""

MAX_MARKS = 3
"""Combining marks that are kept after one letter; more only paint over other rows."""

_BREAKS = re.compile(r"[\t\n\v\f\r\x1c-\x1f\x85\u2028\u2029]+")
_INVISIBLE = re.compile(
    "[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f"
    "\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb"
    "\ud800-\udfff\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff]"
)
_SPACES = re.compile(r"[\xa0\u1680\u2000-\u200a\u202f\u205f\u3000]")


def clean(text: str, *, lines: bool = False, limit: int = MAX_LENGTH) -> str:
    """Return `text` without anything that a terminal obeys or an eye cannot see.

    Control and bidi characters, zero-width and unassigned-looking ones and unpaired surrogates go; line breaks and tabs become one
    space, or stay line breaks with `lines`; the rest is composed (NFC), at most `limit` characters long, stripped at both ends.
    """
    if text.isascii() and text.isprintable():
        return text[:limit].strip()
    text = text[: limit * 4]
    text = _INVISIBLE.sub("", text)  # first: breaks that only an invisible one parts are one break
    text = _BREAKS.sub(lambda match: "\n" if lines and match[0].strip("\t") else " ", text)
    text = unicodedata.normalize("NFC", _SPACES.sub(" ", text))
    if any(map(is_mark, text)):
        text = unicodedata.normalize("NFC", _without_floods(text))
    return text[:limit].strip()


def by_name(name: str) -> str:
    """What a name is sorted by: small letters without accents, so that `È` stands beside `E`, not behind `Z`."""
    return without_accents(name).casefold()


def without_accents(text: str) -> str:
    """Return the text without its accents."""
    if text.isascii():
        return text
    return "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))


def is_mark(letter: str) -> bool:
    """Whether it is painted over the letter before it; enclosing and vowel marks have no combining class."""
    return unicodedata.combining(letter) > 0 or unicodedata.category(letter) in ("Mn", "Me")


def _without_floods(text: str) -> str:
    kept, marks = [], 0
    for letter in text:
        marks = marks + 1 if is_mark(letter) else 0
        if marks <= MAX_MARKS:
            kept.append(letter)
    return "".join(kept)


def clean_tree(value: Any, depth: int = 0) -> Any:
    """Return nested lists and tables with every string in them, keys too, cleaned.

    Raises ValueError when the nesting is deeper than `MAX_DEPTH`.
    """
    if isinstance(value, str):
        return clean(value, lines=True)
    if isinstance(value, (list, dict)) and depth >= MAX_DEPTH:
        raise ValueError("nested too deeply")
    if isinstance(value, list):
        return [clean_tree(item, depth + 1) for item in value]
    if isinstance(value, dict):
        return {clean(str(key)): clean_tree(item, depth + 1) for key, item in value.items()}
    return value


def shorten(text: str, limit: int) -> str:
    """Return `text` cut to `limit` characters, the cut marked."""
    return text if len(text) <= limit else text[: limit - 1].rstrip() + "…"


def quoted(text: str, limit: int = 40) -> str:
    """Return what somebody wrote as part of a sentence: in quotation marks, on one line, shortened."""
    return f'"{shorten(" ".join(text.split()), limit)}"'
