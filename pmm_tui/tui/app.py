"""The app: look, keys, the first screen, sending behind the screens, a safe report of a bug."""

from __future__ import annotations

import sys
from contextlib import suppress
from typing import TYPE_CHECKING, ClassVar

import msgspec
from textual import events
from textual.app import App

from pmm_tui.errors import PmmError
from pmm_tui.quick_start import first_screen_stands
from pmm_tui.skp.model import Pegawai, RencanaKinerja, section_of
from pmm_tui.store import Store
from pmm_tui.tui.background import Latar
from pmm_tui.tui.key_queue import Giliran
from pmm_tui.tui.keys import AKSI, pengikat_aplikasi
from pmm_tui.tui.lean.display import LeanDisplay
from pmm_tui.tui.ports import Layanan, PetaTombol, Tampilan
from pmm_tui.tui.screens.roster import DaftarGuruScreen
from pmm_tui.tui.screens.screen import LEBAR_MIN, TINGGI_MIN, Layar
from pmm_tui.tui.shutdown import Penutup
from pmm_tui.tui.widgets.canvas import Kanvas
from pmm_tui.tui.widgets.look import pilih_rupa

if TYPE_CHECKING:
    from textual.driver import Driver


TEMPAT = "tempat"
"""The memo that says where the operator was."""


def _driver() -> type[Driver] | None:
    """Ours where there are POSIX terminals; Textual's own elsewhere."""
    if sys.platform == "win32":
        return None
    from pmm_tui.tui.posix_driver import TerminalDriver  # POSIX only

    return TerminalDriver


