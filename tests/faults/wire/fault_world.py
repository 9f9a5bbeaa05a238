"""What all sessions have in common, and a program that dies while it sends."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from pmm_tui.sync.http.client import Client
from tests.faults.wire.proxy import Perantara
from tests.faults.wire.server_process import Peladen
from tests.faults.wire.wire_kit import Klien, Saksi, Sekolahan


class Dunia:
    """What all sessions have in common. `toko` are stores of each school with a roster and nothing else."""

    def __init__(
        self, folder: Path, peladen: Peladen, perantara: Perantara, sekolah: Sequence[Sekolahan], toko: Sequence[Path]
    ) -> None:
        self.folder, self.peladen, self.perantara = folder, peladen, perantara
        self.sekolah, self.toko = sekolah, toko
        self.saksi = Saksi(peladen.database)
        self.sesi = 0
        self.kirim = 0
        self.langkah = 0


class MatiSaatMengirim(Client):
    """A client whose program dies before or after the answer: the store stays as it is at that moment."""

    def __init__(self, klien: Klien, snapshot: Path, sebelum: bool) -> None:
        super().__init__(klien.settings, gzip=klien.gzip)
        self._store, self._snapshot, self._before = klien.store, snapshot, sebelum

    async def post_batch(self, lines: Sequence[bytes]) -> Any:
        if self._before:
            self._die()
        answer = await super().post_batch(lines)
        if not self._before:
            self._die()
        return answer

    def _die(self) -> None:
        if not self._snapshot.exists():
            self._store.database.call(lambda: potret(self._store.database.path, self._snapshot))


def potret(source: Path, target: Path) -> None:
    """Copy a store as a killed program leaves it; between two transactions."""
    for ending in ("", "-wal"):
        shutil.copyfile(f"{source}{ending}", f"{target}{ending}")
