"""Words that attack (issue 3, point 7), from the clipboard: a paste is text, whatever stands in it, and never a key."""

from __future__ import annotations

import sys

import pytest

from tests.faults.input.payloads import SERANGAN, serang, terlarang

if sys.platform != "win32":
    from textual import events
    from textual.message import Message

    from pmm_tui.tui.posix_driver import PasteParser

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="a console of Windows hands out keys and pastes by itself")

MULAI, AKHIR = "\x1b[200~", "\x1b[201~"
TOMBOL = "\x13\x11\r\x1b[20~\x1b[A"
"""Ctrl+S, Ctrl+Q, Enter, F9, Up: keys that send, leave and confirm."""


def _baca(*potongan: str) -> list[tuple[str, str]]:
    """What the parser makes of these reads."""
    parser = PasteParser()
    return [_nama(message) for part in potongan for message in parser.feed(part)]


def _nama(message: Message) -> tuple[str, str]:
    if isinstance(message, events.Paste):
        return "tempel", message.text
    if isinstance(message, events.Key):
        return "tombol", message.key
    return type(message).__name__, ""


@pytest.mark.parametrize("nama", SERANGAN)
def test_a_paste_is_one_paste(nama: str) -> None:
    """Each attack comes as one paste with its honest letters, without control characters, and the keys around it stay keys."""
    isi = f"{serang(nama, 7)}{TOMBOL}x".encode("utf-8", "replace").decode()
    found = _baca(f"a{MULAI}{isi}{AKHIR}b")
    assert [jenis for jenis, _ in found] == ["tombol", "tempel", "tombol"]
    assert (found[0][1], found[2][1]) == ("a", "b")
    text = found[1][1]
    assert text.startswith("Kata7z")
    assert text.endswith("x")
    assert not {"U+001B", "U+0007", "U+0000", "U+0011", "U+0013", "U+009B"} & set(terlarang(text))


@pytest.mark.parametrize("nama", ["csi-tempel-mulai", "csi-tempel-akhir", "esc", "osc-papan"])
def test_wherever_the_reads_part(nama: str) -> None:
    """However the bytes are cut into reads, marks are found and nothing turns into a key."""
    penuh = f"{MULAI}{serang(nama, 7).replace(AKHIR, '')}{TOMBOL}{AKHIR}b"
    for at in range(1, len(penuh)):
        found = _baca(penuh[:at], penuh[at:])
        assert [jenis for jenis, _ in found] == ["tempel", "tombol"], at
    assert [jenis for jenis, _ in _baca(*penuh)] == ["tempel", "tombol"]


def test_an_end_mark_inside_does_not_end_it() -> None:
    """Terminals that let an end mark through from the clipboard: what follows it in the same read is still text."""
    found = _baca(f"{MULAI}satu{AKHIR}{TOMBOL}{MULAI}dua{AKHIR}{TOMBOL}tiga{AKHIR}b")
    assert [jenis for jenis, _ in found] == ["tempel", "tombol"]
    assert found[0][1].startswith("satu")


def test_two_pastes_and_keys() -> None:
    """Ordinary pastes, lines and tabs in them, and keys before, between and after stay what they are."""
    found = _baca(f"a{MULAI}satu\n\tdua{AKHIR}", f"b\x1b[20~{MULAI}tiga{AKHIR}", "\x1b[A")
    assert found == [
        ("tombol", "a"),
        ("tempel", "satu\n\tdua"),
        ("tombol", "b"),
        ("tombol", "f9"),
        ("tempel", "tiga"),
        ("tombol", "up"),
    ]
