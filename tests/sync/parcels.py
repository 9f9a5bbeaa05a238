"""Transfer files to try things on, with keys that are cheap to derive."""

from __future__ import annotations

from pathlib import Path

import pytest

from pmm_tui.skp.wire import digest
from pmm_tui.sync import transfer_seal
from pmm_tui.sync.transfer_file import Item, Parcel, read_parcel, write_parcel
from pmm_tui.sync.transfer_seal import Lock, unlock
from tests.server.sample_school import NIP, envelope
from tests.sync.two_laptops import NPSN

PASSPHRASE = "kuda hijau melompat pagar"


def cheap_keys(monkeypatch: pytest.MonkeyPatch) -> None:
    """Derive keys at the least cost that a file may name: what is tried is not how slow that is."""
    monkeypatch.setattr(transfer_seal, "_PASSES", 1)
    monkeypatch.setattr(transfer_seal, "_MEMORY", transfer_seal._LEAST_MEMORY)


def item(line: bytes, teacher: int = 1) -> Item:
    """A line that waits."""
    return Item(teacher=teacher, sha256=digest(line), text=line.decode())


def parcel(*items: Item, npsn: str = NPSN) -> Parcel:
    """The content of a file; without `items` with one plan."""
    plans = items or (item(envelope({"nip": NIP})),)
    return Parcel(npsn=npsn, origin="0123456789abcdef", written="2026-01-08T02:00:00Z", plans=plans)


def packed(content: Parcel, passphrase: str = PASSPHRASE) -> bytes:
    """The bytes of a file."""
    return Lock(passphrase).close_up(write_parcel(content))


def opened(path: Path, passphrase: str = PASSPHRASE) -> Parcel:
    """The content of a file."""
    return read_parcel(unlock(path.read_bytes(), passphrase)[0])


def rewritten(path: Path, content: Parcel, passphrase: str = PASSPHRASE) -> None:
    """Put another content into a file, as only somebody with the passphrase can."""
    path.write_bytes(packed(content, passphrase))
