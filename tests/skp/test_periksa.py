"""What is wrong with a plan: the rules together, the plan as a whole, and that no rule goes untried."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import pmm_tui.skp.periksa
import pmm_tui.skp.rules.confirmation
import pmm_tui.skp.rules.content
import pmm_tui.skp.rules.identity
import pmm_tui.skp.rules.rank
from pmm_tui.errors import ShapeError
from pmm_tui.skp.katalog_reader import bundled
from pmm_tui.skp.katalog_tables import Periode
from pmm_tui.skp.model import CONFIRMED_BY, SECTION_NAMES, Masalah, Pegawai, Rangkuman, RencanaKinerja
from pmm_tui.skp.periksa import is_complete, periksa
from tests.skp import strategies, test_katalog_sasaran, test_periksa_data_diri, test_periksa_kompetensi, test_periksa_perilaku
from tests.skp.rule_cases import EVERY, Change, RuleCase, Sample, check, fixed, sample, section, state
from tests.skp.sample_plan import complete_plan, opening_day, sample_teacher

KATALOG = bundled()


def day(pick: Callable[[Periode], date]) -> Change:
    """On that day of the example's period."""
    return lambda c: state(today=pick(next(p for p in c.katalog.periode if p.id == c.periode)))(c)


CONFIRMED = Rangkuman(dikonfirmasi_guru=True)
"""As older programs confirmed: neither how nor when."""


def said(cara: str, days: int) -> Change:
    """Confirmed in that way, so many days after the planning of the period was opened."""

    def change(c: Sample) -> Sample:
        when = (opening_day(c.katalog, c.periode) + timedelta(days)).isoformat()
        return section(rangkuman=Rangkuman(dikonfirmasi_guru=True, cara=cara, tanggal=when))(c)

    return change


CASES = (
    RuleCase(
        code="belum-dikonfirmasi",
        pointer="/rangkuman/dikonfirmasi_guru",
        error=(section(rangkuman=Rangkuman()),),
        right=(fixed,),
    ),
    RuleCase(
        code="cara-kosong",
        pointer="/rangkuman/cara",
        error=(said("", 0),),
        right=(fixed, said("layar", 0), section(rangkuman=Rangkuman(tanggal="2026-01-01")), section(rangkuman=CONFIRMED)),
    ),
    RuleCase(
        code="cara-asing",
        pointer="/rangkuman/cara",
        error=(said("lisan", 0),),
        right=(fixed, *(said(cara, 0) for cara in CONFIRMED_BY)),
        blocks=False,
    ),
    RuleCase(
        code="tanggal-konfirmasi",
        pointer="/rangkuman/tanggal",
        error=tuple(
            section(rangkuman=Rangkuman(dikonfirmasi_guru=True, cara="kertas", tanggal=t)) for t in ("", "kemarin", "2026")
        ),
        right=(fixed, said("kertas", 0), section(rangkuman=Rangkuman(cara="kertas", tanggal="kemarin"))),
    ),
    RuleCase(
        code="konfirmasi-belum-tiba",
        pointer="/rangkuman/tanggal",
        error=(said("pesan", 1), said("pesan", 400)),
        right=(fixed, said("pesan", 0), lambda c: state(today=None)(said("pesan", 1)(c))),
        blocks=False,
    ),
    RuleCase(
        code="konfirmasi-terlalu-awal",
        pointer="/rangkuman/tanggal",
        error=(said("pesan", -1), said("pesan", -9999), lambda c: state(today=None)(said("pesan", -1)(c))),
        right=(fixed, said("pesan", 0)),
        blocks=False,
    ),
    RuleCase(
        code="lewat-batas",
        pointer="",
        error=(day(lambda p: p.rencana_batas + timedelta(1)), day(lambda p: p.selesai)),
        right=(fixed, day(lambda p: p.rencana_batas), state(today=None)),
        blocks=False,
    ),
    RuleCase(
        code="belum-buka",
        pointer="",
        error=(day(lambda p: p.rencana_mulai - timedelta(1)),),
        right=(fixed, day(lambda p: p.rencana_mulai), state(today=None)),
        blocks=False,
    ),
)
ALL_CASES = (
    *CASES,
    *test_periksa_data_diri.CASES,
    *test_periksa_kompetensi.CASES,
    *test_periksa_perilaku.CASES,
    *test_katalog_sasaran.CASES,
)


