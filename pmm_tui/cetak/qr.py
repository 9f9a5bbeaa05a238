"""The QR code of a receipt as rows of dark and light, where the library for it is installed."""

from __future__ import annotations


def qr_rows(content: str) -> tuple[tuple[bool, ...], ...]:
    """The modules of the code, row by row, true for dark, with its quiet border; nothing where the extra is not installed."""
    try:
        import segno  # lazy: only where a receipt is printed
    except ImportError:
        return ()
    code = segno.make(content, error="m", micro=False)
    return tuple(tuple(bool(module) for module in row) for row in code.matrix_iter(border=4))
