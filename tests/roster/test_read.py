"""Reading whole files: XLSX, XLS and CSV by content, the child process, and what it is given."""

from __future__ import annotations

import csv
import json
import os
import subprocess
import sys
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pmm_tui.errors import InputError
from pmm_tui.roster import read, run_child
from pmm_tui.roster.child import read as read_data
from pmm_tui.roster.headings import heading_map
from pmm_tui.roster.read import read_roster
from pmm_tui.roster.table import read_cell
from pmm_tui.skp.katalog import Katalog
from tests.dapodik import HEADINGS, SECRET, TITLES, teachers, write_dapodik, write_grid
from tests.roster.biff import workbook
from tests.roster.conftest import NIP, OTHER_NIP, TODAY

pytestmark = pytest.mark.process

ROOT = Path(__file__).parents[2]


def grid(n: int) -> list[tuple[Any, ...]]:
    return [*TITLES, HEADINGS, *(tuple(row.get(heading) for heading in HEADINGS) for row in teachers(n))]


def test_a_dapodik_file_is_read_whole(tmp_path: Path, katalog: Katalog) -> None:
    """Forty teachers of all statuses, none refused, none warned about, names to the letter, rows from 6."""
    questions = read_roster(write_dapodik(tmp_path / "guru.xlsx", teachers(40)), katalog, TODAY)
    assert (questions.file_name, questions.kind, questions.sheet, questions.heading_row) == ("guru.xlsx", "xlsx", "Daftar Guru", 5)
    assert [row.row for row in questions.rows] == list(range(6, 46))
    assert [row.pegawai and row.pegawai.nama for row in questions.rows] == [row["Nama"] for row in teachers(40)]
    assert [row for row in questions.rows if row.reasons or row.warnings] == []
    assert {row.pegawai and row.pegawai.status_kepegawaian for row in questions.rows} >= {"PNS", "CPNS", "PPPK", "GTY/PTY"}
    assert SECRET not in repr(questions)


def test_the_kind_is_told_by_content_not_by_ending(tmp_path: Path, katalog: Katalog) -> None:
    """XLSX called .xls, XLS called .csv and CSV called .xlsx are read as what they are, all alike."""
    write_dapodik(tmp_path / "a.xls", teachers(5))
    (tmp_path / "b.csv").write_bytes(workbook(grid(5)))
    with (tmp_path / "c.xlsx").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, delimiter=";").writerows(grid(5))
    questions = [read_roster(tmp_path / name, katalog, TODAY) for name in ("a.xls", "b.csv", "c.xlsx")]
    assert [one.kind for one in questions] == ["xlsx", "xls", "csv"]
    assert questions[0].rows == questions[1].rows == questions[2].rows
    assert questions[2].origin == "CSV UTF-8, pemisah titik koma, judul di baris 5"


@pytest.mark.parametrize("kind", ["xlsx", "xls"])
def test_numbers_and_dates_of_a_sheet_are_told_from_text(kind: str, tmp_path: Path, katalog: Katalog) -> None:
    """A numeric NIP is refused, a date cell is a birth date, a plain number in that column is Excel's serial."""
    grid = [
        ("Nama", "NIP", "Tanggal Lahir"), ("Budi", 198507142010011012, date(1985, 7, 14)), ("Siti", OTHER_NIP, 31838),
        ("Tono", NIP, date(1985, 7, 14)),
    ]  # fmt: skip
    path = tmp_path / f"guru.{kind}"
    path.write_bytes(workbook(grid)) if kind == "xls" else write_grid(path, grid)
    row = read_roster(path, katalog, TODAY).rows
    assert [one.pegawai and one.pegawai.tanggal_lahir for one in row] == [None, "1987-03-02", "1985-07-14"]
    assert "tersimpan sebagai angka" in row[0].reasons[0].message


def test_a_table_that_starts_further_in_keeps_its_row_numbers(tmp_path: Path, katalog: Katalog) -> None:
    """Blank rows and columns before the table count for the number that Excel shows."""
    grid = [(), (), (None, None, "Nama", "NIP"), (), (None, None, "Budi", NIP)]
    questions = read_roster(write_grid(tmp_path / "guru.xlsx", grid), katalog, TODAY)
    assert (questions.heading_row, questions.rows[0].row) == (3, 5)


def test_a_file_without_teachers_says_so(tmp_path: Path, katalog: Katalog) -> None:
    """Headings alone are not a successful import of nothing."""
    with pytest.raises(InputError, match=r"guru.xlsx: tidak berisi guru di bawah judul di baris 5"):
        read_roster(write_dapodik(tmp_path / "guru.xlsx", []), katalog, TODAY)


def test_a_child_that_does_not_end_is_ended(tmp_path: Path, katalog: Katalog, monkeypatch: pytest.MonkeyPatch) -> None:
    """The deadline holds whatever the child does."""
    monkeypatch.setattr(run_child, "SECONDS", 0.001)
    with pytest.raises(InputError, match="terlalu besar untuk dibaca dengan aman"):
        read_roster(write_dapodik(tmp_path / "guru.xlsx", teachers(40)), katalog, TODAY)


@pytest.mark.parametrize("document", [b"", b"{", b'{"rows": 1}', b'{"rows": [[1, {"nama": []}]]}', b"[]"])
def test_a_child_that_dies_or_babbles_is_a_damaged_file(document: bytes, katalog: Katalog) -> None:
    """What the child says is checked before it is believed."""
    with pytest.raises(InputError, match="rusak atau terlalu besar"):
        read.assemble(document, "guru.xlsx", katalog, TODAY)


