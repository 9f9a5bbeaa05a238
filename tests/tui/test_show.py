"""A developer sees one screen alone: `python -m tests.tui.show`."""

from __future__ import annotations

import sys

import pytest

from tests.tui.places import PLACES
from tests.tui.show import main


@pytest.mark.parametrize("name", PLACES)
def test_a_screen_by_its_name(name: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """Each name leads to its screen, whose text is printed whole."""
    monkeypatch.setattr(sys, "argv", ["show", name, "--text"])
    main()
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) == 24
    assert any(PLACES[name].shows in line for line in lines), "\n".join(lines)
