"""Running commands in this process, on a store of their own."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import httpx
import pytest
from msgspec import Struct

from pmm_tui.cli.main import main
from pmm_tui.locations import Locations, locate
from pmm_tui.skp.katalog_reader import bundled
from pmm_tui.skp.model import (
    RHK,
    DataDiri,
    Pegawai,
    PengembanganKompetensi,
    PerilakuKerja,
    PraktikPembelajaran,
    Rangkuman,
    RaporPendidikan,
    RencanaKinerja,
    TugasTambahan,
)
from pmm_tui.store import Store
from pmm_tui.sync.http import client as http_client
from tests.cli.fake_server import FakeServer

NOW = datetime(2026, 1, 8, tzinfo=UTC)
SITI = Pegawai(
    nama="Siti O'Neil, S.Pd. [x]",
    nip="198507142010012012",
    jk="P",
    status_kepegawaian="PNS",
    jenis_ptk="Guru Mapel",
    golongan="III/c",
)
BUDI = Pegawai(nama="Budi Ñuñez", nuptk="1234767660300456", status_kepegawaian="GTY/PTY", jenis_ptk="Guru Kelas")
COMPLETE = RencanaKinerja(
    data_diri=DataDiri(sesuai=True),
    rapor_pendidikan=RaporPendidikan(dimengerti=True),
    praktik_pembelajaran=PraktikPembelajaran(indikator=("aktivitas-interaktif",)),
    pengembangan_kompetensi=PengembanganKompetensi(rhk=(RHK(kompetensi="peserta-pelatihan-mandiri", target=4),)),
    tugas_tambahan=TugasTambahan(tidak_ada=True),
    perilaku_kerja=PerilakuKerja(indikator=tuple(f"{p.id}/{p.indikator[0].id}" for p in bundled().perilaku)),
    rangkuman=Rangkuman(dikonfirmasi_guru=True),
)


class CommandResult(Struct):
    """What a command came to."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """The one document on stdout."""
        return json.loads(self.out)


Run = Callable[..., CommandResult]


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    """Return what runs a command line and gives exit code, stdout and stderr."""

    def run(*arguments: str | Path) -> CommandResult:
        capsys.readouterr()
        code = main([str(argument) for argument in arguments])
        said = capsys.readouterr()
        assert "Traceback" not in said.err
        return CommandResult(code, said.out, said.err)

    return run


@pytest.fixture
def places() -> Locations:
    """Where this test's files are."""
    return locate(os.environ)


@pytest.fixture
def ids(places: Locations) -> tuple[int, int]:
    """A store with Siti and Budi; their numbers."""
    with Store.open(places.database) as store:
        store.roster.write([SITI, BUDI])
        by_name = {p.nama: p.id for p in store.roster.all()}
    return by_name[SITI.nama], by_name[BUDI.nama]


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> FakeServer:
    """A server in memory that every client of this test talks to, and the environment that names it."""
    fake, client = FakeServer(SITI, BUDI), http_client.Client
    monkeypatch.setattr(http_client, "Client", lambda settings: client(settings, transport=httpx.MockTransport(fake)))
    monkeypatch.setenv("PMM_TUI_SERVER", "https://pmm.sekolah.sch.id")
    monkeypatch.setenv("PMM_TUI_TOKEN", "rahasia-KENARI-123")
    return fake


@pytest.fixture
def sealed(places: Locations, ids: tuple[int, int]) -> tuple[int, int]:
    """Siti's and Budi's plans, complete and sealed in this order; their teachers' numbers."""
    with Store.open(places.database) as store:
        for pegawai_id in ids:
            store.drafts.save(pegawai_id, "2026", COMPLETE, 1, NOW)
            pegawai = store.roster.get(pegawai_id)
            assert pegawai is not None
            store.outbox.seal(pegawai, "2026", COMPLETE, 1, NOW)
    return ids
