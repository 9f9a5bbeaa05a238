"""From plan to plan without the list, and where one comes out."""

from __future__ import annotations

from typing import Any

import pytest
from textual.events import Key

from pmm_tui.errors import DiskFullError
from pmm_tui.tui.actions import ACTIONS
from pmm_tui.tui.key_parser import PasteParser
from pmm_tui.tui.keys import keymap_faults
from pmm_tui.tui.look_values import LookOptions
from pmm_tui.tui.screens.plan_moving import _AHEAD
from tests.tui.conftest import Open
from tests.tui.fake_services import accepted
from tests.tui.samples import ANI, BUDI, CITRA, DEDI, full_plan, started_plan

pytestmark = pytest.mark.anyio
STARTED = {p.nama: started_plan() for p in (ANI, BUDI, CITRA, DEDI)}
GOING = ("guru_berikut", "guru_sebelum", "guru_belum")


@pytest.mark.parametrize(("sent", "key"), [
    ("\x1bn", "alt+n"), ("\x1bp", "alt+p"), ("\x1bu", "alt+u"), ("\x1b[6;5~", "ctrl+pagedown"), ("\x1b[5;5~", "ctrl+pageup"),
    ("\x06", "ctrl+f"),
])  # fmt: skip
def test_terminals_tell_these_keys(sent: str, key: str) -> None:
    """What a terminal sends for the keys that go from plan to plan is read as these keys."""
    parser = PasteParser()
    assert [m.key for m in (*parser.feed(sent), *parser.tick()) if isinstance(m, Key)] == [key]


def test_each_way_has_two_keys_that_nothing_else_has() -> None:
    """Two keys each, and none is another action's of the plan."""
    assert {a.id: len(a.keys.split(",")) for a in ACTIONS if a.id in GOING} == dict.fromkeys(GOING, 2)
    assert keymap_faults({}) == []


@pytest.mark.parametrize(("on", "back"), [("alt+n", "alt+p"), ("ctrl+pagedown", "ctrl+pageup")])
async def test_next_and_previous(stage_app: Open, on: str, back: str) -> None:
    """In the order of the list, in the same pane; at the ends it says so. The title tells which of how many."""
    async with stage_app(draft=STARTED) as u:
        await u.press("enter f6")
        assert u.title.startswith(" ‹ Ani Lestari, S.Pd. ›  1/4")
        assert "Alt+N Budi Santoso, S.Pd. ›" in u.status
        await u.press(back)
        assert "Ini guru pertama di daftar" in u.status
        await u.press(on)
        assert u.title.startswith(" ‹ Budi Santoso, S.Pd. ›  2/4")
        assert u.tab == "2 Kompetensi"
        await u.press(f"{on} {on}")
        assert u.title.startswith(" ‹ Dedi Kurnia ›  4/4")
        assert "Alt+N" not in u.status
        await u.press(on)
        assert "Ini guru terakhir di daftar" in u.status
        await u.press(back)
        assert u.title.startswith(" ‹ Citra")
        await u.press("escape")
        assert u.title.startswith(" Daftar Guru")
        assert u.cursor.startswith("Citra")


async def test_in_the_order_that_the_list_showed(stage_app: Open) -> None:
    """A search and a sort hold in the plan too; who is not listed is not met."""
    async with stage_app(draft={ANI.nama: full_plan(), CITRA.nama: started_plan()}) as u:
        await u.press("f3*5 'guru m'")  # by problems, only Guru Mapel: Citra before Ani
        assert "urut: Masalah ▼" in u.text
        rows = [name for line in u.screen_text() for name in ("Ani", "Budi", "Citra", "Dedi") if name in line]
        assert rows == ["Citra", "Ani"]
        await u.press("enter")
        assert u.title.startswith(" ‹ Citra Dewi, S.Pd. ›  1/2")
        await u.press("alt+n")
        assert u.title.startswith(" ‹ Ani Lestari, S.Pd. ›  2/2")


async def test_a_search_that_found_one_is_a_way_to_a_plan(stage_app: Open) -> None:
    """Its plan stands among all teachers, and once it is submitted the next unfinished one is offered."""
    async with stage_app(draft={ANI.nama: full_plan()}) as u:
        await u.press("'lestari' enter")
        assert u.title.startswith(" ‹ Ani Lestari, S.Pd. ›  1/4")
        await u.press("f9 down enter")
        assert u.cursor == f"Lanjut ke guru berikutnya yang belum: {BUDI.nama}"


