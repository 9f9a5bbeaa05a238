"""Keys and pastes as a terminal sends them: on a console that marks no pastes, and over a line that cuts keys in two."""

from __future__ import annotations

import random
from collections.abc import Iterable
from itertools import pairwise

import pytest
from textual import events
from textual.constants import ESCAPE_DELAY
from textual.message import Message

from pmm_tui.tui.key_parser import LATE, TOGETHER, PasteParser, bracketed
from pmm_tui.tui.terminal_answers import MOST, PATIENCE, BackgroundTold

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


# ---- Alt and another key


def test_alt_is_told_with_every_key_and_types_nothing() -> None:
    """Alt with b and f, a digit or a sign is that key, as it is on the keyboard, and none of them has a letter to type."""
    line = Line()
    for sent, name in (("b", "alt+b"), ("f", "alt+f"), ("B", "alt+shift+b"), ("1", "alt+1"), ("0", "alt+0"), ("-", "alt+minus")):
        (key,) = line.parser.feed("\x1b" + sent)
        assert isinstance(key, events.Key)
        assert (key.key, key.is_printable) == (name, False)
    assert line.read("\x1b=", "\x1b\r", "\x1b\x7f", "\x1b\x07", "\x1b ") == [
        "alt+equals_sign",
        "alt+enter",
        "alt+backspace",
        "alt+ctrl+g",
        "alt+space",
    ]
    assert line.read("\x1b\t") == ["shift+tab"]  # as the Linux console sends it


def test_alt_is_told_at_once_on_every_console() -> None:
    """Without the tenth of a second that an Esc alone is waited for, and where the line cuts it as well."""
    for bare in (False, True):
        line = Line(bare=bare)
        assert line.read("\x1bb", "\x1b9") == ["alt+b", "alt+9"]
        assert line.parser.settled
        assert line.read("\x1b") + line.read("f", after=ESCAPE_DELAY * 0.5) == ["alt+f"]


def test_a_key_that_may_begin_an_answer_is_told_with_the_next_one() -> None:
    """Alt with the three keys that answers of a terminal begin with: nothing is lost, whatever comes behind."""
    for opener, name in (("]", "alt+right_square_bracket"), ("P", "alt+shift+p"), ("_", "alt+underscore")):
        assert Line().read(f"\x1b{opener}", "\x1b[B") == [name, "down"]
        assert Line().read(f"\x1b{opener}", "\x07") == ([name, "ctrl+g"] if opener != "]" else [])
        line = Line()
        assert line.read(f"\x1b{opener}") == []
        assert not line.parser.settled
        assert line.wait(LATE * 1.1) == [name]
        assert line.parser.settled
    assert Line().read("\x1b]b", "\x1bPa") == ["alt+right_square_bracket", "b", "alt+shift+p", "a"]


# ---- what a terminal answers

LIGHT = "\x1b]11;rgb:ffff/ffff/ffff\x1b\\"
ANSWERS = [
    LIGHT,
    "\x1b]11;rgb:1e1e/1e1e/1e1e\x07",
    "\x1b]4;1;rgb:cd/00/00\x9c",
    "\x1b]52;c;c2F0dQ==\x07",
    "\x1b]lJudul jendela\x1b\\",
    "\x1bP>|XTerm(390)\x1b\\",
    "\x1bP1+r544e=787465726d\x1b\\",
    "\x1bP!|7E565445\x1b\\",
    "\x1b_Gi=31;OK\x1b\\",
]


@pytest.mark.parametrize("delay", [0.0, ESCAPE_DELAY * 0.5, LATE * 0.9])
@pytest.mark.parametrize("bare", [False, True])
@pytest.mark.parametrize("answer", ANSWERS)
def test_an_answer_is_no_key_wherever_it_is_cut(answer: str, bare: bool, delay: float) -> None:
    """In two reads or letter by letter, with a late end: nothing is typed, no Ctrl+G comes of it, and the next key is that key."""
    for at in range(1, len(answer)):
        line = Line(bare=bare)
        found = line.read("a") + line.read(answer[:at]) + line.read(answer[at:], after=delay) + line.read("b\x1b[B")
        assert [name for name in found if name != "BackgroundTold"] == [
            "a",
            *["escape"] * (at == 1 and delay >= ESCAPE_DELAY),
            "b",
            "down",
        ], at
    line = Line(bare=bare)
    assert [name for name in line.read(*answer, "b") if name != "BackgroundTold"] == ["b"]
    assert line.parser.settled


