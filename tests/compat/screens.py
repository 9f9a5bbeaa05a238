"""A walk over the screens with the keys of `config/keys.toml`; Linux only, as its terminal is."""

from __future__ import annotations

import re
import sys

from tests.compat.program import Computer
from tests.terminal import Terminal

# Some letters of what lies below may stand beside the help.
_HELP = re.compile(r"\|   ((?:F\d|Ctrl|Alt|Shift|Esc|Spasi,|\*,)\S*.*?) *[v^]? *\|.{0,3}$", re.MULTILINE)
_LIST = "Saring"
_PLACES = (
    ("outbox", "f7", "Batalkan kirim"),
    ("settings", "f8", "Alamat server"),
    ("import", "f3", "Impor Daftar Guru dari Dapodik"),
    ("plan", "enter", "[5 Rangkuman]"),
)


def walk(computer: Computer) -> str:
    """Visit every screen by keys of the keymap; returns each one's footer and what its help says of keys."""
    told = []
    with Terminal([sys.executable, "-m", "pmm_tui"], computer.env, size=(100, 50)) as terminal:
        terminal.wait("Agus Salim", _LIST)
        terminal.press("ctrl+r")
        terminal.wait("Andre Tuasikal")  # the thrifty look has no accents; its help tells one key a line
        told += _keys(terminal, "list")
        for name, key, sign in _PLACES:
            terminal.press(key)
            terminal.wait(sign, without=_LIST)
            told += _keys(terminal, name)
            if name == "plan":
                terminal.press("f8")
                terminal.wait("[4 Perilaku]")
                terminal.press("f5")
                terminal.wait(sign)
            terminal.press("ctrl+x")
            terminal.wait(_LIST)
        terminal.press("ctrl+d")
        told.append(f"= {terminal.exit_code()}")
    return "\n".join(told) + "\n"


def _keys(terminal: Terminal, name: str) -> list[str]:
    footer = next(line for line in reversed(terminal.shown().splitlines()) if line.strip())
    terminal.press("f2")
    screen = terminal.wait("Esc menutup")
    found: list[str] = []
    while True:
        found += [line for line in _HELP.findall(screen) if line not in found]
        if "Tutup" in screen:
            break
        terminal.press("pagedown")
        screen = terminal.until(lambda now, before=screen: now != before, "another page of help")
    terminal.press("escape")
    terminal.wait(without="Tutup")  # before the next key: Escape and a key at once would be Alt and that key
    return [f"{name}: {footer.strip()}", *(f"  {line}" for line in found)]
