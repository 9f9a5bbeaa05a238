"""The one door for outside text: what passes cannot steer a terminal or hide, and what a person reads stays."""

from __future__ import annotations

import re
import sys
import unicodedata
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pmm_tui.text import MAX_DEPTH, MAX_LENGTH, clean, clean_tree, quoted, shorten

# Default_Ignorable_Code_Point and the bidi controls of the Unicode character database (CWE-1007).
INVISIBLE = re.compile(
    "[\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff"
    "\uffa0\ufff0-\ufffb\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff]"
)
NASTY = st.text(
    alphabet=st.one_of(
        st.sampled_from("\x1b\x00\x07\x9b\x7f\r\n\t\v\u2028\u2029\u202e\u2066\u200d\u200b\ufe0f\ud800\udfff\xa0\u3000 aeé"),
        st.characters(categories=["Mn", "Me", "Mc"]),
        st.characters(),
    )
)


def harmless(text: str, *, lines: bool = False) -> bool:
    """Whether nothing in it steers a terminal or is unseen."""
    control = {c for c in text if unicodedata.category(c) in ("Cc", "Cs", "Zl", "Zp")}
    return control <= ({"\n"} if lines else set()) and not INVISIBLE.search(text)


@given(NASTY, st.booleans(), st.integers(1, 60))
@settings(deadline=None)
def test_what_passed_passes_unchanged(text: str, lines: bool, limit: int) -> None:
    """Cleaned text is harmless, composed, within its length, without space at its ends, and cleaning it again changes nothing."""
    once = clean(text, lines=lines, limit=limit)
    assert harmless(once, lines=lines)
    assert unicodedata.is_normalized("NFC", once)
    assert len(once) <= limit
    assert once == once.strip()
    assert clean(once, lines=lines, limit=limit) == once


def test_no_character_of_unicode_slips_through() -> None:
    """Of all code points at once none that controls, hides or stands alone as a surrogate is left."""
    every = "".join(map(chr, range(sys.maxunicode + 1)))
    left = clean(every, limit=len(every))
    assert harmless(left)
    assert {unicodedata.category(c) for c in left if c.isspace()} == {"Zs"}
    assert {c for c in left if c.isspace()} == {" "}
    assert len(left) > 250_000  # and the letters are still there


@given(st.text(alphabet=st.characters(min_codepoint=0x20, max_codepoint=0x7E)))
@settings(deadline=None)
def test_visible_ascii_stays(text: str) -> None:
    """Plain printable text comes out as it went in, but for space at its ends."""
    assert clean(text) == text.strip()
    assert clean(text, lines=True) == text.strip()


@pytest.mark.parametrize(
    "nama",
    [
        "Nur'aini, S.Pd. [x]",
        "Ñoman Èlisabeth",
        "Siti O’Neil “Ani” – M.Pd.",
        "I Gusti Ngurah [bold]Rai[/bold] \\[x]",
        "Ahmad bin ‘Abdullāh",
        "Müller-Groß, Dr. h.c.",
        "Nguyễn Thị Ánh",
        "李小龙 / 이소룡 / ブルース",
        "ꦱꦶꦠꦶ ᬲᬶᬢᬶ สิรินธร नरेंद्र",
        '50% & <b> {x} $y `z` "q" #1 @a ~/ ^',
    ],
)
def test_names_and_signs_stay(nama: str) -> None:
    """Names of any script, degrees, quotation marks and what would be markup elsewhere come out unchanged."""
    assert clean(nama) == nama


def test_what_is_decomposed_is_composed() -> None:
    """A letter and its accent become the one letter that the database and the search know."""
    assert clean("N\u0303oman E\u0300lisabeth") == "Ñoman Èlisabeth"


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("\x1b[2J\x1b]0;x\x07Siti", "[2J]0;xSiti"),
        ("\x9b31mSiti\x9c", "31mSiti"),
        ("Siti\u202eitiS", "SitiitiS"),
        ("Si\u200bti\ufeff", "Siti"),
        ("Si\xadti", "Siti"),
        ("Siti\ud83d", "Siti"),
        ("Siti\x00", "Siti"),
        ("Siti\r\nAni", "Siti Ani"),
        ("Siti\t\tAni", "Siti Ani"),
        ("Siti\u2028Ani\x85Budi", "Siti Ani Budi"),
        ("Siti\xa0Ani\u3000Budi", "Siti Ani Budi"),
        ("\n\u200b \xa0", ""),
        ("", ""),
    ],
)
def test_what_steers_or_hides_goes(text: str, wanted: str) -> None:
    """Escape sequences lose their escape, bidi, zero-width and lone surrogates vanish, breaks and odd spaces become one space."""
    assert clean(text) == wanted


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("a\nb", "a\nb"),
        ("a\r\nb\rc", "a\nb\nc"),
        ("a\n\n\nb", "a\nb"),
        ("a\n\u200b\nb", "a\nb"),
        ("a\tb", "a b"),
        ("a\t\nb", "a\nb"),
        ("\na\n", "a"),
        ("a\u2029b\x1eb", "a\nb\nb"),
    ],
)
def test_line_breaks_stay_where_lines_are_wanted(text: str, wanted: str) -> None:
    """With `lines` every kind of break is one newline, however many stood there; a tab is a space still."""
    assert clean(text, lines=True) == wanted


