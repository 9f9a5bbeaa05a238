"""Daftar Guru: every teacher and how the plan stands."""

from __future__ import annotations

import msgspec
import pytest

from pmm_tui.practice.school import school_teachers
from pmm_tui.skp.model import Sekolah
from pmm_tui.store import Store
from pmm_tui.tui.ports import SendOutcome
from tests.tui.conftest import Open
from tests.tui.fake_services import MOMENT, FakeServices, accepted, rejected
from tests.tui.samples import ANI, BUDI, CITRA, DEDI, TEACHERS, full_plan, started_plan
from tests.tui.stage import Stage

pytestmark = pytest.mark.anyio


def submit(u: Stage, *who: str) -> None:
    """Seal these teachers' drafts."""
    for one in who:
        draft = u.draft(one)
        assert draft is not None
        u.store.outbox.seal(u.pegawai(one), "2026", draft, 1, MOMENT)


def names(u: Stage) -> list[str]:
    """The first names in the list, in order; none where a sentence says that there is nobody."""
    lines = [line for line in u.screen_text()[3:-2] if line.strip()]
    if len(lines) == 1 and lines[0].strip().startswith("Tidak ada guru"):
        return []
    return [line.split()[0 if line.startswith("  ") else 1] for line in lines]


async def test_every_teacher_with_number_kind_and_state(stage_app: Open) -> None:
    """A row has name, NIP (or NUPTK), jenis PTK and the state in words and a sign; none while nothing is begun."""
    async with stage_app(draft={ANI.nama: started_plan(), BUDI.nama: full_plan()}) as u:
        assert "SMP Negeri 1 Khayalan" in u.title
        assert u.row("Ani Lestari").split()[4:] == ["198507142010012001", "Guru", "Mapel", "…", "draf", "5!"]
        assert "○ lengkap" in u.row("Budi Santoso")
        assert u.row("Citra Dewi").split()[-2:] == ["Guru", "Mapel"]
        assert "6543210987654321" in u.row("Dedi Kurnia")


async def test_twelve_of_forty(stage_app: Open) -> None:
    """The title counts the plans that the server has confirmed; those that only wait do not count."""
    existing = school_teachers()
    async with stage_app(teachers=existing, draft={p.nama: full_plan() for p in existing}) as u:
        assert "0 dari 40 selesai" in u.title
        u.services.respond = accepted
        submit(u, *(p.nama for p in existing[:12]))
        await u.press("f9")
        await u.until_text("12 dari 40 selesai")
        u.services.respond = None
        submit(u, existing[20].nama)
        await u.press("f9")
        await u.until_text("1 antre")
        assert "12 dari 40 selesai" in u.title


async def test_search_as_you_type(stage_app: Open) -> None:
    """Letters narrow the list by name, number and kind, all words counting; Esc empties the search."""
    async with stage_app() as u:
        await u.press("'BUDI'")
        assert names(u) == ["Budi"]
        assert "Cari: BUDI_" in u.text
        await u.press("escape")
        assert len(names(u)) == 4
        for search, found in (("8504", []), ("19890402", ["Citra"]), ("65432", ["Dedi"]), ("mapel dewi", ["Citra"])):
            await u.press(f"ctrl+u '{search}'")
            assert names(u) == found, search
        await u.press("escape 'zzz'")
        assert "Tidak ada guru yang cocok" in u.text
        await u.press("enter backspace*3")
        assert len(names(u)) == 4


async def test_enter_opens_the_one_that_was_found(stage_app: Open) -> None:
    """Search and Enter is the way to a plan; coming back, search and teacher stay."""
    async with stage_app() as u:
        await u.press("'de' down enter")
        assert u.title.startswith(" ‹ Dedi")
        await u.press("escape")
        assert "Cari: de_" in u.text
        assert u.cursor.startswith("Dedi")


