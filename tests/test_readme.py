"""The README says what is so: its commands parse, every command and exit code is in it, and what it points to is there."""

from __future__ import annotations

import argparse
import re
import shlex
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from pmm_tui.cli.commands.server import SchoolProfile
from pmm_tui.cli.parser import build_parser
from pmm_tui.shapes.toml_text import read_toml

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text("utf-8")


def blocks(language: str) -> list[str]:
    return [re.sub(r"(?m)^ {3}", "", b) for b in re.findall(rf"```{language}\n(.*?)```", README, re.DOTALL)]


def command(name: str) -> str:
    """The one line under a marker."""
    found = re.findall(rf"<!-- command: {name} -->\n\s*```\w+\n(.*?)\n\s*```", README, re.DOTALL)
    assert len(found) == 1
    line = found[0].strip()
    assert "\n" not in line
    return str(line)


def leaves(
    parser: argparse.ArgumentParser, words: tuple[str, ...] = ()
) -> Iterator[tuple[tuple[str, ...], argparse.ArgumentParser]]:
    """Every command that does something by itself."""
    inner = [a for a in parser._actions if isinstance(a, argparse._SubParsersAction)]
    if not inner or not inner[0].required:
        yield words, parser
    for action in inner:
        for name, child in action.choices.items():
            yield from leaves(child, (*words, name))


@pytest.mark.parametrize("name", ["run", "test"])
def test_the_two_commands_set_themselves_up(name: str) -> None:
    """Each is one line that makes its own environment from a clean checkout and stops at the first thing that fails."""
    line = command(name)
    assert line.startswith("python3 -m venv .venv && .venv/bin/pip install ")
    assert ";" not in line
    assert "|" not in line


@pytest.mark.process
def test_the_test_command_is_what_ci_reads(tmp_path: Path) -> None:
    """`.ci/run` takes exactly the line that a reader sees."""
    script = (ROOT / ".ci" / "run").read_text("utf-8")
    program = re.search(r"awk '(.*?)' README\.md", script, re.DOTALL)
    assert program
    if shutil.which("awk") is None:
        pytest.skip("no awk here")
    told = subprocess.run(["awk", program[1], str(ROOT / "README.md")], capture_output=True, text=True, timeout=30, check=True)
    assert told.stdout == command("test") + "\n"


def test_the_run_commands_start_the_practice_mode() -> None:
    """On every system the run command ends with the practice mode, with the server's packages installed."""
    for name in ("run", "run-windows"):
        assert command(name).endswith("pmm-tui latihan")
        assert ".[server]" in command(name)


@pytest.mark.parametrize("words", [words for words, _ in leaves(build_parser())], ids=" ".join)
def test_every_command_is_described(words: tuple[str, ...]) -> None:
    """Each command is in the README by its full name."""
    assert re.search(rf"pmm-tui {' '.join(words)}\b" if words else r"`pmm-tui`", README)


def test_every_option_in_the_table_exists() -> None:
    """What the table of commands shows are options that the command has, and none of note is missing."""
    by_words = dict(leaves(build_parser()))
    rows = re.findall(r"^\| `pmm-tui (.+?)` \|", README, re.MULTILINE)
    assert len(rows) > 10
    for row in rows:
        words = tuple(re.match(r"[a-z]*(?:[ -][a-z]+)*", row)[0].split())  # type: ignore[index]
        while words not in by_words:
            words = words[:-1]
        parser = by_words[words]
        known = {option for action in parser._actions for option in action.option_strings}
        shown = set(re.findall(r"--[a-z-]+", row))
        assert shown <= known, row
        if words and words != ("server",):
            assert known - shown <= {"-h", "--help", "--config", "--periode", "--sekolah"}, row


def test_commands_in_the_text_parse() -> None:
    """Every `pmm-tui` line of a shell block is one that the program takes."""
    lines = [line for block in blocks("sh") for line in block.splitlines() if line.startswith("pmm-tui ")]
    assert lines
    for line in lines:
        build_parser().parse_args(shlex.split(line)[1:])


def test_exit_codes_are_those_of_help() -> None:
    """The README's table has the exit codes of --help."""
    told = set(re.findall(r"^  (\d+) ", build_parser().epilog or "", re.MULTILINE))
    assert told == set(re.findall(r"^\| (\d+) \|", README, re.MULTILINE))
    assert told == {"0", "1", "2", "3", "4", "5", "130"}


def test_the_schools_profile_is_one() -> None:
    """The profile shown is read as one."""
    (profile,) = blocks("toml")
    assert read_toml(profile, SchoolProfile, "README").rapor["2026"].capaian


def test_links_lead_somewhere() -> None:
    """Files and headings that the README links to are there."""
    anchors = {
        re.sub(r"[^\w\- ]", "", heading.lower()).strip().replace(" ", "-")
        for heading in re.findall(r"^#+ (.+)$", README, re.MULTILINE)
    }
    for target in re.findall(r"\]\(([^)]+)\)", README):
        if target.startswith("#"):
            assert target[1:] in anchors, target
        elif "://" not in target:
            assert (ROOT / target).exists(), target


def test_variables_of_the_environment_are_told() -> None:
    """Every variable that the program reads is in the README."""
    read = {
        name for file in (ROOT / "pmm_tui").rglob("*.py") for name in re.findall(r'"(PMM_TUI_[A-Z]+)"', file.read_text("utf-8"))
    }
    assert read
    for name in read:
        assert name in README


def test_messages_are_those_of_the_program() -> None:
    """Every message that the README explains is one that the program says."""
    source = "".join(file.read_text("utf-8") for file in sorted((ROOT / "pmm_tui").rglob("*.py")))
    source = re.sub(r'"\s*\n\s*f?"', "", source).casefold()
    rows = re.findall(r"^\| `(.+?)` \|.+\|.+\|$", README[: README.index("## English")], re.MULTILINE)
    assert len(rows) > 10
    for row in rows:
        for part in re.split(r"\.\.\.|\"|\(|\)", row):
            assert part.strip().casefold() in source, row


def test_every_key_is_in_the_readme() -> None:
    """The table of keys names each action with its two keys and its id, as the registry has them."""
    from pmm_tui.tui.actions import ACTIONS
    from pmm_tui.tui.keys import keys_of

    table = README.partition("<!-- keys: begin -->")[2].partition("<!-- keys: end -->")[0]
    for action in ACTIONS:
        first, second, *_ = keys_of(action.id, {})
        assert f"| {first} | {second} |" in table
        assert f"{action.help} (`{action.id}`)" in table
