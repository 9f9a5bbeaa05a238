"""Writing a list as a file: workbooks with what only workbooks have, text in all its forms, web pages, the answer of Dapodik."""

from __future__ import annotations

import csv
import io
import json
from datetime import date
from html import escape as html_escape
from typing import Any
from xml.sax.saxutils import escape

from tests.dapodik import write_parts
from tests.roster.biff import workbook as biff_workbook
from tests.roster.fuzz.oracle import SchoolList, Sheet, Special

TEXT_FORMS: dict[str, tuple[str, str, str]] = {
    "csv-comma": (",", "utf-8", "\r\n"),
    "csv-semicolon": (";", "utf-8-sig", "\r\n"),
    "csv-tab": ("\t", "utf-16", "\r\n"),
    "csv-cp1252": (";", "cp1252", "\r\n"),
    "csv-sep": (";", "utf-8", "\r\n"),
    "csv-cr": (";", "utf-8", "\r"),
}
FORMS = ("xlsx", "xls", *TEXT_FORMS, "html", "json")
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_HIDDEN = ' state="hidden"'
_PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"


def write(made: SchoolList) -> bytes:
    """The bytes of the file."""
    if made.form in TEXT_FORMS:
        return _text(made.sheets, made.form)
    if made.form == "xls":
        return biff_workbook([[_plain(cell) for cell in line.cells] for line in _only(made.sheets).lines])
    if made.form == "html":
        rows = "".join(f"<tr>{''.join(f'<td>{_html(cell)}</td>' for cell in line.cells)}</tr>" for line in _only(made.sheets).lines)
        return f"<h3>DATA PTK</h3><table border=1>{rows}</table>".encode()
    if made.form == "json":
        return _json(_only(made.sheets))
    return _xlsx(made.sheets)


def _only(sheets: list[Sheet]) -> Sheet:
    (sheet,) = (sheet for sheet in sheets if not sheet.aside and sheet.lines)
    return sheet


def _plain(cell: Any) -> Any:
    if isinstance(cell, Special):
        return cell.text if cell.kind == "error" else None
    return cell


def _written(cell: Any) -> str:
    cell = _plain(cell)
    if isinstance(cell, date):
        return f"{cell:%d/%m/%Y}"
    if isinstance(cell, float):
        return f"{cell:.5E}"
    return "" if cell is None else str(cell)


def _html(cell: Any) -> str:
    return html_escape(_written(cell)).replace("\n", "<br>")


def _text(sheets: list[Sheet], form: str) -> bytes:
    delimiter, encoding, end = TEXT_FORMS[form]
    out = io.StringIO()
    if form == "csv-sep":
        out.write(f"sep={delimiter}{end}")
    writer = csv.writer(out, delimiter=delimiter, lineterminator=end)
    for line in _only(sheets).lines:
        cells = [_written(cell).replace("\n", " " if end == "\r" else "\n") for cell in line.cells]
        writer.writerow(cells or [""])
    return out.getvalue().encode(encoding, "ignore")


def _json(sheet: Sheet) -> bytes:
    """As the web service of Dapodik answers; the headings are its keys."""
    heads = next(line for line in sheet.lines if "nama" in line.cells).cells
    rows = [dict(zip(heads, map(_json_value, line.cells), strict=False)) for line in sheet.lines if line.fate != "none"]
    return json.dumps({"results": len(rows), "id": "ptk_terdaftar_id", "start": 0, "limit": 20, "rows": rows}).encode()


def _json_value(cell: Any) -> Any:
    return cell.isoformat() if isinstance(cell, date) else _plain(cell)


def _column(at: int) -> str:
    name = ""
    at += 1
    while at:
        at, rest = divmod(at - 1, 26)
        name = chr(65 + rest) + name
    return name


def _cell(cell: Any, place: str) -> str:
    if cell is None or cell == "":
        return ""
    if isinstance(cell, Special):
        if cell.kind == "error":
            return f'<c r="{place}" t="e"><v>{escape(cell.text)}</v></c>'
        return f'<c r="{place}"><f>{escape(cell.text)}</f></c>'
    if isinstance(cell, date):
        return f'<c r="{place}" s="1"><v>{(cell - date(1899, 12, 30)).days}</v></c>'
    if isinstance(cell, int | float):
        return f'<c r="{place}"><v>{cell!r}</v></c>'
    return f'<c r="{place}" t="inlineStr"><is><t xml:space="preserve">{escape(cell)}</t></is></c>'


def _body(sheet: Sheet) -> str:
    rows = []
    for number, line in enumerate(sheet.lines, 1):
        cells = "".join(_cell(cell, f"{_column(at)}{number}") for at, cell in enumerate(line.cells))
        hidden = ' hidden="1"' if line.hidden else ""
        rows.append(f'<row r="{number}"{hidden}>{cells}</row>')
    return f'<worksheet xmlns="{_MAIN}"><sheetData>{"".join(rows)}</sheetData></worksheet>'


def _xlsx(sheets: list[Sheet]) -> bytes:
    listed = "".join(
        f'<sheet name="{sheet.name}" sheetId="{at}"{_HIDDEN if sheet.hidden else ""} r:id="rId{at}"/>'
        for at, sheet in enumerate(sheets, 1)
    )
    relations = (
        "".join(
            f'<Relationship Id="rId{at}" Type="{_REL}/worksheet" Target="worksheets/sheet{at}.xml"/>'
            for at in range(1, len(sheets) + 1)
        )
        + f'<Relationship Id="rIdS" Type="{_REL}/styles" Target="styles.xml"/>'
    )
    parts = {
        "xl/workbook.xml": f'<workbook xmlns="{_MAIN}" xmlns:r="{_REL}"><sheets>{listed}</sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{_PACKAGE}">{relations}</Relationships>',
        "xl/styles.xml": f'<styleSheet xmlns="{_MAIN}"><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/></cellXfs></styleSheet>',
        **{f"xl/worksheets/sheet{at}.xml": _body(sheet) for at, sheet in enumerate(sheets, 1)},
    }
    out = io.BytesIO()
    write_parts(out, parts)
    return out.getvalue()
