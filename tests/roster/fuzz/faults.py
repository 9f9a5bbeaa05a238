"""What goes wrong in a list: one teacher's row each, and what may become of it then."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from random import Random
from typing import TYPE_CHECKING, Any

from tests.roster.fuzz.dates import NO_DATES
from tests.roster.fuzz.oracle import Line, Sheet, Special, Want

if TYPE_CHECKING:
    from tests.roster.fuzz.shapes import Recipe

Places = dict[str, int]
"""The column of each field."""
ERRORS = ("#REF!", "#NAME?", "#VALUE!", "#N/A", "#DIV/0!", "#NULL!", "#NUM!")


def _number(line: Line, places: Places, content: Any) -> None:
    """A NIP that cannot be trusted: asked, refused, or left out with a word."""
    line.cells[places["nip"]] = content
    line.wants["nip"] = Want("", said=True)
    line.fate = "either"


def scientific(line: Line, places: Places, luck: Random) -> None:
    nip = line.wants["nip"].value
    if nip:
        written = f"{float(nip):.{luck.choice((5, 9, 14))}E}"
        _number(line, places, luck.choice((written, written.replace(".", ","), float(nip))))


def short_nip(line: Line, places: Places, luck: Random) -> None:
    nip = line.wants["nip"].value
    if nip:
        at = luck.randrange(18)
        damaged = (nip[:at] + nip[at + 1 :], nip + luck.choice("0123"), nip[:12] + "13" + nip[14:], nip[:14] + "3" + nip[15:])
        _number(line, places, luck.choice(damaged))


def letter_in_nip(line: Line, places: Places, luck: Random) -> None:
    nip = line.wants["nip"].value
    if "0" in nip:
        at = nip.index("0")
        _number(line, places, nip[:at] + luck.choice("Oo") + nip[at + 1 :])


def two_numbers(line: Line, places: Places, luck: Random) -> None:
    nip = line.wants["nip"].value
    if nip:
        _number(line, places, f"{nip} / {nip[:17]}{(int(nip[17]) + 1) % 10}")


def short_nuptk(line: Line, places: Places, luck: Random) -> None:
    if "nuptk" in places and (number := line.wants["nuptk"].value):
        line.cells[places["nuptk"]] = luck.choice((number[:-1], number + "1", f"{float(number):.5E}"))
        line.wants["nuptk"] = Want("", said=True)
        line.fate = "either"


def placeholder(line: Line, places: Places, luck: Random) -> None:
    field = luck.choice([field for field in ("nip", "nuptk") if field in places])
    size = 18 if field == "nip" else 16
    filler = ("0" * size, "9" * size, ("1234567890" * 2)[:size], "9" + "0" * (size - 1), "1" * size)
    line.cells[places[field]] = luck.choice(filler)
    line.wants[field] = Want("", said=True)
    line.fate = "either"


def error_cell(line: Line, places: Places, luck: Random) -> None:
    field = luck.choice(sorted(places))
    text = luck.choice(ERRORS)
    line.cells[places[field]] = Special("error", text)
    line.wants[field] = Want("", said=True)
    line.fate = "refuse" if field == "nama" else "either"


def no_formula_value(line: Line, places: Places, luck: Random) -> None:
    line.cells[places["nama"]] = Special("formula", "A1")
    line.fate = "refuse"


def shifted(line: Line, places: Places, luck: Random) -> None:
    """A cell too many somewhere in the row: nothing may come to stand in a wrong column."""
    _shift(line, places, luck, sure=True)


def shifted_late(line: Line, places: Places, luck: Random) -> None:
    """A cell too many near the end, where little shows it."""
    _shift(line, places, luck, sure=False)


def _shift(line: Line, places: Places, luck: Random, *, sure: bool) -> None:
    telling = [places[field] for field in ("nip", "nuptk", "jk", "tanggal_lahir", "status_kepegawaian")
               if field in places and line.wants[field].value]  # fmt: skip
    at = luck.choice([n for n in range(1, len(line.cells)) if (sum(place >= n for place in telling) > 2) == sure] or [1])
    added = luck.choice(("S.Pd.", None, "M.Pd."))
    line.cells.insert(at, added)
    line.wants = {field: replace(want, blank=True) for field, want in line.wants.items()}
    if added and at == places["nama"] + 1:  # a name with a comma and no quotation marks: it may be put together again
        name = line.wants["nama"]
        line.wants["nama"] = replace(name, raw=f"{name.value},{added}")
    line.fate = "either"


def no_day(line: Line, places: Places, luck: Random) -> None:
    if "tanggal_lahir" in places:
        line.cells[places["tanggal_lahir"]] = luck.choice(NO_DATES)
        line.wants["tanggal_lahir"] = Want("", said=True)
        if not line.wants["nip"].value and not line.wants.get("nuptk", Want()).value:
            line.fate = "either"


def no_name(line: Line, places: Places, luck: Random) -> None:
    line.cells[places["nama"]] = luck.choice((None, "-", "...", " ", "0"))
    line.wants.pop("nama", None)
    line.fate = "refuse"


def no_identity(line: Line, places: Places, luck: Random) -> None:
    for field in ("nip", "nuptk", "tanggal_lahir"):
        if field in places:
            line.cells[places[field]] = luck.choice((None, "-", None))
            line.wants[field] = Want()
    line.fate = "either"


FAULTS: dict[str, Callable[[Line, Places, Random], None]] = {
    fault.__name__.replace("_", "-"): fault
    for fault in (
        scientific, short_nip, letter_in_nip, two_numbers, short_nuptk, placeholder, error_cell, no_formula_value, shifted,
        shifted_late, no_day,
        no_name, no_identity,
    )
}  # fmt: skip
PAIRS = ("number-twice", "twice-agreeing", "same-name")
"""Faults that take two rows."""


def spoil(recipe: Recipe, sheets: list[Sheet]) -> None:
    """Do the faults of the recipe to rows that have none yet."""
    free = [(sheet, line) for sheet in sheets for line in sheet.lines if line.fate == "store"]
    luck = recipe.luck("faults")
    order = list(range(len(free)))
    luck.shuffle(order)
    for name in recipe.of("fault"):
        if not order:
            return
        sheet, line = free[order.pop()]
        own = recipe.luck(f"fault:{name}")
        places = _places(recipe)
        if name == "twice-agreeing":
            at = own.randrange(sheet.lines.index(line), len(sheet.lines)) + 1
            at = min(at, max(n for n, other in enumerate(sheet.lines) if other.fate != "none") + 1)
            sheet.lines.insert(at, Line(list(line.cells), "again", dict(line.wants)))
        elif name == "number-twice" and order and (number := line.wants["nip"].value):
            other = free[order.pop()][1]
            other.cells[places["nip"]] = line.cells[places["nip"]]
            other.wants["nip"] = Want(number)
            other.fate = line.fate = "either"
        elif name in FAULTS:
            FAULTS[name](line, places, own)


def _places(recipe: Recipe) -> Places:
    from tests.roster.fuzz.shapes import _Rows

    rows = _Rows(recipe)
    fields = {field for field, _ in rows.columns if field and not field.startswith("gelar")}
    return {field: place for field in fields if (place := rows.place(field)) is not None}
