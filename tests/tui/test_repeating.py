"""The last teacher's value once more, in the plan: a field, a pane, the whole plan; each one step back."""

from __future__ import annotations

import pytest
from msgspec import structs

from pmm_tui.skp.katalog_reader import bundled
from pmm_tui.skp.model import (
    RHK,
    DataDiri,
    PengembanganKompetensi,
    PerilakuKerja,
    PraktikPembelajaran,
    Rangkuman,
    RencanaKinerja,
    Tugas,
    TugasTambahan,
)
from pmm_tui.tui.look_values import LookOptions
from tests.tui.conftest import Open
from tests.tui.samples import ANI, BUDI, CITRA, DEDI, TRAINING, full_plan, started_plan
from tests.tui.stage import Stage

pytestmark = pytest.mark.anyio
OTHER = next(one.id for one in bundled().kompetensi if one.aktif and one.id != TRAINING)
SECOND = tuple(f"{value.id}/{value.indikator[1].id}" for value in bundled().perilaku)


def with_duty() -> RencanaKinerja:
    """A plan with a class teacher's duty and its SK."""
    duty = TugasTambahan(tugas=(Tugas(tugas="wali-kelas", nomor_sk="421/1/2026", tanggal_sk="2026-01-05"),))
    return structs.replace(full_plan(), tugas_tambahan=duty)


async def plan_of(u: Stage, name: str) -> RencanaKinerja:
    """The plan as it stands on the disk once everything is saved."""
    await u.until(lambda: " *" not in u.status)
    u.advance(0.5)
    await u.until(lambda: " *" not in u.status)
    found = u.draft(name)
    assert found is not None
    return found


@pytest.mark.parametrize("thrifty", [False, True])
@pytest.mark.parametrize("key", ["alt+s", "shift+f5"])
async def test_the_whole_plan_as_the_last_teachers(stage_app: Open, key: str, thrifty: bool) -> None:
    """One key fills the five parts; data diri and the confirmation stay as they were, and one key takes it all back."""
    async with stage_app(draft={ANI.nama: full_plan(7)}, look=LookOptions(thrifty=thrifty)) as u:
        await u.press(f"down*2 enter {key}")
        assert "Seperti Ani Lestari, S.Pd." in u.status
        assert "Data Diri" in u.text  # what is to be decided next is the teacher's own
        plan = await plan_of(u, "Citra")
        assert plan == structs.replace(full_plan(7), data_diri=DataDiri(), rangkuman=Rangkuman())
        await u.press("ctrl+z")
        assert await plan_of(u, "Citra") == RencanaKinerja()


async def test_then_the_place_that_is_to_be_decided_next(stage_app: Open) -> None:
    """With data diri said to be right, it is the first part with something missing: the duty that only the other one has."""
    drafts = {ANI.nama: with_duty(), CITRA.nama: started_plan()}
    async with stage_app(draft=drafts) as u:
        u.app.worked.note("2026", u.pegawai("Ani").id)
        await u.press("down*2 enter alt+s")
        assert u.tab == "3 Tugas"
        assert 'Seperti Ani Lestari, S.Pd.; tidak disalin: "Wali kelas' in u.status.replace("Kelas", "kelas")
        plan = await plan_of(u, "Citra")
        assert plan.tugas_tambahan == TugasTambahan()
        assert plan.perilaku_kerja == full_plan().perilaku_kerja


async def test_what_stood_there_is_named_and_comes_back(stage_app: Open) -> None:
    """In the plan it is an edit as any: what gave way is said, and one step brings it back with the confirmation."""
    mine = structs.replace(full_plan(2), praktik_pembelajaran=PraktikPembelajaran())
    async with stage_app(draft={CITRA.nama: mine, ANI.nama: full_plan(9)}) as u:
        u.app.worked.note("2026", u.pegawai("Ani").id)
        await u.press("down*2 enter alt+s")
        assert "2 Pengembangan Kompetensi diganti, Ctrl+Z mengembalikan" in u.status
        assert "1 Praktik" not in u.status.partition("Seperti")[2]
        assert (await plan_of(u, "Citra")).pengembangan_kompetensi.rhk[0].target == 9
        await u.press("ctrl+z")
        assert await plan_of(u, "Citra") == mine
        await u.press("alt+s alt+s")
        assert "Sudah sama dengan Ani Lestari, S.Pd." in u.status


@pytest.mark.parametrize("key", ["alt+g", "shift+f3"])
async def test_one_pane(stage_app: Open, key: str) -> None:
    """Only the open pane becomes as the last teacher's."""
    async with stage_app(draft={CITRA.nama: started_plan(), ANI.nama: full_plan(9)}) as u:
        u.app.worked.note("2026", u.pegawai("Ani").id)
        await u.press(f"down*2 enter f6*3 {key}")
        assert u.tab == "4 Perilaku"
        assert "Seperti Ani Lestari, S.Pd." in u.status
        plan = await plan_of(u, "Citra")
        assert plan == structs.replace(started_plan(), perilaku_kerja=full_plan().perilaku_kerja)
        await u.press(key)
        assert "Sudah sama dengan Ani" in u.status
        await u.press("ctrl+z")
        assert await plan_of(u, "Citra") == started_plan()


