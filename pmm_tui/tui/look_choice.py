"""Which look a terminal gets: of what the configuration asks for what this terminal can show, by what is known of it beforehand."""

from __future__ import annotations

import re
from collections.abc import Mapping

from msgspec import Struct

from pmm_tui.tui.look_values import LookOptions

_OLD = re.compile(r"linux|ansi|vt\d+")
"""The names of consoles that have neither all signs nor more than 16 colours; the console of Linux is one."""
_ASKABLE = (
    "xterm", "kitty", "foot", "alacritty", "wezterm", "contour", "ghostty", "mintty", "tmux", "rxvt", "konsole", "vte", "gnome",
)  # fmt: skip
"""Terminals that are asked for their background: of others nobody knows what they make of the question."""
_ASCII_LOCALES = ("C", "POSIX")
_REMOTE = ("SSH_CONNECTION", "SSH_CLIENT", "SSH_TTY")


class LookWish(Struct, frozen=True, kw_only=True):
    """What the configuration asks for; `otomatis` leaves it to the terminal, and the tier to what was chosen last."""

    tier: str = "otomatis"
    theme: str = "gelap"
    sign: str = "otomatis"
    ascii: bool = False
    colour: bool = True
    thrifty: bool = False
    lean: bool = True
    mouse: bool = False


def is_remote(env: Mapping[str, str]) -> bool:
    """Whether the terminal is on another computer."""
    return any(env.get(name) for name in _REMOTE)


def _asks_for_ascii(env: Mapping[str, str]) -> bool:
    """Whether the locale is `C`, which knows ASCII alone; Python itself goes over to UTF-8 then, and may set LC_CTYPE (PEP 538)."""
    language = env.get("LANG", "")
    told = env.get("LC_CTYPE", "")
    if language in _ASCII_LOCALES and told.replace("-", "").lower() in ("c.utf8", "utf8"):
        told = ""
    return (env.get("LC_ALL") or told or language) in _ASCII_LOCALES


def look_for_terminal(
    wish: LookWish, env: Mapping[str, str], *, windows: bool = False, encoding: str = "utf-8", last_tier: str = ""
) -> LookOptions:
    """Fit what is asked for to the terminal. `last_tier` is what was chosen last on this kind of line."""
    name = env.get("TERM", "").split("-")[0].lower()
    old, remote = not windows and _OLD.fullmatch(name) is not None, is_remote(env)
    utf8 = encoding.lower().replace("-", "").replace("_", "") == "utf8" and (windows or not _asks_for_ascii(env))
    plain = wish.ascii or old or not utf8
    thrifty = wish.tier == "hemat" or (wish.tier != "penuh" and (wish.thrifty or last_tier == "hemat"))
    colour = wish.colour and not env.get("NO_COLOR")
    theme, asks = _theme(wish.theme, env, few=not windows and (old or _few_colours(env)))
    return LookOptions(
        theme=theme,
        ascii=plain,
        colour=colour,
        thrifty=thrifty,
        lean=wish.lean,
        mouse=wish.mouse,
        check_mark=not plain and _has_check_mark(wish.sign, env, here=not windows and not remote),
        remote=remote,
        asks_background=asks and name in _ASKABLE and colour and not (windows or remote or thrifty),
    )


def _few_colours(env: Mapping[str, str]) -> bool:
    """Whether Textual writes the sixteen colours only: it goes by these names."""
    if env.get("COLORTERM", "").strip().lower() in ("truecolor", "24bit"):
        return False
    return env.get("TERM", "").strip().lower().rpartition("-")[2] not in ("256color", "kitty")


def _theme(wanted: str, env: Mapping[str, str], *, few: bool) -> tuple[str, bool]:
    """The palette, and whether the terminal's answer could tell a better one."""
    if few:
        return "ansi", False
    if wanted != "otomatis":
        return wanted, False
    ground = env.get("COLORFGBG", "").rpartition(";")[2]
    if ground.isascii() and ground.isdigit():
        return ("gelap" if int(ground) < 7 or ground == "8" else "terang"), False
    return "gelap", True


def _has_check_mark(sign: str, env: Mapping[str, str], *, here: bool) -> bool:
    """Whether the font is known to have `✓`: the fonts of old consoles on Windows have not, and from afar nobody knows."""
    return sign == "centang" or (sign == "otomatis" and (bool(env.get("WT_SESSION")) or here))
