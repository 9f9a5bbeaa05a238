"""Every refusal has a way on: the refused rows as a workbook, columns named by the operator, teachers without any number."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pmm_tui.errors import InputError, UsageError
from pmm_tui.roster.column_choice import ANY, kept, read_choices, remembered
from pmm_tui.roster.compare import compare, to_write
from pmm_tui.roster.decide import decide, decided, without_numbers
from pmm_tui.roster.model import ComparedRow, RosterReading
from pmm_tui.roster.read import read_roster
from pmm_tui.roster.refused import refused_workbook
from pmm_tui.roster.sheets import read_workbook
from pmm_tui.roster.summary import summary
from pmm_tui.roster.xlsx_writer import text_workbook
from pmm_tui.services.roster_import import free_name, keep_columns, preview, take, write_refused
from pmm_tui.skp.katalog_reader import bundled
from pmm_tui.skp.model import Pegawai
from pmm_tui.store import Store
from tests.roster.conftest import NIP, NUPTK, OTHER_NIP, TODAY, read_grid

KATALOG = bundled()
HEAD = ("Nama", "NIP", "NUPTK", "Tanggal Lahir", "Keterangan")


def compared(*rows: tuple[object, ...], stored: tuple[Pegawai, ...] = ()) -> tuple[RosterReading, tuple[ComparedRow, ...]]:
    reading = read_grid([HEAD, *rows])
    return reading, compare(reading, stored, KATALOG)


# ---- the workbook of what was refused


@pytest.mark.process
def test_refused_rows_come_back_as_they_were(tmp_path: Path) -> None:
    """Each with its reason; what was lost in a cell is not made to look whole, and a mended row is taken."""
    reading, rows = compared(
        ("Budi", NIP, None, None, None),
        ("Siti & <Co>", "12345", NUPTK, "1990-01-02", "mutasi ke SD 2"),
        ("Ani", 198507142010011012.0, None, "14/07/1985", None),
        ("Tuti", None, None, None, None),
    )
    content, count = refused_workbook(reading, rows)
    assert count == 3
    path = tmp_path / "a.xlsx"
    path.write_bytes(content)
    again = read_roster(path, KATALOG, TODAY)
    assert [row.pegawai for row in again.rows] == [None, None, None]
    assert [dict(row.cells) for row in again.rows] == [
        {"nama": "Siti & <Co>", "nip": "12345", "nuptk": NUPTK, "tanggal_lahir": "1990-01-02", "berhenti": "Mutasi"},
        {"nama": "Ani", "nip": "1.98507142010011E+17", "tanggal_lahir": "14/07/1985"},
        {"nama": "Tuti"},
    ]
    assert again.left_unread == ()
    mended = text_workbook("Ditolak", HEAD[:4], [("Siti", OTHER_NIP, NUPTK, "1987-03-02")])
    path.write_bytes(mended)
    assert read_roster(path, KATALOG, TODAY).rows[0].pegawai is not None


def test_the_reasons_stand_beside_each_row() -> None:
    """With the row's place in its file."""
    content, _ = refused_workbook(*compared(("Siti", "12345", None, None, None)))
    headings = {"nama": ("nama",), "nip": ("nip",), "tugas_tambahan": ("alasanditolak",), "golongan": ("barisasal",)}
    (row,) = read_workbook(content, "xlsx", headings)["rows"]
    assert row[1]["golongan"] == "baris 2"
    assert row[1]["tugas_tambahan"] == "NIP: NIP harus 18 angka, ini 5 karakter."


TEXT = st.text(
    alphabet=st.characters(codec="utf-8", exclude_categories=("Cc", "Cf", "Zl", "Zp", "Zs", "Cn", "Co", "Mn")), max_size=20
)


@given(st.lists(TEXT.filter(bool), min_size=1, max_size=4))
def test_text_comes_out_of_a_workbook_as_it_went_in(cells: list[str]) -> None:
    """Whatever letters; no number is one."""
    from io import BytesIO

    from python_calamine import load_workbook

    heading = [f"K{n}" for n in range(len(cells))]
    with load_workbook(BytesIO(text_workbook("Lembar & 1", heading, [cells]))) as book:
        assert book.sheet_names == ["Lembar & 1"]
        assert book.get_sheet_by_index(0).to_python() == [heading, cells]


