"""From the finished plan to the receipt: nothing is called submitted before the server has said so."""

from __future__ import annotations

import msgspec
import pytest

from pmm_tui.errors import DiskFullError, ServerError
from pmm_tui.skp.wire import open_envelope
from pmm_tui.tui.ports import HasilKirim
from tests.tui.conftest import Buka
from tests.tui.fake_services import KEPALA, SEKOLAH, diterima, ditolak
from tests.tui.samples import ANI, rencana_mulai, rencana_penuh

pytestmark = pytest.mark.anyio
SIAP = {ANI.nama: rencana_penuh()}
DIAJUKAN = "Perencanaan Kinerja sudah diajukan ke kepala sekolah"
ANTRE = "Antre, akan dikirim saat ada jaringan"


@pytest.mark.parametrize("kunci", ["f9", "ctrl+s"])
async def test_refused_with_the_first_problem(app_uji: Buka, kunci: str) -> None:
    """Ajukan on an unfinished plan names the first problem and goes to its field; nothing is sealed."""
    async with app_uji(draf={ANI.nama: rencana_mulai()}) as u:
        await u.tekan(f"enter f6*2 {kunci}")
        assert "[1 Praktik]" in u.teks
        assert "Belum dapat diajukan: Pilih satu indikator" in u.status
        assert u.store.outbox.all() == ()


async def test_refused_while_the_data_diri_are_not_confirmed(app_uji: Buka) -> None:
    """A plan that was not begun leads to the confirmation of the data diri."""
    async with app_uji() as u:
        await u.tekan("enter f9")
        assert "Data diri belum dinyatakan sesuai" in u.status
        assert u.kursor == "Data sudah sesuai"


async def test_dialog_says_who_when_whom_and_through_what(app_uji: Buka) -> None:
    """Before anything is sealed the dialog names teacher, NIP, period, head and server."""
    async with app_uji(draf=SIAP) as u:
        await u.tekan("enter f9")
        for isi in (
            "Ajukan Perencanaan Kinerja?",
            "Ani Lestari, S.Pd.",
            "19850714 201001 2 001",
            "Januari–Desember 2026",
            "Dra. Nur'aini Batubara, M.Pd.",
            "pmm.dinas-contoh.go.id",
        ):
            assert isi in u.teks
        assert "Plt." not in u.teks
        assert u.store.outbox.all() == ()


async def test_dialog_says_what_an_acting_head_means(app_uji: Buka) -> None:
    """With an acting head the dialog warns that the plan is approved without being looked at."""
    plt = msgspec.structs.replace(SEKOLAH, kepala_sekolah=msgspec.structs.replace(KEPALA, plt=True))
    async with app_uji(draf=SIAP, sekolah=plt) as u:
        await u.tekan("enter f9")
        assert "Dra. Nur'aini Batubara, M.Pd. (Plt.)" in u.teks
        assert "langsung disetujui tanpa diperiksa" in u.dialog


async def test_dialog_without_a_server_or_a_head(app_uji: Buka) -> None:
    """Where no server is set the dialog says where the plan will wait."""
    async with app_uji(draf=SIAP, sekolah=msgspec.structs.replace(SEKOLAH, kepala_sekolah=type(KEPALA)())) as u:
        u.layanan.alamat = ""
        await u.tekan("enter f9")
        assert "Kepada : kepala sekolah" in u.dialog
        assert "server belum diatur; rencana menunggu di Kotak Kirim" in u.dialog


@pytest.mark.parametrize("batal", ["escape", "down enter", "shift+tab enter", "ctrl+w"])
async def test_cancelling_seals_nothing(app_uji: Buka, batal: str) -> None:
    """Batal, Esc and Ctrl+W leave the plan as it was."""
    async with app_uji(draf=SIAP) as u:
        await u.tekan(f"enter f9 {batal}")
        assert "Ajukan Perencanaan Kinerja?" not in u.teks
        assert u.store.outbox.all() == ()
        assert u.layanan.dipanggil("kirim") in ([], [False])


async def test_queued_until_the_server_answers(app_uji: Buka) -> None:
    """Without network the plan is sealed and called queued, here, on reopening and in the roster; never submitted."""
    async with app_uji(draf=SIAP) as u:
        await u.tekan("enter f9 enter")
        await u.sampai_teks(ANTRE)
        assert DIAJUKAN not in u.teks
        (kiriman,) = u.store.outbox.all("2026")
        assert kiriman.keadaan == "queued"
        assert open_envelope(kiriman.line).rencana == rencana_penuh()
        assert u.kursor == "Kembali ke Daftar Guru"
        await u.tekan("enter")
        assert "antre" in u.baris("Ani Lestari")
        assert "0 dari 4 selesai" in u.kepala
        assert "1 antre" in u.status
        await u.ke("Ani")
        await u.tekan("enter")
        assert ANTRE in u.teks
        assert DIAJUKAN not in u.teks


