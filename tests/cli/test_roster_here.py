"""`pmm-tui impor` and `server sekolah --guru` with the child's reading done in this process."""

from __future__ import annotations

import json
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


def test_refused_rows_are_written_to_a_new_file(run: Run, places: Locations, tmp_path: Path) -> None:
    """It is named, nothing is overwritten, and nothing is stored where the name cannot be used."""
    file, target = csv(tmp_path, f"Salah;123;;L;PNS;Guru Mapel\n{GOOD}"), tmp_path / "ditolak.xlsx"
    assert "harus berakhiran .xlsx" in run("impor", file, "--tolak-ke", tmp_path / "a.csv", *P).err
    assert names(places) == set()
    told = run("impor", file, "--tolak-ke", target, *P)
    assert (told.code, target.stat().st_size > 0) == (1, True)
    assert f"1 baris yang ditolak ditulis ke {target}" in told.err
    assert "sudah ada dan tidak ditimpa" in run("impor", file, "--tolak-ke", target, *P).err
    again = run("impor", target, "--json", *P)
    assert json.loads(again.out)["jumlah"]["ditolak"] == 1
    none = run("impor", csv(tmp_path, GOOD), "--tolak-ke", tmp_path / "lain.xlsx", "--json", *P)
    assert (none.code, json.loads(none.out)["ditolak_ke"], (tmp_path / "lain.xlsx").exists()) == (0, "", False)


def test_a_column_is_named_once(run: Run, places: Locations, tmp_path: Path) -> None:
    """Trying out remembers nothing; what was said counts for the next file of that shape, and can be forgotten."""
    file = tmp_path / "guru.csv"
    file.write_text(f"Pengajar;NIP;Kode\n{SITI.nama};{SITI.nip};x\n", "utf-8")
    said = ("--kolom", "Pengajar=nama", "--kolom", "kode=abaikan")
    assert "Judul yang tampak" in run("impor", file, *P).err
    assert run("impor", file, *said, "--uji-coba", *P).code == 0
    assert run("impor", file, *P).code == 1
    assert run("impor", file, *said, *P).code == 0
    assert names(places) == {SITI.nama}
    known = run("impor", file, *P)
    assert (known.code, 'Kolom menurut pilihan Anda: "Pengajar" sebagai Nama, "Kode" tidak dibaca.' in known.err) == (0, True)
    assert run("impor", file, "--kolom", "Pengajar=otomatis", *P).code == 1


def test_a_teacher_without_a_number_is_added_on_demand(run: Run, places: Locations, tmp_path: Path) -> None:
    """The words say how, and what it means for sending."""
    file = csv(tmp_path, "Ani Lestari;;;P;GTY/PTY;Guru Kelas\n")
    told = run("impor", file, *P)
    assert told.code == 1
    assert "--tanpa-nomor" in told.err
    assert "dikirim sesudah NIP, NUPTK atau id servernya diketahui" in told.err
    assert run("impor", file, "--tanpa-nomor", *P).code == 0
    assert run("impor", file, *P).code == 0
    assert names(places) == {"Ani Lestari"}


def test_who_has_left_waits_for_a_decision(run: Run, places: Locations, tmp_path: Path) -> None:
    """And is told how to answer."""
    file = tmp_path / "guru.csv"
    file.write_text(f"Nama;NIP;Ket\n{SITI.nama};{SITI.nip};Mutasi\n", "utf-8")
    told = run("impor", file, *P)
    assert (told.code, names(places)) == (1, set())
    assert told.out.startswith(f"baris 2 perlu diputuskan: {SITI.nama}\n")
    assert "--putuskan BARIS=ambil bila masih mengajar" in told.err
    assert run("impor", file, "--putuskan", "2=lewati", *P).code == 0
    assert run("impor", file, "--putuskan", "2=ambil", *P).code == 0
    assert names(places) == {SITI.nama}


def test_a_server_takes_nobody_who_has_left(run: Run, tmp_path: Path) -> None:
    """It has nobody to ask: the row is told and left out."""
    file = tmp_path / "guru.csv"
    file.write_text(f"Nama;NIP;Ket\n{SITI.nama};{SITI.nip};Mutasi\n", "utf-8")
    told = run("server", "sekolah", "--npsn", "20512345", "--database", tmp_path / "s.db", "--guru", file)
    first, last = told.err.splitlines()
    assert first == f'baris 2 dilewati: {SITI.nama}. Menurut berkas: "Mutasi".'
    assert (told.code, last) == (0, "Guru: 0 baru, 0 diperbarui, 0 sama, 0 ditolak.")
