"""Makes what lies in `tests/compat/data`: `python -m tests.compat.make_fixtures`, or with `said` only what the program says of it.

Run on commit 71c5e4b, before names and modules changed, and kept for the next change of a format: then the fixtures of old stay,
and new ones go beside them. After a change that is meant, `said` writes anew what the program of today answers on the records of
then (`said/`) and what client and server say to each other (`asked/`); the difference is to be read line by line, and what the
clients of then said (`wire/`) stays.

Everything is done by the command line, the reference server and plain HTTP. The people are those of the practice school and do not
exist. What chance and the clock give (the server's ids, tokens, receipts, times) differs from run to run. `roster.csv` and
`config/` are written by hand and read, all else is made anew.
"""

from __future__ import annotations

import hashlib
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import threading
from contextlib import closing
from pathlib import Path

import msgspec

from tests.compat import wire
from tests.compat.cases import CASES, COMMANDS, CONFIG_OF, DELIVERIES, SHELLS, P
from tests.compat.program import DATA, Computer, serving
from tests.compat.school import (
    APPROVED,
    CLASHING,
    CONFLICT,
    EDITED,
    EXPORTED,
    FIRST_PLANS,
    FOREIGN,
    LOCKED,
    OTHER,
    QUEUED,
    READY,
    REJECTED,
    REPLACED,
    RETURNED,
    SEMESTER,
    SENT,
    UNKNOWN,
    School,
    complete,
    duties,
    keep,
)
from tests.compat.screens import walk

NPSN = "69900001"
PERIODS = ("2026", "2025", "2024-1")


def _offline(school: School) -> None:
    """The stages that need no server."""
    ours = school.ours
    school.done(ours, "impor", "roster.csv", *P, code=1)
    keep(ours, "teachers")
    school.plans(ours, FIRST_PLANS, code=1)
    school.plans(ours, {READY: complete(periode="2025"), QUEUED: SEMESTER})
    for period in PERIODS:
        school.done(ours, "rencana", "ekspor", "--semua", "--ke", "out", "--periode", period)
    for number, period in EXPORTED:
        (file,) = (ours.root / "out").glob(f"{number:04}-*-{period}.toml")
        shutil.copy(file, DATA / "plans")
    keep(ours, "drafts")


def _online(school: School, recorder: wire.Recorder, head: str) -> None:
    """Everything that can become of an envelope, then what the recorded delivery will meet."""
    ours, others = school.ours, school.others
    for computer in (ours, others):
        school.done(computer, "tarik", *P)
    school.plans(others, {CONFLICT: OTHER})
    school.submit(others, CONFLICT)
    school.done(others, "kirim")
    school.submit(ours, REJECTED, config="vocational")
    school.submit(ours, SENT, CONFLICT, APPROVED, RETURNED, EDITED, LOCKED)
    school.done(ours, "kirim", code=1)
    school.submit(ours, UNKNOWN)
    recorder.silent = True
    school.done(ours, "kirim", code=5)
    recorder.silent = False
    school.decide(recorder.url, head, APPROVED, "setujui")
    school.decide(recorder.url, head, RETURNED, "kembalikan", "Tambah satu RHK; lihat rapor.")
    school.done(ours, "tarik", *P)
    school.plans(ours, {EDITED: OTHER}, code=1)
    school.submit(ours, REPLACED)
    shutil.rmtree(ours.data / "cadangan")  # so that the copy is of this moment, and the log knows of more
    school.done(ours, "daftar", *P)
    school.plans(ours, {REPLACED: OTHER, LOCKED: OTHER}, code=1)
    school.plans(ours, {REPLACED: OTHER, LOCKED: OTHER})  # a change takes the teacher's word back, so it is given anew
    school.submit(ours, QUEUED, REPLACED, LOCKED, CLASHING)
    school.plans(others, {CLASHING: OTHER, FOREIGN: complete(tugas_tambahan=duties("pembina-ekstrakurikuler"))})
    school.submit(others, CLASHING, FOREIGN)
    school.done(others, "kirim")
    school.decide(recorder.url, head, LOCKED, "setujui", "Bagus.")


def _server(school: School) -> tuple[str, str]:
    """Load the school into the server; returns the tokens of operator and head."""
    host, database = school.host, ("--database", str(school.server))
    extra = "26;Komang Adi Saputra, S.Pd.;'1000000000096513;L;1995-05-15;;GTY/PTY;Guru Mapel;;;\n"
    with (host.root / "roster.csv").open("a", encoding="utf-8", newline="") as file:
        file.write(extra)
    profile = str(host.root / "config" / "school.toml")
    school.done(host, "server", "sekolah", "--npsn", NPSN, "--profil", profile, "--guru", "roster.csv", *database, code=1)
    made = ("server", "token", "buat", "--npsn", NPSN, "--peran")
    operator, head = (school.done(host, *made, role, *database).strip() for role in ("operator", "kepala_sekolah"))
    return operator, head