@pytest.mark.parametrize("periode", EVERY)
@pytest.mark.parametrize("case", CASES, ids=[case.code for case in CASES])
def test_a_rule_speaks_when_it_should_and_only_then(case: RuleCase, periode: str) -> None:
    """Each rule says its word, at its place and with its weight, for what is wrong, and is silent about what is near but right."""
    check(case, periode)


def test_every_word_of_the_rules_is_tried() -> None:
    """The words that the sources can say are just those that the tests here try, so a new rule without a test fails."""
    written: list[str] = []
    rules = pmm_tui.skp.rules
    for module in (rules.identity, rules.rank, rules.content, rules.confirmation, pmm_tui.skp.periksa):
        assert module.__file__
        source = Path(module.__file__).read_text("utf-8")
        found = re.findall(r'\bMasalah\(\s*"([^"]*)"', source)
        assert len(found) == len(re.findall(r"\bMasalah\(", source)), f"{module.__name__}: a word that is not written out"
        written += found
    assert set(written) == {case.code for case in ALL_CASES}
    assert all(re.fullmatch(r"[a-z]+(-[a-z]+)*", code) for code in written)


@pytest.mark.parametrize("periode", EVERY)
def test_a_complete_plan_draws_no_word(periode: str) -> None:
    """A plan that says everything is faultless in every period, with or without a day and a kind of school."""
    c = sample(periode)
    assert c.periksa() == ()
    assert state(today=None, jenjang="")(c).periksa() == ()


@pytest.mark.parametrize("status", [s.label for s in KATALOG.status_kepegawaian])
@pytest.mark.parametrize("periode", EVERY)
def test_no_status_stops_a_complete_plan(status: str, periode: str) -> None:
    """A teacher of any employment status can send a complete plan; those who need not are only told so."""
    teacher = sample_teacher(status_kepegawaian=status)
    found = periksa(complete_plan(KATALOG, periode), teacher, periode, KATALOG)
    assert is_complete(found)
    assert {m.kode for m in found} <= {"non-asn", "golongan-beda-status"}


@pytest.mark.parametrize(
    ("periode", "wanted"),
    [
        ("2024-1", ["indikator-kurang", "rhk-kosong", "tugas-belum", *["perilaku-kurang"] * 7]),
        ("2026", ["indikator-kurang", "rhk-kosong", "tugas-belum", "perilaku-nilai-kurang"]),
    ],
)
def test_a_plan_that_was_never_begun_lacks_every_step(periode: str, wanted: list[str]) -> None:
    """An empty plan is told one thing for each step, and for each value where each is asked for, in the order of the form."""
    found = periksa(RencanaKinerja(), sample_teacher(), periode, KATALOG)
    assert [m.kode for m in found] == ["belum-sesuai", "rapor-belum", *wanted, "belum-dikonfirmasi"]
    assert not is_complete(found)


def test_a_period_that_the_catalogue_lacks_is_refused() -> None:
    """Judging by an unknown period raises, and names the known ones."""
    with pytest.raises(ShapeError, match=r'"2030".*2024-1, 2024-2, 2025, 2026'):
        periksa(RencanaKinerja(), sample_teacher(), "2030", KATALOG)


def test_only_what_blocks_makes_a_plan_incomplete() -> None:
    """Warnings alone let a plan go; one blocking word among them stops it."""
    doubts, blocks = Masalah("a", "A.", halang=False), Masalah("b", "B.")
    assert is_complete(())
    assert is_complete((doubts, doubts))
    assert not is_complete((doubts, blocks, doubts))


@given(strategies.rencana, strategies.pegawai, st.sampled_from(EVERY), strategies.word, st.one_of(st.none(), st.dates()))
@settings(deadline=None)
def test_every_plan_is_judged_in_sentences(
    rencana: RencanaKinerja, pegawai: Pegawai, periode: str, jenjang: str, today: date | None
) -> None:
    """Whatever a plan says the rules answer: short sentences of one line, in the order of the form, never an exception."""
    found = Sample(periode=periode, katalog=KATALOG, rencana=rencana, pegawai=pegawai, jenjang=jenjang, today=today).periksa()
    for m in found:
        assert m.pesan.endswith(".")
        assert len(m.pesan) < 200
        assert "\n" not in m.pesan
        assert m.section in (*SECTION_NAMES.values(), "")
    order = [*SECTION_NAMES.values(), ""]
    places = [order.index(m.section) for m in found]
    assert places == sorted(places)
