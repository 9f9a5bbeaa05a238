"""Kotak Kirim: what is safe, what is sent, what needs somebody."""

from __future__ import annotations

import pytest

from pmm_tui.skp.wire import Dipegang
from pmm_tui.store.outbox_entry import Conflict, Deferred
from tests.store.samples import terbaru
from tests.tui.conftest import Buka
from tests.tui.fake_services import SAAT, diterima, ditolak
from tests.tui.samples import ANI, BUDI, CITRA, rencana_penuh
from tests.tui.stage import Panggung

pytestmark = pytest.mark.anyio
SIAP = {p.nama: rencana_penuh() for p in (ANI, BUDI, CITRA)}


async def kirim(u: Panggung, nama: str, jawab=None) -> None:
    """Seal a teacher's plan, and let the server answer so; None: it is not reached."""
    u.store.outbox.seal(u.pegawai(nama), "2026", rencana_penuh(), 1, SAAT)
    u.layanan.jawab = jawab
    if jawab:
        await u.tekan("f9")
        await u.sampai(lambda: terbaru(u.store)[u.pegawai(nama).id].keadaan not in ("queued", "sending"))


@pytest.mark.parametrize("kunci", ["f8"])
async def test_rows_those_that_need_somebody_first(app_uji: Buka, kunci: str) -> None:
    """Refused and conflicting plans come before those that wait, and those before what is sent, each with its revision."""
    async with app_uji(draf=SIAP) as u:
        await kirim(u, "Ani", diterima)
        await kirim(u, "Budi", ditolak("/rangkuman"))
        await kirim(u, "Citra")
        await u.tekan(kunci)
        assert u.kepala.startswith(" Kotak Kirim")
        assert "1 antre · 1 perlu perbaikan" in u.kepala
        rows = [line for line in u.layar()[1:] if "rev 1" in line]
        assert [kata for line in rows for kata in ("ditolak", "antre", "terkirim") if kata in line] == [
            "ditolak",
            "antre",
            "terkirim",
        ]
        assert "TT-0001" in rows[2]


async def test_details_of_the_row_under_the_cursor(app_uji: Buka) -> None:
    """Receipt and the server's time, the reason of a refusal, or that it is safe here: as the cursor goes."""
    async with app_uji(draf=SIAP) as u:
        await kirim(u, "Ani", diterima)
        await kirim(u, "Budi", ditolak("/rangkuman", "Kepala sekolah belum ditetapkan."))
        await kirim(u, "Citra")
        await u.tekan("f8")
        assert "Kepala sekolah belum ditetapkan." in u.teks
        await u.tekan("down")
        assert "Aman di komputer ini sejak 10 Januari 2026 10.42" in u.teks
        assert "Akan dikirim saat ada jaringan" in " ".join(u.teks.split())
        await u.tekan("down")
        sha = terbaru(u.store)[u.pegawai("Ani").id].sha256[:12]
        assert f"Tanda terima TT-0001, diterima server 10 Januari 2026 10.42, sha256 {sha}" in " ".join(u.teks.split())


async def test_conflict_says_what_the_server_holds(app_uji: Buka) -> None:
    """A conflict names the server's revision and what to do."""
    async with app_uji(draf=SIAP) as u:
        await kirim(u, "Ani", lambda k: Conflict(Dipegang(7, "ab" * 32)))
        await u.tekan("f8")
        assert "bentrok" in u.baris("Ani Lestari")
        assert "Server memegang revisi 7" in u.teks
        await u.tekan("enter")
        assert "[5 Rangkuman]" in u.teks


async def test_unknown_is_not_called_sent(app_uji: Buka) -> None:
    """What may or may not have arrived is called waiting, and how often it was tried is said."""
    async with app_uji(draf=SIAP) as u:
        await kirim(u, "Ani", lambda k: Deferred("Sambungan putus."))
        await u.tekan("f8")
        assert "antre, belum pasti" in u.baris("Ani Lestari")
        assert "sudah dicoba 1 kali" in u.teks


