"""Secrets and personal data (issue 3, point 8), on this computer: driven through every flow, found only where they belong."""

from __future__ import annotations

import os
import re
import stat
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.dapodik import SECRET
from tests.faults.input.broken import NAME, NIP, holds

if sys.platform == "linux":
    from tests.faults.input.canary import Canary, go_through
    from tests.faults.input.spy import Spy, spy

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc, and needs a pty")

_DATA = re.compile(r"pmm(/latihan)?/(pmm-tui(-\w+)?\.db(-wal|-shm)?|cadangan/.*|.*\.ndjson|pmm-tui\.db\.(rusak|sebelum).*)")
"""The records, their copies and the recovery log."""


@pytest.fixture(scope="module")
def ran(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Canary, Spy]]:
    """Every flow and failure once, watched."""
    folder = tmp_path_factory.mktemp("kenari")
    before = Path.cwd()
    os.chdir(folder)
    k = Canary(folder)
    try:
        with spy() as watcher:
            go_through(k)
        yield k, watcher
    finally:
        os.chdir(before)
        k.server.stop()


def _files(k: Canary) -> dict[str, bytes]:
    """Every file below the operator's home and the folder for temporary files, by its place."""
    places = ((k.machine.home, ""), (k.tmp, "tmp/"))
    return {
        prefix + str(path.relative_to(root)): path.read_bytes()
        for root, prefix in places
        for path in root.rglob("*")
        if path.is_file()
    }


def test_the_token_is_in_its_file_alone(ran: tuple[Canary, Spy]) -> None:
    """No database, copy, report, export, log or temporary file has it, in any spelling."""
    k, _ = ran
    found = {name for name, content in _files(k).items() if holds(content, k.token)}
    assert found == {"config/pmm-tui/token"}


def test_personal_data_are_in_the_records_alone(ran: tuple[Canary, Spy]) -> None:
    """Name and NIP stand in the records and their copies, in what was imported, and in what was exported on purpose."""
    k, _ = ran
    found = {name for name, content in _files(k).items() if holds(content, NIP) or holds(content, NAME)}
    assert {"pmm/pmm-tui.db", "daftar-guru.xlsx"} <= found | {"daftar-guru.xlsx"}
    elsewhere = {name for name in found if not _DATA.fullmatch(name)}
    assert {re.sub(r"\d{4}-", "N-", name) for name in elsewhere} <= {"daftar-guru.xlsx", "ekspor/N-kenari-rahasia-2026.toml"}


def test_private_columns_end_at_the_door(ran: tuple[Canary, Spy]) -> None:
    """What Dapodik has in its private columns (address, mother's name, NIK, bank) is in no file of ours at all."""
    k, _ = ran
    files = {name for name, content in _files(k).items() if holds(content, SECRET)}
    assert files <= {"daftar-guru.xlsx"}
    assert not any(holds(said, SECRET) for said in k.said)


def test_nothing_was_said_of_the_token(ran: tuple[Canary, Spy]) -> None:
    """Neither stream of any command, nor any byte to the terminal, also when it was typed, wrong, or the program broke."""
    k, _ = ran
    assert len(k.said) > 60
    assert not [said for said in k.said if holds(said, k.token)]


def test_reports_and_diagnosis_hold_no_personal_data(ran: tuple[Canary, Spy]) -> None:
    """What one is asked to pass on can be passed on: crash reports, `diagnosa` and `lokasi`."""
    k, _ = ran
    reports = list((k.machine.home / "pmm" / "laporan").iterdir())
    assert len(reports) == 3
    told = [path.read_bytes() for path in reports] + [said for said in k.said if b"tempat" in said and b"terminal" in said]
    assert len(told) >= 8
    for content in told:
        assert not holds(content, NIP)
        assert not holds(content, NAME)
        assert str(k.machine.home).encode() not in content


def test_the_debug_log_names_nobody(ran: tuple[Canary, Spy]) -> None:
    """With the debug log on in all of it, the program told what it did, and no name, number, token or folder."""
    k, _ = ran
    said = (k.machine.home / "pmm" / "log" / "pmm-tui.log").read_bytes()
    for told in (b"pmm_tui.store: envelope 1 stands sealed", b"pmm_tui.tui: RencanaScreen opens", b"builtins.ValueError"):
        assert told in said
    for secret in (NIP, NAME, k.token, SECRET, str(k.machine.home), k.server.url):
        assert not holds(said, secret)


def test_children_and_arguments(ran: tuple[Canary, Spy]) -> None:
    """No process ever had a secret among its arguments, nor a child of ours the token in its environment."""
    k, watcher = ran
    child = watcher.children(b"pmm_tui")
    assert {b"pmm_tui.roster.child", b"pmm_tui.practice.loopback"} <= {part for one in child for part in one.argv.split(b"\0")}
    for one in watcher.visible.values():
        assert not holds(one.argv, k.token)
        assert not holds(one.argv, NAME)
        assert NIP.encode() not in one.argv.replace(b"ekspor\0" + NIP.encode(), b"")  # asked for by its number
    for one in child:
        assert not holds(one.env, k.token)
        assert b"PMM_TUI_" not in one.env
        assert not holds(one.env, NIP)


def test_modes(ran: tuple[Canary, Spy]) -> None:
    """With a mask that forbids nothing, every file that the program made is 0600 and every folder 0700."""
    k, _ = ran
    places = [k.machine.home / part for part in ("config", "pmm", "ekspor")]
    wrong = []
    for path in [*places, *(path for place in places for path in place.rglob("*"))]:
        mode = stat.S_IMODE(path.lstat().st_mode)
        if mode != (0o700 if path.is_dir() else 0o600):
            wrong.append(f"{mode:o} {path.relative_to(k.machine.home)}")
    assert wrong == []
    assert sum(path.is_file() for place in places for path in place.rglob("*")) > 12


def test_nothing_is_left_behind(ran: tuple[Canary, Spy]) -> None:
    """No temporary file, no half-made copy, no picture of the screen, no record of keys."""
    k, _ = ran
    names = set(_files(k))
    assert not [name for name in names if name.startswith("tmp/")]
    assert not [name for name in names if re.search(r"\.svg$|keys\.log|/\.[^/]*$|\.baru-", name)]
    assert {path.name for path in k.machine.home.iterdir()} == {"config", "pmm", "ekspor", "daftar-guru.xlsx", "kiriman.pmm"}
