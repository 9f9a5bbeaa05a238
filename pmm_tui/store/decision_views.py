"""Reads about decisions: those that were sealed here, and the plans of a period as a head's desk sees them.

Everything here runs in the database's thread.
"""

# ruff: noqa: S608  (the statements are put together from words of ours; values are always parameters)

from __future__ import annotations

import msgspec

from pmm_tui.store.database import Database
from pmm_tui.store.decision_entry import COLUMNS, DecisionEntry, DeskPlan, ReadPlan, from_row
from pmm_tui.store.times import from_text

_SAME = "pegawai_id = d.pegawai_id AND {0}.periode = d.periode AND {0}.revisi = d.revisi AND {0}.sha256 = d.sha256"
_AT = {name: f"{name}.{_SAME.format(name)}" for name in ("k", "m", "u", "b")}
_DESK = f"""
SELECT d.pegawai_id, d.periode, d.revisi, d.sha256, {{line}},
    coalesce(nullif(k.tanda_terima, ''), m.tanda_terima, ''), coalesce(nullif(k.waktu_server, ''), m.waktu, ''),
    coalesce(nullif(k.oleh, ''), m.oleh, ''), coalesce(u.status, nullif(k.status_server, ''), nullif(m.status, ''), 'diajukan'),
    coalesce(u.catatan, ''), coalesce(u.waktu, ''), coalesce(u.nomor, ''), coalesce(u.ekspektasi, '{{{{}}}}'), b.pada IS NOT NULL,
    coalesce((SELECT max(x.revisi) FROM dibaca AS x WHERE x.pegawai_id = d.pegawai_id AND x.periode = d.periode
        AND x.sha256 <> d.sha256), 0)
FROM dipegang AS d LEFT JOIN kiriman AS k ON {_AT["k"]} LEFT JOIN milik_server AS m ON {_AT["m"]}
LEFT JOIN putusan AS u ON {_AT["u"]} LEFT JOIN dibaca AS b ON {_AT["b"]}
WHERE d.revisi > 0 AND d.periode = ?
"""
_WITH_CONTENT = _DESK.format(line="coalesce(k.line, m.line, b.line, x'')").replace("{{}}", "{}")
_WITHOUT = _DESK.format(line="iif(k.line IS NULL AND length(coalesce(m.line, b.line, x'')) = 0, x'', x'00')").replace("{{}}", "{}")


def decisions(database: Database, rest: str, values: tuple[object, ...]) -> tuple[DecisionEntry, ...]:
    """The decisions that `rest`, what follows the table in a SELECT, picks."""
    with database.readable():
        return tuple(map(from_row, database.connection.execute(f"SELECT {COLUMNS} FROM keputusan {rest}", values)))


def desk(database: Database, periode: str, pegawai_id: int | None = None, *, content: bool = True) -> tuple[DeskPlan, ...]:
    """The plans of a period that the server holds, of one teacher or of all.

    Without `content` a line is one byte long where the content is here: for lists of many.
    """
    where, values = ("", (periode,)) if pegawai_id is None else (" AND d.pegawai_id = ?", (periode, pegawai_id))
    statement = (_WITH_CONTENT if content else _WITHOUT) + where
    with database.readable():
        return tuple(_plan(row) for row in database.connection.execute(statement, values))


def read_before(database: Database, plan: DeskPlan) -> ReadPlan | None:
    """The newest other revision of a plan that was read to its end."""
    row = database.connection.execute(
        "SELECT revisi, sha256, line, pada FROM dibaca WHERE pegawai_id = ? AND periode = ? AND (revisi, sha256) <> (?, ?)"
        " ORDER BY pada DESC, revisi DESC LIMIT 1",
        (plan.pegawai_id, plan.periode, plan.revisi, plan.sha256),
    ).fetchone()
    with database.readable():
        return ReadPlan(revisi=row[0], sha256=row[1], line=bytes(row[2]), at=from_text(row[3])) if row else None


def _plan(row: tuple[object, ...]) -> DeskPlan:
    values = dict(zip(DeskPlan.__struct_fields__, row, strict=True))
    values["ekspektasi"] = msgspec.json.decode(str(values["ekspektasi"]), type=dict[str, str])
    values["line"], values["read"] = bytes(values["line"]), bool(values["read"])  # type: ignore[call-overload]
    return DeskPlan(**values)  # type: ignore[arg-type]
