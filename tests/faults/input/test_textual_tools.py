"""Secrets (issue 3, point 8): what Textual has for its developers writes no key, message or picture of the screen here."""

from __future__ import annotations

import os
import re
import sys
from pathlib import Path

import pytest

from pmm_tui.cli.main import main
from pmm_tui.cli.open_screen import DEVELOPER_VARIABLES
from pmm_tui.store import Store
from pmm_tui.tui.app import PmmApp
from pmm_tui.tui.developer import DeveloperApp
from pmm_tui.tui.look_values import LookOptions
from tests.tui.fake_services import FakeServices
from tests.tui.samples import TEACHERS

if sys.platform == "linux":
    from tests.faults.input.window import Window
    from tests.journeys.machine import PROGRAM, Machine

needs_terminal = pytest.mark.skipif(sys.platform != "linux", reason="needs a pty")


@needs_terminal
@pytest.mark.parametrize(
    "variables", ["TEXTUAL_DEBUG", "TEXTUAL_LOG", "TEXTUAL_SCREENSHOT", "TEXTUAL_PRESS", "TEXTUAL", "TEXTUAL_DRIVER"]
)
def test_a_developers_switches_are_off(variables: str, tmp_path: Path) -> None:
    """What makes Textual write keys, messages or pictures to files does nothing here."""
    machine = Machine(tmp_path)
    work = tmp_path / "kerja"
    work.mkdir()
    value = {"TEXTUAL_DEBUG": "1", "TEXTUAL_LOG": str(work / "log"), "TEXTUAL_SCREENSHOT": "1", "TEXTUAL_PRESS": "ctrl+q"}
    env = machine.env | {"PMM_TUI_SERVER": "http://127.0.0.1:9", variables: value.get(variables, "debug,devtools")}
    env |= {"TEXTUAL_SCREENSHOT_LOCATION": str(work)}
    command = ["/bin/sh", "-c", f'cd {work}; exec "$@"', "sh", *PROGRAM]
    with Window(command, env) as t:
        t.wait("Belum ada guru")
        t.type("rahasia")
        t.wait("▐rahasia ")
        t.read(1.3)
        t.press("ctrl+q")
        assert t.exit_code() == 0
    assert list(work.iterdir()) == []


def test_no_picture_of_the_screen() -> None:
    """Textual's own screenshot is replaced: asked for directly, it gives nothing and writes nothing."""
    for name in ("export_screenshot", "save_screenshot", "deliver_screenshot"):
        assert getattr(PmmApp, name).__module__ == "pmm_tui.tui.shutdown"
    assert PmmApp.ENABLE_COMMAND_PALETTE is False


def _practice(tmp_path: Path, *options: str, program: tuple[str, ...] = PROGRAM) -> tuple[Machine, Path, Window]:
    """Practice in a folder of its own, with every switch of Textual's on, as where `textual-dev` is installed."""
    machine = Machine(tmp_path)
    work = tmp_path / "work"
    (work / "modules" / "textual_dev").mkdir(parents=True)
    (work / "modules" / "textual_dev" / "__init__.py").touch()
    values = {"TEXTUAL_LOG": str(work / "log.txt"), "TEXTUAL_SCREENSHOT_LOCATION": str(work), "TEXTUAL_PRESS": "down"}
    env = machine.env | dict.fromkeys(DEVELOPER_VARIABLES, "1") | values | {"TEXTUAL": "debug,devtools"}
    del env["TEXTUAL_DRIVER"], env["TEXTUAL_SCREENSHOT_FILENAME"]
    env["PYTHONPATH"] = os.pathsep.join((str(work / "modules"), env["PYTHONPATH"]))
    command = ["/bin/sh", "-c", f'cd {work}; exec "$@"', "sh", *program, "latihan", *options]
    return machine, work, Window(command, env)


@needs_terminal
def test_practice_alone_gives_a_developer_nothing(tmp_path: Path) -> None:
    """Without `--pengembang` the switches do nothing in practice either."""
    _, work, window = _practice(tmp_path)
    with window as t:
        t.wait("1 dari 40 selesai")
        t.press("alt+p")
        t.read(1.3)
        t.press("ctrl+q")
        assert t.exit_code() == 0
    assert [path.name for path in work.iterdir()] == ["modules"]


@needs_terminal
def test_a_developer_gets_log_and_picture_in_practice(tmp_path: Path) -> None:
    """With `--pengembang` Textual writes its log and the picture that was asked for; the real records are not even made."""
    machine, work, window = _practice(tmp_path, "--pengembang")
    with window as t:
        assert t.exit_code() == 0  # after the picture, as TEXTUAL_SCREENSHOT says
    (picture,) = work.glob("*.svg")
    assert "Daftar" in picture.read_text("utf-8")
    assert "DeveloperApp" in (work / "log.txt").read_text("utf-8")
    assert [path.name for path in (machine.home / "pmm").iterdir()] == ["latihan"]


@needs_terminal
@pytest.mark.parametrize("options", [(), ("--pengembang",)], ids=" ".join)
def test_a_developer_sees_a_bug_whole(options: tuple[str, ...], tmp_path: Path) -> None:
    """After a crash in practice the traceback with local values is on the terminal with `--pengembang`, else the sentence alone."""
    broken = (sys.executable, "-m", "tests.faults.input.broken", "start")
    _, _, window = _practice(tmp_path, *options, program=broken)
    with window as t:
        assert t.exit_code() == 1
        said = b"".join(chunk.content for chunk in t.chunks)
    assert b"Program keliru dan ditutup" in said
    assert (b"Traceback" in said) == (b"nip = '" in said) == bool(options)


def test_a_developers_tools_are_a_package_of_their_own(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """Where `textual-dev` is not installed, a sentence says how to install it; no real screen takes the option."""
    monkeypatch.setitem(sys.modules, "textual_dev", None)
    assert main(["latihan", "--pengembang"]) == 2
    assert 'pip install "textual-dev' in capsys.readouterr().err
    assert main(["layar", "--pengembang"]) == 2
    assert "Tidak dikenal: --pengembang." in capsys.readouterr().err


@pytest.mark.anyio
async def test_a_developers_key_writes_a_picture(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Alt+P writes the screen as SVG where a developer practises, and nothing elsewhere, although letters search there."""
    monkeypatch.chdir(tmp_path)
    with Store.open(tmp_path / "pmm-tui.db") as store:
        store.roster.write(TEACHERS)
        for kind, count in ((PmmApp, 0), (DeveloperApp, 1)):
            app = kind(FakeServices(store), LookOptions(), {})
            async with app.run_test(size=(80, 24)) as pilot:
                await pilot.press("alt+p")
                await pilot.pause()
                assert app.export_screenshot().count("Budi") == count
            assert len(list(tmp_path.glob("*.svg"))) == count
    (picture,) = tmp_path.glob("*.svg")
    assert re.search("Budi.Santoso|Budi&#160;Santoso", picture.read_text("utf-8"))
