"""Who gets in: tokens, their storage, their end; and that one school never sees another."""

from __future__ import annotations

import hashlib
import sqlite3
from contextlib import closing
from pathlib import Path

import httpx
import pytest

from pmm_tui.errors import InputError
from pmm_tui.server.engine import Database
from pmm_tui.server.limits import Limits
from pmm_tui.server.routes import ENDPOINTS
from pmm_tui.server.tokens import create_token, list_tokens, revoke_token
from pmm_tui.skp.model import Pegawai
from tests.server.sample_school import NIP, OTHER_NIP, MakeSekolah, SampleSchool, envelope

BUDI = Pegawai(nama="Budi Santoso", nip=NIP)
SITI = Pegawai(nama="Siti Aminah", nip=OTHER_NIP)


def _paths(id: str) -> list[tuple[str, str]]:
    """Every call of the table, with a real period and the given id."""
    return [(endpoint.method, endpoint.path.format(periode="2026", id=id)) for endpoint in ENDPOINTS]


def test_token_is_stored_as_a_hash_alone(tmp_path: Path) -> None:
    """No file of the database holds the token; its SHA-256 is there."""
    folder = tmp_path / "server"
    url = str(folder / "s.db")
    token = create_token(url, "20512345", "operator")
    assert len(token) >= 43
    with closing(sqlite3.connect(url)) as raw:
        dump = "\n".join(raw.iterdump())
    assert hashlib.sha256(token.encode()).hexdigest() in dump
    for file in folder.iterdir():
        assert token.encode() not in file.read_bytes()


@pytest.mark.parametrize(
    ("npsn", "peran", "day"), [("123", "operator", None), ("20512345", "admin", None), ("20512345", "operator", 0)]
)
def test_token_for_nobody_is_refused(tmp_path: Path, npsn: str, peran: str, day: int | None) -> None:
    """A wrong NPSN, role or number of days is refused in words."""
    with pytest.raises(InputError):
        create_token(str(tmp_path / "s.db"), npsn, peran, days_valid=day)


def test_token_makes_its_school(server, make_sekolah: MakeSekolah) -> None:
    """A token for an NPSN that the server does not know makes the school, and works at once."""
    token = create_token(server.database, "70099999", "operator")
    answer = httpx.get(f"{server.url}/v1/sekolah", headers={"Authorization": f"bearer {token}"}, trust_env=False)
    assert answer.json()["npsn"] == "70099999"


def test_tokens_are_listed_and_revoked_by_id(sekolah: SampleSchool) -> None:
    """The list tells id, school, role and times; revoking by id ends that token at once and no other."""
    mine = [one for one in list_tokens(sekolah.database) if one.npsn == sekolah.npsn]
    assert {one.peran for one in mine} == {"operator", "kepala_sekolah"}
    assert all(not one.dicabut and not one.habis and sekolah.token not in one.id for one in mine)
    assert sekolah.http.get("/v1/sekolah").status_code == 200
    revoke_token(sekolah.database, next(one.id for one in mine if one.peran == "operator"))
    assert sekolah.http.get("/v1/sekolah").status_code == 401
    assert sekolah.kepala.get("/v1/sekolah").status_code == 200
    (gone,) = [one for one in list_tokens(sekolah.database) if one.npsn == sekolah.npsn and one.dicabut]
    revoke_token(sekolah.database, gone.id)
    assert gone in list_tokens(sekolah.database)
    with pytest.raises(InputError, match="tidak ada"):
        revoke_token(sekolah.database, "tidakada")


def test_expired_token_is_refused(sekolah: SampleSchool) -> None:
    """A token past its day is refused like one that never was."""
    token = create_token(sekolah.database, sekolah.npsn, "operator", days_valid=1)
    headers = {"Authorization": f"Bearer {token}"}
    assert sekolah.http.get("/v1/sekolah", headers=headers).status_code == 200
    with closing(Database(sekolah.database)) as database, database.write() as conn:
        conn.exec_driver_sql("UPDATE token SET habis = '2020-01-01T00:00:00Z' WHERE habis IS NOT NULL")
    assert sekolah.http.get("/v1/sekolah", headers=headers).status_code == 401


