"""Whether two descriptions are of one person: names as people write them, and birth dates."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pmm_tui.dates import parse_date
from pmm_tui.skp.model import Pegawai, Sekolah
from pmm_tui.text import by_name

_FRONT_DEGREES = re.compile(r"^(\s*[A-Za-z]{1,5}\.(?=\s))+")
_TITLES = frozenset(
    ("drs", "dra", "dr", "ir", "h", "hj", "hjh", "prof", "kh", "st", "sr", "pdt", "ust", "bapak", "ibu", "pak", "bu")
)
_BACK_DEGREE = re.compile(
    r"(?:[SMDA]|A\.?Ma|Dr|Dipl)\.\s?[A-Z][A-Za-z.]*|Gr\.?|[SM]\.?(?:Pd|Ag|Kom|Si|Sc|Hum|Sos|Th|Or|Sn)\.?I?\.?"
)
_SHORT = {"m": "muhammad", "moh": "muhammad", "muh": "muhammad", "mhd": "muhammad", "mohamad": "muhammad", "mohammad": "muhammad",
          "muhamad": "muhammad", "abd": "abdul"}  # fmt: skip
_COMMON = frozenset(("siti", "sri", "nur", "muhammad", "abdul", "dewi", "maria", "made", "putu", "nyoman", "ketut", "luh", "andi",
                     "ade", "agus", "dwi", "tri", "eka", "ahmad", "yohanes", "fransiskus", "dan", "bin", "binti"))  # fmt: skip
"""Names that so many bear that sharing one says nothing."""


def name_key(name: str) -> str:
    """What two spellings of one name share: case, accents, spaces, marks and degrees (before a dot or after a comma) aside."""
    core = _FRONT_DEGREES.sub("", name.partition(",")[0])
    return _letters(core) or _letters(name) or name


def _letters(text: str) -> str:
    return "".join(filter(str.isalnum, by_name(text)))


def _words(name: str) -> list[str]:
    """The words of a name without titles and degrees, short forms written out."""
    core = _BACK_DEGREE.sub(" ", name.partition(",")[0])
    found = [letters for word in re.split(r"[\s.]+", core) if (letters := _letters(word))]
    return [_SHORT.get(word, word) for word in found if word not in _TITLES] or found


def other_person(name: str, born: str, other_name: str, other_born: str) -> bool:
    """Whether two descriptions that share a number are hardly of one person: name and birth date both differ.

    Where one side has no birth date, nothing is known to agree with it: then the names have to have something in common.
    """
    if name_key(name) == name_key(other_name) or "".join(_words(name)) == "".join(_words(other_name)):
        return False
    one, other = parse_date(born), parse_date(other_born)
    if one and other:
        return one != other
    return not _akin(_words(name), _words(other_name))


def likely_same(name: str, born: str, other_name: str, other_born: str) -> bool:
    """Whether two descriptions that share no number are likely of one person: one name and nothing against it, or names akin and
    one birth date.
    """
    words, other_words = _words(name), _words(other_name)
    same_name = name_key(name) == name_key(other_name) or "".join(words) == "".join(other_words)
    one, other = parse_date(born), parse_date(other_born)
    if one and other:
        return one == other and (same_name or _akin(words, other_words))
    return same_name


def surely_other_person(name: str, born: str, other_name: str, other_born: str) -> bool:
    """Whether the names differ, and both birth dates are known and differ: what a changed name alone does not tell."""
    known = parse_date(born) is not None and parse_date(other_born) is not None
    return known and other_person(name, born, other_name, other_born)


def _akin(one: list[str], other: list[str]) -> bool:
    """Whether two names have something in common: a word that is not everybody's, or all words of the shorter one."""
    shared = list(_shared(one, other))
    return any(len(word) >= 3 and word not in _COMMON for word in shared) or len(shared) == min(len(one), len(other)) > 0


def _shared(one: list[str], other: list[str]) -> Iterator[str]:
    left = list(other)
    for word in one:
        match = next((w for w in left if w == word or _initial(w, word) or _slip(w, word)), None)
        if match is not None:
            left.remove(match)
            yield max(word, match, key=len)


def _initial(one: str, other: str) -> bool:
    return min(len(one), len(other)) == 1 and one[0] == other[0]


def _slip(one: str, other: str) -> bool:
    """Whether two words differ by one letter: written wrong, or otherwise (`Santosa`, `Santoso`)."""
    if min(len(one), len(other)) < 4 or abs(len(one) - len(other)) > 1:
        return False
    at = next((n for n, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
    return one[at + 1 :] == other[at + 1 :] or one[at + 1 :] == other[at:] or one[at:] == other[at + 1 :]


def is_head(pegawai: Pegawai, sekolah: Sekolah) -> bool:
    """Whether the teacher is the school's head, whose plan somebody else rates: by the number, or as Dapodik says."""
    named = bool(pegawai.nip and pegawai.nip == sekolah.kepala_sekolah.nip)
    return named or pegawai.jenis_ptk.casefold() == "kepala sekolah"