async def test_submitted_only_with_a_receipt(app_uji: Buka) -> None:
    """Once the envelope is sent and has its receipt, the sentence and the receipt's number stand there."""
    async with app_uji(draf=SIAP) as u:
        u.layanan.jawab = diterima
        await u.tekan("enter f9 enter")
        await u.sampai_teks(f"{DIAJUKAN}. Tanda terima TT-0001.")
        assert ANTRE not in u.teks
        await u.tekan("enter")
        assert "1 dari 4 selesai" in u.kepala
        assert "terkirim" in u.baris("Ani Lestari")


async def test_refusal_of_the_server_leads_to_its_words(app_uji: Buka) -> None:
    """A plan that the server refuses is not called submitted; its reason stands in the Rangkuman."""
    async with app_uji(draf=SIAP) as u:
        u.layanan.jawab = ditolak("/tugas_tambahan/tidak_ada", "Wajib ada SK.")
        await u.tekan("enter f9 enter")
        await u.sampai_teks("Server menolak: Wajib ada SK.")
        assert DIAJUKAN not in u.teks
        await u.tekan("escape")
        assert "perlu diperbai" in u.baris("Ani Lestari")
        assert "1 perlu perbaikan" in u.status


async def test_sent_while_another_plan_is_open(app_uji: Buka) -> None:
    """When the answer comes late, the plan that is open then keeps its screen, and the roster knows."""
    async with app_uji(draf=SIAP) as u:
        u.layanan.jawab = diterima
        u.tutup_gerbang()
        await u.tekan("enter f9 enter")
        assert ANTRE in u.teks
        await u.tekan("escape enter")
        assert u.kepala.startswith(" Budi")
        u.buka_gerbang()
        await u.sampai(lambda: u.store.outbox.all()[0].keadaan == "sent")
        assert u.kepala.startswith(" Budi")
        assert DIAJUKAN not in u.teks
        await u.tekan("escape")
        assert "1 dari 4 selesai" in u.kepala


async def test_asking_twice_seals_once(app_uji: Buka) -> None:
    """Ajukan on a plan that waits sends it again instead of sealing another envelope."""
    async with app_uji(draf=SIAP) as u:
        await u.tekan("enter f9 enter")
        await u.sampai_teks(ANTRE)
        sebelum = len(u.layanan.dipanggil("kirim"))
        await u.tekan("f9")
        await u.sampai(lambda: len(u.layanan.dipanggil("kirim")) > sebelum)
        assert len(u.store.outbox.all()) == 1


async def test_edit_after_submitting_is_said(app_uji: Buka) -> None:
    """A plan that was changed after it was sent says so, and can be submitted as the next revision."""
    async with app_uji(draf=SIAP, ukuran=(80, 50)) as u:
        u.layanan.jawab = diterima
        await u.tekan("enter f9 enter")
        await u.sampai_teks(DIAJUKAN)
        await u.tekan("up space")
        assert "berubah" in u.status
        assert "Berubah sejak dikirim; ajukan lagi" in u.teks
        await u.ke("Pengembangan Kompetensi")
        await u.tekan("enter ctrl+home '9' f6*3")
        await u.ke("[ ] Sudah")
        await u.tekan("enter f9 enter")
        await u.sampai_teks(DIAJUKAN)
        assert [k.revisi for k in u.store.outbox.all()] == [2, 1]
        assert open_envelope(u.store.outbox.all()[0].line).dasar == 1


async def test_undone_edit_counts_as_sent(app_uji: Buka) -> None:
    """An edit that was taken back leaves the plan submitted."""
    async with app_uji(draf=SIAP) as u:
        u.layanan.jawab = diterima
        await u.tekan("enter f9 enter")
        await u.sampai_teks(DIAJUKAN)
        await u.tekan("up space ctrl+z")
        assert "terkirim" in u.status
        assert DIAJUKAN in u.teks


@pytest.mark.parametrize(
    "hasil", [ServerError("Alamat itu bukan server pmm-tui."), HasilKirim(kalimat="Token ditolak server.", beres=False)]
)
async def test_trouble_of_sending_is_one_quiet_sentence(app_uji: Buka, hasil: HasilKirim | Exception) -> None:
    """Trouble on the way is said in the status line, no dialog; the plan stays queued."""
    async with app_uji(draf=SIAP) as u:
        u.layanan.hasil_kirim = hasil
        await u.tekan("enter f9 enter")
        await u.sampai_teks(hasil.sentence if isinstance(hasil, ServerError) else hasil.kalimat)
        assert "[5 Rangkuman]" in u.teks
        assert u.store.outbox.all()[0].keadaan == "queued"


async def test_sealing_on_a_full_disk_offers_a_file(app_uji: Buka, monkeypatch: pytest.MonkeyPatch) -> None:
    """When the envelope cannot be written nothing is called queued, and a file of its own is offered."""

    def penuh(*_: object) -> None:
        raise DiskFullError("Disk penuh; kosongkan ruang lalu coba lagi.")

    async with app_uji(draf=SIAP) as u:
        monkeypatch.setattr(u.store.outbox, "seal", penuh)
        await u.tekan("enter f9 enter")
        await u.sampai_teks("Disk penuh")
        assert ANTRE not in u.teks
        assert u.kursor == "Simpan ke berkas"
        await u.tekan("enter")
        assert u.layanan.dipanggil("simpan_darurat")[0][2] == rencana_penuh()
