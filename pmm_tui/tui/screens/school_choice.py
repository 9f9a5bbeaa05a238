"""Sekolah lain: which school of this computer is open, another one, or one more."""

from __future__ import annotations

import asyncio

from pmm_tui.errors import PmmError
from pmm_tui.services.schools import SchoolLine
from pmm_tui.skp.nip import npsn_fault
from pmm_tui.text import clean
from pmm_tui.tui.messages import SchoolRequested
from pmm_tui.tui.screens.ask_text import TextScreen
from pmm_tui.tui.screens.choose import Choice, ChoiceScreen
from pmm_tui.tui.screens.dialog import Dialog, DialogLine
from pmm_tui.tui.screens.screen import PmmScreen

_ADD = "+"
_PRACTICE = "Latihan hanya punya satu sekolah khayalan; tutup latihan dulu"


async def ask_school(screen: PmmScreen) -> None:
    """Show the schools of this computer, and go on at the one that is chosen; keys that come while they are read wait for that."""
    if screen.shell.services.practice:
        screen.set_status(_PRACTICE, style="warning")
        return
    try:
        lines = await asyncio.to_thread(screen.shell.services.schools)
    except PmmError as error:
        screen.set_status(error.sentence, style="error")
        return

    def answered(chosen: str | None) -> None:
        if chosen == _ADD:
            _ask_number(screen)
        elif chosen and not next(line.here for line in lines if line.npsn == chosen):
            screen.app.post_message(SchoolRequested(chosen))

    here = next((line.npsn for line in lines if line.here), "")
    add = Choice(_ADD, "Tambah sekolah …", note="data, token dan Kotak Kirim sendiri; yang ada tidak berubah")
    screen.app.push_screen(ChoiceScreen("Sekolah di komputer ini", [*map(_choice, lines), add], here or _ADD), answered)


def _choice(line: SchoolLine) -> Choice:
    label = line.name or ("Sekolah ini" if line.here else "Belum bernama")
    number = f"NPSN {line.npsn}" if line.npsn else "NPSN belum diisi"
    return Choice(line.npsn or "-", label, right="terbuka" if line.here else "", note=f"{number} · {line.words}")


def _ask_number(screen: PmmScreen) -> None:
    def answered(typed: str | None) -> None:
        npsn = (typed or "").strip().upper()
        if fault := npsn and npsn_fault(npsn):
            screen.set_status(f"NPSN {clean(npsn)}: {fault}. Belum ada yang ditambah.", style="warning")
        elif npsn:
            _ask_once_more(screen, npsn)

    screen.app.push_screen(TextScreen("Tambah sekolah", "NPSN", limit=8, yes="Lanjut"), answered)


def _ask_once_more(screen: PmmScreen, npsn: str) -> None:
    """A typing error must not make a school: the number is shown once more."""
    lines: list[DialogLine] = [
        (f"NPSN {npsn}: periksa nomornya sekali lagi.", ""),
        ("Sekolah ini mulai kosong, dengan data, token dan Kotak Kirim sendiri.", "dim"),
        ("Sekolah yang terbuka sekarang disimpan dan ditutup.", "dim"),
    ]

    async def answered(answer: str | None) -> None:
        if answer == "ya":
            await _add(screen, npsn)

    screen.app.push_screen(Dialog("Tambah sekolah", lines, (("batal", "Batal"), ("ya", "Tambah dan buka"))), answered)


async def _add(screen: PmmScreen, npsn: str) -> None:
    try:
        made = await asyncio.to_thread(screen.shell.services.add_school, npsn, "")
    except PmmError as error:
        screen.set_status(error.sentence, style="error")
        return
    screen.app.post_message(SchoolRequested(made))
