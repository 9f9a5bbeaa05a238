"""5 Rangkuman: the whole plan, and every problem a way to its field."""

from __future__ import annotations

import msgspec
import pytest

from pmm_tui.skp.model import RHK, PengembanganKompetensi, RencanaKinerja, Tugas, TugasTambahan
from tests.tui.conftest import Open
from tests.tui.samples import ANI, TRAINING, full_plan, started_plan

pytestmark = pytest.mark.anyio


async def test_whole_plan_on_one_page(stage_app: Open) -> None:
    """Targets, duties, and the total of the points all stand here, and beside them the sentences where there is room."""
    tugas = TugasTambahan(tugas=(Tugas(tugas="wali-kelas", nomor_sk="800/12", tanggal_sk="2024-01-02"),))
    async with stage_app(draft={ANI.nama: full_plan().with_section(tugas)}, periode="2024-1", size=(120, 50)) as u:
        await u.press("enter")
        page = " ".join(u.text.split())
        for content in (
            "‹ Ani Lestari, S.Pd. › 1/4 Jan–Jun 2024",
            "Penerapan Disiplin Positif · 1 siklus observasi",
            "2 Kompetensi 1. Peserta pelatihan mandiri",
            "pelatihan · 32 poin",
            "32 poin (dianjurkan 32–128)",
            "3 Tugas Wali kelas · SK 800/12 2 Januari 2024",
            "4 Perilaku 7 dari 7 nilai terisi",
            "Bunyi di SKP",
            "1. Meningkatnya kualitas pembelajaran",
            "2. Meningkatnya kompetensi",
            "3. Terlaksananya tugas sebagai Wali",
            "10. Kolaboratif: Memberi kesempatan",
            "[ ] Sudah dikonfirmasi guru",
        ):
            assert content in page


LEADS_TO = {
    "Pilih satu indikator": ("1 Praktik", "( ) Penerapan Disiplin Positif"),
    "Uraian RHK di luar katalog": ("2 Kompetensi", "Uraian RHK"),
    "Tanggal SK": ("3 Tugas", "Tanggal SK"),
    "Akuntabel: pilih": ("4 Perilaku", "( ) Melaksanakan tugas dengan jujur"),
}


@pytest.mark.parametrize("message", LEADS_TO)
async def test_every_problem_leads_to_its_field(stage_app: Open, message: str) -> None:
    """Enter on a problem opens its pane with the cursor on its field."""
    damaged: RencanaKinerja = msgspec.structs.replace(
        started_plan(),
        pengembangan_kompetensi=PengembanganKompetensi(rhk=(RHK(kompetensi=TRAINING, target=1), RHK(uraian="", target=2, poin=40))),
        tugas_tambahan=TugasTambahan(tugas=(Tugas(tugas="guru-piket", tanggal_sk="kemarin"),)),
    )
    async with stage_app(draft={ANI.nama: damaged}, periode="2024-1", place=(ANI.nama, "rangkuman", "")) as u:
        assert "10 masalah (!) harus diselesaikan" in u.text
        await u.go_to(f"! {message}")
        await u.press("enter")
        tab, field = LEADS_TO[message]
        assert u.tab == tab
        assert u.cursor.startswith(field)


@pytest.mark.parametrize(("heading", "tab"), [("4 Perilaku", "4 Perilaku"), ("1 Praktik", "1 Praktik")])
async def test_headings_lead_to_their_panes(stage_app: Open, heading: str, tab: str) -> None:
    """Enter on the name of a section opens it."""
    async with stage_app(draft={ANI.nama: full_plan()}) as u:
        await u.press("enter")
        await u.go_to(heading)
        await u.press("enter")
        assert u.tab == tab


async def test_going_on_waits_for_the_confirmation(stage_app: Open) -> None:
    """Without the teacher's confirmation Ajukan leads to it; with it comes the question. Head and server are named below it."""
    async with stage_app(draft={ANI.nama: full_plan(confirmation=False)}) as u:
        await u.press("enter")
        assert u.cursor.startswith("[ ] Sudah dikonfirmasi guru")
        await u.press("down enter")
        assert u.cursor.startswith("[ ] Sudah dikonfirmasi guru")
        assert "Guru belum mengonfirmasi; bila sudah, tandai dengan Spasi" in u.status
        await u.press("enter")  # moves on, and marks nothing
        assert u.cursor == "Ajukan"
        assert "[ ] Sudah dikonfirmasi guru" in u.text
        await u.press("up space")
        assert u.cursor == "[x] Sudah dikonfirmasi guru"
        await u.press("enter")
        assert u.cursor == "Ajukan"
        assert "kepada Dra. Nur'aini Batubara, M.Pd., lewat pmm.dinas-contoh.go.id" in u.text
        await u.press("enter")
        assert u.cursor == "Batal"


async def test_later_edit_takes_the_confirmation_back(stage_app: Open) -> None:
    """Any edit after the confirmation asks for it anew; undoing the edit brings it back."""
    async with stage_app(draft={ANI.nama: full_plan()}, place=(ANI.nama, "pengembangan_kompetensi", "rhk/0/target")) as u:
        assert "lengkap" in u.status
        await u.press("'7'")
        assert not (await u.saved("Ani", lambda r: r.pengembangan_kompetensi.rhk[0].target == 7)).rangkuman.dikonfirmasi_guru
        assert "1 belum beres" in u.status
        await u.press("f6*3")
        assert "[ ] Sudah dikonfirmasi guru" in u.text
        await u.press("ctrl+z")
        assert "[x] Sudah dikonfirmasi guru" in u.text
        assert "lengkap" in u.status


async def test_confirmation_can_be_taken_back_by_hand(stage_app: Open) -> None:
    """Space on the mark takes it away, and Lanjut leads to it again."""
    async with stage_app(draft={ANI.nama: full_plan()}) as u:
        await u.press("enter up space")
        assert u.cursor.startswith("[ ] Sudah dikonfirmasi guru")
        assert not (await u.saved("Ani", lambda r: not r.rangkuman.dikonfirmasi_guru)).rangkuman.dikonfirmasi_guru


async def test_warnings_do_not_stop(stage_app: Open) -> None:
    """A planning window that is over is said here and stops nothing."""
    async with stage_app(draft={ANI.nama: full_plan()}, periode="2025") as u:
        await u.press("enter ctrl+home")
        assert "Lengkap; periksa peringatan" in u.text
        assert "sudah lewat (31 Januari 2025)" in u.text
        await u.press("ctrl+end enter")
        assert "Ajukan Perencanaan Kinerja" in u.dialog


async def test_pane_shown_again_is_as_it_is_now(stage_app: Open) -> None:
    """A pane that was left shows, when it is come back to, what is true then: cursor, problems, confirmation."""
    damaged: RencanaKinerja = msgspec.structs.replace(
        full_plan(), pengembangan_kompetensi=PengembanganKompetensi(rhk=(RHK(kompetensi=TRAINING), RHK(uraian="")))
    )
    async with stage_app(draft={ANI.nama: damaged}, place=(ANI.nama, "rangkuman", "")) as u:
        await u.press("f7*3 f6*3")  # every pane has been seen
        await u.go_to("Uraian RHK di luar katalog belum diisi.")
        await u.press("enter")
        assert u.cursor.startswith("Uraian RHK")
        await u.press("'Modul' f6*3")
        assert "belum diisi." not in u.text
        assert "[ ] Sudah dikonfirmasi guru" in u.text
