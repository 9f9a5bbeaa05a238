"""A walk over every screen, pane, dialog and notice with another word that attacks in every place; nothing of it was cleaned."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path
from typing import cast

from pmm_tui.errors import InputError, PmmError, StorageError
from pmm_tui.roster.model import ComparedRow, FieldChange, Remark
from pmm_tui.skp.model import Pegawai
from pmm_tui.tui.ports import FetchOutcome
from pmm_tui.tui.screens.screen import PmmScreen
from tests.faults.input.places import Words, prepare
from tests.tui.samples import ANI, full_plan
from tests.tui.stage import Stage


async def tour(u: Stage, w: Words, turn: int) -> AsyncIterator[str]:
    """Go everywhere; yields where one is, each time something new can be read."""
    teachers = prepare(u, w, turn)
    app = u.app
    app.in_force = u.services.in_force()
    await app.refresh_all()
    await u.paste(w(81))
    yield "pencarian"
    await u.press("escape")
    yield "daftar"
    await u.press("end")
    yield "daftar, akhir"
    app.announce(w(72), True)
    yield "pemberitahuan"
    await u.press("f9")
    yield "hasil kirim"
    await u.press("f5")
    yield "hasil tarik"
    for part in (
        _plan_screens(u, w, teachers[0]),
        _ready(u, teachers[-1]),
        _outbox(u),
        _import_roster(u, w),
        _settings(u, w),
        _other(u, w, teachers[0]),
    ):
        async for where in part:
            yield where


async def _plan_screens(u: Stage, w: Words, one: Pegawai) -> AsyncIterator[str]:
    from pmm_tui.tui.panes.registry import ORDER

    await u.app.navigation.open_plan(one, section=ORDER[0])
    for number, section in enumerate(ORDER):
        if number:
            await u.press("f6")
        yield section
        await u.press("ctrl+home")
        for _ in range(8):  # row by row: what stands between two rows is in sight with one of them
            await u.press("down")
            yield f"{section}, turun"
        await u.press("pagedown*3")
        yield f"{section}, bawah"
        if section == "data_diri":
            await u.press("ctrl+end enter")
            yield "dialog data diri"
            await u.press("escape ctrl+home")
            await u.paste(w(80))
            yield "tempelan"
            await u.press("ctrl+z")
        if section == "praktik_pembelajaran":
            await u.press("ctrl+home f1")
            yield "bantuan"
            await u.press("escape")
        if section == "pengembangan_kompetensi":
            await u.press("f4")
            yield "pilih RHK"
            await u.paste(w(81))
            yield "pencarian RHK"
            await u.press("escape ctrl+home ctrl+u")
            await u.paste(w(80))
            await u.press("home")
            yield "tempelan uraian"
            await u.press("down*8")
            yield "keluhan"
        if section == "tugas_tambahan":
            await u.press("ctrl+home down*3")
            yield "usulan tugas"
    await u.press("f9")
    yield "belum dapat diajukan"
    await u.press("escape*3")


async def _ready(u: Stage, one: Pegawai) -> AsyncIterator[str]:
    """A plan that nothing stops."""
    await u.app.navigation.open_plan(one, section="data_diri")
    yield "data diri, lengkap"
    await u.press("f9")
    yield "ajukan"
    await u.press("escape*3")


async def _outbox(u: Stage) -> AsyncIterator[str]:
    for down in range(4):
        await u.press("f8")
        for _ in range(down):
            await u.press("down")
            yield "kotak"
        yield "kotak"
        await u.press("enter")
        yield "dari kotak"
        await u.press("escape*4")


async def _import_roster(u: Stage, w: Words) -> AsyncIterator[str]:
    from pmm_tui.tui.screens import import_roster

    original = import_roster.newest_files
    import_roster.newest_files = lambda *_: [Path(w(59).replace("/", "-"), f"{w(58).replace('/', '-')}.xlsx")]  # type: ignore[assignment]
    try:
        await u.press("f4")
        yield "pilih berkas"
        u.services.read_result = InputError(w(57))
        await u.press("ctrl+home")
        await u.paste(w(58))
        await u.press("down enter")
        await u.until(lambda: bool(u.app.screen.query_one("#berkas").complaint))  # type: ignore[attr-defined]
        yield "galat berkas"
        u.services.read_result = _reading(w)
        await u.press("down enter")
        await u.until_text("pratinjau")
        for _ in range(3):
            yield "pratinjau"
            await u.press("down")
        await u.press("escape")
    finally:
        import_roster.newest_files = original


def _reading(w: Words) -> tuple[tuple[ComparedRow, ...], str]:
    note = Remark(w(51)[:40], w(52)), Remark(w(51)[:40], w(55))
    return (
        ComparedRow(row=6, outcome="ditolak", name=w(50), reasons=(note[0],)),
        ComparedRow(
            row=7,
            outcome="diperbarui",
            name="Ani",
            pegawai=ANI,
            old=ANI,
            field_changes=(FieldChange("nama", w(51)[:40], w(53)[:60], w(54)),),
        ),
        ComparedRow(row=8, outcome="baru", name="Budi", pegawai=ANI, warnings=(note[1],)),
    ), w(56)


async def _settings(u: Stage, w: Words) -> AsyncIterator[str]:
    await u.press("f7")
    yield "pengaturan"
    await u.press("home")
    yield "pengaturan, awal alamat"
    await u.press("ctrl+end")
    yield "pengaturan, akhir"
    for result in (FetchOutcome(sentence=w(36)[:600], ok=True), PmmError(w(37)[:600])):
        u.services.try_result = result
        await u.go_to("Uji sambungan")
        await u.press("enter")
        await u.press("ctrl+end")
        yield "hasil uji"
    await u.press("escape")


async def _other(u: Stage, w: Words, one: Pegawai) -> AsyncIterator[str]:
    from pmm_tui.tui.screens.plan_dialogs import offer_emergency_copy

    await u.press("f6")
    yield "periode"
    await u.press("escape f2*6 f3*3")
    yield "saringan"
    u.services.emergency_file = Path(w(71).replace("\0", ""))
    for faults in ({}, {"save_emergency_copy": StorageError(w(70))}):
        u.services.faults = faults
        await offer_emergency_copy(cast(PmmScreen, u.app.screen), w(70), one, full_plan())
        await u.press("f24")
        yield "darurat"
        await u.press("enter")
        yield "sesudah darurat"
    u.services.faults = {}
    await u.press("f11")
    yield "hemat"
    await u.press("f11")
