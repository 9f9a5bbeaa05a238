"""Daftar Guru: every teacher and how the plan stands."""

from __future__ import annotations

import msgspec
import pytest

from pmm_tui.practice.school import guru
from pmm_tui.skp.model import Sekolah
from pmm_tui.tui.ports import HasilKirim
from tests.tui.conftest import Buka
from tests.tui.fake_services import SAAT, diterima, ditolak
from tests.tui.samples import ANI, BUDI, CITRA, DEDI, GURU, rencana_mulai, rencana_penuh
from tests.tui.stage import Panggung

pytestmark = pytest.mark.anyio


def ajukan(u: Panggung, *nama: str) -> None:
    """Seal these teachers' drafts."""
    for satu in nama:
        draf = u.draf(satu)
        assert draf is not None
        u.store.outbox.seal(u.pegawai(satu), "2026", draf, 1, SAAT)


def nama_nama(u: Panggung) -> list[str]:
    """The first names in the list, in order; none where a sentence says that there is nobody."""
    lines = [line for line in u.layar()[3:-2] if line.strip()]
    if len(lines) == 1 and lines[0].strip().startswith("Tidak ada guru"):
        return []
    return [line.split()[0 if line.startswith("  ") else 1] for line in lines]


async def test_every_teacher_with_number_kind_and_state(app_uji: Buka) -> None:
    """A row has name, NIP (or NUPTK), jenis PTK and the state in words and a sign; none while nothing is begun."""
    async with app_uji(draf={ANI.nama: rencana_mulai(), BUDI.nama: rencana_penuh()}) as u:
        assert "SMP Negeri 1 Khayalan" in u.kepala
        assert u.baris("Ani Lestari").split()[4:] == ["198507142010012001", "Guru", "Mapel", "…", "draf", "5!"]
        assert "○ lengkap" in u.baris("Budi Santoso")
        assert u.baris("Citra Dewi").split()[-2:] == ["Guru", "Mapel"]
        assert "6543210987654321" in u.baris("Dedi Kurnia")


async def test_twelve_of_forty(app_uji: Buka) -> None:
    """The title counts the plans that the server has confirmed; those that only wait do not count."""
    ada = guru()
    async with app_uji(guru=ada, draf={p.nama: rencana_penuh() for p in ada}) as u:
        assert "0 dari 40 selesai" in u.kepala
        u.layanan.jawab = diterima
        ajukan(u, *(p.nama for p in ada[:12]))
        await u.tekan("f9")
        await u.sampai_teks("12 dari 40 selesai")
        u.layanan.jawab = None
        ajukan(u, ada[20].nama)
        await u.tekan("f9")
        await u.sampai_teks("1 antre")
        assert "12 dari 40 selesai" in u.kepala


async def test_search_as_you_type(app_uji: Buka) -> None:
    """Letters narrow the list by name, number and kind, all words counting; Esc empties the search."""
    async with app_uji() as u:
        await u.tekan("'BUDI'")
        assert nama_nama(u) == ["Budi"]
        assert "Cari: BUDI_" in u.teks
        await u.tekan("escape")
        assert len(nama_nama(u)) == 4
        for cari, ketemu in (("8504", []), ("19890402", ["Citra"]), ("65432", ["Dedi"]), ("mapel dewi", ["Citra"])):
            await u.tekan(f"ctrl+u '{cari}'")
            assert nama_nama(u) == ketemu, cari
        await u.tekan("escape 'zzz'")
        assert "Tidak ada guru yang cocok" in u.teks
        await u.tekan("enter backspace*3")
        assert len(nama_nama(u)) == 4


async def test_enter_opens_the_one_that_was_found(app_uji: Buka) -> None:
    """Search and Enter is the way to a plan; coming back, search and teacher stay."""
    async with app_uji() as u:
        await u.tekan("'de' down enter")
        assert u.kepala.startswith(" Dedi")
        await u.tekan("escape")
        assert "Cari: de_" in u.teks
        assert u.kursor.startswith("Dedi")


async def test_every_filter(app_uji: Buka) -> None:
    """F2 goes through the states and round again; the line above says which and how many."""
    penuh = rencana_penuh()
    async with app_uji(draf={ANI.nama: penuh, BUDI.nama: penuh, CITRA.nama: penuh}) as u:
        ajukan(u, "Ani")
        u.layanan.jawab = diterima
        await u.tekan("f9")
        await u.sampai_teks("1 dari 4 selesai")
        u.layanan.jawab = ditolak("/rangkuman")
        ajukan(u, "Budi")
        await u.tekan("f9")
        await u.sampai_teks("1 perlu perbaikan")
        harapan = {
            "belum selesai (3)": ["Budi", "Citra", "Dedi"],
            "siap diajukan (1)": ["Citra"],
            "perlu perhatian (1)": ["Budi"],
            "antre (0)": [],
            "selesai (1)": ["Ani"],
            "Semua guru (4)": ["Ani", "Budi", "Citra", "Dedi"],
        }
        for saring, nama in harapan.items():
            await u.tekan("f2")
            assert saring in u.teks
            assert nama_nama(u) == nama, saring


