"""One language for names: English, but for the words of the form and, as members, those of a contract (docs/glossary.md)."""

from __future__ import annotations

import ast
import re
from collections.abc import Collection, Iterator
from pathlib import Path

import pytest

from tests.names import split_words

ROOT = Path(__file__).parents[1]
SOURCES = sorted([*(ROOT / "pmm_tui").rglob("*.py"), *(ROOT / "tests").rglob("*.py")])
INDONESIAN = set((Path(__file__).parent / "names" / "indonesian.txt").read_text("utf-8").split())
GLOSSARY = (ROOT / "docs" / "glossary.md").read_text("utf-8")
_FORM, _CONTRACT = GLOSSARY.split("\n## Contract words\n")


def _cells(text: str, column: int) -> list[str]:
    """What stands in backticks in one column of the tables of a text."""
    rows = [line.split("|") for line in text.splitlines() if line.startswith("| ")]
    return [word for row in rows for word in re.findall(r"`([^`]+)`", row[column])]


FORM = {word for name in _cells(_FORM, 1) for word in split_words(name)}
PLACES = [place for place in _cells(_CONTRACT, 2) if place.endswith(".py")]
PARSER, ACTIONS = ROOT / "pmm_tui" / "cli" / "parser.py", ROOT / "pmm_tui" / "tui" / "actions.py"


def _strings(path: Path) -> set[str]:
    """The words of SQL, of columns and of options in a file's strings, as an attribute would spell them."""
    tree = ast.parse(path.read_text("utf-8"))
    found = {node.value for node in ast.walk(tree) if isinstance(node, ast.Constant) and isinstance(node.value, str)}
    words = {word for text in found for word in (text, re.sub(r"[- ]", "_", text.removeprefix("--")))}
    return words | {word for text in found for word in re.findall(r"^\s*([a-z_0-9]+) (?:INTEGER|TEXT|BLOB)\b", text, re.MULTILINE)}


def _fields(path: Path) -> set[str]:
    """The annotated fields of a file's classes."""
    classes = [node for node in ast.walk(ast.parse(path.read_text("utf-8"))) if isinstance(node, ast.ClassDef)]
    return {line.target.id for node in classes for line in node.body if isinstance(line, ast.AnnAssign)}  # type: ignore[union-attr]


MEMBERS = {word for place in PLACES for word in _fields(ROOT / place) | _strings(ROOT / place)}
COMMANDS = {path.stem for path in (ROOT / "pmm_tui" / "cli" / "commands").glob("*.py")}
ACTION_IDS = {f"action_{word}" for word in _strings(ACTIONS)}


def names_in(node: ast.AST, handed_on: frozenset[str] = frozenset()) -> Iterator[tuple[str, bool, int]]:
    """Every identifier below a node: the name, whether it is a member (or a parameter, which hands one on), and its line."""
    match node:
        case ast.FunctionDef() | ast.AsyncFunctionDef() | ast.Lambda():
            handed_on |= {arg.arg for arg in ast.walk(node.args) if isinstance(arg, ast.arg)}
        case ast.ClassDef():
            for line in node.body:
                if isinstance(line, ast.AnnAssign) and isinstance(line.target, ast.Name):
                    handed_on |= {line.target.id}
    match node:
        case ast.FunctionDef() | ast.AsyncFunctionDef() | ast.ClassDef():
            is_property = any(isinstance(one, ast.Name) and one.id == "property" for one in node.decorator_list)
            yield node.name, is_property, node.lineno
        case ast.arg():
            yield node.arg, True, node.lineno
        case ast.Name():
            yield node.id, node.id in handed_on, node.lineno
        case ast.Attribute():
            yield node.attr, True, node.end_lineno or node.lineno
        case ast.keyword(arg=str(name)):
            yield name, True, node.value.lineno
        case ast.alias():
            yield node.asname or node.name.rpartition(".")[2], False, 0
        case ast.ExceptHandler(name=str(name)) | ast.MatchAs(name=str(name)) | ast.MatchStar(name=str(name)):
            yield name, False, 0
        case ast.MatchClass():
            yield from ((name, True, node.lineno) for name in node.kwd_attrs)
        case ast.Global() | ast.Nonlocal():
            yield from ((name, False, node.lineno) for name in node.names)
    for child in ast.iter_child_nodes(node):
        yield from names_in(child, handed_on)


