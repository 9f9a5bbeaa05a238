"""A plan as the head reads it, in rows: all that a decision needs on one page, what changed where it stands. Pure."""

from __future__ import annotations

from collections.abc import Mapping

from pmm_tui.services.desk_list import decision_state
from pmm_tui.services.in_force import InForce
from pmm_tui.services.plan_preview import employment
from pmm_tui.services.plan_reading import PagePart, ReadingSheet, page_parts
from pmm_tui.skp.plan_diff import FieldDifference, Place
from pmm_tui.tui.widgets.look import StyleName
from pmm_tui.tui.widgets.rows import Gap, Row, Text


def page_rows(sheet: ReadingSheet, in_force: InForce, expected: Mapping[str, str], *, roomy: bool = True) -> tuple[Row, ...]:
    """The page; `expected` are the texts that an approval would take, `roomy` parts the parts by blank lines."""
    row, plan = sheet.row, sheet.plan
    right = " · ".join(t for t in (employment(sheet.pegawai).partition(" · ")[0], f"revisi {plan.revisi}") if t)
    rows: list[Row] = [Text(sheet.pegawai.nama, "strong", right=right, right_style="dim")]
    if row.trouble:
        rows.append(Text(row.trouble, "error"))
    elif row.decision is not None:
        rows.append(Text(decision_state(row.decision), "accent" if row.pending else "good"))
    if sheet.read_before:
        count = len(sheet.changes)
        told = f"{count} bidang berubah" if count else "Isinya sama"
        rows.append(Text(f"{told} sejak revisi {sheet.read_before} yang dibaca di sini", "warning" if count else "dim"))
    changes = {change.place: change for change in sheet.changes}
    for part in page_parts(sheet, in_force):
        rows += [*([Gap()] if roomy else []), Text(part.heading, _heading_style(part))]
        rows += _part_rows(part, changes, sheet.read_before, sheet.pegawai.nama)
    if expected:
        labels = {one.id: one.label for one in in_force.katalog.perilaku}
        rows += [*([Gap()] if roomy else []), Text("Ekspektasi Khusus Pimpinan yang ikut disetujui", "heading")]
        rows += [Text(f"{labels.get(name, name)}: {text}", indent=2) for name, text in expected.items()]
    return tuple(rows)


def _heading_style(part: PagePart) -> StyleName:
    return "warning" if part.heading == "Peringatan pemeriksaan" else "heading"


def _part_rows(part: PagePart, changes: Mapping[Place, FieldDifference], before: int, name: str) -> list[Row]:
    """The lines of a part; a changed one stands out with what stood there before below it, and what is gone comes last."""
    rows: list[Row] = []
    told = set[Place]()
    for line in part.lines:
        if line.text == name and part.section == "data_diri":
            continue  # it heads the page
        change = changes.get(line.place) if line.place else None
        rows.append(
            Text(line.text, "warning" if change else "", indent=2, right=line.amount, right_style="warning" if change else "")
        )
        if change and change.place not in told:
            told.add(change.place)
            rows.append(Text(f"di revisi {before}: {change.theirs}", "dim", indent=5))
    for place, change in changes.items():
        if place[0] == part.section and place not in told:
            rows.append(Text(f"{change.label}: {change.mine}", "warning", indent=2))
            rows.append(Text(f"di revisi {before}: {change.theirs}", "dim", indent=5))
    return rows
