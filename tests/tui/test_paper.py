"""Cetak dan ekspor: what is chosen is written where it says, nothing is replaced unseen, and a run can be stopped."""

from __future__ import annotations

import asyncio
import os
import threading
from pathlib import Path
from typing import Any

import pytest
from msgspec import structs
from rich.cells import cell_len

from pmm_tui.cetak.document import texts_of
from pmm_tui.cetak.skp_form import skp_document
from pmm_tui.cetak.subject import PlanPaper
from pmm_tui.services import print_request, printing
from pmm_tui.services.listing import all_rows
from pmm_tui.services.printing import papers_of, printed_school
from pmm_tui.skp.plan_state import State
from pmm_tui.store import Store
from pmm_tui.tui.look_values import LookOptions
from pmm_tui.tui.screens import paper
from pmm_tui.tui.screens.paper import PrintScreen
from tests.services.conftest import IN_FORCE
from tests.tui import desk_school
from tests.tui.conftest import Open
from tests.tui.fake_services import MOMENT, accepted
from tests.tui.keyboard import screen_strips, settled
from tests.tui.samples import ANI, BUDI, TEACHERS, full_plan
from tests.tui.stage import Stage
from tests.tui.stage import stage_app as stage_app_of
from tests.tui.test_hostile_text import HOSTILE

pytestmark = pytest.mark.anyio


def folder() -> Path:
    """Where the files go that are not sent elsewhere."""
    return Path("~/Dokumen/pmm-tui/2026-01-10").expanduser()


def files() -> list[str]:
    """The names of the files there."""
    return sorted(path.name for path in folder().iterdir()) if folder().exists() else []


async def held_enter(u: Stage, times: int) -> None:
    """Hold Enter down: key after key with hardly a pause."""
    await u.press(f"enter*{times}", in_a_row=True)


# ---- files


async def test_marked_teachers_become_files(stage_app: Open) -> None:
    """The button counts; afterwards the status line says how many, when and where, and the files are their owner's alone."""
    async with stage_app(draft={ANI.nama: full_plan()}) as u:
        await u.press("space space alt+c")
        assert u.title.startswith(" Cetak dan ekspor")
        assert "(•) Guru bertanda" in u.text
        assert "Buat 2 berkas  F9" in u.text
        assert files() == []
        await u.press("f9")
        assert "2 berkas dibuat 10.42 di ~/Dokumen/pmm-tui/2026-01-10 · F4 buka folder" in u.status
        assert [name.partition("-")[2] for name in files()] == [
            "ani-lestari-s-pd-skp-2026.html",
            "budi-santoso-s-pd-skp-2026.html",
        ]
        assert not any(p.nip and p.nip in name for p in TEACHERS for name in files())
        if os.name == "posix":
            assert {path.stat().st_mode & 0o777 for path in folder().iterdir()} == {0o600}
        assert "Ani Lestari" in (folder() / files()[0]).read_text("utf-8")


async def test_the_head_prints_from_the_desk_and_from_the_page(store: Store) -> None:
    """Alt+C prints the plan under the cursor, or the marked ones; on the page the plan that is read; with what the server holds."""
    desk_school.fill(store)
    async with stage_app_of(store, size=(120, 40)) as u:
        await u.until_text("Meja Kepala Sekolah")
        await u.press("space space alt+c")
        assert u.title.startswith(" Cetak dan ekspor")
        assert "Buat 2 berkas  F9" in u.text
        await u.press("escape escape enter")
        await u.press("alt+c")
        await u.until_text("tanda terima R-0005")
        await u.press("f9")
        await u.until(lambda: len(files()) == 1)
        assert "421.3/21" in (folder() / files()[0]).read_text("utf-8")


