"""What the architecture page says of the code is so: its table of files, and every file and package that it names."""

from __future__ import annotations

import re
import tomllib

import pytest

from tests.make_architecture import PAGE, ROOT, first_sentence, page

TEXT = PAGE.read_text("utf-8")


def test_the_table_of_files_is_the_modules_own_words() -> None:
    """Each module says in one sentence what it is; `python -m tests.make_architecture` writes the table anew."""
    assert page() == TEXT


@pytest.mark.parametrize("path", sorted((ROOT / "pmm_tui").rglob("*.py")), ids=lambda path: path.relative_to(ROOT).as_posix())
def test_every_module_says_what_it_is(path) -> None:
    """No module is without a sentence of its own."""
    assert len(first_sentence(path)) > 10


def test_files_that_the_page_names_are_there() -> None:
    """A path in backticks leads somewhere."""
    named = re.findall(r"`((?:pmm_tui|tests|docs)/[\w./]+)`", TEXT)
    assert len(named) > 20
    assert [name for name in named if not (ROOT / name).exists()] == []


def test_the_floors_are_those_that_are_checked() -> None:
    """The order that the page draws is the one of the import contract."""
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["importlinter"]["contracts"]
    (layers,) = [
        contract["layers"] for contract in contracts if contract["type"] == "layers" and "pmm_tui.skp" in contract["layers"]
    ]
    drawn = re.search(r"```text\n(.+?)```", TEXT, re.DOTALL)
    assert drawn
    places = [drawn[1].find(layer.removeprefix("pmm_tui.").split()[0]) for layer in layers]
    assert -1 not in places
    assert places == sorted(places)
