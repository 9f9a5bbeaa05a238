"""What the server holds of a plan and nobody here has seen: kept beside the plan's own draft until the operator decides.

Seen is a revision whose content was sealed here, was taken as the draft, or was shown and decided upon. Only such a revision is
ever the base of a new envelope, so that the server answers `bentrok` for every other.
"""

# ruff: noqa: S608  (the statements are put together from words of ours; values are always parameters)

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from datetime import datetime

import msgspec

from pmm_tui.skp.model import RencanaKinerja
from pmm_tui.skp.wire import digest
from pmm_tui.store import outbox_sealing
from pmm_tui.store.database import Database
from pmm_tui.store.outbox_entry import HeldPlan
from pmm_tui.store.times import to_text

_SAME = "{0}.pegawai_id = {1}.pegawai_id AND {0}.periode = {1}.periode AND {0}.revisi = {1}.revisi AND {0}.sha256 = {1}.sha256"
_UNSEEN = f"""
SELECT d.pegawai_id, d.periode, d.revisi, d.sha256, m.line, m.tanda_terima, m.waktu, m.status, m.catatan, m.oleh
FROM dipegang AS d LEFT JOIN milik_server AS m ON {_SAME.format("m", "d")}
WHERE d.revisi > 0 AND coalesce(m.dilihat, 0) = 0 AND NOT EXISTS (SELECT 1 FROM kiriman AS k WHERE {_SAME.format("k", "d")}
    AND (k.dilihat = 1 OR EXISTS (SELECT 1 FROM draf AS f
        WHERE f.pegawai_id = k.pegawai_id AND f.periode = k.periode AND f.suntingan = k.suntingan)))
"""
_NAMES = ("pegawai_id", "periode", "revisi", "sha256", "line", "tanda_terima", "waktu", "status", "catatan", "oleh")
_COLUMNS = ", ".join(_NAMES)


