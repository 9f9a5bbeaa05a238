"""What the server refuses, cuts off and survives: sizes, codings, slow and broken clients, wrong addresses."""

from __future__ import annotations

import gzip
import json
import socket
import zlib
from collections.abc import Iterator

import httpx
import pytest

from pmm_tui.server.limits import Limits
from tests.server.sample_school import NIP, MakeSekolah, RunningServer, SampleSchool, envelope

BUDI = {"nip": NIP, "nama": "Budi Santoso"}
KB = 1024


def _problem(answer: httpx.Response) -> tuple[int, str]:
    """Status and type of an answer that must be a well-formed problem."""
    assert answer.headers["content-type"] == "application/problem+json"
    told = answer.json()
    assert set(told) >= {"type", "title", "status", "detail"}
    assert told["status"] == answer.status_code
    assert "Traceback" not in answer.text
    return answer.status_code, told["type"]


def _gzip(sekolah: SampleSchool, body: bytes | Iterator[bytes]) -> httpx.Response:
    return sekolah.http.post("/v1/rencana", content=body, headers={"Content-Encoding": "gzip"})


@pytest.mark.parametrize("coding", ["zstd", "br", "deflate", "gzip, gzip", "x"])
def test_unknown_coding(sekolah: SampleSchool, coding: str) -> None:
    """A coding that the server cannot inflate is a 415 that names gzip (RFC 9110 12.5.3)."""
    answer = sekolah.http.post("/v1/rencana", content=b"x", headers={"Content-Encoding": coding})
    assert _problem(answer) == (415, "/problems/pengodean")
    assert answer.headers["accept-encoding"] == "gzip"


@pytest.mark.parametrize("broken", [b"", b"no gzip", gzip.compress(b"x" * 900)[:-3], gzip.compress(b"x") + b"rest"], ids=len)
def test_broken_gzip(sekolah: SampleSchool, broken: bytes) -> None:
    """Gzip that is cut, is none, or goes on after its end is a 400, and nothing of it is stored."""
    assert _problem(_gzip(sekolah, broken)) == (400, "/problems/isi")


def test_cut_gzip_batch_stores_nothing(sekolah: SampleSchool) -> None:
    """A gzip batch cut at its end is not half stored."""
    whole = gzip.compress(envelope(BUDI) + b"\n" + envelope({"nip": "199001012019032007", "nama": "Siti"}))
    assert _gzip(sekolah, whole[:-1]).status_code == 400
    assert sekolah.ids() == {}


def test_gzip_bomb_is_cut_while_it_inflates(sekolah: SampleSchool) -> None:
    """A bomb of 200 MB in 200 kB is a 413; the server inflates no more than its limit and goes on serving."""
    deflate = zlib.compressobj(9, zlib.DEFLATED, 31)
    block = bytes(4 * KB * KB)
    bomb = b"".join(deflate.compress(block) for _ in range(50)) + deflate.flush()
    assert len(bomb) < 300 * KB
    assert _problem(_gzip(sekolah, bomb)) == (413, "/problems/terlalu-besar")
    sekolah.store()


def test_body_limit_by_length_and_while_reading(start_server, make_sekolah: MakeSekolah) -> None:
    """A body over the limit is a 413 by its declared length, and as well when no length was declared."""
    sekolah = make_sekolah(server=start_server(Limits(body_bytes=8 * KB)))
    alone = {"connection": "close"}  # the server closes behind a 413; what is asked next must not meet that
    large, pieces = b"x" * (8 * KB + 1), (b"y" * KB for _ in range(9))
    assert _problem(sekolah.http.post("/v1/rencana", content=large, headers=alone)) == (413, "/problems/terlalu-besar")
    assert _problem(sekolah.http.post("/v1/rencana", content=pieces, headers=alone)) == (413, "/problems/terlalu-besar")
    assert sekolah.http.post("/v1/rencana", content=b"x" * 8 * KB).status_code == 200
    assert sekolah.http.post("/v1/rencana", content=(b"y" * KB for _ in range(8))).status_code == 200


def test_too_many_lines(start_server, make_sekolah: MakeSekolah) -> None:
    """A batch of more lines than the server takes is a 413, so that the client halves it."""
    sekolah = make_sekolah(server=start_server(Limits(lines=3)))
    assert _problem(sekolah.http.post("/v1/rencana", content=b"1\n2\n3\n4")) == (413, "/problems/terlalu-besar")
    assert len(sekolah.post(b"1", b"2", b"3")) == 3


