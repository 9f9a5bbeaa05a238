"""Textual's driver for POSIX terminals, and what it does not see to: a terminal that is gone, and keys that come in parts.

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

from pmm_tui.tui.key_parser import PasteParser
from pmm_tui.tui.terminal_answers import ASK_BACKGROUND
from pmm_tui.tui.textual_private import report_fault, wrap_output

if TYPE_CHECKING:
    from textual.app import App

TICK = 0.1
"""Seconds between looks at a key that is begun; Textual's own."""


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
        if getattr(self._owner, "asks_background", False):
            self.write(ASK_BACKGROUND)  # the reader takes the answer out, whenever it comes; nobody waits for it
            self.flush()

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
