"""A disk that takes nothing: no edit is lost, and a file of its own is offered."""

from __future__ import annotations

import pytest

from pmm_tui.errors import StorageError
from pmm_tui.skp.model import RHK, PengembanganKompetensi
from tests.tui.conftest import Open
from tests.tui.samples import ANI, full_plan, started_plan

pytestmark = pytest.mark.anyio
ALONE = {ANI.nama: started_plan().with_section(PengembanganKompetensi(rhk=(RHK(uraian="", target=1),)))}
DESCRIPTION = (ANI.nama, "pengembangan_kompetensi", "rhk/0/uraian")


class Broken:
    """A disk that takes nothing until it is mended."""

    def __init__(self, original) -> None:
        self.original, self.damaged = original, True

    def __call__(self, *content):
        """Save, or fail."""
        if self.damaged:
            raise StorageError("Disk tidak dapat ditulis; periksa sambungannya.")
        return self.original(*content)


async def test_failed_save_offers_a_file(stage_app: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    """A draft that cannot be saved is said in a dialog whose first button writes it to a file; the path is shown."""
    async with stage_app(draft={ANI.nama: started_plan()}) as u:
        await u.press("enter")
        monkeypatch.setattr(u.store.drafts, "save", Broken(u.store.drafts.save))
        await u.press("space")
        u.advance(0.5)
        await u.until_text("Rencana belum tersimpan")
        assert "Disk tidak dapat ditulis" in u.dialog
        assert u.cursor == "Simpan ke berkas"
        await u.press("enter")
        ((pegawai_id, periode, rencana),) = u.services.called("save_emergency_copy")
        assert (pegawai_id, periode) == (u.pegawai("Ani").id, "2026")
        assert rencana.praktik_pembelajaran.indikator == ("penerapan-disiplin-positif",)
        assert "darurat.toml" in u.status


async def test_failed_save_is_made_good_later(stage_app: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    """Who stays on the screen loses nothing: when the disk works again the next save takes everything."""
    async with stage_app(draft=ALONE, place=DESCRIPTION) as u:
        disk = Broken(u.store.drafts.save)
        await u.press("'Menulis'")
        await u.saved("Ani", lambda r: r.pengembangan_kompetensi.rhk[0].uraian == "Menulis")
        monkeypatch.setattr(u.store.drafts, "save", disk)
        await u.press("space")
        u.advance(0.5)
        await u.until_text("Rencana belum tersimpan")
        await u.press("down enter")
        disk.damaged = False
        await u.press("'buku'")
        await u.saved("Ani", lambda r: r.pengembangan_kompetensi.rhk[0].uraian == "Menulis buku")
        await u.until(lambda: "Tersimpan 10.42" in u.status)


async def test_nothing_is_left_with_an_unsaved_plan(stage_app: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither the list nor the end of the program is reached while the plan cannot be saved."""
    async with stage_app(draft={ANI.nama: started_plan()}) as u:
        await u.press("enter")
        monkeypatch.setattr(u.store.drafts, "save", Broken(u.store.drafts.save))
        await u.press("space")
        for keys in ("escape", "f12", "f8"):
            await u.press(keys)
            await u.until_text("Rencana belum tersimpan")
            await u.press("escape")
            assert u.title.startswith(" ‹ Ani")
            assert u.app.is_running


async def test_full_disk_does_not_end_the_program(stage_app: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where neither draft nor place can be written, Esc keeps the plan on the screen."""
    async with stage_app(draft={ANI.nama: started_plan()}) as u:
        await u.press("enter")
        with monkeypatch.context() as full:
            full.setattr(u.store.drafts, "save", Broken(u.store.drafts.save))
            full.setattr(u.store.reference, "set_memo", Broken(u.store.reference.set_memo))
            await u.press("space escape")
            await u.until_text("Rencana belum tersimpan")
            await u.press("escape escape")
            assert not u.app.crashed
            assert u.title.startswith(" ‹ Ani")
        await u.press("escape escape")
        assert (await u.saved("Ani")).praktik_pembelajaran.indikator == ("penerapan-disiplin-positif",)


async def test_nothing_is_submitted_that_could_not_be_saved(stage_app: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    """Ajukan saves first: on a disk that takes nothing it is not asked about, and nothing is sealed."""
    async with stage_app(draft={ANI.nama: full_plan()}, place=(ANI.nama, "pengembangan_kompetensi", "rhk/0/target")) as u:
        await u.press("'7' f6*3")
        await u.saved("Ani", lambda r: r.pengembangan_kompetensi.rhk[0].target == 7)
        monkeypatch.setattr(u.store.drafts, "save", Broken(u.store.drafts.save))
        await u.press("space f9")
        await u.until_text("Rencana belum tersimpan")
        assert "Ajukan Perencanaan Kinerja" not in u.text
        await u.press("escape")
        assert u.store.outbox.all() == ()
        monkeypatch.undo()
