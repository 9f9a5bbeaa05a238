"""The line to the terminal, on a terminal: what a slow one is found to carry, and a question whose answer types nothing."""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path

import pytest

from tests.journeys.machine import PROGRAM, Machine
from tests.terminal import Terminal

RATE = 1000
"""Bytes a second that the slow line carries."""
_PIECE = 100
_READY = "SELESAI"
_APP = """
from textual.app import App
from textual.widgets import Static
from pmm_tui.tui.lean.display import LeanDisplay

class Pages(LeanDisplay, App):
    ENABLE_COMMAND_PALETTE = False
    CSS = "#page { height: 1fr; } #told { height: 1; }"
    slow = False

    def compose(self):
        yield Static("\\n".join("".join(chr(97 + (x * x + y) % 26) for x in range(70)) for y in range(20)), id="page", markup=False)
        yield Static("", id="told", markup=False)

    def lean_slow(self, rate):
        self.slow = True

    def lean_measured(self):
        self.set_timer(0.1, self.tell)

    def tell(self):
        line = self.lean_line
        self.query_one("#told").update(f"SELESAI {line.rate:.0f} {int(self.slow)} {int(self.lean_previews)} SELESAI")

Pages().run()
"""


class SlowTerminal(Terminal):
    """One at the end of a line that carries `RATE` bytes a second."""

    def _take(self, master: int) -> bytes:
        time.sleep(_PIECE / RATE)
        return os.read(master, _PIECE)


class LightTerminal(Terminal):
    """One that tells that its background is white: letter by letter, with an end that is Ctrl+G."""

    asked = 0

    def _listen(self, content: bytes) -> None:
        super()._listen(content)
        for _ in range(content.count(b"\x1b]11;?\x1b\\")):
            self.asked += 1
            for letter in b"\x1b]11;rgb:ffff/ffff/ffff\x07":
                os.write(self._master, bytes([letter]))
                time.sleep(0.002)


def told(machine: Machine, kind: type[Terminal]) -> tuple[float, int, int]:
    """Rate, whether the app was told that it is slow, whether previews pay."""
    with kind((sys.executable, "-c", _APP), machine.env) as t:
        words = t.until(lambda screen: screen.count(_READY) == 2, "rate").partition(_READY)[2].split()
    return float(words[0]), int(words[1]), int(words[2])


def test_a_slow_line_is_found_by_its_answers(machine: Machine) -> None:
    """It is never found to carry more than it does, and the app is told; one without limits is found to be faster."""
    rate, slow, previews = told(machine, SlowTerminal)
    assert rate < 1.4 * RATE  # what the program writes before the first frame counts into the round trip
    assert (slow, previews) == (1, 0)
    assert told(machine, Terminal)[0] > rate


@pytest.mark.parametrize("theme", ["otomatis", "gelap"])
def test_the_answer_about_the_background_types_nothing(machine: Machine, theme: str) -> None:
    """Asked where the configuration leaves the palette to the terminal; the list is as it is without, and no help opens."""
    machine.skip_wizard()
    config = Path(machine.env["XDG_CONFIG_HOME"]) / "pmm-tui" / "config.toml"
    config.parent.mkdir(parents=True, mode=0o700)
    config.write_text(f'[tampilan]\ntema = "{theme}"\n', "utf-8")
    config.chmod(0o600)
    with LightTerminal(PROGRAM, machine.env) as t:
        t.wait("Daftar Guru")
        t.silence(0.6)
        screen = t.screen()
        assert t.asked == (theme == "otomatis")
        assert "Daftar Guru" in screen
        assert "rgb" not in screen
        assert "fff" not in screen
        assert "Bantuan untuk" not in screen
        t.press("f12")
        assert t.exit_code() == 0
