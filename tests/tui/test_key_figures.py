"""The README's table of keys: each figure is counted here through the real app at 80x24, and must be what stands there."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from pmm_tui.store import Store
from tests.tui.conftest import Open
from tests.tui.fake_services import MOMENT
from tests.tui.key_count import KeyCount, many_teachers
from tests.tui.samples import full_plan
from tests.tui.stage import Stage

pytestmark = pytest.mark.anyio
FORTY = many_teachers(40)
README = (Path(__file__).parents[2] / "README.md").read_text("utf-8")
GOALS = {
    "one whole plan from the list": 25,
    "the next teacher with the same choices": 6,
    "40 teachers by template, each looked at and confirmed": 200,
    "the same with signatures on one paper list": 120,
    "40 teachers carried over from last period, each looked at": 130,
}
"""The most keys for each row; the last three are without submitting."""
SUBMIT_ALL = 3
"""With all marked still: ask, and the two keys of the question."""


def told(work: str) -> tuple[int, int]:
    """What the README says of a piece of work: keys today, and the goal."""
    match = re.search(rf"^\| {re.escape(work)} \| (\d+) \| (\d+) \|$", README, re.MULTILINE)
    assert match is not None, work
    return int(match[1]), int(match[2])


def check(work: str, keys: KeyCount) -> None:
    """The count is within the goal, and just what the README says."""
    counted = keys.take()
    assert counted <= GOALS[work]
    assert told(work) == (counted, GOALS[work])


def submitted(u: Stage) -> int:
    """How many plans wait for the server."""
    return len(u.store.outbox.due(100))


def right(u: Stage) -> int:
    """How many teachers' data are said to be right in the period of the screen."""
    return sum(draft.rencana.data_diri.sesuai for draft in u.store.drafts.all("2026").values())


def confirmed(u: Stage) -> int:
    """How many teachers have confirmed their plan."""
    return sum(draft.rencana.rangkuman.dikonfirmasi_guru for draft in u.store.drafts.all("2026").values())


@asynccontextmanager
async def by_template(stage_app: Open) -> AsyncIterator[tuple[Stage, KeyCount]]:
    """Forty teachers without a plan and one template; it is chosen, looked at and applied to all."""
    async with stage_app(teachers=FORTY, size=(80, 24)) as u:
        u.store.templates.save("Guru mapel", "2026", "", full_plan(), MOMENT)
        keys = KeyCount(u)
        await keys.press("asterisk alt+s enter f9")
        assert "40 rencana diisi" in u.status
        assert (right(u), confirmed(u)) == (0, 0)
        yield u, keys


async def test_one_whole_plan(stage_app: Open) -> None:
    """From the list to the outbox: every pane, the teacher's word, and the question."""
    async with stage_app(teachers=FORTY, size=(80, 24)) as u:
        keys = KeyCount(u)
        await keys.press("enter enter down enter enter enter")  # open, data diri said to be right, rapor, one indicator
        await keys.press("enter enter enter enter")  # an RHK, its target, go on
        await keys.press("enter")  # no extra duty
        await keys.press("enter*7")
        assert u.tab == "5 Rangkuman"
        await keys.press("space f9 down enter")
        assert submitted(u) == 1
        check("one whole plan from the list", keys)


async def test_the_next_teacher(stage_app: Open) -> None:
    """Filled like the last one's, read, confirmed in the same way, submitted."""
    async with stage_app(teachers=FORTY[:4], draft={FORTY[0].nama: full_plan()}, size=(80, 24)) as u:
        await u.press("down alt+s end space '2' f9 f9 down enter")  # the first of an evening says how they confirm
        keys = KeyCount(u)
        await keys.press("alt+s end space f9 down enter")
        assert submitted(u) == 2
        check("the next teacher with the same choices", keys)


async def test_forty_by_template(stage_app: Open) -> None:
    """Each is read to its end, and the teacher's word noted for each by itself; submitting them all takes three more."""
    async with by_template(stage_app) as (u, keys):
        await keys.press("alt+d end space '2' f9 enter")
        for _ in FORTY[1:]:
            await keys.press("end space enter")
        assert (right(u), confirmed(u)) == (40, 40)
        check("40 teachers by template, each looked at and confirmed", keys)
        await keys.press("alt+j down enter")
        assert submitted(u) == 40
        assert keys.take() == SUBMIT_ALL


async def test_forty_with_one_signed_list(stage_app: Open) -> None:
    """Each is read to its end; the paper's day is said once for all marked."""
    async with by_template(stage_app) as (u, keys):
        await keys.press("alt+d")
        for _ in FORTY:
            await keys.press("end enter")
        assert (right(u), confirmed(u)) == (40, 0)
        await keys.press("alt+k f9")
        assert confirmed(u) == 40
        check("the same with signatures on one paper list", keys)
        await keys.press("alt+j down enter")
        assert submitted(u) == 40
        assert keys.take() == SUBMIT_ALL


async def test_forty_carried_over(stage_app: Open, store: Store) -> None:
    """The offer of the new period is taken after a look; each is read to its end, and confirmed on one signed list."""
    store.roster.write(FORTY)
    for pegawai in store.roster.all():
        store.drafts.save(pegawai.id, "2025", full_plan(), 1, MOMENT)
    async with stage_app(teachers=(), size=(80, 24)) as u:
        keys = KeyCount(u)
        await keys.press("right enter f9")
        assert "40 rencana diisi" in u.status
        await keys.press("asterisk alt+d")
        for _ in FORTY:
            await keys.press("end enter")
        assert (right(u), confirmed(u)) == (40, 0)
        await keys.press("alt+k f9")
        assert confirmed(u) == 40
        check("40 teachers carried over from last period, each looked at", keys)
        await keys.press("alt+j down enter")
        assert submitted(u) == 40
        assert keys.take() == SUBMIT_ALL
