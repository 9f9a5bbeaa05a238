"""`pmm-tui impor`: rows in words and as a document, trying out, exit codes."""

from __future__ import annotations

from pathlib import Path

import pytest

from pmm_tui.locations import Locations
from pmm_tui.store import Store
from tests.cli.conftest import BUDI, SITI, Run

P = ("--periode", "2026")
HEAD = "Nama;NIP;NUPTK;JK;Status Kepegawaian;Jenis PTK\n"
GOOD = f"{SITI.nama};'{SITI.nip};;P;PNS;Guru Mapel\n{BUDI.nama};;{BUDI.nuptk};L;GTY/PTY;Guru Kelas\n"


def csv(folder: Path, text: str) -> Path:
    file = folder / "guru.csv"
    file.write_text(HEAD + text, "utf-8")
    return file


def names(places: Locations) -> set[str]:
    with Store.open(places.database) as store:
        return {p.nama for p in store.roster.all()}


@pytest.mark.process
def test_importing_twice_changes_nothing(run: Run, places: Locations, tmp_path: Path) -> None:
    """The first time every teacher is new, the second time all are the same."""
    file = csv(tmp_path, GOOD)
    first = run("impor", file, "--json", *P)
    assert (first.code, first.json["jumlah"]["baru"], first.json["uji_coba"]) == (0, 2, False)
    assert names(places) == {SITI.nama, BUDI.nama}
    again = run("impor", file, *P)
    assert (again.code, again.out) == (0, "")
    assert "2 sama" in again.err


@pytest.mark.process
def test_trying_out_stores_nothing(run: Run, places: Locations, tmp_path: Path) -> None:
    """With --uji-coba the rows are told and nothing is stored."""
    told = run("impor", csv(tmp_path, GOOD), "--uji-coba", *P)
    assert told.code == 0
    assert f"baris 2 baru: {SITI.nama}" in told.out
    assert names(places) == set()


@pytest.mark.process
def test_a_refused_row_never_stops_the_others(run: Run, places: Locations, tmp_path: Path) -> None:
    """A row with an impossible NIP is told with its number and column, the rest is stored, and the exit code is 1."""
    told = run("impor", csv(tmp_path, f"Salah;123;;L;PNS;Guru Mapel\n{GOOD}"), *P)
    assert told.code == 1
    assert "baris 2 ditolak: Salah" in told.out
    assert "  NIP: " in told.out
    assert names(places) == {SITI.nama, BUDI.nama}


def test_what_is_no_roster_is_one_sentence(run: Run, tmp_path: Path) -> None:
    """A missing file and a file without the headings end with exit code 1 and one sentence."""
    (tmp_path / "x.csv").write_text("a;b\n1;2\n")
    for file in (tmp_path / "tidak-ada.xlsx", tmp_path / "x.csv", tmp_path):
        told = run("impor", file, *P)
        assert (told.code, told.out, told.err.count("\n")) == (1, "", 1)
