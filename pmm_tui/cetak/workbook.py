"""Lists as a workbook: every cell a text, so that no number loses its digits and none can be a formula; ready to be printed."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO

from pmm_tui.cetak.document import Document, flat_rows

_LONGEST = 32_767  # characters that Excel takes in a cell
_WIDEST = 60


def workbook(documents: Sequence[Document]) -> bytes:
    """The first document as a sheet: title, headings that come again on every page, rows; A4 across, one page wide."""
    import xlsxwriter  # lazy: only when a workbook is asked for

    document = documents[0]
    heading, rows = flat_rows(document)
    made = BytesIO()
    book = xlsxwriter.Workbook(made, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    book.set_properties({"title": document.title, "author": ""})
    sheet = book.add_worksheet("Daftar")
    title, head, text = (book.add_format(style) for style in _FORMATS)
    sheet.write_string(0, 0, document.title, title)
    for column, label in enumerate(heading):
        sheet.write_string(2, column, label, head)
    for number, row in enumerate(rows, 3):
        for column, value in enumerate(row):
            sheet.write_string(number, column, value[:_LONGEST], text)
    for column, label in enumerate(heading):
        longest = max((len(row[column]) for row in rows), default=0)
        sheet.set_column(column, column, min(max(longest, len(label)) + 2, _WIDEST), text)
    last = max(len(heading) - 1, 0)
    sheet.set_paper(9)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(2)
    sheet.print_area(0, 0, 2 + len(rows), last)
    sheet.freeze_panes(3, 0)
    if rows:
        sheet.autofilter(2, 0, 2 + len(rows), last)
    sheet.set_footer("&R&8Hal. &P dari &N")
    book.close()
    return made.getvalue()


_FORMATS = (
    {"bold": True, "font_size": 12},
    {"bold": True, "num_format": "@", "bg_color": "#E8E8E8", "border": 1, "text_wrap": True, "valign": "top"},
    {"num_format": "@", "border": 1, "text_wrap": True, "valign": "top"},
)
