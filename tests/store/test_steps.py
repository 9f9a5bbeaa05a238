"""Steps over many drafts: all or nothing, taken back as one, and never over somebody's later work."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from pmm_tui.errors import InputError
from pmm_tui.skp.model import Pegawai, PraktikPembelajaran, RaporPendidikan, RencanaKinerja
from pmm_tui.store import Store
from pmm_tui.store.recovery.merge import merge
from pmm_tui.store.recovery.salvage import salvage
from pmm_tui.store.steps import KEPT, DraftChange

AT = datetime(2026, 1, 5, 8, 0, tzinfo=UTC)
PERIODE = "2026"
FIRST = RencanaKinerja(praktik_pembelajaran=PraktikPembelajaran(indikator=("a",)))
OTHER = RencanaKinerja(rapor_pendidikan=RaporPendidikan(dimengerti=True))


@pytest.fixture
def teachers(store: Store) -> list[int]:
    store.roster.write(Pegawai(nama=name, nuptk=f"{number:016d}") for number, name in enumerate(("Ani", "Budi", "Citra"), 1))
    return [one.id for one in store.roster.all()]


def _edits(store: Store) -> dict[int, tuple[int, RencanaKinerja]]:
    return {one: (draft.edit, draft.rencana) for one, draft in store.drafts.all(PERIODE).items()}


def test_a_step_makes_drafts_and_is_taken_back_as_one(store: Store, teachers: list[int]) -> None:
    """Drafts that were there come back under a higher edit number, those that were not are gone again."""
    ani, budi, _ = teachers
    store.drafts.save(ani, PERIODE, FIRST, 4, AT)
    step = store.steps.do("salin", "dari Citra", PERIODE, [DraftChange(ani, 4, OTHER), DraftChange(budi, 0, OTHER)], AT)
    assert _edits(store) == {ani: (5, OTHER), budi: (1, OTHER)}
    assert (step.count, store.steps.last(PERIODE)) == (2, step)
    undone = store.steps.undo(step.id, AT + timedelta(minutes=1))
    assert set(undone.back) == {ani, budi}
    assert _edits(store) == {ani: (6, FIRST)}
    assert store.steps.last(PERIODE) is None
    with pytest.raises(InputError):
        store.steps.undo(step.id, AT)


def test_what_was_edited_since_the_step_stays(store: Store, teachers: list[int]) -> None:
    """Taking back is never over somebody's later work."""
    ani, budi, _ = teachers
    step = store.steps.do("templat", "x", PERIODE, [DraftChange(ani, 0, OTHER), DraftChange(budi, 0, OTHER)], AT)
    store.drafts.save(ani, PERIODE, FIRST, 2, AT)
    undone = store.steps.undo(step.id, AT)
    assert (undone.back, undone.kept) == ((budi,), (ani,))
    assert _edits(store) == {ani: (2, FIRST)}


def test_a_step_over_a_draft_that_was_edited_meanwhile_changes_nothing(store: Store, teachers: list[int]) -> None:
    """The preview showed another plan: all or nothing."""
    ani, budi, _ = teachers
    store.drafts.save(budi, PERIODE, FIRST, 3, AT)
    with pytest.raises(InputError, match="berubah sesudah pratinjau"):
        store.steps.do("salin", "x", PERIODE, [DraftChange(ani, 0, OTHER), DraftChange(budi, 2, OTHER)], AT)
    assert _edits(store) == {budi: (3, FIRST)}
    assert store.steps.last(PERIODE) is None


def test_a_step_for_somebody_unknown_changes_nothing(store: Store, teachers: list[int]) -> None:
    """A row that cannot be written takes all others with it."""
    with pytest.raises(Exception):  # noqa: B017, PT011  (whatever the database calls it)
        store.steps.do("salin", "x", PERIODE, [DraftChange(teachers[0], 0, OTHER), DraftChange(999, 0, OTHER)], AT)
    assert _edits(store) == {}


def test_old_steps_are_forgotten(store: Store, teachers: list[int]) -> None:
    """Only so many steps of a period are kept, with what stood before them."""
    for number in range(KEPT + 3):
        store.steps.do("salin", str(number), PERIODE, [DraftChange(teachers[0], number, OTHER)], AT)
    kept = store.database.call(
        lambda: store.database.connection.execute(
            "SELECT (SELECT count(*) FROM langkah), (SELECT count(*) FROM langkah_guru)"
        ).fetchone()
    )
    assert kept == (KEPT, KEPT)


def test_a_deleted_draft_is_not_brought_back_by_an_open_screens_number(store: Store, teachers: list[int]) -> None:
    """After a step that began a plan was taken back, the next step begins it again."""
    ani = teachers[0]
    step = store.steps.do("salin", "x", PERIODE, [DraftChange(ani, 0, OTHER)], AT)
    store.steps.undo(step.id, AT)
    store.steps.do("salin", "y", PERIODE, [DraftChange(ani, 0, FIRST)], AT)
    assert _edits(store) == {ani: (1, FIRST)}


