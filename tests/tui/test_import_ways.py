"""The preview of an import has a way on for what was refused or not read."""

from __future__ import annotations

from pathlib import Path

import pytest

from pmm_tui.roster.compare import compare
from pmm_tui.roster.unknown_headings import UnknownHeadingsError
from pmm_tui.skp.katalog_reader import bundled
from tests.roster.conftest import NIP, OTHER_NIP, read_grid
from tests.tui.conftest import Open
from tests.tui.stage import Stage

pytestmark = pytest.mark.anyio

GRID = [
    ("Nama", "NIP", "Kode", "Keterangan"),
    ("Wahyu Satu", NIP, "x", None),
    ("Wahyu Dua", "123", "y", None),
    ("Wahyu Tiga", None, None, None),
    ("Wahyu Empat", OTHER_NIP, None, "Pensiun 2020"),
]


async def preview(u: Stage, path: str = "guru.csv") -> None:
    """Read the grid as a typed file."""
    reading = read_grid(GRID)
    rows = compare(reading, u.store.roster.all(), bundled())
    u.services.read_result = (rows, "guru.csv: CSV.", reading.notes, reading.tables, reading)
    await u.press(f"f4 ctrl+home '{path}' enter enter")
    await u.until_text("pratinjau")


@pytest.mark.parametrize("key", ["f7", "ctrl+b"])
async def test_a_column_that_nobody_knows_is_named(stage_app: Open, key: str) -> None:
    """First which column, the unknown ones first, then what it holds; the file is read again with that."""
    async with stage_app() as u:
        await preview(u)
        assert 'Kolom yang tidak dibaca: C "Kode".' in u.text
        assert "Kolom" in u.footer
        await u.press(key)
        assert "Kolom mana?" in u.text
        await u.press("'kode' enter")
        assert "Isi kolom Kode" in u.text
        await u.press("'nuptk' enter")
        await u.until(lambda: u.services.called("columns") == [{"Kode": "nuptk"}])
        await u.until_text("pratinjau")


async def test_columns_are_named_where_no_heading_was_known(stage_app: Open) -> None:
    """The refusal of the file itself has the way on."""
    async with stage_app() as u:
        u.services.read_result = UnknownHeadingsError("guru.csv: tidak punya baris judul.", ("Pengajar", "Kode"))
        await u.press("f4 ctrl+home 'guru.csv' enter enter")
        await u.until_text("tidak punya baris judul")
        await u.press("f7 'pengajar' enter 'nama' enter")
        await u.until(lambda: u.services.called("columns") == [{"Pengajar": "nama"}])


async def test_refused_rows_are_written_beside_the_file(stage_app: Open, tmp_path: Path) -> None:
    """The line says where; a second time it is another file."""
    async with stage_app() as u:
        await preview(u, str(tmp_path / "guru.csv"))
        await u.press("f8")
        await u.until_text("2 baris yang ditolak ditulis ke")
        await u.press("ctrl+o")
        await u.until(lambda: len(list(tmp_path.glob("guru-ditolak*.xlsx"))) == 2)


async def test_who_has_left_and_who_has_no_number_are_asked_about(stage_app: Open) -> None:
    """Both are only stored when the operator says so."""
    async with stage_app() as u:
        await preview(u)
        assert u.screen_text()[1].split("  ")[1:] == ["Baru 1", "Ditolak 2", "Perlu diputuskan 1"]
        await u.press("enter")
        assert "Masih mengajar di sini?" in u.text
        await u.press("down down enter")
        assert u.screen_text()[1].split("  ")[1:] == ["Baru 2", "Ditolak 2"]
        await u.press("down down f5")
        assert "Tambahkan tanpa nomor?" in u.text
        await u.press("down enter")
        assert u.screen_text()[1].split("  ")[1:] == ["Baru 3", "Ditolak 1"]
        await u.press("f9")
        await u.until_text("guru disimpan")
        assert {p.nama for p in u.store.roster.all()} >= {"Wahyu Satu", "Wahyu Tiga", "Wahyu Empat"}
