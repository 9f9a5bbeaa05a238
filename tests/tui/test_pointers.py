"""Where a problem leads: the pane and the row of every kind of pointer that a server may name."""

from __future__ import annotations

import pytest

from pmm_tui.skp.model import RHK, PengembanganKompetensi, Tugas, TugasTambahan
from pmm_tui.skp.wire import WireMasalah
from pmm_tui.store.outbox_entry import Rejected
from tests.tui.conftest import Open
from tests.tui.samples import ANI, TRAINING, full_plan

pytestmark = pytest.mark.anyio
RENCANA = (
    full_plan()
    .with_section(PengembanganKompetensi(rhk=(RHK(kompetensi=TRAINING, target=4), RHK(uraian="Buku", satuan="naskah", target=2))))
    .with_section(TugasTambahan(tugas=(Tugas(tugas="wali-kelas"), Tugas(tugas="guru-piket"))))
)
LAST = ("5 Rangkuman", "[ ] Sudah dikonfirmasi guru")


@pytest.mark.parametrize(
    ("pointer", "tab", "row"),
    [
        ("/data_diri/jenjang_jabatan", "Data Diri", "( ) Guru Ahli Pertama"),
        ("/data_diri/golongan", "Data Diri", "Golongan   "),
        ("/data_diri", "Data Diri", "Data sudah sesuai"),
        ("/rapor_pendidikan", "Rapor Pendidikan", "Saya mengerti"),
        ("/praktik_pembelajaran/indikator", "1 Praktik", "(•) Penerapan Disiplin Positif"),
        ("/pengembangan_kompetensi/rhk", "2 Kompetensi", "Tambah"),
        ("/pengembangan_kompetensi/rhk/0", "2 Kompetensi", "Target kuantitas    4"),
        ("/pengembangan_kompetensi/rhk/1", "2 Kompetensi", "Uraian RHK          Buku"),
        ("/pengembangan_kompetensi/rhk/1/satuan", "2 Kompetensi", "Satuan              naskah"),
        ("/pengembangan_kompetensi/rhk/7/target", "2 Kompetensi", "Tambah"),
        ("/tugas_tambahan", "3 Tugas", "[ ] Tidak ada tugas tambahan"),
        ("/tugas_tambahan/tugas/1", "3 Tugas", "[x] Guru piket"),
        ("/tugas_tambahan/tugas/1/nomor_sk", "3 Tugas", "Nomor SK"),
        ("/tugas_tambahan/tugas/2", "3 Tugas", "[ ] Tidak ada tugas tambahan"),
        ("/perilaku_kerja", "4 Perilaku", "Lanjut ke 5 Rangkuman"),
        ("/perilaku_kerja/akuntabel", "4 Perilaku", "[x] Melaksanakan tugas dengan jujur"),
        ("/perilaku_kerja/tidak-ada", "4 Perilaku", "Lanjut ke 5 Rangkuman"),
        ("/rangkuman/dikonfirmasi_guru", *LAST),
        ("/asing/x", *LAST),
        ("", *LAST),
    ],
)
async def test_a_refusal_leads_to_its_row(stage_app: Open, pointer: str, tab: str, row: str) -> None:
    """Enter on a refused plan opens the pane with the cursor there; where there is no such row, on the pane's own beginning."""
    async with stage_app(draft={ANI.nama: RENCANA}) as u:
        entry = u.store.outbox.seal(u.pegawai("Ani"), "2026", RENCANA, 1, u.services.now())
        u.store.outbox.mark_sending([entry.id])
        u.store.outbox.record_all({entry.id: Rejected((WireMasalah(pointer, "uji", "x"),))})
        await u.app.refresh_all()
        await u.press("f8 enter")
        assert u.tab == tab
        assert u.cursor.startswith(row)
