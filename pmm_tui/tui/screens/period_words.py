"""The period and the deadline of the stage that runs, as the title line says them."""

from __future__ import annotations

from datetime import date

from pmm_tui.dates import MONTHS, short_date
from pmm_tui.services.in_force import InForce
from pmm_tui.services.stages import deadline_of

SOON = 14
"""Days before the deadline from which on it stands out."""
_ROOMY, _WIDE = 76, 110


def period_words(in_force: InForce, today: date, width: int) -> tuple[str, str]:
    """The words for the right end of the title, and those of them that stand out, which come last."""
    label, deadline = short_period(in_force.label), deadline_of(in_force, today)
    if deadline is None:
        return label, ""
    # Only the planning's end is "the" deadline; of another stage its name is said, else its days are taken for the time to submit.
    if deadline.stage == "perencanaan":
        day = f"tenggat {short_date(deadline.last_day)}, " if width >= _ROOMY else ""
    else:
        wide = width >= _WIDE  # else its first word has to do: a name is not cut for it
        day = f"{deadline.label} s.d. {short_date(deadline.last_day)}, " if wide else f"{deadline.label.split()[0]} "
    if deadline.days_left > SOON:
        return f"{label} · {day}{deadline.short}", ""
    return f"{label} · {day}", deadline.short


def short_period(label: str) -> str:
    """A period's label with the names of months cut to three letters: `Jan–Des 2026`."""
    for month in MONTHS:
        label = label.replace(month, month[:3])
    return label
