"""One action of the screens, as `keys` lists them."""

from __future__ import annotations

from msgspec import Struct


class Action(Struct, frozen=True):
    """One action. `places` names the screens that have it, `umum` all of them.

    `later` ones came after configurations had been written: their keys give way to a keymap that does not know them.
    """

    id: str
    keys: str
    label: str
    help: str
    places: tuple[str, ...]
    later: bool = False
