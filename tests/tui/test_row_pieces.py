"""What each kind of row looks like, cell by cell and style by style, and how text is cut and wrapped for it."""

from __future__ import annotations

import pytest
from rich.segment import Segment
from rich.style import Style

from pmm_tui.tui.widgets.line_edit import EDIT_KEYS, LineEdit
from pmm_tui.tui.widgets.line_text import cursor_part, ends, fit, make_strip, wrap
from pmm_tui.tui.widgets.look import StyleName, Styles, choose_look
from pmm_tui.tui.widgets.row_painter import RowPainter, height
from pmm_tui.tui.widgets.rows import Button, Choice, Field, Gap, Heading, Pair, Row, Text, id_of, problem_row

LOOK = choose_look("gelap", False, True)
WORDS = "satu dua tiga empat lima enam tujuh delapan"
Drawn = list[list[tuple[str, str]]]


def style_name(style: Style | None) -> str:
    """The name of a style of the look; empty for plain text."""
    return next((name for name in Styles.__struct_fields__ if getattr(LOOK.styles, name) is style), "")


def drawn(row: Row, *, cursor: str = "", edit: LineEdit = LineEdit()) -> Drawn:  # noqa: B008  a frozen value
    """The pieces of each line of a row that is 40 cells wide, with the names of their styles; empty pieces are left out."""
    painter = RowPainter(LOOK, 40, cursor, edit)
    lines = [painter.line(row, number) for number in range(height(row, 40))]
    return [[(text, style_name(style)) for text, style in pieces if text] for pieces in lines]


ROWS: list[tuple[Row, str, Drawn]] = [
    (Heading("Judul"), "", [[("  Judul", "strong")]]),
    (Heading("Judul", "kanan"), "", [[("  Judul", "strong"), (" " * 27, ""), ("kanan", "dim")]]),
    (Gap(), "", [[("  ", "")]]),
    (
        Text(WORDS, "warning", 2, "R", "good"),
        "",
        [
            [("    satu dua tiga empat lima enam", "warning"), (" " * 5, ""), ("R", "good")],
            [("    tujuh delapan", "warning")],
        ],
    ),
    (
        Pair("Nama", WORDS, "catatan", "error"),
        "",
        [
            [("  Nama                  satu dua tiga", "")],
            [("                        empat lima enam", "")],
            [("                        tujuh delapan", "")],
            [(" " * 24, ""), ("catatan", "error")],
        ],
    ),
    (Pair("", "isi"), "", [[("  isi", "")]]),
    (
        Choice("a", WORDS, True, right="10", note="catatan"),
        "",
        [
            [("  (•) ", ""), ("satu dua tiga empat lima enam", "strong"), ("  ", ""), ("10", "")],
            [("      ", ""), ("tujuh delapan", "")],
            [("      ", ""), ("catatan", "dim")],
        ],
    ),
    (
        Choice("a", WORDS, True, right="10", note="catatan"),
        "a",
        [
            [("► (•) satu dua tiga empat", "cursor"), (" lima enam", ""), ("  ", ""), ("10", "")],
            [("      ", ""), ("tujuh delapan", "")],
            [("      ", ""), ("catatan", "dim")],
        ],
    ),
    (Choice("a", "A", False), "b", [[("  ( ) ", ""), ("A", "")]]),
    (Choice("a", "A", False, tick=True), "", [[("  [ ] ", ""), ("A", "")]]),
    (Choice("a", "A", True, tick=True), "a", [[("► [x] A", "cursor")]]),
    (
        Button("a", WORDS, note="catatan panjang sekali yang dibungkus", right="R"),
        "",
        [
            [("  ", ""), ("satu dua tiga empat lima enam tujuh", "accent"), (" ", ""), ("R", "dim")],
            [("  ", ""), ("delapan", "accent")],
            [("    ", ""), ("catatan panjang sekali yang", "dim")],
            [("    ", ""), ("dibungkus", "dim")],
        ],
    ),
    (
        Button("a", WORDS, style="error"),
        "a",
        [[("► satu dua tiga empat", "cursor"), (" lima enam tujuh", "error")], [("  ", ""), ("delapan", "error")]],
    ),
    (
        Field("a", "Label", "nilai", width=10, note="catatan", note_style="warning", indent=2),
        "",
        [[("    Label               ", ""), ("nilai     ", "field")], [(" " * 24, ""), ("catatan", "warning")]],
    ),
    (
        Field("a", "Label yang terlalu panjang", "nilai yang panjang", width=10),
        "",
        [[("  Label yang terlalu p… ", ""), ("nilai yan…", "field")]],
    ),
    (Field("a", "Label", "rahasia", width=30, secret=True), "", [[("  Label" + " " * 17, ""), ("•••••••        ", "field")]]),
]


@pytest.mark.parametrize(("row", "cursor", "lines"), ROWS)
def test_each_kind_of_row(row: Row, cursor: str, lines: Drawn) -> None:
    """Sign, label, right end and note stand where they belong; only the row under the cursor has its sign and its bar."""
    assert drawn(row, cursor=cursor) == lines


