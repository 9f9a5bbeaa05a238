"""Every edit is saved by itself, none is lost, and the program opens where it was left."""

from __future__ import annotations

import asyncio
import os
import signal
import threading
import time

import pytest
from textual.events import Key

from pmm_tui.errors import DiskFullError
from pmm_tui.skp.model import RHK, PengembanganKompetensi
from pmm_tui.tui.panes.pengembangan_kompetensi import PengembanganKompetensiPane
from tests.tui.conftest import Buka
from tests.tui.fake_services import LURING
from tests.tui.keyboard import BATAS
from tests.tui.samples import ANI, BUDI, PELATIHAN, rencana_mulai, rencana_penuh

pytestmark = pytest.mark.anyio
SENDIRI = {ANI.nama: rencana_mulai().with_section(PengembanganKompetensi(rhk=(RHK(uraian="", target=1),)))}
URAIAN = (ANI.nama, "pengembangan_kompetensi", "rhk/0/uraian")


async def test_saved_half_a_second_after_the_edit(app_uji: Buka) -> None:
    """Half a second after an edit the draft is in the store, nothing else being done; the status line says when."""
    async with app_uji(draf={ANI.nama: rencana_mulai()}) as u:
        await u.tekan("enter space")
        u.jam.beku = u.jam.kini() + 0.5  # the clock of the app stops there
        until = time.monotonic() + BATAS
        while (draf := u.draf("Ani")) is None or not draf.praktik_pembelajaran.indikator:
            assert time.monotonic() < until, "tidak tersimpan setengah detik sesudah suntingan"
            await asyncio.sleep(0)
        u.jam.beku = None
        await u.sampai(lambda: u.status.strip().startswith("Tersimpan 10.42  "))


async def test_typing_on_and_on_is_saved_all_the_same(app_uji: Buka) -> None:
    """Half a second counts from the first unsaved edit: who never stops typing is saved, too."""
    async with app_uji(draf=SENDIRI, tempat=URAIAN) as u:
        await u.tekan("'a'")
        for huruf in "bcd":
            u.maju(0.2)
            await u.tekan(f"'{huruf}'")
        until = time.monotonic() + BATAS
        u.jam.beku = u.jam.kini()
        while not (draf := u.draf("Ani")) or not draf.pengembangan_kompetensi.rhk[0].uraian:
            assert time.monotonic() < until, "tidak tersimpan selama diketik"
            await asyncio.sleep(0)
        u.jam.beku = None


@pytest.mark.usefixtures("no_autosave")
async def test_unsaved_is_marked(app_uji: Buka) -> None:
    """Until the newest edit is on the disk the status line shows that something is on its way."""
    async with app_uji(draf={ANI.nama: rencana_mulai()}) as u:
        await u.tekan("enter")
        tersimpan = u.status
        await u.tekan("space")
        assert u.status != tersimpan
        assert "*" in u.status
        u.maju(3600)
        await u.sampai(lambda: "*" not in u.status)
        draf = u.draf("Ani")
        assert draf is not None
        assert draf.praktik_pembelajaran.indikator


@pytest.mark.parametrize("kunci", ["f6", "f7", "f12", "ctrl+q", "escape", "f8"])
async def test_saved_at_once_on_leaving(app_uji: Buka, kunci: str) -> None:
    """A change of pane, another screen, the list and the end of the program do not wait for the half second."""
    async with app_uji(draf=SENDIRI, tempat=URAIAN) as u:
        await u.tekan(f"'Menulis' {kunci}")
        draf = u.draf("Ani")
        assert draf is not None
        assert draf.pengembangan_kompetensi.rhk[0].uraian == "Menulis"


