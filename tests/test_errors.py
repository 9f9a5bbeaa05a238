"""The error tree: its drawing, its exit codes, its sentences."""

from __future__ import annotations

import inspect
import re

import pytest

from pmm_tui import errors
from pmm_tui.errors import ConfigError, PmmError, ShapeError

_LINE = re.compile(r"^    (?P<branch>[│├└─ ]*)(?P<name>\w+Error) +(?:exit code )?(?P<code>\d)\b")
CLASSES = {name: each for name, each in inspect.getmembers(errors, inspect.isclass) if issubclass(each, PmmError)}


def drawn() -> dict[str, tuple[str, int]]:
    """The drawing in the module's docstring: by class name, the class it hangs under and its exit code."""
    found: dict[str, tuple[str, int]] = {}
    above: list[str] = []
    for line in (errors.__doc__ or "").splitlines():
        if match := _LINE.match(line):
            depth = len(match["branch"]) // 4
            above = [*above[:depth], match["name"]]
            found[match["name"]] = (above[depth - 1] if depth else "Exception", int(match["code"]))
    return found


def test_the_drawing_is_the_tree() -> None:
    """The docstring draws each class once, under its base class, with its exit code, and no other."""
    real = {name: (each.__bases__[0].__name__, each.exit_code) for name, each in CLASSES.items()}
    assert drawn() == real
    assert (errors.__doc__ or "").count("──") == len(real) - 1


def test_the_drawing_has_more_than_its_root() -> None:
    """Each line of the drawing is understood, so that the comparison cannot pass on an empty one."""
    assert len(drawn()) == len(re.findall(r"\w+Error\b", (errors.__doc__ or ""))) > 10


@pytest.mark.parametrize("name", CLASSES)
def test_every_class_says_what_it_is_in_one_sentence(name: str) -> None:
    """The first paragraph of each class is one sentence."""
    first = (CLASSES[name].__doc__ or "").strip().split("\n\n")[0]
    assert re.fullmatch(r"[A-Z].*\.", first, re.DOTALL), first
    assert not re.search(r"\.\s", first), first


def test_every_error_is_ours_and_has_a_documented_exit_code() -> None:
    """All errors of the module share the root that the command line catches, and have one of the codes 1 to 5."""
    made = {name for name, each in inspect.getmembers(errors, inspect.isclass) if each.__module__ == errors.__name__}
    assert made == set(CLASSES)
    assert {each.exit_code for each in CLASSES.values()} == {1, 2, 3, 4, 5}


@pytest.mark.parametrize("name", CLASSES)
def test_the_sentence_is_what_was_raised(name: str) -> None:
    """The sentence for the operator is the message; an error raised without one still says something."""
    assert CLASSES[name]("Cakram penuh.").sentence == "Cakram penuh."
    if "__init__" not in vars(CLASSES[name]):  # else Python itself asks for one
        assert CLASSES[name]().sentence == "Terjadi kesalahan."


def test_the_place_travels_beside_the_sentence() -> None:
    """A shape error keeps its place, a configuration error its key; both are empty when it is about the whole."""
    assert ShapeError("Salah.", "skema[0].id").place == "skema[0].id"
    assert ConfigError("Salah.", "server.url").key == "server.url"
    assert ShapeError("Salah.").place == ConfigError("Salah.").key == ""