def test_wrong_paths_and_methods(sekolah: SampleSchool) -> None:
    """Unknown paths are one 404, also with a slash too many; a known path with another method is a 405 that names what it takes."""
    for path in ("/", "/v1", "/v1/rencana/", "/v1/status/", "/v2/status", "/v1/rencana/2026", "/%00", "/v1/r%C3%A9ncana"):
        assert _problem(sekolah.http.get(path)) == (404, "/problems/tidak-ada"), path
    for method, path, allowed in (
        ("DELETE", "/v1/rencana", "GET, HEAD, POST"),
        ("POST", "/v1/status", "GET, HEAD"),
        ("PUT", "/v1/rencana/2026/x/keputusan", "POST"),
        ("BREW", "/v1/sekolah", "GET, HEAD"),
    ):
        answer = sekolah.http.request(method, path)
        assert _problem(answer) == (405, "/problems/metode")
        assert answer.headers["allow"] == allowed


def test_head(sekolah: SampleSchool) -> None:
    """HEAD answers as GET does, without the body."""
    answer = sekolah.http.head("/v1/sekolah")
    assert (answer.status_code, answer.content) == (200, b"")
    assert answer.headers["etag"] == sekolah.http.get("/v1/sekolah").headers["etag"]


def test_fault_of_the_server_tells_nothing(start_server, make_sekolah: MakeSekolah, monkeypatch: pytest.MonkeyPatch) -> None:
    """A bug is a 500 problem without message, path or trace; the log names only its kind and place."""
    running = start_server()
    sekolah = make_sekolah(server=running)

    from pmm_tui.server import responses

    def boom(*args: object) -> bool:
        raise RuntimeError(f"rahasia {NIP}")

    monkeypatch.setattr(responses, "accepts_gzip", boom)
    answer = sekolah.http.get("/v1/katalog/2026")
    assert _problem(answer) == (500, "/problems/server")
    assert "rahasia" not in answer.text
    assert any("RuntimeError" in line for line in running.lines)
    assert not any("rahasia" in line or NIP in line for line in running.lines)


def test_storage_trouble_is_told_to_come_back(start_server, make_sekolah: MakeSekolah) -> None:
    """When the database cannot be used, the answer is a 503 with Retry-After, without its path, and nothing is claimed stored."""
    import sqlite3
    from contextlib import closing

    sekolah = make_sekolah(server=start_server())
    with closing(sqlite3.connect(sekolah.database)) as raw, raw:
        raw.execute("ALTER TABLE amplop RENAME TO hilang")
    answer = sekolah.http.post("/v1/rencana", content=envelope(BUDI))
    assert _problem(answer) == (503, "/problems/penyimpanan")
    assert int(answer.headers["retry-after"]) > 0
    assert "server.db" not in answer.text


# ---- slow and broken clients, byte by byte


def _connect(running: RunningServer) -> socket.socket:
    return socket.create_connection(("127.0.0.1", running.port), timeout=15)


def _rest(sock: socket.socket) -> bytes:
    """Everything until the server closes; a reset counts as closed."""
    gathered = b""
    try:
        while piece := sock.recv(65_536):
            gathered += piece
    except ConnectionError:
        pass
    return gathered


def _answer(sock: socket.socket) -> bytes:
    """One answer, whose body is JSON; an empty one when the connection ended."""
    gathered = b""
    while not gathered.rstrip().endswith(b"}"):
        try:
            piece = sock.recv(65_536)
        except ConnectionError:
            return b""
        if not piece:
            return b""
        gathered += piece
    return gathered


def _head(sekolah: SampleSchool, *lines: str) -> bytes:
    said = ["POST /v1/rencana HTTP/1.1", "Host: x", f"Authorization: Bearer {sekolah.token}", *lines, "", ""]
    return "\r\n".join(said).encode()


SLOW = Limits(head_seconds=0.3, gap_seconds=0.3, body_seconds=0.6, body_rate=1_000_000, linger_seconds=0.3, body_bytes=64 * KB)


@pytest.mark.parametrize("sent", [b"", b"GET /v1/status HTTP/1.1\r\nHost:"])
def test_slow_head_is_cut(start_server, sent: bytes) -> None:
    """A connection that never finishes its first head is closed without an answer."""
    with _connect(start_server(SLOW)) as sock:
        sock.sendall(sent)
        assert _rest(sock) == b""


def test_slow_second_head_is_cut(start_server) -> None:
    """After an answer an idle connection stays open, but a head that begins and does not end is cut."""
    with _connect(start_server(SLOW)) as sock:
        whole = b"GET /v1/status HTTP/1.1\r\nHost: x\r\n\r\n"
        sock.sendall(whole)
        assert b'"pmm"' in _answer(sock)
        sock.settimeout(1)
        with pytest.raises(TimeoutError):
            sock.recv(1)
        sock.settimeout(15)
        sock.sendall(whole)
        assert b'"pmm"' in _answer(sock)
        sock.sendall(b"GET /v1")
        assert _rest(sock) == b""


def test_slow_body_is_cut(start_server, make_sekolah: MakeSekolah) -> None:
    """A body that stops coming is a 408, and the connection does not stay."""
    running = start_server(SLOW)
    sekolah = make_sekolah(server=running)
    with _connect(running) as sock:
        sock.sendall(_head(sekolah, "Content-Length: 100") + b"{")
        assert b" 408 " in _rest(sock)


