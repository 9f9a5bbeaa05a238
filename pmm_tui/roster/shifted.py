"""Rows whose cells stand one column too far: a comma too many in a CSV, a cell that was put in."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from pmm_tui.roster import cell_values
from pmm_tui.roster.cell_values import Cell, DateCell
from pmm_tui.roster.headings import COLUMNS
from pmm_tui.roster.other_words import known_jenis_ptk, known_status
from pmm_tui.roster.written_dates import written_date
from pmm_tui.skp.katalog import Katalog
from pmm_tui.skp.nip import digits
from pmm_tui.text import shorten

_LENGTHS = {18: "nip", 16: "nuptk"}
_ALSO = {("jenis_ptk", "tugas_tambahan"), ("nip", "nuptk"), ("nuptk", "nip")}
"""What people write into the wrong one of two columns without the row being shifted."""
_NO_NAME = ("status_kepegawaian", "jenis_ptk", "tugas_tambahan")  # but people are called Iva or Pria
_DATE_DIGITS = 5
_HEAD = "kepala sekolah"  # both a kind of teacher and a duty


def moved(cells: Mapping[str, Cell], unread: Collection[str], katalog: Katalog) -> tuple[str, str]:
    """The field and the sentence by which a row is refused: a cell is what another column holds, and a second is so or unread."""
    wrong = _misplaced(cells, unread, katalog)
    alone = "nama" in wrong or any(other in ("jk", "tanggal_lahir") and other not in cells for other in wrong.values())
    if not wrong or (not alone and len({*wrong, *unread}) < 2):
        return "", ""
    field, other = next(iter(wrong.items()))
    told = shorten(cell_values.text(cells[field]), 30)
    means = f"adalah isi kolom {COLUMNS[other][0]}" if other else "bukan isi kolom ini"
    return field, f'"{told}" {means}; sel baris ini tampaknya bergeser, betulkan di berkas.'


def _misplaced(cells: Mapping[str, Cell], unread: Collection[str], katalog: Katalog) -> dict[str, str]:
    """The fields whose cells hold what only another field can hold, with that other."""
    found = {}
    for field, cell in cells.items():
        content = cell_values.said(cell)
        if not content or field.startswith("gelar"):
            continue
        if field == "golongan" and not cell_values.read_golongan(cell, katalog)[1]:
            continue  # `PPPK (X)` may be read as either
        kind = _kind(cell, content, katalog)
        if field == "nama" and not (kind in _NO_NAME or len(content) == 1):
            continue
        if not kind and field == "tugas_tambahan" and not any(map(str.isalpha, content)):
            found[field] = ""
        head = field == "tugas_tambahan" and content.casefold() == _HEAD and "jenis_ptk" not in unread
        if kind and kind != field and (field, kind) not in _ALSO and not head:
            found[field] = kind
    return found


def _kind(cell: Cell, content: str, katalog: Katalog) -> str:
    """The one field that a content belongs to, empty when that cannot be told."""
    number = digits(content)
    if number.isascii() and number.isdigit() and len(number) in _LENGTHS:
        return _LENGTHS[len(number)]
    if isinstance(cell, DateCell) or (sum(map(str.isdigit, content)) >= _DATE_DIGITS and written_date(content)):
        return "tanggal_lahir"
    if cell_values.sex(content)[0]:
        return "jk"
    if katalog.find_status(known_status(content, katalog)):
        return "status_kepegawaian"
    if known_jenis_ptk(content, katalog) in katalog.jenis_ptk.berhak:
        return "jenis_ptk"
    if len(content) > 1 and not cell_values.read_golongan(content, katalog)[1]:
        return "golongan"
    wanted = content.casefold()
    return "tugas_tambahan" if any(kind.label.casefold() == wanted for kind in katalog.tugas_tambahan) else ""
