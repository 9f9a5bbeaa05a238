"""Keys: two for every action, no clash, a footer of six, help everywhere, and a keymap of one's own."""

from __future__ import annotations

import re
from pathlib import Path
from shutil import rmtree

import pytest

from pmm_tui.store import Store
from pmm_tui.tui.actions import ACTIONS
from pmm_tui.tui.keys import actions_at, key_name, keymap_faults, keys_of, make_room
from pmm_tui.tui.look_values import LookOptions
from pmm_tui.tui.screens.help import HelpScreen
from pmm_tui.tui.screens.screen import PmmScreen
from tests.tui import held, stage
from tests.tui.conftest import Open
from tests.tui.keyboard import screen_strips
from tests.tui.samples import ANI, BUDI, full_plan, started_plan
from tests.tui.walk import walk, walk_app

PLACES = sorted({t for action in ACTIONS for t in action.places} - {"umum"})
NAMES = {key_name(key) for action in ACTIONS for key in action.keys.split(",")}
_KEYS = re.compile(r"(?:^| )(F\d+|Esc|(?:Ctrl|Alt)\+\w+)(?= )")


def test_every_action_has_two_keys() -> None:
    """Each action has two keys, and one of them is not one that terminals keep for themselves."""
    for action in ACTIONS:
        keys = action.keys.split(",")
        assert len(set(keys)) >= 2, action.id
        assert set(keys) - {"f1", "f10", "f11"}, action.id
        assert action.label, action.id
        assert action.help, action.id


def test_ids_are_unique_and_keys_do_not_clash() -> None:
    """No action is there twice, and on no screen do two actions share a key."""
    assert len({action.id for action in ACTIONS}) == len(ACTIONS)
    assert keymap_faults({}) == []


@pytest.mark.parametrize("place", PLACES)
def test_no_key_that_a_terminal_cannot_tell_apart(place: str) -> None:
    """No key is one that arrives as another: Ctrl+I, M, H, J, [ and the like."""
    same = {"ctrl+i", "ctrl+m", "ctrl+h", "ctrl+j", "ctrl+[", "ctrl+@", "ctrl+space", "ctrl+c"}
    assert not same & {key for action in actions_at(place) for key in action.keys.split(",")}


def test_clashes_of_a_keymap_are_named() -> None:
    """A keymap with an unknown action or a key used twice is told, with both actions."""
    (foreign,) = keymap_faults({"terbang": "f2"})
    assert "terbang" in foreign
    (two,) = keymap_faults({"saring": "f3"})
    assert all(word in two for word in ("f3", "saring", "urutkan", "daftar"))
    assert keymap_faults({"saring": "alt+y", "urutkan": "f2"}) == []


def test_an_action_of_every_place_gives_way_on_each() -> None:
    """What is there everywhere and came later leaves its key to a keymap that has it on one screen alone."""
    for kept, left in (("ctrl+a", "alt+x"), ("alt+x", "ctrl+a")):
        keymap = make_room({"ajukan": kept})
        assert keymap["palet"] == left
        assert keymap_faults(keymap) == []
    both = make_room({"ajukan": "ctrl+a,alt+x"})
    assert both["palet"] not in ("ctrl+a", "alt+x")
    assert keymap_faults(both) == []


def test_names_for_people() -> None:
    """Keys are written as keyboards write them."""
    assert [key_name(k) for k in ("ctrl+s", "f9", "escape", "alt+enter", "delete")] == [
        "Ctrl+S",
        "F9",
        "Esc",
        "Alt+Enter",
        "Del",
    ]
    assert keys_of("saring", {"saring": "alt+s"}) == ("Alt+S",)


NOT_YET = {("daftar", "kotak")}
"""Pairs of screen and action whose second key does not arrive yet."""
SCREENS = {
    "daftar": "",
    "rencana": "down enter",
    "kotak": "f8",
    "impor": "f4",
    "atur": "f7",
    "beda": "down enter f10",
    "cetak": "alt+c",
}


