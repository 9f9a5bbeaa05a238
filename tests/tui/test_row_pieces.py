"""What each kind of row looks like, cell by cell and style by style, and how text is cut and wrapped for it."""

from __future__ import annotations

import pytest
from rich.segment import Segment
from rich.style import Style

from pmm_tui.tui.widgets.line_edit import EDIT_KEYS, LineEdit
from pmm_tui.tui.widgets.line_text import ends, fit, make_strip, wrap
from pmm_tui.tui.widgets.look import StyleName, Styles, choose_look
from pmm_tui.tui.widgets.row_layout import height
from pmm_tui.tui.widgets.row_painter import RowPainter
from pmm_tui.tui.widgets.rows import (
    Button,
    Buttons,
    Choice,
    Field,
    Gap,
    Heading,
    Item,
    Pair,
    Row,
    Text,
    cursor_rows,
    problem_row,
)

LOOK = choose_look("gelap", False, True)
FLAT = choose_look("ansi", False, True)
THRIFTY = choose_look("hemat", False, True)
WORDS = "satu dua tiga empat lima enam tujuh delapan"
Drawn = list[list[tuple[str, str]]]


def style_name(style: Style | None) -> str:
    """The name of a style of the look; empty for plain text."""
    return next((name for name in Styles.__struct_fields__ if getattr(LOOK.styles, name) is style), "")


def drawn(row: Row, *, cursor: str = "", edit: LineEdit = LineEdit(), away: bool = False) -> Drawn:  # noqa: B008  a frozen value
    """The pieces of each line of a row that is 40 cells wide, with the names of their styles; empty pieces are left out."""
    painter = RowPainter(LOOK, 40, cursor, edit, away)
    lines = [painter.line(row, number) for number in range(height(row, 40, False))]
    return [[(text, style_name(style)) for text, style in pieces if text] for pieces in lines]


