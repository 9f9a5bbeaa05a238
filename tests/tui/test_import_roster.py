"""Import with a preview: nothing is written before it is taken."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest

from pmm_tui.errors import InputError, StorageError
from pmm_tui.roster.model import BarisBanding, Catatan, Ubahan
from tests.tui.conftest import Buka
from tests.tui.samples import ANI, BUDI, CITRA
from tests.tui.stage import Panggung

pytestmark = pytest.mark.anyio


def banding(u: Panggung) -> tuple[BarisBanding, ...]:
    """A file of five rows: one of each kind, and a second refused one."""
    ani = u.pegawai("Ani")
    baru = msgspec.structs.replace(ani, golongan="III/d")
    return (
        BarisBanding(baris=6, keadaan="sama", nama=CITRA.nama, pegawai=u.pegawai("Citra"), lama=u.pegawai("Citra")),
        BarisBanding(baris=7, keadaan="baru", nama=BUDI.nama, pegawai=BUDI, peringatan=(Catatan("NIP", "Tanggal lahir berbeda."),)),
        BarisBanding(
            baris=8,
            keadaan="diperbarui",
            nama=ANI.nama,
            pegawai=baru,
            lama=ani,
            ubahan=(Ubahan("golongan", "Pangkat Golongan", "III/c", "III/d"),),
        ),
        BarisBanding(
            baris=9, keadaan="ditolak", nama="Eko", alasan=(Catatan("NIP", "NIP tersimpan sebagai angka; simpan sebagai teks."),)
        ),
        BarisBanding(baris=10, keadaan="ditolak", nama="", alasan=(Catatan("Nama", "Nama kosong."),)),
    )


async def pratinjau(u: Panggung, berkas: str = "guru.xlsx") -> None:
    """Open the import and have a typed file read."""
    u.layanan.hasil_baca = (banding(u), 'guru.xlsx: XLSX, lembar "Guru", judul di baris 5.')
    await u.tekan(f"f4 ctrl+home '{berkas}' enter enter")
    await u.sampai_teks("pratinjau")


@pytest.mark.parametrize("kunci", ["f4", "ctrl+n"])
async def test_path_is_typed_and_read(app_uji: Buka, kunci: str) -> None:
    """A typed path, also in quotes or with a tilde, is read in the background."""
    async with app_uji(guru=(ANI, CITRA)) as u:
        u.layanan.hasil_baca = InputError("Berkas tidak ada.")
        await u.tekan(f"{kunci} ctrl+home '\"~/Unduhan/guru smp.xlsx\"' enter enter")
        await u.sampai_teks("Berkas tidak ada.")
        assert u.layanan.dipanggil("baca_guru") == [Path("~/Unduhan/guru smp.xlsx").expanduser()]
        assert u.kursor.startswith("Berkas")
        await u.tekan("end '2'")
        assert "Berkas tidak ada." not in u.teks


async def test_newest_files_are_offered(app_uji: Buka, tmp_path: Path) -> None:
    """Spreadsheets of the download folder and of the working directory are offered; Enter reads the first."""
    unduhan = tmp_path / "rumah" / "Downloads"
    unduhan.mkdir()
    for nama in ("daftar-guru.xlsx", "lain.pdf", "guru.csv"):
        (unduhan / nama).write_bytes(b"x")
    async with app_uji(guru=(ANI, CITRA)) as u:
        u.layanan.hasil_baca = InputError("Bukan berkas Dapodik.")
        await u.tekan("f4")
        assert "daftar-guru.xlsx" in u.teks
        assert "guru.csv" in u.teks
        assert "lain.pdf" not in u.teks
        await u.ke("daftar-guru.xlsx")
        await u.tekan("enter")
        await u.sampai_teks("Bukan berkas Dapodik.")
        assert u.layanan.dipanggil("baca_guru") == [unduhan / "daftar-guru.xlsx"]


async def test_preview_shows_every_row_the_refused_first(app_uji: Buka) -> None:
    """The preview counts, lists the rows with their number in the file, and explains the one under the cursor."""
    async with app_uji(guru=(ANI, CITRA)) as u:
        await pratinjau(u)
        assert "1 baru · 1 diperbarui · 1 sama · 2 ditolak" in u.kepala
        rows = [line for line in u.layar() if " brs " in line]
        assert [line.split(" brs ")[1].split()[1] for line in rows] == ["ditolak", "ditolak", "diperbarui", "baru", "sama"]
        assert "Baris 9: Eko" in u.teks
        assert "NIP: NIP tersimpan sebagai angka; simpan sebagai teks." in u.teks
        await u.tekan("down")
        assert "(tanpa nama)" in u.kursor
        await u.tekan("down")
        assert "Pangkat Golongan: III/c menjadi III/d" in u.teks
        await u.tekan("down")
        assert "NIP: Tanggal lahir berbeda." in u.teks


async def test_nothing_is_written_before_it_is_taken(app_uji: Buka) -> None:
    """Esc out of the preview leaves the roster as it was."""
    async with app_uji(guru=(ANI, CITRA)) as u:
        await pratinjau(u)
        await u.tekan("escape")
        assert u.kepala.startswith(" Daftar Guru")
        assert [p.nama for p in u.store.roster.all()] == [ANI.nama, CITRA.nama]
        assert u.pegawai("Ani").golongan == "III/c"


@pytest.mark.parametrize("kunci", ["enter", "f9", "ctrl+s"])
async def test_taking_it_writes_new_and_changed(app_uji: Buka, kunci: str) -> None:
    """Simpan writes the new and the changed teachers, leaves the rest, and says how many."""
    async with app_uji(guru=(ANI, CITRA)) as u:
        await pratinjau(u)
        await u.tekan(kunci)
        await u.sampai_teks("2 guru disimpan; 2 baris ditolak")
        assert [(p.nama, p.golongan) for p in u.store.roster.all()] == [
            (ANI.nama, "III/d"),
            (BUDI.nama, "III/a"),
            (CITRA.nama, "IX"),
        ]
        assert "0 dari 3 selesai" in u.kepala


async def test_enter_pressed_twice_writes_once(app_uji: Buka) -> None:
    """A second Enter finds the roster, not a second import."""
    async with app_uji(guru=(ANI, CITRA)) as u:
        await pratinjau(u)
        await u.tekan("enter enter", beruntun=True)
        assert len(u.store.roster.all()) == 3


async def test_trouble_with_the_disk_keeps_the_preview(app_uji: Buka, monkeypatch: pytest.MonkeyPatch) -> None:
    """When the roster cannot be written the preview stays, with the reason, and can be tried again."""
    async with app_uji(guru=(ANI, CITRA)) as u:
        await pratinjau(u)
        tulis = u.store.roster.write

        def gagal(*_: object) -> None:
            raise StorageError("Disk penuh; kosongkan ruang.")

        monkeypatch.setattr(u.store.roster, "write", gagal)
        await u.tekan("f9")
        assert "Disk penuh; kosongkan ruang." in u.status
        assert "pratinjau" in u.kepala
        monkeypatch.setattr(u.store.roster, "write", tulis)
        await u.tekan("f9")
        assert len(u.store.roster.all()) == 3


async def test_file_without_teachers(app_uji: Buka) -> None:
    """A file with no teacher in it says so and saves nothing."""
    async with app_uji() as u:
        u.layanan.hasil_baca = ((), "kosong.csv: CSV.")
        await u.tekan("f4 ctrl+home 'kosong.csv' enter enter")
        await u.sampai_teks("Tidak ada baris guru di berkas ini.")
        await u.tekan("enter f9")
        assert len(u.store.roster.all()) == 4


async def test_leaving_while_it_reads(app_uji: Buka) -> None:
    """Esc while the file is being read goes back; what was read then troubles nobody."""
    async with app_uji(guru=(ANI, CITRA)) as u:
        u.layanan.hasil_baca = (banding(u), "guru.xlsx")
        await u.tekan("f4 ctrl+home 'guru.xlsx' down")
        await u.tekan("enter escape", beruntun=True)
        await u.sampai(lambda: u.layanan.dipanggil("baca_guru"))
        await u.tekan("down up")
        assert not u.app.crashed
        assert u.app.is_running
