"""The kepala sekolah's own plan in the same five panes: D.3, no tugas tambahan, an atasan of their own."""

from __future__ import annotations

import pytest
from msgspec import structs

from pmm_tui.skp.model import Atasan, PraktikPembelajaran, Rapor, Tugas, TugasTambahan
from pmm_tui.tui.look_values import LookOptions
from tests.tui.conftest import Open
from tests.tui.fake_services import SEKOLAH
from tests.tui.samples import ANI, full_plan, started_plan

pytestmark = pytest.mark.anyio

HEAD = structs.replace(ANI, nama="Kasek Utama, M.Pd.", jenis_ptk="Kepala Sekolah")
WITH_ATASAN = structs.replace(SEKOLAH, atasan=Atasan(nama="Dr. Kadis Contoh"))
VISI = "Visi-misi Satuan Pendidikan"


async def test_the_atasan_rates_the_plan(stage_app: Open) -> None:
    """In Data Diri; where nobody is named, it is said who it would be and how to name them."""
    async with stage_app(teachers=(HEAD,), sekolah=WITH_ATASAN) as u:
        await u.press("enter")
        assert "Dr. Kadis Contoh" in u.row("Pejabat penilai")


async def test_without_an_atasan_it_is_said_how_to_name_one(stage_app: Open) -> None:
    """And the head of the school does not stand there as their own rater."""
    async with stage_app(teachers=(HEAD,)) as u:
        await u.press("enter")
        assert "Kepala dinas pendidikan, belum diatur (F7 di Daftar" in u.row("Pejabat penilai")


async def test_rapor_and_practice_are_of_d3(stage_app: Open) -> None:
    """Three indicators, of which one is chosen, and none of a teacher's."""
    levels = Rapor(capaian={"visi-misi-satuan-pendidikan": "kurang", "aktivitas-interaktif": "kurang"})
    async with stage_app(teachers=(HEAD,), draft={HEAD.nama: started_plan()}, rapor=levels) as u:
        await u.press("enter")
        assert "Direkomendasikan" in u.text
        assert VISI in u.cursor
        assert "Aktivitas Interaktif" not in u.text
        await u.press("enter")
        chosen = await u.saved(HEAD.nama, lambda r: r.praktik_pembelajaran.indikator)
        assert chosen.praktik_pembelajaran == PraktikPembelajaran(indikator=("visi-misi-satuan-pendidikan",))
        await u.press("f7*2")
        assert "D.3 Kepemimpinan instruksional" in u.text
        assert "Manajemen kelas" not in u.text


async def test_no_duties_are_asked_for(stage_app: Open) -> None:
    """The pane says so and leads on; Enter enters nothing."""
    async with stage_app(teachers=(HEAD,), draft={HEAD.nama: started_plan()}) as u:
        await u.press("enter f6*2")
        assert "Rencana kepala sekolah tidak memuat tugas tambahan." in u.text
        assert u.cursor == "Lanjut ke 4 Perilaku Kerja"
        await u.press("enter")
        assert "Pelayanan" in u.text
        assert u.draft(HEAD.nama) == started_plan()


async def test_duties_of_before_can_be_taken_out(stage_app: Open) -> None:
    """A plan of before that has some shows them by their label, and they can be unticked."""
    before = started_plan().with_section(TugasTambahan(tugas=(Tugas(tugas="wali-kelas"),)))
    async with stage_app(teachers=(HEAD,), draft={HEAD.nama: before}) as u:
        await u.press("enter f6*2")
        await u.go_to("Wali kelas")
        await u.press("space")
        assert (await u.saved(HEAD.nama, lambda r: not r.tugas_tambahan.tugas)).tugas_tambahan == TugasTambahan()


@pytest.mark.parametrize("thrifty", [False, True])
async def test_the_atasan_is_named_where_it_is_submitted(stage_app: Open, thrifty: bool) -> None:
    """On the Rangkuman and in the question: not the head, who would rate themselves."""
    plan = structs.replace(
        full_plan(),
        praktik_pembelajaran=PraktikPembelajaran(indikator=("visi-misi-satuan-pendidikan",)),
        tugas_tambahan=TugasTambahan(),
    )
    look = LookOptions(thrifty=thrifty)
    async with stage_app(teachers=(HEAD,), draft={HEAD.nama: plan}, sekolah=WITH_ATASAN, look=look) as u:
        await u.press("enter f6*4 f9")
        assert "Dr. Kadis Contoh" in u.dialog
        await u.press("escape enter" if thrifty else "escape")
        assert "kepada Dr. Kadis Contoh, lewat" in u.text


async def test_a_rapor_of_ones_own_says_so(stage_app: Open) -> None:
    """Levels that are their component's are marked."""
    levels = Rapor(capaian={"aktivitas-interaktif": "kurang"}, menurut_komponen=("aktivitas-interaktif",))
    async with stage_app(teachers=(ANI,), draft={ANI.nama: started_plan()}, rapor=levels) as u:
        await u.press("enter f7")
        assert "menurut komponen" in u.row("Aktivitas Interaktif")
        assert "menurut komponen" not in u.row("Keteraturan Suasana Kelas")
