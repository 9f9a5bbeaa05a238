"""Reports of our own faults hold where it happened and nothing of what was there."""

from __future__ import annotations

import os
import stat
from datetime import UTC, datetime
from pathlib import Path

from pmm_tui import __version__
from pmm_tui.crash_report import report, write_report
from pmm_tui.errors import ShapeError
from pmm_tui.skp.katalog_reader import parse_katalog

CANARY = "198507142010011012"


def _fault(nip: str) -> Exception:
    secret = f"Budi {nip}"
    try:
        try:
            raise KeyError(secret)
        except KeyError as error:
            raise ValueError(secret) from error
    except ValueError as error:
        return error


def test_a_report_says_where_and_nothing_else() -> None:
    """The kinds of the error and its cause and the steps that led there are told; no value, message or argument is."""
    text = report(_fault(CANARY), datetime(2026, 1, 8, tzinfo=UTC))
    assert "ValueError" in text
    assert "KeyError" in text
    assert Path(__file__).name in text
    assert "_fault" in text
    assert CANARY not in text
    assert "Budi" not in text


def test_a_report_does_not_name_the_users_folder() -> None:
    """Only the last parts of a path are told."""
    text = report(_fault("1"), datetime(2026, 1, 8, tzinfo=UTC))
    assert str(Path(__file__).parents[2]) not in text


def test_a_report_is_for_its_owner(tmp_path: Path) -> None:
    """The file is new each time and nobody else can read it."""
    one, two = (write_report(_fault(CANARY), tmp_path / "laporan") for _ in range(2))
    assert one != two
    if os.name == "posix":
        assert stat.S_IMODE(one.stat().st_mode) == 0o600


def test_a_step_inside_the_program_is_named_by_its_place_in_it() -> None:
    """What stands before the package on this computer is nobody's to know."""
    try:
        parse_katalog({}, "x")
    except ShapeError as error:
        text = report(error, datetime(2026, 1, 8, tzinfo=UTC))
    assert f"\n  {Path('pmm_tui', 'skp', 'katalog_reader.py')}:" in text
    assert text.startswith(f"pmm-tui {__version__}, Python ")
    assert ", 2026-01-08\n" in text
    assert text.endswith("\n")


def test_errors_that_name_each_other_end() -> None:
    """Each cause is told once, the one that was named before the one that was there."""
    one, two, three = ValueError("a"), KeyError("b"), OSError("c")
    one.__cause__, one.__context__, two.__context__ = two, three, one
    assert [line for line in report(one, datetime(2026, 1, 8, tzinfo=UTC)).split("\n")[1:] if line] == [
        "builtins.ValueError",
        "builtins.KeyError",
    ]