def test_dripping_body_is_cut(start_server, make_sekolah: MakeSekolah) -> None:
    """A body that drips without end meets the deadline of the whole, though no gap is long."""
    running = start_server(SLOW)
    sekolah = make_sekolah(server=running)
    with _connect(running) as sock:
        sock.sendall(_head(sekolah, "Content-Length: 60000"))
        sock.settimeout(0.05)
        answer = b""
        for _ in range(200):
            try:
                sock.sendall(b"x")
                answer += sock.recv(65_536)
            except TimeoutError:
                continue
            except ConnectionError:
                break
            if answer:
                break
        assert b" 408 " in answer


def test_refused_body_is_thrown_away_in_bounds(start_server, make_sekolah: MakeSekolah) -> None:
    """The rest of a refused body is read for a while, so that the refusal is readable; an endless one is cut."""
    running = start_server(SLOW)
    sekolah = make_sekolah(server=running)
    with _connect(running) as sock:
        sock.sendall(_head(sekolah, "Content-Length: 99999999"))
        assert b" 413 " in _answer(sock)
        assert _is_cut(sock, b"x" * 4 * KB)


def test_unread_answers_are_cut(start_server, make_sekolah: MakeSekolah) -> None:
    """A client that asks and asks and never reads is cut, instead of filling the server's memory."""
    running = start_server(Limits(write_seconds=0.3))
    sekolah = make_sekolah(server=running)
    ask = f"GET /v1/katalog/2026 HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {sekolah.token}\r\n\r\n".encode()
    with socket.socket() as sock:
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4 * KB)
        sock.connect(("127.0.0.1", running.port))
        assert _is_cut(sock, ask * 20)


def _is_cut(sock: socket.socket, more: bytes) -> bool:
    """Send until the server resets the connection; a full buffer only means waiting."""
    sock.settimeout(0.1)
    for _ in range(100_000):
        try:
            sock.send(more)
        except TimeoutError:
            continue
        except OSError:
            return True
    return False


def test_connection_survives_a_refused_body(start_server, make_sekolah: MakeSekolah) -> None:
    """After a 415 for a small body the same connection serves the next request."""
    running = start_server(SLOW)
    sekolah = make_sekolah(server=running)
    with _connect(running) as sock:
        sock.sendall(_head(sekolah, "Content-Encoding: br", "Content-Length: 5") + b"12345")
        assert b" 415 " in _answer(sock)
        sock.sendall(b"GET /v1/status HTTP/1.1\r\nHost: x\r\n\r\n")
        assert b'"pmm"' in _answer(sock)


def test_connections_are_capped(start_server) -> None:
    """Past the cap a new connection is told 503 and closed; when one leaves, there is room again."""
    running = start_server(Limits(connections=3))
    whole = b"GET /v1/status HTTP/1.1\r\nHost: x\r\n\r\n"
    open_ones = [_connect(running) for _ in range(3)]
    for sock in open_ones:
        sock.sendall(whole)
        assert b'"pmm"' in _answer(sock)
    with _connect(running) as extra:
        refused = _rest(extra)
        assert refused.startswith(b"HTTP/1.1 503 ")
        assert b"retry-after: 10" in refused
        assert json.loads(refused.partition(b"\r\n\r\n")[2])["type"] == "/problems/penuh"
    for sock in open_ones:
        sock.close()
    for _ in range(50):
        with _connect(running) as sock:
            sock.sendall(whole)
            if b'"pmm"' in _answer(sock):
                return
    raise AssertionError("no room after the others left")


@pytest.mark.parametrize(
    "junk",
    [b"\x16\x03\x01\x02\x00\x01\x00\x01", b"GET / HTTP/9.9\r\n\r\n", b"\r\n" * 9_000, b"GET /\x00 HTTP/1.1\r\n\r\n",
     b"POST /v1/rencana HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\n",
     b"POST /v1/rencana HTTP/1.1\r\nHost: x\r\nContent-Length: -1\r\n\r\n",
     b"POST /v1/rencana HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\nContent-Length: 5\r\n\r\n0\r\n\r\n",
     b"GET /v1/status HTTP/1.1\r\nHost: x\r\nX: " + b"a" * 70_000 + b"\r\n\r\n"],
    ids=range(8),
)  # fmt: skip
def test_what_is_no_http_ends_the_connection(start_server, junk: bytes) -> None:
    """TLS to a plain port, smuggled lengths, giant and broken heads get a problem or nothing, never a trace."""
    running = start_server(SLOW)
    with _connect(running) as sock:
        sock.sendall(junk)
        sock.shutdown(socket.SHUT_WR)
        answer = _rest(sock)
    assert b"Traceback" not in answer
    assert b" 200 " not in answer.partition(b"\r\n")[0]
    assert httpx.get(f"{running.url}/v1/status", trust_env=False).status_code == 200
