"""Injection: SQL, headers, the log, and a second request hidden in the first."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

import pytest
from sqlalchemy import Engine, event

from tests.faults.server.conftest import MakeSchool, MakeServer
from tests.faults.server.server_kit import Connection, ServerFile, request_bytes
from tests.faults.server.values import judged, tidy_log
from tests.server.sample_school import NIP, NUPTK, OTHER_NIP, RunningServer, SampleSchool, envelope, sealed_decision

SQL = (
    "' OR '1'='1", "' OR 1=1 --", "'; DROP TABLE amplop; --", '" OR ""="', "') OR ('a'='a", "1; DELETE FROM token", "\\'; --",
    "' UNION SELECT sidik FROM token --", "'||(SELECT sidik FROM token)||'", "%' OR '%'='", "_%", "*/ OR 1=1 /*", "0x27",
    "ʼ OR 1=1", "'; ATTACH DATABASE 'x' AS x; --", "' AND randomblob(1000000000) --", "'; UPDATE token SET dicabut=NULL", ":id",
    "%s", "%(id)s", "{0}", "${jndi:x}", "$$ OR 1=1 $$", "E'\\x27'", "\x1a", "' OR sleep(5) --", "'; SELECT load_extension('x'); --",
)  # fmt: skip


def _ask(sekolah: SampleSchool, word: str) -> list[tuple[str, bytes]]:
    """The word in every place that a request has for words: path, query, header, token, and each member of the bodies."""
    path, token, kepala = quote(word, safe=""), sekolah.token, sekolah.token_kepala
    ascii_word = word.encode("utf-8").decode("latin-1").replace("\x1a", "")
    decision = {"revisi": 1, "keputusan": "kembalikan", "catatan": word}
    (id,) = list(sekolah.ids().values())[:1]
    lines = [
        envelope({"nip": NIP, "nama": word, "jenis_ptk": word, "golongan": word, "jenjang_jabatan": word}, 2, 9),
        envelope({"id": word}), envelope({"nip": word}), envelope({"nuptk": word}), envelope({"nip": NIP}, 2, 9, word[:40]),
        envelope({"nip": NIP, "nuptk": word, "id": word}),
        envelope({"nip": NIP}, 2, 1, tugas_tambahan={"tugas": [{"tugas": word}]}),
    ]  # fmt: skip
    return [
        *(("GET", request_bytes("GET", f"/v1/rencana/{one}", token)) for one in (f"2026/{path}", f"{path}/{id}", f"{path}/{path}")),
        *(("GET", request_bytes("GET", f"/v1/{one}/{path}", token)) for one in ("rapor", "katalog")),
        ("GET", request_bytes("GET", f"/v1/rencana?sesudah={path}", token)),
        ("GET", request_bytes("GET", "/v1/sekolah", ascii_word)),
        ("GET", request_bytes("GET", "/v1/sekolah", token, None, f"If-None-Match: {ascii_word}", f"Accept-Encoding: {ascii_word}")),
        ("POST", request_bytes("POST", f"/v1/rencana/2026/{path}/keputusan", kepala, json.dumps(decision).encode())),
        ("POST", request_bytes("POST", f"/v1/rencana/2026/{id}/keputusan", kepala, json.dumps(decision).encode())),
        (
            "POST",
            request_bytes("POST", f"/v1/rencana/2026/{id}/keputusan", kepala, json.dumps(decision | {"keputusan": word}).encode()),
        ),
        ("POST", request_bytes("POST", "/v1/rencana", token, b"\n".join(lines))),
        (
            "POST",
            request_bytes(
                "POST",
                "/v1/keputusan",
                kepala,
                b"\n".join(
                    sealed_decision({"nip": NIP, "nama": word}, 1, "injeksi000")
                    if member == ""
                    else sealed_decision(
                        {"nip": NIP}, 1, "injeksi001", **{member: {word: word} if member == "ekspektasi" else word}
                    )
                    for member in ("", "catatan", "dibaca", "dasar", "keputusan", "npsn", "ekspektasi", "periode")
                ),
            ),
        ),
    ]


@pytest.fixture
def sekolah(make_server: MakeServer, make_school: MakeSchool) -> SampleSchool:
    """A school with one plan, which stands."""
    made = make_school(make_server())
    made.store({"nip": NIP, "nuptk": NUPTK, "nama": "Budi"})
    return made


def _port(sekolah: SampleSchool) -> int:
    return int(sekolah.http.base_url.port or 0)


def test_words_never_become_sql(sekolah: SampleSchool, make_school: MakeSchool) -> None:
    """Whatever the words, the server runs the same statements as for harmless ones; no row of another school moves."""
    other = SampleSchool(str(sekolah.http.base_url), sekolah.database)
    other.store({"nip": OTHER_NIP, "nama": "Siti"})
    other.close()
    file = ServerFile(sekolah.database)
    before, tables = file.owned(other.npsn), file.rows("SELECT name, sql FROM sqlite_master ORDER BY name")
    seen: set[str] = set()

    def watch(_conn: Any, _cursor: Any, statement: str, *_: Any) -> None:
        seen.add(re.sub("point_[0-9]+", "point", statement))

    def run(words: tuple[str, ...]) -> set[str]:
        seen.clear()
        with Connection(_port(sekolah)) as line:
            for method, request in [pair for word in words for pair in _ask(sekolah, word)]:
                judged(line.ask(request, method), request)
        return set(seen)

    event.listen(Engine, "before_cursor_execute", watch)
    try:
        harmless = run(("biasa", "2026", "0tidakpernah"))
        attacked = run(SQL)
    finally:
        event.remove(Engine, "before_cursor_execute", watch)
    assert len(harmless) > 8
    assert attacked <= harmless
    assert file.owned(other.npsn) == before
    assert file.rows("SELECT name, sql FROM sqlite_master ORDER BY name") == tables
    assert file.sound()


def test_words_stay_the_words_that_they_are(sekolah: SampleSchool) -> None:
    """Each word, as a note and as a member of a plan, is stored and told again letter by letter."""
    (id,) = sekolah.ids().values()
    revision = 1
    for word in [word for word in SQL if word.isprintable()]:
        assert sekolah.decide(id, revision, "kembalikan", word).json()["catatan"] == word
        plan = {"data_diri": {"sesuai": True, "golongan": word}}
        sekolah.store({"nip": NIP}, revisi=revision + 1, dasar=revision, **plan)
        told = sekolah.http.get(f"/v1/rencana/2026/{id}").json()
        revision += 1
        assert (told["revisi"], told["amplop"]["rencana"]["data_diri"]["golongan"]) == (revision, word)


HOSTILE = (
    "%0d%0aX-Jahat:%20ya",
    "%0D%0A%0D%0AHTTP/1.1%20200%20OK",
    "%0aSet-Cookie:a=b",
    "%E5%98%8A%E5%98%8DX:1",
    "%00",
    "%85X:1",
    "%e2%80%a8X",
)


def test_no_header_and_no_line_of_the_log_is_anybody_else_s(make_server: MakeServer, make_school: MakeSchool) -> None:
    """Line breaks in every encoding, in path, query and body, make no header, no second answer, no line in the log."""
    server = make_server()
    sekolah = make_school(server)
    sekolah.store({"nip": NIP, "nama": "Budi"})
    server.lines.clear()
    asked = 0
    for bad in HOSTILE:
        body = envelope({"nip": NIP, "nama": "x\r\nX-Jahat: ya", "id": "a\r\nX: b"}, 1, 0, "p\r\nq")
        for method, request in (
            ("GET", request_bytes("GET", f"/v1/{bad}", sekolah.token)),
            ("GET", request_bytes("GET", f"/v1/rencana/2026/{bad}", sekolah.token)),
            ("GET", request_bytes("GET", f"/v1/rapor/{bad}?{bad}={bad}", sekolah.token)),
            ("GET", request_bytes("GET", f"/v1/rencana?sesudah={bad}", sekolah.token)),
            ("BREW", request_bytes("BREW", f"/v1/sekolah?{bad}", sekolah.token)),
            ("POST", request_bytes("POST", "/v1/rencana", sekolah.token, body)),
            ("POST", request_bytes("POST", f"/v1/rencana/2026/{bad}/keputusan", sekolah.token_kepala, b"{}")),
        ):
            with Connection(server.port) as line:
                judged(line.ask(request, method), request)
                line.sock.settimeout(0.01)
                with pytest.raises(TimeoutError):  # nothing behind the answer
                    line.sock.recv(1)
            asked += 1
    tidy_log(server.lines)
    assert len(server.lines) == asked
    assert "Jahat" not in "".join(server.lines)


_HIDDEN = b"GET /v1/status HTTP/1.1\r\nHost: x\r\n\r\n"
_POST = b"POST /v1/rencana HTTP/1.1\r\nHost: x\r\n"
SMUGGLED = {
    "length and chunks": _POST + b"Content-Length: 6\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
    "chunks and length": _POST + b"Transfer-Encoding: chunked\r\nContent-Length: 6\r\n\r\n0\r\n\r\n",
    "two lengths": _POST + b"Content-Length: 0\r\nContent-Length: 5\r\n\r\n",
    "two lengths in one": _POST + b"Content-Length: 0, 5\r\n\r\n",
    "a length with a sign": _POST + b"Content-Length: +5\r\n\r\n12345",
    "a length in hex": _POST + b"Content-Length: 0x5\r\n\r\n12345",
    "a length with a line": _POST + b"Content-Length: 1_0\r\n\r\n1234567890",
    "a length of other digits": _POST + "Content-Length: ٥\r\n\r\n12345".encode(),
    "a coding that ends otherwise": _POST + b"Transfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n",
    "a coding with a tab": _POST + b"Transfer-Encoding:\x0bchunked\r\n\r\n0\r\n\r\n",
    "two codings": _POST + b"Transfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n\r\n0\r\n\r\n",
    "an unknown coding": _POST + b"Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n",
    "a space before the colon": _POST + b"Content-Length : 0\r\n\r\n",
    "a space before the name": b"POST /v1/rencana HTTP/1.1\r\n Content-Length: 0\r\nHost: x\r\n\r\n",
    "a carriage return alone": _POST + b"A: b\rContent-Length: 0\r\n\r\n",
    "NUL in a header": _POST + b"A: \x00\r\nContent-Length: 0\r\n\r\n",
    "a negative chunk": _POST + b"Transfer-Encoding: chunked\r\n\r\n-1\r\n\r\n",
    "a chunk of other digits": _POST + b"Transfer-Encoding: chunked\r\n\r\n0x0\r\n\r\n",
    "a chunk longer than it says": _POST + b"Transfer-Encoding: chunked\r\n\r\n1\r\nabc\r\n0\r\n\r\n",
    "a chunk ended by one letter": _POST + b"Transfer-Encoding: chunked\r\n\r\n1\r\nxX0\r\n\r\n",
    "no host": b"POST /v1/rencana HTTP/1.1\r\nContent-Length: 0\r\n\r\n",
    "two hosts": _POST + b"Host: y\r\nContent-Length: 0\r\n\r\n",
    "HTTP/2": b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
    "a line of two spaces": b"POST  /v1/rencana HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\n\r\n",
}  # fmt: skip


@pytest.fixture(scope="module")
def one(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningServer]:
    """A server for all hidden requests."""
    server = RunningServer(tmp_path_factory.mktemp("s"))
    yield server
    server.stop()


@pytest.mark.parametrize("way", SMUGGLED)
def test_no_second_request_hides_in_a_wrong_one(one: RunningServer, way: str) -> None:
    """Where two servers could differ on the end of a request this one refuses and closes; what lies behind is not read."""
    with Connection(one.port) as line:
        line.sock.settimeout(5)
        line.send(SMUGGLED[way] + _HIDDEN)
        first = line.read("POST")
        rest = line.remaining()
    if first is not None:
        assert first.status >= 400, first
        judged(first, SMUGGLED[way], allowed=frozenset({501}))
    assert b'"pmm"' not in rest + (first.raw if first else b"")


def test_a_request_behind_a_right_one_is_seen(one: RunningServer) -> None:
    """The control: behind a whole request the hidden one is answered."""
    with Connection(one.port) as line:
        line.send(_POST + b"Content-Length: 0\r\n\r\n" + _HIDDEN)
        first, second = line.read("POST"), line.read()
    assert judged(first)["type"] == "/problems/token"
    assert judged(second)["service"] == "pmm"
