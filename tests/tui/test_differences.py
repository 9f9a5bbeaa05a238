"""Lihat bedanya: nothing that a colleague wrote is replaced without having been seen, and nothing of ours either."""

from __future__ import annotations

import pytest

from pmm_tui.skp.model import Rangkuman, RencanaKinerja, TugasTambahan
from pmm_tui.skp.plan_state import State
from pmm_tui.store import OutboxEntry
from pmm_tui.store.outbox_entry import Outcome, Sent
from pmm_tui.tui.look_values import LookOptions
from pmm_tui.tui.messages import SendFinished
from pmm_tui.tui.ports import FetchOutcome
from tests.tui import held
from tests.tui.conftest import Open
from tests.tui.fake_services import MOMENT
from tests.tui.keyboard import settled
from tests.tui.samples import ANI, BUDI, CITRA, full_plan
from tests.tui.stage import Stage

pytestmark = pytest.mark.anyio
READY = {p.nama: full_plan() for p in (ANI, BUDI, CITRA)}
WHEN = "10 Januari 2026 10.42"


async def newer(u: Stage, rencana: RencanaKinerja | None = None, revision: int = 2, name: str = "Ani", **other: object) -> None:
    """Let the server hold another plan of a teacher, and the screens hear of it."""
    held.tell(u.store, u.pegawai(name), rencana or held.theirs(), revision, **other)  # type: ignore[arg-type]
    await hear(u)


async def hear(u: Stage) -> None:
    """Let every screen read again, as after a run of sending."""
    u.app.post_message(SendFinished("", True))
    await settled(u.app)


async def in_conflict(u: Stage, name: str = "Ani") -> None:
    """Let ours be in conflict with another computer's."""
    held.conflict(u.store, u.pegawai(name), full_plan(), held.tell(u.store, u.pegawai(name), held.theirs()))
    await hear(u)


def newest(u: Stage, name: str = "Ani") -> OutboxEntry | None:
    """The newest envelope of a teacher."""
    return u.store.outbox.newest(u.pegawai(name).id, "2026")


def accepted(entry: OutboxEntry) -> Outcome:
    """A server that takes everything."""
    return Sent(f"TT-{entry.id:04}", MOMENT.isoformat(), "diajukan")


# ---- where the state is said


async def test_the_list_says_it_and_a_filter_finds_it(stage_app: Open) -> None:
    """Sign and a word that fits, as a warning; the whole word stands beside the list; the chip `Perlu Anda` shows both kinds."""
    async with stage_app(draft=READY) as u:
        await newer(u)
        await in_conflict(u, "Budi")
        assert u.row("Ani Lestari").endswith("» baru di server")
        assert u.row("Budi Santoso").endswith("≠ bentrok")
        await u.press("f2*3")
        assert "Perlu Anda 2" in u.text
        await u.size(100, 24)
        await u.until_text("» lebih baru di server, revisi 2")
        await u.press("f1")
        legend = " ".join(" ".join(line[54:] for line in u.screen_text()).split())
        assert (
            "» lebih baru di server: komputer lain mengirim isi yang belum dilihat di sini; buka rencananya, lalu Lihat bedanya"
            in legend
        )


@pytest.mark.parametrize("look", [LookOptions(thrifty=True), LookOptions(ascii=True, colour=False)])
async def test_plain_looks_say_it_too(stage_app: Open, look: LookOptions) -> None:
    """The list, the plan and the look at both are readable with ASCII signs and without colours."""
    async with stage_app(draft=READY, look=look) as u:
        await newer(u)
        assert u.row("Ani Lestari").endswith("> baru di server")
        await u.press("enter")
        assert f"> Ctrl+O Lihat bedanya: revisi 2 dari Laptop TU, {WHEN}" in u.text
        await u.press("ctrl+o space")
        assert u.text.isascii()
        assert ("(*) server  Aktivitas Interaktif" if look.thrifty else "(*) Aktivitas Interaktif") in u.text


