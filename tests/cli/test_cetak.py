"""`pmm-tui cetak`: which plans, which files, what is said."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from msgspec import structs

from pmm_tui.cli.commands import cetak
from pmm_tui.locations import Locations, locate
from pmm_tui.store import Store
from tests.cli.conftest import BUDI, COMPLETE, NOW, SITI, Run

P = ("--periode", "2026")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Where the files go."""
    return tmp_path / "cetakan"


def test_each_teacher_has_a_file_and_its_path_is_told(run: Run, ids: tuple[int, int], folder: Path) -> None:
    """Paths on stdout, the rest on stderr: how many, where, and that it is personal."""
    told = run("cetak", "--semua", "--apa", "skp", "--ke", folder, *P)
    assert told.code == 0
    assert sorted(told.out.splitlines()) == sorted(str(path) for path in folder.iterdir())
    assert [path.suffix for path in folder.iterdir()] == [".html", ".html"]
    assert f"2 berkas ditulis ke {folder}; isinya data pribadi" in told.err


def test_teachers_are_named_as_everywhere(run: Run, ids: tuple[int, int], folder: Path) -> None:
    """By number, NIP or NUPTK; who is not there is told, and the exit code says so."""
    told = run("cetak", SITI.nip, "999", "--apa", "paraf", "--format", "teks", "--ke", folder, *P)
    assert told.code == 1
    assert 'Guru "999" tidak ada' in told.err
    (path,) = folder.iterdir()
    assert path.name == f"{ids[0]:04}-siti-o-neil-s-pd-x-paraf-2026.txt"


def test_what_is_there_is_kept(run: Run, ids: tuple[int, int], folder: Path) -> None:
    """A second run replaces nothing and says how it could; `--timpa` replaces."""
    arguments = ("cetak", str(ids[0]), "--apa", "skp", "--ke", folder, *P)
    assert run(*arguments).code == 0
    again = run(*arguments)
    assert again.code == 1
    assert "sudah ada; pakai --timpa" in again.err
    assert run(*arguments, "--timpa").code == 0


def test_the_document_tells_everything(run: Run, ids: tuple[int, int], folder: Path) -> None:
    """With --json stdout is one document: what, where, which files of whom, and what was not written."""
    found = run("cetak", "--semua", "--apa", "isian", "--gabung", "--ke", folder, "--json", *P).json
    bundle, *copies = found.pop("berkas")
    assert bundle == {"berkas": str(folder / "isian-2026.html"), "guru": [ids[1], ids[0]], "sebab": ""}
    assert [file["guru"] for file in copies] == [[ids[1]], [ids[0]]]
    assert found == {
        "periode": "2026",
        "apa": "isian",
        "format": "html",
        "ke": str(folder),
        "tanpa_tanda_terima": [],
        "ditolak": [],
        "catatan": [],
    }


def test_a_state_chooses(run: Run, places: Locations, ids: tuple[int, int], folder: Path) -> None:
    """Only plans of that state are printed; it may be written with a hyphen or a blank, and a wrong one is told with the right."""
    with Store.open(places.database) as store:
        store.drafts.save(ids[0], "2026", COMPLETE, 1, NOW)
    arguments = ("cetak", "--semua", "--apa", "skp", "--ke", folder, "--json", *P)
    assert [file["guru"] for file in run(*arguments, "--status", "Lengkap").json["berkas"]] == [[ids[0]]]
    assert [file["guru"] for file in run(*arguments, "--status", "belum dimulai").json["berkas"]] == [[ids[1]]]
    nobody = run(*arguments[:-3], "--status", "bentrok", *P)
    assert (nobody.code, nobody.out) == (0, "")
    assert "Tidak ada yang cocok" in nobody.err
    wrong = run(*arguments, "--status", "beres")
    assert wrong.code == 2
    assert "belum-dimulai, draf, lengkap" in wrong.json["galat"]


