"""Saving the draft behind the typing: at most half a second late, an older save never over a newer one."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

from pmm_tui.errors import PmmError
from pmm_tui.skp.model import RencanaKinerja

TUNDA = 0.4
"""Seconds of typing at risk; saved at once on a change of pane, on leaving, on SIGHUP and on SIGTERM."""

DRAF = "a draft could not be saved"
"""What the event loop's exception handler is told when a bug kept a draft from being saved behind the typing."""

Simpan = Callable[[RencanaKinerja, int], Awaitable[None]]


class Penyimpan:
    """Holds the newest plan until it is on the disk.

    `simpan(rencana, suntingan)` does the work; `gagal(kalimat)` is told when it could not. `suntingan` counts edits from the
    stored draft's on, so that the store can refuse an older one.
    """

    def __init__(self, suntingan: int, simpan: Simpan, gagal: Callable[[str], None]) -> None:
        self.suntingan = suntingan
        self._simpan, self._gagal = simpan, gagal
        self._tertunda: RencanaKinerja | None = None
        self._jam: asyncio.TimerHandle | None = None
        self._gilir = asyncio.Lock()
        self._tugas: set[asyncio.Task[bool]] = set()

    @property
    def tertunda(self) -> bool:
        """Whether something is not on the disk yet."""
        return self._tertunda is not None

    def terima(self, rencana: RencanaKinerja) -> None:
        """Take an edited plan; it is saved within `TUNDA` seconds of the first unsaved edit."""
        self.suntingan += 1
        self._tertunda = rencana
        if self._jam is None:
            self._jam = asyncio.get_running_loop().call_later(TUNDA, self.segera)

    def segera(self) -> None:
        """Save what is unsaved now, without waiting for it."""
        tugas = asyncio.get_running_loop().create_task(self.sekarang())
        self._tugas.add(tugas)
        tugas.add_done_callback(self._selesai)

    def _selesai(self, tugas: asyncio.Task[bool]) -> None:
        self._tugas.discard(tugas)
        if not tugas.cancelled() and (error := tugas.exception()):
            tugas.get_loop().call_exception_handler({"message": DRAF, "exception": error})

    async def sekarang(self) -> bool:
        """Save what is unsaved and wait for it; false when it could not be saved (it is kept, and tried again)."""
        if self._jam is not None:
            self._jam.cancel()
            self._jam = None
        async with self._gilir:
            while (rencana := self._tertunda) is not None:
                suntingan = self.suntingan
                try:
                    await self._simpan(rencana, suntingan)
                except PmmError as error:
                    self._gagal(error.sentence)
                    return False
                if self._tertunda is rencana:
                    self._tertunda = None
        return True
