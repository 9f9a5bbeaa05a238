"""How an envelope names its teacher once the server is known to know them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest

from pmm_tui.skp.model import Pegawai
from pmm_tui.skp.wire import open_envelope
from pmm_tui.store import Store
from tests.store.samples import MORNING, seal

NIP, OTHER_NIP = "198507142010011012", "199001012019032007"
NUPTK, OTHER_NUPTK = "1234767660300456", "6543210987654321"
TWO = {"nip": NIP, "nuptk": NUPTK}
EVERY = {"id": "g-1", **TWO}
EMPTY: dict[str, str] = {}


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """An empty store."""
    with Store.open(tmp_path / "pmm-tui.db") as opened:
        yield opened


def named(store: Store, ours: dict[str, str], body: bytes | None) -> dict[str, str]:
    """How a teacher with these numbers is named, after the server's roster was fetched as `body`."""
    if body is not None:
        store.reference.put("pegawai", '"e"', body, MORNING)
    numbers = {name: value for name, value in ours.items() if name != "id"}
    store.roster.write([Pegawai(nama="Budi", id_server=ours.get("id", ""), **numbers)])
    (budi,) = store.roster.all()
    entry = seal(store, budi)
    assert open_envelope(entry.line).pegawai.identity() == entry.kunci
    assert open_envelope(entry.line).pegawai.nama == "Budi"
    return entry.kunci


def roster(*rows: dict[str, Any]) -> bytes:
    """A roster as the server tells it."""
    return msgspec.json.encode({"pegawai": [{"nama": "X"} | row for row in rows]})


@pytest.mark.parametrize(
    ("ours", "told", "key"),
    [
        pytest.param(EVERY, EVERY, {"nip": NIP}, id="both numbers known"),
        pytest.param(EVERY, {"id": "g-1", "nip": NIP}, TWO, id="NUPTK is news"),
        pytest.param(EVERY, {"id": "g-1", "nip": NIP, "nuptk": OTHER_NUPTK}, TWO, id="another NUPTK"),
        pytest.param(EVERY, {"id": "g-1", "nuptk": NUPTK}, EVERY, id="NIP is news"),
        pytest.param(EVERY, {"id": "g-1", "nip": OTHER_NIP, "nuptk": NUPTK}, EVERY, id="another NIP"),
        pytest.param({"id": "g-1", "nuptk": NUPTK}, {"id": "g-1", "nuptk": NUPTK}, {"nuptk": NUPTK}, id="NUPTK alone"),
        pytest.param({"id": "g-1", "nuptk": NUPTK}, EVERY, {"nuptk": NUPTK}, id="the server has a NIP too"),
        pytest.param({"id": "g-1"}, {"id": "g-1"}, {"id": "g-1"}, id="no number"),
        pytest.param({"id": "g-1", "nuptk": "123"}, {"id": "g-1", "nuptk": "123"}, {"id": "g-1", "nuptk": "123"}, id="no NUPTK"),
        pytest.param({"id": "g-1", "nip": NIP}, {"id": "g-2", "nip": NIP}, {"id": "g-1", "nip": NIP}, id="another's id"),
        pytest.param(TWO, EVERY, TWO, id="not matched yet"),
    ],
)
def test_numbers_that_the_server_has_stand_for_the_teacher(
    store: Store, ours: dict[str, str], told: dict[str, str], key: dict[str, str]
) -> None:
    """One number that the server is known to have names the teacher; what it does not have goes along."""
    assert named(store, ours, roster({"id": "g-9"}, told)) == key


def test_a_number_of_two_teachers_names_nobody(store: Store) -> None:
    """Where the server told one number of two teachers, the id stays."""
    assert named(store, EVERY, roster(EVERY, {"id": "g-2", "nip": NIP})) == EVERY


def test_a_second_number_of_two_teachers_names_nobody_either(store: Store) -> None:
    """Which of the numbers it was that the server told of two makes no difference."""
    assert named(store, EVERY, roster({"id": "g-2", "nuptk": NUPTK}, EVERY)) == EVERY


def test_empty_numbers_are_nobodys(store: Store) -> None:
    """Two teachers without a NUPTK do not share one."""
    assert named(store, {"id": "g-1", "nip": NIP}, roster({"id": "g-1", "nip": NIP}, {"id": "g-2"}, {"id": "g-3"})) == {"nip": NIP}


@pytest.mark.parametrize("body", [None, b"", b"[]", b'{"pegawai":[{"id":3}]}', b'{"pegawai":null}', b"\xff"])
def test_without_a_roster_that_can_be_read_every_member_stays(store: Store, body: bytes | None) -> None:
    """Nothing is known of what the server knows."""
    assert named(store, EVERY, body) == EVERY
