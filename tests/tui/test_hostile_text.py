"""Hostile text on every screen: nothing crashes, nothing is obeyed, everything is shown as letters."""

from __future__ import annotations

import unicodedata

import pytest
from rich.cells import cell_len

from pmm_tui.store import Store
from tests.tui.conftest import Open
from tests.tui.keyboard import screen_strips
from tests.tui.samples import ANI, full_plan
from tests.tui.walk import walk, walk_app

pytestmark = pytest.mark.anyio
HOSTILE = {
    "perintah": "[/] [@click=app.bell]x[/] [bold "
    "\x1b[31m\x1b]52;c;eA==\x07\x1b[2J\x9b1m\x00\r\n\t\x7f\u202eabc\u2066d\u200f\u200b\ufeff",
    "lebar": "\u6f22\u5b57\u30ab\u30ca\ud55c\uae00" * 6 + "e\u0301\u0301" * 30 + "\U0001f469\u200d\U0001f3eb" * 5,
    "panjang": "panjang" + "x" * 10_000,
}


@pytest.mark.parametrize("jenis", HOSTILE)
async def test_every_screen_with_hostile_text(store: Store, monkeypatch: pytest.MonkeyPatch, jenis: str) -> None:
    """Every screen, every word of it hostile: no control character in any line, every line its width, no action run."""
    async with walk_app(store, HOSTILE[jenis]) as u:
        bell: list[int] = []
        monkeypatch.setattr(u.app, "bell", lambda: bell.append(1))
        seen = set()
        async for name in walk(u):
            for strip in screen_strips(u.app):
                for segment in strip:
                    assert not [c for c in segment.text if unicodedata.category(c) in ("Cc", "Cs", "Zl", "Zp")], name
                    assert not set(segment.text) & set("\u202e\u2066\u200f\u200b\ufeff"), name
                    assert not (segment.style and (segment.style.meta or segment.style.link)), name
                assert sum(cell_len(segment.text) for segment in strip) == 80, name
            seen.add(name)
            assert not u.app.crashed, name
        assert "emergency" in seen
        assert bell == []
        assert u.services.report == []


async def test_markup_is_shown_letter_by_letter(stage_app: Open) -> None:
    """A name in brackets is a name in brackets, in the list, in the plan and in the dialog."""
    odd = ANI.__class__(**{f: getattr(ANI, f) for f in ANI.__struct_fields__} | {"nama": "[b]Ani[/b] [@click=app.bell]"})
    async with stage_app(teachers=(odd,), draft={odd.nama: full_plan()}) as u:
        assert "[b]Ani[/b] [@click=app." in u.text
        await u.press("enter")
        assert u.title.startswith(" ‹ [b]Ani[/b] [@click=app.")
        await u.press("f9")
        assert "[b]Ani[/b] [@click=app.bell]" in u.dialog


async def test_pasted_text_is_cleaned(stage_app: Open) -> None:
    """What is pasted into a field loses everything that is no letter before it is kept."""
    async with stage_app(draft={ANI.nama: full_plan()}, place=(ANI.nama, "data_diri", "golongan")) as u:
        await u.press("ctrl+u")
        await u.paste("\x1b[31mIII\u202e/d\x07\n")
        assert u.cursor.split()[1] == "[31mIII/"  # eight letters are let in
        rencana = await u.saved("Ani", lambda r: r.data_diri.golongan.startswith("["))
        assert rencana.data_diri.golongan == "[31mIII/"


async def test_pasted_search(stage_app: Open) -> None:
    """A pasted search is cleaned and cut, and finds."""
    async with stage_app() as u:
        await u.paste("\x1bBudi\r\n")
        assert "Budi Santoso" in u.text
        assert "Citra" not in u.text
        await u.paste("x" * 100_000)
        assert "Tidak ada guru yang cocok" in u.text


async def test_unprintable_keys_do_nothing(stage_app: Open) -> None:
    """Keys without a letter leave a field as it is."""
    async with stage_app(draft={ANI.nama: full_plan()}, place=(ANI.nama, "data_diri", "golongan")) as u:
        before = u.cursor
        await u.press("f20 ctrl+@ alt+z ctrl+shift+left insert")
        assert u.cursor == before
