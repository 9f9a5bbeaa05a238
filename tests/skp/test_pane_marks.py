"""The five marks of a plan: done, with a problem, not filled in, or none at all."""

from __future__ import annotations

import pytest
from msgspec import structs

from pmm_tui.skp.katalog_reader import bundled
from pmm_tui.skp.model import (
    RHK,
    PengembanganKompetensi,
    PerilakuKerja,
    PraktikPembelajaran,
    Rangkuman,
    RencanaKinerja,
    Section,
    Tugas,
    TugasTambahan,
)
from pmm_tui.skp.overview import plan_line
from pmm_tui.skp.pane_marks import PANES, PaneMark
from tests.skp.sample_plan import complete_plan, sample_teacher

KATALOG = bundled()
COMPLETE = complete_plan(KATALOG, "2026")
_SIGN = {PaneMark.DONE: "v", PaneMark.PROBLEM: "!", PaneMark.EMPTY: "."}


def marks(rencana: RencanaKinerja | None) -> str:
    line = plan_line(sample_teacher(), rencana, 1, None, "2026", KATALOG, jenjang="SMP")
    return "".join(_SIGN[mark] for mark in line.marks)


def test_a_plan_that_was_not_begun_has_no_marks() -> None:
    """Blank, while one that was begun and left empty has five dots."""
    assert marks(None) == ""
    assert marks(RencanaKinerja()) == "....."
    assert marks(COMPLETE) == "vvvvv"


@pytest.mark.parametrize(
    ("section", "wanted"),
    [
        (PraktikPembelajaran(), ".vvvv"),
        (PraktikPembelajaran(indikator=("tidak-ada",)), "!vvvv"),
        (PengembanganKompetensi(), "v.vvv"),
        (PengembanganKompetensi(rhk=(RHK(kompetensi="peserta-pelatihan-mandiri", target=0),)), "v!vvv"),
        (TugasTambahan(), "vv.vv"),
        (TugasTambahan(tugas=(Tugas(tugas="tidak-ada"),)), "vv!vv"),
        (PerilakuKerja(), "vvv.v"),
        (PerilakuKerja(indikator=("tidak/ada",)), "vvv!v"),
        (Rangkuman(), "vvvv."),
        (Rangkuman(dikonfirmasi_guru=True, cara="kertas"), "vvvv!"),
    ],
)
def test_each_pane_has_its_own_mark(section: Section, wanted: str) -> None:
    """A section that is empty or wrong changes its own mark alone."""
    rencana = COMPLETE.with_section(section)
    confirmed = rencana if isinstance(section, Rangkuman) else rencana.with_section(COMPLETE.rangkuman)
    assert marks(confirmed) == wanted


def test_warnings_and_the_teachers_own_data_are_no_mark() -> None:
    """What does not stop the plan, and what stands before the five panes, marks none of them."""
    line = plan_line(structs.replace(sample_teacher(), nip="123"), COMPLETE, 1, None, "2026", KATALOG, jenjang="SMP")
    assert line.blocking
    assert set(line.marks) == {PaneMark.DONE}


def test_open_panes_are_counted() -> None:
    """All of a plan that was not begun, those that are not done of one that was, none where none is needed."""

    def count(rencana: RencanaKinerja | None, reason: str = "") -> int:
        return plan_line(sample_teacher(), rencana, 1, None, "2026", KATALOG, not_needed=reason).open_panes

    assert (count(None), count(RencanaKinerja()), count(COMPLETE)) == (5, 5, 0)
    assert count(COMPLETE.with_section(PraktikPembelajaran())) == 2  # and the confirmation
    assert count(None, "honor") == 0


def test_signs_tell_the_marks_apart() -> None:
    """One cell each, in ASCII too."""
    for name in ("word", "sign", "plain_sign"):
        assert len({getattr(mark, name) for mark in PaneMark}) == len(PaneMark)
    assert all(len(mark.sign) == len(mark.plain_sign) == 1 and mark.plain_sign.isascii() for mark in PaneMark)
    assert all(hasattr(COMPLETE, name) for name in PANES)