def test_a_file_that_stands_there_is_not_overwritten(tmp_path: Path) -> None:
    """Nor is one made for nothing; a free name is found beside the list."""
    reading, rows = compared(("Siti", "12345", None, None, None))
    target = tmp_path / "guru-ditolak.xlsx"
    assert free_name(tmp_path / "guru.csv") == target
    assert write_refused(target, reading, rows) == 1
    before = target.read_bytes()
    with pytest.raises(InputError, match="sudah ada dan tidak ditimpa"):
        write_refused(target, reading, rows)
    assert target.read_bytes() == before
    assert free_name(tmp_path / "guru.csv").name == "guru-ditolak-2.xlsx"
    reading, rows = compared(("Siti", OTHER_NIP, None, None, None))
    assert write_refused(tmp_path / "lain.xlsx", reading, rows) == 0
    assert not (tmp_path / "lain.xlsx").exists()


# ---- columns that the operator names


@pytest.mark.parametrize(
    ("asked", "words"),
    [("nip", "tulis JUDUL=isian"), ("=nip", "tulis JUDUL=isian"), ("Kode=nib", "tidak dikenal"), ("NIK=nuptk", "data pribadi")],
)
def test_what_cannot_be_said_of_a_column(asked: str, words: str) -> None:
    """Neither an unknown field, nor anything of a private column."""
    with pytest.raises(UsageError) as refusal:
        read_choices([asked], KATALOG)
    assert words in refusal.value.sentence


def test_what_was_said_is_kept_by_the_shape_of_the_headings() -> None:
    """The newest fifty shapes; said again it counts, forgotten it does not; a memo that cannot be read is none."""
    assert read_choices(["Kode Pegawai = NIP", "A=b=tanggal lahir"], KATALOG) == {"Kode Pegawai": "nip", "A=b": "tanggal_lahir"}
    memo = kept(None, ["s1", "s2"], {"Kode Pegawai": "nip", "Hobi": "abaikan"})
    assert remembered(memo, {}) == {shape: {"kodepegawai": "nip", "hobi": ""} for shape in ("s1", "s2")}
    assert remembered(memo, {"HOBI": "otomatis", "X": "nama"}) == {
        "s1": {"kodepegawai": "nip"}, "s2": {"kodepegawai": "nip"}, ANY: {"x": "nama"},
    }  # fmt: skip
    assert remembered(kept(memo, ["s2"], {"Kode Pegawai": "otomatis", "Hobi": "otomatis"}), {}) == {
        "s1": {"kodepegawai": "nip", "hobi": ""}
    }
    assert remembered("bukan json", {}) == {}
    many = None
    for n in range(60):
        many = kept(many, [f"s{n}"], {"A": "nip"})
    assert list(remembered(many, {})) == [f"s{n}" for n in range(10, 60)]
    long = kept(many, ["t"], {f"Judul yang panjang nomor {n} {'x' * 40}": "nip" for n in range(90)})
    assert list(remembered(long, {}))[-1] == "t"
    assert len(long) <= 8_000


@pytest.mark.process
def test_a_named_column_is_read_and_remembered(tmp_path: Path) -> None:
    """The next file with these headings needs no word; another does."""
    path = tmp_path / "a.csv"
    path.write_text(f"Pengajar Tetap;Kode Resmi\nBudi;{NIP}\n", "utf-8")
    with Store.open(tmp_path / "pmm.db") as store:
        with pytest.raises(InputError, match='Judul yang tampak: "Pengajar Tetap", "Kode Resmi"'):
            preview(store, path, KATALOG, TODAY)
        said = {"Pengajar Tetap": "nama", "Kode Resmi": "nip"}
        found = preview(store, path, KATALOG, TODAY, (), said)
        assert [row.name for row in found.rows] == ["Budi"]
        assert found.reading.notes == ('Kolom menurut pilihan Anda: "Pengajar Tetap" sebagai Nama, "Kode Resmi" sebagai NIP.',)
        keep_columns(store, found.reading, said)
        path.write_text(f"PENGAJAR TETAP;kode_resmi\nSiti;{OTHER_NIP}\n", "utf-8")
        assert [row.name for row in preview(store, path, KATALOG, TODAY).rows] == ["Siti"]
        with pytest.raises(UsageError, match='Judul "Foo" tidak ada'):
            preview(store, path, KATALOG, TODAY, (), {"Foo": "nip"})


# ---- teachers without any number, and those who left


