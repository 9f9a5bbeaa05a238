"""A server that was put back from a backup, and one whose database an earlier version made; and who sent a plan."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import httpx
import pytest

from pmm_tui.server import tables
from pmm_tui.server.engine import Database
from pmm_tui.server.tokens import create_token, list_tokens
from tests.server.sample_school import NIP, OTHER_NIP, PERIODE, MakeSekolah, SampleSchool

OLD = Path(__file__).parents[1] / "compat" / "data" / "server" / "server.db"
BUDI, SITI = {"nip": NIP, "nama": "Budi Santoso"}, {"nip": OTHER_NIP, "nama": "Siti Aminah"}


def changes(http: httpx.Client, cursor: str = "") -> httpx.Response:
    """What changed since a cursor."""
    return http.get("/v1/rencana", params={"sesudah": cursor})


Later = Callable[[SampleSchool, str], object]
LOST: dict[str, Later] = {
    "a plan": lambda sekolah, _: sekolah.store(SITI),
    "a decision": lambda sekolah, teacher: sekolah.decide(teacher, 1, "kembalikan"),
    "three decisions": lambda sekolah, teacher: [
        sekolah.decide(teacher, 1, word) for word in ("kembalikan", "setujui", "kembalikan")
    ],
}


@pytest.mark.parametrize("lost", LOST.values(), ids=LOST)
def test_a_cursor_from_after_the_backup_is_refused(tmp_path: Path, start_server, make_sekolah: MakeSekolah, lost: Later) -> None:
    """Backed up, grown, put back and grown another way: cursor and tag of before are refused, at, below and past their place."""
    first = start_server()
    sekolah = make_sekolah(server=first)
    sekolah.store(BUDI)
    (teacher,) = sekolah.ids().values()
    kept = changes(sekolah.http).json()["cursor"]
    backup = tmp_path / "backup.db"
    with closing(sqlite3.connect(first.database)) as source, closing(sqlite3.connect(backup)) as copy:
        source.backup(copy)
    lost(sekolah, teacher)
    cursor, tag = changes(sekolah.http).json()["cursor"], sekolah.http.get("/v1/sekolah").headers["etag"]
    first.stop()

    second = start_server(database=str(backup))
    for client in (sekolah.http, sekolah.kepala):
        client.base_url = second.url

    def is_refused() -> None:
        answer = changes(sekolah.http, cursor)
        assert (answer.status_code, answer.json()["type"]) == (400, "/problems/cursor")
        assert sekolah.http.get("/v1/sekolah", headers={"If-None-Match": tag}).status_code == 200
        assert changes(sekolah.http, kept).status_code == 200

    is_refused()
    for word in ("kembalikan", "setujui", "kembalikan", "kembalikan", "setujui"):
        sekolah.decide(teacher, 1, word)
        is_refused()
    sekolah.store(SITI)
    is_refused()


def test_every_cursor_that_was_given_holds(sekolah: SampleSchool) -> None:
    """Each cursor goes on from where it was given, however often the plans have changed since."""
    cursors = [changes(sekolah.http).json()["cursor"]]
    sekolah.store(BUDI)
    (teacher,) = sekolah.ids().values()
    for word in ("kembalikan", "setujui", "kembalikan"):
        cursors.append(changes(sekolah.http).json()["cursor"])
        sekolah.decide(teacher, 1, word)
    assert len(set(cursors)) == len(cursors)
    for cursor in cursors:
        (change,) = changes(sekolah.http, cursor).json()["perubahan"]
        assert (change["pegawai"], change["status"]) == (teacher, "dikembalikan")


def test_a_database_of_version_1_opens(tmp_path: Path) -> None:
    """It gets the columns and marks that are missing, keeps every row, is the same as a new one in shape, and opens again."""
    old, new = tmp_path / "old.db", tmp_path / "new.db"
    shutil.copy(OLD, old)
    with closing(sqlite3.connect(old)) as before:
        rows = {name: before.execute(f"SELECT * FROM {name} ORDER BY 1, 2").fetchall() for name in ("amplop", "rencana", "token")}
        assert before.execute("SELECT versi FROM skema").fetchall() == [(1,)]
    for _ in range(2):
        Database(str(old)).close()
    Database(str(new)).close()
    with closing(sqlite3.connect(old)) as after, closing(sqlite3.connect(new)) as fresh:
        assert after.execute("SELECT versi FROM skema").fetchall() == [(tables.SCHEMA_VERSION,)]
        for name, kept in rows.items():
            width = len(kept[0])
            assert [row[:width] for row in after.execute(f"SELECT * FROM {name} ORDER BY 1, 2")] == kept
        for name in tables.metadata.tables:
            shapes = [sorted(row[1:4] + row[5:] for row in one.execute(f"PRAGMA table_info({name})")) for one in (after, fresh)]
            assert shapes[0] == shapes[1], name
        marks = after.execute("SELECT r.urut, p.tanda FROM rencana r LEFT JOIN perubahan p USING (sekolah_id, urut)").fetchall()
        assert marks
        assert all(mark for _, mark in marks)
        assert len({mark for _, mark in marks}) == len(marks)
    assert {token.nama for token in list_tokens(str(old))} == {""}


def test_a_cursor_of_version_1_starts_over(tmp_path: Path, start_server) -> None:
    """What the earlier version gave is a 400 and no fault; from the start everything is told, and goes on from there."""
    shutil.copy(OLD, database := tmp_path / "old.db")
    server = start_server(database=str(database))
    http = httpx.Client(
        base_url=server.url,
        headers={"Authorization": f"Bearer {create_token(str(database), '69900001', 'operator')}"},
        trust_env=False,
    )
    with http:
        answer = changes(http, "e-699382e5")
        assert (answer.status_code, answer.json()["type"]) == (400, "/problems/cursor")
        told = changes(http).json()
        assert told["perubahan"]
        assert not any("oleh" in change for change in told["perubahan"])
        assert changes(http, told["cursor"]).json() == {"cursor": told["cursor"], "perubahan": []}
        plan = told["perubahan"][0]
        assert "oleh" not in http.get(f"/v1/rencana/{plan['periode']}/{plan['pegawai']}").json()


# ---- who sent it


def test_a_plan_says_who_sent_it(sekolah: SampleSchool) -> None:
    """The name of the token that sent the revision which stands; a token without one is told by its role and id."""
    sekolah.store(BUDI)
    (teacher,) = sekolah.ids().values()
    path = f"/v1/rencana/{PERIODE}/{teacher}"
    sekolah.decide(teacher, 1, "kembalikan")
    (change,) = changes(sekolah.http).json()["perubahan"]
    assert (change["oleh"], sekolah.http.get(path).json()["oleh"]) == ("Laptop TU", "Laptop TU")

    nameless = create_token(sekolah.database, sekolah.npsn, "operator")
    (id,) = [
        one.id for one in list_tokens(sekolah.database) if one.npsn == sekolah.npsn and not one.nama and one.peran == "operator"
    ]
    sekolah.http.headers["Authorization"] = f"Bearer {nameless}"
    sekolah.store(BUDI, revisi=2, dasar=1)
    (change,) = changes(sekolah.http).json()["perubahan"]
    assert change["oleh"] == sekolah.http.get(path).json()["oleh"] == f"operator {id[:4]}"
