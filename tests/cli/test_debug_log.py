"""The debug log (PMM_TUI_LOG): every package tells what it does, nobody's value is ever in it, and nothing is written unasked."""

from __future__ import annotations

import ast
import asyncio
import errno
import logging
import os
import re
import stat
import threading
from collections.abc import Iterator
from contextlib import aclosing, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from queue import Queue

import pytest

import pmm_tui
from pmm_tui.cli import debug_log
from pmm_tui.cli.main import main
from pmm_tui.locations import locate
from pmm_tui.practice.school import KEPALA, NPSN, RAPOR, SEKOLAH, school_teachers
from pmm_tui.server.sekolah import load_school
from pmm_tui.server.serve import serve
from pmm_tui.server.tokens import create_token
from pmm_tui.skp.model import Pegawai
from pmm_tui.store import Store
from tests.cli.conftest import COMPLETE
from tests.dapodik import teachers, write_dapodik
from tests.tui.samples import TEACHERS
from tests.tui.walk import walk, walk_app

_NOW = datetime(2026, 1, 10, tzinfo=UTC)
PACKAGES = {f"pmm_tui.{name}" for name in ("cli", "roster", "server", "store", "sync", "tui")}


def log_folder() -> Path:
    """Where `lokasi` says that the log is."""
    return locate(os.environ).log_folder


def log_text() -> str:
    return "".join(path.read_text("ascii") for path in sorted(log_folder().iterdir()))


@contextmanager
def school_server(folder: Path) -> Iterator[tuple[str, str]]:
    """Run the reference server over the practice school in a thread; gives its address and a token."""
    database = str(folder / "server.db")
    load_school(database, SEKOLAH, school_teachers(), {"2026": RAPOR})
    address: Queue[str] = Queue()
    stop = threading.Event()
    arguments = {"on_ready": address.put, "stop": stop}
    thread = threading.Thread(target=serve, args=("127.0.0.1", 0, database), kwargs=arguments)
    thread.start()
    try:
        yield address.get(timeout=20), create_token(database, NPSN, "operator")
    finally:
        stop.set()
        thread.join()


def secrets_of(pegawai: Pegawai) -> set[str]:
    """What identifies a teacher, as a whole and by its parts."""
    parts = {part for part in re.split(r"[ ,.'\[\]]+", pegawai.nama) if len(part) > 4}
    return {pegawai.nama, pegawai.nip, pegawai.nuptk, pegawai.tanggal_lahir, *parts} - {""}


@pytest.mark.process
def test_every_package_is_heard_and_nobody_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A school's whole work by commands, its faults, and a walk over the first screens: told in the log, without one value."""
    roster = write_dapodik(tmp_path / "Daftar Rahasia.xlsx", teachers(6))
    monkeypatch.setenv("PMM_TUI_LOG", "debug")
    with school_server(tmp_path) as (url, token):
        monkeypatch.setenv("PMM_TUI_SERVER", url)
        monkeypatch.setenv("PMM_TUI_TOKEN", token)
        assert main(["tarik", "--periode", "2026"]) == 0
        assert main(["impor", str(roster), "--periode", "2026"]) in (0, 1)
        with Store.open(locate(os.environ).database) as store:
            people = store.roster.all()
            for pegawai in people[:3]:
                store.drafts.save(pegawai.id, "2026", COMPLETE, 1, _NOW)
        assert main(["rencana", "ekspor", "--semua", "--ke", str(tmp_path / "out"), "--periode", "2026"]) == 0
        assert main(["rencana", "impor", *map(str, (tmp_path / "out").iterdir())]) in (0, 1)
        assert main(["ajukan", "--semua-lengkap", "--periode", "2026"]) == 0
        assert main(["kirim"]) == 0
        monkeypatch.setenv("PMM_TUI_TOKEN", f"{token}x")
        assert main(["tarik", "--periode", "2026"]) == 2
    assert main(["impor", str(tmp_path / people[0].nama)]) == 1
    with monkeypatch.context() as broken:
        broken.setattr(Store, "open", _broken)
        assert main(["daftar"]) == 1
    assert debug_log.run_logged("debug", log_folder(), "layar", lambda: asyncio.run(_walk(tmp_path))) == 0
    said = log_text()
    assert set(re.findall(r" (pmm_tui\.\w+): ", said)) == PACKAGES
    for told in (
        "3 sent, 0 rejected",
        "envelope 1 stands sealed",
        "40 new teachers",
        "child ended with code 0",
        "RencanaScreen opens",
    ):
        assert told in said
    assert "builtins.LookupError" in said
    people = (*people, *TEACHERS, KEPALA)  # type: ignore[assignment]
    hidden = {token, url, url.rpartition("//")[2], NPSN, SEKOLAH.nama, str(tmp_path), "Rahasia", "Menulis modul ajar"}
    for secret in hidden.union(*(secrets_of(one) for one in people if isinstance(one, Pegawai))):
        assert secret not in said
    capsys.readouterr()


