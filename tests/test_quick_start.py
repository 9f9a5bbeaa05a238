"""What the quick start buys, counted in processes of their own: a trick whose gain is gone has to go too."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import Any

import pytest

pytestmark = pytest.mark.process
_WITHOUT = (
    "import gc, json, sys; count = lambda: sum(g['collections'] for g in gc.get_stats()); before = count()\n"
    "import asyncio, pmm_tui.cli.open_screen, pmm_tui.cli.screen_services, pmm_tui.tui\n"
    "print(json.dumps({'collections': count() - before, 'openssl': '_ssl' in sys.modules}))"
)
_FROZEN = (
    "import gc, json, pmm_tui.tui; from pmm_tui.quick_start import first_screen_stands; gc.disable(); first_screen_stands()\n"
    "print(json.dumps({'frozen': gc.get_freeze_count(), 'left': len(gc.get_objects()), 'collecting': gc.isenabled()}))"
)
_MEMORY = "print(next(line.split()[1] for line in open('/proc/self/status') if line.startswith('VmRSS')))"


def told(*arguments: str) -> list[Any]:
    """What a Python process says, line by line."""
    done = subprocess.run([sys.executable, *arguments], capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 0, done.stderr
    return [json.loads(line) for line in done.stdout.splitlines()]


def test_the_start_collects_nothing_and_loads_no_openssl() -> None:
    """All that the first screen needs is imported without one collection and without OpenSSL; otherwise it costs both."""
    at_the_screen, afterwards = told("-m", "tests.start_probe")
    assert at_the_screen == {"collections": 0, "openssl": False, "collecting": False, "textual": True}
    assert afterwards["collecting"]
    (without,) = told("-c", _WITHOUT)
    assert without["collections"] > 20
    assert without["openssl"]


def test_what_the_start_left_is_not_looked_at_again() -> None:
    """Once the first screen stands a collection has less than a tenth of the objects to look at, and collecting is on again."""
    (found,) = told("-c", _FROZEN)
    assert found["frozen"] > 10 * found["left"]
    assert found["collecting"]


@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")
def test_openssl_is_much_of_the_memory_of_asyncio() -> None:
    """A process with asyncio alone is clearly smaller without OpenSSL: by more than a tenth."""
    (quick,) = told("-c", f"import pmm_tui.quick_start as start; start._load_asyncio(); {_MEMORY}")
    (usual,) = told("-c", f"import pmm_tui.quick_start as start; import asyncio; {_MEMORY}")
    assert usual > 1.1 * quick
