"""Adding or correcting a teacher by hand: typed values judged as those of a list, and nobody replaced or doubled unseen."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, datetime
from typing import Literal

from msgspec import Struct, structs

from pmm_tui.errors import InputError
from pmm_tui.roster.dapodik import judge_rows
from pmm_tui.roster.field_merge import FIELDS, field_changes
from pmm_tui.roster.model import FieldChange, RosterRow
from pmm_tui.skp.katalog import Katalog
from pmm_tui.skp.katalog_tables import Jenjang
from pmm_tui.skp.model import TEACHER_FIELDS, Pegawai
from pmm_tui.skp.nip import is_placeholder, parse_nip
from pmm_tui.skp.person import likely_same, other_person
from pmm_tui.store import Store
from pmm_tui.store.by_hand import Typing
from pmm_tui.text import clean, quoted, shorten

FIELDS_TO_TYPE = TEACHER_FIELDS
"""What can be typed, in the order of a form; all texts, `tanggal_lahir` in any spelling that a list may have."""

WITHOUT_NUMBER = (
    "Tanpa NIP dan NUPTK guru ini dikenali dari nama dan tanggal lahirnya. Rencananya dapat diisi, dan dikirim sesudah NIP, NUPTK "
    "atau id servernya diketahui."
)
_ASK_BIRTH = "Isi tanggal lahirnya: tanpa NIP dan NUPTK guru dikenali dari nama dan tanggal lahir."
_NUMBERS = {"nip": "NIP", "nuptk": "NUPTK"}


class FieldProblem(Struct, frozen=True):
    """What is wrong with a field (one of `FIELDS_TO_TYPE`), as a sentence; `halang`: nothing can be stored before it is mended."""

    field: str
    message: str
    halang: bool


class PersonQuestion(Struct, frozen=True):
    """What the operator has to say before anything is stored, with the stored teacher it is about.

    `sudah-ada`: `teacher` is probably the same person, who would stand there twice. `orang-lain`: `teacher`, who is being changed,
    would get another name and another birth date, as if they were somebody else.
    """

    kind: Literal["sudah-ada", "orang-lain"]
    teacher: Pegawai
    sentence: str


class Proposal(Struct, frozen=True, kw_only=True):
    """What typed values come to; nothing is written yet.

    `old` is the stored teacher who is changed (None: a new one), `pegawai` who would be stored, None while a problem stops it.
    `changes` are the fields that change, `typed` those that somebody typed; `question` may be there beside a problem, as who is
    stored already need not be typed once more; `notes` are sentences to be read before storing.
    """

    old: Pegawai | None
    pegawai: Pegawai | None
    typed: tuple[str, ...]
    changes: tuple[FieldChange, ...] = ()
    problems: tuple[FieldProblem, ...] = ()
    question: PersonQuestion | None = None
    notes: tuple[str, ...] = ()

    @property
    def blocking(self) -> tuple[FieldProblem, ...]:
        """The problems that have to be mended first."""
        return tuple(problem for problem in self.problems if problem.halang)


def propose(store: Store, katalog: Katalog, today: date, typed: Mapping[str, str], teacher_id: int = 0) -> Proposal:
    """Judge what was typed for a new teacher, or (`teacher_id`) over a stored one, by the rules of a list; `typed` is by field.

    A field that is not in `typed` stays as stored; an empty one is emptied. Raises InputError for a teacher who is not there,
    StorageError.
    """
    stored = store.roster.all()
    old = next((p for p in stored if p.id == teacher_id), None) if teacher_id else None
    if teacher_id and old is None:
        raise InputError(f"Guru nomor {teacher_id} tidak ada di daftar; muat ulang daftar guru.")
    values = {field: clean(text, limit=4_000) for field, text in typed.items() if field in FIELDS_TO_TYPE}
    row, untouched = _judged(values, old, katalog, today)
    pegawai = row.pegawai or (row.offered if old is not None and not _recognisable(old) else None)
    problems = list(_problems(row, values, pegawai))
    level, wrong_level = _level(values, old, katalog)
    problems += [FieldProblem("jenjang_jabatan", wrong_level, halang=True)] if wrong_level else []
    if pegawai is not None:
        kept = {field: getattr(old, field) for field in untouched} if old is not None else {}
        ids = {"id": old.id, "id_server": old.id_server} if old is not None else {}
        pegawai = structs.replace(pegawai, jenjang_jabatan=level, **kept, **ids)
        problems += _taken(pegawai, stored)
    meant = pegawai or row.offered
    question = _question(old, meant, stored) if meant is not None else None
    if pegawai is None or any(problem.halang for problem in problems):
        return Proposal(old=old, pegawai=None, typed=tuple(values), problems=tuple(problems), question=question)
    without = not (pegawai.nip or pegawai.nuptk or pegawai.id_server)
    return Proposal(
        old=old,
        pegawai=pegawai,
        typed=tuple(values),
        changes=_changes(old, pegawai),
        problems=tuple(problems),
        question=question,
        notes=(WITHOUT_NUMBER,) if without else (),
    )


def write(store: Store, proposal: Proposal, now: datetime, *, answered: bool = False) -> Pegawai:
    """Store what was proposed, and remember it for one `undo`; returns the teacher as stored.

    `answered`: the operator has read the proposal's question and wants it all the same. Raises InputError when a problem or an
    unanswered question stands in the way, or the stored teacher has changed meanwhile; StorageError.
    """
    if proposal.pegawai is None:
        raise InputError(next((problem.message for problem in proposal.blocking), "Isian guru belum benar."))
    if proposal.question is not None and not answered:
        raise InputError(proposal.question.sentence)
    if not proposal.changes:
        return proposal.pegawai
    return store.by_hand.write(proposal.old, proposal.pegawai, proposal.typed, now)


def undo(store: Store) -> Typing:
    """Take the last change by hand back; returns what it was. Raises InputError when that cannot be, StorageError."""
    return store.by_hand.undo()


def _judged(values: Mapping[str, str], old: Pegawai | None, katalog: Katalog, today: date) -> tuple[RosterRow, frozenset[str]]:
    """The row as a list's would be judged, and the stored fields that do not pass: nobody typed them, so they stay as they are."""
    cells = {field: values.get(field, getattr(old, field) if old is not None else "") for field in FIELDS}
    columns = {field: field for field in FIELDS}
    (row,) = judge_rows([(1, cells)], columns, katalog, today)
    failed = frozenset(reason.column for reason in row.reasons if row.offered is None).difference(values)
    if old is not None and failed:
        cells |= dict.fromkeys(failed, "")
        (row,) = judge_rows([(1, cells)], columns, katalog, today)
    return row, failed if old is not None else frozenset()