@pytest.mark.anyio
@pytest.mark.usefixtures("no_autosave")
@pytest.mark.parametrize(
    ("place", "action"),
    [
        (place, action.id)
        for place in SCREENS
        for action in actions_at(place)
        if place in action.places and (place, action.id) not in NOT_YET
    ],
)
async def test_both_keys_do_the_same(tmp_path: Path, place: str, action: str) -> None:
    """On every screen the second key of an action does what the first does."""
    result = []
    for number, keys in enumerate(next(a.keys for a in ACTIONS if a.id == action).split(",")):
        rmtree(Path("~/Dokumen").expanduser(), ignore_errors=True)  # what was printed the time before
        with Store.open(tmp_path / f"{number}.db") as store:
            async with stage.stage_app(store, teachers=(ANI, BUDI), draft={BUDI.nama: started_plan()}) as u:
                if place == "beda":
                    held.tell(store, u.pegawai("Budi"), held.theirs())
                await u.press(SCREENS[place])
                assert place != "beda" or u.title.startswith(" Lihat bedanya")
                if place == "rencana":
                    await u.press("f6 f4 enter f7 space")  # something to undo, to delete, to submit
                elif place in ("impor", "atur", "cetak"):
                    await u.press("ctrl+end")  # off the field, where Ctrl+W deletes a word
                await u.press(keys)
                result.append(u.text.replace(" *", "  "))
    assert result[0] == result[1]


@pytest.mark.anyio
async def test_footer_has_at_most_six_keys_that_work_here(store: Store) -> None:
    """On every screen the footer names at most six keys, each of an action, and apart from them Aksi and the help at its right end.

    A question has its own keys and the help, the help page how it is closed. Every line fills the terminal.
    """
    async with walk_app(store) as u:
        async for name in walk(u):
            keys = _KEYS.findall(u.footer)
            apart = ["Ctrl+A", "F1"] if isinstance(u.app.screen, PmmScreen) else ["F1"]
            assert set(keys) <= NAMES, name
            if isinstance(u.app.screen, HelpScreen):
                assert "Esc Tutup" in u.footer, name
            else:
                assert keys[-len(apart) :] == apart, name
                assert u.footer.endswith("F1 Bantuan"), name
                assert len(keys) - len(apart) <= 6, name
            assert [strip.cell_length for strip in screen_strips(u.app)] == [80] * 24, name


@pytest.mark.anyio
@pytest.mark.parametrize(
    ("script", "sentence", "key"),
    [
        ("", "Ketik untuk mencari nama, NIP", "Ctrl+F"),
        ("enter f7*2", "hanya dapat diperbaiki di Dapodik", "Ctrl+Z"),
        ("enter f7", "Capaian sekolah menurut Rapor Pendidikan", "Ctrl+N"),
        ("enter", "Pilih satu indikator. Enter memilih", "Ctrl+Z"),
        ("enter f6", "membuka daftar RHK", "Ctrl+T"),
        ("enter f6*2", "Pilih tugas tambahan sesuai SK", "Ctrl+Z"),
        ("enter f6*3", "Enter memilih indikator lalu pindah", "Ctrl+Z"),
        ("enter f6*4", "Enter pada masalah membawa ke bidangnya", "Ctrl+S"),
        ("f8", "Yang antre aman di komputer ini", "Ctrl+X"),
        ("f4", "Setiap baris berkas menjadi baru", "Ctrl+S"),
        ("f7", "Alamat server harus https", "Ctrl+S"),
        ("alt+c", "tidak diganti tanpa ditanyakan", "Ctrl+S"),
    ],
)
async def test_help_of_the_place(stage_app: Open, script: str, sentence: str, key: str) -> None:
    """Help says what this place is for and names its keys, both of each; Esc closes it and nothing has moved."""
    async with stage_app(draft={ANI.nama: started_plan()}) as u:
        await u.press(script)
        before = u.text
        await u.press("f1")
        one = u.dialog
        await u.press("escape ctrl+g")
        assert u.dialog == one
        assert "Bantuan" in u.dialog
        assert sentence in u.dialog
        await u.press("pagedown" if key not in u.dialog else "")
        assert key in u.dialog
        await u.press("escape")
        assert u.text == before


@pytest.mark.anyio
async def test_help_of_the_look_at_both(stage_app: Open) -> None:
    """So does the look at both: what Space does, and its keys; its footer names the keys that decide."""
    async with stage_app(draft={ANI.nama: full_plan()}) as u:
        held.tell(u.store, u.pegawai("Ani"), held.theirs())
        await u.press("enter ctrl+o")
        assert all(f"{key} {label}" in u.footer for key, label in (("F6", "Milik server"), ("F7", "Milik saya")))
        await u.press("f1")
        assert "Spasi mengganti pilihan sebuah bidang" in " ".join(u.dialog.split())
        assert "Ctrl+K" in u.dialog