def test_a_list_without_a_word_is_of_all(run: Run, ids: tuple[int, int], folder: Path) -> None:
    """Lists are of the school; what each teacher has asks for whom."""
    assert run("cetak", "--apa", "daftar", "--format", "xlsx", "--ke", folder, *P).code == 0
    assert run("cetak", "--semua", "--apa", "perbaikan", "--format", "csv", "--ke", folder, *P).code == 0
    assert sorted(path.name for path in folder.iterdir()) == ["daftar-2026.xlsx", "perbaikan-2026.csv"]
    assert run("cetak", "--apa", "skp", "--ke", folder, *P).code == 2


def test_receipts_are_told_where_there_is_none(run: Run, ids: tuple[int, int], folder: Path) -> None:
    """Asked for by number it is refused; of all it is only counted."""
    one = run("cetak", str(ids[0]), "--apa", "tanda-terima", "--ke", folder, *P)
    assert one.code == 1
    assert f"{SITI.nama}: belum ada tanda terima dari server." in one.err
    every = run("cetak", "--semua", "--apa", "tanda-terima", "--ke", folder, *P)
    assert every.code == 0
    assert "2 guru belum punya tanda terima, dilewati." in every.err


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--apa", "skp", "--format", "csv"), "SKP untuk ditandatangani tidak dapat ditulis sebagai csv"),
        (("--apa", "skop"), "skop"),
        ((), "--apa"),
    ],
)
def test_wrong_words_are_told_before_anything_is_done(run: Run, folder: Path, arguments: tuple[str, ...], said: str) -> None:
    """One sentence, exit code 2, no folder."""
    told = run("cetak", "--semua", *arguments, "--ke", folder)
    assert told.code == 2
    assert said in told.err
    assert not folder.exists()


def test_a_folder_that_cannot_be_is_told(run: Run, ids: tuple[int, int], tmp_path: Path) -> None:
    """A file in the folder's place gives a sentence, not a crash."""
    (tmp_path / "berkas").write_text("x", "utf-8")
    told = run("cetak", "--semua", "--apa", "skp", "--ke", tmp_path / "berkas", *P)
    assert told.code == 4
    assert "berkas" in told.err


def test_a_cloud_is_warned_of(run: Run, ids: tuple[int, int], tmp_path: Path) -> None:
    """The files are written, and it is said that they may leave the computer."""
    told = run("cetak", "--semua", "--apa", "skp", "--ke", tmp_path / "OneDrive - Dinas", *P)
    assert told.code == 0
    assert "tampaknya disalin ke OneDrive" in told.err


def test_practice_prints_its_own_school(run: Run, ids: tuple[int, int], folder: Path) -> None:
    """Nobody of the real records is in it, and every page and name says that it is practice."""
    practice = locate(os.environ).for_practice()
    with Store.open(practice.database) as store:
        store.roster.write([structs.replace(BUDI, nama="Guru Khayalan")])
    told = run("cetak", "--semua", "--apa", "skp", "--latihan", "--ke", folder, *P)
    assert told.code == 0
    (path,) = folder.iterdir()
    assert path.name == "latihan-0001-guru-khayalan-skp-2026.html"
    page = path.read_text("utf-8")
    assert ">LATIHAN</div>" in page
    assert "Siti" not in page


def test_it_prints_beside_an_open_window(run: Run, places: Locations, ids: tuple[int, int], folder: Path) -> None:
    """What the screen has saved can be printed while it is open."""
    with Store.open(places.database):
        told = run("cetak", "--semua", "--apa", "paraf-rapat", "--ke", folder, *P)
    assert told.code == 0
    assert "yang sudah tersimpan" in told.err


def test_a_long_run_says_how_far_it_is(run: Run, ids: tuple[int, int], folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where it takes long it is told on stderr; a short run says nothing of it."""
    arguments = ("cetak", "--semua", "--apa", "skp", "--ke", folder, *P)
    assert "dokumen …" not in run(*arguments).err
    monkeypatch.setattr(cetak, "_PATIENCE", 0.0)
    assert "1 dari 2 dokumen …" in run(*arguments, "--timpa").err
