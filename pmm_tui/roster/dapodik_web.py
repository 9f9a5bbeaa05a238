"""The answers of Dapodik's web service as a list like any other, and what they propose beyond it.

The rows go the way of a file: the same child, headings, judging and comparing. What is proposed is only ever shown.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

import msgspec
from msgspec import Struct

from pmm_tui.errors import InputError
from pmm_tui.roster.child import TOO_HEAVY
from pmm_tui.roster.headings import COLUMNS
from pmm_tui.roster.model import Remark, RosterReading
from pmm_tui.roster.read import read_list
from pmm_tui.roster.run_child import run_child
from pmm_tui.skp.katalog import Katalog
from pmm_tui.text import by_name, shorten

NAME = "Dapodik"
NOT_HOME = "bukan sekolah induk: merencanakan di sekolah induknya"
CLASS_TEACHER, CLUB_LEADER = "Wali Kelas", "Pembina Ekstrakurikuler"
HEAD = "Kepala Sekolah"

_CELLS = (
    ("nama", "nama"), ("gelar_depan", "gelar_depan"), ("gelar_belakang", "gelar_belakang"), ("nip", "nip"), ("nuptk", "nuptk"),
    ("jk", "jenis_kelamin"), ("tanggal_lahir", "tanggal_lahir"), ("status_kepegawaian", "status_kepegawaian_id_str"),
    ("golongan", "pangkat_golongan_terakhir"),
)  # fmt: skip
"""Our field by the member that fills it; `jenis_ptk` and `tugas_tambahan` are made of several."""
_FIRST_ROW = 2  # the headings stand in row 1
_HEAD = re.compile(r"(?<!wakil )\bkepala sekolah\b", re.IGNORECASE)
_ACTING = re.compile(r"\b(?:plt|plh|pj)\b|pelaksana", re.IGNORECASE)
_CLASSES, _CLUBS = ("1", "kelas"), ("51", "ekstrakurikuler")

Row = Mapping[str, Any]


class Page(Struct, frozen=True):
    """The rows of one answer, and how many there are in all by its own word; -1 where it does not say."""

    results: int
    rows: tuple[dict[str, Any], ...]


class WebSchool(Struct, frozen=True, rename={"name": "nama", "kind": "bentuk"}):
    """The school as Dapodik names it."""

    npsn: str
    name: str
    kind: str = ""


class WebTeaching(Struct, frozen=True, rename={"subjects": "mapel", "hours": "jam"}):
    """What somebody teaches: subjects, and hours a week in all."""

    subjects: tuple[str, ...]
    hours: int


class WebTeacher(Struct, frozen=True, omit_defaults=True, rename={
    "row": "baris", "name": "nama", "duties": "tugas_tambahan", "classes": "untuk", "away": "bukan_induk", "teaching": "mengajar",
}):  # fmt: skip
    """What Dapodik says of one teacher beside the roster: duties proposed, for which classes, what is taught; only to be shown."""

    row: int
    name: str
    duties: tuple[str, ...] = ()
    classes: tuple[str, ...] = ()
    away: bool = False
    teaching: WebTeaching | None = None

    @property
    def words(self) -> str:
        """The same in one line; empty when there is nothing to say."""
        told = [f"usul tugas tambahan {', '.join(self.duties)} ({', '.join(self.classes)})"] if self.duties else []
        if self.teaching:
            told.append(f"mengajar {', '.join(self.teaching.subjects)}, {self.teaching.hours} jam/minggu")
        return "; ".join(told)


class WebHead(Struct, frozen=True, rename={"row": "baris", "name": "nama", "acting": "plt"}):
    """The head of the school as Dapodik has it: a proposal for the settings."""

    row: int
    name: str
    nip: str
    acting: bool = False


class WebProposals(Struct, frozen=True, rename={
    "school": "sekolah", "teachers": "guru", "head": "kepala_sekolah", "notes": "catatan",
}):  # fmt: skip
    """What the answers propose; `head` is None where Dapodik names none or several. `notes` are sentences."""

    school: WebSchool
    teachers: tuple[WebTeacher, ...] = ()
    head: WebHead | None = None
    notes: tuple[str, ...] = ()

    def of_row(self, row: int) -> WebTeacher | None:
        """What is said of the teacher of a row."""
        return next((teacher for teacher in self.teachers if teacher.row == row), None)

    @property
    def away(self) -> tuple[WebTeacher, ...]:
        """The teachers whose own school is another one."""
        return tuple(teacher for teacher in self.teachers if teacher.away)


def read_page(path: str, content: bytes) -> Page:
    """Open an answer in the bounded child; raises InputError, also for an answer that is cut or no list."""
    try:
        document = json.loads(run_child(content, "dapodik_child", path))
        complaint = document.get("complaint", "")
        page = None if complaint else msgspec.convert(document, Page)
    except (ValueError, msgspec.ValidationError, AttributeError):
        page, complaint = None, ""
    except InputError as error:
        page, complaint = None, error.sentence
    if page is None:
        why = complaint if complaint and complaint != TOO_HEAVY else "rusak atau terlalu besar"
        raise InputError(f"Jawaban Dapodik ({path}) {why}; coba lagi, atau impor berkas Daftar Guru unduhan Dapodik.")
    return page


def read_web(
    school: Row, teachers: Iterable[Row], classes: Sequence[Row], katalog: Katalog, today: date
) -> tuple[RosterReading, WebProposals]:
    """Turn the rows of the three answers into a reading and what they propose; raises InputError where there is no teacher.

    The rows are in the order of the alphabet, so that a second asking gives each the same number.
    """
    people = sorted(teachers, key=lambda row: (by_name(row["nama"]), row["ptk_id"], row["nip"]))
    if not people:
        raise InputError("Dapodik tidak memegang satu guru pun untuk sekolah ini; periksa NPSN dan isi Dapodik.")
    duties = _duties(classes)
    told = tuple(filter(None, (_teacher(at, row, duties, classes) for at, row in enumerate(people, _FIRST_ROW))))
    cells = [_cells(row, duties.get(row["ptk_id"], {})) for row in people]
    reading = read_list(json.dumps({"rows": cells}).encode(), NAME, katalog, today)
    away = {teacher.row for teacher in told if teacher.away}
    heads = {at: row for at, row in enumerate(people, _FIRST_ROW) if _is_head(row)}
    posts = {at for at, row in heads.items() if not _HEAD.search(row["jenis_ptk_id_str"])}
    rows = tuple(
        msgspec.structs.replace(row, warnings=(*row.warnings, *_warnings(row.row in away, row.row in posts)))
        for row in reading.rows
    )
    names = {row.row: row.pegawai or row.offered for row in rows}
    head = next(iter(heads), 0) if len(heads) == 1 else 0
    person = names.get(head)
    proposals = WebProposals(
        school=WebSchool(npsn=school.get("npsn", ""), name=school.get("nama", ""), kind=school.get("bentuk_pendidikan_id_str", "")),
        teachers=told,
        head=WebHead(head, person.nama, person.nip, bool(_ACTING.search(_posts(heads[head])))) if person else None,
        notes=("Dapodik menyebut lebih dari satu kepala sekolah; isi yang berlaku di Pengaturan.",) if len(heads) > 1 else (),
    )
    return msgspec.structs.replace(reading, kind="dapodik", rows=rows, partial=("tugas_tambahan",)), proposals


def _cells(row: Row, duties: Mapping[str, list[str]]) -> dict[str, str]:
    """A teacher under the headings of Dapodik's own file."""
    cells = {COLUMNS[field][0] if field in COLUMNS else field: row[member] for field, member in _CELLS}
    cells[COLUMNS["jenis_ptk"][0]] = row["jenis_ptk_id_str"] or row["jabatan_ptk_id_str"]
    cells[COLUMNS["tugas_tambahan"][0]] = ", ".join(duties)
    return cells