async def test_a_plan_says_it_on_top_and_never_that_it_changed(stage_app: Open) -> None:
    """Opening such a plan shows whose it is and the key to look on a line of its own; it goes when it is decided."""
    async with stage_app(draft=READY) as u:
        held.send(u.store, u.pegawai("Ani"), full_plan())
        await newer(u)
        await u.press("enter")
        line = f"» Ctrl+O Lihat bedanya: revisi 2 dari Laptop TU, {WHEN}"
        assert u.screen_text()[2].strip() == line
        assert u.status.endswith("lebih baru di server")
        assert "Berubah sejak dikirim" not in u.text
        await u.press("home")
        assert f"Lebih baru di server: revisi 2 dari Laptop TU, {WHEN}." in " ".join(u.text.split())
        await u.press("f10 f7")
        assert "Lihat bedanya" not in u.text


async def test_it_is_said_while_the_plan_is_open(stage_app: Open) -> None:
    """What arrives while a plan is open shows there at once, and what was being typed stays."""
    async with stage_app(draft=READY) as u:
        await u.press("enter f7*3 up '9'")
        await newer(u)
        assert "Ctrl+O Lihat bedanya" in u.screen_text()[2]
        await u.saved("Ani", lambda r: r.pengembangan_kompetensi.rhk[0].target == 9)


async def test_the_outbox_shows_what_other_computers_sent(stage_app: Open) -> None:
    """Kotak Kirim has a row for each, conflicts say whose and when, and Enter on either leads to the look at both."""
    async with stage_app(draft=READY) as u:
        held.send(u.store, u.pegawai("Citra"), full_plan())
        await newer(u)
        await in_conflict(u, "Budi")
        await u.press("f8")
        assert "1 perlu perbaikan · 1 baru di server" in u.screen_text()[1]
        rows = [line[20:].split()[0] for line in u.screen_text()[3:6]]
        assert rows == ["Ani", "Budi", "Citra"]
        assert u.screen_text()[3].startswith("► » baru di server")
        assert u.row("Ani Lestari").split()[-2:] == ["Laptop", "TU"]
        assert f"Lebih baru di server: revisi 2 dari Laptop TU, {WHEN}." in u.text
        await u.press("down")
        assert f"Server memegang revisi 2 dari Laptop TU, {WHEN}." in u.text
        for name, keys in (("Budi", "enter"), ("Ani", "escape*2 up enter")):
            await u.press(keys)
            assert u.title.startswith(f" Lihat bedanya  {name}")


# ---- the look at both


async def test_both_stand_there_by_section_and_field(stage_app: Open) -> None:
    """Who and when, the head's word, and each field with mine and theirs; Space toggles a field, on a heading the section."""
    async with stage_app(draft=READY) as u:
        await newer(u, note="Tambahkan RHK.")
        await u.press("enter ctrl+o")
        text = " ".join(u.text.split())
        assert "Milik saya Milik server komputer ini, disimpan 10 revisi 2 dari Laptop TU, " in text
        assert "Catatan kepala sekolah: Tambahkan RHK." in text
        assert "(•) Penerapan Disiplin ( ) Aktivitas Interaktif Positif" in text
        await u.press("space")
        assert "( ) Penerapan Disiplin" in u.text
        assert u.row("Praktik Kinerja").endswith("dari server")
        await u.go_to("Tugas Tambahan")
        await u.press("space")
        assert u.cursor.endswith("dari server")
        await u.press("down space")
        assert "sebagian dari server" in u.text
        await u.press("end")
        assert "Pilihan: 2 dari server, 2 milik saya." in u.text


async def test_side_by_side_where_there_is_room(stage_app: Open) -> None:
    """From 72 columns on mine stands beside theirs, below that above it; the thrifty look needs 100."""
    async with stage_app(draft=READY) as u:
        await newer(u)
        await u.press("enter ctrl+o")
        for width, thrifty, beside in ((72, False, True), (71, False, False), (100, True, True), (99, True, False)):
            if u.app.thrifty is not thrifty:
                await u.press("ctrl+p")
            await u.size(width, 30)
            assert ("Aktivitas" in u.row("Penerapan Disiplin")) is beside, (width, thrifty)


