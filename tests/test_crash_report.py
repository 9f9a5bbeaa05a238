"""Reports of our own faults hold where it happened and nothing of what was there."""

from __future__ import annotations

import os
import stat
from datetime import UTC, datetime
from pathlib import Path

from pmm_tui.crash_report import report, write_report

CANARY = "198507142010011012"


def _fault(nip: str) -> Exception:
    rahasia = f"Budi {nip}"
    try:
        try:
            raise KeyError(rahasia)
        except KeyError as error:
            raise ValueError(rahasia) from error
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
