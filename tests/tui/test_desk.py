"""The head's desk: the list, the page that is read, and every decision, by keys."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import pytest
from msgspec import structs

from pmm_tui.services.decisions import default_expectations
from pmm_tui.services.desk_list import own_expectations
from pmm_tui.skp.wire import Held
from pmm_tui.store import Store
from pmm_tui.store.outbox_entry import Conflict, Sent
from pmm_tui.tui.look_values import LookOptions
from pmm_tui.tui.screens.desk import DeskScreen
from pmm_tui.tui.screens.reading import ReadingScreen
from pmm_tui.tui.screens.roster import RosterScreen
from tests.tui import desk_school as school
from tests.tui.fake_services import MOMENT
from tests.tui.keyboard import key_of, press_at, screen_strips, settled
from tests.tui.samples import ANI
from tests.tui.stage import Stage, stage_app

pytestmark = pytest.mark.anyio


@asynccontextmanager
async def desk(store: Store, **other: Any) -> AsyncIterator[Stage]:
    """The desk of the sample school."""
    school.fill(store)
    async with stage_app(store, **other) as u:
        await u.until_text("Meja Kepala Sekolah")
        yield u


# ---- which screen is first


@pytest.mark.parametrize(("roles", "screen"), [(("operator",), RosterScreen), (("kepala_sekolah",), DeskScreen)])
async def test_the_role_decides_the_first_screen(store: Store, roles: tuple[str, ...], screen: type) -> None:
    """The operator begins with the list, the head with the desk; nobody of one role is asked."""
    school.fill(store)
    school.take_role(store, *roles)
    async with stage_app(store) as u:
        assert isinstance(u.app.screen, screen)


async def test_both_roles_choose_and_may_change(store: Store) -> None:
    """The choice comes first; Esc leaves the list; the palette has the other role; the next start comes back to what was chosen."""
    school.fill(store)
    school.take_role(store, "kepala_sekolah", "operator")
    async with stage_app(store) as u:
        assert "Sebagai Atasan" in u.dialog
        assert "Sebagai Pegawai" in u.dialog
        await u.press("enter")
        assert isinstance(u.app.screen, DeskScreen)
        await u.press("ctrl+a 'pegawai' enter")
        assert isinstance(u.app.screen, RosterScreen)
        await u.press("ctrl+a 'atasan' enter")
        assert isinstance(u.app.screen, DeskScreen)
    async with stage_app(store) as u:
        assert isinstance(u.app.screen, DeskScreen)


async def test_one_role_is_offered_no_other(store: Store) -> None:
    """A head alone finds no operator's screen in the palette, and a teacher there opens the page."""
    async with desk(store) as u:
        await u.press("ctrl+a 'pegawai'")
        assert "Sebagai Pegawai" not in u.dialog
        await u.press("escape ctrl+a 'eka' enter")
        assert isinstance(u.app.screen, ReadingScreen)
        assert "Eka Putri" in u.title


async def test_a_fetch_that_tells_another_role_goes_there(store: Store) -> None:
    """The first fetch of a fresh computer may tell that the token is the head's: then the desk stands there."""
    school.fill(store)
    school.take_role(store, "operator")
    async with stage_app(store) as u:
        assert isinstance(u.app.screen, RosterScreen)
        school.take_role(store, "kepala_sekolah")
        await u.press("f5")
        await u.until(lambda: isinstance(u.app.screen, DeskScreen))


# ---- the list


async def test_the_list_by_state(store: Store) -> None:
    """The chips count each state; F2 goes through them; the row says how each plan stands."""
    async with desk(store) as u:
        chips = u.row("Perlu disetujui")
        for chip in ("Perlu disetujui 4", "Dikembalikan 1", "Disetujui 0", "Belum 1", "Semua 6"):
            assert chip in chips
        assert "0 dari 6 disetujui · 1 dikembalikan" in u.text
        assert u.row("  Ani Lestari").rstrip().endswith("baru") or "Ani Lestari" in u.cursor
        assert "baru, rev 2" in u.row("Budi Santoso, S.Pd.    ")
        assert "Citra" not in u.text
        await u.press("f2")
        assert "← dikembalikan" in u.row("Citra Dewi")
        await u.press("f2")
        assert "Tidak ada rencana di sini" in u.text
        await u.press("f2")
        assert "· belum" in u.row("Dedi Kurnia")
        await u.press("enter")
        assert "belum diajukan" in u.status
        await u.press("f2 'fajar'")
        assert "Fajar Nugroho" in u.cursor
        assert "Ani Lestari" not in u.text


