"""Daftar Guru: every teacher and how the plan stands."""

from __future__ import annotations

from datetime import date

import msgspec
import pytest

from pmm_tui.practice.school import school_teachers
from pmm_tui.skp.model import Sekolah
from pmm_tui.store import Store
from pmm_tui.store.accounts import Account
from pmm_tui.tui.look_values import LookOptions
from pmm_tui.tui.ports import SendOutcome
from tests.tui.conftest import Open
from tests.tui.fake_services import MOMENT, FakeServices, accepted, rejected
from tests.tui.samples import ANI, BUDI, CITRA, DEDI, TEACHERS, full_plan, started_plan
from tests.tui.stage import Stage
from tests.tui.stage import stage_app as stage_app_of

pytestmark = pytest.mark.anyio


def submit(u: Stage, *who: str) -> None:
    """Seal these teachers' drafts."""
    for one in who:
        draft = u.draft(one)
        assert draft is not None
        u.store.outbox.seal(u.pegawai(one), "2026", draft, 1, MOMENT)


def names(u: Stage) -> list[str]:
    """The first names in the list, in order; none where a sentence says that there is nobody."""
    screen = u.screen_text()
    head = next(n for n, line in enumerate(screen) if "12345" in line)
    lines = [line[:60] for line in screen[head + 1 : -2] if line[:60].strip()]
    if lines and lines[0].strip().startswith("Tidak ada guru"):
        return []
    return [line[2:].split()[0] for line in lines]


async def test_every_teacher_with_number_kind_and_state(stage_app: Open) -> None:
    """A row has name, NIP (or NUPTK), the marks of the five panes and the state in words and a sign."""
    async with stage_app(draft={ANI.nama: started_plan(), BUDI.nama: full_plan()}) as u:
        assert "SMP Negeri 1 Khaya" in u.title
        assert u.row("Ani Lestari").split()[-4:] == ["198507142010012001", "·····", "…", "draf"]
        assert u.row("Budi Santoso").split()[-4:] == ["√√√√√", "○", "siap", "diajukan"]
        assert u.row("Citra Dewi").split()[-3:] == ["·", "belum", "dimulai"]
        assert "6543210987654321" in u.row("Dedi Kurnia")


async def test_twelve_of_forty(stage_app: Open) -> None:
    """The bar counts the plans that the server has confirmed; those that only wait do not count."""
    existing = school_teachers()
    async with stage_app(teachers=existing, draft={p.nama: full_plan() for p in existing}) as u:
        assert "0 dari 40 selesai" in u.text
        u.services.respond = accepted
        submit(u, *(p.nama for p in existing[:12]))
        await u.press("f9")
        await u.until_text("12 dari 40 selesai")
        u.services.respond = None
        submit(u, existing[20].nama)
        await u.press("f9")
        await u.until_text("1 antre")
        assert "12 dari 40 selesai · 1 antre" in u.text


async def test_search_as_you_type(stage_app: Open) -> None:
    """Letters narrow the list by name, number and kind, all words counting; Esc empties the search."""
    async with stage_app() as u:
        await u.press("'BUDI'")
        assert names(u) == ["Budi"]
        assert "▐BUDI" in u.text
        await u.press("escape")
        assert len(names(u)) == 4
        for search, found in (
            ("8504", []),
            ("19890402 2", ["Citra"]),
            ("'198904022022212003", ["Citra"]),
            ("pppk", ["Citra"]),
            ("65432", ["Dedi"]),
            ("mapel dewi", ["Citra"]),
        ):
            await u.press(f"ctrl+u '{search.replace(chr(39), chr(39) * 2)}'")
            assert names(u) == found, search
        await u.press("escape 'zzz'")
        assert "Tidak ada guru yang cocok dengan “zzz”" in u.text
        await u.press("enter backspace*3")
        assert len(names(u)) == 4


async def test_enter_opens_the_one_that_was_found(stage_app: Open) -> None:
    """Search and Enter is the way to a plan; coming back, search and teacher stay."""
    async with stage_app() as u:
        await u.press("'de' down enter")
        assert u.title.startswith(" ‹ Dedi")
        await u.press("escape")
        assert "▐de " in u.text
        assert u.cursor.startswith("Dedi")


