"""Which teachers something was written of since it was last asked, so that a long list is not read again for one of them.

Triggers of this connection alone tell it, which are no part of the file: whoever writes, and by whatever way, is noticed. What was
rolled back is told as well; that costs a look and nothing else.
"""

from __future__ import annotations

from itertools import count

from pmm_tui.store.database import Database

_OF_TEACHER = ("draf", "kiriman", "milik_server", "dipegang", "tidak_perlu")
"""The tables that say how a teacher's plan stands; `pegawai` is the roster itself.

A decision that counts is written into `kiriman` too.
"""

_number = count(1)  # so that several may watch one connection


class Touched:
    """The ids of teachers whose plans were written since the last `take`; None where the roster was, or nobody watched yet."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._ids: set[int] = set()
        self._roster = True
        self._watching = False

    def take(self) -> set[int] | None:
        """What was written since the last time; it is forgotten by that."""
        return self._database.call(self._take)

    def _take(self) -> set[int] | None:
        if not self._watching:
            self._watch()
        ids, roster = self._ids, self._roster
        self._ids, self._roster = set(), False
        return None if roster else ids

    def _watch(self) -> None:
        self._watching = True
        connection = self._database.connection
        name = f"disentuh_{next(_number)}"
        connection.create_function(name, 1, self._touch)
        for table in ("pegawai", *_OF_TEACHER):
            for event, row in (("INSERT", "NEW"), ("UPDATE", "NEW"), ("DELETE", "OLD")):
                told = "NULL" if table == "pegawai" else f"{row}.pegawai_id"
                connection.execute(
                    f"CREATE TEMP TRIGGER {name}_{table}_{event} AFTER {event} ON main.{table} BEGIN SELECT {name}({told}); END"
                )

    def _touch(self, pegawai_id: int | None) -> None:
        if pegawai_id is None:
            self._roster = True
        else:
            self._ids.add(pegawai_id)
