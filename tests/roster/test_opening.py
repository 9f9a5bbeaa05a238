"""Opening a roster file on other systems: what the operator reads where a folder, a lock or a full machine is in the way."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from pmm_tui.errors import InputError
from pmm_tui.roster.read import read_roster
from pmm_tui.skp.katalog import Katalog
from tests.roster.conftest import NIP, TODAY

CSV = f"Nama;NIP\nBudi;{NIP}\n"


def refusal(path: Path, katalog: Katalog) -> str:
    """Why a file is not read."""
    with pytest.raises(InputError) as error:
        read_roster(path, katalog, TODAY)
    return error.value.sentence


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A small roster."""
    (tmp_path / "guru.csv").write_text(CSV, encoding="utf-8")
    return tmp_path / "guru.csv"


@pytest.mark.parametrize(
    ("platform", "folder", "words"),
    [("win32", True, "ini map"), ("win32", False, "tidak boleh dibaca"), ("linux", True, "tidak boleh dibaca")],
)
def test_a_file_that_may_not_be_opened_is_told_from_a_folder(
    file: Path, katalog: Katalog, monkeypatch: pytest.MonkeyPatch, platform: str, folder: bool, words: str
) -> None:
    """Windows refuses to open a folder as it refuses a file that Excel has open."""

    def closed(path: object, flags: int, *more: object) -> int:
        raise PermissionError(13, "x")

    path = file.parent if folder else file
    with monkeypatch.context() as patched:
        patched.setattr(os, "open", closed)
        patched.setattr(sys, "platform", platform)
        assert words in refusal(path, katalog)


def test_a_folder_and_a_missing_file_are_told(file: Path, katalog: Katalog) -> None:
    """Each with the name that was asked for."""
    assert refusal(file.parent, katalog).startswith(f"{file.parent.name}: ini map")
    assert refusal(file.with_name("lain.csv"), katalog) == "lain.csv: berkas tidak ditemukan; periksa nama dan mapnya."


def test_a_machine_that_starts_nothing_more_says_so(file: Path, katalog: Katalog, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without room for another program nothing can be read."""

    def none(*arguments: object, **more: object) -> None:
        raise OSError(11, "x")

    monkeypatch.setattr(subprocess, "Popen", none)
    assert "program pembaca tidak dapat dijalankan" in refusal(file, katalog)


@pytest.mark.process
def test_a_file_that_is_too_large_is_told_before_it_is_read(file: Path, katalog: Katalog) -> None:
    """By its size, to the byte."""
    with file.open("ab") as sparse:
        sparse.truncate(20_000_001)
    assert "lebih dari 20 MB" in refusal(file, katalog)
    with file.open("ab") as sparse:
        sparse.truncate(20_000_000)
    assert "lebih dari 20 MB" not in refusal(file, katalog)


@pytest.mark.skipif(sys.platform == "win32", reason="pipes")
def test_a_pipe_is_no_file(tmp_path: Path, katalog: Katalog) -> None:
    """It is not waited for."""
    os.mkfifo(tmp_path / "pipa")
    assert "bukan berkas biasa" in refusal(tmp_path / "pipa", katalog)


@pytest.mark.process
def test_no_descriptor_is_left_open(file: Path, katalog: Katalog) -> None:
    """Neither after reading nor after a refusal."""
    for _ in range(2):
        read_roster(file, katalog, TODAY)
        refusal(file.parent, katalog)
    before = os.open(file, os.O_RDONLY)
    os.close(before)
    read_roster(file, katalog, TODAY)
    refusal(file.parent, katalog)
    after = os.open(file, os.O_RDONLY)
    os.close(after)
    assert after == before
