"""What commit 71c5e4b left behind means the same to the program of today: records, files, bytes on the wire, and every answer.

`make_fixtures.py` says how the fixtures came about. Nothing here knows the program from inside: command lines, HTTP and SQL only.
"""

from __future__ import annotations

import hashlib
import json
import re
import sqlite3
import sys
from contextlib import closing
from pathlib import Path

import msgspec
import pytest

from tests.compat import wire
from tests.compat.cases import CASES, COMMANDS, CONFIG_OF, DELIVERIES, SHELLS, Case, P
from tests.compat.program import DATA, Computer, serving

TEACHER = "Agus Salim Nasution, S.Si., M.Si."  # whose plan was sent, and not judged yet
NAMED = rb"\"npsn\":\"69900001\","
_TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")
_RECEIPT = re.compile(r"R-[0-9A-Z]{4}-[0-9A-Z]{4}")
_SENDER = re.compile(r',"oleh":"operator [0-9a-z]{4}"')
_MARKED = (re.compile(r'(?<="cursor":")[0-9a-f]+-[0-9a-f]{8}'), re.compile(r'(?<="versi":")[\w-]{8}(?="})'))


def said(name: str) -> str:
    """What the program said then."""
    return (DATA / "said" / f"{name}.txt").read_bytes().decode()


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_every_answer_is_as_it_was(case: Case, tmp_path: Path) -> None:
    """Documents, sentences, exit codes and rows are those of then, on the records of then."""
    computer = Computer(tmp_path / "computer", case.config or CONFIG_OF[case.stage])
    if case.stage:
        computer.put(case.stage)
    assert computer.transcript(case.steps) == said(case.name)


def test_help_is_as_it_was(tmp_path: Path) -> None:
    """The help of every command has the same bytes."""
    assert Computer(tmp_path / "computer").transcript((*command, "--help") for command in COMMANDS) == said("help")


def test_completions_are_as_they_were(tmp_path: Path) -> None:
    """The completion of every shell has the same bytes."""
    computer = Computer(tmp_path / "computer")
    found = {shell: hashlib.sha256(computer.say("pelengkap", shell)[1].encode()).hexdigest() for shell in SHELLS}
    assert found == json.loads((DATA / "said" / "completions.json").read_bytes())


def test_plan_files_come_out_as_they_went_in(tmp_path: Path) -> None:
    """Every exported plan is read into an empty list of drafts and written again, byte for byte."""
    computer = Computer(tmp_path / "computer")
    computer.put("teachers")
    computer.say("rencana", "impor", "plans/*.toml")
    for period in ("2026", "2025", "2024-1"):
        assert computer.say("rencana", "ekspor", "--semua", "--ke", f"out-{period}", "--periode", period)[0] == 0
    for plan in (DATA / "plans").iterdir():
        (written,) = computer.root.glob(f"out-*/{plan.name}")
        assert written.read_bytes() == plan.read_bytes(), plan.name


def test_the_log_of_what_was_sealed_is_written_as_it_was(tmp_path: Path) -> None:
    """Sealing what was sealed then writes the same entry into the recovery log, but for the time, and the school, which is new."""
    computer = Computer(tmp_path / "computer")
    computer.put("drafts")
    computer.say("ajukan", "3", "15", *P)
    log = "pmm-tui-pemulihan.ndjson"
    then, now = ((folder / log).read_bytes() for folder in (DATA / "client" / "crashed", computer.data))
    digests = re.compile(rb'"sha256":"([^"]+)"')
    entries = [json.loads(line) for line in now.splitlines() if line]
    assert [found.decode() for found in digests.findall(now)] == [
        hashlib.sha256(entry["amplop"].encode()).hexdigest() for entry in entries
    ]
    assert now.count(NAMED) == len(entries) == 2
    moment = re.compile(rb'"waktu":"[^"]+"')
    assert digests.sub(b"", moment.sub(b"", now)).replace(NAMED, b"") == digests.sub(b"", moment.sub(b"", then))


def test_a_killed_program_left_its_log_of_writes() -> None:
    """The fixture still is what it is for: its database alone does not hold the envelopes that were on their way."""
    with closing(sqlite3.connect(f"{(DATA / 'client' / 'crashed' / 'pmm-tui.db').as_uri()}?immutable=1", uri=True)) as connection:
        assert connection.execute("SELECT count(*) FROM kiriman WHERE keadaan = 'sending'").fetchone() == (0,)


@pytest.mark.parametrize("stage", DELIVERIES)
def test_the_client_says_on_the_wire_what_it_said(stage: str, tmp_path: Path) -> None:
    """The requests have the bytes and headers that were recorded, and their answers lead to the same records and sentences."""
    computer = Computer(tmp_path / "computer", "client")
    computer.put(stage)
    expected = _exchanges(stage, "asked")
    replay = wire.Replay(exchange for exchanges in expected.values() for exchange in exchanges)
    with wire.listening(replay) as address:
        computer.env |= {"PMM_TUI_SERVER": address, "PMM_TUI_TOKEN": _token("operator")}
        for name, steps in DELIVERIES[stage]:
            replay.asked.clear()
            told = computer.transcript(steps)
            assert replay.asked == [exchange.request for exchange in expected[name]]
            assert told == said(name)


