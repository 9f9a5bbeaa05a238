"""A Rapor Pendidikan as the school downloads it (XLSX): which rows it has for us, and whose it is."""

from __future__ import annotations

import re
from pathlib import Path

import msgspec
from msgspec import Struct

from pmm_tui.errors import InputError
from pmm_tui.roster.headings import heading_key
from pmm_tui.roster.other_file import read_other
from pmm_tui.skp.katalog import Katalog
from pmm_tui.skp.model import Sekolah
from pmm_tui.skp.rapor_levels import item_of_row, items_of, level_of
from pmm_tui.text import clean, quoted, shorten

_WAY_ON = "unduh ulang Rapor Pendidikan sekolah ini (XLSX), lalu impor tanpa mengubahnya."
_NPSN_NAMED = re.compile(r"RAPOR[-_ ]PBD.*?-([0-9A-Z]\d{7})-DATA", re.IGNORECASE)
"""What the ministry's own file names have: `RAPOR-PBD-NAMA-NPSN-DATA-2025.xlsx`."""
_NPSN_TOLD = re.compile(r"NPSN\W{0,5}([0-9A-Z]\d{7})(?![0-9A-Za-z])", re.IGNORECASE)
_NAME_TOLD = re.compile(r"(?:nama )?(?:satuan pendidikan|sekolah)\s*:?\s*(.{4,120})", re.IGNORECASE)


class RaporRow(Struct, frozen=True):
    """A row that was taken: its number in Excel, the item (`komponen/ID` or `indikator/ID`), level (an id), score as written."""

    row: int
    item: str
    level: str
    score: str = ""


class RaporFile(Struct, frozen=True, kw_only=True):
    """What a file says: `npsn` and `school` where it names them, the rows, and sentences about rows that were not taken."""

    name: str
    sheet: str
    heading_row: int
    npsn: str = ""
    school: str = ""
    rows: tuple[RaporRow, ...] = ()
    notes: tuple[str, ...] = ()


class _Answer(Struct, frozen=True):
    sheet: str
    heading_row: int
    above: tuple[str, ...] = ()
    score_heading: str = ""
    rows: tuple[tuple[int, str, str, str, str], ...] = ()


def read_rapor_file(path: Path, katalog: Katalog) -> RaporFile:
    """Read a download within the limits of `read_roster`; raises InputError for a file that cannot be used."""
    name = shorten(clean(path.name), 80) or "Berkas"
    document = read_other("rapor_child", path, _WAY_ON)
    try:
        answer = msgspec.convert(document, _Answer)
    except msgspec.ValidationError:
        raise InputError(f"{name}: susunannya tidak dikenal; {_WAY_ON}") from None
    rows, notes = _rows(answer, katalog)
    if not rows:
        dimensions = " dan ".join((katalog.rapor.dimensi, *(s.rapor.dimensi for s in katalog.sasaran)))
        why = f" {notes[0]}" if notes else ""
        raise InputError(f"{name}: tidak ada baris {dimensions} yang dapat dipakai.{why} Isi dengan: pmm-tui rapor isi ID=CAPAIAN.")
    npsn = _npsn(path.name, answer, name)
    return RaporFile(
        name=name,
        sheet=answer.sheet,
        heading_row=answer.heading_row,
        npsn=npsn,
        school=_school(answer),
        rows=rows,
        notes=notes,
    )


def whose_fault(file: RaporFile, school: Sekolah) -> str:
    """Why a file is another school's, as a sentence; empty where it is ours, and where it does not say whose it is."""
    if file.npsn and school.npsn and file.npsn != school.npsn.upper():
        return f"{file.name}: milik sekolah NPSN {file.npsn}, bukan NPSN {school.npsn}; pilih unduhan sekolah ini."
    if file.npsn and school.npsn:
        return ""
    if file.school and school.nama and heading_key(file.school) != heading_key(school.nama):
        return f"{file.name}: milik {quoted(file.school)}, bukan {quoted(school.nama)}; pilih unduhan sekolah ini."
    return ""


def says_whose(file: RaporFile, school: Sekolah) -> bool:
    """Whether file and school name something by which it can be known to be ours."""
    return bool((file.npsn and school.npsn) or (file.school and school.nama))


def _npsn(file_name: str, answer: _Answer, shown: str) -> str:
    """The school's number by the file's name and by what stands above the headings; raises InputError where they differ."""
    above = " ".join(answer.above)
    told = {found.upper() for found in _NPSN_TOLD.findall(above)}
    named = {found.upper() for found in _NPSN_NAMED.findall(file_name)}
    if len(told | named) > 1:
        raise InputError(f"{shown}: menyebut lebih dari satu NPSN ({', '.join(sorted(told | named))}); {_WAY_ON}")
    return next(iter(told | named), "")


def _school(answer: _Answer) -> str:
    """The school's name above the headings, in the cell with its label or in the next one."""
    for at, text in enumerate(answer.above):
        key = heading_key(text)
        if key in ("namasekolah", "namasatuanpendidikan", "satuanpendidikan", "sekolah"):
            following = answer.above[at + 1 : at + 3]
            return next((one.strip(" :") for one in following if one.strip(" :")), "")
        if ":" in text and (found := _NAME_TOLD.fullmatch(text.strip())):
            return found[1].strip(" :")
    return ""


def _rows(answer: _Answer, katalog: Katalog) -> tuple[tuple[RaporRow, ...], tuple[str, ...]]:
    rows: dict[str, RaporRow] = {}
    twice: set[str] = set()
    notes = []
    labels = items_of(katalog)
    for number, code, label, word, score in answer.rows:
        item, doubt = item_of_row(code, label, katalog)
        if doubt:
            notes.append(f"Baris {number} dilewati: {doubt}; isi dengan tangan bila perlu.")
        if not item:
            continue
        level = level_of(word, katalog)
        shown = labels[item].label
        if level is None:
            notes.append(f"Baris {number} ({shown}) dilewati: capaian {quoted(word, 30)} tidak dikenal.")
        elif not level:
            notes += [f"{shown}: {word.strip().casefold()}."] if word.strip(" -") else []
        elif item in rows and rows[item].level != level:
            twice.add(item)
            notes.append(f"Baris {number} ({shown}) berlawanan dengan baris {rows[item].row}; keduanya dilewati.")
        else:
            rows.setdefault(item, RaporRow(number, item, level, _score(score)))
    return tuple(row for item, row in rows.items() if item not in twice), tuple(notes[:20])


def _score(text: str) -> str:
    """A score as it is shown: with a decimal comma; empty for what is none."""
    found = re.fullmatch(r"(\d{1,3})(?:[.,](\d{1,4}))?", text.strip())
    return f"{found[1]}{f',{found[2][:2]}' if found[2] else ''}" if found else ""
