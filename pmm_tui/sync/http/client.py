"""One server over HTTP: the only module that imports httpx.

Invariant: whatever answers, a call ends within its total deadline, takes no more than its cap, follows no redirect, gives the token
to nobody but the configured server, and returns a value of the closed set in `results`; only a wrong configuration raises.
"""

from __future__ import annotations

import asyncio
import gzip
import logging
import ssl
from collections.abc import Callable, Sequence
from http.cookiejar import CookieJar, DefaultCookiePolicy
from types import TracebackType
from typing import Any
from urllib.parse import quote

import httpx

from pmm_tui import __version__
from pmm_tui.skp.wire import NDJSON
from pmm_tui.sync.http import preload, problem, response_body, trouble  # noqa: F401  (preload is for what it loads)
from pmm_tui.sync.http.answer import Answer
from pmm_tui.sync.http.line import ServerSettings
from pmm_tui.sync.http.tls import context_for, socket_options
from pmm_tui.sync.results import Answered, Document, NotModified, Refused, Stop

_KEEP_ALIVE = 75.0
_log = logging.getLogger("pmm_tui.sync")
_BEFORE_REQUEST = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout, httpx.ProxyError, httpx.UnsupportedProtocol)
_BATCH_REFUSED = (400, 406, 413, 422)


