"""Data Diri and Rapor Pendidikan: the two steps before the form."""

from __future__ import annotations

import msgspec
import pytest

from pmm_tui.skp.model import KepalaSekolah, Rapor
from tests.tui.conftest import Open
from tests.tui.fake_services import SEKOLAH, FakeServices
from tests.tui.samples import ANI, CITRA, started_plan

pytestmark = pytest.mark.anyio


async def test_shows_who_the_plan_is_for(stage_app: Open) -> None:
    """Name, NIP in groups, status, pangkat, school and head stand on the first page, in the official order."""
    async with stage_app() as u:
        await u.press("enter")
        for content in (
            "Ani Lestari, S.Pd.",
            "19850714 201001 2 001",
            "PNS",
            "III/c",
            "Pangkat: Penata",
            "SMP Negeri 1 Khayalan · 69900001",
            "Dra. Nur'aini Batubara, M.Pd.",
        ):
            assert content in u.text
        assert u.cursor == "Data sudah sesuai"


async def test_confirming_data_diri_goes_on(stage_app: Open) -> None:
    """Enter asks, `Ya, lanjut` writes the confirmed golongan and jenjang and goes on to the Rapor."""
    async with stage_app() as u:
        await u.press("enter enter")
        assert "Data diri sudah sesuai" in u.text
        assert u.cursor == "Periksa lagi"
        await u.press("down enter")
        assert u.tab == "Rapor Pendidikan"
        rencana = await u.saved("Ani")
        assert (rencana.data_diri.golongan, rencana.data_diri.jenjang_jabatan) == ("III/c", "ahli-muda")
        assert rencana.data_diri.sesuai


@pytest.mark.parametrize("respond", ["enter", "down up enter", "escape", "ctrl+w"])
async def test_looking_again_changes_nothing(stage_app: Open, respond: str) -> None:
    """Whoever does not confirm stays on the page, and nothing is declared."""
    async with stage_app() as u:
        await u.press(f"enter enter {respond}")
        assert u.tab == "Data Diri"
        assert "Data diri sudah sesuai" not in u.text
        await u.press("escape")
        assert u.draft("Ani") is None


async def test_next_pane_is_not_reached_around_the_confirmation(stage_app: Open) -> None:
    """F6 on an unconfirmed page asks as Enter does; on the Rapor it asks to read first."""
    async with stage_app() as u:
        await u.press("enter f6")
        assert "Data diri sudah sesuai" in u.text
        await u.press("down enter")
        await u.saved("Ani")
        await u.press("f6")
        assert u.tab == "Rapor Pendidikan"
        assert "Saya mengerti" in u.status
        await u.press("enter")
        assert u.tab == "1 Praktik"


async def test_jenjang_is_suggested_not_forced(stage_app: Open) -> None:
    """The golongan's jenjang is marked as a proposal; another one can be chosen and is what counts."""
    async with stage_app() as u:
        await u.press("enter")
        assert "(•) Guru Ahli Muda" in u.row("Guru Ahli Muda")
        assert "usulan" in u.row("Guru Ahli Muda")
        await u.press("up*2 space")
        assert "(•) Guru Ahli Madya" in u.text
        assert "( ) Guru Ahli Muda" in u.text
        await u.press("down*2 enter down enter")
        rencana = await u.saved("Ani", lambda r: r.data_diri.sesuai)
        assert rencana.data_diri.jenjang_jabatan == "ahli-madya"


async def test_golongan_is_normalised_and_follows_the_class(stage_app: Open) -> None:
    """`iv/a` typed over the old class is kept as `IV/a`, its pangkat shown and its jenjang proposed."""
    async with stage_app() as u:
        await u.press("enter up*5 ctrl+u 'iv/a'")
        assert u.cursor.startswith("Golongan")
        assert "Pangkat: Pembina" in u.text
        assert "(•) Guru Ahli Madya" in u.text
        assert (await u.saved("Ani", lambda r: r.data_diri.golongan == "IV/a")).data_diri.jenjang_jabatan == ""


