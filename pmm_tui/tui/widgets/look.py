"""The look: styles and signs. The terminal keeps its own background, so that plain text costs no colour codes."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct
from msgspec.structs import replace
from rich.style import Style

StyleName = Literal["", "dim", "strong", "good", "warning", "error", "accent"]
"""The styles that texts ask for by name; the empty one is plain."""


class Styles(Struct, frozen=True):
    """The styles of a theme."""

    dim: Style
    strong: Style
    title: Style
    cursor: Style
    field: Style
    edit: Style
    good: Style
    warning: Style
    error: Style
    accent: Style

    def named(self, name: StyleName) -> Style | None:
        """Return the style that a row or a sentence asks for by name."""
        match name:
            case "":
                return None
            case "dim":
                return self.dim
            case "strong":
                return self.strong
            case "good":
                return self.good
            case "warning":
                return self.warning
            case "error":
                return self.error
            case "accent":
                return self.accent


class Signs(Struct, frozen=True):
    """The signs. All are in WGL4, which the fonts of Windows consoles have, and one cell wide in every terminal."""

    cursor: str
    radio: tuple[str, str]
    tick: tuple[str, str]
    top: str
    bottom: str
    ok: str
    problem: str
    proposed: str
    ellipsis: str


_SIGNS = Signs("►", ("( )", "(•)"), ("[ ]", "[x]"), "▲", "▼", "√", "!", "*", "…")
_ASCII = Signs(">", ("( )", "(*)"), ("[ ]", "[x]"), "^", "v", "v", "!", "*", "~")


def _theme(title: int, cursor: int, field: int, good: int, warning: int, error: int, accent: int, text: str) -> Styles:
    """A theme of the 256 colours that terminals share: naming one takes half the bytes of a colour of one's own."""

    def numbered(colour: int) -> str:
        return f"color({colour})"

    return Styles(
        dim=Style(dim=True),
        strong=Style(bold=True),
        title=Style(color=text, bgcolor=numbered(title)),
        cursor=Style(color=text, bgcolor=numbered(cursor)),
        field=Style(bgcolor=numbered(field)),
        edit=Style(reverse=True),
        good=Style(color=numbered(good)),
        warning=Style(color=numbered(warning)),
        error=Style(color=numbered(error), bold=True),
        accent=Style(color=numbered(accent)),
    )


_THEMES = {
    "gelap": _theme(title=24, cursor=25, field=237, good=78, warning=221, error=210, accent=117, text="bright_white"),
    "terang": _theme(title=195, cursor=153, field=255, good=22, warning=94, error=124, accent=24, text="black"),
    "ansi": Styles(
        dim=Style(dim=True),
        strong=Style(bold=True),
        title=Style(reverse=True),
        cursor=Style(reverse=True),
        field=Style(underline=True),
        edit=Style(reverse=True),
        good=Style(color="green"),
        warning=Style(color="yellow"),
        error=Style(color="red", bold=True),
        accent=Style(color="cyan"),
    ),
}
# `hemat` marks the row under the cursor by its sign alone.
_THEMES["hemat"] = replace(_THEMES["ansi"], cursor=Style(), dim=Style())


class Look(Struct, frozen=True):
    """Styles and signs together; `thrifty`: also lists show only what tells their rows apart."""

    styles: Styles
    signs: Signs
    ascii: bool
    thrifty: bool


def choose_look(theme: str, plain_signs: bool, colour: bool) -> Look:
    """Choose a look; without `colour` (NO_COLOR) only attributes tell things apart."""
    thrifty = theme == "hemat"
    plain_signs = plain_signs or thrifty
    styles = _THEMES.get(theme, _THEMES["gelap"]) if colour or thrifty else _THEMES["ansi"]
    return Look(styles, _ASCII if plain_signs else _SIGNS, plain_signs, thrifty)
