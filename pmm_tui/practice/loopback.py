"""The practice mode's server, as a process of its own: `python -m pmm_tui.practice.loopback FOLDER [plt]`.

It is the reference server over a real socket and a real database. It prints its address when it answers, and ends when its standard
input does: with the program that started it, however that ended.
"""

from __future__ import annotations

import sys
import threading
from pathlib import Path

import msgspec

from pmm_tui.errors import PmmError
from pmm_tui.practice.school import KEPALA, KEPALA_PLT, NPSN, RAPOR, SEKOLAH, guru
from pmm_tui.private_file import write_private
from pmm_tui.skp.katalog_reader import bundled

TOKEN = "token"  # noqa: S105  a file name
BASIS = "server.db"
KURANG = "Paket tidak terpasang:"


def main(folder: Path, plt: bool) -> int:
    """Serve the fictional school until standard input ends; returns an exit code."""
    from pmm_tui.server.sekolah import muat_sekolah
    from pmm_tui.server.serve import serve
    from pmm_tui.server.tokens import buat_token

    database = str(folder / BASIS)
    sekolah = msgspec.structs.replace(SEKOLAH, kepala_sekolah=KEPALA_PLT if plt else KEPALA)
    rapor = {periode.id: RAPOR for periode in bundled().periode}
    muat_sekolah(database, sekolah, guru(), rapor)
    if not (folder / TOKEN).exists():
        write_private(folder / TOKEN, buat_token(database, NPSN, "operator").encode())
    berhenti = threading.Event()
    threading.Thread(target=_watch, args=(berhenti,), daemon=True).start()
    serve("127.0.0.1", 0, database, siap=lambda url: print(url, flush=True), berhenti=berhenti)
    return 0


def _watch(berhenti: threading.Event) -> None:
    sys.stdin.buffer.read()
    berhenti.set()


if __name__ == "__main__":
    try:
        sys.exit(main(Path(sys.argv[1]), sys.argv[2:] == ["plt"]))
    except PmmError as error:
        print(error.sentence, file=sys.stderr)
        sys.exit(error.exit_code)
    except ModuleNotFoundError as error:
        print(f"{KURANG} {error.name}", file=sys.stderr)
        sys.exit(1)
    except Exception:  # no traceback: names and numbers may stand in it
        print("program keliru; mulai lagi dengan pmm-tui latihan --ulang.", file=sys.stderr)
        sys.exit(1)