async def test_fast_edits_are_all_there(app_uji: Buka) -> None:
    """Keys that arrive all at once lose nothing and keep their order."""
    async with app_uji(draf=SENDIRI, tempat=URAIAN) as u:
        await u.tekan("'Menulis modul ajar' down 'modul' down 'Naskah' down '12'", beruntun=True)
        rencana = await u.tersimpan("Ani", lambda r: r.pengembangan_kompetensi.rhk[0].target == 12)
        (rhk,) = rencana.pengembangan_kompetensi.rhk
        assert (rhk.uraian, rhk.satuan, rhk.bukti) == ("Menulis modul ajar", "modul", "Naskah")


async def test_fast_choices_are_all_there(app_uji: Buka) -> None:
    """Seven choices pressed at once are seven choices."""
    async with app_uji(draf={ANI.nama: rencana_mulai()}, tempat=(ANI.nama, "perilaku_kerja", "")) as u:
        await u.tekan("enter*7", beruntun=True)
        assert len((await u.tersimpan("Ani", lambda r: len(r.perilaku_kerja.indikator) >= 7)).perilaku_kerja.indikator) == 7


async def test_typing_never_moves_the_text_cursor(app_uji: Buka) -> None:
    """What is typed in the middle of a text stays in the middle, also when it was saved or refreshed meanwhile."""
    async with app_uji(draf=SENDIRI, tempat=URAIAN, gerbang=True) as u:
        await u.tekan("'ace' left 'd' left*2 'b'")
        assert u.kursor.endswith("abcde")
        await u.tersimpan("Ani", lambda r: r.pengembangan_kompetensi.rhk[0].uraian == "abcde")
        await u.tekan("'1'")
        assert u.kursor.endswith("ab1cde")
        u.layanan.hasil_kirim = LURING
        u.buka_gerbang()  # the sending that began with the program ends: everything is read again
        await u.sampai_teks(LURING.kalimat)
        await u.tekan("'2' end '3' home '0'")
        assert u.kursor.endswith("0ab12cde3")
        await u.tersimpan("Ani", lambda r: r.pengembangan_kompetensi.rhk[0].uraian == "0ab12cde3")


async def test_golongan_is_not_rewritten_under_the_fingers(app_uji: Buka) -> None:
    """A value that is kept in another form is shown as typed until the field is left."""
    async with app_uji(draf={ANI.nama: rencana_mulai()}, tempat=(ANI.nama, "data_diri", "golongan")) as u:
        await u.tekan("ctrl+u 'iii/d'")
        assert u.kursor.endswith("iii/d")
        await u.tekan("down")
        assert "III/d" in u.baris("Golongan ")


@pytest.mark.parametrize(
    ("bagian", "gerak", "kursor"),
    [
        ("data_diri", "up*2", "( ) Guru Ahli Madya"),
        ("praktik_pembelajaran", "down", "( ) Umpan Balik Konstruktif"),
        ("pengembangan_kompetensi", "ctrl+home", "Target kuantitas"),
        ("tugas_tambahan", "down*2", "[ ] Wakil Kepala"),
        ("perilaku_kerja", "down", "Lanjut"),
        ("rangkuman", "up", "[x] Sudah dikonfirmasi guru"),
    ],
)
async def test_opens_where_it_was_left(app_uji: Buka, bagian: str, gerak: str, kursor: str) -> None:
    """After the end of the program it opens with the same teacher, pane and field."""
    draf = {BUDI.nama: rencana_penuh()}
    async with app_uji(draf=draf, tempat=(BUDI.nama, bagian, "")) as u:
        await u.tekan(gerak)
        assert u.kursor.startswith(kursor)
        tab = u.layar()[1]
        await u.tekan("f12")
        assert not u.app.is_running
    async with app_uji(guru=()) as u:
        assert u.kepala.startswith(" Budi")
        assert u.layar()[1] == tab
        assert u.kursor.startswith(kursor)
        await u.tekan("escape")
        assert u.kepala.startswith(" Daftar Guru")
        assert u.kursor.startswith("Budi")


