"""Pra-perencanaan on the screen: found from the list, ticked with one key, opened where it is mended, back where one was."""

from __future__ import annotations

from datetime import timedelta

import pytest
from msgspec import structs

from pmm_tui.errors import StorageError
from pmm_tui.skp.model import KepalaSekolah, Sekolah
from pmm_tui.store import Store
from pmm_tui.store.accounts import Account
from pmm_tui.tui.look_values import LookOptions
from pmm_tui.tui.messages import RosterImported
from pmm_tui.tui.screens.paper import PrintScreen
from pmm_tui.tui.screens.prerequisites import PrerequisitesScreen
from pmm_tui.tui.screens.rencana import RencanaScreen
from pmm_tui.tui.screens.roster import RosterScreen
from pmm_tui.tui.screens.settings import SettingsScreen
from pmm_tui.tui.screens.teacher import TeacherScreen
from tests.tui.conftest import Open
from tests.tui.fake_services import MOMENT
from tests.tui.keyboard import screen_strips
from tests.tui.samples import ANI, BUDI, CITRA
from tests.tui.stage import Stage

pytestmark = pytest.mark.anyio
FAULTY = structs.replace(ANI, jk="L", golongan="IX", jenis_ptk="Satpam")
TEACHERS = (FAULTY, structs.replace(BUDI, nip="199013032015031002"), CITRA)
OPEN = "alt+p"


async def opened(u: Stage, keys: str = OPEN) -> None:
    """Open the list, and wait for what was found."""
    await u.press(keys)
    await u.until(lambda: "perlu diperbaiki" in u.text)


async def at(u: Stage, part: str) -> None:
    """Search for a row and stand on it."""
    await u.press(f"ctrl+u '{part}'")
    assert part.split()[0].casefold() in u.cursor.casefold() or part in u.text


async def test_rows_stand_under_their_systems_with_the_step_below(stage_app: Open) -> None:
    """The cursor begins on the first thing to mend; what is told below is of that row."""
    async with stage_app(teachers=TEACHERS) as u:
        await opened(u)
        assert u.title.strip().startswith("Pra-perencanaan")
        assert "Dapodik  1 hal" in u.text
        assert u.cursor.startswith("[ ] - Ani Lestari")
        assert "Di Dapodik, Operator sekolah: Bila keliru, ganti Jenis PTK" in " ".join(u.text.split())
        await u.press("down*2")
        assert u.cursor.startswith("[ ] ! Budi Santoso")
        assert "Budi Santoso, S.Pd., menghalangi" in u.text


async def test_one_key_ticks_and_takes_it_back(stage_app: Open) -> None:
    """The row stays where it is, also under the filter of those that are open; what is ticked is kept."""
    async with stage_app(teachers=TEACHERS) as u:
        await opened(u)
        await u.press("f2 space")
        assert u.cursor.startswith("[x] - Ani Lestari")
        assert "Dapodik  1 hal, 1 dicentang" in u.text
        ((key, tick),) = u.store.ticks.all().items()
        assert (key[1], tick.at) == ("jenis-ptk", MOMENT)
        await u.press("insert")
        assert u.cursor.startswith("[ ] - Ani Lestari")
        assert u.store.ticks.all() == {}
        await u.press("space f2*4")
        assert "Dapodik  1 hal" not in u.text
        await u.press("f2*3")
        assert "[x] - Ani Lestari" in u.text


async def test_a_heading_is_not_ticked(stage_app: Open) -> None:
    """Neither key does anything on the name of a system, but its own line is told."""
    async with stage_app(teachers=TEACHERS) as u:
        await opened(u)
        await u.press("up space enter f3")
        assert u.cursor.startswith("Dapodik")
        assert "1 hal diperbaiki di sana." in u.text
        assert u.store.ticks.all() == {}


