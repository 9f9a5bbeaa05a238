"""The one-line bars of a screen: title, tabs, status, keys."""

from __future__ import annotations

from typing import Any, Literal

from msgspec import Struct
from rich.cells import cell_len
from textual import events
from textual.geometry import Size
from textual.message import Message
from textual.strip import Strip

from pmm_tui.tui.widgets.canvas import Kanvas
from pmm_tui.tui.widgets.line_text import Piece, fit, wrap
from pmm_tui.tui.widgets.look import StyleName


class BilahKepala(Kanvas):
    """The title at the left, something short at the right."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self._kiri, self._kanan = "", ""

    def isi(self, kiri: str, kanan: str = "") -> None:
        """Show these texts."""
        self._kiri, self._kanan = kiri, kanan
        self.perbarui()

    def gambar(self, lebar: int, tinggi: int) -> list[Strip]:
        """One line."""
        gaya, tanda = self.rupa.gaya, self.rupa.tanda
        kanan = fit(self._kanan, lebar * 2 // 3, tanda.elips)
        kiri = fit(self._kiri, lebar - cell_len(kanan) - 3, tanda.elips)
        gap = lebar - cell_len(kiri) - cell_len(kanan) - 2
        return [self.garis((" " + kiri + " " * max(gap, 1) + kanan + " ", gaya.title), lebar=lebar, latar=gaya.title)]


TabMark = Literal["", "ok", "problem"]


class Tab(Struct, frozen=True):
    """A tab: id, long label, short label, and its mark."""

    id: str
    label: str
    pendek: str
    tanda: TabMark = ""


class BilahTab(Kanvas):
    """The tabs of the form; the active one is in brackets as well as coloured."""

    class Dipilih(Message):
        """A tab was clicked."""

        def __init__(self, tab_id: str) -> None:
            super().__init__()
            self.tab_id = tab_id

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self._tab: tuple[Tab, ...] = ()
        self._aktif = ""
        self._letak: list[tuple[int, int, str]] = []

    def isi(self, tab: tuple[Tab, ...], aktif: str) -> None:
        """Show these tabs."""
        self._tab, self._aktif = tab, aktif
        self.perbarui()

    def gambar(self, lebar: int, tinggi: int) -> list[Strip]:
        """One line; short labels when the long ones do not fit."""
        gaya, tanda = self.rupa.gaya, self.rupa.tanda
        signs = {"ok": tanda.beres, "problem": tanda.masalah, "": " "}
        panjang = sum(cell_len(t.label) + 5 for t in self._tab) <= lebar
        potongan: list[Piece] = []
        self._letak, at = [], 0
        for tab in self._tab:
            label = tab.label if panjang else tab.pendek
            here = tab.id == self._aktif
            teks = f"[{label}]" if here else f" {label} "
            mark = gaya.good if tab.tanda == "ok" else gaya.warning
            potongan += [(teks, gaya.cursor if here else None), (signs[tab.tanda] + " ", mark)]
            self._letak.append((at, at + cell_len(teks), tab.id))
            at += cell_len(teks) + 2
        return [self.garis(*potongan, lebar=lebar)]

    def on_click(self, event: events.Click) -> None:
        for start, end, tab_id in self._letak:
            if start <= event.x < end:
                self.post_message(self.Dipilih(tab_id))


class BilahStatus(Kanvas):
    """The status line: when the plan was saved, what waits, whether the server was reached. A long sentence takes more lines."""

    PALING_TINGGI = 3

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self._kiri, self._kanan = "", ""
        self._gaya: StyleName = ""

    def isi(self, kiri: str | None = None, kanan: str | None = None, gaya: StyleName = "") -> None:
        """Show these texts; None leaves one as it is."""
        before = len(self._baris(self.size.width))
        if kiri is not None:
            self._kiri, self._gaya = kiri, gaya
        if kanan is not None:
            self._kanan = kanan
        if self.size.width and len(self._baris(self.size.width)) != before:
            self.refresh(layout=True)
        self.perbarui()

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """As many lines as the sentence takes."""
        return len(self._baris(width))

    def _baris(self, lebar: int) -> tuple[str, ...]:
        return wrap(self._kiri, max(lebar - 2, 1))[: self.PALING_TINGGI]

    def gambar(self, lebar: int, tinggi: int) -> list[Strip]:
        """The sentence, and the other text at the end of its last line where there is room."""
        gaya, tanda = self.rupa.gaya, self.rupa.tanda
        style = gaya.named(self._gaya)
        *above, last = self._baris(lebar)
        kanan = fit(self._kanan, max(lebar - cell_len(last) - 4, 0), tanda.elips)
        gap = lebar - cell_len(last) - cell_len(kanan) - 2
        lines = [self.garis((" " + line, style), lebar=lebar) for line in above]
        return [*lines, self.garis((" " + last, style), (" " * max(gap, 1), None), (kanan, gaya.dim), lebar=lebar)]


class BilahTombol(Kanvas):
    """At most six keys and what they do."""

    PALING_BANYAK = 6

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self._tombol: tuple[tuple[str, str], ...] = ()

    def isi(self, tombol: tuple[tuple[str, str], ...]) -> None:
        """Show pairs of key and label, the first six of them."""
        self._tombol = tombol[: self.PALING_BANYAK]
        self.perbarui()

    def gambar(self, lebar: int, tinggi: int) -> list[Strip]:
        """One line; pairs that do not fit are left out from the end."""
        gaya = self.rupa.gaya
        potongan: list[Piece] = []
        used = 0
        for key, label in self._tombol:
            size = cell_len(key) + cell_len(label) + 4
            if used + size > lebar:
                break
            potongan += [(f" {key} ", gaya.title), (f" {label} ", None)]
            used += size
        return [self.garis(*potongan, lebar=lebar)]
