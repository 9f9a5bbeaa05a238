"""What kind of file it is, by its bytes, and the sentence for what is none of ours."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from pmm_tui.errors import InputError
from pmm_tui.roster import child
from pmm_tui.roster.file_kind import MAX_FILE, kind_of, refuse_other_text
from pmm_tui.roster.headings import heading_map
from pmm_tui.roster.skeleton import skeleton
from pmm_tui.skp.katalog_reader import bundled
from tests.dapodik import teachers, write_dapodik

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
LOCKED = b"\x09\x08\x10\0\0\x06\x05\0" + b"x" * 12 + b"\x2f\0"


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (b"PK\x03\x04", "xlsx"),
        (b"PK\x05\x06", "xlsx"),
        (b"PK\x07\x08", "xlsx"),
        (OLE + b"x" * 600, "xls"),
        (b"PK", "csv"),
        (b"Nama;NIP\n", "csv"),
        (OLE[:-1], "csv"),
        (b"\x09\x04\x06\x01", "csv"),
    ],
)
def test_the_first_bytes_tell(data: bytes, kind: str) -> None:
    """A ZIP is taken for a workbook, an OLE container for an old one, and everything else for text."""
    assert kind_of(data) == kind


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "kosong"),
        (b"\0 \t\r\n\xef\xbb\xbf\xff\xfe" * 5, "kosong"),
        (b"%PDF-1.7", "berisi PDF"),
        (b"\x89PNG\r\n", "gambar PNG"),
        (b"\xff\xd8\xff\xe0", "gambar JPEG"),
        (b"GIF89a", "gambar GIF"),
        (b"Rar!\x1a", "arsip RAR"),
        (b"7z\xbc\xaf\x27\x1c", "arsip 7z"),
        (b"\x1f\x8b\x08", "arsip gzip"),
        (b"SQLite format 3\0", "basis data SQLite"),
        (b"MZ\x90", "program Windows"),
        (b"\x7fELF", "program Linux"),
        (b"{\\rtf1", "dokumen RTF"),
        (b"\x09\x00\x04\x00", "Excel yang sangat lama"),
        (b"\x09\x02\x06\x00", "Excel yang sangat lama"),
        (b"\x09\x04\x06\x00", "Excel yang sangat lama"),
        (OLE + "EncryptedPackage".encode("utf-16-le"), "terkunci kata sandi"),
        (OLE + b"x" * 500 + LOCKED, "terkunci kata sandi"),
        (OLE + "WordDocument".encode("utf-16-le"), "dokumen Word"),
        (OLE + "PowerPoint Document".encode("utf-16-le"), "berkas PowerPoint"),
    ],
)
def test_what_is_something_else_is_named(data: bytes, words: str) -> None:
    """The operator reads what the file is, not that it cannot be read."""
    with pytest.raises(InputError, match=words):
        kind_of(data)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        *[(f" \n<{tag} x>", "HTML") for tag in ("!DOCTYPE html", "html", "TABLE", "head", "meta", "style", "body", "div")],
        ("<?xml?><html>", "HTML"),
        ("x" * 3_996 + "<html>", ""),
        ("x" * 3_995 + "<html>", "HTML"),
        ("<?xml version='1.0'?><a/>", "XML"),
        ("MIME-Version: 1.0", "MHTML"),
        ('{"a": 1}', "JSON"),
        (" [1]", "JSON"),
        ("Nama;NIP", ""),
        ("Nama <Gelar>;NIP", ""),
    ],
)
def test_markup_is_no_table(text: str, words: str) -> None:
    """A web page that calls itself .xls, XML and JSON are named; text with an angle in it is text."""
    if words:
        with pytest.raises(InputError, match=words):
            refuse_other_text(text)
    else:
        refuse_other_text(text)


def test_a_file_is_as_large_as_a_file_may_be() -> None:
    """Twenty million bytes are looked at, and one more is refused before anything is made of them."""
    headings = heading_map(bundled().impor_dapodik)
    with pytest.raises(InputError, match="kosong"):
        child.read(bytes(MAX_FILE), headings)
    with pytest.raises(InputError, match="lebih dari 20 MB"):
        child.read(bytes(20_000_001), headings)
    assert MAX_FILE == 20_000_000


def _cut(tmp_path: Path) -> bytes:
    """Half of a workbook that is right."""
    write_dapodik(tmp_path / "guru.xlsx", teachers(3))
    whole = (tmp_path / "guru.xlsx").read_bytes()
    return whole[: len(whole) // 2]


@pytest.mark.parametrize(
    "reader", [lambda data: child.read(data, heading_map(bundled().impor_dapodik)), skeleton], ids=["read", "skeleton"]
)
@pytest.mark.parametrize(
    "data",
    [
        _cut,
        lambda _: b"PK\x03\x04" + bytes(range(256)) * 8,
        lambda _: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(range(256)) * 8,
        lambda _: bytes(range(1, 256)) * 8,
    ],
    ids=["cut", "zip", "xls", "neither"],
)
def test_a_damaged_file_is_fetched_again(data: Callable[[Path], bytes], reader: Callable[..., object], tmp_path: Path) -> None:
    """Nobody is told to mend it in Excel, which takes the last digits of NIP and NUPTK away."""
    with pytest.raises(InputError) as refused:
        reader(data(tmp_path))
    assert "unduh ulang dari Dapodik" in refused.value.sentence
    assert "tanpa menyimpannya di Excel" in refused.value.sentence
    assert "buka di Excel" not in refused.value.sentence
