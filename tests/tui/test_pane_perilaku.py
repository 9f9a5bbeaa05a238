"""4 Perilaku Kerja, in both schemes."""

from __future__ import annotations

import pytest

from pmm_tui.skp.katalog_reader import bundled
from pmm_tui.skp.model import PerilakuKerja
from tests.tui.conftest import Buka
from tests.tui.samples import ANI, rencana_mulai

pytestmark = pytest.mark.anyio
MULAI = {ANI.nama: rencana_mulai()}
PERTAMA = tuple(f"{p.id}/{p.indikator[0].id}" for p in bundled().perilaku)


@pytest.mark.parametrize("periode", ["2024-1", "2024-2", "2025", "2026"])
async def test_seven_enters_fill_the_pane(app_uji: Buka, periode: str) -> None:
    """Seven Enters choose an indikator of each value, whatever the scheme, and end at the Rangkuman."""
    async with app_uji(draf=MULAI, periode=periode) as u:
        await u.tekan("enter f6*3 enter*6")
        assert "[4 Perilaku]" in u.teks
        await u.tekan("enter")
        assert "[5 Rangkuman]" in u.teks
        assert (await u.tersimpan("Ani", lambda r: len(r.perilaku_kerja.indikator) == 7)).perilaku_kerja.indikator == PERTAMA


async def test_one_for_each_value_in_2024(app_uji: Buka) -> None:
    """Under pmm-2024 a second choice of the same value takes the place of the first."""
    async with app_uji(draf=MULAI, periode="2024-1") as u:
        await u.tekan("enter f6*3")
        assert "Pilih 1 indikator untuk setiap nilai" in u.teks
        await u.tekan("space down*2 space")
        assert u.teks.count("(•)") == 1
        await u.tersimpan("Ani", lambda r: r.perilaku_kerja.indikator == ("berorientasi-pelayanan/perbaikan-tiada-henti",))


async def test_up_to_three_for_a_value_in_2026(app_uji: Buka) -> None:
    """Under ruang-gtk a value takes three, kept in the catalogue's order; Space takes one back."""
    async with app_uji(draf=MULAI) as u:
        await u.tekan("enter f6*3")
        assert "1–3 indikator per nilai, paling sedikit 1 nilai" in u.teks
        await u.tekan("down*2 space up*2 space down space")
        assert u.teks.count("[x]") == 3
        assert "1 dari 7 nilai terisi" in u.teks
        await u.tekan("space")
        rencana = await u.tersimpan("Ani", lambda r: len(r.perilaku_kerja.indikator) == 2)
        assert rencana.perilaku_kerja.indikator == (
            "berorientasi-pelayanan/memenuhi-kebutuhan",
            "berorientasi-pelayanan/perbaikan-tiada-henti",
        )


async def test_enter_again_keeps_what_is_chosen(app_uji: Buka) -> None:
    """Walking through a filled pane with Enter takes nothing away."""
    penuh = {ANI.nama: rencana_mulai().with_section(PerilakuKerja(indikator=PERTAMA))}
    for periode in ("2024-1", "2026"):
        async with app_uji(guru=() if periode == "2026" else (ANI,), draf=penuh, periode=periode) as u:
            await u.tekan("enter f6*3 ctrl+home enter*7")
            assert "[5 Rangkuman]" in u.teks
            await u.tekan("f7 escape")
            draf = u.draf("Ani")
            assert draf is not None
            assert draf.perilaku_kerja.indikator == PERTAMA


async def test_revisit_begins_at_the_first_empty_value(app_uji: Buka) -> None:
    """A half-filled pane opens where something is still to be chosen."""
    separuh = {ANI.nama: rencana_mulai().with_section(PerilakuKerja(indikator=PERTAMA[:3]))}
    async with app_uji(draf=separuh) as u:
        await u.tekan("enter f6*3")
        assert u.kursor.endswith("Menghargai setiap orang apapun latar belakangnya")


async def test_indikator_of_an_older_catalogue_goes_with_the_next_choice(app_uji: Buka) -> None:
    """What the catalogue no longer has is named in the Rangkuman, and any choice here cleans it away."""
    lama = {ANI.nama: rencana_mulai().with_section(PerilakuKerja(indikator=("loyal/sudah-dihapus",)))}
    async with app_uji(draf=lama) as u:
        await u.tekan("enter f6*4")
        assert '"loyal/sudah-dihapus" tidak ada di katalog' in u.teks
        await u.tekan("f7 space")
        assert (
            await u.tersimpan("Ani", lambda r: r.perilaku_kerja.indikator[:1] == PERTAMA[:1])
        ).perilaku_kerja.indikator == PERTAMA[:1]
