"""Copying from the list: like the last teacher's at once, or with a look at what changes for whom; always one step."""

from __future__ import annotations

import asyncio
import threading
from collections import Counter
from collections.abc import Callable
from typing import Any

import pytest
from msgspec import structs
from textual.events import Key

from pmm_tui.errors import InputError
from pmm_tui.services import copying
from pmm_tui.skp import overview
from pmm_tui.skp.model import DataDiri, Pegawai, PraktikPembelajaran, Rangkuman, RencanaKinerja, TugasTambahan
from pmm_tui.tui.look_values import LookOptions
from pmm_tui.tui.messages import ReviewRequested
from pmm_tui.tui.screens import copy_choices, copy_preview
from tests.tui.conftest import Open
from tests.tui.fake_services import MOMENT
from tests.tui.keyboard import key_of, press_at
from tests.tui.samples import ANI, CITRA, DEDI, TEACHERS, full_plan, started_plan
from tests.tui.stage import Stage

pytestmark = pytest.mark.anyio
FORTY = tuple(Pegawai(nama=f"Guru {n:02}", nip=f"19850714201001{n:04}", jenis_ptk="Guru Kelas") for n in range(1, 41))


def bare(target: int = 4) -> RencanaKinerja:
    """What of a whole plan may come to another teacher."""
    return structs.replace(full_plan(target), data_diri=DataDiri(), rangkuman=Rangkuman())


def reviews(u: Stage, monkeypatch: pytest.MonkeyPatch) -> list[ReviewRequested]:
    """What is asked to be looked at from now on."""
    asked: list[ReviewRequested] = []
    usual = u.app.post_message

    def post(message: Any) -> bool:
        if isinstance(message, ReviewRequested):
            asked.append(message)
            return True
        return usual(message)

    monkeypatch.setattr(u.app, "post_message", post)
    return asked


def template(u: Stage, name: str = "Guru kelas", target: int = 6) -> None:
    """A template is there."""
    u.store.templates.save(name, "2026", "", full_plan(target), MOMENT)


async def test_what_is_left_to_do_is_told(stage_app: Open) -> None:
    """Not only how much: the content first, then what is decided."""
    half = structs.replace(full_plan(), tugas_tambahan=TugasTambahan())
    async with stage_app(teachers=FORTY[:1], size=(80, 24)) as u:
        u.store.templates.save("Guru kelas", "2026", "", half, MOMENT)
        await u.press("asterisk alt+s enter")
        page = " ".join(u.text.split())
        assert "Sesudah ini 4 hal belum beres: NIP angka ke-15" in page
        assert "; Pilih tugas tambahan, atau nyatakan tidak ada; Data diri belum dinyatakan sesuai; dan 1 lagi" in page


# ---- the next teacher


@pytest.mark.parametrize("thrifty", [False, True])
@pytest.mark.parametrize("key", ["alt+s", "shift+f5"])
async def test_an_untouched_plan_is_filled_at_once(
    stage_app: Open, monkeypatch: pytest.MonkeyPatch, key: str, thrifty: bool
) -> None:
    """One key fills it like the last teacher's, as one step, and asks for the plan to be looked at."""
    async with stage_app(draft={ANI.nama: full_plan(7)}, look=LookOptions(thrifty=thrifty)) as u:
        asked = reviews(u, monkeypatch)
        await u.press(f"down*2 {key}")
        assert u.draft("Citra") == bare(7)
        assert "Diisi seperti Ani Lestari, S.Pd.; Alt+Z mengurungkan" in u.status
        assert [message.ids for message in asked] == [(u.pegawai("Citra").id,)]
        assert asked[0].words.startswith("Diisi seperti Ani Lestari, S.Pd.")
        step = u.store.steps.last("2026")
        assert step is not None
        assert (step.kind, step.count) == ("salin", 1)
        u.store.steps.undo(step.id, MOMENT)
        assert u.draft("Citra") is None


