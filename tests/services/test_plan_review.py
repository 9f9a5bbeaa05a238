"""Going through plans: what may be decided of each, how it is saved, and what of it can be taken back."""

from __future__ import annotations

import pytest
from msgspec import structs

from pmm_tui.errors import InputError
from pmm_tui.services.listing import all_lines
from pmm_tui.services.plan_review import (
    CHANGED,
    DATA_RIGHT,
    RAPOR_READ,
    ReviewSheet,
    open_review,
    person_lines,
    plan_parts,
    rapor_lines,
    record,
    reviewable,
    with_data_right,
)
from pmm_tui.services.review_run import Decision, ReviewRun
from pmm_tui.skp.model import DataDiri, Pegawai, Rangkuman, Rapor, RaporPendidikan, RencanaKinerja, TugasTambahan
from pmm_tui.store import Store
from tests.services.conftest import IN_FORCE, NOW, PERIODE
from tests.services.test_locked_plans import sent
from tests.tui.samples import full_plan

FILLED = structs.replace(full_plan(confirmation=False), data_diri=DataDiri(), rapor_pendidikan=RaporPendidikan())
"""A plan whose content is whole, as one that was copied: all three decisions are left."""
WORD = Rangkuman(dikonfirmasi_guru=True, cara="kertas", tanggal="2026-01-09")


def opened(store: Store, pegawai: Pegawai) -> ReviewSheet:
    """The plan laid open."""
    sheet = open_review(store, IN_FORCE, NOW.date(), pegawai.id)
    assert sheet is not None
    return sheet


def put(store: Store, pegawai: Pegawai, rencana: RencanaKinerja, edit: int = 1) -> None:
    """Store a draft."""
    assert store.drafts.save(pegawai.id, PERIODE, rencana, edit, NOW)


def test_what_only_waits_for_decisions_can_be_decided(store: Store, ani: Pegawai) -> None:
    """The three decisions are no reason against deciding; the plan and the data are on the page."""
    put(store, ani, FILLED)
    sheet = opened(store, ani)
    assert (sheet.refusal, sheet.data_right, sheet.confirmed, sheet.edit) == ("", False, False, 1)
    assert [line.text for line in person_lines(sheet, IN_FORCE)] == [
        "NIP 19850714 201001 2 001, PNS, Guru Mapel",
        "Penata, III/c, Guru Ahli Muda (usulan menurut golongan)",
    ]
    assert [part.section for part in plan_parts(sheet, IN_FORCE)] == [
        "praktik_pembelajaran",
        "pengembangan_kompetensi",
        "tugas_tambahan",
        "perilaku_kerja",
    ]
    assert reviewable(all_lines(store, IN_FORCE, NOW.date())) == (ani.id,)


def test_the_rapor_is_told_before_it_is_said_to_be_read(store: Store, ani: Pegawai) -> None:
    """The recommended indicators and those chosen with their levels; where the school has none, that is said."""
    put(store, ani, FILLED)
    sheet = opened(store, ani)
    (chosen,) = FILLED.praktik_pembelajaran.indikator
    labels = {i.id: i.label for i in IN_FORCE.katalog.indikator}
    other = next(name for name in labels if name != chosen)
    assert sheet.undeclared == (DATA_RIGHT, RAPOR_READ)
    assert rapor_lines(sheet, IN_FORCE) == (f"Dipilih: {labels[chosen]} (capaian belum ada)",)
    both = structs.replace(IN_FORCE, rapor=Rapor(capaian={chosen: "kurang", other: "sedang"}, rekomendasi=(chosen, other)))
    (line,) = rapor_lines(sheet, both)
    assert line.startswith("Rekomendasi: ")
    assert f"{labels[chosen]} (kurang, dipilih)" in line
    assert f"{labels[other]} (sedang)" in line
    empty = structs.replace(sheet, rencana=RencanaKinerja())
    assert rapor_lines(empty, IN_FORCE) == ("capaian belum ada",)


@pytest.mark.parametrize("status", ["diajukan", "disetujui", "dikembalikan"])
def test_what_was_sent_can_only_be_read(store: Store, ani: Pegawai, status: str) -> None:
    """Sent, approved, or sent back and not mended: nothing can be noted, and it is not offered."""
    sent(store, ani, status)
    assert opened(store, ani).locked
    assert reviewable(all_lines(store, IN_FORCE, NOW.date())) == ()


def test_a_plan_that_is_not_whole_says_what_is_missing(store: Store, ani: Pegawai) -> None:
    """The first problem that is no decision is the reason."""
    put(store, ani, structs.replace(FILLED, tugas_tambahan=TugasTambahan()))
    sheet = opened(store, ani)
    assert not sheet.locked
    assert len(sheet.missing) == 1
    assert sheet.refusal.endswith("; perbaiki dulu")


def test_saying_that_data_are_right_keeps_what_the_teacher_said(store: Store, ani: Pegawai) -> None:
    """The data are written down as they were shown, the rapor counts as read, and the teacher's word on that page stays."""
    katalog = IN_FORCE.katalog.for_jenis_ptk(ani.jenis_ptk)
    after = with_data_right(FILLED.with_section(WORD), ani, katalog)
    assert after == structs.replace(full_plan(), rangkuman=WORD)


def test_a_decision_is_of_the_edit_that_was_shown(store: Store, ani: Pegawai) -> None:
    """Where the draft has moved on nothing is saved."""
    put(store, ani, FILLED)
    sheet = opened(store, ani)
    newer = structs.replace(FILLED, tugas_tambahan=TugasTambahan())
    put(store, ani, newer, 2)
    with pytest.raises(InputError, match=CHANGED):
        record(store, IN_FORCE, sheet, FILLED.with_section(WORD), NOW)
    draft = store.drafts.get(ani.id, PERIODE)
    assert draft is not None
    assert (draft.rencana, draft.edit) == (newer, 2)


def test_the_last_decision_is_taken_back_once(store: Store, ani: Pegawai) -> None:
    """The plan is as before under a newer edit; what was edited since stays, and is forgotten here."""
    put(store, ani, FILLED)
    run, sheet = ReviewRun(), opened(store, ani)
    run.note(Decision(ani.id, FILLED, record(store, IN_FORCE, sheet, FILLED.with_section(WORD), NOW), "konfirmasi guru"))
    run.take_back(store, IN_FORCE, opened(store, ani), NOW)
    draft = store.drafts.get(ani.id, PERIODE)
    assert draft is not None
    assert (draft.rencana, draft.edit, run.last) == (FILLED, 3, None)
    edit = record(store, IN_FORCE, opened(store, ani), FILLED.with_section(WORD), NOW)
    run.note(Decision(ani.id, FILLED, edit, "konfirmasi guru"))
    put(store, ani, full_plan(), edit + 1)
    with pytest.raises(InputError, match="tidak ditarik"):
        run.take_back(store, IN_FORCE, opened(store, ani), NOW)
    assert run.last is None
