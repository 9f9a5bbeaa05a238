"""Writes the pictures that README and docs show: `python -m tests.make_pictures`, after a screen changed.

Look at them before you keep them. They are the real screens over the school of the pictures, by the fixed clock of the tests: the
same source gives the same bytes.
"""

from __future__ import annotations

import asyncio
from pathlib import Path

from tests.pictures.draw import LOOKS, Size, pictures, standing
from tests.tui.places import PLACES

FOLDER = Path(__file__).parents[1] / "docs" / "pictures"
SMALL, LARGE = (80, 24), (120, 40)
THEMES = ("dark", "light")
SHOWN: dict[str, tuple[Size, ...]] = {
    "roster": (LARGE, SMALL),
    "kompetensi": (LARGE, SMALL),
    "submit": (LARGE,),
    "outbox": (LARGE,),
    "differences": (LARGE,),
    "desk": (LARGE,),
    "help": (SMALL,),
    "palette": (SMALL,),
    "first-run": (SMALL,),
}
"""The screens that are shown, and in which sizes."""


async def draw() -> dict[str, str]:
    """All pictures by their file names."""
    drawn: dict[str, str] = {}
    for name, sizes in SHOWN.items():
        async with standing(PLACES[name], sizes[0], LOOKS[THEMES[0]]) as u:
            async for (width, height), look, text in pictures(u, name, sizes, THEMES):
                drawn[f"{name}-{width}x{height}-{look}.svg"] = text
    return drawn


def main() -> None:
    """Write them, and take away those that are shown no longer."""
    drawn = asyncio.run(draw())
    for path in FOLDER.glob("*.svg"):
        if path.name not in drawn:
            path.unlink()
    for name, text in drawn.items():
        (FOLDER / name).write_text(text, "utf-8", newline="\n")


if __name__ == "__main__":
    main()
