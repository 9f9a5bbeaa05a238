"""Importing from Dapodik's web service: asking it for all that is wanted, and the preview that a file would have."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, Literal, NamedTuple, Protocol

from msgspec import Struct, structs

from pmm_tui.errors import ConfigError, PmmError, ServerError
from pmm_tui.roster.compare import compare
from pmm_tui.roster.model import ComparedRow
from pmm_tui.services.in_force import InForce
from pmm_tui.services.listing import all_rows
from pmm_tui.services.needless import Marked, mark_not_needed
from pmm_tui.services.roster_import import Preview
from pmm_tui.skp.katalog import Katalog
from pmm_tui.skp.model import KepalaSekolah, Pegawai
from pmm_tui.skp.overview import PlanLine
from pmm_tui.skp.person import name_key
from pmm_tui.store import Store

if TYPE_CHECKING:
    from pmm_tui.roster.dapodik_web import WebHead, WebProposals

Path = Literal["getSekolah", "getGtk", "getRombonganBelajar"]
_STEPS: tuple[tuple[Path, str], ...] = (
    ("getSekolah", "Menanyakan sekolah …"),
    ("getGtk", "Mengambil daftar guru …"),
    ("getRombonganBelajar", "Mengambil rombongan belajar …"),
)
AWAY = "bukan di sekolah induk ini"
"""Why a teacher of another school needs no plan here."""
_MAX_PAGES = 300
_MAX_ROWS = 5_000

Progress = Callable[[str], None]


class Line(Protocol):
    """What asks Dapodik."""

    async def ask(self, path: Path, *, start: int = 0, limit: int = 0) -> bytes:
        """Return the body of an answer; raises ConfigError, ServerError."""


class WebAnswers(Struct, frozen=True):
    """The rows of the three answers, each with what is read of it alone; `notes` say what could not be had."""

    school: dict[str, Any]
    teachers: tuple[dict[str, Any], ...]
    classes: tuple[dict[str, Any], ...]
    notes: tuple[str, ...] = ()


class WebPreview(NamedTuple):
    """The preview of the rows, and what Dapodik proposes beside them."""

    preview: Preview
    proposals: WebProposals


async def fetch(line: Line, npsn: str, on_progress: Progress = lambda words: None) -> WebAnswers:
    """Ask for the school, its teachers and its classes; without the classes it goes on, as they only propose.

    Raises ConfigError (key `url`, `token` or `npsn`), InputError, ServerError.
    """
    found: dict[Path, tuple[dict[str, Any], ...]] = {}
    notes: list[str] = []
    for path, words in _STEPS:
        on_progress(words)
        try:
            found[path] = await _all_rows(line, path)
        except PmmError as error:
            if path != "getRombonganBelajar":
                raise
            notes.append(f"Wali kelas dan pembina tidak dapat diusulkan. {error.sentence}")
        if path == "getSekolah":
            _right_school(found[path], npsn)
    school = found["getSekolah"][0]
    return WebAnswers(school, found["getGtk"], found.get("getRombonganBelajar", ()), tuple(notes))


def _right_school(rows: tuple[dict[str, Any], ...], npsn: str) -> None:
    told = rows[0].get("npsn", "") if rows else ""
    if not rows:
        raise ConfigError(f"Dapodik itu tidak memegang sekolah dengan NPSN {npsn}; periksa NPSN-nya.", "npsn")
    if told != npsn:
        raise ConfigError(f"Dapodik menjawab untuk sekolah lain (NPSN {told or 'kosong'}, bukan {npsn}); periksa NPSN-nya.", "npsn")


async def _all_rows(line: Line, path: Path) -> tuple[dict[str, Any], ...]:
    """Ask once, as Dapodik mostly gives all rows whatever limit it names; only what is missing is asked for page by page."""
    from pmm_tui.roster.dapodik_web import read_page  # lazy: with the first import

    page = await asyncio.to_thread(read_page, path, await line.ask(path))
    rows = list(page.rows)
    total, size = page.results, len(page.rows)
    seen = {_key(row) for row in rows}
    for _ in range(_MAX_PAGES):
        if path == "getSekolah" or len(rows) >= total or not size:
            break
        page = await asyncio.to_thread(read_page, path, await line.ask(path, start=len(rows), limit=size))
        fresh = [row for row in page.rows if _key(row) not in seen]
        if not fresh or len(rows) + len(fresh) > _MAX_ROWS:
            break
        rows += fresh
        seen.update(map(_key, fresh))
    if path != "getSekolah" and len(rows) < total:
        raise ServerError(
            f"Dapodik hanya memberi {len(rows)} dari {total} baris ({path}); coba lagi, atau impor berkas Daftar Guru."
        )
    return tuple(rows)


def _key(row: dict[str, Any]) -> str:
    """What tells a row from the others: its id, else all of it."""
    return row.get("ptk_terdaftar_id") or row.get("rombongan_belajar_id") or repr(row)


def preview_web(store: Store, answers: WebAnswers, katalog: Katalog, today: date) -> WebPreview:
    """The rows against what is stored, as for a file; nothing is written. Raises InputError, StorageError."""
    from pmm_tui.roster.dapodik_web import read_web  # lazy: with the first import

    reading, proposals = read_web(answers.school, answers.teachers, answers.classes, katalog, today)
    rows = compare(reading, store.roster.all(), katalog, store.by_hand.values())
    return WebPreview(Preview(reading, rows), structs.replace(proposals, notes=(*answers.notes, *proposals.notes)))


def proposal_notes(proposals: WebProposals) -> tuple[str, ...]:
    """What the operator has to know beside the rows, as sentences."""
    notes = [f"Sekolah: {proposals.school.name} (NPSN {proposals.school.npsn}).", *proposals.notes]
    if away := proposals.away:
        notes.append(
            f"{len(away)} guru bukan dari sekolah induk ini: {_names([teacher.name for teacher in away])}. "
            "Rencananya dibuat di sekolah induknya; sesudah disimpan, tandai tidak perlu."
        )
    duties = [f"{t.name} ({', '.join(t.duties)})" for t in proposals.teachers if t.duties]
    if duties:
        notes.append(f"Usul tugas tambahan untuk {len(duties)} guru: {_names(duties)}. Diperiksa dan dipilih di rencananya.")
    return tuple(notes)


def _names(names: list[str]) -> str:
    more = f" dan {len(names) - 6} lagi" if len(names) > 6 else ""
    return f"{', '.join(names[:6])}{more}"


def not_home(
    store: Store, in_force: InForce, today: date, rows: Iterable[ComparedRow], proposals: WebProposals
) -> tuple[PlanLine, ...]:
    """The stored teachers whose own school is another one and who are not marked as needing no plan yet; raises StorageError."""
    away = {teacher.row for teacher in proposals.away}
    meant = {_person(row.pegawai) for row in rows if row.row in away and row.pegawai is not None}
    lines = (row.line for row in all_rows(store, in_force, today)) if meant else ()
    return tuple(line for line in lines if not line.not_needed and _person(line.pegawai) in meant)


def _person(pegawai: Pegawai) -> tuple[str, str]:
    """What tells one teacher from the others after the import."""
    return pegawai.nip or pegawai.nuptk or name_key(pegawai.nama), pegawai.tanggal_lahir


def mark_away(store: Store, in_force: InForce, lines: Iterable[PlanLine], now: datetime) -> tuple[Marked, ...]:
    """Mark teachers of another school as needing no plan here; raises StorageError."""
    return mark_not_needed(store, in_force, lines, AWAY, now)


def new_head(proposals: WebProposals, now: KepalaSekolah) -> WebHead | None:
    """The head that Dapodik names, where another is in force or none; only a question may put it into the settings."""
    head = proposals.head
    if head is None or (_same(head, now) and (now.plt or not head.acting)):  # Dapodik seldom says of somebody that they only act
        return None
    return head


def head_words(head: WebHead) -> str:
    """The head in words, with NIP and whether they only act."""
    return f"{head.name}{f', NIP {head.nip}' if head.nip else ''}{' (Plt.)' if head.acting else ''}"


def _same(head: WebHead, now: KepalaSekolah) -> bool:
    return name_key(head.name) == name_key(now.nama) and head.nip in ("", now.nip)
