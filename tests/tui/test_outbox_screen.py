"""Kotak Kirim: what is safe, what is sent, what needs somebody."""

from __future__ import annotations

import pytest

from pmm_tui.skp.wire import Held
from pmm_tui.store.outbox_entry import Conflict, Deferred
from tests.store.samples import newest_entries
from tests.tui.conftest import Open
from tests.tui.fake_services import MOMENT, accepted, rejected
from tests.tui.samples import ANI, BUDI, CITRA, full_plan
from tests.tui.stage import Stage

pytestmark = pytest.mark.anyio
READY = {p.nama: full_plan() for p in (ANI, BUDI, CITRA)}


async def send(u: Stage, nama: str, respond=None) -> None:
    """Seal a teacher's plan, and let the server answer so; None: it is not reached."""
    u.store.outbox.seal(u.pegawai(nama), "2026", full_plan(), 1, MOMENT)
    u.services.respond = respond
    if respond:
        await u.press("f9")
        await u.until(lambda: newest_entries(u.store)[u.pegawai(nama).id].keadaan not in ("queued", "sending"))


@pytest.mark.parametrize("keys", ["f8"])
async def test_rows_those_that_need_somebody_first(stage_app: Open, keys: str) -> None:
    """Refused and conflicting plans come before those that wait, and those before what is sent, each with its revision."""
    async with stage_app(draft=READY) as u:
        await send(u, "Ani", accepted)
        await send(u, "Budi", rejected("/rangkuman"))
        await send(u, "Citra")
        await u.press(keys)
        assert u.title.startswith(" Kotak Kirim")
        assert "1 antre · 1 perlu perbaikan" in u.screen_text()[1]
        assert u.screen_text()[2].split() == ["Keadaan", "Guru", "Rev", "Waktu", "Tanda", "terima"]
        rows = u.screen_text()[3:6]
        assert all(" 1 10 Jan 10.42" in line for line in rows)
        assert [word for line in rows for word in ("ditolak", "antre", "terkirim") if word in line] == [
            "ditolak",
            "antre",
            "terkirim",
        ]
        assert "TT-0001" in rows[2]


async def test_details_of_the_row_under_the_cursor(stage_app: Open) -> None:
    """Receipt and the server's time, the reason of a refusal, or that it is safe here: as the cursor goes."""
    async with stage_app(draft=READY) as u:
        await send(u, "Ani", accepted)
        await send(u, "Budi", rejected("/rangkuman", "Kepala sekolah belum ditetapkan."))
        await send(u, "Citra")
        await u.press("f8")
        assert "Kepala sekolah belum ditetapkan." in u.text
        await u.press("down")
        assert "Aman di komputer ini sejak 10 Januari 2026 10.42" in u.text
        assert "Akan dikirim saat ada jaringan" in " ".join(u.text.split())
        await u.press("down")
        sha = newest_entries(u.store)[u.pegawai("Ani").id].sha256[:12]
        assert f"Tanda terima TT-0001, diterima server 10 Januari 2026 10.42, sha256 {sha}" in " ".join(u.text.split())


async def test_conflict_says_what_the_server_holds(stage_app: Open) -> None:
    """A conflict names the server's revision and what to do; Enter leads to a look at both."""
    async with stage_app(draft=READY) as u:
        await send(u, "Ani", lambda k: Conflict(Held(7, "ab" * 32)))
        await u.press("f8")
        assert "bentrok" in u.row("Ani Lestari")
        assert "Server memegang revisi 7" in u.text
        await u.press("enter")
        assert u.title.startswith(" Lihat bedanya  Ani")
        await u.press("escape")
        assert u.tab == "5 Rangkuman"


async def test_unknown_is_not_called_sent(stage_app: Open) -> None:
    """What may or may not have arrived is called waiting, and how often it was tried is said."""
    async with stage_app(draft=READY) as u:
        await send(u, "Ani", lambda k: Deferred("Sambungan putus."))
        await u.press("f8")
        assert "antre, belum pasti" in u.row("Ani Lestari")
        assert "sudah dicoba 1 kali" in u.text