def test_the_child_gets_the_open_file_and_nothing_personal(
    tmp_path: Path, katalog: Katalog, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Neither path nor token is in its arguments or environment, where other users of the computer could read them."""
    seen: list[str] = []

    class Spy(subprocess.Popen[bytes]):
        def __init__(self, args: list[str], **rest: Any) -> None:
            seen.extend([*args, *rest["env"], *rest["env"].values()])
            super().__init__(args, **rest)

    monkeypatch.setattr(run_child.subprocess, "Popen", Spy)
    monkeypatch.setenv("PMM_TUI_TOKEN", "rahasia-token")
    folder = tmp_path / "Bu Nur'aini"
    folder.mkdir()
    read_roster(write_dapodik(folder / "Daftar Guru (1).xlsx", teachers(3)), katalog, TODAY)
    assert seen
    assert not [text for text in seen if "Daftar Guru (1)" in text or "Nur'aini" in text or "rahasia" in text]


@pytest.mark.skipif(sys.platform == "win32", reason="a Windows name holds no such bytes")
def test_any_file_name_can_be_opened_and_shown(tmp_path: Path, katalog: Katalog) -> None:
    """Escape sequences and bytes that are no text in a name reach neither the child nor the terminal."""
    path = Path(os.fsdecode(os.fsencode(tmp_path) + b"/a\x1b[31m\xff\n.csv"))
    path.write_text(f"Nama;NIP\nBudi;{NIP}\n", encoding="utf-8")
    assert read_roster(path, katalog, TODAY).file_name == "a[31m .csv"


@pytest.mark.parametrize("nama", ["a\0b.xlsx", "x" * 5_000, "tidak/ada/guru.xlsx", ".", "/"])
def test_a_path_that_cannot_be_opened_is_one_sentence(nama: str, tmp_path: Path, katalog: Katalog) -> None:
    """No path that a person can type leads to anything but InputError."""
    with pytest.raises(InputError, match=r"\.$"):
        read_roster(tmp_path / nama, katalog, TODAY)


def test_importing_the_importer_costs_no_calamine() -> None:
    """Only the child loads the sheet reader; nothing here loads Textual, httpx or sqlite3."""
    code = (
        "import sys; from pmm_tui.roster import compare, read; "
        "print([name for name in ('python_calamine', 'textual', 'rich', 'httpx', 'sqlite3') if name in sys.modules])"
    )
    run = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "[]"


def test_reading_works_from_any_folder(tmp_path: Path) -> None:
    """The child finds the program where the parent did, not in the working directory, nor modules that lie about there."""
    write_dapodik(tmp_path / "guru.xlsx", teachers(3))
    (tmp_path / "python_calamine.py").write_text("raise SystemExit('taken')", encoding="utf-8")
    (tmp_path / "json.py").write_text("raise SystemExit('taken')", encoding="utf-8")
    code = (
        f"import sys; sys.path[0] = {str(ROOT)!r}\n"
        "from datetime import date; from pathlib import Path\n"
        "from pmm_tui.roster.read import read_roster; from pmm_tui.skp.katalog_reader import bundled\n"
        "print(len(read_roster(Path('guru.xlsx'), bundled(), date(2026, 1, 8)).rows))"
    )
    run = subprocess.run([sys.executable, "-c", code], cwd=tmp_path, capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "3"


@pytest.mark.skipif(sys.platform != "linux", reason="the limits of the child are asked of Linux")
@pytest.mark.parametrize(
    ("work", "end"),
    [("b = b'x' * 400_000_000", "MemoryError"), ("open(sys.argv[1], 'wb', 0).write(b'x' * 9)", "OSError"), ("", "")],
)
def test_the_child_binds_itself(work: str, end: str, tmp_path: Path) -> None:
    """Beyond its memory it fails, it writes no file, and within the limits it works."""
    code = (
        "import signal, sys; from pmm_tui.roster.sandbox import confine\n"
        f"confine(); signal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n{work}"
    )
    run = subprocess.run([sys.executable, "-c", code, str(tmp_path / "x")], cwd=ROOT, capture_output=True, text=True, check=False)
    assert (run.returncode == 0) == (end == "")
    assert end in run.stderr


SHEET_CELL = st.one_of(
    st.none(),
    st.text(st.characters(exclude_categories=["Cc", "Cs"], exclude_characters="\ufffe\uffff"), min_size=1, max_size=15).filter(
        lambda text: "_x" not in text
    ),
    st.integers(-(10**14), 10**14),
    st.dates(date(1900, 3, 1), date(2099, 12, 31)),
)


@settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows=st.lists(st.tuples(SHEET_CELL, SHEET_CELL, SHEET_CELL), max_size=8), kind=st.sampled_from(["xlsx", "xls"]))
def test_any_sheet_comes_out_as_it_went_in(rows: list[tuple[Any, ...]], kind: str, tmp_path: Path) -> None:
    """Through the guard and calamine, text, numbers and dates of any sheet are the cells that were written."""
    grid = [("Nama", "NIP", "Tugas Tambahan"), *rows]
    path = tmp_path / "kisi"
    path.write_bytes(workbook(grid)) if kind == "xls" else write_grid(path, grid)
    result = read_data(path.read_bytes(), heading_map({}))
    skipped = {number for number, _ in result["skipped"]}
    wanted = [
        (
            number,
            {
                field: cell
                for field, value in zip(("nama", "nip", "tugas_tambahan"), row, strict=True)
                if (cell := read_cell(value)) is not None
            },
        )
        for number, row in enumerate(rows, 2)
        if number not in skipped
    ]
    assert json.loads(json.dumps(result["rows"])) == json.loads(json.dumps([pair for pair in wanted if pair[1]]))
