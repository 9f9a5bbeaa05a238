"""The transfer file's bytes: nothing can be read or changed without the passphrase, and what is strange is refused."""

from __future__ import annotations

import struct
import zlib
from typing import Any

import msgspec
import pytest
from msgspec.structs import replace

from pmm_tui.sync import transfer_seal
from pmm_tui.sync.transfer_file import MAX_CONTENT, read_parcel, write_parcel
from pmm_tui.sync.transfer_seal import NEWER, NO_TRANSFER_FILE, NOT_OPENED, Lock, TransferFileError, passphrase_fault, unlock
from tests.server.sample_school import NIP, OTHER_NIP, envelope, sealed_decision
from tests.sync.parcels import PASSPHRASE, cheap_keys, item, packed, parcel
from tests.sync.two_laptops import NPSN, OTHER_NPSN

HEAD = 30


@pytest.fixture(autouse=True)
def _cheap(monkeypatch: pytest.MonkeyPatch) -> None:
    cheap_keys(monkeypatch)


def test_what_goes_in_comes_out() -> None:
    """Plans, decisions, results and news come back as they were, byte for byte."""
    whole = replace(parcel(), decisions=(item(sealed_decision({"nip": NIP}, 1, "k7m2p9qx4ta")),))
    inside, _ = unlock(packed(whole), PASSPHRASE)
    assert read_parcel(inside) == whole


def test_nothing_stands_in_clear() -> None:
    """No name, number, school or word of the content stands in the file, and two files of one content share only the magic."""
    one, two = packed(parcel()), packed(parcel())
    for word in (NIP, NPSN, "rencana", "periode", PASSPHRASE):
        assert word.encode() not in one
    assert one[:8] == two[:8] == b"PMMKIRIM"
    assert one[14:30] != two[14:30]  # the salt
    assert one[HEAD:54] != two[HEAD:54]  # the nonce


def test_a_file_that_is_written_again_has_another_nonce() -> None:
    """One lock closes one content twice into different bytes, and both open."""
    lock = Lock(PASSPHRASE)
    first, second = lock.close_up(b"x"), lock.close_up(b"x")
    assert first != second
    assert [unlock(one, PASSPHRASE)[0] for one in (first, second)] == [b"x", b"x"]


def test_another_passphrase_does_not_open_it() -> None:
    """One sentence names both reasons, as nobody can tell them apart."""
    with pytest.raises(TransferFileError) as refused:
        unlock(packed(parcel()), PASSPHRASE + "!")
    assert refused.value.sentence == NOT_OPENED
    assert "kata sandinya lain, atau isinya rusak" in NOT_OPENED


def test_letters_composed_otherwise_are_the_same_passphrase() -> None:
    """What macOS composes in two letters and Windows in one opens the same file."""
    assert unlock(packed(parcel(), "kopi di café Ñ"), "kopi di cafe\u0301 N\u0303")[0]


@pytest.mark.parametrize("data", [b"", b"PMM", b"PK\x03\x04 a workbook", b"x" * 100])
def test_other_files_are_told_from_damaged_ones(data: bytes) -> None:
    """What does not begin as a transfer file is none."""
    with pytest.raises(TransferFileError) as refused:
        unlock(data, PASSPHRASE)
    assert refused.value.sentence == NO_TRANSFER_FILE


def test_a_newer_version_says_so() -> None:
    """A file of a later version asks for an update."""
    data = bytearray(packed(parcel()))
    data[8] = 2
    with pytest.raises(TransferFileError) as refused:
        unlock(bytes(data), PASSPHRASE)
    assert refused.value.sentence == NEWER


@pytest.mark.parametrize(("passes", "memory"), [(0, 65536), (11, 65536), (3, 256 * 1024 + 1), (3, 2**32 - 1), (3, 1)])
def test_a_head_cannot_ask_for_too_much(passes: int, memory: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Cost and memory beyond the bounds are refused before anything is derived."""
    from nacl.pwhash import argon2id

    def derive(*_: Any) -> bytes:
        raise AssertionError("derived")

    data = packed(parcel())
    monkeypatch.setattr(argon2id, "kdf", derive)
    with pytest.raises(TransferFileError) as refused:
        unlock(data[:9] + struct.pack("<BI", passes, memory) + data[14:], PASSPHRASE)
    assert refused.value.sentence == NOT_OPENED


def test_the_usual_cost_is_within_the_bounds() -> None:
    """The cost of new files, at 64 MiB, is one that every reader takes."""
    assert transfer_seal._LEAST_MEMORY <= 64 * 1024 <= transfer_seal._MOST_MEMORY


@pytest.mark.parametrize("passphrase", ["", "pendek", "       x       ", "x" * 1025])
def test_passphrases_that_are_refused(passphrase: str) -> None:
    """Too short, blanks, too long: with the next step."""
    assert passphrase_fault(passphrase).startswith("Kata sandi ")


def test_passphrases_that_are_taken() -> None:
    """Eight letters are enough, words with blanks too."""
    assert passphrase_fault("delapan8") == passphrase_fault(PASSPHRASE) == ""


def test_a_content_that_unpacks_without_end_is_refused() -> None:
    """A bomb inside ends at the bound."""
    with pytest.raises(TransferFileError, match="isinya tidak dikenal"):
        read_parcel(zlib.compress(b" " * (MAX_CONTENT + 1), 9))


STRANGE: list[bytes] = [
    b"",
    b"no zlib",
    zlib.compress(b"{}"),
    zlib.compress(b"no json"),
    zlib.compress(b"\xff"),
    write_parcel(parcel())[:-1],
    write_parcel(parcel()) + b"x",
    write_parcel(parcel()) * 2,
]


@pytest.mark.parametrize("content", STRANGE)
def test_strange_contents_are_refused(content: bytes) -> None:
    """Cut, doubled, or of another shape: one sentence, though the passphrase was right."""
    with pytest.raises(TransferFileError, match="isinya tidak dikenal"):
        read_parcel(content)


def test_a_line_twice_or_with_another_digest_is_refused() -> None:
    """Each line stands once, with the digest of its bytes."""
    one = item(envelope({"nip": NIP}))
    for items in ((one, one), (replace(one, sha256="0" * 64),), (replace(one, text="{}"),)):
        with pytest.raises(TransferFileError, match="isinya tidak dikenal"):
            read_parcel(write_parcel(parcel(*items)))


def test_a_line_of_another_school_is_refused() -> None:
    """Every line that names a school names the file's; plans and decisions alike."""
    foreign = msgspec.json.encode(msgspec.json.decode(envelope({"nip": OTHER_NIP})) | {"npsn": OTHER_NPSN})
    with pytest.raises(TransferFileError, match="sekolah lain"):
        read_parcel(write_parcel(parcel(item(envelope({"nip": NIP})), item(foreign))))
    decision = item(sealed_decision({"nip": NIP}, 1, "k7m2p9qx4ta", npsn=OTHER_NPSN))
    with pytest.raises(TransferFileError, match="sekolah lain"):
        read_parcel(write_parcel(replace(parcel(), decisions=(decision,))))