class PmmApp(Giliran, Penutup, LeanDisplay, App[str]):
    """Owns nothing of a plan; puts the parts together on the screen."""

    CSS_PATH: ClassVar = "css/pmm.tcss"
    ENABLE_COMMAND_PALETTE = False
    BINDINGS = [*pengikat_aplikasi()]
    TITLE = "pmm-tui"

    def __init__(self, layanan: Layanan, tampilan: Tampilan, peta: PetaTombol, *, atur: bool = False) -> None:
        super().__init__(driver_class=_driver(), ansi_color=True)
        self.animation_level = "none"
        self.layanan = layanan
        self.store: Store = layanan.store
        self.acuan = layanan.acuan()
        self.tampilan = tampilan
        self.lean = tampilan.selisih
        self._pilih_rupa(tampilan.hemat)
        self.peta = peta
        self._atur = atur
        self.latar = Latar(self)
        self.terakhir: int | None = None

    async def on_mount(self) -> None:
        self.set_keymap(dict(self.peta))
        self.dengar()
        await self.push_screen(DaftarGuruScreen())
        if self._atur:
            from pmm_tui.tui.screens.settings import PengaturanScreen  # only on the first run

            await self.push_screen(PengaturanScreen(pertama=True))
        else:
            await self._pulihkan_tempat()
        self.call_after_refresh(self._sesudah_siap)

    def _sesudah_siap(self) -> None:
        """What may wait until the first screen is there."""
        # The thread that writes to the terminal still has the screen, and a collection holds up every thread.
        self.set_timer(0.1, first_screen_stands)
        self.latar.jaga()
        if self.layanan.perlu_tarik():
            self.latar.tarik()
        elif self.layanan.server():
            self.latar.kirim(paksa=False)

    def boleh(self, event: events.Event) -> bool:
        """Keys act on nothing that cannot be seen: on a terminal that is too small only leaving works."""
        small = self.size.width < LEBAR_MIN or self.size.height < TINGGI_MIN
        return not small or getattr(event, "key", "") in self._tombol_keluar()

    def _tombol_keluar(self) -> set[str]:
        keluar = next(a for a in AKSI if a.id == "keluar")
        return {key.strip() for key in self.peta.get("keluar", keluar.tombol).split(",")}

    # ---- look

    def _pilih_rupa(self, hemat: bool) -> None:
        t = self.tampilan
        self.hemat = hemat
        self.rupa = pilih_rupa("hemat" if hemat else t.tema, t.ascii, t.warna)
        self.set_class(self.rupa.ascii, "-ascii")
        self.set_class(hemat, "-hemat")

    def action_hemat(self) -> None:
        """Switch the thrifty look on or off, until the program ends."""
        self._pilih_rupa(not self.hemat)
        for screen in self.screen_stack:
            if isinstance(screen, Layar) and screen.is_mounted:
                screen.rupa_baru()
            for kanvas in screen.query(Kanvas):
                kanvas.perbarui()

    def action_gambar_ulang(self) -> None:
        """Paint the whole screen again, whatever stands on the terminal."""
        self.forget_terminal()
        self.screen.refresh(repaint=True, layout=True)

    # ---- where the operator was

    def ingat_tempat(self, pegawai: int, bagian: str, kursor: str) -> None:
        """Remember teacher, pane and field for the next start."""
        place = {"pegawai": pegawai, "bagian": bagian, "kursor": kursor, "periode": self.acuan.periode}
        self._catat(msgspec.json.encode(place).decode())

    def lupakan_tempat(self) -> None:
        """The operator is back at the list."""
        self._catat("")

    def _catat(self, tempat: str) -> None:
        """Write without waiting: nobody's typing hangs on it, and closing the store finishes it."""
        with suppress(PmmError):
            self.store.database.submit(self.store.reference.set_memo, TEMPAT, tempat)

    async def _pulihkan_tempat(self) -> None:
        try:
            place = msgspec.json.decode(self.store.reference.memo(TEMPAT) or "null")
            pegawai = self.store.roster.get(int(place["pegawai"])) if place["periode"] == self.acuan.periode else None
        except (TypeError, ValueError, KeyError, msgspec.DecodeError):
            return
        if pegawai is not None:
            await self.buka_rencana(pegawai, bagian=str(place.get("bagian", "")), kursor=str(place.get("kursor", "")))

    async def buka_rencana(self, pegawai: Pegawai, *, bagian: str = "", kursor: str = "", pointer: str = "") -> None:
        """Open a teacher's plan, at a pane, a field, or a problem's pointer; one that is open already is closed first."""
        from pmm_tui.tui.panes.registry import URUTAN  # the wizard's modules come with the first plan
        from pmm_tui.tui.screens.rencana import RencanaScreen

        if isinstance(self.screen, RencanaScreen):
            await self.screen.simpan_semua()
            await self.pop_screen()
        if pointer:  # maybe a server's, which may say anything
            bagian = section_of(pointer)
            bagian, pointer = (bagian, pointer) if bagian in URUTAN else ("rangkuman", "")
        self.terakhir = pegawai.id
        await self.push_screen(RencanaScreen(pegawai, bagian if bagian in URUTAN else "", kursor, pointer))

    def buka_kotak(self) -> None:
        """Open the outbox."""
        from pmm_tui.tui.screens.outbox import KotakKirimScreen  # only when asked for

        self.push_screen(KotakKirimScreen())

    # ---- what the screens hear

    def umumkan(self, kalimat: str, beres: bool) -> None:
        """Say a sentence in the status line of every screen."""
        for screen in self.screen_stack:
            if isinstance(screen, Layar) and screen.is_mounted:
                screen.status(kalimat, gaya="" if beres else "awas")

    async def segarkan_semua(self) -> None:
        """Let every screen read again what the store holds."""
        for screen in self.screen_stack:
            if isinstance(screen, Layar) and screen.is_mounted:
                await screen.segarkan()

    async def ganti_periode(self, periode: str) -> None:
        """Work on another period."""
        self.layanan.ganti_periode(periode)
        self.acuan = self.layanan.acuan()
        await self.segarkan_semua()
        if self.layanan.perlu_tarik():
            self.latar.tarik()

    async def sesudah_impor(self, ditulis: int, ditolak: int) -> None:
        """Teachers were imported."""
        await self.segarkan_semua()
        tolak = f"; {ditolak} baris ditolak, lihat lagi dengan mengimpor berkas yang sama" if ditolak else ""
        self.umumkan(f"{ditulis} guru disimpan{tolak}", not ditolak)

    async def pengaturan_baru(self) -> None:
        """The settings were written: read again, and fetch."""
        self.acuan = self.layanan.acuan()
        await self.segarkan_semua()
        if self.layanan.server():
            self.latar.tarik()

    # ---- trouble and the end

    async def tanya_darurat(self, kalimat: str, pegawai: Pegawai, rencana: RencanaKinerja) -> None:
        """The database cannot take the plan: offer to write it to a file of its own."""
        from pmm_tui.tui.screens.dialog import Dialog  # only when asked for

        async def jawab(id: str | None) -> None:
            if id != "berkas":
                return
            try:
                path = self.layanan.simpan_darurat(pegawai, self.acuan.periode, rencana)
                self.umumkan(f"Rencana disimpan di {path}", True)
            except PmmError as error:
                self.umumkan(error.sentence, False)

        if not isinstance(self.screen, Dialog):
            buttons = [("berkas", "Simpan ke berkas"), ("lagi", "Nanti; tetap di layar")]
            await self.push_screen(Dialog("Rencana belum tersimpan", [(kalimat, "salah")], buttons), jawab)

    async def action_quit(self) -> None:
        """Textual's own Ctrl+Q, which comes before ours: save first."""
        await self.keluar()

    async def action_keluar(self) -> None:
        """Save everything and end."""
        await self.keluar()

    def action_help_quit(self) -> None:
        """Ctrl+C: say how one leaves."""
        self.umumkan("Ctrl+Q menutup program; semua isian disimpan.", True)

    async def keluar(self) -> None:
        """Save everything and end; stays open when a plan could not be saved."""
        for screen in self._rencana():
            if not await screen.simpan_semua():
                return
        self.latar.batalkan()
        self.exit("")
