"""Data Diri and Rapor Pendidikan: the two steps before the form."""

from __future__ import annotations

import msgspec
import pytest

from pmm_tui.skp.model import KepalaSekolah, Rapor
from tests.tui.conftest import Buka
from tests.tui.fake_services import SEKOLAH, LayananUji
from tests.tui.samples import ANI, CITRA, rencana_mulai

pytestmark = pytest.mark.anyio


async def test_shows_who_the_plan_is_for(app_uji: Buka) -> None:
    """Name, NIP in groups, status, pangkat, school and head stand on the first page, in the official order."""
    async with app_uji() as u:
        await u.tekan("enter")
        for isi in (
            "Ani Lestari, S.Pd.",
            "19850714 201001 2 001",
            "PNS",
            "III/c",
            "Pangkat: Penata",
            "SMP Negeri 1 Khayalan · 69900001",
            "Dra. Nur'aini Batubara, M.Pd.",
        ):
            assert isi in u.teks
        assert u.kursor == "Data sudah sesuai"


async def test_data_sudah_sesuai_then_ya_lanjut(app_uji: Buka) -> None:
    """Enter asks, `Ya, lanjut` writes the confirmed golongan and jenjang and goes on to the Rapor."""
    async with app_uji() as u:
        await u.tekan("enter enter")
        assert "Data diri sudah sesuai?" in u.teks
        assert u.kursor == "Ya, lanjut"
        await u.tekan("enter")
        assert "[Rapor Pendidikan]" in u.teks
        rencana = await u.tersimpan("Ani")
        assert (rencana.data_diri.golongan, rencana.data_diri.jenjang_jabatan) == ("III/c", "ahli-muda")
        assert rencana.data_diri.sesuai


@pytest.mark.parametrize("jawab", ["down enter", "escape", "ctrl+w"])
async def test_periksa_lagi_changes_nothing(app_uji: Buka, jawab: str) -> None:
    """Whoever does not confirm stays on the page, and nothing is declared."""
    async with app_uji() as u:
        await u.tekan(f"enter enter {jawab}")
        assert "[Data Diri]" in u.teks
        assert "Data diri sudah sesuai?" not in u.teks
        await u.tekan("escape")
        assert u.draf("Ani") is None


async def test_next_pane_is_not_reached_around_the_confirmation(app_uji: Buka) -> None:
    """F6 on an unconfirmed page asks as Enter does; on the Rapor it asks to read first."""
    async with app_uji() as u:
        await u.tekan("enter f6")
        assert "Data diri sudah sesuai?" in u.teks
        await u.tekan("enter")
        await u.tersimpan("Ani")
        await u.tekan("f6")
        assert "[Rapor Pendidikan]" in u.teks
        assert "Saya mengerti" in u.status
        await u.tekan("enter")
        assert "[1 Praktik]" in u.teks


async def test_jenjang_is_suggested_not_forced(app_uji: Buka) -> None:
    """The golongan's jenjang is marked as a proposal; another one can be chosen and is what counts."""
    async with app_uji() as u:
        await u.tekan("enter")
        assert "(•) Guru Ahli Muda" in u.baris("Guru Ahli Muda")
        assert "usulan" in u.baris("Guru Ahli Muda")
        await u.tekan("up*2 space")
        assert "(•) Guru Ahli Madya" in u.teks
        assert "( ) Guru Ahli Muda" in u.teks
        await u.tekan("down*2 enter enter")
        rencana = await u.tersimpan("Ani", lambda r: r.data_diri.sesuai)
        assert rencana.data_diri.jenjang_jabatan == "ahli-madya"


async def test_golongan_is_normalised_and_follows_the_class(app_uji: Buka) -> None:
    """`iv/a` typed over the old class is kept as `IV/a`, its pangkat shown and its jenjang proposed."""
    async with app_uji() as u:
        await u.tekan("enter up*5 ctrl+u 'iv/a'")
        assert u.kursor.startswith("Golongan")
        assert "Pangkat: Pembina" in u.teks
        assert "(•) Guru Ahli Madya" in u.teks
        assert (await u.tersimpan("Ani", lambda r: r.data_diri.golongan == "IV/a")).data_diri.jenjang_jabatan == ""


