"""The stage: the real app at 80x24 over a fake outside."""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import AsyncIterator, Callable, Iterable
from contextlib import asynccontextmanager
from typing import Any

from textual.events import Paste
from textual.pilot import Pilot

from pmm_tui.skp.model import Pegawai, RencanaKinerja
from pmm_tui.store import Store
from pmm_tui.tui.app import PmmApp
from pmm_tui.tui.last_place import LAST_PLACE
from pmm_tui.tui.ports import Tampilan
from tests.tui.fake_services import SAAT, LayananUji
from tests.tui.keyboard import BATAS, baris_kursor, layar, tekan, tenang

UKURAN = (80, 24)


class Jam:
    """The clock of an event loop, with seconds added to it."""

    def __init__(self, loop: asyncio.AbstractEventLoop) -> None:
        self.lebih = 0.0
        self.beku: float | None = None
        self._asli = loop.time
        loop.time = self.kini  # type: ignore[method-assign]

    def kini(self) -> float:
        """The loop's time; stopped at `beku` when that is set."""
        return self._asli() + self.lebih if self.beku is None else self.beku


class Panggung:
    """A running app with what stands around it."""

    def __init__(self, app: PmmApp, pilot: Pilot[str], layanan: LayananUji, jam: Jam) -> None:
        self.app, self.pilot, self.layanan, self.jam = app, pilot, layanan, jam
        self.store = layanan.store

    async def tekan(self, naskah: str, *, beruntun: bool = False) -> None:
        """Press keys; see `tekan`."""
        await tekan(self.pilot, naskah, beruntun=beruntun)

    async def ke(self, isi: str) -> None:
        """Go to the row that has `isi` in it, from the top down."""
        await self.tekan("ctrl+home")
        for _ in range(100):
            if isi in self.kursor:
                return
            await self.tekan("down")
        raise AssertionError(f"tidak ada baris {isi!r}; layar:\n{self.teks}")

    async def tempel(self, teks: str) -> None:
        """Paste."""
        self.app.post_message(Paste(teks))
        await tenang(self.app)

    async def ukuran(self, lebar: int, tinggi: int) -> None:
        """Give the terminal another size."""
        await self.pilot.resize_terminal(lebar, tinggi)
        await tenang(self.app)

    def layar(self) -> list[str]:
        """The lines of the screen."""
        return layar(self.app)

    @property
    def teks(self) -> str:
        """The screen as one text."""
        return "\n".join(self.layar())

    @property
    def kepala(self) -> str:
        """The title line."""
        return self.layar()[0]

    @property
    def status(self) -> str:
        """The status line, one blank before it, as one line however many it takes."""
        screen = next(s for s in reversed(self.app.screen_stack) if s.query("#status"))
        region = screen.query_one("#status").region
        lines = self.layar()[region.y : region.bottom]
        return " " + " ".join(line.strip() for line in lines)

    @property
    def kaki(self) -> str:
        """The line of keys."""
        return self.layar()[-1]

    def baris(self, isi: str) -> str:
        """The first line that has `isi` in it."""
        found = [line for line in self.layar() if isi in line]
        assert found, f"tidak ada baris dengan {isi!r} di:\n{self.teks}"
        return found[0]

    @property
    def dialog(self) -> str:
        """The text inside the frame of the dialog that is open, as one line; empty without one."""
        return " ".join(" ".join("│".join(line.split("│")[1:-1]) for line in self.layar() if line.count("│") > 1).split())

    @property
    def kursor(self) -> str:
        """The line under the cursor, without its sign; that of the dialog where one is open."""
        return baris_kursor(self.app)

    async def sampai(self, syarat: Callable[[], Any]) -> None:
        """Wait until something is true; fails after `BATAS` seconds."""
        until = time.monotonic() + BATAS
        while not syarat():
            assert time.monotonic() < until, f"tidak pernah terjadi; layar:\n{self.teks}"
            await asyncio.sleep(0.01)
        await tenang(self.app)

    async def sampai_teks(self, isi: str) -> None:
        """Wait until `isi` stands on the screen."""
        await self.sampai(lambda: isi in self.teks)

    def pegawai(self, nama: str) -> Pegawai:
        """The teacher whose name begins so."""
        return next(p for p in self.store.roster.all() if p.nama.startswith(nama))

    def draf(self, nama: str) -> RencanaKinerja | None:
        """The stored draft of a teacher."""
        draf = self.store.drafts.get(self.pegawai(nama).id, self.layanan.periode_kini)
        return draf.rencana if draf else None

    def tutup_gerbang(self) -> None:
        """Let sending and fetching wait for `buka_gerbang`."""
        self.layanan.gerbang = asyncio.Event()

    def buka_gerbang(self) -> None:
        """Let them go on."""
        assert self.layanan.gerbang is not None
        self.layanan.gerbang.set()

    def maju(self, detik: float) -> None:
        """Put the clock of the event loop forward: what was to happen within `detik` seconds is due now."""
        self.jam.lebih += detik

    async def tersimpan(self, nama: str, syarat: Callable[[RencanaKinerja], Any] = lambda r: True) -> RencanaKinerja:
        """Let the half second of the autosave pass, wait until the stored draft of a teacher is so, and return it."""
        self.maju(0.5)
        await self.sampai(lambda: (r := self.draf(nama)) is not None and syarat(r))
        found = self.draf(nama)
        assert found is not None
        return found


@asynccontextmanager
async def app_uji(
    store: Store,
    *,
    guru: Iterable[Pegawai] = (),
    draf: dict[str, RencanaKinerja] | None = None,
    ukuran: tuple[int, int] = UKURAN,
    tampilan: Tampilan | None = None,
    peta: dict[str, str] | None = None,
    atur: bool = False,
    tempat: tuple[str, str, str] | None = None,
    layanan: LayananUji | None = None,
    **lain: Any,
) -> AsyncIterator[Panggung]:
    """Run the app over `store`, with these teachers and drafts (by name) put into it before.

    `tempat` is where it was left last time: a teacher's name, pane and row.
    """
    layanan = layanan or LayananUji(store, **lain)
    layanan.alamat = "" if atur else layanan.alamat
    store.roster.write(guru)
    ada = {p.nama: p for p in store.roster.all()}
    for nama, rencana in (draf or {}).items():
        store.drafts.save(ada[nama].id, layanan.periode_kini, rencana, 1, SAAT)
    if tempat:
        nama, bagian, kursor = tempat
        place = {"pegawai": ada[nama].id, "bagian": bagian, "kursor": kursor, "periode": layanan.periode_kini}
        store.reference.set_memo(LAST_PLACE, json.dumps(place))
    app = PmmApp(layanan, tampilan or Tampilan(), peta or {}, first_run=atur)
    jam = Jam(asyncio.get_running_loop())
    async with app.run_test(size=ukuran) as pilot:
        await tenang(app)
        yield Panggung(app, pilot, layanan, jam)
        if app.return_code is None:
            await app.action_quit()  # what is unsaved must not come after the store was closed
            store.reference.set_memo(LAST_PLACE, "")
