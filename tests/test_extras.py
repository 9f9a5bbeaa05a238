"""What is said where the packages of an extra are missing."""

from __future__ import annotations

import shlex
import sys
from importlib import metadata

import pytest

from pmm_tui.extras import install_command, pip_install


def test_the_packages_are_named_and_never_ourselves() -> None:
    """Our own name at an index may be anybody's: what is to be installed are the packages of the extra."""
    command = install_command("server")

    assert command.startswith(f"{shlex.quote(sys.executable)} -m pip install ")
    assert "pmm-tui" not in command.partition(" -m pip install ")[2]
    assert [name for name in ("starlette", "uvicorn", "sqlalchemy") if name in command] == ["starlette", "uvicorn", "sqlalchemy"]
    assert "mypy" not in command


def test_from_a_folder_that_was_never_installed_it_is_the_folder(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without metadata the packages are not known, and the project's folder brings them."""

    def missing(name: str) -> list[str]:
        raise metadata.PackageNotFoundError(name)

    monkeypatch.setattr(metadata, "requires", missing)

    assert install_command("server") == f'{shlex.quote(sys.executable)} -m pip install ".[server]"'


@pytest.mark.parametrize(
    ("platform", "python", "start"),
    [
        ("linux", "/opt/venv/bin/python", "/opt/venv/bin/python"),
        ("darwin", "/Users/Bu Ani/.venv/bin/python", "'/Users/Bu Ani/.venv/bin/python'"),
        ("win32", r"C:\Users\Bu Ani\.venv\python.exe", r'& "C:\Users\Bu Ani\.venv\python.exe"'),
        ("linux", "", "python3"),
    ],
)
def test_it_is_the_python_that_runs(monkeypatch: pytest.MonkeyPatch, platform: str, python: str, start: str) -> None:
    """A plain `pip` may belong to another Python; a path with blanks is quoted as the system's shell takes it."""
    monkeypatch.setattr(sys, "platform", platform)
    monkeypatch.setattr(sys, "executable", python)
    assert pip_install("segno<2") == f'{start} -m pip install "segno<2"'
