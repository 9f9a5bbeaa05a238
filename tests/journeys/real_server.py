"""The reference server as whoever runs one starts it, and a way to ask it that owes nothing to the client."""

from __future__ import annotations

import signal
import socket
import subprocess
from pathlib import Path
from typing import Any

import httpx

from tests.journeys.machine import PROGRAM, Machine

NPSN = "20512345"
_PROFILE = """
nama = "SMP Negeri 1 Harapan"
jenjang = "SMP"

[kepala_sekolah]
nama = "Kepala Menurut Server, S.Pd."

[rapor."2026"]
rekomendasi = ["umpan-balik-konstruktif", "aktivitas-interaktif"]

[rapor."2026".capaian]
umpan-balik-konstruktif = "kurang"
aktivitas-interaktif = "kurang"
"""


class RealServer:
    """A school's server on a loopback port that stays the same, with one token; it runs between `start` and `stop`."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir()
        self.database = folder / "server.db"
        self._machine = Machine(folder)
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self.url = f"http://127.0.0.1:{self.port}"
        profile = folder / "profil.toml"
        profile.write_text(_PROFILE, "utf-8")
        self._profile = profile
        self.token = self.school(NPSN)
        self._process: subprocess.Popen[str] | None = None

    def school(self, npsn: str) -> str:
        """Load a school of that number; returns its operator's token."""
        loaded = self._machine.run("server", "sekolah", "--npsn", npsn, "--profil", self._profile, "--database", self.database)
        assert loaded.code == 0, loaded.err
        return self.token_of("operator", npsn)

    def token_of(self, role: str, npsn: str = NPSN) -> str:
        """A new token of that role."""
        made = self._machine.run("server", "token", "buat", "--npsn", npsn, "--peran", role, "--database", self.database)
        assert made.code == 0, made.err
        return made.out.strip()

    def start(self) -> None:
        """Run it; returns when it answers."""
        command = [*PROGRAM, "server", "--port", str(self.port), "--database", str(self.database)]
        quiet = subprocess.DEVNULL
        self._process = subprocess.Popen(
            command, env=self._machine.env, stdin=quiet, stdout=subprocess.PIPE, stderr=quiet, text=True
        )
        assert self._process.stdout is not None
        assert self._process.stdout.readline().strip() == self.url

    def stop(self) -> None:
        """End it, if it runs."""
        if self._process is not None:
            self._process.send_signal(signal.SIGTERM)
            self._process.communicate(timeout=20)
            assert self._process.returncode == 0
        self._process = None

    def get(self, path: str, token: str = "") -> Any:
        """Ask it with a token, the first school's where none is named; returns the JSON of a 200."""
        return ask(self.url, token or self.token, path)

    def plan_of(self, nip: str, periode: str, token: str = "") -> Any:
        """The plan that it holds of the teacher with that NIP, at the school of a token."""
        (pegawai_id,) = [p["id"] for p in self.get("/v1/pegawai", token)["pegawai"] if p.get("nip") == nip]
        return self.get(f"/v1/rencana/{periode}/{pegawai_id}", token)

    def held(self) -> list[tuple[Any, ...]]:
        """Every envelope in its database, once it has stopped: revision, status, receipt."""
        return self._machine.rows("SELECT revisi, status, tanda_terima FROM amplop", self.database)


def ask(url: str, token: str, path: str) -> Any:
    """Ask a server; returns the JSON of a 200."""
    answer = httpx.get(url + path, headers={"Authorization": f"Bearer {token}"}, trust_env=False, timeout=20)
    assert answer.status_code == 200, answer.text
    return answer.json()
