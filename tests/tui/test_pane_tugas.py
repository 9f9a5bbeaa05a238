"""3 Tugas Tambahan: several, or none; proposed, never taken."""

from __future__ import annotations

import msgspec
import pytest

from pmm_tui.skp.model import Sekolah, Tugas, TugasTambahan
from tests.tui.conftest import Open
from tests.tui.fake_services import SEKOLAH
from tests.tui.samples import ANI, BUDI, started_plan

pytestmark = pytest.mark.anyio


def with_bytes(section: TugasTambahan, nama: str = ANI.nama):
    """A draft with this section."""
    return {nama: started_plan().with_section(section)}


async def test_none_at_all_is_declared_and_goes_on(stage_app: Open) -> None:
    """Enter on 'Tidak ada' declares it and opens Perilaku Kerja; not having looked is something else."""
    async with stage_app(draft=with_bytes(TugasTambahan())) as u:
        await u.press("enter f6*2")
        assert u.cursor == "[ ] Tidak ada tugas tambahan"
        await u.press("enter")
        assert u.tab == "4 Perilaku"
        assert (await u.saved("Ani", lambda r: r.tugas_tambahan.tidak_ada)).tugas_tambahan.tugas == ()


async def test_several_can_be_ticked(stage_app: Open) -> None:
    """Space ticks and unticks where the cursor is; the duties stand in the catalogue's order, with their RHK sentence."""
    async with stage_app(draft=with_bytes(TugasTambahan())) as u:
        await u.press("enter f6*2 down*5 space")
        assert "Terlaksananya tugas sebagai Wali kelas" in u.text
        await u.press("up*4 space down*5")
        rencana = await u.saved("Ani", lambda r: len(r.tugas_tambahan.tugas) == 2)
        assert [t.tugas for t in rencana.tugas_tambahan.tugas] == ["wakil-kepala", "wali-kelas"]
        await u.press("ctrl+home down space")
        assert [t.tugas for t in (await u.saved("Ani", lambda r: len(r.tugas_tambahan.tugas) == 1)).tugas_tambahan.tugas] == [
            "wali-kelas"
        ]


async def test_a_duty_takes_back_none_and_none_takes_back_duties(stage_app: Open) -> None:
    """The two answers exclude each other."""
    async with stage_app(draft=with_bytes(TugasTambahan(tidak_ada=True))) as u:
        await u.press("enter f6*2 down space")
        rencana = await u.saved("Ani", lambda r: r.tugas_tambahan.tugas)
        assert not rencana.tugas_tambahan.tidak_ada
        await u.press("up space")
        rencana = await u.saved("Ani", lambda r: r.tugas_tambahan.tidak_ada)
        assert rencana.tugas_tambahan.tugas == ()


async def test_dapodik_is_proposed_never_taken(stage_app: Open) -> None:
    """What Dapodik says is shown, put first and under the cursor, and not ticked by walking through the pane."""
    async with stage_app(teachers=(BUDI,), draft=with_bytes(TugasTambahan(), BUDI.nama)) as u:
        await u.press("enter f6*2")
        assert "Dapodik mencatat: Wali Kelas." in u.text
        assert u.cursor.startswith("[ ] Wali kelas")
        assert "[x]" not in u.text
        await u.press("down*4 up*4 f6 f7 escape")
        draft = u.draft("Budi")
        assert draft is not None
        assert draft.tugas_tambahan == TugasTambahan()


@pytest.mark.parametrize("times", [1, 2, 3, 7])
async def test_enter_many_times_ticks_at_most_one(stage_app: Open, times: int) -> None:
    """Enter pressed again and again ticks the proposed duty and goes on past its SK, never one after the other; Space unticks."""
    async with stage_app(teachers=(BUDI,), draft=with_bytes(TugasTambahan(), BUDI.nama)) as u:
        await u.press(f"enter f6*2 enter*{times}")
        await u.press("escape")
        draft = u.draft("Budi")
        assert draft is not None
        assert [t.tugas for t in draft.tugas_tambahan.tugas] == ["wali-kelas"]


async def test_only_duties_of_the_schools_kind(stage_app: Open) -> None:
    """An SMP is offered no Ketua Program Keahlian, an SMK is; an unknown kind is offered all."""
    for jenjang, existing in (("SMP", False), ("SMK", True), ("SD", False), ("", True)):
        sekolah: Sekolah = msgspec.structs.replace(SEKOLAH, jenjang=jenjang)
        async with (
            stage_app(teachers=(), draft={}, sekolah=sekolah)
            if jenjang != "SMP"
            else stage_app(draft=with_bytes(TugasTambahan()), sekolah=sekolah) as u
        ):
            await u.press("enter f6*2")
            assert ("Ketua Program Keahlian" in u.text) is existing
            await u.press("escape")


