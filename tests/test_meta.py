"""What stands about the program in more than one file agrees: versions, the lock, workflows, recipes, changelog, decisions."""

from __future__ import annotations

import re
import tomllib
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from packaging.requirements import Requirement
from packaging.specifiers import SpecifierSet
from packaging.version import Version

from pmm_tui import __version__

ROOT = Path(__file__).parents[1]
DOCS = ROOT / "docs"
GITHUB = ROOT / ".github"
DECISIONS = sorted((DOCS / "decisions").glob("[0-9]*.md"))
FORMS = sorted((GITHUB / "ISSUE_TEMPLATE").glob("[!c]*.yml"))
WORKFLOWS = sorted((GITHUB / "workflows").glob("*.yml"))
PAGES = [*GITHUB.glob("*.md"), *DOCS.glob("decisions/*.md"), DOCS / "changelog.md"]
SYSTEMS = {"ubuntu": "POSIX :: Linux", "windows": "Microsoft :: Windows", "macos": "MacOS"}


def read(path: Path) -> str:
    return path.read_text("utf-8")


def file_name(path: Path) -> str:
    return path.name


PYPROJECT: dict[str, Any] = tomllib.loads(read(ROOT / "pyproject.toml"))
PROJECT: dict[str, Any] = PYPROJECT["project"]
LOCK = read(DOCS / "requirements.lock")
PINS = {name: Version(version) for name, version in re.findall(r"^([\w-]+)==(\S+)", LOCK, re.MULTILINE)}


def requirements() -> list[Requirement]:
    """What the program and its extras ask for, without the extras that ask for one another."""
    listed = [*PROJECT["dependencies"], *(line for extra in PROJECT["optional-dependencies"].values() for line in extra)]
    return [one for one in map(Requirement, listed) if one.name != PROJECT["name"]]


def classified(prefix: str) -> list[str]:
    """What the classifiers with a prefix say behind it."""
    return [line.removeprefix(prefix) for line in PROJECT["classifiers"] if line.startswith(prefix)]


def matrix(key: str) -> list[str]:
    """A list in the matrix of test.yml."""
    found = re.findall(rf"^ +{key}: \[(.+)\]$", read(GITHUB / "workflows" / "test.yml"), re.MULTILINE)
    assert len(found) == 1
    return [word.strip().strip('"') for word in found[0].split(",")]


def test_pythons_are_the_same_everywhere() -> None:
    """Each Python that is promised is tested, and the first of them is the least that is required."""
    promised = [line for line in classified("Programming Language :: Python :: ") if re.fullmatch(r"3\.\d+", line)]
    assert promised == matrix("python")
    assert PROJECT["requires-python"] == f">={promised[0]}"
    assert PYPROJECT["tool"]["mypy"]["python_version"] == promised[0]
    assert PYPROJECT["tool"]["ruff"]["target-version"] == f"py{promised[0].replace('.', '')}"


def test_systems_are_the_same_everywhere() -> None:
    """Each operating system that is promised is tested."""
    tested = [SYSTEMS[runner.removesuffix("-latest")] for runner in matrix("os")]
    assert sorted(tested) == sorted(classified("Operating System :: "))


def test_types_are_promised_with_their_mark() -> None:
    """Who says that the package is typed ships the file that says it to type checkers."""
    assert "Typing :: Typed" in PROJECT["classifiers"]
    assert (ROOT / "pmm_tui" / "py.typed").is_file()


def test_textual_is_pinned_exactly() -> None:
    """Private parts of Textual are used (docs/decisions/0009), so one version is required and no other."""
    (textual,) = (one for one in requirements() if one.name == "textual")
    assert textual.specifier == SpecifierSet(f"=={PINS['textual']}")


@pytest.mark.parametrize("wanted", requirements(), ids=str)
def test_the_lock_has_what_is_required(wanted: Requirement) -> None:
    """Each requirement is in the lock, in a version that it allows; else run `just lock`."""
    assert wanted.name in PINS
    assert wanted.specifier.contains(PINS[wanted.name])


def test_the_lock_is_pins_and_hashes_alone() -> None:
    """Every pin has hashes, and nothing says where a package is to be had."""
    lines = [line for line in LOCK.splitlines() if not re.match(r" +#", line)]
    pin, digest = re.compile(r"[\w-]+==[\w.]+(?: ; [\w .'<>=!()]+)? \\"), re.compile(r"    --hash=sha256:[0-9a-f]{64}(?: \\)?")
    assert [line for line in lines if not pin.fullmatch(line) and not digest.fullmatch(line)] == []
    assert all(digest.fullmatch(after) for line, after in pairwise([*lines, ""]) if pin.fullmatch(line))
    assert "://" not in LOCK


