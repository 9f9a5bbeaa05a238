"""What all screens share: bars, keys, help, the notice on a terminal that is too small."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Any, ClassVar, cast

from rich.cells import cell_len
from textual import events
from textual.app import ComposeResult
from textual.screen import Screen
from textual.strip import Strip
from textual.worker import Worker

from pmm_tui.tui.keys import aksi_di, pengikat, tombol_aksi
from pmm_tui.tui.widgets.bars import BilahKepala, BilahStatus, BilahTombol
from pmm_tui.tui.widgets.canvas import Kanvas
from pmm_tui.tui.widgets.look import Potongan, bungkus, muat
from pmm_tui.tui.widgets.rows import NamaGaya

if TYPE_CHECKING:
    from pmm_tui.tui.app import PmmApp

LEBAR_MIN, TINGGI_MIN = 80, 24
_log = logging.getLogger("pmm_tui.tui")


class Kecil(Kanvas):
    """The notice that the terminal is too small; it covers everything."""

    def gambar(self, lebar: int, tinggi: int) -> list[Strip]:
        """Say it, in the middle."""
        lines = ["Jendela terlalu kecil.", f"Kini {lebar}x{tinggi}; perbesar sampai {LEBAR_MIN}x{TINGGI_MIN}.", "Isian tetap aman."]
        top = max((tinggi - len(lines)) // 2, 0)
        blank = [self.garis(lebar=lebar)] * tinggi
        blank[top : top + len(lines)] = [
            self.garis((" " * max((lebar - cell_len(line)) // 2, 0) + line, None), lebar=lebar) for line in lines
        ]
        return blank


class Layar(Screen[None]):
    """A screen with a title, a status line and a line of keys; a subclass gives the middle in `isi_layar`."""

    TEMPAT: ClassVar[str]
    TOMBOL: ClassVar[tuple[str, ...]]
    BANTUAN: ClassVar[str] = ""
    AUTO_FOCUS: ClassVar[str | None] = "Daftar, Lembar"

    def __init_subclass__(cls, **kwargs: Any) -> None:
        cls.BINDINGS = [*pengikat(cls.TEMPAT)]
        super().__init_subclass__(**kwargs)

    @property
    def pmm(self) -> PmmApp:
        """The app, by its own type."""
        return cast("PmmApp", self.app)

    def compose(self) -> ComposeResult:
        _log.info("%s opens", type(self).__name__)
        yield BilahKepala(id="kepala")
        yield from self.isi_layar()
        yield BilahStatus(id="status")
        yield BilahTombol(id="tombol")
        yield Kecil()

    def isi_layar(self) -> ComposeResult:
        """Yield the widgets between title and status line."""
        raise NotImplementedError

    def on_resize(self, event: events.Resize) -> None:
        self.set_class(event.size.width < LEBAR_MIN or event.size.height < TINGGI_MIN, "-kecil")

    async def on_mount(self) -> None:
        self.isi_tombol()

    def on_worker_state_changed(self, event: Worker.StateChanged) -> None:
        """Work of this screen that broke is a bug."""
        self.pmm.periksa_pekerja(event.worker)

    async def segarkan(self) -> None:
        """Read again what the store holds; called when a run of sending or fetching ended."""

    def rupa_baru(self) -> None:
        """The look or the width changed; a screen whose texts depend on it makes them anew."""

    # ---- bars

    def kepala(self, kiri: str, kanan: str = "") -> None:
        """Set the title line."""
        self.query_one(BilahKepala).isi(f"LATIHAN · {kiri}" if self.pmm.layanan.latihan else kiri, kanan)

    def status(self, kiri: str | None = None, kanan: str | None = None, gaya: NamaGaya = "") -> None:
        """Set the status line; None leaves a part as it is."""
        self.query_one(BilahStatus).isi(kiri, kanan, gaya)

    def isi_tombol(self, ids: tuple[str, ...] = ()) -> None:
        """Show the keys that matter here: of these actions, or of the screen's own."""
        labels = {a.id: a.label for a in aksi_di(self.TEMPAT)}
        pairs = tuple((tombol_aksi(id, self.pmm.peta)[0], labels[id]) for id in ids or self.TOMBOL)
        self.query_one(BilahTombol).isi(pairs)

    # ---- actions that every screen has

    def bantuan_tempat(self) -> str:
        """What the help says about the place where one is."""
        return self.BANTUAN

    def action_bantuan(self) -> None:
        """Open the help for this place."""
        from pmm_tui.tui.screens.help import BantuanScreen  # only when asked for

        self.app.push_screen(BantuanScreen(self.TEMPAT, self.bantuan_tempat()))

    async def action_kembali(self) -> None:
        """Go back to the screen before."""
        self.app.pop_screen()


class Rincian(Kanvas):
    """A few lines about the row under the cursor."""

    def __init__(self, tinggi: int, id: str | None = None) -> None:
        super().__init__(id=id)
        self._baris: tuple[Potongan, ...] = ()
        self._tinggi = tinggi

    def get_content_height(self, *_: Any) -> int:
        """A fixed number of lines, so that nothing jumps."""
        return self._tinggi

    def isi(self, *baris: tuple[str, NamaGaya]) -> None:
        """Show these lines, each with the name of a style; a text's own line breaks make none: they would push out the rest."""
        gaya = self.rupa.gaya
        self._baris = tuple((teks.replace("\n", " "), getattr(gaya, nama) if nama else None) for teks, nama in baris)
        self.perbarui()

    def gambar(self, lebar: int, tinggi: int) -> list[Strip]:
        """Paint them, wrapped; what does not fit any more is marked."""
        lines = [(line, gaya) for teks, gaya in self._baris for line in bungkus(teks, lebar - 2)]
        if len(lines) > tinggi:
            last, gaya = lines[tinggi - 1]
            lines[tinggi - 1] = (muat(last + " " * lebar, lebar - 2, self.rupa.tanda.elips), gaya)
        return [self.garis((" ", None), line, lebar=lebar) for line in lines[:tinggi]]
