"""The driver of POSIX terminals on a pair of pipes or a terminal of its own: keys in, text out, and a terminal that goes away."""

from __future__ import annotations

import asyncio
import os
import sys
import threading
from collections.abc import Iterator
from typing import Any

import pytest

if sys.platform == "win32":
    pytest.skip("a console of Windows has a driver of Textual's own", allow_module_level=True)

import io
import termios
import tty

from textual import events
from textual.message import Message

from pmm_tui.tui.key_parser import PasteParser
from pmm_tui.tui.posix_driver import TerminalDriver
from tests.tui.keyboard import LIMIT

START, END = "\x1b[200~", "\x1b[201~"


def read(*parts: str) -> list[str]:
    """What the parser makes of these reads: keys by name, a paste in quotes."""
    parser = PasteParser()
    return [named(message) for part in parts for message in parser.feed(part)]


def named(message: Message) -> str:
    if isinstance(message, events.Paste):
        return f"'{message.text}'"
    return message.key if isinstance(message, events.Key) else type(message).__name__


@pytest.mark.parametrize(
    ("parts", "found"),
    [
        (("ab",), ["a", "b"]),
        ((f"a{START}x{END}b",), ["a", "'x'", "b"]),
        (("a" + START[:3], START[3:] + "x" + END, "b"), ["a", "'x'", "b"]),
        ((f"{START}x", "y", f"z{END}b"), ["'xyz'", "b"]),
        ((f"{START}x{END[:4]}", f"{END[4:]}b"), ["'x'", "b"]),
        ((f"{START}x{END[:4]}", f"y{END}"), [f"'x{END[1:4]}y'"]),
        ((f"{START}x{END}y{END}b",), ["'xy'", "b"]),
        ((f"{START}x{END}{START}y{END}b",), ["'x" + START[1:] + "y'", "b"]),
        ((f"{START}a\x00\x08\t\n\x0b\x0c\r\x0e\x1b\x1f \x7f\x80\x9f\xa0{END}",), ["'a\t\n\r \xa0'"]),
        ((f"{START}{END}b",), ["''", "b"]),
        ((f"{START}x{END}", "\r"), ["'x'", "enter"]),
    ],
)
def test_a_paste_is_text_and_the_rest_are_keys(parts: tuple[str, ...], found: list[str]) -> None:
    """Marks are found wherever reads part; nothing in a paste is a key, and control characters but line breaks and tabs go."""
    assert read(*parts) == found


@pytest.mark.parametrize("at", range(1, len(f"ab{START}x{END}c")))
def test_marks_may_come_in_two_reads(at: int) -> None:
    """Cut anywhere, the same keys and the same paste come of it."""
    whole = f"ab{START}x{END}c"
    assert read(whole[:at], whole[at:]) == ["a", "b", "'x'", "c"]


def test_a_key_that_is_begun_is_not_settled() -> None:
    """After Esc only time tells whether more comes; after a letter nothing is open."""
    parser = PasteParser()
    assert list(parser.feed("a"))
    assert parser.settled
    list(parser.feed("\x1b"))
    assert not parser.settled


class Owner:
    """Stands for the app: what it is asked to call is called at once, and noted."""

    def __init__(self) -> None:
        self.calls: list[Any] = []
        self.lost = 0
        self.keys: list[str] = []

    def terminal_lost(self) -> None:
        self.lost += 1

    def call_later(self, callback: Any, *args: Any) -> bool:
        self.calls.append((callback, *args))
        if not args:
            callback()
        return True


@pytest.fixture
def ends() -> Iterator[tuple[int, int]]:
    """The two ends of a pipe: what the driver reads from, and what is written into by the test."""
    reading, writing = os.pipe()
    yield reading, writing
    for end in (reading, writing):
        try:
            os.close(end)
        except OSError:
            continue


