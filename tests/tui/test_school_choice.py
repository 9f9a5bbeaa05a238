"""Sekolah lain: what is told of each school, going to another one, and adding one."""

from __future__ import annotations

import pytest

from pmm_tui.errors import StorageError, UsageError
from pmm_tui.services.progress import Progress
from pmm_tui.services.schools import SchoolLine
from pmm_tui.tui.look_values import LookOptions
from tests.tui.conftest import Open
from tests.tui.samples import ANI, started_plan

pytestmark = pytest.mark.anyio
HERE = SchoolLine(npsn="20512345", name="SMP Negeri 1", teachers=4, progress=Progress(rest=4), here=True, first=True)
OTHER = SchoolLine(npsn="20598765", name="SMP Negeri 2", teachers=9, progress=Progress(done=3, waiting=2, needs_you=1, rest=3))
UNREAD = SchoolLine(npsn="20577777", why="belum terbaca: Berkas data rusak.")


@pytest.mark.parametrize("keys", ["alt+h", "shift+f10"])
@pytest.mark.parametrize("look", [LookOptions(), LookOptions(thrifty=True, ascii=True), LookOptions(colour=False)])
async def test_every_school_with_its_number_and_how_far_it_is(stage_app: Open, keys: str, look: LookOptions) -> None:
    """Name, NPSN, what is done and what waits; the cursor on the open one, and the way to add one at the end."""
    async with stage_app(look=look) as u:
        u.services.school_lines = (HERE, OTHER, UNREAD)
        await u.press(keys)
        for part in ("SMP Negeri 1", "NPSN 20512345", "terbuka", "NPSN 20598765", "3 dari 9 selesai", "2 antre", "Tambah sekolah"):
            assert part in u.dialog
        assert "Berkas data rusak" in u.dialog
        assert u.cursor.startswith("SMP Negeri 1")
        await u.press("escape")
        assert u.app.return_value is None


async def test_another_school_is_opened_with_everything_saved(stage_app: Open) -> None:
    """The app ends with the other school's number, for the command line to open it."""
    async with stage_app(draft={ANI.nama: started_plan()}) as u:
        u.services.school_lines = (HERE, OTHER)
        await u.press("alt+h down enter")
        await u.until(lambda: u.app.return_value is not None)
        assert u.app.return_value == "sekolah:20598765"


async def test_the_open_school_stays_open(stage_app: Open) -> None:
    """Enter on it, and Esc, change nothing."""
    async with stage_app() as u:
        u.services.school_lines = (HERE, OTHER)
        await u.press("alt+h enter alt+h escape")
        assert (u.app.return_value, u.dialog) == (None, "")


async def test_a_school_is_added_after_its_number_was_read_twice(stage_app: Open) -> None:
    """The question opens on Batal and shows the number again; only its other button makes a school."""
    async with stage_app() as u:
        u.services.school_lines = (HERE,)
        await u.press("alt+h end enter '2059876a' enter enter")
        assert u.services.called("add_school") == []
        assert "harus 8 angka" in u.status
        await u.press("alt+h end enter '20598765' enter enter")
        assert "NPSN 20598765: periksa nomornya sekali lagi" in u.dialog
        await u.press("enter")
        assert (u.dialog, u.services.called("add_school")) == ("", [])
        await u.press("alt+h end enter '20598765' enter enter right enter")
        await u.until(lambda: u.app.return_value is not None)
        assert u.services.called("add_school") == [("20598765", "")]
        assert u.app.return_value == "sekolah:20598765"


async def test_what_cannot_be_added_is_said_and_nothing_is_left(stage_app: Open) -> None:
    """The sentence stands in the status line, and the school that is open stays open."""
    async with stage_app() as u:
        u.services.school_lines = (HERE,)
        u.services.faults["add_school"] = UsageError("Sekolah NPSN 20512345 sudah ada di komputer ini.")
        await u.press("alt+h end enter '20512345' enter enter right enter")
        await u.until_text("sudah ada di komputer ini")
        assert u.app.return_value is None
        u.services.faults["schools"] = StorageError("Daftar sekolah tidak terbaca.")
        await u.press("alt+h")
        assert "Daftar sekolah tidak terbaca" in u.status
        assert u.dialog == ""


async def test_practice_has_one_school(stage_app: Open) -> None:
    """It says so instead of a list."""
    async with stage_app() as u:
        u.services.practice = True
        await u.press("alt+h")
        assert u.dialog == ""
        assert "satu sekolah khayalan" in u.status


@pytest.mark.parametrize("thrifty", [False, True])
@pytest.mark.parametrize("size", [(80, 24), (60, 18), (120, 40)])
async def test_the_title_names_the_school_by_its_number(stage_app: Open, size: tuple[int, int], thrifty: bool) -> None:
    """Only where there are several; two schools may have names that begin alike."""
    async with stage_app(school="20512345", look=LookOptions(thrifty=thrifty)) as u:
        await u.size(*size)
        assert "20512345" in u.title
        assert size[0] < 80 or "20512345 SMP" in u.title
        assert "Terbuka: sekolah NPSN 20512345; Alt+H untuk sekolah lain" in u.status


async def test_one_school_has_no_number_in_the_title(stage_app: Open) -> None:
    """It is the only one."""
    async with stage_app() as u:
        assert "20512345" not in u.title
        assert "Terbuka: sekolah" not in u.status