class HeldPlans:
    """The plans that the server holds beside ours, one for a teacher and period."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def unseen(self, periode: str | None = None) -> Mapping[tuple[int, str], HeldPlan]:
        """What the server holds and nobody here has seen, by teacher and period; of one period or of all."""
        where, values = ("", ()) if periode is None else (" AND d.periode = ?", (periode,))
        return {(plan.pegawai_id, plan.periode): plan for plan in self._database.call(self._unseen, where, values)}

    def get(self, pegawai_id: int, periode: str) -> HeldPlan | None:
        """What the server holds of one plan and nobody here has seen."""
        where = " AND d.pegawai_id = ? AND d.periode = ?"
        return next(iter(self._database.call(self._unseen, where, (pegawai_id, periode))), None)

    def shown(self, pegawai_id: int, periode: str) -> HeldPlan | None:
        """The plan of the server that was last shown here and decided upon."""
        return self._database.call(self._shown, pegawai_id, periode)

    def held(self, pegawai_id: int, periode: str) -> tuple[int, str]:
        """Revision and digest that the server is known to hold, seen or not; 0 and empty for none."""
        return self._database.call(lambda: outbox_sealing.held(self._database.connection, pegawai_id, periode))

    def put(self, plan: HeldPlan) -> None:
        """Keep what the server holds of a plan in place of what it held before; an empty line: it cannot be read."""
        self._database.call(self._put, plan, False)

    def take(self, plan: HeldPlan, rencana: RencanaKinerja, edit: int, now: datetime, *, seen: bool) -> None:
        """Make the server's plan the draft, as edit `edit`, and its envelope one of the outbox; the draft before is kept.

        One that was not `seen` stands as sent as long as nobody edits it; an edit that did not come from a screen that shows it
        makes it one to look at.
        """
        self._database.call(self._take, plan, rencana, edit, now, seen)

    def mark_shown(self, pegawai_id: int, periode: str) -> None:
        """Note that a screen shows what was taken in from another computer."""
        self._database.call(self._mark_shown, pegawai_id, periode)

    def accept(self, plan: HeldPlan, edit: int, now: datetime) -> None:
        """Take the server's envelope into the outbox where the draft, at edit `edit`, says the same already."""
        self._database.call(self._accept, plan, edit, now)

    def bring_back(self, pegawai_id: int, periode: str, now: datetime) -> bool:
        """Exchange the draft and the one that gave way to the server's plan; false when there is none. Twice changes nothing."""
        return self._database.call(self._bring_back, pegawai_id, periode, now)

    def mark_seen(self, plan: HeldPlan) -> None:
        """Note that the content was shown and that ours may replace it: what was sealed on an older base is set aside.

        What was sent before it no longer counts as sent; see `outbox_views.DECIDED`.
        """
        self._database.call(self._mark_seen, plan)

    def newer_count(self) -> int:
        """How many plans are newer on the server, those aside of which ours is in conflict."""
        return self._database.call(self._newer_count)

    # ---- in the database's thread

    def _unseen(self, where: str, values: tuple[object, ...]) -> list[HeldPlan]:
        with self._database.readable():
            return [_plan(row) for row in self._database.connection.execute(_UNSEEN + where, values)]

    def _shown(self, pegawai_id: int, periode: str) -> HeldPlan | None:
        where = "WHERE pegawai_id = ? AND periode = ? AND dilihat = 1"
        row = self._database.connection.execute(f"SELECT {_COLUMNS} FROM milik_server {where}", (pegawai_id, periode)).fetchone()
        with self._database.readable():
            return _plan(row) if row else None

    def _put(self, plan: HeldPlan, seen: bool) -> None:
        with self._database.transaction() as connection:
            values = [getattr(plan, name) for name in _NAMES]
            marks = ", ".join("?" * (len(values) + 1))
            connection.execute(f"INSERT OR REPLACE INTO milik_server ({_COLUMNS}, dilihat) VALUES ({marks})", (*values, seen))

    def _take(self, plan: HeldPlan, rencana: RencanaKinerja, edit: int, now: datetime, seen: bool) -> None:
        at = (plan.pegawai_id, plan.periode)
        with self._database.transaction() as connection:
            content = msgspec.json.encode(rencana)
            if seen:  # what gives way is the operator's own work; the same again is none
                self._set_aside(*at, unless=content)
            connection.execute(
                "INSERT INTO draf VALUES (?, ?, ?, ?, ?) ON CONFLICT (pegawai_id, periode) DO UPDATE SET"
                " rencana = excluded.rencana, suntingan = max(excluded.suntingan, draf.suntingan + 1),"
                " disimpan = excluded.disimpan",
                (*at, content, edit, to_text(now)),
            )
            edit = connection.execute("SELECT suntingan FROM draf WHERE pegawai_id = ? AND periode = ?", at).fetchone()[0]
            if seen or digest(plan.line) != plan.sha256:  # bytes that are not the server's cannot be told from it again
                self._accept(plan, edit, now)
            else:
                self._put(plan, False)
                outbox_sealing.adopt(self._database, plan, edit, now, seen=False)

    def _accept(self, plan: HeldPlan, edit: int, now: datetime) -> None:
        with self._database.transaction():
            self._mark_seen(plan)
            outbox_sealing.adopt(self._database, plan, edit, now, seen=True)
            self._mark_shown(plan.pegawai_id, plan.periode)

    def _mark_shown(self, pegawai_id: int, periode: str) -> None:
        with self._database.transaction() as connection:
            connection.execute(
                "UPDATE milik_server SET dilihat = 1 WHERE pegawai_id = ?1 AND periode = ?2 AND (revisi, sha256) IN"
                " (SELECT revisi, sha256 FROM kiriman WHERE pegawai_id = ?1 AND periode = ?2 AND dilihat = 0)",
                (pegawai_id, periode),
            )
            connection.execute("UPDATE kiriman SET dilihat = 1 WHERE pegawai_id = ? AND periode = ?", (pegawai_id, periode))

    def _newer_count(self) -> int:
        conflict = (
            "SELECT 1 FROM kiriman AS c WHERE c.pegawai_id = d.pegawai_id AND c.periode = d.periode AND c.keadaan = 'conflict'"
        )
        statement = f"SELECT count(*) FROM ({_UNSEEN} AND NOT EXISTS ({conflict}))"
        return int(self._database.connection.execute(statement).fetchone()[0])

    def _mark_seen(self, plan: HeldPlan) -> None:
        with self._database.transaction() as connection:
            newer = connection.execute(
                "SELECT 1 FROM milik_server WHERE pegawai_id = ? AND periode = ? AND revisi > ?",
                (plan.pegawai_id, plan.periode, plan.revisi),
            ).fetchone()
            if plan.revisi and not newer:  # 0: the server holds nothing any more; one newer than what was shown stays to be seen
                self._put(plan, True)
            connection.execute(
                "UPDATE kiriman SET keadaan = 'superseded', catatan = ? WHERE pegawai_id = ? AND periode = ?"
                " AND keadaan IN ('queued', 'conflict', 'rejected')",
                (f"Diputuskan setelah melihat revisi {plan.revisi} di server.", plan.pegawai_id, plan.periode),
            )

    def _set_aside(self, pegawai_id: int, periode: str, unless: bytes) -> None:
        self._database.connection.execute(
            "INSERT OR REPLACE INTO draf_lama SELECT pegawai_id, periode, rencana, disimpan FROM draf"
            " WHERE pegawai_id = ? AND periode = ? AND rencana <> ?",
            (pegawai_id, periode, unless),
        )

    def _bring_back(self, pegawai_id: int, periode: str, now: datetime) -> bool:
        with self._database.transaction() as connection:
            before = self._replaced_draft(pegawai_id, periode)
            if before is None:
                return False
            content = msgspec.json.encode(before)
            self._set_aside(pegawai_id, periode, unless=content)
            changed = connection.execute(
                "UPDATE draf SET rencana = ?, suntingan = suntingan + 1, disimpan = ? WHERE pegawai_id = ? AND periode = ?",
                (content, to_text(now), pegawai_id, periode),
            )
            return bool(changed.rowcount)

    def _replaced_draft(self, pegawai_id: int, periode: str) -> RencanaKinerja | None:
        row = self._database.connection.execute(
            "SELECT rencana FROM draf_lama WHERE pegawai_id = ? AND periode = ?", (pegawai_id, periode)
        ).fetchone()
        with self._database.readable():
            return msgspec.json.decode(row[0], type=RencanaKinerja) if row else None


def _plan(row: sqlite3.Row | tuple[object, ...]) -> HeldPlan:
    told = {name: value for name, value in zip(_NAMES, row, strict=True) if value is not None}
    return HeldPlan(**told, read="line" in told)