async def test_unread_names_are_bold_and_say_so(store: Store) -> None:
    """A name is bold until its plan was opened; the word tells it too."""
    async with desk(store) as u:

        def bold(name: str) -> bool:
            strip = next(s for s in screen_strips(u.app) if name in s.text)
            return any(seg.style is not None and bool(seg.style.bold) and name in seg.text for seg in strip)

        await u.press("down")
        assert bold("Ani Lestari")
        school.read(store, school.one(store, "Ani"))
        await u.app.refresh_all()
        assert not bold("Ani Lestari")
        assert "dibuka" in u.row("Ani Lestari")


@pytest.mark.parametrize("size", [(60, 18), (80, 23), (80, 24), (100, 30), (120, 40), (160, 45)])
@pytest.mark.parametrize("look", [LookOptions(), LookOptions(ascii=True), LookOptions(colour=False), LookOptions(thrifty=True)])
async def test_every_line_has_the_width_of_the_screen(store: Store, size: tuple[int, int], look: LookOptions) -> None:
    """List, page and bands fit at each size and in each look; ASCII and hemat write ASCII alone, but for people's words."""
    async with desk(store, size=size, look=look) as u:
        for keys in ("down", "f4", "escape f2*4", "enter", "end", "f7", "escape f9", "escape f1"):
            await u.press(keys)
            assert all(strip.cell_length == size[0] for strip in screen_strips(u.app))
            if look.ascii or look.thrifty:
                assert u.text.isascii(), keys


@pytest.mark.parametrize("size", [(80, 24), (100, 30), (120, 40)])
async def test_the_plan_under_the_cursor(store: Store, size: tuple[int, int]) -> None:
    """Below the list at 80 columns, beside it from 100 on, with what changed; F10 takes it away."""
    async with desk(store, size=size) as u:
        await u.press("down")
        if size[0] < 100:
            await u.until_text("2 pelatihan (berubah)")
        else:
            await u.until_text("di revisi 1: 4 pelatihan")
        await u.press("f10")
        assert "di revisi 1" not in u.text
        assert "(berubah)" not in u.text


# ---- reading


async def test_the_page_has_all_that_a_decision_needs(store: Store) -> None:
    """Data diri, indicator and Rapor, RHK with targets, duties with SK and JP, seven perilaku, confirmation, who sent it."""
    async with desk(store, size=(120, 45)) as u:
        await u.press("enter")
        words = " ".join(u.text.split())
        for word in (
            "NIP 198507142010012001", "Penerapan Disiplin Positif", "Rapor Pendidikan: kurang", "4 pelatihan", "SK 421.3/21",
            "JP dari paling banyak 6", "Berorientasi Pelayanan:", "Kolaboratif:", "WhatsApp, 8 Januari 2026", "Revisi 1 oleh TU",
        ):  # fmt: skip
            assert word in words, word


async def test_what_changed_stands_out_with_what_was_there(store: Store) -> None:
    """The changed line is amber, the old value below it; what did not change is plain."""
    async with desk(store, size=(120, 45)) as u:
        await u.press("down enter")
        strips = screen_strips(u.app)
        at = next(n for n, strip in enumerate(strips) if "2 pelatihan" in strip.text)
        amber = u.app.look.styles.warning.color
        assert any(seg.style is not None and seg.style.color == amber and "pelatihan" in seg.text for seg in strips[at])
        assert "di revisi 1: 4 pelatihan" in u.text
        same = next(strip for strip in strips if "Wali kelas" in strip.text)
        assert not any(seg.style is not None and seg.style.color == amber for seg in same)


async def test_only_the_end_marks_it_opened(store: Store) -> None:
    """A long plan is opened once its last line was there, by any key; before, nothing can be decided on it."""
    async with desk(store) as u:
        ani = school.one(store, "Ani")
        school.hold(store, ani, school.long_plan(), 2)
        await u.app.refresh_all()
        await u.press("enter f9")
        assert not u.dialog
        assert "Belum dibaca sampai selesai" in u.status
        await u.press("pagedown")
        assert not store.decisions.plan(ani.id, "2026").read  # type: ignore[union-attr]
        await u.press("end")
        assert store.decisions.plan(ani.id, "2026").read  # type: ignore[union-attr]
        assert "Sudah dibuka" in u.status
        await u.press("escape")
        assert "dibuka" in u.row("Ani Lestari")


