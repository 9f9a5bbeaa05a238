"""Aksi, the palette: what it finds, in which order, what it runs, and what it says of what is not possible."""

from __future__ import annotations

import pytest
from msgspec import structs

from pmm_tui.tui.keys import actions_at, keys_of
from pmm_tui.tui.look_values import LookOptions
from pmm_tui.tui.messages import StatusChanged
from pmm_tui.tui.palette_entry import Entry
from pmm_tui.tui.screens.palette import LAST_USED, LastUsed, PaletteScreen, PaletteSheet, fold, matches, text_of, wanted
from pmm_tui.tui.screens.roster import RosterScreen
from pmm_tui.tui.setting_words import FIELDS, LOOK_GROUPS
from pmm_tui.tui.widgets.themes import THEMES
from tests.tui.conftest import Open
from tests.tui.fake_services import MOMENT
from tests.tui.samples import ANI, BUDI, DEDI, TEACHERS, full_plan
from tests.tui.stage import Stage


def ids(u: Stage) -> list[str]:
    """The ids of what is listed."""
    sheet = u.app.screen.query_one(PaletteSheet)
    return [str(row.id) for row in sheet.rows if hasattr(row, "id")]


# ---- searching


@pytest.mark.parametrize(
    ("query", "label", "found"),
    [
        ("nuraini", "Dra. Hj. Nur'aini Batubara, M.Pd.", True),
        ("nur’aini bat", "Dra. Hj. Nur'aini Batubara, M.Pd.", True),
        ("elisabeth", "Èlisabeth Da Gomez", True),
        ("alfatih", "Muhammad Al-Fatih", True),
        ("al fatih", "Muhammad Al-Fatih", True),
        ("FATIH muh", "Muhammad Al-Fatih", True),
        ("hammad", "Muhammad Al-Fatih", False),
        ("muhammad zz", "Muhammad Al-Fatih", False),
        ("19850714 201001 2", "Ani", True),
        ("'1985", "Ani", True),
        ("201001", "Ani", False),
    ],
)
def test_words_are_found_by_their_beginnings(query: str, label: str, *, found: bool) -> None:
    """Without accents and apostrophes, in any order; each word of the search begins a word. The groups of a number are one."""
    entry = Entry(id="x", label=label, words="198507142010012001", run=lambda: None)
    assert matches(text_of(entry), wanted(query)) is found


def test_folding_leaves_no_mark() -> None:
    """Small letters, one blank between words."""
    assert fold("  È/l-i’s (a) ") == "e l is a"


# ---- what it finds


@pytest.mark.anyio
@pytest.mark.parametrize(
    ("script", "place"), [("", "daftar"), ("enter", "rencana"), ("f8", "kotak"), ("f4", "impor"), ("f7", "atur")]
)
@pytest.mark.parametrize("keys", ["ctrl+a", "alt+x"])
async def test_it_finds_every_action_of_the_place(stage_app: Open, script: str, place: str, keys: str) -> None:
    """Over every screen: its own actions and those of every place, each with its key, all settings, no teacher before a letter."""
    async with stage_app(draft={ANI.nama: full_plan()}) as u:
        await u.press(script)
        title = u.title
        await u.press(keys)
        assert isinstance(u.app.screen, PaletteScreen)
        found = ids(u)
        assert {action.id for action in actions_at(place)} - {"palet"} <= set(found)
        assert {f"atur:{field}" for field, *_ in FIELDS} <= set(found)
        assert {f"{group.name}:{value}" for group in LOOK_GROUPS for value, _ in group.values} <= set(found)
        assert not any(one.startswith("guru:") for one in found)
        assert f"{len(found)} dari {len(found)}" in u.text
        for action in actions_at(place):
            if action.id != "palet":
                sheet = u.app.screen.query_one(PaletteSheet)
                assert sheet.go_to(action.id)
                assert keys_of(action.id, {})[0] in next(row.right for row in sheet.rows if getattr(row, "id", "") == action.id)
        await u.press("escape")
        assert u.title == title


@pytest.mark.anyio
async def test_it_is_named_at_the_right_end_of_every_line_of_keys(stage_app: Open) -> None:
    """Beside the help; the thrifty look's line of keys is as it was."""
    async with stage_app() as u:
        for script in ("", "enter", "escape f8", "escape f4", "escape f7"):
            await u.press(script)
            assert u.footer.endswith("Ctrl+A Aksi  F1 Bantuan"), script
        await u.press("ctrl+p")
        assert "Aksi" not in u.footer


