"""The child process: a file on its standard input, one JSON document on its standard output.

The document is what `pungut` returns with `jenis`, or `{"galat": "…"}`, a sentence that starts after the file's name. The one
argument is the heading map as JSON. Private columns and the rest of the file end here.
"""

from __future__ import annotations

import json
import sys
from typing import Any

from pmm_tui.errors import InputError
from pmm_tui.roster.file_kind import MAKS_BERKAS, jenis
from pmm_tui.roster.headings import Peta
from pmm_tui.roster.sandbox import batasi

TERLALU_BERAT = (
    "rusak atau terlalu besar untuk dibaca dengan aman; buka di Excel atau LibreOffice, salin tabel guru ke berkas baru, "
    "simpan sebagai .xlsx, lalu impor lagi."
)


def baca(data: bytes, peta: Peta) -> dict[str, Any]:
    """Read the bytes of a roster file of any kind; raises InputError."""
    if len(data) > MAKS_BERKAS:
        raise InputError(f"lebih dari {MAKS_BERKAS // 1_000_000} MB; salin tabel guru saja ke berkas baru, lalu impor lagi.")
    macam = jenis(data)
    if macam == "csv":
        from pmm_tui.roster.csv_text import baca_csv

        return {"jenis": macam, **baca_csv(data, peta)}
    try:
        from pmm_tui.roster.sheets import baca_buku  # late: text needs no calamine, and it may be missing
    except ImportError:
        raise InputError("butuh pembaca Excel (python-calamine) yang belum terpasang; simpan berkas sebagai CSV UTF-8.") from None
    return {"jenis": macam, **baca_buku(data, macam, peta)}


def main() -> None:
    """Read standard input within the limits and write the document."""
    batasi()
    peta = json.loads(sys.argv[1])
    try:
        hasil = baca(sys.stdin.buffer.read(MAKS_BERKAS + 1), peta)
    except InputError as error:
        hasil = {"galat": error.sentence}
    except (MemoryError, RecursionError):
        hasil = {"galat": TERLALU_BERAT}
    sys.stdout.buffer.write(json.dumps(hasil, separators=(",", ":")).encode("ascii"))
    sys.stdout.buffer.flush()


if __name__ == "__main__":
    main()
