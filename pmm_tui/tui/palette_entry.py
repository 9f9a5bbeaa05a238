"""What the palette offers: something to do, in words, and how it is done."""

from __future__ import annotations

from collections.abc import Callable

from msgspec import Struct


class Entry(Struct, frozen=True, kw_only=True):
    """Something to do: `run` does it once the palette is closed, and may be asynchronous.

    `words` are searched too; `refusal` says why it is not possible now; a `first` one stands before all others.
    """

    id: str
    label: str
    run: Callable[[], object]
    scope: str = "di sini"
    key: str = ""
    words: str = ""
    refusal: str = ""
    first: bool = False