@pytest.mark.anyio
@pytest.mark.parametrize(("query", "name"), [("budi", BUDI.nama), ("19900101 201903", BUDI.nama), (DEDI.nuptk[:8], DEDI.nama)])
async def test_a_teacher_is_found_and_opened(stage_app: Open, query: str, name: str) -> None:
    """By name, NIP or NUPTK; Enter opens the plan, from within another plan too, which is saved and left."""
    async with stage_app(teachers=(ANI, structs.replace(BUDI, nip="199001012019031004"), DEDI)) as u:
        await u.press(f"enter ctrl+a '{query}'")
        assert u.cursor.startswith(name)
        await u.press("enter")
        assert u.title.startswith(f" ‹ {name} ›")
        await u.press("escape")
        assert isinstance(u.app.screen, RosterScreen)


@pytest.mark.anyio
async def test_what_is_not_possible_says_why(stage_app: Open) -> None:
    """Nothing waits: there is nothing to send, and nothing to stop; with a plan that waits there is."""
    async with stage_app() as u:
        await u.press("f8 ctrl+a 'kirim semua'")
        assert "tidak ada yang menunggu" in u.cursor
        await u.press("ctrl+u 'hentikan'")
        assert "tidak ada pengiriman" in u.cursor
        u.store.outbox.seal(u.pegawai("Ani"), "2026", full_plan(), 1, MOMENT)
        await u.press("escape ctrl+a 'kirim semua'")
        assert "di sini" in u.cursor


@pytest.mark.anyio
async def test_of_many_teachers_the_first_are_listed(stage_app: Open) -> None:
    """And how many more there are is said."""
    many = [structs.replace(DEDI, nama=f"Guru {n:03}", nuptk=f"{n:016}") for n in range(130)]
    async with stage_app(teachers=many) as u:
        await u.press("ctrl+a 'guru'")
        sheet = u.app.screen.query_one(PaletteSheet)
        assert len([one for one in ids(u) if one.startswith("guru:")]) == 50
        assert getattr(sheet.rows[-1], "text", "") == "dan 80 guru lagi; ketik lebih banyak."
        await u.press("' 129'")
        assert u.cursor.startswith("Guru 129")


@pytest.mark.anyio
async def test_nothing_found_is_said(stage_app: Open) -> None:
    """With what was searched and the ways on; Enter does nothing."""
    async with stage_app() as u:
        await u.press("ctrl+a 'zzz' enter")
        assert 'Tidak ada yang cocok dengan "zzz".' in u.dialog
        assert isinstance(u.app.screen, PaletteScreen)
        await u.press("ctrl+u")
        assert "ketik untuk mencari" in u.text


# ---- what it does


@pytest.mark.anyio
async def test_enter_runs_it_on_the_screen_below(stage_app: Open) -> None:
    """As the action's own key would, also one that is the app's."""
    async with stage_app(look=LookOptions(theme="ansi")) as u:
        await u.press("ctrl+a 'tampilkan guru' enter")
        assert "[Belum 4]" in u.text
        await u.press("ctrl+a 'gambar ulang' enter ctrl+a 'hemat untuk' enter")
        assert u.app.thrifty
        await u.press("ctrl+p ctrl+a 'kotak kirim' enter")
        assert u.title.startswith(" Kotak Kirim")
        await u.press("ctrl+a 'tutup program' enter")
        await u.until(lambda: not u.app.is_running)


@pytest.mark.anyio
async def test_it_runs_within_a_plan(stage_app: Open) -> None:
    """A question that the action asks stands on its safe answer."""
    async with stage_app(draft={ANI.nama: full_plan()}) as u:
        await u.press("enter ctrl+a 'ajukan renc' enter")
        assert "Ajukan Perencanaan Kinerja" in u.dialog
        assert u.cursor == "Batal"


@pytest.mark.anyio
async def test_a_setting_opens_at_its_field(stage_app: Open) -> None:
    """From the list; where the settings are open already the cursor goes there."""
    async with stage_app() as u:
        await u.press("ctrl+a 'npsn' enter")
        assert u.title.startswith(" Pengaturan")
        assert u.cursor.startswith("NPSN")
        await u.press("ctrl+a 'jenjang' enter")
        assert u.cursor.startswith("Jenjang")
        assert len(u.app.screen_stack) == 3


