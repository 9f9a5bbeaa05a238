"""A disk that takes nothing: no edit is lost, and a file of its own is offered."""

from __future__ import annotations

import pytest

from pmm_tui.errors import StorageError
from pmm_tui.skp.model import RHK, PengembanganKompetensi
from tests.tui.conftest import Buka
from tests.tui.samples import ANI, rencana_mulai, rencana_penuh

pytestmark = pytest.mark.anyio
SENDIRI = {ANI.nama: rencana_mulai().with_section(PengembanganKompetensi(rhk=(RHK(uraian="", target=1),)))}
URAIAN = (ANI.nama, "pengembangan_kompetensi", "rhk/0/uraian")


class Rusak:
    """A disk that takes nothing until it is mended."""

    def __init__(self, asli) -> None:
        self.asli, self.rusak = asli, True

    def __call__(self, *isi):
        """Save, or fail."""
        if self.rusak:
            raise StorageError("Disk tidak dapat ditulis; periksa sambungannya.")
        return self.asli(*isi)


async def test_failed_save_offers_a_file(app_uji: Buka, monkeypatch: pytest.MonkeyPatch) -> None:
    """A draft that cannot be saved is said in a dialog whose first button writes it to a file; the path is shown."""
    async with app_uji(draf={ANI.nama: rencana_mulai()}) as u:
        await u.tekan("enter")
        monkeypatch.setattr(u.store.drafts, "save", Rusak(u.store.drafts.save))
        await u.tekan("space")
        u.maju(0.5)
        await u.sampai_teks("Rencana belum tersimpan")
        assert "Disk tidak dapat ditulis" in u.dialog
        assert u.kursor == "Simpan ke berkas"
        await u.tekan("enter")
        ((id, periode, rencana),) = u.layanan.dipanggil("simpan_darurat")
        assert (id, periode) == (u.pegawai("Ani").id, "2026")
        assert rencana.praktik_pembelajaran.indikator == ("penerapan-disiplin-positif",)
        assert "darurat.toml" in u.status


async def test_failed_save_is_made_good_later(app_uji: Buka, monkeypatch: pytest.MonkeyPatch) -> None:
    """Who stays on the screen loses nothing: when the disk works again the next save takes everything."""
    async with app_uji(draf=SENDIRI, tempat=URAIAN) as u:
        disk = Rusak(u.store.drafts.save)
        await u.tekan("'Menulis'")
        await u.tersimpan("Ani", lambda r: r.pengembangan_kompetensi.rhk[0].uraian == "Menulis")
        monkeypatch.setattr(u.store.drafts, "save", disk)
        await u.tekan("space")
        u.maju(0.5)
        await u.sampai_teks("Rencana belum tersimpan")
        await u.tekan("down enter")
        disk.rusak = False
        await u.tekan("'buku'")
        await u.tersimpan("Ani", lambda r: r.pengembangan_kompetensi.rhk[0].uraian == "Menulis buku")
        await u.sampai(lambda: "Tersimpan 10.42" in u.status)


async def test_nothing_is_left_with_an_unsaved_plan(app_uji: Buka, monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither the list nor the end of the program is reached while the plan cannot be saved."""
    async with app_uji(draf={ANI.nama: rencana_mulai()}) as u:
        await u.tekan("enter")
        monkeypatch.setattr(u.store.drafts, "save", Rusak(u.store.drafts.save))
        await u.tekan("space")
        for kunci in ("escape", "f12", "f8"):
            await u.tekan(kunci)
            await u.sampai_teks("Rencana belum tersimpan")
            await u.tekan("escape")
            assert u.kepala.startswith(" Ani")
            assert u.app.is_running


async def test_full_disk_does_not_end_the_program(app_uji: Buka, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where neither draft nor place can be written, Esc keeps the plan on the screen."""
    async with app_uji(draf={ANI.nama: rencana_mulai()}) as u:
        await u.tekan("enter")
        with monkeypatch.context() as penuh:
            penuh.setattr(u.store.drafts, "save", Rusak(u.store.drafts.save))
            penuh.setattr(u.store.reference, "set_memo", Rusak(u.store.reference.set_memo))
            await u.tekan("space escape")
            await u.sampai_teks("Rencana belum tersimpan")
            await u.tekan("escape escape")
            assert not u.app.crashed
            assert u.kepala.startswith(" Ani")
        await u.tekan("escape escape")
        assert (await u.tersimpan("Ani")).praktik_pembelajaran.indikator == ("penerapan-disiplin-positif",)


async def test_nothing_is_submitted_that_could_not_be_saved(app_uji: Buka, monkeypatch: pytest.MonkeyPatch) -> None:
    """Ajukan saves first: on a disk that takes nothing it is not asked about, and nothing is sealed."""
    async with app_uji(draf={ANI.nama: rencana_penuh()}, tempat=(ANI.nama, "pengembangan_kompetensi", "rhk/0/target")) as u:
        await u.tekan("'7' f6*3")
        await u.tersimpan("Ani", lambda r: r.pengembangan_kompetensi.rhk[0].target == 7)
        monkeypatch.setattr(u.store.drafts, "save", Rusak(u.store.drafts.save))
        await u.tekan("space f9")
        await u.sampai_teks("Rencana belum tersimpan")
        assert "Ajukan Perencanaan Kinerja?" not in u.teks
        await u.tekan("escape")
        assert u.store.outbox.all() == ()
        monkeypatch.undo()
