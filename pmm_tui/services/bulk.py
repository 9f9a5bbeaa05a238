"""One thing for several teachers: what it would do for whom, what it leaves out and why, and then the doing."""

from __future__ import annotations

from collections.abc import Container, Iterable, Sequence
from datetime import date, datetime

from msgspec import Struct

from pmm_tui.services.in_force import InForce
from pmm_tui.services.listing import PlanRow, all_rows
from pmm_tui.services.plan_view import rater_words
from pmm_tui.services.submit import submit
from pmm_tui.store import Store

_REASONS, _NAMES = 6, 3


class Trial(Struct, frozen=True):
    """The plans that can be submitted, and the others, each with the name and why not."""

    ready: tuple[PlanRow, ...]
    left_out: tuple[tuple[str, str], ...]


class About(Struct, frozen=True):
    """What a bulk submission has in common: who rates the plans, and what to look out for (a deadline that has passed)."""

    raters: tuple[str, ...]
    notes: tuple[str, ...]


def about_submitting(in_force: InForce, rows: Iterable[PlanRow]) -> About:
    """To whom these plans go, each once, and what is told of the period as a whole, each once."""
    every = tuple(rows)
    raters = dict.fromkeys(rater_words(in_force.katalog.for_jenis_ptk(row.pegawai.jenis_ptk), in_force.sekolah) for row in every)
    notes = dict.fromkeys(m.pesan for row in every for m in row.masalah if not m.pointer and not m.halang)
    return About(tuple(raters), tuple(notes))


def try_submitting(store: Store, in_force: InForce, today: date, at: datetime, teachers: Container[int]) -> Trial:
    """Tell which plans of these teachers can be submitted as they stand; nothing is changed. Raises StorageError."""
    ready, left_out = [], []
    for row in all_rows(store, in_force, today):
        if row.pegawai.id in teachers:
            told = submit(store, row, in_force, at, dry_run=True)
            if told.result == "akan-antre":
                ready.append(row)
            else:
                left_out.append((row.pegawai.nama, told.reason))
    return Trial(tuple(ready), tuple(left_out))


def submit_all(store: Store, in_force: InForce, at: datetime, rows: tuple[PlanRow, ...]) -> int:
    """Submit the plans that a trial found ready, those that were changed since left out; how many wait now. Raises StorageError."""
    sealed = []
    for row in rows:
        draft = store.drafts.get(row.pegawai.id, in_force.periode)
        if draft is not None and draft.edit == row.edit and submit(store, row, in_force, at).result == "antre":
            entry = store.outbox.newest(row.pegawai.id, in_force.periode)
            sealed += [entry.id] if entry else []
    if sealed:
        store.withdrawals.note(in_force.periode, sealed, at)
    return len(sealed)


def left_sentence(left: Iterable[tuple[str, str]]) -> str:
    """Of whom, by name and reason, something was left out: by reason, the most frequent first; empty for nobody."""
    by_why: dict[str, list[str]] = {}
    for name, why in left:
        by_why.setdefault(why.rstrip("."), []).append(name)
    most = sorted(by_why.items(), key=lambda item: -len(item[1]))
    told = [f"{len(names)} {why} ({_first(names)})" for why, names in most[:_REASONS]]
    rest = sum(len(names) for _, names in most[_REASONS:])
    told += [f"{rest} karena sebab lain (pmm-tui periksa)"] if rest else []
    return f"Ditinggal: {'; '.join(told)}." if told else ""


def _first(names: Sequence[str]) -> str:
    more = len(names) - _NAMES
    return "; ".join(names[:_NAMES]) + (f"; dan {more} lagi" if more > 0 else "")
