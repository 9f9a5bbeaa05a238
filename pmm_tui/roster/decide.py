"""What the operator decides about a row: whether two are one person, and whose word counts where the stored one was kept."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Literal, get_args

import msgspec

from pmm_tui.errors import UsageError
from pmm_tui.roster.field_merge import field_changes
from pmm_tui.roster.model import ComparedRow
from pmm_tui.text import quoted

Answer = Literal["sama", "lewati", "berkas", "ambil"]
"""`sama`: one person, take the row; `lewati`: somebody else, leave it; `berkas`: take the file's words for what was kept
too; `ambil`: take a teacher who is said to have left, or who has no number."""

_ASKED = re.compile(r"(?:(.+):)?\s*([1-9][0-9]{0,6})\s*=\s*(\w+)\s*")


def decided(row: ComparedRow, answer: Answer) -> ComparedRow:
    """Return the row as it is with that answer; unchanged when it does not ask for one like that."""
    if row.outcome == "perlu_diputuskan" and answer == "lewati":
        return msgspec.structs.replace(row, outcome="dilewati")
    if answer == "ambil":
        if row.question == "tanpa_nomor" and row.offered is not None:
            return msgspec.structs.replace(row, outcome="baru", pegawai=row.offered, reasons=(), offered=None)
        asked = row.question == "keluar" and row.outcome == "perlu_diputuskan"
        return msgspec.structs.replace(row, outcome="baru", reasons=()) if asked else row
    if answer == "berkas" and row.unkept is not None and row.old is not None:
        left = tuple(remark for remark in row.warnings if remark not in row.kept)
        row = msgspec.structs.replace(row, pegawai=row.unkept, unkept=None, kept=(), warnings=left)
        changes = field_changes(row.old, row.pegawai) if row.old and row.pegawai else ()
        row = msgspec.structs.replace(row, field_changes=changes, outcome="diperbarui" if changes else "sama")
    elif answer == "sama" and row.outcome == "perlu_diputuskan" and row.old is not None:
        row = msgspec.structs.replace(row, outcome="diperbarui" if row.field_changes else "sama")
    else:
        return row
    return msgspec.structs.replace(row, reasons=())


def without_numbers(rows: Iterable[ComparedRow]) -> tuple[ComparedRow, ...]:
    """Take every teacher who was refused only for want of a number."""
    return tuple(decided(row, "ambil") if row.question == "tanpa_nomor" else row for row in rows)


def decide(rows: Iterable[ComparedRow], asked: Iterable[str]) -> tuple[ComparedRow, ...]:
    """Put answers as they are typed, `BARIS=sama` or `LEMBAR:BARIS=sama`, to the rows; raises UsageError for one that fits none."""
    answers = dict(map(_read, asked))
    found = tuple(rows)
    for (sheet, number), answer in answers.items():
        fitting = [row for row in found if row.row == number and sheet in ("", row.sheet)]
        told = quoted(f"{sheet}:{number}" if sheet else str(number))
        if len(fitting) > 1:
            raise UsageError(f"--putuskan: baris {told} ada di beberapa lembar; tulis LEMBAR:BARIS={answer}.")
        if not fitting or decided(fitting[0], answer) == fitting[0]:
            raise UsageError(f"--putuskan: baris {told} tidak menunggu jawaban {quoted(answer)}; periksa dengan --uji-coba.")
    return tuple(_answered(row, answers) for row in found)


def _answered(row: ComparedRow, answers: Mapping[tuple[str, int], Answer]) -> ComparedRow:
    answer = answers.get((row.sheet, row.row)) or answers.get(("", row.row))
    return decided(row, answer) if answer else row


def _read(asked: str) -> tuple[tuple[str, int], Answer]:
    match = _ASKED.fullmatch(asked)
    answers: dict[str, Answer] = {answer: answer for answer in get_args(Answer)}
    if match is None or match[3] not in answers:
        raise UsageError(f"--putuskan {quoted(asked)}: tulis BARIS=sama, lewati, berkas atau ambil, misalnya 7=lewati.")
    return ((match[1] or "").strip(), int(match[2])), answers[match[3]]
