"""What the tests of the screens share: a store of their own, and the stage."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractAsyncContextManager
from pathlib import Path
from typing import Any

import pytest

from pmm_tui.services import autosave
from pmm_tui.store import Store
from tests.tui import stage
from tests.tui.samples import TEACHERS
from tests.tui.stage import Stage

Open = Callable[..., AbstractAsyncContextManager[Stage]]
"""`stage_app(...)` of the stage with a store and teachers already given."""


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """A real store in a folder of its own."""
    with Store.open(tmp_path / "uji.db") as store:
        yield store


@pytest.fixture
def no_autosave(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let no edit be saved by itself: the save comes half a second later, whatever the status line says then."""
    monkeypatch.setattr(autosave, "DELAY", 3600.0)


@pytest.fixture
def stage_app(store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Open:
    """Start the app with four teachers when called; the arguments are those of the stage."""
    monkeypatch.chdir(tmp_path)  # the import offers files of the working directory

    def opener(**other: Any) -> AbstractAsyncContextManager[Stage]:
        return stage.stage_app(store, **({"teachers": TEACHERS} | other))

    return opener
