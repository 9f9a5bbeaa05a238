"""The bytes that the writer needs, to the byte: whoever makes it write more, or less, finds the number here."""

from __future__ import annotations

import random

import pytest

from pmm_tui.tui.lean.cells import clearings, narrow, runs, same
from pmm_tui.tui.lean.pace import Pace
from pmm_tui.tui.lean.shift import Shift, find_shift
from pmm_tui.tui.lean.terminal import BLANK, PLAIN, Cell, Pen, Terminal, blank_pen, change_pen, terminal_of
from pmm_tui.tui.lean.writer import ScreenWriter
from tests.tui.lean.emulator import Emulator
from tests.tui.lean.test_writer import TERMINALS, row_of, wanted

WIDTH, HEIGHT = 60, 14
BAR, TITLE, DIM = Pen("31", "44"), Pen("38;2;1;2;3", "48;2;9;9;9", 1 << 1), Pen(attributes=1 << 2)
GOOD, LINK = Pen("32"), Pen(link="https://a.id")
Screen = list[list[Cell]]


def listed(top: int, cursor: int, rows: list[str], note: str) -> Screen:
    """A screen as ours are: a title, rows of a list of which one is under the cursor, a status line."""
    screen = [row_of([(f" Daftar Guru {'':>30} 3 dari 40 ", TITLE), (" " * WIDTH, TITLE)], WIDTH)]
    for at in range(top, top + HEIGHT - 3):
        text = rows[at] if at < len(rows) else ""
        here = at == cursor
        mark = ("► " if here else "  ") if text else ""
        state = [("√ terkirim", GOOD)] if at % 3 == 0 and text else []
        screen.append(row_of([(mark + text, BAR if here else PLAIN), (" " * (30 - len(text)), PLAIN), *state], WIDTH))
    screen.append(row_of([(f" {note}", DIM), ("     draf · 3 ", PLAIN), ("di sini" if "a" in note else "", LINK)], WIDTH))
    return [*screen, row_of([(" F1 ", TITLE), (" Bantuan ", PLAIN), (" F2 ", TITLE), (" Saring ", PLAIN)], WIDTH)]


def dialog(under: Screen) -> Screen:
    """The same with a dialog in its middle."""
    screen = [list(row) for row in under]
    for y, text in enumerate(("┌" + "─" * 38 + "┐", *["│" + f" baris {n:<31}│" for n in range(5)], "└" + "─" * 38 + "┘"), 3):
        screen[y][10:50] = row_of([(text, Pen("31"))], 40)
    return screen


def session() -> list[Screen]:
    """What a session shows, frame by frame: the same every time, on every Python."""
    source = random.Random(11)

    def below(limit: int) -> int:
        return int(source.random() * limit)

    names = ("Ani", "Budi", "Citra", "Dedi")
    notes = ("Tersimpan *", "Mengirim …", "", "Kota é", "Server tidak terjangkau; dicoba lagi nanti")
    rows = [f"{names[below(4)]} {number:02} {'abc ' * below(5)}".strip() for number in range(40)]
    frames: list[Screen] = []
    top = cursor = 0
    note = "Tersimpan 10.42"
    for _ in range(120):
        match below(8):
            case 0 | 1 | 2:
                cursor = min(cursor + 1, 39)
            case 3:
                cursor = max(cursor - 1 - 3 * below(2), 0)
            case 4:
                cursor = min(cursor + 9, 39)
            case 5:
                note = notes[below(5)]
            case 6:
                rows = [*rows[7:], *rows[:7]] if below(3) else [rows[below(40)] for _ in rows]
            case 7:
                frames.append(dialog(listed(top, cursor, rows, note)))
        top = min(max(top, cursor - HEIGHT + 4), cursor)
        frames.append(listed(top, cursor, rows, note))
    return frames


COUNTS = ((23999, 24213), (21966, 22181), (14773, 18139), (21994, 22207), (20848, 24213))
"""For each of `TERMINALS` the bytes of the session on the whole screen, and below the prompt."""


