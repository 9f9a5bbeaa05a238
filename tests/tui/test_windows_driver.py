"""The driver of the Windows console, on a console of records: what it reads becomes keys and pastes, on any system."""

from __future__ import annotations

import ctypes
import importlib
import sys
import threading
from collections.abc import Callable, Iterator
from types import ModuleType, SimpleNamespace
from typing import Any

import pytest
from textual import events
from textual.message import Message

KEY, MOUSE, SIZE = 1, 2, 4
MODULES = ("textual.drivers.win32", "textual.drivers.windows_driver", "pmm_tui.tui.windows_driver")


def key(letter: str, *, down: bool = True, control: int = 0, code: int = 65) -> Any:
    """A key's record."""
    event = SimpleNamespace(
        bKeyDown=down, dwControlKeyState=control, wVirtualKeyCode=code, uChar=SimpleNamespace(UnicodeChar=letter)
    )
    return SimpleNamespace(EventType=KEY, Event=SimpleNamespace(KeyEvent=event))


def size(columns: int, rows: int) -> Any:
    """The record of a window that changed its size."""
    changed = SimpleNamespace(dwSize=SimpleNamespace(X=columns, Y=rows))
    return SimpleNamespace(EventType=SIZE, Event=SimpleNamespace(WindowBufferSizeEvent=changed))


def typed(text: str) -> list[Any]:
    """What a console writes for text: each letter, in UTF-16, goes down and up."""
    halves = text.encode("utf-16-le")
    letters = [halves[at : at + 2].decode("utf-16-le", "surrogatepass") for at in range(0, len(halves), 2)]
    return [key(letter, down=down) for letter in letters for down in (True, False)]


class Console:
    """A console whose input is a list of bursts; the last one ends the reading."""

    def __init__(self) -> None:
        self.waiting: list[Any] = []
        self.bursts: list[list[Any]] = []
        self.modes: list[int] = []
        self.told: list[Message] = []
        self.sizes: list[tuple[int, int]] = []
        self.bugs: list[Any] = []
        self.end = threading.Event()

    # what the fake modules ask of it

    def wait(self, _handles: list[Any], milliseconds: int) -> object:
        if not self.waiting and milliseconds:
            if not self.bursts:
                self.end.set()
                return None
            self.waiting = self.bursts.pop(0)
        return "input" if self.waiting else None

    def read(self, _handle: object, array: Any, most: int, count: Any) -> None:
        taken, self.waiting = self.waiting[:most], self.waiting[most:]
        array._obj.records = taken
        count._obj.value = len(taken)


class Records:
    """Stands for ctypes' array of records."""

    def __mul__(self, _: int) -> Callable[[], Any]:
        return RecordArray


class RecordArray(ctypes.Structure):
    """What `byref` takes, and what is read is found in."""

    records: list[Any]

    def __getitem__(self, places: slice) -> list[Any]:
        return self.records[places]


@pytest.fixture
def console(monkeypatch: pytest.MonkeyPatch) -> Iterator[Console]:
    """A console, and Textual's two modules for it as far as ours uses them."""
    console = Console()

    class EventMonitor(threading.Thread):
        def __init__(self, loop: object, app: Any, exit_event: threading.Event, process_event: Callable[[Any], None]) -> None:
            self.app, self.exit_event, self.process_event = app, exit_event, process_event
            super().__init__()

        def on_size_change(self, width: int, height: int) -> None:
            console.sizes.append((width, height))

    class WindowsDriver:
        def start_application_mode(self) -> None:
            console.modes.append(-1)

    win32, driver = ModuleType(MODULES[0]), ModuleType(MODULES[1])
    vars(win32).update(
        EventMonitor=EventMonitor,
        GetStdHandle=lambda number: number,
        STD_INPUT_HANDLE=-10,
        INPUT_RECORD=Records(),
        KERNEL32=SimpleNamespace(ReadConsoleInputW=console.read),
        wait_for_handles=console.wait,
        set_console_mode=lambda stream, mode: console.modes.append(mode),
        ENABLE_VIRTUAL_TERMINAL_INPUT=0x200,
        ENABLE_WINDOW_INPUT=0x8,
    )
    vars(driver)["WindowsDriver"] = WindowsDriver
    monkeypatch.setitem(sys.modules, MODULES[0], win32)
    monkeypatch.setitem(sys.modules, MODULES[1], driver)
    monkeypatch.setattr("textual.drivers.win32", win32, raising=False)
    monkeypatch.delitem(sys.modules, MODULES[2], raising=False)
    yield console
    sys.modules.pop(MODULES[2], None)


