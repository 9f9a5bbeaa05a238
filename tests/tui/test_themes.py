"""The palettes are readable: contrast of every pair of letters and ground, reckoned as WCAG 2.2 does."""

from __future__ import annotations

import pytest
from rich.style import Style

from pmm_tui.tui.widgets.themes import FLAT, THEMES

GROUNDS = {
    "gelap": ("#000000", "#0c0c0c", "#1e1e1e", "#300a24"),
    "terang": ("#ffffff", "#fafafa", "#fdf6e3"),
}
"""What terminals have behind the text: black, the Windows console, the usual greys, Ubuntu's; white, and two papers."""
ONLY_LINES = {"rule", "edge", "edge_here"}


def luminance(red: float, green: float, blue: float) -> float:
    """The relative luminance of a colour of 0 to 255 each."""

    def linear(value: float) -> float:
        share = value / 255
        return share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4

    return 0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue)


def contrast(one: tuple[int, int, int], other: tuple[int, int, int]) -> float:
    """The contrast of two colours, from 1 to 21."""
    lighter, darker = sorted((luminance(*one), luminance(*other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def of_hex(text: str) -> tuple[int, int, int]:
    """A colour as `#rrggbb`."""
    return int(text[1:3], 16), int(text[3:5], 16), int(text[5:7], 16)


def pairs(theme: str) -> list[tuple[str, float]]:
    """Every role of a theme with its least contrast."""
    found = []
    for role in THEMES[theme].__struct_fields__:
        style: Style = getattr(THEMES[theme], role)
        letters = tuple(style.color.get_truecolor())
        grounds = [tuple(style.bgcolor.get_truecolor())] if style.bgcolor else [of_hex(ground) for ground in GROUNDS[theme]]
        found.append((role, min(contrast(letters, ground) for ground in grounds)))
    return found


@pytest.mark.parametrize("theme", GROUNDS)
def test_letters_stand_out_from_their_ground(theme: str) -> None:
    """Text reaches 4.5 to 1 (AA), the edges of fields 3 to 1; lines that only part may be fainter."""
    assert [(role, round(value, 2)) for role, value in pairs(theme) if role not in ONLY_LINES and value < 4.5] == []
    assert [(role, round(value, 2)) for role, value in pairs(theme) if role in ("edge", "edge_here") and value < 3] == []


def test_colours_of_themes_are_numbers() -> None:
    """A colour by its number among the 256 costs half the bytes of one by its parts."""
    for theme in GROUNDS:
        styles = [getattr(THEMES[theme], role) for role in THEMES[theme].__struct_fields__]
        assert all(colour.number is not None for style in styles for colour in (style.color, style.bgcolor) if colour), theme


@pytest.mark.parametrize("theme", [*FLAT, "hemat"])
def test_flat_themes_have_no_ground(theme: str) -> None:
    """In 16 colours the terminal decides about contrast: nothing has a ground but what is reversed."""
    styles = [getattr(THEMES[theme], role) for role in THEMES[theme].__struct_fields__]
    assert not any(style.bgcolor for style in styles)


def test_without_colour_there_is_none() -> None:
    """Under NO_COLOR attributes tell things apart, and the cursor is one of them."""
    styles = [getattr(THEMES["tanpa warna"], role) for role in THEMES["tanpa warna"].__struct_fields__]
    assert not any(style.color for style in styles)
    assert THEMES["tanpa warna"].cursor.reverse