ROWS: list[tuple[Row, str, Drawn]] = [
    (Heading("Judul"), "", [[("  Judul", "heading")]]),
    (Heading("Judul", "kanan"), "", [[("  Judul", "heading"), (" " * 26, ""), ("kanan", "dim")]]),
    (Gap(), "", [[("  ", "")]]),
    (
        Text(WORDS, "warning", 2, "R", "good"),
        "",
        [
            [("    satu dua tiga empat lima enam", "warning"), (" " * 4, ""), ("R", "good")],
            [("    tujuh delapan", "warning")],
        ],
    ),
    (
        Pair("Nama", WORDS, "catatan", "error"),
        "",
        [
            [("  Nama                  ", "dim"), ("satu dua tiga", "")],
            [(" " * 24, "dim"), ("empat lima enam", "")],
            [(" " * 24, "dim"), ("tujuh delapan", "")],
            [(" " * 24, ""), ("catatan", "error")],
        ],
    ),
    (Pair("", "isi"), "", [[("  isi", "")]]),
    (
        Choice("a", WORDS, True, right="10", note="catatan"),
        "",
        [
            [("  (•) ", ""), ("satu dua tiga empat lima enam", "strong"), (" ", ""), ("10", "")],
            [("      ", ""), ("tujuh delapan", "strong")],
            [("      ", ""), ("catatan", "dim")],
        ],
    ),
    (
        Choice("a", WORDS, True, right="10", note="catatan"),
        "a",
        [
            [("► (•) satu dua tiga empat lima enam 10  ", "cursor")],
            [("      tujuh delapan                     ", "cursor")],
            [("      catatan                           ", "cursor")],
        ],
    ),
    (Choice("a", "A", False), "b", [[("  ( ) ", ""), ("A", "")]]),
    (Choice("a", "A", False, tick=True), "", [[("  [ ] ", ""), ("A", "")]]),
    (Choice("a", "A", True, tick=True), "a", [[("► [x] A" + " " * 33, "cursor")]]),
    (
        Item("a", WORDS, note="catatan panjang sekali yang dibungkus", right="R"),
        "",
        [
            [("  ", ""), ("satu dua tiga empat lima enam tujuh", ""), (" ", ""), ("R", "dim")],
            [("  ", ""), ("delapan", "")],
            [("    ", ""), ("catatan panjang sekali yang", "dim")],
            [("    ", ""), ("dibungkus", "dim")],
        ],
    ),
    (
        Item("a", WORDS, style="error"),
        "a",
        [[("► satu dua tiga empat lima enam tujuh   ", "cursor")], [("  delapan" + " " * 31, "cursor")]],
    ),
    (Button("a", "Lanjut"), "", [[(" ", ""), (" ", "accent"), (" Lanjut ", "button"), (" ", "")]]),
    (
        Button("a", "Lanjut", right="F6", main=True),
        "",
        [[(" ", ""), (" ", "accent"), (" Lanjut ", "main_button"), (" F6 ", "dim")]],
    ),
    (Button("a", "Lanjut", main=True), "a", [[(" ", ""), ("►", "accent"), (" Lanjut ", "cursor"), (" ", "")]]),
    (Button("a", "A", note="pendek"), "", [[(" ", ""), (" ", "accent"), (" A ", "button"), (" ", ""), (" pendek", "dim")]]),
    (
        Button("a", "A", note="catatan panjang sekali yang dibungkus"),
        "",
        [
            [(" ", ""), (" ", "accent"), (" A ", "button"), (" ", "")],
            [("    ", ""), ("catatan panjang sekali yang", "dim")],
            [("    ", ""), ("dibungkus", "dim")],
        ],
    ),
    (
        Buttons((Button("a", "Batal"), Button("b", "Ya"))),
        "b",
        [
            [(" ", ""), (" ", "accent"), (" Batal ", "button"), (" ", ""), ("►", "accent"), (" Ya ", "cursor"), (" ", "")],
        ],
    ),
    (
        Buttons((Button("a", "Batalkan semuanya"), Button("b", "Ya, lanjutkan saja"))),
        "a",
        [
            [(" ", ""), ("►", "accent"), (" Batalkan semuanya ", "cursor"), (" ", "")],
            [(" ", ""), (" ", "accent"), (" Ya, lanjutkan saja ", "button"), (" ", "")],
        ],
    ),
    (
        Field("a", "Label", "nilai", width=9, note="kurang", note_style="warning", indent=2),
        "",
        [
            [("    Label" + " " * 14, ""), ("▐", "edge"), ("nilai    ", "field"), ("▌", "edge")],
            [(" " * 24, ""), ("kurang", "warning")],
        ],
    ),
    (
        Field("a", "Label", "5", width=3, note="satuan"),
        "",
        [[("  Label" + " " * 16, ""), ("▐", "edge"), ("5  ", "field"), ("▌", "edge"), (" satuan", "dim")]],
    ),
    (
        Field("a", "Label", "", width=10, hint="hh-bb-tttt"),
        "",
        [[("  Label" + " " * 16, ""), ("▐", "edge"), ("hh-bb-tttt", "hint"), ("▌", "edge")]],
    ),
    (
        Field("a", "Label yang terlalu panjang", "nilai yang panjang", width=10),
        "",
        [[("  Label yang terlalu…  ", ""), ("▐", "edge"), ("nilai yan…", "field"), ("▌", "edge")]],
    ),
    (
        Field("a", "Label", "rahasia", width=30, secret=True),
        "",
        [[("  Label" + " " * 16, ""), ("▐", "edge"), ("•••••••" + " " * 7, "field"), ("▌", "edge")]],
    ),
]


@pytest.mark.parametrize(("row", "cursor", "lines"), ROWS)
def test_each_kind_of_row(row: Row, cursor: str, lines: Drawn) -> None:
    """Sign, label, right end and note stand where they belong; only the row under the cursor has its sign and its bar."""
    assert drawn(row, cursor=cursor) == lines


LETTERS = "abcdefghijklmnop"


@pytest.mark.parametrize(
    ("edit", "typed"),
    [
        (LineEdit("abcdef", 3), [("abc", "field_here"), ("d", "edit"), ("ef    ", "field_here")]),
        (LineEdit("abcdef", 0), [("a", "edit"), ("bcdef    ", "field_here")]),
        (LineEdit(LETTERS, 12), [("defghijkl", "field_here"), ("m", "edit")]),
        (LineEdit(LETTERS, 16), [("hijklmnop", "field_here"), (" ", "edit")]),
        (LineEdit(LETTERS, 2), [("ab", "field_here"), ("c", "edit"), ("defghij", "field_here")]),
        (LineEdit("12", 2, True), [("12", "edit"), (" " * 8, "field_here")]),
        (LineEdit(LETTERS, 2, True), [("abcdefghi", "edit"), (" ", "field_here")]),
        (LineEdit("漢字漢字漢字", 6), [("漢字漢字", "field_here"), (" ", "edit"), (" ", "field_here")]),
    ],
)
def test_what_is_typed_is_shown_around_its_cursor(edit: LineEdit, typed: list[tuple[str, str]]) -> None:
    """The field under the cursor shows the edit, not the value: as much of it as has room, and always the text cursor."""
    assert drawn(Field("a", "Label", "lain", width=10), cursor="a", edit=edit) == [
        [("► Label" + " " * 16, "heading"), ("▐", "edge_here"), *typed, ("▌", "edge_here")]
    ]


