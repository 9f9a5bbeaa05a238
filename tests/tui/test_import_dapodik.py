"""Importing from Dapodik itself: where and for whom, the preview, what stands in the way, and the head."""

from __future__ import annotations

import asyncio
from datetime import date

import pytest
from msgspec import structs

from pmm_tui.errors import ConfigError, ServerError
from pmm_tui.roster.compare import compare
from pmm_tui.roster.dapodik_web import WebHead, WebProposals, WebSchool, WebTeacher, WebTeaching
from pmm_tui.services.roster_import import RosterRead
from pmm_tui.skp.katalog_reader import bundled
from tests.roster.conftest import NIP, OTHER_NIP, read_grid
from tests.tui.conftest import Open
from tests.tui.stage import Stage

pytestmark = pytest.mark.anyio
TODAY = date(2026, 1, 8)
TOKEN = "rahasia-0123456789"
GRID = [("Nama", "NIP"), ("Wahyu Satu", NIP), ("Wahyu Dua", OTHER_NIP), ("Wahyu Tiga", "123")]


def read(u: Stage, head: WebHead | None = None) -> RosterRead:
    """A preview with proposals for its first teacher."""
    reading = structs.replace(read_grid(GRID), kind="dapodik", file_name="Dapodik")
    rows = compare(reading, u.store.roster.all(), bundled())
    teacher = WebTeacher(2, "Wahyu Satu", ("Wali Kelas",), ("VII A",), False, WebTeaching(("IPA",), 6))
    proposals = WebProposals(school=WebSchool("69900001", "SMP Negeri 1"), teachers=(teacher,), head=head)
    return RosterRead(rows, f"{reading.origin}.", ("Usul tugas tambahan untuk 1 guru.",), (), reading, proposals, head)


@pytest.mark.parametrize("keys", ["f4 f4", "f4 ctrl+n", "f4 ctrl+home down right enter"])
async def test_a_token_is_asked_for_and_the_preview_is_that_of_a_file(stage_app: Open, keys: str) -> None:
    """By a key or the button; the way to a token stands there, the cursor where it goes, and dots instead of it."""
    async with stage_app() as u:
        u.services.dapodik_result = read(u)
        await u.press(keys)
        assert "Pengaturan > Web Service" in u.text
        assert u.cursor.startswith("Token")
        await u.press(f"'{TOKEN}'")
        assert TOKEN not in u.text
        await u.press("enter enter")
        await u.until_text("pratinjau")
        (wish,) = u.services.called("read_dapodik")
        assert (wish.url, wish.token) == ("http://localhost:5774", TOKEN)
        assert "Usul tugas tambahan untuk 1 guru." in u.text
        assert "Wahyu Satu" in u.text
        await u.press("f9")
        await u.until_text("2 guru disimpan")


async def test_with_a_stored_token_enter_is_enough(stage_app: Open) -> None:
    """The cursor stands on the button: nothing is asked twice."""
    async with stage_app() as u:
        u.services.wish = structs.replace(u.services.wish, stored=True)
        u.services.dapodik_result = read(u)
        await u.press("f4 f4")
        assert "Ambil dari Dapodik" in u.cursor
        await u.press("enter")
        await u.until_text("pratinjau")
        assert u.services.called("read_dapodik")[0].token == ""
        await u.press("down")
        assert "Menurut Dapodik: usul tugas tambahan Wali Kelas (VII A); mengajar IPA" in u.text


@pytest.mark.parametrize(
    ("error", "field", "on"),
    [(ConfigError("Dapodik menolak token ini.", "token"), "Token", 2), (ConfigError("Di internet.", "url"), "Alamat", 4),
     (ConfigError("Dapodik itu tidak memegang sekolah.", "npsn"), "NPSN", 3)],
)  # fmt: skip
async def test_what_has_to_be_put_right_stands_at_its_field(stage_app: Open, error: ConfigError, field: str, on: int) -> None:
    """The band is there again with what was typed, and the cursor where it is to be mended."""
    async with stage_app() as u:
        u.services.wish = structs.replace(u.services.wish, fixed=False)
        u.services.dapodik_result = error
        await u.press(f"f4 f4 '{TOKEN}' enter enter")
        await u.until_text(error.sentence)
        assert u.cursor.startswith(field)
        u.services.dapodik_result = read(u)
        await u.press(f"enter*{on}")
        await u.until(lambda: len(u.services.called("read_dapodik")) == 2)