@pytest.mark.parametrize(("terminal", "counts"), list(zip(TERMINALS, COUNTS, strict=True)))
def test_what_a_session_costs(terminal: Terminal, counts: tuple[int, int]) -> None:
    """Every frame is right, and all of them together take exactly so many bytes."""
    written = [0, 0]
    for inline in (False, True):
        writer, emulator = ScreenWriter(terminal, inline=inline), Emulator(WIDTH, HEIGHT)
        for number, frame in enumerate(session()):
            text = writer.frame(frame, (5, 3) if number % 5 == 0 else None)
            written[inline] += len(text.encode())
            emulator.feed(text)
            assert emulator.cells() == wanted(frame)
    assert tuple(written) == counts


def plain(text: str, width: int = 20) -> list[Cell]:
    """A row of plain text."""
    return row_of([(text, PLAIN)], width)


@pytest.mark.parametrize(
    ("old", "new", "text"),
    [
        ("abc", "abc", ""),
        ("abc", "abd", "\x1b[A\b\bd"),
        ("abc", "", "\x1b[H\x1b[K"),
        ("abcdefgh", "abXdeYgh", "\x1b[A\b\bXdeY"),
        ("abcdefghi", "Xbcdefghi", "\x1b[HX"),
        ("abcdefghijklm", "Xbcdefghijklm", "\x1b[HX"),
        ("abcdefghijkl", "aXcdefgYijkl", "\x1b[1;2HX\x1b[5CY"),
        ("abcdefghijkl", "aXcdefYhijkl", "\x1b[1;2HXcdefY"),
    ],
)
def test_the_shortest_way_within_a_row(old: str, new: str, text: str) -> None:
    """Gaps of up to four cells are written again, longer ones jumped over; blanks to the edge are cleared."""
    writer = ScreenWriter(terminal_of("xterm")._replace(rep=False))
    writer.frame([plain(old), plain("lain")])
    assert writer.frame([plain(new), plain("lain")]) == text


@pytest.mark.parametrize(
    ("old", "new", "text"),
    [
        (None, PLAIN, "\x1b[m"),
        (PLAIN, PLAIN, ""),
        (PLAIN, Pen("31"), "\x1b[31m"),
        (Pen("31", "44"), Pen("31"), "\x1b[49m"),
        (Pen("31", "44"), Pen("", "44"), "\x1b[39m"),
        (Pen("31", "44"), PLAIN, "\x1b[m"),
        (Pen("31", "44", 1 << 1), Pen("31", "44", 1 << 2), "\x1b[22;2m"),
        (Pen("31", "44", 1 << 1 | 1 << 2), Pen("31", "44", 1 << 2), "\x1b[22;2m"),
        (Pen("31", "44", 1 << 4 | 1 << 7), Pen("31", "44", 1 << 7), "\x1b[24m"),
        (None, Pen("31", "44", 1 << 3), "\x1b[0;3;31;44m"),
        (Pen(link="a"), PLAIN, "\x1b]8;;\x1b\\"),
        (PLAIN, Pen("31", link="a"), "\x1b]8;;a\x1b\\\x1b[31m"),
        (Pen(link="a"), Pen(link="a"), ""),
    ],
)
def test_the_shortest_change_of_pen(old: Pen | None, new: Pen, text: str) -> None:
    """By what differs, or from nothing where that is shorter; what another attribute's end would end as well is set again."""
    assert change_pen(old, new) == text


@pytest.mark.parametrize(
    ("attribute", "off"),
    [(1, 22), (2, 22), (3, 23), (4, 24), (5, 25), (6, 25), (7, 27), (8, 28), (9, 29), (21, 24), (53, 55)],
)
def test_each_attribute_ends_by_its_own_number(attribute: int, off: int) -> None:
    """With a colour that stays it is the shorter way; what is plain has neither attribute nor colour nor link."""
    assert change_pen(Pen("38;5;1", "48;5;2", 1 << attribute), Pen("38;5;1", "48;5;2")) == f"\x1b[{off}m"
    assert change_pen(Pen("38;5;1"), Pen("38;5;1", attributes=1 << attribute)) == f"\x1b[{attribute}m"
    assert Pen("", "", 0, "") == PLAIN


