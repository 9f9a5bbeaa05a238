"""Looking at a database that nobody has open, in a copy of it: is it sound, what does it hold, which of several is to be taken."""

from __future__ import annotations

import errno
import shutil
from collections.abc import Mapping
from datetime import date
from functools import partial
from pathlib import Path

from msgspec import Struct

from pmm_tui.errors import DiskFullError, NewerSchemaError, PmmError
from pmm_tui.store import faults
from pmm_tui.store.database import Database
from pmm_tui.store.file import remove_database, side_file
from pmm_tui.store.journal import Journal
from pmm_tui.store.recovery.holdings import Holdings, holdings, in_order
from pmm_tui.store.recovery.merge import missing

BROKEN, FOREIGN, SAME, LESS, BEFORE = (
    "rusak",
    "dari versi pmm-tui yang lebih baru",
    "isinya sama",
    "isinya lebih sedikit",
    "lebih lama dari cadangan yang pernah dipilih",
)
"""Why a copy cannot be taken, or is not."""


class Passed(Struct, frozen=True, kw_only=True):
    """A copy that was not taken: why, and what it holds; None for one that cannot be used."""

    path: Path
    why: str
    held: Holdings | None = None


def choose(found: Mapping[Path, Holdings | str], today: date) -> tuple[Path | None, tuple[Passed, ...]]:
    """The copy to take of those that were looked at, None for none, and the others."""
    sound = {copy: held for copy, held in found.items() if isinstance(held, Holdings)}
    order = in_order(sound, today)
    passed = [Passed(path=copy, why=why) for copy, why in found.items() if isinstance(why, str)]
    passed += [Passed(path=copy, why=_why(sound[copy], sound[order[0]]), held=sound[copy]) for copy in order[1:]]
    return next(iter(order), None), tuple(passed)


def _why(held: Holdings, best: Holdings) -> str:
    if held.chosen < best.chosen:
        return BEFORE
    return SAME if held.rank == best.rank else LESS


def look(copy: Path, folder: Path, *, named: bool = False, log: Journal | None = None) -> Holdings | str:
    """What a copy holds, or why it cannot be taken: it must be a whole database of ours, with all that is in its `log`.

    It is looked at in a copy of its own. Raises OSError when there is no room to look; for one that matters by itself (`named`)
    NewerSchemaError.
    """
    probe = folder / "periksa.db"
    try:
        duplicate(copy, probe)
        database = Database(probe)
        try:
            sealed = tuple(log.entries()) if log else ()
            if not database.check(full=True).good or database.call(lambda: any(map(partial(missing, database.connection), sealed))):
                return BROKEN
            return database.call(lambda: holdings(database.connection))
        finally:
            database.close()
    except NewerSchemaError:
        if named:
            raise NewerSchemaError(
                f"Berkas {faults.shown(copy)} dibuat versi pmm-tui yang lebih baru; pasang versi baru itu di sini, atau sebut"
                " berkas cadangan yang akan dipakai. Tidak ada yang diubah."
            ) from None
        return FOREIGN
    except (PmmError, OSError) as error:
        if isinstance(error, DiskFullError) or getattr(error, "errno", 0) in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
            raise
        return BROKEN
    finally:
        remove_database(probe)


def duplicate(path: Path, to: Path) -> None:
    """Copy a database that nobody writes to, with its log; raises OSError."""
    for old, new in ((side_file(path), side_file(to)), (path, to)):
        if old.exists() or old == path:
            shutil.copyfile(old, new)
            new.chmod(0o600)
