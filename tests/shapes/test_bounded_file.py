"""Text files of bounded size: what is taken, and which sentence is said of what is not."""

from __future__ import annotations

from pathlib import Path

import pytest

from pmm_tui.errors import ConfigError, InputError, PmmError
from pmm_tui.shapes.bounded_file import read_text

LIMIT = 12


def read(path: Path, error: type[PmmError] = InputError) -> str:
    return read_text(
        path,
        LIMIT,
        error,
        unreadable=lambda why: f"Tidak terbaca ({why}).",
        too_large="Terlalu besar.",
        not_utf8=lambda line: f"Baris {line} bukan UTF-8.",
    )


@pytest.mark.parametrize(
    ("content", "text"),
    [(b"", ""), (b"abc", "abc"), ("\ufeffé".encode(), "é"), (b"a" * LIMIT, "a" * LIMIT), (b"a\r\nb\n", "a\r\nb\n")],
)
def test_text_up_to_the_limit_is_taken_as_it_stands(tmp_path: Path, content: bytes, text: str) -> None:
    """The mark of UTF-8 aside nothing is changed, line ends neither."""
    (tmp_path / "x").write_bytes(content)
    assert read(tmp_path / "x") == text


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"a" * (LIMIT + 1), "Terlalu besar."),
        (b"\xff" * (LIMIT + 1), "Terlalu besar."),
        (b"\xff", "Baris 1 bukan UTF-8."),
        (b"a\n\nb\xff\n", "Baris 3 bukan UTF-8."),
    ],
)
def test_what_is_too_large_or_no_text_is_told_in_the_callers_words(tmp_path: Path, content: bytes, sentence: str) -> None:
    """Size is judged first; the line is the one in which the first byte stands that is no text."""
    (tmp_path / "x").write_bytes(content)
    with pytest.raises(InputError) as error:
        read(tmp_path / "x")
    assert error.value.sentence == sentence


@pytest.mark.parametrize("name", ["missing", "a\0b"])
def test_what_cannot_be_opened_is_told_with_the_systems_reason(tmp_path: Path, name: str) -> None:
    """The error is of the kind that the caller asked for."""
    with pytest.raises(ConfigError) as error:
        read(tmp_path / name, ConfigError)
    assert error.value.sentence == "Tidak terbaca (tidak ada)."
