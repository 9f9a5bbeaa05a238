"""Writes what is known of lists in `docs/roster.md`, from the tables that the importer uses: `python -m tests.make_roster_doc`."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from pathlib import Path

from pmm_tui.roster import cell_values, heading_match, headings, nothing_words, other_words, row_kinds
from pmm_tui.roster.file_kind import MAX_FILE
from pmm_tui.roster.heading_rows import HEADING_ROWS
from pmm_tui.roster.table import MAX_CELL, MAX_COLUMNS, MAX_ROWS
from pmm_tui.roster.written_dates import written_date
from pmm_tui.skp.katalog_reader import bundled

PAGE = Path(__file__).parents[1] / "docs" / "roster.md"
BEGIN, END = "<!-- known: written by `python -m tests.make_roster_doc` -->", "<!-- end of known -->"

DATES = (
    "1979-08-12", "1979/08/12", "12/08/1979", "12-08-1979", "12.08.1979", "12 - 08 - 1979", "12/08/79",
    "12 Agustus 1979", "12  Agustus  1979", "12 Agt 1979", "12 Ags 1979", "12-Aug-1979", "12-Aug-79",
    "August 12, 1979", "5 Nop 1979", "17 Pebruari 1994", "17 Peb 1994", "12-VIII-1979", "12 Agustus '79",
    "Senin, 12 Agustus 1979", "Kupang, 12 Agustus 1979", "Kupang, 12-08-1979", "19790812", "12081979",
    "1979-08-12T00:00:00.000Z",
)  # fmt: skip
NUMBERS = (
    "197905122006042011", "19790512 200604 2 011", "19790512.200604.2.011", "19790512/200604/2/011", "NIP. 19790512 200604 2 011",
    "NIP: 197905122006042011", "No. NIP 197905122006042011", "'197905122006042011", '="197905122006042011"', '"197905122006042011"',
    "197905122006042011 (PNS)", "1,97905E+17",
)  # fmt: skip
RANKS = (
    "III/c", "III C", "IIIc", "3c", "III-c", "III.c", "Gol. IV-a", "Golongan III/c", "Gol/Ruang III/c",
    "Penata, III/c", "Penata (III/c)", "III/c - Penata", "Pembina Tk. I / IV.b", "Penata", "IX", "9", "Gol. IX",
    "IX/a", "PPPK (IX)", "Ahli Pertama / IX",
)  # fmt: skip
SEXES = ("L", "p", "Laki-laki", "PEREMPUAN", "Pria", "Wanita", "Lk.", "Pr.", "Laki2", "L (Laki-laki)", "Male", "Female")
TODAY = date(2026, 7, 1)


def known() -> str:
    """The part of the page that follows from the code."""
    katalog = bundled()
    lines = ["### Headings", "", "Case, blanks, dots and signs make no difference.", "", "| kept | headings |", "|---|---|"]
    lines += [f"| {names[0]} | {_row(names)} |" for names in headings.COLUMNS.values()]
    lines += ["", "Looked at for one thing only (whether somebody has left or is no teacher, or what a shared cell holds):", ""]
    lines += [_row(name for names in headings.ASIDE.values() for name in names), ""]
    lines += [
        "Written out before a heading is compared:",
        "",
        _row(f"{a} = {b}" for a, b in sorted(heading_match._SYNONYMS.items())),
        "",
    ]
    lines += ["Never read:", "", _row(headings.PRIVATE), ""]
    lines += ["Known, and not needed:", "", _row(headings.KNOWN_UNUSED), ""]
    lines += [
        "### Words",
        "",
        "For nothing, in any column but the name's (so do dashes and dots):",
        "",
        _row(nothing_words.NOTHING_WORDS),
        "",
    ]
    lines += ["Besides, where there is no number:", "", _row(nothing_words.NO_NUMBER_WORDS), ""]
    statuses = (status.label for status in katalog.status_kepegawaian)
    lines += ["| employment status | letters and digits of other words for it |", "|---|---|"]
    lines += [f"| {label} | {_row(other_words._STATUS.get(label, ()))} |" for label in statuses]
    lines += ["", "| kind of teacher | letters and digits of other words for it |", "|---|---|"]
    lines += [f"| {label} | {_row(other_words._JENIS_PTK.get(label, ()))} |" for label in katalog.jenis_ptk.berhak]
    lines += [
        "",
        "Another word is kept as it is, with a warning.",
        "",
        "### Spellings",
        "",
        "| birth date | read as |",
        "|---|---|",
    ]
    lines += [f"| `{text}` | {day.isoformat() if (day := written_date(text)) else 'not read, said'} |" for text in DATES]
    lines += ["", "| NIP | read as |", "|---|---|"]
    lines += [f"| `{text}` | {cell_values.read_nip(text, TODAY)[0] or 'not read, said'} |" for text in NUMBERS]
    lines += ["", "| golongan | read as |", "|---|---|"]
    lines += [f"| `{text}` | {cell_values.read_golongan(text, katalog)[0]} |" for text in RANKS]
    lines += ["", "| sex | read as |", "|---|---|", *(f"| `{text}` | {cell_values.sex(text)[0]} |" for text in SEXES)]
    lines += ["", "### Rows that are no teachers", ""]
    lines += [
        _row((row_kinds.TOTAL, row_kinds.GROUP, row_kinds.BELOW, "judul kolom berulang", "judul tabel berikutnya", "nomor kolom")),
        "",
    ]
    lines += ["They are told in `dilewati` with their numbers; so is a second line of the same teacher that says nothing else.", ""]
    lines += [
        "### Limits",
        "",
        "| | |",
        "|---|---|",
        f"| size of a file | {MAX_FILE // 1_000_000} MB |",
        f"| teachers | {MAX_ROWS} |",
    ]
    lines += [f"| columns | {MAX_COLUMNS} |", f"| characters of a cell | {MAX_CELL} |"]
    lines += [f"| rows above the headings (blank ones aside) | {HEADING_ROWS} |", ""]
    return "\n".join(lines)


def _row(words: Iterable[str]) -> str:
    return ", ".join(word.replace("|", "\\|") for word in words) or "–"


def page() -> str:
    """The page with what is known as the code is now."""
    head, rest = PAGE.read_text("utf-8").split(BEGIN)
    return f"{head}{BEGIN}\n\n{known()}\n{END}{rest.split(END)[1]}"


if __name__ == "__main__":
    PAGE.write_text(page(), "utf-8", newline="\n")
