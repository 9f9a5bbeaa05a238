"""The numbered changes of a school's plans, and the cursors that name a place among them.

Every change has a mark that chance gave it. A cursor holds its number and what follows from its mark: a server that was put back
from a backup and has since gone another way has other marks, and does not take a cursor from before for one of its own.
"""

from __future__ import annotations

import hashlib
import hmac
import re
from collections.abc import Callable

from sqlalchemy import Connection, select, update

from pmm_tui.server import tables
from pmm_tui.server.call import random_text
from pmm_tui.server.responses import Problem

_CURSOR = re.compile(r"([0-9a-f]{1,12})-([0-9a-f]{8})")


def note_change(conn: Connection, sekolah_id: str, order: int, chance: Callable[[int], bytes]) -> int:
    """Note change number `order` of a school, which must be locked, and return the number."""
    mark = random_text(tables.MARK, chance)
    conn.execute(update(tables.sekolah).where(tables.sekolah.c.id == sekolah_id).values(urut=order))
    conn.execute(tables.change_marks.insert().values(sekolah_id=sekolah_id, urut=order, tanda=mark))
    return order


def newest(conn: Connection, sekolah_id: str) -> tuple[int, str]:
    """The number and the mark of the school's newest change; 0 and nothing before the first."""
    t = tables.sekolah
    order = int(conn.execute(select(t.c.urut).where(t.c.id == sekolah_id)).scalar_one())
    return order, mark_of(conn, sekolah_id, order)


def mark_of(conn: Connection, sekolah_id: str, order: int) -> str:
    """The mark of a change, empty where there is none."""
    t = tables.change_marks
    return conn.execute(select(t.c.tanda).where(t.c.sekolah_id == sekolah_id, t.c.urut == order)).scalar() or ""


def cursor_after(conn: Connection, sekolah_id: str, order: int) -> str:
    """The cursor after a change. The school's id, which never leaves the server, ties it to this school on this server."""
    content = f"{sekolah_id}:{order}:{mark_of(conn, sekolah_id, order)}"
    return f"{order:x}-{hashlib.sha256(content.encode()).hexdigest()[:8]}"


def read_cursor(conn: Connection, sekolah_id: str, cursor: str) -> int:
    """Return the number of the change that a cursor stands after, 0 for an empty one.

    Raises Problem 400 for one that this server, as it is now, did not give to this school.
    """
    if not cursor:
        return 0
    if match := _CURSOR.fullmatch(cursor):
        order = int(match[1], 16)
        if order <= newest(conn, sekolah_id)[0] and hmac.compare_digest(cursor, cursor_after(conn, sekolah_id, order)):
            return order
    detail = "Penanda perubahan ini bukan dari server ini; ambil lagi dari awal, tanpa sesudah."
    raise Problem(400, "cursor", "Penanda tidak dikenal", detail)
