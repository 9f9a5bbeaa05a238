"""A folder is shown where somebody would see it, by one program with one argument."""

from __future__ import annotations

import subprocess
from pathlib import Path
from typing import Any

import pytest

from pmm_tui.cli import open_folder as module
from pmm_tui.cli.open_folder import open_folder, opener_of

DESKTOP = {"DISPLAY": ":0"}


@pytest.fixture
def started(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """What would have been started, with its settings."""
    calls: list[Any] = []
    monkeypatch.setattr(subprocess, "Popen", lambda argv, **more: calls.append((argv, more)))
    monkeypatch.setattr(module, "which", lambda name: f"/usr/bin/{name}")
    monkeypatch.setattr(module.sys, "platform", "linux")
    return calls


@pytest.mark.parametrize(
    ("env", "platform", "opener"),
    [
        (DESKTOP, "linux", "/usr/bin/xdg-open"),
        ({"WAYLAND_DISPLAY": "wayland-0"}, "linux", "/usr/bin/xdg-open"),
        ({}, "linux", ""),
        ({"DISPLAY": ""}, "linux", ""),
        (DESKTOP | {"SSH_CONNECTION": "1 2 3 4"}, "linux", ""),
        ({"SSH_TTY": "/dev/pts/1"}, "win32", ""),
        ({}, "win32", "explorer"),
        ({}, "darwin", "open"),
    ],
)
@pytest.mark.usefixtures("started")
def test_who_shows_a_folder(env: dict[str, str], platform: str, opener: str) -> None:
    """Nobody over ssh or without a desktop."""
    assert opener_of(env, platform) == opener


def test_no_shell_and_one_argument(tmp_path: Path, started: list[Any]) -> None:
    """A folder with a name like a command is a folder."""
    folder = tmp_path / "a; touch b & $(id) 'x'"
    folder.mkdir()
    assert open_folder(folder, DESKTOP)
    ((argv, more),) = started
    assert argv == ["/usr/bin/xdg-open", str(folder)]
    assert not more.get("shell")
    assert more["stdout"] == more["stderr"] == subprocess.DEVNULL  # nothing of it comes onto the screen


def test_nothing_is_started_where_nothing_is_to_see(tmp_path: Path, started: list[Any], monkeypatch: pytest.MonkeyPatch) -> None:
    """No folder, no desktop, or a program that cannot be started: false, and no error."""
    assert not open_folder(tmp_path / "tidak ada", DESKTOP)
    assert not open_folder(tmp_path, {})
    assert started == []

    def fails(argv: object, **more: object) -> None:
        raise PermissionError

    monkeypatch.setattr(subprocess, "Popen", fails)
    assert not open_folder(tmp_path, DESKTOP)
