"""Draws every screen in every size and look into one page: `python -m tests.make_contact_sheet FOLDER`; see docs/look.md."""

from __future__ import annotations

import argparse
import asyncio
import sys
from collections.abc import Sequence
from html import escape
from pathlib import Path

from tests.pictures.draw import LOOKS, Size, pictures, standing
from tests.tui.places import PLACES

SIZES = ((80, 24), (100, 30), (120, 40), (160, 45), (80, 23), (72, 20), (60, 18))
_HEAD = """<!doctype html>
<html lang="en"><meta charset="utf-8"><title>pmm-tui: contact sheet</title>
<style>
body{font:14px sans-serif;background:#777;color:#fff;margin:1em}
nav{position:sticky;top:0;background:#333;padding:.5em}
figure{display:inline-block;vertical-align:top;margin:0 1em 1em 0}
img{display:block}
</style>
<nav>SELECTS <label>zoom <input id="zoom" type="range" min=".3" max="1.2" step=".1" value=".7"></label></nav>
"""
_TAIL = """<script>
const chosen = [...document.querySelectorAll("select")], zoom = document.querySelector("#zoom");
function show() {
  for (const figure of document.querySelectorAll("figure")) {
    figure.hidden = chosen.some(one => one.value && figure.dataset[one.name] !== one.value);
    figure.style.zoom = zoom.value;
  }
}
for (const one of [...chosen, zoom]) one.addEventListener("input", show);
show();
</script>
</html>
"""


async def draw(folder: Path, names: Sequence[str], sizes: Sequence[Size], looks: Sequence[str]) -> None:
    """Write the pictures and the page that shows them; what does not stand where it should is said."""
    figures: list[str] = []
    for name in names:
        async with standing(PLACES[name], sizes[0], LOOKS[looks[0]]) as u:
            async for (width, height), look, text in pictures(u, name, sizes, looks):
                file = f"{name}-{width}x{height}-{look}.svg"
                (folder / file).write_text(text, "utf-8", newline="\n")
                data = f'data-screen="{name}" data-size="{width}x{height}" data-look="{look}"'
                caption = f"{name} · {width}x{height} · {look}"
                image = f'<img src="{file}" alt="{caption}" loading="lazy">'
                figures.append(f"<figure {data}>{image}<figcaption>{caption}</figcaption></figure>\n")
        sys.stderr.write(f"{name}\n")
    selects = " ".join(
        _select(name, words)
        for name, words in (("screen", names), ("size", [f"{width}x{height}" for width, height in sizes]), ("look", looks))
    )
    page = "".join([_HEAD.replace("SELECTS", selects), *figures, _TAIL])
    (folder / "index.html").write_text(page, "utf-8", newline="\n")


def _select(name: str, words: Sequence[str]) -> str:
    options = "".join(f"<option>{escape(word)}</option>" for word in words)
    return f'<label>{name} <select name="{name}"><option value="">all</option>{options}</select></label>'


def _size(text: str) -> Size:
    width, _, height = text.partition("x")
    return int(width), int(height)


def main(arguments: Sequence[str] | None = None) -> None:
    """Read the command line."""
    parser = argparse.ArgumentParser(prog="python -m tests.make_contact_sheet", description=(__doc__ or "").partition(":")[0])
    parser.add_argument("folder", type=Path, help="where the page and its pictures go")
    parser.add_argument("--screens", nargs="+", choices=PLACES, default=list(PLACES), metavar="NAME", help="only these screens")
    parser.add_argument("--sizes", nargs="+", type=_size, default=list(SIZES), metavar="80x24", help="only these sizes")
    parser.add_argument("--looks", nargs="+", choices=LOOKS, default=list(LOOKS), metavar="LOOK", help="only these looks")
    args = parser.parse_args(arguments)
    args.folder.mkdir(parents=True, exist_ok=True)
    asyncio.run(draw(args.folder, args.screens, args.sizes, args.looks))
    sys.stdout.write(f"{args.folder / 'index.html'}\n")


if __name__ == "__main__":
    main()
