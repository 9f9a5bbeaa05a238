"""A plan as its operator goes through it, in rows: the data diri in two lines, the whole plan, how it stands. Pure."""

from __future__ import annotations

from pmm_tui.services.in_force import InForce
from pmm_tui.services.plan_review import DECIDED_HERE, RAPOR_READ, ReviewSheet, person_lines, plan_parts, rapor_lines
from pmm_tui.skp.rangkuman import confirmation_words
from pmm_tui.tui.widgets.look import StyleName
from pmm_tui.tui.widgets.rows import Gap, Row, Text

_RIGHT: tuple[str, StyleName] = ("data diri dinyatakan sesuai", "good")
_NOT_YET: tuple[str, StyleName] = ("data diri belum dinyatakan sesuai", "warning")


def review_rows(sheet: ReviewSheet, in_force: InForce, *, roomy: bool = True) -> tuple[Row, ...]:
    """The page; `roomy` parts the parts by blank lines.

    What stops the plan comes first; the teacher's name, which is cut in the title where it is long, heads the data; what is warned
    of stands at the end.
    """
    rows: list[Row] = []
    if sheet.locked:
        rows.append(Text(sheet.locked, "accent"))
    for masalah in sheet.missing:
        rows.append(Text(masalah.pesan, "error"))
    right = sheet.rencana is not None and sheet.rencana.data_diri.sesuai
    said, said_style = _RIGHT if right else _NOT_YET
    gap: list[Row] = [Gap()] if roomy else []
    rows += [*(gap if rows else []), Text(sheet.pegawai.nama, "heading", right=said, right_style=said_style)]
    rows += [Text(line.text, "warning" if line.doubted else "", indent=2) for line in person_lines(sheet, in_force)]
    if RAPOR_READ in sheet.undeclared:
        rows += [*gap, Text("Rapor Pendidikan", "heading", right="belum dinyatakan dibaca", right_style="warning")]
        rows += [Text(line, indent=2) for line in rapor_lines(sheet, in_force)]
    for part in plan_parts(sheet, in_force):
        rows += [*gap, Text(part.heading, "heading")]
        rows += [Text(line.text, indent=2, right=line.amount) for line in part.lines]
    if sheet.rencana is not None:
        words = confirmation_words(sheet.rencana.rangkuman)
        word_style: StyleName = "good" if words else "warning"
        rows += [*gap, Text("Konfirmasi guru", "heading", right=words or "belum dikonfirmasi", right_style=word_style)]
    warned = [m for m in sheet.line.masalah if not m.halang and m.kode not in DECIDED_HERE]
    rows += [*gap, *(Text(f"- {m.pesan}", "warning") for m in warned)] if warned else []
    if sheet.status and sheet.status != sheet.locked:
        rows.append(Text(sheet.status, "dim"))
    return tuple(rows)
