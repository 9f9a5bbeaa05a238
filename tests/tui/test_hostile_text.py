"""Hostile text on every screen: nothing crashes, nothing is obeyed, everything is shown as letters."""

from __future__ import annotations

import unicodedata

import pytest
from rich.cells import cell_len

from pmm_tui.store import Store
from tests.tui.conftest import Buka
from tests.tui.keyboard import strip_layar
from tests.tui.samples import ANI, rencana_penuh
from tests.tui.walk import app_jelajah, jelajah

pytestmark = pytest.mark.anyio
JAHAT = {
    "perintah": "[/] [@click=app.bell]x[/] [bold "
    "\x1b[31m\x1b]52;c;eA==\x07\x1b[2J\x9b1m\x00\r\n\t\x7f\u202eabc\u2066d\u200f\u200b\ufeff",
    "lebar": "\u6f22\u5b57\u30ab\u30ca\ud55c\uae00" * 6 + "e\u0301\u0301" * 30 + "\U0001f469\u200d\U0001f3eb" * 5,
    "panjang": "panjang" + "x" * 10_000,
}


@pytest.mark.parametrize("jenis", JAHAT)
async def test_every_screen_with_hostile_text(store: Store, monkeypatch: pytest.MonkeyPatch, jenis: str) -> None:
    """Every screen, every word of it hostile: no control character in any line, every line its width, no action run."""
    async with app_jelajah(store, JAHAT[jenis]) as u:
        lonceng: list[int] = []
        monkeypatch.setattr(u.app, "bell", lambda: lonceng.append(1))
        dilihat = set()
        async for nama in jelajah(u):
            for strip in strip_layar(u.app):
                for segment in strip:
                    assert not [c for c in segment.text if unicodedata.category(c) in ("Cc", "Cs", "Zl", "Zp")], nama
                    assert not set(segment.text) & set("\u202e\u2066\u200f\u200b\ufeff"), nama
                    assert not (segment.style and (segment.style.meta or segment.style.link)), nama
                assert sum(cell_len(segment.text) for segment in strip) == 80, nama
            dilihat.add(nama)
            assert not u.app.crashed, nama
        assert "emergency" in dilihat
        assert lonceng == []
        assert u.layanan.laporan == []


async def test_markup_is_shown_letter_by_letter(app_uji: Buka) -> None:
    """A name in brackets is a name in brackets, in the list, in the plan and in the dialog."""
    aneh = ANI.__class__(**{f: getattr(ANI, f) for f in ANI.__struct_fields__} | {"nama": "[b]Ani[/b] [@click=app.bell]"})
    async with app_uji(guru=(aneh,), draf={aneh.nama: rencana_penuh()}) as u:
        assert "[b]Ani[/b] [@click=app." in u.teks
        await u.tekan("enter")
        assert u.kepala.startswith(" [b]Ani[/b] [@click=app.bell]")
        await u.tekan("f9")
        assert "[b]Ani[/b] [@click=app.bell]" in u.dialog


async def test_pasted_text_is_cleaned(app_uji: Buka) -> None:
    """What is pasted into a field loses everything that is no letter before it is kept."""
    async with app_uji(draf={ANI.nama: rencana_penuh()}, tempat=(ANI.nama, "data_diri", "golongan")) as u:
        await u.tekan("ctrl+u")
        await u.tempel("\x1b[31mIII\u202e/d\x07\n")
        assert u.kursor.endswith("[31mIII/")  # eight letters are let in
        rencana = await u.tersimpan("Ani", lambda r: r.data_diri.golongan.startswith("["))
        assert rencana.data_diri.golongan == "[31mIII/"


async def test_pasted_search(app_uji: Buka) -> None:
    """A pasted search is cleaned and cut, and finds."""
    async with app_uji() as u:
        await u.tempel("\x1bBudi\r\n")
        assert "Budi Santoso" in u.teks
        assert "Citra" not in u.teks
        await u.tempel("x" * 100_000)
        assert "Tidak ada guru yang cocok" in u.teks


async def test_unprintable_keys_do_nothing(app_uji: Buka) -> None:
    """Keys without a letter leave a field as it is."""
    async with app_uji(draf={ANI.nama: rencana_penuh()}, tempat=(ANI.nama, "data_diri", "golongan")) as u:
        sebelum = u.kursor
        await u.tekan("f20 ctrl+@ alt+z ctrl+shift+left insert")
        assert u.kursor == sebelum