@pytest.mark.parametrize(
    ("pointer", "tab", "kursor"),
    [
        ("/praktik_pembelajaran/indikator", "[1 Praktik]", "(•) Penerapan Disiplin"),
        ("/pengembangan_kompetensi/rhk/0/target", "[2 Kompetensi]", "Target kuantitas"),
        ("/tugas_tambahan/tidak_ada", "[3 Tugas]", "[x] Tidak ada tugas"),
        ("/perilaku_kerja/loyal", "[4 Perilaku]", "[x] Memegang teguh"),
        ("/data_diri/golongan", "[Data Diri]", "Golongan"),
        ("", "[5 Rangkuman]", ""),
    ],
)
async def test_enter_on_a_refused_one_lands_on_the_field(app_uji: Buka, pointer: str, tab: str, kursor: str) -> None:
    """Enter opens the plan at the field that the server complained about, and Esc leads back to the list."""
    async with app_uji(draf=SIAP) as u:
        await kirim(u, "Budi", ditolak(pointer))
        await u.tekan("f8 enter")
        assert u.kepala.startswith(" Budi")
        assert tab in u.layar()[1]
        assert u.kursor.startswith(kursor)
        await u.tekan("escape")
        assert u.kepala.startswith(" Daftar Guru")
        assert u.kursor.startswith("Budi")


async def test_from_a_plan_and_back(app_uji: Buka) -> None:
    """Opened from a plan, Esc leads back into that plan; Enter on another row leaves it, saved."""
    async with app_uji(draf=SIAP) as u:
        await kirim(u, "Budi", ditolak("/tugas_tambahan/tidak_ada"))
        await u.ke("Citra")
        await u.tekan("enter f7*3 up '9' ctrl+home f8")
        assert u.kepala.startswith(" Kotak Kirim")
        await u.tekan("escape")
        assert u.kepala.startswith(" Citra")
        assert "[2 Kompetensi]" in u.teks
        await u.tekan("'8' f8 enter")
        assert u.kepala.startswith(" Budi")
        draf = u.draf("Citra")
        assert draf is not None
        assert draf.pengembangan_kompetensi.rhk[0].target == 98
        await u.tekan("escape")
        assert u.kepala.startswith(" Daftar Guru")


async def test_progress_and_cancel(app_uji: Buka) -> None:
    """While sending, the status line counts; Ctrl+X stops it, and nothing is called sent for that."""
    async with app_uji(draf=SIAP) as u:
        for nama in ("Ani", "Budi", "Citra"):
            await kirim(u, nama)
        u.layanan.jawab = diterima
        u.tutup_gerbang()
        await u.tekan("f8 f9")
        await u.sampai_teks("Mengirim 0 dari 3")
        await u.tekan("ctrl+x")
        u.buka_gerbang()
        await u.sampai_teks("Pengiriman dihentikan")
        assert not [k for k in u.store.outbox.all() if k.keadaan == "sent"]
        await u.tekan("f10")
        assert "Tidak ada pengiriman yang berjalan" in u.status


async def test_follows_the_sending(app_uji: Buka) -> None:
    """Rows and title follow when the answers are there."""
    async with app_uji(draf=SIAP) as u:
        await kirim(u, "Ani")
        await u.tekan("f8")
        assert "antre" in u.baris("Ani Lestari")
        u.layanan.jawab = diterima
        await u.tekan("ctrl+s")
        await u.sampai_teks("TT-0001")
        assert "terkirim" in u.baris("Ani Lestari")


async def test_decision_of_the_head_is_shown(app_uji: Buka) -> None:
    """What the head decided, with the note, stands here and in the plan."""
    async with app_uji(draf=SIAP) as u:
        await kirim(u, "Ani", diterima)
        kiriman = u.store.outbox.all()[0]
        u.store.outbox.hold(kiriman.pegawai_id, "2026", 1, kiriman.sha256, "dikembalikan", "Tambahkan RHK.", SAAT.isoformat())
        await u.tekan("f8")
        assert "dikembalikan" in u.baris("Ani Lestari")
        assert "Catatan: Tambahkan RHK." in u.teks
        await u.tekan("enter ctrl+home")
        assert "Dikembalikan kepala sekolah untuk diperbaiki. Catatan: Tambahkan RHK." in " ".join(u.teks.split())


async def test_empty_box(app_uji: Buka) -> None:
    """Without envelopes the box says how one gets into it, and Enter does nothing."""
    async with app_uji() as u:
        await u.tekan("f8 enter down")
        assert "Belum ada yang diajukan." in u.teks
        await u.tekan("ctrl+w")
        assert u.kepala.startswith(" Daftar Guru")


@pytest.mark.parametrize(
    "pointer", ["rangkuman", "x", "/", "//", "rhk 1", "/pengembangan_kompetensi/rhk/9/target", "/tugas_tambahan/tugas/7/x"]
)
async def test_pointer_of_the_server_may_be_anything(app_uji: Buka, pointer: str) -> None:
    """Enter on a refused plan opens it, whatever pointer the server gave."""
    async with app_uji(draf=SIAP) as u:
        await kirim(u, "Ani", ditolak(pointer))
        await u.tekan("f8 enter")
        assert not u.app.crashed
        assert u.kepala.startswith(" Ani")
        assert u.kursor
