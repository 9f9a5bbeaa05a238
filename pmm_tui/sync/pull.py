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

from pmm_tui.dates import clock_difference
from pmm_tui.errors import InputError
from pmm_tui.shapes.decode import decode
from pmm_tui.skp.katalog import Katalog
from pmm_tui.skp.katalog_reader import bundled, parse_katalog
from pmm_tui.skp.model import Rapor, Sekolah
from pmm_tui.store import Store
from pmm_tui.sync import acquaintance, freshness, server_time
from pmm_tui.sync.adopt import fetch_unseen
from pmm_tui.sync.changes import Changes
from pmm_tui.sync.http.client import Client
from pmm_tui.sync.results import Document, NotModified, Stop
from pmm_tui.sync.roster_counts import count_written
from pmm_tui.sync.roster_merge import PegawaiPage, merge, told_roster
from pmm_tui.sync.server_status import read_status
from pmm_tui.text import clean_tree

OWN_RAPOR = "Rapor Pendidikan di server diperbarui; yang dipakai tetap milik sekolah. Bandingkan dengan: pmm-tui rapor tampil."
_SKEW = 300.0
_log = logging.getLogger("pmm_tui.sync")

Fetch = Callable[[str], Awaitable[Document | NotModified | Stop]]


class PullReport(Struct, kw_only=True):
    """What a pull brought: which documents are new, how many teachers and plans it concerns, and what to tell the operator.

    `clock_skew` is this computer's clock minus the server's in seconds. `sentences` need attention, `news` do not; `stop` ended
    it; `first` tells that nothing was fetched or submitted here before. `known_teachers` were here with the same data.
    """

    first: bool = False
    sekolah: bool = False
    new_teachers: int = 0
    changed_teachers: int = 0
    known_teachers: int = 0
    rapor: bool = False
    katalog: bool = False
    changes: int = 0
    clock_skew: float = 0.0
    sentences: tuple[str, ...] = ()
    news: tuple[str, ...] = ()
    stop: Stop | None = None


async def pull(
    store: Store,
    client: Client,
    periode: str,
    now: Callable[[], datetime],
    *,
    npsn: str = "",
    ended: Callable[[str], bool] = lambda _: False,
) -> PullReport:
    """Fetch what is new for a period and take it in; what arrived before trouble stays. Raises StorageError.

    `npsn` is the school of this computer as the configuration names it; `ended` tells of a period whether it has ended.
    """
    began = time.monotonic()
    found = await _Pull(store, client, periode, now, npsn, ended).through()
    kind, took = found.stop.kind if found.stop else "done", (time.monotonic() - began) * 1000
    counts = kind, took, found.new_teachers, found.changed_teachers, found.changes
    _log.info("fetching ended (%s) after %d ms: %d new teachers, %d changed, %d decisions", *counts)
    return found


class _Pull:
    def __init__(
        self,
        store: Store,
        client: Client,
        periode: str,
        now: Callable[[], datetime],
        npsn: str,
        ended: Callable[[str], bool],
    ) -> None:
        self._npsn, self._ended = npsn, ended
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
            if self._report.stop is None:
                found = await fetch_unseen(self._store, client, self._now)
                self._report.news += found.news
                self._say(*found.sentences)
                self._report.stop = found.stop
            return self._report
        status = await read_status(client, self._now)
        if isinstance(status, Stop):
            self._report.stop = status
            return self._report
        await self._compare_clocks(status[1])
        await ask(acquaintance.same_server, self._store, client.settings.url)
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
        changes = Changes(self._store, client, self._now, self._ended)
        self._report.stop = await changes.through()
        self._report.changes = changes.count
        self._say(*changes.sentences)
        self._report.news += changes.news
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
                    await self._compare_clocks((self._now() - school.at).total_seconds())
            case Document():
                self._fresh = school
                await ask(freshness.forget, self._store)
        return self._fresh is None

    async def _compare_clocks(self, seconds: float) -> None:
        self._report.clock_skew = seconds
        await self._store.database.ask(server_time.remember, self._store, self._now(), seconds)
        if abs(seconds) > _SKEW:
            self._say(f"{clock_difference(seconds)}; periksa tanggal dan jam.")

    async def _fetch_sekolah(self, etag: str) -> Document | NotModified | Stop:
        return self._fresh or await self._client.sekolah(etag)

    async def _step(self, name: str, fetch: Fetch, take: Callable[[str, Document], None], optional: bool) -> Stop | None:
        ask = self._store.database.ask
        kept = await ask(self._store.reference.get, name)
        document = await fetch(kept.etag if kept else "")
        if isinstance(document, Stop):
            return None if optional and document.status == 404 else document
        if isinstance(document, Document):
            try:
                await ask(take, name, document)
            except acquaintance.OtherSchoolError as error:
                return error.stop
            except InputError as error:
                self._refused = True
                self._say(f"{error.sentence} Yang lama tetap dipakai; bila berulang, hubungi pengelola server.")
        return None

    # ---- in the database's thread: all of one document or nothing

    def _sekolah(self, name: str, document: Document) -> None:
        """Take the school in; one that is not ours ends the fetch before two rosters are mixed."""
        npsn = acquaintance.npsn_of(document.value)
        if stop := acquaintance.other_school(self._store, npsn, self._npsn):
            raise acquaintance.OtherSchoolError(stop)
        decode(document.value, Sekolah, "Data sekolah dari server")
        self._report.first = (kept := self._store.reference.get(name)) is None and not self._store.outbox.all()
        self._keep(name, document)
        acquaintance.remember(self._store, self._client.settings, npsn)
        self._report.sekolah = kept is None or not freshness.same_but_version(kept.body, document.value)

    def _pegawai(self, name: str, document: Document) -> None:
        listed = decode(document.value, PegawaiPage, "Daftar guru dari server").pegawai
        store = self._store
        with store.database.transaction():
            kept = store.reference.get(name)
            merged = merge(listed, told_roster(kept), ours := store.roster.all(), self._known_katalog, store.by_hand.values())
            store.roster.write(merged.to_write)
            if merged.undecided:  # asked for in full until somebody decided
                self._refused = True
                document = msgspec.structs.replace(document, etag="")
            self._keep(name, document)
        found = self._report
        found.new_teachers, found.known_teachers, found.changed_teachers = count_written(merged.to_write, ours)
        self._say(*merged.sentences)

    def _rapor(self, name: str, document: Document) -> None:
        decode(document.value, Rapor, "Rapor Pendidikan dari server")
        self._keep(name, document)
        self._report.rapor = True
        if self._store.own_rapor.all(self._periode):
            self._report.news += (OWN_RAPOR,)

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
