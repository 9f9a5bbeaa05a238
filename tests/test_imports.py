"""What each entry of the program imports, seen in processes of their own: a static graph cannot see a deferred import."""

from __future__ import annotations

import ast
import json
import os
import pkgutil
import subprocess
import sys
from pathlib import Path

import pytest

import pmm_tui

pytestmark = pytest.mark.process

SCREEN = {"textual", "rich"}
SERVER = {"sqlalchemy", "starlette", "uvicorn"}
NETWORK = {"httpx", "asyncio"}
PAPER = {"reportlab", "PIL", "segno", "xlsxwriter"}
LIGHT = {"msgspec", "platformdirs", "tomllib"}
HEAVY = {"sqlite3"} | SCREEN | SERVER | NETWORK | LIGHT | PAPER
UPPER = {"store", "sync", "services", "tui", "server", "practice", "config", "locations", "cli"}
"""What the domain and the reading of files stand below."""
_LOADED = "import json, sys; print(json.dumps(sorted(sys.modules)), file=sys.stderr)"


def every_module() -> list[str]:
    """All modules but the driver of the terminals of another system, which can be imported there only."""
    other = "posix_driver" if sys.platform == "win32" else "windows_driver"
    names = [module.name for module in pkgutil.walk_packages(pmm_tui.__path__, "pmm_tui.")]
    assert f"pmm_tui.tui.{other}" in names
    return [name for name in names if not name.endswith(f".{other}")]


def loaded_by(code: str) -> set[str]:
    """Return the modules that a fresh process has loaded after some code."""
    told = subprocess.run(
        [sys.executable, "-c", f"{code}\n{_LOADED}"], capture_output=True, text=True, timeout=110, check=False, env={**os.environ}
    )
    assert told.returncode == 0, told.stderr
    return set(json.loads(told.stderr.strip().splitlines()[-1]))


def test_the_screen_writer_knows_nothing_of_ours() -> None:
    """`tui/lean` is of use to any Textual app: it imports nothing of this program but itself."""
    for path in (Path(pmm_tui.__file__).parent / "tui" / "lean").glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            names = [node.module or ""] if isinstance(node, ast.ImportFrom) else [a.name for a in getattr(node, "names", ())]
            if isinstance(node, (ast.Import, ast.ImportFrom)):
                assert all(name.startswith("pmm_tui.tui.lean.") for name in names if name.startswith("pmm_tui")), path.name
                assert not getattr(node, "level", 0), path.name


def roots(modules: set[str]) -> set[str]:
    return {name.partition(".")[0] for name in modules}


def after(*arguments: str) -> set[str]:
    """Return the modules that are loaded after a command line has run."""
    return loaded_by(f"from pmm_tui.cli.main import main; main({list(arguments)!r})")


@pytest.mark.parametrize(
    "arguments", [("--help",), ("--version",), ("rencana", "ekspor", "--help"), ("kirm",)], ids=lambda words: " ".join(words)
)
def test_help_loads_next_to_nothing(arguments: tuple[str, ...]) -> None:
    """Help, version and a wrong command load neither the screen, nor the network, nor the database, nor any command."""
    found = after(*arguments)
    assert not roots(found) & (HEAVY | {"logging"})
    ours = {name for name in found if name.startswith("pmm_tui")}
    assert ours == {
        "pmm_tui",
        "pmm_tui.cli",
        "pmm_tui.errors",
        "pmm_tui.cli.main",
        "pmm_tui.cli.indonesian",
        "pmm_tui.cli.output",
        "pmm_tui.cli.parser",
        "pmm_tui.cli.parser_copy",
        "pmm_tui.cli.parser_confirm",
        "pmm_tui.cli.parser_check",
        "pmm_tui.cli.parser_desk",
        "pmm_tui.cli.parser_import",
        "pmm_tui.cli.parser_print",
        "pmm_tui.cli.parser_schools",
        "pmm_tui.cli.parser_send",
        "pmm_tui.cli.parser_server",
        "pmm_tui.cli.run",
        "pmm_tui.cli.system_parser",
        "pmm_tui.cli.teacher_parser",
        "pmm_tui.text",
    }


