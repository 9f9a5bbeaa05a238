"""Which look a terminal gets: tier, palette and signs by what is asked for and what is known; and what was chosen last."""

from __future__ import annotations

import sys
from types import SimpleNamespace
from typing import Any

import pytest
from msgspec.structs import replace

from pmm_tui.cli.screen_settings import look_options
from pmm_tui.config import LookConfig, parse_config
from pmm_tui.errors import PmmError
from pmm_tui.store import Store
from pmm_tui.tui import LookWish, look_for_terminal, read_tier
from pmm_tui.tui.last_tier import LAST_TIER, remember_tier
from pmm_tui.tui.look_values import LookOptions
from pmm_tui.tui.terminal_answers import BackgroundTold
from pmm_tui.tui.widgets.look import choose_look
from tests.tui.conftest import Open

XTERM = {"TERM": "xterm-256color"}
FAR = {**XTERM, "SSH_CONNECTION": "10.0.0.9 50000 10.0.0.1 22"}


def test_a_terminal_of_today_gets_what_was_asked_for() -> None:
    """The full look with all its signs; what is told of colours, lean writing and the mouse goes through."""
    assert look_for_terminal(LookWish(), XTERM) == LookOptions(check_mark=True)
    wish = LookWish(theme="terang", lean=False, mouse=True, colour=False)
    assert look_for_terminal(wish, FAR) == LookOptions(theme="terang", lean=False, mouse=True, colour=False, remote=True)


# ---- the tier


@pytest.mark.parametrize(
    ("tier", "thrifty", "last", "found"),
    [
        ("otomatis", False, "", False),
        ("otomatis", False, "penuh", False),
        ("otomatis", False, "hemat", True),
        ("otomatis", False, "apa saja", False),
        ("otomatis", True, "", True),
        ("otomatis", True, "penuh", True),
        ("penuh", False, "hemat", False),
        ("penuh", True, "hemat", False),
        ("hemat", False, "penuh", True),
    ],
)
def test_the_tier(tier: str, thrifty: bool, last: str, found: bool) -> None:
    """What the configuration names, `hemat = true` of older ones, else what was chosen last; the full one otherwise."""
    assert look_for_terminal(LookWish(tier=tier, thrifty=thrifty), XTERM, last_tier=last).thrifty is found


# ---- the palette


@pytest.mark.parametrize(
    ("env", "found"),
    [
        (XTERM, "terang"),
        ({"TERM": "xterm-kitty"}, "terang"),
        ({"TERM": "tmux-256color"}, "terang"),
        ({"TERM": "vte-256color"}, "terang"),
        ({"TERM": "xterm", "COLORTERM": "truecolor"}, "terang"),
        ({"TERM": "xterm", "COLORTERM": "24bit"}, "terang"),
        ({"TERM": "xterm"}, "ansi"),
        ({"TERM": "screen"}, "ansi"),
        ({"TERM": "xterm-16color"}, "ansi"),
        ({"TERM": "linux"}, "ansi"),
        ({"TERM": "linux", "COLORTERM": "truecolor"}, "ansi"),
        ({"TERM": "linux-256color"}, "ansi"),
        ({"TERM": "vt100"}, "ansi"),
        ({"TERM": "vt220"}, "ansi"),
        ({"TERM": "ansi"}, "ansi"),
        ({}, "ansi"),
    ],
)
def test_fewer_than_256_colours_are_the_terminals_own(env: dict[str, str], found: str) -> None:
    """Textual would write other colours there than those that were chosen; a console of Windows has them all."""
    assert look_for_terminal(LookWish(theme="terang"), env).theme == found
    assert look_for_terminal(LookWish(theme="terang"), env, windows=True).theme == "terang"


@pytest.mark.parametrize(("value", "colour"), [("1", False), ("true", False), ("", True), (None, True)])
def test_no_color(value: str | None, colour: bool) -> None:
    """NO_COLOR takes colours away when it says anything (no-color.org), and so does the configuration."""
    env = XTERM if value is None else {**XTERM, "NO_COLOR": value}
    assert look_for_terminal(LookWish(), env).colour is colour
    assert not look_for_terminal(LookWish(colour=False), env).colour


