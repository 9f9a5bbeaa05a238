"""1 Praktik Pembelajaran."""

from __future__ import annotations

import pytest

from tests.tui.conftest import Buka
from tests.tui.samples import ANI, rencana_mulai, rencana_penuh

pytestmark = pytest.mark.anyio
MULAI = {ANI.nama: rencana_mulai()}


async def test_recommended_first_with_their_capaian(app_uji: Buka) -> None:
    """The recommended indicators come first and alone, each with its capaian; the rest waits behind a button."""
    async with app_uji(draf=MULAI) as u:
        await u.tekan("enter")
        assert "Kurang #.." in u.baris("Penerapan Disiplin Positif")
        assert "Aktivitas Interaktif" in u.teks
        assert "Instruksi yang Adaptif" not in u.teks
        await u.tekan("down*3")
        assert u.kursor == "Lihat indikator lainnya"
        await u.tekan("enter")
        assert u.kursor.startswith("( ) Keteraturan Suasana Kelas")
        assert "Instruksi yang Adaptif" in u.teks


async def test_enter_chooses_and_goes_on(app_uji: Buka) -> None:
    """Enter takes the indicator and opens the next pane."""
    async with app_uji(draf=MULAI) as u:
        await u.tekan("enter enter")
        assert "[2 Kompetensi]" in u.teks
        assert (await u.tersimpan("Ani", lambda r: r.praktik_pembelajaran.indikator)).praktik_pembelajaran.indikator == (
            "penerapan-disiplin-positif",
        )


async def test_exactly_one_is_chosen(app_uji: Buka) -> None:
    """Space on another indicator moves the choice, and shows its component, RHK sentence and target."""
    async with app_uji(draf=MULAI) as u:
        await u.tekan("enter space down space")
        assert u.teks.count("(•)") == 1
        assert "(•) Umpan Balik Konstruktif" in u.teks
        assert "Dukungan psikologis" in u.teks
        assert "Meningkatnya kualitas pembelajaran pada indikator Umpan Balik" in u.teks
        assert "1 siklus observasi" in u.teks
        rencana = await u.tersimpan("Ani", lambda r: r.praktik_pembelajaran.indikator == ("umpan-balik-konstruktif",))
        assert not rencana.rangkuman.dikonfirmasi_guru


async def test_choice_outside_the_recommended_is_shown_at_once(app_uji: Buka) -> None:
    """A plan whose indicator is not recommended opens with all of them and the cursor on the chosen one."""
    rencana = rencana_mulai().with_section(type(rencana_mulai().praktik_pembelajaran)(indikator=("instruksi-yang-adaptif",)))
    async with app_uji(draf={ANI.nama: rencana}) as u:
        await u.tekan("enter f7")
        assert u.kursor.startswith("(•) Instruksi yang Adaptif")


async def test_cursor_returns_to_the_choice(app_uji: Buka) -> None:
    """Going on and back, the cursor stands where it was left."""
    async with app_uji(draf=MULAI) as u:
        await u.tekan("enter down enter f7")
        assert u.kursor.startswith("(•) Umpan Balik Konstruktif")


async def test_long_tab_labels_when_there_is_room(app_uji: Buka) -> None:
    """On a wide terminal the tabs carry their official labels; at 80 columns all five still fit."""
    async with app_uji(draf={ANI.nama: rencana_penuh()}) as u:
        await u.tekan("enter")
        for pendek in ("1 Praktik", "2 Kompetensi", "3 Tugas", "4 Perilaku", "5 Rangkuman"):
            assert pendek in u.layar()[1]
        await u.ukuran(130, 30)
        for panjang in ("1 Praktik Pembelajaran", "2 Pengembangan Kompetensi", "3 Tugas Tambahan", "4 Perilaku Kerja"):
            assert panjang in u.layar()[1]
