"""The bundled catalogue is one: its TOML, which people edit, and its JSON, which the program reads."""

from __future__ import annotations

from pmm_tui.skp.katalog_reader import bundled, read_katalog
from tests.make_katalog import FOLDER, content


def test_the_json_is_the_toml() -> None:
    """What the program starts with is what `katalog.toml` says; `python -m tests.make_katalog` writes it anew."""
    assert (FOLDER / "katalog.json").read_bytes() == content()
    assert bundled() == read_katalog((FOLDER / "katalog.toml").read_text("utf-8"), "katalog.toml")
