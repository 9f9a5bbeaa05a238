"""Writes a painted screen as SVG: cells of a fixed size, so that it looks right in every browser whatever its monospaced font."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from xml.sax.saxutils import escape

from msgspec import Struct
from rich.cells import cell_len
from rich.color import Color
from rich.style import Style
from rich.terminal_theme import TerminalTheme
from textual.strip import Strip

CELL, LINE = 9, 19
"""Pixels of a cell."""
_EDGE, _BASE, _SIZE = 8, 14, 15
_CAMPBELL = (
    (12, 12, 12), (197, 15, 31), (19, 161, 14), (193, 156, 0), (0, 55, 218), (136, 23, 152), (58, 150, 221), (204, 204, 204),
    (118, 118, 118), (231, 72, 86), (22, 198, 12), (249, 241, 165), (59, 120, 255), (180, 0, 158), (97, 214, 214), (242, 242, 242),
)  # fmt: skip
"""The sixteen colours as Windows Terminal has them."""
DARK = TerminalTheme((12, 12, 12), (204, 204, 204), list(_CAMPBELL[:8]), list(_CAMPBELL[8:]))
LIGHT = TerminalTheme((255, 255, 255), (30, 30, 30), list(_CAMPBELL[:8]), list(_CAMPBELL[8:]))
"""What a terminal of either kind shows where a screen names no colour of its own."""
_BLOCKS = {"█": (0, 0, CELL, LINE), "▌": (0, 0, 4, LINE), "▐": (5, 0, 4, LINE), "│": (4, 0, 1, LINE), "─": (0, 9, CELL, 1)}
"""Signs that have to meet their neighbours: rectangles of the cell."""
_SHADES = {"▒": 0.5, "░": 0.35}
_WORDS = re.compile(r"[!-~]+(?: [!-~]+)*|[^ -~]")
"""Words that one element draws, single blanks between them; a sign that a font may have in another width stands alone."""


class _Run(Struct, frozen=True):
    """Letters of one look, from a column on."""

    x: int
    text: str
    letters: str
    ground: str
    bold: bool
    underline: bool


def svg(strips: Sequence[Strip], width: int, name: str, *, light: bool) -> str:
    """The screen as an SVG document; `name` is read aloud. The same screen gives the same bytes."""
    terminal = LIGHT if light else DARK
    rows = [_runs(strip, terminal) for strip in strips]
    colours: dict[tuple[str, bool], str] = {}
    body = [*_grounds(rows, _hex(terminal.background_color)), *_letters(rows, colours)]
    classes = [f".{name}{{fill:{colour}{';font-weight:bold' if bold else ''}}}" for (colour, bold), name in colours.items()]
    across, down = width * CELL + 2 * _EDGE, len(strips) * LINE + 2 * _EDGE
    head = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {across} {down}" width="{across}" height="{down}" role="img">'
    style = f"text{{font:{_SIZE}px monospace}}{''.join(classes)}"
    ground = f'<rect width="{across}" height="{down}" rx="6" fill="{_hex(terminal.background_color)}"/>'
    inner = "\n".join([ground, f'<g transform="translate({_EDGE} {_EDGE})">', *body, "</g>"])
    return f"{head}\n<title>{escape(name)}</title>\n<style>{style}</style>\n{inner}\n</svg>\n"


def _hex(colour: Iterable[int]) -> str:
    return "#" + "".join(f"{part:02x}" for part in colour)


def _colour(colour: Color | None, terminal: TerminalTheme, *, letters: bool) -> tuple[int, int, int]:
    if colour is None or colour.is_default:
        return terminal.foreground_color if letters else terminal.background_color
    return colour.get_truecolor(terminal, foreground=letters)


def _runs(strip: Strip, terminal: TerminalTheme) -> list[_Run]:
    """The runs of a line, neighbours of one look together."""
    runs: list[_Run] = []
    x = 0
    for segment in strip:
        style = segment.style or Style()
        letters, ground = _colour(style.color, terminal, letters=True), _colour(style.bgcolor, terminal, letters=False)
        if style.reverse:
            letters, ground = ground, letters
        if style.dim:
            letters = tuple((one + other) // 2 for one, other in zip(letters, ground, strict=True))
        run = _Run(x, segment.text, _hex(letters), _hex(ground), bool(style.bold), bool(style.underline))
        last = runs[-1] if runs else None
        if last and (last.letters, last.ground, last.bold, last.underline) == (run.letters, run.ground, run.bold, run.underline):
            runs[-1] = _Run(last.x, last.text + run.text, run.letters, run.ground, run.bold, run.underline)
        else:
            runs.append(run)
        x += cell_len(segment.text)
    return runs


def _grounds(rows: list[list[_Run]], page: str) -> list[str]:
    """What is not the page's own ground; equal ones below each other are one rectangle."""
    open_: dict[tuple[int, int, str], int] = {}
    done: list[tuple[int, int, int, int, str]] = []
    for y in range(len(rows) + 1):
        here: set[tuple[int, int, str]] = set()
        for run in rows[y] if y < len(rows) else ():
            if run.ground == page:
                continue
            before = next((key for key in here if key[0] + key[1] == run.x and key[2] == run.ground), None)
            if before:
                here.remove(before)
            left = before[0] if before else run.x
            here.add((left, run.x - left + cell_len(run.text), run.ground))
        for key in [key for key in open_ if key not in here]:
            done.append((open_.pop(key), key[0], key[1], y, key[2]))
        for key in here:
            open_.setdefault(key, y)
    return [_rect(x * CELL, top * LINE, w * CELL, (end - top) * LINE, ground) for top, x, w, end, ground in sorted(done)]


