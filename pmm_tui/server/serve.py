"""Running the server: a bound socket first, then the database, then uvicorn until somebody says stop."""

from __future__ import annotations

import asyncio
import contextlib
import errno
import signal
import socket
import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import uvicorn
from starlette.applications import Starlette

from pmm_tui.address import is_loopback
from pmm_tui.errors import PmmError, StorageError, UsageError
from pmm_tui.server.asgi import create_app
from pmm_tui.server.engine import Database
from pmm_tui.server.limits import Limits
from pmm_tui.server.uvicorn_connection import connection_class
from pmm_tui.skp.katalog import Katalog
from pmm_tui.text import clean, shorten

_GRACE = 10  # seconds for requests that run when the server is told to stop
_BACKLOG = 512
_LOOK = 50  # ticks of uvicorn, ten of them a second
_SIGNALS = tuple(getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGBREAK") if hasattr(signal, name))


def serve(
    host: str,
    port: int,
    database_url: str,
    *,
    on_ready: Callable[[str], None] | None = None,
    stop: threading.Event | None = None,
    log: Callable[[str], None] | None = None,
    say: Callable[[str], None] | None = None,
    katalog: Katalog | None = None,
    limits: Limits | None = None,
    tls_certificate: Path | None = None,
    tls_key: Path | None = None,
) -> None:
    """Serve until SIGINT, SIGTERM or `stop`; return when every running request was answered (at most 10 s).

    `port` 0 takes a free one. `on_ready` gets the base URL as soon as connections are answered, `log` one line a request, `say`
    sentences for whoever started the server. Signals are taken only in the main thread.
    Raises UsageError (address taken or not ours, certificate unreadable) and StorageError.
    """
    limits = limits or Limits()
    if (tls_certificate is None) != (tls_key is None):
        raise UsageError("TLS memerlukan --tls-sertifikat dan --tls-kunci; isi keduanya.")
    if say and tls_certificate is None and not is_loopback(host):
        say(
            f"Peringatan: {host} dapat dicapai dari luar tanpa TLS; pasang proxy TLS di depannya, "
            "atau pakai --tls-sertifikat dan --tls-kunci. Klien menolak http di luar komputer ini."
        )
    with _bind(host, port) as sock, closing(Database(database_url)) as database:
        app = create_app(database, katalog, limits=limits, log=log)
        try:
            config = _config(app, limits, tls_certificate, tls_key)
            url = _url(host, sock, tls=tls_certificate is not None)
            _Server(config, url, on_ready, stop, log, database).run(sockets=[sock])
        finally:
            app.state.calls.close()


class _Server(uvicorn.Server):
    """uvicorn's server, which tells when it is ready, stops on an event, and leaves signals as it found them."""

    def __init__(
        self,
        config: uvicorn.Config,
        url: str,
        on_ready: Callable[[str], None] | None,
        stop: threading.Event | None,
        log: Callable[[str], None] | None,
        database: Database,
    ) -> None:
        super().__init__(config)
        self._url, self._on_ready, self._stop, self._log = url, on_ready, stop, log
        self._database, self._told = database, False

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        asyncio.get_running_loop().set_exception_handler(self._on_loop_error)
        await super().startup(sockets)
        if self.started and self._on_ready:
            self._on_ready(self._url)

    async def on_tick(self, counter: int) -> bool:
        if self._stop is not None and self._stop.is_set():
            self.should_exit = True
        if counter % _LOOK == 0:
            self._look_at_files()
        return await super().on_tick(counter)

    def _look_at_files(self) -> None:
        """See to it that the database is still there, also while nobody asks, and say once when it is not."""
        try:
            self._database.look()
        except StorageError as error:
            if self._log and not self._told:
                self._log(f"! {error.sentence}")
            self._told = True

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        """As uvicorn's, but a signal that was obeyed is not raised again: the caller decides the exit code."""
        if threading.current_thread() is not threading.main_thread():
            yield
            return
        before = {number: signal.signal(number, self.handle_exit) for number in _SIGNALS}
        try:
            yield
        finally:
            for number, action in before.items():
                signal.signal(number, action)

    def _on_loop_error(self, _loop: Any, context: dict[str, Any]) -> None:
        """Note trouble on a connection, such as a failed TLS handshake, without its address."""
        if self._log:
            self._log(f"! sambungan {type(context.get('exception')).__name__}")


def _config(app: Starlette, limits: Limits, certificate: Path | None, key: Path | None) -> uvicorn.Config:
    config = uvicorn.Config(
        app,
        loop="asyncio",
        http=connection_class(limits),
        ws="none",
        lifespan="off",
        log_config=None,
        log_level="critical",  # its own lines are English and name paths and addresses
        access_log=False,
        workers=1,
        proxy_headers=False,
        server_header=False,
        timeout_keep_alive=limits.keep_alive_seconds,
        timeout_graceful_shutdown=_GRACE,
        ssl_certfile=certificate,
        ssl_keyfile=key,
    )
    try:
        config.load()
    except (OSError, ssl.SSLError):
        raise UsageError(f"Sertifikat {certificate} atau kunci {key} tidak dapat dibaca; keduanya harus berkas PEM.") from None
    if config.ssl is not None:
        config.ssl.num_tickets = 1  # a client keeps the last one; each is 255 bytes
    return config


def _bind(host: str, port: int) -> socket.socket:
    if not 0 <= port <= 65_535:
        raise UsageError(f"Port {port} tidak ada; pilih 1 sampai 65535, atau 0 untuk port bebas.")
    try:
        family, _, _, _, address = socket.getaddrinfo(host.strip("[]"), port, type=socket.SOCK_STREAM)[0]
    except (socket.gaierror, UnicodeError):
        raise UsageError(f'Alamat "{shorten(clean(host), 60)}" tidak dikenal; pakai misalnya 127.0.0.1.') from None
    try:
        sock = socket.create_server(address[:2], family=family, backlog=_BACKLOG)
    except PermissionError:
        raise UsageError(f"Port {port} tidak boleh dipakai tanpa hak khusus; pilih port di atas 1023.") from None
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            raise PmmError(f"Port {port} di {host} sudah dipakai program lain; pilih port lain dengan --port.") from None
        raise UsageError(f"Alamat {host} bukan milik komputer ini; pakai 127.0.0.1, atau 0.0.0.0 untuk semua.") from None
    with contextlib.suppress(AttributeError, OSError):  # Linux: the first packets are acknowledged with the answer, not before it
        sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_QUICKACK, 0)
    return sock


def _url(host: str, sock: socket.socket, *, tls: bool) -> str:
    host = f"[{host.strip('[]')}]" if ":" in host else host
    return f"{'https' if tls else 'http'}://{host}:{sock.getsockname()[1]}"
