"""What is said of copying: per teacher what is filled, replaced and left and why, and the sum of it."""

from __future__ import annotations

from collections.abc import Iterable

from pmm_tui.services.copying import NEVER, CopyRow, CopyTrial
from pmm_tui.services.in_force import InForce
from pmm_tui.skp.katalog_tables import Skema
from pmm_tui.skp.plan_carry import NotCarried
from pmm_tui.skp.plan_diff import SECTION_LABELS
from pmm_tui.text import shorten

MAX_WHAT = 90
"""Letters of what stays behind, in a line."""

NEW_RAPOR = "Rapor Pendidikan periode baru harus dibaca lagi."
"""What is said when plans come from another period."""


def section_label(section: str, in_force: InForce) -> str:
    """A section's name under the scheme of the period in force."""
    return in_force.katalog.skema_periode(in_force.periode).step_label(section, SECTION_LABELS.get(section, section))


def row_lines(row: CopyRow, in_force: InForce) -> tuple[str, ...]:
    """What copying does for one teacher, the first line without the name: `diisi: Perilaku Kerja.`"""
    if row.result == "ditinggal":
        return (f"ditinggal: {row.why}.",)
    lines = [f"diisi: {_labels(row.changed, in_force)}." if row.changed else f"tetap: {row.why}."]
    if row.replaced:
        lines.append(f"Isi lama diganti: {_labels(row.replaced, in_force)}.")
    if row.unconfirmed:
        lines.append("Konfirmasi gurunya tidak berlaku lagi; minta guru membacanya lagi.")
    if row.kept and row.changed:
        lines.append(f"Sudah berisi, tidak diganti: {_labels(row.kept, in_force)}.")
    skema = in_force.katalog.skema_periode(in_force.periode)
    lines.extend(not_copied_words(one, skema) + "." for one in row.left)
    if row.empty:
        lines.append(f"Tetap kosong, sumbernya juga kosong: {_labels(row.empty, in_force)}.")
    return tuple(lines)


def not_copied_words(left: NotCarried, skema: Skema) -> str:
    """What is not copied and why, without the point: `Tugas Tambahan tidak disalin: "..." (Dapodik mencatat: ...)`."""
    label = skema.step_label(left.section, SECTION_LABELS.get(left.section, left.section))
    return f'{label} tidak disalin: "{shorten(left.what, MAX_WHAT)}" ({left.why})'


def sum_words(trial: CopyTrial, *, tried: bool) -> str:
    """How many plans are filled, stay as they are, and are left out: `3 rencana diisi, 1 tetap, 2 ditinggal.`"""
    count = {result: sum(row.result == result for row in trial.rows) for result in ("diisi", "tetap", "ditinggal")}
    parts = [f"{count['diisi']} rencana {'akan diisi' if tried else 'diisi'}"]
    parts += [f"{count[result]} {result}" for result in ("tetap", "ditinggal") if count[result]]
    replaced = sum(bool(row.replaced) for row in trial.filled)
    unconfirmed = sum(row.unconfirmed for row in trial.filled)
    more = [f"{replaced} di antaranya isinya diganti"] if replaced else []
    more += [f"{unconfirmed} konfirmasi guru gugur"] if unconfirmed else []
    return f"{', '.join(parts)}." + (f" {'; '.join(more)}." if more else "")


def never_words(trial: CopyTrial, in_force: InForce) -> str:
    """What is never copied."""
    return NEVER if trial.source.periode == in_force.periode else f"{NEVER} {NEW_RAPOR}"


def _labels(sections: Iterable[str], in_force: InForce) -> str:
    return ", ".join(section_label(one, in_force) for one in sections)
