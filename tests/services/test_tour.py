"""The tour: a step is behind one when what it asks for is there, in whatever order and however it came to be there."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from msgspec import structs

from pmm_tui.services.listing import all_lines
from pmm_tui.services.printed import note_printed
from pmm_tui.services.tour import MEMO, TITLES, TourMemo, advance, begin, keep_memo, read_memo, skip, tell
from pmm_tui.services.tour_facts import Facts, Place, facts_of
from pmm_tui.services.tour_words import HINTS, StepId
from pmm_tui.skp.model import PraktikPembelajaran
from pmm_tui.store import Store
from tests.services.conftest import IN_FORCE, NOW, PERIODE
from tests.tour_school import APPROVED, RETURNED, copy, fill, mended, submit, teacher, tour_school
from tests.tui.samples import full_plan, started_plan

ACTIONS = frozenset(re.findall(r"\{(\w+)\}", " ".join(sentence for hints in HINTS.values() for sentence in hints.values())))
"""All that the sentences speak of, and the names with it."""
LIST, IN_A_PLAN = Place(), Place("rencana", "data_diri")


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """The practice school."""
    with Store.open(tmp_path / "pmm-tui.db") as opened:
        tour_school(opened, NOW)
        yield opened


def look(store: Store, at: Place = LIST, actions: frozenset[str] = ACTIONS) -> Facts:
    """What is there now."""
    return facts_of(store, all_lines(store, IN_FORCE, NOW.date()), PERIODE, at, actions)


def step_of(memo: TourMemo, facts: Facts) -> StepId | None:
    """The step that the tour asks for."""
    return tell(advance(memo, facts), facts).step


def test_the_steps_follow_one_another_by_doing(store: Store) -> None:
    """From the first to the last: each is asked for until it is done, and the last words name all six."""
    memo = advance(begin(TourMemo()), look(store))
    seen = [tell(memo, look(store)).step]

    def done(at: Place = LIST) -> None:
        nonlocal memo
        facts = look(store, at)
        memo = advance(memo, facts)
        seen.append(tell(memo, facts).step)

    done(Place("rencana", "data_diri", teacher(store, "Wayan").id))
    fill(store, "Wayan", NOW)
    done()
    copy(store, 5, NOW)
    done()
    note_printed(store)
    done()
    submit(store, "Wayan", NOW)
    done()
    fill(store, RETURNED, NOW, mended())
    done()
    submit(store, RETURNED, NOW)
    done()
    assert seen == [*list(TITLES)[:6], "perbaiki", None]
    assert memo.state == "selesai"
    told = tell(memo, look(store))
    assert "mencari, mengisi, menyalin, mencetak, mengajukan, memperbaiki." in told.sentence
    assert "khayalan" in told.sentence


@pytest.mark.parametrize(
    ("act", "step"),
    [
        (lambda store: fill(store, "Wayan", NOW, started_plan()), "cari"),
        (lambda store: fill(store, "Wayan", NOW), "isi"),
        (lambda store: fill(store, "Wayan", NOW, full_plan()), "isi"),
        (lambda store: copy(store, 5, NOW), "salin"),
        (lambda store: copy(store, 6, NOW, "templat"), "salin"),
        (lambda store: copy(store, 5, NOW, "bawa"), "salin"),
        (lambda store: [copy(store, 3, NOW), copy(store, 2, NOW, "templat")], "salin"),
        (note_printed, "cetak"),
        (lambda store: submit(store, "Wayan", NOW), "ajukan"),
        (lambda store: submit(store, RETURNED, NOW), "perbaiki"),
    ],
)
def test_a_step_done_out_of_turn_is_passed_over(store: Store, act: Any, step: StepId) -> None:
    """Whatever is done before it is asked for is not asked for any more."""
    assert step not in advance(begin(TourMemo()), look(store)).done
    act(store)
    memo = advance(begin(TourMemo()), look(store))
    assert step in memo.done
    others = tuple(one for one in TITLES if one != step)
    assert advance(structs.replace(memo, done=(), skipped=others), look(store)).state == "selesai"


@pytest.mark.parametrize(
    ("act", "step"),
    [
        (lambda store: fill(store, "Wayan", NOW, full_plan().with_section(PraktikPembelajaran())), "isi"),
        (lambda store: copy(store, 4, NOW), "salin"),
        (lambda store: copy(store, 5, NOW, "konfirmasi"), "salin"),
        (lambda store: [copy(store, 3, NOW), store.steps.undo(copy(store, 3, NOW).id, NOW)], "salin"),
        (lambda store: store.steps.undo(copy(store, 5, NOW).id, NOW), "salin"),
        (lambda store: submit(store, RETURNED, NOW), "ajukan"),
        (lambda store: submit(store, "Wayan", NOW), "perbaiki"),
        (lambda store: fill(store, RETURNED, NOW, mended()), "perbaiki"),
    ],
)
def test_half_a_step_is_none(store: Store, act: Any, step: StepId) -> None:
    """A plan with a hole, a copy to four or one taken back, the other plan submitted, one mended and not sent."""
    memo = advance(begin(TourMemo()), look(store))
    act(store)
    assert step not in advance(memo, look(store)).done


def test_it_says_how_many_copies_there_are(store: Store) -> None:
    """Of several steps together, each teacher once; nothing before the first."""

    def title() -> str:
        facts = look(store)
        return tell(advance(structs.replace(begin(TourMemo()), skipped=("cari", "isi")), facts), facts).title

    assert title() == "Salin ke lima guru"
    copy(store, 1, NOW)
    copy(store, 2, NOW, "templat")
    assert title() == "Salin ke lima guru (3 dari 5)"


def test_what_other_computers_did_is_no_step(store: Store) -> None:
    """The approved and the returned plan were there before: nothing is done yet."""
    assert teacher(store, APPROVED).id not in look(store).submitted
    assert advance(begin(TourMemo()), look(store)).done == ()


def test_what_was_done_stays_done(store: Store) -> None:
    """A copy that is taken back afterwards was a copy."""
    step = copy(store, 5, NOW)
    memo = advance(begin(TourMemo()), look(store))
    store.steps.undo(step.id, NOW)
    assert "salin" in advance(memo, look(store)).done


def test_without_the_action_there_is_no_such_step(store: Store) -> None:
    """A program that cannot copy has a tour of five."""
    facts = look(store, actions=frozenset())
    memo = advance(begin(TourMemo()), facts)
    assert (tell(memo, facts).number, tell(memo, facts).of) == (1, 5)
    seen = [tell(memo, facts).step]
    while memo.state == "jalan":
        memo = skip(memo, facts)
        seen.append(tell(memo, facts).step)
    assert seen == ["cari", "isi", "cetak", "ajukan", "perbaiki", None]


def test_steps_can_be_skipped(store: Store) -> None:
    """One after the other to the end; none of them was done, and the last words claim nothing."""
    memo, numbers = begin(TourMemo()), []
    while memo.state == "jalan":
        numbers.append(tell(memo, look(store)).number)
        memo = skip(advance(memo, look(store)), look(store))
    assert numbers == [1, 2, 3, 4, 5, 6]
    assert memo.done == ()
    assert tell(memo, look(store)).sentence.startswith("Sudah dicoba: belum ada.")


def test_with_nothing_returned_there_is_nothing_to_mend(tmp_path: Path) -> None:
    """Where the practice server brought no returned plan, the tour ends before that step."""
    with Store.open(tmp_path / "lain.db") as store:
        memo = structs.replace(begin(TourMemo()), done=("cari", "isi", "salin", "cetak", "ajukan"))
        assert advance(memo, look(store)).state == "selesai"


def test_closed_it_goes_on_where_it_was(store: Store) -> None:
    """What was done counts, what was skipped is asked for again; after its end it begins anew and passes over what is there."""
    fill(store, "Wayan", NOW)
    memo = skip(advance(begin(TourMemo()), look(store)), look(store))
    assert (memo.done, memo.skipped) == (("cari", "isi"), ("salin",))
    again = begin(structs.replace(memo, state="ditutup"))
    assert step_of(again, look(store)) == "salin"
    ended = structs.replace(memo, state="selesai", done=tuple(TITLES))
    assert step_of(begin(ended), look(store)) == "salin"


def test_what_is_remembered_is_read_again(store: Store) -> None:
    """As it was kept; what cannot be read is nothing."""
    memo = advance(begin(TourMemo()), look(store, IN_A_PLAN))
    keep_memo(store, memo)
    assert read_memo(store) == memo
    assert memo.done == ("cari",)
    store.reference.set_memo(MEMO, "{rusak")
    assert read_memo(store) == TourMemo()


def _told(store: Store, skipped: int, at: Place, actions: frozenset[str] = ACTIONS) -> str:
    facts = look(store, at, actions)
    memo = advance(structs.replace(begin(TourMemo()), skipped=tuple(TITLES)[:skipped]), facts)
    return tell(memo, facts).sentence


def test_the_sentence_fits_where_one_is(store: Store) -> None:
    """In the list, in a pane, elsewhere; a teacher to begin with is found by one word and has no duty."""
    assert '"wayan"' in _told(store, 0, Place())
    assert _told(store, 0, Place("kotak")) == "{kembali} kembali ke daftar guru."
    wayan = teacher(store, "Wayan").id
    assert "Data sudah sesuai" in _told(store, 1, Place("rencana", "data_diri", wayan))
    assert "{tambah}" in _told(store, 1, Place("rencana", "pengembangan_kompetensi", wayan))
    assert "sudah diajukan" in _told(store, 1, Place("rencana", "rangkuman", teacher(store, APPROVED).id))
    assert "{salin}" in _told(store, 2, Place())
    assert "mengosongkan pencarian" in _told(store, 2, Place(sought=True))
    assert "{buat_berkas}" in _told(store, 3, Place("cetak"))
    assert "{cetak}" in _told(store, 3, Place("rencana", "rangkuman", wayan))


def test_a_sentence_speaks_of_no_key_that_is_not_there(store: Store) -> None:
    """Where the program cannot do what a sentence speaks of, the next one that fits is told."""
    assert "{tinjau}" in _told(store, 4, LIST)
    assert "{tinjau}" not in _told(store, 4, LIST, ACTIONS - {"tinjau"})
    assert "{jalankan_salin}" in _told(store, 2, Place("salin"))
    assert "tombolnya di baris bawah" in _told(store, 2, Place("salin"), ACTIONS - {"jalankan_salin"})
    assert "{sudah_konfirmasi}" in _told(store, 4, Place("tinjau"))


def test_the_sentence_knows_the_plan_that_is_open(store: Store) -> None:
    """Submitting and mending lead through the very plan: what lacks its confirmation, what is complete, what was returned."""
    wayan, back = fill(store, "Wayan", NOW).id, teacher(store, RETURNED).id
    assert "Wayan Sudiarta" in _told(store, 4, Place())
    assert "{tinjau}" in _told(store, 4, Place())
    assert "Spasi" in _told(store, 4, Place("rencana", "rangkuman", wayan))
    for section in ("data_diri", "pengembangan_kompetensi"):
        assert "sampai 5 Rangkuman" in _told(store, 4, Place("rencana", section, wayan))
    assert "Bukan yang ini" in _told(store, 4, Place("rencana", "rangkuman", back))
    fill(store, "Wayan", NOW, full_plan())
    assert "Lengkap. {ajukan}" in _told(store, 4, Place("rencana", "rangkuman", wayan))
    assert '"yohanes"' in _told(store, 5, Place())
    assert "mengembalikan rencana Yohanes Ndalu" in _told(store, 5, Place("rencana", "rangkuman", wayan))
    assert "Catatan kepala sekolah" in _told(store, 5, Place("rencana", "rangkuman", back))
    assert "Target kuantitas" in _told(store, 5, Place("rencana", "pengembangan_kompetensi", back))
    assert "2 Kompetensi" in _told(store, 5, Place("rencana", "tugas_tambahan", back))
    fill(store, RETURNED, NOW, mended())
    assert "Guru setuju lagi" in _told(store, 5, Place("rencana", "rangkuman", back))
    assert "Sudah diubah" in _told(store, 5, Place("rencana", "pengembangan_kompetensi", back))
