"""The stage: the real app at 80x24 over a fake outside, keys in, lines of text out."""

from __future__ import annotations

import asyncio
import re
import time
from collections.abc import AsyncIterator, Callable, Iterable
from contextlib import asynccontextmanager
from typing import Any

from textual._context import visible_screen_stack
from textual.app import App
from textual.events import Key, Paste
from textual.keys import _character_to_key  # what the terminal driver itself uses
from textual.pilot import Pilot
from textual.strip import Strip

from pmm_tui.skp.model import Pegawai, RencanaKinerja
from pmm_tui.store import Store
from pmm_tui.tui.app import PmmApp
from pmm_tui.tui.bekal import Tampilan
from tests.tui.layanan_uji import SAAT, LayananUji

UKURAN = (80, 24)
BATAS = 10.0
"""Seconds until a wait counts as failed."""
_KUNCI = re.compile(r"'((?:[^']|'')*)'|(\S+)")


def strip_layar(app: App[Any]) -> list[Strip]:
    """The painted lines, as the app itself has them painted; the only place that looks into Textual's compositor."""
    visible_screen_stack.set(app._background_screens)  # what lies under a dialog
    return app.screen._compositor.render_strips()


def layar(app: App[Any]) -> list[str]:
    """The screen as lines of text, their right ends stripped."""
    return ["".join(segment.text for segment in strip).rstrip() for strip in strip_layar(app)]


def baris_kursor(app: App[Any]) -> str:
    """The line under the cursor, without its sign; that of the dialog where one is open, empty where there is none."""
    tanda = app.rupa.tanda.kursor  # type: ignore[attr-defined]
    lines = layar(app)
    for line in lines:
        if f"│ {tanda} " in line:
            return line.split(f"│ {tanda} ")[1].split("│")[0].strip()
    return next((line.partition(tanda)[2].strip() for line in lines if tanda in line), "")


def tombol_dari(naskah: str) -> list[Key]:
    """Read a script of keys: `enter`, `down*3`, `'typed text'` (a quote in it is written twice)."""
    keys: list[Key] = []
    for teks, kunci in _KUNCI.findall(naskah):
        if not kunci:
            keys += [Key(_character_to_key(c), c) for c in teks.replace("''", "'")]
            continue
        nama, _, kali = kunci.partition("*")
        keys += [Key(nama, " " if nama == "space" else None)] * int(kali or 1)
    return keys


async def tenang(app: App[Any]) -> None:
    """Wait until no part of the app has anything left to do, or it has ended; work in threads is not waited for."""
    until = time.monotonic() + BATAS
    diam = 0
    while diam < 3 and _hidup(app):
        pumps = [app, *app.screen_stack, *(w for s in app.screen_stack for w in s.walk_children())]
        diam = diam + 1 if not any(p.message_queue_size for p in pumps) else 0
        done = [(pump, event) for pump in pumps if pump.call_later((event := asyncio.Event()).set)]
        done += [(app.screen, event)] if app.screen.call_after_refresh((event := asyncio.Event()).set) else []
        while _hidup(app) and any(pump.is_running and not event.is_set() for pump, event in done):
            assert time.monotonic() < until, "layar tidak pernah tenang"
            await asyncio.sleep(0)


def _hidup(app: App[Any]) -> bool:
    return app.is_running and app.return_code is None


async def tekan(pilot: Pilot[Any], naskah: str, *, beruntun: bool = False) -> None:
    """Press the keys of a script; `beruntun`: all at once, the app not given time between them."""
    for key in tombol_dari(naskah):
        pilot.app.post_message(Key(key.key, key.character))
        if not beruntun:
            await tenang(pilot.app)
    await tenang(pilot.app)


class Panggung:
    """A running app with what stands around it."""

    def __init__(self, app: PmmApp, pilot: Pilot[str], layanan: LayananUji) -> None:
        self.app, self.pilot, self.layanan = app, pilot, layanan
        self.store = layanan.store

    async def tekan(self, naskah: str, *, beruntun: bool = False) -> None:
        """Press keys; see `tekan`."""
        await tekan(self.pilot, naskah, beruntun=beruntun)

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
        """The status line."""
        return self.layar()[-2]

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
    def kursor(self) -> str:
        """The line under the cursor, without its sign; that of the dialog where one is open."""
        return baris_kursor(self.app)

    async def sampai(self, syarat: Callable[[], Any]) -> None:
        """Wait until something is true; fails after `BATAS` seconds."""
        until = time.monotonic() + BATAS
        while not syarat():
            assert time.monotonic() < until, f"tidak pernah terjadi; layar:\n{self.teks}"
            await asyncio.sleep(0.005)
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

    async def tersimpan(self, nama: str, syarat: Callable[[RencanaKinerja], Any] = lambda r: True) -> RencanaKinerja:
        """Wait until the stored draft of a teacher is so, and return it."""
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
    layanan: LayananUji | None = None,
    **lain: Any,
) -> AsyncIterator[Panggung]:
    """Run the app over `store`, with these teachers and drafts (by name) put into it before."""
    layanan = layanan or LayananUji(store, **lain)
    store.roster.write(guru)
    ada = {p.nama: p for p in store.roster.all()}
    for nama, rencana in (draf or {}).items():
        store.drafts.save(ada[nama].id, layanan.periode_kini, rencana, 1, SAAT)
    app = PmmApp(layanan, tampilan or Tampilan(), peta or {}, atur=atur)
    async with app.run_test(size=ukuran) as pilot:
        await tenang(app)
        yield Panggung(app, pilot, layanan)
