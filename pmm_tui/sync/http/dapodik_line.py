"""Dapodik's web service over HTTP: three paths, read only.

Invariant: the token goes to this computer or to an address of a private network and to nobody else; the connection is made to the
very address that was checked, so that a name that changes its mind leads nowhere. No proxy, no redirect, no path but `PATHS`.
"""

from __future__ import annotations

import asyncio
import logging
import re
import socket
import ssl
from collections.abc import Awaitable, Callable, Sequence
from http.cookiejar import CookieJar, DefaultCookiePolicy
from types import TracebackType
from typing import Literal, get_args
from urllib.parse import urlsplit

import httpx
from msgspec import Struct

from pmm_tui import __version__
from pmm_tui.address import NOT_NEAR, dapodik_fault, is_near
from pmm_tui.errors import ConfigError, ServerError
from pmm_tui.skp.nip import npsn_fault
from pmm_tui.sync.http import preload, response_body  # noqa: F401  (preload is for what it loads)

Path = Literal["getSekolah", "getGtk", "getRombonganBelajar"]
PATHS: tuple[Path, ...] = get_args(Path)
"""All that is ever asked: neither users with their passwords nor pupils."""

NEXT_STEP = (
    "di Dapodik buka Pengaturan > Web Service, tambahkan aplikasi pmm-tui dengan IP komputer ini (localhost bila Dapodik di sini, "
    "coba juga 127.0.0.1), lalu salin tokennya"
)
"""How the operator comes by a token."""
CAP = response_body.Cap(16 * 1024 * 1024, 16 * 1024 * 1024)
"""Bytes of one answer; 2,500 pupils, who come along with their classes, are about 3 MB."""

_TOKEN = re.compile(r"[\x21-\x7e]{1,512}")
_SHORT, _PAGE = 4_000, 64_000  # bytes; a refusal is a line, in JSON of its own or anywhere in a page
_LOCAL = ("127.0.0.1", "::1")
_FILE_INSTEAD = "atau impor berkas Daftar Guru unduhan Dapodik"
_log = logging.getLogger("pmm_tui.sync")

Resolve = Callable[[str, int], Awaitable[Sequence[str]]]
"""Finds the addresses of a name."""


class DapodikSettings(Struct, frozen=True, kw_only=True):
    """One Dapodik; building it checks it and raises ConfigError, with `url`, `token` or `npsn` as the key.

    Times in seconds: `connect` for each address, `read` for one pause, `total` for a whole answer.
    """

    url: str
    token: str
    npsn: str
    connect: float = 5.0
    read: float = 30.0
    total: float = 90.0

    def __post_init__(self) -> None:
        if fault := dapodik_fault(self.url):
            raise ConfigError(f"Alamat Dapodik: {fault}", "url")
        if not self.token:
            raise ConfigError(f"Token Dapodik belum ada: {NEXT_STEP}.", "token")
        if not _TOKEN.fullmatch(self.token):
            raise ConfigError("Token Dapodik harus satu baris huruf, angka dan tanda biasa tanpa spasi; salin ulang.", "token")
        if fault := npsn_fault(self.npsn):
            raise ConfigError(f"NPSN {fault}.", "npsn")

    def __repr__(self) -> str:
        return f"DapodikSettings(url={self.url!r})"  # the token is nobody's to read

    def __rich_repr__(self) -> list[tuple[str, str]]:
        """Show the address alone, as `repr` does."""
        return [("url", self.url)]