async def test_every_filter(stage_app: Open) -> None:
    """F2 goes through the states and round again; the line above says which and how many."""
    full = full_plan()
    async with stage_app(draft={ANI.nama: full, BUDI.nama: full, CITRA.nama: full}) as u:
        submit(u, "Ani")
        u.services.respond = accepted
        await u.press("f9")
        await u.until_text("1 dari 4 selesai")
        u.services.respond = rejected("/rangkuman")
        submit(u, "Budi")
        await u.press("f9")
        await u.until_text("1 perlu perbaikan")
        expected = {
            "belum selesai (3)": ["Budi", "Citra", "Dedi"],
            "siap diajukan (1)": ["Citra"],
            "perlu perhatian (1)": ["Budi"],
            "antre (0)": [],
            "selesai (1)": ["Ani"],
            "Semua guru (4)": ["Ani", "Budi", "Citra", "Dedi"],
        }
        for shown, found in expected.items():
            await u.press("f2")
            assert shown in u.text
            assert names(u) == found, shown


async def test_every_order(stage_app: Open) -> None:
    """F3 sorts by name, by state, by problems, and again by name; the cursor stays on its teacher."""
    odd = msgspec.structs.replace(DEDI, nama="Zaki", nip="123", nuptk="", status_kepegawaian="PNS")
    async with stage_app(teachers=(*TEACHERS, odd), draft={CITRA.nama: started_plan(), BUDI.nama: full_plan()}) as u:
        await u.go_to("Citra")
        await u.press("f3")
        assert "Urut: status" in u.text
        assert names(u) == ["Ani", "Dedi", "Zaki", "Citra", "Budi"]
        assert u.cursor.startswith("Citra")
        await u.press("ctrl+o")
        assert "Urut: masalah" in u.text
        assert names(u)[:2] == ["Citra", "Zaki"]
        await u.press("f3")
        assert names(u) == ["Ani", "Budi", "Citra", "Dedi", "Zaki"]


async def test_after_a_submitted_plan_the_cursor_stays(stage_app: Open) -> None:
    """Back from a plan that was submitted, the cursor stands on its teacher too; to go on there is a button and a key."""
    async with stage_app(draft={p.nama: full_plan() for p in (BUDI, DEDI)}) as u:
        u.services.respond = accepted
        await u.go_to("Budi")
        await u.press("enter f9 down enter")
        await u.until_text("sudah diajukan")
        await u.press("escape")
        assert u.cursor.startswith("Budi")
        assert "terkirim" in u.row("Budi")


async def test_a_teacher_who_is_listed_no_more_leaves_the_cursor_where_they_stood(stage_app: Open) -> None:
    """In a list of those who are not done the next one stands there."""
    async with stage_app(draft={p.nama: full_plan() for p in (ANI, BUDI, CITRA)}) as u:
        u.services.respond = accepted
        await u.press("f2")
        await u.go_to("Budi")
        await u.press("enter f9 down enter")
        await u.until_text("sudah diajukan")
        await u.press("escape")
        assert "Budi" not in u.text
        assert u.cursor.startswith("Citra")


async def test_after_an_unfinished_plan_the_cursor_stays(stage_app: Open) -> None:
    """Back from a plan that is not done the cursor stands on its teacher, whose row has followed."""
    async with stage_app() as u:
        await u.go_to("Citra")
        await u.press("enter enter down enter escape")
        assert u.cursor.startswith("Citra")
        assert "draf" in u.cursor


async def test_empty_roster_says_what_to_do(stage_app: Open) -> None:
    """Without teachers the screen names the ways to get some; no key breaks it."""
    async with stage_app(teachers=(), sekolah=Sekolah()) as u:
        for content in ("Belum ada guru.", "Impor dari berkas Dapodik", "Tarik data dari server", "sekolah belum diatur"):
            assert content in u.text
        await u.press("enter down up end home 'x' escape f2 f3 enter")
        assert "0 dari 0 selesai" in u.title


async def test_send_progress_and_result(stage_app: Open) -> None:
    """F9 sends what waits; the outcome stands in the status line, and a second F9 meanwhile starts nothing."""
    async with stage_app(draft={p.nama: full_plan() for p in (ANI, BUDI)}) as u:
        submit(u, "Ani", "Budi")
        u.services.respond = accepted
        u.close_gate()
        await u.press("f9 f9 f9")
        running = len(u.services.called("send"))
        u.open_gate()
        await u.until_text("2 dari 4 selesai")
        assert "Tidak ada lagi yang menunggu." in u.status
        assert len(u.services.called("send")) == running


