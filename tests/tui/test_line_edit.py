"""A line under edit, as a value."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from pmm_tui.tui.widgets.line_edit import TOMBOL, Sunting

TEKS = st.text(st.sampled_from("ab  \tç漢́"), max_size=12)


@st.composite
def sunting(draw: st.DrawFn) -> Sunting:
    """Any text with the cursor somewhere in it."""
    teks = draw(TEKS)
    return Sunting(teks, draw(st.integers(0, len(teks))), draw(st.booleans()))


@given(sunting(), st.lists(st.sampled_from(sorted(TOMBOL)) | TEKS, max_size=20), st.integers(0, 15))
def test_cursor_and_length_stay_in_range(awal: Sunting, langkah: list[str], maks: int) -> None:
    """Whatever is pressed, the cursor stands in the text, and typing never makes it longer than allowed."""
    kini = awal
    for apa in langkah:
        baru = TOMBOL[apa](kini) if apa in TOMBOL else kini.sisip(apa, maks)
        assert 0 <= baru.kursor <= len(baru.teks)
        assert len(baru.teks) <= max(maks, len(kini.teks))
        kini = baru


@given(sunting(), st.sampled_from(["ctrl+w", "ctrl+backspace"]))
def test_delete_word_goes_to_the_left(kini: Sunting, kunci: str) -> None:
    """Ctrl+W and Ctrl+Backspace take the word left of the cursor and nothing right of it."""
    kini = Sunting(kini.teks, kini.kursor)
    baru = TOMBOL[kunci](kini)
    kanan = kini.teks[kini.kursor :]
    assert baru.teks == baru.teks[: baru.kursor] + kanan
    assert kini.teks.startswith(baru.teks[: baru.kursor])
    gone = kini.teks[baru.kursor : kini.kursor]
    assert len(gone.split()) == (1 if kini.teks[: kini.kursor].strip() else 0)


def test_delete_word_by_example() -> None:
    """`satu dua| tiga` becomes `satu | tiga`, where the toolkit's own field would eat to the right."""
    for kunci in ("ctrl+w", "ctrl+backspace"):
        assert TOMBOL[kunci](Sunting("satu dua tiga", 8)) == Sunting("satu  tiga", 5)
    assert TOMBOL["ctrl+delete"](Sunting("satu dua tiga", 4)) == Sunting("satu tiga", 4)


@given(sunting(), TEKS, st.integers(0, 15))
def test_insert_and_backspace_undo_each_other(kini: Sunting, teks: str, maks: int) -> None:
    """As many backspaces as characters went in restore the line."""
    kini = Sunting(kini.teks, kini.kursor)
    baru = kini.sisip(teks, maks)
    for _ in range(baru.kursor - kini.kursor):
        baru = TOMBOL["backspace"](baru)
    assert baru == kini


def test_all_selected_is_replaced_by_the_first_letter() -> None:
    """A number that was just entered is replaced by typing, and kept by moving the cursor."""
    penuh = Sunting("12", 2, True)
    assert penuh.sisip("3", 2) == Sunting("3", 1)
    assert TOMBOL["backspace"](penuh) == Sunting("", 0)
    assert TOMBOL["left"](penuh) == Sunting("12", 1)
    assert TOMBOL["end"](penuh).sisip("3", 3) == Sunting("123", 3)


@given(sunting())
def test_home_and_end_and_cuts(kini: Sunting) -> None:
    """Ctrl+U keeps what is right of the cursor, Ctrl+K what is left of it; Home and End change no text."""
    kini = Sunting(kini.teks, kini.kursor)
    assert TOMBOL["ctrl+u"](kini) == Sunting(kini.teks[kini.kursor :], 0)
    assert TOMBOL["ctrl+k"](kini) == Sunting(kini.teks[: kini.kursor], kini.kursor)
    assert TOMBOL["home"](kini) == Sunting(kini.teks, 0)
    assert TOMBOL["end"](kini) == Sunting(kini.teks, len(kini.teks))
