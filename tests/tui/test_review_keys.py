"""How many keys it takes to look at the plans of a whole school, to confirm them, and to submit them."""

from __future__ import annotations

import pytest

from tests.tui.conftest import Open
from tests.tui.key_count import KeyCount, many_teachers
from tests.tui.samples import full_plan
from tests.tui.stage import Stage
from tests.tui.test_review import FILLED

pytestmark = pytest.mark.anyio
COUNT = 10
"""Teachers; what is counted grows with each of them by the same."""
TEACHERS = many_teachers(COUNT)
WHOLE = {pegawai.nama: FILLED for pegawai in TEACHERS}
"""Plans as a template leaves them: whole, and none of the three decisions made."""


def confirmed(u: Stage) -> int:
    """How many plans the teachers have confirmed, with their data said to be right."""
    drafts = u.store.drafts.all("2026").values()
    return sum(d.rencana.rangkuman.dikonfirmasi_guru and d.rencana.data_diri.sesuai for d in drafts)


async def test_each_looked_at_and_confirmed_takes_three_keys(stage_app: Open) -> None:
    """End, Space, Enter for each; one more opens it, and two say once how and when. Submitting all of them takes four."""
    async with stage_app(teachers=TEACHERS, draft=WHOLE) as u:
        keys = KeyCount(u)
        await keys.press("alt+d end space '2' f9 enter")
        for _ in TEACHERS[1:]:
            await keys.press("end space enter")
        assert "Daftar Guru" in u.title
        assert confirmed(u) == COUNT
        assert keys.take() == 3 * COUNT + 3
        await keys.press("asterisk alt+j down enter")
        assert len(u.store.outbox.due(2 * COUNT)) == COUNT
        assert keys.take() == 4


async def test_each_looked_at_and_signed_on_one_paper_takes_two_keys(stage_app: Open) -> None:
    """End and Enter for each, one to open; then all are marked, and the paper's way and day are said once: three more."""
    async with stage_app(teachers=TEACHERS, draft=WHOLE) as u:
        keys = KeyCount(u)
        await keys.press("alt+d")
        for _ in TEACHERS:
            await keys.press("end enter")
        assert "Daftar Guru" in u.title
        assert f"{COUNT} rencana dilihat, {COUNT} dinyatakan sesuai" in u.status
        assert keys.take() == 2 * COUNT + 1
        await keys.press("asterisk alt+k f9")
        assert confirmed(u) == COUNT
        assert keys.take() == 3


async def test_the_next_teacher_with_the_same_choices_takes_six_keys(stage_app: Open) -> None:
    """Alt+S fills the plan and opens it here; five more confirm and submit it, and the cursor goes on to the next one."""
    async with stage_app(teachers=TEACHERS[:4], draft={TEACHERS[0].nama: full_plan()}) as u:
        await u.press("down alt+s end space '2' f9 f9 down enter")  # the first time it is asked how and when
        assert "Guru 03" in u.cursor
        keys = KeyCount(u)
        await keys.press("alt+s end space f9 down enter")
        assert keys.take() == 6
        for name in ("Guru 02", "Guru 03"):
            entry = u.store.outbox.newest(u.pegawai(name).id, "2026")
            assert entry is not None
            assert entry.keadaan == "queued"
        assert "Guru 04" in u.cursor
