"""`pmm-tui latihan`: the real program against the real server, with a fictional school, in a folder of its own."""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from pmm_tui.cli.commands import layar
from pmm_tui.cli.context import Konteks
from pmm_tui.config import Config
from pmm_tui.errors import ConfigError, PmmError, ServerError, UsageError
from pmm_tui.practice.loopback import KURANG, TOKEN
from pmm_tui.private_file import make_private_folder


def run(args: argparse.Namespace, konteks: Konteks) -> int:
    """Start the practice server, then the screen against it; both end together."""
    layar.check_terminal(konteks)
    return jalankan(konteks, ulang=args.ulang, plt=args.plt)


def jalankan(konteks: Konteks, *, ulang: bool = False, plt: bool = False) -> int:
    """Practise; `ulang` begins anew, `plt` gives the school an acting head. Raises PmmError."""
    places = konteks.for_practice()
    folder = places.locations.data_folder
    if ulang and folder.exists():
        places.open_store().close()  # refuses while another window practises
        shutil.rmtree(folder)
    make_private_folder(folder)
    konteks.out.say("Menyiapkan sekolah latihan …")
    with server_latihan(folder, plt) as url:
        token = (folder / TOKEN).read_text("ascii").strip()
        env = {**places.env, "PMM_TUI_SERVER": url, "PMM_TUI_TOKEN": token}
        practice = Konteks(env=env, locations=places.locations, out=konteks.out, periode=konteks.periode, now=konteks.now)
        return layar.buka(practice, latihan=True, rupa=_rupa(konteks))


def _rupa(konteks: Konteks) -> Config | None:
    """Look and keys are the operator's own, in practice as at work; a configuration that cannot be read is told at work."""
    try:
        return konteks.config if konteks.configured else None
    except ConfigError:
        return None


@contextmanager
def server_latihan(folder: Path, plt: bool) -> Iterator[str]:
    """Run the practice server as a child; gives its address."""
    command = [sys.executable, "-P", "-m", "pmm_tui.practice.loopback", str(folder), *(["plt"] if plt else [])]
    pipe = subprocess.PIPE
    child = subprocess.Popen(  # noqa: S603  our own module, no shell
        command, stdin=pipe, stdout=pipe, stderr=pipe, text=True, encoding="utf-8", env=_environment()
    )
    assert child.stdin is not None
    assert child.stdout is not None
    try:
        url = child.stdout.readline().strip()
        if not url:
            _, trouble = child.communicate(timeout=10)
            raise _why(trouble)
        yield url
    finally:
        child.stdin.close()  # the server ends with its input
        try:
            child.wait(5)
        except subprocess.TimeoutExpired:
            child.kill()
            child.wait()
        child.stdout.close()
        if child.stderr:
            child.stderr.close()


def _environment() -> dict[str, str]:
    """Ours, without the user's token and places; the child finds the modules that we found, and none of the working folder."""
    env = {name: value for name, value in os.environ.items() if not name.startswith("PMM_TUI_")}
    return env | {"PYTHONPATH": os.pathsep.join(str(Path(place).absolute()) for place in sys.path)}


def _why(trouble: str) -> PmmError:
    if trouble.startswith(KURANG):
        return UsageError('Latihan butuh paket server; pasang dengan: pip install "pmm-tui[server]"')
    last = trouble.strip().splitlines()[-1:] or ["berhenti tanpa keterangan; coba lagi."]
    return ServerError(f"Server latihan tidak dapat dijalankan: {last[0]}")