def test_a_teacher_without_anything_but_a_name_can_be_added() -> None:
    """On demand only, and the next import finds them again, also when it has more to say."""
    _, (row,) = compared(("Ani Lestari", None, None, None, None))
    assert (row.outcome, row.question, row.pegawai, to_write([row])) == ("ditolak", "tanpa_nomor", None, ())
    (asked,) = decide([row], ["2=ambil"])
    (new,) = to_write([asked])
    assert (asked.outcome, new.nama) == ("baru", "Ani Lestari")
    assert to_write(without_numbers([row])) == (new,)
    stored = (msgspec.structs.replace(new, id=1),)
    for cells, outcome in (
        ((None, None, None), "sama"), ((None, NUPTK, None), "diperbarui"), ((None, None, "1990-01-02"), "diperbarui"),
        (("199001022019032001", None, "1990-01-02"), "diperbarui"),
    ):  # fmt: skip
        _, (again,) = compared(("ANI LESTARI", *cells, None), stored=stored)
        assert (again.outcome, again.pegawai.id if again.pegawai else 0) == (outcome, 1)


def test_nobody_is_added_by_name_where_the_name_is_known() -> None:
    """Not beside a stored teacher of this name, nor twice from one file."""
    stored = (Pegawai(id=1, nama="Ani Lestari", nip=NIP),)
    _, (row,) = compared(("Ani Lestari", None, None, None, None), stored=stored)
    assert (row.outcome, row.question, decided(row, "ambil")) == ("ditolak", "", row)
    _, rows = compared(*[("Ani Lestari", None, None, None, None)] * 2)
    assert [(row.outcome, row.question) for row in rows] == [("ditolak", "")] * 2


def test_a_stored_teacher_without_number_gets_one_only_where_nothing_contradicts() -> None:
    """Name and birth date are the identity: another date is another person."""
    stored = (Pegawai(id=1, nama="Ani Lestari", tanggal_lahir="1990-01-02"),)
    _, (row,) = compared(("Ani Lestari", None, NUPTK, None, None), stored=stored)
    assert (row.outcome, row.pegawai.id if row.pegawai else 0) == ("diperbarui", 1)
    _, (row,) = compared(("Ani Lestari", None, NUPTK, "1991-01-02", None), stored=stored)
    assert row.outcome == "baru"


def test_who_has_left_is_asked_about() -> None:
    """X48: neither taken in silence nor lost; a stored teacher stays, with a warning."""
    reading, rows = compared(("Budi", NIP, None, None, "Pensiun 2024"), ("Siti", OTHER_NIP, None, None, "akan pensiun 2027"))
    assert [(row.outcome, row.question) for row in rows] == [("perlu_diputuskan", "keluar"), ("baru", "")]
    assert '"Pensiun 2024" menurut berkas' in rows[0].reasons[0].message
    assert [p.nama for p in to_write(rows)] == ["Siti"]
    assert [p.nama for p in to_write(decide(rows, ["2=ambil"]))] == ["Budi", "Siti"]
    assert decide(rows, ["2=lewati"])[0].outcome == "dilewati"
    with pytest.raises(UsageError):
        decide(rows, ["2=sama"])
    told = summary(reading, rows)
    assert (told["baris"][0]["pertanyaan"], told["jumlah"]["perlu_diputuskan"]) == ("keluar", 1)
    _, (row,) = compared(("Budi", NIP, None, None, "Mutasi"), stored=(Pegawai(id=1, nama="Budi", nip=NIP),))
    assert (row.outcome, row.warnings[-1].column) == ("sama", "Keterangan")


def test_what_is_left_unread_is_in_the_document() -> None:
    """With sheet, column or row, and why."""
    reading = read_grid([("Nama", "NIP", "Hobi"), ("GURU PNS", None, None), ("Budi", NIP, "x")])
    assert list(summary(reading, compare(reading, (), KATALOG))["tidak_dibaca"]) == [
        {"lembar": "Daftar Guru", "kolom": "C", "isi_judul": "Hobi", "sebab": "judulnya tidak dikenal"},
        {"baris": 2, "sebab": "baris kelompok"},
    ]


def test_taking_stores_who_was_decided(tmp_path: Path) -> None:
    """By name alone, and a second time nothing is doubled."""
    with Store.open(tmp_path / "pmm.db") as store:
        for expected in (1, 0):
            _, rows = compared(("Ani", None, None, None, None), stored=store.roster.all())
            assert take(store, without_numbers(rows)) == expected
        assert [(p.nama, p.nip, p.nuptk) for p in store.roster.all()] == [("Ani", "", "")]
