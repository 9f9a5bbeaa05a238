"""From the cells of a row to a teacher, with what must be refused and what the operator should look at."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from pmm_tui.roster import cell_values
from pmm_tui.roster.aside_words import left, left_by
from pmm_tui.roster.cell_values import Cell
from pmm_tui.roster.column_sense import Sense
from pmm_tui.roster.duplicates import Duplicates, remark
from pmm_tui.roster.formulas import NOT_STORED
from pmm_tui.roster.headings import COLUMNS, NUMBERS
from pmm_tui.roster.lane import LEFT
from pmm_tui.roster.model import Doubt, Remark, RosterRow
from pmm_tui.roster.other_words import known_jenis_ptk, known_status, no_status
from pmm_tui.roster.shifted import moved
from pmm_tui.roster.table import MAX_CELL
from pmm_tui.roster.written_dates import swapped
from pmm_tui.skp.katalog import Katalog
from pmm_tui.skp.model import Pegawai
from pmm_tui.skp.nip import nip_doubts, nip_early, parse_nip
from pmm_tui.skp.rules.entry import asn_kind, status_against_nip
from pmm_tui.text import shorten

MAX_NAME = 150
"""Characters of a name with its degrees; Dapodik takes 100 without."""


def judge_rows(
    rows: Iterable[tuple[int, Mapping[str, Cell]]],
    columns: Mapping[str, str],
    katalog: Katalog,
    today: date,
    sheet: str = "",
    duplicates: Duplicates | None = None,
    told: Sense = Sense(),  # noqa: B008  (frozen)
) -> tuple[RosterRow, ...]:
    """Judge every row (its number, and its cells by field); `columns` gives the file's heading of each field.

    Of two rows with the same NIP, NUPTK or person the second is refused, or left out where they agree; tables read together
    share `duplicates`, and then `sheet` tells whose rows these are. `told` is what the columns tell as a whole. Raises nothing.
    """
    duplicates = duplicates or Duplicates()
    judged = (
        duplicates.judge(_RowReader(cells, columns, katalog, today, told).read(number, sheet), columns) for number, cells in rows
    )
    return tuple(row for row in judged if row is not None)


class _RowReader:
    """Reads one row, collecting the reasons to refuse it and the warnings."""

    def __init__(self, cells: Mapping[str, Cell], columns: Mapping[str, str], katalog: Katalog, today: date, told: Sense) -> None:
        self._columns, self._katalog, self._today, self._told = columns, katalog, today, told
        self._raw, self._offered = cells, False
        self._left = cell_values.text(cells.get(LEFT))
        self._reasons: list[Remark] = []
        self._warnings: list[Remark] = []
        self._doubts: list[Doubt] = []
        self._cells = {field: cell for field, cell in cells.items() if field in COLUMNS and not self._not_meant(field, cell)}
        self._at_home()

    def _at_home(self) -> None:
        """Put a number that can only be one of the other kind into the column of that kind, where this is empty."""
        nip, nuptk = (cell_values.text(self._cells.get(field)) for field in NUMBERS)
        if nip.casefold().startswith("nuptk") and not nuptk:
            self._cells["nuptk"] = self._cells.pop("nip")
        elif not nip and nuptk and cell_values.read_nip(self._cells.get("nuptk"), self._today)[0]:
            self._cells["nip"] = self._cells.pop("nuptk")

    def _not_meant(self, field: str, cell: Cell) -> bool:
        """Take a cell for empty that nobody meant as a value; a name like that refuses the row."""
        name = COLUMNS[field][0]
        found = cell_values.not_meant(cell, name, number=field in NUMBERS)
        if found and field == "nama":
            way = "betulkan rumusnya di Excel, simpan" if cell != NOT_STORED else found.partition("; ")[2].rstrip(".")
            self._refuse(field, f"{found.partition(';')[0]}; {way}, lalu impor lagi.")
        elif found:
            self._doubt(field, str(cell), found)
        return bool(found)

    def read(self, number: int, sheet: str) -> RosterRow:
        for field, cell in self._cells.items():
            if isinstance(cell, str) and len(cell) > MAX_CELL:
                self._refuse(field, f"Isinya lebih dari {MAX_CELL} karakter; perbaiki sel ini.")
        pegawai = self._pegawai()
        self._in_their_columns()
        self._recognisable(pegawai)
        self._consistent(pegawai)
        return RosterRow(
            row=number,
            name=shorten(pegawai.nama, MAX_NAME),
            pegawai=None if self._reasons else pegawai,
            reasons=tuple(self._reasons),
            warnings=tuple(self._warnings),
            doubts=tuple(self._doubts),
            sheet=sheet,
            left=self._left if left_by(self._left, self._today.year) else "",
            cells=self._raw,
            offered=pegawai if self._offered else None,
        )

    def _pegawai(self) -> Pegawai:
        take, katalog = self._cells.get, self._katalog
        nip, wrong_nip = cell_values.read_nip(take("nip"), self._today)
        self._refuse("nip", wrong_nip)
        nuptk, wrong_nuptk, refusing = cell_values.read_nuptk(take("nuptk"))
        if refusing:
            self._refuse("nuptk", wrong_nuptk)
        else:
            self._doubt("nuptk", take("nuptk"), wrong_nuptk)
        born, doubtful_birth = cell_values.birth_date(take("tanggal_lahir"), self._today, self._told.order)
        self._doubt("tanggal_lahir", take("tanggal_lahir"), doubtful_birth)
        jk, doubtful_jk = cell_values.sex(take("jk"))
        self._doubt("jk", take("jk"), doubtful_jk)
        golongan, doubtful_golongan = cell_values.read_golongan(take("golongan"), katalog)
        self._doubt("golongan", take("golongan"), doubtful_golongan)
        if born and self._told.turned and isinstance(take("tanggal_lahir"), cell_values.DateCell):
            born = day.isoformat() if (day := swapped(date.fromisoformat(born))) else born
        born = self._as_the_nip_has_it(born, nip)
        return Pegawai(
            nama=cell_values.full_name(take("nama"), take("gelar_depan"), take("gelar_belakang")),
            nip=nip,
            nuptk=nuptk,
            jk="L" if jk == "L" else "P" if jk else "",
            tanggal_lahir=born,
            status_kepegawaian=self._status(cell_values.said(take("status_kepegawaian"))),
            jenis_ptk=self._jenis_ptk(cell_values.said(take("jenis_ptk"))),
            tugas_tambahan=cell_values.said(take("tugas_tambahan")),
            golongan=golongan,
        )

    def _as_the_nip_has_it(self, born: str, nip: str) -> str:
        """The birth date with the month first, where it was written in numbers and the NIP says that this was meant."""
        parts, cell = parse_nip(nip), self._cells.get("tanggal_lahir")
        if not (born and parts and parts.born and isinstance(cell, str)):
            return born
        day = date.fromisoformat(born)
        if parts.born == day or parts.born != swapped(day) or any(map(str.isalpha, cell)) or cell.startswith(born[:4]):
            return born
        self._warn("tanggal_lahir", f'"{shorten(cell, 24)}" dibaca bulan/hari/tahun, sesuai NIP; periksa di Dapodik.')
        return parts.born.isoformat()

    def _status(self, said: str) -> str:
        meant = known_status(said, self._katalog)
        if self._katalog.find_status(meant) is None and (word := left(said)):
            self._left = word
            return ""
        if not no_status(said):
            return meant
        self._doubt("status_kepegawaian", said, f'Status "{shorten(said, 40)}" bukan status kepegawaian; dikosongkan.')
        return ""

    def _jenis_ptk(self, said: str) -> str:
        content = known_jenis_ptk(said, self._katalog)
        entitled = self._katalog.jenis_ptk.berhak
        if content and entitled and content not in entitled:
            message = f'Jenis PTK "{shorten(content, 40)}" tidak mendapat akses; perbaiki di Dapodik bila keliru.'
            self._doubt("jenis_ptk", content, message)
        return content

    def _in_their_columns(self) -> None:
        """Refuse a row whose cells have moved: one that holds what another column holds, and another that does so or is unread."""
        field, message = moved(self._cells, {doubt.field for doubt in self._doubts}, self._katalog)
        if field:
            self._refuse(field, message)

    def _recognisable(self, pegawai: Pegawai) -> None:
        """Refuse a row that no later import could recognise again."""
        if any(reason.column == self._columns.get("nama") for reason in self._reasons):
            pass  # said already: what stands there is no name
        elif not any(map(str.isalpha, pegawai.nama)):
            self._refuse("nama", "Nama kosong atau tanpa huruf; isi nama guru ini.")
        elif len(pegawai.nama) > MAX_NAME:
            self._refuse("nama", f"Nama lebih dari {MAX_NAME} karakter; perbaiki sel ini.")
        if not (self._reasons or pegawai.nip or pegawai.nuptk or pegawai.tanggal_lahir):
            unread = any(doubt.field == "tanggal_lahir" for doubt in self._doubts)
            empty = (
                "NIP dan NUPTK kosong, dan tanggal lahir tidak terbaca" if unread else "NIP, NUPTK dan tanggal lahir kosong semua"
            )
            self._refuse("nip", f"{empty}, jadi guru ini tidak dapat dikenali; isi salah satunya.")
            self._offered = True

    def _consistent(self, pegawai: Pegawai) -> None:
        """Warn where columns disagree; none of it refuses, as numbers converted from the old NIP may be inconsistent."""
        if early := nip_early(pegawai.nip, self._today):
            self._warn("nip", f"NIP: {early}.")
        for doubt in nip_doubts(pegawai.nip, pegawai.tanggal_lahir, pegawai.jk):
            self._warn("nip", f"Periksa di Dapodik: {doubt}.")
        label = pegawai.status_kepegawaian
        status = self._katalog.find_status(label)
        if label and status is None:
            message = f'Status kepegawaian "{shorten(label, 40)}" tidak dikenal; dipakai apa adanya.'
            self._doubt("status_kepegawaian", label, message)
        if status and not self._reasons:
            self._warn("nip", status_against_nip(status, pegawai.nip))
        pppk_codes = {golongan.kode for golongan in self._katalog.golongan.pppk}
        if status and asn_kind(status) == "PNS" and pegawai.golongan in pppk_codes:
            self._warn("golongan", f"Golongan {pegawai.golongan} milik PPPK, padahal status {status.label}; periksa di Dapodik.")

    def _refuse(self, field: str, message: str) -> None:
        if message:
            self._reasons.append(remark(field, message, self._columns))

    def _warn(self, field: str, message: str) -> None:
        if message:
            self._warnings.append(remark(field, message, self._columns))

    def _doubt(self, field: str, value: Cell, message: str) -> None:
        """Warn of a value that may be foreign to its column."""
        if message:
            self._warn(field, message)
            told = value if isinstance(value, str) else cell_values.text(value)
            self._doubts.append(Doubt(field, shorten(told, 40), self._warnings[-1]))
