"""The stage of the day: which part of the period's work runs now, how many days are left of it, and what comes after."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from msgspec import Struct

from pmm_tui.dates import long_date, short_date
from pmm_tui.services.in_force import InForce
from pmm_tui.skp.katalog_parts import Tahap
from pmm_tui.skp.katalog_reader import bundled
from pmm_tui.skp.katalog_tables import Periode

_SOON = 60
"""Days ahead that a stage of the next period is told."""


class Stage(Struct, frozen=True):
    """What runs on a day, and the part of it that runs; or, where nothing runs, what comes `next`."""

    tahap: Tahap | None = None
    part: Tahap | None = None
    next: Tahap | None = None


def stages_of(periode: Periode) -> tuple[Tahap, ...]:
    """The stages of a period; where its catalogue names none, its planning window."""
    window = Tahap(id="perencanaan", label="Perencanaan", mulai=periode.rencana_mulai, batas=periode.rencana_batas)
    return periode.tahap or (window,)


def stage_on(periode: Periode, day: date) -> Stage:
    """The stage of a day: of several that run, the one that began last."""
    whole = [t for t in stages_of(periode) if not t.di_dalam]
    running = _running(whole, day)
    if running is None:
        return Stage(next=min((t for t in whole if t.mulai > day), key=lambda t: t.mulai, default=None))
    return Stage(running, _running((t for t in periode.tahap if t.di_dalam == running.id), day))


def stage_sentence(in_force: InForce, today: date) -> str:
    """The stage of the day as sentences; empty while the computer's clock cannot be right."""
    periode = in_force.katalog.find_periode(in_force.periode)
    if periode is None or in_force.clock:
        return ""
    found = stage_on(periode, today)
    told = [t for t in (found.tahap, found.part, found.next) if t]
    if found.tahap:
        part = f"; kini {found.part.label} {_until(found.part, today)}" if found.part else ""
        said = f"Tahap hari ini: {found.tahap.label} {_until(found.tahap, today)}{part}."
    elif found.next:
        said = f"Tahap berikutnya: {found.next.label} {_from(found.next, today)}."
    else:
        said = f"Tahap periode {periode.label} sudah selesai semua."
    if not found.next and (after := _after(in_force, periode, today)):
        later, tahap = after
        said += f" Periode {later.label}: {tahap.label} {_until(tahap, today) if tahap.mulai <= today else _from(tahap, today)}."
        told.append(tahap)
    return said + (" Tanggal ini belum pasti." if any(t.keyakinan == "ragu" for t in told) else "")


def stage_advice(in_force: InForce, today: date) -> tuple[str, ...]:
    """What the stage of the day asks for, and that of the next period where it runs too, each as a sentence with its name."""
    periode = in_force.katalog.find_periode(in_force.periode)
    if periode is None or in_force.clock:
        return ()
    found, later = stage_on(periode, today), _after(in_force, periode, today)
    running = [found.part if found.part and found.part.id in in_force.katalog.anjuran_tahap else found.tahap]
    running += [later[1]] if later and later[1].mulai <= today else []
    asked = ((tahap, in_force.katalog.anjuran_tahap.get(tahap.id, "")) for tahap in running if tahap)
    return tuple(f"{tahap.label[0].upper()}{tahap.label[1:]}: {text}" for tahap, text in asked if text)


def stage_short(in_force: InForce, today: date) -> str:
    """The stage of the day in a few words, for a head line; empty where none runs or the clock cannot be right."""
    periode = in_force.katalog.find_periode(in_force.periode)
    tahap = stage_on(periode, today).tahap if periode and not in_force.clock else None
    return f"{tahap.label}: {_left(tahap.batas, today)}" if tahap else ""


class Deadline(Struct, frozen=True):
    """When the stage of the day ends: its id and name, its last day, days left (0: today); `unsure`: the date is a guess."""

    stage: str
    label: str
    last_day: date
    days_left: int
    unsure: bool

    @property
    def words(self) -> str:
        """`tenggat 31 Jan, 12 hari lagi`."""
        return f"tenggat {short_date(self.last_day)}, {self.short}"

    @property
    def short(self) -> str:
        """`12 hari lagi`, where there is little room."""
        return _days(self.days_left)


def deadline_of(in_force: InForce, today: date) -> Deadline | None:
    """The deadline of the stage that runs now; None where none runs or the clock cannot be right."""
    periode = in_force.katalog.find_periode(in_force.periode)
    tahap = stage_on(periode, today).tahap if periode and not in_force.clock else None
    return Deadline(tahap.id, tahap.label, tahap.batas, (tahap.batas - today).days, tahap.keyakinan == "ragu") if tahap else None


def stage_json(in_force: InForce, today: date) -> dict[str, Any] | None:
    """The stage of the day for scripts; None where none runs or the clock cannot be right."""
    periode = in_force.katalog.find_periode(in_force.periode)
    if periode is None or in_force.clock:
        return None
    found = stage_on(periode, today)
    if found.tahap is None:
        return None
    part = _as_json(found.part, today) if found.part else None
    return _as_json(found.tahap, today) | {"bagian": part, "anjuran": list(stage_advice(in_force, today))}


def _as_json(tahap: Tahap, today: date) -> dict[str, Any]:
    return {
        "id": tahap.id,
        "label": tahap.label,
        "mulai": tahap.mulai.isoformat(),
        "sampai": tahap.batas.isoformat(),
        "sisa_hari": (tahap.batas - today).days,
        "keyakinan": tahap.keyakinan,
    }


def _running(stages: Iterable[Tahap], day: date) -> Tahap | None:
    return max((t for t in stages if t.mulai <= day <= t.batas), key=lambda t: t.mulai, default=None)


def _after(in_force: InForce, periode: Periode, today: date) -> tuple[Periode, Tahap] | None:
    """The first stage of the next period, when it runs already or is near; the server's catalogue knows no other period."""
    every = (*in_force.katalog.periode, *bundled().periode)
    later = min((p for p in every if p.mulai > periode.selesai), key=lambda p: p.mulai, default=None)
    found = stage_on(later, today) if later else Stage()
    tahap = found.tahap or found.next
    return (later, tahap) if later and tahap and (tahap.mulai - today).days <= _SOON else None


def _until(tahap: Tahap, today: date) -> str:
    return f"sampai {long_date(tahap.batas)} ({_left(tahap.batas, today)})"


def _from(tahap: Tahap, today: date) -> str:
    return f"mulai {long_date(tahap.mulai)} ({_left(tahap.mulai, today)})"


def _left(day: date, today: date) -> str:
    return _days((day - today).days)


def _days(days: int) -> str:
    return f"{days} hari lagi" if days else "hari terakhir"