def test_a_secret_is_typed_as_dots() -> None:
    """While it is typed neither its letters nor more of it than its length are shown."""
    (line,) = drawn(Field("a", "Token", "lama", secret=True), cursor="a", edit=LineEdit("rahasia", 7))
    assert line[2:-1] == [("•••••••", "field_here"), (" ", "edit"), (" " * 6, "field_here")]


def test_the_bar_is_grey_while_the_keys_go_elsewhere() -> None:
    """Behind a question nothing is blue, no field has a text cursor, and no row the sign: there is one on the screen."""
    assert drawn(Choice("a", "A", False), cursor="a", away=True) == [[("  ( ) A" + " " * 33, "cursor_away")]]
    assert drawn(Button("a", "A"), cursor="a", away=True)[0][2] == (" A ", "cursor_away")
    (field,) = drawn(Field("a", "Label", "isi", width=5), cursor="a", away=True)
    assert field[2] == ("isi  ", "field")


def test_without_grounds_brackets_tell_a_button() -> None:
    """In 16 colours and without any a button has brackets, as it has no ground."""
    painter = RowPainter(FLAT, 40, "", LineEdit())
    assert "".join(text for text, _ in painter.line(Button("a", "Lanjut"), 0)) == "  [Lanjut] "


def test_the_thrifty_look_has_no_bar_no_edges_and_no_buttons_beside_each_other() -> None:
    """It tells the row under the cursor by its sign alone, and gives every button a line."""
    painter = RowPainter(THRIFTY, 40, "a", LineEdit("isi", 3))

    def text(row: Row, number: int = 0) -> str:
        return "".join(piece for piece, _ in painter.line(row, number)).rstrip()

    both = Buttons((Button("a", "Batal"), Button("b", "Ya")))
    assert (height(both, 40, True), text(both), text(both, 1)) == (2, "> Batal", "  Ya")
    assert text(Field("a", "Label", "isi", width=5, note="satuan")) == "> Label" + " " * 17 + "isi"
    assert height(Field("a", "Label", "isi", width=3, note="satuan"), 40, True) == 2
    assert [style for _, style in painter.line(Choice("a", "A", True), 0) if style] == []


def test_only_what_can_be_pressed_or_typed_in_takes_the_cursor() -> None:
    """A row by itself, and each of several buttons beside each other."""
    plain = (Heading("J"), Text("t"), Gap(), Pair("l", "t"))
    rows = (Choice("a", "A", False), Field("b", "B", ""), Buttons((Button("c", "C"), Button("d", "D"))), Item("e", "E"), *plain)
    assert [found.id for row in rows for found in cursor_rows(row)] == ["a", "b", "c", "d", "e"]


def test_the_row_of_a_problem_tells_by_sign_and_style_whether_it_stops() -> None:
    """What stops the plan has `!` and the colour of errors, what only warns a dash and that of warnings."""
    assert problem_row("a", "Isi.", True) == Item("a", "! Isi.", style="error")
    assert problem_row("a", "Isi.", False) == Item("a", "- Isi.", style="warning")


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
        ("terang", False, False, "tanpa warna", False),
        ("hemat", False, True, "hemat", True),
        ("hemat", False, False, "hemat", True),
    ],
)
def test_which_look_is_chosen(theme: str, plain: bool, colour: bool, like: str, ascii: bool) -> None:
    """Without colour it is the plain theme, but thrift stays thrift; thrift has plain signs, an unknown theme is the dark one."""
    look = choose_look(theme, plain, colour)
    assert (look.styles, look.signs) == (choose_look(like, False, True).styles, choose_look("gelap", ascii, True).signs)
    assert (look.ascii, look.thrifty) == (ascii, theme == "hemat")


NAMES: tuple[StyleName, ...] = ("dim", "strong", "faint", "good", "warning", "error", "accent", "heading")


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
