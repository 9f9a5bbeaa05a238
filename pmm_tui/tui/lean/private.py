"""The private parts of Textual that the writer uses: each is named here alone, and used through here alone.

`known` tells whether this Textual has them all; where it has not, Textual writes by itself.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

from textual.geometry import Offset
from textual.strip import Strip

if TYPE_CHECKING:
    from textual.app import App
    from textual.driver import Driver

    AppMixin = App[Any]
else:
    AppMixin = object  # a mixin stands before the App; what it stands on, only the type checker has to know

try:
    from textual._compositor import ChopsUpdate, InlineUpdate, LayoutUpdate

    KNOWN = True
except ImportError:
    KNOWN = False

NAMES = (
    "_batch_count",
    "_closed",
    "_display",
    "_driver",
    "_previous_cursor_position",
    "_set_pointer_shape",
    "_sync_available",
)
"""What an App is asked for, or overridden in, beyond what is public."""


def known(app: App[Any]) -> bool:
    """Whether this Textual is as it is known here (8.2)."""
    return KNOWN and all(hasattr(app, name) for name in NAMES)


class Overridden(AppMixin):
    """Textual calls these methods of its App; here they go on under names of our own."""

    def _display(self, *told: Any) -> None:
        self.lean_show(super()._display, *told)

    def lean_show(self, usual: Callable[..., None], *told: Any) -> None:
        """Bring an update, the last of `told`, to the terminal; `usual` is Textual's way, which takes all of `told`."""
        usual(*told)

    def _set_pointer_shape(self, shape: str) -> None:
        if self.lean_takes_pointer(shape):
            super()._set_pointer_shape(shape)

    def lean_takes_pointer(self, shape: str) -> bool:
        """Whether a shape of the mouse pointer is to be written."""
        return True


def driver_of(app: App[Any]) -> Driver | None:
    """Return what writes to the terminal; None before it is there."""
    return app._driver


def is_closed(app: App[Any]) -> bool:
    """Whether the app has ended."""
    return app._closed


def drops_frames(app: App[Any]) -> bool:
    """Whether Textual drops what it is given now, and paints all of it again later."""
    return bool(app._batch_count) or not app.is_running


def can_synchronize(app: App[Any]) -> bool:
    """Whether the terminal said that it can show a frame at once."""
    return app._sync_available


def cursor_left_at(app: App[Any], at: Offset) -> None:
    """Tell Textual where the cursor was left: below the prompt it finds the rows again from there."""
    app._previous_cursor_position = at


# ---- what the compositor gives


def is_update(update: object) -> bool:
    """Whether it is one of the updates that are known here."""
    return isinstance(update, (LayoutUpdate, ChopsUpdate, InlineUpdate))


def rows_below_prompt(update: object) -> int | None:
    """How many rows an app below the prompt has; None for one on the whole screen."""
    return len(update.strips) if isinstance(update, InlineUpdate) else None


def strips_of(update: object) -> Iterator[tuple[int, int, Strip]]:
    """Row, column and strip of all that an update paints."""
    if isinstance(update, InlineUpdate):
        for y, strip in enumerate(update.strips):
            yield y, 0, strip
    elif isinstance(update, LayoutUpdate):
        for y, strips in enumerate(update.strips, update.region.y):
            x = update.region.x
            for strip in strips:
                yield y, x, strip
                x += strip.cell_length
    elif isinstance(update, ChopsUpdate):
        for y, x1, x2 in update.spans:
            for end, (x, part) in zip(update.chop_ends[y], update.chops[y].items(), strict=False):
                if part is not None and x <= x2 and end > x1:
                    yield y, x, part if end <= x2 else part.crop(0, min(end, x2) - x)
