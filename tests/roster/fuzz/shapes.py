"""The shapes of a list: its columns and headings, what stands above, between and below the teachers, and on other sheets."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random
from typing import Any

from tests.roster.fuzz import faults
from tests.roster.fuzz.headings import DEGREE_HEADINGS, FOREIGN, HEADINGS, JSON_KEYS, LOOKALIKE, PRIVATE, foreign_value
from tests.roster.fuzz.oracle import FIELDS, Cell, Line, SchoolList, Sheet, Want
from tests.roster.fuzz.people import Person, invent
from tests.roster.fuzz.spellings import (
    FAMILIES,
    JK,
    JOB,
    NIP,
    NUPTK,
    OTHER_JOBS,
    OTHER_STATUSES,
    RANK,
    STATUS,
    date_cell,
    name_cells,
    number_cell,
)

GONE = ("Pensiun", "PENSIUN 2025", "Mutasi", "Mutasi ke SD Lain", "Meninggal dunia", "Pindah tugas", "Sudah pensiun")
STAYED = (None, None, "Aktif", "Sertifikasi", "Wali Kelas VII A", "akan pensiun 2029", "-")
"""Remarks on those who have left, and on those who have not."""
OPTIONAL = ("jk", "tanggal_lahir", "status_kepegawaian", "jenis_ptk", "tugas_tambahan", "golongan")


@dataclass(frozen=True)
class Recipe:
    """All that a list is made from: the same recipe makes the same list."""

    seed: int
    people: tuple[int, ...]
    features: frozenset[str]

    def luck(self, what: str) -> Random:
        """Chance of its own for everything, so that a list with a feature less stays the same elsewhere."""
        return Random(f"{self.seed}:{what}")

    def of(self, family: str) -> list[str]:
        """The features of a family, without its name."""
        return sorted(feature.partition(":")[2] for feature in self.features if feature.startswith(f"{family}:"))

    def has(self, feature: str) -> bool:
        """Whether the list has it."""
        return feature in self.features


def make(recipe: Recipe) -> SchoolList:
    """The list of that recipe."""
    people = [(number, invent(recipe.seed, number)) for number in recipe.people]
    rows = _Rows(recipe)
    sheets = []
    parts = [people]
    if recipe.has("sheets:by-kind") and len(people) > 1:
        half = (len(people) + 1) // 2
        parts = [people[:half], people[half:]]
    for at, part in enumerate(parts):
        sheets.append(Sheet("Daftar Guru" if len(parts) == 1 else ("PNS", "Honorer")[at], rows.table(part, str(at))))
    faults.spoil(recipe, sheets)
    if recipe.has("rows:hidden"):
        for line in sheets[0].lines:
            line.hidden = line.fate == "store" and recipe.luck(f"hidden:{line.cells}").random() < 0.3
    example = [["PETUNJUK PENGISIAN"], ["Isi lembar Data sesuai contoh di bawah"], ["Nama", "NIP", "Tanggal Lahir"]]
    example.append(["Budi Contoh, S.Pd.", "198501012010011001", "1985-01-01"])
    if recipe.has("sheets:instructions"):
        sheets.insert(0, Sheet("Petunjuk", [Line(cells) for cells in example], aside=True))
    if recipe.has("sheets:empty"):
        sheets.insert(0, Sheet("Sheet1", []))
    if recipe.has("sheets:archive"):
        old = [Line(list(line.cells)) for line in rows.table([(900, invent(recipe.seed, 900))], "old")]
        sheets.append(Sheet("Guru 2019", old, hidden=True, aside=True))
    return SchoolList(sheets, next(iter(recipe.of("file")), "xlsx"), recipe.features)


class _Rows:
    """Makes the rows of one table."""

    def __init__(self, recipe: Recipe) -> None:
        self.recipe = recipe
        telling = any(invent(recipe.seed, number).born.day > 12 for number in recipe.people)  # else nobody could tell
        self.month_first = recipe.has("cells:month-first") and telling
        luck = recipe.luck("columns")
        fields = [field for field in OPTIONAL if f"without:{field}" not in recipe.features]
        number = ["nip", "nuptk"]
        if "without:nuptk" in recipe.features:
            number.remove("nuptk")
        columns: list[tuple[str, str]] = [(field, self._heading(field)) for field in ("nama", *number, *fields)]
        if recipe.has("cells:name-nip"):
            columns[:2] = [("nama", luck.choice(("NAMA / NIP", "Nama, NIP", "Nama dan NIP")))]
        elif recipe.has("cells:nip-nuptk") and "nuptk" in number:
            columns[1:3] = [("nip", luck.choice(("NIP/NUPTK", "NIP / NUPTK", "NIP atau NUPTK")))]
        if recipe.has("cells:remark"):
            columns.append(("keterangan", luck.choice(("Keterangan", "KET", "Ket."))))
        if recipe.has("nama:degree-columns"):
            columns[1:1] = [(field, luck.choice(DEGREE_HEADINGS[field])) for field in DEGREE_HEADINGS]
        extra = [h for family, all_of in (("foreign", FOREIGN), ("private", PRIVATE), ("lookalike", LOOKALIKE))
                 for h in all_of if f"{family}:{h}" in recipe.features]  # fmt: skip
        if recipe.has("columns:shuffled"):
            luck.shuffle(columns)
        for heading in extra:
            columns.insert(luck.randrange(len(columns) + 1), ("", heading))
        if recipe.has("heads:two-rows-wide"):
            for field, heading, after in (("tanggal_lahir", "Tempat Lahir", 0), ("golongan", "TMT", 1)):
                found = [at for at, (name, _) in enumerate(columns) if name == field]
                if not found:
                    continue
                columns[found[0] + after : found[0] + after] = [("", heading)]
        self.columns = columns
        self.first = [] if recipe.has("columns:no-number") else ["No"]
        self.offset = [None] * (2 if recipe.has("columns:offset") else 0)

    def _heading(self, field: str) -> str:
        if self.recipe.has("file:json"):
            return JSON_KEYS[field]
        said = self.recipe.of(f"heading-{field}")
        return said[0] if said else HEADINGS[field][0]

    def table(self, people: list[tuple[int, Person]], name: str) -> list[Line]:
        """The rows of a sheet."""
        recipe = self.recipe
        lines = self._above()
        heads = [*self.first, *(heading for _, heading in self.columns)]
        lines += self._heads(heads)
        if recipe.has("inside:column-numbers"):
            lines.append(self._line([at + 1 for at in range(len(heads))]))
        for at, (number, person) in enumerate(people):
            luck = recipe.luck(f"inside:{name}:{number}")
            if recipe.has("inside:groups") and (at == 0 or luck.random() < 0.2):
                lines.append(self._group(luck, len(people)))
            if recipe.has("inside:blank-rows") and luck.random() < 0.2:
                lines.append(Line([None] * len(heads)))
            if recipe.has("inside:repeated-heads") and at and luck.random() < 0.2:
                lines.append(self._line(list(heads)))
            lines.append(self._teacher(at + 1, number, person))
            if recipe.has("inside:subtotals") and luck.random() < 0.2:
                lines.append(self._line(["Jumlah", None, at + 1] if len(heads) > 2 else ["Jumlah"]))
        return lines + self._below(people, len(heads))

    def _line(self, cells: list[Any]) -> Line:
        return Line([*self.offset, *cells])

    def _heads(self, heads: list[str]) -> list[Line]:
        recipe = self.recipe
        if recipe.has("heads:upper"):
            heads = [head.upper() for head in heads]
        if recipe.has("heads:blanks"):
            heads = [f" {head.replace(' ', chr(160))}  " for head in heads]
        if recipe.has("heads:two-rows"):
            places = {field: at + len(self.first) for at, (field, _) in enumerate(self.columns)}
            upper: list[Any] = list(heads)
            lower: list[Any] = [None] * len(heads)
            for field, (over, under) in {
                "golongan": ("PANGKAT TERAKHIR", "GOL"), "tanggal_lahir": ("KELAHIRAN", "TANGGAL LAHIR"),
                "status_kepegawaian": ("KEPEGAWAIAN", "STATUS"),
            }.items():  # fmt: skip
                if field in places:
                    upper[places[field]], lower[places[field]] = over, under
            return [self._line(upper), self._line(lower)]
        if recipe.has("heads:two-rows-wide"):
            return self._wide_heads(list(heads))
        return [self._line(list(heads))]

    def _wide_heads(self, upper: list[Any]) -> list[Line]:
        lower: list[Any] = [None] * len(upper)
        places = {field: at + len(self.first) for at, (field, _) in enumerate(self.columns)}
        if (at := places.get("tanggal_lahir")) is not None:
            upper[at - 1 : at + 1], lower[at - 1 : at + 1] = ["KELAHIRAN", None], ["TEMPAT", "TANGGAL"]
        if (at := places.get("golongan")) is not None:
            upper[at : at + 2], lower[at : at + 2] = ["PANGKAT TERAKHIR", None], ["GOL", "TMT"]
        return [self._line(upper), self._line(lower)]

    def _above(self) -> list[Line]:
        recipe = self.recipe
        lines: list[list[Any]] = []
        if recipe.has("above:letterhead"):
            lines += [["PEMERINTAH KABUPATEN CONTOH"], ["DINAS PENDIDIKAN DAN KEBUDAYAAN"], ["SD NEGERI CONTOH"],
                      ["Jl. Contoh No. 1 Telp. (0380) 123456"], []]  # fmt: skip
        if recipe.has("above:title"):
            lines += [["DAFTAR GURU SD NEGERI CONTOH"], ["TAHUN PELAJARAN 2026/2027"]]
        if recipe.has("above:info"):
            lines += [["Nama Sekolah", ":", "SD Negeri Contoh"], ["NPSN", ":", "50301234"],
                      ["Kepala Sekolah", ":", "Drs. Semuel Foeh"],
                      ["NIP", ":", "196805051994031009"], []]  # fmt: skip
        if recipe.has("above:deep"):
            lines += [[f"Catatan {at}: isi sesuai keadaan sekolah."] for at in range(1, 19)]
        return [self._line(cells) for cells in lines]

    def _group(self, luck: Random, count: int) -> Line:
        words = luck.choice(("I. GURU PNS", f"GURU ({count} ORANG)", "II. GURU TIDAK TETAP", "A. Guru Kelas", "Guru Honorer"))
        place = luck.choice((0, self.columns.index(next(c for c in self.columns if c[0] == "nama")) + len(self.first)))
        return self._line([None] * place + [words])

    def _below(self, people: list[tuple[int, Person]], width: int) -> list[Line]:
        recipe, lines = self.recipe, []
        if recipe.has("below:total"):
            lines.append(self._line(["Jumlah", f"{len(people)} orang"]))
        if recipe.has("below:notes"):
            lines += [self._line([]), self._line(["Keterangan:"]), self._line(["* data per 1 Juli 2026"])]
        if recipe.has("below:signature"):
            luck = recipe.luck("signature")
            place = luck.randrange(width)
            words = ("Kupang, 1 Juli 2026", "Kepala Sekolah,", None, "Drs. Semuel Foeh, M.Pd.", "NIP. 196805051994031009")
            lines += [self._line([]), *(self._line([None] * place + [word]) for word in words)]
        return lines

    def _pick(self, family: str, number: int) -> tuple[str, Random]:
        luck = self.recipe.luck(f"{family}:{number}")
        return luck.choice(self.recipe.of(family) or [FAMILIES[family][0]]), luck

    def _nothing(self, number: int, field: str) -> Any:
        words = [word for word in self.recipe.of("nothing") if not (field == "golongan" and word in ("x", "?"))]
        words += self.recipe.of("nothing-nip") if field == "nip" else []
        if self.recipe.has("cells:name-nip"):  # behind a name they could be a part of it
            words = [word for word in words if word not in ("NA", "x", "0", "/", "-", ".")]
        return self.recipe.luck(f"nothing:{field}:{number}").choice(words) if words else None

    def cells(self, number: int, person: Person) -> dict[str, Cell]:
        """The cells of a teacher by field."""
        spelling, luck = self._pick("nama", number)
        if self.recipe.has("nama:degree-columns"):
            spelling = "degree-columns"
        cells = name_cells(person, spelling, luck)
        spelling, luck = self._pick("nip", number)
        if "ppp" in spelling or "p3k" in spelling:
            spelling = spelling if person.nip[12:13] == "2" else "nip-dot"
        cells["nip"] = number_cell(person.nip, spelling, NIP, self._nothing(number, "nip"), luck)
        spelling, luck = self._pick("nuptk", number)
        cells["nuptk"] = number_cell(person.nuptk, spelling, NUPTK, self._nothing(number, "nuptk"), luck)
        spelling, luck = self._pick("jk", number)
        cells["jk"] = Cell(JK[spelling](person.sex, luck), Want(person.sex))
        cells["tanggal_lahir"] = date_cell(person, *self._pick("tanggal", number))
        if self.month_first:
            cells["tanggal_lahir"] = Cell(f"{person.born:%m/%d/%Y}", Want(person.born.isoformat()))
        spelling, luck = self._pick("status", number)
        if spelling == "other":
            word = luck.choice(OTHER_STATUSES)
            cells["status_kepegawaian"] = Cell(word, Want(word, blank=True))
        else:
            cells["status_kepegawaian"] = Cell(STATUS[spelling](person.status, luck), Want(person.status))
        spelling, luck = self._pick("jenis", number)
        if spelling == "other":
            word = luck.choice(OTHER_JOBS)
            cells["jenis_ptk"] = Cell(word, Want(word, said=True))
        else:
            cells["jenis_ptk"] = Cell(JOB[spelling](person.job, luck), Want(person.job))
        luck = self.recipe.luck(f"remark:{number}")
        gone = luck.random() < 0.25
        word = luck.choice(GONE if gone else STAYED)
        cells["keterangan"] = Cell(word, Want("", said=gone))
        cells["tugas_tambahan"] = Cell(person.duty or None, Want(person.duty))
        spelling, luck = self._pick("golongan", number)
        cells["golongan"] = Cell(
            RANK[spelling](person.rank, luck) if person.rank else self._nothing(number, "golongan"), Want(person.rank)
        )
        if self.recipe.has("cells:name-nip") and cells["nip"].content:
            written = f"{cells['nama'].content}\n{cells['nip'].content}"
            cells["nama"] = cells["nama"]._replace(content=written)
        elif self.recipe.has("cells:nip-nuptk") and "without:nuptk" not in self.recipe.features:
            if person.nip:  # one cell has one number
                cells["nuptk"] = Cell(None, Want())
            else:
                cells["nip"] = Cell(cells["nuptk"].content, Want())
        return cells

    def _teacher(self, at: int, number: int, person: Person) -> Line:
        cells = self.cells(number, person)
        luck = self.recipe.luck(f"foreign:{number}")
        contents: list[Any] = [at] * len(self.first)
        for field, heading in self.columns:
            contents.append(cells[field].content if field in cells else None if field else foreign_value(heading, person, luck))
        kept = {field for field, _ in self.columns} | ({"nip"} if self.recipe.has("cells:name-nip") else set())
        kept |= {"nuptk"} if self.recipe.has("cells:nip-nuptk") and "without:nuptk" not in self.recipe.features else set()
        wants = {field: cell.want for field, cell in cells.items() if field in kept and field in FIELDS}
        wants["nama"] = cells["nama"].want
        known = {person.nip, person.nuptk if "nuptk" in kept else "", person.born.isoformat() if "tanggal_lahir" in kept else ""}
        gone = "keterangan" in kept and cells["keterangan"].want.said
        return Line([*self.offset, *contents], "refuse" if gone else "store" if known != {""} else "either", wants)

    def place(self, field: str) -> int | None:
        """The column of a field, if the table has one."""
        found = [at for at, (name, _) in enumerate(self.columns) if name == field]
        return found[0] + len(self.first) + len(self.offset) if found else None