LETTERS = "abcdefghijklmnop"


@pytest.mark.parametrize(
    ("edit", "typed"),
    [
        (LineEdit("abcdef", 3), [("abc", "field"), ("d", "edit"), ("ef    ", "field")]),
        (LineEdit("abcdef", 0), [("a", "edit"), ("bcdef    ", "field")]),
        (LineEdit(LETTERS, 12), [("defghijkl", "field"), ("m", "edit")]),
        (LineEdit(LETTERS, 16), [("hijklmnop", "field"), (" ", "edit")]),
        (LineEdit(LETTERS, 2), [("ab", "field"), ("c", "edit"), ("defghij", "field")]),
        (LineEdit("12", 2, True), [("12", "edit"), (" " * 8, "field")]),
        (LineEdit(LETTERS, 2, True), [("abcdefghi", "edit"), (" ", "field")]),
        (LineEdit("漢字漢字漢字", 6), [("漢字漢字", "field"), (" ", "edit"), (" ", "field")]),
    ],
)
def test_what_is_typed_is_shown_around_its_cursor(edit: LineEdit, typed: list[tuple[str, str]]) -> None:
    """The field under the cursor shows the edit, not the value: as much of it as has room, and always the text cursor."""
    assert drawn(Field("a", "Label", "lain", width=10), cursor="a", edit=edit) == [[("► Label" + " " * 17, "cursor"), *typed]]


def test_a_secret_is_typed_as_dots() -> None:
    """While it is typed neither its letters nor more of it than its length are shown."""
    (line,) = drawn(Field("a", "Token", "lama", secret=True), cursor="a", edit=LineEdit("rahasia", 7))
    assert line[1:] == [("•••••••", "field"), (" ", "edit"), (" " * 7, "field")]


def test_only_what_can_be_pressed_or_typed_in_has_an_id() -> None:
    """The id of a row is its own, of any other kind it is the empty string."""
    rows = (Choice("a", "A", False), Field("b", "B", ""), Button("c", "C"), Heading("J"), Text("t"), Gap(), Pair("l", "t"))
    assert [id_of(row) for row in rows] == ["a", "b", "c", "", "", "", ""]


def test_the_row_of_a_problem_tells_by_sign_and_style_whether_it_stops() -> None:
    """What stops the plan has `!` and the colour of errors, what only warns a dash and that of warnings."""
    assert problem_row("a", "Isi.", True) == Button("a", "! Isi.", style="error")
    assert problem_row("a", "Isi.", False) == Button("a", "- Isi.", style="warning")


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("a" * 22, "a" * 22),
        ("a" * 23, "a" * 22),
        ("satu dua tiga empat lima", "satu dua tiga empat"),
        ("satu dua tiga empat la b", "satu dua tiga empat la"),
        ("ab cdefghijklmnopqrstuvwxyz", "ab cdefghijklmnopqrstu"),
        ("abcdefg hijklmnopqrstuvwxyz", "abcdefg hijklmnopqrstu"),
        ("abcdefgh ijklmnopqrstuvwxyz", "abcdefgh"),
    ],
)
def test_the_bar_covers_whole_words_of_the_beginning(text: str, part: str) -> None:
    """At most 22 cells, ended after a word, unless that would leave less than a third of the bar."""
    assert cursor_part(text) == part


@pytest.mark.parametrize(
    ("text", "width", "lines"),
    [
        ("aaa bbb ccc", 7, ("aaa bbb", "ccc")),
        ("aaa bbb ccc", 6, ("aaa", "bbb", "ccc")),
        ("aaa  bbb", 8, ("aaa  bbb",)),
        ("ab abcdefghijklmnop", 12, ("ab abcdefghi", "jklmnop")),
        ("abc abcdefghijklmnop", 12, ("abc abcdefgh", "ijklmnop")),
        ("abcd abcdefghijklmnop", 12, ("abcd", "abcdefghijkl", "mnop")),
        ("a\nb", 10, ("a", "b")),
        ("a\n\nb", 10, ("a", "", "b")),
        ("漢字漢字漢字漢", 9, ("漢字漢字", "漢字漢")),
        ("", 5, ("",)),
    ],
)
def test_where_lines_are_broken(text: str, width: int, lines: tuple[str, ...]) -> None:
    """At spaces and line breaks; a word longer than a line begins in the line before where at least eight cells are left there."""
    assert wrap(text, width) == lines


@pytest.mark.parametrize(
    ("text", "width", "ellipsis", "cut"),
    [
        ("abcdef", 6, "…", "abcdef"),
        ("abcdef", 5, "…", "abcd…"),
        ("ab cdef", 4, "…", "ab…"),
        ("abc", 1, "…", "…"),
        ("abcdef", 4, "", "abcd"),
        ("漢字漢", 4, "…", "漢…"),
    ],
)
def test_where_a_text_is_cut(text: str, width: int, ellipsis: str, cut: str) -> None:
    """As much is kept as leaves room for the sign of the cut, without a blank before it."""
    assert fit(text, width, ellipsis) == cut