@pytest.mark.parametrize(
    ("pointer", "tab", "cursor"),
    [
        ("/praktik_pembelajaran/indikator", "1 Praktik", "(•) Penerapan Disiplin"),
        ("/pengembangan_kompetensi/rhk/0/target", "2 Kompetensi", "Target kuantitas"),
        ("/tugas_tambahan/tidak_ada", "3 Tugas", "[x] Tidak ada tugas"),
        ("/perilaku_kerja/loyal", "4 Perilaku", "[x] Memegang teguh"),
        ("/data_diri/golongan", "Data Diri", "Golongan"),
        ("", "5 Rangkuman", ""),
    ],
)
async def test_enter_on_a_refused_one_lands_on_the_field(stage_app: Open, pointer: str, tab: str, cursor: str) -> None:
    """Enter opens the plan at the field that the server complained about, and Esc leads back to the outbox."""
    async with stage_app(draft=READY) as u:
        await send(u, "Budi", rejected(pointer))
        await u.press("f8 enter")
        assert u.title.startswith(" ‹ Budi")
        assert u.tab == tab
        assert u.cursor.startswith(cursor)
        await u.press("escape")
        assert u.title.startswith(" Kotak Kirim")
        assert u.cursor.startswith("× ditolak         Budi")
        await u.press("escape")
        assert u.title.startswith(" Daftar Guru")
        assert u.cursor.startswith("Budi")


async def test_from_a_plan_and_back(stage_app: Open) -> None:
    """Opened from a plan, Esc leads back into that plan; Enter on another row leaves it, saved."""
    async with stage_app(draft=READY) as u:
        await send(u, "Budi", rejected("/tugas_tambahan/tidak_ada"))
        await u.go_to("Citra")
        await u.press("enter f7*3 up '9' ctrl+home f8")
        assert u.title.startswith(" Kotak Kirim")
        await u.press("escape")
        assert u.title.startswith(" ‹ Citra")
        assert u.tab == "2 Kompetensi"
        await u.press("'8' f8 enter")
        assert u.title.startswith(" ‹ Budi")
        draft = u.draft("Citra")
        assert draft is not None
        assert draft.pengembangan_kompetensi.rhk[0].target == 98
        await u.press("f8")  # the outbox that one came from, not another one over it
        assert u.title.startswith(" Kotak Kirim")
        await u.press("escape")
        assert u.title.startswith(" Daftar Guru")


async def test_progress_and_cancel(stage_app: Open) -> None:
    """While sending, the status line counts; Ctrl+X stops it, and nothing is called sent for that."""
    async with stage_app(draft=READY) as u:
        for name in ("Ani", "Budi", "Citra"):
            await send(u, name)
        u.services.respond = accepted
        u.close_gate()
        await u.press("f8 f9")
        await u.until_text("Mengirim 0 dari 3")
        await u.press("ctrl+x")
        u.open_gate()
        await u.until_text("Pengiriman dihentikan")
        assert not [k for k in u.store.outbox.all() if k.keadaan == "sent"]
        await u.press("f10")
        assert "Tidak ada pengiriman yang berjalan" in u.status


async def test_follows_the_sending(stage_app: Open) -> None:
    """Rows and title follow when the answers are there."""
    async with stage_app(draft=READY) as u:
        await send(u, "Ani")
        await u.press("f8")
        assert "antre" in u.row("Ani Lestari")
        u.services.respond = accepted
        await u.press("ctrl+s")
        await u.until_text("TT-0001")
        assert "terkirim" in u.row("Ani Lestari")


async def test_decision_of_the_head_is_shown(stage_app: Open) -> None:
    """What the head decided, with the note, stands here and in the plan."""
    async with stage_app(draft=READY) as u:
        await send(u, "Ani", accepted)
        entry = u.store.outbox.all()[0]
        u.store.outbox.hold(entry.pegawai_id, "2026", 1, entry.sha256, "dikembalikan", "Tambahkan RHK.", MOMENT.isoformat())
        await u.press("f8")
        assert "dikembalikan" in u.row("Ani Lestari")
        assert "Catatan: Tambahkan RHK." in u.text
        await u.press("enter ctrl+home")
        assert "Dikembalikan kepala sekolah untuk diperbaiki │ “Tambahkan RHK.”" in " ".join(u.text.split())


async def test_empty_box(stage_app: Open) -> None:
    """Without envelopes the box says how one gets into it, and Enter does nothing."""
    async with stage_app() as u:
        await u.press("f8 enter down")
        assert "Belum ada yang diajukan." in u.text
        await u.press("ctrl+w")
        assert u.title.startswith(" Daftar Guru")


@pytest.mark.parametrize(
    "pointer", ["rangkuman", "x", "/", "//", "rhk 1", "/pengembangan_kompetensi/rhk/9/target", "/tugas_tambahan/tugas/7/x"]
)
async def test_pointer_of_the_server_may_be_anything(stage_app: Open, pointer: str) -> None:
    """Enter on a refused plan opens it, whatever pointer the server gave."""
    async with stage_app(draft=READY) as u:
        await send(u, "Ani", rejected(pointer))
        await u.press("f8 enter")
        assert not u.app.crashed
        assert u.title.startswith(" ‹ Ani")
        assert u.cursor
