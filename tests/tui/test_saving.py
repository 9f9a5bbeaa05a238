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
from tests.tui.conftest import Open
from tests.tui.fake_services import OFFLINE
from tests.tui.keyboard import LIMIT
from tests.tui.samples import ANI, BUDI, TRAINING, full_plan, started_plan

pytestmark = pytest.mark.anyio
ALONE = {ANI.nama: started_plan().with_section(PengembanganKompetensi(rhk=(RHK(uraian="", target=1),)))}
DESCRIPTION = (ANI.nama, "pengembangan_kompetensi", "rhk/0/uraian")


async def test_saved_half_a_second_after_the_edit(stage_app: Open) -> None:
    """Half a second after an edit the draft is in the store, nothing else being done; the status line says when."""
    async with stage_app(draft={ANI.nama: started_plan()}) as u:
        await u.press("enter space")
        u.clock.frozen = u.clock.current() + 0.5  # the clock of the app stops there
        until = time.monotonic() + LIMIT
        while (draft := u.draft("Ani")) is None or not draft.praktik_pembelajaran.indikator:
            assert time.monotonic() < until, "tidak tersimpan setengah detik sesudah suntingan"
            await asyncio.sleep(0)
        u.clock.frozen = None
        await u.until(lambda: u.status.strip().startswith("Tersimpan 10.42  "))


async def test_typing_on_and_on_is_saved_all_the_same(stage_app: Open) -> None:
    """Half a second counts from the first unsaved edit: who never stops typing is saved, too."""
    async with stage_app(draft=ALONE, place=DESCRIPTION) as u:
        await u.press("'a'")
        for letter in "bcd":
            u.advance(0.2)
            await u.press(f"'{letter}'")
        until = time.monotonic() + LIMIT
        u.clock.frozen = u.clock.current()
        while not (draft := u.draft("Ani")) or not draft.pengembangan_kompetensi.rhk[0].uraian:
            assert time.monotonic() < until, "tidak tersimpan selama diketik"
            await asyncio.sleep(0)
        u.clock.frozen = None


@pytest.mark.usefixtures("no_autosave")
async def test_unsaved_is_marked(stage_app: Open) -> None:
    """Until the newest edit is on the disk the status line shows that something is on its way."""
    async with stage_app(draft={ANI.nama: started_plan()}) as u:
        await u.press("enter")
        saved = u.status
        await u.press("space")
        assert u.status != saved
        assert "*" in u.status
        u.advance(3600)
        await u.until(lambda: "*" not in u.status)
        draft = u.draft("Ani")
        assert draft is not None
        assert draft.praktik_pembelajaran.indikator


@pytest.mark.parametrize("keys", ["f6", "f7", "f12", "ctrl+q", "escape", "f8"])
async def test_saved_at_once_on_leaving(stage_app: Open, keys: str) -> None:
    """A change of pane, another screen, the list and the end of the program do not wait for the half second."""
    async with stage_app(draft=ALONE, place=DESCRIPTION) as u:
        await u.press(f"'Menulis' {keys}")
        draft = u.draft("Ani")
        assert draft is not None
        assert draft.pengembangan_kompetensi.rhk[0].uraian == "Menulis"


async def test_fast_edits_are_all_there(stage_app: Open) -> None:
    """Keys that arrive all at once lose nothing and keep their order."""
    async with stage_app(draft=ALONE, place=DESCRIPTION) as u:
        await u.press("'Menulis modul ajar' down 'modul' down 'Naskah' down '12'", in_a_row=True)
        rencana = await u.saved("Ani", lambda r: r.pengembangan_kompetensi.rhk[0].target == 12)
        (rhk,) = rencana.pengembangan_kompetensi.rhk
        assert (rhk.uraian, rhk.satuan, rhk.bukti) == ("Menulis modul ajar", "modul", "Naskah")


async def test_fast_choices_are_all_there(stage_app: Open) -> None:
    """Seven choices pressed at once are seven choices."""
    async with stage_app(draft={ANI.nama: started_plan()}, place=(ANI.nama, "perilaku_kerja", "")) as u:
        await u.press("enter*7", in_a_row=True)
        assert len((await u.saved("Ani", lambda r: len(r.perilaku_kerja.indikator) >= 7)).perilaku_kerja.indikator) == 7


async def test_typing_never_moves_the_text_cursor(stage_app: Open) -> None:
    """What is typed in the middle of a text stays in the middle, also when it was saved or refreshed meanwhile."""
    async with stage_app(draft=ALONE, place=DESCRIPTION, gate=True) as u:
        await u.press("'ace' left 'd' left*2 'b'")
        assert u.cursor.endswith("abcde")
        await u.saved("Ani", lambda r: r.pengembangan_kompetensi.rhk[0].uraian == "abcde")
        await u.press("'1'")
        assert u.cursor.endswith("ab1cde")
        u.services.send_result = OFFLINE
        u.open_gate()  # the sending that began with the program ends: everything is read again
        await u.until_text(OFFLINE.sentence)
        await u.press("'2' end '3' home '0'")
        assert u.cursor.endswith("0ab12cde3")
        await u.saved("Ani", lambda r: r.pengembangan_kompetensi.rhk[0].uraian == "0ab12cde3")


