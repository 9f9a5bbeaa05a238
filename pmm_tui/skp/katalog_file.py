"""Checking a catalogue's file for the person who wrote it: everything that is wrong, with its line and its place."""

from __future__ import annotations

import re
from collections.abc import Iterator

from msgspec import Struct

from pmm_tui.errors import ShapeError
from pmm_tui.shapes.toml_text import find_line, parse_toml, read_toml, unknown_keys
from pmm_tui.skp.katalog import Katalog
from pmm_tui.skp.katalog_checks import Fault, faults
from pmm_tui.skp.katalog_reader import bundled
from pmm_tui.skp.katalog_report import SURENESS, entries
from pmm_tui.text import quoted

_ID = re.compile(r"[a-z0-9][a-z0-9-]*")
_LISTS = ("komponen", "indikator", "kompetensi", "tugas_tambahan", "jenjang_jabatan")


class CheckedKatalog(Struct, frozen=True, kw_only=True):
    """What was found in a file: `faults` keep it from being used as it is meant, `hints` are for looking at; None: unreadable."""

    katalog: Katalog | None
    faults: tuple[str, ...] = ()
    hints: tuple[str, ...] = ()


def check_katalog(text: str, source: str) -> CheckedKatalog:
    """Check a catalogue's TOML text; `source` names it in the sentences."""
    try:
        raw = parse_toml(text, source)
    except ShapeError as error:
        return CheckedKatalog(katalog=None, faults=(error.sentence,))
    unknown = tuple(f"{source}: {said}" for said in unknown_keys(raw, Katalog, text))
    try:
        katalog = read_toml(text, Katalog, source, strict=False)
    except ShapeError as error:
        return CheckedKatalog(katalog=None, faults=(*unknown, error.sentence))

    def told(fault: Fault) -> str:
        line = find_line(text, fault.place)
        return f"{source}: {f'baris {line}: ' if line else ''}{fault.place}: {fault.sentence}"

    wrong = (told(fault) for check in (faults, _sureness) for fault in check(katalog))
    return CheckedKatalog(katalog=katalog, faults=(*unknown, *wrong), hints=tuple(told(hint) for hint in _lost(katalog)))


def _sureness(katalog: Katalog) -> Iterator[Fault]:
    """Words for how sure an entry is that mean nothing, and sources that are not listed."""
    known = {source.id for source in katalog.rujukan}
    for entry in entries(katalog):
        if entry.keyakinan and entry.keyakinan not in SURENESS:
            yield Fault(f"{entry.place}.keyakinan", f"{quoted(entry.keyakinan)} tidak dikenal; pilih: {', '.join(SURENESS)}.")
        for name in entry.sources:
            if _ID.fullmatch(name) and name not in known:
                yield Fault(f"{entry.place}.sumber", f"{quoted(name)} tidak ada di rujukan; tambahkan, atau tulis sumbernya.")


def _lost(katalog: Katalog) -> Iterator[Fault]:
    """What the bundled catalogue has and this one has not: plans that name it are told so."""
    ours = bundled()
    for name in _LISTS:
        here = {item.id for item in getattr(katalog, name)}
        lost = [item.id for item in getattr(ours, name) if item.id not in here]
        if lost:
            yield Fault(name, f"tanpa {', '.join(lost)}; rencana yang memakainya akan ditandai tidak ada di katalog.")
