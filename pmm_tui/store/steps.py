"""One step over the drafts of several teachers: done all or not at all, and taken back as one."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any, Literal

import msgspec
from msgspec import Struct

from pmm_tui.errors import InputError
from pmm_tui.skp.model import RencanaKinerja
from pmm_tui.store.database import Database
from pmm_tui.store.times import from_text, to_text

KEPT = 20
"""Steps of a period that can be taken back; older ones are forgotten when a new one is made."""

_STANDING = """
SELECT l.pegawai_id, l.sebelum, l.sesudah, d.suntingan, EXISTS (SELECT 1 FROM kiriman AS k WHERE k.pegawai_id = l.pegawai_id
    AND k.periode = d.periode AND k.suntingan = l.sesudah AND k.keadaan <> 'superseded')
FROM langkah_guru AS l JOIN draf AS d ON d.pegawai_id = l.pegawai_id AND d.periode = ? WHERE l.langkah_id = ?
"""
"""What a step did beside what stands now: its draft's edit, and whether just that was submitted."""

StepKind = Literal["salin", "templat", "bawa", "konfirmasi"]


class DraftChange(Struct, frozen=True):
    """What a step does to one draft: `edit` is the edit that was looked at (0: there was none), `after` the plan that follows."""

    pegawai_id: int
    edit: int
    after: RencanaKinerja


class Step(Struct, frozen=True):
    """A step that was done: `words` say what, `count` for how many teachers; `undone_at` is None while it stands."""

    id: int
    kind: StepKind
    words: str
    periode: str
    at: datetime
    count: int
    undone_at: datetime | None = None


class StepUndone(Struct, frozen=True):
    """What taking a step back did, as ids of teachers: those whose draft is as before, and those edited or submitted since."""

    step: Step
    back: tuple[int, ...]
    kept: tuple[int, ...]