def _problems(row: RosterRow, values: Mapping[str, str], pegawai: Pegawai | None) -> Iterator[FieldProblem]:
    if row.offered is not None and pegawai is None:
        yield FieldProblem("tanggal_lahir", _ASK_BIRTH, halang=True)
    elif row.offered is None:
        yield from (FieldProblem(reason.column, reason.message, halang=True) for reason in row.reasons)
    doubtful = {doubt.warning: doubt.field for doubt in row.doubts}
    for warning in row.warnings:
        unread = warning in doubtful and pegawai is not None and not getattr(pegawai, doubtful[warning])
        yield FieldProblem(warning.column, warning.message, halang=unread and bool(values.get(warning.column)))


def _level(values: Mapping[str, str], old: Pegawai | None, katalog: Katalog) -> tuple[str, str]:
    """The career level's id, from id or label; and what is wrong with it."""
    before = old.jenjang_jabatan if old is not None else ""
    said = values.get("jenjang_jabatan", before).strip()
    known = next((j.id for j in katalog.jenjang_jabatan if said.casefold() in map(str.casefold, _level_words(j))), "")
    if not said or known or said == before:
        return known or said, ""
    labels = ", ".join(j.label for j in katalog.jenjang_jabatan)
    return "", f"Jenjang jabatan {quoted(said)} tidak dikenal; tulis salah satu: {labels}."


def _level_words(jenjang: Jenjang) -> tuple[str, ...]:
    return (jenjang.id, jenjang.label, jenjang.label.removeprefix("Guru "), *jenjang.alias)


def _taken(pegawai: Pegawai, stored: tuple[Pegawai, ...]) -> Iterator[FieldProblem]:
    """Numbers of somebody else; of one who is probably the same person the question tells."""
    for field, label in _NUMBERS.items():
        number = getattr(pegawai, field)
        holder = next((p for p in stored if number and getattr(p, field) == number and p.id != pegawai.id), None)
        if holder is not None and (pegawai.id or _other(holder, pegawai)):
            yield FieldProblem(field, f"{label} {number} sudah dipakai {_described(holder)}; periksa nomornya.", halang=True)


def _question(old: Pegawai | None, pegawai: Pegawai, stored: tuple[Pegawai, ...]) -> PersonQuestion | None:
    if old is not None and other_person(old.nama, _born(old), pegawai.nama, _born(pegawai)):
        sentence = (
            f"Nama dan tanggal lahir {_described(old)} berubah semua; ini orang yang sama, atau guru lain yang harus ditambah?"
        )
        return PersonQuestion("orang-lain", old, sentence)
    for other in stored:
        if other.id == pegawai.id or (old is not None and _alike(old, other)):  # that they stood side by side is known
            continue
        if _shares_number(other, pegawai) or _alike(other, pegawai):
            sentence = f"Mungkin orang yang sama dengan {_described(other)}; ubah guru itu, atau simpan bila memang orang lain."
            return PersonQuestion("sudah-ada", other, sentence)
    return None


def _other(holder: Pegawai, new: Pegawai) -> bool:
    """Whether the number of `holder` was typed for somebody else; what the number itself tells proves nothing here."""
    return other_person(holder.nama, holder.tanggal_lahir, new.nama, new.tanggal_lahir)


def _alike(one: Pegawai, other: Pegawai) -> bool:
    return likely_same(one.nama, _born(one), other.nama, _born(other))


def _shares_number(one: Pegawai, other: Pegawai) -> bool:
    return any((number := getattr(one, field)) and number == getattr(other, field) for field in _NUMBERS)


def _born(pegawai: Pegawai) -> str:
    """The birth date, else the one that the NIP tells."""
    parts = parse_nip(pegawai.nip)
    return pegawai.tanggal_lahir or (parts.born.isoformat() if parts and parts.born else "")


def _recognisable(pegawai: Pegawai) -> bool:
    numbers = (pegawai.nip, pegawai.nuptk)
    return bool(pegawai.tanggal_lahir) or any(number and not is_placeholder(number) for number in numbers)


def _described(pegawai: Pegawai) -> str:
    number = pegawai.nip or pegawai.nuptk or "tanpa nomor"
    return f"{shorten(pegawai.nama, 60)} (ID {pegawai.id}, {number})"


def _changes(old: Pegawai | None, new: Pegawai) -> tuple[FieldChange, ...]:
    before = old if old is not None else Pegawai(nama="")
    level = FieldChange("jenjang_jabatan", "Jenjang Jabatan", before.jenjang_jabatan, new.jenjang_jabatan)
    return (*field_changes(before, new), *([level] if level.origin != level.becomes else []))
