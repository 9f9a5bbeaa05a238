"""From teacher to teacher in the order of the list: the one before, the one after, the next that is not finished."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from msgspec import Struct


class Neighbours(Struct, frozen=True):
    """Who stands beside a teacher in a list, and where: `position` of `count`, from 1; 0 for one who is not in it.

    At an end nobody follows (None): a list that begins anew unseen makes one fill in the first plan twice.
    """

    previous: int | None
    next: int | None
    position: int
    count: int


def neighbours(ids: Sequence[int], current: int) -> Neighbours:
    """The teachers beside `current`; beside one who is not in the list, the first of it comes next."""
    if current not in ids:
        return Neighbours(None, ids[0] if ids else None, 0, len(ids))
    at = ids.index(current)
    before = ids[at - 1] if at else None
    after = ids[at + 1] if at + 1 < len(ids) else None
    return Neighbours(before, after, at + 1, len(ids))


def next_open(ids: Sequence[int], current: int, is_open: Callable[[int], bool]) -> int | None:
    """The next teacher behind `current` with work left on the plan, from the end on with the first; None when nobody else has.

    `is_open` tells it of an id; see `State.is_open`.
    """
    at = ids.index(current) + 1 if current in ids else 0
    return next((one for one in (*ids[at:], *ids[:at]) if one != current and is_open(one)), None)