def read(console: Console, *bursts: list[Any], fails: bool = False) -> list[str]:
    """What comes of these bursts: keys by name, a paste in quotes."""
    module = importlib.import_module(MODULES[2])
    console.bursts = list(bursts)

    def take(message: Message) -> None:
        if fails:
            raise ValueError("bug")
        console.told.append(message)

    app = SimpleNamespace(call_later=lambda *told: console.bugs.append(told))
    reader = sys.modules[MODULES[0]].EventMonitor(None, app, console.end, take)
    assert isinstance(reader, module.ConsoleReader)  # it is what Textual's driver will make
    reader.run()
    return [f"'{m.text}'" if isinstance(m, events.Paste) else m.key if isinstance(m, events.Key) else "?" for m in console.told]


def test_a_paste_on_an_old_console_is_text(console: Console) -> None:
    """The case of the report: lines put into the input buffer at once; none of their ends is Enter."""
    assert read(console, typed("satu\rdua\rtiga\r")) == ["'satu\rdua\rtiga\r'"]


def test_a_long_paste_is_one_read(console: Console) -> None:
    """However many records wait, what is pasted is judged as a whole, and none of it is a key."""
    lines = "\r" * 512 + "x" * 511 + "\r"
    assert len(typed(lines)) == 2048
    assert read(console, typed(lines)) == [f"'{lines}'"]


def test_keys_stay_keys(console: Console) -> None:
    """Typed one by one, held, and with sequences; letters of two halves too, wherever the reads part."""
    smile = typed("a\U0001f642")
    found = read(console, typed("a"), typed("\r"), typed("\r\r\r"), typed("\x1b[B"), smile[:4], smile[4:], typed("b"))
    assert found[:6] == ["a", "enter", "enter", "enter", "enter", "down"]
    assert [m.character for m in console.told if isinstance(m, events.Key)][6:] == ["a", "\U0001f642", "b"]


def test_what_is_no_key_that_went_down_is_nothing(console: Console) -> None:
    """Keys that went up, input without a key, the mouse; a new size is told."""
    mouse = SimpleNamespace(EventType=MOUSE, Event=None)
    assert read(console, [key("a", down=False), key("b", control=8, code=0), key("c", code=0), mouse, size(100, 30)]) == ["c"]
    assert console.sizes == [(100, 30)]


def test_marked_pastes_are_read_as_ever(console: Console) -> None:
    """A console that marks its pastes: then letters and Enter in one read are typed."""
    assert read(console, typed("\x1b[200~a\rb\x1b[201~"), typed("ab\r")) == ["'a\rb'", "a", "b", "enter"]


def test_a_bug_of_the_reader_is_told_as_any_other(console: Console) -> None:
    """Textual's own reader would only log it, and no key would work any more."""
    assert read(console, typed("a"), fails=True) == []
    ((_, app, error),) = console.bugs
    assert isinstance(error, ValueError)
    assert app is not None


def test_new_sizes_are_asked_for(console: Console) -> None:
    """The console's mode has the bit without which newer ones tell of no new size."""
    importlib.import_module(MODULES[2]).ConsoleDriver().start_application_mode()
    assert console.modes == [-1, 0x208]


def test_what_a_console_answers_is_no_key(console: Console) -> None:
    """In one read or in several, with an Enter right behind it: nothing is typed, and the Enter is no paste."""
    answer = "\x1b]11;rgb:ffff/ffff/ffff\x07"
    assert read(console, typed(answer[:7]), typed(answer[7:] + "\r"), typed("\x1bP>|x\x1b\\a")) == ["?", "enter", "a"]


def test_alt_is_that_key(console: Console) -> None:
    """As consoles write it: an Esc and the letter, which then types nothing."""
    assert read(console, typed("\x1bb"), typed("\x1b1"), typed("\x1bx")) == ["alt+b", "alt+1", "alt+x"]
    assert not any(m.is_printable for m in console.told if isinstance(m, events.Key))
