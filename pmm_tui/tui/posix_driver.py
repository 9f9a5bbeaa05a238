"""Textual's driver for POSIX terminals, and what it does not see to: a terminal that is gone, and what a paste may hold.

A terminal whose other end is closed answers every read at once with nothing: Textual's reader would spin for ever, and its writer
die and leave the app waiting in its queue. Here the reader ends, what is written goes nowhere, and the app is told, once.
"""

from __future__ import annotations

import os
import selectors
import termios
import tty
from codecs import getincrementaldecoder
from collections.abc import Callable, Iterable
from contextlib import suppress
from threading import Event
from typing import TYPE_CHECKING, Any, Protocol, TextIO, cast

from textual.drivers.linux_driver import LinuxDriver
from textual.message import Message

from pmm_tui.tui.textual_private import XTermParser, is_settled, report_fault, wrap_output

if TYPE_CHECKING:
    from textual.app import App

TICK = 0.1
"""Seconds between looks at a key that is begun; Textual's own."""

_START, _END = "\x1b[200~", "\x1b[201~"
_DROPPED = dict.fromkeys((*range(9), 11, 12, *range(14, 32), 127, *range(128, 160)))


class PasteParser(XTermParser):
    """Takes control characters out of what is pasted: the parser would read some of them as keys, and keys can submit a plan.

    A paste ends at the last end mark of what was read at once: one inside of what is pasted does not end it, unless that is long.
    """

    def __init__(self, debug: bool = False) -> None:
        super().__init__(debug)
        self._pasting = False
        self._before = ""  # the last letters outside of a paste: a start mark may come in two reads
        self._held = ""  # the last letters of a paste that may become an end mark

    @property
    def settled(self) -> bool:
        """Whether time alone tells nothing more: no key is begun."""
        return is_settled(self)

    def feed(self, data: str) -> Iterable[Message]:
        """Parse what was read; an empty text is the end."""
        if not data:
            yield from super().feed("")
        elif data := "".join(self._tamed(data)):
            yield from super().feed(data)

    def _tamed(self, data: str) -> Iterable[str]:
        data, self._held = self._held + data, ""
        while data:
            if not self._pasting:
                at = (self._before + data).find(_START)
                end = len(data) if at < 0 else at + len(_START) - len(self._before)
                self._pasting = at >= 0
                self._before = "" if self._pasting else (self._before + data)[1 - len(_START) :]
                yield data[:end]
                data = data[end:]
                continue
            text, mark, rest = data.rpartition(_END)
            if mark:
                yield text.replace(_END, "").translate(_DROPPED) + mark
                self._pasting, data = False, rest
                continue
            keep = next((n for n in range(len(_END) - 1, 0, -1) if data.endswith(_END[:n])), 0)
            self._held = data[len(data) - keep :]
            yield data[: len(data) - keep].translate(_DROPPED)
            return


class _Owner(Protocol):
    """What the driver asks of the app."""

    def call_later(self, callback: Callable[..., object], *args: Any) -> bool: ...

    def terminal_lost(self) -> None: ...


class TerminalDriver(LinuxDriver):
    """The app has a method `terminal_lost`, which is called once, in its loop."""

    def __init__(self, app: App[Any], *, debug: bool = False, **kwargs: Any) -> None:
        super().__init__(app, debug=debug, **kwargs)
        self._owner = cast(_Owner, app)
        self._log_keys = debug
        self._gone = False
        wrap_output(self, lambda stream: _Forgiving(stream, self._lost))
        self.exit_event = self._bell = _Bell()

    def start_application_mode(self) -> None:
        textual: Any = super()
        textual.start_application_mode()
        with suppress(termios.error):
            attributes = termios.tcgetattr(self.fileno)
            # A line feed is one byte on the line: nobody here counts on the carriage return that the system would add.
            attributes[tty.OFLAG] &= ~termios.OPOST
            termios.tcsetattr(self.fileno, termios.TCSANOW, attributes)

    def _lost(self) -> None:
        if not self._gone:
            self._gone = True
            self.exit_event.set()
            self._owner.call_later(self._owner.terminal_lost)

    def run_input_thread(self) -> None:
        """Read keys until told to stop, or the terminal is gone."""
        try:
            self._read_keys()
        except OSError:  # EIO: so ends a read that was waiting
            self._lost()
        except Exception as error:  # a bug: told as any other, not by Textual's traceback
            self._owner.call_later(report_fault, self._owner, error)

    def _read_keys(self) -> None:
        """Wake for nothing but keys, and while an Esc may become a longer key."""
        parser = PasteParser(self._log_keys)
        decode = getincrementaldecoder("utf-8")("ignore").decode
        with selectors.SelectSelector() as selector:
            selector.register(self.fileno, selectors.EVENT_READ)
            selector.register(self._bell, selectors.EVENT_READ)
            while not self.exit_event.is_set():
                if any(key.fd == self.fileno for key, _ in selector.select(None if parser.settled else TICK)):
                    content = os.read(self.fileno, 4096)
                    if not content and self.input_tty:
                        self._lost()
                        return
                    self._take(parser.feed(text) if (text := decode(content)) else ())
                self._take(parser.tick())

    def _take(self, messages: Iterable[Message]) -> None:
        for message in messages:
            self.process_message(message)


class _Bell(Event):
    """An event that a selector can wait for."""

    def __init__(self) -> None:
        super().__init__()
        self._listen, self._ring = os.pipe()
        os.set_blocking(self._listen, False)

    def fileno(self) -> int:
        """What becomes readable when it is set."""
        return self._listen

    def set(self) -> None:
        """Ring."""
        if not self.is_set():
            super().set()
            os.write(self._ring, b"!")

    def clear(self) -> None:
        """Be silent again."""
        super().clear()
        with suppress(BlockingIOError):
            os.read(self._listen, 16)

    def __del__(self) -> None:
        os.close(self._listen)
        os.close(self._ring)


class _Forgiving:
    """A stream whose writes fail in silence but for a call; the last of them must not keep the program from saving."""

    def __init__(self, stream: TextIO, failed: Callable[[], None]) -> None:
        self._stream, self._failed = stream, failed

    def write(self, text: str) -> None:
        self._try(lambda: self._stream.write(text))

    def flush(self) -> None:
        self._try(self._stream.flush)

    def fileno(self) -> int:
        return self._stream.fileno()

    def _try(self, work: Callable[[], object]) -> None:
        try:
            work()
        except (OSError, ValueError):
            self._failed()