async def test_the_next_search_begins_anew_after_a_plan(stage_app: Open) -> None:
    """The first letter after coming back replaces the search; Esc gives the whole list, around the teacher who was found."""
    async with stage_app() as u:
        await u.press("'citra' enter escape")
        assert names(u) == ["Citra"]
        await u.press("'bu'")
        assert names(u) == ["Budi"]
        await u.press("escape")
        assert len(names(u)) == 4
        assert u.cursor.startswith("Budi")


async def test_every_filter(stage_app: Open) -> None:
    """F2 goes through the states and round again; the line above says which, and how many each has."""
    full = full_plan()
    async with stage_app(look=LookOptions(theme="ansi"), draft={ANI.nama: full, BUDI.nama: full, CITRA.nama: full}) as u:
        submit(u, "Ani")
        u.services.respond = accepted
        await u.press("f9")
        await u.until_text("1 dari 4 selesai")
        u.services.respond = rejected("/rangkuman")
        submit(u, "Budi")
        await u.press("f9")
        await u.until_text("1 perlu perbaikan")
        expected = {
            "[Belum 1]": ["Dedi"],
            "[Siap 1]": ["Citra"],
            "[Perlu Anda 1]": ["Budi"],
            "[Antre 0]": [],
            "[Selesai 1]": ["Ani"],
            "[Semua 4]": ["Ani", "Budi", "Citra", "Dedi"],
        }
        for shown, found in expected.items():
            await u.press("f2")
            assert shown in u.text
            assert names(u) == found, shown


async def test_every_order(stage_app: Open) -> None:
    """F3 sorts by column after column and again by name; the cursor stays on its teacher, and Shift+F3 turns it round."""
    odd = msgspec.structs.replace(DEDI, nama="Zaki", nip="123", nuptk="", status_kepegawaian="PNS")
    async with stage_app(teachers=(*TEACHERS, odd), draft={CITRA.nama: started_plan(), BUDI.nama: full_plan()}) as u:
        await u.go_to("Citra")
        expected = {
            "NUPTK ▲": ["Zaki", "Ani", "Citra", "Budi", "Dedi"],
            "Jenis PTK ▲": ["Budi", "Ani", "Citra", "Dedi", "Zaki"],
            "Kepegawaian ▲": ["Dedi", "Ani", "Budi", "Zaki", "Citra"],
            "Status ▲": ["Ani", "Dedi", "Zaki", "Citra", "Budi"],
            "Masalah ▼": ["Citra", "Zaki", "Ani", "Budi", "Dedi"],
        }
        for shown, found in expected.items():
            await u.press("f3")
            assert shown in u.text
            assert names(u) == found, shown
            assert u.cursor.startswith("Citra")
        await u.press("ctrl+o ctrl+o f3")
        assert "Nama ▲" in u.text
        assert names(u) == ["Ani", "Budi", "Citra", "Dedi", "Zaki"]
        await u.press("shift+f3")
        assert "Nama ▼" in u.text
        assert names(u) == ["Zaki", "Dedi", "Citra", "Budi", "Ani"]


async def test_after_a_submitted_plan_the_cursor_stays(stage_app: Open) -> None:
    """Back from a plan that was submitted, the cursor stands on its teacher; one key leads on to the next unfinished."""
    async with stage_app(draft={p.nama: full_plan() for p in (BUDI, DEDI)}) as u:
        u.services.respond = accepted
        for name, after in (("Budi", "Citra"), ("Dedi", "Ani")):
            await u.go_to(name)
            await u.press("enter f9 down enter")
            await u.until_text("sudah diajukan")
            await u.press("escape")
            assert u.cursor.startswith(name)
            await u.press("alt+u")
            assert u.cursor.startswith(after)