def foreign_words(name: str) -> set[str]:
    """The Indonesian words of a name that are no words of the form."""
    return {word for word in split_words(name) if word in INDONESIAN} - FORM


def refused(source: str, commands: Collection[str] = ()) -> list[str]:
    """The names of a module's source that are neither English nor of the form nor, as members, of a contract."""
    return [
        f"{line}: {name}"
        for name, member, line in names_in(ast.parse(source))
        if foreign_words(name) and name not in ACTION_IDS and name.lstrip("_") not in commands and not (member and name in MEMBERS)
    ]


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_names_are_english_or_of_the_form_or_of_a_contract(path: Path) -> None:
    """No name mixes in a word that only its author would look for."""
    knows_commands = any(path.is_relative_to(ROOT / folder) for folder in ("pmm_tui/cli", "tests"))
    assert refused(path.read_text("utf-8"), COMMANDS if knows_commands else ()) == []


def test_files_and_folders_too() -> None:
    """A file has an English name, or a form word's, or under `commands` its command's; a test of one may be called after it."""
    allowed = COMMANDS | {f"test_{word}" for word in COMMANDS}
    parts = {part for path in SOURCES for part in path.relative_to(ROOT).with_suffix("").parts}
    assert {part for part in parts - allowed if foreign_words(part)} == set()


OLD = [
    "Keadaan",
    "Kiriman",
    "susun_baris",
    "Daftar",
    "_baca_di_anak",
    "kalimat_status",
    "Pelukis",
    "BilahTombol",
    "utama",
    "baris_guru",
    "MAKS_BERKAS",
    "latar",
]


@pytest.mark.parametrize("name", OLD)
@pytest.mark.parametrize("code", ["class {0}: pass", "def {0}(): pass", "{0} = 1", "import pmm_tui.x as {0}", "f(lambda {0}: 0)"])
def test_a_name_of_old_is_refused(code: str, name: str) -> None:
    """Putting back a name that the code once had fails, wherever it stands."""
    assert refused(code.format(name)) != []


@pytest.mark.parametrize(
    ("code", "fine"),
    [
        ("pegawai.nama", True),
        ("nama = pegawai.nama", False),
        ("class Nama: pass", False),
        ("def find(nama): return Pegawai(nama=nama)", True),
        ("def nama(): pass", False),
        ("class A:\n    def action_kirim(self): pass", True),
        ("class A:\n    def kirim(self): pass", False),
        ("class A:\n    @property\n    def nama(self): pass", True),
    ],
)
def test_words_of_a_contract_are_members_only(code: str, fine: bool) -> None:
    """A contract's word may be a field, an attribute, a keyword, or a parameter that is handed on to one."""
    assert (refused(code) == []) is fine


def test_no_two_files_have_one_name() -> None:
    """One idea, one file name; what stands twice is the same idea in two rooms, and is named here."""
    twice = {"__init__", "model"} | SAME_IDEA
    stems = [path.stem for path in (ROOT / "pmm_tui").rglob("*.py")]
    assert {stem for stem in stems if stems.count(stem) > 1} == twice


SAME_IDEA = {
    "compare",  # what is here beside what came: the rows of a roster file, and the server's plan
    "decisions",  # the server's, the store's, and what the head's desk does with them
    "outbox",  # the store's and the screen that shows it
    "rangkuman",  # the domain's sentences and the pane that shows them
    "periksa",  # the rules and the command that runs them
    "prerequisites",  # what was found before entry, and the screen that shows it
    "roster",  # the store's and the screen that shows it
    "katalog",  # the catalogue, and the command that tells of it
    "sekolah",  # what a server loads of a school, and the command that keeps several of them apart
}
"""File names that stand in two rooms for one idea."""
