"""Taking back the newest act of the list, whichever of the three it was."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from pmm_tui.errors import InputError
from pmm_tui.services.bulk import about_submitting, submit_all, try_submitting
from pmm_tui.services.bulk_confirm import confirm_all, try_confirming
from pmm_tui.services.listing import line_of
from pmm_tui.services.roster_edit import propose, write
from pmm_tui.services.take_back import NOTHING, TakeBack, gone_words, newest, nothing_words, sentence, take_back
from pmm_tui.skp.model import Pegawai
from pmm_tui.skp.plan_state import State
from pmm_tui.store import Store
from pmm_tui.store.steps import DraftChange
from tests.services.conftest import IN_FORCE, NOW, PERIODE
from tests.services.test_bulk_confirm import WORD
from tests.tui.samples import full_plan

LATER = NOW + timedelta(minutes=5)


def everybody(store: Store) -> set[int]:
    """All teachers' ids."""
    return {p.id for p in store.roster.all()}


def submitted(store: Store, confirmation: bool = True) -> None:
    """All plans are whole and were submitted together."""
    for pegawai_id in everybody(store):
        assert store.drafts.save(pegawai_id, PERIODE, full_plan(confirmation=confirmation), 1, NOW)
    trial = try_submitting(store, IN_FORCE, NOW.date(), NOW, everybody(store))
    assert submit_all(store, IN_FORCE, NOW, trial.ready) == 2


def meant(store: Store) -> TakeBack:
    """What would be taken back."""
    found = newest(store, IN_FORCE)
    assert found is not None
    return found


def state(store: Store, pegawai: Pegawai) -> State:
    """How a plan stands."""
    line = line_of(store, IN_FORCE, NOW.date(), pegawai.id)
    assert line is not None
    return line.state


def test_nothing_was_done(store: Store) -> None:
    """There is nothing to take back."""
    assert newest(store, IN_FORCE) is None
    assert nothing_words(store, IN_FORCE) == NOTHING


def test_a_step_that_all_have_moved_on_from_is_named(store: Store) -> None:
    """It is not offered for nobody, and it is said why."""
    for pegawai_id in everybody(store):
        assert store.drafts.save(pegawai_id, PERIODE, full_plan(confirmation=False), 1, NOW)
    confirm_all(store, IN_FORCE, try_confirming(store, IN_FORCE, NOW.date(), everybody(store)), WORD, NOW)
    for pegawai_id in everybody(store):
        assert store.drafts.save(pegawai_id, PERIODE, full_plan(5), 3, LATER)
    assert newest(store, IN_FORCE) is None
    assert nothing_words(store, IN_FORCE).startswith("Konfirmasi guru, paraf di kertas, 9 Januari 2026: semuanya sudah diubah")


def test_a_bulk_submission_is_taken_back_before_it_left(store: Store, ani: Pegawai) -> None:
    """What waits is set aside and stands as complete; it is offered once, and nothing is left to send."""
    submitted(store)
    done = take_back(store, IN_FORCE, meant(store), LATER)
    assert sentence(done) == "Pengajuan bersama: 2 rencana ditarik kembali sebelum dikirim"
    assert state(store, ani) is State.COMPLETE
    assert store.outbox.due(10) == ()
    assert {entry.catatan for entry in store.outbox.all(PERIODE)} == {"Ditarik kembali sebelum dikirim."}
    assert newest(store, IN_FORCE) is None


def test_what_was_edited_or_left_since_stays(store: Store, ani: Pegawai) -> None:
    """One on its way and one edited since are kept, and said; with none left nothing is offered."""
    submitted(store)
    entry = store.outbox.newest(ani.id, PERIODE)
    assert entry is not None
    store.outbox.mark_sending([entry.id])
    done = take_back(store, IN_FORCE, meant(store), LATER)
    assert (done.kept, len(done.back)) == ((ani.nama,), 1)
    assert sentence(done).endswith(f"1 tetap, karena diubah, dikirim atau diajukan lagi sesudahnya: {ani.nama}")
    assert state(store, ani) is State.QUEUED
    submitted_again = store.outbox.newest(ani.id, PERIODE)
    assert submitted_again == store.outbox.some([entry.id])[entry.id]