async def test_a_teacher_who_is_listed_no_more_leaves_the_cursor_where_they_stood(stage_app: Open) -> None:
    """In a list of those who are ready the next one stands there."""
    async with stage_app(draft={p.nama: full_plan() for p in (ANI, BUDI, CITRA)}) as u:
        u.services.respond = accepted
        await u.press("f2*2")
        await u.go_to("Budi")
        await u.press("enter f9 down enter")
        await u.until_text("sudah diajukan")
        await u.press("escape")
        assert names(u) == ["Ani", "Citra"]
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
        ways = ("Impor dari berkas Dapodik", "Tarik data dari server", "Tambah seorang guru")
        for content in ("Belum ada guru", *ways, "sekolah belum diatur"):
            assert content in u.text
        await u.press("enter down up end home space insert 'x' escape f2 f3 enter")
        assert "0 dari 0 selesai" in u.text


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
        u.services.sekolah = msgspec.structs.replace(u.services.sekolah, nama="SMP Dua")
        u.open_gate()
        await u.until_text("SMP Dua")
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
        head = next(n for n, line in enumerate(lines) if "dari 4 selesai" in line)
        assert " ".join(" ".join(lines[1:head]).split()) == WRONG
        assert "Semua 4" in lines[head + 1]
        assert "Status" in lines[head + 2]
        services.wrong_clock = ""
        await u.press("f5")
        await u.until(lambda: "dari 4 selesai" in u.screen_text()[1])
        services.wrong_clock = WRONG
        await u.press("f5")
        await u.until(lambda: u.screen_text()[1].startswith(" Jam komputer ini keliru"))
        assert names(u)[-4:] == ["Ani", "Budi", "Citra", "Dedi"]


async def test_the_days_to_the_deadline_stand_in_the_title(stage_app: Open) -> None:
    """Of the stage that the calendar is in; in the thrifty look at the end of the search line, where there is room."""
    async with stage_app() as u:
        assert u.title.endswith("Jan–Des 2026 · tenggat 31 Jan, 21 hari lagi")
        await u.size(60, 18)
        assert u.title.endswith("Jan–Des 2026 · 21 hari lagi")
        await u.size(80, 24)
        await u.press("ctrl+p")
        assert u.screen_text()[1].endswith("Perencanaan: 21 hari lagi")
        await u.press("'citra dewi lestari'")
        assert u.screen_text()[1].startswith(" Cari: citra dewi lestari_ ")
        assert "Perencanaan" not in u.screen_text()[1]


async def test_a_wrong_clock_counts_no_days(store: Store, stage_app: Open) -> None:
    """How many days are left is not told by a clock that cannot be right."""
    services = FakeServices(store)
    services.wrong_clock = "Jam komputer ini keliru."
    async with stage_app(services=services) as u:
        assert "keliru" in u.text
        assert "hari lagi" not in u.text


# ---- marks, and one thing for several


def marked(u: Stage) -> list[str]:
    """The first names of the marked rows."""
    return [line[2:].split()[0] for line in u.screen_text() if line[1:2] == u.app.look.signs.marked]


async def test_marks(stage_app: Open) -> None:
    """Space marks and steps down, a star marks all shown or none, Esc takes the search away, then, asked again, the marks."""
    async with stage_app() as u:
        await u.press("space space")
        assert marked(u) == ["Ani", "Budi"]
        assert u.cursor.startswith("Citra")
        assert "■ 2 bertanda" in u.text
        await u.press("insert up up insert")
        assert marked(u) == ["Ani", "Citra"]
        await u.press("'zzz'")
        assert names(u) == []
        await u.press("escape 'tik' alt+a")
        assert marked(u) == ["Dedi"]
        await u.press("escape")
        assert marked(u) == ["Ani", "Citra", "Dedi"]
        await u.press("'*'")
        assert len(marked(u)) == 4
        await u.press("'*'")
        assert marked(u) == []
        await u.press("space escape")
        assert len(marked(u)) == 1
        assert "1 guru bertanda; Esc sekali lagi melepas semua tandanya" in u.status
        await u.press("down escape")
        assert (marked(u), u.status.strip()) == ([], "1 tanda dilepas")


