"""The private parts of Textual that the app, its driver and its keys use: each is named here alone, and used through here alone.

What only makes something better is done without where it is missing; `demand` refuses to start without the rest. `tui/lean`, which
knows nothing of ours, has a list of its own in `lean/private`.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from functools import lru_cache, partial
from typing import Any, TextIO

from textual.app import App
from textual.message import Message

from pmm_tui.errors import PmmError

NEEDED = (
    "_close_messages_no_wait",
    "_exception",
    "_exit_renderables",
    "_fatal_error",
    "_handle_exception",
    "_print_error_renderables",
)
"""What an App must have: without them a bug would be told with the operator's data, or drafts would not be saved."""
USEFUL = ("_disable_mouse_support", "_driver", "_enable_mouse_support", "_file", "_mouse", "_param_count", "_timeout_time")
"""What is made use of where it is there."""


def mismatch(missing: str) -> PmmError:
    """Say that this Textual cannot be used, in one sentence."""
    from importlib.metadata import version  # only when asked for

    return PmmError(f"Textual {version('textual')} tidak cocok dengan program ini ({missing}). Pasang lagi pmm-tui dari awal.")


def demand(app: App[Any]) -> None:
    """Refuse a Textual that has not all that is NEEDED; raises PmmError."""
    missing = [name for name in NEEDED if not hasattr(App, name) and name not in vars(app)]
    if missing:
        raise mismatch(", ".join(missing))


try:
    from textual._xterm_parser import XTermParser as XTermParser
except ImportError as error:  # without it what is pasted could press keys
    raise mismatch("XTermParser") from error


def share_style_cache() -> None:
    """Let all widgets share one cache of their backgrounds; Textual's remembers by widget, so it keeps 1,024 that were closed."""
    with suppress(ImportError, AttributeError, KeyError):
        from textual._styles_cache import StylesCache

        if not isinstance(vars(StylesCache)["get_inner_outer"], staticmethod):  # another app of this process may have done it
            made = lru_cache(64)(partial(StylesCache.get_inner_outer.__wrapped__, None))
            StylesCache.get_inner_outer = staticmethod(made)  # type: ignore[method-assign,assignment]


class FaultParts(App[Any]):
    """An App whose methods that Textual calls when a bug ends it go on under names of our own."""

    def _fatal_error(self) -> None:
        self.end_after_fault()

    def end_after_fault(self) -> None:
        """Save what can be saved, and end."""
        raise NotImplementedError

    def _print_error_renderables(self) -> None:
        """Print nothing: a traceback holds names and numbers."""
        self._exit_renderables.clear()


def report_fault(app: App[Any], error: Exception) -> None:
    """End the app as Textual does after a bug."""
    app._handle_exception(error)


def fault_of(app: App[Any]) -> Exception | None:
    """Return the bug that ends the app."""
    return app._exception


def close_messages(app: App[Any]) -> None:
    """Let the app take no more messages, so that it ends."""
    app._close_messages_no_wait()


class Countless:
    """A callback without parameters: Textual need not count them, which takes longer than all the rest."""

    _param_count = 0


def wrap_output(driver: Any, wrap: Callable[[TextIO], object]) -> None:
    """Let a driver write through something else; one that keeps its stream elsewhere writes as it did."""
    if hasattr(driver, "_file"):
        driver._file = wrap(driver._file)


def switch_mouse(app: App[Any], on: bool) -> None:
    """Let the terminal tell of the mouse, or no more; a driver that cannot tells of it from the next start on."""
    driver: Any = getattr(app, "_driver", None)
    switch = getattr(driver, "_enable_mouse_support", None) if on else getattr(driver, "_disable_mouse_support", None)
    if switch is not None and hasattr(driver, "_mouse"):
        driver._mouse = True  # else both do nothing
        switch()
        driver._mouse = on


def is_settled(parser: XTermParser) -> bool:
    """Whether time alone tells the parser nothing more: no key is begun. Where that cannot be seen, it never is."""
    return getattr(parser, "_timeout_time", 0.0) is None


def settle(parser: XTermParser) -> list[Message]:
    """What the parser makes of a key that is begun when no more of it comes; where it hides its clock, only time tells."""
    if hasattr(parser, "_timeout_time"):
        parser._timeout_time = 0.0
    return list(XTermParser.tick(parser))
