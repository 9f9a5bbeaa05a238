"""Finding teachers by what somebody types: names without accents and marks, numbers with blanks, words in any order."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from itertools import groupby

from pmm_tui.skp.model import Pegawai
from pmm_tui.skp.overview import PlanLine
from pmm_tui.text import by_name

_MARKS = re.compile(r"[\s\-‐-―'’‘`´ʼʻʹ\".,;:/()_*]+")
_JOINED = re.compile(r"[\-‐-―'’‘`´ʼʻʹ\".,;:/()_*]+")
_SAME_WORD = {"p3k": "pppk"}
_BEFORE_NUMBER = ("nip", "nuptk")
_WHOLE_NUMBER = 12
"""Digits from which on the groups of a number are meant as one number; fewer may be parts of several."""


def fold(text: str) -> str:
    """What two spellings share: small letters without accents, hyphens, apostrophes, dots and slashes; one blank between words."""
    return " ".join(_JOINED.sub("", by_name(text)).split())


fold_label = lru_cache(maxsize=256)(fold)
"""The same for labels, of which a school has few and each a hundred times."""


def search_text(pegawai: Pegawai) -> str:
    """What a search looks through: name, status kepegawaian, jenis PTK and golongan folded, and the numbers; one a line.

    The name stands there as it is and without blanks, so that `nuraini` finds `Nur Aini` too.
    """
    name = fold(pegawai.nama)
    joined = name.replace(" ", "")
    rest = (fold_label(text) for text in (pegawai.status_kepegawaian, pegawai.jenis_ptk, pegawai.golongan))
    return "\n".join((name, joined, *rest, pegawai.nip, pegawai.nuptk))


def needles(query: str) -> tuple[str, ...]:
    """What of a query has to be found, each somewhere: its words folded, and the groups of one long number put together."""
    found: list[str] = []
    words = _MARKS.sub(" ", by_name(query)).split() if _is_number(query) else fold(query).split()
    for is_number, group in groupby(words, key=str.isdecimal):
        parts = list(group)
        together = "".join(parts)
        found += [together] if is_number and len(together) >= _WHOLE_NUMBER else parts
    if any(map(str.isdecimal, found)):
        found = [word for word in found if word not in _BEFORE_NUMBER]
    return tuple(_SAME_WORD.get(word, word) for word in found)


def matches(text: str, wanted: Iterable[str]) -> bool:
    """Whether a text of `search_text` has all of the `needles`."""
    return all(needle in text for needle in wanted)


class SearchTexts:
    """The texts of teachers, each made once and again only when the teacher has changed: a letter costs a look through them."""

    def __init__(self) -> None:
        self._texts: dict[int, tuple[Pegawai, str]] = {}

    def of(self, pegawai: Pegawai) -> str:
        """The text of one teacher."""
        kept = self._texts.get(pegawai.id)
        if kept is None or (kept[0] is not pegawai and kept[0] != pegawai):
            kept = self._texts[pegawai.id] = (pegawai, search_text(pegawai))
        return kept[1]

    def find(self, lines: Iterable[PlanLine], query: str) -> list[PlanLine]:
        """The lines of the teachers that a query means, in the order given; all of them for an empty query."""
        wanted = needles(query)
        return [line for line in lines if matches(self.of(line.pegawai), wanted)] if wanted else list(lines)


def _is_number(query: str) -> bool:
    return not any(map(str.isalpha, query))
