"""A line under edit, as a value."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from pmm_tui.tui.widgets.line_edit import EDIT_KEYS, LineEdit

TEXT = st.text(st.sampled_from("ab  \tç漢́"), max_size=12)


@st.composite
def edit(draw: st.DrawFn) -> LineEdit:
    """Any text with the cursor somewhere in it."""
    text = draw(TEXT)
    return LineEdit(text, draw(st.integers(0, len(text))), draw(st.booleans()))


@given(edit(), st.lists(st.sampled_from(sorted(EDIT_KEYS)) | TEXT, max_size=20), st.integers(0, 15))
def test_cursor_and_length_stay_in_range(start: LineEdit, step: list[str], limit: int) -> None:
    """Whatever is pressed, the cursor stands in the text, and typing never makes it longer than allowed."""
    current = start
    for source in step:
        new = EDIT_KEYS[source](current) if source in EDIT_KEYS else current.insert(source, limit)
        assert 0 <= new.cursor <= len(new.text)
        assert len(new.text) <= max(limit, len(current.text))
        current = new


@given(edit(), st.sampled_from(["ctrl+w", "ctrl+backspace"]))
def test_delete_word_goes_to_the_left(current: LineEdit, keys: str) -> None:
    """Ctrl+W and Ctrl+Backspace take the word left of the cursor and nothing right of it."""
    current = LineEdit(current.text, current.cursor)
    new = EDIT_KEYS[keys](current)
    right = current.text[current.cursor :]
    assert new.text == new.text[: new.cursor] + right
    assert current.text.startswith(new.text[: new.cursor])
    gone = current.text[new.cursor : current.cursor]
    assert len(gone.split()) == (1 if current.text[: current.cursor].strip() else 0)


def test_delete_word_by_example() -> None:
    """`satu dua| tiga` becomes `satu | tiga`, where the toolkit's own field would eat to the right."""
    for keys in ("ctrl+w", "ctrl+backspace"):
        assert EDIT_KEYS[keys](LineEdit("satu dua tiga", 8)) == LineEdit("satu  tiga", 5)
    assert EDIT_KEYS["ctrl+delete"](LineEdit("satu dua tiga", 4)) == LineEdit("satu tiga", 4)


@given(edit(), TEXT, st.integers(0, 15))
def test_insert_and_backspace_undo_each_other(current: LineEdit, text: str, limit: int) -> None:
    """As many backspaces as characters went in restore the line."""
    current = LineEdit(current.text, current.cursor)
    new = current.insert(text, limit)
    for _ in range(new.cursor - current.cursor):
        new = EDIT_KEYS["backspace"](new)
    assert new == current


def test_all_selected_is_replaced_by_the_first_letter() -> None:
    """A number that was just entered is replaced by typing, and kept by moving the cursor."""
    full = LineEdit("12", 2, True)
    assert full.insert("3", 2) == LineEdit("3", 1)
    assert EDIT_KEYS["backspace"](full) == LineEdit("", 0)
    assert EDIT_KEYS["left"](full) == LineEdit("12", 1)
    assert EDIT_KEYS["end"](full).insert("3", 3) == LineEdit("123", 3)


@given(edit())
def test_home_and_end_and_cuts(current: LineEdit) -> None:
    """Ctrl+U keeps what is right of the cursor, Ctrl+K what is left of it; Home and End change no text."""
    current = LineEdit(current.text, current.cursor)
    assert EDIT_KEYS["ctrl+u"](current) == LineEdit(current.text[current.cursor :], 0)
    assert EDIT_KEYS["ctrl+k"](current) == LineEdit(current.text[: current.cursor], current.cursor)
    assert EDIT_KEYS["home"](current) == LineEdit(current.text, 0)
    assert EDIT_KEYS["end"](current) == LineEdit(current.text, len(current.text))
