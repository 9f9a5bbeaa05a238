"""The practice mode's server, as a process of its own: `python -m pmm_tui.practice.loopback FOLDER [plt]`.

It is the reference server over a real socket and a real database. It prints its address when it answers, and ends when its standard
input does: with the program that started it, however that ended.
"""

from __future__ import annotations

import sys
import threading
from pathlib import Path

from pmm_tui.errors import PmmError
from pmm_tui.practice.school import NPSN, RAPOR, school, school_teachers
from pmm_tui.private_file import write_private
from pmm_tui.skp.katalog_reader import bundled

TOKEN = "token"  # noqa: S105  a file name
DATABASE = "server.db"
MISSING = "Paket tidak terpasang:"


def main(folder: Path, plt: bool) -> int:
    """Serve the fictional school until standard input ends; returns an exit code."""
    from pmm_tui.server.sekolah import load_school
    from pmm_tui.server.serve import serve
    from pmm_tui.server.tokens import create_token

    database = str(folder / DATABASE)
    rapor = {periode.id: RAPOR for periode in bundled().periode}
    load_school(database, school(plt), school_teachers(), rapor)
    if not (folder / TOKEN).exists():
        write_private(folder / TOKEN, create_token(database, NPSN, "operator").encode())
    stop = threading.Event()
    threading.Thread(target=_watch, args=(stop,), daemon=True).start()
    serve("127.0.0.1", 0, database, on_ready=lambda url: print(url, flush=True), stop=stop)
    return 0


def _watch(stop: threading.Event) -> None:
    sys.stdin.buffer.read()
    stop.set()


if __name__ == "__main__":
    try:
        sys.exit(main(Path(sys.argv[1]), sys.argv[2:] == ["plt"]))
    except PmmError as error:
        print(error.sentence, file=sys.stderr)
        sys.exit(error.exit_code)
    except ModuleNotFoundError as error:
        print(f"{MISSING} {error.name}", file=sys.stderr)
        sys.exit(1)
    except Exception:  # no traceback: names and numbers may stand in it
        print("program keliru; mulai lagi dengan pmm-tui latihan --ulang.", file=sys.stderr)
        sys.exit(1)
