"""One clean environment for every test: no configuration, token, proxy or folder of the developer's."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

_PROXY = ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "NO_PROXY")


@pytest.fixture
def anyio_backend() -> str:
    """The event loop of async tests."""
    return "asyncio"


@pytest.fixture(autouse=True)
def _clean_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in list(os.environ):
        if name.startswith(("PMM_TUI_", "XDG_")) or name.upper() in _PROXY or name == "NO_COLOR":
            monkeypatch.delenv(name)
    home = tmp_path / "rumah"
    home.mkdir(mode=0o700)
    for name in ("HOME", "USERPROFILE"):
        monkeypatch.setenv(name, str(home))
    for name in ("CONFIG", "DATA", "STATE", "CACHE"):
        monkeypatch.setenv(f"XDG_{name}_HOME", str(home / name.lower()))
    monkeypatch.setenv("LOCALAPPDATA", str(home / "local"))
    monkeypatch.setenv("PMM_TUI_DATA", str(home / "pmm"))