async def test_a_plan_that_fits_is_read_when_it_stands(store: Store) -> None:
    """Without a key, once the keys rest."""
    async with desk(store, size=(120, 45)) as u:
        await u.press("enter")
        await u.until_text("Sudah dibuka")


async def test_nothing_is_read_on_a_window_that_shows_the_notice(store: Store) -> None:
    """What could not be seen was not read, whatever is pressed there."""
    async with desk(store) as u:
        await u.press("enter")
        await u.size(50, 12)
        await u.press("end pagedown*20 f9")
        assert not store.decisions.plan(school.one(store, "Ani").id, "2026").read  # type: ignore[union-attr]
        await u.size(80, 24)
        assert not u.dialog


async def test_held_enter_neither_reads_nor_approves(store: Store) -> None:
    """A held Enter opens the plan and stays there; over the question it presses nothing, and over the reasons neither."""
    async with desk(store) as u:
        school.hold(store, school.one(store, "Ani"), school.long_plan(), 2)
        await u.app.refresh_all()
        await press_at(u.pilot, "enter", 60, 0.033)
        assert isinstance(u.app.screen, ReadingScreen)
        assert not store.decisions.plan(school.one(store, "Ani").id, "2026").read  # type: ignore[union-attr]
        await u.press("end f9 right")
        await press_at(u.pilot, "enter", 60, 0.033)
        await u.press("escape*2 enter end f7")
        await press_at(u.pilot, "enter", 60, 0.033)
        await press_at(u.pilot, "f9", 30, 0.033)
        assert "Kembalikan" in u.dialog
        assert store.decisions.all() == ()


# ---- deciding


async def test_approving_takes_at_most_four_keys_and_opens_the_next(store: Store) -> None:
    """F9, the other button, Enter: the safe one is first, the name is in the other, and the next plan that waits is there."""
    async with desk(store) as u:
        await u.press("enter end")
        keys = "f9 right enter"
        assert len(key_of(keys)) <= 4
        await u.press("f9")
        assert u.cursor == "Batal"
        assert "Setujui Ani Lestari" in u.dialog
        await u.press("escape")
        assert store.decisions.all() == ()
        await u.press(keys)
        assert school.decided(store) == [("Ani", "setujui", "")]
        assert "Budi Santoso" in u.title
        assert u.services.called("send") == [False, True]


@pytest.mark.parametrize("size", [(120, 45), (80, 24)])
async def test_forty_approvals_each_opened(store: Store, size: tuple[int, int]) -> None:
    """Where a plan fits the screen one by one; where it does not, read each and approve them together: at most 130 keys."""
    teachers = [structs.replace(ANI, nama=f"Guru {n:02}", nip=f"19850714201001{n:04}") for n in range(40)]
    store.roster.write(teachers)
    for pegawai in store.roster.all():
        school.hold(store, pegawai, school.plan())
    school.take_role(store, "kepala_sekolah")
    async with stage_app(store, size=size) as u:
        if size[0] == 120:
            script = " ".join(["enter", *["f9 right enter"] * 40])
        else:
            script = " ".join(["enter", *["end alt+n"] * 40, "escape asterisk f9 right enter"])
        assert len(key_of(script)) <= 130
        await u.press(script)
        assert sum(word == "setujui" for _, word, _ in school.decided(store)) == 40
        assert all(plan.read for plan in store.decisions.desk("2026"))


async def test_returning_with_reasons_by_number(store: Store) -> None:
    """Digits tick, the note is put below them, and the teacher gets both; F9 in the band returns."""
    async with desk(store) as u:
        await u.press("enter end f7 '4' '5' tab*5 'Beri angka.' f9")
        (told,) = school.decided(store)
        assert told == (
            "Ani",
            "kembalikan",
            "Target belum terukur; beri angka yang dapat dibuktikan.\nTugas tambahan tanpa nomor atau tanggal SK.\nBeri angka.",
        )
        await u.press("escape f2")
        assert "↑ dikembalikan" in u.row("Ani Lestari")


