"""A walk over every screen, pane, dialog and notice with another word that attacks in every place; nothing of it was cleaned."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path
from typing import cast

from pmm_tui.errors import InputError, PmmError, StorageError
from pmm_tui.roster.model import BarisBanding, Catatan, Ubahan
from pmm_tui.skp.model import Pegawai
from pmm_tui.tui.ports import HasilTarik
from pmm_tui.tui.screens.screen import Layar
from tests.faults.input.places import Kata, siapkan
from tests.tui.samples import ANI, rencana_penuh
from tests.tui.stage import Panggung


async def keliling(u: Panggung, w: Kata, putaran: int) -> AsyncIterator[str]:
    """Go everywhere; yields where one is, each time something new can be read."""
    guru = siapkan(u, w, putaran)
    app = u.app
    app.in_force = u.layanan.acuan()
    await app.refresh_all()
    await u.tempel(w(81))
    yield "pencarian"
    await u.tekan("escape")
    yield "daftar"
    await u.tekan("end")
    yield "daftar, akhir"
    app.announce(w(72), True)
    yield "pemberitahuan"
    await u.tekan("f9")
    yield "hasil kirim"
    await u.tekan("f5")
    yield "hasil tarik"
    for part in (_rencana_layar(u, w, guru[0]), _siap(u, guru[-1]), _kotak(u), _impor(u, w), _setelan(u, w), _lain(u, w, guru[0])):
        async for where in part:
            yield where


async def _rencana_layar(u: Panggung, w: Kata, satu: Pegawai) -> AsyncIterator[str]:
    from pmm_tui.tui.panes.registry import URUTAN

    await u.app.navigation.open_plan(satu, section=URUTAN[0])
    for nomor, bagian in enumerate(URUTAN):
        if nomor:
            await u.tekan("f6")
        yield bagian
        await u.tekan("ctrl+home")
        for _ in range(8):  # row by row: what stands between two rows is in sight with one of them
            await u.tekan("down")
            yield f"{bagian}, turun"
        await u.tekan("pagedown*3")
        yield f"{bagian}, bawah"
        if bagian == "data_diri":
            await u.tekan("ctrl+end enter")
            yield "dialog data diri"
            await u.tekan("escape ctrl+home")
            await u.tempel(w(80))
            yield "tempelan"
            await u.tekan("ctrl+z")
        if bagian == "praktik_pembelajaran":
            await u.tekan("ctrl+home f1")
            yield "bantuan"
            await u.tekan("escape")
        if bagian == "pengembangan_kompetensi":
            await u.tekan("f4")
            yield "pilih RHK"
            await u.tempel(w(81))
            yield "pencarian RHK"
            await u.tekan("escape ctrl+home ctrl+u")
            await u.tempel(w(80))
            await u.tekan("home")
            yield "tempelan uraian"
            await u.tekan("down*8")
            yield "keluhan"
        if bagian == "tugas_tambahan":
            await u.tekan("ctrl+home down*3")
            yield "usulan tugas"
    await u.tekan("f9")
    yield "belum dapat diajukan"
    await u.tekan("escape*3")


async def _siap(u: Panggung, satu: Pegawai) -> AsyncIterator[str]:
    """A plan that nothing stops."""
    await u.app.navigation.open_plan(satu, section="data_diri")
    yield "data diri, lengkap"
    await u.tekan("f9")
    yield "ajukan"
    await u.tekan("escape*3")


async def _kotak(u: Panggung) -> AsyncIterator[str]:
    for turun in range(4):
        await u.tekan("f8")
        for _ in range(turun):
            await u.tekan("down")
            yield "kotak"
        yield "kotak"
        await u.tekan("enter")
        yield "dari kotak"
        await u.tekan("escape*4")


async def _impor(u: Panggung, w: Kata) -> AsyncIterator[str]:
    from pmm_tui.tui.screens import import_roster

    asli = import_roster.berkas_terbaru
    import_roster.berkas_terbaru = lambda *_: [Path(w(59).replace("/", "-"), f"{w(58).replace('/', '-')}.xlsx")]  # type: ignore[assignment]
    try:
        await u.tekan("f4")
        yield "pilih berkas"
        u.layanan.hasil_baca = InputError(w(57))
        await u.tekan("ctrl+home")
        await u.tempel(w(58))
        await u.tekan("down enter")
        await u.sampai(lambda: bool(u.app.screen.query_one("#berkas").keluhan))  # type: ignore[attr-defined]
        yield "galat berkas"
        u.layanan.hasil_baca = _bacaan(w)
        await u.tekan("down enter")
        await u.sampai_teks("pratinjau")
        for _ in range(3):
            yield "pratinjau"
            await u.tekan("down")
        await u.tekan("escape")
    finally:
        import_roster.berkas_terbaru = asli


def _bacaan(w: Kata) -> tuple[tuple[BarisBanding, ...], str]:
    catatan = Catatan(w(51)[:40], w(52)), Catatan(w(51)[:40], w(55))
    return (
        BarisBanding(baris=6, keadaan="ditolak", nama=w(50), alasan=(catatan[0],)),
        BarisBanding(
            baris=7,
            keadaan="diperbarui",
            nama="Ani",
            pegawai=ANI,
            lama=ANI,
            ubahan=(Ubahan("nama", w(51)[:40], w(53)[:60], w(54)),),
        ),
        BarisBanding(baris=8, keadaan="baru", nama="Budi", pegawai=ANI, peringatan=(catatan[1],)),
    ), w(56)


async def _setelan(u: Panggung, w: Kata) -> AsyncIterator[str]:
    await u.tekan("f7")
    yield "pengaturan"
    await u.tekan("home")
    yield "pengaturan, awal alamat"
    await u.tekan("ctrl+end")
    yield "pengaturan, akhir"
    for hasil in (HasilTarik(kalimat=w(36)[:600], beres=True), PmmError(w(37)[:600])):
        u.layanan.hasil_uji = hasil
        await u.ke("Uji sambungan")
        await u.tekan("enter")
        await u.tekan("ctrl+end")
        yield "hasil uji"
    await u.tekan("escape")


async def _lain(u: Panggung, w: Kata, satu: Pegawai) -> AsyncIterator[str]:
    from pmm_tui.tui.screens.plan_dialogs import offer_emergency_copy

    await u.tekan("f6")
    yield "periode"
    await u.tekan("escape f2*6 f3*3")
    yield "saringan"
    u.layanan.darurat = Path(w(71).replace("\0", ""))
    for galat in ({}, {"simpan_darurat": StorageError(w(70))}):
        u.layanan.galat = galat
        await offer_emergency_copy(cast(Layar, u.app.screen), w(70), satu, rencana_penuh())
        await u.tekan("f24")
        yield "darurat"
        await u.tekan("enter")
        yield "sesudah darurat"
    u.layanan.galat = {}
    await u.tekan("f11")
    yield "hemat"
    await u.tekan("f11")
