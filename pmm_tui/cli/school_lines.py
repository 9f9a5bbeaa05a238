"""What is told of the schools of this computer, and which one was last on the screen."""

from __future__ import annotations

from pathlib import Path

import msgspec

from pmm_tui.cli.context import RunContext
from pmm_tui.cli.kept_schools import first_number, others, read_notes, write_notes
from pmm_tui.errors import AlreadyOpenError, PmmError
from pmm_tui.private_file import there
from pmm_tui.services.schools import SchoolLine, count_school
from pmm_tui.store import Store


def note_last(context: RunContext) -> None:
    """Keep which school is on the screen, for the next start; nothing where there is only one."""
    places = context.locations
    if not others(places):
        return
    noted = read_notes(places)
    if context.school != noted.last:
        write_notes(places, msgspec.structs.replace(noted, last=context.school))


def school_lines(context: RunContext, store: Store | None = None) -> tuple[SchoolLine, ...]:
    """All schools of this computer, the first one first, with how far each is; `store` are the records that are open here.

    Reads the records of the others as they lie on the disk, also while another window has them open. Raises ConfigError.
    """
    places = context.locations
    noted = read_notes(places)
    more = others(places)
    first = first_number(context, noted, more, None if places.first else store)
    found = []
    for npsn in (first, *more):
        is_first = npsn == first
        other = context.for_school(npsn, first=is_first, anew=True, several=bool(more))
        here = (context.locations.first is None) if is_first else context.school == npsn
        line = SchoolLine(npsn=npsn, name=noted.names.get(npsn, ""), here=here, first=is_first)
        found.append(_counted(line, context if here else other, store if here else None))
    return tuple(found)


def _counted(line: SchoolLine, context: RunContext, store: Store | None) -> SchoolLine:
    try:
        if store is not None:
            return count_school(line, store, context.in_force(store, tell=False), context.today())
        if not there(context.locations.database):
            return line
        with _opened(context.locations.database) as opened:
            return count_school(line, opened, context.in_force(opened, tell=False), context.today())
    except PmmError as error:
        return msgspec.structs.replace(line, why=f"belum terbaca: {error.sentence}")


def _opened(path: Path) -> Store:
    """The records as they lie on the disk, without a lock; opened where they are of an older version, which that cannot read."""
    try:
        return Store.beside(path)
    except AlreadyOpenError:
        return Store.open(path)
