"""One real server in a process of its own, a proxy in front of it, and a store with forty plans that is copied for each case."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from msgspec import Struct

from tests.faults.wire.proxy import Proxy
from tests.faults.wire.server_process import Parent, ServerProcess
from tests.faults.wire.wire_kit import Campus, WireClient, Witness, copied, fill_store, make_school, settings_for


@pytest.fixture(scope="session")
def parent() -> Iterator[Parent]:
    """What starts servers."""
    mother = Parent()
    yield mother
    mother.close()


def _folder() -> Iterator[Path]:
    """A folder in memory where there is one: what a disk does is not the question here, and waiting for it is most of the time."""
    memory = Path("/dev/shm")
    folder = Path(tempfile.mkdtemp(prefix="pmm-kawat-", dir=memory if memory.is_dir() else None))
    yield folder
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="package")
def shared_folder() -> Iterator[Path]:
    """A folder for all cases."""
    yield from _folder()


@pytest.fixture
def folder() -> Iterator[Path]:
    """A folder for one case."""
    yield from _folder()


class Stage(Struct, frozen=True):
    """A running server, the proxy before it, one school on it, its stores ready to be copied, and the witness."""

    server: ServerProcess
    proxy: Proxy
    sekolah: Campus
    witness: Witness
    store: dict[int, Path]


MakeClient = Callable[..., WireClient]


@pytest.fixture(scope="package")
def stage(parent: Parent, shared_folder: Path) -> Iterator[Stage]:
    """Everything that cases have in common; made once. `store` by how many plans wait in it."""
    folder = shared_folder
    server = ServerProcess(parent, folder / "server.db")
    proxy = Proxy(server.port)
    try:
        sekolah = make_school(server.database, 40)
        store = {many: folder / f"toko-{many}.db" for many in (40, 12, 3)}
        for many, path in store.items():
            fill_store(path, settings_for(proxy.url, sekolah.token), many)
        yield Stage(server, proxy, sekolah, Witness(server.database), store)
    finally:
        proxy.stop()
        server.kill()


@pytest.fixture
def make_client(stage: Stage, folder: Path) -> Iterator[MakeClient]:
    """Make a client whose plans wait and whose server holds nothing of them; the one before it is closed."""
    open_now: list[WireClient] = []

    def make(many: int = 40, *, total: float = 5.0, gzip: bool = True) -> WireClient:
        while open_now:
            open_now.pop().close()
        stage.proxy.cleared()
        stage.proxy.settled()
        stage.witness.clear()
        path = copied(stage.store[many], folder / "klien.db")
        open_now.append(WireClient(path, settings_for(stage.proxy.url, stage.sekolah.token, total), gzip=gzip))
        return open_now[-1]

    yield make
    while open_now:
        open_now.pop().close()
    stage.proxy.cleared()
    stage.proxy.settled()
