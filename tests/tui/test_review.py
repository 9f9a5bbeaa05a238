"""Going through plans one by one: nothing is decided blind, by a held key, or of a plan that is not whole."""

from __future__ import annotations

from pathlib import Path

import pytest
from msgspec import structs

from pmm_tui.skp.model import DataDiri, RaporPendidikan, RencanaKinerja, TugasTambahan
from pmm_tui.tui.messages import ReviewRequested
from tests.tui.conftest import Open
from tests.tui.key_count import many_teachers
from tests.tui.keyboard import press_at
from tests.tui.samples import ANI, BUDI, CITRA, full_plan
from tests.tui.stage import Stage
from tests.tui.test_reading import judge

pytestmark = pytest.mark.anyio
FILLED = structs.replace(full_plan(confirmation=False), data_diri=DataDiri(), rapor_pendidikan=RaporPendidikan())
"""A plan whose content is whole; the three decisions are left."""
ALL = {ANI.nama: FILLED, BUDI.nama: FILLED, CITRA.nama: FILLED}
FIRST_WORD = "end space 2 f9"
"""The first time it is asked how and when: on paper, today."""


def said(u: Stage, name: str) -> tuple[bool, bool, str]:
    """What stands of a teacher's plan: data right, rapor read, how it was confirmed (empty: not)."""
    plan = u.draft(name)
    assert plan is not None
    return plan.data_diri.sesuai, plan.rapor_pendidikan.dimengerti, plan.rangkuman.cara


async def test_three_teachers_looked_at_and_confirmed(stage_app: Open) -> None:
    """Each is read to the end, confirmed and said to be right; the way is asked once, and back in the list it is told."""
    async with stage_app(draft=ALL) as u:
        await u.press("alt+d")
        assert "1 dari 3" in u.title
        assert "belum dinyatakan sesuai" in u.text
        await u.press("end '2'")  # letters decide nothing
        await u.press("space")
        assert "Konfirmasi guru" in u.dialog
        await u.press("'2' f9")
        assert "paraf di kertas, 10 Januari 2026" in u.text
        await u.press("enter")
        assert "2 dari 3" in u.title
        await u.press("end space enter end space enter")
        assert "Daftar Guru" in u.title
        assert "3 rencana dilihat, 3 dinyatakan sesuai, 3 dikonfirmasi" in u.status
        assert [said(u, name) for name in ("Ani", "Budi", "Citra")] == [(True, True, "kertas")] * 3


async def test_that_the_rapor_is_read_is_said_and_shown(stage_app: Open) -> None:
    """Page, status line and keys say that going on declares it; where it was read already they do not."""
    read = structs.replace(FILLED, rapor_pendidikan=RaporPendidikan(dimengerti=True))
    async with stage_app(draft={ANI.nama: FILLED, BUDI.nama: read, CITRA.nama: full_plan()}, size=(100, 40)) as u:
        await u.press("asterisk alt+d end")
        assert "belum dinyatakan dibaca" in u.text
        assert "Rekomendasi: " in u.text
        assert "Enter: data diri dan Rapor sesuai, berikutnya" in u.status
        assert "Enter Data, Rapor sesuai" in u.text
        await u.press("enter end")
        assert "Budi" in u.title
        assert "dinyatakan dibaca" not in u.text
        assert "Enter: data diri sesuai, berikutnya" in u.status
        assert "Enter Data sesuai" in u.text


async def test_the_keys_follow_what_they_do(stage_app: Open) -> None:
    """Nothing is offered that would be refused: of a plan that is read only, not whole, not confirmed, or not read yet."""
    faulty = structs.replace(FILLED, tugas_tambahan=TugasTambahan())
    async with stage_app(draft={ANI.nama: full_plan(), BUDI.nama: faulty, CITRA.nama: FILLED}) as u:
        judge(u, "disetujui")
        await u.press("space*3 alt+d")
        for name in ("Ani", "Budi"):
            assert name in u.title
            assert "Enter Lewati  F4 Ubah  Esc Kembali" in u.text
            await u.press("enter")
        assert "Enter Baca terus  F4 Ubah" in u.text
        await u.press("end")
        assert "Enter Data, Rapor sesuai  Spasi Dikonfirmasi guru" in u.text
        assert "F9" not in u.text
        await u.press("space '2' f9")
        assert "F9 Ajukan  Spasi Tarik lagi" in u.text
        await u.press("enter")
        assert "1 rencana dilihat, 1 dinyatakan sesuai, 1 dikonfirmasi, 2 dilewati" in u.status