def test_hooks_are_those_of_the_lock() -> None:
    """Before a commit and in CI the same ruff looks, and a codespell that the developers' group allows."""
    revisions = dict(re.findall(r"repo: \S+/([\w-]+)\n +rev: v(\S+)", read(ROOT / ".pre-commit-config.yaml")))
    assert Version(revisions["ruff-pre-commit"]) == PINS["ruff"]
    group = [Requirement(line) for line in PYPROJECT["dependency-groups"]["dev"] if isinstance(line, str)]
    (codespell,) = (one for one in group if one.name == "codespell")
    assert codespell.specifier.contains(revisions["codespell"])


@pytest.mark.parametrize("path", WORKFLOWS, ids=file_name)
def test_workflows_may_little(path: Path) -> None:
    """A workflow may read only, keeps no credentials in the checkout, and uses actions by their major tag."""
    text = read(path)
    assert re.search(r"^permissions:\n  contents: read\n\n", text, re.MULTILINE)
    assert text.count("actions/checkout@") == text.count("persist-credentials: false")
    used = re.findall(r"uses: (\S+)", text)
    assert used
    assert [one for one in used if not re.fullmatch(r"\./\S+|[\w./-]+@(v\d+|release/v1)", one)] == []


def test_only_the_release_may_more() -> None:
    """Identity and attestations are for releasing, secrets for nobody."""
    may_write = {path.name for path in WORKFLOWS if re.search(r": write\b", read(path))}
    assert may_write == {"release.yml"}
    assert not [path.name for path in WORKFLOWS if "secrets" in read(path)]


@pytest.mark.parametrize("path", FORMS, ids=file_name)
def test_forms_ask_for_no_personal_data(path: Path) -> None:
    """Who reports something must first say that nobody's data is in it."""
    assert re.search(r"id: private\n(?: +.+\n)+ +required: true\n\Z", read(path))


def test_recipes_are_told() -> None:
    """CONTRIBUTING tells every recipe of the justfile, and nobody tells one that is not there."""
    recipes = set(re.findall(r"^([a-z]+)(?: [^:\n]+)?:(?!=)", read(ROOT / ".justfile"), re.MULTILINE)) - {"default"}
    told = {path: set(re.findall(r"(?:`|^    )just ([a-z]+)", read(path), re.MULTILINE)) for path in [*PAGES, ROOT / "README.md"]}
    assert told[GITHUB / "CONTRIBUTING.md"] == recipes
    assert set().union(*told.values()) == recipes


def test_the_changelog_is_dated() -> None:
    """What is not released stands first, then each version with its date, newest first; the newest is the program's."""
    headings = re.findall(r"^## (.+)$", read(DOCS / "changelog.md"), re.MULTILINE)
    assert headings[0] == "[Unreleased]"
    releases = [re.fullmatch(r"\[(\d+\.\d+\.\d+)\] - (\d{4}-\d\d-\d\d)", heading) for heading in headings[1:]]
    assert all(releases)
    found = [(Version(one[1]), one[2]) for one in releases if one]
    assert found == sorted(found, reverse=True)
    assert found[0][0] == Version(__version__)


@pytest.mark.parametrize("path", DECISIONS, ids=file_name)
def test_decisions_are_whole(path: Path) -> None:
    """A record has its number, its state and date, the three parts, and its line in the index."""
    text, number = read(path), path.name[:4]
    title = re.match(rf"# {number} (.+)\n\nAccepted, \d{{4}}-\d\d-\d\d", text)
    assert title
    assert re.findall(r"^## (.+)$", text, re.MULTILINE) == ["Context", "Decision", "Consequences"]
    assert f"| [{number}]({path.name}) | {title[1]} |\n" in read(DOCS / "decisions" / "README.md")


def test_decisions_are_numbered() -> None:
    """Numbers follow one another, and the index has no more than there are."""
    assert [int(path.name[:4]) for path in DECISIONS] == list(range(1, len(DECISIONS) + 1))
    assert read(DOCS / "decisions" / "README.md").count("\n| [") == len(DECISIONS)


@pytest.mark.parametrize("path", PAGES, ids=file_name)
def test_links_lead_somewhere(path: Path) -> None:
    """Files that these pages link to are there."""
    targets = re.findall(r"\]\(([^)#]+)", read(path))
    assert [target for target in targets if "://" not in target and not (path.parent / target).exists()] == []


def test_generated_files_are_marked() -> None:
    """Each mark of a generated file is on one that is there, and the completions have it."""
    patterns = re.findall(r"^(\S+) linguist-generated$", read(ROOT / ".gitattributes"), re.MULTILINE)
    marked = {pattern: {path.relative_to(ROOT) for path in ROOT.glob(pattern)} for pattern in patterns}
    assert all(marked.values())
    completions = {path.relative_to(ROOT) for path in (ROOT / "pmm_tui").rglob("pmm-tui.bash")}
    assert completions
    assert completions <= set().union(*marked.values())