async def test_pppk_class_has_no_pangkat(stage_app: Open) -> None:
    """A PPPK class is named as one, without a pangkat."""
    async with stage_app(teachers=(CITRA,)) as u:
        await u.press("enter")
        assert "Golongan PPPK" in u.text
        assert "(•) Guru Ahli Pertama" in u.text


async def test_edit_takes_the_confirmation_back(stage_app: Open) -> None:
    """Who changes the golongan after `Data sudah sesuai` has to confirm again."""
    async with stage_app(draft={ANI.nama: started_plan()}) as u:
        await u.press("enter f7*2")
        assert "sudah dinyatakan" in u.text
        await u.press("up*5 ctrl+u 'III/d'")
        assert "sudah dinyatakan" not in u.text
        assert not (await u.saved("Ani", lambda r: r.data_diri.golongan == "III/d")).data_diri.sesuai


async def test_doubt_about_the_numbers_stands_beside_them(stage_app: Open) -> None:
    """What is wrong with the NIP or the status is said where it stands, before anything is filled in."""
    odd = type(ANI)(nama="Eka", nip="19850714201001201", nuptk="12", status_kepegawaian="Entah", jenis_ptk="Penjaga")
    async with stage_app(teachers=(odd,)) as u:
        await u.press("enter")
        for sentence in ("harus 18 angka", "NUPTK", "tidak dikenal", "tidak mendapat akses"):
            assert sentence in u.text


async def test_rapor_in_words_and_sign(stage_app: Open) -> None:
    """Every indicator has its capaian in words and in a sign, by component, and the recommended ones a star."""
    async with stage_app() as u:
        await u.press("enter enter down enter")
        assert "D.1 Kualitas pembelajaran" in u.text
        for komponen in ("Manajemen kelas", "Dukungan psikologis", "Metode pembelajaran"):
            assert komponen in u.text
        star = u.app.look.signs.proposed
        assert "Kurang █░░" in u.row("Penerapan Disiplin Positif")
        assert star in u.row("Penerapan Disiplin Positif")
        assert "Baik   ███" in u.row("Keteraturan Suasana Kelas")
        assert star not in u.row("Keteraturan Suasana Kelas")
        await u.press("enter")
        assert (await u.saved("Ani", lambda r: r.rapor_pendidikan.dimengerti)).data_diri.sesuai


async def test_rapor_that_is_missing_does_not_stop(stage_app: Open) -> None:
    """Without a Rapor the page says where it comes from, and the form can be filled in all the same."""
    services: FakeServices
    async with stage_app(rapor=Rapor()) as u:
        services = u.services
        assert services.rapor.capaian == {}
        await u.press("enter enter down enter")
        assert "belum diambil dari server" in u.text
        assert "belum ada data" in u.row("Aktivitas Interaktif")
        await u.press("enter")
        assert "Instruksi yang Adaptif" in u.text  # all indicators, since none is recommended


async def test_the_rosters_own_class_is_not_written_down(stage_app: Open) -> None:
    """What is typed as the roster has it is no answer of its own, in whatever case."""
    async with stage_app() as u:
        await u.press("enter up*5 ctrl+u 'iv/a'")
        await u.saved("Ani", lambda r: r.data_diri.golongan == "IV/a")
        await u.press("ctrl+u 'iii/c'")
        await u.saved("Ani", lambda r: not r.data_diri.golongan)


@pytest.mark.parametrize(
    ("kepala", "said"), [(KepalaSekolah(), "belum diatur"), (KepalaSekolah(nama="Nur", plt=True), "Nur (Plt.)")]
)
async def test_a_head_that_is_not_known_or_only_acts(stage_app: Open, kepala: KepalaSekolah, said: str) -> None:
    """Without a head the page says so; an acting one has it behind the name."""
    async with stage_app(sekolah=msgspec.structs.replace(SEKOLAH, kepala_sekolah=kepala)) as u:
        await u.press("enter")
        assert said in u.text