def test_a_plan_that_was_edited_since_stays_submitted(store: Store, ani: Pegawai) -> None:
    """The older content waits as before; the operator decides on it by submitting anew."""
    submitted(store)
    assert store.drafts.save(ani.id, PERIODE, full_plan(5), 2, LATER)
    assert meant(store).kept == (ani.nama,)


def test_what_was_taken_back_goes_again_when_submitted_anew(store: Store, ani: Pegawai) -> None:
    """A new revision is sealed of the same content, and waits."""
    submitted(store)
    take_back(store, IN_FORCE, meant(store), LATER)
    trial = try_submitting(store, IN_FORCE, NOW.date(), NOW, {ani.id})
    assert submit_all(store, IN_FORCE, LATER, trial.ready) == 1
    assert [entry.revisi for entry in store.outbox.due(10)] == [2]


def test_the_newest_of_all_goes_first(store: Store, ani: Pegawai) -> None:
    """A step, then a teacher typed by hand: the teacher first, then the step."""
    for pegawai_id in everybody(store):
        assert store.drafts.save(pegawai_id, PERIODE, full_plan(confirmation=False), 1, NOW)
    confirm_all(store, IN_FORCE, try_confirming(store, IN_FORCE, NOW.date(), everybody(store)), WORD, NOW)
    write(store, propose(store, IN_FORCE.katalog, NOW.date(), {"nama": "Ani Lestari, M.Pd."}, ani.id), LATER)
    done = take_back(store, IN_FORCE, meant(store), LATER)
    assert (done.kind, sentence(done)) == ("guru", f"{ani.nama}: kembali seperti semula")
    done = take_back(store, IN_FORCE, meant(store), LATER)
    assert done.kind == "langkah"
    assert sentence(done) == "Konfirmasi guru, paraf di kertas, 9 Januari 2026: 2 rencana kembali seperti sebelumnya"
    assert newest(store, IN_FORCE) is None


def test_only_what_was_asked_about_is_taken_back(store: Store, ani: Pegawai) -> None:
    """Something newer since the question stops it, and nothing is changed."""
    submitted(store)
    asked = meant(store)
    write(store, propose(store, IN_FORCE.katalog, NOW.date(), {"nama": "Ani Lestari, M.Pd."}, ani.id), LATER)
    with pytest.raises(InputError, match="tidak ada yang diurungkan"):
        take_back(store, IN_FORCE, asked, LATER)
    assert state(store, ani) is State.QUEUED


def test_what_has_left_is_said_before_an_older_step(store: Store) -> None:
    """Sent, or in a file: it names that first and what to do, also where an older step could be taken back; a newer one counts."""
    change = DraftChange(min(everybody(store)), 0, full_plan(confirmation=False))
    store.steps.do("salin", "Disalin dari Ani", PERIODE, [change], NOW - timedelta(minutes=9))
    for pegawai_id in everybody(store):
        store.drafts.save(pegawai_id, PERIODE, full_plan(), 2 if pegawai_id == change.pegawai_id else 1, NOW)
    submit_all(store, IN_FORCE, NOW, try_submitting(store, IN_FORCE, NOW.date(), NOW, everybody(store)).ready)
    assert gone_words(store, IN_FORCE) == ""
    store.outbox.mark_sending([entry.id for entry in store.outbox.all(PERIODE)])
    said = "Pengajuan bersama: 2 rencana sudah keluar dari komputer ini dan tidak dapat ditarik"
    assert gone_words(store, IN_FORCE).startswith(f"{said}; minta kepala sekolah")
    assert nothing_words(store, IN_FORCE).startswith(said)
    newer = TakeBack(kind="guru", words="kembali seperti semula", at=LATER)
    assert gone_words(store, IN_FORCE, newer) == ""


def test_a_question_names_whom_it_goes_to_and_a_deadline_that_has_passed(store: Store) -> None:
    """Each once for all plans."""
    for pegawai_id in everybody(store):
        store.drafts.save(pegawai_id, PERIODE, full_plan(), 1, NOW)
    trial = try_submitting(store, IN_FORCE, date(2026, 6, 1), NOW, everybody(store))
    about = about_submitting(IN_FORCE, trial.ready)
    assert len(about.raters) == 1
    assert [note for note in about.notes if "sudah lewat" in note] == list(about.notes)
    assert len(about.notes) == 1
