"""A real store, what is in force, and the outside of a plan session."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from pmm_tui.errors import StorageError
from pmm_tui.services.in_force import InForce
from pmm_tui.skp.katalog_reader import bundled
from pmm_tui.skp.model import KepalaSekolah, Pegawai, Rapor, RencanaKinerja, Sekolah
from pmm_tui.store import Store
from tests.tui.samples import ANI, BUDI

PERIODE = "2026"
NOW = datetime(2026, 1, 10, 3, 42, tzinfo=UTC)
IN_FORCE = InForce(
    katalog=bundled(),
    periode=PERIODE,
    sekolah=Sekolah(npsn="69900001", nama="SMP Negeri 1", jenjang="SMP", kepala_sekolah=KepalaSekolah(nama="Nur'aini")),
    rapor=Rapor(),
)


class Outside:
    """What a session asks of the outside; `emergency` are the plans that went to a file of their own."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.moment = NOW
        self.address = "pmm.dinas.go.id"
        self.emergency: list[tuple[str, str, RencanaKinerja]] = []

    def now(self) -> datetime:
        return self.moment

    def today(self) -> date:
        return self.moment.date()

    def server(self) -> str:
        return self.address

    def save_emergency_copy(self, pegawai: Pegawai, periode: str, rencana: RencanaKinerja) -> Path:
        self.emergency.append((pegawai.nama, periode, rencana))
        return Path("darurat.toml")


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """An open store with two teachers."""
    with Store.open(tmp_path / "pmm-tui.db") as opened:
        opened.roster.write([ANI, BUDI])
        yield opened


@pytest.fixture
def ani(store: Store) -> Pegawai:
    """A teacher of the roster."""
    (found,) = store.roster.find(ANI.nip)
    return found


@pytest.fixture
def budi(store: Store) -> Pegawai:
    """Another one."""
    (found,) = store.roster.find(BUDI.nip)
    return found


def full_disk(*_: object) -> None:
    """What a store does that cannot write any more."""
    raise StorageError("Disk penuh.")
