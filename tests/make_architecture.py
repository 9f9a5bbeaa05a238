"""Writes the table of files in `docs/architecture.md` from module docstrings: `python -m tests.make_architecture`."""

from __future__ import annotations

import ast
import re
from pathlib import Path

ROOT = Path(__file__).parents[1]
PAGE = ROOT / "docs" / "architecture.md"
BEGIN, END = "<!-- files: written by `python -m tests.make_architecture` -->", "<!-- end of files -->"


def first_sentence(path: Path) -> str:
    """The first sentence of a module's docstring, on one line."""
    paragraph = (ast.get_docstring(ast.parse(path.read_text("utf-8"))) or "").split("\n\n")[0]
    sentence = re.split(r"(?<=[.!?:]) (?=[A-Z`])", " ".join(paragraph.split()))[0]
    return sentence.rstrip(".:").replace("|", "\\|")


def table() -> str:
    """A heading a package, in the order of the floors as the page names them; a line a module."""
    lines = []
    for folder in sorted({path.parent for path in (ROOT / "pmm_tui").rglob("*.py")}):
        own = folder.relative_to(ROOT).as_posix()
        lines += [f"### `{own}/`", "", f"{first_sentence(folder / '__init__.py')}.", "", "| module | |", "|---|---|"]
        lines += [
            f"| `{path.name}` | {first_sentence(path)} |" for path in sorted(folder.glob("*.py")) if path.name != "__init__.py"
        ]
        lines.append("")
    return "\n".join(lines)


def page() -> str:
    """The page with its table as the code is now."""
    head, rest = PAGE.read_text("utf-8").split(BEGIN)
    return f"{head}{BEGIN}\n\n{table()}{END}{rest.split(END)[1]}"


if __name__ == "__main__":
    PAGE.write_text(page(), "utf-8", newline="\n")