async def test_what_lies_on_the_desk_is_printed_with_its_receipt_and_what_was_decided(store: Store) -> None:
    """What was never filled in here is printed from the desk; a returned plan says so and bears no code."""
    store.roster.write((ANI,))
    (ani,) = store.roster.all()

    def paper() -> PlanPaper:
        (found,) = papers_of(store, "2026", all_rows(store, IN_FORCE, MOMENT.date()))
        return found

    desk_school.hold(store, ani, desk_school.plan(2), 2)
    found = paper()
    assert (found.state, found.rencana, found.masalah) == (State.SENT, desk_school.plan(2), ())
    assert found.receipt is not None
    assert (found.receipt.number, found.receipt.revision) == (f"R-{ani.id:04}", 2)
    desk_school.hold(store, ani, desk_school.plan(2), 2, "dikembalikan", desk_school.NOTE)
    found = paper()
    assert (found.state, found.receipt.note if found.receipt else "") == (State.RETURNED, desk_school.NOTE)
    said = " ".join(texts_of(skp_document(found, printed_school(IN_FORCE, MOMENT))))
    assert "Versi 2 dikembalikan kepala sekolah." in said
    assert "pmm1:" not in said


async def test_f9_before_the_plans_are_read_is_not_lost(stage_app: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever is faster than a slow disk gets the files as soon as the plans are there."""
    gate, usual = threading.Event(), paper.load_printables

    def slow(*arguments: Any) -> Any:
        gate.wait(20)
        return usual(*arguments)

    monkeypatch.setattr(paper, "load_printables", slow)
    async with stage_app(draft={ANI.nama: full_plan()}) as u:
        u.app.call_later(lambda: asyncio.get_running_loop().call_later(0.3, gate.set))
        await u.press("alt+c f9", in_a_row=True)
        for _ in range(200):
            if files():
                break
            await asyncio.sleep(0.02)
        assert len(files()) == 1


async def test_f4_shows_the_folder_or_says_its_path(stage_app: Open) -> None:
    """Where a desktop is the folder is opened; elsewhere its whole path is said. Before the first file there is none."""
    async with stage_app() as u:
        await u.press("alt+c f4")
        assert "Folder itu belum ada" in u.status
        assert u.services.called("open_folder") == []
        await u.press("f9 f4")
        assert u.services.called("open_folder") == [folder()]
        assert "Folder dibuka" in u.status
        u.services.desktop = False
        await u.press("ctrl+o")
        assert str(folder()) in u.status.replace(" ", "")


async def test_nothing_is_replaced_unseen(stage_app: Open) -> None:
    """Files that are there are named in a question; its safe answer leaves them, and the new ones are written all the same."""
    async with stage_app(size=(100, 30)) as u:
        await u.press("alt+c f9 escape")
        (first,) = files()
        (folder() / first).write_text("tulisan tangan", "utf-8")
        await u.press("space space alt+c f9")
        assert "Berkasnya sudah ada" in u.dialog
        assert first in u.dialog
        assert len(files()) == 2
        assert files()[1] not in u.dialog
        await u.press("escape")
        assert (folder() / first).read_text("utf-8") == "tulisan tangan"
        assert "1 berkas dibuat 10.42" in u.status
        assert "1 sudah ada dan dibiarkan" in u.status
        other = (folder() / files()[1]).stat().st_mtime_ns
        await u.press("f9")
        assert "Ganti 2 berkas" in u.dialog
        await u.press("right enter")
        assert "2 berkas dibuat" in u.status
        assert "Ani Lestari" in (folder() / first).read_text("utf-8")
        assert (folder() / files()[1]).stat().st_mtime_ns != other


async def test_only_what_was_asked_about_is_replaced(stage_app: Open) -> None:
    """Of two teachers the one whose file was there is written again, the other's new file stays as it is."""
    async with stage_app() as u:
        await u.press("alt+c f9 escape space space alt+c f9")
        new = next(path for path in folder().iterdir() if "budi" in path.name)
        before = new.stat().st_mtime_ns, new.stat().st_ino
        await u.press("right enter")
        assert "2 berkas dibuat" in u.status
        assert (new.stat().st_mtime_ns, new.stat().st_ino) == before


async def test_a_held_enter_makes_no_files(stage_app: Open) -> None:
    """Enter leads from question to question; held down it ends at the button, which says why nothing happens."""
    async with stage_app() as u:
        await u.press("alt+c")
        await held_enter(u, 30)
        assert files() == []
        assert u.cursor.startswith("Buat 1 berkas")
        assert "Tombol yang ditahan tidak membuat berkas" in u.text


async def test_enter_leads_to_the_button(stage_app: Open) -> None:
    """One Enter for each question: what, of whom, in which form, the options, where."""
    async with stage_app() as u:
        await u.press("alt+c")
        seen = []
        for _ in range(6):
            seen.append(u.cursor)
            await u.press("enter")
        assert ["SKP" in seen[0], "Guru ini" in seen[1], "HTML" in seen[2], "kualitatif" in seen[3]] == [True] * 4
        assert "mendatar" in seen[4]
        assert "Ke folder" in seen[5]
        assert u.cursor.startswith("Buat 1 berkas")
        await u.press("enter")
        assert [name.partition("-")[2] for name in files()] == ["ani-lestari-s-pd-skp-kualitatif-2026.html"]


async def test_a_list_is_of_all_unless_somebody_is_marked(stage_app: Open) -> None:
    """A list begins with all that are filtered, a form that a kind has not gives way to HTML, and what was said stays."""
    async with stage_app() as u:
        await u.press("alt+c down*4 space")
        assert "(•) Daftar guru dan keadaannya" in u.text
        assert "(•) Semua yang tersaring" in u.text
        assert "Buat 1 berkas" in u.text
        await u.go_to("XLSX")
        await u.press("space f9")
        assert files() == ["daftar-2026.xlsx"]
        await u.go_to("SKP untuk")
        await u.press("space")
        assert "(•) HTML" in u.text
        assert "(•) Guru ini" in u.text
        await u.go_to("Semua yang tersaring")
        await u.press("space")
        await u.go_to("Lembar baca")
        await u.press("space")
        assert "(•) Semua yang tersaring" in u.text
        assert f"Buat {len(TEACHERS)} berkas" in u.text


async def test_practice_is_marked(stage_app: Open) -> None:
    """In practice the files and their pages say LATIHAN."""
    async with stage_app() as u:
        u.services.practice = True
        await u.press("alt+c f9")
        (name,) = files()
        assert name.startswith("latihan-")
        assert "LATIHAN" in (folder() / name).read_text("utf-8")


async def test_the_form_and_the_folder_are_kept(stage_app: Open, tmp_path: Path) -> None:
    """Who prints as text into a folder of their own finds both again; the usual folder is that of the day, each day."""
    async with stage_app() as u:
        await u.press("alt+c")
        await u.go_to("Teks biasa")
        await u.press("space f9 escape alt+c")
        assert "(•) Teks biasa" in u.text
        assert "2026-01-10" in u.row("Ke folder")
        assert "~" not in (u.store.reference.memo("cetak") or "~")
        await u.go_to("Ke folder")
        await u.press("ctrl+u '~/cetakan' f9 escape alt+c")
        assert "~/cetakan " in u.row("Ke folder")
        assert (Path("~").expanduser() / "cetakan").is_dir()
        await u.press("escape f8 escape")
        u.store.reference.set_memo("cetak", '{"form": "exe"}')
        await u.press("alt+c")
        assert "(•) HTML" in u.text


# ---- where else it is offered


async def test_a_plan_is_printed_as_it_stands(stage_app: Open) -> None:
    """What was typed a moment ago is on the page: the plan is saved first."""
    plan = full_plan()
    async with stage_app(draft={ANI.nama: plan}, place=(ANI.nama, "data_diri", "golongan")) as u:
        await u.press("ctrl+u 'IV/e' alt+c")
        assert "Guru ini" in u.cursor or "SKP" in u.cursor
        await u.press("f9")
        assert "IV/E" in (folder() / files()[0]).read_text("utf-8")
        await u.press("escape")
        assert u.tab == "Data Diri"


async def test_receipts_from_the_outbox(stage_app: Open) -> None:
    """Kotak Kirim offers the receipt of the row under the cursor; of a plan without one it says so."""
    async with stage_app() as u:
        for pegawai, answer in ((ANI, accepted), (BUDI, None)):
            entry = u.store.outbox.seal(u.pegawai(pegawai.nama), "2026", full_plan(), 1, MOMENT)
            if answer:
                u.store.outbox.mark_sending([entry.id])
                u.store.outbox.record_all({entry.id: answer(entry)})
        await u.press("f8 alt+c")
        assert "(•) Tanda terima" in u.text
        assert BUDI.nama in u.row("Guru ini")
        await u.press("f9")
        assert "Belum ada tanda terima dari server" in u.status
        assert files() == []
        await u.go_to("Semua di Kotak Kirim")
        await u.press("space")
        assert "Buat 1 berkas" in u.text
        await u.press("f9")
        assert "1 guru belum punya tanda terima" in u.status
        assert [name.partition("-")[2] for name in files()] == ["ani-lestari-s-pd-tanda-terima-2026.html"]


async def test_the_palette_has_it(stage_app: Open) -> None:
    """A search for what one wants to do finds it."""
    async with stage_app() as u:
        await u.press("ctrl+a 'cetak' enter")
        assert u.title.startswith(" Cetak dan ekspor")


async def test_nobody_to_print(stage_app: Open) -> None:
    """Without a teacher in the list it says so."""
    async with stage_app(teachers=()) as u:
        await u.press("alt+c")
        assert "Tidak ada guru" in u.status


# ---- what stands in the way


async def test_pdf_without_its_package(stage_app: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    """It says what to install and offers HTML; Batal writes nothing."""
    monkeypatch.setattr(print_request, "find_spec", lambda name: None)
    async with stage_app() as u:
        await u.press("alt+c")
        await u.go_to("PDF")
        assert "perlu paket tambahan" in u.cursor
        await u.press("space f9")
        assert "pasang dengan" in u.dialog
        await u.press("enter")
        assert files() == []
        await u.press("f9 right enter")
        assert [Path(name).suffix for name in files()] == [".html"]


async def test_a_folder_of_a_cloud_is_told_of(stage_app: Open) -> None:
    """Below the field once it is written, before anything is."""
    async with stage_app() as u:
        await u.press("alt+c")
        await u.go_to("Ke folder")
        await u.press("ctrl+u '~/OneDrive/skp'")
        assert "OneDrive; data" not in " ".join(u.text.split())
        await u.press("down")
        assert "Folder ini tampaknya disalin ke OneDrive" in " ".join(u.text.split())
        assert files() == []


@pytest.mark.parametrize(("typed", "words"), [("", "Folder tujuan belum ditulis"), ("berkas/x", "folder tidak dapat dibuat")])
async def test_folders_that_cannot_be(stage_app: Open, tmp_path: Path, typed: str, words: str) -> None:
    """A sentence, and the program goes on."""
    (tmp_path / "berkas").write_text("x", "utf-8")
    async with stage_app() as u:
        await u.press("alt+c")
        await u.go_to("Ke folder")
        await u.press("ctrl+u")
        await u.paste(str(tmp_path / typed) if typed else "")
        await u.press("f9")
        assert words in u.status
        assert not u.app.crashed
        assert "Buat" in u.text


class Gate:
    """Lets a run go on file by file."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.at = threading.Semaphore(0)
        self.reached = 0
        original = printing.file_bytes

        def gated(*args: Any) -> bytes:
            self.reached += 1
            self.at.acquire()
            return original(*args)

        monkeypatch.setattr(printing, "file_bytes", gated)


async def test_a_run_can_be_stopped(stage_app: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    """While it runs the button stops it; what is there stays and is told of, the rest is not made."""
    gate = Gate(monkeypatch)
    async with stage_app() as u:
        await u.press("asterisk alt+c")
        screen = u.app.screen
        assert isinstance(screen, PrintScreen)
        screen.action_buat_berkas()
        gate.at.release()
        while gate.reached < 2:
            await asyncio.sleep(0.01)
        screen.action_buat_berkas()  # pressed again, it starts nothing
        assert "Hentikan" in screen._sheet.build_rows()[-1].label  # type: ignore[union-attr]
        await screen.action_kembali()
        for _ in TEACHERS:
            gate.at.release()
        await settled(u.app)
        assert u.app.screen is screen
        assert "Dihentikan; 1 berkas dibuat" in u.status
        assert len(files()) == 1
        assert "Buat" in u.text


async def test_leaving_the_program_ends_a_run(stage_app: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    """No file is made after the screen is gone."""
    gate = Gate(monkeypatch)
    async with stage_app() as u:
        await u.press("asterisk alt+c")
        screen = u.app.screen
        assert isinstance(screen, PrintScreen)
        screen.action_buat_berkas()
        while gate.reached < 1:
            await asyncio.sleep(0.01)
        await u.app.pop_screen()
        for _ in TEACHERS:
            gate.at.release()
        await settled(u.app)
    assert files() == []


# ---- sizes, looks, words


async def test_the_page_stands_beside_from_120_columns(stage_app: Open) -> None:
    """There the first page is seen as it would be printed, and follows what is chosen."""
    async with stage_app(size=(120, 40), draft={ANI.nama: full_plan()}) as u:
        await u.press("alt+c")
        assert "Pratinjau halaman 1" in u.text
        assert "SASARAN KINERJA PEGAWAI" in u.text
        await u.press("down*4 space")
        assert "SASARAN KINERJA PEGAWAI" not in u.text
        assert "DAFTAR GURU" in u.text  # the heading of the page; among the choices it is in small letters
        await u.size(119, 40)
        assert "Pratinjau" not in u.text


@pytest.mark.parametrize("look", [LookOptions(), LookOptions(ascii=True), LookOptions(colour=False), LookOptions(thrifty=True)])
@pytest.mark.parametrize("size", [(60, 18), (80, 24), (160, 45)])
async def test_every_size_and_look(stage_app: Open, size: tuple[int, int], look: LookOptions) -> None:
    """Every line has its width, every row is reached, and files are made."""
    async with stage_app(size=size, look=look) as u:
        await u.press("alt+c")
        await u.press("end")
        assert "Buat 1 berkas" in u.cursor
        assert [strip.cell_length for strip in screen_strips(u.app)] == [size[0]] * size[1]
        if look.ascii:
            assert "►" not in u.text
        await u.press("f9")
        assert len(files()) == 1


@pytest.mark.parametrize("kind", HOSTILE)
async def test_hostile_names(stage_app: Open, kind: str) -> None:
    """A name is letters on the screen, and a name of a file in the folder, nowhere else."""
    odd = structs.replace(ANI, nama=f"../{HOSTILE[kind]}")
    async with stage_app(teachers=(odd,), size=(120, 40)) as u:
        await u.press("alt+c")
        assert all(cell_len(line) <= 120 for line in u.screen_text())
        assert not any(ord(c) < 32 for line in u.screen_text() for c in line)
        await u.press("f9")
        assert len(files()) == 1
        assert {path.parent for path in Path("~").expanduser().rglob("*.html")} == {folder()}
        assert not u.app.crashed


async def test_counting_reads_a_school_once(store: Store, stage_app: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    """Going through the kinds reads nothing again; another group of teachers is read once."""
    from pmm_tui.tui.screens import paper

    calls: list[tuple[int, ...]] = []
    original = paper.load_printables

    def counted(*args: Any) -> Any:
        calls.append(tuple(args[3]))
        return original(*args)

    monkeypatch.setattr(paper, "load_printables", counted)
    async with stage_app() as u:
        await u.press("alt+c down space down space down space")
        assert len(calls) == 1
        await u.go_to("Semua yang tersaring")
        await u.press("space up space down space")
        assert [len(ids) for ids in calls] == [1, len(TEACHERS)]