@pytest.mark.anyio
async def test_a_look_is_chosen_at_once(stage_app: Open) -> None:
    """Without opening the settings; the one in force says so."""
    async with stage_app() as u:
        await u.press("ctrl+a 'tema terang'")
        assert "pengaturan" in u.cursor
        await u.press("enter")
        assert u.app.look.styles == THEMES["terang"]
        assert u.services.called("save_look")[-1].tema == "terang"
        assert isinstance(u.app.screen, RosterScreen)
        await u.press("ctrl+a 'tema terang'")
        assert "sekarang" in u.cursor


@pytest.mark.anyio
async def test_what_was_used_last_comes_first(stage_app: Open) -> None:
    """After a start too; a teacher among them is listed without a letter. A memo that cannot be read is none."""
    async with stage_app() as u:
        await u.press("ctrl+a 'urutkan' enter ctrl+a 'budi' enter escape ctrl+a")
        assert ids(u)[:2] == [f"guru:{u.pegawai('Budi').id}", "urutkan"]
        await u.press("'u'")
        assert ids(u)[0] == "urutkan"
        await u.press("escape")
        last = LastUsed(u.store)
        assert last.read() == [f"guru:{u.pegawai('Budi').id}", "urutkan"]
        for n in range(30):
            last.note(f"x{n}")
        await u.until(lambda: len(last.read()) == 20)
        u.store.reference.set_memo(LAST_USED, "{rusak")
        assert last.read() == []


@pytest.mark.anyio
async def test_what_a_screen_offers_stands_first(stage_app: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    """Entries of the screen's own, before what was used last, each with its reach; one that is not possible says why, and stays."""
    done: list[str] = []

    async def later() -> None:
        done.append("later")

    entries = (
        Entry(id="cetak", label="Cetak yang bertanda", run=lambda: done.append("cetak"), scope="3 bertanda", first=True),
        Entry(id="nanti", label="Nanti saja", run=later, scope="3 bertanda", first=True),
        Entry(id="salin", label="Salin ke yang bertanda", run=lambda: done.append("salin"), refusal="belum ada yang ditandai"),
    )
    monkeypatch.setattr(RosterScreen, "palette_entries", lambda _: entries)
    async with stage_app() as u:
        await u.press("ctrl+a 'urutkan' enter ctrl+a")
        assert ids(u)[:3] == ["cetak", "nanti", "urutkan"]
        assert "3 bertanda" in u.cursor
        await u.press("enter ctrl+a down")
        assert u.cursor.startswith("Nanti saja")
        await u.press("enter")
        assert done == ["cetak", "later"]
        await u.press("ctrl+a 'salin'")
        assert "belum ada yang ditandai" in u.cursor
        await u.press("enter")
        assert isinstance(u.app.screen, PaletteScreen)
        assert done == ["cetak", "later"]


@pytest.mark.anyio
async def test_reasons_are_dim_and_cut_to_the_row(stage_app: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    """At 60 cells each entry takes one row, whatever it says."""
    monkeypatch.setattr(RosterScreen, "refusal_of", lambda _, action: "karena " * 9 if action == "kirim" else "")
    async with stage_app(size=(60, 18)) as u:
        await u.press("ctrl+a 'kirim semua'")
        sheet = u.app.screen.query_one(PaletteSheet)
        assert len(sheet._layout) == len(sheet.rows) == 1
        assert sheet.rows[0].style == "dim"  # type: ignore[union-attr]
        await u.press("ctrl+u")
        assert len(sheet._layout) == len(sheet.rows)


@pytest.mark.anyio
async def test_it_works_in_the_thrifty_look(stage_app: Open) -> None:
    """A box with the search and what was found."""
    async with stage_app(look=LookOptions(thrifty=True)) as u:
        await u.press("ctrl+a 'bud'")
        assert "Cari: bud_" in u.dialog
        assert BUDI.nama in u.dialog
        await u.press("enter")
        assert u.title.startswith(f" {BUDI.nama}")


@pytest.mark.anyio
async def test_what_is_told_meanwhile_troubles_nobody(stage_app: Open) -> None:
    """A sentence from behind goes to the screen below."""
    async with stage_app(teachers=TEACHERS) as u:
        await u.press("ctrl+a")
        u.app.post_message(StatusChanged("Sudah terkirim.", True))
        await u.press("escape")
        assert "Sudah terkirim." in u.status
