"""The settings in words: the groups of the look with their values, and the fields of server and school."""

from __future__ import annotations

from msgspec import Struct

JENJANG = ("TK", "SD", "SMP", "SMA", "SMK", "SLB")


class Group(Struct, frozen=True):
    """One of several values: `name` is the field of `LookChoice`, `words` are searched too."""

    name: str
    label: str
    values: tuple[tuple[str | bool, str], ...]
    words: str = ""
    note: str = ""


_SWITCH = ((False, "tidak"), (True, "ya"))
LOOK_GROUPS = (
    Group("tingkat", "Tingkat", (("otomatis", "otomatis"), ("penuh", "penuh"), ("hemat", "hemat")), "tampilan"),
    Group(
        "tema",
        "Tema warna",
        (("gelap", "gelap"), ("terang", "terang"), ("ansi", "16 warna"), ("otomatis", "otomatis")),
        "tampilan warna",
    ),
    Group("ascii", "Huruf ASCII saja", _SWITCH, "tampilan tanda"),
    Group("mouse", "Tetikus (mouse)", _SWITCH, "tampilan"),
    Group("pratinjau", "Pratinjau di samping", _SWITCH[::-1], "tampilan preview"),
)
FIELDS = (
    ("url", "Alamat server", "url https sambungan"),
    ("token", "Token", "sandi sambungan"),
    ("npsn", "NPSN", "sekolah"),
    ("school_name", "Nama sekolah", ""),
    ("jenjang", "Jenjang", "sekolah sd smp sma smk slb tk"),
    ("kepala", "Kepala sekolah", "nama"),
    ("kepala_nip", "NIP kepala sekolah", ""),
    ("plt", "Kepala sekolah berstatus Plt.", "pelaksana tugas"),
)
"""The fields of server and school: id, label, and words that find them."""
