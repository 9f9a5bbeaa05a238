"""`pmm-tui cadangan` and `pulihkan`, and the guard that every command keeps over the records."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from pmm_tui.locations import Locations
from pmm_tui.store import Store
from pmm_tui.store.file import copies
from tests.cli.conftest import BUDI, SITI, Run

P = ("--periode", "2026")


def names(path: Path) -> set[str]:
    with Store.open(path) as store:
        return {p.nama for p in store.roster.all()}


def spoil_an_envelope(path: Path) -> None:
    """Let a sealed plan be another than its digest says, which no check of SQLite's notices."""
    with Store.open(path) as store:
        digest = store.outbox.all()[0].sha256.encode()
    content = path.read_bytes()
    assert digest in content
    path.write_bytes(content.replace(digest, b"0" * 64))


@pytest.mark.parametrize("where", ["", "usb", "kartu.usb", "baru", "usb/salinan.db"])
def test_a_copy_goes_where_it_was_asked_for(run: Run, places: Locations, ids: tuple[int, int], tmp_path: Path, where: str) -> None:
    """Without a place beside the data, into a folder under the day's name, or into the file that was named; stdout says where."""
    for name in ("usb", "kartu.usb"):
        (tmp_path / name).mkdir()
    told = run("cadangan", *([tmp_path / where] if where else []))
    assert told.code == 0
    assert told.err == "Cadangan sudah diperiksa dan utuh.\n"
    made = Path(told.out.rstrip("\n"))
    if where.endswith(".db"):
        assert made == tmp_path / where
    else:
        assert made.parent == (tmp_path / where if where else places.database.parent / "cadangan")
        assert made.name.startswith("pmm-tui-20")
        assert made.suffix == ".db"
    assert names(made) == {SITI.nama, BUDI.nama}


def test_an_older_copy_is_never_replaced(run: Run, places: Locations, ids: tuple[int, int], tmp_path: Path) -> None:
    """A file that is there stays as it is; the sentence names it, with exit code 1."""
    older = tmp_path / "salinan.db"
    older.write_bytes(b"salinan tahun lalu")
    told = run("cadangan", older)
    assert (told.code, told.out) == (1, "")
    assert told.err == f"{older} sudah ada; beri nama lain.\n"
    assert older.read_bytes() == b"salinan tahun lalu"


def test_without_data_there_is_nothing_to_copy(run: Run, places: Locations) -> None:
    """The sentence says where the data would be; no empty database comes of asking."""
    told = run("cadangan")
    assert (told.code, told.out) == (1, "")
    assert told.err == f"Belum ada data di {places.database}; tidak ada yang dicadangkan.\n"
    assert not places.database.exists()


def test_damaged_data_are_not_copied_as_sound(run: Run, places: Locations, sealed: tuple[int, int], tmp_path: Path) -> None:
    """A sealed plan that was changed on the disk ends the copying with exit code 4, and no file is left that looks like a copy."""
    spoil_an_envelope(places.database)
    told = run("cadangan", tmp_path / "salinan.db")
    assert (told.code, told.out) == (4, "")
    assert str(places.database) in told.err
    assert not (tmp_path / "salinan.db").exists()


def test_every_command_makes_the_days_copy(run: Run, places: Locations, ids: tuple[int, int]) -> None:
    """After any command that opens the records there is a checked copy of today."""
    assert copies(places.database) == []
    assert run("daftar", *P).code == 0
    (copy,) = copies(places.database)
    assert copy.stem.startswith("pmm-tui-harian-20")
    assert names(copy) == {SITI.nama, BUDI.nama}


def test_every_command_tells_damage_and_goes_on(run: Run, places: Locations, sealed: tuple[int, int]) -> None:
    """What is damaged is said with the command that mends it, beside the command's own answer."""
    spoil_an_envelope(places.database)
    told = run("daftar", *P)
    assert told.code == 0
    assert SITI.nama in told.out
    assert "; jalankan: pmm-tui pulihkan." in told.err
    assert copies(places.database) == []


def test_a_broken_configuration_makes_no_database(run: Run, places: Locations) -> None:
    """The fault of the configuration is told before the records are touched."""
    places.config_folder.mkdir(parents=True)
    places.config_file.write_text("[server]\nurl = 3\n")
    assert run("daftar", *P).code == 2
    assert not places.data_folder.exists()


# ---- bringing back


def test_a_copy_is_brought_back(run: Run, places: Locations, sealed: tuple[int, int], tmp_path: Path) -> None:
    """What was in the copy is there again, the damaged file is laid aside, and both are told."""
    copy = tmp_path / "salinan.db"
    assert run("cadangan", copy).code == 0
    places.database.write_bytes(b"rusak" * 1000)
    told = run("pulihkan", copy)
    assert (told.code, told.out) == (0, "")
    first, second, third = told.err.splitlines()
    assert first == f"Dipulihkan dari cadangan {copy}: 2 guru, 2 draf, 2 rencana tersegel."
    (wreck,) = (p for p in places.data_folder.iterdir() if p.is_file() and p.read_bytes().startswith(b"rusakrusak"))
    assert second == f"Berkas lama disisihkan di {wreck}."
    assert third == "Yang belum pasti sampai akan dikirim lagi; server tidak membuat rangkap."
    assert names(places.database) == {SITI.nama, BUDI.nama}


def test_the_document_of_a_restore(run: Run, places: Locations, sealed: tuple[int, int]) -> None:
    """With --json the source, the counts and where the old file lies are one document; the newest sound copy is taken unasked."""
    assert run("daftar", *P).code == 0
    (copy,) = copies(places.database)
    places.database.write_bytes(b"")
    told = run("pulihkan", "--json")
    assert told.code == 0
    aside = told.json["disisihkan"]
    assert told.json == {"sumber": str(copy), "guru": 2, "draf": 2, "kiriman": 2, "disisihkan": aside}
    assert Path(aside).parent == places.data_folder
    assert "2 rencana tersegel" in told.err


def test_a_copy_that_is_not_there(run: Run, places: Locations, ids: tuple[int, int], tmp_path: Path) -> None:
    """A name that is no file is told before anything is touched."""
    before = places.database.read_bytes()
    for name in (tmp_path / "tidak-ada.db", tmp_path):
        told = run("pulihkan", name)
        assert (told.code, told.out) == (1, "")
        assert told.err == f"{name}: berkas cadangan tidak ada di situ; periksa nama dan tempatnya.\n"
    assert places.database.read_bytes() == before


def test_without_any_copy_the_recovery_log_is_enough(run: Run, places: Locations, sealed: tuple[int, int]) -> None:
    """What was sealed comes back from the log alone, and the sentence says that there was no copy."""
    places.database.unlink()
    told = run("pulihkan")
    assert told.code == 0
    assert told.err.startswith("Dipulihkan tanpa cadangan, dari berkas lama dan catatan pemulihan: 2 guru, ")
    assert "2 rencana tersegel." in told.err


@pytest.mark.skipif(os.name != "posix", reason="home folders")
def test_a_place_may_begin_with_the_home_folder(run: Run, ids: tuple[int, int]) -> None:
    """`~` is the home folder for both commands."""
    made = Path.home() / "salinan.db"
    assert run("cadangan", "~/salinan.db").out == f"{made}\n"
    assert run("pulihkan", "~/bukan.db").err.startswith(f"{Path.home() / 'bukan.db'}: ")
