"""`pmm-tui latihan`: the real program against the real server, with a fictional school, in a folder of its own."""

from __future__ import annotations

import argparse
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from pmm_tui.errors import PmmError, ServerError, UsageError
from pmm_tui.perintah import layar
from pmm_tui.perintah.konteks import Konteks
from pmm_tui.perintah.latihan_server import TOKEN


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
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    konteks.out.say("Menyiapkan sekolah latihan …")
    with server_latihan(folder, plt) as url:
        token = (folder / TOKEN).read_text("ascii").strip()
        env = {**places.env, "PMM_TUI_SERVER": url, "PMM_TUI_TOKEN": token}
        practice = Konteks(env=env, locations=places.locations, out=konteks.out, periode=konteks.periode, now=konteks.now)
        return layar.buka(practice, latihan=True)


@contextmanager
def server_latihan(folder: Path, plt: bool) -> Iterator[str]:
    """Run the practice server as a child; gives its address."""
    command = [sys.executable, "-m", "pmm_tui.perintah.latihan_server", str(folder), *(["plt"] if plt else [])]
    child = subprocess.Popen(  # noqa: S603  our own module, no shell
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, encoding="utf-8"
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


def _why(trouble: str) -> PmmError:
    if "No module named" in trouble:
        return UsageError('Latihan butuh paket server; pasang dengan: pip install "pmm-tui[server]"')
    last = trouble.strip().splitlines()[-1:] or ["tanpa keterangan"]
    return ServerError(f"Server latihan tidak dapat dijalankan: {last[0]}")
