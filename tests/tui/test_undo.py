"""Undo and redo work across the whole plan."""

from __future__ import annotations

import asyncio
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from pmm_tui.skp.model import RHK, PengembanganKompetensi, Tugas, TugasTambahan
from pmm_tui.skp.wire import open_envelope
from pmm_tui.store import Store
from pmm_tui.tui.panes.pengembangan_kompetensi import PengembanganKompetensiPane
from tests.tui.conftest import Buka
from tests.tui.samples import ANI, BUDI, PELATIHAN, rencana_mulai, rencana_penuh
from tests.tui.stage import Panggung
from tests.tui.stage import app_uji as buka_app

pytestmark = pytest.mark.anyio
AWAL = (
    rencana_penuh()
    .with_section(PengembanganKompetensi(rhk=(RHK(kompetensi=PELATIHAN, target=2), RHK(uraian="Buku", satuan="naskah", poin=9))))
    .with_section(TugasTambahan(tugas=(Tugas(tugas="wali-kelas", nomor_sk="1"), Tugas(tugas="guru-piket"))))
)
LANGKAH = (
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


async def habis(u: Panggung, kunci: str, kata: str) -> None:
    """Press a key until the status line says that there is nothing left."""
    for _ in range(100):
        await u.tekan(kunci)
        if kata in u.status:
            return
    raise AssertionError("tidak pernah habis")


@settings(
    max_examples=12,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
    phases=[Phase.generate],  # each try starts the app: making it shorter takes too long
)
@given(st.lists(st.sampled_from(LANGKAH), min_size=3, max_size=20))
def test_undo_all_is_the_start_and_redo_all_the_end(langkah: list[str]) -> None:
    """Whatever was pressed in whatever pane, undoing everything restores the plan that was opened, redoing the last one."""

    async def main(store: Store) -> None:
        async with buka_app(
            store, guru=(BUDI,), draf={BUDI.nama: AWAL}, tempat=(BUDI.nama, "pengembangan_kompetensi", "tambah")
        ) as u:
            for kunci in langkah:
                if not (kunci == "f7" and u.layar()[1].startswith("[Data Diri]")):  # further back is the list
                    await u.tekan(kunci)
            await u.tekan("escape" if u.dialog else "f1 escape")
            u.maju(0.5)
            await u.sampai(lambda: "*" not in u.status)
            akhir = u.draf("Budi")
            assert akhir is not None
            await habis(u, "ctrl+z", "Tidak ada yang dapat diurungkan")
            await u.tersimpan("Budi", lambda r: r == AWAL)
            await habis(u, "ctrl+y", "Tidak ada yang dapat diulangi")
            await u.tersimpan("Budi", lambda r: r == akhir)

    with TemporaryDirectory() as folder, Store.open(Path(folder) / "uji.db") as store:
        asyncio.run(main(store))


@pytest.mark.parametrize(("urung", "ulang"), [("ctrl+z", "ctrl+y"), ("f2", "f3")])
async def test_letters_of_one_field_are_one_step(app_uji: Buka, urung: str, ulang: str) -> None:
    """A word typed into a field is undone at once and redone at once, and the field shows it."""
    draf = {ANI.nama: rencana_mulai().with_section(PengembanganKompetensi(rhk=(RHK(uraian="Lama", target=1),)))}
    async with app_uji(draf=draf, tempat=(ANI.nama, "pengembangan_kompetensi", "rhk/0/uraian")) as u:
        await u.tekan("' dan baru' down 'modul'")
        await u.tekan(urung)
        await u.tersimpan("Ani", lambda r: r.pengembangan_kompetensi.rhk == (RHK(uraian="Lama dan baru", target=1),))
        await u.tekan(urung)
        assert "dan baru" not in u.teks
        await u.tersimpan("Ani", lambda r: r.pengembangan_kompetensi.rhk[0].uraian == "Lama")
        await u.tekan(f"{ulang} {ulang}")
        rencana = await u.tersimpan("Ani", lambda r: r.pengembangan_kompetensi.rhk[0].satuan)
        assert (rencana.pengembangan_kompetensi.rhk[0].uraian, rencana.pengembangan_kompetensi.rhk[0].satuan) == (
            "Lama dan baru",
            "modul",
        )


async def test_typing_after_undo_goes_on_from_what_is_shown(app_uji: Buka) -> None:
    """After an undo in a field the next letter is added to the restored text."""
    draf = {ANI.nama: rencana_mulai().with_section(PengembanganKompetensi(rhk=(RHK(uraian="Lama", target=1),)))}
    async with app_uji(draf=draf, tempat=(ANI.nama, "pengembangan_kompetensi", "rhk/0/uraian")) as u:
        await u.tekan("'xyz' ctrl+z '!'")
        assert u.kursor.endswith("Lama!")
        await u.tersimpan("Ani", lambda r: r.pengembangan_kompetensi.rhk[0].uraian == "Lama!")


@pytest.mark.usefixtures("no_autosave")
async def test_new_edit_ends_the_redo(app_uji: Buka) -> None:
    """After an edit there is nothing to redo."""
    async with app_uji(draf={ANI.nama: rencana_mulai()}) as u:
        await u.tekan("enter space ctrl+z down space ctrl+y")
        assert "Tidak ada yang dapat diulangi" in u.status
        assert "(•) Umpan Balik" in u.teks


async def test_nothing_to_undo_is_said(app_uji: Buka) -> None:
    """On a plan that was just opened undo and redo say that there is nothing, and change nothing."""
    async with app_uji(draf={ANI.nama: rencana_penuh()}) as u:
        await u.tekan("enter ctrl+z")
        assert "Tidak ada yang dapat diurungkan" in u.status
        await u.tekan("ctrl+y")
        assert "Tidak ada yang dapat diulangi" in u.status
        assert u.draf("Ani") == rencana_penuh()


async def test_deleted_rhk_comes_back_in_its_place(app_uji: Buka) -> None:
    """Hapus can be undone from another pane, too."""
    async with app_uji(draf={ANI.nama: AWAL}, tempat=(ANI.nama, "pengembangan_kompetensi", "rhk/0/target")) as u:
        await u.tekan("f5 f6 ctrl+z")
        assert await u.tersimpan("Ani", lambda r: r.pengembangan_kompetensi == AWAL.pengembangan_kompetensi)


@pytest.mark.usefixtures("no_autosave")
async def test_undo_does_not_reach_behind_a_submission(app_uji: Buka) -> None:
    """What was submitted is not undone by a slip of the finger, nor is what was undone before it redone."""
    async with app_uji(draf={ANI.nama: rencana_penuh()}, tempat=(ANI.nama, "pengembangan_kompetensi", "rhk/0/target")) as u:
        await u.tekan("'7' f6*3 up space ctrl+z space")  # an edit, and one that was undone and done again
        await u.tekan("f9 enter")
        await u.sampai_teks("Antre, akan dikirim saat ada jaringan")
        (sealed,) = u.store.outbox.all("2026")
        for key, word in (("ctrl+z", "Tidak ada yang dapat diurungkan"), ("ctrl+y", "Tidak ada yang dapat diulangi")):
            await u.tekan(key)
            assert word in u.status
        assert u.draf("Ani") == open_envelope(sealed.line).rencana


@pytest.mark.usefixtures("no_autosave")
async def test_an_edit_that_changes_nothing_is_none(app_uji: Buka) -> None:
    """A message about an edit that has been taken already is no step to undo, and nothing to save."""
    async with app_uji(draf={ANI.nama: rencana_penuh()}, tempat=(ANI.nama, "pengembangan_kompetensi", "")) as u:
        pane = u.app.screen.query_one(PengembanganKompetensiPane)
        pane.post_message(pane.Changed(pane, pane.read()))
        await u.tekan("down")
        assert "*" not in u.status
        await u.tekan("ctrl+z")
        assert "Tidak ada yang dapat diurungkan" in u.status