@pytest.mark.parametrize(
    ("bagian", "remembered", "kursor"),
    [
        ("data_diri", "jenjang_jabatan/ahli-madya", "( ) Guru Ahli Madya"),
        ("data_diri", "golongan", "Golongan"),
        ("praktik_pembelajaran", "indikator/umpan-balik-konstruktif", "( ) Umpan Balik Konstruktif"),
        ("pengembangan_kompetensi", "rhk/0/target", "Target kuantitas"),
        ("pengembangan_kompetensi", "rhk/7/target", "Tambah"),
        ("tugas_tambahan", "tugas/wakil-kepala", "[ ] Wakil Kepala"),
        ("tugas_tambahan", "tidak_ada", "[x] Tidak ada"),
        ("rangkuman", "ke:perilaku_kerja", "Perilaku Kerja"),
        ("rangkuman", "tidak pernah ada", "Lanjut"),
    ],
)
async def test_opens_where_an_older_version_left_it(app_uji: Buka, bagian: str, remembered: str, kursor: str) -> None:
    """The rows bear the names that older versions have remembered; what is no row any more leads to the pane's beginning."""
    async with app_uji(draf={BUDI.nama: rencana_penuh()}, tempat=(BUDI.nama, bagian, remembered)) as u:
        assert u.kursor.startswith(kursor)


@pytest.mark.skipif(os.name == "nt", reason="Windows ends a console program by itself")
@pytest.mark.parametrize("sinyal", ["SIGTERM", "SIGHUP"])
async def test_end_from_outside_saves_first(app_uji: Buka, sinyal: str) -> None:
    """A shutdown or a closed terminal ends the program only after draft and place were saved."""
    async with app_uji(draf=SENDIRI, tempat=URAIAN) as u:
        await u.tekan("'Menulis'")
        os.kill(os.getpid(), getattr(signal, sinyal))
        await u.sampai(lambda: u.app.return_code is not None)
        draf = u.draf("Ani")
        assert draf is not None
        assert draf.pengembangan_kompetensi.rhk[0].uraian == "Menulis"
        assert "rhk/0/uraian" in (u.store.reference.memo("tempat") or "")


async def test_list_that_was_left_opens_as_list(app_uji: Buka) -> None:
    """Who went back to the list before the end finds the list."""
    async with app_uji(draf={ANI.nama: rencana_mulai()}) as u:
        await u.tekan("enter escape f12")
    async with app_uji(guru=()) as u:
        assert u.kepala.startswith(" Daftar Guru")


@pytest.mark.parametrize(
    "memo", ["", "null", "{", "[]", '{"pegawai": 999, "periode": "2026"}', '{"pegawai": "x", "periode": "2026"}']
)
async def test_place_that_is_no_more_is_no_trouble(app_uji: Buka, memo: str) -> None:
    """A remembered place that cannot be read, or whose teacher is gone, opens the list."""
    async with app_uji() as u:
        u.store.reference.set_memo("tempat", memo)
    async with app_uji(guru=()) as u:
        assert u.kepala.startswith(" Daftar Guru")


async def test_place_of_another_period_opens_the_list(app_uji: Buka) -> None:
    """A place of last year's period is not gone to."""
    async with app_uji(draf={ANI.nama: rencana_penuh()}, periode="2025", tempat=(ANI.nama, "rangkuman", "")) as u:
        assert u.kepala.startswith(" Ani")
    async with app_uji(guru=()) as u:
        assert u.kepala.startswith(" Daftar Guru")


async def test_older_edit_never_wins(app_uji: Buka) -> None:
    """Another plan's save, or an older one of this plan, never takes the place of what stands."""
    async with app_uji(draf={ANI.nama: rencana_penuh(2), BUDI.nama: rencana_penuh(3)}) as u:
        await u.tekan("enter f7*3 up '5' escape down enter f7*3 up '6' escape")
        for nama, target in (("Ani", 5), ("Budi", 6)):
            draf = u.draf(nama)
            assert draf is not None
            assert draf.pengembangan_kompetensi.rhk == (RHK(kompetensi=PELATIHAN, target=target),)


