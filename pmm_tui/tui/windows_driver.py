"""Textual's driver for the console of Windows, with a reader of our own: on an old one what is pasted comes as if it were typed.

What a read returned is judged as a whole (`key_parser.bracketed`), so all that waits is read at once.
"""

from __future__ import annotations

import sys
from codecs import getincrementaldecoder
from collections.abc import Iterable, Iterator
from ctypes import byref, wintypes
from typing import Any

from textual import constants
from textual.drivers import win32
from textual.drivers.windows_driver import WindowsDriver

from pmm_tui.tui.key_parser import PasteParser
from pmm_tui.tui.textual_private import report_fault

MANY = 1024
"""Records that one call reads at most."""
TICK = 100
"""Milliseconds between looks at a key that is begun, and at the end; Textual's own."""

_KEY, _SIZE = 0x0001, 0x0004


class ConsoleReader(win32.EventMonitor):
    """The thread that reads the console; a bug in it is told as any other."""

    def run(self) -> None:
        try:
            self._read_console()
        except Exception as error:
            self.app.call_later(report_fault, self.app, error)

    def _read_console(self) -> None:
        parser = PasteParser(constants.DEBUG, bare=True)
        tell: Any = self.process_event
        decode = getincrementaldecoder("utf-16-le")("replace").decode
        console = win32.GetStdHandle(win32.STD_INPUT_HANDLE)
        while not self.exit_event.is_set():
            for message in parser.tick():
                tell(message)
            if win32.wait_for_handles([console], TICK) is None:
                continue
            letters, size = sorted_out(_waiting(console))
            for message in parser.feed(text) if (text := decode(letters)) else ():
                tell(message)
            if size is not None:
                self.on_size_change(*size)


def _waiting(console: Any) -> Iterator[Any]:
    """All records that wait: a long paste is one read."""
    records = (win32.INPUT_RECORD * MANY)()
    count = wintypes.DWORD(MANY)
    while count.value == MANY:
        win32.KERNEL32.ReadConsoleInputW(console, byref(records), MANY, byref(count))
        yield from records[: count.value]
        if count.value == MANY and win32.wait_for_handles([console], 0) is None:
            return


def sorted_out(records: Iterable[Any]) -> tuple[bytes, tuple[int, int] | None]:
    """The letters of the keys that went down, in UTF-16, and the window's size where it changed."""
    letters: list[str] = []
    size = None
    for record in records:
        if record.EventType == _KEY:
            key = record.Event.KeyEvent
            if key.bKeyDown and not (key.dwControlKeyState and key.wVirtualKeyCode == 0):
                letters.append(key.uChar.UnicodeChar)
        elif record.EventType == _SIZE:
            size = (record.Event.WindowBufferSizeEvent.dwSize.X, record.Event.WindowBufferSizeEvent.dwSize.Y)
    return "".join(letters).encode("utf-16-le", "surrogatepass"), size


win32.EventMonitor = ConsoleReader  # type: ignore[misc]  # where Textual's driver looks for its reader


class ConsoleDriver(WindowsDriver):
    """Reads as `ConsoleReader` does, and hears of a new size also from consoles that tell it only when asked to."""

    def start_application_mode(self) -> None:
        textual: Any = super()
        textual.start_application_mode()
        keyboard: Any = sys.__stdin__
        win32.set_console_mode(keyboard, win32.ENABLE_VIRTUAL_TERMINAL_INPUT | win32.ENABLE_WINDOW_INPUT)
