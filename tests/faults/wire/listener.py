"""A port that writes down what it is told: in clear, and inside TLS. It can play a server, a proxy, and both."""

from __future__ import annotations

import socket
import ssl
import threading
from contextlib import suppress
from pathlib import Path

TLS = Path(__file__).parent / "tls"
_ANSWER = b"HTTP/1.1 503 Service Unavailable\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
_WAIT = 3.0


class Listener:
    """Listens in a thread. `plain` is every byte that came in clear, `secret` every byte that came inside TLS.

    `certificate` names the PEM of the TLS that it speaks, empty for none. With `proxy` (an answer to CONNECT) the TLS begins behind
    that answer; with `proxy_tls` the proxy itself speaks TLS with that PEM.
    """

    def __init__(self, certificate: str = "", *, answer: bytes = _ANSWER, proxy: bytes = b"", proxy_tls: str = "") -> None:
        self.plain = b""
        self.secret = b""
        self.connections = 0
        self._certificate, self._answer, self._proxy, self._proxy_tls = certificate, answer, proxy, proxy_tls
        self._socket = socket.create_server(("127.0.0.1", 0))
        self.port = int(self._socket.getsockname()[1])
        self._thread = threading.Thread(target=self._run, name="pendengar", daemon=True)
        self._thread.start()

    def url(self, scheme: str = "http", host: str = "127.0.0.1") -> str:
        """Where it listens."""
        return f"{scheme}://{host}:{self.port}"

    def stop(self) -> None:
        """End it, once it has dealt with whom it let in."""
        with suppress(OSError):
            self._socket.shutdown(socket.SHUT_RDWR)
        self._socket.close()
        self._thread.join(2 * _WAIT)

    def __enter__(self) -> Listener:
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    def _run(self) -> None:
        while True:
            try:
                connection, _ = self._socket.accept()
            except OSError:
                return
            self.connections += 1
            connection.settimeout(_WAIT)
            with suppress(OSError), connection:
                self._serve(connection)

    def _serve(self, connection: socket.socket) -> None:
        if self._proxy_tls:
            connection = _wrap(connection, self._proxy_tls)
        if self._proxy:
            self.plain += _head(connection)
            connection.sendall(self._proxy)
            if b" 200 " not in self._proxy:
                return
        if not self._certificate:
            self.plain += _request(connection)
            connection.sendall(self._answer)
            return
        with _wrap(connection, self._certificate) as inside:
            self.secret += _request(inside)
            inside.sendall(self._answer)


def _wrap(connection: socket.socket, name: str) -> ssl.SSLSocket:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(TLS / f"{name}.pem")
    return context.wrap_socket(connection, server_side=True)


def _head(connection: socket.socket) -> bytes:
    told = b""
    with suppress(OSError):
        while b"\r\n\r\n" not in told and (chunk := connection.recv(65_536)):
            told += chunk
    return told


def _request(connection: socket.socket) -> bytes:
    """What comes until the head is whole, and what comes with it."""
    told = _head(connection)
    connection.settimeout(0.05)
    with suppress(OSError):
        while chunk := connection.recv(65_536):
            told += chunk
    return told