@pytest.mark.usefixtures("no_autosave")
async def test_saved_is_not_said_while_something_newer_is_not(app_uji: Buka, monkeypatch: pytest.MonkeyPatch) -> None:
    """A save that ends after a newer letter leaves the star, until the newer one is on the disk too."""
    async with app_uji(draf=SENDIRI, tempat=URAIAN) as u:
        save, started, go_on = u.store.drafts.save, [threading.Event(), threading.Event()], [threading.Event(), threading.Event()]
        calls = iter(zip(started, go_on, strict=True))

        def slow(*plan):
            begun, wait = next(calls)
            begun.set()
            assert wait.wait(BATAS)
            return save(*plan)

        async def until(event: threading.Event) -> None:
            end = time.monotonic() + BATAS
            while not event.is_set():
                assert time.monotonic() < end
                await asyncio.sleep(0.001)

        await u.tekan("'a'")
        monkeypatch.setattr(u.store.drafts, "save", slow)
        u.maju(3600)
        await until(started[0])
        u.app.post_message(Key("b", "b"))
        while not u.kursor.endswith("ab"):
            await asyncio.sleep(0.001)
        go_on[0].set()
        await until(started[1])
        await asyncio.sleep(0.05)  # what the first save had to tell has been told
        assert "*" in u.status
        go_on[1].set()
        await u.sampai(lambda: u.status.strip().startswith("Tersimpan 10.42  "))


@pytest.mark.skipif(os.name == "nt", reason="Windows ends a console program by itself")
async def test_end_from_outside_with_a_full_disk_leaves_a_file(app_uji: Buka, monkeypatch: pytest.MonkeyPatch) -> None:
    """Told to end while the records take nothing, what was typed goes into a file of its own, and the file is named."""
    async with app_uji(draf=SENDIRI, tempat=URAIAN) as u:

        def full(*_: object) -> None:
            raise DiskFullError("Disk penuh; kosongkan ruang lalu coba lagi.")

        await u.tekan("'Menulis'")
        with monkeypatch.context() as disk:
            disk.setattr(u.store.drafts, "save", full)
            os.kill(os.getpid(), signal.SIGTERM)
            await u.sampai(lambda: u.app.return_code is not None)
        ((_, periode, rencana),) = u.layanan.dipanggil("simpan_darurat")
        assert periode == "2026"
        assert rencana.pengembangan_kompetensi.rhk[0].uraian == "Menulis"
        assert u.app.emergency_file == u.layanan.darurat
        assert not u.app.lost


async def test_what_nothing_could_take_is_known_at_the_end(app_uji: Buka, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where neither the records nor a file take the last edit, the program still ends, and knows what it lost."""
    async with app_uji(draf=SENDIRI, tempat=URAIAN) as u:

        def full(*_: object) -> None:
            raise DiskFullError("Disk penuh; kosongkan ruang lalu coba lagi.")

        await u.tekan("'Menulis'")
        u.layanan.galat["simpan_darurat"] = DiskFullError("Disk penuh.")
        with monkeypatch.context() as disk:
            disk.setattr(u.store.drafts, "save", full)
            u.app.terminal_lost()
            await u.sampai(lambda: u.app.return_code is not None)
        assert u.app.lost
        assert u.app.emergency_file is None


async def test_the_last_save_takes_what_the_pane_has_not_told_yet(app_uji: Buka) -> None:
    """A bug that ends the program between an edit and its message does not take the edit along."""
    async with app_uji(draf=SENDIRI, tempat=URAIAN) as u:
        pane = u.app.screen.query_one(PengembanganKompetensiPane)
        pane.ganti(PengembanganKompetensi(rhk=(RHK(uraian="Belum diceritakan", target=1),)))
        assert u.app.screen.force_save() is None
        draf = u.draf("Ani")
        assert draf is not None
        assert draf.pengembangan_kompetensi.rhk[0].uraian == "Belum diceritakan"
