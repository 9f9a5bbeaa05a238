"""The page on lists tells what the importer's tables hold."""

from __future__ import annotations

from tests.make_roster_doc import PAGE, known, page


def test_the_page_is_as_the_code_is() -> None:
    """`python -m tests.make_roster_doc` writes it."""
    assert PAGE.read_text("utf-8") == page()


def test_every_spelling_of_the_page_but_one_is_read() -> None:
    """The one is the number that Excel has rounded."""
    assert [line for line in known().splitlines() if "not read" in line] == ["| `1,97905E+17` | not read, said |"]
