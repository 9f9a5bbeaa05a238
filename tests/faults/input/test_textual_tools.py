"""Secrets (issue 3, point 8): what Textual has for its developers writes no key, message or picture of the screen here."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

if sys.platform == "linux":
    from tests.faults.input.window import Jendela
    from tests.journeys.machine import PROGRAM, Mesin

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="needs a pty")


@pytest.mark.parametrize(
    "variabel", ["TEXTUAL_DEBUG", "TEXTUAL_LOG", "TEXTUAL_SCREENSHOT", "TEXTUAL_PRESS", "TEXTUAL", "TEXTUAL_DRIVER"]
)
def test_a_developers_switches_are_off(variabel: str, tmp_path: Path) -> None:
    """What makes Textual write keys, messages or pictures to files does nothing here."""
    mesin = Mesin(tmp_path)
    work = tmp_path / "kerja"
    work.mkdir()
    nilai = {"TEXTUAL_DEBUG": "1", "TEXTUAL_LOG": str(work / "log"), "TEXTUAL_SCREENSHOT": "1", "TEXTUAL_PRESS": "ctrl+q"}
    env = mesin.env | {"PMM_TUI_SERVER": "http://127.0.0.1:9", variabel: nilai.get(variabel, "debug,devtools")}
    env |= {"TEXTUAL_SCREENSHOT_LOCATION": str(work)}
    command = ["/bin/sh", "-c", f'cd {work}; exec "$@"', "sh", *PROGRAM]
    with Jendela(command, env) as t:
        t.wait("Belum ada guru.")
        t.type("rahasia")
        t.wait("Cari: rahasia_")
        t.read(1.3)
        t.press("ctrl+q")
        assert t.exit_code() == 0
    assert list(work.iterdir()) == []


def test_no_picture_of_the_screen() -> None:
    """Textual's own screenshot is replaced: asked for directly, it gives nothing and writes nothing."""
    from pmm_tui.tui.app import PmmApp

    for name in ("export_screenshot", "save_screenshot", "deliver_screenshot"):
        assert getattr(PmmApp, name).__module__ == "pmm_tui.tui.shutdown"
    assert PmmApp.ENABLE_COMMAND_PALETTE is False