@pytest.mark.parametrize(
    ("value", "found"),
    [
        ("15;0", "gelap"),
        ("7;6", "gelap"),
        ("0;8", "gelap"),
        ("0;7", "terang"),
        ("0;15", "terang"),
        ("0;default;15", "terang"),
        ("12;8", "gelap"),
        ("0;9", "terang"),
    ],
)
def test_the_background_that_the_environment_tells(value: str, found: str) -> None:
    """Then the terminal is not asked; a palette that the configuration names stays."""
    env = {**XTERM, "COLORFGBG": value}
    told = look_for_terminal(LookWish(theme="otomatis"), env)
    assert (told.theme, told.asks_background) == (found, False)
    assert look_for_terminal(LookWish(theme="gelap"), env).theme == "gelap"


@pytest.mark.parametrize("value", ["", "default", "0;default", "15;x"])
def test_what_the_environment_does_not_tell_is_asked(value: str) -> None:
    """Dark until the answer comes."""
    told = look_for_terminal(LookWish(theme="otomatis"), {**XTERM, "COLORFGBG": value})
    assert (told.theme, told.asks_background) == ("gelap", True)


@pytest.mark.parametrize(
    ("wish", "env", "windows"),
    [
        (LookWish(), XTERM, False),
        (LookWish(theme="terang"), XTERM, False),
        (LookWish(theme="otomatis"), FAR, False),
        (LookWish(theme="otomatis"), {**XTERM, "SSH_TTY": "/dev/pts/1"}, False),
        (LookWish(theme="otomatis"), XTERM, True),
        (LookWish(theme="otomatis"), {"TERM": "linux"}, False),
        (LookWish(theme="otomatis"), {"TERM": "screen-256color"}, False),
        (LookWish(theme="otomatis"), {"TERM": "eterm-256color"}, False),
        (LookWish(theme="otomatis"), {}, False),
        (LookWish(theme="otomatis"), {**XTERM, "NO_COLOR": "1"}, False),
        (LookWish(theme="otomatis", tier="hemat"), XTERM, False),
    ],
)
def test_only_a_terminal_here_that_knows_the_question_is_asked(wish: LookWish, env: dict[str, str], windows: bool) -> None:
    """Not over ssh, where an answer comes late; not a console; not where the answer changes nothing."""
    assert not look_for_terminal(wish, env, windows=windows).asks_background


# ---- the signs


@pytest.mark.parametrize(
    ("env", "windows", "here", "plain"),
    [
        (XTERM, False, True, False),
        ({"TERM": "xterm-kitty"}, False, True, False),
        (FAR, False, False, False),
        ({**FAR, "WT_SESSION": "a"}, False, True, False),
        ({}, True, False, False),
        ({"WT_SESSION": "a"}, True, True, False),
        (XTERM, True, False, False),
        ({"TERM": "linux"}, False, False, True),
        ({"TERM": "vt100"}, False, False, True),
        ({"TERM": "ansi"}, False, False, True),
    ],
)
def test_the_signs(env: dict[str, str], windows: bool, here: bool, plain: bool) -> None:
    """A check mark where the font is known to have one; the configuration may force it, or the root sign, but not onto ASCII."""

    def found(**wish: Any) -> tuple[bool, bool]:
        look = look_for_terminal(LookWish(**wish), env, windows=windows)
        return look.check_mark, look.ascii

    assert found() == (here, plain)
    assert found(sign="centang") == (not plain, plain)
    assert found(sign="akar") == (False, plain)
    assert found(ascii=True, sign="centang") == (False, True)


@pytest.mark.parametrize(
    ("encoding", "plain"),
    [("utf-8", False), ("UTF8", False), ("utf_8", False), ("latin-1", True), ("cp1252", True), ("ascii", True), ("", True)],
)
def test_without_utf_8_the_signs_are_ascii(encoding: str, plain: bool) -> None:
    """Others would come out as something else."""
    assert look_for_terminal(LookWish(), XTERM, encoding=encoding).ascii is plain


# ---- the configuration


@pytest.mark.parametrize(
    ("env", "plain"),
    [
        ({"LANG": "C"}, True),
        ({"LANG": "C", "LC_CTYPE": "C.UTF-8"}, True),
        ({"LANG": "id_ID.UTF-8", "LC_ALL": "POSIX"}, True),
        ({"LANG": "C", "LC_CTYPE": "id_ID.UTF-8"}, False),
        ({"LANG": "C.UTF-8"}, False),
        ({"LANG": "C", "LC_ALL": "en_US.UTF-8"}, False),
        ({}, False),
    ],
)
def test_the_locale_c_asks_for_ascii(env: dict[str, str], plain: bool) -> None:
    """Although Python itself goes over to UTF-8 in it; a locale that is not told is believed to be of today."""
    assert look_for_terminal(LookWish(), {**XTERM, **env}).ascii is plain
    assert not look_for_terminal(LookWish(), {**XTERM, **env}, windows=True).ascii


