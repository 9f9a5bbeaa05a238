"""The plan at work: one teacher, one period, edited, judged, undone, saved and sealed. The wizard's screen owns one."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from msgspec import Struct

from pmm_tui.skp.model import Masalah, Pegawai, RencanaKinerja, Section
from pmm_tui.skp.overview import Ikhtisar, ikhtisar
from pmm_tui.store.outbox_entry import Kiriman
from pmm_tui.text import clean, shorten
from pmm_tui.tui.autosave import Penyimpan
from pmm_tui.tui.panes.section import KonteksRencana
from pmm_tui.tui.ports import Acuan, Layanan
from pmm_tui.tui.screens.plan_dialogs import kalimat_status
from pmm_tui.tui.undo import Riwayat


class _Draf(Struct, frozen=True):
    rencana: RencanaKinerja
    suntingan: int


class Meja:
    """`tersimpan(saat)` is told when the newest plan is on the disk, `gagal(kalimat)` when it could not be saved.

    The database is read when the desk is set and after `segarkan`, never while somebody types: a slow disk must not hold a key.
    """

    def __init__(
        self,
        layanan: Layanan,
        acuan: Acuan,
        pegawai: Pegawai,
        tersimpan: Callable[[datetime], None],
        gagal: Callable[[str], None],
    ) -> None:
        self._layanan = layanan
        self._acuan = acuan
        self._periode = acuan.periode
        self._tersimpan = tersimpan
        self.pegawai = pegawai
        draf = layanan.store.drafts.get(pegawai.id, self._periode)
        self.rencana = draf.rencana if draf else RencanaKinerja()
        self.disimpan = draf.disimpan if draf else None
        self._penyimpan = Penyimpan(draf.suntingan if draf else 0, self._simpan, gagal)
        self._riwayat = Riwayat()
        self._kiriman = self._baca_kiriman()
        self.ringkas: Ikhtisar = self._nilai()

    # ---- judging

    @property
    def masalah(self) -> tuple[Masalah, ...]:
        """What is wrong with the plan as it stands."""
        return self.ringkas.masalah

    @property
    def halangan(self) -> Masalah | None:
        """The first problem that stops the plan from being sent."""
        return next((m for m in self.masalah if m.halang), None)

    @property
    def diajukan(self) -> bool:
        """Whether the plan as it stands is sealed or sent."""
        return self.ringkas.keadaan.is_submitted

    @property
    def disetujui(self) -> bool:
        """Whether the head has approved what was sent: the server then refuses changes until it is sent back."""
        return self._kiriman is not None and self._kiriman.status_server == "disetujui"

    def kalimat(self) -> str:
        """What the outbox says of this plan."""
        return kalimat_status(self.ringkas, self._kiriman)

    def _nilai(self) -> Ikhtisar:
        acuan = self._acuan
        (ringkas,) = ikhtisar(
            [self.pegawai],
            {self.pegawai.id: _Draf(self.rencana, self._penyimpan.suntingan)},
            {self.pegawai.id: self._kiriman} if self._kiriman else {},
            self._periode,
            acuan.katalog,
            jenjang=acuan.sekolah.jenjang,
            hari_ini=self._layanan.hari_ini(),
        )
        return ringkas

    def konteks(self) -> KonteksRencana:
        """Return all that panes and dialogs have to know."""
        acuan = self._acuan
        periode = acuan.katalog.cari_periode(self._periode)
        assert periode is not None  # the reference data in force hold their own period
        return KonteksRencana(
            pegawai=self.pegawai,
            sekolah=acuan.sekolah,
            katalog=acuan.katalog,
            skema=acuan.katalog.skema_periode(self._periode),
            periode=periode,
            rapor=acuan.rapor,
            rencana=self.rencana,
            masalah=self.masalah,
            status=self.kalimat(),
            diajukan=self.diajukan,
            server=shorten(clean(self._layanan.server()), 100),
        )

    # ---- editing

    def ubah(self, section: Section, kelompok: str = "") -> bool:
        """Take an edited section; false when it changes nothing. Edits of one `kelompok` in a row are one step to undo."""
        rencana = self.rencana.with_section(section)
        if rencana == self.rencana:
            return False
        self._riwayat.catat(self.rencana, kelompok)
        self._pakai(rencana)
        return True

    def urung(self) -> bool:
        """Take back the last edit; false when there is none."""
        return self._pakai(self._riwayat.urung(self.rencana))

    def ulang(self) -> bool:
        """Do again what was taken back; false when there is nothing."""
        return self._pakai(self._riwayat.ulang(self.rencana))

    def _pakai(self, rencana: RencanaKinerja | None) -> bool:
        if rencana is None:
            return False
        self.rencana = rencana
        self._penyimpan.terima(rencana)
        self.ringkas = self._nilai()
        return True

    # ---- store

    @property
    def kotor(self) -> bool:
        """Whether the newest edit is not on the disk yet."""
        return self._penyimpan.tertunda

    def simpan_segera(self) -> None:
        """Save what is unsaved now, behind the screen."""
        self._penyimpan.segera()

    async def simpan(self) -> bool:
        """Save at once what is unsaved; false when it could not be saved."""
        return await self._penyimpan.sekarang()

    def simpan_paksa(self) -> Path | None:
        """Save what is unsaved without the loop, at the very end; where the records cannot take it into a file, which is returned.

        Raises PmmError when nothing takes it.
        """
        if not self.kotor:
            return None
        try:
            saat, suntingan = self._layanan.sekarang(), self._penyimpan.suntingan
            self._layanan.store.drafts.save(self.pegawai.id, self._periode, self.rencana, suntingan, saat)
        except Exception:  # whatever it is: this is the last chance
            return self._layanan.simpan_darurat(self.pegawai, self._periode, self.rencana)
        return None

    async def _simpan(self, rencana: RencanaKinerja, suntingan: int) -> None:
        store, saat = self._layanan.store, self._layanan.sekarang()
        await store.database.ask(store.drafts.save, self.pegawai.id, self._periode, rencana, suntingan, saat)
        if self.rencana is rencana:
            self.disimpan = saat
            self._tersimpan(saat)

    async def segel(self) -> None:
        """Seal the plan as it stands into the outbox; raises PmmError."""
        store, saat = self._layanan.store, self._layanan.sekarang()
        ask = store.database.ask
        pegawai = await ask(store.roster.get, self.pegawai.id) or self.pegawai
        self._kiriman = await ask(store.outbox.seal, pegawai, self._periode, self.rencana, self._penyimpan.suntingan, saat)
        self._riwayat.bersih()
        self.ringkas = self._nilai()

    def segarkan(self, acuan: Acuan) -> None:
        """Read again what others may have changed: teacher, outbox, reference data."""
        if acuan.periode == self._periode:
            self._acuan = acuan
        self.pegawai = self._layanan.store.roster.get(self.pegawai.id) or self.pegawai
        self._kiriman = self._baca_kiriman()
        self.ringkas = self._nilai()

    def _baca_kiriman(self) -> Kiriman | None:
        return self._layanan.store.outbox.newest(self.pegawai.id, self._periode)
