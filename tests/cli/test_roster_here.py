"""`pmm-tui impor` and `server sekolah --guru` with the child's reading done in this process."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from pmm_tui.locations import Locations
from pmm_tui.store import Store
from tests.cli.conftest import BUDI, SITI, Run
from tests.cli.fake_child import RosterChild

P = ("--periode", "2026")
HEAD = "Nama;NIP;NUPTK;JK;Status Kepegawaian;Jenis PTK\n"
GOOD = f"{SITI.nama};'{SITI.nip};;P;PNS;Guru Mapel\n{BUDI.nama};;{BUDI.nuptk};L;GTY/PTY;Guru Kelas\n"


@pytest.fixture(autouse=True)
def _child(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(subprocess, "Popen", RosterChild)


def csv(folder: Path, text: str) -> Path:
    file = folder / "guru.csv"
    file.write_text(HEAD + text, "utf-8")
    return file


def names(places: Locations) -> set[str]:
    with Store.open(places.database) as store:
        return {p.nama for p in store.roster.all()}


def test_each_row_is_told_and_stored(run: Run, places: Locations, tmp_path: Path) -> None:
    """New, refused, the same: lines on stdout, file and counts as narration, and 1 while a row was refused."""
    told = run("impor", csv(tmp_path, f"Salah;123;;L;PNS;Guru Mapel\n{GOOD}"), *P)
    assert told.code == 1
    lines = told.out.splitlines()
    assert lines[0] == "baris 2 ditolak: Salah"
    assert lines[1].startswith("  NIP: ")
    assert f"baris 3 baru: {SITI.nama}" in lines
    first, last = told.err.splitlines()
    assert first.startswith("guru.csv: CSV")
    assert last.startswith("2 baru")
    assert last.endswith(" 1 ditolak.")
    assert names(places) == {SITI.nama, BUDI.nama}
    again = run("impor", csv(tmp_path, GOOD), *P)
    assert (again.code, again.out) == (0, "")
    assert "2 sama" in again.err


def test_trying_out_says_so_and_stores_nothing(run: Run, places: Locations, tmp_path: Path) -> None:
    """With --uji-coba the rows are told, and that nothing was kept."""
    told = run("impor", csv(tmp_path, GOOD), "--uji-coba", *P)
    assert told.code == 0
    assert f"baris 2 baru: {SITI.nama}" in told.out
    assert told.err.endswith(" (uji coba: tidak ada yang disimpan).\n")
    assert names(places) == set()
    document = run("impor", csv(tmp_path, GOOD), "--uji-coba", "--json", *P).json
    assert document["uji_coba"] is True
    assert document["jumlah"]["baru"] == 2


def test_a_school_is_loaded_with_its_teachers(run: Run, tmp_path: Path) -> None:
    """Teachers of the file are counted, a refused row is told with its column and gives 1, a second time all are the same."""
    arguments = ("server", "sekolah", "--npsn", "20512345", "--database", tmp_path / "s.db", "--guru")
    told = run(*arguments, csv(tmp_path, f"Salah;123;;L;PNS;Guru Mapel\n{GOOD}"))
    assert (told.code, told.out) == (1, "")
    first, last = told.err.splitlines()
    assert first.startswith("baris 2 ditolak: Salah. NIP: ")
    assert last == "Guru: 2 baru, 0 diperbarui, 0 sama, 1 ditolak."
    again = run(*arguments, csv(tmp_path, GOOD))
    assert (again.code, again.err) == (0, "Guru: 0 baru, 0 diperbarui, 2 sama, 0 ditolak.\n")
