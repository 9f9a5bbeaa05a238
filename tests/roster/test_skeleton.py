"""The skeleton of a list: headings and shapes, and nothing of what stands in it."""

from __future__ import annotations

import json
import re
from pathlib import Path
from random import Random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pmm_tui.errors import InputError
from pmm_tui.roster.read import read_skeleton
from pmm_tui.roster.shapes_of_values import KNOWN_WORDS, shape
from pmm_tui.roster.skeleton import skeleton
from tests.dapodik import write_book
from tests.roster.fuzz.draw import draw
from tests.roster.fuzz.headings import SECRET
from tests.roster.fuzz.people import invent
from tests.roster.fuzz.shapes import make
from tests.roster.fuzz.writers import write

OURS = frozenset(("kosong", "angka", "tanggal", "waktu", "bentuk", "lain", "tidak"))
"""Words that the skeleton says of itself."""


def words(found: dict[str, Any]) -> set[str]:
    """What is written in the skeleton in words, but for its own keys."""
    said = [sheet["nama"] for sheet in found["lembar"]]
    said += [cell for sheet in found["lembar"] for head in sheet["judul"] for cell in head["sel"]]
    said += [value for sheet in found["lembar"] for column in sheet["bentuk"] for value in column["nilai"]]
    return {word.casefold() for text in said for word in re.findall(r"[^\W\d_]{3,}", text)}


@pytest.mark.parametrize("seed", range(150))
def test_no_name_and_no_number_is_in_it(seed: int) -> None:
    """Of lists of all shapes: no word but those of headings, no number of a person, and no private value."""
    recipe = draw(seed, gaps=True)
    found = skeleton(write(make(recipe)))
    text = json.dumps(found)
    assert words(found) <= KNOWN_WORDS | OURS
    people = [invent(recipe.seed, number) for number in recipe.people]
    assert not [
        p for p in people if any(part in text for part in (p.nip, p.nuptk, p.born.isoformat(), *p.name.split()) if len(part) > 3)
    ]
    assert SECRET not in text
    assert not re.search(r"[0-8]\d{4}|9\d*[0-8]\d{3}", re.sub(r"\{\d+\}", "", text))


@given(st.text(max_size=80))
def test_a_shape_tells_no_letter_and_no_digit(text: str) -> None:
    """Of any text: letters are a or A, at most two in a row; digits are nines; what cannot be seen is named."""
    found = re.sub(r"\{\d+\}|<U\+[0-9A-F]+>", " ", shape(text))
    assert set(re.findall(r"[^\W\d_]+", found)) <= {"a", "A", "aa", "Aa", "AA"}
    assert set(re.findall(r"\d", found)) <= {"9"}


@given(st.lists(st.text(min_size=1, max_size=30), min_size=1, max_size=8), st.integers(0, 10**6))
def test_a_heading_shows_the_words_of_headings_only(texts: list[str], seed: int) -> None:
    """Whatever else stands in it is shaped."""
    luck = Random(seed)
    heading = " ".join(text if luck.random() < 0.5 else luck.choice(("Nama", "NIP", "Tanggal Lahir")) for text in texts)
    shown = re.sub(r"<U\+[0-9A-F]+>", " ", shape(heading, heading=True))
    assert {word.casefold() for word in re.findall(r"[^\W\d_]{3,}", shown)} <= KNOWN_WORDS


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("197905122006042011", "9{18}"), ("19790512 200604 2 011", "9{8} 9{6} 9 999"), ("Sri Wahyuni, S.Pd.", "Aa Aa, A.Aa."),
        ("12/05/1979", "99/99/9999"), ("III/c", "AA/a"), ("", ""), ("a\u200bb", "a<U+200B>a"), ("Nama", "Aa"),
    ],
)  # fmt: skip
def test_shapes(text: str, shown: str) -> None:
    """As the page on lists shows them."""
    assert shape(text) == shown


def test_headings_stay_and_what_looks_like_data_does_not() -> None:
    """A heading row with a person's name in it, an unknown word and a number."""
    found = skeleton(b"No;Nama;NIP (18 digit);Kelas Yohana;Nomor Frobnikasi 123456\n1;Budi;197905122006042011;x;y\n")
    assert found["lembar"][0]["judul"] == []  # a long number in it: no heading
    found = skeleton(b"No;Nama;NIP (18 digit);Kelas Yohana;Nomor Frobnikasi\n1;Budi;197905122006042011;x;y\n")
    assert found["lembar"][0]["judul"] == [{"baris": 1, "sel": ["No", "Nama", "NIP (99 digit)", "Kelas Aa", "Nomor Aa"]}]
    assert found["lembar"][0]["bentuk"][2] == {"kolom": 3, "nilai": {"9{18}": 1}}
    assert (found["pengodean"], found["pemisah"]) == ("UTF-8", "titik koma")


@pytest.mark.process
def test_a_workbook_through_the_child(tmp_path: Path) -> None:
    """Sheets with their hidden rows, as an operator's command reads them."""
    path = write_book(tmp_path / "a.xlsx", {"Budi Santoso": [("Nama", "NIP"), ("Budi", 5)]}, hidden_rows={"Budi Santoso": [2]})
    (sheet,) = read_skeleton(path)["lembar"]
    assert (sheet["nama"], sheet["baris_tersembunyi"], sheet["tersembunyi"]) == ("Aa Aa", 1, False)
    assert sheet["bentuk"] == [{"kolom": 1, "nilai": {"Aa": 1}}, {"kolom": 2, "nilai": {"(angka) 9": 1}}]


@pytest.mark.process
def test_what_cannot_be_read_is_said(tmp_path: Path) -> None:
    """With the file's name."""
    (tmp_path / "a.pdf").write_bytes(b"%PDF-1.4")
    with pytest.raises(InputError) as error:
        read_skeleton(tmp_path / "a.pdf")
    assert error.value.sentence.startswith("a.pdf: berisi PDF")
