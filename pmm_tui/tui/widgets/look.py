"""The look: styles and signs. The terminal keeps its own background, so that plain text costs no colour codes."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct
from msgspec.structs import replace
from rich.style import Style

StyleName = Literal["", "dim", "strong", "good", "warning", "error", "accent"]
"""The styles that texts ask for by name; the empty one is plain."""


class Gaya(Struct, frozen=True):
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


class Tanda(Struct, frozen=True):
    """The signs. All are in WGL4, which the fonts of Windows consoles have, and one cell wide in every terminal."""

    kursor: str
    radio: tuple[str, str]
    cek: tuple[str, str]
    atas: str
    bawah: str
    beres: str
    masalah: str
    usul: str
    elips: str


_TANDA = Tanda("►", ("( )", "(•)"), ("[ ]", "[x]"), "▲", "▼", "√", "!", "*", "…")
_ASCII = Tanda(">", ("( )", "(*)"), ("[ ]", "[x]"), "^", "v", "v", "!", "*", "~")


def _theme(title: int, cursor: int, field: int, good: int, warning: int, error: int, accent: int, text: str) -> Gaya:
    """A theme of the 256 colours that terminals share: naming one takes half the bytes of a colour of one's own."""

    def numbered(colour: int) -> str:
        return f"color({colour})"

    return Gaya(
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


_TEMA = {
    "gelap": _theme(title=24, cursor=25, field=237, good=78, warning=221, error=210, accent=117, text="bright_white"),
    "terang": _theme(title=195, cursor=153, field=255, good=22, warning=94, error=124, accent=24, text="black"),
    "ansi": Gaya(
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
_TEMA["hemat"] = replace(_TEMA["ansi"], cursor=Style(), dim=Style())


class Rupa(Struct, frozen=True):
    """Styles and signs together; `hemat`: also lists show only what tells their rows apart."""

    gaya: Gaya
    tanda: Tanda
    ascii: bool
    hemat: bool


def pilih_rupa(tema: str, plain_signs: bool, warna: bool) -> Rupa:
    """Choose a look; without `warna` (NO_COLOR) only attributes tell things apart."""
    hemat = tema == "hemat"
    plain_signs = plain_signs or hemat
    gaya = _TEMA.get(tema, _TEMA["gelap"]) if warna or hemat else _TEMA["ansi"]
    return Rupa(gaya, _ASCII if plain_signs else _TANDA, plain_signs, hemat)
