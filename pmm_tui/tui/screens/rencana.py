"""The wizard: a teacher's plan through all its panes. This screen owns the plan session, which alone changes the plan."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import Any, ClassVar

from textual import on
from textual.app import ComposeResult

from pmm_tui.dates import jam
from pmm_tui.errors import PmmError
from pmm_tui.services.plan_session import PlanSession
from pmm_tui.services.status_words import QUEUED
from pmm_tui.skp.model import Pegawai, section_of
from pmm_tui.skp.plan_state import Keadaan
from pmm_tui.tui.messages import OutboxRequested
from pmm_tui.tui.panes.data_diri import DataDiriPane
from pmm_tui.tui.panes.pengembangan_kompetensi import PengembanganKompetensiPane
from pmm_tui.tui.panes.rangkuman import RangkumanPane
from pmm_tui.tui.panes.registry import AWAL, PANE, URUTAN, first_section, tab_rencana
from pmm_tui.tui.panes.section import SectionPane
from pmm_tui.tui.screens.plan_dialogs import APPROVED, ask_rhk, offer_emergency_copy, tanya_ajukan, tanya_sesuai
from pmm_tui.tui.screens.screen import Layar
from pmm_tui.tui.widgets.bars import BilahTab


class RencanaScreen(Layar):
    """One teacher, one period. It may be opened at a `section`, at a `row` of it, or at a problem's `pointer`."""

    TEMPAT = "rencana"
    TOMBOL: ClassVar = SectionPane.TOMBOL
    AUTO_FOCUS = None

    def __init__(self, pegawai: Pegawai, section: str = "", row: str = "", pointer: str = "") -> None:
        super().__init__()
        self._pegawai = pegawai
        self._start_at = (section, row, pointer)
        self._bagian = ""
        self._pane: dict[str, SectionPane[Any]] = {}

    def isi_layar(self) -> ComposeResult:
        """Yield the tabs; a pane is mounted when it is first visited."""
        yield BilahTab(id="tab")

    async def on_mount(self) -> None:
        await super().on_mount()
        self._meja = PlanSession(self.shell.services, self.shell.in_force, self._pegawai, self._saved, self._save_failed)
        if self._meja.saved_at:
            self._saved(self._meja.saved_at)
        section, row, pointer = self._start_at
        await self._buka(section or first_section(self._meja.masalah), kursor=row, pointer=pointer)

    # ---- editing

    @on(SectionPane.Changed)
    def _section_changed(self, event: SectionPane.Changed) -> None:
        event.stop()
        if self._meja.edit(event.pane.read(), event.kelompok):  # as it is now, not as it was posted: two fast edits are both there
            self._tampilkan()
            if self._meja.approved:
                self.status(APPROVED, gaya="warning")
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
        """Say `Tersimpan 10.42`, with a star behind it while something newer is not on the disk: one cell costs few bytes."""
        saved = f"Tersimpan {jam(self._meja.saved_at)}" if self._meja.saved_at else "Menyimpan"
        self.status(f"{saved} *" if self._meja.dirty else saved)

    def _saved(self, at: datetime) -> None:
        if self.is_attached:
            self.status(f"Tersimpan {jam(at)}")
            self._remember()

    def _save_failed(self, sentence: str) -> None:
        self.status(sentence, gaya="error")
        self.call_later(self._offer_emergency_copy, sentence)

    async def _offer_emergency_copy(self, sentence: str) -> None:
        await offer_emergency_copy(self, sentence, self._meja.pegawai, self._meja.rencana)

    async def save_all(self) -> bool:
        """Save draft and place at once; called before leaving, on SIGHUP and on SIGTERM."""
        saved = await self._meja.save()
        self._remember()
        return saved

    def _remember(self) -> None:
        pane = self._pane.get(self._bagian)
        row = str(pane.kursor) if pane else ""
        self.shell.last_place.remember(self._meja.pegawai.id, self.shell.in_force.periode, self._bagian, row)

    def force_save(self) -> Path | None:
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
                kursor = str(pane.kursor_awal())
        pane.focus(scroll_visible=False)
        self.isi_tombol(pane.TOMBOL)
        pane.go_to_place(kursor, pointer)
        self._isi_bilah()
        self._remember()

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
            self.status("Tekan Saya mengerti lebih dahulu", gaya="warning")
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
        if event.tab_id in URUTAN:
            await self._buka(event.tab_id)

    def _isi_bilah(self) -> None:
        meja = self._meja
        self.kepala(meja.pegawai.nama, meja.view().periode.label)
        self.query_one(BilahTab).isi(tab_rencana(meja, self._bagian, self._pane), self._bagian)
        keadaan = meja.line.keadaan
        self.status(kanan=f"draf · {meja.line.halangan} belum beres" if keadaan is Keadaan.DRAF else keadaan.kata)

    def bantuan_tempat(self) -> str:
        """Return the help of the open pane."""
        return PANE[self._bagian].BANTUAN

    # ---- what panes ask for

    @on(RangkumanPane.JumpRequested)
    async def _jump_requested(self, event: RangkumanPane.JumpRequested) -> None:
        await self._lompat(event.pointer)

    async def _lompat(self, pointer: str) -> None:
        if (section := section_of(pointer)) in URUTAN:
            await self._buka(section, pointer=pointer if pointer.count("/") > 1 else "")

    @on(DataDiriPane.ConfirmRequested)
    def _tanya_sesuai(self) -> None:
        pane = self.query_one(DataDiriPane)

        async def answered(button: str | None) -> None:
            if button == "ya":
                self._meja.edit(pane.dinyatakan())
                self._tampilkan()
                await self._buka("rapor_pendidikan")

        self.app.push_screen(tanya_sesuai(pane.ringkasan()), answered)

    @on(PengembanganKompetensiPane.AddRequested)
    async def action_tambah(self) -> None:
        """Choose an RHK from the list and add it."""
        if self._bagian in AWAL:
            return
        if self._bagian != "pengembangan_kompetensi":
            await self._buka("pengembangan_kompetensi")
        pane = self.query_one(PengembanganKompetensiPane)

        def answered(kompetensi: str | None) -> None:
            if kompetensi and (refusal := pane.tambahkan(pane.rhk_baru(kompetensi))):
                self.status(refusal, gaya="warning")

        # On a thin line what a choice asks for is left to the pane, which tells it when it is chosen.
        self.app.push_screen(ask_rhk(self._meja.view(), notes=not self.shell.hemat), answered)

    def action_hapus(self) -> None:
        """Take away the RHK under the cursor."""
        pane = self._pane.get(self._bagian)
        if isinstance(pane, PengembanganKompetensiPane):
            if pane.hapus():
                self.status("RHK dihapus; Ctrl+Z mengembalikannya")
            else:
                self.status("Taruh kursor pada RHK yang akan dihapus", gaya="warning")

    # ---- submitting

    @on(RangkumanPane.SubmitRequested)
    async def action_ajukan(self) -> None:
        """Seal the plan and put it into the outbox, after a confirmation; refused while something blocks."""
        if not await self._meja.save():
            return
        if halangan := self._meja.first_blocking:
            await self._lompat(halangan.pointer)
            self.status(f"Belum dapat diajukan: {halangan.pesan}", gaya="error")
        elif self._meja.submitted:
            self.status(self._meja.status_sentence())
            if self._meja.line.keadaan is Keadaan.ANTRE:
                self.shell.background.send(forced=True)
        else:
            self.app.push_screen(tanya_ajukan(self._meja.view()), self._submit_answered)

    async def _submit_answered(self, button: str | None) -> None:
        if button != "ya":
            return
        try:
            await self._meja.seal()
        except PmmError as error:
            await self._offer_emergency_copy(error.sentence)
            return
        self._sesuaikan()
        await self._buka("rangkuman", kursor="daftar")
        self.status(QUEUED)
        self.shell.background.send(forced=True)

    # ---- coming and going

    async def segarkan(self) -> None:
        """Read the outbox and the reference data again."""
        before = self._meja.line.keadaan
        self._meja.refresh(self.shell.in_force)
        self._sesuaikan()
        if self._meja.line.keadaan is not before:
            self.status(self._meja.status_sentence())

    @on(RangkumanPane.LeaveRequested)
    async def action_kembali(self) -> None:
        """Save and go back to the list."""
        if await self.save_all():
            self.shell.last_place.forget()
            self.app.pop_screen()

    async def action_kotak(self) -> None:
        """Save and open the outbox."""
        if await self.save_all():
            self.post_message(OutboxRequested())
