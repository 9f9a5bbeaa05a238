"""Reading a list of belajar.id accounts: what is read, and that no password ever leaves the process that reads it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pmm_tui.errors import InputError
from pmm_tui.roster import account_child, account_file, rapor_child
from pmm_tui.roster.account_file import AccountRow, read_account_file
from tests.dapodik import write_grid
from tests.roster.conftest import NUPTK

SECRET = "Sandi#Kenari9"
ONE = "budi.santoso1@guru.smp.belajar.id"
SECRET_HEADINGS = (
    "Password", "Kata Sandi", "Sandi", "Akses masuk", "PASSWORD AWAL", "Initial Password", "Kata Sandi (awal)", "Pwd", "PIN",
    "Akses Masuk Awal", "User ID / Password", "Kode Akses", "Passcode",
)  # fmt: skip


def read(text: str) -> Any:
    """What the child hands on of a CSV."""
    return account_child.read(text.encode())


def test_a_download_is_read() -> None:
    """Names with accounts; the password's heading is told, its cells are not there."""
    found = read(f"Nama;NIK/NISN;User ID;Password\nBudi Santoso;320123;{ONE.upper()};{SECRET}\n")
    assert found["rows"] == [(2, {"nama": "Budi Santoso", "akun": ONE})]
    assert found["dropped"] == ["Password"]
    assert SECRET not in json.dumps(found)
    assert "320123" not in json.dumps(found)


@pytest.mark.parametrize("heading", SECRET_HEADINGS)
@pytest.mark.parametrize("first", [True, False])
def test_a_column_like_a_passwords_is_dropped_whatever_it_is_called(heading: str, first: bool) -> None:
    """Also where it stands first, and where it would be an account's column too."""
    columns = [("Nama", "Budi Santoso"), ("Akun", ONE)]
    columns.insert(0 if first else 2, (heading, SECRET))
    found = read(",".join(f'"{h}"' for h, _ in columns) + "\n" + ",".join(v for _, v in columns) + "\n")
    assert found["dropped"] == [heading]
    assert found["rows"][0][1] == {"nama": "Budi Santoso", "akun": ONE}
    assert SECRET not in json.dumps(found)


@pytest.mark.parametrize(
    "text",
    [
        f"Nama;Akun\nBudi Santoso;{SECRET}\n",
        f"Nama;Akun\nBudi Santoso;{ONE} {SECRET}\n",
        f"Nama;Akun;Status\nBudi Santoso;{ONE};{SECRET}\n",
        f"Nama;Akun;Keterangan\nBudi Santoso;{ONE};{SECRET}\n",
        f"Nama;Akun;\nBudi Santoso;{ONE};{SECRET}\n",
        f"Nama;Akun\nBudi Santoso;{ONE};{SECRET}\n",
        f"Nama;Akun;Password\n;;{SECRET}\nBudi;{ONE};{SECRET}\n",
        f"Data {SECRET}\nNama;Akun;Password\nBudi;{ONE};{SECRET}\n",
        f'Nama;Akun;Password\nBudi;{ONE};"{SECRET}\n{SECRET}"\n',
    ],
)
def test_a_password_anywhere_else_does_not_leave_either(text: str) -> None:
    """In the account's column, beside an account, as a state, in a column without a heading, or above the table."""
    assert SECRET not in json.dumps(read(text))


@pytest.mark.parametrize(
    "text", [f"{SECRET};{ONE}\n{SECRET};{ONE}\n", f"Budi;{ONE};{SECRET}\n", f"Nama;Password\nBudi;{SECRET}\n", f"{SECRET}\n"]
)
def test_a_file_without_headings_is_refused_without_repeating_it(text: str) -> None:
    """The sentence names what is looked for, and nothing of what stands there."""
    with pytest.raises(InputError) as refused:
        read(text)
    assert SECRET not in refused.value.sentence
    assert "User ID" in refused.value.sentence


@pytest.mark.parametrize(
    "heading", ["User ID", "Akun", "Email", "Username", "Akun Pembelajaran", "belajar.id", "E-mail", "USER_ID"]
)
def test_the_account_goes_by_many_headings(heading: str) -> None:
    """However the download calls it in that year."""
    assert read(f"Nama Lengkap,{heading}\nBudi,{ONE}\n")["rows"] == [(2, {"nama": "Budi", "akun": ONE})]


