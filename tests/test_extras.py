"""What is said where the packages of an extra are missing."""

from __future__ import annotations

from importlib import metadata

import pytest

from pmm_tui.extras import install_command


def test_the_packages_are_named_and_never_ourselves() -> None:
    """Our own name at an index may be anybody's: what is to be installed are the packages of the extra."""
    command = install_command("server")

    assert command.startswith("pip install ")
    assert "pmm-tui" not in command
    assert [name for name in ("starlette", "uvicorn", "sqlalchemy") if name in command] == ["starlette", "uvicorn", "sqlalchemy"]
    assert "mypy" not in command


def test_from_a_folder_that_was_never_installed_it_is_the_folder(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without metadata the packages are not known, and the project's folder brings them."""

    def missing(name: str) -> list[str]:
        raise metadata.PackageNotFoundError(name)

    monkeypatch.setattr(metadata, "requires", missing)

    assert install_command("server") == 'pip install ".[server]"'
