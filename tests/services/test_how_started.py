"""What one types to start the program again: what was typed, not what would be right elsewhere."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from pmm_tui.services.how_started import as_typed


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where one is, with the program installed below as the README says; nothing of it is on the path."""
    (tmp_path / ".venv" / "bin").mkdir(parents=True)
    (tmp_path / ".venv" / "bin" / "pmm-tui").write_text("", "utf-8")
    (tmp_path / ".venv" / "bin" / "pmm-tui").chmod(0o755)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PATH", "")
    return tmp_path


@pytest.mark.parametrize("absolute", [False, True])
def test_the_path_that_was_typed(folder: Path, absolute: bool) -> None:
    """From the folder where one is; one elsewhere is told whole."""
    path = Path(".venv", "bin", "pmm-tui")
    assert as_typed(str(folder / path if absolute else path)) == str(path)
    assert as_typed(str(folder.parent / "lain" / "pmm-tui")) == str(folder.parent / "lain" / "pmm-tui")
    assert as_typed(str(folder.parent / "map lain" / "pmm-tui")) == f'"{folder.parent / "map lain" / "pmm-tui"}"'


@pytest.mark.skipif(sys.platform == "win32", reason="a file without .exe is no program there")
def test_the_bare_name_where_the_path_has_it(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of just this program, not of another one."""
    monkeypatch.setenv("PATH", str(folder / ".venv" / "bin"))
    assert as_typed(str(folder / ".venv" / "bin" / "pmm-tui")) == "pmm-tui"
    assert as_typed(str(folder / "lain" / "pmm-tui")) == str(Path("lain", "pmm-tui"))


def test_as_a_module(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """With the Python that it runs in; what is started by something else is told by its name."""
    monkeypatch.setattr(sys, "executable", str(folder / ".venv" / "bin" / "python"))
    assert as_typed(str(folder / "pmm_tui" / "__main__.py")) == f"{Path('.venv', 'bin', 'python')} -m pmm_tui"
    assert as_typed("/usr/bin/pytest") == "pmm-tui"
