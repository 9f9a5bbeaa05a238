"""What a careful human takes from a cell and from a row. Known here from what was meant, never from how the program reads."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Literal, NamedTuple

Fate = Literal["store", "refuse", "either", "none", "again"]
"""Of a row: a teacher to store; one that must not be stored unasked; either; no teacher; a teacher who is there already."""


@dataclass(frozen=True)
class Want:
    """What is to be stored of a cell.

    `raw` may be stored instead, with a word to the operator; `blank` says that nothing, with a word, is as good; `said` that there
    must be a word in any case.
    """

    value: str = ""
    raw: str = ""
    blank: bool = False
    said: bool = False


class Cell(NamedTuple):
    """What stands in a cell, and what is to be taken from it."""

    content: Any
    want: Want


@dataclass(frozen=True)
class Special:
    """A cell that only a workbook has: `error` with its text, or `formula` whose value was not stored."""

    kind: Literal["error", "formula"]
    text: str


@dataclass
class Line:
    """A row of a sheet, empty cells None; `wants` by field of the stored teacher."""

    cells: list[Any]
    fate: Fate = "none"
    wants: dict[str, Want] = field(default_factory=dict)
    hidden: bool = False


@dataclass
class Sheet:
    """A sheet; `aside` is one that must be named and not be read by itself."""

    name: str
    lines: list[Line]
    hidden: bool = False
    aside: bool = False
    merged: list[str] = field(default_factory=list)


@dataclass
class SchoolList:
    """A file before it is written, and the features that it has."""

    sheets: list[Sheet]
    form: str
    features: frozenset[str]


FIELDS = (
    "nama", "nip", "nuptk", "jk", "tanggal_lahir", "status_kepegawaian", "jenis_ptk", "tugas_tambahan", "golongan",
)  # fmt: skip
"""What is kept of a teacher."""

NOTHING = Want()
"""Nothing is meant, and nothing needs to be said."""
