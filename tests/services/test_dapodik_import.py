"""Asking Dapodik for all that is wanted: paging, the right school, and what may be missing. No network, no Textual."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from pmm_tui.errors import ConfigError, InputError, ServerError
from pmm_tui.roster.dapodik_web import WebHead, WebProposals, WebSchool
from pmm_tui.services.dapodik_import import WebAnswers, fetch, new_head, preview_web, proposal_notes
from pmm_tui.services.roster_import import take
from pmm_tui.skp.katalog_reader import bundled
from pmm_tui.skp.model import KepalaSekolah
from pmm_tui.store import Store
from tests.dapodik_web import NPSN, TOKEN, Imitation

pytestmark = [pytest.mark.anyio, pytest.mark.process]
TODAY = date(2026, 1, 8)


class Line:
    """Asks the imitation without a network."""

    def __init__(self, imitation: Imitation) -> None:
        self.imitation = imitation

    async def ask(self, path: Any, *, start: int = 0, limit: int = 0) -> bytes:
        query = f"?npsn={NPSN}" + (f"&start={start}&limit={limit}" if limit else "")
        status, _, body = self.imitation.answer(f"/WebService/{path}{query}", {"authorization": f"Bearer {TOKEN}"})
        if status != 200:
            raise ServerError(f"kode {status}.")
        return body


async def fetched(count: int = 12, *odd: str, told: list[str] | None = None) -> tuple[WebAnswers, Imitation]:
    imitation = Imitation(count, odd=odd)
    return await fetch(Line(imitation), NPSN, (told if told is not None else []).append), imitation


async def test_three_questions_and_never_users_or_pupils() -> None:
    """School, teachers and classes, each asked once without a limit where all rows come, and told as it goes on."""
    told: list[str] = []
    answers, imitation = await fetched(12, told=told)
    assert imitation.asked == [f"/WebService/{path}" for path in ("getSekolah", "getGtk", "getRombonganBelajar")]
    assert [sorted(query) for query in imitation.queries] == [["npsn"]] * 3
    assert (len(answers.teachers), answers.school["nama"], answers.notes) == (12, "SMP Negeri 1 Harapan", ())
    assert len(told) == 3


@pytest.mark.parametrize("count", [5, 6, 12])
async def test_what_is_missing_is_asked_for_page_by_page(count: int) -> None:
    """Pages of five: every teacher once, and no question more than there are pages."""
    answers, imitation = await fetched(count, "berhalaman")
    assert len({row["ptk_id"] for row in answers.teachers}) == len(answers.teachers) == count
    assert imitation.asked.count("/WebService/getGtk") == -(-count // 5)


async def test_a_server_that_repeats_itself_is_not_asked_for_ever() -> None:
    """A list with holes is no list: it is told how many came."""
    imitation = Imitation(12, odd=("mengulang",))
    with pytest.raises(ServerError, match="hanya memberi 5 dari 12 baris"):
        await fetch(Line(imitation), NPSN)
    assert imitation.asked.count("/WebService/getGtk") == 2


async def test_an_answer_that_does_not_count_is_taken_as_it_is() -> None:
    """Without `results` there is nothing to compare with."""
    answers, _ = await fetched(12, "tanpa-results")
    assert len(answers.teachers) == 12


@pytest.mark.parametrize("odd", ["rombel-404", "rombel-rusak"])
async def test_classes_that_do_not_come_cost_only_their_proposals(odd: str) -> None:
    """The roster goes on, and a note says what is missing."""
    answers, _ = await fetched(12, odd)
    assert (len(answers.teachers), answers.classes) == (12, ())
    assert answers.notes[0].startswith("Wali kelas dan pembina tidak dapat diusulkan.")


async def test_another_school_is_never_imported() -> None:
    """The school that answers has to be the one that was asked for, before its teachers are asked for."""
    imitation = Imitation(odd=("sekolah-lain",))
    with pytest.raises(ConfigError, match=f"bukan {NPSN}") as raised:
        await fetch(Line(imitation), NPSN)
    assert raised.value.key == "npsn"
    assert imitation.asked == ["/WebService/getSekolah"]


@pytest.mark.parametrize("odd", ["json-lain", "bukan-daftar", "potong-utuh"])
async def test_no_list_of_teachers_is_no_import(odd: str) -> None:
    """One sentence, raised."""
    with pytest.raises(InputError, match="impor berkas Daftar Guru"):
        await fetched(12, odd)


async def test_a_school_may_come_in_a_list() -> None:
    """As an object or as a list with one in it."""
    answers, _ = await fetched(3, "sekolah-daftar")
    assert answers.school["npsn"] == NPSN


async def test_the_preview_writes_nothing_and_taking_it_twice_changes_nothing(store: Store) -> None:
    """The rows are judged as those of a file: new, then the same."""
    answers, _ = await fetched(12)
    before = store.roster.all()
    first = preview_web(store, answers, bundled(), TODAY)
    assert store.roster.all() == before
    assert {row.outcome for row in first.preview.rows} == {"baru"}
    assert take(store, first.preview.rows) == 12
    again = preview_web(store, answers, bundled(), TODAY)
    assert {row.outcome for row in again.preview.rows} == {"sama"}
    notes = proposal_notes(again.proposals)
    assert notes[1].startswith("1 guru bukan dari sekolah induk ini")
    assert notes[2].startswith("Usul tugas tambahan untuk 2 guru")


def head(name: str, nip: str = "", acting: bool = False) -> WebProposals:
    return WebProposals(school=WebSchool(npsn=NPSN, name="SMP"), head=WebHead(2, name, nip, acting))


NOW = KepalaSekolah(nama="Dra. Siti, M.Pd.", nip="198507142010012012")


@pytest.mark.parametrize(
    ("found", "asked"),
    [
        (head("Dra. Siti, M.Pd.", NOW.nip), False), (head("DRA. SITI, M.Pd."), False), (head("Budi", NOW.nip), True),
        (head("Dra. Siti, M.Pd.", "196802031992031002"), True), (head("Dra. Siti, M.Pd.", NOW.nip, True), True),
        (WebProposals(school=WebSchool(npsn=NPSN, name="SMP")), False),
    ],
)  # fmt: skip
def test_only_another_head_is_asked_about(found: WebProposals, asked: bool) -> None:
    """The same person, however their name is written, is no question; one who only acts now is."""
    assert (new_head(found, NOW) is not None) == asked


def test_an_acting_head_stays_acting_where_dapodik_does_not_say() -> None:
    """Dapodik seldom tells it."""
    acting = KepalaSekolah(nama=NOW.nama, nip=NOW.nip, plt=True)
    assert new_head(head(NOW.nama, NOW.nip), acting) is None