async def test_what_was_changed_on_the_way_is_saved_and_listed(stage_app: Open) -> None:
    """Each plan is saved before the next one opens, and the list knows all of them when one comes back."""
    async with stage_app(draft=STARTED) as u:
        await u.press("enter space alt+n space alt+n escape")
        for name in ("Ani", "Budi"):
            draft = u.draft(name)
            assert draft is not None
            assert draft.praktik_pembelajaran.indikator
        marks = {name: u.row(name).split()[-3] for name in ("Ani", "Budi", "Citra")}
        assert marks == {"Ani": "√····", "Budi": "√····", "Citra": "·····"}


async def test_a_plan_that_cannot_be_saved_stays(stage_app: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    """On a full disk the way to the next plan is not taken."""

    def full(*_: Any) -> None:
        raise DiskFullError("Disk penuh; kosongkan ruang lalu coba lagi.")

    async with stage_app(draft=STARTED) as u:
        await u.press("enter")
        with monkeypatch.context() as patch:
            patch.setattr(u.store.drafts, "save", full)
            await u.press("space alt+n")
            await u.until_text("Rencana belum tersimpan")
            await u.press("escape")
            assert u.title.startswith(" ‹ Ani")
        await u.press("alt+n")
        assert u.title.startswith(" ‹ Budi")
        draft = u.draft("Ani")
        assert draft is not None
        assert draft.praktik_pembelajaran.indikator


@pytest.mark.parametrize("key", ["alt+u", "ctrl+f"])
async def test_the_next_unfinished(stage_app: Open, key: str) -> None:
    """It skips those that are on their way, goes around the end, opens where something is missing, and says when there is none."""
    async with stage_app(draft={p.nama: full_plan() for p in (ANI, BUDI, CITRA)}) as u:
        await u.press("enter f9 down enter escape")
        await u.go_to("Budi")
        await u.press("enter f9 down enter escape")
        await u.go_to("Dedi")
        await u.press(f"enter {key}")
        assert u.title.startswith(" ‹ Citra")
        assert u.tab == "5 Rangkuman"
        await u.press(key)
        assert u.title.startswith(" ‹ Dedi")
        assert u.tab == "Data Diri"
        await u.press(f"{key} f9 down enter")
        await u.press("escape")
        await u.press("f1 escape")
        await u.go_to("Dedi")
        await u.press(f"enter {key}")
        assert "Tidak ada guru lain yang belum selesai" in u.status


async def test_a_finished_plan_offers_the_next_unfinished(stage_app: Open) -> None:
    """The button after submitting names them, and leads there; the last one leads to the list."""
    async with stage_app(draft={p.nama: full_plan() for p in (ANI, CITRA)}, teachers=(ANI, CITRA)) as u:
        u.services.respond = accepted
        await u.press("enter f9 down enter")
        assert u.cursor == f"Lanjut ke guru berikutnya yang belum: {CITRA.nama}"
        await u.press("enter")
        assert u.title.startswith(" ‹ Citra")
        await u.press("f9 down enter")
        assert u.cursor == "Kembali ke Daftar Guru"
        assert "yang belum" not in u.text


async def test_wide_the_status_names_the_next_unfinished(stage_app: Open) -> None:
    """From 100 columns on, where it is another one than the next."""
    async with stage_app(draft={p.nama: full_plan() for p in (ANI, BUDI)}, size=(120, 30)) as u:
        await u.go_to("Budi")
        await u.press("enter f9 down enter escape")
        await u.go_to("Ani")
        await u.press("enter")
        assert "Alt+N Budi Santoso, S.Pd. › · Alt+U yang belum: Citra Dewi, S.Pd." in u.status
        await u.size(99, 30)
        await u.press("f7")
        assert "Alt+U" not in u.status


async def test_few_teachers_are_read_for_the_status_line(stage_app: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    """With many done ones the opening reads a few of them, not all."""
    from msgspec.structs import replace

    from pmm_tui.tui.screens import plan_moving

    many = [replace(DEDI, nama=f"Guru {n:03}", nuptk=f"{6543210987650000 + n}") for n in range(90)]
    read: list[int] = []
    usual = plan_moving.line_of
    async with stage_app(teachers=many) as u:

        def counted(store: Any, in_force: Any, today: Any, pegawai_id: int) -> Any:
            read.append(pegawai_id)
            line = usual(store, in_force, today, pegawai_id)
            return line and replace(line, state=type(line.state).SENT)

        monkeypatch.setattr(plan_moving, "line_of", counted)
        await u.press("enter")
        assert len(read) == _AHEAD


async def test_thrifty_the_title_and_status_stay(stage_app: Open) -> None:
    """The keys work there too; nothing is added to the lines."""
    async with stage_app(draft=STARTED, look=LookOptions(thrifty=True)) as u:
        await u.press("enter alt+n")
        assert u.title.split("  ")[0] == " Budi Santoso, S.Pd."
        assert "Alt+" not in u.status
