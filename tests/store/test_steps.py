"""Steps over many drafts: all or nothing, taken back as one, and never over somebody's later work."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from pmm_tui.errors import InputError
from pmm_tui.skp.model import Pegawai, PraktikPembelajaran, RaporPendidikan, RencanaKinerja
from pmm_tui.store import Store
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
