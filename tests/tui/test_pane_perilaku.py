"""4 Perilaku Kerja, in both schemes."""

from __future__ import annotations

import pytest

from pmm_tui.skp.katalog_reader import bundled
from pmm_tui.skp.model import PerilakuKerja
from tests.tui.conftest import Open
from tests.tui.samples import ANI, started_plan

pytestmark = pytest.mark.anyio
START = {ANI.nama: started_plan()}
FIRST = tuple(f"{p.id}/{p.indikator[0].id}" for p in bundled().perilaku)


@pytest.mark.parametrize("periode", ["2024-1", "2024-2", "2025", "2026"])
async def test_seven_enters_fill_the_pane(stage_app: Open, periode: str) -> None:
    """Seven Enters choose an indikator of each value, whatever the scheme, and end at the Rangkuman."""
    async with stage_app(draft=START, periode=periode) as u:
        await u.press("enter f6*3 enter*6")
        assert u.tab == "4 Perilaku"
        await u.press("enter")
        assert u.tab == "5 Rangkuman"
        assert (await u.saved("Ani", lambda r: len(r.perilaku_kerja.indikator) == 7)).perilaku_kerja.indikator == FIRST


async def test_one_for_each_value_in_2024(stage_app: Open) -> None:
    """Under pmm-2024 a second choice of the same value takes the place of the first."""
    async with stage_app(draft=START, periode="2024-1") as u:
        await u.press("enter f6*3")
        assert "Pilih 1 indikator untuk setiap nilai" in u.text
        await u.press("space down*2 space")
        assert u.text.count("(•)") == 1
        await u.saved("Ani", lambda r: r.perilaku_kerja.indikator == ("berorientasi-pelayanan/perbaikan-tiada-henti",))


async def test_up_to_three_for_a_value_in_2026(stage_app: Open) -> None:
    """Under ruang-gtk a value takes three, kept in the catalogue's order; Space takes one back."""
    async with stage_app(draft=START) as u:
        await u.press("enter f6*3")
        assert "1–3 indikator per nilai, paling sedikit 1 nilai" in u.text
        await u.press("down*2 space up*2 space down space")
        assert u.text.count("[x]") == 3
        assert "1 dari 7 nilai terisi" in u.text
        await u.press("space")
        rencana = await u.saved("Ani", lambda r: len(r.perilaku_kerja.indikator) == 2)
        assert rencana.perilaku_kerja.indikator == (
            "berorientasi-pelayanan/memenuhi-kebutuhan",
            "berorientasi-pelayanan/perbaikan-tiada-henti",
        )


async def test_enter_again_keeps_what_is_chosen(stage_app: Open) -> None:
    """Walking through a filled pane with Enter takes nothing away."""
    full = {ANI.nama: started_plan().with_section(PerilakuKerja(indikator=FIRST))}
    for periode in ("2024-1", "2026"):
        async with stage_app(teachers=() if periode == "2026" else (ANI,), draft=full, periode=periode) as u:
            await u.press("enter f6*3 ctrl+home enter*7")
            assert u.tab == "5 Rangkuman"
            await u.press("f7 escape")
            draft = u.draft("Ani")
            assert draft is not None
            assert draft.perilaku_kerja.indikator == FIRST


async def test_revisit_begins_at_the_first_empty_value(stage_app: Open) -> None:
    """A half-filled pane opens where something is still to be chosen."""
    half = {ANI.nama: started_plan().with_section(PerilakuKerja(indikator=FIRST[:3]))}
    async with stage_app(draft=half) as u:
        await u.press("enter f6*3")
        assert u.cursor.endswith("Menghargai setiap orang apapun latar belakangnya")


async def test_indikator_of_an_older_catalogue_goes_with_the_next_choice(stage_app: Open) -> None:
    """What the catalogue no longer has is named in the Rangkuman, and any choice here cleans it away."""
    old = {ANI.nama: started_plan().with_section(PerilakuKerja(indikator=("loyal/sudah-dihapus",)))}
    async with stage_app(draft=old) as u:
        await u.press("enter f6*4")
        assert '"loyal/sudah-dihapus" tidak ada di katalog' in u.text
        await u.press("f7 space")
        assert (await u.saved("Ani", lambda r: r.perilaku_kerja.indikator[:1] == FIRST[:1])).perilaku_kerja.indikator == FIRST[:1]
