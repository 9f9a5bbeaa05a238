"""Writes the bundled catalogue as JSON: `python -m tests.make_katalog`, after `katalog.toml` changed."""

from __future__ import annotations

from pathlib import Path

import msgspec

from pmm_tui.skp.katalog_reader import read_katalog

FOLDER = Path(__file__).parents[1] / "pmm_tui" / "katalog"


def content() -> bytes:
    """The checked catalogue of `katalog.toml` as JSON."""
    katalog = read_katalog((FOLDER / "katalog.toml").read_text("utf-8"), "katalog.toml")
    return msgspec.json.format(msgspec.json.encode(katalog), indent=1) + b"\n"


if __name__ == "__main__":
    (FOLDER / "katalog.json").write_bytes(content())