async def test_what_does_not_fit_is_told_and_the_next_one_has_the_same_source(
    stage_app: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Budi has a class: "none" does not come. Citra is filled from Ani again, not from the copy that lacks it."""
    async with stage_app(draft={ANI.nama: full_plan(7)}) as u:
        reviews(u, monkeypatch)
        await u.press("down alt+s")
        assert 'tidak disalin: "Tidak ada tugas tambahan" (Dapodik mencatat: Wali Kelas)' in u.status
        plan = u.draft("Budi")
        assert plan is not None
        assert plan.tugas_tambahan == TugasTambahan()
        await u.press("down alt+s")
        assert u.draft("Citra") == bare(7)


async def test_a_plan_that_is_done_with_is_not_asked_about(stage_app: Open) -> None:
    """One that waits for the server, or is not needed: a sentence, and the key to the next one that is open."""
    async with stage_app(draft={ANI.nama: full_plan()}) as u:
        await u.press("alt+j down enter")
        assert "antre" in u.text
        await u.press("alt+s")
        assert not u.dialog
        assert f"{ANI.nama}: antre, jadi tidak diisi; Alt+U ke guru berikutnya yang belum" in u.status
        await u.press("alt+u")
        assert "Budi" in u.cursor


async def test_where_there_is_no_last_teacher(stage_app: Open) -> None:
    """Without any plan and template one sentence; with a template the list of sources."""
    async with stage_app() as u:
        await u.press("alt+s")
        assert "Belum ada yang dapat disalin" in u.status
        template(u)
        await u.press("alt+s")
        assert "Salin ke Ani Lestari, S.Pd. dari" in u.dialog
        assert u.cursor.startswith("Guru kelas")


async def test_a_plan_with_content_is_never_filled_without_a_look(stage_app: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    """The list of sources comes instead, and then the preview: what is there stays, unless it is asked to give way."""
    mine = structs.replace(full_plan(2), praktik_pembelajaran=PraktikPembelajaran(), rangkuman=Rangkuman())
    async with stage_app(draft={ANI.nama: full_plan(9), CITRA.nama: mine}) as u:
        asked = reviews(u, monkeypatch)
        u.app.worked.note("2026", u.pegawai("Ani").id)
        await u.press("down*2 alt+s")
        assert "Salin ke Citra Dewi, S.Pd. dari" in u.dialog
        await u.press("enter")
        assert u.draft("Citra") == mine
        assert "1 Praktik Kinerja" in u.text
        assert "Sudah berisi, dibiarkan: 2 Pengembangan Kompetensi" in u.text
        await u.press("enter")
        assert "Enter tidak mengubah apa pun" in u.status
        assert u.draft("Citra") == mine
        await u.press("f9")
        assert u.draft("Citra") == structs.replace(mine, praktik_pembelajaran=full_plan().praktik_pembelajaran)
        assert "Disalin dari Ani Lestari, S.Pd.: 1 rencana diisi; Alt+Z mengurungkan" in u.status
        assert u.title.startswith(" Daftar Guru")
        assert not asked


# ---- many at once


@pytest.mark.parametrize("thrifty", [False, True])
async def test_a_template_for_forty_in_five_keys(stage_app: Open, thrifty: bool) -> None:
    """Mark all, copy, the template, F9: all forty in one step, and one step takes all of them back."""
    async with stage_app(teachers=FORTY, look=LookOptions(thrifty=thrifty)) as u:
        template(u)
        keys = "asterisk alt+s enter f9"
        await u.press(keys)
        assert 'Templat "Guru kelas": 40 rencana diisi; Alt+Z mengurungkan' in u.status
        drafts = u.store.drafts.all("2026")
        assert {draft.rencana for draft in drafts.values()} == {bare(6)}
        assert len(drafts) == 40
        assert len(key_of(keys)) <= 8
        step = u.store.steps.last("2026")
        assert step is not None
        assert (step.kind, step.count) == ("templat", 40)
        assert u.store.steps.undo(step.id, MOMENT).kept == ()
        assert u.store.drafts.all("2026") == {}


async def test_the_preview_says_for_whom_what_changes(stage_app: Open) -> None:
    """Counts on top, those first who have to be looked at, all of a teacher below; nothing is changed by looking."""
    async with stage_app(draft={ANI.nama: full_plan(7), DEDI.nama: full_plan(2)}) as u:
        before = u.store.drafts.all("2026")
        await u.press("asterisk alt+s")
        assert u.cursor.startswith("Dedi Kurnia")
        assert u.cursor.endswith("guru terakhir")
        await u.press("enter")
        assert u.row("Ditinggal 1").split() == ["Sebagian", "1", "Diisi", "1", "Ditinggal", "1", "Tetap", "1"]
        rows = [line.split()[0].strip("►") or line.split()[1] for line in u.screen_text()[4:8]]
        assert rows == ["Budi", "Citra", "Dedi", "Ani"]
        words = " ".join(u.text.split())
        assert 'Tugas Tambahan tidak disalin: "Tidak ada tugas tambahan" (Dapodik mencatat: Wali Kelas)' in words
        await u.press("down*2")
        assert "Dedi Kurnia: sumbernya sendiri" in u.text
        assert "F9 menyalin ke 2 guru" in u.status
        await u.press("f7")
        assert "yang terisi DIGANTI" in u.text
        assert u.row("Diganti").split()[:2] == ["Diganti", "1"]
        assert "Diganti: 2 Pengembangan Kompetensi" in u.text
        assert "Konfirmasi guru ditarik" in u.text
        await u.press("escape")
        assert u.title.startswith(" Daftar Guru")
        assert u.store.drafts.all("2026") == before


async def test_only_the_parts_that_are_ticked(stage_app: Open) -> None:
    """Ticks take parts away and give them back; the button takes them, Esc leaves them."""
    async with stage_app(draft={ANI.nama: full_plan(7)}) as u:
        await u.press("down*2 space alt+s enter f6")
        assert "Bagian yang disalin" in u.dialog
        await u.press("space escape")
        assert "semua bagian" in u.text
        await u.press("f6 space down space down down space down space tab enter")
        assert "1 dari 5 bagian" in u.text
        await u.press("f9")
        plan = u.draft("Citra")
        assert plan == RencanaKinerja(pengembangan_kompetensi=full_plan(7).pengembangan_kompetensi)


async def test_another_source_is_chosen_there(stage_app: Open) -> None:
    """F4 opens the same list again; typing finds a teacher or a template in it."""
    async with stage_app(draft={ANI.nama: full_plan(7)}) as u:
        template(u, "Wali kelas", 3)
        await u.press("down*2 space alt+s enter")
        assert "Disalin dari Ani Lestari, S.Pd." in u.text
        await u.press("f4 'wali' enter")
        assert 'Templat "Wali kelas"' in u.text
        await u.press("f9")
        assert u.draft("Citra") == bare(3)


async def test_nothing_would_change(stage_app: Open) -> None:
    """F9 then says so; the palette offers it as not possible."""
    async with stage_app(draft={ANI.nama: full_plan(7), CITRA.nama: full_plan(7)}) as u:
        u.app.worked.note("2026", u.pegawai("Ani").id)
        await u.press("down*2 space alt+s enter f9")
        assert "Tidak ada rencana yang akan berubah" in u.status
        assert u.title.startswith(" Salin")
        await u.press("ctrl+a 'salin ke guru'")
        assert "tidak ada yang akan berubah" in u.text


async def test_a_held_key_copies_nothing(stage_app: Open) -> None:
    """F9 that came together with the key before it is no answer."""
    async with stage_app(draft={ANI.nama: full_plan(7)}) as u:
        await u.press("down*2 space alt+s")
        await press_at(u.pilot, ["enter", "f9"], 1, 0.03)
        assert u.title.startswith(" Salin")
        assert u.draft("Citra") is None
        await press_at(u.pilot, ["down", "f9"], 1, 0.03)
        assert "Tombol yang ditahan" in u.status
        assert u.draft("Citra") is None
        await u.press("f9")
        assert u.draft("Citra") == bare(7)


async def test_a_plan_that_changed_meanwhile_stops_the_whole(stage_app: Open) -> None:
    """Nothing is copied to anybody, the sentence says so, and the preview is as it now is."""
    async with stage_app(draft={ANI.nama: full_plan(7)}) as u:
        await u.press("asterisk alt+s enter")
        u.store.drafts.save(u.pegawai("Citra").id, "2026", started_plan(), 1, MOMENT)
        await u.press("f9")
        assert "Ada rencana yang berubah sesudah pratinjau; tidak ada yang diubah" in u.status
        assert u.draft("Budi") is None
        assert u.draft("Citra") == started_plan()
        await u.press("f9")
        assert u.title.startswith(" Daftar Guru")
        assert u.draft("Citra") == structs.replace(bare(7), data_diri=started_plan().data_diri)


async def test_a_source_that_is_gone_is_told(stage_app: Open) -> None:
    """The template was removed beside the screen: one sentence, and nothing to copy."""
    async with stage_app() as u:
        template(u)
        await u.press("asterisk alt+s")
        u.store.templates.remove("Guru kelas", MOMENT)
        await u.press("enter")
        assert 'Templat "Guru kelas" tidak ada' in u.status
        await u.press("f9")
        assert u.store.drafts.all("2026") == {}


# ---- the loop stays free


@pytest.mark.parametrize("act", ["try", "do"])
async def test_the_screen_answers_while_it_works(stage_app: Open, monkeypatch: pytest.MonkeyPatch, act: str) -> None:
    """Looking and copying run outside the loop's thread: a key that is pressed meanwhile is what lets them end."""
    gate, threads = threading.Event(), set[int]()
    module, name = (copy_choices, "try_copy") if act == "try" else (copy_preview, "do_copy")
    usual = getattr(copying, name)

    def waiting(*arguments: Any, **more: Any) -> Any:
        threads.add(threading.get_ident())
        assert gate.wait(10), "the loop never turned"
        return usual(*arguments, **more)

    monkeypatch.setattr(module, name, waiting)
    async with stage_app(draft={ANI.nama: full_plan(7)}) as u:
        await u.press("asterisk alt+s")
        if act == "do":
            await u.press("enter")
        u.app.post_message(*at_ease_key("enter" if act == "try" else "f9"))
        await turns(lambda: bool(threads))
        words = "Melihat rencana 4 guru" if act == "try" else "Menyalin ke 3 guru"
        assert words in u.status
        if act == "do":
            await u.app.run_action("kembali", u.app.screen)
            assert "Sedang menyalin" in u.status
        gate.set()
        await u.until(lambda: u.title.startswith(" Salin" if act == "try" else " Daftar Guru"))
        assert threading.get_ident() not in threads


def at_ease_key(name: str) -> list[Key]:
    """A key that a person presses by itself, long after all before it."""
    key = Key(name, None)
    key.time += 1000.0
    return [key]


async def turns(condition: Callable[[], bool]) -> None:
    """Let the loop turn until something is so."""
    for _ in range(20_000):
        if condition():
            return
        await asyncio.sleep(0.0005)
    raise AssertionError("it never came to it")


async def test_an_error_of_the_store_is_a_sentence(stage_app: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    """What the list itself fills says why it could not."""

    def refused(*_: Any, **__: Any) -> Any:
        raise InputError("Ada rencana yang berubah.")

    async with stage_app(draft={ANI.nama: full_plan(7)}) as u:
        monkeypatch.setattr(copying, "do_copy", refused)
        await u.press("down*2 alt+s")
        assert "Ada rencana yang berubah." in u.status
        assert u.draft("Citra") is None


@pytest.mark.parametrize("size", [(80, 24), (60, 18), (120, 40)])
@pytest.mark.parametrize("look", [LookOptions(), LookOptions(thrifty=True), LookOptions(ascii=True, colour=False)])
async def test_it_stands_in_every_size_and_look(stage_app: Open, size: tuple[int, int], look: LookOptions) -> None:
    """Rows, the teacher below and the sentence are there; no line is wider than the screen."""
    async with stage_app(teachers=(*TEACHERS, *FORTY), draft={ANI.nama: full_plan(7)}, size=size, look=look) as u:
        await u.press("asterisk alt+s enter")
        assert "F9 menyalin ke 42 guru" in u.status or "F9 menyalin ke 43 guru" in u.status
        assert 'Tugas Tambahan tidak disalin: "Tidak ada tugas tambahan"' in u.text
        await u.press("pagedown*3 f7 f6 escape")
        assert all(len(line) <= size[0] for line in u.screen_text())
        await u.size(60, 18)
        await u.size(*size)
        assert "Salin" in u.title


async def test_the_list_is_judged_anew_outside_the_loop(stage_app: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    """After forty plans were filled no plan is judged in the loop's thread: it would hold up the keys of a large school."""
    judged: Counter[bool] = Counter()
    usual, here = overview.plan_state, threading.get_ident()

    def counted(*arguments: Any, **more: Any) -> Any:
        judged[threading.get_ident() == here] += 1
        return usual(*arguments, **more)

    async with stage_app(teachers=FORTY, look=LookOptions(thrifty=True)) as u:
        template(u)
        await u.press("asterisk alt+s enter")
        monkeypatch.setattr(overview, "plan_state", counted)
        await u.press("f9")
        assert judged[False] >= 40
        assert judged[True] == 0


async def test_alt_z_takes_all_forty_back(stage_app: Open) -> None:
    """What was done is named before; what was edited since stays."""
    async with stage_app(teachers=FORTY) as u:
        template(u)
        await u.press("asterisk alt+s enter f9")
        edited = structs.replace(bare(6), tugas_tambahan=TugasTambahan())
        draft = u.store.drafts.get(u.pegawai("Guru 07").id, "2026")
        assert draft is not None
        u.store.drafts.save(u.pegawai("Guru 07").id, "2026", edited, draft.edit + 1, MOMENT)
        await u.press("alt+z")
        assert 'Templat "Guru kelas"' in u.dialog
        assert u.cursor == "Batal"
        await u.press("right enter")
        assert {draft.rencana for draft in u.store.drafts.all("2026").values()} == {edited}