async def test_every_order(app_uji: Buka) -> None:
    """F3 sorts by name, by state, by problems, and again by name; the cursor stays on its teacher."""
    aneh = msgspec.structs.replace(DEDI, nama="Zaki", nip="123", nuptk="", status_kepegawaian="PNS")
    async with app_uji(guru=(*GURU, aneh), draf={CITRA.nama: rencana_mulai(), BUDI.nama: rencana_penuh()}) as u:
        await u.ke("Citra")
        await u.tekan("f3")
        assert "Urut: status" in u.teks
        assert nama_nama(u) == ["Ani", "Dedi", "Zaki", "Citra", "Budi"]
        assert u.kursor.startswith("Citra")
        await u.tekan("ctrl+o")
        assert "Urut: masalah" in u.teks
        assert nama_nama(u)[:2] == ["Citra", "Zaki"]
        await u.tekan("f3")
        assert nama_nama(u) == ["Ani", "Budi", "Citra", "Dedi", "Zaki"]


async def test_after_a_submitted_plan_comes_the_next_unfinished(app_uji: Buka) -> None:
    """Back from a plan that was submitted, the cursor stands on the next teacher with something to do, round the end."""
    async with app_uji(draf={p.nama: rencana_penuh() for p in (BUDI, DEDI)}) as u:
        u.layanan.jawab = diterima
        await u.ke("Budi")
        await u.tekan("enter f9 enter")
        await u.sampai_teks("sudah diajukan")
        await u.tekan("enter")
        assert u.kursor.startswith("Citra")
        await u.ke("Dedi")
        await u.tekan("enter f9 enter")
        await u.sampai_teks("sudah diajukan")
        await u.tekan("escape")
        assert u.kursor.startswith("Ani")


async def test_after_an_unfinished_plan_the_cursor_stays(app_uji: Buka) -> None:
    """Back from a plan that is not done the cursor stands on its teacher, whose row has followed."""
    async with app_uji() as u:
        await u.ke("Citra")
        await u.tekan("enter enter enter escape")
        assert u.kursor.startswith("Citra")
        assert "draf" in u.kursor


async def test_empty_roster_says_what_to_do(app_uji: Buka) -> None:
    """Without teachers the screen names the ways to get some; no key breaks it."""
    async with app_uji(guru=(), sekolah=Sekolah()) as u:
        for isi in ("Belum ada guru.", "Impor dari berkas Dapodik", "Tarik data dari server", "sekolah belum diatur"):
            assert isi in u.teks
        await u.tekan("enter down up end home 'x' escape f2 f3 enter")
        assert "0 dari 0 selesai" in u.kepala


async def test_send_progress_and_result(app_uji: Buka) -> None:
    """F9 sends what waits; the outcome stands in the status line, and a second F9 meanwhile starts nothing."""
    async with app_uji(draf={p.nama: rencana_penuh() for p in (ANI, BUDI)}) as u:
        ajukan(u, "Ani", "Budi")
        u.layanan.jawab = diterima
        u.tutup_gerbang()
        await u.tekan("f9 f9 f9")
        berjalan = len(u.layanan.dipanggil("kirim"))
        u.buka_gerbang()
        await u.sampai_teks("2 dari 4 selesai")
        assert "Tidak ada lagi yang menunggu." in u.status
        assert len(u.layanan.dipanggil("kirim")) == berjalan


@pytest.mark.parametrize("kunci", ["f5", "ctrl+r"])
async def test_fetching_shows_what_came(app_uji: Buka, kunci: str) -> None:
    """Fetching is said, teachers and school that came are shown, and what waits is sent after it."""
    async with app_uji(guru=(ANI,)) as u:
        u.tutup_gerbang()
        sebelum = len(u.layanan.dipanggil("kirim"))
        await u.tekan(kunci)
        assert "Mengambil data dari server" in u.status
        u.store.roster.write([BUDI])
        u.layanan.sekolah = msgspec.structs.replace(u.layanan.sekolah, nama="SMP Negeri 2 Khayalan")
        u.buka_gerbang()
        await u.sampai_teks("SMP Negeri 2 Khayalan")
        assert nama_nama(u) == ["Ani", "Budi"]
        await u.sampai(lambda: len(u.layanan.dipanggil("kirim")) > sebelum)


async def test_start_sends_what_waits(app_uji: Buka) -> None:
    """With fresh data the start sends; nobody has to press anything."""
    async with app_uji() as u:
        assert u.layanan.dipanggil("kirim") == [False]
        assert u.layanan.dipanggil("tarik") == []


async def test_damaged_records_are_said_at_the_start(app_uji: Buka) -> None:
    """What the check of the records found stands in the status line of the first screen."""
    async with app_uji(hasil_jaga="3 catatan rusak; jalankan pmm-tui pulihkan.") as u:
        await u.sampai_teks("3 catatan rusak")


async def test_without_a_server_that_is_said(app_uji: Buka) -> None:
    """Where no server is set the status line says so, and sending says where to set it."""
    async with app_uji() as u:
        u.layanan.alamat = ""
        u.layanan.hasil_kirim = HasilKirim(kalimat="Server belum diatur (F7); rencana aman di komputer ini.", beres=False)
        await u.app.refresh_all()
        assert "server belum diatur" in u.status
        await u.tekan("f9")
        await u.sampai_teks("Server belum diatur (F7)")
