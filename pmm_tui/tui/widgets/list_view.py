"""A long list of one-line rows in a single widget: only what is visible is ever painted. Typing searches."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from textual import events
from textual.message import Message
from textual.strip import Strip

from pmm_tui.text import clean
from pmm_tui.tui.widgets.canvas import Kanvas
from pmm_tui.tui.widgets.line_edit import TOMBOL, Sunting
from pmm_tui.tui.widgets.line_text import Piece

GambarBaris = Callable[[int, int, bool], list[Piece]]
CARI_MAKS = 60
_JADI_MAKS = 256  # painted rows that are kept: more than any screen shows
_BERGERAK = ("home", "end", "left", "right")  # these move the list, or nothing: the query is always edited at its end


class Daftar(Kanvas, can_focus=True):
    """Rows under a cursor; `gambar_baris(index, lebar, here)` gives the pieces of one, `here` where the cursor is on it."""

    class Dipilih(Message):
        """Enter on a row, or a click on the row under the cursor."""

        def __init__(self, daftar: Daftar, index: int) -> None:
            super().__init__()
            self.daftar = daftar
            self.index = index

        @property
        def control(self) -> Daftar:
            """The list."""
            return self.daftar

    class Dicari(Message):
        """The search text changed."""

        def __init__(self, daftar: Daftar, cari: str) -> None:
            super().__init__()
            self.daftar = daftar
            self.cari = cari

    class Bergeser(Message):
        """The cursor went to another row."""

        def __init__(self, daftar: Daftar, index: int) -> None:
            super().__init__()
            self.daftar = daftar
            self.index = index

    def __init__(self, gambar_baris: GambarBaris, *, cari: bool = False, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self._gambar_baris = gambar_baris
        self._bisa_cari = cari
        self._sunting = Sunting()
        self._atas = 0
        self._kosong: Sequence[str] = ()
        self.jumlah = 0
        self.kursor = 0
        self._jadi: dict[tuple[int, int, bool], Strip] = {}

    @property
    def cari(self) -> str:
        """The search text."""
        return self._sunting.teks

    def isi(self, jumlah: int, kursor: int | None = None, kosong: Sequence[str] = ()) -> None:
        """Show `jumlah` rows with the cursor on `kursor` (default: where it is); `kosong` is said when there are none."""
        self.jumlah, self._kosong = jumlah, kosong
        self.kursor = min(max(self.kursor if kursor is None else kursor, 0), max(jumlah - 1, 0))
        self.perbarui()

    # ---- keys

    def on_key(self, event: events.Key) -> None:
        page = max(self.size.height - 1, 1)
        steps = {
            "down": 1, "tab": 1, "up": -1, "shift+tab": -1, "pagedown": page, "pageup": -page,
            "home": -self.jumlah, "end": self.jumlah, "ctrl+home": -self.jumlah, "ctrl+end": self.jumlah,
        }  # fmt: skip
        if event.key in steps:
            self._geser(steps[event.key])
        elif event.key == "enter":
            if self.jumlah:
                self.post_message(self.Dipilih(self, self.kursor))
        elif self._bisa_cari and event.key == "escape" and self._sunting.teks:
            self._tulis(Sunting())
        elif self._bisa_cari and event.key in TOMBOL and event.key not in _BERGERAK:
            self._tulis(TOMBOL[event.key](self._sunting))
        elif self._bisa_cari and event.character and event.is_printable:
            self._tulis(self._sunting.sisip(event.character, CARI_MAKS))
        else:
            return
        event.stop()
        event.prevent_default()

    def on_paste(self, event: events.Paste) -> None:
        if self._bisa_cari:
            event.stop()
            self._tulis(self._sunting.sisip(clean(event.text), CARI_MAKS))

    def _tulis(self, baru: Sunting) -> None:
        changed = baru.teks != self._sunting.teks
        self._sunting = baru
        if changed:
            self.kursor = self._atas = 0
            self.post_message(self.Dicari(self, baru.teks))

    def _geser(self, langkah: int) -> None:
        at = min(max(self.kursor + langkah, 0), max(self.jumlah - 1, 0))
        if at != self.kursor:
            self.kursor = at
            super().perbarui()  # the rows are as they were
            self.post_message(self.Bergeser(self, at))

    def on_click(self, event: events.Click) -> None:
        at = self._atas + event.y
        if at < self.jumlah:
            if at == self.kursor:
                self.post_message(self.Dipilih(self, at))
            else:
                self._geser(at - self.kursor)

    def on_mouse_scroll_down(self) -> None:
        self._geser(1)

    def on_mouse_scroll_up(self) -> None:
        self._geser(-1)

    # ---- painting

    def perbarui(self) -> None:
        """Paint again, from rows that may have changed."""
        self._jadi.clear()
        super().perbarui()

    def gambar(self, lebar: int, tinggi: int) -> list[Strip]:
        """Paint the visible rows."""
        if not self.jumlah:
            return [self.garis(("  " + teks, None), lebar=lebar) for teks in self._kosong]
        self._atas = min(max(self._atas, self.kursor - tinggi + 1), self.kursor, max(self.jumlah - tinggi, 0))
        last = min(self._atas + tinggi, self.jumlah)
        return [self._baris(at, lebar, at == self.kursor) for at in range(self._atas, last)]

    def _baris(self, at: int, lebar: int, here: bool) -> Strip:
        key = at, lebar, here
        if key not in self._jadi:
            if len(self._jadi) >= _JADI_MAKS:
                self._jadi.clear()
            self._jadi[key] = self.garis(*self._gambar_baris(at, lebar, here), lebar=lebar)
        return self._jadi[key]
