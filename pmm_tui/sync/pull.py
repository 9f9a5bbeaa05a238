"""Fetches what the server lends (school, roster, rapor, catalogue) and what it decided, as cheaply as ETags and a cursor allow.

Each document is taken whole or not at all; one that does not hold up is refused with its place and the older one stays.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Awaitable, Callable
from contextlib import suppress
from datetime import datetime

import msgspec
from msgspec import Struct

from pmm_tui.errors import InputError, ShapeError
from pmm_tui.shapes.decode import decode, decode_json
from pmm_tui.skp.katalog import Katalog
from pmm_tui.skp.katalog_reader import bundled, parse_katalog
from pmm_tui.skp.model import Rapor, Sekolah
from pmm_tui.skp.nip import npsn_fault
from pmm_tui.store import ReferenceDocument, Store
from pmm_tui.sync import freshness
from pmm_tui.sync.changes import Changes
from pmm_tui.sync.http import trouble
from pmm_tui.sync.http.client import Client
from pmm_tui.sync.results import Document, NotModified, Stop
from pmm_tui.sync.roster_merge import PegawaiPage, merge, told_roster
from pmm_tui.text import clean_tree

_SERVER = "server"
_SKEW = 300.0
_log = logging.getLogger("pmm_tui.sync")

Fetch = Callable[[str], Awaitable[Document | NotModified | Stop]]


class PullReport(Struct, kw_only=True):
    """What a pull brought: which documents are new, how many teachers and plans it concerns, and what to tell the operator.

    `clock_skew` is this computer's clock minus the server's in seconds. `stop` is the trouble that ended it early.
    """

    sekolah: bool = False
    new_teachers: int = 0
    changed_teachers: int = 0
    rapor: bool = False
    katalog: bool = False
    changes: int = 0
    clock_skew: float = 0.0
    sentences: tuple[str, ...] = ()
    stop: Stop | None = None


class StatusServer(Struct, frozen=True):
    """The answer to `GET /v1/status`."""

    service: str
    api: int
    time: datetime


async def read_status(client: Client, now: Callable[[], datetime]) -> tuple[StatusServer, float] | Stop:
    """Ask who is there; returns that and our clock minus the server's in seconds."""
    document = await client.status()
    if isinstance(document, Stop):
        return document
    try:
        status = decode(document.value, StatusServer, "Server")
    except ShapeError:
        return trouble.other_service()
    if status.service != "pmm" or status.api != 1 or status.time.tzinfo is None:
        return trouble.other_service()
    return status, (now() - status.time).total_seconds()


async def pull(store: Store, client: Client, periode: str, now: Callable[[], datetime]) -> PullReport:
    """Fetch what is new for a period and take it in; what arrived before trouble stays. Raises StorageError."""
    began = time.monotonic()
    found = await _Pull(store, client, periode, now).through()
    _log.info(
        "fetching ended (%s) after %d ms: %d new teachers, %d changed, %d decisions",
        found.stop.kind if found.stop else "done",
        (time.monotonic() - began) * 1000,
        found.new_teachers,
        found.changed_teachers,
        found.changes,
    )
    return found


