"""TOML that a person wrote: where a mistake stands, and what is too much."""

from __future__ import annotations

from typing import Literal

import pytest
from msgspec import Struct

from pmm_tui.errors import ShapeError
from pmm_tui.shapes.toml_text import MAX_DOTS, find_line, parse_toml, read_toml


class Row(Struct, frozen=True):
    """A row of a list of tables."""

    name: str = ""
    kind: Literal["satu", "dua", ""] = ""


class Part(Struct, frozen=True):
    """A table in a table."""

    rows: tuple[Row, ...] = ()
    number: int = 0


class Document(Struct, frozen=True):
    """A document."""

    name: str = ""
    part: Part = Part()
    named: dict[str, Row] = {}


def refusal(text: str) -> ShapeError:
    """Why a text is refused."""
    with pytest.raises(ShapeError) as error:
        read_toml(text, Document, "uji.toml")
    return error.value


@pytest.mark.parametrize(
    ("line", "read"),
    [
        ("a." * MAX_DOTS + "b = 1", True),
        ("a." * (MAX_DOTS + 1) + "b = 1", False),
        ('a = "' + "." * 50 + '"', True),
        ("a = '" + "." * 50 + "'", True),
        ("a = 1 # " + "." * 50, True),
        ('a = "\\"' + "." * 50 + '"', True),
        ('a = "\\\\" # ' + "." * 50, True),
        ("a = '\\' # " + "." * 50, True),
        ('"x\'"' + ".a" * (MAX_DOTS + 1) + " = 1", False),
        ("'x\"'" + ".a" * (MAX_DOTS + 1) + " = 1", False),
        ("a = 1\n" + ("b." * 11 + "c = 1\n") + ("d." * 11 + "e = 1"), True),
    ],
)
def test_a_line_has_as_many_dots_as_any_document(line: str, read: bool) -> None:
    """A key that is nested deeper than anybody needs is refused before it is parsed; dots in texts and comments are none."""
    assert MAX_DOTS == 20
    if read:
        assert parse_toml(line, "x")
    else:
        with pytest.raises(ShapeError, match="susunannya terlalu dalam; periksa kunci yang bertitik banyak"):
            parse_toml(line, "x")


@pytest.mark.parametrize(
    ("text", "words", "place"),
    [
        ("a = ", "bagian akhir tidak dapat dibaca", ""),
        ("a = 1\nb = ]\n", "baris 2 kolom 5 tidak dapat dibaca", "baris 2"),
        ("a = 1\na = 2", "", ""),
        ("a = " + "[" * 5_000, "terlalu dalam", ""),
        ("a = " + "1" * 5_000, "terlalu panjang", ""),
    ],
)
def test_what_is_no_toml_is_told_with_its_place(text: str, words: str, place: str) -> None:
    """Line and column where the parser says them."""
    with pytest.raises(ShapeError) as error:
        parse_toml(text, "uji.toml")
    assert error.value.sentence.startswith("uji.toml: ")
    assert words in error.value.sentence
    assert not place or error.value.place == place


def test_a_mark_at_the_beginning_is_no_letter() -> None:
    """What Notepad puts before a text is passed over."""
    assert parse_toml("\ufeffa = 1", "x") == {"a": 1}


@pytest.mark.parametrize(
    ("text", "line", "key"),
    [
        ("nam = 'x'", 1, "nam"),
        ("name = 'x'\n\n[part]\nnumbr = 1", 4, "part.numbr"),
        ("[[part.rows]]\nname = 'x'\n[[part.rows]]\nnme = 'y'", 4, "part.rows[1].nme"),
        ("[named.x]\nnme = 'y'", 2, "named.x.nme"),
        ("[part]\nrows = [{ nme = 'x' }]", 2, "part.rows[0].nme"),
        ("[prt]\nnumber = 1", 1, "prt"),
    ],
)
def test_an_unknown_key_is_told_with_its_line(text: str, line: int, key: str) -> None:
    """At any depth, with the nearest key that there is."""
    found = refusal(text)
    assert found.sentence.startswith(f'uji.toml: baris {line}: kunci "{key}" tidak dikenal. Mungkin maksudnya')
    assert found.place == key


def test_where_no_key_is_near_all_are_named() -> None:
    """The keys of that table, not of the whole document."""
    assert refusal("[part]\nzzz = 1").sentence.endswith("Yang dikenal: rows, number.")


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("[part]\n\nnumber = 'x'", 3, "part.number: harus bilangan bulat, bukan teks."),
        ("[[part.rows]]\n[[part.rows]]\nname = 1", 3, "part.rows[1].name: harus teks, bukan bilangan bulat."),
        ("[[part.rows]]\nkind = 'tiga'", 2, "tidak dikenal; pilih salah satu: satu, dua."),
        ("part = 1", 1, "part: harus tabel, bukan bilangan bulat."),
    ],
)
def test_a_wrong_value_is_told_with_its_line(text: str, line: int, words: str) -> None:
    """What it should be, and the choices where there are some."""
    sentence = refusal(text).sentence
    assert sentence.startswith(f"uji.toml: baris {line}: ")
    assert sentence.endswith(words)


def test_a_value_under_a_name_of_ones_own_is_told_without_its_line() -> None:
    """The decoder does not say which of the tables it was; the sentence is whole all the same. A value itself is found."""
    assert refusal("[named.x]\nkind = 'tiga'").sentence == (
        "uji.toml: named{…}.kind: pilihan 'tiga' tidak dikenal; periksa ejaannya."
    )
    assert refusal("[named]\nx = 1").sentence == "uji.toml: baris 2: named.x: harus tabel, bukan bilangan bulat."


def test_a_sentence_about_a_value_is_short() -> None:
    """However much stands in a choice, what is said of it is one line."""
    sentence = refusal(f"[[part.rows]]\nkind = '{'x' * 900}'").sentence
    assert len(sentence) <= len("uji.toml: baris 2: ") + 400
    assert sentence.endswith("pilih salah satu: satu, dua.")


TEXT = """
name = "x"  # a comment
[part] # another
number = 1
[[part.rows]]
name = "a"
[[part.rows]]
"quoted key".'other' = 1
[part.rows.deep]
x = 1
"""


@pytest.mark.parametrize(
    ("place", "line"),
    [
        ("name", 2), ("part", 3), ("part.number", 4), ("part.rows[0]", 5), ("part.rows[0].name", 6), ("part.rows[1]", 7),
        ("part.rows[1].quoted key.other", 8), ("part.rows[1].deep.x", 10), ("part.rows[1].deep.y", 9), ("part.rows[1].missing", 7),
        ("part.rows[5].name", 3), ("other", 0), ("", 0), ("part.number.deeper", 4),
    ],
)  # fmt: skip
def test_a_place_is_found_or_what_holds_it(place: str, line: int) -> None:
    """The line of a key, else of its table, else none."""
    assert find_line(TEXT, place) == line
