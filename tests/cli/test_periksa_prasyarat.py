"""`pmm-tui periksa --prasyarat`: what it tells, how it is ticked, and what its exit code means."""

from __future__ import annotations

import pytest
from msgspec import structs

from pmm_tui.cli.context import RunContext
from pmm_tui.locations import Locations
from pmm_tui.store import Store
from tests.cli.conftest import NOW, SITI, Run

pytestmark = pytest.mark.process
P = ("--periode", "2026")
CHECK = ("periksa", "--prasyarat", *P)


@pytest.fixture(autouse=True)
def _january(monkeypatch: pytest.MonkeyPatch) -> None:
    """A day on which plans of 2026 are made, whatever day it is."""
    monkeypatch.setattr(RunContext, "today", lambda _: NOW.date())


@pytest.fixture
def faulty(places: Locations, ids: tuple[int, int]) -> int:
    """Siti, whose NIP cannot be and whose sex is missing."""
    with Store.open(places.database) as store:
        siti = store.roster.get(ids[0])
        assert siti is not None
        store.roster.write([structs.replace(siti, nip="198513142010012012", jk="")])
    return ids[0]


def test_each_fault_stands_under_its_system_with_the_step(run: Run, faulty: int) -> None:
    """The step once, then whom it is about; the exit code is 1 while something stops a teacher."""
    told = run(*CHECK)
    lines = told.out.splitlines()
    assert told.code == 1
    assert [line.partition(" (")[0] for line in lines if not line.startswith(" ")] == [
        "Dapodik", "Verval PTK", "SIASN / e-Kinerja", "belajar.id", "Ruang GTK", "Di sini",
    ]  # fmt: skip
    assert f"    [ ] {faulty} {SITI.nama}: NIP 8 angka pertama bukan tanggal lahir yang ada" in lines
    assert sum(line.startswith("  ! nip-salah, menghalangi. Operator sekolah: ") for line in lines) == 1
    assert "1 di antaranya menghalangi" in told.err


def test_ticks_are_kept_and_taken_back(run: Run, faulty: int) -> None:
    """By number, NIP or `sekolah`; once what stops is ticked the exit code is 0."""
    by_nip = run(*CHECK, "--centang", "198513142010012012:nip-salah", "sekolah:unor")
    assert (by_nip.code, "2 dicentang, 0 dilepas." in by_nip.err) == (0, True)
    assert "    [x] Unit kerja (unor)" in by_nip.out
    again = run(*CHECK)
    assert (again.code, "2 sudah dicentang" in again.err) == (0, True)
    back = run(*CHECK, "--lepas", f"{faulty}:nip-salah")
    assert (back.code, "0 dicentang, 1 dilepas." in back.err) == (1, True)


def test_trying_out_keeps_nothing(run: Run, faulty: int) -> None:
    """What would be ticked is told, as a document too; without `--prasyarat` ticking means it all the same."""
    tried = run("periksa", *P, "--centang", f"{faulty}:nip-salah", "--uji-coba", "--json")
    assert (tried.code, tried.json["uji_coba"], tried.json["dicentang"]) == (1, True, [f"{faulty}:nip-salah"])
    assert run(*CHECK, "--json").json["temuan"][0]["dicentang"] == ""
    assert run("periksa", "--uji-coba", *P).code == 2


def test_what_is_not_in_the_list_is_refused_by_name(run: Run, faulty: int) -> None:
    """The others are ticked; an unknown teacher, an unknown code, and no code at all."""
    told = run(*CHECK, "--json", "--centang", f"{faulty}:nip-salah", f"{faulty}:entah", "99:nip-salah", "unor", "x:unor")
    assert (told.code, len(told.json["ditolak"])) == (1, 4)
    assert told.json["dicentang"] == [f"{faulty}:nip-salah"]
    assert '"99:nip-salah" tidak ada di daftar ini' in told.err


def test_the_document_has_all_of_it(run: Run, faulty: int) -> None:
    """Counts, and each finding with where, by whom and how it is mended."""
    found = run(*CHECK, "--json").json
    assert set(found) == {
        "periode", "uji_coba", "perlu_diperbaiki", "menghalangi", "temuan", "dicentang", "dilepas", "ditolak",
    }  # fmt: skip
    one = next(one for one in found["temuan"] if one["kode"] == "nip-salah")
    assert (one["id"], one["sistem"], one["sifat"], one["halang"]) == (faulty, "Verval PTK", "menghalangi", True)
    assert found["menghalangi"] == sum(one["halang"] for one in found["temuan"])


def test_a_fault_that_an_import_brought_again_is_told(run: Run, places: Locations, faulty: int, tmp_path: object) -> None:
    """Ticked, and the list that was imported after that still has it."""
    assert run(*CHECK, "--centang", f"{faulty}:nip-salah").code == 0
    with Store.open(places.database) as store:
        siti = store.roster.get(faulty)
        assert siti is not None
    path = places.database.parent / "guru.csv"
    path.write_text(f"Nama,Status Kepegawaian,Jenis PTK,NUPTK\n{siti.nama},PNS,Guru Mapel,1234567890128456\n", "utf-8")
    run("impor", path)
    told = run(*CHECK)
    assert (told.code, "dicentang, tetapi masih ada sesudah impor" in told.out) == (0, True)


def test_the_printed_list_has_the_ticks(run: Run, faulty: int, places: Locations) -> None:
    """`cetak --apa perbaikan` prints the same findings, ticked ones ticked."""
    run(*CHECK, "--centang", "sekolah:unor")
    folder = places.database.parent / "kertas"
    assert run("cetak", "--semua", "--apa", "perbaikan", "--format", "teks", "--ke", folder, *P).code == 0
    (path,) = folder.iterdir()
    text = path.read_text("utf-8")
    assert "PRA-PERENCANAAN" in text
    assert "[x] Nama: Sekolah" in text
    assert "NIP 8 angka pertama bukan tanggal lahir yang ada" in text