@pytest.mark.anyio
async def test_help_of_the_thrifty_look_scrolls_line_by_line(stage_app: Open) -> None:
    """The arrows show a line more of the help each, to its end and back; nothing below it moves."""
    async with stage_app(look=LookOptions(thrifty=True)) as u:
        await u.press("f1")
        start = u.dialog
        assert "Tutup" not in start
        await u.press("down")
        assert u.dialog.startswith(start.partition("Esc menutup ")[2][:40])
        await u.press(" ".join(["down"] * 120))
        assert "Tutup" in u.dialog
        await u.press(" ".join(["up"] * 120))
        assert u.dialog == start


@pytest.mark.anyio
@pytest.mark.parametrize("keys", ["escape", "f1", "ctrl+g", "ctrl+w", "enter"])
async def test_help_is_closed_by(stage_app: Open, keys: str) -> None:
    """Esc, the keys that opened it, Ctrl+W and Enter close the help."""
    async with stage_app() as u:
        before = u.text
        await u.press(f"f1 {keys}")
        assert u.text == before


@pytest.mark.anyio
@pytest.mark.parametrize("script", ["f1", "f6", "enter enter"])
async def test_keys_of_the_app_work_in_dialogs(stage_app: Open, script: str) -> None:
    """Leaving, the thrifty look and painting anew work over every screen: in the help, in a choice, in a question."""
    async with stage_app() as u:
        await u.press(script)
        dialog = u.text
        await u.press("ctrl+l alt+l")
        assert u.text == dialog
        await u.press("ctrl+p")
        assert u.text.isascii()
        assert u.text != dialog
        await u.press("f11")
        assert u.text == dialog
        await u.press("f12")
        await u.until(lambda: not u.app.is_running)


@pytest.mark.anyio
async def test_keymap_of_the_configuration(stage_app: Open) -> None:
    """Another key does the action; footer and help name it; the old keys do nothing any more."""
    keymap = {"saring": "alt+s", "ajukan": "alt+a,f9"}
    async with stage_app(keymap=keymap, draft={ANI.nama: full_plan()}, look=LookOptions(theme="ansi")) as u:
        assert "Alt+S Saring" in u.footer
        await u.press("f2 ctrl+f")
        assert "[Semua 4]" in u.text
        await u.press("alt+s")
        assert "[Belum 3]" in u.text
        await u.press("f1")
        assert "Alt+S" in u.dialog
        assert "Ctrl+F" not in u.dialog
        await u.press("escape alt+s*5 enter alt+a")
        assert "Ajukan Perencanaan Kinerja" in u.dialog


@pytest.mark.anyio
@pytest.mark.parametrize("script", ["", "enter", "f8", "f4", "f7"])
async def test_ctrl_c_says_how_to_leave(stage_app: Open, script: str) -> None:
    """Ctrl+C ends nothing; it names the key that does."""
    async with stage_app() as u:
        await u.press(f"{script} ctrl+c")
        assert "Ctrl+Q menutup program" in u.status
        assert u.app.is_running


@pytest.mark.anyio
@pytest.mark.parametrize("keys", ["ctrl+q", "f12"])
async def test_leaving_the_program(stage_app: Open, keys: str) -> None:
    """Ctrl+Q and F12 end the program from the list."""
    async with stage_app() as u:
        await u.press(keys)
        assert u.app.return_value in ("", None)
        assert u.app.return_code == 0


def test_an_older_keymap_keeps_its_keys() -> None:
    """A configuration that was written before an action existed is no fault: the action takes what is left, or a spare key."""
    assert make_room({}) == {}
    older = {"simpan_impor": "f10,ctrl+t"}
    assert make_room(older) == {**older, "lembar": "f6"}
    greedy = {"simpan_impor": "f5,f6,ctrl+e,ctrl+t"}
    assert make_room(greedy) == {**greedy, "putuskan": "alt+j", "lembar": "alt+k"}
    assert keymap_faults(make_room(greedy)) == keymap_faults(make_room(older)) == []
    asked = {"lembar": "f6", "simpan_impor": "f6"}
    assert make_room(asked) == asked
    assert keymap_faults(asked) != []
