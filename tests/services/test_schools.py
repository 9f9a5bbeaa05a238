"""What is told of a school, whose a copy is, and what a first fetch leaves out."""

from __future__ import annotations

from pathlib import Path

import pytest

from pmm_tui.services.copy_owner import owner_of_copy
from pmm_tui.services.delivery_words import not_fetched_sentence
from pmm_tui.services.roles import Role
from pmm_tui.services.schools import SchoolLine, count_school
from pmm_tui.skp.model import Pegawai
from pmm_tui.store import Store
from pmm_tui.sync.known_school import Acquaintance, keep, made_for, make_for, owner_of
from pmm_tui.sync.pull import PullReport
from pmm_tui.sync.results import Stop
from tests.services.conftest import IN_FORCE, NOW, PERIODE
from tests.tui.samples import full_plan

NPSN, OTHER = "20512345", "20598765"


def test_a_school_is_counted(store: Store, ani: Pegawai) -> None:
    """Its name as it is in force, its teachers, and how many plans wait; without records it says so."""
    line = SchoolLine(npsn=NPSN, name="Nama lama", here=True, first=True)
    assert line.words == "belum ada data"
    store.drafts.save(ani.id, PERIODE, full_plan(), 1, NOW)
    store.outbox.seal(ani, PERIODE, full_plan(), 1, NOW)
    found = count_school(line, store, IN_FORCE, NOW.date())
    assert (found.npsn, found.name, found.periode, found.here, found.first) == (NPSN, "SMP Negeri 1", PERIODE, True, True)
    assert found.teachers == len(store.roster.all())
    assert found.words == f"0 dari {found.teachers} selesai · 1 antre"


def test_an_empty_school_is_no_school_that_is_done(tmp_path: Path) -> None:
    """`0 dari 0 selesai` would say that."""
    with Store.open(tmp_path / "kosong.db") as store:
        assert count_school(SchoolLine(npsn=NPSN), store, IN_FORCE, NOW.date()).words == "belum ada guru"


def test_records_say_whose_they_are(store: Store) -> None:
    """What they were made for goes before what a server said of a token, and that before what was fetched."""
    assert (owner_of(store), made_for(store)) == ("", "")
    store.reference.put("sekolah", "", b'{"npsn": "20511111"}', NOW)
    assert owner_of(store) == "20511111"
    keep(store, Acquaintance("https://a.sch.id", "sidik", OTHER))
    assert (owner_of(store), made_for(store)) == (OTHER, "")
    make_for(store, NPSN)
    assert (owner_of(store), made_for(store)) == (NPSN, NPSN)


def test_the_owner_of_a_copy_is_found_without_touching_it(tmp_path: Path) -> None:
    """Bytes and time stay as they are and nothing is left behind; what is no database of ours is nobody's."""
    copy, shop = tmp_path / "salinan.db", tmp_path / "kerja"
    shop.mkdir()
    with Store.open(copy) as store:
        make_for(store, NPSN)
    before = (copy.read_bytes(), copy.stat().st_mtime_ns)
    assert owner_of_copy(copy, shop) == NPSN
    assert (copy.read_bytes(), copy.stat().st_mtime_ns) == before
    copy.write_bytes(b"bukan basis data")
    assert owner_of_copy(copy, shop) == ""
    assert owner_of_copy(tmp_path / "tidak-ada.db", shop) == ""
    assert list(shop.iterdir()) == []


@pytest.mark.parametrize(
    ("report", "roles", "told"),
    [
        (PullReport(first=True, changes=3), ("operator",), True),
        (PullReport(first=True, changes=3), ("kepala_sekolah", "operator"), True),
        (PullReport(first=True, changes=3), ("kepala_sekolah",), False),
        (PullReport(first=True), ("operator",), False),
        (PullReport(changes=3), ("operator",), False),
        (PullReport(first=True, changes=3, stop=Stop(reason="Tidak ada jaringan.", kind="jaringan")), ("operator",), False),
    ],
)
def test_a_first_fetch_says_what_does_not_come(report: PullReport, roles: tuple[Role, ...], told: bool) -> None:
    """Once, where others have submitted, to who fills plans in."""
    assert ("rencana ekspor" in not_fetched_sentence(report, roles)) is told