async def test_pppk_class_has_no_pangkat(app_uji: Buka) -> None:
    """A PPPK class is named as one, without a pangkat."""
    async with app_uji(guru=(CITRA,)) as u:
        await u.tekan("enter")
        assert "Golongan PPPK" in u.teks
        assert "(•) Guru Ahli Pertama" in u.teks


async def test_edit_takes_the_confirmation_back(app_uji: Buka) -> None:
    """Who changes the golongan after `Data sudah sesuai` has to confirm again."""
    async with app_uji(draf={ANI.nama: rencana_mulai()}) as u:
        await u.tekan("enter f7*2")
        assert "sudah dinyatakan" in u.teks
        await u.tekan("up*5 ctrl+u 'III/d'")
        assert "sudah dinyatakan" not in u.teks
        assert not (await u.tersimpan("Ani", lambda r: r.data_diri.golongan == "III/d")).data_diri.sesuai


async def test_doubt_about_the_numbers_stands_beside_them(app_uji: Buka) -> None:
    """What is wrong with the NIP or the status is said where it stands, before anything is filled in."""
    aneh = type(ANI)(nama="Eka", nip="19850714201001201", nuptk="12", status_kepegawaian="Entah", jenis_ptk="Penjaga")
    async with app_uji(guru=(aneh,)) as u:
        await u.tekan("enter")
        for kalimat in ("harus 18 angka", "NUPTK", "tidak dikenal", "tidak mendapat akses"):
            assert kalimat in u.teks


async def test_rapor_in_words_and_sign(app_uji: Buka) -> None:
    """Every indicator has its capaian in words and in a sign, by component, and the recommended ones a star."""
    async with app_uji() as u:
        await u.tekan("enter*3")
        assert "D.1 Kualitas pembelajaran" in u.teks
        for komponen in ("Manajemen kelas", "Dukungan psikologis", "Metode pembelajaran"):
            assert komponen in u.teks
        star = u.app.rupa.tanda.usul
        assert "Kurang #.." in u.baris("Penerapan Disiplin Positif")
        assert star in u.baris("Penerapan Disiplin Positif")
        assert "Baik   ###" in u.baris("Keteraturan Suasana Kelas")
        assert star not in u.baris("Keteraturan Suasana Kelas")
        await u.tekan("enter")
        assert (await u.tersimpan("Ani", lambda r: r.rapor_pendidikan.dimengerti)).data_diri.sesuai


async def test_rapor_that_is_missing_does_not_stop(app_uji: Buka) -> None:
    """Without a Rapor the page says where it comes from, and the form can be filled in all the same."""
    layanan: LayananUji
    async with app_uji(rapor=Rapor()) as u:
        layanan = u.layanan
        assert layanan.rapor.capaian == {}
        await u.tekan("enter*3")
        assert "belum diambil dari server" in u.teks
        assert "belum ada data" in u.baris("Aktivitas Interaktif")
        await u.tekan("enter")
        assert "Instruksi yang Adaptif" in u.teks  # all indicators, since none is recommended


async def test_the_rosters_own_class_is_not_written_down(app_uji: Buka) -> None:
    """What is typed as the roster has it is no answer of its own, in whatever case."""
    async with app_uji() as u:
        await u.tekan("enter up*5 ctrl+u 'iv/a'")
        await u.tersimpan("Ani", lambda r: r.data_diri.golongan == "IV/a")
        await u.tekan("ctrl+u 'iii/c'")
        await u.tersimpan("Ani", lambda r: not r.data_diri.golongan)


@pytest.mark.parametrize(
    ("kepala", "said"), [(KepalaSekolah(), "belum diatur"), (KepalaSekolah(nama="Nur", plt=True), "Nur (Plt.)")]
)
async def test_a_head_that_is_not_known_or_only_acts(app_uji: Buka, kepala: KepalaSekolah, said: str) -> None:
    """Without a head the page says so; an acting one has it behind the name."""
    async with app_uji(sekolah=msgspec.structs.replace(SEKOLAH, kepala_sekolah=kepala)) as u:
        await u.tekan("enter")
        assert said in u.teks