def driver_on(reading: int, owner: Owner, *, terminal: bool = True) -> TerminalDriver:
    """A driver that reads there; its messages are noted by the owner."""

    async def make() -> TerminalDriver:
        return TerminalDriver(owner)  # type: ignore[arg-type]

    driver = asyncio.run(make())
    driver.fileno, driver.input_tty = reading, terminal
    driver.process_message = lambda message: owner.keys.append(named(message))  # type: ignore[method-assign]
    return driver


def reading_thread(driver: TerminalDriver) -> threading.Thread:
    """The driver's reader at work."""
    thread = threading.Thread(target=driver.run_input_thread, daemon=True)
    thread.start()
    return thread


def ended(thread: threading.Thread) -> bool:
    thread.join(LIMIT)
    return not thread.is_alive()


def test_keys_are_read_until_the_driver_is_told_to_stop(ends: tuple[int, int]) -> None:
    """Letters of more than one byte may come in two reads; the bell wakes the reader, which then ends by itself."""
    owner = Owner()
    driver = driver_on(ends[0], owner)
    heard = threading.Event()
    driver.process_message = lambda message: (owner.keys.append(named(message)), message.key == "z" and heard.set())  # type: ignore
    thread = reading_thread(driver)
    os.write(ends[1], b"a\xc3")
    os.write(ends[1], b"\xa9z")
    assert heard.wait(LIMIT)
    driver.exit_event.set()
    assert ended(thread)
    assert (owner.keys, owner.lost) == (["a", "é", "z"], 0)


def test_a_lone_escape_is_a_key_after_a_moment(ends: tuple[int, int]) -> None:
    """Nothing more comes: time alone makes a key of it."""
    owner = Owner()
    driver = driver_on(ends[0], owner)
    heard = threading.Event()
    driver.process_message = lambda message: (owner.keys.append(named(message)), heard.set())  # type: ignore
    thread = reading_thread(driver)
    os.write(ends[1], b"\x1b")
    assert heard.wait(LIMIT)
    driver.exit_event.set()
    assert ended(thread)
    assert owner.keys == ["escape"]


def test_a_terminal_that_is_gone_is_told_once(ends: tuple[int, int]) -> None:
    """Its end of file ends the reader; what is written afterwards is lost in silence, and told no second time."""
    owner = Owner()
    driver = driver_on(ends[0], owner)
    os.close(ends[1])
    driver.run_input_thread()
    assert (owner.lost, driver.exit_event.is_set()) == (1, True)
    driver._file.write("x")
    assert owner.lost == 1


def test_an_end_that_is_no_terminal_goes_on(ends: tuple[int, int]) -> None:
    """Keys from a file may end: the program stays until it is left."""
    owner = Owner()
    driver = driver_on(ends[0], owner, terminal=False)
    os.write(ends[1], b"a")
    os.close(ends[1])
    looked = threading.Event()
    driver.process_message = lambda message: (owner.keys.append(named(message)), looked.set())  # type: ignore
    thread = reading_thread(driver)
    assert looked.wait(LIMIT)
    assert thread.is_alive()
    driver.exit_event.set()
    assert ended(thread)
    assert (owner.keys, owner.lost) == (["a"], 0)


def test_a_read_that_fails_is_a_terminal_that_is_gone(ends: tuple[int, int], monkeypatch: pytest.MonkeyPatch) -> None:
    """So ends a read that was waiting when the terminal went away."""
    owner = Owner()
    driver = driver_on(ends[0], owner)

    def fails(*_: object) -> bytes:
        raise OSError(5, "EIO")

    os.write(ends[1], b"a")
    monkeypatch.setattr("pmm_tui.tui.posix_driver.os.read", fails)
    driver.run_input_thread()
    assert owner.lost == 1


def test_a_bug_of_the_reader_is_told_as_any_other(ends: tuple[int, int]) -> None:
    """It goes to the app in its own loop, with the error."""
    owner = Owner()
    driver = driver_on(ends[0], owner)
    bug = ValueError("bug")

    def broken(_: Message) -> None:
        raise bug

    driver.process_message = broken  # type: ignore[method-assign]
    os.write(ends[1], b"a")
    driver.run_input_thread()
    ((_, told_to, error),) = owner.calls
    assert (told_to, error, owner.lost) == (owner, bug, 0)