class Client:
    """A connection to one server, as an async context manager. `gzip` tells whether batches go compressed."""

    def __init__(self, settings: ServerSettings, *, gzip: bool = True, transport: httpx.AsyncBaseTransport | None = None) -> None:
        """Prepare, without connecting; `transport` stands for the network. Raises ConfigError for a bad proxy or ca_file."""
        self.settings = settings
        self.gzip = gzip
        self.proxy = settings.proxy_url()
        self._base = settings.url.rstrip("/")
        secure = self._base.startswith("https:")
        self._tls = context_for(settings.ca_file) if secure else None
        network = transport or httpx.AsyncHTTPTransport(
            verify=self._tls or ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT),  # plain http to this computer: trusts nobody
            proxy=self.proxy or None,
            trust_env=False,  # the environment's proxy is chosen, checked and shown by the settings
            limits=httpx.Limits(max_connections=1, max_keepalive_connections=1, keepalive_expiry=_KEEP_ALIVE),
            socket_options=socket_options(),
        )
        self._http = httpx.AsyncClient(
            transport=network,
            trust_env=False,
            timeout=httpx.Timeout(settings.read, connect=settings.connect, write=settings.write),
            cookies=CookieJar(DefaultCookiePolicy(allowed_domains=[])),
        )
        self._http.headers = httpx.Headers({"user-agent": f"pmm-tui/{__version__}", "accept-encoding": "gzip"})
        for name in ("accept", "connection"):
            del self._http.headers[name]

    async def __aenter__(self) -> Client:
        """Return itself; the first call connects."""
        return self

    async def __aexit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        """Close the connection."""
        await self._http.aclose()

    # ---- what the server lends

    async def status(self) -> Document | Stop:
        """Ask who is there; without the token, as whoever is there may not be the server."""
        status = await self._document("/v1/status", cap=response_body.STATUS, token=False)
        assert not isinstance(status, NotModified)  # no ETag was sent
        return status

    async def sekolah(self, etag: str = "") -> Document | NotModified | Stop:
        """The token's school."""
        return await self._document("/v1/sekolah", etag)

    async def pegawai(self, etag: str = "") -> Document | NotModified | Stop:
        """The server's roster."""
        return await self._document("/v1/pegawai", etag)

    async def rapor(self, periode: str, etag: str = "") -> Document | NotModified | Stop:
        """The school's Rapor Pendidikan of a period."""
        return await self._document(f"/v1/rapor/{_segment(periode)}", etag)

    async def katalog(self, periode: str, etag: str = "") -> Document | NotModified | Stop:
        """The catalogue of a period."""
        return await self._document(f"/v1/katalog/{_segment(periode)}", etag)

    async def changes(self, cursor: str = "", *, content: bool = False) -> Document | NotModified | Stop:
        """What changed since a cursor, with `content` each plan with its envelope, where the server can do that."""
        return await self._document(f"/v1/rencana?sesudah={quote(cursor, safe='')}{'&isi=1' if content else ''}")

    async def history(self, periode: str, server_id: str) -> Document | NotModified | Stop:
        """The revisions and decisions of a plan; `server_id` is the server's id of the teacher."""
        return await self._document(f"/v1/rencana/{_segment(periode)}/{_segment(server_id)}/riwayat")

    async def rencana(self, periode: str, server_id: str) -> Document | NotModified | Stop:
        """The envelope that the server holds of a plan, and its status; `server_id` is its id of the teacher.

        Where the answer came whole and only says something twice, its value is None: it is about that one plan.
        """
        return await self._document(f"/v1/rencana/{_segment(periode)}/{_segment(server_id)}", doubtful=True)

    # ---- what we send

    def pack(self, lines: Sequence[bytes]) -> bytes:
        """The body that sends these envelopes."""
        content = b"".join(line + b"\n" for line in lines)
        return gzip.compress(content, 9, mtime=0) if self.gzip else content

    async def post_batch(self, lines: Sequence[bytes]) -> Answered | Refused | Stop:
        """Send sealed envelopes in one request; once more without compression where the server cannot inflate."""
        return await self._batch("/v1/rencana", lines)

    async def post_decisions(self, lines: Sequence[bytes]) -> Answered | Refused | Stop:
        """Send sealed decisions in one request, as envelopes are."""
        return await self._batch("/v1/keputusan", lines)

    async def _batch(self, path: str, lines: Sequence[bytes]) -> Answered | Refused | Stop:
        answer = await self._post(path, self.pack(lines))
        if self.gzip and isinstance(answer, Answer) and answer.cannot_inflate:
            self.gzip = False
            answer = await self._post(path, self.pack(lines))
        if isinstance(answer, Stop):
            return answer
        if answer.status in _BATCH_REFUSED:
            return Refused(
                status=answer.status, too_large=answer.status == 413, masalah=problem.masalah_of(answer.headers, answer.content)
            )
        document = answer.document()
        if isinstance(document, Stop):
            return document
        result = document.value.get("hasil") if isinstance(document.value, dict) else None
        if not isinstance(result, list) or len(result) > 4 * len(lines) + 16:
            return trouble.other_service()
        return Answered(tuple(result))

    async def _post(self, path: str, content: bytes) -> Answer | Stop:
        # What gzip's own checksum does for a compressed body, the digest does for a bare one (RFC 9530).
        guard = {"content-encoding": "gzip"} if self.gzip else {"content-digest": response_body.content_digest(content)}
        headers = {"content-type": NDJSON} | guard
        return await self._exchange("POST", path, response_body.BATCH, headers=headers, content=content)

    async def _document(
        self,
        path: str,
        etag: str = "",
        *,
        cap: response_body.Cap = response_body.REFERENCE,
        token: bool = True,
        doubtful: bool = False,
    ) -> Document | NotModified | Stop:
        headers = {"if-none-match": etag} if etag else {}
        answer = await self._exchange("GET", path, cap, headers=headers, token=token)
        if isinstance(answer, Answer) and answer.status == 304 and etag:
            return NotModified(answer.server_time)
        return answer if isinstance(answer, Stop) else answer.document(doubtful=doubtful)

    async def _exchange(
        self, method: str, path: str, cap: response_body.Cap, *, headers: dict[str, str], content: bytes = b"", token: bool = True
    ) -> Answer | Stop:
        if token and self.settings.token:
            headers["authorization"] = f"Bearer {self.settings.token}"
        loop = asyncio.get_running_loop()
        start = loop.time()
        _log.debug("%s with %d bytes", method, len(content))
        try:
            request = self._http.build_request(method, self._base + path, headers=headers, content=content or None)
            async with asyncio.timeout_at(start + self.settings.allowed(len(content))) as deadline:

                def moved(received: int) -> None:
                    deadline.reschedule(start + self.settings.allowed(len(content) + received))

                response = await self._http.send(request, stream=True)
                try:
                    return await self._read(response, cap, moved)
                finally:
                    await response.aclose()
        except TimeoutError:
            return trouble.too_slow(loop.time() - start)
        except response_body.BodyError as error:
            return trouble.damaged(str(error))
        except (httpx.HTTPError, httpx.InvalidURL, httpx.StreamError, OSError) as error:
            return trouble.of_error(
                error,
                self.settings.host,
                slow=isinstance(error, httpx.TimeoutException),
                proxy=bool(self.proxy),
                untouched=isinstance(error, _BEFORE_REQUEST),
            )

    async def _read(self, response: httpx.Response, cap: response_body.Cap, moved: Callable[[int], None]) -> Answer:
        """Read the answer within its cap; the body of an error may be lost, as its status says enough."""
        status, headers = response.status_code, response.headers
        try:
            reader = response_body.Reader(cap if status == 200 else response_body.PROBLEM, headers.get("content-encoding", ""))
            async for chunk in response.aiter_raw():
                reader.feed(chunk)
                moved(reader.received)
            content = response_body.without(reader.whole(), self.settings.token)
        except response_body.BodyError:
            if status == 200:
                raise
            content = b""
        _log.debug("answer %d with %d bytes", status, len(content))
        self._keep_session(response)
        return Answer(status, headers, content)

    def _keep_session(self, response: httpx.Response) -> None:
        stream = response.extensions.get("network_stream")
        connection = stream.get_extra_info("ssl_object") if stream and self._tls else None
        if connection is not None and self._tls:
            self._tls.sessions.keep(connection)


def _segment(text: Any) -> str:
    """Quote an id as one path segment, `.` and `..` too, which would lead to another path."""
    return quote(str(text), safe="").replace(".", "%2E") if set(str(text)) <= {"."} else quote(str(text), safe="")
