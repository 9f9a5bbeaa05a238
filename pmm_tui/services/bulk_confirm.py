"""The word of several teachers at once, as it stands on a signed list: for whom, for whom not and why, then the noting."""

from __future__ import annotations

from collections.abc import Container, Iterable
from datetime import date, datetime

from msgspec import Struct

from pmm_tui.dates import kept_date, long_date, parse_date
from pmm_tui.services.in_force import InForce
from pmm_tui.services.listing import PlanRow, all_rows
from pmm_tui.services.plan_review import CONFIRMED, DATA_RIGHT, RAPOR_READ
from pmm_tui.skp.model import Rangkuman
from pmm_tui.skp.plan_state import State
from pmm_tui.skp.rangkuman import confirmation_words
from pmm_tui.store import Store
from pmm_tui.store.steps import DraftChange, Step
from pmm_tui.text import quoted

MOVED = "Berubah sesudah ditampilkan; lihat lagi, lalu ulangi."


class LeftOut(Struct, frozen=True):
    """A plan that is left alone and why; `settled`: there is nothing to do, as the word is noted already."""

    row: PlanRow
    why: str
    settled: bool = False


class ConfirmTrial(Struct, frozen=True):
    """The plans that can be confirmed, and the others."""

    ready: tuple[PlanRow, ...]
    left_out: tuple[LeftOut, ...]


class Confirmed(Struct, frozen=True):
    """What was done: the step (None: nothing was), for whom, and who was left out after all."""

    step: Step | None
    done: tuple[PlanRow, ...]
    left_out: tuple[LeftOut, ...] = ()


def try_confirming(store: Store, in_force: InForce, today: date, teachers: Container[int]) -> ConfirmTrial:
    """Tell of which of these teachers the word can be noted; nothing is changed. Raises StorageError."""
    return judge_rows([row for row in all_rows(store, in_force, today) if row.pegawai.id in teachers])


def judge_rows(rows: Iterable[PlanRow]) -> ConfirmTrial:
    """The same of rows that were read."""
    ready, left = list[PlanRow](), list[LeftOut]()
    for row in rows:
        why, settled = _refusal(row)
        if why:
            left.append(LeftOut(row, why, settled))
        else:
            ready.append(row)
    return ConfirmTrial(tuple(ready), tuple(left))


def _refusal(row: PlanRow) -> tuple[str, bool]:
    """Why the teacher's word cannot be noted, and whether nothing is to be done; empty when it can."""
    state = row.state
    if state is State.NOT_NEEDED:
        return f"ditandai tidak perlu ({row.line.not_needed})", False
    if row.rencana is None:
        return "rencananya belum dimulai", False
    if state.is_submitted:
        return f"sudah {state.word}", True
    if state.needs_look:
        return f"{state.word}; buka rencananya, lalu Lihat bedanya", False
    if state is State.RETURNED:
        return "dikembalikan kepala sekolah; perbaiki dulu", False
    found = {m.kode: m for m in row.blocking if m.kode != CONFIRMED}
    rest = [m for code, m in found.items() if code not in (DATA_RIGHT, RAPOR_READ)]
    if rest:
        more = f", dan {len(rest) - 1} masalah lagi" if len(rest) > 1 else ""
        return f"{rest[0].pesan.rstrip('.')}{more}", False
    if DATA_RIGHT in found:
        return "data dirinya belum dinyatakan sesuai", False
    if RAPOR_READ in found:
        return "Rapor Pendidikan belum dibaca", False
    if row.rencana.rangkuman.dikonfirmasi_guru:
        return f"sudah dikonfirmasi: {confirmation_words(row.rencana.rangkuman)}", True
    return "", False


# ---- the day


def day_fault(text: str, today: date) -> str:
    """What is wrong with a day of confirmation as somebody wrote it, as a sentence; empty when it can be noted."""
    day = parse_date(kept_date(text))
    if day is None:
        wrong = f"Tanggal {quoted(text, 20)} tidak terbaca" if text.strip() else "Tanggalnya belum diisi"
        return f"{wrong}; tulis misalnya 15-07-2026."
    return f"Tanggal {long_date(day)} belum tiba; tulis tanggal guru mengonfirmasi." if day > today else ""


def day_notes(text: str, in_force: InForce, rows: Iterable[PlanRow]) -> tuple[str, ...]:
    """What to look out for with a day that can be noted: plans that were saved after it, and planning not yet open on it."""
    day, periode = parse_date(kept_date(text)), in_force.katalog.find_periode(in_force.periode)
    if day is None or periode is None:
        return ()
    later = [row.pegawai.nama for row in rows if row.line.saved_at and row.line.saved_at.astimezone().date() > day]
    notes = []
    if day < periode.rencana_mulai:
        notes.append(f"Tanggal itu sebelum perencanaan dibuka {long_date(periode.rencana_mulai)}.")
    if later:
        who = later[0] if len(later) == 1 else f"{later[0]} dan {len(later) - 1} guru lain"
        notes.append(f"Disimpan sesudah tanggal itu: {who}. Pastikan yang dikonfirmasi isi yang sekarang.")
    return tuple(notes)


def word_of(cara: str, day: str) -> Rangkuman:
    """The teacher's word as it is kept; `day` as people write it."""
    return Rangkuman(dikonfirmasi_guru=True, cara=cara, tanggal=kept_date(day))


# ---- the noting


def confirm_all(store: Store, in_force: InForce, trial: ConfirmTrial, word: Rangkuman, now: datetime) -> Confirmed:
    """Note the word for all that a trial found ready, in one step; those that were changed since are left out.

    Raises StorageError, and InputError where one is changed at this very moment; then nothing is noted.
    """
    return store.database.call(_confirm_all, store, in_force, trial, word, now)


def _confirm_all(store: Store, in_force: InForce, trial: ConfirmTrial, word: Rangkuman, now: datetime) -> Confirmed:
    edits = {pegawai_id: draft.edit for pegawai_id, draft in store.drafts.all(in_force.periode).items()}
    same = tuple(row for row in trial.ready if edits.get(row.pegawai.id) == row.edit)
    moved = tuple(LeftOut(row, MOVED) for row in trial.ready if row not in same)
    changes = [DraftChange(row.pegawai.id, row.edit, row.rencana.with_section(word)) for row in same if row.rencana is not None]
    if not changes:
        return Confirmed(None, (), moved)
    words = f"Konfirmasi guru, {confirmation_words(word)}"
    return Confirmed(store.steps.do("konfirmasi", words, in_force.periode, changes, now), same, moved)