def test_what_shows_of_a_pen_on_a_blank() -> None:
    """The background alone, unless it draws lines, is reversed or is a link."""
    assert blank_pen(Pen("31", "44", 1 << 1)) == Pen(background="44")
    for pen in (Pen("31", "44", 1 << 4), Pen("31", attributes=1 << 7), Pen(attributes=1 << 53), Pen("31", link="a")):
        assert blank_pen(pen) == pen


@pytest.mark.parametrize(
    ("name", "terminal"),
    [
        ("xterm-256color", Terminal(bce=True, ech=True, rep=True, lines=True)),
        ("screen.linux", Terminal()),
        ("screen-256color", Terminal(ech=True, lines=True)),
        ("linux", Terminal(bce=True, ech=True, lines=True)),
        ("vt100", Terminal()),
        ("", Terminal()),
    ],
)
def test_what_a_terminal_is_known_to_do(name: str, terminal: Terminal) -> None:
    """By the first word of its name; an unknown one is asked for nothing."""
    assert terminal_of(name) == terminal


def test_the_cells_that_are_written() -> None:
    """Gaps of four are joined, unless another pen stands in them; a width in doubt makes it the whole row."""
    old = plain("abcdefghijklmnop")
    assert list(runs(old, plain("Xbcdefghijklmnop"))) == [(0, 1)]
    assert list(runs(old, plain("XbcdeXghijklmnop"))) == [(0, 6)]
    assert list(runs(old, plain("XbcdefXhijklmnop"))) == [(0, 1), (6, 7)]
    assert list(runs(old, old)) == []
    other = [*plain("Xb")[:2], ("c", Pen("31")), *plain("abcXe")[3:]]
    assert list(runs([*old[:2], ("c", Pen("31")), *old[3:]], [*plain("Xb")[:2], ("c", Pen("31")), ("X", PLAIN), *old[4:]])) == [
        (0, 1),
        (3, 4),
    ]
    assert len(other) == 20
    for was, now in (("漢b", "漢c"), ("漢b", "abc"), ("abc", "漢b")):
        assert list(runs(plain(was), plain(now))) == [(0, 20)]
    assert (same(plain("aaab"), 0, 20), same(plain("aaab"), 0, 2), same(plain("aaab"), 3, 20)) == (3, 2, 1)
    assert list(clearings(plain("abcdefghijkl"), plain("ab      ij"))) == [2]
    assert list(clearings(plain("abcdefghijkl"), plain("ab    ghij"))) == []
    assert list(clearings(plain("abcdefghijkl"), plain("ab"))) == []
    assert list(clearings(plain("ab      ijkl"), plain("ab      xy"))) == []
    assert [narrow(text) for text in ("aé–►█", "漢", "a\u0301", "")] == [True, False, False, True]


def test_rows_that_moved_are_found() -> None:
    """Three that moved are worth it, two are not; blank ones do not count, and the price may be too high."""
    rows = list(" abcde  ")
    free = lambda _: 0  # noqa: E731
    assert find_shift(rows, list(" bcde   "), " ", free) == Shift(1, 6, 1)
    assert find_shift(rows, list("  abcde "), " ", free) == Shift(1, 7, -1)
    assert find_shift(rows, list(" bcxde  "), " ", free) is None
    assert find_shift(rows, list(" bcde   "), " ", lambda _: 1000) is None
    assert Shift(1, 6, 2).apply(list("abcdefgh"), "-") == list("adef--gh")
    assert Shift(1, 6, -2).apply(list("abcdefgh"), "-") == list("a--bcdgh")
    assert [*Shift(1, 6, 2).moving, *Shift(1, 6, -2).moving] == [1, 2, 3, 3, 4, 5]