def test_an_old_configuration_looks_as_it_did(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every key of the first versions means what it meant."""
    monkeypatch.setattr(sys, "stdout", SimpleNamespace(encoding="utf-8"))
    old = '[tampilan]\ntema = "terang"\nascii = true\nhemat = true\nselisih = false\nmouse = true'
    found = look_options(parse_config(old, "k").tampilan, XTERM, store)
    assert found == LookOptions(theme="terang", ascii=True, thrifty=True, lean=False, mouse=True)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ('tingkat = "hemat"', {"thrifty": True}),
        ('tingkat = "penuh"\nhemat = true', {"thrifty": False}),
        ('tanda = "akar"', {"check_mark": False}),
        ("warna = false", {"colour": False}),
        ('tema = "otomatis"', {"theme": "terang"}),
    ],
)
def test_what_the_configuration_says_reaches_the_screen(
    text: str, found: dict[str, Any], store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each key of its own."""
    monkeypatch.setattr(sys, "stdout", SimpleNamespace(encoding="utf-8"))
    monkeypatch.setattr(sys, "platform", "linux")
    env = {**XTERM, "COLORFGBG": "0;15"}
    usual = look_options(LookConfig(), env, store)
    assert look_options(parse_config(f"[tampilan]\n{text}", "k").tampilan, env, store) == replace(usual, **found)


# ---- what was chosen last


def test_the_tier_is_remembered_for_each_kind_of_line(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """What was chosen over ssh is for ssh."""
    monkeypatch.setattr(sys, "stdout", SimpleNamespace(encoding="utf-8"))
    assert (read_tier(store, remote=False), read_tier(store, remote=True)) == ("", "")
    remember_tier(store, remote=True, thrifty=True)
    assert (read_tier(store, remote=False), read_tier(store, remote=True)) == ("", "hemat")
    assert [look_options(LookConfig(), env, store).thrifty for env in (XTERM, FAR)] == [False, True]
    remember_tier(store, remote=False, thrifty=True)
    remember_tier(store, remote=True, thrifty=False)
    assert (read_tier(store, remote=False), read_tier(store, remote=True)) == ("hemat", "penuh")
    assert store.reference.memo(LAST_TIER) == '{"di_sini":"hemat","jarak_jauh":"penuh"}'


@pytest.mark.parametrize("memo", ["", "null", "{", "[]", "7", '{"di_sini": 7}'])
def test_a_memo_that_cannot_be_read_is_none(memo: str, store: Store) -> None:
    """No damage to it keeps the program from starting, and the next choice is remembered."""
    store.reference.set_memo(LAST_TIER, memo)
    assert read_tier(store, remote=False) == ""
    remember_tier(store, remote=False, thrifty=True)
    assert read_tier(store, remote=False) == "hemat"


def test_a_store_that_cannot_be_read_opens_with_the_usual_look(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """What it is for is told by what reads it next."""

    def broken(_: str) -> str:
        raise PmmError("rusak")

    monkeypatch.setattr(store.reference, "memo", broken)
    assert read_tier(store, remote=False) == ""


@pytest.mark.anyio
@pytest.mark.parametrize("remote", [False, True])
async def test_the_key_is_remembered(stage_app: Open, remote: bool) -> None:
    """F11 switches at once, and the next start on this kind of line begins so."""
    async with stage_app(look=LookOptions(remote=remote)) as u:
        await u.press("f11")
        assert (read_tier(u.store, remote=remote), read_tier(u.store, remote=not remote)) == ("hemat", "")
        await u.press("f11")
        assert (read_tier(u.store, remote=remote), read_tier(u.store, remote=not remote)) == ("penuh", "")


# ---- the answer of the terminal


@pytest.mark.anyio
@pytest.mark.parametrize("asks", [True, False])
async def test_the_answer_of_the_terminal_chooses_the_palette(stage_app: Open, asks: bool) -> None:
    """Once, on the open screen at once; who has not asked is told nothing."""
    async with stage_app(look=LookOptions(asks_background=asks)) as u:
        assert u.app.asks_background is asks
        dark = u.app.look
        for light in (True, False):
            u.app.post_message(BackgroundTold(light))
            await u.press("down up")
            assert u.app.look == (choose_look("terang", False, True) if asks else dark)
            assert not u.app.asks_background
