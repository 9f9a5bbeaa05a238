"""Import with a preview: nothing is written before it is taken."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest

from pmm_tui.errors import InputError, StorageError
from pmm_tui.roster.model import ComparedRow, FieldChange, Remark, Table
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
        assert u.screen_text()[1:3] == [
            "  Baru 1  Diperbarui 1  Sama 1  Ditolak 2",
            "  Nama                         Baris  Menjadi    Keterangan",
        ]
        assert [line[38:48].strip() for line in u.screen_text()[3:8]] == ["ditolak", "ditolak", "diperbarui", "baru", "sama"]
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
        assert "0 dari 3 selesai" in u.text


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


# ---- rows that have to be decided, sheets, and nothing to save


def disputed(u: Stage) -> tuple[ComparedRow, ...]:
    """A row with Ani's number and somebody else's name and birth date, one whose status was kept, and a new teacher."""
    ani = u.pegawai("Ani")
    other = msgspec.structs.replace(ani, nama="Rina Lain", tanggal_lahir="1990-01-02")
    changes = (FieldChange("nama", "Nama", ani.nama, other.nama),)
    citra = u.pegawai("Citra")
    kept = (Remark("Status", '"PPPK" kurang rinci; tetap "PPPK Paruh Waktu".'),)
    return (
        ComparedRow(
            row=2,
            outcome="perlu_diputuskan",
            name="Rina Lain",
            pegawai=other,
            old=ani,
            field_changes=changes,
            reasons=(Remark("NIP", f'NIP milik "{ani.nama}", sedangkan berkas menulis "Rina Lain"; putuskan.'),),
        ),
        ComparedRow(
            row=3,
            outcome="sama",
            name=CITRA.nama,
            pegawai=citra,
            old=citra,
            warnings=kept,
            kept=kept,
            unkept=msgspec.structs.replace(citra, golongan="X"),
        ),
        ComparedRow(row=4, outcome="baru", name=BUDI.nama, pegawai=BUDI),
    )


async def open_disputed(u: Stage) -> None:
    u.services.read_result = (disputed(u), "guru.csv: CSV.")
    await u.press("f4 ctrl+home 'guru.csv' enter enter")
    await u.until_text("pratinjau")


@pytest.mark.parametrize("key", ["enter", "f5", "ctrl+e"])
@pytest.mark.parametrize(("answer", "name"), [("down", ANI.nama), ("down down", "Rina Lain")])
async def test_the_operator_decides_on_one_of_two_people(stage_app: Open, key: str, answer: str, name: str) -> None:
    """The row comes first and shows both; Enter and F5 ask; the answer is shown and only then written."""
    async with stage_app(teachers=(ANI, CITRA)) as u:
        await open_disputed(u)
        assert "Perlu diputuskan 1" in u.screen_text()[1]
        assert "1 baris perlu diputuskan: Enter atau F5 pada barisnya." in u.status
        assert "putuskan" in u.cursor
        assert ANI.nama in u.text
        await u.press(key)
        assert "Orang yang sama" in u.text
        assert "Rina Lain" in u.text
        await u.press(f"{answer} enter")
        assert "diputuskan" not in u.screen_text()[1]
        assert [p.nama for p in u.store.roster.all()] == [ANI.nama, CITRA.nama]
        await u.press("f9")
        await u.until_text("guru disimpan")
        assert {p.nama for p in u.store.roster.all()} == {name, BUDI.nama, CITRA.nama}


@pytest.mark.parametrize("keys", ["enter enter", "enter escape", "f5 enter"])
async def test_the_first_answer_is_to_decide_later(stage_app: Open, keys: str) -> None:
    """Enter upon Enter answers nothing; saving then takes the other rows, and says what was left."""
    async with stage_app(teachers=(ANI, CITRA)) as u:
        await open_disputed(u)
        await u.press(keys)
        assert "Perlu diputuskan 1" in u.screen_text()[1]
        await u.press("f9")
        await u.until_text("1 guru disimpan; 1 baris belum diputuskan")
        assert [p.nama for p in u.store.roster.all()] == [ANI.nama, BUDI.nama, CITRA.nama]


async def test_an_answer_can_be_given_anew(stage_app: Open) -> None:
    """A row that was decided is asked about again, as it was."""
    async with stage_app(teachers=(ANI, CITRA)) as u:
        await open_disputed(u)
        await u.press("enter down down enter f5 down enter")
        assert "Dilewati 1" in u.screen_text()[1]
        await u.press("f9")
        await u.until_text("1 guru disimpan")
        assert u.pegawai("Ani").nama == ANI.nama


async def test_the_files_word_is_taken_when_asked_for(stage_app: Open) -> None:
    """F5 on a row whose value was kept offers the file's; on any other row it says that there is nothing to decide."""
    async with stage_app(teachers=(ANI, CITRA)) as u:
        await open_disputed(u)
        await u.press("down f5")
        assert "Baris ini tidak menunggu keputusan." in u.status
        await u.press("down f5")
        assert 'tetap "PPPK Paruh Waktu"' in u.text
        await u.press("down enter f9")
        await u.until_text("2 guru disimpan")
        assert u.pegawai("Citra").golongan == "X"


