"""The application: each request passes the token, the role, the limits of its body and the queue before its work begins."""

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

from pmm_tui.server.admission import Gate, Shares
from pmm_tui.server.call import Call, Caller, Service, now_utc, stamp
from pmm_tui.server.engine import Database
from pmm_tui.server.incoming import Bodies
from pmm_tui.server.limits import Limits
from pmm_tui.server.logins import Logins
from pmm_tui.server.middleware import Outermost
from pmm_tui.server.request_body import read_body
from pmm_tui.server.responses import Problem, answer, encode, not_found
from pmm_tui.server.routes import ENDPOINTS, STATUS_PATH, Endpoint
from pmm_tui.skp.katalog import Katalog
from pmm_tui.skp.katalog_reader import bundled
from pmm_tui.skp.wire import WIRE_VERSION

_PARAM = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,79}")
_READERS = 4
_WRITERS = 4  # PostgreSQL; SQLite takes one writer at a time anyway


class Calls:
    """Runs the calls of the table: admission and bodies in the event loop, everything with the database in threads."""

    def __init__(self, service: Service) -> None:
        self._service = service
        self._logins = Logins(service)
        self._bodies = Bodies(service.limits)
        self._reading = _Desk("baca", service.limits.read_places, _READERS, service.limits)
        self._writing = _Desk("tulis", service.limits.write_places, 1 if service.database.sqlite else _WRITERS, service.limits)

    def close(self) -> None:
        """Wait for the work that runs, then stop the threads."""
        self._logins.close()
        self._reading.close()
        self._writing.close()

    async def run(self, route: Endpoint, request: Request) -> Response:
        """Answer one request: who is it, is there a place at all, its whole body, its place, its work; raises Problem."""
        request.scope["pmm.rute"] = route.path
        caller = await self._logins.caller(request)
        if not set(caller.roles) & set(route.roles):
            detail = f"Token berperan {caller.role} tidak boleh melakukan ini; pakai token {' atau '.join(route.roles)}."
            raise Problem(403, "peran", "Peran tidak sesuai", detail)
        if not all(_PARAM.fullmatch(value) for value in request.path_params.values()):
            raise not_found()
        if not route.writes:
            return await self._reading.work(route, self._call(request, caller), request)
        self._writing.look(caller.sekolah_id)
        with self._bodies.coming(caller.sekolah_id) as coming:
            body = await read_body(request, self._service.limits, coming)
            return await self._writing.work(route, self._call(request, caller, body), request)

    def _call(self, request: Request, caller: Caller, body: bytes = b"") -> Call:
        query = dict(request.query_params)
        return Call(service=self._service, caller=caller, params=request.path_params, query=query, body=body)


class _Desk:
    """Where one kind of work is done: its places, each school's share of them, and its threads."""

    def __init__(self, name: str, places: int, workers: int, limits: Limits) -> None:
        self._threads = ThreadPoolExecutor(workers, f"pmm-server-{name}")
        self._gate = Gate(places, workers, limits.queue_seconds, turns=limits.school_places)
        self._shares = Shares(self._gate, limits.school_places, limits.school_waiting, limits.queue_seconds / 2)

    def close(self) -> None:
        self._threads.shutdown()

    def look(self, school: str) -> None:
        self._shares.look(school)

    async def work(self, route: Endpoint, call: Call, request: Request) -> Response:
        school = call.caller.sekolah_id
        async with self._shares.turn(school):
            self._gate.enter(school)
            worked: float | None = None
            try:
                response, worked = await asyncio.get_running_loop().run_in_executor(self._threads, _work, route, call, request)
                return response
            finally:
                self._gate.leave(worked)


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