def _record(work: Path, token: str, folder: str) -> None:
    """Deliver stages to the last state of the server, and keep what both say."""
    for stage, deliveries in DELIVERIES.items():
        computer = Computer(work / f"recorded-{folder}-{stage}", "client")
        computer.put(stage)
        with serving(computer.root, computer.root / "server" / "server.db") as url:
            recorder = wire.Recorder(url)
            with wire.listening(recorder) as address:
                computer.env |= {"PMM_TUI_SERVER": address, "PMM_TUI_TOKEN": token}
                for name, steps in deliveries:
                    recorder.exchanges.clear()
                    recorder.inflates = name != "bare"
                    said = computer.transcript(steps)
                    wire.write(DATA / folder / f"{name}.json", recorder.exchanges)
                    _write(name, said)


def _crash(work: Path) -> None:
    """A stage whose program was killed while two plans were on their way: they are `sending`, and SQLite's log lies there."""
    computer = Computer(work / "crashed", CONFIG_OF["crashed"])
    computer.put("drafts")
    assert computer.say("ajukan", str(QUEUED), str(READY), *P)[0] == 0
    heard, over = threading.Event(), threading.Event()

    def stall(_: wire.Request) -> None:
        heard.set()
        over.wait(20)

    with wire.listening(stall) as address:
        env = computer.env | {"PMM_TUI_SERVER": address, "PMM_TUI_TOKEN": "x" * 40}
        with subprocess.Popen([sys.executable, "-m", "pmm_tui", "kirim"], env=env, stderr=subprocess.DEVNULL) as child:
            assert heard.wait(20)
            child.kill()
        over.set()
    keep(computer, "crashed")


def _settle(database: Path) -> None:
    """Take SQLite's log into the file."""
    with closing(sqlite3.connect(database)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        connection.execute("PRAGMA journal_mode = DELETE")


def _write(name: str, text: str) -> None:
    (DATA / "said" / f"{name}.txt").write_bytes(text.encode())


def _say(work: Path) -> None:
    """Keep what the program says to every case, all help, and the digests of the completions."""
    for case in CASES:
        computer = Computer(work / "cases" / case.name, case.config or CONFIG_OF[case.stage])
        if case.stage:
            computer.put(case.stage)
        _write(case.name, computer.transcript(case.steps))
    computer = Computer(work / "keys", "keys")
    computer.put("drafts")
    _write("keys", walk(computer))
    computer = Computer(work / "help")
    _write("help", computer.transcript((*command, "--help") for command in COMMANDS))
    scripts = {shell: hashlib.sha256(computer.say("pelengkap", shell)[1].encode()).hexdigest() for shell in SHELLS}
    (DATA / "said" / "completions.json").write_bytes(msgspec.json.format(msgspec.json.encode(scripts)) + b"\n")


def say_again() -> None:
    """Write anew what the program of today says on the records of then."""
    for name in ("said", "asked"):
        shutil.rmtree(DATA / name, ignore_errors=True)
        (DATA / name).mkdir()
    with tempfile.TemporaryDirectory(prefix="compat-") as folder:
        _record(Path(folder), msgspec.json.decode((DATA / "server" / "tokens.json").read_bytes())["operator"], "asked")
        _say(Path(folder))


def main() -> None:
    """Make everything."""
    for name in ("said", "asked", "wire", "server", "client", "plans"):
        shutil.rmtree(DATA / name, ignore_errors=True)
        (DATA / name).mkdir()
    with tempfile.TemporaryDirectory(prefix="compat-") as place:
        work = Path(place)
        school = School(work)
        _offline(school)
        operator, head = _server(school)
        with serving(school.host.root, school.server) as url:
            recorder = wire.Recorder(url)
            with wire.listening(recorder) as address:
                for computer in (school.ours, school.others):
                    config = str(computer.root / "config" / "client.toml")
                    computer.env |= {"PMM_TUI_SERVER": address, "PMM_TUI_TOKEN": operator, "PMM_TUI_CONFIG": config}
                _online(school, recorder, head)
        keep(school.ours, "outbox", copies=True)
        _settle(school.server)
        shutil.copy(school.server, DATA / "server" / "server.db")
        tokens = {"operator": operator, "kepala_sekolah": head}
        (DATA / "server" / "tokens.json").write_bytes(msgspec.json.format(msgspec.json.encode(tokens)) + b"\n")
        _crash(work)
        for folder in ("wire", "asked"):
            _record(work, operator, folder)
        _say(work)


if __name__ == "__main__":
    say_again() if sys.argv[1:] == ["said"] else main()
