"""The rows that a sheet shows, as values."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

StyleName = Literal["", "dim", "strong", "good", "warning", "error", "accent"]


class Baris(Struct, frozen=True, kw_only=True):
    """One row of a sheet. A row with an `id` can take the cursor; `kanan` stands at the right end, `catatan` below.

    `label` stands left of a text, which is wrapped beside it. `tanda` is `radio`, `cek`, `isian`, `tombol` or empty for plain
    text. For an `isian`, `nilai` is the text, `lebar` its cells and `maks` its most characters; `angka` lets only digits in.
    """

    id: str = ""
    label: str = ""
    teks: str = ""
    tanda: Literal["", "radio", "cek", "isian", "tombol"] = ""
    dipilih: bool = False
    nilai: str = ""
    lebar: int = 0
    maks: int = 300
    angka: bool = False
    rahasia: bool = False
    kanan: str = ""
    catatan: str = ""
    gaya: StyleName = ""
    gaya_kanan: StyleName = ""
    gaya_catatan: StyleName = "dim"
    inden: int = 0


def judul(teks: str, kanan: str = "") -> Baris:
    """A heading."""
    return Baris(teks=teks, gaya="strong", kanan=kanan, gaya_kanan="dim")


def teks(isi: str, gaya: StyleName = "", inden: int = 0) -> Baris:
    """A paragraph, wrapped."""
    return Baris(teks=isi, gaya=gaya, inden=inden)


def jeda() -> Baris:
    """An empty line."""
    return Baris()


def pasangan(label: str, isi: str, catatan: str = "", gaya_catatan: StyleName = "dim") -> Baris:
    """A label and a text beside it that cannot be edited here."""
    return Baris(label=label, teks=isi, catatan=catatan, gaya_catatan=gaya_catatan)


def pilihan(
    id: str, label: str, dipilih: bool, *, cek: bool = False, kanan: str = "", gaya_kanan: StyleName = "", catatan: str = ""
) -> Baris:
    """A choice: one of several, or with `cek` one that can be ticked by itself."""
    return Baris(
        id=id, teks=label, tanda="cek" if cek else "radio", dipilih=dipilih, kanan=kanan, gaya_kanan=gaya_kanan, catatan=catatan
    )


def isian(
    id: str,
    label: str,
    nilai: str,
    *,
    lebar: int = 30,
    maks: int = 300,
    angka: bool = False,
    rahasia: bool = False,
    catatan: str = "",
    gaya_catatan: StyleName = "dim",
    inden: int = 0,
) -> Baris:
    """A field to type in."""
    return Baris(
        id=id,
        teks=label,
        tanda="isian",
        nilai=nilai,
        lebar=lebar,
        maks=maks,
        angka=angka,
        rahasia=rahasia,
        catatan=catatan,
        gaya_catatan=gaya_catatan,
        inden=inden,
    )


def tombol(id: str, label: str, *, catatan: str = "", kanan: str = "", gaya: StyleName = "accent") -> Baris:
    """Something to press."""
    return Baris(id=id, teks=label, tanda="tombol", catatan=catatan, kanan=kanan, gaya=gaya, gaya_kanan="dim")


def baris_masalah(id: str, pesan: str, halang: bool) -> Baris:
    """A problem that leads to its field; the sign tells one that stops from one that warns."""
    return Baris(id=id, teks=f"{'!' if halang else '-'} {pesan}", tanda="tombol", gaya="error" if halang else "warning")