@pytest.mark.parametrize("keys", ["f5", "ctrl+r"])
async def test_fetching_shows_what_came(stage_app: Open, keys: str) -> None:
    """Fetching is said, teachers and school that came are shown, and what waits is sent after it."""
    async with stage_app(teachers=(ANI,)) as u:
        u.close_gate()
        before = len(u.services.called("send"))
        await u.press(keys)
        assert "Mengambil data dari server" in u.status
        u.store.roster.write([BUDI])
        u.services.sekolah = msgspec.structs.replace(u.services.sekolah, nama="SMP Negeri 2 Khayalan")
        u.open_gate()
        await u.until_text("SMP Negeri 2 Khayalan")
        assert names(u) == ["Ani", "Budi"]
        await u.until(lambda: len(u.services.called("send")) > before)


async def test_start_sends_what_waits(stage_app: Open) -> None:
    """With fresh data the start sends; nobody has to press anything."""
    async with stage_app() as u:
        assert u.services.called("send") == [False]
        assert u.services.called("pull") == []


async def test_damaged_records_are_said_at_the_start(stage_app: Open) -> None:
    """What the check of the records found stands in the status line of the first screen."""
    async with stage_app(check_result="3 catatan rusak; jalankan pmm-tui pulihkan.") as u:
        await u.until_text("3 catatan rusak")


async def test_without_a_server_that_is_said(stage_app: Open) -> None:
    """Where no server is set the status line says so, and sending says where to set it."""
    async with stage_app() as u:
        u.services.address = ""
        u.services.send_result = SendOutcome(sentence="Server belum diatur (F7); rencana aman di komputer ini.", ok=False)
        await u.app.refresh_all()
        assert "server belum diatur" in u.status
        await u.press("f9")
        await u.until_text("Server belum diatur (F7)")


WRONG = (
    "Jam komputer ini keliru: 1 Januari 2019, sekitar 7 tahun 11 bulan sebelum versi program ini terbit; betulkan tanggal dan"
    " jamnya, sementara itu dipakai 28 November 2026."
)


async def test_a_clock_that_cannot_be_stands_in_the_head(store: Store, stage_app: Open) -> None:
    """The sentence is whole and above the search; it goes when the clock is right, and comes back when a fetch finds it wrong."""
    services = FakeServices(store)
    services.wrong_clock = WRONG
    async with stage_app(services=services) as u:
        lines = u.screen_text()
        search = next(n for n, line in enumerate(lines) if line.startswith(" Cari:"))
        assert " ".join(" ".join(lines[1:search]).split()) == WRONG
        assert "Semua guru (4)" in lines[search]
        assert "Status" in lines[search + 1]
        services.wrong_clock = ""
        await u.press("f5")
        await u.until(lambda: u.screen_text()[1].startswith(" Cari:"))
        services.wrong_clock = WRONG
        await u.press("f5")
        await u.until(lambda: u.screen_text()[1].startswith(" Jam komputer ini keliru"))
        assert names(u)[-4:] == ["Ani", "Budi", "Citra", "Dedi"]


async def test_the_stage_of_the_day_stands_in_the_head(stage_app: Open) -> None:
    """With its days, at the end of the search line, where it stays while one types; not where there is no room for it."""
    async with stage_app() as u:
        assert u.screen_text()[1].endswith("Perencanaan: 21 hari lagi")
        at = u.screen_text()[1].index("Perencanaan")
        await u.press("c i")
        assert u.screen_text()[1].startswith(" Cari: ci_ ")
        assert u.screen_text()[1].index("Perencanaan") == at
        await u.press(" ".join("citra dewi lestari".replace(" ", "_")).replace("_", "space"))
        assert "Perencanaan" not in u.screen_text()[1]


async def test_a_wrong_clock_counts_no_days(store: Store, stage_app: Open) -> None:
    """How many days are left is not told by a clock that cannot be right."""
    services = FakeServices(store)
    services.wrong_clock = "Jam komputer ini keliru."
    async with stage_app(services=services) as u:
        assert "keliru" in u.text
        assert "hari lagi" not in u.text