async def test_duty_of_another_kind_can_be_taken_away(stage_app: Open) -> None:
    """A duty that the school's kind or the catalogue does not have stands apart, and can be unticked."""
    foreign = TugasTambahan(tugas=(Tugas(tugas="ketua-program-keahlian"), Tugas(tugas="sudah-tidak-ada")))
    async with stage_app(draft=with_bytes(foreign)) as u:
        await u.press("enter f6*2")
        assert u.cursor.startswith("[x] Ketua Program Keahlian")
        assert "Tidak ada di jenjang atau katalog ini" in u.text
        await u.press("space")
        rencana = await u.saved("Ani", lambda r: len(r.tugas_tambahan.tugas) == 1)
        assert rencana.tugas_tambahan.tugas[0].tugas == "sudah-tidak-ada"


@pytest.mark.parametrize(
    ("typed", "becomes"),
    [
        ("15-07-2025", "2025-07-15"), ("15/7/2025", "2025-07-15"), ("15 juli 2025", "2025-07-15"), ("2025-07-15", "2025-07-15"),
        ("15/7/25", "2025-07-15"), ("15 Juli 25", "2025-07-15"),
    ],
)  # fmt: skip
async def test_sk_date_is_kept_in_one_form(stage_app: Open, typed: str, becomes: str) -> None:
    """Number and date of the SK can be typed; a date in any usual form is kept as one, and shown in the order of typing."""
    async with stage_app(draft=with_bytes(TugasTambahan(tugas=(Tugas(tugas="wali-kelas"),)))) as u:
        await u.press(f"enter f6*2 down '800/12/SMP' enter '{typed}'")
        assert f" {typed} " in u.cursor
        await u.press("enter")
        assert "15-07-2025" in u.row("Tanggal SK")
        rencana = await u.saved("Ani", lambda r: r.tugas_tambahan.tugas[0].tanggal_sk == becomes)
        assert rencana.tugas_tambahan.tugas[0].nomor_sk == "800/12/SMP"


async def test_sk_date_that_is_none_is_named_when_left(stage_app: Open) -> None:
    """What is no date is complained about under its field, not before it is left, and keeps what was typed."""
    async with stage_app(draft=with_bytes(TugasTambahan(tugas=(Tugas(tugas="wali-kelas"),)))) as u:
        await u.press("enter f6*2 down*2 '31-02-2025'")
        assert "bukan tanggal" not in u.text
        await u.press("down")
        assert 'Tanggal SK "31-02-2025" bukan tanggal' in u.text
        assert "31-02-2025" in u.row("Tanggal SK")


@pytest.mark.parametrize("leaving", ["f6", "f7", "escape"])
async def test_sk_date_is_a_date_however_the_field_is_left(stage_app: Open, leaving: str) -> None:
    """A year of two digits is read also when the pane or the plan is left right from the field; coming back shows the date."""
    async with stage_app(draft=with_bytes(TugasTambahan(tugas=(Tugas(tugas="wali-kelas"),)))) as u:
        await u.press(f"enter f6*2 down*2 '15/7/26' {leaving}")
        assert (await u.saved("Ani", lambda r: r.tugas_tambahan.tugas[0].tanggal_sk == "2026-07-15")) is not None
    async with stage_app(teachers=(), place=(ANI.nama, "tugas_tambahan", "tanggal_sk/wali-kelas")) as u:
        assert u.cursor.split()[2] == "15-07-2026"
        await u.press("backspace '5' down")
        assert (await u.saved("Ani", lambda r: r.tugas_tambahan.tugas[0].tanggal_sk == "2025-07-15")) is not None


async def test_late_sk_date_only_warns(stage_app: Open) -> None:
    """A date after the period is remarked and stops nothing."""
    async with stage_app(draft=with_bytes(TugasTambahan(tugas=(Tugas(tugas="wali-kelas"),)))) as u:
        await u.press("enter f6*2 down*2 '1-2-2027' down")
        assert "sesudah akhir periode" in u.text
        await u.press("up ctrl+u '15-7-1926' down")
        assert "lebih dari 10 tahun sebelum periode; periksa tahunnya." in " ".join(u.text.split())