def _duties(classes: Iterable[Row]) -> dict[str, dict[str, list[str]]]:
    """Duty by the class or club that it is for, by the teacher's id."""
    found: dict[str, dict[str, list[str]]] = {}
    for one in classes:
        kind = one["jenis_rombel"] or one["jenis_rombel_str"].casefold()
        duty = CLASS_TEACHER if kind in _CLASSES else CLUB_LEADER if kind in _CLUBS else ""
        if duty and one["ptk_id"]:
            found.setdefault(one["ptk_id"], {}).setdefault(duty, []).append(shorten(one["nama"], 40))
    return found


def _teacher(at: int, row: Row, duties: Mapping[str, Mapping[str, list[str]]], classes: Iterable[Row]) -> WebTeacher | None:
    of_them = duties.get(row["ptk_id"], {})
    teacher = WebTeacher(
        row=at,
        name=shorten(row["nama"], 80),
        duties=tuple(of_them),
        classes=tuple(dict.fromkeys(name for names in of_them.values() for name in names if name)),
        away=row["ptk_induk"] == "0",
        teaching=_teaching(row["ptk_id"], classes),
    )
    return teacher if teacher.duties or teacher.away or teacher.teaching else None


def _teaching(ptk_id: str, classes: Iterable[Row]) -> WebTeaching | None:
    lessons = [lesson for one in classes for lesson in one["pembelajaran"] if ptk_id and lesson["ptk_id"] == ptk_id]
    names = dict.fromkeys(shorten(one["nama_mata_pelajaran"] or one["mata_pelajaran_id_str"], 40) for one in lessons)
    hours = sum(int(hour) for one in lessons if (hour := one["jam_mengajar_per_minggu"]).isdecimal() and len(hour) < 4)
    return WebTeaching(tuple(filter(None, names)), hours) if any(names) else None


def _posts(row: Row) -> str:
    return f"{row['jenis_ptk_id_str']} / {row['jabatan_ptk_id_str']}"


def _is_head(row: Row) -> bool:
    return bool(_HEAD.search(row["jenis_ptk_id_str"]) or _HEAD.search(row["jabatan_ptk_id_str"]))


def _warnings(away: bool, post: bool) -> Iterable[Remark]:
    if away:
        yield Remark("PTK Induk", f"{NOT_HOME}; sesudah disimpan, tandai rencananya tidak perlu.")
    if post:
        message = "Jabatannya Kepala Sekolah; bila rencananya rencana kepala sekolah, ubah jenis PTK-nya menjadi Kepala Sekolah."
        yield Remark(COLUMNS["jenis_ptk"][0], message)
