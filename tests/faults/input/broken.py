"""The program with a bug put into it: `python -m tests.faults.input.broken WHERE ARGUMENTS...`.

Each bug shows itself when Ctrl+Y is pressed, or on the way to where it is, as an error that holds a name, a NIP and a token.
"""

from __future__ import annotations

import asyncio
import base64
import sys
from collections.abc import Callable
from typing import Any

NAMA, NIP, TOKEN = "Kenari Rahasia", "198512312010012345", "token-kenari-7f3a9c"
"""Canaries: nobody else's name and number, and a token."""


def bentuk(rahasia: str) -> set[bytes]:
    """A secret as it could be written."""
    plain = rahasia.encode()
    kode = {
        base64.b64encode(plain).rstrip(b"="),
        plain.hex().encode(),
        rahasia.encode("utf-16-le"),
        rahasia.replace(" ", "%20").encode(),
    }
    return {plain, *kode}


def ada(content: bytes, rahasia: str) -> bool:
    """Whether a secret stands in what was written or said, in any spelling."""
    return any(satu in content for satu in bentuk(rahasia))


def meledak(*_: object, **__: object) -> Any:
    """Raise, with what is secret in the message, the cause and the local variables."""
    nip, token = NIP, TOKEN
    try:
        raise KeyError(nip)
    except KeyError as cause:
        raise ValueError(f"{NAMA} {nip} {token}") from cause


def _pada_ctrl_y(ganti: Callable[[], object]) -> None:
    from pmm_tui.tui.screens.rencana import RencanaScreen

    RencanaScreen.action_ulang = lambda self: ganti()  # type: ignore[method-assign, assignment]


def on_mount() -> None:
    from pmm_tui.tui.panes.tugas_tambahan import TugasTambahanPane

    TugasTambahanPane.on_mount = meledak  # type: ignore[method-assign]


def tombol() -> None:
    _pada_ctrl_y(meledak)


def pekerja() -> None:
    from pmm_tui.tui.screens.rencana import RencanaScreen

    async def kerja() -> None:
        await asyncio.sleep(0)
        meledak()

    def ulang(self: RencanaScreen) -> None:
        self.run_worker(kerja(), exit_on_error=False)

    RencanaScreen.action_ulang = ulang  # type: ignore[method-assign]


def tarik() -> None:
    from pmm_tui.cli.screen_services import ScreenServices

    ScreenServices.tarik = meledak  # type: ignore[method-assign]


def gambar() -> None:
    from pmm_tui.tui.widgets.sheet import Lembar

    asli = Lembar.gambar

    def rusak() -> None:
        Lembar.gambar = meledak  # type: ignore[method-assign]

    assert asli
    _pada_ctrl_y(rusak)


def baca() -> None:
    from pmm_tui.tui.posix_driver import PasteParser

    asli = PasteParser.feed
    PasteParser.feed = lambda self, data: meledak() if "\x19" in data else asli(self, data)  # type: ignore[method-assign]


def simpan() -> None:
    from pmm_tui.store.drafts import Drafts

    Drafts.save = meledak  # type: ignore[method-assign]


def jadwal() -> None:
    _pada_ctrl_y(lambda: asyncio.get_running_loop().call_later(0.01, meledak))


def nilai() -> None:
    from pmm_tui.services import plan_session

    def rusak() -> None:
        plan_session.judged = meledak

    _pada_ctrl_y(rusak)


def awal() -> None:
    from pmm_tui.tui.app import PmmApp

    PmmApp.on_mount = meledak  # type: ignore[method-assign]


def perintah() -> None:
    from pmm_tui.cli.commands import daftar

    daftar.all_rows = meledak


BUG = {
    fungsi.__name__: fungsi for fungsi in (on_mount, tombol, pekerja, tarik, gambar, baca, simpan, jadwal, nilai, awal, perintah)
}


if __name__ == "__main__":
    from pmm_tui.cli.main import main

    BUG[sys.argv[1]]()
    sys.exit(main(sys.argv[2:]))
