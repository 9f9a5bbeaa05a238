"""How a row of a sheet becomes lines: pure, from the row, the width, the look and the edit under the cursor."""

from __future__ import annotations

from msgspec import Struct
from rich.cells import cell_len
from rich.style import Style

from pmm_tui.tui.widgets.line_edit import Sunting
from pmm_tui.tui.widgets.line_text import Piece, cursor_part, fit, wrap
from pmm_tui.tui.widgets.look import Rupa, StyleName
from pmm_tui.tui.widgets.rows import Baris

LABEL = 22
"""Cells of a field's label."""


def tinggi(row: Baris, lebar: int) -> int:
    """How many lines a row takes at a width of `lebar` cells."""
    return len(_teks(row, lebar)) + len(_catatan(row, lebar))


def _kiri(row: Baris, catatan: bool = False) -> int:
    """Cells left of a row's text: gutter, indent, sign; of its `catatan`: under the field, or a little further in."""
    if row.label or (catatan and row.tanda == "isian"):
        return 2 + LABEL
    return 2 + row.inden + (4 if row.tanda in ("radio", "cek") else 2 if catatan else 0)


def _teks(row: Baris, lebar: int) -> tuple[str, ...]:
    if row.tanda == "isian":
        return ("",)
    kanan = cell_len(row.kanan) + 2 if row.kanan else 1
    return wrap(row.teks, lebar - _kiri(row) - kanan)


def _catatan(row: Baris, lebar: int) -> tuple[str, ...]:
    return wrap(row.catatan, lebar - _kiri(row, True) - 1) if row.catatan else ()


class Pelukis(Struct, frozen=True):
    """Paints rows `lebar` cells wide; the row with the id `kursor` is under the cursor, and `sunting` is its edit."""

    rupa: Rupa
    lebar: int
    kursor: str
    sunting: Sunting

    def garis(self, row: Baris, line: int) -> list[Piece]:
        """Return the pieces of one line of a row, `line` from 0."""
        isi = _teks(row, self.lebar)
        if line >= len(isi):
            catatan = _catatan(row, self.lebar)[line - len(isi)]
            return [(" " * _kiri(row, True), None), (catatan, self._gaya(row.gaya_catatan))]
        if row.tanda == "isian":
            return self._isian(row)
        if not row.id:
            head = f"  {row.label}" if row.label and not line else ""
            potongan: list[Piece] = [(f"{head:<{_kiri(row)}}{isi[line]}", self._gaya(row.gaya))]
        else:
            potongan = self._pilihan(row, isi[line], line)
        if row.kanan and line == 0:
            used = sum(cell_len(teks) for teks, _ in potongan)
            gap = self.lebar - used - cell_len(row.kanan) - 1
            potongan += [(" " * max(gap, 1), None), (row.kanan, self._gaya(row.gaya_kanan))]
        return potongan

    def _gaya(self, nama: StyleName) -> Style | None:
        return self.rupa.gaya.named(nama)

    def _pilihan(self, row: Baris, isi: str, line: int) -> list[Piece]:
        tanda, gaya = self.rupa.tanda, self.rupa.gaya
        here = row.id == self.kursor
        own = self._gaya(row.gaya)
        if line:
            return [(" " * _kiri(row), None), (isi, own)]
        sign = ""
        if row.tanda in ("radio", "cek"):
            sign = (tanda.radio if row.tanda == "radio" else tanda.cek)[row.dipilih] + " "
        head = f"{tanda.kursor if here else ' '} {' ' * row.inden}{sign}"
        if not here:
            return [(head, None), (isi, own or (gaya.strong if row.dipilih else None))]
        bar = cursor_part(isi)
        return [(head + bar, gaya.cursor or own), (isi[len(bar) :], own)]

    def _isian(self, row: Baris) -> list[Piece]:
        tanda, gaya = self.rupa.tanda, self.rupa.gaya
        here = row.id == self.kursor
        label = fit(row.teks, LABEL - row.inden - 1, tanda.elips)
        head = f"{tanda.kursor if here else ' '} {' ' * row.inden}{label}"
        head += " " * (2 + LABEL - cell_len(head))
        room = min(row.lebar or self.lebar, self.lebar - 2 - LABEL - 1)
        if here:
            return [(head, gaya.cursor), *self._sunting(row, room)]
        shown = fit(_tertutup(row, row.nilai), room, tanda.elips)
        return [(head, None), (shown + " " * (room - cell_len(shown)), gaya.field)]

    def _sunting(self, row: Baris, room: int) -> list[Piece]:
        gaya, kursor = self.rupa.gaya, self.sunting.kursor
        teks = _tertutup(row, self.sunting.teks)
        if self.sunting.semua:
            shown = fit(teks, room - 1, "")
            return [(shown, gaya.edit), (" " * (room - cell_len(shown)), gaya.field)]
        start, left = kursor, room - 1
        while start and (left := left - cell_len(teks[start - 1])) >= 0:
            start -= 1
        before, at = teks[start:kursor], teks[kursor : kursor + 1] or " "
        after = fit(teks[kursor + 1 :], max(room - cell_len(before) - cell_len(at), 0), "")
        rest = room - cell_len(before) - cell_len(at) - cell_len(after)
        return [(before, gaya.field), (at, gaya.edit), (after + " " * max(rest, 0), gaya.field)]


def _tertutup(row: Baris, teks: str) -> str:
    """A secret is shown as dots."""
    return "•" * len(teks) if row.rahasia else teks
