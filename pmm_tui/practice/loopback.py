"""The practice mode's server, as a process of its own: `python -m pmm_tui.practice.loopback FOLDER [plt] [kepala]`.

It is the reference server over a real socket and a real database. It prints its address when it answers, and ends when its standard
input does: with the program that started it, however that ended.
"""

from __future__ import annotations

import sys
import threading
from datetime import datetime
from pathlib import Path

from pmm_tui.errors import PmmError
from pmm_tui.practice.school import NPSN, RAPOR, school, school_teachers
from pmm_tui.private_file import write_private
from pmm_tui.skp.katalog_reader import bundled

TOKEN = "token"  # noqa: S105  a file name
HEAD_TOKEN = "token-kepala"  # noqa: S105  a file name
ACTING, HEAD = "plt", "kepala"
"""What the program may be told: the school's head is only acting; the head practises, so plans wait."""
DATABASE = "server.db"
MISSING = "Paket tidak terpasang:"


def main(folder: Path, plt: bool, head: bool) -> int:
    """Serve the fictional school until standard input ends; `head`: the head practises. Returns an exit code."""
    from pmm_tui.server.sekolah import load_school
    from pmm_tui.server.serve import serve
    from pmm_tui.server.tokens import create_token

    database = str(folder / DATABASE)
    rapor = {periode.id: RAPOR for periode in bundled().periode}
    load_school(database, school(plt), school_teachers(), rapor)
    if not (folder / TOKEN).exists():
        write_private(folder / TOKEN, create_token(database, NPSN, "operator").encode())
    if not (folder / HEAD_TOKEN).exists() or head:
        _hand_in(folder, database, head)
    stop = threading.Event()
    threading.Thread(target=_watch, args=(stop,), daemon=True).start()
    serve("127.0.0.1", 0, database, on_ready=lambda url: print(url, flush=True), stop=stop)
    return 0


def _hand_in(folder: Path, database: str, head: bool) -> None:
    """Put plans in that both can meet; the head's token is kept last, so that a start cut short begins anew."""
    from pmm_tui.practice.handed_in import hand_in
    from pmm_tui.server.tokens import create_token

    kept = folder / HEAD_TOKEN
    token = (
        kept.read_text("ascii").strip() if kept.exists() else create_token(database, NPSN, "kepala_sekolah", label="Kepala sekolah")
    )
    hand_in(database, ((folder / TOKEN).read_text("ascii").strip(), token), datetime.now().astimezone().date(), waiting=head)
    if not kept.exists():
        write_private(kept, token.encode())


def _watch(stop: threading.Event) -> None:
    sys.stdin.buffer.read()
    stop.set()


if __name__ == "__main__":
    try:
        sys.exit(main(Path(sys.argv[1]), ACTING in sys.argv[2:], HEAD in sys.argv[2:]))
    except PmmError as error:
        print(error.sentence, file=sys.stderr)
        sys.exit(error.exit_code)
    except ModuleNotFoundError as error:
        print(f"{MISSING} {error.name}", file=sys.stderr)
        sys.exit(1)
    except Exception:  # no traceback: names and numbers may stand in it
        print("program keliru; mulai lagi dengan pmm-tui latihan --ulang.", file=sys.stderr)
        sys.exit(1)
