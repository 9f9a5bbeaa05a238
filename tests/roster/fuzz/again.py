"""The same people in a second list, written otherwise: nobody becomes another or comes twice, and no value is lost or bent."""

from __future__ import annotations

import json
from collections.abc import Iterator

import msgspec

from pmm_tui.errors import InputError
from pmm_tui.roster.child import read
from pmm_tui.roster.compare import compare
from pmm_tui.roster.headings import heading_map
from pmm_tui.roster.model import ComparedRow, RosterReading
from pmm_tui.roster.read import assemble
from pmm_tui.skp.katalog_reader import bundled
from pmm_tui.skp.model import Pegawai
from tests.roster.fuzz.judge import TODAY
from tests.roster.fuzz.oracle import FIELDS, Line, SchoolList
from tests.roster.fuzz.shapes import Recipe, make
from tests.roster.fuzz.writers import write


def differences(recipe: Recipe) -> list[str]:
    """What goes wrong when the people of a recipe are stored from Dapodik's own list, and its list is imported then."""
    first = compare(_reading(make(Recipe(recipe.seed, recipe.people, frozenset()))), [], bundled())
    stored = [msgspec.structs.replace(row.pegawai, id=at) for at, row in enumerate(first, 1) if row.pegawai]
    made = make(Recipe(recipe.seed, recipe.people, _harmless(recipe.features)))
    try:
        rows = compare(_reading(made), stored, bundled())
    except InputError as refused:
        return [refused.sentence]
    several = any(row.sheet for row in rows)
    by_place = {(row.sheet, row.row): row for row in rows}
    found = []
    for sheet in made.sheets:
        for number, line in enumerate(sheet.lines, 1):
            row = by_place.get((sheet.name if several else "", number))
            if line.fate == "store" and row is not None:
                found += _row(line, row, stored)
    return found


def _harmless(features: frozenset[str]) -> frozenset[str]:
    """Without what makes somebody else of a teacher, or nobody."""
    return frozenset(f for f in features if f.partition(":")[0] not in ("fault", "cells"))


def _reading(made: SchoolList) -> RosterReading:
    document = json.dumps(read(write(made), heading_map(bundled().impor_dapodik))).encode("ascii")
    return assemble(document, "guru", bundled(), TODAY)


def _row(line: Line, row: ComparedRow, stored: list[Pegawai]) -> Iterator[str]:
    known = [
        p
        for p in stored
        if any(getattr(p, f) and getattr(p, f) == line.wants[f].value for f in ("nip", "nuptk") if f in line.wants)
    ]
    if not known or row.pegawai is None:
        return
    if row.old is None or row.old.id != known[0].id or row.outcome not in ("sama", "diperbarui"):
        yield f"{row.outcome}: {row.name} is {known[0].nama}, not {row.old and row.old.nama}"
        return
    for field in FIELDS:
        got = " ".join(getattr(row.pegawai, field).split())
        meant = {getattr(row.old, field), line.wants[field].value if field in line.wants else ""}
        if got not in {" ".join(value.split()) for value in meant if value} and (got or getattr(row.old, field)):
            yield f"{field}: {got!r} of {meant}"