@pytest.mark.parametrize("mark", ["\u0316", "\u0334", "\u0489", "\u20dd", "\u0e47", "\u064b"])
def test_a_flood_of_marks_is_cut(mark: str) -> None:
    """Three marks stay on one letter, or before the first, of whatever kind they are; the letters around them stay."""
    for letter in ("b", ""):
        for many in (1, 2, 3):
            assert clean(letter + mark * many + "c") == letter + mark * many + "c"
        for many in (4, 5, 500):
            assert clean(letter + mark * many + "c") == letter + mark * 3 + "c"
    assert clean(f"b{mark * 9}c{mark * 9}") == f"b{mark * 3}c{mark * 3}"


def test_a_flood_on_a_composed_letter_is_cut() -> None:
    """One mark of a flood may become part of the letter; three more stay."""
    assert clean("e" + "\u0301" * 500) == "é" + "\u0301" * 3


@pytest.mark.parametrize(
    ("text", "wanted"), [("👍🏽 baik", "👍🏽 baik"), ("👨\u200d👩\u200d👧", "👨👩👧"), ("❤\ufe0f", "❤"), ("🇮🇩", "🇮🇩")]
)
def test_emoji_stay_readable(text: str, wanted: str) -> None:
    """Of joined emoji each one stays; only the joiners go, as terminals disagree on their width."""
    assert clean(text) == wanted


@pytest.mark.parametrize("text", ["x" * 10_000, "é" * 10_000, "\u0958" * 10_000, "e\u0301" * 10_000])
def test_nothing_is_longer_than_a_field_needs(text: str) -> None:
    """Without a limit of its own a text keeps MAX_LENGTH characters, also where composing makes it longer or shorter."""
    assert len(clean(text)) == MAX_LENGTH


trees = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.floats(allow_nan=False), NASTY),
    lambda inner: st.one_of(st.lists(inner, max_size=4), st.dictionaries(NASTY, inner, max_size=4)),
    max_leaves=12,
)


def _texts(value: Any) -> list[str]:
    if isinstance(value, dict):
        return [*value, *(text for item in value.values() for text in _texts(item))]
    if isinstance(value, list):
        return [text for item in value for text in _texts(item)]
    return [value] if isinstance(value, str) else []


@given(trees)
@settings(deadline=None)
def test_every_text_in_a_tree_is_cleaned(value: Any) -> None:
    """Keys and values at any depth are harmless afterwards, other values are the same, and a second time changes nothing."""
    once = clean_tree(value)
    assert all(harmless(text, lines=True) for text in _texts(once))
    assert clean_tree(once) == once
    if not isinstance(value, (str, list, dict)):
        assert once is value


def test_keys_have_one_line_and_values_may_have_more() -> None:
    """A key never breaks a line; a value keeps its line breaks."""
    assert clean_tree({"a\nb": ["c\nd", {"e": 5}]}) == {"a b": ["c\nd", {"e": 5}]}


@pytest.mark.parametrize("wrap", [lambda x: [x], lambda x: {"a": x}])
def test_what_is_nested_too_deeply_is_refused(wrap: Any) -> None:
    """MAX_DEPTH levels are followed, one more raises ValueError, and so do a hundred thousand."""
    value: Any = "x"
    for _ in range(MAX_DEPTH):
        value = wrap(value)
    assert clean_tree(value) == value
    for deeper in (1, 100_000):
        for _ in range(deeper):
            value = wrap(value)
        with pytest.raises(ValueError, match="nested"):
            clean_tree(value)


@given(st.text(), st.integers(1, 40))
@settings(deadline=None)
def test_a_shortened_text_fits_and_shows_its_cut(text: str, limit: int) -> None:
    """What fits is unchanged; else the beginning stays, within the limit, and ends in the mark of the cut."""
    cut = shorten(text, limit)
    assert len(cut) <= limit
    if len(text) <= limit:
        assert cut == text
    else:
        assert cut.endswith("…")
        assert text.startswith(cut[:-1])
        assert not cut[:-1].endswith(" ")


@given(NASTY, st.integers(1, 40))
@settings(deadline=None)
def test_a_quoted_text_is_part_of_one_line(text: str, limit: int) -> None:
    """What somebody wrote stands in quotation marks, on one line, within its limit, its words apart by one space."""
    said = quoted(clean(text, lines=True), limit)
    assert said[0] == said[-1] == '"'
    assert len(said) <= limit + 2
    assert harmless(said)
    assert quoted("a \n b  c") == '"a b c"'
    assert quoted("x" * 40) == f'"{"x" * 40}"'
    assert quoted("x" * 41) == f'"{"x" * 39}…"'
