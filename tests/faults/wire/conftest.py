"""One real server in a process of its own, a proxy in front of it, and a store with forty plans that is copied for each case."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from msgspec import Struct

from tests.faults.wire.proxy import Perantara
from tests.faults.wire.server_process import Induk, Peladen
from tests.faults.wire.wire_kit import Klien, Saksi, Sekolahan, buat_sekolah, isi_toko, salin, setelan


@pytest.fixture(scope="session")
def induk() -> Iterator[Induk]:
    """What starts servers."""
    mother = Induk()
    yield mother
    mother.close()


def _folder() -> Iterator[Path]:
    """A folder in memory where there is one: what a disk does is not the question here, and waiting for it is most of the time."""
    memory = Path("/dev/shm")
    folder = Path(tempfile.mkdtemp(prefix="pmm-kawat-", dir=memory if memory.is_dir() else None))
    yield folder
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="package")
def folder_bersama() -> Iterator[Path]:
    """A folder for all cases."""
    yield from _folder()


@pytest.fixture
def folder() -> Iterator[Path]:
    """A folder for one case."""
    yield from _folder()


class Panggung(Struct, frozen=True):
    """A running server, the proxy before it, one school on it, its stores ready to be copied, and the witness."""

    peladen: Peladen
    perantara: Perantara
    sekolah: Sekolahan
    saksi: Saksi
    toko: dict[int, Path]


MakeKlien = Callable[..., Klien]


@pytest.fixture(scope="package")
def panggung(induk: Induk, folder_bersama: Path) -> Iterator[Panggung]:
    """Everything that cases have in common; made once. `toko` by how many plans wait in it."""
    folder = folder_bersama
    peladen = Peladen(induk, folder / "server.db")
    perantara = Perantara(peladen.port)
    try:
        sekolah = buat_sekolah(peladen.database, 40)
        toko = {banyak: folder / f"toko-{banyak}.db" for banyak in (40, 12, 3)}
        for banyak, path in toko.items():
            isi_toko(path, setelan(perantara.url, sekolah.token), banyak)
        yield Panggung(peladen, perantara, sekolah, Saksi(peladen.database), toko)
    finally:
        perantara.stop()
        peladen.kill()


@pytest.fixture
def buat_klien(panggung: Panggung, folder: Path) -> Iterator[MakeKlien]:
    """Make a client whose plans wait and whose server holds nothing of them; the one before it is closed."""
    open_now: list[Klien] = []

    def make(banyak: int = 40, *, total: float = 5.0, gzip: bool = True) -> Klien:
        while open_now:
            open_now.pop().tutup()
        panggung.perantara.bersih()
        panggung.perantara.tenang()
        panggung.saksi.kosongkan()
        path = salin(panggung.toko[banyak], folder / "klien.db")
        open_now.append(Klien(path, setelan(panggung.perantara.url, panggung.sekolah.token, total), gzip=gzip))
        return open_now[-1]

    yield make
    while open_now:
        open_now.pop().tutup()
    panggung.perantara.bersih()
    panggung.perantara.tenang()
