"""Reading XLSX and XLS with calamine. Imported by the child process alone: nothing else pays for calamine."""

from __future__ import annotations

from collections.abc import Iterable
from io import BytesIO
from typing import Any

from python_calamine import CalamineError, CalamineWorkbook, PasswordError, SheetTypeEnum, SheetVisibleEnum, load_workbook

from pmm_tui.errors import InputError
from pmm_tui.roster.file_kind import SIMPAN_ULANG, TERKUNCI, Jenis
from pmm_tui.roster.headings import Peta
from pmm_tui.roster.table import BARIS_JUDUL, pungut
from pmm_tui.roster.xlsx_guard import saring_xlsx
from pmm_tui.text import clean, shorten

_MAKS_LEMBAR = 10  # sheets in which the headings are looked for
_MAKS_BARIS_XLS = 10_000


def baca_buku(data: bytes, jenis: Jenis, peta: Peta) -> dict[str, Any]:
    """Read the first visible sheet that has the headings; returns what `pungut` returns and `lembar`, its name.

    Raises InputError; its sentence starts after the file's name.
    """
    isi = saring_xlsx(data) if jenis == "xlsx" else BytesIO(data)
    try:
        with load_workbook(isi) as buku:
            del isi
            return _cari(buku, peta)
    except PasswordError:
        raise InputError(TERKUNCI) from None
    except CalamineError:
        raise InputError(f"rusak atau bukan berkas Excel; unduh ulang dari Dapodik, atau {SIMPAN_ULANG}") from None


def _cari(buku: CalamineWorkbook, peta: Peta) -> dict[str, Any]:
    nama = _lembar_tampak(buku)
    for lembar in nama:
        hasil = pungut(_baris(buku, lembar), peta)
        if hasil is not None:
            return {**hasil, "lembar": clean(lembar, limit=60)}
    dicari = ", ".join(f'"{shorten(clean(lembar), 30)}"' for lembar in nama[:3]) or "yang tampak"
    raise InputError(
        f"tidak punya baris judul dengan kolom Nama dan NIP atau NUPTK di {BARIS_JUDUL} baris pertama lembar {dicari}; "
        "pakai Daftar Guru unduhan Dapodik, atau tambahkan baris judul itu."
    )


def _lembar_tampak(buku: CalamineWorkbook) -> list[str]:
    return [
        lembar.name
        for lembar in buku.sheets_metadata
        if lembar.typ == SheetTypeEnum.WorkSheet and lembar.visible == SheetVisibleEnum.Visible
    ][:_MAKS_LEMBAR]


def _baris(buku: CalamineWorkbook, nama: str) -> Iterable[list[Any]]:
    """The rows from the sheet's first, so that they count as Excel counts; columns may start later."""
    lembar = buku.get_sheet_by_name(nama)
    if lembar.end is not None and lembar.end[0] >= _MAKS_BARIS_XLS:
        raise InputError(
            f"isinya sampai baris {lembar.end[0] + 1}; hapus baris yang tidak dipakai atau salin tabelnya saja ke berkas baru."
        )
    return lembar.iter_rows()
