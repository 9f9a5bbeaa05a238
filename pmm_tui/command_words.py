"""Our commands as sentences name them: where a computer keeps several schools, they name the school that the sentence is about."""

from __future__ import annotations

import re

OF_A_SCHOOL = (
    "ajukan", "antrean", "atasan", "bawa", "beda", "belajar-id", "cadangan", "cetak", "daftar", "diagnosa", "guru", "impor",
    "katalog", "kirim", "konfirmasi", "layar", "lokasi", "periksa", "pulihkan", "putuskan", "rapor", "rencana", "salin", "tarik",
    "templat", "terima", "urungkan",
)  # fmt: skip
"""The commands that are of one school. `kirim --dari-berkas` is said to whoever goes to another computer: it stays as it is."""
_NAMED = re.compile(rf"(?<![\w/\\.-])pmm-tui (?=(?:{'|'.join(OF_A_SCHOOL)})(?![\w-]))(?!kirim --dari-berkas)")


def naming_school(sentence: str, npsn: str) -> str:
    """A sentence whose commands name the school `npsn`; as it is where that is empty."""
    return _NAMED.sub(f"pmm-tui --sekolah {npsn} ", sentence) if npsn and "pmm-tui " in sentence else sentence