async def test_a_plan_that_is_only_read_is_left_at_once(stage_app: Open) -> None:
    """As the last one too, without reading on: the list says what was done; a held Enter passes over nothing."""
    async with stage_app(draft={ANI.nama: full_plan()}) as u:
        judge(u, "disetujui")
        await u.press("space alt+d")
        await press_at(u.pilot, ["space", "enter"], 8, 0.001)
        assert "1 dari 1" in u.title
        await u.press("enter")
        assert "Daftar Guru" in u.title
        assert "1 dilewati" in u.status


async def test_the_plan_opens_at_what_stops_it(stage_app: Open) -> None:
    """F4 leads to the field of the first problem; from there one comes back."""
    faulty = structs.replace(FILLED, tugas_tambahan=TugasTambahan())
    async with stage_app(draft={ANI.nama: faulty}) as u:
        await u.press("space alt+d")
        assert "F4 membuka tempatnya" in u.status
        await u.press("f4")
        assert u.tab.startswith("3 Tugas")
        await u.press("escape")
        assert "1 dari 1" in u.title


async def test_nothing_is_decided_before_the_end_was_shown(stage_app: Open) -> None:
    """Until then Enter and Space read on, and F9, F5 and F6 say so."""
    async with stage_app(draft=ALL, size=(80, 24)) as u:
        await u.press("alt+d f9 f5 f6")
        assert "Baca dulu" in u.status
        await u.press("enter")
        assert "1 dari 3" in u.title
        assert said(u, "Ani") == (False, False, "")
        await u.press("enter")
        assert "2 dari 3" in u.title
        assert said(u, "Ani") == (True, True, "")


@pytest.mark.parametrize("key", ["enter", "space"])
async def test_a_held_key_goes_through_nothing(stage_app: Open, key: str) -> None:
    """It reads to the end of the first page, and there it stays."""
    async with stage_app(draft=ALL) as u:
        await u.press("alt+d")
        await press_at(u.pilot, key, 60, 0.033)
        assert "1 dari 3" in u.title
        assert u.dialog == ""
        assert [said(u, name) for name in ("Ani", "Budi")] == [(False, False, "")] * 2


async def test_a_burst_goes_through_nothing(stage_app: Open) -> None:
    """End, Space and Enter in one read are no decisions."""
    async with stage_app(draft=ALL) as u:
        await u.press("alt+d")
        await press_at(u.pilot, ["end", "space", "enter"], 8, 0.001)
        assert "1 dari 3" in u.title
        assert said(u, "Ani") == (False, False, "")


async def test_space_takes_the_word_back_and_undo_the_last_decision(stage_app: Open) -> None:
    """Both lead to what was before; the undo goes back to the teacher whose it was."""
    async with stage_app(draft=ALL) as u:
        await u.press("alt+d end space '2' f9 space")
        assert "ditarik lagi" in u.status
        assert said(u, "Ani") == (False, False, "")
        await u.press("space enter")
        assert said(u, "Ani") == (True, True, "kertas")
        await u.press("ctrl+z")
        assert "1 dari 3" in u.title
        assert said(u, "Ani") == (False, False, "kertas")
        await u.press("ctrl+z ctrl+z ctrl+z")
        assert u.draft("Ani") == FILLED
        await u.press("ctrl+z")
        assert "Tidak ada keputusan" in u.status


async def test_a_plan_that_is_not_whole_is_not_confirmed(stage_app: Open) -> None:
    """What is missing stands on top; Space says it, Enter goes on and notes nothing."""
    faulty = structs.replace(FILLED, tugas_tambahan=TugasTambahan())
    async with stage_app(draft={ANI.nama: faulty, BUDI.nama: FILLED}) as u:
        await u.press("space space alt+d end space")
        assert "Belum dapat dikonfirmasi: " in u.status
        assert u.dialog == ""
        await u.press("f9")
        assert "Belum dapat diajukan: " in u.status
        await u.press("enter")
        assert "2 dari 2" in u.title
        assert u.draft("Ani") == faulty


