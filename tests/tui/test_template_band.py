"""Templates from the palette: a plan kept under a name, the list of them, and their removal."""

from __future__ import annotations

import pytest

from pmm_tui.errors import StorageError
from pmm_tui.skp.plan_carry import bare
from pmm_tui.store.templates import Templates
from pmm_tui.tui.look_values import LookOptions
from tests.tui.conftest import Open
from tests.tui.fake_services import MOMENT
from tests.tui.samples import ANI, CITRA, full_plan, started_plan

pytestmark = pytest.mark.anyio
SAVE = "ctrl+a 'simpan sebagai' enter"


@pytest.mark.parametrize("thrifty", [False, True])
async def test_a_plan_becomes_a_template(stage_app: Open, thrifty: bool) -> None:
    """From the list that of the teacher under the cursor: without data diri, SK and confirmation."""
    async with stage_app(draft={ANI.nama: full_plan(7)}, look=LookOptions(thrifty=thrifty)) as u:
        await u.press(f"{SAVE} 'Guru mapel' tab enter")
        found = u.store.templates.get("guru MAPEL")
        assert found is not None
        assert (found.rencana, found.periode, found.sasaran) == (bare(full_plan(7)), "2026", "")
        assert 'Templat "Guru mapel" disimpan. Data diri' in u.status


async def test_in_the_plan_as_it_stands_there(stage_app: Open) -> None:
    """What was edited a moment ago is in it, saved or not."""
    async with stage_app(draft={ANI.nama: full_plan(7)}) as u:
        await u.press("enter f7*3")
        await u.go_to("Target")
        await u.press(f"'9' {SAVE} 'Sembilan' tab enter")
        found = u.store.templates.get("Sembilan")
        assert found is not None
        assert found.rencana.pengembangan_kompetensi.rhk[0].target == 9


async def test_a_plan_that_says_nothing_is_none(stage_app: Open) -> None:
    """It is offered as not possible."""
    async with stage_app() as u:
        await u.press("ctrl+a 'simpan sebagai'")
        assert "belum berisi" in u.text


async def test_a_name_that_is_taken_is_asked_about(stage_app: Open) -> None:
    """The safe answer leaves the one that there is."""
    async with stage_app(draft={ANI.nama: full_plan(7), CITRA.nama: started_plan()}) as u:
        u.store.templates.save("Sama", "2026", "", full_plan(1), MOMENT)
        await u.press(f"{SAVE} 'sama' tab enter")
        assert 'Templat "Sama" sudah ada' in u.dialog
        assert u.cursor == "Batal"
        await u.press("enter")
        kept = u.store.templates.get("Sama")
        assert kept is not None
        assert kept.rencana == bare(full_plan(1))
        await u.press(f"{SAVE} 'sama' tab enter right enter")
        kept = u.store.templates.get("Sama")
        assert kept is not None
        assert kept.rencana == bare(full_plan(7))


async def test_they_are_listed_and_removed(stage_app: Open) -> None:
    """Enter shows what one holds, the safe answer closes; the other removes it."""
    async with stage_app(draft={ANI.nama: full_plan(7)}) as u:
        await u.press("ctrl+a 'kelola' enter")
        assert "Belum ada templat" in u.status
        for name in ("Guru BK", "Guru kelas"):
            u.store.templates.save(name, "2026", "", full_plan(1), MOMENT)
        await u.press("ctrl+a 'kelola' enter 'kelas' enter")
        assert "Berisi: Rapor Pendidikan, 1 Praktik Kinerja" in u.dialog
        assert u.cursor == "Tutup"
        await u.press("enter")
        assert [one.name for one in u.store.templates.all()] == ["Guru BK", "Guru kelas"]
        await u.press("ctrl+a 'kelola' enter 'kelas' enter right enter")
        assert [one.name for one in u.store.templates.all()] == ["Guru BK"]
        assert 'Templat "Guru kelas" dihapus' in u.status


async def test_a_disk_that_takes_nothing_is_a_sentence(stage_app: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither saving nor removing ends the program."""

    def full(*_: object, **__: object) -> None:
        raise StorageError("Disk penuh.")

    async with stage_app(draft={ANI.nama: full_plan(7)}) as u:
        u.store.templates.save("Ada", "2026", "", full_plan(1), MOMENT)
        monkeypatch.setattr(Templates, "save", full)
        monkeypatch.setattr(Templates, "remove", full)
        await u.press(f"{SAVE} 'Baru' tab enter")
        assert "Disk penuh." in u.status
        await u.press("ctrl+a 'kelola' enter*2 right enter")
        assert "Disk penuh." in u.status
        assert [one.name for one in u.store.templates.all()] == ["Ada"]
