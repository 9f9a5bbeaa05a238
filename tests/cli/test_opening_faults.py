"""A bug under the screen: what of it reaches the terminal."""

from __future__ import annotations

from typing import Any

import pytest

import pmm_tui.cli.open_screen as open_screen
import pmm_tui.tui as tui
from pmm_tui.cli.context import RunContext
from pmm_tui.cli.output import console
from pmm_tui.errors import PmmError
from pmm_tui.locations import Locations


@pytest.mark.parametrize(
    ("mode", "reported", "shown"),
    [("work", True, False), ("practice", True, False), ("developer", True, True), ("developer", False, False)],
)
def test_only_developers_see_a_bug_whole(
    places: Locations, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], mode: Any, reported: bool, shown: bool
) -> None:
    """With its local values, and only where a bug was what ended the screen; everybody hears the sentence."""

    def breaks(services: Any, *_: Any, **__: Any) -> str:
        secret = "Ani Lestari"
        if reported:
            try:
                raise ZeroDivisionError(secret)
            except ZeroDivisionError as error:
                services.report_bug(error)
        raise PmmError("Program keliru.")

    monkeypatch.setattr(tui, "run", breaks)
    monkeypatch.setenv("TEXTUAL", "debug")
    with pytest.raises(PmmError, match="Program keliru"):
        open_screen.open_screen(RunContext(env={}, locations=places, out=console()), mode=mode)
    told = capsys.readouterr().err
    assert ("ZeroDivisionError" in told, "secret = 'Ani Lestari'" in told) == (shown, shown)
