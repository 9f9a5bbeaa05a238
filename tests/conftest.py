"""One clean environment for every test: no configuration, token, proxy or folder of the developer's; and what each folder needs.

The quick lane, `-m "not (process or pty or faults or bench or slow)"`, starts no process and opens no port: a test without one of
these markers that does so fails, whichever lane it runs in.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

_PROXY = ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "NO_PROXY")
_TESTS = Path(__file__).parent
FOLDERS = {
    "compat": ("process",),
    "faults": ("faults",),
    "journeys": ("pty", "process"),
    "server": ("process",),
    "bench": ("bench",),
}
"""What all tests of a folder are marked with; single files and tests elsewhere mark themselves."""
_FREE = ("process", "pty", "faults", "bench")
PATIENT, PATIENCE = ("faults", "journeys", "roster/test_hostile_files.py"), 600
"""Where one set-up alone may take minutes on a busy computer, and the seconds until such a test counts as hanging."""
DEAREST = (
    "faults/input/test_secrets.py",
    "roster/test_hostile_files.py",
    "faults/input/test_bad_input.py",
    "faults/storage/test_power_cut.py",
    "faults/input/test_words_on_screen.py",
    "journeys/test_bytes.py",
    "tui/lean/test_display.py",
    "faults/storage/test_kill_screen.py",
    "faults/wire/test_answers.py",
    "tui/test_keys.py",
    "tui/test_undo.py",
    "tui/test_hostile_text.py",
)
"""The files that take longest, dearest first: begun last, one of them would run on alone while the other processor rests."""
SLOW = (
    "roster/fuzz/test_fuzz_lists.py",
    "store/test_outbox_rules.py",
    "tui/lean/test_display.py",
    "tui/lean/test_writer.py",
    "tui/test_app_limits.py",
    "tui/test_hostile_text.py",
    "tui/test_import_roster.py",
    "tui/test_keys.py",
    "tui/test_long_list.py",
    "tui/test_look_options.py",
    "tui/test_pane_kompetensi.py",
    "tui/test_periode.py",
    "tui/test_random_keys.py",
    "tui/test_saving.py",
    "tui/test_screen_limits.py",
    "tui/test_sheet.py",
    "tui/test_textual_private.py",
    "tui/test_undo.py",
)
"""Walks over every screen, sessions of hundreds of steps, and waits: not for the quick lane, which is to end within a minute."""
_ALONE = {"subprocess.Popen", "os.fork", "os.forkpty", "os.posix_spawn", "os.system"}
if os.name != "nt":
    _ALONE.add("socket.bind")  # on Windows every event loop binds a socket for itself


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add what the tests can be asked for."""
    parser.addoption("--long", action="store_true", default=False, help="run the long forms of the tests (hours)")
    parser.addoption("--snapshot-update", action="store_true", default=False, help="write the pictures of the screens anew")
    parser.addoption("--postgresql-url", default="", help="run the server's tests on this empty PostgreSQL database")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Mark each folder's tests, give the patient ones their time, and put the dearest files first."""
    order = {_TESTS / name: at for at, name in enumerate(DEAREST)}
    patient = tuple(_TESTS / name for name in PATIENT)
    slow = {_TESTS / name for name in SLOW}
    for item in items:
        for name in FOLDERS.get(item.path.relative_to(_TESTS).parts[0], ()):
            item.add_marker(name)
        if item.path in slow:
            item.add_marker("slow")
        if config.getoption("--long"):
            item.add_marker(pytest.mark.timeout(0))
        elif any(item.path.is_relative_to(place) for place in patient):
            item.add_marker(pytest.mark.timeout(PATIENCE))
    items.sort(key=lambda item: order.get(item.path, len(order)))


class _Lane:
    """Watches whether the test that runs may start processes and open ports."""

    test = ""

    def hear(self, event: str, _: object) -> None:
        """Refuse; told of everything that Python audits."""
        if event in _ALONE and self.test:
            raise AssertionError(f"{self.test} does {event}: mark it `process`")


_lane = _Lane()
sys.addaudithook(_lane.hear)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Iterator[None]:
    """Hold a test to its markers."""
    _lane.test = "" if any(item.get_closest_marker(name) for name in _FREE) else item.nodeid
    try:
        return (yield)
    finally:
        _lane.test = ""


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
