"""`pmm-tui impor`: rows in words and as a document, trying out, exit codes."""

from __future__ import annotations

from pathlib import Path

import pytest

from pmm_tui.locations import Locations
from pmm_tui.store import Store
from tests.cli.conftest import BUDI, SITI, Run
from tests.dapodik import write_book

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


DISPUTED = "Orang Lain;;{0};L;GTY/PTY;Guru Kelas\nZulkifli;;4046763664200013;L;GTY/PTY;Guru Kelas\n"


@pytest.mark.process
def test_a_number_of_somebody_else_waits_for_an_answer(run: Run, places: Locations, tmp_path: Path) -> None:
    """The row is told with both people, nothing of it is stored, the exit code is 1; `--putuskan` answers."""
    assert run("impor", csv(tmp_path, GOOD), *P).code == 0
    file = csv(tmp_path, DISPUTED.format(BUDI.nuptk))
    told = run("impor", file, *P)
    assert told.code == 1
    assert "baris 2 perlu diputuskan: Orang Lain (bila orang yang sama: Nama: Budi Ñuñez -> Orang Lain)" in told.out
    assert BUDI.nama in told.out.splitlines()[1]
    assert "1 perlu diputuskan" in told.err
    assert "--putuskan BARIS=sama" in told.err
    assert names(places) == {SITI.nama, BUDI.nama, "Zulkifli"}
    left = run("impor", file, "--putuskan", "2=lewati", *P)
    assert (left.code, "1 dilewati" in left.err) == (0, True)
    assert names(places) == {SITI.nama, BUDI.nama, "Zulkifli"}
    wrong = run("impor", file, "--putuskan", "3=sama", *P)
    assert (wrong.code, wrong.err.count("\n")) == (2, 1)
    same = run("impor", file, "--putuskan", "2=sama", "--json", *P)
    assert (same.code, same.json["jumlah"]["diperbarui"]) == (0, 1)
    assert names(places) == {SITI.nama, "Orang Lain", "Zulkifli"}


@pytest.mark.process
def test_sheets_are_told_and_chosen(run: Run, places: Locations, tmp_path: Path) -> None:
    """What was not read is said with the option that reads it."""
    head = ("Nama", "NUPTK")
    book = {"Petunjuk": [head, ("Budi Contoh", "4046763664200099")], "Guru": [head, ("Ani", "4046763664200013")]}
    file = write_book(tmp_path / "guru.xlsx", book)
    told = run("impor", file, *P)
    assert (told.code, names(places)) == (0, {"Ani"})
    assert 'Tidak dibaca: lembar "Petunjuk"' in told.err
    assert "--lembar semua" in told.err
    asked = run("impor", file, "--lembar", "petunjuk", "--json", "--uji-coba", *P)
    assert ([row["nama"] for row in asked.json["baris"]], asked.json["lembar"]) == (["Budi Contoh"], "Petunjuk")
    assert [(t["lembar"], t["dibaca"]) for t in asked.json["tabel"]] == [("Petunjuk", True), ("Guru", False)]
    assert run("impor", file, "--lembar", "Lain", *P).code == 1


@pytest.mark.process
def test_the_skeleton_of_a_list(run: Run, places: Locations, tmp_path: Path) -> None:
    """Headings and shapes, in lines, as JSON and in a new file; no name or number, and no data is opened."""
    file = csv(tmp_path, GOOD)
    told = run("impor", file, "--kerangka")
    assert told.code == 0
    assert "baris 1: Nama | NIP | NUPTK | JK | Status Kepegawaian | Jenis PTK" in told.out
    assert not any(secret in told.out for secret in (SITI.nama, SITI.nip, BUDI.nuptk))
    assert run("impor", file, "--kerangka", "--json").json["jenis"] == "csv"
    kept = tmp_path / "kerangka.json"
    assert run("impor", file, "--kerangka", kept).out == f"{kept}\n"
    assert SITI.nip not in kept.read_text("utf-8")
    again = run("impor", file, "--kerangka", kept)
    assert (again.code, "sudah ada" in again.err) == (2, True)
    assert not places.database.exists()