async def test_one_field(stage_app: Open) -> None:
    """Of a value of perilaku only that one; of an RHK its target; on the button the next RHK that is not here yet."""
    theirs = structs.replace(
        full_plan(9),
        pengembangan_kompetensi=PengembanganKompetensi(rhk=(RHK(kompetensi=TRAINING, target=9), RHK(kompetensi=OTHER, target=3))),
        perilaku_kerja=PerilakuKerja(indikator=SECOND),
    )
    mine = structs.replace(full_plan(2), rangkuman=Rangkuman())
    async with stage_app(draft={CITRA.nama: mine, ANI.nama: theirs}) as u:
        u.app.worked.note("2026", u.pegawai("Ani").id)
        await u.press("down*2 enter")
        await u.press("f7*3")
        assert u.tab == "2 Kompetensi"
        await u.go_to("Target")
        await u.press("alt+v")
        assert (await plan_of(u, "Citra")).pengembangan_kompetensi.rhk == (RHK(kompetensi=TRAINING, target=9),)
        await u.go_to("Tambah dari katalog")
        await u.press("shift+f2")
        assert (await plan_of(u, "Citra")).pengembangan_kompetensi == theirs.pengembangan_kompetensi
        await u.press("alt+v")
        assert "Ani Lestari, S.Pd. tidak mengisi ini" in u.status
        await u.press("f6*2 ctrl+end alt+v")
        assert u.tab == "4 Perilaku"
        assert "Taruh kursor pada isian; Alt+G menyamakan seluruh bagian" in u.status
        await u.press("ctrl+home alt+v")
        chosen = (await plan_of(u, "Citra")).perilaku_kerja.indikator
        assert sum(one in SECOND for one in chosen) == 1
        assert len(chosen) == len(SECOND)


async def test_a_duty_only_where_it_fits_and_never_its_sk(stage_app: Open) -> None:
    """Budi's Dapodik names a class: the duty comes, without the other one's SK, whose fields say why."""
    async with stage_app(draft={BUDI.nama: started_plan(), ANI.nama: with_duty()}) as u:
        u.app.worked.note("2026", u.pegawai("Ani").id)
        await u.press("down enter f6*2")
        await u.go_to("Wali")
        await u.press("alt+v")
        assert (await plan_of(u, "Budi")).tugas_tambahan == TugasTambahan(tugas=(Tugas(tugas="wali-kelas"),))
        await u.go_to("Nomor SK")
        await u.press("alt+v")
        assert "tidak pernah disalin" in u.status


@pytest.mark.parametrize("key", ["alt+v", "alt+g", "alt+s"])
async def test_nobody_to_repeat(stage_app: Open, key: str) -> None:
    """Where no other plan says anything, one sentence; nothing changes."""
    async with stage_app(draft={CITRA.nama: started_plan()}) as u:
        await u.press(f"down*2 enter {key}")
        assert "Belum ada guru lain yang rencananya diisi" in u.status
        assert await plan_of(u, "Citra") == started_plan()


async def test_data_diri_and_rangkuman_are_never_repeated(stage_app: Open) -> None:
    """There the keys say so."""
    async with stage_app(draft={ANI.nama: full_plan(), CITRA.nama: full_plan()}) as u:
        await u.press("down*2 enter")
        for key in ("alt+v", "alt+g"):
            await u.press(key)
            assert "tidak pernah disalin" in u.status
        assert await plan_of(u, "Citra") == full_plan()


async def test_the_last_is_whose_plan_was_worked_on_before(stage_app: Open) -> None:
    """The one edited before this one, also where another plan was saved later by something else; this plan itself never."""
    async with stage_app(draft={ANI.nama: full_plan(1), BUDI.nama: started_plan(), DEDI.nama: full_plan(8)}) as u:
        await u.press("down enter alt+s")  # saved last, the highest number: Dedi
        assert "Seperti Dedi Kurnia" in u.status
        await u.press("escape down enter alt+s")
        assert "Seperti Budi Santoso, S.Pd." in u.status
        await u.press("ctrl+z escape down enter alt+s")
        assert "Sudah sama dengan Budi Santoso, S.Pd." in u.status  # Citra's says nothing any more, and Budi's came from Dedi


async def test_a_plan_that_was_sent_is_asked_about_first(stage_app: Open) -> None:
    """An open-for-reading plan asks whether it may be changed, and takes nothing."""
    async with stage_app(draft={CITRA.nama: full_plan(), ANI.nama: full_plan(9)}) as u:
        await u.press("down*2 enter f9 right enter")
        before = u.draft("Citra")
        await u.press("alt+s")
        assert "Ubah rencana ini?" in u.dialog
        assert u.draft("Citra") == before
