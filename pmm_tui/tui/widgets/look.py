"""The look: a theme's styles and the signs that go with it, chosen once for the terminal."""

from __future__ import annotations

from msgspec import Struct
from msgspec.structs import replace

from pmm_tui.skp.plan_state import State
from pmm_tui.tui.widgets.themes import FLAT, THEMES, StyleName, Styles

__all__ = ["Look", "Signs", "StyleName", "Styles", "choose_look"]


class Signs(Struct, frozen=True, kw_only=True):
    """The signs. All but `✓` are in WGL4, which the fonts of Windows consoles have, and one cell wide in every terminal."""

    cursor: str
    marked: str
    radio: tuple[str, str]
    tick: tuple[str, str]
    top: str
    bottom: str
    ok: str
    problem: str
    open: str
    proposed: str
    ellipsis: str
    dot: str
    saved: str
    edges: tuple[str, str]
    progress: tuple[str, str, str]
    """Done, waiting, the rest."""
    rule: str
    side: str
    previous: str
    next: str
    leads: str


_SIGNS = Signs(
    cursor="►", marked="■", radio=("( )", "(•)"), tick=("[ ]", "[x]"), top="▲", bottom="▼", ok="√", problem="!", open="·",
    proposed="*", ellipsis="…", dot="·", saved="●", edges=("▐", "▌"), progress=("█", "▒", "░"), rule="─", side="│",
    previous="‹", next="›", leads="→",
)  # fmt: skip
_ASCII = Signs(
    cursor=">", marked="=", radio=("( )", "(*)"), tick=("[ ]", "[x]"), top="^", bottom="v", ok="v", problem="!", open=".",
    proposed="*", ellipsis="~", dot="-", saved="*", edges=("[", "]"), progress=("#", "+", "."), rule="-", side="|",
    previous="<", next=">", leads=">",
)  # fmt: skip


class Look(Struct, frozen=True):
    """Styles and signs together; `thrifty`: also lists show only what tells their rows apart.

    `flat`: nothing has a ground of its own, so that brackets tell a button or the open tab.
    """

    styles: Styles
    signs: Signs
    ascii: bool
    thrifty: bool
    flat: bool

    def state_sign(self, state: State) -> str:
        """The sign of a plan's state."""
        if self.ascii:
            return state.plain_sign
        return self.signs.ok if state is State.APPROVED else state.sign


def choose_look(theme: str, plain_signs: bool, colour: bool, *, check_mark: bool = False) -> Look:
    """Choose a look; without `colour` (NO_COLOR) only attributes tell things apart.

    `check_mark`: the terminal's font is known to have `✓`.
    """
    thrifty = theme == "hemat"
    plain_signs = plain_signs or thrifty
    if theme not in THEMES:
        theme = "gelap"
    if not colour and not thrifty:
        theme = "tanpa warna"
    signs = _ASCII if plain_signs else replace(_SIGNS, ok="✓") if check_mark else _SIGNS
    return Look(THEMES[theme], signs, plain_signs, thrifty, theme in FLAT)
