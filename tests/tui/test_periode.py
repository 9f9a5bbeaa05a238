"""The period decides the scheme, and can be changed on the first screen."""

from __future__ import annotations

import pytest

from pmm_tui.skp.model import Rapor
from tests.tui.conftest import Buka
from tests.tui.samples import ANI, rencana_mulai, rencana_penuh

pytestmark = pytest.mark.anyio
PERIODE = {
    "2024-1": ("Januari–Juni 2024", "PMM 2024 (per semester, berbasis poin)"),
    "2024-2": ("Juli–Desember 2024", "PMM 2024 (per semester, berbasis poin)"),
    "2025": ("Januari–Desember 2025", "Ruang GTK (tahunan, tanpa poin)"),
    "2026": ("Januari–Desember 2026", "Ruang GTK (tahunan, tanpa poin)"),
}


@pytest.mark.parametrize("kunci", ["f6", "ctrl+t"])
async def test_list_of_periods_with_their_scheme(app_uji: Buka, kunci: str) -> None:
    """All periods of the catalogue are offered with their scheme, the cursor on the one in force."""
    async with app_uji() as u:
        await u.tekan(kunci)
        for label, skema in PERIODE.values():
            assert label in u.dialog
            assert skema in u.dialog
        assert u.kursor == "Januari–Desember 2026"


@pytest.mark.parametrize("periode", ["2024-1", "2024-2", "2025"])
async def test_switch_shows_the_plans_of_that_period(app_uji: Buka, periode: str) -> None:
    """Another period has its own plans; coming back, the first ones are as they were."""
    async with app_uji(draf={ANI.nama: rencana_penuh()}) as u:
        assert "lengkap" in u.baris("Ani Lestari")
        label = PERIODE[periode][0]
        await u.tekan(f"f6 '{label.split('–')[0]} {label[-4:]}' enter")
        await u.sampai(lambda: label in u.kepala)
        assert u.layanan.dipanggil("ganti_periode") == [periode]
        assert u.baris("Ani Lestari").split()[-2:] == ["Guru", "Mapel"]  # no state: not begun
        await u.tekan("f6 '2026' enter")
        await u.sampai(lambda: "2026" in u.kepala)
        assert "lengkap" in u.baris("Ani Lestari")


async def test_same_period_again_changes_nothing(app_uji: Buka) -> None:
    """Enter on the period in force, or Esc, is no change."""
    async with app_uji() as u:
        await u.tekan("f6 enter f6 escape")
        assert u.layanan.dipanggil("ganti_periode") == []


async def test_switch_fetches_what_is_missing(app_uji: Buka) -> None:
    """When the new period's data are missing they are fetched."""
    async with app_uji() as u:
        u.layanan.tarik_dahulu = True
        await u.tekan("f6 '2025' enter")
        await u.sampai(lambda: u.layanan.dipanggil("tarik"))


@pytest.mark.parametrize("periode", list(PERIODE))
async def test_whole_plan_in_every_period(app_uji: Buka, periode: str) -> None:
    """From the list to the sealed envelope by keys, in each of the four periods and so in both schemes."""
    async with app_uji(guru=(ANI,), periode=periode) as u:
        await u.tekan("enter enter enter enter")  # data diri, rapor
        await u.tekan("enter f4 enter '4' f6 enter enter*7")
        assert "[5 Rangkuman]" in u.teks
        await u.ke("Sudah dikonfirmasi guru")
        await u.tekan("enter enter enter enter")
        await u.sampai(lambda: u.store.outbox.all(periode))
        assert "Antre, akan dikirim saat ada jaringan" in u.teks


async def test_an_open_plan_keeps_the_reference_data_of_its_period(app_uji: Buka) -> None:
    """What is fetched for another period changes nothing in a plan that is open; what is fetched for its own does."""
    async with app_uji(draf={ANI.nama: rencana_mulai()}, tempat=(ANI.nama, "rapor_pendidikan", "")) as u:
        before = u.teks
        for periode, same in (("2025", True), ("2026", False)):
            u.layanan.periode_kini, u.layanan.rapor = periode, Rapor()
            u.app.in_force = u.layanan.acuan()
            await u.app.refresh_all()
            await u.tekan("up down")
            assert ("Kurang #.." in u.teks) is same
        assert "Kurang #.." in before
