"""Textual's private parts: used in two modules alone, listed there, and each can be taken away without harm or in silence."""

from __future__ import annotations

import ast
import gc
import importlib
import inspect
import pkgutil
import subprocess
import sys
import textwrap
import weakref
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from textual._styles_cache import StylesCache
from textual.app import App
from textual.color import Color
from textual.message_pump import MessagePump

import pmm_tui.tui
from pmm_tui.errors import PmmError
from pmm_tui.tui import textual_private
from pmm_tui.tui.lean import private as lean_private

ROOT = Path(pmm_tui.tui.__file__).parent
PLACES = {
    ROOT / "textual_private.py": (*textual_private.NEEDED, *textual_private.USEFUL),
    ROOT / "lean" / "private.py": lean_private.NAMES,
}
OTHER_DRIVER = f"pmm_tui.tui.{'posix' if sys.platform == 'win32' else 'windows'}_driver"
PUBLIC = {"_replace"}  # of every named tuple
MODULES = {
    "textual._xterm_parser": ROOT / "textual_private.py",
    "textual._styles_cache": ROOT / "textual_private.py",
    "textual._compositor": ROOT / "lean" / "private.py",
}


def is_private(name: str) -> bool:
    return name.startswith("_") and not name.startswith("__")


def used(tree: ast.AST) -> set[str]:
    """The private names that code asks an object for, by a dot or by a word."""
    names = {node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in ("getattr", "hasattr", "setattr"):
            names |= {a.value for a in node.args if isinstance(a, ast.Constant) and isinstance(a.value, str)}
    return {name for name in names if is_private(name)} - PUBLIC


def defined(tree: ast.AST) -> set[str]:
    """The private names that code gives: functions, fields, and what a method sets on its object."""
    names = {node.name for node in ast.walk(tree) if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef))}
    for node in ast.walk(tree):
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            names.add(node.id)
        elif isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Store) and isinstance(node.value, ast.Name):
            names |= {node.attr} if node.value.id == "self" else set()
    return {name for name in names if is_private(name)}


def sources() -> dict[Path, ast.AST]:
    return {path: ast.parse(path.read_text("utf-8")) for path in ROOT.rglob("*.py")}


def test_private_parts_are_used_in_their_places_alone() -> None:
    """What no module of ours defines is asked for in the two places only, and each of them lists exactly what it asks for."""
    trees = sources()
    ours = set().union(*(defined(tree) for path, tree in trees.items() if path not in PLACES))
    for path, tree in trees.items():
        if path in PLACES:
            assert (used(tree) | defined(tree)) == set(PLACES[path]), path
        else:
            assert not used(tree) - ours, path


