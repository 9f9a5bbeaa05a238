"""What people write where they have nothing to write."""

from __future__ import annotations

NOTHING_WORDS = (
    "tidak ada", "tdk ada", "tidak punya", "tidak memiliki", "belum", "belum ada", "belum punya", "belum memiliki", "belum terbit",
    "belum keluar", "blm", "blm ada", "tanpa nomor", "n/a", "na", "n.a", "nihil", "kosong", "none", "null", "nan", "proses",
    "dalam proses", "masih proses", "sedang proses", "belum diketahui",
)  # fmt: skip
"""What people write where they have nothing, in any column but that of the name; so do dashes, dots and question marks."""
NO_NUMBER_WORDS = (
    "honor", "honorer", "non asn", "non pns", "non nip", "nonasn", "nonpns", "bukan asn", "bukan pns", "gtt", "ptt", "tanpa nip",
    "tanpa nuptk", "x",
)  # fmt: skip
"""What they write besides where they have no number."""