async def test_golongan_is_not_rewritten_under_the_fingers(stage_app: Open) -> None:
    """A value that is kept in another form is shown as typed until the field is left."""
    async with stage_app(draft={ANI.nama: started_plan()}, place=(ANI.nama, "data_diri", "golongan")) as u:
        await u.press("ctrl+u 'iii/d'")
        assert u.cursor.split()[1] == "iii/d"
        await u.press("down")
        assert "III/d" in u.row("Golongan ")


@pytest.mark.parametrize(
    ("section", "move", "cursor"),
    [
        ("data_diri", "up*2", "( ) Guru Ahli Madya"),
        ("praktik_pembelajaran", "down", "( ) Umpan Balik Konstruktif"),
        ("pengembangan_kompetensi", "ctrl+home", "Target kuantitas"),
        ("tugas_tambahan", "down*2", "[ ] Wakil Kepala"),
        ("perilaku_kerja", "down", "Lanjut"),
        ("rangkuman", "up", "[x] Sudah dikonfirmasi guru"),
    ],
)
async def test_opens_where_it_was_left(stage_app: Open, section: str, move: str, cursor: str) -> None:
    """After the end of the program it opens with the same teacher, pane and field."""
    draft = {BUDI.nama: full_plan()}
    async with stage_app(draft=draft, place=(BUDI.nama, section, "")) as u:
        await u.press(move)
        assert u.cursor.startswith(cursor)
        tab = u.screen_text()[1]
        await u.press("f12")
        assert not u.app.is_running
    async with stage_app(teachers=()) as u:
        assert u.title.startswith(" ‹ Budi")
        assert u.screen_text()[1] == tab
        assert u.cursor.startswith(cursor)
        await u.press("escape")
        assert u.title.startswith(" Daftar Guru")
        assert u.cursor.startswith("Budi")


@pytest.mark.parametrize(
    ("section", "remembered", "cursor"),
    [
        ("data_diri", "jenjang_jabatan/ahli-madya", "( ) Guru Ahli Madya"),
        ("data_diri", "golongan", "Golongan"),
        ("praktik_pembelajaran", "indikator/umpan-balik-konstruktif", "( ) Umpan Balik Konstruktif"),
        ("pengembangan_kompetensi", "rhk/0/target", "Target kuantitas"),
        ("pengembangan_kompetensi", "rhk/7/target", "Tambah"),
        ("tugas_tambahan", "tugas/wakil-kepala", "[ ] Wakil Kepala"),
        ("tugas_tambahan", "tidak_ada", "[x] Tidak ada"),
        ("rangkuman", "ke:perilaku_kerja", "4 Perilaku"),
        ("rangkuman", "tidak pernah ada", "Ajukan"),
    ],
)
async def test_opens_where_an_older_version_left_it(stage_app: Open, section: str, remembered: str, cursor: str) -> None:
    """The rows bear the names that older versions have remembered; what is no row any more leads to the pane's beginning."""
    async with stage_app(draft={BUDI.nama: full_plan()}, place=(BUDI.nama, section, remembered)) as u:
        assert u.cursor.startswith(cursor)


@pytest.mark.skipif(os.name == "nt", reason="Windows ends a console program by itself")
@pytest.mark.parametrize("signal_name", ["SIGTERM", "SIGHUP"])
async def test_end_from_outside_saves_first(stage_app: Open, signal_name: str) -> None:
    """A shutdown or a closed terminal ends the program only after draft and place were saved."""
    async with stage_app(draft=ALONE, place=DESCRIPTION) as u:
        await u.press("'Menulis'")
        os.kill(os.getpid(), getattr(signal, signal_name))
        await u.until(lambda: u.app.return_code is not None)
        draft = u.draft("Ani")
        assert draft is not None
        assert draft.pengembangan_kompetensi.rhk[0].uraian == "Menulis"
        assert "rhk/0/uraian" in (u.store.reference.memo("tempat") or "")


async def test_list_that_was_left_opens_as_list(stage_app: Open) -> None:
    """Who went back to the list before the end finds the list."""
    async with stage_app(draft={ANI.nama: started_plan()}) as u:
        await u.press("enter escape f12")
    async with stage_app(teachers=()) as u:
        assert u.title.startswith(" Daftar Guru")


@pytest.mark.parametrize(
    "memo", ["", "null", "{", "[]", '{"pegawai": 999, "periode": "2026"}', '{"pegawai": "x", "periode": "2026"}']
)
async def test_place_that_is_no_more_is_no_trouble(stage_app: Open, memo: str) -> None:
    """A remembered place that cannot be read, or whose teacher is gone, opens the list."""
    async with stage_app() as u:
        u.store.reference.set_memo("tempat", memo)
    async with stage_app(teachers=()) as u:
        assert u.title.startswith(" Daftar Guru")


