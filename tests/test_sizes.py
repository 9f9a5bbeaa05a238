"""How large a module and a class may be: what does not fit holds more than one idea."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parents[1] / "pmm_tui"
MODULES = sorted(PACKAGE.rglob("*.py"))
LINES, SCREEN_LINES, PUBLIC_METHODS = 250, 300, 15


def public_methods(node: ast.ClassDef) -> list[str]:
    """The methods of a class that others call; not what a library's own names answer (`on_...`, `action_...`)."""
    methods = [line for line in node.body if isinstance(line, ast.FunctionDef | ast.AsyncFunctionDef)]
    return [method.name for method in methods if not method.name.startswith(("_", "on_", "action_"))]


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.relative_to(PACKAGE).as_posix())
def test_no_module_is_too_long_and_no_class_too_wide(path: Path) -> None:
    """A module has at most 250 lines, one of a screen 300; a class at most 15 public methods, properties counted too."""
    source = path.read_text("utf-8")
    assert len(source.splitlines()) <= (SCREEN_LINES if path.parent.name == "screens" else LINES)
    classes = [node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.ClassDef)]
    assert {node.name: names for node in classes if len(names := public_methods(node)) > PUBLIC_METHODS} == {}
