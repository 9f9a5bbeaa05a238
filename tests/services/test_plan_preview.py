"""The preview of the plan under the cursor: what it says in each state, and how little it reads for it."""

from __future__ import annotations

import pytest
from msgspec import structs

from pmm_tui.services.listing import line_of
from pmm_tui.services.plan_preview import STATEMENTS, PlanPreview, preview
from pmm_tui.skp.model import Pegawai, PraktikPembelajaran, Rangkuman, Tugas, TugasTambahan
from pmm_tui.skp.pane_marks import PaneMark
from pmm_tui.skp.plan_state import State
from pmm_tui.store import Store
from pmm_tui.store.outbox_entry import Sent
from tests.services.conftest import IN_FORCE, NOW, PERIODE
from tests.tui.samples import full_plan

TODAY = NOW.date()
NOTE = "Target RHK 2 belum terukur,\ntolong perbaiki angka dan buktinya."


@pytest.fixture(autouse=True)
def _utc(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pmm_tui.services.plan_preview.short_time", lambda at: f"{at:%d %b %H.%M}")


def of(store: Store, pegawai: Pegawai) -> PlanPreview:
    found = preview(store, IN_FORCE, TODAY, pegawai.id)
    assert found is not None
    assert found.line == line_of(store, IN_FORCE, TODAY, pegawai.id)
    return found


def sent(store: Store, pegawai: Pegawai, status: str = "", note: str = "") -> None:
    """The plan is sent and received; the head may have decided."""
    store.drafts.save(pegawai.id, PERIODE, full_plan(), 3, NOW)
    entry = store.outbox.seal(pegawai, PERIODE, full_plan(), 3, NOW)
    store.outbox.mark_sending([entry.id])
    store.outbox.record_all({entry.id: Sent("R-HKX2-NR00", "2026-01-18T07:02:00Z", "diajukan")})
    if status:
        store.outbox.hold(pegawai.id, PERIODE, 1, entry.sha256, status, note, "")


def test_a_plan_that_was_not_begun_has_five_empty_panes(store: Store, ani: Pegawai) -> None:
    """Who it is, and nothing else."""
    found = of(store, ani)
    assert (found.employment, found.since, found.note, found.receipt) == ("PNS III/c · Guru Mapel", "", "", None)
    assert [(pane.label, pane.mark, pane.content) for pane in found.panes] == [
        ("1 Praktik Kinerja", None, ""),
        ("2 Pengembangan Kompetensi", None, ""),
        ("3 Tugas Tambahan", None, ""),
        ("4 Perilaku Kerja", None, ""),
        ("5 Rangkuman", None, ""),
    ]
    assert preview(store, IN_FORCE, TODAY, 99) is None


def test_each_pane_is_one_line(store: Store, ani: Pegawai) -> None:
    """What was chosen, with its mark; the first problem stands in the line at the foot."""
    plan = full_plan().with_section(TugasTambahan(tugas=(Tugas(tugas="wali-kelas", nomor_sk="421.3/15/2025"),)))
    plan = plan.with_section(Rangkuman(dikonfirmasi_guru=True, cara="kertas", tanggal="2026-01-08"))
    store.drafts.save(ani.id, PERIODE, plan, 2, NOW)
    found = of(store, ani)
    assert [pane.content for pane in found.panes] == [
        "Penerapan Disiplin Positif",
        "1 RHK, 4 pelatihan",
        f"{IN_FORCE.katalog.find_tugas('wali-kelas').label} · SK 421.3/15/2025",  # type: ignore[union-attr]
        "7 dari 7 nilai terisi",
        "Dikonfirmasi guru: paraf di kertas, 8 Januari 2026",
    ]
    assert {pane.mark for pane in found.panes} == {PaneMark.DONE}
    assert found.since == "diubah 10 Jan 03.42"
    store.drafts.save(ani.id, PERIODE, plan.with_section(PraktikPembelajaran()), 3, NOW)
    found = of(store, ani)
    assert (found.panes[0].mark, found.panes[0].content, found.panes[4].content) == (PaneMark.EMPTY, "", "")
    assert found.first_problem == found.status_line == found.line.blocking[0].pesan


def test_no_extra_duties_are_said(store: Store, ani: Pegawai) -> None:
    """That there are none is a content."""
    store.drafts.save(ani.id, PERIODE, full_plan(), 2, NOW)
    assert of(store, ani).panes[2].content == "Tidak ada tugas tambahan"


def test_the_heads_note_is_whole_and_the_receipt_has_its_time(store: Store, ani: Pegawai) -> None:
    """The note with its lines; at the foot on one line, before all else."""
    sent(store, ani, "dikembalikan", NOTE)
    found = of(store, ani)
    assert found.line.state is State.RETURNED
    assert found.note == NOTE
    assert found.status_line == f"Kepala: “{NOTE.replace(chr(10), ' ')}”"
    assert found.receipt is not None
    assert found.receipt.words == "Rev 1 18 Jan 07.02 R-HKX2-NR00"
    assert (found.panes[0].mark, found.panes[4].mark) == (PaneMark.DONE, PaneMark.EMPTY)  # the confirmation counts no more


def test_a_newer_revision_keeps_the_last_receipt(store: Store, ani: Pegawai) -> None:
    """What waits has none of its own yet."""
    sent(store, ani)
    assert of(store, ani).since == "diterima server 18 Jan 07.02"
    store.drafts.save(ani.id, PERIODE, full_plan(8), 4, NOW)
    store.outbox.seal(ani, PERIODE, full_plan(8), 4, NOW)
    found = of(store, ani)
    assert (found.line.state, found.since) == (State.QUEUED, "diajukan 10 Jan 03.42")
    assert found.receipt is not None
    assert found.receipt.revision == 1


def test_who_needs_none_has_no_panes(store: Store, ani: Pegawai) -> None:
    """Why, and since when."""
    sent(store, ani, "dikembalikan", NOTE)
    store.not_needed.mark([ani.id], PERIODE, "mutasi", NOW)
    found = of(store, ani)
    assert (found.panes, found.note, found.since) == ((), "", "mutasi, ditandai 10 Jan 03.42")
    assert found.receipt is not None


def test_what_the_server_holds_is_named(store: Store, ani: Pegawai) -> None:
    """Of a plan that nobody here has seen: which revision."""
    store.outbox.hold(ani.id, PERIODE, 2, "a" * 64, "diajukan", "", "")
    assert of(store, ani).since.startswith("revisi 2")


def test_one_teacher_is_read_in_few_statements(store: Store, ani: Pegawai) -> None:
    """However many others there are: roster, draft, mark, the newest envelope, the server's, the decision, the receipt."""
    sent(store, ani, "dikembalikan", NOTE)
    store.roster.write([structs.replace(ani, id=0, nip="", nuptk="", nama=f"Guru {n}") for n in range(300)])
    asked: list[str] = []
    store.database.call(lambda: store.database.connection.set_trace_callback(asked.append))
    preview(store, IN_FORCE, TODAY, ani.id)
    assert len(asked) == STATEMENTS == 7
