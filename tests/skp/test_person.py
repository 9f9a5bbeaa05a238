"""Whether two descriptions are of one person."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pmm_tui.skp.person import name_key, other_person


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Nur'aini Batubara", "NURAINI BATUBARA"), ("André Tuasikal, S.Or.", "Andre Tuasikal"), ("Al-Fatih", "Al Fatih"),
        ("Dra. Hj. Siti Aminah, M.Pd.", "Siti Aminah"), ("Drs Budi Santoso", "Budi Santoso"), ("H. Ma'ruf S.Pd.", "Ma’ruf"),
        ("Moh. Ali", "Muhammad Ali"), ("Budi Santoso S.Pd", "Budi Santoso, S.Pd., M.Si."),
    ],
)  # fmt: skip
def test_titles_case_accents_and_marks_make_no_other_person(one: str, other: str) -> None:
    """However a name is written, birth dates that differ are then a correction."""
    assert not other_person(one, "1985-07-14", other, "1990-01-01")
    assert not other_person(other, "", one, "1990-01-01")


@pytest.mark.parametrize(
    ("one", "born", "other", "other_born", "differs"),
    [
        ("Satu Contoh", "1990-01-01", "Dua Contoh", "1985-05-05", True),
        ("Satu Contoh", "1990-01-01", "Dua Contoh", "1990-01-01", False),
        ("Satu Contoh", "1990-01-01", "Dua Contoh", "01/01/1990", False),
        ("Budi Santoso", "1990-01-01", "Siti Aminah", "", True),
        ("Budi Santoso", "kapan", "Siti Aminah", "1990-01-01", True),
        ("Siti Aminah", "", "Siti Rahma", "", True),
        ("Siti", "", "Siti Rahma", "", False),
        ("Budi Santoso", "", "Budi Santosa", "", False),
        ("Budi Santoso", "", "B. Santoso", "", False),
        ("Ani Wijaya", "", "Ani Ganti", "", False),
        ("", "", "Budi", "", True),
    ],
)
def test_name_and_birth_date_have_to_differ_both(one: str, born: str, other: str, other_born: str, differs: bool) -> None:
    """One that agrees is enough; without birth dates the names need something in common that not everybody has."""
    assert other_person(one, born, other, other_born) is differs
    assert other_person(other, other_born, one, born) is differs


@given(st.text(), st.text(), st.text(), st.text())
def test_any_text_is_compared(one: str, born: str, other: str, other_born: str) -> None:
    """Nobody is somebody else than they are, and the order does not matter."""
    assert not other_person(one, born, one, other_born)
    assert other_person(one, born, other, other_born) is other_person(other, other_born, one, born)
    name_key(one)
