"""What runs behind the screens: sending, fetching, and looking after the records. One run of each at a time."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from pmm_tui.errors import PmmError
from pmm_tui.store.outbox_entry import OPEN_STATES
from pmm_tui.tui.messages import SendProgressed

if TYPE_CHECKING:
    from textual.worker import Worker

    from pmm_tui.tui.app import PmmApp


class Latar:
    """Starts workers of the app, and tells the screens in a sentence how they ended."""

    def __init__(self, app: PmmApp) -> None:
        self._app = app
        self._pekerja: Worker[None] | None = None
        self._berhenti = False
        self._gagal = False

    @property
    def _sedang(self) -> bool:
        return self._pekerja is not None and not self._pekerja.is_finished

    # ---- sending

    def kalimat_kotak(self) -> str:
        """What the status line says about the outbox."""
        outbox = self._app.store.outbox
        counts = outbox.counts()
        wait = sum(counts.get(k, 0) for k in OPEN_STATES)
        need = outbox.needing()
        parts = [f"{wait} antre" if wait else "", f"{need} perlu perbaikan" if need else ""]
        return " · ".join(p for p in parts if p) or ("" if self._app.layanan.server() else "server belum diatur")

    def kirim(self, *, paksa: bool) -> None:
        """Send what waits; `paksa`: the operator asked."""
        if self._sedang:
            return
        self._berhenti = False
        if paksa and self._app.layanan.server():
            self._app.umumkan("Mengirim …", True)
        self._pekerja = self._app.run_worker(self._kirim(paksa), group="kirim", exit_on_error=False)

    def batalkan(self) -> bool:
        """Stop the run; what was on its way stays unknown and is sent again. False when none runs."""
        self._berhenti = True
        if not self._sedang:
            return False
        assert self._pekerja is not None  # _sedang says so
        self._pekerja.cancel()
        return True

    async def _kirim(self, paksa: bool) -> None:
        def maju(selesai: int, dari: int) -> None:
            self._app.screen.post_message(SendProgressed(selesai, dari))

        tunggu: float | None = None
        try:
            hasil = await self._app.layanan.kirim(lambda: self._berhenti, maju, paksa)
            tunggu = hasil.tunggu
            if paksa or not hasil.beres or self._gagal:
                self._app.umumkan(hasil.kalimat, hasil.beres)
            self._gagal = not hasil.beres
        except PmmError as error:
            self._gagal = True
            self._app.umumkan(error.sentence, False)
        except asyncio.CancelledError:
            self._app.umumkan("Pengiriman dihentikan; yang belum pasti sampai dikirim lagi nanti.", True)
            self._app.call_later(self._app.segarkan_semua)
            raise
        await self._app.segarkan_semua()
        if tunggu is not None:
            self._app.set_timer(max(tunggu, 1.0), lambda: self.kirim(paksa=False))

    # ---- fetching

    def tarik(self) -> None:
        """Fetch reference data."""
        self._app.run_worker(self._tarik(), group="tarik", exclusive=True, exit_on_error=False)

    async def _tarik(self) -> None:
        app = self._app
        app.umumkan("Mengambil data dari server …", True)
        try:
            hasil = await app.layanan.tarik()
            app.acuan = app.layanan.acuan()
            await app.segarkan_semua()
            app.umumkan(hasil.kalimat, hasil.beres)
            beres = hasil.beres
        except PmmError as error:
            app.umumkan(error.sentence, False)
            beres = False
        if beres:
            self.kirim(paksa=False)

    # ---- the records

    def jaga(self) -> None:
        """Check the records and make today's copy."""
        self._app.run_worker(self._jaga(), group="jaga", exit_on_error=False)

    async def _jaga(self) -> None:
        try:
            kalimat = await self._app.layanan.jaga()
        except PmmError as error:
            kalimat = error.sentence
        if kalimat:
            self._app.umumkan(kalimat, False)
