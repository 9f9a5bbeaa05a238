"""The look: styles and signs. The terminal keeps its own background, so that plain text costs no colour codes."""

from __future__ import annotations

from msgspec import Struct
from msgspec.structs import replace
from rich.style import Style


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
# `hemat` marks the row under the cursor by its sign alone.
_TEMA["hemat"] = replace(_TEMA["ansi"], kursor=Style(), redup=Style())


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