def test_what_was_submitted_since_the_step_stays(store: Store, teachers: list[int]) -> None:
    """A sealed plan keeps the draft that it was sealed from; one whose envelope was set aside is emptied under a new number."""
    ani, budi, _ = teachers
    step = store.steps.do("salin", "x", PERIODE, [DraftChange(ani, 0, OTHER), DraftChange(budi, 0, OTHER)], AT)
    for one in (ani, budi):
        pegawai = store.roster.get(one)
        assert pegawai is not None
        store.outbox.seal(pegawai, PERIODE, OTHER, 1, AT)
    store.database.call(
        lambda: store.database.connection.execute("UPDATE kiriman SET keadaan = 'superseded' WHERE pegawai_id = ?", (budi,))
    )
    undone = store.steps.undo(step.id, AT)
    assert (undone.back, undone.kept) == ((budi,), (ani,))
    assert _edits(store) == {ani: (1, OTHER), budi: (2, RencanaKinerja())}


def test_what_would_be_undone_is_told_before(store: Store, teachers: list[int]) -> None:
    """The same as what is then done; the look changes nothing."""
    ani, budi, _ = teachers
    step = store.steps.do("salin", "x", PERIODE, [DraftChange(ani, 0, OTHER), DraftChange(budi, 0, OTHER)], AT)
    store.drafts.save(ani, PERIODE, FIRST, 2, AT)
    before = _edits(store)
    told = store.steps.try_undo(step.id)
    assert (_edits(store), store.steps.last(PERIODE)) == (before, step)
    assert store.steps.undo(step.id, AT) == told
    with pytest.raises(InputError):
        store.steps.try_undo(step.id)


def test_one_step_after_the_other_is_taken_back(store: Store, teachers: list[int]) -> None:
    """Back to where it began, for each teacher; what was edited between two steps keeps that edit."""
    ani, budi, citra = teachers
    store.drafts.save(ani, PERIODE, FIRST, 4, AT)
    third = RencanaKinerja(praktik_pembelajaran=PraktikPembelajaran(indikator=("c",)))
    store.steps.do(
        "templat", "satu", PERIODE, [DraftChange(ani, 4, OTHER), *(DraftChange(one, 0, OTHER) for one in (budi, citra))], AT
    )
    store.drafts.save(citra, PERIODE, FIRST, 2, AT)
    store.steps.do(
        "konfirmasi", "dua", PERIODE, [DraftChange(ani, 5, third), DraftChange(budi, 1, third), DraftChange(citra, 2, third)], AT
    )
    found = []
    while step := store.steps.last(PERIODE):
        undone = store.steps.undo(step.id, AT)
        found.append((step.words, undone.back, undone.kept))
    assert found == [("dua", (ani, budi, citra), ()), ("satu", (ani, budi), (citra,))]
    assert {one: plan for one, (_, plan) in _edits(store).items()} == {ani: FIRST, citra: FIRST}


def test_what_was_submitted_between_two_steps_is_not_taken_back(store: Store, teachers: list[int]) -> None:
    """Undoing the later step brings the submitted content back, and there it stays."""
    ani = teachers[0]
    first = store.steps.do("salin", "satu", PERIODE, [DraftChange(ani, 0, OTHER)], AT)
    pegawai = store.roster.get(ani)
    assert pegawai is not None
    store.outbox.seal(pegawai, PERIODE, OTHER, 1, AT)
    second = store.steps.do("salin", "dua", PERIODE, [DraftChange(ani, 1, FIRST)], AT)
    assert store.steps.undo(second.id, AT).back == (ani,)
    assert store.steps.undo(first.id, AT).kept == (ani,)
    assert _edits(store)[ani][1] == OTHER


def test_after_a_recovery_no_step_is_taken_back(path: Path, tmp_path: Path) -> None:
    """A plan written anew after an undo bears the number of the one that the step had made, which the older copy still knows."""
    with Store.open(path) as store:
        store.roster.write([Pegawai(nama="Ani", nuptk="0000000000000001")])
        (ani,) = (one.id for one in store.roster.all())
        step = store.steps.do("salin", "x", PERIODE, [DraftChange(ani, 0, OTHER)], AT)
        store.database.backup(tmp_path / "base.db")
        store.steps.undo(step.id, AT)
        store.drafts.save(ani, PERIODE, FIRST, 1, AT + timedelta(minutes=1))
        store.database.backup(tmp_path / "wreck.db")
    with Store.open(tmp_path / "base.db") as base:
        base.database.call(lambda: merge(base.database, salvage(tmp_path / "wreck.db"), ()))
        assert _edits(base) == {ani: (1, FIRST)}
        assert base.steps.last(PERIODE) is None
        with pytest.raises(InputError):
            base.steps.undo(step.id, AT)
        assert _edits(base) == {ani: (1, FIRST)}