async def test_a_blank_is_a_letter_of_a_search_that_has_begun(stage_app: Open) -> None:
    """Only before the first letter does Space mark."""
    async with stage_app() as u:
        await u.press("'citra dewi'")
        assert (names(u), marked(u)) == (["Citra"], [])


async def test_the_marked_plans_that_are_complete_are_submitted(stage_app: Open) -> None:
    """After a question that names them and says who is left out and why; the safe answer does nothing."""
    async with stage_app(draft={p.nama: full_plan() for p in (ANI, BUDI, CITRA)}) as u:
        await u.press("'*' alt+j")
        for words in (
            "Akan diajukan:",
            "Ani Lestari",
            "Ditinggal (1):",
            "Dedi Kurnia: Rencananya belum dimulai.",
            "Ajukan 3 rencana",
            "Periode",
            "Jan–Des 2026",
            "Kepada",
            "Lewat",
        ):
            assert words in u.text
        await u.press("enter")
        assert u.store.outbox.order("2026") == ()
        await u.press("alt+j right enter")
        await u.until_text("3 antre")
        assert len(u.store.outbox.order("2026")) == 3


async def test_nothing_to_submit_is_said(stage_app: Open) -> None:
    """With the first reason; no question is asked."""
    async with stage_app() as u:
        await u.press("alt+j")
        assert "Tidak ada yang dapat diajukan. Ani Lestari, S.Pd.: Rencananya belum dimulai." in u.status


async def test_who_needs_no_plan_leaves_the_count(stage_app: Open) -> None:
    """For the teacher under the cursor or all marked ones, with a reason; the same key takes it back."""
    async with stage_app() as u:
        await u.press("space space alt+t")
        await u.press("'pens' enter")
        assert "0 dari 2 selesai" in u.text
        assert "- tidak perlu" in u.row("Ani Lestari")
        assert "2 guru ditandai tidak perlu" in u.status
        await u.press("alt+t")
        assert "0 dari 4 selesai" in u.text
        assert "2 guru perlu rencana lagi" in u.status


async def test_a_reason_of_ones_own(stage_app: Open) -> None:
    """Typed where none of the ready ones fits; Esc marks nobody."""
    async with stage_app() as u:
        await u.press("alt+t 'lain' enter escape")
        assert "0 dari 4 selesai" in u.text
        await u.press("alt+t 'lain' enter 'cuti besar' enter enter")
        assert "0 dari 3 selesai" in u.text
        assert set(u.store.not_needed.all("2026").values()) == {"cuti besar"}


async def test_the_palette_offers_first_what_can_be_done_with_marked_ones(stage_app: Open) -> None:
    """With how many there are; without marks it offers the actions alone."""
    async with stage_app() as u:
        await u.press("space space ctrl+a")
        acts = ("Tinjau satu per satu", "Catat konfirmasi guru …", "Ajukan yang lengkap …")
        for act, line in zip(acts, u.screen_text()[6:9], strict=True):
            assert act in line
            assert "2 bertanda" in line
        await u.press("'lepas' enter")
        assert marked(u) == []
        await u.press("ctrl+a")
        assert "bertanda" not in u.screen_text()[6]


async def test_filters_are_combined(stage_app: Open) -> None:
    """Kepegawaian, jenis PTK and problems beside the group and the search; all of them narrow."""
    async with stage_app(draft={ANI.nama: started_plan()}) as u:
        await u.press("shift+f2")
        assert "Status kepegawaian" in u.text
        await u.go_to("PNS")
        await u.press("enter")
        assert names(u) == ["Ani", "Budi"]
        assert "+ PNS" in u.text
        await u.press("'bk'")
        assert names(u) == ["Budi"]
        await u.press("escape alt+r")
        await u.press("ctrl+end enter")
        assert len(names(u)) == 4
        await u.press("alt+r escape")
        assert len(names(u)) == 4


