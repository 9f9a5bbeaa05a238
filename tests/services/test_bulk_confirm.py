"""The word of several teachers at once: for whom it can be noted, for whom not and why, one step and its undo."""

from __future__ import annotations

from datetime import timedelta

import pytest
from msgspec import structs

from pmm_tui.services.bulk_confirm import MOVED, confirm_all, day_fault, day_notes, try_confirming, word_of
from pmm_tui.services.listing import all_rows
from pmm_tui.skp.model import DataDiri, Pegawai, Rangkuman, RaporPendidikan, RencanaKinerja, TugasTambahan
from pmm_tui.store import Store
from tests.services.conftest import IN_FORCE, NOW, PERIODE
from tests.services.test_locked_plans import sent
from tests.tui.samples import full_plan

TODAY = NOW.date()
WHOLE = full_plan(confirmation=False)
WORD = Rangkuman(dikonfirmasi_guru=True, cara="kertas", tanggal="2026-01-09")


def put(store: Store, pegawai: Pegawai, rencana: RencanaKinerja, edit: int = 1) -> None:
    """Store a draft."""
    assert store.drafts.save(pegawai.id, PERIODE, rencana, edit, NOW)


def everybody(store: Store) -> set[int]:
    """All teachers' ids."""
    return {p.id for p in store.roster.all()}


def plan_of(store: Store, pegawai: Pegawai) -> RencanaKinerja:
    """The stored plan."""
    draft = store.drafts.get(pegawai.id, PERIODE)
    assert draft is not None
    return draft.rencana


@pytest.mark.parametrize(
    ("rencana", "why"),
    [
        (structs.replace(WHOLE, data_diri=DataDiri()), "data dirinya belum dinyatakan sesuai"),
        (structs.replace(WHOLE, rapor_pendidikan=RaporPendidikan()), "Rapor Pendidikan belum dibaca"),
        (full_plan(), "sudah dikonfirmasi: cara dan tanggal tidak dicatat"),
    ],
)
def test_who_is_left_out_and_why(store: Store, ani: Pegawai, rencana: RencanaKinerja, why: str) -> None:
    """A plan is left out for a decision that is not the teacher's, or for a word that is noted already."""
    put(store, ani, rencana)
    trial = try_confirming(store, IN_FORCE, TODAY, {ani.id})
    assert trial.ready == ()
    assert [one.why for one in trial.left_out] == [why]


def test_what_is_not_whole_was_sent_or_never_begun_is_left_out(store: Store, ani: Pegawai) -> None:
    """Each with its own reason; what was sent needs nothing."""
    budi = next(p for p in store.roster.all() if p.nama.startswith("Budi"))
    sent(store, ani, "diajukan")
    trial = try_confirming(store, IN_FORCE, TODAY, everybody(store))
    assert [(one.why, one.settled) for one in trial.left_out] == [
        ("sudah terkirim", True),
        ("rencananya belum dimulai", False),
    ]
    put(store, budi, structs.replace(WHOLE, tugas_tambahan=TugasTambahan()))
    (left,) = try_confirming(store, IN_FORCE, TODAY, {budi.id}).left_out
    assert "ugas tambahan" in left.why


def test_it_is_one_step_and_one_undo(store: Store, ani: Pegawai) -> None:
    """All that are ready get the word; taken back they are as before, and whoever was edited since stays."""
    budi = next(p for p in store.roster.all() if p.nama.startswith("Budi"))
    for one in (ani, budi):
        put(store, one, WHOLE)
    done = confirm_all(store, IN_FORCE, try_confirming(store, IN_FORCE, TODAY, everybody(store)), WORD, NOW)
    assert done.step is not None
    assert (done.step.kind, done.step.words, done.step.count) == (
        "konfirmasi", "Konfirmasi guru, paraf di kertas, 9 Januari 2026", 2
    )  # fmt: skip
    assert [plan_of(store, one).rangkuman for one in (ani, budi)] == [WORD, WORD]
    put(store, budi, full_plan(5), 3)
    undone = store.steps.undo(done.step.id, NOW)
    assert (undone.back, undone.kept) == ((ani.id,), (budi.id,))
    assert plan_of(store, ani) == WHOLE


def test_what_changed_since_the_trial_is_left_out(store: Store, ani: Pegawai) -> None:
    """Nobody confirms what was not shown; the others are confirmed all the same."""
    budi = next(p for p in store.roster.all() if p.nama.startswith("Budi"))
    for one in (ani, budi):
        put(store, one, WHOLE)
    trial = try_confirming(store, IN_FORCE, TODAY, everybody(store))
    put(store, ani, full_plan(5, confirmation=False), 2)
    done = confirm_all(store, IN_FORCE, trial, WORD, NOW)
    assert [(one.row.pegawai.nama, one.why) for one in done.left_out] == [(ani.nama, MOVED)]
    assert [row.pegawai.id for row in done.done] == [budi.id]
    assert not plan_of(store, ani).rangkuman.dikonfirmasi_guru


def test_the_day_is_one_that_was(store: Store, ani: Pegawai) -> None:
    """A day is read as people write it; none, nonsense and tomorrow are refused."""
    assert word_of("kertas", "9 Januari 2026") == WORD
    assert day_fault("9-1-2026", TODAY) == ""
    assert day_fault("", TODAY).startswith("Tanggalnya belum diisi")
    assert day_fault("kemarin", TODAY).startswith('Tanggal "kemarin" tidak terbaca')
    assert day_fault((TODAY + timedelta(days=1)).isoformat(), TODAY).startswith("Tanggal 11 Januari 2026 belum tiba")


def test_plans_that_were_saved_after_the_day_are_named(store: Store, ani: Pegawai) -> None:
    """What was signed may have been another content: that is said, and no reason to refuse."""
    put(store, ani, WHOLE)
    rows = all_rows(store, IN_FORCE, TODAY)
    assert day_notes("10-01-2026", IN_FORCE, rows) == ()
    (note,) = day_notes("09-01-2026", IN_FORCE, rows)
    assert note.startswith(f"Disimpan sesudah tanggal itu: {ani.nama}.")