@pytest.mark.parametrize(
    "authorization",
    [None, "", "Bearer", "Bearer x", "Basic dXNlcjpwdw==", "Bearer ' OR 1=1 --", "Bearer " + "x" * 5_000, "Token x",
     b"Bearer \xff\xfe"],
    ids=str,
)  # fmt: skip
def test_no_call_without_a_token(sekolah: SampleSchool, authorization: str | bytes | None) -> None:
    """Every call but the status answers 401 with a type of its own, the same for every wrong token."""
    sekolah.store()
    id = sekolah.ids()["Budi Santoso"]
    headers = [] if authorization is None else [("Authorization", authorization)]
    with httpx.Client(base_url=str(sekolah.http.base_url), trust_env=False) as nobody:
        for method, path in _paths(id):
            answer = nobody.request(method, path, headers=headers)
            assert (answer.status_code, answer.json()["type"]) == (401, "/problems/token"), path
            assert answer.headers["www-authenticate"] == "Bearer"


def test_failed_logins_slow_down_but_spare_the_good(start_server, make_sekolah: MakeSekolah) -> None:
    """After a burst of wrong tokens an address is told to wait; a right token from there still works."""
    sekolah = make_sekolah(server=start_server(Limits(login_burst=3, login_seconds=60)))
    wrong = {"Authorization": "Bearer salah"}
    answers = [sekolah.http.get("/v1/sekolah", headers=wrong) for _ in range(5)]
    assert [answer.status_code for answer in answers] == [401] * 3 + [429] * 2
    assert 1 <= int(answers[-1].headers["retry-after"]) <= 60
    assert answers[-1].json()["type"] == "/problems/terlalu-sering"
    assert sekolah.http.get("/v1/sekolah").status_code == 200


# ---- schools apart


def test_every_route_keeps_schools_apart(make_sekolah: MakeSekolah) -> None:
    """With another school's ids every call answers like for an id that never was, and nothing of that school shows or changes."""
    ours, theirs = make_sekolah(SITI), make_sekolah(BUDI)
    stored = theirs.store({"nip": NIP})
    id = theirs.ids()["Budi Santoso"]
    secrets = (id, NIP, "Budi", theirs.npsn, stored["sha256"], stored["tanda_terima"])
    for method, path in _paths(id):
        never = path.replace(id, "tidakada")
        for client in (ours.http, ours.kepala):
            body = {"json": {"revisi": 1, "keputusan": "setujui"}} if path.endswith("keputusan") else {"content": b""}
            options = body if method == "POST" else {}
            answer = client.request(method, path, **options)
            like = client.request(method, never, **options)
            assert (answer.status_code, answer.content) == (like.status_code, like.content), path
            assert not any(secret in answer.text for secret in secrets), path
            if id in path:
                assert answer.status_code in (403, 404)
                assert "etag" not in answer.headers
    assert theirs.http.get(f"/v1/rencana/2026/{id}").json()["status"] == "diajukan"


def test_writing_with_another_school_s_keys_stays_at_home(make_sekolah: MakeSekolah) -> None:
    """Another school's id is refused, and its teacher's NIP makes a teacher and a plan of our own."""
    ours, theirs = make_sekolah(), make_sekolah(BUDI)
    held = theirs.store({"nip": NIP})
    id = theirs.ids()["Budi Santoso"]
    (foreign,) = ours.post(envelope({"id": id}))
    assert foreign["keadaan"] == "ditolak"
    assert foreign["pegawai"] == {"id": id}
    assert "dipegang" not in foreign
    mine = ours.store({"nip": NIP, "nama": "Budi S."})
    assert mine["tanda_terima"] != held["tanda_terima"]
    assert theirs.http.get(f"/v1/rencana/2026/{id}").json()["tanda_terima"] == held["tanda_terima"]
    assert list(ours.ids()) == ["Budi S."]
