"""belajar.id accounts: addresses as they are, words for how they stand, what is odd (facts-2, 7)."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pmm_tui.skp.account import AccountState, address_doubt, address_fault, address_in, state_of

GOOD = "siti.nuraini12@guru.smp.belajar.id"


@pytest.mark.parametrize(
    ("text", "address"),
    [
        (GOOD, GOOD),
        (f"  {GOOD.upper()} ", GOOD),
        (f"mailto:{GOOD}", GOOD),
        (f"{GOOD} / Rahasia#1", GOOD),
        (f"{GOOD};{GOOD}", GOOD),
        (f"{GOOD} lain@guru.smp.belajar.id", ""),
        ("siti@gmail.com", ""),
        ("siti@guru.smp.belajar.id.jahat.com", ""),
        ("siti@jahat-belajar.id", ""),
        ("@guru.smp.belajar.id", ""),
        ("a b@guru.smp.belajar.id", "b@guru.smp.belajar.id"),
        ("x" * 70 + "@guru.smp.belajar.id", ""),
        ("Rahasia#1", ""),
        ("", ""),
    ],
)
def test_the_one_account_in_a_text(text: str, address: str) -> None:
    """In lower case and without whatever stands beside it; none where there are two."""
    assert address_in(text) == address


@pytest.mark.parametrize(
    ("address", "jenjang", "doubt"),
    [
        (GOOD, "SMP", ""),
        (GOOD, "", ""),
        (GOOD, "SMA", "akun jenjang SMP, sekolah ini SMA"),
        ("a@guru.paud.belajar.id", "TK", ""),
        ("a@guru.tk.belajar.id", "TK", ""),
        ("a@admin.smp.belajar.id", "SMP", "akun admin"),
        ("a@dinas.belajar.id", "SMP", "akun dinas"),
        ("a@smp.belajar.id", "SMP", "akun murid"),
        ("a@belajar.id", "SMP", "akun murid"),
    ],
)
def test_what_is_odd_about_an_account(address: str, jenjang: str, doubt: str) -> None:
    """Another kind of school, or no teacher's account; only ever a doubt."""
    found = address_doubt(address, jenjang)
    assert found.startswith(doubt) if doubt else found == ""
    assert address_fault(address) == ""


@pytest.mark.parametrize("address", ["", "siti", "siti@gmail.com", f"{GOOD} x"])
def test_what_cannot_be_an_account(address: str) -> None:
    """It is said what one looks like."""
    assert "belajar.id" in address_fault(address)


@pytest.mark.parametrize(
    ("word", "state"),
    [
        ("Aktif", AccountState.ACTIVE), ("BELUM AKTIF", AccountState.INACTIVE), ("tidak-ada", AccountState.NONE),
        ("Lupa kata sandi", AccountState.FORGOTTEN), ("bukan-induk", AccountState.ELSEWHERE),
        ("belum dicek", AccountState.UNCHECKED),
        ("belum punya akun", AccountState.NONE), ("entah", None), ("", None), ("Rahasia#1", None),
    ],
)  # fmt: skip
def test_words_for_states(word: str, state: AccountState | None) -> None:
    """Ours and those of files; an unknown word is none."""
    assert state_of(word) is state


def test_each_of_the_six_states_says_what_to_do() -> None:
    """All but the one in which there is nothing to do."""
    assert len(AccountState) == 6
    assert [state.word for state in AccountState if not state.step] == ["aktif"]
    assert [state.word for state in AccountState if not state.to_fix] == ["aktif"]


@given(st.text(max_size=500))
def test_no_text_breaks_it(text: str) -> None:
    """What is found is an account."""
    found = address_in(text)
    assert found == "" or address_fault(found) == ""