class Dapodik:
    """A connection to one Dapodik, as an async context manager; `transport` stands for the network, `resolve` for its names."""

    def __init__(
        self, settings: DapodikSettings, *, transport: httpx.AsyncBaseTransport | None = None, resolve: Resolve | None = None
    ) -> None:
        self.settings = settings
        parts = urlsplit(settings.url)
        self._host, self._port, self._netloc = parts.hostname or "", parts.port or 80, parts.netloc
        self._resolve = resolve or _resolved
        self._places: list[str] = []
        self._http = httpx.AsyncClient(
            transport=transport
            or httpx.AsyncHTTPTransport(
                verify=ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT),  # plain http: trusts nobody
                trust_env=False,
                limits=httpx.Limits(max_connections=1, max_keepalive_connections=1),
            ),
            trust_env=False,  # a school's proxy must not see the token
            timeout=httpx.Timeout(settings.read, connect=settings.connect),
            cookies=CookieJar(DefaultCookiePolicy(allowed_domains=[])),
        )

    async def __aenter__(self) -> Dapodik:
        """Return itself; the first question connects."""
        return self

    async def __aexit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        """Close the connection."""
        await self._http.aclose()

    async def ask(self, path: Path, *, start: int = 0, limit: int = 0) -> bytes:
        """Ask once and return the body as it came, the token taken out; `limit` above 0 asks for rows from `start` on.

        Raises ConfigError (key `url`, `token` or `npsn`) for what the operator has to put right, and ServerError.
        """
        if path not in PATHS:
            raise AssertionError("a path that is never asked")
        query = f"npsn={self.settings.npsn}"
        if limit > 0:
            query += f"&page={start // limit + 1}&start={start}&limit={limit}"
        places = self._places or await self._checked()
        for at, place in enumerate(places):
            try:
                content = await self._get(place, path, query)
            except (httpx.ConnectError, httpx.ConnectTimeout):
                if at + 1 < len(places):
                    continue
                raise ServerError(
                    f"Dapodik tidak menjawab di {self._netloc}; buka dulu aplikasi Dapodik di komputer itu dan periksa alamat dan "
                    "portnya (bawaan 5774)."
                ) from None
            self._places = [place]
            return content
        raise AssertionError("no address was tried")

    async def _checked(self) -> list[str]:
        """The addresses to connect to: all of them near, or none is tried."""
        if self._host == "localhost":  # whatever a hosts file makes of it
            return list(_LOCAL)
        if is_near(self._host):
            return [self._host]
        try:
            async with asyncio.timeout(self.settings.connect):
                found = list(dict.fromkeys(await self._resolve(self._host, self._port)))
        except (OSError, UnicodeError, TimeoutError):
            found = []
        if not found:
            raise ConfigError(f"Alamat Dapodik: nama {self._host} tidak ditemukan; pakai localhost atau alamat IP-nya.", "url")
        if not all(map(is_near, found)):
            raise ConfigError(f"Alamat Dapodik: {NOT_NEAR}", "url")
        return [address for address in found if "%" not in address] or found[:1]  # with a zone no URL has them

    async def _get(self, place: str, path: Path, query: str) -> bytes:
        host = f"[{place}]" if ":" in place else place
        url = f"http://{host}:{self._port}/WebService/{path}?{query}"
        headers = {
            "host": self._netloc,
            "authorization": f"Bearer {self.settings.token}",
            "accept": "application/json",
            "accept-encoding": "gzip",
            "user-agent": f"pmm-tui/{__version__}",
        }
        try:
            async with (
                asyncio.timeout(self.settings.total),
                self._http.stream("GET", url, headers=headers, follow_redirects=False) as response,
            ):
                reader = response_body.Reader(CAP, response.headers.get("content-encoding", ""))
                async for chunk in response.aiter_raw():
                    reader.feed(chunk)
                content = response_body.without(reader.whole(), self.settings.token)
        except (httpx.ConnectError, httpx.ConnectTimeout):
            raise
        except (TimeoutError, httpx.TimeoutException):
            raise ServerError(f"Dapodik di {self._netloc} lama tidak menjawab; tunggu sinkronisasinya, lalu coba lagi.") from None
        except response_body.BodyError as error:
            raise ServerError(f"Jawaban Dapodik ({path}) {error}; coba lagi, {_FILE_INSTEAD}.") from None
        except (httpx.HTTPError, httpx.InvalidURL, httpx.StreamError, OSError):
            raise ServerError(f"Jawaban Dapodik ({path}) terputus sebelum utuh; coba lagi, {_FILE_INSTEAD}.") from None
        _log.debug("dapodik answers %d with %d bytes", response.status_code, len(content))
        self._refuse(response.status_code, content, path)
        return content

    def _refuse(self, status: int, content: bytes, path: Path) -> None:
        """Raise for an answer that is none: the text says more than the status, which is 200 for most refusals."""
        is_json = content.removeprefix(b"\xef\xbb\xbf").lstrip()[:1] == b"{"
        words = "" if is_json and len(content) > _SHORT else content[:_PAGE].decode("utf-8", "replace").casefold()
        if "access denied" in words or status in (401, 403):
            raise ConfigError(
                "Dapodik menolak token ini, atau IP komputer ini bukan yang didaftarkan; di Dapodik buka Pengaturan > Web Service, "
                "periksa token dan IP-nya (localhost atau 127.0.0.1).",
                "token",
            )
        if "parameter npsn" in words:
            raise ConfigError("Dapodik meminta NPSN; isi NPSN sekolah ini.", "npsn")
        if "sekolah tidak ditemukan" in words:
            raise ConfigError(f"Dapodik itu tidak memegang sekolah dengan NPSN {self.settings.npsn}; periksa NPSN-nya.", "npsn")
        if 300 <= status < 400:
            raise ServerError(f"Yang menjawab di {self._netloc} mengalihkan ke alamat lain; itu tidak diikuti. Periksa alamatnya.")
        if status == 404:
            raise ServerError(
                f"Yang menjawab di {self._netloc} tidak mengenal {path}; periksa alamat, perbarui Dapodik, {_FILE_INSTEAD}."
            )
        if status != 200:
            raise ServerError(f"Dapodik sedang terganggu (kode {status}); buka ulang aplikasi Dapodik, lalu coba lagi.")
        if not is_json:
            raise ServerError(
                f"Yang menjawab di {self._netloc} bukan Web Service Dapodik; periksa alamat dan port (5774), {_FILE_INSTEAD}."
            )


async def _resolved(host: str, port: int) -> Sequence[str]:
    found = await asyncio.get_running_loop().getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return [str(address[0]) for *_, address in found]
