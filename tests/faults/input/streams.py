"""What a program writes to its terminal, taken apart: every escape sequence must be one that we or Textual have reason to write."""

from __future__ import annotations

import re

_URUTAN = re.compile(
    rb"\x1b\[(?P<isi>[0-?]*)(?P<antara>[ -/]*)(?P<akhir>[@-~])"  # CSI
    rb"|\x1b\](?P<osc>[^\x07\x1b]*)(?:\x07|\x1b\\)"
    rb"|\x1b(?P<lain>[P_^X][^\x1b]*\x1b\\|[ -/][0-~]|[0-~])"
    rb"|(?P<kendali>[\x00-\x09\x0b-\x1f\x7f])"
)
_C1 = re.compile("[\x80-\x9f]")
_MODE = {7, 25, 1000, 1003, 1004, 1006, 1015, 1016, 1049, 2004, 2026, 2048}
"""Lines wrap, the cursor shows, mouse and focus, alternate screen, pasting, frames, sizes."""
_SGR = re.compile(rb"(?:[34]8;2;\d{1,3};\d{1,3};\d{1,3}|[34]8;5;\d{1,3}|[01247]|2[1247]|3[0-79]|4[0-79]|9[0-7]|10[0-7])(?:;|\Z)")
"""Colours, and what of the rest the themes use; neither blinking nor hidden."""
_KITTY = (rb">25", rb"<", rb">1")
_BENTUK = re.compile(rb"22;[a-z-]*")
"""The pointer's shape."""


def asing(content: bytes, *, kolom: int = 80, baris: int = 24) -> list[str]:
    """The sequences and controls in a stream that neither Textual nor our writer has reason to write, each once."""
    found: list[str] = []
    at = 0
    while (hit := _URUTAN.search(content, at)) is not None:
        if not _dikenal(hit, kolom, baris):
            found.append(repr(hit[0]))
        at = hit.end()
    text = _URUTAN.sub(b"", content).decode("utf-8", "replace")
    found += [f"C1 {letter!r}" for letter in _C1.findall(text)]
    if "\ufffd" in text:
        found.append("bytes that are no UTF-8")
    return sorted(set(found))


def teks(content: bytes) -> str:
    """The letters of a stream, without any sequence."""
    return _URUTAN.sub(b"", content).decode("utf-8", "replace")


def _dikenal(hit: re.Match[bytes], kolom: int, baris: int) -> bool:
    if hit["kendali"] is not None:
        return hit["kendali"] in (b"\r", b"\x08", b"\x07")
    if hit["osc"] is not None:
        return _BENTUK.fullmatch(hit["osc"]) is not None
    if hit["lain"] is not None:
        return hit["lain"] == b"M"  # rows go down
    isi, antara, akhir = hit["isi"], hit["antara"], hit["akhir"]
    if antara:
        return (isi, antara, akhir) in ((b"?2026", b"$", b"p"), (b"?2048", b"$", b"p"))
    if akhir in b"hl":
        return isi[:1] == b"?" and {int(n) for n in isi[1:].split(b";") if n.isdigit()} <= _MODE
    if akhir == b"m":
        return _warna(isi)
    if akhir == b"u":
        return isi in _KITTY
    if akhir in b"HABCDGdJKLXbnr":
        return _angka(isi, akhir, kolom, baris)
    return False


def _warna(isi: bytes) -> bool:
    while isi:
        if (found := _SGR.match(isi)) is None:
            return False
        isi = isi[found.end() :]
    return True


def _angka(isi: bytes, akhir: bytes, kolom: int, baris: int) -> bool:
    """Numbers that stay on the screen; margins are two, the first above the second, or none."""
    numbers = isi.split(b";") if isi else []
    if not all(n.isdigit() or not n for n in numbers) or len(numbers) > (2 if akhir in b"Hr" else 1):
        return False
    if akhir == b"r" and numbers:
        return len(numbers) == 2 and 0 < int(numbers[0]) < int(numbers[1]) <= baris
    if akhir == b"n":
        return isi == b"6"
    return all(int(n or 1) <= max(kolom, baris) for n in numbers)