@pytest.mark.parametrize("folder", ["wire", "asked"])
@pytest.mark.parametrize("stage", DELIVERIES)
def test_the_server_answers_as_it_did(stage: str, folder: str, tmp_path: Path) -> None:
    """On its database of then, every request of then and of now gets the answer recorded; new receipts, moments and marks aside.

    Cursors and the school's tag hold marks, which chance gives when the database is brought up to date: those of then end there.
    """
    computer = Computer(tmp_path / "computer")
    database = computer.root / "server" / "server.db"
    known = _receipts_and_times(database)
    with serving(computer.root, database) as url:
        for exchange in (one for exchanges in _exchanges(stage, folder).values() for one in exchanges):
            if exchange.answer != wire.CANNOT_INFLATE:  # ours does
                answer = wire.ask(url, exchange.request)
                if exchange.request.path == "/v1/sekolah":
                    if exchange.answer.status == 304:
                        assert answer.status == 200
                        headers = exchange.request.headers | {"if-none-match": answer.headers["etag"]}
                        answer = wire.ask(url, msgspec.structs.replace(exchange.request, headers=headers))
                    answer.headers["etag"] = exchange.answer.headers["etag"]
                if exchange.request.path.startswith("/v1/katalog/"):  # the rules of later years
                    assert answer.status == exchange.answer.status
                    assert _ids(json.loads(exchange.answer.body)) <= _ids(json.loads(answer.body))
                    continue
                assert (answer.status, answer.headers) == (exchange.answer.status, exchange.answer.headers), exchange.request.path
                assert _settled(answer.body, known) == _settled(exchange.answer.body, known), exchange.request.path


def _ids(value: object, place: str = "") -> set[str]:
    """Every id of a catalogue, behind the names of the lists that it stands in."""
    if isinstance(value, dict):
        own = {f"{place}/{value['id']}"} if "id" in value else set()
        return own.union(*(_ids(item, f"{place}/{name}") for name, item in value.items()))
    return set[str]().union(*(_ids(item, place) for item in value)) if isinstance(value, list) else set()


def test_a_verdict_reaches_the_client(tmp_path: Path) -> None:
    """On both sides' records of then, the head's old token returns a plan, and the client hears of it."""
    computer = Computer(tmp_path / "computer", "client")
    computer.put("outbox")
    allowed = {"authorization": f"Bearer {_token('kepala_sekolah')}"}
    with serving(computer.root, computer.root / "server" / "server.db") as url:
        roster = json.loads(wire.ask(url, wire.Request("GET", "/v1/pegawai", allowed)).body)["pegawai"]
        (id,) = (one["id"] for one in roster if one["nama"] == TEACHER)
        verdict = '{"revisi": 1, "keputusan": "kembalikan", "catatan": "Lengkapi SK."}'
        assert wire.ask(url, wire.Request("POST", f"/v1/rencana/2026/{id}/keputusan", allowed, verdict)).status == 200
        computer.env |= {"PMM_TUI_SERVER": url, "PMM_TUI_TOKEN": _token("operator")}
        assert computer.say("tarik", *P)[0] == 1  # a plan of another computer came as well, and ours stands beside it
    listed = json.loads(computer.say("daftar", "--json", *P)[1])["guru"]
    assert [one["keadaan"] for one in listed if one["nama"] == TEACHER] == ["dikembalikan"]


def test_the_servers_tables_hold_what_they_held(tmp_path: Path) -> None:
    """A new server makes the tables that the old one made, each column with its type, and says that there are more now."""
    computer = Computer(tmp_path / "computer")
    made = ("server", "token", "buat", "--npsn", "69900001", "--peran", "operator", "--database", "new.db")
    assert computer.say(*made)[0] == 0
    then, now = DATA / "server" / "server.db", computer.root / "new.db"
    columns = 'SELECT m.name, c.name, c.type, c."notnull", c.pk FROM sqlite_schema m, pragma_table_info(m.name) c'
    assert set(_rows(then, columns)) < set(_rows(now, columns))
    assert [_rows(path, "SELECT versi FROM skema") for path in (then, now)] == [[(1,)], [(3,)]]


@pytest.mark.skipif(sys.platform != "linux", reason="the terminal of the tests needs Linux")
@pytest.mark.pty
def test_a_keymap_of_every_action_means_what_it_meant(tmp_path: Path) -> None:
    """Footers and help name the keys of the keymap, and the keys do what they did."""
    from tests.compat.screens import walk

    computer = Computer(tmp_path / "computer", "keys")
    computer.put("drafts")
    assert walk(computer) == said("keys")


def _exchanges(stage: str, folder: str) -> dict[str, list[wire.Exchange]]:
    return {name: wire.read(DATA / folder / f"{name}.json") for name, _ in DELIVERIES[stage]}


def _token(role: str) -> str:
    return str(json.loads((DATA / "server" / "tokens.json").read_bytes())[role])


def _rows(database: Path, question: str) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(f"{database.as_uri()}?mode=ro", uri=True)) as connection:
        return connection.execute(question).fetchall()


def _receipts_and_times(database: Path) -> frozenset[str]:
    return frozenset(
        value for row in _rows(database, "SELECT tanda_terima, waktu, waktu_status FROM amplop") for value in map(str, row)
    )


def _settled(body: str, known: frozenset[str]) -> str:
    """An answer without the receipts and moments that are not of the old database, and without what was not told then."""
    body = _SENDER.sub("", body)
    for pattern in (_TIME, _RECEIPT, *_MARKED):
        body = pattern.sub(lambda found: found[0] if found[0] in known else "<new>", body)
    return body
