"""From what a school's own Rapor Pendidikan says of components and indicators to the levels that the form shows.

The download tells the three components of D.1 alone; each indicator has its component's level until somebody refines it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Protocol

from msgspec import Struct

from pmm_tui.skp.katalog import Katalog
from pmm_tui.skp.katalog_sasaran import Sasaran
from pmm_tui.skp.model import Rapor

KOMPONEN, INDIKATOR = "komponen/", "indikator/"
"""How the names of items begin."""
_NO_LEVEL = ("capaian tidak tersedia", "tidak tersedia", "tidak berlaku", "-", "")
_OTHER_WORDS = {"tinggi": "baik", "rendah": "kurang"}
"""Words of some district files for our levels."""
_CODE = re.compile(r"([A-Z])\s*\.\s*(\d+(?:\s*\.\s*\d+)*)\b\.?\s*", re.IGNORECASE)


class Said(Protocol):
    """What somebody says of an item: its level (an id of the catalogue) and perhaps its score."""

    @property
    def level(self) -> str:
        """The id of the level."""

    @property
    def score(self) -> str:
        """The score as it is written."""


class RaporItem(Struct, frozen=True):
    """A component or an indicator of the catalogue: its name here (`komponen/ID` or `indikator/ID`) and its label."""

    name: str
    label: str
    komponen: str = ""


def items_of(katalog: Katalog) -> dict[str, RaporItem]:
    """Every component and indicator, of teachers and of the kepala sekolah, in their order."""
    found = {}
    for part in _parts(katalog):
        for komponen in part.komponen:
            name = KOMPONEN + komponen.id
            found[name] = RaporItem(name, komponen.label)
            for indikator in part.indikator:
                if indikator.komponen == komponen.id:
                    name = INDIKATOR + indikator.id
                    found[name] = RaporItem(name, indikator.label, komponen.id)
    return found


def own_rapor(said: Mapping[str, Said], katalog: Katalog) -> Rapor:
    """The levels of every indicator: its own, else its component's; recommended are those of the lowest component.

    Where an indicator of the dimension was refined, `recommendations` finds the lowest ones itself.
    """
    capaian: dict[str, str] = {}
    by_component: list[str] = []
    advised: list[str] = []
    for part in _parts(katalog):
        fine = False
        for indikator in part.indikator:
            own, above = said.get(INDIKATOR + indikator.id), said.get(KOMPONEN + indikator.komponen)
            if own or above:
                capaian[indikator.id] = own.level if own else above.level if above else ""
            if not own and above:
                by_component.append(indikator.id)
            fine = fine or own is not None
        lowest = "" if fine else _lowest(said, part, katalog)
        advised += [indikator.id for indikator in part.indikator if lowest and indikator.komponen == lowest]
    return Rapor(capaian=capaian, rekomendasi=tuple(advised), menurut_komponen=tuple(by_component))


def level_of(word: str, katalog: Katalog) -> str | None:
    """The level of a word as people and files write it; empty for one that says there is none, None for an unknown one."""
    folded = " ".join(word.casefold().split()).strip(" .*")
    if folded in _NO_LEVEL:
        return ""
    known = {name: c.id for c in katalog.rapor.capaian for name in (c.id.casefold(), c.label.casefold())}
    return known.get(_OTHER_WORDS.get(folded, folded))


def item_of_row(number: str, label: str, katalog: Katalog) -> tuple[str, str]:
    """The item that a row of the file is about, by its code and its label, and what is doubtful of it; both may be empty.

    A code and a label that lead to different items lead to none: nobody is to trust a row that was moved.
    """
    code, rest = split_code(number)
    if not code:
        code, rest = split_code(label)
        label = rest if code else label
    by_code = _by_code(katalog).get(code, "")
    by_label = _by_label(katalog).get(_folded(label), "") if not code or code.startswith(_dimensions(katalog)) else ""
    if by_code and by_label and by_code != by_label:
        return "", f"kode {code} dan labelnya tidak cocok"
    return by_code or by_label, ""


def split_code(text: str) -> tuple[str, str]:
    """The code such as `D.1.2` that a cell begins with, and what stands behind it."""
    found = _CODE.match(text.strip())
    return (f"{found[1].upper()}.{re.sub(r'[^0-9.]', '', found[2])}", text.strip()[found.end() :]) if found else ("", text)


def _parts(katalog: Katalog) -> tuple[Katalog | Sasaran, ...]:
    return (katalog, *katalog.sasaran)


def _dimensions(katalog: Katalog) -> tuple[str, ...]:
    return tuple(f"{part.rapor.dimensi}." for part in _parts(katalog))


def _by_code(katalog: Katalog) -> dict[str, str]:
    return {
        code: (KOMPONEN if any(item_id == k.id for k in part.komponen) else INDIKATOR) + item_id
        for part in _parts(katalog)
        for code, item_id in part.rapor.kode.items()
    }


def _by_label(katalog: Katalog) -> dict[str, str]:
    """Items by label; the sole component of a dimension has the dimension's own name, which a row of the dimension has too."""
    return {_folded(item.label): item.name for item in items_of(katalog).values() if item.label not in _dimension_labels(katalog)}


def _dimension_labels(katalog: Katalog) -> Iterator[str]:
    return (part.rapor.dimensi_label for part in _parts(katalog))


def _folded(label: str) -> str:
    return " ".join(re.findall(r"\w+", label.casefold()))


def _lowest(said: Mapping[str, Said], part: Katalog | Sasaran, katalog: Katalog) -> str:
    """The component with the lowest level below the highest one, by score where levels are equal; empty where none is."""
    order = {c.id: c.urutan for c in katalog.rapor.capaian}
    highest = max(order.values(), default=0)
    found = [(k.id, said[KOMPONEN + k.id]) for k in part.komponen if KOMPONEN + k.id in said]
    short = [(order[one.level], _number(one.score), item_id) for item_id, one in found if order.get(one.level, highest) < highest]
    return min(short)[2] if short else ""


def _number(score: str) -> float:
    try:
        return float(score.replace(",", "."))
    except ValueError:
        return float("inf")
