"""Pictures of the main screens as plain text, so that a change to one of them is seen.

Set PMM_TUI_TULIS_LAYAR=1 to write them anew, and look at the difference before it is kept.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from pmm_tui.store import Store
from tests.tui.stage import app_uji
from tests.tui.walk import LANGKAH, app_jelajah, jelajah

pytestmark = pytest.mark.anyio
MAP = Path(__file__).parent / "snapshots"
TULIS = bool(os.environ.get("PMM_TUI_TULIS_LAYAR"))  # read now: the tests' environment is a clean one


def bandingkan(nama: str, layar: list[str]) -> str:
    """Compare a screen with its picture, or write that; what differs is returned."""
    path = MAP / f"{nama}.txt"
    teks = "\n".join(layar) + "\n"
    if TULIS:
        MAP.mkdir(exist_ok=True)
        path.write_text(teks, "utf-8", newline="\n")
        return ""
    lama = path.read_text("utf-8").splitlines() if path.exists() else []
    beda = [f"{n:>2} - {was}\n   + {now}" for n, (was, now) in enumerate(zip(lama, layar, strict=False)) if was != now]
    return "\n".join(beda) if len(lama) == len(layar) else f"{path.name}: {len(lama)} baris, kini {len(layar)}"


async def test_every_screen_looks_as_it_did(store: Store) -> None:
    """Each screen of the walk is, letter by letter, its picture in `snapshots/`."""
    beda = {}
    async with app_jelajah(store) as u:
        async for nama in jelajah(u):
            if nama != "emergency":
                u.maju(0.5)
                await u.sampai(lambda: " *" not in u.status)
            if hasil := bandingkan(nama, u.layar()):
                beda[nama] = hasil
    assert not beda, "\n\n".join(f"== {nama}\n{hasil}" for nama, hasil in beda.items())


async def test_first_screens_look_as_they_did(store: Store) -> None:
    """So are the first-run wizard, the empty list and the notice of a small terminal."""
    async with app_uji(store, atur=True) as u:
        beda = [bandingkan("first-run", u.layar())]
        await u.tekan("down enter")
        beda.append(bandingkan("empty", u.layar()))
        await u.ukuran(70, 20)
        beda.append(bandingkan("small", u.layar()))
    assert not any(beda), "\n\n".join(beda)


def test_no_picture_without_its_screen() -> None:
    """Every picture belongs to a screen that is compared."""
    assert {path.stem for path in MAP.glob("*.txt")} == {nama for nama, _ in LANGKAH} | {"first-run", "empty", "small"}