def test_private_modules_are_imported_in_their_places_alone() -> None:
    """No other module imports a private module of a library, or a private name of a public one."""
    for path, tree in sources().items():
        for node in ast.walk(tree):
            names = [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            names += [a.name for a in node.names] if isinstance(node, (ast.Import, ast.ImportFrom)) else []
            for name in names:
                if any(is_private(part) for part in name.split(".")):
                    assert MODULES.get(name) == path, f"{path.name}: {name}"


def classes() -> Iterator[type]:
    for found in pkgutil.walk_packages([str(ROOT)], "pmm_tui.tui."):
        if found.name == OTHER_DRIVER:
            continue  # it can be imported on its own system only
        module = importlib.import_module(found.name)
        yield from (c for c in vars(module).values() if inspect.isclass(c) and c.__module__ == module.__name__)


def written_in(cls: type) -> set[str]:
    return defined(ast.parse(textwrap.dedent(inspect.getsource(cls))))


def test_no_class_of_ours_hides_a_private_part_unawares() -> None:
    """No private name that a class of ours gives is one that a class of Textual's under it, or behind a mixin, has as well."""
    checked = set()
    for cls in classes():
        theirs = [base for base in cls.__mro__ if base.__module__.split(".")[0] == "textual"]
        taken = {name for base in theirs for name in written_in(base) | vars(base).keys()} - {"_"}
        for own in cls.__mro__ if theirs else ():
            if own.__module__.startswith("pmm_tui.") and own not in (textual_private.FaultParts, lean_private.Overridden):
                checked.add(own)
                assert not written_in(own) & taken, own
    assert {"PmmApp", "GracefulExit", "LeanDisplay", "TerminalDriver", "PasteParser"} <= {cls.__name__ for cls in checked}


# ---- each part taken away


def without(name: str, monkeypatch: pytest.MonkeyPatch) -> App[Any]:
    """An app of a Textual that has no such part."""
    app: App[Any] = App()
    vars(app).pop(name, None)
    for cls in (App, MessagePump):
        if name in vars(cls):
            monkeypatch.delattr(cls, name)
    return app


def test_this_textual_has_all_parts() -> None:
    """The Textual that is installed is accepted, and the writer knows it."""
    app: App[Any] = App()
    textual_private.demand(app)
    assert lean_private.known(app)


@pytest.mark.parametrize("name", textual_private.NEEDED)
def test_without_a_needed_part_the_program_does_not_start(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A Textual without a part on which saving and silence depend is refused in a sentence that names it."""
    app = without(name, monkeypatch)
    with pytest.raises(PmmError, match=rf"Textual [\d.]+ tidak cocok .*{name}.* Pasang lagi"):
        textual_private.demand(app)


@pytest.mark.parametrize("name", lean_private.NAMES)
def test_without_a_part_the_writer_lets_textual_write(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A Textual without any part that the writer uses is not known to it."""
    assert not lean_private.known(without(name, monkeypatch))


@pytest.mark.process
def test_without_its_parser_the_program_does_not_start() -> None:
    """Where pastes could not be tamed there are no screens, but the sentence that the command line shows."""
    code = (
        "import textual._xterm_parser as inside\n"
        "from pmm_tui.errors import PmmError\n"
        "del inside.XTermParser\n"
        "try:\n    import pmm_tui.tui\n"
        "except PmmError as error:\n    print(error.sentence)"
    )
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60)
    assert "tidak cocok dengan program ini (XTermParser)" in told.stdout


def test_a_driver_that_keeps_its_stream_elsewhere_writes_as_it_did() -> None:
    """Without the stream nothing is wrapped, and nothing fails."""

    class Elsewhere:
        stream = "terminal"

    driver = Elsewhere()
    textual_private.wrap_output(driver, lambda stream: pytest.fail("wrapped"))
    assert vars(driver) == {}
    driver._file = "terminal"  # type: ignore[attr-defined]
    textual_private.wrap_output(driver, lambda stream: f"safe {stream}")
    assert driver._file == "safe terminal"  # type: ignore[attr-defined]


def test_a_parser_that_hides_its_clock_is_asked_again_and_again() -> None:
    """Where it cannot be seen that no key is begun, the reader wakes for the clock, as Textual's own does."""
    parser = textual_private.XTermParser()
    assert textual_private.is_settled(parser)
    del parser._timeout_time
    assert not textual_private.is_settled(parser)


def test_a_closed_widgets_style_cache_is_given_back() -> None:
    """What paints a widget is not kept by the cache of backgrounds, however many apps there were; the backgrounds stay the same."""
    textual_private.share_style_cache()
    textual_private.share_style_cache()
    cache = StylesCache()
    inner, outer = cache.get_inner_outer(Color(10, 20, 30), Color(200, 0, 0, 0.5))
    assert (inner.background, outer.background) == (Color(105, 10, 15), Color(10, 20, 30))
    gone = weakref.ref(cache)
    del cache
    gc.collect()
    assert gone() is None


def test_without_that_cache_nothing_is_shared(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where Textual has none, or another one, it is left as it is."""
    monkeypatch.delattr(StylesCache, "get_inner_outer")
    textual_private.share_style_cache()
    assert not hasattr(StylesCache, "get_inner_outer")
    monkeypatch.setitem(sys.modules, "textual._styles_cache", None)
    textual_private.share_style_cache()


def test_the_mouse_is_switched_where_a_driver_can() -> None:
    """Its own method is called, also where it began without a mouse; a driver that has none of it is left alone."""
    told: list[str] = []

    class Mice:
        _mouse = False

        def _enable_mouse_support(self) -> None:
            told.append(f"on {self._mouse}")

        def _disable_mouse_support(self) -> None:
            told.append(f"off {self._mouse}")

    class Host:
        _driver: Any = Mice()

    host: Any = Host()
    textual_private.switch_mouse(host, True)
    textual_private.switch_mouse(host, False)
    assert told == ["on True", "off True"]
    assert host._driver._mouse is False
    for other in (object(), None):
        host._driver = other
        textual_private.switch_mouse(host, True)