def test_all_that_is_read_of_a_row() -> None:
    """NUPTK, NIP, birth date and the word of the state, ours for theirs; an unknown word for it is dropped."""
    head = "No,Nama,NUPTK,NIP,Tanggal Lahir,Akun Pembelajaran,Status Akun"
    rows = read(f"{head}\n1,Budi,{NUPTK},,14 Juli 1985,{ONE},Sudah diaktivasi\n2,Ani,,,,x,entah\n")["rows"]
    assert rows[0] == (2, {"nama": "Budi", "nuptk": NUPTK, "tanggal_lahir": "14 Juli 1985", "akun": ONE, "keadaan": "aktif"})
    assert rows[1] == (3, {"nama": "Ani"})


def test_a_number_that_excel_has_damaged_is_none(tmp_path: Path) -> None:
    """Sixteen digits as a number have lost the last ones: better no NUPTK than a wrong one."""
    path = write_grid(tmp_path / "akun.xlsx", [["Nama", "NUPTK", "Akun"], ["Budi", int(NUPTK), ONE]])
    assert account_child.read(path.read_bytes())["rows"] == [(2, {"nama": "Budi", "akun": ONE})]


@pytest.mark.process
def test_the_child_reads_it_in_a_process_of_its_own(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    """A workbook too; nothing of the password stands in what is handed on or logged."""
    caplog.set_level("DEBUG")
    path = write_grid(tmp_path / "akun.xlsx", [["Nama", "User ID", "Password"], ["Budi Santoso", ONE, SECRET]])
    file = read_account_file(path)
    assert file.rows == (AccountRow(2, "Budi Santoso", address=ONE),)
    assert (file.name, file.heading_row, file.dropped) == ("akun.xlsx", 1, ("Password",))
    assert SECRET not in caplog.text + repr(file)


def test_what_the_child_says_is_checked(monkeypatch: pytest.MonkeyPatch) -> None:
    """A child that a hostile file has taken over hands on nothing of another shape."""
    for document in ({}, {"heading_row": 1, "rows": [[1, {"akun": 7}]]}, {"heading_row": "x", "rows": []}):
        monkeypatch.setattr(account_file, "read_other", lambda *_, found=document: found)
        with pytest.raises(InputError, match=r"akun\.csv: susunannya tidak dikenal"):
            read_account_file(Path("akun.csv"))
    monkeypatch.setattr(account_file, "read_other", lambda *_: {"heading_row": 3, "rows": []})
    with pytest.raises(InputError, match=r"tidak berisi akun di bawah judul di baris 3; unduh ulang"):
        read_account_file(Path("akun.csv"))


_FIELDS = {"Nama": "Budi Santoso", "User ID": ONE, "NUPTK": NUPTK, "Tanggal Lahir": "14/07/1985", "Status": "Aktif", "Kelas": "VII"}


@given(
    st.permutations(list(_FIELDS)),
    st.lists(
        st.tuples(st.integers(0, 6), st.sampled_from(SECRET_HEADINGS), st.sampled_from(["", " ", "_", "*", "\u200b"])), min_size=1
    ),
    st.sampled_from(";,\t"),
    st.integers(0, 4),
)
def test_no_order_of_columns_lets_a_password_out(
    order: list[str], secrets: list[tuple[int, str, str]], delimiter: str, above: int
) -> None:
    """Wherever the columns with passwords stand, however many there are and however their headings are dressed up."""
    columns = [(heading, _FIELDS[heading]) for heading in order]
    for place, heading, mark in secrets:
        columns.insert(place, (f"{mark}{heading}{mark}", SECRET))
    lines = ["Daftar akun"] * above + [delimiter.join(f'"{h}"' for h, _ in columns), delimiter.join(v for _, v in columns)]
    found = read("\n".join(lines))
    assert SECRET not in json.dumps(found)
    assert found["rows"][0][1] == {
        "nama": "Budi Santoso",
        "nuptk": NUPTK,
        "tanggal_lahir": "14/07/1985",
        "akun": ONE,
        "keadaan": "aktif",
    }


@given(st.binary(max_size=300) | st.text(max_size=300).map(str.encode))
def test_no_bytes_break_the_reading(data: bytes) -> None:
    """They are a list or refused, in a sentence."""
    for reading in (account_child.read, rapor_child.read):
        try:
            said = json.dumps(reading(data))
        except InputError as error:
            said = error.sentence
        assert said.endswith((".", "}"))


def test_a_list_that_is_too_long_is_refused_whole() -> None:
    """Nobody is left out unseen."""
    with pytest.raises(InputError, match="lebih dari 5000 baris"):
        read("Nama;Akun\n" + f"Budi;{ONE}\n" * 5_000)
    assert len(read("Nama;Akun\n" + f"Budi;{ONE}\n" * 4_999)["rows"]) == 4_999
