"""Keys and pastes as a terminal sends them: on a console that marks no pastes, and over a line that cuts keys in two."""

from __future__ import annotations

from collections.abc import Iterable

import pytest
from textual import events
from textual.constants import ESCAPE_DELAY
from textual.message import Message

from pmm_tui.tui.key_parser import LATE, TOGETHER, PasteParser, bracketed

START, END = "\x1b[200~", "\x1b[201~"


class Line:
    """A parser at the end of a line whose clock stands still between reads."""

    def __init__(self, *, bare: bool = False) -> None:
        self.now = 100.0
        self.parser = PasteParser(bare=bare, clock=lambda: self.now)

    def read(self, *parts: str, after: float = 0.0) -> list[str]:
        """What the parser makes of these reads, each of which comes `after` seconds of silence."""
        found: list[str] = []
        for part in parts:
            found += self.wait(after) if after else []
            found += named(self.parser.feed(part))
            found += named(self.parser.tick())
        return found

    def wait(self, seconds: float) -> list[str]:
        self.now += seconds
        return named(self.parser.tick())


def named(messages: Iterable[Message]) -> list[str]:
    """Keys by name, a paste in quotes."""
    return [
        f"'{m.text}'" if isinstance(m, events.Paste) else m.key if isinstance(m, events.Key) else type(m).__name__ for m in messages
    ]


# ---- a console that marks no pastes


@pytest.mark.parametrize(
    ("read", "found"),
    [
        ("satu\rdua\rtiga\r", ["'satu\rdua\rtiga\r'"]),
        ("satu\r\ndua", ["'satu\r\ndua'"]),
        ("a\n", ["'a\n'"]),
        ("\rx", ["'\rx'"]),
        ("\t\t\r", ["'\t\t\r'"]),
        ("1\t2\r", ["'1\t2\r'"]),
        ("é\r", ["'é\r'"]),
        ("\x1b[Isatu\rdua\r", ["AppFocus", "'satu\rdua\r'"]),
        ("\x1b[20~satu\r\x1b[21~dua\x1bOP", ["'satu\rdua'"]),
        ("\x1b[<0;9;9Msatu\r\x1b[2;5R", ["CursorPosition", "'satu\r'"]),
        ("satu\x11\x13\r", ["'satu\r'"]),
        ("satu", ["s", "a", "t", "u"]),
        ("\r", ["enter"]),
        ("\r\r\r", ["enter", "enter", "enter"]),
        ("\x1b[B\r", ["down", "enter"]),
        ("\x1b[20~", ["f9"]),
        ("\x7f\r", ["backspace", "enter"]),
        ("\x11", ["ctrl+q"]),
        (f"{START}satu\rdua{END}", ["'satu\rdua'"]),
        (f"a{START}satu\rdua{END}\r", ["a", "'satu\rdua'", "enter"]),
    ],
)
def test_lines_and_letters_in_one_read_are_a_paste(read: str, found: list[str]) -> None:
    """A line end and another letter in one read are text, and no key comes of anything in it; a held Enter and keys stay keys."""
    assert Line(bare=True).read(read) == found


@pytest.mark.parametrize("read", ["satu\rdua\r", "abc\r", "\t\r"])
def test_elsewhere_letters_and_enter_in_one_read_are_keys(read: str) -> None:
    """A slow line brings what was typed fast in one read, and no terminal there says that it marks no pastes: nothing is eaten."""
    assert Line().read(read) == [{"\r": "enter", "\t": "tab"}.get(letter, letter) for letter in read]


def test_a_console_that_has_marked_a_paste_marks_them_all() -> None:
    """Afterwards letters and Enter in one read are typed."""
    line = Line(bare=True)
    assert line.read("abc\r", f"{START}x{END}", after=1.0) == ["'abc\r'", "'x'"]
    assert line.read("abc\r", after=1.0) == ["a", "b", "c", "enter"]


def test_the_rest_of_a_long_paste_is_no_key() -> None:
    """What comes at once behind a paste belongs to it, line ends alone too; an Enter of the operator's comes later."""
    line = Line(bare=True)
    assert line.read("satu\rdua", "\r", "\rtiga", "e") == ["'satu\rdua'", "'\r'", "'\rtiga'", "'e'"]
    assert line.read("\x1b[B", after=TOGETHER / 2) == ["down"]
    assert line.read("\r", after=TOGETHER * 2) == ["enter"]