class Broken(io.StringIO):
    """A stream whose other end is closed."""

    def write(self, _: str) -> int:
        raise OSError(32, "EPIPE")

    def flush(self) -> None:
        raise ValueError("closed")


@pytest.mark.parametrize("work", [lambda file: file.write("x"), lambda file: file.flush()])
def test_what_cannot_be_written_ends_nothing(ends: tuple[int, int], work: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """The app is told that the terminal is gone, once; a stream that works is written to."""
    monkeypatch.setattr(sys, "__stderr__", Broken())
    owner = Owner()
    driver = driver_on(ends[0], owner)
    work(driver._file)
    work(driver._file)
    assert (owner.lost, driver.exit_event.is_set()) == (1, True)
    monkeypatch.setattr(sys, "__stderr__", whole := io.StringIO())
    driver = driver_on(ends[0], owner)
    driver._file.write("ab")
    driver._file.flush()
    assert whole.getvalue() == "ab"


def test_the_bell_rings_until_it_is_cleared(ends: tuple[int, int]) -> None:
    """Set twice it rings once; cleared it is silent, also where it had not rung."""
    bell = driver_on(ends[0], Owner()).exit_event
    ring = bell.fileno()
    assert os.get_blocking(ring) is False
    bell.clear()
    bell.set()
    bell.set()
    assert bell.is_set()
    assert os.read(ring, 16) == b"!"
    bell.clear()
    bell.set()
    bell.clear()
    assert not bell.is_set()
    with pytest.raises(BlockingIOError):
        os.read(ring, 16)


def test_a_line_feed_stays_one_byte_on_the_line(monkeypatch: pytest.MonkeyPatch) -> None:
    """While the app is on the terminal the system adds no carriage return; where there is no terminal that is no fault."""
    ours, theirs = os.openpty()
    try:
        driver = driver_on(theirs, Owner())
        begun: list[object] = []
        monkeypatch.setattr("textual.drivers.linux_driver.LinuxDriver.start_application_mode", lambda driver: begun.append(driver))
        before = termios.tcgetattr(theirs)[tty.OFLAG]
        assert before & termios.OPOST
        driver.start_application_mode()
        assert termios.tcgetattr(theirs)[tty.OFLAG] == before & ~termios.OPOST
        driver.fileno = os.open(os.devnull, os.O_RDONLY)
        driver.start_application_mode()
        os.close(driver.fileno)
        assert begun == [driver, driver]
    finally:
        os.close(ours)
        os.close(theirs)


@pytest.mark.parametrize("asks", [True, False])
def test_a_terminal_is_asked_for_its_background_where_the_app_wants_to_know(asks: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    """The answer, in as many reads as it comes in, is told and types nothing; nobody else asks."""
    written: list[str] = []
    ours, theirs = os.openpty()
    try:
        owner = Owner()
        owner.asks_background = asks  # type: ignore[attr-defined]
        driver = driver_on(theirs, owner)
        monkeypatch.setattr("textual.drivers.linux_driver.LinuxDriver.start_application_mode", lambda _: None)
        monkeypatch.setattr(driver, "write", written.append)
        monkeypatch.setattr(driver, "flush", lambda: None)
        driver.start_application_mode()
        assert "".join(written) == ("\x1b]11;?\x1b\\" if asks else "")
        heard = threading.Event()
        driver.process_message = lambda m: (owner.keys.append(named(m)), named(m) == "z" and heard.set())  # type: ignore
        tty.setraw(theirs)
        thread = reading_thread(driver)
        for part in ("a\x1b]11;rgb:ff", "ff/ffff/ffff\x1b", "\\z"):
            os.write(ours, part.encode())
        assert heard.wait(LIMIT)
        driver.exit_event.set()
        assert ended(thread)
        assert owner.keys == ["a", "BackgroundTold", "z"]
    finally:
        os.close(ours)
        os.close(theirs)
