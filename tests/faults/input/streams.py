"""What a program writes to its terminal, taken apart: every escape sequence must be one that we or Textual have reason to write."""

from __future__ import annotations

import re

_SEQUENCE = re.compile(
    rb"\x1b\[(?P<content>[0-?]*)(?P<between>[ -/]*)(?P<end>[@-~])"  # CSI
    rb"|\x1b\](?P<osc>[^\x07\x1b]*)(?:\x07|\x1b\\)"
    rb"|\x1b(?P<other>[P_^X][^\x1b]*\x1b\\|[ -/][0-~]|[0-~])"
    rb"|(?P<control>[\x00-\x09\x0b-\x1f\x7f])"
)
_C1 = re.compile("[\x80-\x9f]")
_MODES = {7, 25, 1000, 1003, 1004, 1006, 1015, 1016, 1049, 2004, 2026, 2048}
"""Lines wrap, the cursor shows, mouse and focus, alternate screen, pasting, frames, sizes."""
_SGR = re.compile(rb"(?:[34]8;2;\d{1,3};\d{1,3};\d{1,3}|[34]8;5;\d{1,3}|[01247]|2[1247]|3[0-79]|4[0-79]|9[0-7]|10[0-7])(?:;|\Z)")
"""Colours, and what of the rest the themes use; neither blinking nor hidden."""
_KITTY = (rb">25", rb"<", rb">1")
_SHAPES = re.compile(rb"22;[a-z-]*")
"""The pointer's shape."""


def foreign(content: bytes, *, columns: int = 80, rows: int = 24) -> list[str]:
    """The sequences and controls in a stream that neither Textual nor our writer has reason to write, each once."""
    found: list[str] = []
    at = 0
    while (hit := _SEQUENCE.search(content, at)) is not None:
        if not _known(hit, columns, rows):
            found.append(repr(hit[0]))
        at = hit.end()
    text = _SEQUENCE.sub(b"", content).decode("utf-8", "replace")
    found += [f"C1 {letter!r}" for letter in _C1.findall(text)]
    if "\ufffd" in text:
        found.append("bytes that are no UTF-8")
    return sorted(set(found))


def text(content: bytes) -> str:
    """The letters of a stream, without any sequence."""
    return _SEQUENCE.sub(b"", content).decode("utf-8", "replace")


def _known(hit: re.Match[bytes], columns: int, rows: int) -> bool:
    if hit["control"] is not None:
        return hit["control"] in (b"\r", b"\x08", b"\x07")
    if hit["osc"] is not None:
        return _SHAPES.fullmatch(hit["osc"]) is not None
    if hit["other"] is not None:
        return hit["other"] == b"M"  # rows go down
    content, between, end = hit["content"], hit["between"], hit["end"]
    if between:
        return (content, between, end) in ((b"?2026", b"$", b"p"), (b"?2048", b"$", b"p"))
    if end in b"hl":
        return content[:1] == b"?" and {int(n) for n in content[1:].split(b";") if n.isdigit()} <= _MODES
    if end == b"m":
        return _colour(content)
    if end == b"u":
        return content in _KITTY
    if end in b"HABCDGdJKLXbnr":
        return _on_screen(content, end, columns, rows)
    return False


def _colour(content: bytes) -> bool:
    while content:
        if (found := _SGR.match(content)) is None:
            return False
        content = content[found.end() :]
    return True


def _on_screen(content: bytes, end: bytes, columns: int, rows: int) -> bool:
    """Numbers that stay on the screen; margins are two, the first above the second, or none."""
    numbers = content.split(b";") if content else []
    if not all(n.isdigit() or not n for n in numbers) or len(numbers) > (2 if end in b"Hr" else 1):
        return False
    if end == b"r" and numbers:
        return len(numbers) == 2 and 0 < int(numbers[0]) < int(numbers[1]) <= rows
    if end == b"n":
        return content == b"6"
    return all(int(n or 1) <= max(columns, rows) for n in numbers)
