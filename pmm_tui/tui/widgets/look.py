"""The look: styles and signs. The terminal keeps its own background, so that plain text costs no colour codes."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from msgspec import Struct
from msgspec.structs import replace
from rich.cells import cell_len, set_cell_size
from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

from pmm_tui.text import clean, without_accents
from pmm_tui.tui.lean.cells import narrow

SOROT = 22
"""Most cells of the cursor's bar: long texts are not painted over, so that a move stays cheap on a thin line."""
Potongan = tuple[str, Style | None]
"""A piece of a line and its style; None is plain text."""


class Gaya(Struct, frozen=True):
    """The styles of a theme."""

    redup: Style
    kuat: Style
    kepala: Style
    kursor: Style
    isian: Style
    sunting: Style
    baik: Style
    awas: Style
    salah: Style
    aksen: Style


class Tanda(Struct, frozen=True):
    """The signs. All are in WGL4, which the fonts of Windows consoles have, and one cell wide in every terminal."""

    kursor: str
    radio: tuple[str, str]
    cek: tuple[str, str]
    atas: str
    bawah: str
    beres: str
    masalah: str
    usul: str
    elips: str


_TANDA = Tanda("►", ("( )", "(•)"), ("[ ]", "[x]"), "▲", "▼", "√", "!", "*", "…")
_ASCII = Tanda(">", ("( )", "(*)"), ("[ ]", "[x]"), "^", "v", "v", "!", "*", "~")


def _warna(kepala: int, kursor: int, isian: int, baik: int, awas: int, salah: int, aksen: int, teks: str) -> Gaya:
    """A theme of the 256 colours that terminals share: naming one takes half the bytes of a colour of one's own."""

    def nomor(warna: int) -> str:
        return f"color({warna})"

    return Gaya(
        redup=Style(dim=True),
        kuat=Style(bold=True),
        kepala=Style(color=teks, bgcolor=nomor(kepala)),
        kursor=Style(color=teks, bgcolor=nomor(kursor)),
        isian=Style(bgcolor=nomor(isian)),
        sunting=Style(reverse=True),
        baik=Style(color=nomor(baik)),
        awas=Style(color=nomor(awas)),
        salah=Style(color=nomor(salah), bold=True),
        aksen=Style(color=nomor(aksen)),
    )


_TEMA = {
    "gelap": _warna(kepala=24, kursor=25, isian=237, baik=78, awas=221, salah=210, aksen=117, teks="bright_white"),
    "terang": _warna(kepala=195, kursor=153, isian=255, baik=22, awas=94, salah=124, aksen=24, teks="black"),
    "ansi": Gaya(
        redup=Style(dim=True),
        kuat=Style(bold=True),
        kepala=Style(reverse=True),
        kursor=Style(reverse=True),
        isian=Style(underline=True),
        sunting=Style(reverse=True),
        baik=Style(color="green"),
        awas=Style(color="yellow"),
        salah=Style(color="red", bold=True),
        aksen=Style(color="cyan"),
    ),
}
_TEMA["hemat"] = replace(_TEMA["ansi"], kursor=Style(), redup=Style())
TEMA = tuple(_TEMA)
"""The names of the themes, the default one first; `hemat` marks the cursor's row by its sign alone."""


class Rupa(Struct, frozen=True):
    """Styles and signs together; `hemat`: also lists show only what tells their rows apart."""

    gaya: Gaya
    tanda: Tanda
    ascii: bool
    hemat: bool


def pilih_rupa(tema: str, ascii: bool, warna: bool) -> Rupa:
    """Choose a look; without `warna` (NO_COLOR) only attributes tell things apart."""
    hemat = tema == "hemat"
    ascii = ascii or hemat
    gaya = _TEMA.get(tema, _TEMA["gelap"]) if warna or hemat else _TEMA["ansi"]
    return Rupa(gaya, _ASCII if ascii else _TANDA, ascii, hemat)


def ke_ascii(teks: str) -> str:
    """Spell out what a plain font cannot show: accents and typographic signs."""
    if teks.isascii():
        return teks
    teks = teks.translate({0x2013: "-", 0x2014: "-", 0x2018: "'", 0x2019: "'", 0x201C: '"', 0x201D: '"', 0x2026: "~", 0xB7: "-"})
    if teks.isascii():
        return teks
    return without_accents(teks).encode("ascii", "replace").decode()


@lru_cache(4096)
def muat(teks: str, lebar: int, elips: str = "…") -> str:
    """Cut `teks` to `lebar` cells, the cut marked; never longer, maybe shorter."""
    if cell_len(teks) <= lebar:
        return teks
    return set_cell_size(teks, max(lebar - cell_len(elips), 0)).rstrip() + elips if lebar > 0 else ""


def sorot(teks: str) -> str:
    """The beginning of a text that the cursor's bar covers: whole words, unless the first of them is too long for that."""
    if cell_len(teks) <= SOROT:
        return teks
    head = muat(teks, SOROT, "")
    words = head if teks[len(head)] == " " else head.rpartition(" ")[0]
    return words if cell_len(words) > SOROT // 3 else head


@lru_cache(4096)
def bungkus(teks: str, lebar: int) -> tuple[str, ...]:
    """Wrap `teks` at spaces into lines of at most `lebar` cells; a longer word is cut. At least one line."""
    lebar = max(lebar, 1)
    if cell_len(teks) <= lebar and "\n" not in teks:
        return (teks,)
    lines: list[str] = []
    for paragraph in teks.split("\n"):
        line = ""
        for word in paragraph.split():
            while cell_len(word) > lebar:
                room = lebar - cell_len(line) - bool(line)
                if room < 8:
                    lines.append(line)
                    line, room = "", lebar
                head = _awal(word, room)
                lines.append(f"{line} {head}".strip())
                line, word = "", word[len(head) :]
            if line and cell_len(line) + 1 + cell_len(word) > lebar:
                lines.append(line)
                line = word
            else:
                line = f"{line} {word}" if line else word
        lines.append(line)
    return tuple(lines)


def _awal(word: str, cells: int) -> str:
    """The longest beginning of `word` within `cells`, at least one character."""
    length = max(cells, 1)
    while length > 1 and cell_len(word[:length]) > cells:
        length -= 1
    return word[:length]


@lru_cache(4096)
def _bersih(teks: str) -> str:
    """As `clean`, but the blanks at both ends stay: they are columns."""
    inti = teks.strip(" ")
    kiri = len(teks) - len(teks.lstrip(" "))
    return " " * kiri + clean(inti) + " " * (len(teks) - kiri - len(inti))


def susun(lebar: int, potongan: Iterable[Potongan], rupa: Rupa, latar: Style | None = None) -> Strip:
    """Make a line of exactly `lebar` cells. `latar` lies under pieces without a style and fills the rest.

    This is the last door of text to the screen: what `text.clean` would take out never passes, and nothing is read as markup.
    """
    segments: list[Segment] = []
    left = lebar
    for teks, gaya in potongan:
        if not (teks.isprintable() and narrow(teks)):
            teks = _bersih(teks)
        if rupa.ascii:
            teks = ke_ascii(teks)
        size = cell_len(teks)
        if size > left:
            teks, size = set_cell_size(teks, left), left
        if teks:
            segments.append(Segment(teks, gaya or latar))
        left -= size
        if left <= 0:
            break
    if left > 0:
        segments.append(Segment(" " * left, latar))
    return Strip(segments, lebar)
