"""The file of a USB stick, cut, changed, doubled or made up: one sentence each time, and nothing of it in the records."""

from __future__ import annotations

import random
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest
from msgspec.structs import replace

from pmm_tui.errors import InputError
from pmm_tui.services.transfer import take_file
from pmm_tui.services.transfer_words import taken_sentence
from pmm_tui.store import Store
from pmm_tui.store.outbox_entry import Sent
from pmm_tui.sync.transfer_file import Parcel, read_parcel, write_parcel
from pmm_tui.sync.transfer_lines import plan_lines, result_of
from pmm_tui.sync.transfer_pack import pack
from pmm_tui.sync.transfer_seal import TransferFileError
from pmm_tui.text import clean
from tests.faults.conftest import Count
from tests.store.samples import MORNING, PERIODE, seal, with_teachers
from tests.sync.parcels import PASSPHRASE, cheap_keys, packed
from tests.sync.two_laptops import NPSN


@pytest.fixture(autouse=True)
def _cheap(monkeypatch: pytest.MonkeyPatch) -> None:
    cheap_keys(monkeypatch)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """Records in which four plans wait."""
    with Store.open(tmp_path / "pmm-tui.db") as opened:
        for pegawai in with_teachers(opened, 4):
            seal(opened, pegawai, pegawai.nama)
        yield opened


def answered(store: Store) -> Parcel:
    """The content of a file that another computer has sent."""
    content: Parcel = store.database.call(pack, store, NPSN, PERIODE, MORNING).parcel
    results = [result_of(Sent(f"R-{line.id}", "2026-01-08T02:11:05Z", "diajukan"), line) for line in plan_lines(content.plans)]
    return replace(content, plans=tuple(replace(one, result=two) for one, two in zip(content.plans, results, strict=True)))


def refused(store: Store, path: Path, data: bytes) -> str:
    """The sentence that a file is refused with; nothing may be recorded of it."""
    path.write_bytes(data)
    before = store.outbox.all()
    with pytest.raises(InputError) as error:
        take_file(store, path, PASSPHRASE, NPSN)
    assert store.outbox.all() == before
    said = error.value.sentence
    assert str(path) in said
    assert said == clean(said)
    return said


def test_cut_anywhere(store: Store, tmp_path: Path, many: Count) -> None:
    """A file that ends after any of its bytes is refused."""
    data = packed(answered(store))
    chance = random.Random(1)
    ends = (
        range(len(data))
        if many(False, True)
        else (*range(0, 56, 5), *(chance.randrange(len(data)) for _ in range(30)), len(data) - 1)
    )
    for end in ends:
        refused(store, tmp_path / "kiriman.pmm", data[:end])


def test_a_byte_changed_anywhere(store: Store, tmp_path: Path, many: Count) -> None:
    """A file with another byte in any place, of the head too, is refused."""
    data = packed(answered(store))
    chance = random.Random(2)
    places = range(len(data)) if many(False, True) else (*range(30), *(chance.randrange(30, len(data)) for _ in range(30)))
    for place in places:
        changed = bytearray(data)
        changed[place] ^= 1 << chance.randrange(8)
        refused(store, tmp_path / "kiriman.pmm", bytes(changed))


def test_doubled_or_mixed(store: Store, tmp_path: Path) -> None:
    """Twice itself, with something behind it, with the head or the body of another file: refused."""
    one, two = packed(answered(store)), packed(answered(store))
    for data in (one + one, one + b"\n", b"\n" + one, one[:30] + two[30:], one[:54] + two[54:], bytes(len(one)), b""):
        refused(store, tmp_path / "kiriman.pmm", data)


def test_changed_by_somebody_who_knows_the_passphrase(store: Store, many: Count) -> None:
    """A content with any part exchanged for anything is read, or refused with the one sentence; nothing else comes of it."""
    content = msgspec.json.decode(msgspec.json.encode(answered(store)))
    chance = random.Random(3)
    values: tuple[Any, ...] = (None, 0, -1, 2**70, 1.5, True, "", "x", "\x1b[2J", "\u202e" * 9, "a" * 5000, [], [[]], {}, {"x": 1})
    read = 0
    for _ in range(many(400, 20_000)):
        made = msgspec.json.decode(msgspec.json.encode(content))
        _exchange(made, values, chance)
        said = _refusal(_compressed(msgspec.json.encode(made)))
        read += not said
        assert said.startswith(("isinya tidak dikenal", "berisi rencana sekolah lain")) or not said
    assert read


def test_taken_whatever_its_results_say(store: Store, tmp_path: Path, many: Count) -> None:
    """Results made up by somebody who knows the passphrase settle only what they name, and what is told of them is harmless."""
    content = answered(store)
    chance = random.Random(4)
    evil = ("\x1b]0;x\x07", "\u202eR-1", "R\n1 terkirim", " ", "", "R" * 9000, "R-1")
    file = tmp_path / "kiriman.pmm"
    for _ in range(many(25, 400)):
        plans = list(content.plans)
        chance.shuffle(plans)
        for number, item in enumerate(plans):
            assert item.result is not None
            donor = chance.choice(content.plans).result or item.result
            result = chance.choice((item.result, donor))
            changed = replace(result, tanda_terima=chance.choice(evil), waktu=chance.choice(evil), status=chance.choice(evil))
            plans[number] = replace(item, result=chance.choice((None, changed, replace(changed, keadaan="bentrok"))))
        file.write_bytes(packed(replace(content, plans=tuple(plans))))
        taken = take_file(store, file, PASSPHRASE, NPSN, dry_run=True)
        said = taken_sentence(taken, dry_run=True)
        assert said == clean(said)
        for number, outcome in taken.plans.items():
            (entry,) = store.outbox.some([number]).values()
            (mine,) = (item for item in plans if item.sha256 == entry.sha256)
            assert mine.result is not None
            assert mine.result.sha256 == entry.sha256
            if isinstance(outcome, Sent):
                assert outcome.receipt.strip()
                assert outcome.receipt == clean(outcome.receipt)
                assert len(outcome.receipt) <= 121


def _refusal(content: bytes) -> str:
    """The sentence that a content is refused with; empty for none."""
    try:
        read_parcel(content)
    except TransferFileError as error:
        return error.sentence
    return ""


def _compressed(raw: bytes) -> bytes:
    return zlib.compress(raw, 1)


def _exchange(made: Any, values: tuple[Any, ...], chance: random.Random) -> None:
    """Put another value into a random place of a document."""
    places: list[tuple[Any, Any]] = []

    def walk(node: Any) -> None:
        keys = list(node) if isinstance(node, dict) else range(len(node)) if isinstance(node, list) else ()
        for key in keys:
            places.append((node, key))
            walk(node[key])

    walk(made)
    node, key = chance.choice(places)
    node[key] = chance.choice(values)


def test_the_content_survives_its_own_form(store: Store) -> None:
    """What these tests change is a content that is taken as it is."""
    content = answered(store)
    assert read_parcel(write_parcel(content)) == content
