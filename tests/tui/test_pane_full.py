"""What the full look adds to the panes of a plan: digits, buttons that name where they lead, sentences of the SKP, the deadline."""

from __future__ import annotations

import re
from datetime import date

import msgspec
import pytest

from pmm_tui.skp.model import RHK, PengembanganKompetensi, Rangkuman, RencanaKinerja
from pmm_tui.store import OutboxEntry
from pmm_tui.tui.look_values import LookOptions
from pmm_tui.tui.widgets.side_pane import SidePane
from tests.tui.conftest import Open
from tests.tui.fake_services import MOMENT, FakeServices, accepted, rejected
from tests.tui.samples import ANI, BUDI, DEDI, TRAINING, full_plan, started_plan
from tests.tui.stage import Stage

pytestmark = pytest.mark.anyio
START = {ANI.nama: started_plan()}
READY = {ANI.nama: full_plan()}
OWN = {
    ANI.nama: started_plan().with_section(PengembanganKompetensi(rhk=(RHK(uraian="Modul", satuan="modul", bukti="x", target=1),)))
}


# ---- title and tabs


async def test_the_deadline_stands_in_the_title(stage_app: Open) -> None:
    """With the period in short; below 80 columns only the days. A long name is cut, which of how many is not."""
    async with stage_app(draft=START) as u:
        await u.press("enter")
        assert u.title.endswith("Jan–Des 2026 · tenggat 31 Jan, 21 hari lagi")
        await u.size(60, 18)
        assert u.title.split("  ")[-1].strip() == "Jan–Des 2026 · 21 hari lagi"
    long = msgspec.structs.replace(ANI, nama="Prof. Dr. Dra. Hj. Siti Nur'aini Batubara Kusumawardhani, M.Pd.", nip="")
    async with stage_app(teachers=(long,), draft={long.nama: started_plan()}) as u:
        await u.go_to("Prof.")
        await u.press("enter")
        assert re.match(r" ‹ Prof\. Dr\..*… ›  \d/\d+ ", u.title)


@pytest.mark.parametrize(
    ("size", "end"),
    [
        ((110, 30), "Jan–Des 2026 · Penilaian dan predikat s.d. 31 Des, 31 hari lagi"),
        ((80, 24), "Jan–Des 2026 · Penilaian 31 hari lagi"),
        ((60, 18), "Jan–Des 2026 · Penilaian 31 hari lagi"),
    ],
)
async def test_the_days_of_another_stage_stand_with_its_name(
    stage_app: Open, monkeypatch: pytest.MonkeyPatch, size: tuple[int, int], end: str
) -> None:
    """They are not the time to submit; where there is less room its first word says it, and nothing of it is cut."""
    monkeypatch.setattr(FakeServices, "today", lambda self: date(2026, 11, 30))
    async with stage_app(draft=START, size=size) as u:
        assert u.title.endswith(f" {end}")
        await u.press("enter")
        assert u.title.endswith(f" {end}")


async def test_tabs_tell_how_each_pane_stands(stage_app: Open) -> None:
    """Right, with a problem (the open one too), not filled; at 60 columns the open one by name, the others by number."""
    broken = full_plan().with_section(PengembanganKompetensi(rhk=(RHK(uraian="Modul", target=0),)))
    async with stage_app(draft={ANI.nama: broken.with_section(Rangkuman())}) as u:
        await u.press("enter")
        assert u.screen_text()[1].split("  ") == [" 1 Praktik √", "2 Kompetensi !", "3 Tugas √", "4 Perilaku √", "5 Rangkuman ·"]
        await u.size(60, 18)
        assert u.screen_text()[1].rstrip() == " 1 √  2 Kompetensi !  3 √  4 √  5 ·"


# ---- buttons, digits, the last pane


async def test_buttons_name_where_they_lead(stage_app: Open) -> None:
    """Each pane's last button has the next one's number and name, and the key behind it, which follows the keymap."""
    async with stage_app(draft=START, keymap={"bagian_berikut": "alt+k"}) as u:
        await u.press("enter")
        for name in ("2 Pengembangan Kompetensi", "3 Tugas Tambahan", "4 Perilaku Kerja", "5 Rangkuman"):
            await u.press("ctrl+end")
            assert f"Lanjut ke {name}  Alt+K" in u.text
            await u.press("alt+k")


async def test_digits_choose(stage_app: Open) -> None:
    """They choose what they stand before, and stay; in Perilaku they go on from value to value, and stop at the button."""
    async with stage_app(draft=START) as u:
        await u.press("enter 2")
        assert "► 2 (•) Umpan Balik Konstruktif" in u.text
        assert u.tab == "1 Praktik"
        await u.press("9")  # nothing has it
        await u.press("f6 f6 1")
        assert "► 1 [x] Tidak ada tugas tambahan" in u.text
        await u.press("f6 2 1 1 1 1 1 3")
        assert u.tab == "4 Perilaku"
        assert u.cursor == "Lanjut ke 5 Rangkuman"
        rencana = await u.saved("Ani", lambda r: len(r.perilaku_kerja.indikator) == 7)
        assert rencana.praktik_pembelajaran.indikator == ("umpan-balik-konstruktif",)


