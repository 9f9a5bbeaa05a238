"""What all sessions have in common, and a program that dies while it sends."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from pmm_tui.sync.http.client import Client
from tests.faults.wire.proxy import Proxy
from tests.faults.wire.server_process import ServerProcess
from tests.faults.wire.wire_kit import Campus, WireClient, Witness


class World:
    """What all sessions have in common. `stores` are stores of each school with a roster and nothing else."""

    def __init__(
        self, folder: Path, server: ServerProcess, proxy: Proxy, schools: Sequence[Campus], stores: Sequence[Path]
    ) -> None:
        self.folder, self.server, self.proxy = folder, server, proxy
        self.schools, self.stores = schools, stores
        self.witness = Witness(server.database)
        self.sessions = 0
        self.sends = 0
        self.steps = 0


class DiesWhileSending(Client):
    """A client whose program dies before or after the answer: the store stays as it is at that moment."""

    def __init__(self, client: WireClient, snapshot: Path, before: bool) -> None:
        super().__init__(client.settings, gzip=client.gzip)
        self._store, self._snapshot, self._before = client.store, snapshot, before

    async def post_batch(self, lines: Sequence[bytes]) -> Any:
        if self._before:
            self._die()
        answer = await super().post_batch(lines)
        if not self._before:
            self._die()
        return answer

    def _die(self) -> None:
        if not self._snapshot.exists():
            self._store.database.call(lambda: snapshot(self._store.database.path, self._snapshot))


def snapshot(source: Path, target: Path) -> None:
    """Copy a store as a killed program leaves it; between two transactions."""
    for ending in ("", "-wal"):
        shutil.copyfile(f"{source}{ending}", f"{target}{ending}")