def test_a_line_is_full_at_so_many_bytes() -> None:
    """The terminal is asked from 300 bytes on, and a frame waits from 400 on that were not answered."""
    assert not Pace().wrote(299, 0.5)
    pace = Pace()
    assert [pace.wrote(299, 5.0), pace.wrote(1, 5.0)] == [False, True]
    assert pace.may_write(5.0)
    pace.wrote(99, 5.0)
    assert pace.may_write(5.0)
    pace.wrote(1, 5.0)
    assert not pace.may_write(5.0)
    assert not pace.may_write(5.24)
    pace.answered()
    assert pace.may_write(5.0)
    pace.answered()
    assert pace.may_write(5.0)


def test_how_long_an_answer_is_waited_for() -> None:
    """A quarter of a second the first time, ten seconds from one that has answered; who never does is asked no more."""
    pace = Pace()
    assert pace.patience == 0.25
    assert pace.wrote(500, 1.0)
    assert [pace.may_write(1.2), pace.may_write(1.25)] == [False, True]
    assert not pace.wrote(500, 1.3)
    pace.answered()
    assert pace.patience == 10.0
    assert pace.wrote(500, 1.4)
    assert [pace.may_write(11.3), pace.may_write(11.4)] == [False, True]
    assert pace.wrote(500, 11.5)


def test_bytes_of_long_ago_do_not_count() -> None:
    """After more than a second of silence the counting begins anew, but not while a question is open."""
    pace = Pace()
    assert not pace.wrote(200, 1.0)
    assert not pace.wrote(200, 2.5)
    assert pace.wrote(100, 3.5)
    assert not pace.wrote(200, 5.0)
    assert pace.wrote(100, 7.0)


def test_below_the_prompt_rows_are_found_again() -> None:
    """Forgotten, the rows are painted from where the cursor was left; a screen of its own begins at its top."""
    frame = [plain("satu"), plain("dua"), plain("tiga")]
    inline = ScreenWriter(terminal_of("xterm")._replace(rep=False), inline=True)
    assert inline.frame(frame) == "\x1b[m\r\x1b[J\n\n\r\x1b[2Asatu\r\ndua\r\ntiga"
    inline.frame(frame, (0, 1))
    inline.forget()
    assert inline.frame(frame).startswith("\x1b[m\r\x1b[A\x1b[J\n\n")
    assert inline.release() == ""
    whole = ScreenWriter(terminal_of("xterm")._replace(rep=False))
    assert whole.frame(frame) == "\x1b[m\x1b[r\x1b[H\x1b[Jsatu\r\ndua\r\ntiga"
    assert ScreenWriter(Terminal()).frame(frame) == "\x1b[m\x1b[H\x1b[Jsatu\r\ndua\r\ntiga"
    assert BLANK == (" ", PLAIN)


SIGNS = "≠✓√►■·…○↑●←±×-•▐▌█▒░│─‹›▲▼→«»“”„–"


@pytest.mark.parametrize("sign", SIGNS)
@pytest.mark.parametrize("terminal", TERMINALS)
def test_an_arrow_over_a_row_with_a_sign_writes_what_changed(sign: str, terminal: Terminal) -> None:
    """No sign of the screens makes its row doubtful: the cursor's sign and the bar's pen are all that an arrow writes."""

    def screen(cursor: int) -> Screen:
        return [row_of([(("► " if at == cursor else "  ") + f"{sign} Ani {sign}{sign}", PLAIN)], 40) for at in range(5)]

    usual = [row_of([(("► " if at == 1 else "  ") + "a Ani aa", PLAIN)], 40) for at in range(5)]
    writer, emulator, plain_writer = ScreenWriter(terminal), Emulator(40, 5), ScreenWriter(terminal)
    emulator.feed(writer.frame(screen(0)))
    plain_writer.frame([row_of([(("► " if at == 0 else "  ") + "a Ani aa", PLAIN)], 40) for at in range(5)])
    text = writer.frame(screen(1))
    emulator.feed(text)
    assert emulator.cells() == wanted(screen(1))
    assert sign not in text.replace("►", "", 1)
    assert text == plain_writer.frame(usual)