class _Pull:
    def __init__(self, store: Store, client: Client, periode: str, now: Callable[[], datetime]) -> None:
        self._store = store
        self._client = client
        self._periode = periode
        self._now = now
        self._report = PullReport()
        self._fresh: Document | None = None  # the school, when asking whether anything is new brought it
        self._refused = False

    async def through(self) -> PullReport:
        ask, client, periode = self._store.database.ask, self._client, self._periode
        if await self._nothing_new():
            return self._report
        status = await read_status(client, self._now)
        if isinstance(status, Stop):
            self._report.stop = status
            return self._report
        self._compare_clocks(status[1])
        await ask(self._same_server)
        steps: tuple[tuple[str, Fetch, Callable[[str, Document], None], bool], ...] = (
            ("sekolah", self._fetch_sekolah, self._sekolah, False),
            ("pegawai", client.pegawai, self._pegawai, False),
            (f"rapor/{periode}", lambda etag: client.rapor(periode, etag), self._rapor, True),
            (f"katalog/{periode}", lambda etag: client.katalog(periode, etag), self._katalog, True),
        )
        for name, fetch, take, optional in steps:
            self._report.stop = await self._step(name, fetch, take, optional)
            if self._report.stop:
                return self._report
        changes = Changes(self._store, client, periode, self._now)
        self._report.stop = await changes.through()
        self._report.changes = changes.count
        self._say(*changes.sentences)
        if not (self._report.stop or self._refused or changes.refused):
            await ask(freshness.remember, self._store, client.settings.url, periode)
        return self._report

    async def _nothing_new(self) -> bool:
        """Ask that in one exchange, where the server can say it; true also when the answer is trouble."""
        ask = self._store.database.ask
        etag = await ask(freshness.hint, self._store, self._client.settings.url, self._periode)
        if not etag:
            return False
        school = await self._client.sekolah(etag)
        match school:
            case Stop():
                self._report.stop = school
            case NotModified():
                if school.at:
                    self._compare_clocks((self._now() - school.at).total_seconds())
            case Document():
                self._fresh = school
                await ask(freshness.forget, self._store)
        return self._fresh is None

    def _compare_clocks(self, seconds: float) -> None:
        self._report.clock_skew = seconds
        if abs(seconds) > _SKEW:
            direction = "cepat" if seconds > 0 else "lambat"
            self._say(f"Jam komputer ini {abs(seconds) / 60:.0f} menit lebih {direction} dari server; periksa tanggal dan jam.")

    async def _fetch_sekolah(self, etag: str) -> Document | NotModified | Stop:
        return self._fresh or await self._client.sekolah(etag)

    def _same_server(self) -> None:
        """Forget another server's ETags and cursor: they mean nothing here."""
        url = self._client.settings.url
        if self._store.reference.memo(_SERVER) != url:
            with self._store.database.transaction():
                freshness.forget(self._store)
                self._store.reference.forget_versions()
                self._store.reference.set_memo(_SERVER, url)

    async def _step(self, name: str, fetch: Fetch, take: Callable[[str, Document], None], optional: bool) -> Stop | None:
        ask = self._store.database.ask
        kept = await ask(self._store.reference.get, name)
        document = await fetch(kept.etag if kept else "")
        if isinstance(document, Stop):
            return None if optional and document.status == 404 else document
        if isinstance(document, Document):
            try:
                await ask(take, name, document)
            except _OtherSchool as error:
                return Stop(reason=error.sentence, kind="akses")
            except InputError as error:
                self._refused = True
                self._say(f"{error.sentence} Yang lama tetap dipakai; bila berulang, hubungi pengelola server.")
        return None

    # ---- in the database's thread: all of one document or nothing

    def _sekolah(self, name: str, document: Document) -> None:
        sekolah = decode(document.value, Sekolah, "Data sekolah dari server")
        if not sekolah.nama or npsn_fault(sekolah.npsn):
            raise ShapeError("Data sekolah dari server: npsn: belum benar.", "npsn")
        kept = self._store.reference.get(name)
        if kept is not None and (ours := _npsn(kept)) not in ("", sekolah.npsn) and self._store.roster.all():
            raise _OtherSchool(
                f"Token ini milik sekolah lain (NPSN {sekolah.npsn}), data di komputer ini milik NPSN {ours}."
                " Pakai token sekolah ini, atau folder data lain (PMM_TUI_DATA) untuk sekolah itu."
            )
        self._keep(name, document)
        self._report.sekolah = kept is None or not freshness.same_but_version(kept.body, document.value)

    def _pegawai(self, name: str, document: Document) -> None:
        listed = decode(document.value, PegawaiPage, "Daftar guru dari server").pegawai
        store = self._store
        with store.database.transaction():
            kept = store.reference.get(name)
            merged = merge(listed, told_roster(kept), store.roster.all(), self._known_katalog)
            store.roster.write(merged.to_write)
            if merged.undecided:  # asked for in full until somebody decided
                self._refused = True
                document = msgspec.structs.replace(document, etag="")
            self._keep(name, document)
        self._report.new_teachers = sum(p.id == 0 for p in merged.to_write)
        self._report.changed_teachers = len(merged.to_write) - self._report.new_teachers
        self._say(*merged.sentences)

    def _rapor(self, name: str, document: Document) -> None:
        decode(document.value, Rapor, "Rapor Pendidikan dari server")
        self._keep(name, document)
        self._report.rapor = True

    def _katalog(self, name: str, document: Document) -> None:
        parse_katalog(document.value, "Katalog dari server").skema_periode(self._periode)
        self._keep(name, document)
        self._report.katalog = True

    def _known_katalog(self) -> Katalog:
        """The catalogue that tells which words a field may hold: the server's, else the bundled one."""
        if kept := self._store.reference.get(f"katalog/{self._periode}"):
            with suppress(InputError):
                return parse_katalog(msgspec.json.decode(kept.body), "Katalog dari server")
        return bundled()

    def _keep(self, name: str, document: Document) -> None:
        self._store.reference.put(name, document.etag, msgspec.json.encode(clean_tree(document.value)), self._now())

    def _say(self, *sentences: str) -> None:
        self._report.sentences += sentences


class _OtherSchool(InputError):
    """The token is another school's."""


def _npsn(kept: ReferenceDocument) -> str:
    with suppress(ShapeError):
        return decode_json(kept.body, Sekolah, kept.name).npsn
    return ""