async def test_left_and_right_choose_a_side(stage_app: Open) -> None:
    """Also 1 and 2; on a heading for the whole section."""
    async with stage_app(draft=READY) as u:
        await newer(u)
        await u.press("enter ctrl+o right")
        assert u.row("Praktik Kinerja").endswith("dari server")
        await u.press("1")
        assert u.row("Praktik Kinerja").endswith("dari saya")
        await u.go_to("Tugas Tambahan")
        await u.press("2")
        assert u.cursor.endswith("dari server")
        await u.press("left")
        assert u.cursor.endswith("dari saya")


async def test_taking_the_servers_is_one_key_and_undone_by_one(stage_app: Open) -> None:
    """F6 makes the server's the draft, as sent; Ctrl+Z brings mine back, which then is to be submitted."""
    async with stage_app(draft=READY) as u:
        await newer(u)
        await u.press("enter ctrl+o f6")
        assert "Isi server diambil; Ctrl+Z mengembalikan isi Anda." in u.status
        assert u.draft("Ani") == held.theirs()
        assert u.status.endswith("terkirim")
        await u.press("ctrl+z")
        assert u.draft("Ani") == held.theirs()
        await u.saved("Ani", lambda r: r == full_plan())
        assert u.status.endswith("berubah")
        await u.press("ctrl+o")
        assert "revisi 2 dari Laptop TU" in u.text
        assert "Catatan kepala sekolah" not in u.text


@pytest.mark.parametrize("by", ["Laptop TU", ""])
async def test_keeping_mine_replaces_only_after_the_question(stage_app: Open, by: str) -> None:
    """F7 keeps mine and says what follows; the question of Ajukan names the revision, whose it is and what differs."""
    async with stage_app(draft=READY) as u:
        await newer(u, revision=3, by=by)
        await u.press("enter ctrl+o f7")
        assert f"Isi Anda tetap; ajukan untuk menggantikan revisi 3 dari {by or 'komputer lain'}." in u.status
        assert newest(u) is None
        await u.press("f9")
        assert f"Menggantikan revisi 3 dari {by or 'komputer lain'}, {WHEN} Indikator Aktivitas Interaktif → Penerapan" in u.dialog
        assert u.dialog.startswith("Ajukan Perencanaan Kinerja? revisi 4 ")
        assert u.dialog.endswith("Ajukan revisi 4")
        u.services.respond = accepted
        await u.go_to("Ajukan")
        await u.press("enter")
        await u.until(lambda: (entry := newest(u)) is not None and entry.keadaan == "sent")
        entry = newest(u)
        assert entry is not None
        assert (entry.revisi, entry.dasar) == (4, 3)


async def test_what_was_sent_before_is_not_called_sent_any_more(stage_app: Open) -> None:
    """Mine was sent, theirs came after it, and mine is kept: it stands ready to be submitted, and is not `terkirim`."""
    async with stage_app(draft=READY) as u:
        held.send(u.store, u.pegawai("Ani"), full_plan())
        await newer(u)
        await u.press("enter ctrl+o f7")
        assert u.status.endswith("lengkap")
        await u.press("f9")
        assert "Menggantikan revisi 2 dari Laptop TU" in u.dialog
        await u.press("escape*2")
        assert u.row("Ani Lestari").endswith("○ siap diajukan")