async def test_digits_are_typed_in_fields_and_give_no_word(stage_app: Open) -> None:
    """In a field a digit is a digit; nowhere in the Rangkuman does one tick the teacher's word."""
    async with stage_app(draft=READY, place=(ANI.nama, "pengembangan_kompetensi", "rhk/0/target")) as u:
        await u.press("2 3")
        assert (await u.saved("Ani", lambda r: r.pengembangan_kompetensi.rhk[0].target == 23)).praktik_pembelajaran.indikator
        await u.press("f6*3 1 2 3 4 5")
        assert "[ ] Sudah dikonfirmasi guru" in u.text


async def test_f6_in_the_last_pane_goes_to_what_is_missing(stage_app: Open) -> None:
    """And says so."""
    async with stage_app(draft=START, place=(ANI.nama, "rangkuman", "ajukan")) as u:
        await u.press("f6")
        assert u.tab == "1 Praktik"
        assert "Ini bagian terakhir. Pilih satu indikator" in u.status


# ---- fields


async def test_letters_are_counted_near_the_end(stage_app: Open) -> None:
    """From 240 on, beside the field; before not."""
    async with stage_app(draft=OWN, place=(ANI.nama, "pengembangan_kompetensi", "rhk/0/uraian")) as u:
        await u.press("ctrl+u")
        await u.paste("x" * 239)
        assert "/300" not in u.text
        await u.press("'y'")
        assert u.row("Uraian RHK").endswith(" 240/300")
        await u.paste("z" * 99)
        assert "300/300" in u.text
        assert "dipotong pada 300 huruf" in u.status


async def test_unit_and_evidence_stand_beside_the_target(stage_app: Open) -> None:
    """A problem takes their place once the field is left."""
    draft = {ANI.nama: started_plan().with_section(PengembanganKompetensi(rhk=(RHK(kompetensi=TRAINING, target=2),)))}
    async with stage_app(draft=draft, size=(109, 30), place=(ANI.nama, "pengembangan_kompetensi", "rhk/0/target")) as u:
        assert u.row("Target").split("▌ ")[1].startswith("pelatihan · bukti: Sertifikat topik")
        await u.press("ctrl+u down")
        assert u.row("Target").endswith("▌ ! Belum diisi; tulis 1 sampai 99.")


async def test_what_was_sent_has_no_fields(stage_app: Open) -> None:
    """No edges, and the title says that it was sent and as which revision; unlocked they are fields again."""
    async with stage_app(draft=READY) as u:
        u.services.respond = accepted
        await u.press("enter f9 down enter")
        await u.until_text("sudah diajukan")
        assert u.title.endswith("Jan–Des 2026 · terkirim, rev 1")
        await u.press("f7*3 ctrl+home")
        assert "▐" not in u.text
        assert u.cursor.startswith("Target kuantitas    4  pelatihan")
        await u.press("'7' down enter")
        assert "▐4    ▌" in u.text
        assert "tenggat" in u.title


# ---- how it will stand in the SKP


async def test_sentences_stand_below_where_there_is_room(stage_app: Open) -> None:
    """They follow what is typed; of several RHK the one under the cursor. On a low terminal they give way."""
    async with stage_app(draft=OWN, place=(ANI.nama, "pengembangan_kompetensi", "rhk/0/target")) as u:
        assert "Modul · target: 1 modul · bukti: x" in u.text
        await u.press("7")
        assert "Modul · target: 7 modul · bukti: x" in u.text
        await u.size(80, 18)
        assert "Bunyi di SKP" not in u.text


async def test_a_second_column_from_110_on(stage_app: Open) -> None:
    """Sentences, all problems, the school's capaian, what became of the plan; nothing of it below the form then, and no focus."""
    async with stage_app(draft=OWN, size=(110, 40), place=(ANI.nama, "pengembangan_kompetensi", "rhk/0/target")) as u:
        side = u.app.screen.query_one(SidePane)
        assert (side.display, side.size.width) == (True, 34)
        page = " ".join(" ".join(line[78:].split()) for line in u.screen_text())
        for what in (
            "Bunyi di SKP 1. Modul · target: 1",
            "Masalah rencana ini 4",
            "! 1 Pilih satu indikator",
            "Riwayat",
            "Belum pernah",
        ):
            assert what in page
        assert u.text.count("Bunyi di SKP") == 1
        await u.size(109, 40)
        assert not side.display
        assert u.text.count("Bunyi di SKP") == 1


async def test_thrifty_there_is_neither(stage_app: Open) -> None:
    """Nor digits, nor keys behind buttons."""
    async with stage_app(draft=READY, size=(120, 40), look=LookOptions(thrifty=True)) as u:
        await u.press("enter f7*4")
        assert "Bunyi di SKP" not in u.text
        assert "1 (*)" not in u.text
        assert not u.app.screen.query_one(SidePane).display


# ---- Rangkuman and Ajukan