async def test_other_trouble_is_told_above_and_can_be_tried_again(stage_app: Open) -> None:
    """One sentence with the next step; Esc leads back to the files."""
    async with stage_app() as u:
        u.services.dapodik_result = ServerError("Dapodik tidak menjawab di localhost:5774; buka dulu aplikasi Dapodik.")
        await u.press(f"f4 f4 '{TOKEN}' enter enter")
        await u.until_text("buka dulu aplikasi Dapodik")
        assert "Web Service" in u.text
        await u.press("escape")
        assert "Baca berkas ini" in u.text
        assert "buka dulu aplikasi Dapodik" in u.text


async def test_asking_can_be_stopped(stage_app: Open) -> None:
    """Esc stops it and stays; what is going on stands in the status line; nothing is stored."""
    async with stage_app() as u:
        u.services.dapodik_waits = asyncio.Event()
        before = u.store.roster.all()
        await u.press(f"f4 f4 '{TOKEN}' enter enter")
        await u.until_text("Mengambil daftar guru … Esc membatalkan.")
        await u.press("f4")
        assert "Pengaturan > Web Service" not in u.text  # one question at a time
        await u.press("escape")
        assert "Dibatalkan; tidak ada yang diambil." in u.text
        assert u.store.roster.all() == before
        await u.press("f4")  # what was typed is there again
        assert "Ambil dari Dapodik" in u.cursor
        await u.press("escape")
        await u.press("escape")
        assert "Daftar Guru" in u.text


async def test_giving_up_the_band_asks_nobody(stage_app: Open) -> None:
    """Batal and Esc."""
    async with stage_app() as u:
        await u.press("f4 f4 escape f4")
        await u.press("ctrl+end enter")
        assert "Baca berkas ini" in u.text
        assert u.services.called("read_dapodik") == []


HEAD = WebHead(2, "Wahyu Satu", NIP)


@pytest.mark.parametrize(("keys", "kept"), [("enter", []), ("right enter", [HEAD])])
async def test_the_head_goes_into_the_settings_only_after_a_question(stage_app: Open, keys: str, kept: list[WebHead]) -> None:
    """It opens on the answer that changes nothing; the teachers are saved either way."""
    async with stage_app() as u:
        u.services.wish = structs.replace(u.services.wish, stored=True)
        u.services.dapodik_result = read(u, HEAD)
        await u.press("f4 f4 enter")
        await u.until_text("pratinjau")
        await u.press("f9")
        await u.until_text("Menurut Dapodik: Wahyu Satu, NIP")
        await u.press(keys)
        assert u.services.called("keep_head") == kept
        assert "Wahyu Dua" in u.text


async def test_a_new_head_is_asked_about_where_the_teachers_are_the_same(stage_app: Open) -> None:
    """Nothing else is there to be saved."""
    async with stage_app() as u:
        u.services.wish = structs.replace(u.services.wish, stored=True)
        u.services.dapodik_result = read(u)
        await u.press("f4 f4 enter")
        await u.until_text("pratinjau")
        await u.press("f9")
        await u.until_text("2 guru disimpan")
        u.services.dapodik_result = read(u, HEAD)
        await u.press("f4 f4 enter")
        await u.until_text("Sama 2")
        await u.press("f9")
        await u.until_text("Menurut Dapodik: Wahyu Satu, NIP")
        await u.press("right enter")
        assert u.services.called("keep_head") == [HEAD]


@pytest.mark.parametrize(("keys", "marked"), [("enter", []), ("right enter", ["Wahyu Satu"])])
async def test_who_belongs_to_another_school_is_marked_after_a_question(stage_app: Open, keys: str, marked: list[str]) -> None:
    """By name, on the answer that changes nothing; then the list stands there as it is."""
    async with stage_app() as u:
        u.services.wish = structs.replace(u.services.wish, stored=True)
        found = read(u)
        assert found.proposals is not None
        away = structs.replace(found.proposals, teachers=(WebTeacher(2, "Wahyu Satu", away=True),))
        u.services.dapodik_result = found._replace(proposals=away)
        await u.press("f4 f4 enter")
        await u.until_text("pratinjau")
        await u.press("f9")
        await u.until_text("1 guru dari sekolah lain")
        assert "Wahyu Satu: bukan dari sekolah induk ini." in u.text
        await u.press(keys)
        await u.until_text("2 guru disimpan")
        assert [p.nama for p in u.store.roster.all() if p.id in u.store.not_needed.all("2026")] == marked


async def test_refused_rows_and_columns_of_the_web(stage_app: Open) -> None:
    """There is no file in which columns could be named; the refused rows can still be written."""
    async with stage_app() as u:
        u.services.wish = structs.replace(u.services.wish, stored=True)
        u.services.dapodik_result = read(u)
        await u.press("f4 f4 enter")
        await u.until_text("pratinjau")
        assert "Tulis ditolak" in u.footer
        await u.press("f7")
        assert "Kolom mana?" not in u.text
