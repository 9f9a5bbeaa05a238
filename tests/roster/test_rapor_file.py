"""Reading the school's download of the Rapor Pendidikan: by content, never by fixed places; another school's is told."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from pmm_tui.errors import InputError
from pmm_tui.roster import rapor_child, rapor_file
from pmm_tui.roster.rapor_file import RaporFile, read_rapor_file, says_whose, whose_fault
from pmm_tui.skp.katalog_reader import bundled
from pmm_tui.skp.model import Sekolah
from tests.dapodik import write_book
from tests.rapor_files import FILE_NAME, HEADINGS, LABELS, LEVELS, NPSN, SCHOOL, report, write_report

KATALOG = bundled()
OURS = Sekolah(npsn=NPSN, nama=SCHOOL)
TAKEN = [
    ("komponen/manajemen-kelas", "baik", "81,25"),
    ("komponen/dukungan-psikologis", "sedang", "62,4"),
    ("komponen/metode-pembelajaran", "kurang", "41,00"),
]


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch) -> Any:
    """Read a file with the child's own function, in this process."""

    def here(module: str, path: Path, way_on: str) -> dict[str, Any]:
        assert module == "rapor_child"
        assert way_on.startswith("unduh ulang Rapor Pendidikan")
        return rapor_child.read(path.read_bytes())

    monkeypatch.setattr(rapor_file, "read_other", here)
    return lambda path: read_rapor_file(path, KATALOG)


def taken(file: RaporFile) -> list[tuple[str, str, str]]:
    """Items with levels and scores."""
    return [(row.item, row.level, row.score) for row in file.rows]


@pytest.mark.process
def test_a_download_is_read_by_the_child(tmp_path: Path) -> None:
    """Through the process that reads it: three components with levels and scores, whose it is, and where it stood."""
    file = read_rapor_file(write_report(tmp_path / FILE_NAME), KATALOG)
    assert taken(file) == TAKEN
    assert (file.name, file.sheet, file.heading_row) == (FILE_NAME, "2. LAPORAN RAPOR", 6)
    assert (file.npsn, file.school) == (NPSN, SCHOOL)
    assert [row.row for row in file.rows] == [9, 10, 11]


SHAPES: dict[str, list[list[Any]]] = {
    "lower": report(above=14),
    "no-score": report(headings=("No", "Indikator", "Capaian", "Ukuran", *HEADINGS[4:])),
    "other-headings": report(headings=("Kode", "Nama Indikator", "Label Capaian 2025", "Skor Rapor 2025", *HEADINGS[4:])),
    "code-in-label": [[*row[:1], *row[1:]] if row[:1] == ["No"] else row for row in report()],
}


@pytest.mark.parametrize("shape", SHAPES)
def test_sheet_and_headings_are_found_by_content(shape: str, tmp_path: Path, read: Any) -> None:
    """Wherever the headings stand and however they are worded in that year."""
    file = read(write_report(tmp_path / FILE_NAME, SHAPES[shape]))
    assert [row[:2] for row in taken(file)] == [row[:2] for row in TAKEN]
    assert all(row.score == "" for row in file.rows) == (shape == "no-score")


def test_the_sheet_may_have_another_name_and_place(tmp_path: Path, read: Any) -> None:
    """Of several sheets with such headings the one that is named so counts, else the one with the most rows."""
    other = report(dict.fromkeys(LEVELS, ("Baik", "90")), labels={"D.1.1": LABELS["D.1.1"]})
    path = write_book(tmp_path / FILE_NAME, {"Ringkas": other, "3 Laporan  Rapor": report()})
    assert read(path).sheet == "3 Laporan  Rapor"
    path = write_book(tmp_path / FILE_NAME, {"A": other, "B": report()})
    assert taken(read(path)) == TAKEN


def test_a_csv_of_the_report_is_one_too(tmp_path: Path, read: Any) -> None:
    """What somebody saved of it as text."""
    path = tmp_path / "rapor.csv"
    path.write_text("\n".join(";".join(map(str, row)) for row in report()), "utf-8")
    assert taken(read(path)) == TAKEN


def test_numbers_as_numbers(tmp_path: Path, read: Any) -> None:
    """Scores that are numbers in the sheet."""
    rows = [[*row[:3], 62.46, *row[4:]] if row[:1] == ["D.1.2"] else row for row in report()]
    assert taken(read(write_report(tmp_path / FILE_NAME, rows)))[1] == ("komponen/dukungan-psikologis", "sedang", "62,46")


def test_levels_that_are_none_are_told_and_left_out(tmp_path: Path, read: Any) -> None:
    """`Capaian Tidak Tersedia` is no level, an unknown word is not guessed at, both are said with what they are about."""
    levels = LEVELS | {"D.1.1": ("Capaian Tidak Tersedia ", ""), "D.1.2": ("Hebat", "")}
    file = read(write_report(tmp_path / FILE_NAME, report(levels)))
    assert taken(file) == TAKEN[2:]
    assert file.notes == (
        "Manajemen kelas: capaian tidak tersedia.",
        'Baris 10 (Dukungan psikologis) dilewati: capaian "Hebat" tidak dikenal.',
    )


