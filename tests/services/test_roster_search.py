"""What somebody types finds the teacher they mean."""

from __future__ import annotations

import pytest

from pmm_tui.services import roster_search
from pmm_tui.services.roster_search import SearchTexts, fold, matches, needles, search_text
from pmm_tui.skp.model import Pegawai
from pmm_tui.skp.overview import PlanLine
from pmm_tui.skp.plan_state import State

NAMES = (
    "Dra. Hj. Nur'aini Batubara, M.Pd.",
    "Èlisabeth Da Gomez, S.Pd.",
    "André Tuasikal, S.Or.",
    "Maria Goreti Bére, S.Pd.",
    "Muhammad Al-Fatih, S.Pd.I.",
    "Nur Aini Lubis",
    "Cut Meutia Zahra, S.Pd.",
)
CUT = Pegawai(
    id=7, nama=NAMES[6], nip="198904022022212008", status_kepegawaian="PPPK Paruh Waktu", jenis_ptk="Guru Mapel", golongan="IX"
)
OTHERS = [Pegawai(id=n, nama=name, golongan="III/c", nuptk=f"12347676603004{n:02}") for n, name in enumerate(NAMES[:6], 1)]
LINES = [PlanLine(p, State.NOT_STARTED, ()) for p in (*OTHERS, CUT)]


def found(query: str) -> list[str]:
    return [line.pegawai.nama for line in SearchTexts().find(LINES, query)]


@pytest.mark.parametrize(
    ("query", "wanted"),
    [
        ("nuraini", [NAMES[0], NAMES[5]]),
        ("Nur'aini", [NAMES[0], NAMES[5]]),
        ("NUR’AINI batubara", [NAMES[0]]),
        ("batubara nur", [NAMES[0]]),
        ("elisabeth", [NAMES[1]]),
        ("ÈLISABETH", [NAMES[1]]),
        ("andre", [NAMES[2]]),
        ("bere", [NAMES[3]]),
        ("alfatih", [NAMES[4]]),
        ("al-fatih", [NAMES[4]]),
        ("al fatih", [NAMES[4]]),
        ("cut s.pd", [NAMES[6]]),
        ("cut spd", [NAMES[6]]),
        ("zah meu", [NAMES[6]]),
        ("198904022022212008", [NAMES[6]]),
        ("19890402 202221 2 008", [NAMES[6]]),
        ("'198904022022212008", [NAMES[6]]),
        ("’19890402.202221.2.008", [NAMES[6]]),
        (" 1989-0402 2022 ", [NAMES[6]]),
        ("1234 7676 6030 0403", [NAMES[2]]),
        ("cut 1989 2022", [NAMES[6]]),
        ("NIP. 19890402 202221 2 008", [NAMES[6]]),
        ("NUPTK: 1234-7676-6030-0403", [NAMES[2]]),
        ("pppk", [NAMES[6]]),
        ("p3k paruh", [NAMES[6]]),
        ("guru mapel", [NAMES[6]]),
        ("III/c goreti", [NAMES[3]]),
        ("iiic goreti", [NAMES[3]]),
        ("cutt", []),
        ("19890402 202221 2 009", []),
        ("", [line.pegawai.nama for line in LINES]),
        (" - ", [line.pegawai.nama for line in LINES]),
    ],
)
def test_a_search_finds_who_is_meant(query: str, wanted: list[str]) -> None:
    """Words in any order without accents and marks, numbers with blanks, and the words of the other columns."""
    assert found(query) == wanted


def test_the_parts_of_one_number_are_not_those_of_another() -> None:
    """The groups of a whole number belong together; a teacher who has them elsewhere is not meant."""
    twin = Pegawai(id=8, nama="Kembar", nip="198904022022212012", nuptk="0080000000000000")
    assert not matches(search_text(twin), needles("19890402 202221 2 008"))
    assert matches(search_text(twin), needles("2022 1989"))


def test_a_word_does_not_reach_from_one_column_into_the_next() -> None:
    """Of the name alone a word may span a blank."""
    assert "\n" not in fold("a\nb")
    assert found("zahraspdpppk") == []


def test_texts_are_made_once_a_teacher(monkeypatch: pytest.MonkeyPatch) -> None:
    """A letter more costs no new text; a teacher who has changed is read anew."""
    made: list[str] = []
    real = search_text

    def counted(pegawai: Pegawai) -> str:
        made.append(pegawai.nama)
        return real(pegawai)

    monkeypatch.setattr(roster_search, "search_text", counted)
    texts = SearchTexts()
    for query in ("c", "cu", "cut"):
        texts.find(LINES, query)
    assert len(made) == len(LINES)
    changed = PlanLine(Pegawai(id=7, nama="Cut Nyak"), State.DRAFT, ())
    assert texts.find([*LINES[:6], changed], "nyak") == [changed]
    assert len(made) == len(LINES) + 1