def test_the_rule_leaves_keys_as_they_are() -> None:
    """What is no paste is the same text, not another like it."""
    for read in ("abc", "\r\r", "\x1b[B\r", "\x1b", "\x1b\r", ""):
        assert bracketed(read) is read
    assert bracketed("abc", goes_on=True) == f"{START}abc{END}"
    assert bracketed("\x1b[B", goes_on=True) == "\x1b[B"


# ---- keys that come in parts

PARTS = ["\x1b[B", "\x1bOB", "\x1bOP", "\x1b[20~", "\x1b[[A", "\x1b[M", "\x1b[I", "\x1b[99x"]
DELAYS = [ESCAPE_DELAY * 0.5, 0.3, LATE * 0.9]


@pytest.mark.parametrize("delay", DELAYS)
@pytest.mark.parametrize("key", PARTS)
def test_a_key_that_is_cut_in_two_types_nothing(key: str, delay: float) -> None:
    """Wherever the line cuts it, and for how long: of its letters none is typed, and what follows is typed as ever."""
    for at in range(1, len(key)):
        line = Line()
        found = line.read(key[:at]) + line.read(key[at:], after=delay)
        found += line.wait(2 * LATE) + line.read("a", after=2 * LATE)
        assert [name for name in found if len(name) == 1 or "+" in name or name.startswith("circumflex")] == ["a"], (at, found)
        assert found.count("escape") == int(at == 1 and delay >= ESCAPE_DELAY), (at, found)


@pytest.mark.parametrize("delay", [0.0, ESCAPE_DELAY * 0.5])
def test_a_key_that_is_cut_for_a_moment_is_that_key(delay: float) -> None:
    """Within the time in which an Esc alone is waited for, wherever it is cut; behind the second letter for a second."""
    for key, name in (("\x1b[B", "down"), ("\x1b[20~", "f9"), ("\x1bOP", "f1")):
        for at in range(1, len(key)):
            line = Line()
            assert line.read(key[:at]) + line.read(key[at:], after=delay) == [name]
    line = Line()
    assert line.read("\x1b[") + line.read("B", after=0.3) == ["down"]
    assert line.read("\x1b[2", "0", "~", after=0.9) == ["f9"]


def test_an_esc_alone_is_not_waited_for_longer() -> None:
    """It is a key after Textual's own tenth of a second, and letters behind it are letters; so is an opening bracket, later."""
    line = Line()
    assert line.read("\x1b") == []
    assert line.wait(ESCAPE_DELAY * 0.9) == []
    assert line.wait(ESCAPE_DELAY * 0.2) == ["escape"]
    assert line.parser.settled
    assert line.read("Oki", "OB!", "O", "B") == ["O", "k", "i", "O", "B", "exclamation_mark", "O", "B"]
    assert line.read("[", after=2 * LATE) == ["left_square_bracket"]
    assert line.read("\x1b\x1b") == ["escape"]
    assert line.wait(ESCAPE_DELAY * 1.1) == ["escape"]


def test_a_key_nobody_knows_types_nothing_and_keeps_nothing_back() -> None:
    """What is whole is done with: the letters behind it are keys at once, and so is the next key."""
    assert Line().read("\x1b[99xab\x1b[B") == ["a", "b", "down"]
    assert Line().read("\x1b[", "\x1b[B") == ["down"]
    assert Line().read(f"\x1b[{'1' * 40}xy"[:34], "a", after=2 * LATE)[-1] == "a"


def test_alt_and_a_letter_is_a_key_at_once() -> None:
    """Nothing longer begins like that, save a few keys of Textual's table."""
    assert Line().read("\x1bl", "\x1bpx") == ["alt+l", "alt+p", "x"]


@pytest.mark.parametrize("delay", [0.0, 0.3, 30.0])
def test_a_paste_whose_mark_is_cut_is_a_paste(delay: float) -> None:
    """However late the rest of the mark comes, what is pasted is text, Enter too."""
    for at in range(1, len(START)):
        if delay > LATE and at == len("\x1b["):
            continue  # after a second an opening bracket that nothing followed is forgotten
        line = Line()
        found = line.read(START[:at]) + line.read(f"{START[at:]}satu\rdua\r{END}b", after=delay)
        assert [name for name in found if name != "escape"] == ["'satu\rdua\r'", "b"], at
