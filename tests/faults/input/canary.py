"""A computer on which all that is secret is known, and every flow and failure of the program on it."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

from tests.dapodik import teachers, write_dapodik
from tests.faults.input.broken import NAMA, NIP
from tests.faults.input.window import Jendela
from tests.journeys.machine import PROGRAM, Hasil, Mesin
from tests.journeys.real_server import NPSN, ServerNyata
from tests.journeys.steps import buka, rencana_pendek


class Kenari:
    """A computer on which all that is secret is known; the debug log is on, and the mask would let everybody read everything."""

    def __init__(self, folder: Path) -> None:
        self.mesin = Mesin(folder)
        self.tmp = folder / "tmp"
        self.tmp.mkdir()
        self.mesin.env |= {"TMPDIR": str(self.tmp), "PMM_TUI_LOG": "debug"}
        self.server = ServerNyata(folder / "server")
        self.token = self.server.token
        self.said: list[bytes] = []

    def run(self, *argv: str | Path, **env: str) -> Hasil:
        """Run a command line; what it says is kept."""
        self.mesin.env |= env
        command = ["/bin/sh", "-c", 'umask 000; exec "$@"', "sh", *PROGRAM, *map(str, argv)]
        told = subprocess.run(
            command, env=self.mesin.env, cwd=self.mesin.home, stdin=subprocess.DEVNULL, capture_output=True, timeout=60, check=False
        )
        self.mesin.env = {name: value for name, value in self.mesin.env.items() if name not in env}
        self.said += [told.stdout, told.stderr]
        return Hasil(told.returncode, told.stdout.decode(), told.stderr.decode())

    def open(self, *argv: str) -> Jendela:
        """Open the program in a window."""
        return Jendela(["/bin/sh", "-c", 'umask 000; exec "$@"', "sh", *PROGRAM, *argv], self.mesin.env)

    def close(self, t: Jendela) -> None:
        """Leave it."""
        t.press("ctrl+q")
        assert t.exit_code() == 0
        self.said.append(b"".join(chunk.content for chunk in t.chunks))


def jalani(k: Kenari) -> None:
    rows = teachers(6)
    rows[1] |= {"Nama": NAMA, "NIP": NIP, "Tanggal Lahir": "1985-12-31", "JK": "L", "Status Kepegawaian": "PNS", "NUPTK": None}
    rows[1] |= {"Pangkat Golongan": "III/c", "Tugas Tambahan": None}
    unduhan = write_dapodik(k.mesin.home / "daftar-guru.xlsx", rows)
    k.server.start()
    _di_layar(k, unduhan)
    _perintah(k)
    k.server.stop()
    _gagal(k)
    _rusak(k)
    _latihan(k)


def _di_layar(k: Kenari, unduhan: Path) -> None:
    """The first-run wizard, an import, a plan from the first to the last pane, submitted and sent."""
    with k.open() as t:
        t.wait("Selamat datang di pmm-tui")
        t.press("down", "down")
        t.type(k.server.url)
        t.press("enter")
        t.type(k.token)
        t.press("enter")
        t.type(NPSN)
        t.press("f9")
        t.wait("Daftar Guru", "Dari server")
        t.press("f4")
        t.wait("Impor Daftar Guru")
        t.type(str(unduhan))
        t.press("enter", "enter")
        t.wait("pratinjau", "6 baru")
        t.press("f9")
        t.wait("Semua guru (6)")
        buka(t, "Kenari", NAMA)
        rencana_pendek(t)
        t.wait("sudah diajukan", "R-")
        t.press("enter")
        t.wait("1 dari 6 selesai")
        k.close(t)


def _perintah(k: Kenari) -> None:
    """The command line, where nothing is in the way."""
    for argv in (
        ("daftar",), ("daftar", "--json"), ("periksa", "--json"), ("tarik", "--json"), ("kirim", "--json"), ("lokasi", "--json"),
        ("diagnosa",), ("diagnosa", "--json"), ("ajukan", "--semua-lengkap", "--uji-coba"), ("impor", "daftar-guru.xlsx", "--json"),
        ("rencana", "ekspor", NIP, "--periode", "2026", "--ke", "ekspor"), ("cadangan",), ("kirim",),
    ):  # fmt: skip
        assert k.run(*argv).code in (0, 1), argv
    (berkas,) = (k.mesin.home / "ekspor").iterdir()
    berkas.write_text(berkas.read_text("utf-8").replace("dikonfirmasi_guru = true", "dikonfirmasi_guru = false"), "utf-8")
    assert k.run("rencana", "impor", berkas).code == 1
    assert k.run("diagnosa", PMM_TUI_TOKEN=k.token).code == 0
    assert k.run("impor", "daftar-guru.xlsx", PMM_TUI_TOKEN=k.token).code == 0


def _gagal(k: Kenari) -> None:
    """Whatever can go wrong from outside."""
    config = k.mesin.home / "config" / "pmm-tui"
    token = config / "token"
    assert k.run("tarik").code == 5
    assert k.run("kirim").code in (0, 5)
    assert k.run("diagnosa").code == 5
    token.chmod(0o644)
    assert k.run("tarik").code == 2
    assert k.run("diagnosa", "--json").code in (2, 5)
    token.chmod(0o600)
    assert k.run("tarik", PMM_TUI_TOKEN=f"{k.token} dua kata").code == 2
    assert k.run("tarik", PMM_TUI_TOKEN=k.token * 20).code == 2
    for isi in ("\0" + NIP, f'periode = "{NIP}"', f"{k.token} = 1", "[pegawai\n" + NAMA):
        (k.mesin.home / "buruk.toml").write_text(isi, "utf-8")
        assert k.run("rencana", "impor", "buruk.toml").code == 1
        (k.mesin.home / "buruk.csv").write_text(isi, "utf-8")
        assert k.run("impor", "buruk.csv").code == 1
    (k.mesin.home / "buruk.toml").unlink()
    (k.mesin.home / "buruk.csv").unlink()
    full = subprocess.run(
        ["/bin/sh", "-c", f"exec {sys.executable} -m pmm_tui daftar >/dev/full"], env=k.mesin.env, capture_output=True, check=False
    )
    k.said.append(full.stderr)


def _rusak(k: Kenari) -> None:
    """A crash in the screen and in a command, and the records damaged, then restored."""
    for bug in ("tarik", "awal", "perintah"):
        argv = ["/bin/sh", "-c", 'umask 000; exec "$@"', "sh", sys.executable, "-m", "tests.faults.input.broken", bug]
        with Jendela([*argv, "daftar"] if bug == "perintah" else argv, k.mesin.env) as t:
            if bug == "tarik":
                t.wait("Daftar Guru")
                t.press("f5")
            assert t.exit_code() == 1
            k.said += b"".join(chunk.content for chunk in t.chunks).rpartition(b"\x1b[?1049l")[::2]
    with k.open() as t:
        t.wait("Daftar Guru")
        t.kill(signal.SIGKILL)
        t.exit_code()
    isi = bytearray(k.mesin.basis.read_bytes())
    isi[4096:8192] = os.urandom(4096)
    k.mesin.basis.write_bytes(isi)
    assert k.run("daftar").code == 4
    assert k.run("diagnosa").code == 4
    assert k.run("pulihkan").code == 0
    assert k.run("diagnosa").code in (0, 5)


def _latihan(k: Kenari) -> None:
    """Practice, with the operator's own token in the environment."""
    k.mesin.env["PMM_TUI_TOKEN"] = k.token
    with k.open("latihan") as t:
        t.wait("0 dari 40 selesai")
        k.close(t)
    del k.mesin.env["PMM_TUI_TOKEN"]