async def test_who_has_no_account_of_belajar_id_is_filtered(store: Store) -> None:
    """Once accounts were read in the band has their states, those nobody looked at too; the words stand on the chip."""
    store.roster.write(TEACHERS)
    ani, budi = (next(p.id for p in store.roster.all() if p.nama == one.nama) for one in (ANI, BUDI))
    async with stage_app_of(store) as u:
        await u.press("shift+f2")
        assert "belajar.id" not in u.text
        await u.press("escape")
        states = {ani: "tidak-ada", budi: "aktif"}
        store.accounts.write(Account(pegawai_id=n, state=state, origin="tangan", at=MOMENT) for n, state in states.items())
        await u.press("shift+f2")
        await u.go_to("belum punya akun")
        await u.press("space")
        await u.go_to("belum dicek")
        await u.press("enter")
        assert names(u) == ["Ani", "Citra", "Dedi"]
        await u.press("shift+f2")
        await u.go_to("belum dicek")
        await u.press("space")
        await u.go_to("Pakai")
        await u.press("enter")
        assert names(u) == ["Ani"]
        assert "belajar.id belum punya akun" in u.text


async def test_what_the_stage_asks_for_stands_above_a_wide_list(stage_app: Open) -> None:
    """From 100 columns, at the right end; with the stage's name where there is room; what is marked goes before it."""
    advice = "usun, konfirmasi dan ajukan rencana setiap guru."
    async with stage_app(size=(160, 45)) as u:
        assert u.row("dari 4 selesai").endswith(f"  Menyusun dan mengajukan: s{advice}")
        await u.size(100, 30)
        assert u.row("dari 4 selesai").endswith(f"  S{advice}")
        await u.press("space")
        assert u.row("dari 4 selesai").endswith("1 bertanda")
        await u.press("space")
        await u.size(99, 30)
        assert advice not in u.text


async def test_advice_that_has_no_room_is_cut_and_the_bar_stays(stage_app: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    """Also that of two stages that run at once; where there is room it is whole."""
    monkeypatch.setattr(FakeServices, "today", lambda self: date(2026, 12, 1))
    async with stage_app(size=(100, 30)) as u:
        row = u.row("dari 4 selesai")
        assert "  Kepala sekolah menilai dan menetapkan predikat" in row
        assert row.endswith("…")
        assert row.count(u.app.look.signs.progress[2]) >= 12
        await u.size(160, 45)
        assert "Penilaian dan predikat: kepala sekolah menilai dan menetapkan predikat; siapkan" in u.row("dari 4 selesai")


async def test_the_thrifty_list_has_no_advice(stage_app: Open) -> None:
    """However wide it is."""
    async with stage_app(size=(160, 45), look=LookOptions(thrifty=True)) as u:
        assert "ajukan rencana setiap guru" not in u.text


# ---- the plan beside the list


async def test_the_plan_under_the_cursor_stands_beside_the_list(stage_app: Open) -> None:
    """From 100 columns; it follows when the keys rest, and F10 takes it away."""
    async with stage_app(draft={BUDI.nama: full_plan()}, size=(100, 30)) as u:
        assert "│ " in u.row("PNS III/c · Guru Mapel")
        await u.press("down")
        await u.until_text("7 dari 7 nilai terisi")
        assert "1 Praktik" in u.text
        await u.press("f10")
        assert "nilai terisi" not in u.text
        await u.press("alt+i")
        await u.until_text("7 dari 7 nilai terisi")
        await u.size(99, 30)
        assert "nilai terisi" not in u.text


async def test_the_line_below_tells_of_the_teacher_under_the_cursor(stage_app: Open) -> None:
    """The first problem, once the keys rest; what was said of an act stays until then."""
    async with stage_app(draft={BUDI.nama: started_plan()}) as u:
        assert "hari lagi" not in u.status
        await u.press("down")
        await u.until(lambda: "Pilih satu indikator Praktik Kinerja." in u.status)


async def test_a_word_goes_with_the_next_move(stage_app: Open) -> None:
    """What was done is said until the cursor moves or another place is opened."""
    async with stage_app() as u:
        await u.press("ctrl+c")
        assert "Ctrl+Q menutup program" in u.status
        await u.press("down")
        assert "Ctrl+Q" not in u.status
        await u.press("ctrl+c f8 escape")
        assert "Ctrl+Q" not in u.status