async def test_what_was_left_out_is_said_and_can_be_chosen(stage_app: Open) -> None:
    """The notes stand above the rows; F6 offers the sheets with their teachers, and the file is read again."""
    tables = (
        Table(sheet="GURU", heading_row=3, teachers=5, taken=True),
        Table(sheet="TENDIK", heading_row=3, teachers=1, taken=False, reason="tidak dipilih"),
        Table(sheet="DUK", heading_row=0, teachers=2, taken=False, reason="judul kolomnya tidak dikenal"),
    )
    async with stage_app(teachers=(ANI, CITRA)) as u:
        note = 'Tidak dibaca: lembar "TENDIK" (judul di baris 3), 1 baris mirip guru: tidak dipilih.'
        u.services.read_result = (compare_rows(u), "guru.xlsx: XLSX.", (note,), tables)  # type: ignore[assignment]
        await u.press("f4 ctrl+home 'guru.xlsx' enter enter")
        await u.until_text("pratinjau")
        assert note[:60] in u.text
        assert "Lembar" in u.footer
        await u.press("f6")
        assert "1 baris mirip guru, tidak dipilih" in u.text
        assert "DUK" not in u.text
        await u.press("'tendik' enter")
        await u.until(lambda: u.services.called("sheets") == [("TENDIK",)])
        await u.until_text("pratinjau")
        u.services.read_result = InputError("guru.xlsx: berkas tidak ditemukan; periksa nama dan mapnya.")
        await u.press("f6 'semua' enter")
        await u.until_text("berkas tidak ditemukan")
        assert "pratinjau" in u.title


async def test_nothing_is_offered_for_saving_where_all_was_refused(stage_app: Open) -> None:
    """Every row refused: the status says so instead of `Tekan Enter`, and neither Enter nor F9 pretends to save."""
    async with stage_app(teachers=(ANI, CITRA)) as u:
        u.services.read_result = (compare_rows(u)[3:], "guru.csv: CSV.")
        await u.press("f4 ctrl+home 'guru.csv' enter enter")
        await u.until_text("pratinjau")
        assert "Semua baris ditolak, tidak ada yang dapat disimpan" in u.status
        await u.press("enter f9")
        assert "pratinjau" in u.title
        assert "0 guru disimpan" not in u.text


async def test_nothing_new_is_no_reason_to_save(stage_app: Open) -> None:
    """Every row as it is stored: the status says that there is nothing to save; Enter and F9 say it again, and write nothing."""
    async with stage_app(teachers=(ANI, CITRA)) as u:
        same = tuple(row for row in compare_rows(u) if row.outcome == "sama")
        u.services.read_result = (same, "guru.csv: CSV.")
        await u.press("f4 ctrl+home 'guru.csv' enter enter")
        await u.until_text("pratinjau")
        assert same
        for keys in ("", "enter", "f9"):
            await u.press(keys)
            assert "Tidak ada yang baru atau berubah, jadi tidak ada yang perlu disimpan." in u.status
            assert "Tekan Enter" not in u.status
            assert "pratinjau" in u.title


async def test_an_empty_file_says_what_to_do(stage_app: Open) -> None:
    """What stands in place of the rows leads on, and so does the status; the palette tells why there is nothing to save."""
    async with stage_app() as u:
        u.services.read_result = ((), "kosong.csv: CSV.")
        await u.press("f4 ctrl+home 'kosong.csv' enter enter")
        await u.until_text("Tidak ada baris guru di berkas ini.")
        assert "Esc kembali, lalu pilih berkas lain." in u.text
        assert "jadi tidak ada yang disimpan" in u.status
        await u.press("ctrl+a 'simpan guru'")
        assert "pilih dulu berkasnya" in u.cursor


async def test_where_no_file_was_found_the_page_says_where_to_put_it(stage_app: Open) -> None:
    """The page of the import is never bare."""
    async with stage_app() as u:
        await u.press("f4")
        assert "Belum ada berkas tabel di sana." in u.text


async def test_the_counts_stand_in_the_title_of_the_thrifty_look(stage_app: Open) -> None:
    """There they stay where they were, also when the look is switched over the preview."""
    async with stage_app(teachers=(ANI, CITRA)) as u:
        await preview(u)
        await u.press("ctrl+p")
        assert "1 baru - 1 diperbarui - 1 sama - 2 ditolak" in u.title
        assert " brs 9 " in u.screen_text()[1]
        await u.press("ctrl+p")
        assert u.title.endswith("guru.xlsx")
