"""How the screen looks on this terminal, and what the operator chose of it: plain values."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct


class LookOptions(Struct, frozen=True, kw_only=True):
    """How the screen looks on this terminal (`look_choice`); `colour` is false under NO_COLOR.

    `thrifty` is the look for the thinnest lines; with `lean` only changed cells are written to the terminal. `check_mark`: its font
    is known to have `✓`. `remote`: it is on another computer. `asks_background`: it may be asked whether it is light or dark.
    """

    theme: str = "gelap"
    ascii: bool = False
    colour: bool = True
    thrifty: bool = False
    lean: bool = True
    mouse: bool = False
    check_mark: bool = False
    remote: bool = False
    asks_background: bool = False
    preview: bool = True


class LookChoice(Struct, frozen=True, kw_only=True):
    """What the operator chose of the look; `otomatis` leaves it to the program."""

    tingkat: Literal["otomatis", "penuh", "hemat"] = "otomatis"
    tema: Literal["gelap", "terang", "ansi", "otomatis"] = "gelap"
    ascii: bool = False
    mouse: bool = False
    pratinjau: bool = True
