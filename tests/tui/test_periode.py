"""The period decides the scheme, and can be changed on the first screen."""

from __future__ import annotations

import pytest

from pmm_tui.skp.model import Rapor
from pmm_tui.tui.screens.period_words import short_period
from tests.tui.conftest import Open
from tests.tui.samples import ANI, full_plan, started_plan

pytestmark = pytest.mark.anyio
PERIODE = {
    "2024-1": ("Januari–Juni 2024", "PMM 2024 (per semester, berbasis poin)"),
    "2024-2": ("Juli–Desember 2024", "PMM 2024 (per semester, berbasis poin)"),
    "2025": ("Januari–Desember 2025", "Ruang GTK (tahunan, tanpa poin)"),
    "2026": ("Januari–Desember 2026", "Ruang GTK (tahunan, tanpa poin)"),
}


@pytest.mark.parametrize("keys", ["f6", "ctrl+t"])
async def test_list_of_periods_with_their_scheme(stage_app: Open, keys: str) -> None:
    """All periods of the catalogue are offered with their scheme, the cursor on the one in force."""
    async with stage_app() as u:
        await u.press(keys)
        for label, skema in PERIODE.values():
            assert label in u.dialog
            assert skema in u.dialog
        assert u.cursor == "Januari–Desember 2026"


@pytest.mark.parametrize("periode", ["2024-1", "2024-2", "2025"])
async def test_switch_shows_the_plans_of_that_period(stage_app: Open, periode: str) -> None:
    """Another period has its own plans; coming back, the first ones are as they were."""
    async with stage_app(draft={ANI.nama: full_plan()}) as u:
        assert "siap diajukan" in u.row("Ani Lestari")
        label = PERIODE[periode][0]
        await u.press(f"f6 '{label.split('–')[0]} {label[-4:]}' enter")
        await u.until(lambda: short_period(label) in u.title)
        assert u.services.called("switch_period") == [periode]
        assert u.row("Ani Lestari").endswith("· belum dimulai")
        await u.press("f6 '2026' enter")
        await u.until(lambda: "2026" in u.title)
        assert "siap diajukan" in u.row("Ani Lestari")


async def test_same_period_again_changes_nothing(stage_app: Open) -> None:
    """Enter on the period in force, or Esc, is no change."""
    async with stage_app() as u:
        await u.press("f6 enter f6 escape")
        assert u.services.called("switch_period") == []


async def test_switch_fetches_what_is_missing(stage_app: Open) -> None:
    """When the new period's data are missing they are fetched."""
    async with stage_app() as u:
        u.services.is_due = True
        await u.press("f6 '2025' enter")
        await u.until(lambda: u.services.called("pull"))


@pytest.mark.parametrize("periode", list(PERIODE))
async def test_whole_plan_in_every_period(stage_app: Open, periode: str) -> None:
    """From the list to the sealed envelope by keys, in each of the four periods and so in both schemes."""
    async with stage_app(teachers=(ANI,), periode=periode) as u:
        await u.press("enter enter down enter enter")  # data diri, rapor
        await u.press("enter f4 enter '4' f6 enter enter*7")
        assert u.tab == "5 Rangkuman"
        await u.go_to("Sudah dikonfirmasi guru")
        await u.press("space enter enter down enter")
        await u.until(lambda: u.store.outbox.all(periode))
        assert "Antre, akan dikirim saat ada jaringan" in u.text


async def test_an_open_plan_keeps_the_reference_data_of_its_period(stage_app: Open) -> None:
    """What is fetched for another period changes nothing in a plan that is open; what is fetched for its own does."""
    async with stage_app(draft={ANI.nama: started_plan()}, place=(ANI.nama, "rapor_pendidikan", "")) as u:
        before = u.text
        for periode, same in (("2025", True), ("2026", False)):
            u.services.current_periode, u.services.rapor = periode, Rapor()
            u.app.in_force = u.services.in_force()
            await u.app.refresh_all()
            await u.press("up down")
            assert ("Kurang █░░" in u.text) is same
        assert "Kurang █░░" in before