async def test_field_by_field(stage_app: Open) -> None:
    """`Pakai pilihan ini` takes what is chosen; what is neither of the two has to be confirmed anew; one step to undo."""
    async with stage_app(draft=READY) as u:
        await newer(u)
        await u.press("enter ctrl+o space")
        await u.go_to("Pakai pilihan ini")
        await u.press("enter")
        assert "1 bidang diambil dari server; Ctrl+Z mengembalikan isi Anda. Minta konfirmasi guru lagi" in u.status
        draft = u.draft("Ani")
        assert draft is not None
        assert draft.praktik_pembelajaran == held.theirs().praktik_pembelajaran
        assert draft.tugas_tambahan == TugasTambahan(tidak_ada=True)
        assert draft.rangkuman == Rangkuman()
        await u.press("ctrl+z")
        await u.saved("Ani", lambda r: r == full_plan())


async def test_only_the_teachers_word_differs(stage_app: Open) -> None:
    """Where nothing but the confirmation differs, it can be chosen, and taking the server's takes it."""
    async with stage_app(draft=READY) as u:
        await newer(u, full_plan(confirmation=False))
        await u.press("enter ctrl+o")
        assert u.cursor.split() == ["Sudah", "dikonfirmasi", "(•)", "ya", "(", ")", "belum"]  # "guru" stands in the line below
        await u.press("f6")
        assert u.draft("Ani") == full_plan(confirmation=False)
        assert "Isi server diambil" in u.status


async def test_a_conflict_is_settled_the_same_way(stage_app: Open) -> None:
    """A conflict says what the server holds, and both ways out lead out of it."""
    async with stage_app(draft=READY) as u:
        for name in ("Ani", "Budi"):
            await in_conflict(u, name)
        await u.press("enter f10 f6 escape")
        assert u.row("Ani Lestari").endswith("● terkirim")
        await u.go_to("Budi")
        await u.press("enter f10 f7 escape")
        assert u.row("Budi Santoso").endswith("○ siap diajukan")


async def test_the_list_knows_of_a_decision_made_from_the_outbox(stage_app: Open) -> None:
    """From a plan over Kotak Kirim to the look at another plan, and back to the list: the list shows what was decided."""
    async with stage_app(draft=READY) as u:
        await in_conflict(u, "Budi")
        await u.press("enter f8 enter")
        u.app.last_opened = None  # as where the list hears late that the plan before was left
        await u.press("f6")
        assert u.status.endswith("terkirim")
        await u.press("escape")
        assert u.title.startswith(" Kotak Kirim")
        assert u.cursor.startswith("● terkirim        Budi Santoso")
        await u.press("escape")
        assert u.title.startswith(" Daftar Guru")
        assert u.row("Budi Santoso").endswith("● terkirim")


async def test_the_server_holds_nothing_any_more(stage_app: Open) -> None:
    """A conflict with nothing says so; mine is kept, and can be submitted again."""
    async with stage_app(draft=READY) as u:
        held.conflict(u.store, u.pegawai("Ani"), full_plan(), None)
        await hear(u)
        await u.press("enter ctrl+o")
        assert "Server tidak memegang rencana ini lagi." in u.text
        await u.press("f7")
        assert "Isi Anda tetap; ajukan agar server memegangnya lagi." in u.status
        await u.press("f9")
        assert "Ajukan Perencanaan Kinerja" in u.dialog
        assert "Menggantikan" not in u.dialog


# ---- never unseen


@pytest.mark.parametrize("keys", ["f9", "ctrl+s"])
async def test_submitting_looks_first(stage_app: Open, keys: str) -> None:
    """Ajukan on such a plan leads to the look, never to the question; the same key again decides nothing."""
    async with stage_app(draft=READY) as u:
        await newer(u)
        await u.press(f"enter {keys}")
        assert u.title.startswith(" Lihat bedanya")
        await u.press(f"{keys}*3")
        assert u.title.startswith(" Lihat bedanya")
        assert u.store.held.get(u.pegawai("Ani").id, "2026") is not None
        assert newest(u) is None


async def test_holding_enter_decides_nothing(stage_app: Open) -> None:
    """Enter from the first field on ends at the safe button, and leads back to the plan."""
    async with stage_app(draft=READY) as u:
        await newer(u)
        await u.press("enter ctrl+o")
        for _ in range(20):
            if not u.title.startswith(" Lihat bedanya"):
                break
            await u.press("enter")
        assert u.title.startswith(" ‹ Ani")
        assert u.store.held.get(u.pegawai("Ani").id, "2026") is not None
        assert u.draft("Ani") == full_plan()