async def test_what_was_sent_is_only_read(stage_app: Open) -> None:
    """Its state stands on top, and no key changes it."""
    async with stage_app(draft={ANI.nama: full_plan()}) as u:
        judge(u, "disetujui")
        await u.press("space alt+d end space f9 alt+k")
        assert "disetujui" in u.text
        assert u.dialog == ""
        await u.press("enter")
        assert "Daftar Guru" in u.title
        assert u.draft("Ani") == full_plan()


async def test_submitting_states_that_the_data_are_right(stage_app: Open) -> None:
    """The question says so and shows them; a yes seals the plan with all three decisions, and the next teacher opens."""
    async with stage_app(draft=ALL) as u:
        await u.press("alt+d end space '2' f9 f9")
        assert "Sekaligus dinyatakan: data dirinya sesuai (NIP 19850714 201001 2 001, PNS, Guru Mapel" in u.dialog
        assert "Rapor Pendidikan sudah dibaca (Rekomendasi: " in u.dialog
        await u.press("down enter")
        assert "2 dari 3" in u.title
        entry = u.store.outbox.newest(u.pegawai("Ani").id, "2026")
        assert entry is not None
        assert said(u, "Ani") == (True, True, "kertas")
        assert u.services.called("send")
        await u.press("ctrl+z")
        assert "tidak ditarik" in u.status
        await u.press("escape")
        assert "1 dinyatakan sesuai, 1 dikonfirmasi, 1 diajukan" in u.status


async def test_without_the_teachers_word_nothing_is_submitted(stage_app: Open) -> None:
    """It is said what is missing; no question opens."""
    async with stage_app(draft=ALL) as u:
        await u.press("alt+d end f9")
        assert "Guru belum mengonfirmasi" in u.status
        assert u.dialog == ""


async def test_one_teacher_from_the_list_and_on_to_the_next(stage_app: Open) -> None:
    """Filled by another key, this page opens for one: five keys more submit it, and the cursor is on the next that is open."""
    async with stage_app(draft=ALL) as u:
        await u.press("alt+d end space '2' f9 escape")
        u.app.screen.post_message(ReviewRequested((u.pegawai("Budi").id,), "Diisi seperti Ani"))
        await u.press("f1 escape")
        assert "Diisi seperti Ani" in u.status
        await u.press("end space f9 down enter")
        assert "Daftar Guru" in u.title
        assert u.store.outbox.newest(u.pegawai("Budi").id, "2026") is not None
        assert "Citra" in u.cursor


async def test_a_plan_is_edited_on_the_way_and_read_anew(stage_app: Open) -> None:
    """F4 opens it, Esc comes back to this page; what was changed has to be read to its end again."""
    async with stage_app(draft=ALL) as u:
        await u.press("alt+d end f4")
        assert "Data sudah sesuai" in u.text
        await u.press("escape")
        assert "1 dari 3" in u.title
        edited = full_plan(5, confirmation=False)
        u.store.drafts.save(u.pegawai("Ani").id, "2026", edited, 9, u.services.now())
        await u.app.refresh_all()
        await u.press("f5")
        assert "Baca dulu" in u.status
        assert u.draft("Ani") == edited


async def test_a_newer_draft_is_never_replaced_unseen(stage_app: Open) -> None:
    """A draft that a fetch has put in its place meanwhile is shown, and the key decides nothing of it."""
    async with stage_app(draft=ALL) as u:
        await u.press("alt+d end")
        edited = full_plan(5, confirmation=False)
        u.store.drafts.save(u.pegawai("Ani").id, "2026", edited, 9, u.services.now())
        await u.press("enter")
        assert "berubah sejak ditampilkan" in u.status
        assert u.draft("Ani") == edited
        assert "1 dari 3" in u.title


async def test_moving_on_decides_nothing(stage_app: Open) -> None:
    """Alt+N and Alt+P go to and fro."""
    async with stage_app(draft=ALL) as u:
        await u.press("alt+d end alt+n end alt+p alt+p")
        assert "Ini guru pertama" in u.status
        await u.press("alt+n alt+n alt+n")
        assert "Ini guru terakhir" in u.status
        await u.press("escape")
        assert "2 rencana dilihat" in u.status
        assert all(u.draft(name) == FILLED for name in ("Ani", "Budi", "Citra"))


