"""Tokens: only their digest at rest, compared in constant time, ended at once."""

from __future__ import annotations

import ast
import base64
import hashlib
import hmac
import inspect
import threading
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, event

from pmm_tui.server import tokens
from pmm_tui.server.call import now_utc, stamp
from pmm_tui.server.engine import Database
from pmm_tui.server.tokens import create_token, identify, list_tokens, revoke_token
from tests.faults.conftest import Count
from tests.faults.server.conftest import MakeSchool, MakeServer
from tests.faults.server.server_kit import Connection, ServerFile, request_bytes
from tests.faults.server.values import judged
from tests.server.sample_school import NIP, SampleSchool, envelope

BUDI = {"nip": NIP, "nama": "Budi"}


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def test_nothing_at_rest_lets_anybody_in(make_server: MakeServer, make_school: MakeSchool) -> None:
    """After use no file of the server and no line of its log holds a token, or 12 characters of one; what they hold is no token."""
    server = make_server()
    sekolah = make_school(server)
    sekolah.store()
    sekolah.decide(sekolah.ids()["Budi Santoso"], 1, "setujui")
    files = [path for path in Path(server.database).parent.iterdir() if path.is_file()]
    stored = b"".join(path.read_bytes() for path in files) + "\n".join(server.lines).encode()
    for token in (sekolah.token, sekolah.token_kepala):
        assert _digest(token).encode() in stored
        raw = base64.urlsafe_b64decode(token + "=")
        assert raw not in stored
        assert not any(token[at : at + 12].encode() in stored for at in range(len(token) - 11))
    kept = ServerFile(server.database).rows("SELECT id, awal, sidik FROM token")
    for secret in {word for row in kept for word in row}:
        assert sekolah.http.get("/v1/sekolah", headers={"Authorization": f"Bearer {secret}"}).status_code == 401


def test_nearly_a_token_is_none(folder: Path) -> None:
    """A token with any one character changed, left out, doubled, or in the other case, identifies nobody; the token itself does."""
    url = str(folder / "s.db")
    token = create_token(url, "20512345", "operator")
    near = {token.swapcase(), token + "=", token + "A", token[::-1], token.upper(), token.lower(), f" {token}", token + "\x00"}
    for at, letter in enumerate(token):
        near |= {token[:at] + other + token[at + 1 :] for other in "Aa0-_" if other != letter}
        near |= {token[:at] + token[at + 1 :], token[:at] + letter + token[at:]}
    near.discard(token)
    with closing(Database(url)) as database, database.read() as conn:
        assert [one for one in near if identify(conn, [one], stamp(now_utc())) != [None]] == []
        assert identify(conn, [token], stamp(now_utc())) != [None]
    assert len(near) > 250


def test_constant_time(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The database is asked by 8 letters of the digest alone; the whole is compared by `hmac.compare_digest` only."""
    url = str(folder / "s.db")
    token = create_token(url, "20512345", "operator")
    digest = _digest(token)
    file = ServerFile(url)
    for number in range(3):  # others whose digests begin alike
        file.rows(
            "INSERT INTO token SELECT ?, sekolah_id, peran, awal, ?, dibuat, habis, dicabut, nama FROM token LIMIT 1",
            f"palsu{number}", digest[:-1] + "ghi"[number],
        )  # fmt: skip
    compared: list[tuple[Any, Any]] = []
    asked: list[Any] = []
    whole: Callable[..., bool] = hmac.compare_digest

    def spy(one: Any, other: Any) -> bool:
        compared.append((one, other))
        return whole(one, other)

    def watch(_conn: Any, _cursor: Any, _statement: str, parameters: Any, *_: Any) -> None:
        asked.append(parameters)

    monkeypatch.setattr(hmac, "compare_digest", spy)
    event.listen(Engine, "before_cursor_execute", watch)
    try:
        with closing(Database(url)) as database, database.read() as conn:
            asked.clear()
            assert identify(conn, [token], stamp(now_utc())) != [None]
            assert identify(conn, [token[:-1]], stamp(now_utc())) == [None]
    finally:
        event.remove(Engine, "before_cursor_execute", watch)
    assert asked == [(digest[:8],), (_digest(token[:-1])[:8],)]
    assert {other for _, other in compared} == {digest}
    tree = ast.parse(inspect.getsource(tokens))
    bare = [ast.unparse(node) for node in ast.walk(tree) if isinstance(node, ast.Compare)]
    assert [text for text in bare if "sidik" in text or "digest" in text] == []


def test_revoked_under_load(make_server: MakeServer, make_school: MakeSchool, many: Count) -> None:
    """With eight open connections that ask without pause, no question begun after the revocation is answered; others' are."""
    server = make_server()
    other = make_school(server)
    for _ in range(many(2, 100)):
        _revoke_once(server.port, make_school(server), other)


def _revoke_once(port: int, sekolah: SampleSchool, other: SampleSchool) -> None:
    stop, warm = threading.Event(), threading.Semaphore(0)
    seen: list[tuple[str, float, int]] = []

    def ask(token: str) -> None:
        with Connection(port) as line:
            while not stop.is_set():
                began = time.monotonic()
                answer = line.ask(request_bytes("GET", "/v1/sekolah", token))
                assert answer is not None
                seen.append((token, began, answer.status))
                warm.release()

    threads = [threading.Thread(target=ask, args=(token,)) for token in [sekolah.token] * 6 + [sekolah.token_kepala, other.token]]
    for thread in threads:
        thread.start()
    for _ in range(50):
        assert warm.acquire(timeout=20)
    revoke_token(sekolah.database, _id(sekolah))
    revoked = time.monotonic()
    while sum(began > revoked for _, began, _ in list(seen)) < 50:
        assert warm.acquire(timeout=20)
    stop.set()
    for thread in threads:
        thread.join(20)
    assert {status for token, began, status in seen if token == sekolah.token and began > revoked} == {401}
    assert {status for token, _, status in seen if token != sekolah.token} == {200}


def _id(sekolah: SampleSchool) -> str:
    (found,) = [one.id for one in list_tokens(sekolah.database) if (one.npsn, one.peran) == (sekolah.npsn, "operator")]
    return found


def test_revoked_while_the_body_is_on_its_way(make_server: MakeServer, make_school: MakeSchool) -> None:
    """A plan whose head came before the revocation and whose end comes after it is not stored."""
    server = make_server()
    sekolah = make_school(server)
    line = envelope(BUDI)
    whole = request_bytes("POST", "/v1/rencana", sekolah.token, line)
    with Connection(server.port) as slow:
        assert slow.send(request_bytes("GET", "/v1/sekolah", sekolah.token) + whole[:-10])
        assert (first := slow.read()) is not None
        assert first.status == 200
        _wait_until_inside(server.port, server.lines)
        revoke_token(sekolah.database, _id(sekolah))
        slow.send(whole[-10:])
        told = judged(slow.read(), whole)
    assert told["type"] == "/problems/token"
    assert ServerFile(server.database).rows("SELECT count(*) FROM amplop") == [(0,)]


def _wait_until_inside(port: int, lines: list[str]) -> None:
    """The slow request has passed its login: enough later ones have been answered, and it has not."""
    with Connection(port) as line:
        for _ in range(20):
            line.ask(request_bytes("GET", "/v1/sekolah", "salah"))
    assert not any(" POST " in one for one in lines)