async def test_a_tick_that_cannot_be_kept_is_said(stage_app: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    """And the row stays open."""

    def full(*_: object, **__: object) -> None:
        raise StorageError("Disk penuh.")

    async with stage_app(teachers=TEACHERS) as u:
        await opened(u)
        monkeypatch.setattr(u.store.ticks, "write", full)
        await u.press("space")
        assert "Disk penuh." in u.status
        assert u.cursor.startswith("[ ]")


@pytest.mark.parametrize(
    ("search", "screen", "shows"),
    [
        ("Jenis PTK", TeacherScreen, "Ani Lestari"),
        ("Golongan IX", RencanaScreen, "Data Diri"),
        ("NPSN", SettingsScreen, "NPSN"),
        ("Rencana kepala", RencanaScreen, "Citra"),
    ],
)
async def test_enter_opens_where_it_is_put_right_and_one_comes_back(stage_app: Open, search: str, screen: type, shows: str) -> None:
    """To the same row; then to the list, with the cursor where it was."""
    sekolah = Sekolah(nama="SMP Negeri 1", jenjang="SMP", kepala_sekolah=KepalaSekolah(nama="Citra", nip=CITRA.nip))
    async with stage_app(teachers=TEACHERS, sekolah=sekolah) as u:
        await u.press("down")
        before = u.cursor
        await opened(u)
        await at(u, search)
        row = u.cursor
        await u.press("enter")
        assert isinstance(u.app.screen, screen)
        assert shows in u.text
        await u.press("escape")
        await u.until(lambda: isinstance(u.app.screen, PrerequisitesScreen))
        await u.until(lambda: u.cursor == row)
        await u.press("escape*2")
        assert isinstance(u.app.screen, RosterScreen)
        assert u.cursor == before


async def test_what_is_mended_while_one_is_away_is_gone(stage_app: Open) -> None:
    """The list is read again when one comes back."""
    async with stage_app(teachers=TEACHERS) as u:
        await opened(u)
        await u.press("enter")
        ani = next(p for p in u.store.roster.all() if p.nama == ANI.nama)
        u.store.roster.write([structs.replace(ani, jenis_ptk="Guru Mapel")])
        await u.press("escape")
        await u.until(lambda: "Dapodik  1 hal" not in u.text)


async def test_what_cannot_be_put_right_here_shows_its_step(stage_app: Open) -> None:
    """With what Bantuan Sinkron says of it; F3 shows it for every row."""
    async with stage_app(teachers=TEACHERS) as u:
        await opened(u)
        await at(u, "Unit kerja")
        await u.press("enter")
        assert "Pesan yang mungkin muncul di e-Kinerja bila ini belum beres: Unor di PMM Belum Padan" in " ".join(u.dialog.split())
        assert "Minta dinas memadankan unor" in u.dialog
        await u.press("enter")
        assert u.dialog == ""
        await at(u, "Jenis PTK")
        await u.press("f3")
        assert "Bila keliru, ganti Jenis PTK di Dapodik" in u.dialog


async def test_the_state_of_an_account_is_marked(stage_app: Open, store: Store) -> None:
    """From a list; the row changes with it, and an address of theirs stays."""
    async with stage_app(teachers=TEACHERS) as u:
        ani = next(p for p in u.store.roster.all() if p.nama == ANI.nama)
        known = Account(pegawai_id=ani.id, address="ani1@guru.smp.belajar.id", state="belum-aktif", origin="berkas", at=MOMENT)
        u.store.accounts.write([known])
        await opened(u)
        await at(u, "belum aktif")
        assert u.cursor.startswith("[ ] - Ani Lestari")
        await u.press("enter")
        assert "ada, belum aktif" in u.cursor
        await u.press("'lupa' enter")
        account = u.store.accounts.all()[ani.id]
        assert (account.address, account.origin, account.state) == (known.address, "tangan", "lupa-sandi")
        await u.press("ctrl+u 'lupa'")
        assert "lupa sandi (ani1@guru.smp.belajar.id)" in u.text


async def test_the_filters_and_the_search(stage_app: Open) -> None:
    """Open, to mend, blocking; letters search names, sentences and systems, Esc first ends the search."""
    async with stage_app(teachers=TEACHERS) as u:
        await opened(u)
        await u.press("f2*3")
        rows = [line for line in u.screen_text() if "[ ]" in line]
        assert len(rows) == 1
        assert "Budi" in rows[0]
        await u.press("f2 'verval'")
        assert "Verval PTK  " in u.text
        assert "Dapodik  " not in u.text
        await u.press("'zzz'")
        assert "Tidak ada yang cocok" in u.text
        await u.press("escape")
        assert "Dapodik  1 hal" in u.text
        assert isinstance(u.app.screen, PrerequisitesScreen)


async def test_a_school_without_faults_says_so(stage_app: Open) -> None:
    """Nobody in the roster, and nothing missing in the settings."""
    async with stage_app(teachers=()) as u:
        await u.press(OPEN)
        await u.until(lambda: "Tidak ada yang harus diperbaiki" in u.text)
        await u.press("space enter f3 down")
        assert isinstance(u.app.screen, PrerequisitesScreen)


async def test_the_list_is_printed(stage_app: Open) -> None:
    """Of all teachers, whatever the list of teachers shows; from there one comes back here."""
    async with stage_app(teachers=TEACHERS) as u:
        await u.press("'budi'")
        await opened(u)
        await u.press("alt+c")
        assert isinstance(u.app.screen, PrintScreen)
        assert "(•) Daftar perbaikan menurut sistem" in u.text
        assert "3 guru" in u.text
        await u.press("escape")
        assert isinstance(u.app.screen, PrerequisitesScreen)


async def test_it_is_found_after_an_import_and_in_the_palette(stage_app: Open) -> None:
    """The status line says how much there is to mend and the key; nothing where there is nothing."""
    async with stage_app(teachers=TEACHERS) as u:
        u.app.post_message(RosterImported(3, 0))
        await u.until_text("3 guru disimpan. Pra-perencanaan: ")
        assert "perlu diperbaiki (Alt+P)" in u.status
        await u.press("ctrl+a 'pra-perencanaan' enter")
        await u.until(lambda: isinstance(u.app.screen, PrerequisitesScreen))


async def test_a_tick_before_newer_data_says_that_the_fault_stayed(stage_app: Open) -> None:
    """In the row, and with the day below."""
    async with stage_app(teachers=TEACHERS) as u:
        await opened(u)
        await u.press("space escape")
        u.store.reference.put("pegawai", "", b"[]", MOMENT + timedelta(hours=1))
        await opened(u)
        assert u.cursor.startswith("[x] - Ani Lestari")
        assert "masih ada; Jenis PTK" in u.cursor
        assert "Dicentang, tetapi masih ada sesudah impor" in u.text


@pytest.mark.parametrize("look", [LookOptions(), LookOptions(ascii=True), LookOptions(thrifty=True)])
@pytest.mark.parametrize("size", [(60, 18), (80, 24), (120, 40), (150, 40)])
async def test_every_size_and_look(stage_app: Open, size: tuple[int, int], look: LookOptions) -> None:
    """Every line has its width, before and after a tick, searched, and with the step over it."""
    async with stage_app(size=size, look=look, teachers=TEACHERS) as u:
        await u.press(OPEN)
        await u.until(lambda: "Ani Lestari" in u.text)
        for keys in ("space", "down", "end", "f2", "'ani'", "f3"):
            await u.press(keys)
            assert [strip.cell_length for strip in screen_strips(u.app)] == [size[0]] * size[1]


async def test_a_thousand_teachers_leave_the_screen_awake(stage_app: Open) -> None:
    """They are read in the store's own thread: a key that comes meanwhile is answered before they are there."""
    many = [structs.replace(FAULTY, nama=f"Guru {n:04}", nip="", nuptk=f"1{n:015}") for n in range(1000)]
    async with stage_app(teachers=many) as u:
        await u.press(OPEN)
        await u.until(lambda: "Guru 0000" in u.text)
        await u.press("end home down pagedown space")
        assert len(u.store.ticks.all()) == 1
