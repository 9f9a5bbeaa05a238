"""The last door of text to the screen: widths to the cell, and nothing that a terminal obeys."""

from __future__ import annotations

import itertools
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from pmm_tui.tui.widgets.line_text import fit, make_strip, to_ascii, wrap
from pmm_tui.tui.widgets.look import choose_look

DARK = choose_look("gelap", False, True)
ASCII = choose_look("gelap", True, True)
WIDTH = st.integers(1, 90)
# Latin, wide, combining, emoji with joiners, flags, escapes, bidi, controls, markup
LETTERS = st.sampled_from(
    "aZ9 ,.'[]/@=\u00e9\u6f22\ud55c\uff76\u0301\u0308\ufe0f\u200d\x1b\x07\n\t\u202e\u2066\u200b\x9b\x00"
) | st.sampled_from(
    ["e\u0301", "\U0001f469\u200d\U0001f3eb", "\U0001f1ee\U0001f1e9", "[/]", "[@click=app.bell]", "\x1b]52;c;eA==\x07"]
)
TEXT = st.lists(LETTERS, max_size=30).map("".join) | st.text(max_size=30)
BIDI = "\u061c\u200b\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff"
NAUGHTY = st.sampled_from(
    (
        "\x1b[31m",
        "\x1b]52;c;eA==\x07",
        "\x9b2J",
        "a\u202eb",
        "\u200fx",
        "a\u200bb",
        "\r",
        "\n",
        "\x00",
        "\x07",
        "\x7f",
        "\ufeff",
        "\x1b(0",
    )
)


@given(TEXT, WIDTH)
def test_fit_never_exceeds_its_width(text: str, width: int) -> None:
    """A cut text fits, says so with its sign, and a text that fits is left alone."""
    cut = fit(text, width)
    assert cell_len(cut) <= width
    assert cut == text if cell_len(text) <= width else cut.endswith("…")


def test_fit_without_room_is_empty() -> None:
    """No room gives no text, not a sign beyond the edge."""
    assert fit("nama", 0) == fit("nama", -3) == ""


@given(TEXT, st.integers(8, 90))
def test_wrap_fits_and_loses_nothing(text: str, width: int) -> None:
    """Every line fits, and all that is not space is there once, in order."""
    lines = wrap(text, width)
    assert lines
    assert all(cell_len(line) <= width for line in lines)
    assert "".join("".join(lines).split()) == "".join(text.split())


@given(st.lists(st.text(st.characters(categories=["L"]), min_size=1, max_size=7), min_size=1, max_size=20), st.integers(20, 60))
def test_wrap_breaks_at_spaces(words: list[str], width: int) -> None:
    """Words that fit are never cut, and a line is broken only where the next word would not fit."""
    lines = wrap(" ".join(words), width)
    assert " ".join(lines).split() == " ".join(words).split()
    for line, after in itertools.pairwise(lines):
        assert cell_len(line) + 1 + cell_len(after.split()[0]) > width


@given(st.lists(TEXT, max_size=5), WIDTH, st.booleans())
def test_line_is_exactly_as_wide_as_asked(pieces: list[str], width: int, plain_signs: bool) -> None:
    """A composed line has exactly its width in cells, as the terminal counts them piece by piece."""
    strip = make_strip(width, [(text, None) for text in pieces], ASCII if plain_signs else DARK)
    assert strip.cell_length == width
    assert sum(cell_len(segment.text) for segment in strip) == width


@given(st.lists(TEXT | NAUGHTY, max_size=6), WIDTH, st.booleans())
def test_nothing_passes_that_a_terminal_obeys(pieces: list[str], width: int, plain_signs: bool) -> None:
    """No control, escape, bidi or line-breaking character reaches a line, and no segment carries a control code."""
    for segment in make_strip(width, [(text, None) for text in pieces], ASCII if plain_signs else DARK):
        assert not [c for c in segment.text if unicodedata.category(c) in ("Cc", "Cs", "Zl", "Zp") or c in BIDI]
        assert not segment.control


@given(st.lists(TEXT, max_size=5), WIDTH)
def test_ascii_look_is_ascii(pieces: list[str], width: int) -> None:
    """In ASCII mode a line has no other character, whatever was in the text."""
    assert all(segment.text.isascii() for segment in make_strip(width, [(text, None) for text in pieces], ASCII))


@given(TEXT)
def test_spelling_out_gives_ascii_and_keeps_ascii(text: str) -> None:
    """Spelling out ends in ASCII and leaves ASCII as it was."""
    assert to_ascii(text).isascii()
    plain = text.encode("ascii", "ignore").decode()
    assert to_ascii(plain) == plain


def test_accents_are_spelled_out() -> None:
    """A letter with an accent becomes the letter, a typographic sign its plain one, anything else a question mark."""
    assert to_ascii("Andr\u00e9 Lam\u00e9n \u00c8l \u2013 \u201cX\u201d \u6f22") == 'Andre Lamen El - "X" ?'


@pytest.mark.parametrize("hostile", ["[/]", "[bold]x[/bold]", "[@click=app.bell]x[/]", "\\[x]", "[link=http://x]y"])
def test_markup_is_text(hostile: str) -> None:
    """What looks like markup is shown letter by letter."""
    assert hostile in "".join(segment.text for segment in make_strip(60, [(hostile, None)], DARK))
