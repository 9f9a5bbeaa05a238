"""The period before, brought over: asked once where nothing was begun, with a look first, and always to be had."""

from __future__ import annotations

import pytest
from msgspec import structs

from pmm_tui.skp.model import DataDiri, Rangkuman, RaporPendidikan
from pmm_tui.store import Store
from pmm_tui.tui.look_values import LookOptions
from tests.tui.conftest import Open
from tests.tui.fake_services import MOMENT
from tests.tui.samples import ANI, BUDI, CITRA, TEACHERS, full_plan

pytestmark = pytest.mark.anyio


def last_year(store: Store) -> None:
    """Two teachers had a plan in 2025."""
    store.roster.write(TEACHERS)
    ids = {one.nama: one.id for one in store.roster.all()}
    for pegawai, target in ((ANI, 5), (CITRA, 6)):
        store.drafts.save(ids[pegawai.nama], "2025", full_plan(target), 1, MOMENT)


@pytest.mark.parametrize("thrifty", [False, True])
async def test_it_is_asked_when_the_period_opens(stage_app: Open, store: Store, thrifty: bool) -> None:
    """How many, from where; the safe answer is later. The preview lists who has none, and F9 brings them in one step."""
    last_year(store)
    async with stage_app(teachers=(), look=LookOptions(thrifty=thrifty)) as u:
        assert "Bawa 2 rencana dari Januari–Desember 2025?" in u.dialog.replace("-", "–")
        assert u.cursor == "Nanti"
        await u.press("right enter end")
        shown = u.text.replace("-", "–")
        assert "Dibawa dari Januari–Desember 2025" in shown
        assert "belum ada rencana Januari–Desember 2025 di sini" in shown
        assert u.store.drafts.all("2026") == {}
        await u.press("f9")
        plan = u.draft("Ani")
        assert plan == structs.replace(
            full_plan(5), data_diri=DataDiri(), rapor_pendidikan=RaporPendidikan(), rangkuman=Rangkuman()
        )
        assert u.draft("Budi") is None
        step = u.store.steps.last("2026")
        assert step is not None
        assert (step.kind, step.count) == ("bawa", 2)
        assert not u.dialog


@pytest.mark.parametrize("keys", ["enter", "escape"])
async def test_later_is_not_asked_again_but_stays_to_be_had(stage_app: Open, store: Store, keys: str) -> None:
    """Not in this window and not at the next start; the palette and the sources of copying have it."""
    last_year(store)
    async with stage_app(teachers=()) as u:
        await u.press(keys)
        assert 'lewat Ctrl+A: ketik "bawa"' in u.status
        await u.press("f1 escape")
        assert not u.dialog
    async with stage_app(teachers=()) as u:
        assert not u.dialog
        await u.press("ctrl+a 'bawa' enter")
        assert "F9 menyalin ke 2 guru" in u.status
        await u.press("escape down alt+s")
        assert "Rencana Januari–Desember 2025 masing-masing" in u.text


async def test_after_another_period_is_chosen(stage_app: Open, store: Store) -> None:
    """F6 to a period in which nothing was begun asks; one with plans does not, nor does one without a period before."""
    last_year(store)
    async with stage_app(teachers=(), periode="2025") as u:
        assert not u.dialog
        await u.press("f6 'januari–desember 2026' enter")
        assert "Bawa 2 rencana" in u.dialog
        await u.press("escape f6 'januari–desember 2025' enter")
        assert u.services.current_periode == "2025"
        assert not u.dialog


async def test_not_where_something_was_begun(stage_app: Open, store: Store) -> None:
    """One plan of this period is enough for the operator to have begun; it can still be asked for, marked ones only."""
    last_year(store)
    async with stage_app(teachers=(), draft={BUDI.nama: full_plan(1)}) as u:
        assert not u.dialog
        await u.press("space ctrl+a 'bawa' enter")
        assert "F9 menyalin ke 1 guru" in u.status


async def test_over_an_open_plan_nothing_is_asked(stage_app: Open, store: Store) -> None:
    """The question waits until one is back at the list."""
    last_year(store)
    async with stage_app(teachers=(), place=(BUDI.nama, "data_diri", "")) as u:
        assert not u.dialog
        assert "Budi" in u.title
        await u.press("escape")
        assert "Bawa 2 rencana" in u.dialog
