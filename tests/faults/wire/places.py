"""Two servers that both know two schools, can come back from an older backup, and are written to by a program that is not ours."""

from __future__ import annotations

import json
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import httpx
import msgspec
from msgspec import Struct

from pmm_tui.server.sekolah import load_school
from pmm_tui.server.tokens import create_token
from pmm_tui.skp.model import RencanaKinerja, Sekolah
from tests.faults.wire.proxy import Proxy
from tests.faults.wire.server_process import Parent, ServerProcess
from tests.faults.wire.wire_kit import Campus, Witness, make_school, teacher


class StoredPlan(Struct, frozen=True):
    """An envelope as the server's file has it."""

    npsn: str
    nip: str
    periode: str
    revision: int
    base: int
    sha256: str
    line: bytes
    standing: bool


def _escaped(line: bytes) -> bytes:
    return line.replace(b"Guru", b"\\u0047uru")


FORMS: tuple[Callable[[bytes], bytes], ...] = (
    lambda line: json.dumps(json.loads(line), separators=(", ", ": ")).encode(),
    _escaped,
    lambda line: line + b"\r",
    lambda line: b" " + line + b"\t ",
    lambda line: line.replace(b'"revisi":', b'"periode":"2026","revisi":', 1),  # a key twice, where the server takes it
)


class Place:
    """A server with a proxy before it. `schools` are its schools, whose tokens are its own."""

    def __init__(self, parent: Parent, folder: Path, name: str, schools: list[Campus], teachers: int) -> None:
        self.server = ServerProcess(parent, folder / f"server-{name}.db")
        self.proxy = Proxy(self.server.port)
        self.witness = Witness(self.server.database)
        self.schools = [_twin(self.server.database, one, teachers) for one in schools] or [
            make_school(self.server.database, teachers) for _ in range(2)
        ]
        self._backup = folder / f"backup-{name}.db"

    def close(self) -> None:
        """End it."""
        self.proxy.stop()
        self.server.kill()

    def turn_on(self) -> None:
        """Start the server, if it is dead."""
        if not self.server.alive:
            self.server.start()
            self.proxy.target = self.server.port

    def begin(self) -> None:
        """Begin a session: a server with nothing on it, and a sound line."""
        self.turn_on()
        self.proxy.cleared()
        self.proxy.held.clear()
        self.witness.clear()
        self._forget_marks()
        self.back_up()

    def _forget_marks(self) -> None:
        with closing(sqlite3.connect(self.server.database, timeout=20)) as connection:
            if connection.execute("SELECT 1 FROM sqlite_schema WHERE name = 'perubahan'").fetchone():
                connection.execute("DELETE FROM perubahan")
                connection.commit()

    def back_up(self) -> None:
        """Make a backup."""
        with closing(sqlite3.connect(self.server.database, timeout=20)) as source, closing(sqlite3.connect(self._backup)) as target:
            source.backup(target)

    def comes_back_older(self) -> None:
        """Put the server back from its last backup."""
        self.proxy.settled()
        self.server.kill()
        for ending in ("-wal", "-shm"):
            self.server.database.with_name(self.server.database.name + ending).unlink(missing_ok=True)
        shutil.copyfile(self._backup, self.server.database)
        self.turn_on()

    def stored(self) -> list[StoredPlan]:
        """Every envelope on this server."""
        query = (
            "SELECT s.npsn, p.nip, a.periode, a.revisi, a.dasar, a.sha256, a.isi, r.revisi = a.revisi"
            " FROM amplop a JOIN sekolah s ON s.id = a.sekolah_id"
            " JOIN pegawai p ON p.sekolah_id = a.sekolah_id AND p.id = a.pegawai_id"
            " JOIN rencana r ON r.sekolah_id = a.sekolah_id AND r.pegawai_id = a.pegawai_id AND r.periode = a.periode"
        )
        with closing(sqlite3.connect(self.server.database, timeout=20)) as connection:
            rows = connection.execute(query).fetchall()
        return [StoredPlan(*row[:-2], bytes(row[-2]), bool(row[-1])) for row in rows]

    def http(self, token: str) -> httpx.Client:
        """A connection past the proxy."""
        headers = {"authorization": f"Bearer {token}"} if token else {}
        return httpx.Client(base_url=f"http://127.0.0.1:{self.server.port}", headers=headers, trust_env=False, timeout=20)

    def other_program(self, school: int, number: int, periode: str, rencana: RencanaKinerja, form: int, told: bool) -> bytes:
        """Let another conforming program read what stands and send on top of it; returns the bytes that it sent.

        `told`: it names the base's digest too.
        """
        pegawai = teacher(number + 1)
        stands = {
            (plan.nip, plan.periode): plan for plan in self.stored() if plan.standing and plan.npsn == self.schools[school].npsn
        }
        base = stands.get((pegawai.nip, periode))
        envelope: dict[str, Any] = {
            "pegawai": {"nip": pegawai.nip, "nama": pegawai.nama},
            "periode": periode,
            "revisi": base.revision + 1 if base else 1,
            "dasar": base.revision if base else 0,
            "rencana": msgspec.to_builtins(rencana),
        }
        if base and told:
            envelope["sidik_dasar"] = base.sha256[:8]
        line = FORMS[form](msgspec.json.encode(envelope))
        with self.http(self.schools[school].token) as http:
            http.post("/v1/rencana", content=line + b"\n", headers={"content-type": "application/x-ndjson"}).raise_for_status()
        return line

    def crowd(self, many: int) -> set[int]:
        """So many requests without a token; returns their statuses."""
        with self.http("") as http:
            return {http.post("/v1/rencana", content=b"x\n").status_code for _ in range(many)}


def _twin(database: Path, campus: Campus, teachers: int) -> Campus:
    """The same school on another server."""
    sekolah = Sekolah(npsn=campus.npsn, nama="SMP Negeri 3 Kota Baru", jenjang="SMP")
    load_school(str(database), sekolah, map(teacher, range(1, teachers + 1)))
    return Campus(campus.npsn, *(create_token(str(database), campus.npsn, role) for role in ("operator", "kepala_sekolah")))
