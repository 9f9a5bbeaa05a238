"""Undo and redo work across the whole plan."""

from __future__ import annotations

import asyncio
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, Phase, example, given, settings
from hypothesis import strategies as st

from pmm_tui.skp.model import RHK, PengembanganKompetensi, Tugas, TugasTambahan
from pmm_tui.skp.wire import open_envelope
from pmm_tui.store import Store
from pmm_tui.tui.panes.pengembangan_kompetensi import PengembanganKompetensiPane
from tests.tui.conftest import Open
from tests.tui.samples import ANI, BUDI, TRAINING, full_plan, started_plan
from tests.tui.stage import Stage
from tests.tui.stage import stage_app as open_app

pytestmark = pytest.mark.anyio
BEGINNING = (
    full_plan()
    .with_section(PengembanganKompetensi(rhk=(RHK(kompetensi=TRAINING, target=2), RHK(uraian="Buku", satuan="naskah", poin=9))))
    .with_section(TugasTambahan(tugas=(Tugas(tugas="wali-kelas", nomor_sk="1"), Tugas(tugas="guru-piket"))))
)
STEPS = (
    "f6",
    "f7",
    "down",
    "down*3",
    "up",
    "space",
    "'7'",
    "'x'",
    "backspace",
    "f4 enter",
    "f5",
    "ctrl+end",
    "ctrl+home",
)


async def exhaust(u: Stage, keys: str, word: str) -> None:
    """Press a key until the status line says that there is nothing left."""
    for _ in range(100):
        await u.press(keys)
        if word in u.status:
            return
    raise AssertionError("tidak pernah habis")


@settings(
    max_examples=12,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
    phases=[Phase.explicit, Phase.generate],  # each try starts the app: making it shorter takes too long
)
@example(steps=["space", "'x'", "down", "backspace", "f7", "down*3", "f6"])  # a key while a choice is open
@given(st.lists(st.sampled_from(STEPS), min_size=3, max_size=20))
def test_undo_all_is_the_start_and_redo_all_the_end(steps: list[str]) -> None:
    """Whatever was pressed in whatever pane, undoing everything restores the plan that was opened, redoing the last one."""

    async def main(store: Store) -> None:
        async with open_app(
            store, teachers=(BUDI,), draft={BUDI.nama: BEGINNING}, place=(BUDI.nama, "pengembangan_kompetensi", "tambah")
        ) as u:
            for keys in steps:
                if keys != "f7" or u.dialog or u.tab != "Data Diri":  # further back is the list
                    await u.press(keys)
            await u.press("escape" if u.dialog else "f1 escape")
            u.advance(0.5)
            await u.until(lambda: "*" not in u.status)
            end = u.draft("Budi")
            assert end is not None
            await exhaust(u, "ctrl+z", "Tidak ada yang dapat diurungkan")
            await u.saved("Budi", lambda r: r == BEGINNING)
            await exhaust(u, "ctrl+y", "Tidak ada yang dapat diulangi")
            await u.saved("Budi", lambda r: r == end)

    with TemporaryDirectory() as folder, Store.open(Path(folder) / "uji.db") as store:
        asyncio.run(main(store))


@pytest.mark.parametrize(("undo", "redo"), [("ctrl+z", "ctrl+y"), ("f2", "f3")])
async def test_letters_of_one_field_are_one_step(stage_app: Open, undo: str, redo: str) -> None:
    """A word typed into a field is undone at once and redone at once, and the field shows it."""
    draft = {ANI.nama: started_plan().with_section(PengembanganKompetensi(rhk=(RHK(uraian="Lama", target=1),)))}
    async with stage_app(draft=draft, place=(ANI.nama, "pengembangan_kompetensi", "rhk/0/uraian")) as u:
        await u.press("' dan baru' down 'modul'")
        await u.press(undo)
        await u.saved("Ani", lambda r: r.pengembangan_kompetensi.rhk == (RHK(uraian="Lama dan baru", target=1),))
        await u.press(undo)
        assert "dan baru" not in u.text
        await u.saved("Ani", lambda r: r.pengembangan_kompetensi.rhk[0].uraian == "Lama")
        await u.press(f"{redo} {redo}")
        rencana = await u.saved("Ani", lambda r: r.pengembangan_kompetensi.rhk[0].satuan)
        assert (rencana.pengembangan_kompetensi.rhk[0].uraian, rencana.pengembangan_kompetensi.rhk[0].satuan) == (
            "Lama dan baru",
            "modul",
        )


