"""Who is calling: the login comes before everything else, in a thread of its own, so that no crowd takes anything from the others.

Whoever waits for it is looked up together with all that wait: a crowd with wrong tokens costs a query for each hundred.
"""

from __future__ import annotations

import asyncio
from concurrent.futures import ThreadPoolExecutor

from starlette.requests import Request

from pmm_tui.server.admission import Bucket
from pmm_tui.server.call import Caller, Service
from pmm_tui.server.responses import Problem, token_refused
from pmm_tui.server.tokens import identify

_TOGETHER = 100
_LONGEST = 200  # letters; ours have 43, and what is longer is nobody's

_Waiting = list[tuple[str, "asyncio.Future[Caller | None]"]]


class Logins:
    """Finds out whose token came with a request. One query is under way at a time; it began after each of its logins arrived."""

    def __init__(self, service: Service) -> None:
        self._service = service
        self._thread = ThreadPoolExecutor(1, "pmm-server-masuk")
        self._failed = Bucket(service.limits.login_burst, service.limits.login_seconds)
        self._waiting: _Waiting = []
        self._work: asyncio.Task[None] | None = None

    def close(self) -> None:
        """Wait for the query that runs, then stop the thread."""
        self._thread.shutdown()

    async def caller(self, request: Request) -> Caller:
        """The caller; raises Problem 401, or 429 for an address that fails too often."""
        scheme, _, secret = request.headers.get("authorization", "").partition(" ")
        secret = secret.strip()
        if scheme.lower() == "bearer" and 0 < len(secret) <= _LONGEST and (caller := await self._identify(secret)):
            return caller
        address = request.client.host if request.client else ""
        if seconds := self._failed.fail(address):
            detail = f"Terlalu banyak token salah dari alamat ini; coba lagi {seconds} detik lagi."
            raise Problem(429, "terlalu-sering", "Terlalu sering", detail, {"retry-after": str(seconds)})
        raise token_refused()

    async def _identify(self, secret: str) -> Caller | None:
        answer: asyncio.Future[Caller | None] = asyncio.get_running_loop().create_future()
        self._waiting.append((secret, answer))
        if self._work is None:
            self._work = asyncio.create_task(self._through())
        return await answer

    async def _through(self) -> None:
        """Look up all that wait, and those that come meanwhile."""
        while self._waiting:
            together, self._waiting = self._waiting[:_TOGETHER], self._waiting[_TOGETHER:]
            try:
                callers = await asyncio.get_running_loop().run_in_executor(self._thread, self._find, [one for one, _ in together])
            except Exception as error:  # whatever it is, it is the answer to each of them
                for _, answer in together:
                    if not answer.done():
                        answer.set_exception(error)
                continue
            for (_, answer), caller in zip(together, callers, strict=True):
                if not answer.done():
                    answer.set_result(caller)
        self._work = None

    def _find(self, secrets: list[str]) -> list[Caller | None]:
        with self._service.database.read() as conn:
            return identify(conn, secrets, self._service.stamp())
