"""3 Tugas Tambahan: several, or none; proposed, never taken."""

from __future__ import annotations

import msgspec
import pytest

from pmm_tui.skp.model import Sekolah, Tugas, TugasTambahan
from tests.tui.conftest import Buka
from tests.tui.fake_services import SEKOLAH
from tests.tui.samples import ANI, BUDI, rencana_mulai

pytestmark = pytest.mark.anyio


def dengan(bagian: TugasTambahan, nama: str = ANI.nama):
    """A draft with this section."""
    return {nama: rencana_mulai().with_section(bagian)}


async def test_none_at_all_is_declared_and_goes_on(app_uji: Buka) -> None:
    """Enter on 'Tidak ada' declares it and opens Perilaku Kerja; not having looked is something else."""
    async with app_uji(draf=dengan(TugasTambahan())) as u:
        await u.tekan("enter f6*2")
        assert u.kursor == "[ ] Tidak ada tugas tambahan"
        await u.tekan("enter")
        assert "[4 Perilaku]" in u.teks
        assert (await u.tersimpan("Ani", lambda r: r.tugas_tambahan.tidak_ada)).tugas_tambahan.tugas == ()


async def test_several_can_be_ticked(app_uji: Buka) -> None:
    """Space ticks and unticks where the cursor is; the duties stand in the catalogue's order, with their RHK sentence."""
    async with app_uji(draf=dengan(TugasTambahan())) as u:
        await u.tekan("enter f6*2 down*5 space")
        assert "RHK: Terlaksananya tugas sebagai Wali kelas" in u.teks
        await u.tekan("up*4 space down*5")
        rencana = await u.tersimpan("Ani", lambda r: len(r.tugas_tambahan.tugas) == 2)
        assert [t.tugas for t in rencana.tugas_tambahan.tugas] == ["wakil-kepala", "wali-kelas"]
        await u.tekan("ctrl+home down space")
        assert [t.tugas for t in (await u.tersimpan("Ani", lambda r: len(r.tugas_tambahan.tugas) == 1)).tugas_tambahan.tugas] == [
            "wali-kelas"
        ]


async def test_a_duty_takes_back_none_and_none_takes_back_duties(app_uji: Buka) -> None:
    """The two answers exclude each other."""
    async with app_uji(draf=dengan(TugasTambahan(tidak_ada=True))) as u:
        await u.tekan("enter f6*2 down space")
        rencana = await u.tersimpan("Ani", lambda r: r.tugas_tambahan.tugas)
        assert not rencana.tugas_tambahan.tidak_ada
        await u.tekan("up space")
        rencana = await u.tersimpan("Ani", lambda r: r.tugas_tambahan.tidak_ada)
        assert rencana.tugas_tambahan.tugas == ()


async def test_dapodik_is_proposed_never_taken(app_uji: Buka) -> None:
    """What Dapodik says is shown, put first and under the cursor, and not ticked by walking through the pane."""
    async with app_uji(guru=(BUDI,), draf=dengan(TugasTambahan(), BUDI.nama)) as u:
        await u.tekan("enter f6*2")
        assert "Dapodik mencatat: Wali Kelas." in u.teks
        assert u.kursor.startswith("[ ] Wali kelas")
        assert "[x]" not in u.teks
        await u.tekan("down*4 up*4 f6 f7 escape")
        draf = u.draf("Budi")
        assert draf is not None
        assert draf.tugas_tambahan == TugasTambahan()


@pytest.mark.parametrize("kali", [1, 2, 3, 7])
async def test_enter_many_times_ticks_at_most_one(app_uji: Buka, kali: int) -> None:
    """Enter pressed again and again ticks and unticks the proposed duty, never one after the other."""
    async with app_uji(guru=(BUDI,), draf=dengan(TugasTambahan(), BUDI.nama)) as u:
        await u.tekan(f"enter f6*2 enter*{kali}")
        assert u.teks.count("[x]") == kali % 2
        await u.tekan("escape")
        draf = u.draf("Budi")
        assert draf is not None
        assert [t.tugas for t in draf.tugas_tambahan.tugas] == ["wali-kelas"] * (kali % 2)


async def test_only_duties_of_the_schools_kind(app_uji: Buka) -> None:
    """An SMP is offered no Ketua Program Keahlian, an SMK is; an unknown kind is offered all."""
    for jenjang, ada in (("SMP", False), ("SMK", True), ("SD", False), ("", True)):
        sekolah: Sekolah = msgspec.structs.replace(SEKOLAH, jenjang=jenjang)
        async with (
            app_uji(guru=(), draf={}, sekolah=sekolah)
            if jenjang != "SMP"
            else app_uji(draf=dengan(TugasTambahan()), sekolah=sekolah) as u
        ):
            await u.tekan("enter f6*2")
            assert ("Ketua Program Keahlian" in u.teks) is ada
            await u.tekan("escape")


async def test_duty_of_another_kind_can_be_taken_away(app_uji: Buka) -> None:
    """A duty that the school's kind or the catalogue does not have stands apart, and can be unticked."""
    asing = TugasTambahan(tugas=(Tugas(tugas="ketua-program-keahlian"), Tugas(tugas="sudah-tidak-ada")))
    async with app_uji(draf=dengan(asing)) as u:
        await u.tekan("enter f6*2")
        assert u.kursor.startswith("[x] Ketua Program Keahlian")
        assert "Tidak ada di jenjang atau katalog ini" in u.teks
        await u.tekan("space")
        rencana = await u.tersimpan("Ani", lambda r: len(r.tugas_tambahan.tugas) == 1)
        assert rencana.tugas_tambahan.tugas[0].tugas == "sudah-tidak-ada"


@pytest.mark.parametrize(
    ("diketik", "jadi"),
    [("15-07-2025", "2025-07-15"), ("15/7/2025", "2025-07-15"), ("15 juli 2025", "2025-07-15"), ("2025-07-15", "2025-07-15")],
)
async def test_sk_date_is_kept_in_one_form(app_uji: Buka, diketik: str, jadi: str) -> None:
    """Number and date of the SK can be typed; a date in any usual form is kept as one, once the field is left."""
    async with app_uji(draf=dengan(TugasTambahan(tugas=(Tugas(tugas="wali-kelas"),)))) as u:
        await u.tekan(f"enter f6*2 down '800/12/SMP' enter '{diketik}'")
        assert u.kursor.endswith(diketik)
        await u.tekan("enter")
        assert jadi in u.baris("Tanggal SK")
        rencana = await u.tersimpan("Ani", lambda r: r.tugas_tambahan.tugas[0].tanggal_sk == jadi)
        assert rencana.tugas_tambahan.tugas[0].nomor_sk == "800/12/SMP"


async def test_sk_date_that_is_none_is_named_when_left(app_uji: Buka) -> None:
    """What is no date is complained about under its field, not before it is left, and keeps what was typed."""
    async with app_uji(draf=dengan(TugasTambahan(tugas=(Tugas(tugas="wali-kelas"),)))) as u:
        await u.tekan("enter f6*2 down*2 '31-02-2025'")
        assert "bukan tanggal" not in u.teks
        await u.tekan("down")
        assert 'Tanggal SK "31-02-2025" bukan tanggal' in u.teks
        assert "31-02-2025" in u.baris("Tanggal SK")


async def test_late_sk_date_only_warns(app_uji: Buka) -> None:
    """A date after the period is remarked and stops nothing."""
    async with app_uji(draf=dengan(TugasTambahan(tugas=(Tugas(tugas="wali-kelas"),)))) as u:
        await u.tekan("enter f6*2 down*2 '1-2-2027' down")
        assert "sesudah akhir periode" in u.teks