def test_the_heads_rows_are_taken_too(tmp_path: Path, read: Any) -> None:
    """D.3 with its own rows, and indicators below a component by their labels."""
    labels = LABELS | {"D.3.1": "Visi misi satuan pendidikan", "D.1.1.1": "Keteraturan suasana kelas"}
    levels = LEVELS | {"D.3": ("Sedang", "60"), "D.3.1": ("Kurang", "50"), "D.1.1.1": ("Sedang", "")}
    file = read(write_report(tmp_path / FILE_NAME, report(levels, labels=labels)))
    assert {row.item: row.level for row in file.rows} == {item: level for item, level, _ in TAKEN} | {
        "komponen/kepemimpinan-instruksional": "sedang",
        "indikator/visi-misi-satuan-pendidikan": "kurang",
        "indikator/keteraturan-suasana-kelas": "sedang",
    }


def test_rows_that_contradict_are_left_out(tmp_path: Path, read: Any) -> None:
    """A component twice with two levels, and a code beside another's label, are said and not taken."""
    rows = [*report(), ["D.1.1", "Manajemen kelas", "Kurang", "10"], ["D.1.2", "Metode pembelajaran", "Baik", "10"]]
    file = read(write_report(tmp_path / FILE_NAME, rows))
    assert taken(file) == TAKEN[1:]
    assert any("berlawanan dengan baris 9" in note for note in file.notes)
    assert any("kode D.1.2 dan labelnya tidak cocok" in note for note in file.notes)


@pytest.mark.parametrize(
    ("rows", "name", "words"),
    [
        (report(npsn="69900001"), "rapor.xlsx", "milik sekolah NPSN 69900001, bukan NPSN 20512345"),
        (report(npsn="", school=""), "RAPOR-PBD-SMP LAIN-69900001-DATA-2025.xlsx", "milik sekolah NPSN 69900001"),
        (report(npsn="", school="SMP Negeri 2 Contoh"), "rapor.xlsx", 'milik "SMP Negeri 2 Contoh", bukan "SMP Negeri 1 Contoh"'),
        (report(npsn="", school="smp negeri 1  contoh"), "rapor.xlsx", ""),
        (report(school="Nama Lama SMP"), "rapor.xlsx", ""),
        (report(npsn="", school=""), FILE_NAME, ""),
    ],
)
def test_another_schools_file_is_told(rows: list[list[Any]], name: str, words: str, tmp_path: Path, read: Any) -> None:
    """By its NPSN above the headings or in its name, else by the school's name; the number counts before the name."""
    file = read(write_report(tmp_path / name, rows))
    fault = whose_fault(file, OURS)
    assert (words in fault) if words else fault == ""
    assert says_whose(file, OURS)
    assert not whose_fault(file, Sekolah())
    assert not says_whose(file, Sekolah())


def test_two_numbers_are_refused(tmp_path: Path, read: Any) -> None:
    """A renamed file does not make another school's content ours."""
    with pytest.raises(InputError, match="menyebut lebih dari satu NPSN"):
        read(write_report(tmp_path / FILE_NAME, report(npsn="69900001")))


@pytest.mark.parametrize("rows", [report(labels={"A.1": "Literasi"}), [["No", "Nama", "NIP"], ["1", "Budi", "1"]], [[""]]])
def test_a_file_without_our_rows_is_refused(rows: Sequence[Sequence[Any]], tmp_path: Path, read: Any) -> None:
    """In one sentence that names the file or the way on."""
    with pytest.raises(InputError) as refused:
        read(write_book(tmp_path / "lain.xlsx", {"Sheet1": rows}))
    assert "rapor isi" in refused.value.sentence or "RAPOR-PBD" in refused.value.sentence


@pytest.mark.process
@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"%PDF-1.4", "lain.xlsx: berisi PDF, bukan lembar kerja; unduh ulang Rapor Pendidikan"),
        (b"", "lain.xlsx: kosong; unduh ulang Rapor Pendidikan"),
        (b"PK\x03\x04rusak", "lain.xlsx: "),
    ],
)
def test_what_is_no_download_gets_its_own_way_on(content: bytes, words: str, tmp_path: Path) -> None:
    """The sentence never sends anybody to Dapodik."""
    path = tmp_path / "lain.xlsx"
    path.write_bytes(content)
    with pytest.raises(InputError) as refused:
        read_rapor_file(path, KATALOG)
    assert refused.value.sentence.startswith(words)
    assert "Dapodik" not in refused.value.sentence
    for missing, said in ((tmp_path, "pilih berkas di dalamnya"), (tmp_path / "tidak-ada.xlsx", "tidak ditemukan")):
        with pytest.raises(InputError, match=said):
            read_rapor_file(missing, KATALOG)


def test_texts_from_the_file_are_cleaned(tmp_path: Path, read: Any) -> None:
    """Nothing of it steers a terminal."""
    levels = LEVELS | {"D.1.1": ("\x1b[31mHebat\u202e", "")}
    path = tmp_path / "rapor.csv"
    path.write_text("\n".join(";".join(map(str, row)) for row in report(levels, school="SMP\u202e Jahat")), "utf-8")
    file = read(path)
    assert file.school == "SMP Jahat"
    assert "Hebat" in file.notes[0]
    assert all(note.isprintable() for note in file.notes)