async def test_no_return_without_a_word(store: Store) -> None:
    """Nothing ticked and nothing written, or Lainnya without a note, stays in the band and says what is missing."""
    async with desk(store) as u:
        await u.press("enter end f7 f9")
        assert "Pilih paling sedikit satu alasan" in u.dialog
        await u.press("'9' f9")
        assert "Tulis catatannya" in u.dialog
        assert store.decisions.all() == ()
        await u.press("'Susun ulang.' f9")
        assert school.decided(store) == [("Ani", "kembalikan", "Susun ulang.")]


async def test_several_are_approved_only_where_opened(store: Store) -> None:
    """The band names those that are left out, with the reason; the safe answer is first."""
    async with desk(store) as u:
        school.read(store, school.one(store, "Ani"))
        school.read(store, school.one(store, "Fajar"))
        await u.app.refresh_all()
        await u.press("asterisk")
        assert "4 bertanda" in u.text
        await u.press("f9")
        assert u.cursor == "Batal"
        assert "Akan disetujui (2): Ani Lestari, S.Pd. Fajar Nugroho, S.Pd. Tidak ikut (2): Budi" in u.dialog
        assert "Eka Putri, S.Pd.: Belum dibaca" in u.dialog
        await u.press("right enter")
        assert school.decided(store) == [("Ani", "setujui", ""), ("Fajar", "setujui", "")]


async def test_marked_without_an_opened_one(store: Store) -> None:
    """Then there is no question, and it is said why."""
    async with desk(store) as u:
        await u.press("space f9")
        assert not u.dialog
        assert "Tidak ada yang dapat disetujui. Ani Lestari" in u.status


async def test_expectations_of_a_plan_and_of_the_school(store: Store) -> None:
    """The school's own go with each approval; those of a plan go with it alone, and are kept over a restart."""
    async with desk(store) as u:
        await u.press("alt+g 'Melayani orang tua' end enter*7 enter")
        assert list(default_expectations(store).values()) == ["Melayani orang tua"]
        await u.press("f4 ctrl+u 'Ikut KKG' enter*7 enter")
        ani = school.one(store, "Ani")
        assert list((own_expectations(store, "2026", ani.id) or {}).values()) == ["Ikut KKG"]
    async with stage_app(store) as u:
        await u.press("enter end f9")
        assert "Ekspektasi khusus untuk 1 perilaku" in u.dialog
        await u.press("right enter end f9 right enter")
        said = [list(one.said.ekspektasi.values()) for one in store.decisions.all() if one.said]
        assert said == [["Melayani orang tua"], ["Ikut KKG"]]
        assert own_expectations(store, "2026", ani.id) is None


async def test_an_approved_plan_is_opened_again_with_a_reason(store: Store) -> None:
    """Only an approved one, only with a reason; the head's word goes with it."""
    async with desk(store) as u:
        await u.press("enter end alt+k")
        assert not u.dialog
        school.hold(store, school.one(store, "Ani"), school.plan(), 1, "disetujui")
        await u.app.refresh_all()
        await u.press("alt+k f9")
        assert "Tulis catatannya" in u.dialog
        await u.press("'Guru pindah tugas.' f9")
        assert school.decided(store) == [("Ani", "buka", "Guru pindah tugas.")]


async def test_a_decision_is_taken_back_before_it_left(store: Store) -> None:
    """Ctrl+Z on what waits; nothing is decided then."""
    async with desk(store) as u:
        await u.press("enter end f9 right enter escape f2*4")
        assert "↑ disetujui" in u.row("Ani Lestari")
        await u.press("home ctrl+z")
        assert "keputusan diurungkan" in u.status
        assert "dibuka" in u.row("Ani Lestari")
        assert store.decisions.due(9) == ()


def _answer(store: Store, outcome: Any) -> None:
    (due,) = store.decisions.due(9)
    store.decisions.mark_sending([due.id])
    store.decisions.record_all({due.id: outcome})


async def test_a_plan_that_moved_on_is_a_conflict_and_shows_the_newer_one(store: Store) -> None:
    """The row says bentrok, the page has the newer revision with why, and after reading it can be decided on."""
    async with desk(store) as u:
        await u.press("enter end f9 right enter escape")
        ani = school.one(store, "Ani")
        newer = school.hold(store, ani, school.plan(7), 2)
        _answer(store, Conflict(Held(2, newer.sha256)))
        await u.app.refresh_all()
        assert "≠ bentrok" in u.row("Ani Lestari")
        await u.press("home enter")
        assert "revisi 2 sudah menggantikan yang dibaca" in " ".join(u.text.split())
        assert "7 pelatihan" in u.text
        assert "di revisi 1: 4 pelatihan" in u.text
        await u.press("end f9 right enter")
        assert [d.revisi for d in store.decisions.due(9)] == [2]