@pytest.mark.parametrize("bare", [False, True])
def test_what_is_around_an_answer_stays(bare: bool) -> None:
    """Keys before and behind it in the same read; on a console that marks no pastes its letters and an Enter are no paste."""
    assert Line(bare=bare).read(f"\x1b[A{LIGHT}\x1b[B") == ["up", "BackgroundTold", "down"]
    assert Line(bare=bare).read(f"{LIGHT}\r") == ["BackgroundTold", "enter"]
    assert Line(bare=bare).read(LIGHT[:9], f"{LIGHT[9:]}\r") == ["BackgroundTold", "enter"]
    assert Line(bare=bare).read(f"{START}satu{LIGHT}\rdua{END}")[-1].startswith("'satu")


def test_an_answer_with_a_paste_on_a_bare_console() -> None:
    """What is pasted in the same read is still a paste, and the rest of the answer is none of it."""
    assert Line(bare=True).read(f"satu\rdua{LIGHT[:9]}", LIGHT[9:]) == ["'satu\rdua'", "BackgroundTold"]
    line = Line(bare=True)
    assert line.read(LIGHT[:9], f"{LIGHT[9:]}satu\rdua") == ["BackgroundTold", "'satu\rdua'"]


@pytest.mark.parametrize("answer", ANSWERS)
def test_an_answer_that_never_ends_keeps_nothing_for_long(answer: str) -> None:
    """A key with a control character ends it at once, time ends it at last; an end that comes even later is still none of a key."""
    begun = answer[:6]
    assert Line().read(begun, "\x1b[B", "b") == ["down", "b"]
    assert Line().read(begun, "\r", "b") == ["enter", "b"]
    assert Line().read(begun, "\x11") == ["ctrl+q"]
    line = Line()
    assert line.read(begun) + line.wait(PATIENCE * 1.1) == []
    assert line.parser.settled
    assert line.read("b", "\x07", "\x07", after=1.0) == ["b", "ctrl+g"]
    line = Line()
    assert line.read(begun) + line.wait(PATIENCE * 1.1) + line.read(answer[6:], "b", after=10.0) == ["b"]


def test_an_answer_without_end_is_bounded() -> None:
    """After so many letters it is none any more."""
    begun = "\x1b]11;"
    assert Line().read(begun + "x" * (MOST - len(begun)), "b\x1b[B") == ["down"]
    assert Line().read(begun + "x" * (MOST + 1 - len(begun)), "b\x1b[B") == ["b", "down"]
    line = Line()
    assert line.read("\x1b]11;rgb:", "\x1b") == []
    assert line.wait(PATIENCE * 1.1) + line.wait(ESCAPE_DELAY * 1.1) == ["escape"]


@pytest.mark.parametrize(
    ("answer", "light"),
    [
        ("11;rgb:ffff/ffff/ffff", True),
        ("11;rgb:fd/f6/e3", True),
        ("11;rgba:ffff/ffff/ffff/ffff", True),
        ("11;#fafafa", True),
        ("11;rgb:0000/0000/0000", False),
        ("11;rgb:3000/0a00/2400", False),
        ("11;rgb:0000/0000/ffff", False),
        ("10;rgb:ffff/ffff/ffff", None),
        ("11;merah", None),
        ("110;rgb:ffff/ffff/ffff", None),
    ],
)
def test_what_the_background_is(answer: str, light: bool | None) -> None:
    """Light or dark as the eye sees it; any other answer tells nothing."""
    found = list(PasteParser().feed(f"\x1b]{answer}\x07"))
    assert [message.light for message in found if isinstance(message, BackgroundTold)] == ([] if light is None else [light])
    assert len(found) == (light is not None)


@pytest.mark.parametrize("seed", range(30))
def test_keys_among_answers_are_those_keys(seed: int) -> None:
    """Whatever a terminal answers between keys, and wherever the line cuts it all: the keys are as without the answers."""
    chance = random.Random(seed)
    keys = [chance.choice(["a", "7", "\x1b[B", "\x1bOP", "\x1bx", "\x1b3", "\r", "\x7f"]) for _ in range(30)]
    with_answers = "".join(key + chance.choice(["", "", *ANSWERS]) for key in keys)
    cuts = sorted({0, len(with_answers), *(chance.randrange(len(with_answers)) for _ in range(chance.randrange(40)))})
    line = Line()
    found = line.read(*(with_answers[start:end] for start, end in pairwise(cuts)), after=chance.choice([0.0, ESCAPE_DELAY * 0.9]))
    assert [name for name in found if name != "BackgroundTold"] == Line().read("".join(keys))
    assert line.parser.settled
