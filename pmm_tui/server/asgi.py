"""The application: each request passes the queue, the token, the role and the limits of its body before its work begins."""

from __future__ import annotations

import asyncio
import re
import secrets
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import datetime
from typing import Any

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from pmm_tui.server.admission import Bucket, Gate
from pmm_tui.server.call import Call, Caller, Service, now_utc, stamp
from pmm_tui.server.engine import Database
from pmm_tui.server.limits import Limits
from pmm_tui.server.middleware import Outermost
from pmm_tui.server.request_body import read_body
from pmm_tui.server.responses import Problem, answer, encode, not_found, token_refused
from pmm_tui.server.routes import ENDPOINTS, STATUS_PATH, Endpoint
from pmm_tui.server.tokens import identify
from pmm_tui.skp.katalog import Katalog
from pmm_tui.skp.katalog_reader import bundled
from pmm_tui.skp.wire import WIRE_VERSION

_PARAM = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,79}")
_READERS = 4
_WRITERS = 4  # PostgreSQL; SQLite takes one writer at a time anyway


class Calls:
    """Runs the calls of the table: admission and bodies in the event loop, everything with the database in threads."""

    def __init__(self, service: Service) -> None:
        limits = service.limits
        self._service = service
        writers = 1 if service.database.sqlite else _WRITERS
        self._readers = ThreadPoolExecutor(_READERS, "pmm-server-baca")
        self._writers = ThreadPoolExecutor(writers, "pmm-server-tulis")
        self._read_gate = Gate(limits.read_places, _READERS, limits.queue_seconds)
        self._write_gate = Gate(limits.write_places, writers, limits.queue_seconds)
        self._failed = Bucket(limits.login_burst, limits.login_seconds)

    def close(self) -> None:
        """Wait for the work that runs, then stop the threads."""
        self._readers.shutdown()
        self._writers.shutdown()

    async def run(self, route: Endpoint, request: Request) -> Response:
        """Answer one request; raises Problem."""
        request.scope["pmm.rute"] = route.path
        gate = self._write_gate if route.writes else self._read_gate
        gate.enter()
        worked: float | None = None
        try:
            caller = await self._login(request)
            if caller.role not in route.roles:
                detail = f"Token berperan {caller.role} tidak boleh melakukan ini; pakai token {' atau '.join(route.roles)}."
                raise Problem(403, "peran", "Peran tidak sesuai", detail)
            if not all(_PARAM.fullmatch(value) for value in request.path_params.values()):
                raise not_found()
            body = await read_body(request, self._service.limits) if route.writes else b""
            call = Call(
                service=self._service,
                caller=caller,
                params=request.path_params,
                query=dict(request.query_params),
                body=body,
            )
            pool = self._writers if route.writes else self._readers
            response, worked = await asyncio.get_running_loop().run_in_executor(pool, _work, route, call, request)
            return response
        finally:
            gate.leave(worked)

    async def _login(self, request: Request) -> Caller:
        scheme, _, secret = request.headers.get("authorization", "").partition(" ")
        caller = None
        if scheme.lower() == "bearer" and secret.strip():
            loop = asyncio.get_running_loop()
            caller = await loop.run_in_executor(self._readers, self._identify, secret.strip())
        if caller is not None:
            return caller
        address = request.client.host if request.client else ""
        if seconds := self._failed.fail(address):
            detail = f"Terlalu banyak token salah dari alamat ini; coba lagi {seconds} detik lagi."
            raise Problem(429, "terlalu-sering", "Terlalu sering", detail, {"retry-after": str(seconds)})
        raise token_refused()

    def _identify(self, secret: str) -> Caller | None:
        with self._service.database.read() as conn:
            return identify(conn, secret, self._service.stamp())


def _work(route: Endpoint, call: Call, request: Request) -> tuple[Response, float]:
    began = time.monotonic()
    response = answer(route.work(call), request.headers, etag=route.etag, private=route.method == "GET")
    return response, time.monotonic() - began


def create_app(
    database: Database,
    katalog: Katalog | None = None,
    *,
    limits: Limits | None = None,
    log: Callable[[str], None] | None = None,
    now: Callable[[], datetime] = now_utc,
    chance: Callable[[int], bytes] = secrets.token_bytes,
) -> Starlette:
    """Build the ASGI application on an open database.

    `katalog` replaces the bundled one. `log` gets one line a request. `app.state.calls.close()` stops its threads; the database
    stays the caller's to close.
    """
    service = Service(
        database=database,
        katalog=katalog or bundled(),
        limits=limits or Limits(),
        log=_safe(log),
        now=now,
        chance=chance,
    )
    calls = Calls(service)

    async def status(request: Request) -> Response:
        request.scope["pmm.rute"] = STATUS_PATH
        body = encode({"service": "pmm", "api": WIRE_VERSION, "time": stamp(now())})
        return answer(body, request.headers, private=False)

    app = Starlette(
        routes=[Route(STATUS_PATH, status), *_routes(calls)],
        middleware=[Middleware(Outermost, log=service.log)],
        exception_handlers={HTTPException: _http_exception},
    )
    app.router.redirect_slashes = False  # a redirect would only hide a wrong address
    app.state.calls = calls
    return app


def _safe(log: Callable[[str], None] | None) -> Callable[[str], None]:
    """Wrap the log so that an error of its own (a full disk, a closed pipe) fails no request."""

    def write(line: str) -> None:
        if log is not None:
            with suppress(OSError, ValueError):
                log(line)

    return write


def _routes(calls: Calls) -> list[Route]:
    """Build one Starlette route for each path, so that a 405 names every method of the path."""
    paths: dict[str, dict[str, Endpoint]] = {}
    for route in ENDPOINTS:
        paths.setdefault(route.path, {})[route.method] = route

    def endpoint(methods: dict[str, Endpoint]) -> Callable[[Request], Any]:
        async def run(request: Request) -> Response:
            return await calls.run(methods["GET" if request.method == "HEAD" else request.method], request)

        return run

    return [Route(path, endpoint(methods), methods=list(methods)) for path, methods in paths.items()]


async def _http_exception(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    if error.status_code == 405:
        allowed = ", ".join(sorted((error.headers or {}).get("Allow", "").split(", ")))
        detail = f"Alamat ini hanya menerima {allowed}."
        return Problem(405, "metode", "Metode tidak dikenal", detail, {"allow": allowed}).response()
    return not_found().response()
