"""What a key could not do, or has done, is said, and stands there until the next edit."""

from __future__ import annotations

import pytest

from pmm_tui.skp.model import RHK, PengembanganKompetensi
from tests.tui.conftest import Open
from tests.tui.samples import ANI, CITRA, TRAINING, full_plan, started_plan

pytestmark = pytest.mark.anyio
OWN = started_plan().with_section(PengembanganKompetensi(rhk=(RHK(uraian="Lama"), RHK(kompetensi=TRAINING))))
AT_OWN = (ANI.nama, "pengembangan_kompetensi", "rhk/0/uraian")


async def test_a_paste_that_is_cut(stage_app: Open) -> None:
    """It says so, also after it was saved; the next letter that has no room says it again, one that has does not."""
    async with stage_app(draft={ANI.nama: OWN}, place=AT_OWN) as u:
        await u.paste(" dan panjang" * 230)
        assert "Uraian RHK dipotong pada 300 huruf" in u.status
        rencana = await u.saved("Ani", lambda r: len(r.pengembangan_kompetensi.rhk[0].uraian) == 300)
        assert rencana.pengembangan_kompetensi.rhk[0].uraian.startswith("Lamadan panjang")
        assert "Uraian RHK dipotong pada 300 huruf · Tersimpan 10.42" in u.status
        await u.press("backspace")
        assert "dipotong" not in u.status
        await u.press("'a'")
        assert "dipotong" not in u.status
        await u.press("'b'")
        assert "Uraian RHK dipotong pada 300 huruf" in u.status


async def test_digits_that_are_cut(stage_app: Open) -> None:
    """A third digit of a target is said too; letters that a number cannot have are not."""
    async with stage_app(draft={ANI.nama: OWN}, place=(ANI.nama, "pengembangan_kompetensi", "rhk/1/target")) as u:
        await u.press("'12x'")
        assert "dipotong" not in u.status
        await u.press("'3'")
        assert "Target kuantitas dipotong pada 2 angka" in u.status


async def test_what_was_removed_is_said(stage_app: Open) -> None:
    """Which RHK, and how it comes back; saving does not wipe it away, the way back does."""
    async with stage_app(draft={ANI.nama: OWN}, place=(ANI.nama, "pengembangan_kompetensi", "rhk/1/target")) as u:
        await u.press("f5")
        assert "RHK 2 dihapus; Ctrl+Z mengembalikan" in u.status
        await u.saved("Ani", lambda r: len(r.pengembangan_kompetensi.rhk) == 1)
        assert "RHK 2 dihapus; Ctrl+Z mengembalikan · Tersimpan 10.42" in u.status
        await u.press("ctrl+z")
        assert "dihapus" not in u.status
        await u.press("ctrl+home f5 backspace")
        assert "dihapus" not in u.status


async def test_the_way_back_is_the_keymap_s(stage_app: Open) -> None:
    """The key that is named is the one that the configuration gives."""
    async with stage_app(draft={ANI.nama: OWN}, place=AT_OWN, keymap={"urung": "ctrl+u"}) as u:
        await u.press("f5")
        assert "RHK 1 dihapus; Ctrl+U mengembalikan" in u.status


async def test_the_last_pane_says_that_it_is_the_last(stage_app: Open) -> None:
    """F6 there tells what is missing, or how to submit; the footer does not offer it."""
    async with stage_app(draft={ANI.nama: full_plan(confirmation=False)}) as u:
        await u.press("enter")
        assert "Berikut" not in u.footer
        await u.press("f6")
        assert "Ini bagian terakhir. Belum ditandai sudah dikonfirmasi guru." in u.status
        await u.press("space f6")
        assert "Ini bagian terakhir. Bila sudah benar, ajukan dengan F9." in u.status


async def test_going_on_says_why_it_does_not(stage_app: Open) -> None:
    """The tick is not set."""
    async with stage_app(draft={ANI.nama: full_plan(confirmation=False)}) as u:
        await u.press("enter down enter")
        assert "Guru belum mengonfirmasi; bila sudah, tandai dengan Spasi" in u.status


async def test_going_on_names_the_problem_that_it_leads_to(stage_app: Open) -> None:
    """Something is not filled in."""
    async with stage_app(draft={ANI.nama: started_plan()}, place=(ANI.nama, "rangkuman", "ajukan")) as u:
        await u.press("enter")
        assert "Pilih satu indikator Praktik Kinerja" in u.status
        assert u.cursor.startswith("! Pilih satu indikator")


async def test_how_and_when_the_teacher_confirmed(stage_app: Open) -> None:
    """The tick proposes the screen and today; both can be corrected, a date that cannot be is said and led to."""
    async with stage_app(draft={ANI.nama: full_plan(confirmation=False)}) as u:
        await u.press("enter space")
        said = (await u.saved("Ani", lambda r: r.rangkuman.dikonfirmasi_guru)).rangkuman
        assert (said.cara, said.tanggal) == ("layar", "2026-01-10")
        await u.press("down*2 space down*2 ctrl+u '9-1-2026' down")
        said = (await u.saved("Ani", lambda r: r.rangkuman.tanggal == "2026-01-09")).rangkuman
        assert said.cara == "kertas"
        await u.press("up ctrl+u '11-1-2026' down")
        await u.press("ctrl+home")
        assert "Tanggal konfirmasi guru (11 Januari 2026) belum tiba." in u.text
        await u.press("enter")
        assert u.cursor.startswith("Tanggal")
        await u.press("ctrl+u down enter")
        assert "Tanggal konfirmasi guru belum diisi" in u.status


async def test_a_confirmation_of_an_older_program(stage_app: Open) -> None:
    """It stays as good as it was; that neither how nor when is known is said, here and before it is submitted."""
    async with stage_app(draft={ANI.nama: full_plan()}) as u:
        await u.press("enter")
        assert u.cursor == "Ajukan"
        assert "cara dan tanggal tidak dicatat" in u.row("[x] Sudah dikonfirmasi guru")
        await u.press("f9")
        assert "Konfirmasi cara dan tanggal tidak dicatat" in u.dialog


async def test_a_golongan_that_does_not_fit_the_status(stage_app: Open) -> None:
    """It is said under its field, in the Rangkuman and before the plan is submitted; it stops nothing."""
    async with stage_app(teachers=(CITRA,), draft={CITRA.nama: full_plan()}) as u:
        await u.press("enter f9")
        assert "Golongan III/c tidak cocok dengan status PPPK" in u.dialog
        await u.app.navigation.open_plan(u.pegawai("Citra"), section="data_diri")
        await u.press("f1 escape")
        assert "Golongan III/c tidak cocok dengan status PPPK" in " ".join(u.text.split())
