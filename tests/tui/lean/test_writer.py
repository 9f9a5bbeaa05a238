"""The screen writer: after every frame the terminal shows what was wanted, and no more was written than had to be."""

from __future__ import annotations

import random
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pmm_tui.tui.lean.terminal import BLANK, PLAIN, WIDE_TAIL, Cell, Pen, Terminal, terminal_of
from pmm_tui.tui.lean.writer import ScreenWriter
from tests.tui.lean.emulator import Emulator

WIDTH, HEIGHT = 40, 8
BOLD, UNDERLINE, REVERSE, STRUCK = 1 << 1, 1 << 4, 1 << 7, 1 << 9
PENS = [
    PLAIN,
    Pen("31"),
    Pen("", "44"),
    Pen("38;2;1;2;3", "48;2;9;9;9", BOLD),
    Pen(attributes=REVERSE),
    Pen(attributes=BOLD | UNDERLINE),
    Pen("32", attributes=STRUCK),
    Pen("38;5;200", link="https://contoh.id/"),
]
TERMINALS = [
    Terminal(),
    Terminal(bce=True, ech=True),
    Terminal(bce=True, ech=True, rep=True, lines=True),
    Terminal(ech=True),
    Terminal(lines=True),
]
_COLOURS = {"": "default", "31": "red", "32": "green", "44": "blue", "38;2;1;2;3": "010203", "48;2;9;9;9": "090909"}


def row_of(pieces: list[tuple[str, Pen]], width: int = WIDTH) -> list[Cell]:
    """Cells of pieces of text, filled up with blanks."""
    cells: list[Cell] = []
    for text, pen in pieces:
        for letter in text:
            wide = letter == "漢"
            if len(cells) + 1 + wide > width:
                break
            cells.append((letter, pen))
            cells += [(WIDE_TAIL, pen)] * wide
    return cells + [BLANK] * (width - len(cells))


def wanted(rows: list[list[Cell]]) -> list[list[tuple[str, ...]]]:
    """The rows as the emulator tells what it shows."""
    seen = []
    for row in rows:
        line = []
        for text, pen in row:
            a = pen.attributes
            shows = text not in (" ", "")
            lines = ("u" if a & UNDERLINE else "") + ("r" if a & REVERSE else "") + ("s" if a & STRUCK else "")
            front = _COLOURS.get(pen.foreground, "ff00d7") if shows or lines else ""
            line.append(
                (text, front, _COLOURS[pen.background], lines, "b" if shows and a & BOLD else "", pen.link if shows else "")
            )
        seen.append(line)
    return seen


texts = st.text(alphabet=st.sampled_from([*"ab─é   漢"]), min_size=1, max_size=30)
rows = st.lists(st.tuples(texts, st.sampled_from(PENS)), max_size=6).map(row_of)
frames = st.lists(rows, min_size=HEIGHT, max_size=HEIGHT)


@settings(max_examples=150, deadline=None)
@given(st.lists(frames, min_size=1, max_size=4), st.sampled_from(TERMINALS))
def test_the_terminal_shows_what_was_wanted(session: list[list[list[Cell]]], terminal: Terminal) -> None:
    """Whatever stood there before, and whatever the terminal can, each frame leaves exactly the wanted cells."""
    writer, emulator = ScreenWriter(terminal), Emulator(WIDTH, HEIGHT)
    for frame in session:
        emulator.feed(writer.frame(frame))
        assert emulator.cells() == wanted(frame)


@pytest.mark.parametrize("terminal", TERMINALS)
def test_a_long_session_of_small_changes(terminal: Terminal) -> None:
    """Through a thousand small changes, forgetting now and then, the terminal never drifts from what is wanted."""
    chance = random.Random(7)
    writer, emulator = ScreenWriter(terminal), Emulator(WIDTH, HEIGHT)
    frame = [row_of([]) for _ in range(HEIGHT)]
    for _ in range(1000):
        y = chance.randrange(HEIGHT)
        if chance.random() < 0.3:
            frame[y] = row_of([("".join(chance.choice("xyz  漢é") for _ in range(20)), chance.choice(PENS))] * chance.randrange(3))
        else:
            x = chance.randrange(WIDTH - 1)
            if WIDE_TAIL not in (frame[y][x][0], frame[y][x + 1][0]):
                frame[y][x] = (chance.choice("pq "), chance.choice(PENS))
        if chance.random() < 0.02:
            writer.forget()
        emulator.feed(writer.frame(frame))
        assert emulator.cells() == wanted(frame)


@pytest.mark.parametrize("terminal", TERMINALS)
def test_another_size_is_painted_whole(terminal: Terminal) -> None:
    """After a resize nothing of the old picture is believed."""
    writer, emulator = ScreenWriter(terminal), Emulator(WIDTH, HEIGHT)
    emulator.feed(writer.frame([row_of([("lama" * 10, PENS[3])])] * HEIGHT))
    emulator.resize(WIDTH - 10, HEIGHT - 2)
    frame = [row_of([("baru", PENS[1])], WIDTH - 10)] * (HEIGHT - 2)
    emulator.feed(writer.frame(frame))
    assert [line[: WIDTH - 10] for line in emulator.cells()] == wanted(frame)


def test_the_same_frame_again_writes_nothing() -> None:
    """A frame like the one before costs no byte."""
    writer = ScreenWriter(Terminal(bce=True, ech=True, rep=True))
    frame = [row_of([("isi", PENS[3])])] * HEIGHT
    assert writer.frame(frame)
    assert writer.frame(frame) == ""