class Steps:
    """The steps over many drafts, newest first. A draft's edit number only grows, also when a step is taken back."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def do(self, kind: StepKind, words: str, periode: str, changes: Sequence[DraftChange], now: datetime) -> Step:
        """Make all these drafts and remember how they were, in one transaction.

        Raises InputError, and nothing is changed, where a draft has another edit than the one looked at; StorageError.
        """
        return self._database.call(self._do, kind, words, periode, tuple(changes), to_text(now))

    def last(self, periode: str) -> Step | None:
        """The newest step of a period that can be taken back."""
        return self._database.call(self._last, periode)

    def touched(self, periode: str, kinds: Sequence[StepKind]) -> frozenset[int]:
        """The ids of the teachers for whom steps of these kinds stand that were not taken back, of those that are remembered."""
        return self._database.call(self._of_kinds, periode, tuple(kinds))

    def try_undo(self, step_id: int) -> StepUndone:
        """Tell what `undo` would do now; nothing is changed. Raises InputError as it does, StorageError."""
        return self._database.call(lambda: self._looked_at(step_id)[0])

    def undo(self, step_id: int, now: datetime) -> StepUndone:
        """Take a step back, in one transaction: each draft that still is as the step made it becomes what it was before.

        One that was edited or submitted since stays as it is. Where there was no draft there is none again. Raises InputError for a
        step that is not there or was taken back already, StorageError.
        """
        return self._database.call(self._undo, step_id, to_text(now))

    # ---- in the database's thread

    def _do(self, kind: StepKind, words: str, periode: str, changes: tuple[DraftChange, ...], at: str) -> Step:
        with self._database.transaction() as connection:
            stands = {
                row[0]: row[1:]
                for row in connection.execute("SELECT pegawai_id, suntingan, rencana FROM draf WHERE periode = ?", (periode,))
            }
            for change in changes:
                if stands.get(change.pegawai_id, (0,))[0] != change.edit:
                    raise InputError("Ada rencana yang berubah sesudah pratinjau; tidak ada yang diubah. Lihat lagi, lalu ulangi.")
            step_id = connection.execute(
                "INSERT INTO langkah (jenis, keterangan, periode, dibuat) VALUES (?, ?, ?, ?)", (kind, words, periode, at)
            ).lastrowid
            connection.executemany(
                "INSERT INTO langkah_guru VALUES (?, ?, ?, ?)",
                [(step_id, c.pegawai_id, stands.get(c.pegawai_id, (0, b""))[1], c.edit + 1) for c in changes],
            )
            connection.executemany(
                "INSERT INTO draf VALUES (?, ?, ?, ?, ?) ON CONFLICT (pegawai_id, periode) DO UPDATE SET"
                " rencana = excluded.rencana, suntingan = excluded.suntingan, disimpan = excluded.disimpan",
                [(c.pegawai_id, periode, msgspec.json.encode(c.after), c.edit + 1, at) for c in changes],
            )
            self._forget_old(connection, periode)
            found = self._last(periode)
        assert found is not None
        return found

    def _forget_old(self, connection: sqlite3.Connection, periode: str) -> None:
        old = "SELECT id FROM langkah WHERE periode = ? ORDER BY id DESC LIMIT -1 OFFSET ?"
        connection.execute(f"DELETE FROM langkah_guru WHERE langkah_id IN ({old})", (periode, KEPT))  # noqa: S608  (ours)
        connection.execute(f"DELETE FROM langkah WHERE id IN ({old})", (periode, KEPT))  # noqa: S608

    def _last(self, periode: str) -> Step | None:
        connection = self._database.connection
        if connection.execute("SELECT 1 FROM sqlite_schema WHERE name = 'langkah'").fetchone() is None:
            return None  # read beside a window that an older program opened
        return next(iter(self._read("WHERE periode = ? AND diurungkan = '' ORDER BY id DESC LIMIT 1", (periode,))), None)

    def _of_kinds(self, periode: str, kinds: tuple[StepKind, ...]) -> frozenset[int]:
        marks = ", ".join("?" * len(kinds))
        of_kinds = f"SELECT id FROM langkah WHERE periode = ? AND diurungkan = '' AND jenis IN ({marks})"  # noqa: S608  (only marks)
        statement = f"SELECT DISTINCT pegawai_id FROM langkah_guru WHERE langkah_id IN ({of_kinds})"  # noqa: S608
        rows = self._database.connection.execute(statement, (periode, *kinds))
        return frozenset(row_id for (row_id,) in rows)

    def _read(self, where: str, values: tuple[object, ...]) -> Iterable[Step]:
        rows = self._database.connection.execute(
            "SELECT id, jenis, keterangan, periode, dibuat, diurungkan,"  # noqa: S608  (the condition is ours)
            f" (SELECT count(*) FROM langkah_guru WHERE langkah_id = langkah.id) FROM langkah {where}",
            values,
        ).fetchall()
        with self._database.readable():
            return [
                Step(row_id, kind, words, periode, from_text(at), count, from_text(undone) if undone else None)
                for row_id, kind, words, periode, at, undone, count in rows
            ]

    def _looked_at(self, step_id: int) -> tuple[StepUndone, list[tuple[int, bytes, int]]]:
        """What taking a step back comes to; and of each draft that still is as the step made it how it was, and its next edit."""
        step = next(iter(self._read("WHERE id = ?", (step_id,))), None)
        if step is None or step.undone_at is not None:
            raise InputError("Langkah itu sudah diurungkan, atau tidak ada lagi.")
        rows: list[tuple[Any, ...]] = self._database.connection.execute(_STANDING, (step.periode, step_id)).fetchall()
        back = [(pegawai_id, before, made + 1) for pegawai_id, before, made, edit, sealed in rows if edit == made and not sealed]
        done = {pegawai_id for pegawai_id, _, _ in back}
        return StepUndone(step, tuple(done), tuple(row[0] for row in rows if row[0] not in done)), back

    def _undo(self, step_id: int, at: str) -> StepUndone:
        with self._database.transaction() as connection:
            told, back = self._looked_at(step_id)
            for pegawai_id, before, edit in back:
                _put_back(connection, told.step.periode, pegawai_id, before, edit, at)
                _stands_again(connection, told.step.periode, pegawai_id, edit)
            connection.execute("UPDATE langkah SET diurungkan = ? WHERE id = ?", (at, step_id))
        return told


def _put_back(connection: sqlite3.Connection, periode: str, pegawai_id: int, before: bytes, edit: int, at: str) -> None:
    """A draft as it was; the number goes on, so that no older save of an open screen wins, nor an envelope of it seems to be it."""
    plan = (pegawai_id, periode)
    if not before and connection.execute("SELECT 1 FROM kiriman WHERE pegawai_id = ? AND periode = ?", plan).fetchone() is None:
        connection.execute("DELETE FROM draf WHERE pegawai_id = ? AND periode = ?", plan)
        return
    content = before or msgspec.json.encode(RencanaKinerja())
    connection.execute(
        "UPDATE draf SET rencana = ?, suntingan = ?, disimpan = ? WHERE pegawai_id = ? AND periode = ?", (content, edit, at, *plan)
    )


def _stands_again(connection: sqlite3.Connection, periode: str, pegawai_id: int, edit: int) -> None:
    """What an earlier step made of a draft stands again, now as `edit`, so that it can be taken back in its turn.

    Not where that was submitted in between: the envelope names the edit that it was then.
    """
    made = edit - 2  # the step that was taken back made the one between
    connection.execute(
        "UPDATE langkah_guru SET sesudah = ?1 WHERE pegawai_id = ?2 AND sesudah = ?3"
        " AND langkah_id IN (SELECT id FROM langkah WHERE periode = ?4 AND diurungkan = '') AND NOT EXISTS"
        " (SELECT 1 FROM kiriman WHERE pegawai_id = ?2 AND periode = ?4 AND suntingan = ?3 AND keadaan <> 'superseded')",
        (edit, pegawai_id, made, periode),
    )
