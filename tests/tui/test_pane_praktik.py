"""1 Praktik Pembelajaran."""

from __future__ import annotations

import pytest

from tests.tui.conftest import Open
from tests.tui.samples import ANI, full_plan, started_plan

pytestmark = pytest.mark.anyio
START = {ANI.nama: started_plan()}


async def test_recommended_first_with_their_capaian(stage_app: Open) -> None:
    """The recommended indicators come first and alone, each with its capaian; the rest waits behind a button."""
    async with stage_app(draft=START) as u:
        await u.press("enter")
        assert "Kurang █░░" in u.row("Penerapan Disiplin Positif")
        assert "Aktivitas Interaktif" in u.text
        assert "Instruksi yang Adaptif" not in u.text
        await u.press("down*3")
        assert u.cursor == "Lihat indikator lainnya"
        await u.press("enter")
        assert u.cursor.startswith("( ) Keteraturan Suasana Kelas")
        assert "Instruksi yang Adaptif" in u.text


async def test_enter_chooses_and_goes_on(stage_app: Open) -> None:
    """Enter takes the indicator and opens the next pane."""
    async with stage_app(draft=START) as u:
        await u.press("enter enter")
        assert u.tab == "2 Kompetensi"
        assert (await u.saved("Ani", lambda r: r.praktik_pembelajaran.indikator)).praktik_pembelajaran.indikator == (
            "penerapan-disiplin-positif",
        )


async def test_exactly_one_is_chosen(stage_app: Open) -> None:
    """Space on another indicator moves the choice, and shows its component, RHK sentence and target."""
    async with stage_app(draft=START) as u:
        await u.press("enter space down space")
        assert u.text.count("(•)") == 1
        assert "(•) Umpan Balik Konstruktif" in u.text
        assert "Komponen: Dukungan psikologis" in u.text
        assert "Meningkatkan praktik dukungan psikologis yang berfokus pada Umpan Balik" in " ".join(u.text.split())
        assert "1 siklus observasi" in u.text
        rencana = await u.saved("Ani", lambda r: r.praktik_pembelajaran.indikator == ("umpan-balik-konstruktif",))
        assert not rencana.rangkuman.dikonfirmasi_guru


async def test_choice_outside_the_recommended_is_shown_at_once(stage_app: Open) -> None:
    """A plan whose indicator is not recommended opens with all of them and the cursor on the chosen one."""
    rencana = started_plan().with_section(type(started_plan().praktik_pembelajaran)(indikator=("instruksi-yang-adaptif",)))
    async with stage_app(draft={ANI.nama: rencana}) as u:
        await u.press("enter f7")
        assert u.cursor.startswith("(•) Instruksi yang Adaptif")


async def test_cursor_returns_to_the_choice(stage_app: Open) -> None:
    """Going on and back, the cursor stands where it was left."""
    async with stage_app(draft=START) as u:
        await u.press("enter down enter f7")
        assert u.cursor.startswith("(•) Umpan Balik Konstruktif")


async def test_long_tab_labels_when_there_is_room(stage_app: Open) -> None:
    """On a wide terminal the tabs carry their official labels; at 80 columns all five still fit."""
    async with stage_app(draft={ANI.nama: full_plan()}) as u:
        await u.press("enter")
        for short in ("1 Praktik", "2 Kompetensi", "3 Tugas", "4 Perilaku", "5 Rangkuman"):
            assert short in u.screen_text()[1]
        await u.size(130, 30)
        for length in ("1 Praktik Kinerja", "2 Pengembangan Kompetensi", "3 Tugas Tambahan", "4 Perilaku Kerja"):
            assert length in u.screen_text()[1]