def judge(u: Stage, status: str, note: str = "", *, name: str = "Ani", plan: RencanaKinerja | None = None) -> OutboxEntry:
    """The plan was sealed, sent, and so judged."""
    entry = u.store.outbox.seal(u.pegawai(name), "2026", plan or full_plan(), 1, MOMENT)
    u.store.outbox.mark_sending([entry.id])
    u.store.outbox.record_all({entry.id: accepted(entry)})
    u.store.outbox.hold(entry.pegawai_id, "2026", 1, entry.sha256, status, note, MOMENT.isoformat())
    return entry


async def test_the_heads_note_comes_first_behind_a_bar(stage_app: Open) -> None:
    """All its lines have it."""
    async with stage_app(draft=READY) as u:
        judge(u, "dikembalikan", "Tambahkan satu RHK tentang asesmen, lalu perbaiki target dan bukti pelatihan yang terlalu kecil.")
        await u.press("enter")
        assert [line[:3] for line in u.screen_text()[3:6]] == [" │ "] * 3
        assert "“Tambahkan satu RHK" in u.screen_text()[4]


async def test_a_refusal_comes_first_behind_a_bar(stage_app: Open) -> None:
    """The server's words."""
    async with stage_app(draft=READY) as u:
        u.services.respond = rejected("/tugas_tambahan/tidak_ada", "Wajib ada SK.")
        await u.press("enter f9 down enter")
        await u.until_text(" │ Server menolak: Wajib ada SK.")


async def test_five_parts_with_their_marks(stage_app: Open) -> None:
    """What each says in short, right ones and wrong ones told apart."""
    broken = full_plan().with_section(
        PengembanganKompetensi(rhk=(RHK(kompetensi=TRAINING, target=1), RHK(uraian="Modul", target=0)))
    )
    async with stage_app(draft={ANI.nama: broken}, place=(ANI.nama, "rangkuman", "")) as u:
        assert u.row("1 Praktik  ").split("  ")[-1].strip() == "√"
        assert u.row("1. Peserta").endswith("√")
        assert u.row("2. Modul").endswith("!")


async def test_the_question_of_a_first_plan(stage_app: Open) -> None:
    """NUPTK where there is no NIP; never sent before; no revision in its title."""
    async with stage_app(draft={DEDI.nama: full_plan()}) as u:
        await u.go_to("Dedi")
        await u.press("enter f9")
        assert re.search(r"NUPTK\s+6543210987654321", u.text)
        assert "Belum pernah dikirim" in u.dialog
        assert "revisi" not in u.dialog
        assert u.cursor == "Batal"


async def test_the_question_of_another_revision(stage_app: Open) -> None:
    """Up to four differences, then how many more; the revision in its title and in its button."""
    changed = (
        full_plan(9)
        .with_section(
            PengembanganKompetensi(rhk=tuple(RHK(uraian=f"Modul {n}", satuan="modul", bukti="x", target=1) for n in range(6)))
        )
        .with_section(Rangkuman(dikonfirmasi_guru=True))
    )
    async with stage_app() as u:
        judge(u, "dikembalikan", "Perbaiki.")
        u.store.drafts.save(u.pegawai("Ani").id, "2026", changed, 2, MOMENT)
        await u.press("enter f9")
        assert "revisi 2" in u.dialog.partition("Guru")[0]
        assert "Berbeda dari revisi 1, dikembalikan kepala sekolah" in u.dialog
        assert u.dialog.count("→") == 4
        assert " 3 lagi" in u.dialog
        await u.press("down")
        assert u.cursor == "Ajukan revisi 2"


async def test_the_question_fits_the_smallest_terminal(stage_app: Open) -> None:
    """By scrolling: the safe answer is in sight when it opens, and the teacher's name one key away."""
    async with stage_app(draft={BUDI.nama: full_plan()}, size=(60, 18)) as u:
        await u.go_to("Budi")
        await u.press("enter f9")
        assert u.cursor == "Batal"
        await u.press("up*6")
        assert re.search(r"Guru\s+Budi Santoso", u.text)


async def test_opened_from_the_outbox_esc_leads_back_there(stage_app: Open) -> None:
    """Also after going on to another teacher."""
    async with stage_app(draft=READY) as u:
        judge(u, "diajukan")
        await u.press("f8 enter")
        assert u.title.startswith(" ‹ Ani")
        await u.press("alt+n")
        assert u.title.startswith(" ‹ Budi")
        await u.press("escape")
        assert u.title.startswith(" Kotak Kirim")
        await u.press("escape")
        assert u.title.startswith(" Daftar Guru")
        assert u.cursor.startswith("Budi")


async def test_a_whole_plan_takes_few_keys(stage_app: Open) -> None:
    """At most 25 from the list to the sealed plan, the teacher's word by Space alone and the question on its safe answer first."""
    keys = "enter enter down enter enter enter enter enter enter enter enter enter*7 space enter enter down enter"
    async with stage_app() as u:
        count = sum(int(key.partition("*")[2] or 1) for key in keys.split())
        assert count <= 25
        await u.press(keys)
        await u.until_text("Antre, akan dikirim")
        assert len(u.store.outbox.all()) == 1
