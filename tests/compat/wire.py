"""HTTP between client and server: recording what both say, and playing one of them to the other."""

from __future__ import annotations

import gzip
import http.client
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import urlsplit

import msgspec
from msgspec import Struct

_OWN = ("host", "user-agent", "content-length", "connection", "date", "server")  # of the moment and the version


class Request(Struct, frozen=True):
    """What a client said; `body` is inflated."""

    method: str
    path: str
    headers: dict[str, str]
    body: str = ""


class Answer(Struct, frozen=True):
    """What a server said; `body` is inflated."""

    status: int
    headers: dict[str, str]
    body: str = ""


class Exchange(Struct, frozen=True):
    """A request and its answer."""

    request: Request
    answer: Answer


CANNOT_INFLATE = Answer(415, {"accept-encoding": "identity", "content-type": "application/problem+json"}, "{}")
"""What a server says that takes no compression."""
Responder = Callable[[Request], Answer | None]


def read(path: Path) -> list[Exchange]:
    """The recorded exchanges of a file."""
    return msgspec.json.decode(path.read_bytes(), type=list[Exchange])


def write(path: Path, exchanges: Iterable[Exchange]) -> None:
    """Write exchanges, one member a line."""
    path.write_bytes(msgspec.json.format(msgspec.json.encode(list(exchanges)), indent=1) + b"\n")


def ask(url: str, request: Request) -> Answer:
    """Send a request to a server."""
    place = urlsplit(url)
    connection = http.client.HTTPConnection(place.hostname or "", place.port, timeout=20)
    try:
        connection.request(request.method, request.path, _packed(request) or None, request.headers)
        answer = connection.getresponse()
        headers = _kept(answer.headers)
        return Answer(answer.status, headers, _inflated(answer.read(), headers))
    finally:
        connection.close()


class Recorder:
    """Passes requests on to a server and keeps what both said.

    While `silent`, the client never hears the answer; while not `inflates`, it refuses what is compressed, by itself.
    """

    def __init__(self, url: str) -> None:
        self.url = url
        self.exchanges: list[Exchange] = []
        self.silent = False
        self.inflates = True

    def __call__(self, request: Request) -> Answer | None:
        packed = request.headers.get("content-encoding") == "gzip"
        answer = ask(self.url, request) if self.inflates or not packed else CANNOT_INFLATE
        self.exchanges.append(Exchange(request, answer))
        return None if self.silent else answer


class Replay:
    """Answers as the server did when the exchanges were recorded, one after the other; the clock alone is today's."""

    def __init__(self, exchanges: Iterable[Exchange]) -> None:
        self.asked: list[Request] = []
        self._answers = iter([one.answer for one in exchanges])

    def __call__(self, request: Request) -> Answer | None:
        self.asked.append(request)
        answer = next(self._answers, None)
        if answer is None or request.path != "/v1/status":
            return answer
        told = msgspec.json.decode(answer.body) | {"time": f"{datetime.now(UTC):%Y-%m-%dT%H:%M:%SZ}"}
        return msgspec.structs.replace(answer, body=msgspec.json.encode(told).decode())


@contextmanager
def listening(responder: Responder) -> Iterator[str]:
    """Let `responder` answer at an address of its own, which this gives."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            length = int(self.headers.get("content-length", 0))
            headers = _kept(self.headers)
            request = Request(self.command, self.path, headers, _inflated(self.rfile.read(length), headers))
            answer = responder(request)
            if answer is None:
                self.close_connection = True
                return
            body = _packed(answer)
            self.send_response(answer.status)
            for name, value in (answer.headers | {"content-length": str(len(body))}).items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body)

        do_POST = do_GET

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, args=(0.02,))
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def _kept(headers: Mapping[str, str]) -> dict[str, str]:
    return dict(sorted((name.lower(), value) for name, value in headers.items() if name.lower() not in _OWN))


def _packed(message: Request | Answer) -> bytes:
    body = message.body.encode()
    return gzip.compress(body, mtime=0) if message.headers.get("content-encoding") == "gzip" else body


def _inflated(body: bytes, headers: Mapping[str, str]) -> str:
    return (gzip.decompress(body) if headers.get("content-encoding") == "gzip" else body).decode()
