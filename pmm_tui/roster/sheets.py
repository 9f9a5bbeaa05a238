"""Reading XLSX and XLS with calamine. Imported by the child process alone: nothing else pays for calamine."""

from __future__ import annotations

from collections.abc import Iterable
from io import BytesIO
from typing import Any

from python_calamine import CalamineError, CalamineWorkbook, PasswordError, SheetTypeEnum, SheetVisibleEnum, load_workbook

from pmm_tui.errors import InputError
from pmm_tui.roster.file_kind import LOCKED, SAVE_AGAIN, FileKind
from pmm_tui.roster.headings import HeadingMap
from pmm_tui.roster.table import HEADING_ROWS, pick_rows
from pmm_tui.roster.xlsx_guard import guarded_xlsx
from pmm_tui.text import clean, shorten

_MAX_SHEETS = 10  # sheets in which the headings are looked for
_MAX_XLS_ROWS = 10_000


def read_workbook(data: bytes, kind: FileKind, headings: HeadingMap) -> dict[str, Any]:
    """Read the first visible sheet that has the headings; returns what `pick_rows` returns and `sheet`, its name.

    Raises InputError; its sentence starts after the file's name.
    """
    content = guarded_xlsx(data) if kind == "xlsx" else BytesIO(data)
    try:
        with load_workbook(content) as workbook:
            del content
            return _first_with_headings(workbook, headings)
    except PasswordError:
        raise InputError(LOCKED) from None
    except CalamineError:
        raise InputError(f"rusak atau bukan berkas Excel; unduh ulang dari Dapodik, atau {SAVE_AGAIN}") from None


def _first_with_headings(workbook: CalamineWorkbook, headings: HeadingMap) -> dict[str, Any]:
    names = _visible_sheets(workbook)
    for sheet in names:
        picked = pick_rows(_rows(workbook, sheet), headings)
        if picked is not None:
            return {**picked, "sheet": clean(sheet, limit=60)}
    searched = ", ".join(f'"{shorten(clean(sheet), 30)}"' for sheet in names[:3]) or "yang tampak"
    raise InputError(
        f"tidak punya baris judul dengan kolom Nama dan NIP atau NUPTK di {HEADING_ROWS} baris pertama lembar {searched}; "
        "pakai Daftar Guru unduhan Dapodik, atau tambahkan baris judul itu."
    )


def _visible_sheets(workbook: CalamineWorkbook) -> list[str]:
    return [
        sheet.name
        for sheet in workbook.sheets_metadata
        if sheet.typ == SheetTypeEnum.WorkSheet and sheet.visible == SheetVisibleEnum.Visible
    ][:_MAX_SHEETS]


def _rows(workbook: CalamineWorkbook, name: str) -> Iterable[list[Any]]:
    """The rows from the sheet's first, so that they count as Excel counts; columns may start later."""
    sheet = workbook.get_sheet_by_name(name)
    if sheet.end is not None and sheet.end[0] >= _MAX_XLS_ROWS:
        raise InputError(
            f"isinya sampai baris {sheet.end[0] + 1}; hapus baris yang tidak dipakai atau salin tabelnya saja ke berkas baru."
        )
    return sheet.iter_rows()