async def test_a_revision_that_comes_while_the_page_stands(store: Store) -> None:
    """The page shows the newer one and says so; a question about the old one decides nothing."""
    async with desk(store) as u:
        await u.press("enter end f9 right")
        school.hold(store, school.one(store, "Ani"), school.long_plan(), 2)
        await u.app.refresh_all()
        await u.press("enter")
        assert store.decisions.all() == ()
        assert "revisi 2" in u.text.lower()


# ---- Kotak Kirim, both sides


async def test_decisions_stand_in_the_outbox(store: Store) -> None:
    """Those that wait and those that were sent, with the receipt; Enter leads to the plan."""
    async with desk(store) as u:
        await u.press("enter end f9 right enter end f7 '4' f9 escape")
        assert "2 keputusan antre" in u.text
        ani = store.decisions.due(1)[0]
        store.decisions.mark_sending([ani.id])
        store.decisions.record_all({ani.id: Sent("R-ABCD-0001", MOMENT.isoformat(), "disetujui")})
        await u.press("f8")
        assert "√ disetujui" in u.row("Ani Lestari")
        assert "R-ABCD-0001" in u.row("Ani Lestari")
        assert "↑ antre" in u.row("Budi Santoso")
        assert "Catatan: Target belum terukur" in u.text
        await u.press("enter")
        assert isinstance(u.app.screen, ReadingScreen)
        assert "Budi Santoso" in u.title


async def test_the_operator_sees_when_and_what_the_head_decided(store: Store) -> None:
    """Kotak Kirim tells the decision with its time, the note and what is expected."""
    store.roster.write([ANI])
    (ani,) = store.roster.all()
    entry = store.outbox.seal(ani, "2026", school.plan(), 1, MOMENT)
    store.outbox.mark_sending([entry.id])
    store.outbox.record_all({entry.id: Sent("R-1", MOMENT.isoformat(), "diajukan")})
    when = MOMENT.isoformat()
    told = school.Change(
        pegawai="g",
        periode="2026",
        revisi=1,
        sha256=entry.sha256,
        status="disetujui",
        waktu=when,
        ekspektasi={"kompeten": "Ikut KKG"},
    )
    store.outbox.hold(ani.id, "2026", 1, entry.sha256, "disetujui", "", when)
    store.decisions.take_told(ani.id, told)
    async with stage_app(store, size=(120, 40)) as u:
        await u.press("f8")
        words = " ".join(u.text.replace("│", " ").split())
        assert "Disetujui kepala sekolah 10 Januari 2026 10.42" in words
        assert "Ekspektasi Kompeten: Ikut KKG" in words


# ---- words from outside


@pytest.mark.parametrize("word", ["[b]tebal[/b]", "\x1b[31mmerah", "[@click=app.quit]x", "كتاب", "a\nb\tc", "\u202eterbalik", "ꦱꦸ"])
async def test_hostile_words_are_words(store: Store, word: str) -> None:
    """In names, notes, plans and expectations: the lines keep their width, no control character, and nothing is markup."""
    pegawai = structs.replace(ANI, nama=f"A {word}")
    store.roster.write([pegawai])
    (one,) = store.roster.all()
    rencana = structs.replace(
        school.plan(),
        pengembangan_kompetensi=school.PengembanganKompetensi(rhk=(school.RHK(uraian=word, satuan=word, bukti=word, target=2),)),
    )
    school.hold(store, one, rencana, 1, "dikembalikan", word, by=word)
    school.take_role(store, "kepala_sekolah")
    async with stage_app(store, size=(100, 30)) as u:
        for keys in ("f2", "enter", "end", "f7", "escape f9", "escape f4", "escape*2 f8"):
            await u.press(keys)
            assert all(strip.cell_length == 100 for strip in screen_strips(u.app))
            assert not any(c < " " or c in "\x7f\x9b\u202e" for line in u.screen_text() for c in line)
        if word.startswith("["):
            await u.press("escape f2*5 enter")
            assert word in u.text
        await settled(u.app)
