"""Words that attack (issue 3, point 7), from the clipboard: a paste is text, whatever stands in it, and never a key."""

from __future__ import annotations

import sys

import pytest

from tests.faults.input.payloads import ATTACKS, attack, forbidden

if sys.platform != "win32":
    from textual import events
    from textual.message import Message

    from pmm_tui.tui.key_parser import PasteParser

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="a console of Windows hands out keys and pastes by itself")

START, END = "\x1b[200~", "\x1b[201~"
KEYS = "\x13\x11\r\x1b[20~\x1b[A"
"""Ctrl+S, Ctrl+Q, Enter, F9, Up: keys that send, leave and confirm."""


def _read(*pieces: str) -> list[tuple[str, str]]:
    """What the parser makes of these reads."""
    parser = PasteParser()
    return [_name(message) for part in pieces for message in parser.feed(part)]


def _name(message: Message) -> tuple[str, str]:
    if isinstance(message, events.Paste):
        return "tempel", message.text
    if isinstance(message, events.Key):
        return "tombol", message.key
    return type(message).__name__, ""


@pytest.mark.parametrize("name", ATTACKS)
def test_a_paste_is_one_paste(name: str) -> None:
    """Each attack comes as one paste with its honest letters, without control characters, and the keys around it stay keys."""
    content = f"{attack(name, 7)}{KEYS}x".encode("utf-8", "replace").decode()
    found = _read(f"a{START}{content}{END}b")
    assert [kind for kind, _ in found] == ["tombol", "tempel", "tombol"]
    assert (found[0][1], found[2][1]) == ("a", "b")
    text = found[1][1]
    assert text.startswith("Kata7z")
    assert text.endswith("x")
    assert not {"U+001B", "U+0007", "U+0000", "U+0011", "U+0013", "U+009B"} & set(forbidden(text))


@pytest.mark.parametrize("name", ["csi-tempel-mulai", "csi-tempel-akhir", "esc", "osc-papan"])
def test_wherever_the_reads_part(name: str) -> None:
    """However the bytes are cut into reads, marks are found and nothing turns into a key."""
    full = f"{START}{attack(name, 7).replace(END, '')}{KEYS}{END}b"
    for at in range(1, len(full)):
        found = _read(full[:at], full[at:])
        assert [kind for kind, _ in found] == ["tempel", "tombol"], at
    assert [kind for kind, _ in _read(*full)] == ["tempel", "tombol"]


def test_an_end_mark_inside_does_not_end_it() -> None:
    """Terminals that let an end mark through from the clipboard: what follows it in the same read is still text."""
    found = _read(f"{START}satu{END}{KEYS}{START}dua{END}{KEYS}tiga{END}b")
    assert [kind for kind, _ in found] == ["tempel", "tombol"]
    assert found[0][1].startswith("satu")


def test_two_pastes_and_keys() -> None:
    """Ordinary pastes, lines and tabs in them, and keys before, between and after stay what they are."""
    found = _read(f"a{START}satu\n\tdua{END}", f"b\x1b[20~{START}tiga{END}", "\x1b[A")
    assert found == [
        ("tombol", "a"),
        ("tempel", "satu\n\tdua"),
        ("tombol", "b"),
        ("tombol", "f9"),
        ("tempel", "tiga"),
        ("tombol", "up"),
    ]