async def test_place_of_another_period_opens_the_list(stage_app: Open) -> None:
    """A place of last year's period is not gone to."""
    async with stage_app(draft={ANI.nama: full_plan()}, periode="2025", place=(ANI.nama, "rangkuman", "")) as u:
        assert u.title.startswith(" ‹ Ani")
    async with stage_app(teachers=()) as u:
        assert u.title.startswith(" Daftar Guru")


async def test_older_edit_never_wins(stage_app: Open) -> None:
    """Another plan's save, or an older one of this plan, never takes the place of what stands."""
    async with stage_app(draft={ANI.nama: full_plan(2), BUDI.nama: full_plan(3)}) as u:
        await u.press("enter f7*3 up '5' escape down enter f7*3 up '6' escape")
        for name, target in (("Ani", 5), ("Budi", 6)):
            draft = u.draft(name)
            assert draft is not None
            assert draft.pengembangan_kompetensi.rhk == (RHK(kompetensi=TRAINING, target=target),)


@pytest.mark.usefixtures("no_autosave")
async def test_saved_is_not_said_while_something_newer_is_not(stage_app: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    """A save that ends after a newer letter leaves the star, until the newer one is on the disk too."""
    async with stage_app(draft=ALONE, place=DESCRIPTION) as u:
        save, started, go_on = u.store.drafts.save, [threading.Event(), threading.Event()], [threading.Event(), threading.Event()]
        calls = iter(zip(started, go_on, strict=True))

        def slow(*plan):
            begun, wait = next(calls)
            begun.set()
            assert wait.wait(LIMIT)
            return save(*plan)

        async def until(event: threading.Event) -> None:
            end = time.monotonic() + LIMIT
            while not event.is_set():
                assert time.monotonic() < end
                await asyncio.sleep(0.001)

        await u.press("'a'")
        monkeypatch.setattr(u.store.drafts, "save", slow)
        u.advance(3600)
        await until(started[0])
        u.app.post_message(Key("b", "b"))
        while not u.cursor.endswith("ab"):
            await asyncio.sleep(0.001)
        go_on[0].set()
        await until(started[1])
        await asyncio.sleep(0.05)  # what the first save had to tell has been told
        assert "*" in u.status
        go_on[1].set()
        await u.until(lambda: u.status.strip().startswith("Tersimpan 10.42  "))


@pytest.mark.skipif(os.name == "nt", reason="Windows ends a console program by itself")
async def test_end_from_outside_with_a_full_disk_leaves_a_file(stage_app: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    """Told to end while the records take nothing, what was typed goes into a file of its own, and the file is named."""
    async with stage_app(draft=ALONE, place=DESCRIPTION) as u:

        def full(*_: object) -> None:
            raise DiskFullError("Disk penuh; kosongkan ruang lalu coba lagi.")

        await u.press("'Menulis'")
        with monkeypatch.context() as disk:
            disk.setattr(u.store.drafts, "save", full)
            os.kill(os.getpid(), signal.SIGTERM)
            await u.until(lambda: u.app.return_code is not None)
        ((_, periode, rencana),) = u.services.called("save_emergency_copy")
        assert periode == "2026"
        assert rencana.pengembangan_kompetensi.rhk[0].uraian == "Menulis"
        assert u.app.emergency_file == u.services.emergency_file
        assert not u.app.lost


async def test_what_nothing_could_take_is_known_at_the_end(stage_app: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where neither the records nor a file take the last edit, the program still ends, and knows what it lost."""
    async with stage_app(draft=ALONE, place=DESCRIPTION) as u:

        def full(*_: object) -> None:
            raise DiskFullError("Disk penuh; kosongkan ruang lalu coba lagi.")

        await u.press("'Menulis'")
        u.services.faults["save_emergency_copy"] = DiskFullError("Disk penuh.")
        with monkeypatch.context() as disk:
            disk.setattr(u.store.drafts, "save", full)
            u.app.terminal_lost()
            await u.until(lambda: u.app.return_code is not None)
        assert u.app.lost
        assert u.app.emergency_file is None


async def test_the_last_save_takes_what_the_pane_has_not_told_yet(stage_app: Open) -> None:
    """A bug that ends the program between an edit and its message does not take the edit along."""
    async with stage_app(draft=ALONE, place=DESCRIPTION) as u:
        pane = u.app.screen.query_one(PengembanganKompetensiPane)
        pane.replace(PengembanganKompetensi(rhk=(RHK(uraian="Belum diceritakan", target=1),)))
        assert u.app.screen.force_save() is None
        draft = u.draft("Ani")
        assert draft is not None
        assert draft.pengembangan_kompetensi.rhk[0].uraian == "Belum diceritakan"