async def test_whom_it_opens_for(stage_app: Open) -> None:
    """The marked ones; else those that are whole or wait for a decision; else the one under the cursor."""
    plans: dict[str, RencanaKinerja] = {ANI.nama: structs.replace(FILLED, tugas_tambahan=TugasTambahan()), BUDI.nama: FILLED}
    async with stage_app(draft=plans) as u:
        await u.press("alt+d")
        assert ("Budi" in u.title, "1 dari 1" in u.title) == (True, True)
        await u.press("escape ctrl+home space space alt+d")
        assert ("Ani" in u.title, "1 dari 2" in u.title) == (True, True)


async def test_the_word_of_all_marked_ones_at_once(stage_app: Open) -> None:
    """The band says for whom and who is left out; one undo brings all back."""
    ready = {name: full_plan(confirmation=False) for name in (ANI.nama, BUDI.nama)} | {CITRA.nama: FILLED}
    async with stage_app(draft=ready) as u:
        await u.press("asterisk alt+k")
        assert "Ditinggal (2):" in u.dialog
        assert f"{CITRA.nama}: data dirinya belum dinyatakan sesuai" in u.dialog
        await u.press("f9")
        assert "Konfirmasi 2 guru dicatat" in u.status
        assert [said(u, name)[2] for name in ("Ani", "Budi", "Citra")] == ["kertas", "kertas", ""]
        await u.press("alt+z")
        assert "Urungkan untuk 2 guru" in u.dialog
        await u.press("down enter")
        assert "2 rencana kembali seperti sebelumnya" in u.status
        assert said(u, "Ani")[2] == ""


async def test_the_day_on_the_paper_is_one_that_was(stage_app: Open) -> None:
    """A day to come is refused, and the field stays; nothing is noted."""
    async with stage_app(draft={ANI.nama: full_plan(confirmation=False)}) as u:
        await u.press("space alt+k '2' ctrl+u '31-12-2026' f9")
        assert "belum tiba" in u.dialog
        await u.press("ctrl+u '9 januari 2026' f9")
        plan = u.draft("Ani")
        assert plan is not None
        assert plan.rangkuman.tanggal == "2026-01-09"


async def test_a_bulk_submission_is_taken_back_while_it_waits(stage_app: Open) -> None:
    """The question says for how many; their plans stand as complete again."""
    async with stage_app(draft={ANI.nama: full_plan(), BUDI.nama: full_plan()}) as u:
        await u.press("asterisk alt+j down enter alt+z")
        assert "Tarik kembali pengajuan?" in u.dialog
        assert "Tarik 2 rencana" in u.dialog
        await u.press("down enter")
        assert "2 rencana ditarik kembali sebelum dikirim" in u.status
        assert u.store.outbox.due(9) == ()
        await u.press("alt+z")
        assert "Tidak ada langkah" in u.status


async def test_the_palette_lists_all_that_is_done_to_marked_ones(stage_app: Open, tmp_path: Path) -> None:
    """Each act with its key, for how many; their plans are written as files after a question."""
    async with stage_app(draft=ALL) as u:
        u.services.prints = tmp_path
        await u.press("space space ctrl+a")
        for act in (
            "Tinjau satu per satu",
            "Catat konfirmasi guru",
            "Ajukan yang lengkap",
            "Cetak atau ekspor",
            "Lepas semua tanda",
        ):
            assert "2 bertanda" in u.row(act)
        await u.press("escape ctrl+a 'tulis berkas' enter")
        assert "Tulis 2 berkas" in u.dialog
        await u.press("right enter")
        assert "2 berkas ditulis ke" in u.status
        assert len(list(u.services.prints.glob("*/rencana/*.toml"))) == 2
        await u.press("ctrl+a 'tinjau satu' enter")
        assert "1 dari 2" in u.title


async def test_those_left_out_are_told_reason_by_reason(stage_app: Open) -> None:
    """The reason that keeps most of them stands first, with the first names and how many more; none is passed over."""
    teachers = many_teachers(6)
    plans = {p.nama: FILLED for p in teachers[:5]} | {teachers[5].nama: full_plan(confirmation=False)}
    async with stage_app(teachers=[*teachers, BUDI], draft=plans) as u:
        await u.press("asterisk alt+k")
        assert "Ditinggal (6):" in u.dialog
        names = "; ".join(p.nama for p in teachers[:3])
        assert f"5 guru (data dirinya belum dinyatakan sesuai): {names}; dan 2 lagi" in u.dialog
        assert f"{BUDI.nama}: rencananya belum dimulai" in u.dialog
