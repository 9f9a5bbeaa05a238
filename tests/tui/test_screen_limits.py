"""Screens at their edges: columns at each width, where the cursor goes, what is offered, and what a key does not do."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest
from msgspec import structs
from textual.app import App, ComposeResult

from pmm_tui.roster.model import ComparedRow, FieldChange, Remark
from pmm_tui.skp.model import PraktikPembelajaran, RaporPendidikan, Tugas, TugasTambahan
from pmm_tui.skp.wire import Held
from pmm_tui.store.outbox_entry import Conflict
from pmm_tui.tui import app as app_module
from pmm_tui.tui.app import PmmApp
from pmm_tui.tui.keys import actions_at
from pmm_tui.tui.look_values import LookOptions
from pmm_tui.tui.ports import Settings
from pmm_tui.tui.screens.choose import Choice, ChoiceScreen, ChoiceSheet
from pmm_tui.tui.screens.dialog import Dialog
from pmm_tui.tui.screens.help import HelpScreen
from pmm_tui.tui.screens.import_roster import ImportScreen, newest_files
from pmm_tui.tui.screens.outbox import OutboxScreen
from pmm_tui.tui.screens.plan_dialogs import ask_confirm, ask_rhk, ask_submit, offer_emergency_copy
from pmm_tui.tui.screens.rencana import RencanaScreen
from pmm_tui.tui.screens.roster import RosterScreen
from pmm_tui.tui.screens.roster_columns import list_width
from pmm_tui.tui.screens.settings import SettingsScreen, SettingsSheet
from pmm_tui.tui.widgets.list_view import VirtualList
from pmm_tui.tui.widgets.look import choose_look
from pmm_tui.tui.widgets.rows import Button, Field, Heading, Item, Pair, Text, cursor_rows
from pmm_tui.tui.widgets.sheet import Sheet
from tests.tui.conftest import Open
from tests.tui.fake_services import MOMENT, accepted, rejected
from tests.tui.keyboard import press, screen_text, settled
from tests.tui.samples import ANI, BUDI, CITRA, DEDI, TEACHERS, full_plan, started_plan
from tests.tui.stage import Stage
from tests.tui.test_pane_rows import view

pytestmark = pytest.mark.anyio
THRIFTY = choose_look("hemat", False, True)


def texts(pieces: Any) -> list[str]:
    """The texts of a painted row."""
    return [text for text, _ in pieces]


def styles(u: Stage, pieces: Any) -> list[str]:
    """The names of the styles of a painted row; empty for plain text."""
    found = u.app.look.styles
    return [next((n for n in type(found).__struct_fields__ if getattr(found, n) is style), "") for _, style in pieces]


# ---- the list of teachers


@pytest.mark.parametrize(
    ("width", "listed", "number", "kepegawaian"),
    [(60, 60, False, False), (80, 80, True, False), (99, 99, True, False), (100, 62, False, False), (120, 80, True, False),
     (160, 104, True, True)],
)  # fmt: skip
async def test_the_columns_share_the_width(stage_app: Open, width: int, listed: int, number: bool, kepegawaian: bool) -> None:
    """Marks and state have what they need, number and employment come where there is room; the name has the rest."""
    async with stage_app(draft={ANI.nama: started_plan()}, size=(width, 24)) as u:
        assert list_width(width) == listed
        ani, citra = u.row("Ani Lestari")[:listed], u.row("Citra Dewi")[:listed]
        assert (ANI.nip in ani, "PNS III/c" in ani) == (number, kepegawaian)
        assert [ani.index("· · ·".replace(" ", "")), ani.index("… draf")] == [listed - 25 - 1, listed - 18 - 1]
        assert ani.startswith(f"►  {ANI.nama}")
        assert citra.startswith(f"   {CITRA.nama}")
        assert citra.rstrip().endswith("· belum dimulai")
        headings = next(line for line in u.screen_text() if "12345" in line)
        assert headings.index("12345") == ani.index("·····")
        assert headings.index("Status") == ani.index("… draf")


async def test_the_thrifty_list_tells_namesakes_apart(stage_app: Open) -> None:
    """It has name and state alone; only those whose names look alike have their numbers beside them."""
    twin = structs.replace(CITRA, nama="ANI LESTARI, S.Pd.")
    async with stage_app(teachers=(ANI, BUDI, twin), look=LookOptions(thrifty=True)) as u:
        assert [line.strip("> ").split("  ")[0] for line in u.screen_text()[3:6]] == [
            f"{ANI.nama} {ANI.nip}",
            f"{twin.nama} {twin.nip}",
            BUDI.nama,
        ]
        assert u.screen_text()[5] == f"  {BUDI.nama}"
        assert u.screen_text()[2] == f"  {'Nama':<55} Status"
        await u.press("ctrl+p")
        assert ANI.nip in u.row("Ani Lestari")
        assert u.screen_text()[3].split() == ["Nama", "▲", "NIP", "atau", "NUPTK", "12345", "Status"]


async def test_a_search_keeps_its_place_and_its_words(stage_app: Open) -> None:
    """The list begins at its first hit; emptied, it is whole again; groups without hits forget who was found."""
    async with stage_app(look=LookOptions(theme="ansi")) as u:
        await u.press("end 'guru mapel'")
        assert (u.cursor.startswith("Ani"), "[Semua 2]" in u.text) == (True, True)
        await u.press("down")
        assert u.cursor.startswith("Citra")
        await u.press("f2")
        assert u.cursor.startswith("Citra")
        assert "[Belum 2]" in u.text
        await u.press("f2 f2*4 ctrl+u")
        assert u.cursor.startswith("Ani")
        assert "[Semua 4]" in u.text


async def test_a_row_that_is_read_again_changes_the_counts(stage_app: Open) -> None:
    """Back from a plan its row, the number of the finished ones and what waits are as they are now."""
    async with stage_app(draft={p.nama: full_plan() for p in (ANI, BUDI)}) as u:
        await u.press("enter f9 down enter")
        await u.until_text("Antre")
        await u.press("escape")
        assert "antre" in u.row("Ani Lestari")
        assert "1 antre" in u.status
        assert u.cursor.startswith("Ani")
        u.services.respond = accepted
        await u.press("f9")
        await u.until_text("1 dari 4 selesai")
        assert "antre" not in u.status


@pytest.mark.parametrize("back", ["Ani", "Dedi"])
async def test_coming_back_stays(stage_app: Open, back: str) -> None:
    """On the teacher whose plan was left, submitted or not."""
    async with stage_app(draft={p.nama: full_plan() for p in TEACHERS}) as u:
        u.store.outbox.seal(u.pegawai("Ani"), "2026", full_plan(), 1, MOMENT)
        screen = u.app.screen
        assert isinstance(screen, RosterScreen)
        await screen.refresh_data()
        screen.come_back(u.pegawai(back).id)
        await settled(u.app)
        assert u.cursor.startswith(back)


async def test_a_period_that_is_in_force_already_is_not_chosen_again(stage_app: Open) -> None:
    """Enter on the period in force, and Esc, change nothing; each period says what scheme it has."""
    async with stage_app() as u:
        await u.press("f6")
        assert "PMM 2024 (per semester, berbasis poin)" in u.text
        assert u.cursor.startswith("Januari–Desember 2026")
        await u.press("enter f6 escape")
        assert u.services.called("switch_period") == []
        await u.press("f6 ctrl+home enter")
        assert u.services.called("switch_period") == ["2024-1"]


# ---- import


def compared(u: Stage) -> list[ComparedRow]:
    """One row of each outcome, the refused without a name."""
    ani = u.pegawai("Ani")
    change = FieldChange("golongan", "Pangkat Golongan", "", "III/d")
    return [
        ComparedRow(row=12, outcome="sama", name="Citra", warnings=(Remark("NIP", "Aneh."),)),
        ComparedRow(row=7, outcome="diperbarui", name="N" * 70, pegawai=ani, old=ani, field_changes=(change, change)),
        ComparedRow(row=9, outcome="ditolak", name="", reasons=(Remark("Nama", "Kosong."), Remark("NIP", "Salah."))),
    ]


async def test_the_preview_explains_each_row(stage_app: Open) -> None:
    """Name, number in the file, outcome and the most important remark; all remarks stand below, each in its style."""
    async with stage_app() as u:
        u.services.read_result = (tuple(compared(u)), "guru.csv: CSV.")
        await u.press("f4 ctrl+home 'guru.csv' enter enter")
        await u.until_text("pratinjau")
        screen = u.app.screen
        assert isinstance(screen, ImportScreen)
        assert u.title == " Impor guru: pratinjau  guru.csv"
        assert u.screen_text()[1] == "  Diperbarui 1  Sama 1  Ditolak 1"
        assert u.status.strip() == "guru.csv: CSV. Tekan Enter atau F9 untuk menyimpan."
        rows = [screen._row(index, 80, here=index == 0) for index in range(3)]
        assert [texts(row) for row in rows] == [
            ["► (tanpa nama)", " " * 16 + "     9  ", "ditolak    ", "Nama: Kosong."],
            ["  " + "N" * 27 + "…", "     7  ", "diperbarui ", "Pangkat Golongan: - → III/d,…"],
            ["  Citra", " " * 23 + "    12  ", "sama       ", "NIP: Aneh."],
        ]
        assert [styles(u, row)[::2] for row in rows] == [["", "error"], ["", "accent"], ["", "dim"]]
        assert [line.strip() for line in u.screen_text()[-8:-5]] == ["Baris 9: (tanpa nama)", "Nama: Kosong.", "NIP: Salah."]
        await u.press("down")
        assert [line.strip() for line in u.screen_text()[-8:-5]] == [
            f"Baris 7: {'N' * 59}…",
            "Pangkat Golongan: (kosong) menjadi III/d",
            "Pangkat Golongan: (kosong) menjadi III/d",
        ]
        await u.press("down")
        assert "NIP: Aneh." in u.screen_text()[-7]


async def test_only_the_newest_files_are_offered(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """At most eight, the newest first, of all three folders; folders and other files are none, in large letters too."""
    monkeypatch.chdir(tmp_path)
    folders = [Path.home() / "Downloads", Path.home() / "Unduhan", tmp_path]
    for number in range(10):
        folder = folders[number % 3]
        folder.mkdir(exist_ok=True)
        file = folder / f"guru{number}.{('xlsx', 'XLS', 'csv')[number % 3]}"
        file.write_bytes(b"x")
        os.utime(file, (number * 100, number * 100))
    (tmp_path / "map.csv").mkdir()
    (tmp_path / "lain.pdf").write_bytes(b"x")
    assert [path.stem for path in newest_files()] == [f"guru{number}" for number in range(9, 1, -1)]
    assert [path.stem for path in newest_files(2)] == ["guru9", "guru8"]


# ---- the outbox


async def test_each_envelope_has_its_row_and_its_details(stage_app: Open) -> None:
    """Word, style and receipt by its state; what the head decided takes the place of `terkirim`."""
    async with stage_app(draft={p.nama: full_plan() for p in TEACHERS}) as u:
        answers = {"Ani": accepted, "Budi": rejected("/rangkuman", "Tidak boleh."), "Citra": lambda _: Conflict(Held(7, "ab" * 32))}
        for name in ("Ani", "Budi", "Citra", "Dedi"):
            u.store.outbox.seal(u.pegawai(name), "2026", full_plan(), 1, MOMENT)
        for entry in u.store.outbox.due(9):
            name = u.store.roster.names()[entry.pegawai_id].split()[0]
            if name in answers:
                u.store.outbox.mark_sending([entry.id])
                u.store.outbox.record_all({entry.id: answers[name](entry)})
        await u.press("f8")
        screen = u.app.screen
        assert isinstance(screen, OutboxScreen)
        rows = {texts(row)[2].split()[0]: row for row in (screen._row(index, 80, here=False) for index in range(4))}
        assert {name: (texts(row)[1].strip(), styles(u, row)[1]) for name, row in rows.items()} == {
            "Ani": ("● terkirim", "good"),
            "Budi": ("× ditolak", "error"),
            "Citra": ("≠ bentrok", "error"),
            "Dedi": ("↑ antre", "accent"),
        }
        assert [texts(rows[name])[-1].strip() for name in rows] == [
            {"Ani": "TT-0001", "Budi": "1 masalah", "Citra": "server: rev 7", "Dedi": ""}[name] for name in rows
        ]
        for name, lines in (
            ("Citra", ["Server memegang revisi 7 dari komputer lain.", "Enter membandingkan keduanya; sesudah itu pilih"]),
            ("Budi", ["Tidak boleh."]),
            ("Dedi", ["Aman di komputer ini sejak 10 Januari 2026 10.42. Akan dikirim saat ada"]),
            ("Ani", ["Tanda terima TT-0001, diterima server 10 Januari 2026 10.42, sha256"]),
        ):
            await u.go_to(name)
            screen_lines = u.screen_text()
            rule = next(n for n, line in enumerate(screen_lines) if line and set(line) == {"─"})
            shown = [line.strip() for line in screen_lines[rule + 1 : -2]]  # right below the last row
            assert shown[0] == next(p.nama for p in TEACHERS if p.nama.startswith(name))
            assert [line[: len(part)] for line, part in zip(shown[1:], lines, strict=False)] == lines


async def test_an_envelope_leads_to_its_plan(stage_app: Open) -> None:
    """To the field that the server named, else to the Rangkuman, whatever else is left to do there."""
    async with stage_app(draft={p.nama: started_plan() for p in (ANI, BUDI)}) as u:
        for name, pointer in (("Ani", ""), ("Budi", "/tugas_tambahan")):
            entry = u.store.outbox.seal(u.pegawai(name), "2026", full_plan(), 1, MOMENT)
            u.store.outbox.mark_sending([entry.id])
            u.store.outbox.record_all({entry.id: rejected(pointer)(entry)})
        for name, tab in (("Ani", "5 Rangkuman"), ("Budi", "3 Tugas")):
            await u.press("f8")
            await u.go_to(name)
            await u.press("enter")
            assert u.tab == tab
            await u.press("escape")


async def test_many_envelopes_are_read_in_parts(stage_app: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    """What comes into sight is read in batches of 64, each once; the title counts all."""
    teachers = [structs.replace(DEDI, nama=f"Guru {n:03}", nuptk=f"{n:016}") for n in range(130)]
    async with stage_app(teachers=teachers) as u:
        for teacher in u.store.roster.all():
            u.store.outbox.seal(teacher, "2026", full_plan(), 1, MOMENT)
        asked: list[int] = []
        usual = u.store.outbox.some
        monkeypatch.setattr(u.store.outbox, "some", lambda ids: asked.append(len(ids)) or usual(ids))
        await u.press("f8")
        assert asked == [64]
        await u.press("end")
        assert asked in ([64, 64, 2], [64, 2, 64])
        await u.press("home end")
        assert len(asked) == 3
        assert "130 antre" in u.screen_text()[1]


# ---- choosing, asking, help


class Board(App[None]):
    """A dialog over nothing, and what it was answered."""

    CSS_PATH = Path(app_module.__file__).parent / PmmApp.CSS_PATH

    def __init__(self, dialog: Any, *, thrifty: bool = False) -> None:
        super().__init__()
        self.look = choose_look("hemat" if thrifty else "gelap", False, True)
        self.set_class(thrifty, "-hemat")
        self.keymap: dict[str, str] = {}
        self.dialog = dialog
        self.answers: list[Any] = []

    def compose(self) -> ComposeResult:
        yield from ()

    def on_mount(self) -> None:
        self.push_screen(self.dialog, self.answers.append)


CHOICES = [
    Choice("a", "Apel", right="8 poin", note="buah merah"),
    Choice("b", "Belimbing", note="buah kuning", refusal="Sudah ada."),
    Choice("c", "Ceri", note="merah kecil"),
]


async def test_choosing_one_of_many() -> None:
    """Words of label and note narrow the list, the cursor goes to the first that passes; what cannot be chosen says why."""
    screen = ChoiceScreen("Pilih", CHOICES, "c")
    app = Board(screen)
    async with app.run_test(size=(60, 20)) as pilot:
        await settled(app)
        sheet = screen.query_one(ChoiceSheet)

        def head() -> str:
            return " ".join(" ".join(screen_text(app)[2:4]).replace("─", " ").split())

        assert sheet.cursor == "c"
        assert sheet.rows == (
            Item("a", "Apel", note="buah merah", right="8 poin"),
            Item("b", "Belimbing", note="buah kuning", right="sudah ada"),
            Item("c", "Ceri", note="merah kecil"),
        )
        assert head() == "Pilih 3 dari 3 ▐ ketik untuk mencari ▌"
        assert sheet.get_content_height(sheet.size, sheet.size, 50) == 7
        await press(pilot, "'MERAH'")
        assert (head(), sheet.cursor) == ("Pilih 2 dari 3 ▐MERAH ▌", "a")
        await press(pilot, "space 'kec'")
        assert (len(sheet.rows), sheet.cursor) == (1, "c")
        await press(pilot, "backspace*3 ctrl+w")
        assert len(sheet.rows) == 3
        await press(pilot, "down enter")
        assert sheet.rows[0] == Text("Sudah ada.", "warning")
        assert (sheet.cursor, app.answers) == ("b", [])
        await press(pilot, "'z'")
        assert sheet.rows == (Text("Tidak ada yang cocok; hapus beberapa huruf.", "dim"),)
        await press(pilot, f"ctrl+u '{'x' * 70}'")
        assert sheet.sought == "x" * 60
        await press(pilot, "ctrl+u up*5 tab*9 down*9 enter")
        assert app.answers == ["c"]


async def test_choosing_in_the_thrifty_look() -> None:
    """Title, count and search are rows of the sheet there."""
    screen = ChoiceScreen("Pilih", CHOICES, "c")
    app = Board(screen, thrifty=True)
    async with app.run_test(size=(60, 20)) as pilot:
        await settled(app)
        sheet = screen.query_one(ChoiceSheet)
        assert sheet.rows[:2] == (Heading("Pilih", "3 dari 3"), Text("Cari: _", "accent"))
        assert sheet.get_content_height(sheet.size, sheet.size, 50) == 9
        await press(pilot, "'merah'")
        assert sheet.rows[:2] == (Heading("Pilih", "2 dari 3"), Text("Cari: merah_", "accent"))


async def test_choosing_with_space_alone_and_without_notes() -> None:
    """Space chooses while nothing is searched; notes that are not shown are searched all the same; Esc answers nothing."""
    app = Board(ChoiceScreen("Pilih", CHOICES, notes=False))
    async with app.run_test(size=(60, 20)) as pilot:
        await settled(app)
        sheet = app.dialog.query_one(ChoiceSheet)
        assert sheet.rows[0] == Item("a", "Apel", right="8 poin")
        await press(pilot, "'kecil' enter")
        assert app.answers == ["c"]
    for keys, answer in (("space", "a"), ("escape", "")):
        app = Board(ChoiceScreen("Pilih", CHOICES))
        async with app.run_test(size=(60, 20)) as pilot:
            await settled(app)
            await press(pilot, keys)
            assert app.answers == [answer]


@pytest.mark.parametrize(
    ("keys", "answer"),
    [
        ("enter", "ya"),
        ("space", "ya"),
        ("down enter", "tidak"),
        ("x down down enter", "tidak"),
        ("tab tab enter", "ya"),
        ("shift+tab enter", "tidak"),
        ("escape", ""),
        ("ctrl+w", ""),
    ],
)
async def test_answering_a_question(keys: str, answer: str) -> None:
    """The first button is under the cursor; Tab goes round, Esc and Ctrl+W answer nothing, other keys do nothing."""
    app = Board(Dialog("Sungguh?", [("Baris.", "dim")], [("ya", "Ya"), ("tidak", "Tidak")]))
    async with app.run_test(size=(60, 20)) as pilot:
        await settled(app)
        assert [type(row).__name__ for row in app.dialog.query_one(Sheet).rows] == ["Gap", "Text", "Gap", "Buttons", "Gap"]
        await press(pilot, keys)
        assert app.answers == [answer]


async def test_help_is_scrolled_and_closed() -> None:
    """In the thrifty look it begins at the top and lists each key of the place; arrows scroll by a line, pages by ten."""
    app = Board(HelpScreen("rencana", "Penjelasan.", {"ajukan": "f3"}), thrifty=True)
    async with app.run_test(size=(100, 20)) as pilot:
        await settled(app)
        sheet = app.dialog.query_one(Sheet)
        assert sheet.rows[:2] == (Heading("Bantuan", "panah menggulung, Esc menutup"), Text("Penjelasan."))
        pairs = [row for row in sheet.rows if isinstance(row, Pair)]
        assert [pair.text for pair in pairs[:-3]] == [action.help for action in actions_at("rencana")]
        assert next(pair.label for pair in pairs if pair.text.startswith("Ajukan")) == "F3"
        end = len(sheet._layout) - sheet.size.height
        for keys, top in (("up", 0), ("down*2", 2), ("up", 1), ("pagedown", min(11, end)), ("pageup", max(min(11, end) - 10, 0))):
            await press(pilot, keys)
            assert sheet._top == top, keys
        await press(pilot, "pagedown*5")
        assert (sheet._top, sheet.cursor) == (end, "tutup")
        await press(pilot, "enter")
        assert app.answers == [None]


@pytest.mark.parametrize("keys", ["escape", "ctrl+w", "f1", "ctrl+g", "enter"])
@pytest.mark.parametrize("thrifty", [False, True])
async def test_help_closes_by_each_of_its_keys(keys: str, *, thrifty: bool) -> None:
    """And by no letter."""
    app = Board(HelpScreen("daftar", "", {}), thrifty=thrifty)
    async with app.run_test(size=(100, 20)) as pilot:
        await settled(app)
        await press(pilot, "x")
        assert app.answers == []
        assert "Tombol di sini" in "\n".join(screen_text(app))
        await press(pilot, keys)
        assert app.answers == [None]


def content(dialog: Any) -> list[tuple[str, str]]:
    """The lines of a question with their styles."""
    return [line if isinstance(line, tuple) else (line.text, line.style) for line in dialog._sheet._lines]


async def test_what_is_asked_before_a_plan_is_submitted() -> None:
    """Whose plan, which period, to whom and through what; an acting head and warnings are called out."""
    warned = view(full_plan()).masalah + view(full_plan(60), periode="2024-1").masalah
    plt = structs.replace(view().sekolah.kepala_sekolah, plt=True)
    lines = content(
        ask_submit(
            view(full_plan(), masalah=warned, server="pmm.id", sekolah=structs.replace(view().sekolah, kepala_sekolah=plt)),
            None,
            THRIFTY,
        )
    )
    assert lines[:6] == [
        (f"Guru       : {ANI.nama}", ""),
        ("NIP        : 19850714 201001 2 001", ""),
        (f"Periode    : {view().periode.label}", ""),
        ("Konfirmasi : cara dan tanggal tidak dicatat", ""),
        ("Kepada     : Dra. Nur'aini Batubara, M.Pd. (Plt.)", ""),
        ("Lewat      : pmm.id", ""),
    ]
    assert lines[6][0].startswith("Kepala sekolah berstatus Plt.")
    assert lines[7:] == [(m.pesan, "warning") for m in warned if not m.halang] != []
    nobody = structs.replace(view().sekolah, kepala_sekolah=type(plt)())
    lines = content(ask_submit(view(pegawai=structs.replace(ANI, nip=""), sekolah=nobody, masalah=()), None, THRIFTY))
    assert [text.partition(": ")[2] for text, _ in lines[1:2] + lines[3:]] == [
        "-", "", "kepala sekolah", "server belum diatur; rencana menunggu di Kotak Kirim",
    ]  # fmt: skip
    assert content(ask_confirm("Ani"))[0] == ("Ani", "")


@pytest.mark.parametrize("periode", ["2026", "2024-1"])
async def test_which_rhk_are_offered(periode: str) -> None:
    """Those that are in the plan come last and are refused; points are only spoken of where they count."""
    asked = view(full_plan(), periode=periode)
    choices = ask_rhk(asked, notes=True)._sheet._choices
    offered = [k for k in asked.katalog.kompetensi if k.aktif]
    assert [c.id for c in choices if not c.refusal] == [k.id for k in offered if k.id != "peserta-pelatihan-mandiri"]
    assert [c.id for c in choices if c.refusal] == [choices[-1].id] == ["peserta-pelatihan-mandiri"]
    assert choices[-1].refusal.startswith("RHK ini sudah ada: Meningkatnya kompetensi")
    points = {k.id: k.poin for k in offered}
    assert {c.right for c in choices} == ({""} if periode == "2026" else {f"{poin} poin" for poin in points.values()})
    assert ("poin" in " ".join(c.note for c in choices)) == (periode == "2024-1" and any("poin" in k.catatan for k in offered))
    assert all(f"bukti: {k.bukti}" in next(c.note for c in choices if c.id == k.id) for k in offered if k.bukti)


# ---- settings


async def test_each_setting_has_its_field(stage_app: Open) -> None:
    """Widths, limits and notes; the token is a secret. Choices change what they say, Enter goes on."""
    async with stage_app() as u:
        u.services.settings_in_force = Settings()
        await u.press("f7")
        sheet = u.app.screen.query_one(SettingsSheet)
        fields = {row.id: row for row in sheet.rows if isinstance(row, Field)}
        assert {name: (f.width, f.limit, f.secret) for name, f in fields.items()} == {
            "url": (50, 300, False),
            "token": (50, 300, True),
            "npsn": (10, 8, False),
            "school_name": (50, 120, False),
            "kepala": (50, 120, False),
            "kepala_nip": (22, 24, False),
            "atasan": (50, 120, False),
            "atasan_nip": (22, 24, False),
        }
        assert {f.note_style for f in fields.values()} == {"dim"}
        sheet.press("SMP", False)
        assert (sheet.values.jenjang, sheet.cursor) == ("SMP", "url")
        sheet.press("SMA", True)
        assert (sheet.values.jenjang, sheet.cursor) == ("SMA", "kepala")
        sheet.press("plt", False)
        assert (sheet.values.plt, sheet.cursor) == (True, "kepala")
        sheet.press("plt", False)
        assert not sheet.values.plt
        sheet.press("plt", True)
        sheet.press("plt", True)
        assert (sheet.values.plt, sheet.cursor) == (True, "atasan")
        sheet.report("Salah.", False, "sekolah.npsn")
        assert (sheet.cursor, sheet.error) == ("npsn", "npsn")
        wrong = next(row for row in sheet.rows if isinstance(row, Field) and row.id == "npsn")
        assert (wrong.note, wrong.note_style) == ("Salah.", "error")
        assert Text("Salah.", "error") not in sheet.rows
        sheet.typed("npsn", "1")
        assert (sheet.values.npsn, sheet.message, sheet.error) == ("1", "", "")
        for ok, style in ((True, "good"), (False, "error")):
            sheet.report("Begini.", ok)
            first = next(row for row in sheet.rows if isinstance(row, Text | Field | Item))
            assert first == Text("│ Begini.", style)  # type: ignore[arg-type]
            assert sheet.cursor == "npsn"
        assert u.title.startswith(" Pengaturan")
        before = sheet.cursor
        sheet.edge(1)
        assert sheet.cursor == before


async def test_the_first_run_begins_with_practice(stage_app: Open) -> None:
    """What is offered first is practice and beginning without a server; later neither is."""
    async with stage_app(teachers=(), first_run=True) as u:
        screen = u.app.screen
        assert isinstance(screen, SettingsScreen)
        sheet = screen.query_one(SettingsSheet)
        assert [found.id for found in cursor_rows(sheet.rows[-1])] == ["simpan", "latihan", "luring"]
        assert sheet.cursor == "latihan"
        assert u.title.startswith(" Selamat datang di pmm-tui")
        await u.press("ctrl+p")
        assert [row.id for row in sheet.rows if isinstance(row, Button)] == ["latihan", "luring", "uji", "simpan"]
        assert u.title.startswith(" Mulai")


# ---- a plan


async def test_undo_shows_where_it_was(stage_app: Open) -> None:
    """What is undone or done again is named, and its pane is opened when another is open; of the open one the place stays."""
    async with stage_app(draft={ANI.nama: started_plan()}) as u:
        await u.press("enter enter f6*2")
        assert u.tab == "4 Perilaku"
        await u.press("ctrl+z")
        assert "Diurungkan: 1 Praktik Kinerja" in u.status
        assert u.tab == "1 Praktik"
        await u.press("ctrl+y")
        assert "Diulangi: 1 Praktik Kinerja" in u.status
        assert u.tab == "1 Praktik"
        await u.press("ctrl+y")
        assert "Tidak ada yang dapat diulangi" in u.status


async def test_the_first_steps_are_not_passed_over(stage_app: Open) -> None:
    """Going on asks for the confirmation, then for having understood; going back from the first leaves the plan."""
    async with stage_app() as u:
        await u.press("enter f6")
        assert "Data diri sudah sesuai" in u.text
        await u.press("enter")
        assert u.tab == "Data Diri"
        await u.press("f6 down enter")
        assert u.tab == "Rapor Pendidikan"
        await u.press("f6")
        assert "Tekan Saya mengerti lebih dahulu" in u.status
        await u.press("f4")
        assert u.tab == "Rapor Pendidikan"
        await u.press("f7 f7")
        assert u.title.startswith(" Daftar Guru")


async def test_a_plan_opens_where_there_is_something_to_do(stage_app: Open) -> None:
    """At the first step not done, then at the first section with a problem, at last at the Rangkuman; the state stands below."""
    half = structs.replace(full_plan(), tugas_tambahan=TugasTambahan(tugas=(Tugas(tugas="guru-piket", tanggal_sk="kemarin"),)))
    places = (
        (ANI, structs.replace(full_plan(), rapor_pendidikan=RaporPendidikan()), "Rapor Pendidikan", "belum beres"),
        (BUDI, full_plan().with_section(PraktikPembelajaran()), "1 Praktik", "belum beres"),
        (CITRA, half, "3 Tugas", "belum beres"),
        (DEDI, full_plan(), "5 Rangkuman", "lengkap"),
    )
    async with stage_app(draft={pegawai.nama: rencana for pegawai, rencana, _, _ in places}) as u:
        for pegawai, _, tab, state in places:
            await u.go_to(pegawai.nama)
            await u.press("enter")
            assert isinstance(u.app.screen, RencanaScreen)
            assert u.tab == tab
            assert u.status.endswith(state)
            await u.press("escape")


async def test_f5_takes_away_the_rhk_under_the_cursor(stage_app: Open) -> None:
    """On a button nothing is taken away, and that is said; in another pane the key does nothing."""
    async with stage_app(draft={ANI.nama: full_plan()}) as u:
        await u.press("enter f5")
        assert "RHK" not in u.status
        await u.press("f7*3 f5")
        assert "Taruh kursor pada RHK yang akan dihapus" in u.status
        await u.press("ctrl+home f5")
        assert "Belum ada RHK." in u.text
        await u.press("f4 'mandiri' enter f4 'mandiri' enter")
        assert "RHK ini sudah ada" in u.text


async def test_practice_is_called_so_in_every_title(stage_app: Open) -> None:
    """So that nobody takes the sample school for their own."""
    async with stage_app() as u:
        u.services.practice = True
        for keys in ("f8", "escape f7", "escape f4"):
            await u.press(keys)
            assert u.title.startswith(" LATIHAN  ")


@pytest.mark.parametrize(("width", "height", "small"), [(60, 18, False), (59, 18, True), (60, 17, True), (80, 23, False)])
async def test_what_counts_as_too_small(stage_app: Open, width: int, height: int, small: bool) -> None:
    """Less than 60 by 18, in either direction."""
    async with stage_app(size=(100, 30)) as u:
        await u.size(width, height)
        assert ("Jendela terlalu kecil." in u.text) == small
        assert u.app.screen.query_one(VirtualList).total == 4


@pytest.mark.parametrize(("keys", "written"), [("enter", 1), ("down enter", 0), ("escape", 0)])
async def test_a_file_of_its_own_is_written_only_when_asked_for(stage_app: Open, keys: str, written: int) -> None:
    """`Nanti` and Esc leave the plan on the screen alone; a question that is open is not asked twice."""
    async with stage_app(draft={ANI.nama: full_plan()}) as u:
        await u.press("enter")
        screen = u.app.screen
        assert isinstance(screen, RencanaScreen)
        for _ in range(2):
            await offer_emergency_copy(screen, "Disk penuh.", u.pegawai("Ani"), full_plan())
        await settled(u.app)
        assert u.dialog.startswith("Rencana belum tersimpan Disk penuh.")
        await u.press(keys)
        assert len(u.services.called("save_emergency_copy")) == written
        assert ("Rencana disimpan di darurat.toml" in u.status) == bool(written)
        assert u.app.screen is screen


async def test_an_open_plan_follows_what_others_change(stage_app: Open) -> None:
    """Read again, it has the teacher's new name, and says how the plan stands when that has changed."""
    async with stage_app(draft={ANI.nama: full_plan()}) as u:
        await u.press("enter")
        u.app.announce("Begini.", True)
        await u.app.screen.refresh_data()  # type: ignore[attr-defined]
        await settled(u.app)
        assert u.status.strip().startswith("Begini.")
        u.store.roster.write([structs.replace(u.pegawai("Ani"), nama="Ani Baru")])
        u.store.outbox.seal(u.pegawai("Ani"), "2026", full_plan(), 1, MOMENT)
        await u.app.screen.refresh_data()  # type: ignore[attr-defined]
        await settled(u.app)
        assert u.title.startswith(" ‹ Ani Baru")
        assert u.status.strip().startswith("Antre, akan dikirim saat ada jaringan.")


async def test_a_question_with_more_than_it_has_room_for_is_scrolled(stage_app: Open) -> None:
    """Page Up shows the first of many names, Page Down the buttons again; the cursor stays on the safe answer."""
    from pmm_tui.tui.screens.roster_marks import name_lines

    async with stage_app() as u:
        lines = name_lines(f"Guru Nomor {number} yang panjang namanya" for number in range(1, 90))
        u.app.push_screen(Dialog("Ajukan?", lines, [("tidak", "Batal"), ("ya", "Ajukan")]))
        await u.press("right left")
        assert "Guru Nomor 89 " in u.text
        assert "89 guru: " not in u.text
        await u.press("pageup pageup pageup")
        assert "89 guru: Guru Nomor 1 " in u.text
        await u.press("pagedown pagedown pagedown")
        assert u.cursor == "Batal"
        assert "Guru Nomor 89 " in u.text
