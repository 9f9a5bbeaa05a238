"""Shows a folder in the desktop's file manager, where there is a desktop; never by way of a shell."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from shutil import which

from pmm_tui.tui import is_remote

_DESKTOPS = ("DISPLAY", "WAYLAND_DISPLAY")


def opener_of(env: Mapping[str, str], platform: str = sys.platform) -> str:
    """The program that shows a folder; `explorer` stands for Windows itself, empty where nobody would see it."""
    if is_remote(env):
        return ""
    if platform == "win32":
        return "explorer"
    if platform == "darwin":
        return "open"
    return which("xdg-open") or "" if any(env.get(name) for name in _DESKTOPS) else ""


def open_folder(path: Path, env: Mapping[str, str]) -> bool:
    """Show a folder; false where there is no desktop, or nothing that shows it."""
    opener = opener_of(env)
    if not opener or not path.is_dir():
        return False
    try:
        if sys.platform == "win32":
            import os  # Windows only

            os.startfile(path)  # noqa: S606
        else:
            quiet = subprocess.DEVNULL
            subprocess.Popen([opener, str(path)], stdin=quiet, stdout=quiet, stderr=quiet, start_new_session=True)  # noqa: S603
    except OSError:
        return False
    return True
