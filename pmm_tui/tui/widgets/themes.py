"""The palettes: for each theme the styles of all roles. Bars, fields and buttons have grounds; the page keeps the terminal's."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct
from msgspec.structs import replace
from rich.style import Style

StyleName = Literal["", "dim", "strong", "faint", "good", "warning", "error", "accent", "heading"]
"""The styles that texts ask for by name; the empty one is plain."""


class Styles(Struct, frozen=True, kw_only=True):
    """The styles of a theme. Grounds always come with letters of our own, so that their contrast is known."""

    dim: Style
    strong: Style
    faint: Style
    good: Style
    warning: Style
    error: Style
    accent: Style
    heading: Style
    rule: Style
    cursor: Style
    cursor_away: Style
    title: Style
    title_second: Style
    title_warning: Style
    bar: Style
    bar_second: Style
    bar_accent: Style
    bar_good: Style
    bar_warning: Style
    bar_error: Style
    field: Style
    hint: Style
    edge: Style
    field_here: Style
    edge_here: Style
    edit: Style
    button: Style
    main_button: Style
    badge: Style

    def named(self, name: StyleName) -> Style | None:
        """Return the style that a row or a sentence asks for by name."""
        return getattr(self, name) if name else None


def _theme(
    *,
    dim: int,
    strong: int,
    faint: int,
    accent: int,
    good: int,
    warning: int,
    error: int,
    rule: int,
    away: tuple[int, int],
    title: tuple[int, int, int],
    bar: tuple[int, int],
    bar_accent: int,
    field: tuple[int, int, int],
    edge: int,
    field_here: tuple[int, int],
    edit: tuple[int, int],
    button: tuple[int, int],
    main: tuple[int, int],
) -> Styles:
    """A theme of the 256 colours that terminals share: naming one takes half the bytes of a colour of one's own."""

    def on(ground: int, letters: int, *, bold: bool = False) -> Style:
        return Style(color=f"color({letters})", bgcolor=f"color({ground})", bold=bold or None)

    def letters(number: int, *, bold: bool = False) -> Style:
        return Style(color=f"color({number})", bold=bold or None)

    return Styles(
        dim=letters(dim),
        strong=letters(strong, bold=True),
        faint=letters(faint),
        good=letters(good),
        warning=letters(warning),
        error=letters(error, bold=True),
        accent=letters(accent),
        heading=letters(accent, bold=True),
        rule=letters(rule),
        cursor=on(25, 255),
        cursor_away=on(*away),
        title=on(title[0], title[1], bold=True),
        title_second=on(title[0], title[2]),
        title_warning=on(title[0], warning),
        bar=on(*bar),
        bar_second=on(bar[0], title[2]),
        bar_accent=on(bar[0], bar_accent, bold=True),
        bar_good=on(bar[0], good),
        bar_warning=on(bar[0], warning),
        bar_error=on(bar[0], error, bold=True),
        field=on(field[0], field[1]),
        hint=on(field[0], field[2]),
        edge=letters(edge),
        field_here=on(*field_here),
        edge_here=letters(accent),
        edit=on(*edit),
        button=on(*button),
        main_button=on(*main, bold=True),
        badge=on(221, 16, bold=True),
    )


_PLAIN, _BOLD, _REVERSE, _UNDERLINE = Style(), Style(bold=True), Style(reverse=True), Style(underline=True)
_COLOURLESS = Styles(
    dim=_PLAIN,
    strong=_BOLD,
    faint=_PLAIN,
    good=_PLAIN,
    warning=_PLAIN,
    error=_BOLD,
    accent=_PLAIN,
    heading=_BOLD,
    rule=_PLAIN,
    cursor=_REVERSE,
    cursor_away=_UNDERLINE,
    title=_REVERSE,
    title_second=_REVERSE,
    title_warning=_REVERSE,
    bar=_PLAIN,
    bar_second=_PLAIN,
    bar_accent=_BOLD,
    bar_good=_PLAIN,
    bar_warning=_PLAIN,
    bar_error=_BOLD,
    field=_UNDERLINE,
    hint=_UNDERLINE,
    edge=_PLAIN,
    field_here=_UNDERLINE,
    edge_here=_BOLD,
    edit=_REVERSE,
    button=_PLAIN,
    main_button=_BOLD,
    badge=Style(reverse=True, bold=True),
)
"""Attributes alone tell things apart; every state has its word and sign besides."""


def _coloured(name: str, *, bold: bool = False) -> Style:
    return Style(color=name, bold=bold or None)


_ANSI = replace(
    _COLOURLESS,
    good=_coloured("green"),
    warning=_coloured("yellow"),
    error=_coloured("red", bold=True),
    accent=_coloured("cyan"),
    heading=_BOLD,
    bar_accent=_coloured("cyan", bold=True),
    bar_good=_coloured("green"),
    bar_warning=_coloured("yellow"),
    bar_error=_coloured("red", bold=True),
    edge_here=_coloured("cyan", bold=True),
    main_button=_coloured("cyan", bold=True),
)

THEMES = {
    "gelap": _theme(
        dim=246, strong=15, faint=245, accent=75, good=78, warning=221, error=210, rule=240, away=(238, 252), title=(236, 255, 248),
        bar=(236, 252), bar_accent=75, field=(237, 252, 248), edge=244, field_here=(239, 255), edit=(75, 16),
        button=(238, 252), main=(238, 117),
    ),
    "terang": _theme(
        dim=241, strong=16, faint=242, accent=25, good=22, warning=94, error=124, rule=250, away=(252, 236), title=(254, 16, 240),
        bar=(254, 236), bar_accent=25, field=(254, 236, 240), edge=243, field_here=(189, 16), edit=(25, 255),
        button=(252, 236), main=(254, 25),
    ),
    "ansi": _ANSI,
    "tanpa warna": _COLOURLESS,
}  # fmt: skip
FLAT = ("ansi", "tanpa warna")
"""Themes whose buttons and tabs have no ground of their own: brackets tell them."""

# `hemat` marks the row under the cursor by its sign alone.
THEMES["hemat"] = replace(
    _ANSI,
    cursor=_PLAIN,
    heading=_BOLD,
    accent=_coloured("cyan"),
    button=_coloured("cyan"),
    main_button=_coloured("cyan"),
    hint=_UNDERLINE,
)
