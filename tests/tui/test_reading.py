"""Plans that were sent open for reading; one that was sent back opens at the head's note and needs the teacher's word anew."""

from __future__ import annotations

import pytest

from pmm_tui.services.status_words import LOCKED, READING
from pmm_tui.skp.overview import UNCHANGED
from pmm_tui.skp.wire import open_envelope
from pmm_tui.tui.panes.registry import ORDER
from tests.tui.conftest import Open
from tests.tui.fake_services import MOMENT, accepted
from tests.tui.samples import ANI, full_plan
from tests.tui.stage import Stage

pytestmark = pytest.mark.anyio
READY = {ANI.nama: full_plan()}
QUESTION = "Ubah rencana ini"
NOTE = "Target pelatihan terlalu kecil; tambahkan satu RHK tentang asesmen."


def judge(u: Stage, status: str) -> None:
    """The plan was sealed as it stands, sent, and so judged."""
    entry = u.store.outbox.seal(u.pegawai("Ani"), "2026", full_plan(), 1, MOMENT)
    u.store.outbox.mark_sending([entry.id])
    u.store.outbox.record_all({entry.id: accepted(entry)})
    u.store.outbox.hold(entry.pegawai_id, "2026", 1, entry.sha256, status, NOTE, MOMENT.isoformat())


async def opened(u: Stage, status: str, section: str = "") -> None:
    """Open it, at a section."""
    judge(u, status)
    await u.app.navigation.open_plan(u.pegawai("Ani"), section=section)
    await u.press("f1 escape")


MOVES = "down up tab shift+tab pagedown pageup ctrl+end ctrl+home end home"
EDITS = {
    "data_diri": "up*5 'x'",
    "praktik_pembelajaran": "down enter",
    "pengembangan_kompetensi": "ctrl+home '7'",
    "tugas_tambahan": "ctrl+home down enter",
    "perilaku_kerja": "ctrl+home down space",
    "rangkuman": "up space",
}
"""An edit in each pane that has one."""


@pytest.mark.parametrize("section", ORDER)
async def test_moving_asks_nothing(stage_app: Open, section: str) -> None:
    """All keys of movement work in a plan that was sent, and F6, F7 and Enter on what is chosen go on."""
    async with stage_app(draft=READY) as u:
        await opened(u, "diajukan", section)
        assert READING in u.status
        await u.press(f"{MOVES} f6 f7 ctrl+z ctrl+y")
        assert QUESTION not in u.text
        assert u.draft("Ani") == full_plan()
        assert "terkirim" in u.status


async def test_enter_goes_through_a_plan_that_was_sent(stage_app: Open) -> None:
    """Enter on what is chosen already changes nothing, and goes on as ever."""
    async with stage_app(draft=READY) as u:
        await opened(u, "diajukan", "data_diri")
        await u.go_to("Data sudah sesuai")
        await u.press("enter enter")
        assert u.tab == "1 Praktik"
        await u.press("enter")
        assert u.tab == "2 Kompetensi"
        assert QUESTION not in u.text


@pytest.mark.parametrize("section", EDITS)
async def test_an_edit_is_a_decision(stage_app: Open, section: str) -> None:
    """An editing key opens the question instead, which says what follows; only after a yes it edits."""
    async with stage_app(draft=READY) as u:
        await opened(u, "diajukan", section)
        await u.press(EDITS[section])
        assert QUESTION in u.dialog
        for what in ("revisi baru", "diajukan lagi", "memeriksanya dari awal", "konfirmasi guru ditarik"):
            assert what in u.dialog
        await u.press("enter")
        assert QUESTION not in u.text
        assert "terkirim" in u.status
        await u.press(EDITS[section].split()[-1])
        await u.press("down enter")
        assert "Rencana dapat diubah" in u.status
        await u.press(EDITS[section].split()[-1])
        assert QUESTION not in u.text
        assert "berubah" in u.status
        rencana = await u.saved("Ani", lambda r: r != full_plan())
        assert not rencana.rangkuman.dikonfirmasi_guru


@pytest.mark.parametrize("keys", ["f4", "f5"])
async def test_adding_and_removing_is_a_decision_too(stage_app: Open, keys: str) -> None:
    """Neither the list of RHK opens nor is one taken away before the question was answered."""
    async with stage_app(draft=READY) as u:
        await opened(u, "diajukan", "pengembangan_kompetensi")
        await u.press(f"ctrl+home {keys}")
        assert QUESTION in u.dialog
        await u.press("escape")
        assert "1 RHK" in u.text


async def test_a_paste_is_a_decision_too(stage_app: Open) -> None:
    """What is pasted into a field of a plan that was sent does not stand there."""
    async with stage_app(draft=READY) as u:
        await opened(u, "diajukan", "pengembangan_kompetensi")
        await u.press("ctrl+home")
        await u.paste("99")
        assert QUESTION in u.dialog
        await u.press("enter")
        assert "Target kuantitas    4" in u.text


@pytest.mark.parametrize("section", EDITS)
async def test_what_is_approved_says_why_it_is_locked(stage_app: Open, section: str) -> None:
    """It says so when it opens, and instead of a question; nothing changes."""
    async with stage_app(draft=READY) as u:
        await opened(u, "disetujui", section)
        assert LOCKED in u.status
        await u.press(EDITS[section])
        assert QUESTION not in u.text
        assert LOCKED in u.status
        assert "disetujui" in u.row("disetujui")
        await u.press("escape")
        assert u.draft("Ani") == full_plan()


async def test_a_returned_plan_opens_at_the_note(stage_app: Open) -> None:
    """The note is in sight at 80x24, the tick is not set, and that nothing was mended yet is said."""
    async with stage_app(draft=READY) as u:
        judge(u, "dikembalikan")
        await u.press("enter")
        assert u.tab == "5 Rangkuman"
        page = " ".join(u.text.split())
        assert NOTE in page
        assert UNCHANGED.split(";")[0] in page
        assert "guru perlu mengonfirmasi lagi" in page
        await u.press("f9")
        assert "Belum ditandai sudah dikonfirmasi guru" in u.status
        assert u.cursor.startswith("[ ] Sudah dikonfirmasi guru")
        assert len(u.store.outbox.all()) == 1


async def test_a_returned_plan_goes_again_confirmed_and_with_a_warning(stage_app: Open) -> None:
    """Confirmed anew and not mended the question warns; mended it does not."""
    async with stage_app(draft=READY) as u:
        judge(u, "dikembalikan")
        await u.press("enter f9 space f9")
        assert "masih sama dengan yang dikembalikan" in u.dialog
        assert "Konfirmasi dibaca di layar, 10 Januari 2026" in u.dialog
        await u.press("escape f7*3 ctrl+home '7' f6*3")
        assert u.cursor.startswith("[ ] Sudah dikonfirmasi guru")  # what was mended waits for this alone
        await u.press("space f9")
        assert "Ajukan Perencanaan Kinerja" in u.dialog
        assert "masih sama" not in u.dialog
        await u.press("down enter")
        await u.until(lambda: len(u.store.outbox.all()) == 2)
        sealed = open_envelope(u.store.outbox.all()[0].line).rencana.rangkuman
        assert (sealed.cara, sealed.tanggal) == ("layar", "2026-01-10")
