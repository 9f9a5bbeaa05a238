"""What time it was by the server when it last answered, and by this computer, so that a wrong clock is known offline too."""

from __future__ import annotations

from datetime import datetime, timedelta

import msgspec
from msgspec import Struct

from pmm_tui.store import Store

_KEY = "jam/server"
_SAME = timedelta(hours=1)  # a smaller change is not worth a write


class ServerTime(Struct, frozen=True):
    """The last answer: the server's time, and this computer's at that moment; both aware."""

    server: datetime
    ours: datetime


def remember(store: Store, ours: datetime, ahead: float) -> None:
    """Keep the server's time, which our clock is `ahead` of by that many seconds. In the database's thread."""
    try:
        now = ServerTime(ours - timedelta(seconds=ahead), ours)
    except OverflowError:
        return
    last = recall(store)
    if last is not None and _day(last) == _day(now) and abs((last.ours - last.server) - (now.ours - now.server)) < _SAME:
        return
    store.reference.set_memo(_KEY, msgspec.json.encode(now).decode())


def recall(store: Store) -> ServerTime | None:
    """The last answer; None when there was none, or when it can no longer be read."""
    try:
        found = msgspec.json.decode(store.reference.memo(_KEY) or "", type=ServerTime)
    except msgspec.DecodeError:
        return None
    return found if found.server.tzinfo and found.ours.tzinfo else None


def _day(told: ServerTime) -> tuple[object, object]:
    return told.server.date(), told.ours.date()
