"""The wizard: a teacher's plan through all its panes. This screen is the only owner of the current plan."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import ClassVar

from textual import on
from textual.app import ComposeResult

from pmm_tui.dates import jam
from pmm_tui.errors import PmmError
from pmm_tui.services.plan_session import PlanSession
from pmm_tui.services.status_words import QUEUED
from pmm_tui.skp.model import Pegawai, section_of
from pmm_tui.skp.plan_state import Keadaan
from pmm_tui.tui.messages import SaveFailed
from pmm_tui.tui.panes.data_diri import DataDiriPane
from pmm_tui.tui.panes.pengembangan_kompetensi import PengembanganKompetensiPane
from pmm_tui.tui.panes.registry import AWAL, PANE, URUTAN, tab_rencana
from pmm_tui.tui.panes.section import SectionPane
from pmm_tui.tui.screens.plan_dialogs import calon_rhk, tanya_ajukan, tanya_sesuai
from pmm_tui.tui.screens.screen import Layar
from pmm_tui.tui.widgets.bars import BilahTab


class RencanaScreen(Layar):
    """One teacher, one period. It may be opened at a pane (`bagian`), a row (`kursor`), or at a problem's `pointer`."""

    TEMPAT = "rencana"
    TOMBOL: ClassVar = SectionPane.TOMBOL
    AUTO_FOCUS = None

    def __init__(self, pegawai: Pegawai, bagian: str = "", kursor: str = "", pointer: str = "") -> None:
        super().__init__()
        self._pegawai = pegawai
        self._mulai_di = (bagian, kursor, pointer)
        self._bagian = ""
        self._pane: dict[str, SectionPane] = {}

    def isi_layar(self) -> ComposeResult:
        """The tabs; a pane is mounted when it is first visited."""
        yield BilahTab(id="tab")

    async def on_mount(self) -> None:
        await super().on_mount()
        self._meja = PlanSession(self.pmm.layanan, self.pmm.acuan, self._pegawai, self._tersimpan, self._gagal_simpan)
        if self._meja.saved_at:
            self._tersimpan(self._meja.saved_at)
        bagian, kursor, pointer = self._mulai_di
        await self._buka(bagian or self._bagian_awal(), kursor=kursor, pointer=pointer)

    def _bagian_awal(self) -> str:
        """Where a plan goes on: the first step with something to do, else the Rangkuman."""
        for bagian in AWAL:
            if any(m.bagian == bagian and m.kode in ("belum-sesuai", "rapor-belum") for m in self._meja.masalah):
                return bagian
        return next((m.bagian for m in self._meja.masalah if m.halang and m.bagian in URUTAN[2:]), "rangkuman")

    # ---- editing

    @on(SectionPane.Changed)
    def _section_changed(self, event: SectionPane.Changed) -> None:
        event.stop()
        if self._meja.edit(event.pane.read(), event.kelompok):  # as it is now, not as it was posted: two fast edits are both there
            self._tampilkan()
            if self._meja.approved:
                self.status(
                    "Rencana ini sudah disetujui; server menolak perubahan sebelum kepala sekolah mengembalikannya.", gaya="awas"
                )
        event.pane.lepas()

    def _tampilkan(self) -> None:
        """Let panes and bars follow the plan; the star of what is not saved yet comes first."""
        self._isi_status()
        for nama, pane in self._pane.items():
            pane.show(getattr(self._meja.rencana, nama))
        self._sesuaikan()

    def _sesuaikan(self) -> None:
        konteks = self._meja.view()
        for pane in self._pane.values():
            pane.sesuaikan(konteks)
        self._isi_bilah()

    async def action_urung(self) -> None:
        """Take back the last edit, and show where it was."""
        await self._langkah(self._meja.undo, "Diurungkan", "Tidak ada yang dapat diurungkan")

    async def action_ulang(self) -> None:
        """Do again what was taken back, and show where it is."""
        await self._langkah(self._meja.redo, "Diulangi", "Tidak ada yang dapat diulangi")

    async def _langkah(self, jalan: Callable[[], bool], kata: str, kosong: str) -> None:
        before = self._meja.rencana
        if not jalan():
            self.status(kosong)
            return
        self._tampilkan()
        changed = [n for n in URUTAN if getattr(before, n) != getattr(self._meja.rencana, n)]
        if changed and self._bagian not in changed:
            await self._buka(changed[0])
        self.status(f"{kata}: {PANE[changed[0]].LABEL}" if changed else kata)

    # ---- saving

    def _isi_status(self) -> None:
        """`Tersimpan 10.42`; a star behind it while something newer is not on the disk: one cell, so that it costs little."""
        saved = f"Tersimpan {jam(self._meja.saved_at)}" if self._meja.saved_at else "Menyimpan"
        self.status(f"{saved} *" if self._meja.dirty else saved)

    def _tersimpan(self, saat: datetime) -> None:
        if self.is_attached:
            self.status(f"Tersimpan {jam(saat)}")
            self._ingat()

    def _gagal_simpan(self, kalimat: str) -> None:
        self.status(kalimat, gaya="salah")
        self.post_message(SaveFailed(kalimat))

    @on(SaveFailed)
    async def _save_failed(self, event: SaveFailed) -> None:
        event.stop()
        await self.pmm.tanya_darurat(event.kalimat, self._meja.pegawai, self._meja.rencana)

    async def simpan_semua(self) -> bool:
        """Save draft and place at once; called before leaving, on SIGHUP and on SIGTERM."""
        beres = await self._meja.save()
        self._ingat()
        return beres

    def _ingat(self) -> None:
        pane = self._pane.get(self._bagian)
        self.pmm.ingat_tempat(self._meja.pegawai.id, self._bagian, pane.kursor if pane else "")

    def simpan_paksa(self) -> Path | None:
        """Save at once and without the loop, also what no pane has told yet: the program ends. See `PlanSession.force_save`."""
        for pane in self._pane.values():
            with suppress(Exception):  # one that is broken must not take the others with it
                self._meja.edit(pane.read())
        return self._meja.force_save()

    # ---- panes

    async def _buka(self, bagian: str, *, kursor: str = "", pointer: str = "") -> None:
        pane = self._pane.get(bagian)
        lama = self._pane.get(self._bagian)
        self._bagian = bagian
        if lama is not None and lama is not pane:
            lama.display = False
        if pane is None:
            pane = self._pane[bagian] = PANE[bagian](self._meja.view())
            await self.mount(pane, before="#status")
        else:
            pane.display = True
            pane.sesuaikan(self._meja.view())
            if not kursor and not pointer and bagian == "rangkuman":
                kursor = pane.kursor_awal()
        pane.focus(scroll_visible=False)
        self.isi_tombol(pane.TOMBOL)
        if pointer:
            pane.ke_pointer(pointer)
        elif kursor:
            pane.ke(kursor)
        self._isi_bilah()
        self._ingat()

    @on(SectionPane.StepRequested)
    async def _step_requested(self, event: SectionPane.StepRequested) -> None:
        event.stop()
        await self._pindah(event.arah)

    async def _pindah(self, arah: int) -> None:
        at = URUTAN.index(self._bagian) + arah
        if at >= len(URUTAN):
            return
        if at < 0:
            await self.action_kembali()
        elif arah > 0 and self._bagian == "data_diri" and not self._meja.rencana.data_diri.sesuai:
            self._tanya_sesuai()
        elif arah > 0 and self._bagian == "rapor_pendidikan" and not self._meja.rencana.rapor_pendidikan.dimengerti:
            self.status("Tekan Saya mengerti lebih dahulu", gaya="awas")
        else:
            await self._buka(URUTAN[at])
            self._meja.save_soon()

    async def action_bagian_berikut(self) -> None:
        """Go to the next pane."""
        await self._pindah(1)

    async def action_bagian_sebelum(self) -> None:
        """Go to the pane before."""
        await self._pindah(-1)

    @on(BilahTab.Dipilih)
    async def _tab_clicked(self, event: BilahTab.Dipilih) -> None:
        if event.id in URUTAN:
            await self._buka(event.id)

    def _isi_bilah(self) -> None:
        meja = self._meja
        self.kepala(meja.pegawai.nama, meja.view().periode.label)
        self.query_one(BilahTab).isi(tab_rencana(meja, self._bagian, self._pane), self._bagian)
        keadaan = meja.line.keadaan
        self.status(kanan=f"draf · {meja.line.halangan} belum beres" if keadaan is Keadaan.DRAF else keadaan.kata)

    def bantuan_tempat(self) -> str:
        """The help of the pane."""
        return PANE[self._bagian].BANTUAN

    # ---- what panes ask for

    @on(SectionPane.ActionRequested)
    async def _action_requested(self, event: SectionPane.ActionRequested) -> None:
        event.stop()
        if event.apa == "data_sesuai":
            self._tanya_sesuai()
        elif event.apa == "tambah":
            await self.action_tambah()
        elif event.apa == "lompat":
            await self._lompat(event.nilai)
        elif event.apa == "ajukan":
            await self.action_ajukan()
        elif event.apa == "daftar":
            await self.action_kembali()

    async def _lompat(self, pointer: str) -> None:
        bagian = section_of(pointer)
        if bagian in URUTAN:
            await self._buka(bagian, pointer=pointer if pointer.count("/") > 1 else "")

    def _tanya_sesuai(self) -> None:
        pane = self._pane["data_diri"]
        assert isinstance(pane, DataDiriPane)

        async def jawab(id: str | None) -> None:
            if id == "ya":
                self._meja.edit(pane.dinyatakan())
                self._tampilkan()
                await self._buka("rapor_pendidikan")

        self.app.push_screen(tanya_sesuai(pane.ringkasan()), jawab)

    async def action_tambah(self) -> None:
        """Choose an RHK from the list and add it."""
        if self._bagian in AWAL:
            return
        if self._bagian != "pengembangan_kompetensi":
            await self._buka("pengembangan_kompetensi")
        pane = self._pane["pengembangan_kompetensi"]
        assert isinstance(pane, PengembanganKompetensiPane)
        from pmm_tui.tui.screens.choose import PilihScreen  # only when asked for

        def jawab(id: str | None) -> None:
            if id and (tolak := pane.tambahkan(pane.rhk_baru(id))):
                self.status(tolak, gaya="awas")

        k = self._meja.view()
        calon = calon_rhk(k.rencana, k.katalog, k.skema)
        # On a thin line what a choice asks for is left to the pane, which tells it when it is chosen.
        self.app.push_screen(PilihScreen("Pilih Rencana Hasil Kerja", calon, catatan=not self.pmm.hemat), jawab)

    def action_hapus(self) -> None:
        """Take away the RHK under the cursor."""
        pane = self._pane.get(self._bagian)
        if isinstance(pane, PengembanganKompetensiPane):
            hapus = pane.hapus()
            self.status(
                "RHK dihapus; Ctrl+Z mengembalikannya" if hapus else "Taruh kursor pada RHK yang akan dihapus",
                gaya="" if hapus else "awas",
            )

    # ---- submitting

    async def action_ajukan(self) -> None:
        """Seal the plan and put it into the outbox, after a confirmation; refused while something blocks."""
        if not await self._meja.save():
            return
        if halangan := self._meja.first_blocking:
            await self._lompat(halangan.pointer)
            self.status(f"Belum dapat diajukan: {halangan.pesan}", gaya="salah")
        elif self._meja.submitted:
            self.status(self._meja.status_sentence())
            if self._meja.line.keadaan is Keadaan.ANTRE:
                self.pmm.latar.kirim(paksa=True)
        else:
            self.app.push_screen(tanya_ajukan(self._meja.view()), self._ajukan_dijawab)

    async def _ajukan_dijawab(self, id: str | None) -> None:
        if id != "ya":
            return
        try:
            await self._meja.seal()
        except PmmError as error:
            await self.pmm.tanya_darurat(error.sentence, self._meja.pegawai, self._meja.rencana)
            return
        self._sesuaikan()
        await self._buka("rangkuman", kursor="daftar")
        self.status(QUEUED)
        self.pmm.latar.kirim(paksa=True)

    # ---- coming and going

    async def segarkan(self) -> None:
        """The outbox or the reference data changed."""
        before = self._meja.line.keadaan
        self._meja.refresh(self.pmm.acuan)
        self._sesuaikan()
        if self._meja.line.keadaan is not before:
            self.status(self._meja.status_sentence())

    async def action_kembali(self) -> None:
        """Save and go back to the list."""
        if await self.simpan_semua():
            self.pmm.lupakan_tempat()
            self.app.pop_screen()

    async def action_kotak(self) -> None:
        """Save and open the outbox."""
        if await self.simpan_semua():
            self.pmm.buka_kotak()
