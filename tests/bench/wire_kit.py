"""What the measurements of the wire stand on: a running server, schools on it, their operators' computers."""

from __future__ import annotations

import itertools
import os
import socket
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import msgspec

from pmm_tui.practice.school import KEPALA, RAPOR, SEKOLAH
from pmm_tui.server.sekolah import load_school
from pmm_tui.server.tokens import create_token
from pmm_tui.skp.model import Pegawai, PengembanganKompetensi, RencanaKinerja
from pmm_tui.store import OutboxEntry, Store
from pmm_tui.sync.http.client import Client
from pmm_tui.sync.http.line import ServerSettings
from pmm_tui.sync.http.tls import context_for
from pmm_tui.sync.pull import PullReport, pull
from pmm_tui.sync.sender import send_due
from tests.bench.wire_certificates import HOST, ROOT
from tests.bench.wire_plan import PERIODE, school_plans

HTTPS = 443
_npsn = itertools.count(69_910_001)


def now() -> datetime:
    """The time of both sides."""
    return datetime.now(UTC)


@contextmanager
def here() -> Iterator[None]:
    """Let the certificate's name lead to this computer, past every proxy."""
    real = socket.getaddrinfo
    proxies = {name: os.environ.pop(name) for name in list(os.environ) if name.lower().endswith("_proxy")}

    def here(host: Any, *args: Any, **options: Any) -> Any:
        return real("127.0.0.1" if host in (HOST, HOST.encode()) else host, *args, **options)

    socket.getaddrinfo = here
    try:
        yield
    finally:
        socket.getaddrinfo = real
        os.environ.update(proxies)


def trust() -> ssl.SSLContext:
    """What a client trusts that knows nothing of ours."""
    return ssl.create_default_context(cafile=ROOT)


class Operator:
    """A school on the server, and its operator's computer with the 40 teachers in it; a context manager."""

    def __init__(self, folder: Path, database: str, port: int) -> None:
        self.npsn = npsn = str(next(_npsn))
        self.database = database
        self.plans = school_plans()
        self.teachers = tuple(pegawai for pegawai, _ in self.plans)
        school = msgspec.structs.replace(SEKOLAH, npsn=npsn, kepala_sekolah=KEPALA)
        load_school(database, school, self.teachers, {PERIODE: RAPOR})
        self.token = create_token(database, npsn, "operator")
        self.url = f"https://{HOST}" + (f":{port}" if port != HTTPS else "")
        self.folder = folder / npsn
        self.folder.mkdir(mode=0o700)
        self.store = Store.open(self.folder / "pmm-tui.db")

    def __enter__(self) -> Operator:
        return self

    def __exit__(self, *_: object) -> None:
        self.store.close()

    def environment(self, port: int) -> dict[str, str]:
        """The environment of the program on this computer, with the server behind another port; the store has to be closed."""
        config = self.folder / "config.toml"
        config.write_text(
            f'periode = "{PERIODE}"\n[server]\nurl = "https://{HOST}:{port}"\nca_file = "{ROOT.as_posix()}"\n', "utf-8"
        )
        places = {name: str(self.folder) for name in ("HOME", "XDG_CONFIG_HOME", "XDG_STATE_HOME", "PMM_TUI_DATA")}
        return {"PATH": os.environ["PATH"], "PMM_TUI_CONFIG": str(config), "PMM_TUI_TOKEN": self.token, "TERM": "dumb"} | places

    def client(self) -> Client:
        """A client of ours, as the program makes it."""
        return Client(ServerSettings(url=self.url, token=self.token, ca_file=ROOT))

    async def know_teachers(self) -> None:
        """Fetch the reference data, so that each teacher has the server's id; no TLS session stays."""
        async with self.client() as client:
            await self.pull(client)
        forget_sessions()

    def take_new_token(self) -> None:
        """Go on with another token of the school, whose school nobody has asked for yet."""
        self.token = create_token(self.database, self.npsn, "operator")

    async def pull(self, client: Client) -> PullReport:
        """Fetch what is new."""
        found = await pull(self.store, client, PERIODE, now)
        assert found.stop is None, found.stop
        return found

    def seal(self, count: int, edit: int = 0) -> tuple[OutboxEntry, ...]:
        """Submit so many plans, a single one being that of middling length; each `edit` is another content."""
        by_name: dict[str, Pegawai] = {p.nama: p for p in self.store.roster.all()}
        plans = sorted(self.plans, key=lambda pair: len(msgspec.json.encode(pair[1])))
        middle = len(plans) // 2
        chosen = self.plans if count == len(plans) else plans[middle : middle + count]
        seal = self.store.outbox.seal
        return tuple(seal(by_name[p.nama], PERIODE, _edited(plan, edit), edit, now(), self.npsn) for p, plan in chosen)

    async def send(self, count: int) -> None:
        """Send what waits, which must be `count` plans, as the program does."""
        summary = await send_due(self.store, self.client, now=now, forced=True)
        assert (summary.sent, summary.waiting, summary.stop) == (count, 0, None), summary


def _edited(plan: RencanaKinerja, edit: int) -> RencanaKinerja:
    first, *others = plan.pengembangan_kompetensi.rhk
    rhk = (msgspec.structs.replace(first, target=first.target + edit), *others)
    return msgspec.structs.replace(plan, pengembangan_kompetensi=PengembanganKompetensi(rhk=rhk))


def forget_sessions() -> None:
    """Begin as a process that has talked to nobody yet."""
    context_for.cache_clear()
