"""Reading other files than lists of teachers in a child: its complaints end in the way on that fits the file."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from pmm_tui.errors import InputError
from pmm_tui.roster.read import read_by

_OF_TEACHERS = ("guru", "dapodik")
"""Words by which a sentence shows that its way on is that of a list of teachers."""


def read_other(module: str, path: Path, way_on: str) -> dict[str, Any]:
    """What the child `module` hands back of a file.

    Raises InputError; where the way on of a list of teachers would not fit, the sentence ends in `way_on`.
    """
    try:
        return read_by(module, path)
    except InputError as error:
        what, _, way = error.sentence.partition("; ")
        if what.endswith("map, bukan berkas"):
            raise InputError(f"{what}; pilih berkas di dalamnya.") from None
        fits = way and not any(word in way.casefold() for word in _OF_TEACHERS)
        raise InputError(error.sentence if fits else f"{what.rstrip('.')}; {way_on}") from None
