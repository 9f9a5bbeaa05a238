"""Reading a catalogue: from TOML or JSON, checked for what refers to what, errors with their place."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import msgspec

from pmm_tui.errors import ShapeError
from pmm_tui.shapes.decode import decode
from pmm_tui.shapes.toml_text import parse_toml
from pmm_tui.skp.katalog import Katalog
from pmm_tui.skp.katalog_checks import faults

_FOLDER = Path(__file__).parents[1] / "katalog"


def parse_katalog(raw: Any, source: str) -> Katalog:
    """Build a catalogue from parsed TOML or JSON; `source` names it. Raises ShapeError with the place."""
    katalog = decode(raw, Katalog, source)
    for place, sentence in faults(katalog):
        raise ShapeError(f"{source}: {place}: {sentence}", place)
    return katalog


def read_katalog(text: str, source: str) -> Katalog:
    """Build a catalogue from TOML text; raises ShapeError with the place."""
    return parse_katalog(parse_toml(text, source), source)


@cache
def bundled() -> Katalog:
    """The catalogue that comes with the program.

    It is read from `katalog.json`, which is `katalog.toml` as JSON (written by `python -m tests.make_katalog`, compared by a test):
    parsing the TOML would take a tenth of the program's start.
    """
    return msgspec.json.decode((_FOLDER / "katalog.json").read_bytes(), type=Katalog)
