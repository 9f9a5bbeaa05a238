"""5 Rangkuman: the whole plan, and every problem a way to its field."""

from __future__ import annotations

import msgspec
import pytest

from pmm_tui.skp.model import RHK, PengembanganKompetensi, RencanaKinerja, Tugas, TugasTambahan
from tests.tui.conftest import Buka
from tests.tui.samples import ANI, PELATIHAN, rencana_mulai, rencana_penuh

pytestmark = pytest.mark.anyio


async def test_whole_plan_on_one_page(app_uji: Buka) -> None:
    """Sentences, targets, duties, behaviours and the total of the points all stand here."""
    tugas = TugasTambahan(tugas=(Tugas(tugas="wali-kelas", nomor_sk="800/12", tanggal_sk="2024-01-02"),))
    async with app_uji(draf={ANI.nama: rencana_penuh().with_section(tugas)}, periode="2024-1", ukuran=(100, 50)) as u:
        await u.tekan("enter")
        halaman = " ".join(u.teks.split())
        for isi in (
            "Ani Lestari, S.Pd. Januari–Juni 2024",
            "Meningkatnya kualitas pembelajaran pada indikator Penerapan Disiplin Positif",
            "Pengembangan Kompetensi · 32 poin (dianjurkan 32–128)",
            "1. Meningkatnya kompetensi melalui peran sebagai peserta pelatihan mandiri",
            "4 pelatihan · 32 poin",
            "Terlaksananya tugas sebagai Wali kelas · SK 800/12 2 Januari 2024",
            "Kolaboratif: Memberi kesempatan kepada berbagai pihak untuk berkontribusi",
            "[ ] Sudah dikonfirmasi guru",
        ):
            assert isi in halaman


MASALAH = {
    "Pilih satu indikator": ("[1 Praktik]", "( ) Penerapan Disiplin Positif"),
    "Uraian RHK di luar katalog": ("[2 Kompetensi]", "Uraian RHK"),
    "Tanggal SK": ("[3 Tugas]", "Tanggal SK"),
    "Akuntabel: pilih": ("[4 Perilaku]", "( ) Melaksanakan tugas dengan jujur"),
}


@pytest.mark.parametrize("pesan", MASALAH)
async def test_every_problem_leads_to_its_field(app_uji: Buka, pesan: str) -> None:
    """Enter on a problem opens its pane with the cursor on its field."""
    rusak: RencanaKinerja = msgspec.structs.replace(
        rencana_mulai(),
        pengembangan_kompetensi=PengembanganKompetensi(
            rhk=(RHK(kompetensi=PELATIHAN, target=1), RHK(uraian="", target=2, poin=40))
        ),
        tugas_tambahan=TugasTambahan(tugas=(Tugas(tugas="guru-piket", tanggal_sk="kemarin"),)),
    )
    async with app_uji(draf={ANI.nama: rusak}, periode="2024-1", tempat=(ANI.nama, "rangkuman", "")) as u:
        assert "10 masalah (!) harus diselesaikan" in u.teks
        await u.ke(f"! {pesan}")
        await u.tekan("enter")
        tab, bidang = MASALAH[pesan]
        assert tab in u.layar()[1]
        assert u.kursor.startswith(bidang)


@pytest.mark.parametrize(("judul", "tab"), [("Perilaku Kerja", "[4 Perilaku]"), ("Praktik Pembelajaran", "[1 Praktik]")])
async def test_headings_lead_to_their_panes(app_uji: Buka, judul: str, tab: str) -> None:
    """Enter on the name of a section opens it."""
    async with app_uji(draf={ANI.nama: rencana_penuh()}) as u:
        await u.tekan("enter")
        await u.ke(judul)
        await u.tekan("enter")
        assert tab in u.layar()[1]


async def test_lanjut_waits_for_the_confirmation(app_uji: Buka) -> None:
    """Without the teacher's confirmation Lanjut leads to it; with it comes Ajukan, which names head and server."""
    async with app_uji(draf={ANI.nama: rencana_penuh(konfirmasi=False)}) as u:
        await u.tekan("enter")
        assert u.kursor == "[ ] Sudah dikonfirmasi guru"
        await u.tekan("down enter")
        assert u.kursor == "[ ] Sudah dikonfirmasi guru"
        assert "Ajukan  " not in u.kursor
        await u.tekan("enter")
        assert u.kursor == "Lanjut"
        await u.tekan("enter")
        assert u.kursor == "Ajukan"
        assert "kepada Dra. Nur'aini Batubara, M.Pd., lewat pmm.dinas-contoh.go.id" in u.teks


async def test_later_edit_takes_the_confirmation_back(app_uji: Buka) -> None:
    """Any edit after the confirmation asks for it anew; undoing the edit brings it back."""
    async with app_uji(draf={ANI.nama: rencana_penuh()}, tempat=(ANI.nama, "pengembangan_kompetensi", "rhk/0/target")) as u:
        assert "lengkap" in u.status
        await u.tekan("'7'")
        assert not (await u.tersimpan("Ani", lambda r: r.pengembangan_kompetensi.rhk[0].target == 7)).rangkuman.dikonfirmasi_guru
        assert "1 belum beres" in u.status
        await u.tekan("f6*3")
        assert "[ ] Sudah dikonfirmasi guru" in u.teks
        await u.tekan("ctrl+z")
        assert "[x] Sudah dikonfirmasi guru" in u.teks
        assert "lengkap" in u.status


async def test_confirmation_can_be_taken_back_by_hand(app_uji: Buka) -> None:
    """Space on the mark takes it away, and Lanjut leads to it again."""
    async with app_uji(draf={ANI.nama: rencana_penuh()}) as u:
        await u.tekan("enter up space")
        assert u.kursor == "[ ] Sudah dikonfirmasi guru"
        assert not (await u.tersimpan("Ani", lambda r: not r.rangkuman.dikonfirmasi_guru)).rangkuman.dikonfirmasi_guru


async def test_warnings_do_not_stop(app_uji: Buka) -> None:
    """A planning window that is over is said here and stops nothing."""
    async with app_uji(draf={ANI.nama: rencana_penuh()}, periode="2025") as u:
        await u.tekan("enter ctrl+home")
        assert "Lengkap; periksa peringatan" in u.teks
        assert "sudah lewat (31 Januari 2025)" in u.teks
        await u.tekan("ctrl+end enter")
        assert u.kursor == "Ajukan"


async def test_pane_shown_again_is_as_it_is_now(app_uji: Buka) -> None:
    """A pane that was left shows, when it is come back to, what is true then: cursor, problems, confirmation."""
    rusak: RencanaKinerja = msgspec.structs.replace(
        rencana_penuh(), pengembangan_kompetensi=PengembanganKompetensi(rhk=(RHK(kompetensi=PELATIHAN), RHK(uraian="")))
    )
    async with app_uji(draf={ANI.nama: rusak}, tempat=(ANI.nama, "rangkuman", "")) as u:
        await u.tekan("f7*3 f6*3")  # every pane has been seen
        await u.ke("Uraian RHK di luar katalog belum diisi.")
        await u.tekan("enter")
        assert u.kursor.startswith("Uraian RHK")
        await u.tekan("'Modul' f6*3")
        assert "belum diisi." not in u.teks
        assert "[ ] Sudah dikonfirmasi guru" in u.teks
