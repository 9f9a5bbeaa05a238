"""The child that reads a Rapor Pendidikan: the rows of dimension D with what stands above them, and nothing of the rest.

A file on its standard input, one JSON document on its standard output, as `pmm_tui.roster.child` has it.
"""

from __future__ import annotations

import re
from typing import Any

from pmm_tui.errors import InputError
from pmm_tui.roster.child import deliver
from pmm_tui.roster.headings import heading_key
from pmm_tui.roster.plain_rows import Rows, sheets_of
from pmm_tui.roster.sandbox import confine

_HEAD_ROWS = 60  # among which the headings stand
_ABOVE = 80  # texts above the headings that are handed on: whose rapor it is
_DIMENSION = re.compile(r"\s*[A-E]\s*\.\s*\d", re.IGNORECASE)
_NAMED = "laporanrapor"


def read(data: bytes) -> dict[str, Any]:
    """The sheet that holds the report, where its headings stand, and its rows as (row, No, Indikator, Capaian, Skor)."""
    best: dict[str, Any] | None = None
    seen = 0
    for name, rows in sheets_of(data):
        seen += 1
        found = _look(name, rows)
        if found and (best is None or _rank(found) > _rank(best)):
            best = found
    if best is None:
        where = "tidak ada lembar" if seen != 1 else "tidak ada baris"
        raise InputError(
            f"{where} dengan judul Indikator dan Capaian; pilih unduhan Rapor Pendidikan (RAPOR-PBD-...xlsx) dari sekolah ini."
        )
    return best


def _look(name: str, rows: Rows) -> dict[str, Any] | None:
    for at, row in enumerate(rows[:_HEAD_ROWS]):
        if places := _places(row):
            return {
                "sheet": name,
                "heading_row": at + 1,
                "above": [text for above in rows[:at] for text in above if text][:_ABOVE],
                "score_heading": _cell(row, places.get("score")),
                "rows": list(_of_dimensions(rows, at, places)),
            }
    return None


def _places(row: list[str]) -> dict[str, int] | None:
    """Which column is which; None where this is no row of headings."""
    found: dict[str, int] = {}
    for at, text in enumerate(row):
        key = heading_key(text)
        if key in ("no", "nomor", "kode", "kodeindikator"):
            found.setdefault("number", at)
        elif key in ("indikator", "namaindikator", "indikatorutama", "dimensiindikator"):
            found.setdefault("label", at)
        elif key.startswith(("capaian", "labelcapaian")):
            found.setdefault("level", at)
        elif key.startswith("perubahan"):
            found.setdefault("before", at)  # from here on the figures are of the year before
        elif key.startswith(("skor", "nilai")) and "before" not in found:
            found.setdefault("score", at)
    return found if "label" in found and "level" in found else None


def _of_dimensions(rows: Rows, head: int, places: dict[str, int]) -> Any:
    for at, row in enumerate(rows[head + 1 :], head + 2):
        number, label = _cell(row, places.get("number")), _cell(row, places["label"])
        if _DIMENSION.match(number) or _DIMENSION.match(label) or (not number and label):
            yield at, number, label, _cell(row, places["level"]), _cell(row, places.get("score"))


def _cell(row: list[str], at: int | None) -> str:
    return row[at] if at is not None and at < len(row) else ""


def _rank(found: dict[str, Any]) -> tuple[bool, int]:
    return _NAMED in heading_key(found["sheet"]), len(found["rows"])


def main() -> None:
    """Read standard input within the limits and write the document."""
    confine()
    deliver(read)


if __name__ == "__main__":
    main()