def _rect(x: int, y: int, width: int, height: int, fill: str, opacity: float = 1) -> str:
    faint = f' opacity="{opacity}"' if opacity < 1 else ""
    return f'<rect x="{x}" y="{y}" width="{width}" height="{height}" fill="{fill}"{faint}/>'


def _letters(rows: list[list[_Run]], colours: dict[tuple[str, bool], str]) -> Iterable[str]:
    for y, row in enumerate(rows):
        for run in row:
            if run.underline:
                yield _rect(run.x * CELL, y * LINE + LINE - 3, cell_len(run.text) * CELL, 1, run.letters)
            yield from _signs(run, y * LINE)
            yield from _words(run, y * LINE, colours)


def _signs(run: _Run, top: int) -> Iterable[str]:
    """The blocks and lines of a run, equal ones beside each other as one."""
    for found in re.finditer(r"([█▌▐│─▒░])\1*", run.text):
        sign, count = found[1], len(found[0])
        left = (run.x + cell_len(run.text[: found.start()])) * CELL
        if sign in _SHADES:
            yield _rect(left, top, count * CELL, LINE, run.letters, _SHADES[sign])
        elif sign in "█─":
            x, y, width, height = _BLOCKS[sign]
            yield _rect(left + x, top + y, width * count, height, run.letters)
        else:
            x, y, width, height = _BLOCKS[sign]
            yield from (_rect(left + x + n * CELL, top + y, width, height, run.letters) for n in range(count))


def _words(run: _Run, top: int, colours: dict[tuple[str, bool], str]) -> Iterable[str]:
    for found in _WORDS.finditer(run.text):
        text = found[0]
        if text in _BLOCKS or text in _SHADES or not text.isprintable() or not cell_len(text):
            continue
        name = colours.setdefault((run.letters, run.bold), f"c{len(colours)}")
        left, across = (run.x + cell_len(run.text[: found.start()])) * CELL, cell_len(text) * CELL
        length = f' textLength="{across}"' if len(text) > 1 else ""
        yield f'<text class="{name}" x="{left}" y="{top + _BASE}"{length}>{escape(text)}</text>'
