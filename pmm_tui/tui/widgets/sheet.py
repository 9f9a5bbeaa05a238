"""A sheet of rows under one cursor: headings, choices, fields and buttons in a single widget.

Enter, Tab and Down all mean "next"; Enter also chooses, Space toggles in place; typing goes into the field under the cursor.
"""

from __future__ import annotations

from textual import events
from textual.geometry import Size
from textual.strip import Strip

from pmm_tui.text import clean
from pmm_tui.tui.widgets.canvas import Kanvas
from pmm_tui.tui.widgets.line_edit import TOMBOL, Sunting
from pmm_tui.tui.widgets.row_painter import Pelukis, tinggi
from pmm_tui.tui.widgets.rows import Baris


class Lembar(Kanvas, can_focus=True):
    """The base of panes and dialogs; a subclass gives `susun_baris` and answers `tekan` and `ketik`."""

    def __init__(self, id: str | None = None) -> None:
        super().__init__(id=id)
        self.baris: tuple[Baris, ...] = ()
        self.kursor = ""
        self._sunting = Sunting()
        self._atas = 0
        self._tata: list[tuple[int, int]] = []
        self._tata_dari: tuple[tuple[Baris, ...], int] | None = None
        self._bebas = False

    # ---- what a subclass says

    def susun_baris(self) -> tuple[Baris, ...]:
        """Return the rows as they are now."""
        raise NotImplementedError

    def tekan(self, id: str, lanjut: bool) -> None:
        """Answer Enter (`lanjut`: choose and go on) or Space (toggle, stay) on a choice or a button."""

    def ketik(self, id: str, nilai: str) -> None:
        """Answer a change of a field's text."""

    def ujung(self, arah: int) -> None:
        """Answer a step beyond the last (1) or before the first (-1) row."""

    def pindah(self, dari: str, ke: str) -> None:
        """Answer a move of the cursor from one row to another."""

    # ---- rows and cursor

    def muat_ulang(self, kursor: str | None = None, *, segar: bool = False) -> None:
        """Build the rows anew; the cursor stays on its row if that still is there, or goes to `kursor`.

        A field that is being typed in keeps its text, so that typing never echoes, unless `segar` asks for the row's own.
        """
        order = [b.id for b in self.baris if b.id]
        at = order.index(self.kursor) if self.kursor in order else 0
        self.baris = self.susun_baris()
        ids = [b.id for b in self.baris if b.id]
        wanted = self.kursor if kursor is None else kursor
        if wanted not in ids:
            wanted = ids[min(at, len(ids) - 1)] if ids else ""
        self._taruh(wanted, segar)
        self.perbarui()

    def ke(self, id: str) -> bool:
        """Put the cursor on a row; false when there is no such row."""
        if not any(b.id == id for b in self.baris):
            return False
        dari = self.kursor
        self._taruh(id)
        if dari != id:
            self.pindah(dari, id)
        self.perbarui()
        return True

    def _taruh(self, id: str, segar: bool = False) -> None:
        row = self._baris_dari(id)
        if row is not None and row.tanda == "isian" and (segar or id != self.kursor):
            self._sunting = Sunting(row.nilai, len(row.nilai), row.angka and bool(row.nilai))
        self.kursor, self._bebas = id, False

    def _baris_dari(self, id: str) -> Baris | None:
        return next((b for b in self.baris if b.id == id), None) if id else None

    def geser(self, langkah: int, *, jauh: bool = True) -> None:
        """Move the cursor by rows; a step beyond an end calls `ujung`, unless `jauh` is false."""
        ids = [b.id for b in self.baris if b.id]
        if not ids:
            self.ujung(1 if langkah > 0 else -1)
            return
        at = (ids.index(self.kursor) if self.kursor in ids else 0) + langkah
        if not 0 <= at < len(ids) and jauh and abs(langkah) == 1:
            self.ujung(langkah)
            return
        self.ke(ids[min(max(at, 0), len(ids) - 1)])

    def gulung(self, baris: int) -> None:
        """Scroll by lines; the cursor stays on its row, also out of sight."""
        tinggi = self.size.height
        self._bebas = True
        self._atas = max(min(self._atas + baris, len(self._tata) - tinggi), 0)
        self.perbarui()

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """All lines, for a sheet that is as high as its rows."""
        self._hitung_tata(width)
        return len(self._tata)

    # ---- keys

    def on_key(self, event: events.Key) -> None:
        row = self._baris_dari(self.kursor)
        if self._tombol_gerak(event.key, row) or (row and row.tanda == "isian" and self._tombol_isian(event, row)):
            event.stop()
            event.prevent_default()

    def _tombol_gerak(self, key: str, row: Baris | None) -> bool:
        tinggi = max(self.size.height - 2, 1)
        steps = {"down": 1, "tab": 1, "up": -1, "shift+tab": -1, "pagedown": tinggi, "pageup": -tinggi}
        if key in steps:
            if key == "up" and row and row.id == next((b.id for b in self.baris if b.id), ""):
                self._atas = max(self._atas - 1, 0)
                self.perbarui()
            else:
                self.geser(steps[key], jauh=key != "down")  # the arrow never leaves the page; Enter and Tab do
        elif key in ("ctrl+home", "ctrl+end") or (key in ("home", "end") and not (row and row.tanda == "isian")):
            self.geser(-len(self.baris) - 1 if "home" in key else len(self.baris) + 1, jauh=False)
        elif key == "enter" and row and row.tanda == "isian":
            self.geser(1)
        elif key in ("enter", "space") and row and row.tanda in ("radio", "cek", "tombol"):
            self.tekan(row.id, key == "enter")
        elif key == "enter" and row is None:
            self.ujung(1)
        else:
            return False
        return True

    def _tombol_isian(self, event: events.Key, row: Baris) -> bool:
        if event.key in TOMBOL:
            self._tulis(TOMBOL[event.key](self._sunting), row)
        elif event.character and event.is_printable:
            self._sisip(event.character, row)
        else:
            return False
        return True

    def on_paste(self, event: events.Paste) -> None:
        row = self._baris_dari(self.kursor)
        if row and row.tanda == "isian":
            event.stop()
            self._sisip(clean(event.text), row)

    def _sisip(self, isi: str, row: Baris) -> None:
        if row.angka:
            isi = "".join(c for c in isi if c.isascii() and c.isdigit())
        self._tulis(self._sunting.sisip(isi, row.maks), row)

    def _tulis(self, baru: Sunting, row: Baris) -> None:
        changed = baru.teks != self._sunting.teks
        self._sunting = baru
        if changed:
            self.ketik(row.id, baru.teks)
            self.susun_ulang()
        self.perbarui()

    def susun_ulang(self) -> None:
        """Build the rows anew after a letter, but for the field that is typed in."""
        self.baris = self.susun_baris()

    # ---- mouse, for those who have one

    def on_click(self, event: events.Click) -> None:
        at = self._atas + event.y
        if 0 <= at < len(self._tata) and (row := self.baris[self._tata[at][0]]).id:
            self.ke(row.id)
            if row.tanda in ("radio", "cek", "tombol"):
                self.tekan(row.id, row.tanda != "cek")

    def on_mouse_scroll_down(self) -> None:
        self.geser(1, jauh=False)

    def on_mouse_scroll_up(self) -> None:
        self.geser(-1, jauh=False)

    # ---- painting

    def gambar(self, lebar: int, tinggi: int) -> list[Strip]:
        """Paint the visible part; a sign at the edge where more is above or below."""
        self._hitung_tata(lebar)
        self._gulung(tinggi)
        pelukis = Pelukis(self.rupa, lebar, self.kursor, self._sunting)
        shown = self._tata[self._atas : self._atas + tinggi]
        strips = [self.garis(*pelukis.garis(self.baris[number], line), lebar=lebar) for number, line in shown]
        tanda = self.rupa.tanda
        if strips and self._atas > 0:
            strips[0] = self._bertanda(strips[0], tanda.atas)
        if strips and self._atas + tinggi < len(self._tata):
            strips[-1] = self._bertanda(strips[-1], tanda.bawah)
        return strips

    def _bertanda(self, strip: Strip, tanda: str) -> Strip:
        return Strip([*strip.crop(0, strip.cell_length - 1), *self.garis((tanda, self.rupa.gaya.accent), lebar=1)])

    def _hitung_tata(self, lebar: int) -> None:
        if self._tata_dari != (self.baris, lebar):
            self._tata_dari = (self.baris, lebar)
            self._tata = [(number, line) for number, row in enumerate(self.baris) for line in range(tinggi(row, lebar))]

    def _gulung(self, tinggi: int) -> None:
        """Scroll so that the row under the cursor is in sight, and with the first and last of them what is before and behind."""
        if self.kursor and not self._bebas:
            ids = [self.baris[number].id for number, _ in self._tata]
            lines = [at for at, id in enumerate(ids) if id == self.kursor]
            if lines:
                first, last = lines[0], lines[-1]
                if not any(ids[:first]) and last < tinggi:
                    first = 0
                elif not any(ids[last + 1 :]) and len(ids) - first <= tinggi:
                    last = len(ids) - 1
                self._atas = min(max(self._atas, last - tinggi + 1), first)
        self._atas = max(min(self._atas, len(self._tata) - tinggi), 0)
