"""The floor of services, and its tests, need no screen."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest


@pytest.mark.process
def test_no_test_of_this_folder_loads_textual() -> None:
    """With every test of this folder imported Textual is not loaded: what is tried here runs without a terminal."""
    modules = [f"tests.services.{path.stem}" for path in Path(__file__).parent.glob("*.py") if path.stem != "__init__"]
    assert len(modules) > 8
    code = f"import sys, {', '.join(modules)}; sys.exit('textual' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], cwd=Path(__file__).parents[2], capture_output=True, timeout=60, check=False)
    assert (done.returncode, done.stderr) == (0, b"")