@pytest.mark.parametrize(
    ("arguments", "without"),
    [
        (("lokasi",), HEAVY - LIGHT),
        (("pelengkap", "bash"), HEAVY - LIGHT),
        (("daftar", "--periode", "2026"), SCREEN | SERVER | NETWORK),
        (("periksa", "--periode", "2026"), SCREEN | SERVER | NETWORK),
        (("rencana", "impor", "x"), SCREEN | SERVER | NETWORK),
        (("impor", "x", "--periode", "2026"), SCREEN | SERVER | NETWORK),
        (("kirim",), {"textual"} | SERVER),  # httpx loads rich by itself where click is installed
        (("diagnosa", "--periode", "2026"), {"httpx"} | SCREEN | SERVER),
        (("server", "token", "daftar"), {"httpx", "starlette", "uvicorn"} | SCREEN),
        (("cetak", "--apa", "daftar", "--ke", "~/cetak", "--periode", "2026"), SCREEN | SERVER | NETWORK | PAPER),
        (("cetak", "--apa", "daftar", "--format", "xlsx", "--ke", "~/cetak"), SCREEN | SERVER | NETWORK | PAPER - {"xlsxwriter"}),
    ],
    ids=lambda words: " ".join(words) if isinstance(words, tuple) else "",
)
def test_a_command_loads_only_its_own_parts(arguments: tuple[str, ...], without: set[str]) -> None:
    """No command but the screen loads Textual, none but those that talk to a server httpx, and only `server` the server's parts."""
    found = after(*arguments)
    assert not roots(found) & without
    assert "pmm_tui.cli.debug_log" not in found


@pytest.mark.parametrize(
    ("package", "strangers", "libraries"),
    [
        ("skp", UPPER | {"roster"}, {"textual", "httpx", "sqlite3"}),
        ("roster", UPPER | {"cetak"}, {"textual", "httpx", "sqlite3"}),
        ("cetak", UPPER | {"roster"}, {"textual", "httpx", "sqlite3"}),
        ("store", UPPER - {"store"} | {"roster", "cetak"}, {"textual", "httpx", "asyncio"}),
        ("sync", UPPER - {"store", "sync"} | {"roster"}, {"textual", "starlette", "sqlalchemy"}),
        ("services", UPPER - {"store", "sync", "services"}, {"textual", "rich", "httpx", "sqlalchemy", "xlsxwriter", "reportlab"}),
        ("server", UPPER - {"server"} | {"roster"}, {"textual", "httpx"}),
        ("tui", {"server", "practice", "config", "locations", "cli"}, {"httpx", "starlette", "sqlalchemy"}),
    ],
)
def test_packages_know_only_what_is_below_them(package: str, strangers: set[str], libraries: set[str]) -> None:
    """With every module of a package loaded, nothing above it and no library of another's is."""
    folder = Path(pmm_tui.__file__).parent / package
    assert (folder / "__init__.py").exists()
    assert all((folder.parent / name).exists() or (folder.parent / f"{name}.py").exists() for name in strangers)
    names = [f"pmm_tui.{package}", *(name for name in every_module() if name.startswith(f"pmm_tui.{package}."))]
    found = loaded_by("import importlib\n" + "\n".join(f"importlib.import_module({name!r})" for name in names))
    ours = {name.split(".")[1] for name in found if name.startswith("pmm_tui.")}
    assert not ours & strangers
    assert not roots(found) & libraries


def test_every_module_can_be_the_first() -> None:
    """Each module imports by itself, whichever comes first: there is no circle that only a certain order hides."""
    names = [name for name in every_module() if not name.endswith("__main__")]
    assert len(names) > 80
    code = (
        "import importlib, sys\n"
        f"for name in {names!r}:\n"
        "    for loaded in [m for m in sys.modules if m.split('.')[0] == 'pmm_tui']:\n"
        "        del sys.modules[loaded]\n"
        "    importlib.import_module(name)\n"
    )
    loaded_by(code)


def test_importing_touches_no_file_of_the_users() -> None:
    """With every module imported no folder or file of the user's has been made."""
    names = [name for name in every_module() if not name.endswith("__main__")]
    before = sorted(Path.home().rglob("*"))
    loaded_by("import importlib\n" + "\n".join(f"importlib.import_module({name!r})" for name in names))
    assert sorted(Path.home().rglob("*")) == before


def test_the_client_brings_what_its_first_request_would_load() -> None:
    """What httpx loads at its first request (50 ms) comes with the client, which the screen imports in a thread."""
    found = loaded_by("import pmm_tui.sync.http.client")
    assert {"httpcore", "anyio.streams.tls", "anyio.to_thread", "anyio._backends._asyncio"} <= found


def test_the_screen_starts_with_little() -> None:
    """What the first screen needs loads no network, no server, no reader of sheets, no OpenSSL, no parser, no later screen."""
    opened = "import pmm_tui.quick_start as start; start._load_asyncio()\n"
    opened += "import pmm_tui.cli.open_screen, pmm_tui.cli.screen_services, pmm_tui.tui"
    found = after() | loaded_by(opened)
    assert "pmm_tui.cli.commands.layar" in after()
    heavy = {"httpx", "python_calamine", "hashlib", "_hashlib", "_ssl", "truststore", "argparse"} | SERVER | PAPER
    assert not roots(found) & heavy
    later = (
        "pmm_tui.sync.",
        "pmm_tui.cetak.",
        "pmm_tui.server",
        "pmm_tui.roster.",
        "pmm_tui.tui.panes.",
        "pmm_tui.tui.widgets.sheet",
    )
    assert not {name for name in found if name.startswith(later)}
    assert "pmm_tui.tui.screens.rencana" not in found
