"""Which letters the fonts of the PDF have: what they lack would be left out without a word."""

from __future__ import annotations

from pmm_tui.cetak.document import Document, texts_of

ENCODING = "cp1252"
"""The letters of a PDF reader's own fonts (WinAnsi)."""


def lacking(document: Document) -> str:
    """The first letter of a document that the PDF could not show; empty when it has all."""
    for text in texts_of(document):
        try:
            text.encode(ENCODING)
        except UnicodeEncodeError as error:
            return text[error.start]
    return ""