async def test_typing_after_undo_goes_on_from_what_is_shown(stage_app: Open) -> None:
    """After an undo in a field the next letter is added to the restored text."""
    draft = {ANI.nama: started_plan().with_section(PengembanganKompetensi(rhk=(RHK(uraian="Lama", target=1),)))}
    async with stage_app(draft=draft, place=(ANI.nama, "pengembangan_kompetensi", "rhk/0/uraian")) as u:
        await u.press("'xyz' ctrl+z '!'")
        assert u.cursor.endswith("Lama!")
        await u.saved("Ani", lambda r: r.pengembangan_kompetensi.rhk[0].uraian == "Lama!")


@pytest.mark.usefixtures("no_autosave")
async def test_new_edit_ends_the_redo(stage_app: Open) -> None:
    """After an edit there is nothing to redo."""
    async with stage_app(draft={ANI.nama: started_plan()}) as u:
        await u.press("enter space ctrl+z down space ctrl+y")
        assert "Tidak ada yang dapat diulangi" in u.status
        assert "(•) Umpan Balik" in u.text


async def test_nothing_to_undo_is_said(stage_app: Open) -> None:
    """On a plan that was just opened undo and redo say that there is nothing, and change nothing."""
    async with stage_app(draft={ANI.nama: full_plan()}) as u:
        await u.press("enter ctrl+z")
        assert "Tidak ada yang dapat diurungkan" in u.status
        await u.press("ctrl+y")
        assert "Tidak ada yang dapat diulangi" in u.status
        assert u.draft("Ani") == full_plan()


async def test_deleted_rhk_comes_back_in_its_place(stage_app: Open) -> None:
    """Hapus can be undone from another pane, too."""
    async with stage_app(draft={ANI.nama: BEGINNING}, place=(ANI.nama, "pengembangan_kompetensi", "rhk/0/target")) as u:
        await u.press("f5 f6 ctrl+z")
        assert await u.saved("Ani", lambda r: r.pengembangan_kompetensi == BEGINNING.pengembangan_kompetensi)


@pytest.mark.usefixtures("no_autosave")
async def test_undo_does_not_reach_behind_a_submission(stage_app: Open) -> None:
    """What was submitted is not undone by a slip of the finger, nor is what was undone before it redone."""
    async with stage_app(draft={ANI.nama: full_plan()}, place=(ANI.nama, "pengembangan_kompetensi", "rhk/0/target")) as u:
        await u.press("'7' f6*3 up space ctrl+z space")  # an edit, and one that was undone and done again
        await u.press("f9 down enter")
        await u.until_text("Antre, akan dikirim saat ada jaringan")
        (sealed,) = u.store.outbox.all("2026")
        for key, word in (("ctrl+z", "Tidak ada yang dapat diurungkan"), ("ctrl+y", "Tidak ada yang dapat diulangi")):
            await u.press(key)
            assert word in u.status
        assert u.draft("Ani") == open_envelope(sealed.line).rencana


@pytest.mark.usefixtures("no_autosave")
async def test_an_edit_that_changes_nothing_is_none(stage_app: Open) -> None:
    """A message about an edit that has been taken already is no step to undo, and nothing to save."""
    async with stage_app(draft={ANI.nama: full_plan()}, place=(ANI.nama, "pengembangan_kompetensi", "")) as u:
        pane = u.app.screen.query_one(PengembanganKompetensiPane)
        pane.post_message(pane.Changed(pane, pane.read()))
        await u.press("down")
        assert "*" not in u.status
        await u.press("ctrl+z")
        assert "Tidak ada yang dapat diurungkan" in u.status


async def test_undo_puts_the_cursor_on_what_came_back(stage_app: Open) -> None:
    """On the field of the RHK that is there again, wherever the cursor was; so does doing it again, on what follows."""
    own = tuple(RHK(uraian=name, satuan="modul", bukti="modul", target=1) for name in ("Satu", "Dua", "Tiga"))
    plan = full_plan().with_section(PengembanganKompetensi(rhk=own))
    async with stage_app(draft={ANI.nama: plan}, place=(ANI.nama, "pengembangan_kompetensi", "rhk/1/uraian")) as u:
        await u.press("f5 ctrl+end ctrl+z")
        assert u.cursor.split() == ["Uraian", "RHK", "Dua"]
        await u.press("ctrl+home ctrl+y")
        assert u.cursor.split() == ["Uraian", "RHK", "Tiga"]


async def test_undo_puts_the_cursor_on_what_is_chosen_again(stage_app: Open) -> None:
    """Not on what was chosen in between; also when the change was made in another pane."""
    async with stage_app(draft={ANI.nama: full_plan()}, place=(ANI.nama, "praktik_pembelajaran", "")) as u:
        first = u.cursor
        await u.press("down space")
        second = u.cursor
        assert second.startswith("(•)")
        assert second != first
        await u.press("f6*2 ctrl+z")
        assert u.tab == "1 Praktik"
        assert u.cursor == first
        await u.press("ctrl+end ctrl+y")
        assert u.cursor == second