def test_nothing_is_written_unasked(capsys: pytest.CaptureFixture[str]) -> None:
    """Without the variable no log, no folder for it, and no word on a stream, whatever goes wrong."""
    assert main(["daftar"]) == 0
    assert main(["impor", "nowhere.xlsx"]) == 1
    logging.getLogger("pmm_tui.store").info("heard by nobody")
    assert not log_folder().exists()
    assert "begins" not in "".join(capsys.readouterr())


@pytest.mark.parametrize(("level", "heard"), [("debug", True), ("info", False)])
def test_levels(level: str, heard: bool, tmp_path: Path) -> None:
    """`info` leaves out the details of `debug`; afterwards the loggers are as they were."""

    def work() -> int:
        logging.getLogger("pmm_tui.store").debug("a detail")
        return 7

    assert debug_log.run_logged(level, tmp_path / "log", "daftar", work) == 7
    said = (tmp_path / "log" / debug_log.FILE_NAME).read_text("ascii")
    assert ("a detail" in said) == heard
    assert "daftar ends with code 7" in said
    ours = logging.getLogger("pmm_tui")
    assert (ours.handlers, ours.level, ours.propagate) == ([], logging.NOTSET, True)


def test_another_level_is_refused(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """A word that is no level is told, and nothing runs."""
    monkeypatch.setenv("PMM_TUI_LOG", "semua")
    assert main(["daftar"]) == 2
    assert "isi dengan debug atau info" in capsys.readouterr().err
    assert not log_folder().exists()


def test_a_value_that_is_given_is_not_written(tmp_path: Path) -> None:
    """Names, numbers of people, tokens and paths come out as signs, also inside an error."""
    try:
        raise ValueError("Siti 198507142010012012")
    except ValueError as error:
        debug_log.run_logged("info", tmp_path, "layar", lambda error=error: _careless(error))  # type: ignore[misc]
    said = (tmp_path / debug_log.FILE_NAME).read_text("ascii")
    assert "given ? ? -1 ? ? SQLITE_FULL 12" in said
    assert "builtins.ValueError" in said
    assert "test_debug_log.py" in said
    for secret in ("Siti", "1985", "token", "home"):
        assert secret not in said


def _careless(error: Exception) -> int:
    values = ("Siti Aisyah", "198507142010012012", 198507142010012012, "token-7f3a", "/home/siti", "SQLITE_FULL", 12)
    logging.getLogger("pmm_tui.store").info("given %s %s %d %s %s %s %d", *values, exc_info=error)
    return 0


@pytest.mark.skipif(os.name != "posix", reason="mode bits")
def test_the_log_is_its_owners(tmp_path: Path) -> None:
    """Folder and file are for their owner alone, whatever the mask."""
    before = os.umask(0)
    try:
        debug_log.run_logged("info", tmp_path / "a" / "log", "daftar", lambda: 0)
    finally:
        os.umask(before)
    for place, mode in ((tmp_path / "a", 0o700), (tmp_path / "a" / "log", 0o700), (tmp_path / "a" / "log" / "pmm-tui.log", 0o600)):
        assert stat.S_IMODE(place.stat().st_mode) == mode


def test_the_log_does_not_grow_without_end(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A full file becomes the older one, and there is never a third."""
    monkeypatch.setattr(debug_log, "MAX_BYTES", 2000)
    for _ in range(50):
        debug_log.run_logged("info", tmp_path / "log", "daftar", lambda: 0)
    files = list((tmp_path / "log").iterdir())
    assert {path.name for path in files} == {"pmm-tui.log", "pmm-tui.log.1"}
    assert all(0 < path.stat().st_size <= 2000 for path in files)


def test_a_log_that_cannot_be_written_stops_nobody(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """With the disk full, or no right to the file, the command does what it always does."""
    assert main(["daftar"]) == 0
    usual = capsys.readouterr()

    def refused(path: str, flags: int) -> int:
        raise OSError(errno.ENOSPC, "")

    monkeypatch.setenv("PMM_TUI_LOG", "debug")
    monkeypatch.setattr(debug_log, "_open_private", refused)
    assert main(["daftar"]) == 0
    assert capsys.readouterr() == usual


def test_lines_are_fixed_sentences() -> None:
    """Every line of the product's is a literal on one of the two levels: what varies goes through the sieve."""
    calls = 0
    for path in Path(pmm_tui.__file__).parent.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and ast.unparse(node.func).startswith("_log."):
                calls += 1
                where = f"{path.name}:{node.lineno}"
                assert ast.unparse(node.func) in ("_log.debug", "_log.info"), where
                assert isinstance(node.args[0], ast.Constant), where
    assert calls > 12


def _broken(*_: object) -> Store:
    raise LookupError("Siti Aisyah 198507142010012012")


async def _walk(folder: Path) -> int:
    with Store.open(folder / "walk.db") as store:
        async with walk_app(store) as stage, aclosing(walk(stage)) as screens:
            async for name in screens:
                if name == "kompetensi-own":  # where a plan's own words were typed
                    return 0
    return 1