def test_what_a_line_is_made_of() -> None:
    """Pieces keep their style, those without one and the rest have the background; what has no room is cut, an empty one gone."""
    dim, title = LOOK.styles.dim, LOOK.styles.title
    assert list(make_strip(8, [("ab", dim), ("", dim), ("cd", None)], LOOK, title)) == [
        Segment("ab", dim),
        Segment("cd", title),
        Segment("    ", title),
    ]
    assert list(make_strip(3, [("ab", dim), ("cd", None), ("ef", None)], LOOK)) == [Segment("ab", dim), Segment("c")]
    assert list(make_strip(2, [("ab", dim), ("cd", None)], LOOK)) == [Segment("ab", dim)]
    assert list(make_strip(6, [("  a\x1bb ", None)], LOOK)) == [Segment("  ab "), Segment(" ")]


@pytest.mark.parametrize(
    ("keys", "before", "after"),
    [
        ("left", LineEdit("abc", 2), LineEdit("abc", 1)),
        ("left", LineEdit("abc", 0), LineEdit("abc", 0)),
        ("right", LineEdit("abc", 1), LineEdit("abc", 2)),
        ("right", LineEdit("abc", 3), LineEdit("abc", 3)),
        ("ctrl+left", LineEdit("satu dua ", 9), LineEdit("satu dua ", 5)),
        ("ctrl+left", LineEdit("satu dua", 5), LineEdit("satu dua", 0)),
        ("ctrl+right", LineEdit("satu dua", 0), LineEdit("satu dua", 4)),
        ("ctrl+right", LineEdit("satu dua", 4), LineEdit("satu dua", 8)),
        ("backspace", LineEdit("abc", 2), LineEdit("ac", 1)),
        ("backspace", LineEdit("abc", 0), LineEdit("abc", 0)),
        ("delete", LineEdit("abc", 1), LineEdit("ac", 1)),
        ("delete", LineEdit("abc", 3), LineEdit("abc", 3)),
        ("delete", LineEdit("abc", 3, True), LineEdit("", 0)),
    ],
)
def test_each_editing_key_by_example(keys: str, before: LineEdit, after: LineEdit) -> None:
    """A key moves or takes exactly one letter or one word, and nothing beyond the ends; all that is marked goes at once."""
    assert EDIT_KEYS[keys](before) == after


@pytest.mark.parametrize(
    ("before", "text", "limit", "after"),
    [
        (LineEdit("abd", 2), "c", 4, LineEdit("abcd", 3)),
        (LineEdit("abd", 2), "xyz", 5, LineEdit("abxyd", 4)),
        (LineEdit("abd", 2), "x", 3, LineEdit("abd", 2)),
        (LineEdit("abcd", 2), "x", 3, LineEdit("abcd", 2)),
        (LineEdit("12", 2, True), "345", 2, LineEdit("34", 2)),
        (LineEdit("12", 2, True), "", 2, LineEdit("12", 2, True)),
    ],
)
def test_inserting_stops_at_the_limit(before: LineEdit, text: str, limit: int, after: LineEdit) -> None:
    """What has no room is left out, not what was there; in place of what is marked the limit holds too."""
    assert before.insert(text, limit) == after


@pytest.mark.parametrize(
    ("theme", "plain", "colour", "like", "ascii"),
    [
        ("gelap", False, True, "gelap", False),
        ("terang", True, True, "terang", True),
        ("tidak dikenal", False, True, "gelap", False),
        ("terang", False, False, "ansi", False),
        ("hemat", False, True, "hemat", True),
        ("hemat", False, False, "hemat", True),
    ],
)
def test_which_look_is_chosen(theme: str, plain: bool, colour: bool, like: str, ascii: bool) -> None:
    """Without colour it is the plain theme, but thrift stays thrift; thrift has plain signs, an unknown theme is the dark one."""
    look = choose_look(theme, plain, colour)
    assert (look.styles, look.signs) == (choose_look(like, False, True).styles, choose_look("gelap", ascii, True).signs)
    assert (look.ascii, look.thrifty) == (ascii, theme == "hemat")


NAMES: tuple[StyleName, ...] = ("dim", "strong", "good", "warning", "error", "accent")


def test_styles_have_their_names() -> None:
    """A style is found by its name; the empty name is plain text."""
    assert [LOOK.styles.named(name) for name in NAMES] == [getattr(LOOK.styles, name) for name in NAMES]
    assert LOOK.styles.named("") is None


def test_a_line_has_its_right_end_where_there_is_room() -> None:
    """Two blanks stay between both; cells count, not letters; without a right end nothing is put behind the left."""
    assert ends("ab", "cd", 6) == "ab  cd"
    assert ends("ab", "cd", 5) == "ab"
    assert ends("名", "cd", 6) == "名  cd"
    assert ends("ab", "", 9) == "ab"