@pytest.mark.parametrize("keys", ["f6", "f7", "f8"])
async def test_what_is_not_here_yet_is_fetched_first(stage_app: Open, keys: str) -> None:
    """Without the content nothing can be decided; it is offered to fetch it, and then it is there."""
    async with stage_app(draft=READY) as u:
        await newer(u, fetched=False)
        await u.press(f"enter ctrl+o {keys}")
        assert "Isi revisi 2 belum diambil ke komputer ini." in u.text
        assert u.cursor.startswith("Ambil dari server")
        assert u.store.held.get(u.pegawai("Ani").id, "2026") is not None
        u.services.pull_result = FetchOutcome(sentence="Server tidak terjangkau.", ok=False)
        await u.press("enter")
        assert "Server tidak terjangkau." in u.status
        held.tell(u.store, u.pegawai("Ani"), held.theirs())
        await u.press("f5")
        assert len(u.services.called("pull")) == 2
        assert ") Aktivitas Interaktif" in u.text
        await u.press("f6")
        assert u.draft("Ani") == held.theirs()


async def test_what_cannot_be_read_is_no_dead_end(stage_app: Open) -> None:
    """Of a content that cannot be read it is said; mine may replace it after a question that opens on the safe answer."""
    async with stage_app(draft=READY) as u:
        await newer(u, readable=False)
        await u.press("enter ctrl+o f6")
        assert "tidak terbaca oleh program ini" in u.text
        await u.press("f7 enter")
        assert u.store.held.get(u.pegawai("Ani").id, "2026") is not None
        await u.press("f7 down enter")
        assert "Isi Anda tetap; ajukan untuk menggantikan revisi 2" in u.status


async def test_a_choice_is_about_what_was_shown(stage_app: Open) -> None:
    """What arrives while both are looked at is told, and asks for a look of its own after the choice; F5 shows it."""
    async with stage_app(draft=READY) as u:
        await newer(u)
        await u.press("enter ctrl+o")
        await newer(u, full_plan(9), 3, by="Bu Wakil")
        assert "F5: kini ada revisi 3 dari Bu Wakil; pilihan ini tetap tentang revisi 2." in u.text
        assert ") Aktivitas Interaktif" in u.text
        await u.press("f7")
        assert "Isi Anda tetap. Kini ada revisi 3 dari Bu Wakil di server; lihat juga bedanya." in u.status
        assert "revisi 3 dari Bu Wakil" in u.screen_text()[2]
        await newer(u, full_plan(9), 3, by="Bu Wakil")
        await u.press("f9")
        await newer(u, full_plan(7), 4)
        await u.press("f5")
        assert "revisi 4 dari Laptop TU" in u.text
        assert ") 7 pelatihan" in u.text


async def test_a_plan_that_nobody_has_seen_otherwise_says_so(stage_app: Open) -> None:
    """The key on a plan of which the server holds nothing says that, and opens nothing."""
    async with stage_app(draft=READY) as u:
        await u.press("enter ctrl+o")
        assert "Server tidak memegang isi lain untuk rencana ini." in u.status


async def test_looking_at_what_was_sent_from_here_changes_nothing_by_itself(stage_app: Open) -> None:
    """A plan edited since can be compared with what was sent; keeping mine leaves what waits in the outbox alone."""
    async with stage_app(draft=READY) as u:
        held.send(u.store, u.pegawai("Ani"), full_plan(7), edit=9)
        u.store.outbox.seal(u.pegawai("Ani"), "2026", full_plan(), 1, MOMENT)
        await hear(u)
        await u.press("enter ctrl+o")
        assert "revisi 1 dari" in u.text
        await u.press("f7")
        assert "Isi Anda tetap." in u.status
        entry = newest(u)
        assert entry is not None
        assert (entry.keadaan, entry.revisi) == ("queued", 2)


