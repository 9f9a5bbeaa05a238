"""The plan under the cursor as rows of the page beside the list."""

from __future__ import annotations

from pmm_tui.services.plan_preview import PlanPreview
from pmm_tui.tui.screens.roster_columns import STATE_STYLES, mark_sign, state_words
from pmm_tui.tui.widgets.look import Look, StyleName
from pmm_tui.tui.widgets.rows import Gap, Row, Text

_ROOMY = 30
"""Lines from which blank rows part the panes."""


def preview_rows(shown: PlanPreview, look: Look, height: int) -> tuple[Row, ...]:
    """Name, employment and state; the five panes with a line of each; the head's note; the last receipt."""
    line = shown.line
    word = f"{look.state_sign(line.state)} {state_words(line.state, 99)}"
    rows: list[Row] = [
        Text(line.pegawai.nama, "strong"),
        Text(shown.employment, "dim"),
        Text(f"{word}, {shown.since}" if shown.since else word, STATE_STYLES.get(line.state, "")),
    ]
    rows.append(Gap())
    style: StyleName
    for pane in shown.panes:
        sign, style = mark_sign(pane.mark, look) if pane.mark else ("", "dim")
        rows.append(Text(pane.label, right=sign, right_style=style))
        if pane.content:
            rows.append(Text(pane.content, "dim", indent=2))
        if height >= _ROOMY:
            rows.append(Gap())
    if shown.first_problem and not shown.note:
        rows += [Gap(), Text(f"{look.signs.problem} {shown.first_problem}", "error" if line.blocking else "warning")]
    if shown.note:
        rows += [
            Gap(),
            Text("Catatan kepala sekolah", "warning", right=shown.decided, right_style="dim"),
            Text(shown.note, indent=2),
        ]
    elif shown.decided:
        rows += [Gap(), Text(f"Diputuskan kepala sekolah {shown.decided}", "dim")]
    if shown.receipt:
        rows += [Gap(), Text(shown.receipt.words, "dim")]
    return tuple(rows)
