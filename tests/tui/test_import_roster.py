"""Import with a preview: nothing is written before it is taken."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest

from pmm_tui.errors import InputError, StorageError
from pmm_tui.roster.model import ComparedRow, FieldChange, Remark
from tests.tui.conftest import Open
from tests.tui.samples import ANI, BUDI, CITRA
from tests.tui.stage import Stage

pytestmark = pytest.mark.anyio


def compare_rows(u: Stage) -> tuple[ComparedRow, ...]:
    """A file of five rows: one of each kind, and a second refused one."""
    ani = u.pegawai("Ani")
    new = msgspec.structs.replace(ani, golongan="III/d")
    return (
        ComparedRow(row=6, outcome="sama", name=CITRA.nama, pegawai=u.pegawai("Citra"), old=u.pegawai("Citra")),
        ComparedRow(row=7, outcome="baru", name=BUDI.nama, pegawai=BUDI, warnings=(Remark("NIP", "Tanggal lahir berbeda."),)),
        ComparedRow(
            row=8,
            outcome="diperbarui",
            name=ANI.nama,
            pegawai=new,
            old=ani,
            field_changes=(FieldChange("golongan", "Pangkat Golongan", "III/c", "III/d"),),
        ),
        ComparedRow(
            row=9, outcome="ditolak", name="Eko", reasons=(Remark("NIP", "NIP tersimpan sebagai angka; simpan sebagai teks."),)
        ),
        ComparedRow(row=10, outcome="ditolak", name="", reasons=(Remark("Nama", "Nama kosong."),)),
    )


async def preview(u: Stage, file: str = "guru.xlsx") -> None:
    """Open the import and have a typed file read."""
    u.services.read_result = (compare_rows(u), 'guru.xlsx: XLSX, lembar "Guru", judul di baris 5.')
    await u.press(f"f4 ctrl+home '{file}' enter enter")
    await u.until_text("pratinjau")


@pytest.mark.parametrize("keys", ["f4", "ctrl+n"])
async def test_path_is_typed_and_read(stage_app: Open, keys: str) -> None:
    """A typed path, also in quotes or with a tilde, is read in the background."""
    async with stage_app(teachers=(ANI, CITRA)) as u:
        u.services.read_result = InputError("Berkas tidak ada.")
        await u.press(f"{keys} ctrl+home '\"~/Unduhan/guru smp.xlsx\"' enter enter")
        await u.until_text("Berkas tidak ada.")
        assert u.services.called("read_roster") == [Path("~/Unduhan/guru smp.xlsx").expanduser()]
        assert u.cursor.startswith("Berkas")
        await u.press("end '2'")
        assert "Berkas tidak ada." not in u.text


async def test_newest_files_are_offered(stage_app: Open, tmp_path: Path) -> None:
    """Spreadsheets of the download folder and of the working directory are offered; Enter reads the first."""
    downloads = tmp_path / "rumah" / "Downloads"
    downloads.mkdir()
    for name in ("daftar-guru.xlsx", "lain.pdf", "guru.csv"):
        (downloads / name).write_bytes(b"x")
    async with stage_app(teachers=(ANI, CITRA)) as u:
        u.services.read_result = InputError("Bukan berkas Dapodik.")
        await u.press("f4")
        assert "daftar-guru.xlsx" in u.text
        assert "guru.csv" in u.text
        assert "lain.pdf" not in u.text
        await u.go_to("daftar-guru.xlsx")
        await u.press("enter")
        await u.until_text("Bukan berkas Dapodik.")
        assert u.services.called("read_roster") == [downloads / "daftar-guru.xlsx"]


async def test_preview_shows_every_row_the_refused_first(stage_app: Open) -> None:
    """The preview counts, lists the rows with their number in the file, and explains the one under the cursor."""
    async with stage_app(teachers=(ANI, CITRA)) as u:
        await preview(u)
        assert "1 baru · 1 diperbarui · 1 sama · 2 ditolak" in u.title
        rows = [line for line in u.screen_text() if " brs " in line]
        assert [line.split(" brs ")[1].split()[1] for line in rows] == ["ditolak", "ditolak", "diperbarui", "baru", "sama"]
        assert "Baris 9: Eko" in u.text
        assert "NIP: NIP tersimpan sebagai angka; simpan sebagai teks." in u.text
        await u.press("down")
        assert "(tanpa nama)" in u.cursor
        await u.press("down")
        assert "Pangkat Golongan: III/c menjadi III/d" in u.text
        await u.press("down")
        assert "NIP: Tanggal lahir berbeda." in u.text


async def test_nothing_is_written_before_it_is_taken(stage_app: Open) -> None:
    """Esc out of the preview leaves the roster as it was."""
    async with stage_app(teachers=(ANI, CITRA)) as u:
        await preview(u)
        await u.press("escape")
        assert u.title.startswith(" Daftar Guru")
        assert [p.nama for p in u.store.roster.all()] == [ANI.nama, CITRA.nama]
        assert u.pegawai("Ani").golongan == "III/c"


@pytest.mark.parametrize("keys", ["enter", "f9", "ctrl+s"])
async def test_taking_it_writes_new_and_changed(stage_app: Open, keys: str) -> None:
    """Simpan writes the new and the changed teachers, leaves the rest, and says how many."""
    async with stage_app(teachers=(ANI, CITRA)) as u:
        await preview(u)
        await u.press(keys)
        await u.until_text("2 guru disimpan; 2 baris ditolak")
        assert [(p.nama, p.golongan) for p in u.store.roster.all()] == [
            (ANI.nama, "III/d"),
            (BUDI.nama, "III/a"),
            (CITRA.nama, "IX"),
        ]
        assert "0 dari 3 selesai" in u.title


async def test_enter_pressed_twice_writes_once(stage_app: Open) -> None:
    """A second Enter finds the roster, not a second import."""
    async with stage_app(teachers=(ANI, CITRA)) as u:
        await preview(u)
        await u.press("enter enter", in_a_row=True)
        assert len(u.store.roster.all()) == 3


async def test_trouble_with_the_disk_keeps_the_preview(stage_app: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    """When the roster cannot be written the preview stays, with the reason, and can be tried again."""
    async with stage_app(teachers=(ANI, CITRA)) as u:
        await preview(u)
        write = u.store.roster.write

        def failed(*_: object) -> None:
            raise StorageError("Disk penuh; kosongkan ruang.")

        monkeypatch.setattr(u.store.roster, "write", failed)
        await u.press("f9")
        assert "Disk penuh; kosongkan ruang." in u.status
        assert "pratinjau" in u.title
        monkeypatch.setattr(u.store.roster, "write", write)
        await u.press("f9")
        assert len(u.store.roster.all()) == 3


async def test_file_without_teachers(stage_app: Open) -> None:
    """A file with no teacher in it says so and saves nothing."""
    async with stage_app() as u:
        u.services.read_result = ((), "kosong.csv: CSV.")
        await u.press("f4 ctrl+home 'kosong.csv' enter enter")
        await u.until_text("Tidak ada baris guru di berkas ini.")
        await u.press("enter f9")
        assert len(u.store.roster.all()) == 4


async def test_leaving_while_it_reads(stage_app: Open) -> None:
    """Esc while the file is being read goes back; what was read then troubles nobody."""
    async with stage_app(teachers=(ANI, CITRA)) as u:
        u.services.read_result = (compare_rows(u), "guru.xlsx")
        await u.press("f4 ctrl+home 'guru.xlsx' down")
        await u.press("enter escape", in_a_row=True)
        await u.until(lambda: u.services.called("read_roster"))
        await u.press("down up")
        assert not u.app.crashed
        assert u.app.is_running