async def test_hostile_words_of_another_computer(stage_app: Open) -> None:
    """Markup, braces, line breaks and times that cannot be are shown as text."""
    async with stage_app(draft=READY) as u:
        plan = held.tell(u.store, u.pegawai("Ani"), held.theirs(), by="[red]{0}\nTU{")
        u.store.held.put(
            type(plan)(**{n: getattr(plan, n) for n in plan.__struct_fields__} | {"waktu": "9999-12-31T23:59:59-23:00"})
        )
        await hear(u)
        await u.press("f8 enter")
        theirs = " ".join(" ".join(line[50:] for line in u.screen_text()[2:6]).split())
        assert theirs == "revisi 2 dari [red]{0} TU{, 9999-12-31T23:59:59-23:00, diajukan"


# ---- what a fetch does to a plan that is open


async def test_an_open_plan_follows_a_draft_that_gave_way(stage_app: Open) -> None:
    """An untouched draft that a fetch replaced is shown as it is now, and what is typed after that is saved."""
    async with stage_app(draft=READY) as u:
        await u.press("enter f7*3")
        plan = held.tell(u.store, u.pegawai("Ani"), full_plan(8))
        u.store.held.take(plan, full_plan(8), 2, MOMENT, seen=False)
        await hear(u)
        assert "8" in u.row("Target kuantitas")
        await u.press("up '7'")
        await u.press("down enter ctrl+u '77'" if u.dialog else "backspace*9 '77'")  # a plan that is sent may have to be unlocked
        await u.saved("Ani", lambda r: r.pengembangan_kompetensi.rhk[0].target == 77)


async def test_what_is_typed_while_a_draft_gives_way_is_saved(stage_app: Open) -> None:
    """Letters that were not saved when a fetch replaced the draft are saved after it: what is called saved is saved."""
    async with stage_app(draft=READY) as u:
        await u.press("enter f7*3 up '9'")
        plan = held.tell(u.store, u.pegawai("Ani"), full_plan(8))
        u.store.held.take(plan, full_plan(8), 2, MOMENT, seen=False)
        await u.saved("Ani", lambda r: r.pengembangan_kompetensi.rhk[0].target == 9)
        assert "Tersimpan" in u.status


# ---- plans of periods that have ended


async def test_what_only_an_old_server_had_is_offered(stage_app: Open) -> None:
    """Kotak Kirim says how many of which period, sends nothing of them by itself, and asks; yes sends them with their bytes."""
    async with stage_app(draft=READY, periode="2026") as u:
        for name in ("Ani", "Budi"):
            entry = u.store.outbox.seal(u.pegawai(name), "2025", full_plan(), 1, MOMENT)
            u.store.outbox.mark_sending([entry.id])
            u.store.outbox.record_all({entry.id: Sent("TT-LAMA", "2025-01-09T08:00:00+07:00", "diajukan")})
        u.store.outbox.settle_told({}, lambda periode: periode == "2025")
        lines = {entry.line for entry in u.store.outbox.all("2025")}
        u.services.respond = accepted
        await u.press("f8")
        assert "2 rencana periode 2025 belum ada di server ini" in u.text
        await u.press("f9")
        assert u.store.outbox.held_back() == {"2025": 2}
        await u.press("enter")
        assert "Kirim juga?" in u.dialog
        await u.press("enter")
        assert u.store.outbox.held_back() == {"2025": 2}
        await u.press("enter down enter")
        await u.until(lambda: {entry.keadaan for entry in u.store.outbox.all("2025")} == {"sent"})
        assert {entry.line for entry in u.store.outbox.all("2025")} == lines
        assert "belum ada di server ini" not in u.text


def test_the_short_word_fits_the_narrow_column() -> None:
    """Every state's short word fits with its sign into the 18 cells of the list at 80 columns."""
    assert max(len(f"{state.sign} {state.short}") for state in State) <= 18
