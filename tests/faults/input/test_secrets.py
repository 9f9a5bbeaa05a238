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
from tests.faults.input.broken import NAMA, NIP, ada

if sys.platform == "linux":
    from tests.faults.input.canary import Kenari, jalani
    from tests.faults.input.spy import Pengintai, pengintai

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc, and needs a pty")

_DATA = re.compile(r"pmm(/latihan)?/(pmm-tui(-\w+)?\.db(-wal|-shm)?|cadangan/.*|.*\.ndjson|pmm-tui\.db\.rusak.*)")
"""The records, their copies and the recovery log."""


@pytest.fixture(scope="module")
def dijalankan(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Kenari, Pengintai]]:
    """Every flow and failure once, watched."""
    folder = tmp_path_factory.mktemp("kenari")
    before = Path.cwd()
    os.chdir(folder)
    k = Kenari(folder)
    try:
        with pengintai() as intai:
            jalani(k)
        yield k, intai
    finally:
        os.chdir(before)
        k.server.stop()


def _berkas(k: Kenari) -> dict[str, bytes]:
    """Every file below the operator's home and the folder for temporary files, by its place."""
    places = ((k.mesin.home, ""), (k.tmp, "tmp/"))
    return {
        prefix + str(path.relative_to(root)): path.read_bytes()
        for root, prefix in places
        for path in root.rglob("*")
        if path.is_file()
    }


def test_the_token_is_in_its_file_alone(dijalankan: tuple[Kenari, Pengintai]) -> None:
    """No database, copy, report, export, log or temporary file has it, in any spelling."""
    k, _ = dijalankan
    found = {name for name, content in _berkas(k).items() if ada(content, k.token)}
    assert found == {"config/pmm-tui/token"}


def test_personal_data_are_in_the_records_alone(dijalankan: tuple[Kenari, Pengintai]) -> None:
    """Name and NIP stand in the records and their copies, in what was imported, and in what was exported on purpose."""
    k, _ = dijalankan
    found = {name for name, content in _berkas(k).items() if ada(content, NIP) or ada(content, NAMA)}
    assert {"pmm/pmm-tui.db", "daftar-guru.xlsx"} <= found | {"daftar-guru.xlsx"}
    elsewhere = {name for name in found if not _DATA.fullmatch(name)}
    assert {re.sub(r"\d{4}-", "N-", name) for name in elsewhere} <= {"daftar-guru.xlsx", "ekspor/N-kenari-rahasia-2026.toml"}


def test_private_columns_end_at_the_door(dijalankan: tuple[Kenari, Pengintai]) -> None:
    """What Dapodik has in its private columns (address, mother's name, NIK, bank) is in no file of ours at all."""
    k, _ = dijalankan
    files = {name for name, content in _berkas(k).items() if ada(content, SECRET)}
    assert files <= {"daftar-guru.xlsx"}
    assert not any(ada(said, SECRET) for said in k.said)


def test_nothing_was_said_of_the_token(dijalankan: tuple[Kenari, Pengintai]) -> None:
    """Neither stream of any command, nor any byte to the terminal, also when it was typed, wrong, or the program broke."""
    k, _ = dijalankan
    assert len(k.said) > 60
    assert not [said for said in k.said if ada(said, k.token)]


def test_reports_and_diagnosa_hold_no_personal_data(dijalankan: tuple[Kenari, Pengintai]) -> None:
    """What one is asked to pass on can be passed on: crash reports, `diagnosa` and `lokasi`."""
    k, _ = dijalankan
    reports = list((k.mesin.home / "pmm" / "laporan").iterdir())
    assert len(reports) == 3
    told = [path.read_bytes() for path in reports] + [said for said in k.said if b"tempat" in said and b"terminal" in said]
    assert len(told) >= 8
    for content in told:
        assert not ada(content, NIP)
        assert not ada(content, NAMA)
        assert str(k.mesin.home).encode() not in content


def test_the_debug_log_names_nobody(dijalankan: tuple[Kenari, Pengintai]) -> None:
    """With the debug log on in all of it, the program told what it did, and no name, number, token or folder."""
    k, _ = dijalankan
    said = (k.mesin.home / "pmm" / "log" / "pmm-tui.log").read_bytes()
    for told in (b"pmm_tui.store: envelope 1 stands sealed", b"pmm_tui.tui: RencanaScreen opens", b"builtins.ValueError"):
        assert told in said
    for secret in (NIP, NAMA, k.token, SECRET, str(k.mesin.home), k.server.url):
        assert not ada(said, secret)


def test_children_and_arguments(dijalankan: tuple[Kenari, Pengintai]) -> None:
    """No process ever had a secret among its arguments, nor a child of ours the token in its environment."""
    k, intai = dijalankan
    anak = intai.anak(b"pmm_tui")
    assert {b"pmm_tui.roster.child", b"pmm_tui.practice.loopback"} <= {part for satu in anak for part in satu.argv.split(b"\0")}
    for satu in intai.terlihat.values():
        assert not ada(satu.argv, k.token)
        assert not ada(satu.argv, NAMA)
        assert NIP.encode() not in satu.argv.replace(b"ekspor\0" + NIP.encode(), b"")  # asked for by its number
    for satu in anak:
        assert not ada(satu.env, k.token)
        assert b"PMM_TUI_" not in satu.env
        assert not ada(satu.env, NIP)


def test_modes(dijalankan: tuple[Kenari, Pengintai]) -> None:
    """With a mask that forbids nothing, every file that the program made is 0600 and every folder 0700."""
    k, _ = dijalankan
    places = [k.mesin.home / part for part in ("config", "pmm", "ekspor")]
    wrong = []
    for path in [*places, *(path for place in places for path in place.rglob("*"))]:
        mode = stat.S_IMODE(path.lstat().st_mode)
        if mode != (0o700 if path.is_dir() else 0o600):
            wrong.append(f"{mode:o} {path.relative_to(k.mesin.home)}")
    assert wrong == []
    assert sum(path.is_file() for place in places for path in place.rglob("*")) > 12


def test_nothing_is_left_behind(dijalankan: tuple[Kenari, Pengintai]) -> None:
    """No temporary file, no half-made copy, no picture of the screen, no record of keys."""
    k, _ = dijalankan
    names = set(_berkas(k))
    assert not [name for name in names if name.startswith("tmp/")]
    assert not [name for name in names if re.search(r"\.svg$|keys\.log|/\.[^/]*$|\.baru-", name)]
    assert {path.name for path in k.mesin.home.iterdir()} == {"config", "pmm", "ekspor", "daftar-guru.xlsx"}
