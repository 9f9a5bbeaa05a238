"""A computer on which all that is secret is known, and every flow and failure of the program on it."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

from tests.dapodik import teachers, write_dapodik
from tests.faults.input.broken import NAME, NIP
from tests.faults.input.window import Window
from tests.journeys.machine import PROGRAM, CommandResult, Machine
from tests.journeys.real_server import NPSN, RealServer
from tests.journeys.steps import open_plan, short_plan


class Canary:
    """A computer on which all that is secret is known; the debug log is on, and the mask would let everybody read everything."""

    def __init__(self, folder: Path) -> None:
        self.machine = Machine(folder)
        self.tmp = folder / "tmp"
        self.tmp.mkdir()
        self.machine.env |= {"TMPDIR": str(self.tmp), "PMM_TUI_LOG": "debug"}
        self.server = RealServer(folder / "server")
        self.token = self.server.token
        self.said: list[bytes] = []

    def run(self, *argv: str | Path, **env: str) -> CommandResult:
        """Run a command line; what it says is kept."""
        self.machine.env |= env
        command = ["/bin/sh", "-c", 'umask 000; exec "$@"', "sh", *PROGRAM, *map(str, argv)]
        told = subprocess.run(
            command,
            env=self.machine.env,
            cwd=self.machine.home,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=60,
            check=False,
        )
        self.machine.env = {name: value for name, value in self.machine.env.items() if name not in env}
        self.said += [told.stdout, told.stderr]
        return CommandResult(told.returncode, told.stdout.decode(), told.stderr.decode())

    def open(self, *argv: str) -> Window:
        """Open the program in a window."""
        return Window(["/bin/sh", "-c", 'umask 000; exec "$@"', "sh", *PROGRAM, *argv], self.machine.env)

    def close(self, t: Window) -> None:
        """Leave it."""
        t.press("ctrl+q")
        assert t.exit_code() == 0
        self.said.append(b"".join(chunk.content for chunk in t.chunks))


def go_through(k: Canary) -> None:
    """Every flow and failure, one after another."""
    rows = teachers(6)
    rows[1] |= {"Nama": NAME, "NIP": NIP, "Tanggal Lahir": "1985-12-31", "JK": "L", "Status Kepegawaian": "PNS", "NUPTK": None}
    rows[1] |= {"Pangkat Golongan": "III/c", "Tugas Tambahan": None}
    export = write_dapodik(k.machine.home / "daftar-guru.xlsx", rows)
    k.server.start()
    _on_screen(k, export)
    _commands(k)
    k.server.stop()
    _failed(k)
    _damaged(k)
    _practice(k)


def _on_screen(k: Canary, export: Path) -> None:
    """The first-run wizard, an import, a plan from the first to the last pane, submitted and sent."""
    with k.open() as t:
        t.wait("Selamat datang di pmm-tui")
        t.type(k.server.url)  # typed at the very beginning it is the address
        t.press("enter")
        t.type(k.token)
        t.press("enter")
        t.type(NPSN)
        t.press("f9")
        t.wait("Daftar Guru", "Dari server")
        t.press("f4")
        t.wait("Unduh Daftar Guru")
        t.type(str(export))
        t.press("enter", "enter")
        t.wait("pratinjau", "Baru 6")
        t.press("f9")
        t.wait("Semua 6 ")
        open_plan(t, "Kenari", NAME)
        short_plan(t)
        t.wait("sudah diajukan", "R-")
        t.press("escape")
        t.wait("1 dari 6 selesai")
        k.close(t)


def _commands(k: Canary) -> None:
    """The command line, where nothing is in the way."""
    for argv in (
        ("daftar",), ("daftar", "--json"), ("periksa", "--json"), ("tarik", "--json"), ("kirim", "--json"), ("lokasi", "--json"),
        ("diagnosa",), ("diagnosa", "--json"), ("ajukan", "--semua-lengkap", "--uji-coba"), ("impor", "daftar-guru.xlsx", "--json"),
        ("rencana", "ekspor", NIP, "--periode", "2026", "--ke", "ekspor"), ("cadangan",), ("kirim",),
    ):  # fmt: skip
        assert k.run(*argv).code in (0, 1), argv
    secret = {"PMM_TUI_SANDI": "empat kata yang acak"}
    for way in (("kirim", "--ke-berkas", "kiriman.pmm"), ("kirim", "--dari-berkas", "kiriman.pmm"), ("terima", "kiriman.pmm")):
        assert k.run(*way, **secret).code == 0, way
    (file,) = (k.machine.home / "ekspor").iterdir()
    file.write_text(file.read_text("utf-8").replace("dikonfirmasi_guru = true", "dikonfirmasi_guru = false"), "utf-8")
    assert k.run("rencana", "impor", file).code == 1
    assert k.run("diagnosa", PMM_TUI_TOKEN=k.token).code == 0
    assert k.run("impor", "daftar-guru.xlsx", PMM_TUI_TOKEN=k.token).code == 0


def _failed(k: Canary) -> None:
    """Whatever can go wrong from outside."""
    config = k.machine.home / "config" / "pmm-tui"
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
    for content in ("\0" + NIP, f'periode = "{NIP}"', f"{k.token} = 1", "[pegawai\n" + NAME):
        (k.machine.home / "buruk.toml").write_text(content, "utf-8")
        assert k.run("rencana", "impor", "buruk.toml").code == 1
        (k.machine.home / "buruk.csv").write_text(content, "utf-8")
        assert k.run("impor", "buruk.csv").code == 1
    (k.machine.home / "buruk.toml").unlink()
    (k.machine.home / "buruk.csv").unlink()
    full = subprocess.run(
        ["/bin/sh", "-c", f"exec {sys.executable} -m pmm_tui daftar >/dev/full"],
        env=k.machine.env,
        capture_output=True,
        check=False,
    )
    k.said.append(full.stderr)


def _damaged(k: Canary) -> None:
    """A crash in the screen and in a command, and the records damaged, then restored."""
    for bug in ("pull", "start", "command"):
        argv = ["/bin/sh", "-c", 'umask 000; exec "$@"', "sh", sys.executable, "-m", "tests.faults.input.broken", bug]
        with Window([*argv, "daftar"] if bug == "command" else argv, k.machine.env) as t:
            if bug == "pull":
                t.wait("Daftar Guru")
                t.press("f5")
            assert t.exit_code() == 1
            k.said += b"".join(chunk.content for chunk in t.chunks).rpartition(b"\x1b[?1049l")[::2]
    with k.open() as t:
        t.wait("Daftar Guru")
        t.kill(signal.SIGKILL)
        t.exit_code()
    damaged = bytearray(k.machine.database.read_bytes())
    damaged[4096:8192] = os.urandom(4096)
    k.machine.database.write_bytes(damaged)
    assert k.run("daftar").code == 4
    assert k.run("diagnosa").code == 4
    assert k.run("pulihkan").code == 0
    assert k.run("diagnosa").code in (0, 5)


def _practice(k: Canary) -> None:
    """Practice, with the operator's own token in the environment."""
    k.machine.env["PMM_TUI_TOKEN"] = k.token
    with k.open("latihan") as t:
        t.wait("1 dari 40 selesai", "Dari server")
        k.close(t)
    del k.machine.env["PMM_TUI_TOKEN"]