def test_one_letter_costs_little() -> None:
    """A changed letter costs its move and itself; the next one beside it only itself."""
    writer = ScreenWriter(Terminal())
    blank = [row_of([])] * HEIGHT
    writer.frame(blank)
    first = [*blank[:4], row_of([("     a", PLAIN)]), *blank[5:]]
    assert writer.frame(first) == "\x1b[5;6Ha"
    assert writer.frame([*blank[:4], row_of([("     ab", PLAIN)]), *blank[5:]]) == "b"


def test_a_picture_of_blanks_costs_no_blanks() -> None:
    """An empty screen is cleared, not written."""
    assert ScreenWriter(Terminal()).frame([row_of([])] * HEIGHT) == "\x1b[m\x1b[H\x1b[J"


def test_nobody_sees_the_pen_of_a_blank() -> None:
    """Blanks between bold words are written in bold, and a coloured ground begins with the letters' own colour."""
    writer = ScreenWriter(Terminal())
    writer.frame([row_of([])])
    bold = Pen(attributes=BOLD)
    assert writer.frame([row_of([("a", bold), (" ", PLAIN), ("b", bold)])]) == "\x1b[1ma b\x1b[m"
    light = Pen("97", "44")
    assert writer.frame([row_of([("a", PLAIN), (" ", Pen(background="44")), ("b", light)])]) == "\ra\x1b[97;44m b\x1b[m"


def test_rows_that_change_together_are_cleared_together() -> None:
    """Rows that become blank cost one move of lines, or one erasing where they reach the end; what stands around them stays."""
    full = [row_of([(f"baris {n} " * 4, PLAIN)]) for n in range(HEIGHT)]
    middle = [*full[:2], *[row_of([])] * (HEIGHT - 3), full[-1]]
    end = [*full[:2], *[row_of([])] * (HEIGHT - 2)]
    for frame, most in ((middle, len("\x1b[3;7r\x1b[3H\x1b[5L")), (end, len("\x1b[3H\x1b[J"))):
        writer, emulator = ScreenWriter(Terminal(lines=True)), Emulator(WIDTH, HEIGHT)
        emulator.feed(writer.frame(full))
        text = writer.frame(frame)
        emulator.feed(text)
        assert emulator.cells() == wanted(frame)
        assert len(text) <= most


def test_below_the_prompt_no_row_is_named() -> None:
    """Wherever the rows are, they are reached by steps alone; the prompt above, and where the screen ends, make no difference."""
    chance = random.Random(5)
    for above in (0, 5, 20):
        writer, emulator = ScreenWriter(Terminal(True, True, True, True), inline=True), Emulator(WIDTH, 20)
        emulator.feed("perintah\r\n" * above)
        top = min(above, 20 - HEIGHT)
        frame = [row_of([]) for _ in range(HEIGHT)]
        for _ in range(60):
            frame[chance.randrange(HEIGHT)] = row_of([("".join(chance.choice("xy  漢") for _ in range(30)), chance.choice(PENS))])
            if chance.random() < 0.1:
                writer.forget()
            text = writer.frame(frame, (chance.randrange(WIDTH), chance.randrange(HEIGHT)))
            assert not re.search(r"\x1b\[[0-9;]*[HrLM]", text)
            emulator.feed(text)
            assert emulator.cells()[top : top + HEIGHT] == wanted(frame)


def test_what_terminals_can() -> None:
    """An unknown TERM gets the safe form: no erasing with colour, no erasing of cells, no repetition."""
    assert terminal_of("entahlah") == Terminal()
    assert terminal_of("") == Terminal()
    assert terminal_of("xterm-256color") == Terminal(bce=True, ech=True, rep=True, lines=True)
    assert terminal_of("linux") == Terminal(bce=True, ech=True, lines=True)
    assert not any(terminal_of(name).rep for name in ("linux", "tmux-256color", "screen", "vt100", "putty"))
    assert not terminal_of("screen-256color").bce


def test_links_open_and_close() -> None:
    """A hyperlink is opened before its text and closed behind it."""
    writer = ScreenWriter(Terminal())
    text = writer.frame([row_of([("a", PENS[7]), ("b", PLAIN)])])
    assert text.index("\x1b]8;;https://contoh.id/\x1b\\") < text.index("a")
    assert text.index("a") < text.index("\x1b]8;;\x1b\\") < text.index("b")


def test_after_a_wide_letter_the_cursor_is_put_anew() -> None:
    """Terminals do not agree on how wide such a letter is: what follows it is never written where it happens to stand."""
    writer = ScreenWriter(Terminal())
    empty = [row_of([]) for _ in range(HEIGHT - 1)]
    writer.frame([row_of([("abc", PLAIN)]), *empty])
    assert re.search("漢\x1b\\[[0-9;]*[A-Za-z]y", writer.frame([row_of([("漢y", PLAIN)]), *empty]))
    writer.frame([row_of([("abc", PLAIN)]), *empty])
    assert "xyz" in writer.frame([row_of([("xyz", PLAIN)]), *empty])


def test_line_feeds_begin_at_the_left() -> None:
    """On a terminal that does not go to the left by itself, a list that scrolls up is right, wherever the cursor was."""
    writer, emulator = ScreenWriter(Terminal(lines=True)), Emulator(WIDTH, HEIGHT)
    emulator.screen.reset_mode(20)
    lines = [row_of([(f"{n} {'abcdefgh'[n % 8] * 25}", PLAIN)]) for n in range(30)]
    returns = []
    for at in range(20):
        frame = lines[at : at + HEIGHT]
        if at % 3 == 1:
            writer.frame([*frame[:-1], row_of([("x", PLAIN)])])
            emulator = Emulator(WIDTH, HEIGHT)
            emulator.screen.reset_mode(20)
            writer.forget()
        text = writer.frame(frame)
        returns.append(text.count("\r"))
        emulator.feed(text)
        assert emulator.cells() == wanted(frame), at
    assert any(returns)
