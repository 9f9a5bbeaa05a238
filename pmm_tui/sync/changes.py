"""Fetches what changed on the server: decisions of the head, and plans that other computers sent."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from pmm_tui.errors import InputError, ShapeError
from pmm_tui.shapes.decode import decode
from pmm_tui.skp.wire import ChangePage
from pmm_tui.store import Store
from pmm_tui.sync.adopt import OtherPersonError, adopt
from pmm_tui.sync.http.client import Client
from pmm_tui.sync.receipts import MAX_HELD_REVISION
from pmm_tui.sync.results import Document, NotModified, Stop
from pmm_tui.sync.roster_merge import by_server_id, told_roster
from pmm_tui.text import clean, shorten

_PAGES = 50
_LONGEST_CURSOR = 400
_NOBODYS = "perubahan-tanpa-guru"  # the memo of server ids whose changes came while it was undecided who they are


class Changes:
    """Takes in what changed since the cursor. `count` counts it, `refused` tells that something in it did not hold up."""

    def __init__(self, store: Store, client: Client, periode: str, now: Callable[[], datetime]) -> None:
        self.count = 0
        self.sentences: tuple[str, ...] = ()
        self.refused = False
        self._store = store
        self._client = client
        self._periode = periode
        self._now = now
        self._foreign: dict[str, tuple[int, str]] = {}  # by server id: plans that another computer sent, and their digest
        self._taken = 0

    async def through(self) -> Stop | None:
        """Fetch it all; returns the trouble that ended it early."""
        await self._store.database.ask(self._decided_since)
        stop = await self._pages()
        if self._taken:
            self._say(f"{self._taken} rencana dari komputer lain diambil dari server.")
        return stop

    def _decided_since(self) -> None:
        """Ask for everything again when changes that belonged to nobody have somebody now: each is told only once."""
        store = self._store
        waiting = set((store.reference.memo(_NOBODYS) or "").split())
        if waiting & by_server_id(store.roster.all(), told_roster(store.reference.get("pegawai"))).keys():
            with store.database.transaction():
                store.reference.set_memo(_NOBODYS, "")
                store.reference.set_cursor("")

    # ---- what the head decided

    async def _pages(self) -> Stop | None:
        """Fetch page by page; the cursor moves on once the plans of others in it are stored too, as each change is told once."""
        ask = self._store.database.ask
        for _ in range(_PAGES):
            cursor = await ask(self._store.reference.cursor)
            page = await self._client.changes(cursor)
            if isinstance(page, Stop) and page.status in (400, 410) and cursor:
                await ask(self._store.reference.set_cursor, "")  # the server no longer knows it: everything again
                continue
            if isinstance(page, Stop):
                return page
            if isinstance(page, NotModified):
                return None
            try:
                after, more = await ask(self._take_changes, page.value)
            except ShapeError as error:
                self.refused = True
                self._say(f"{error.sentence} Bila berulang, hubungi pengelola server.")
                return None
            if stop := await self._others():
                return stop
            if after == cursor:
                return None
            await ask(self._store.reference.set_cursor, after)
            if not more:
                return None
        return None

    def _take_changes(self, value: Any) -> tuple[str, bool]:
        """Take in one page, all or nothing; returns the cursor behind it and whether another follows."""
        page = decode(value, ChangePage, "Perubahan dari server")
        if len(page.cursor) > _LONGEST_CURSOR:
            raise ShapeError("Perubahan dari server: cursor: terlalu panjang.", "cursor")
        store = self._store
        with store.database.transaction():
            told = told_roster(store.reference.get("pegawai"))
            ids = by_server_id(store.roster.all(), told)
            nobodys = {p.pegawai for p in page.perubahan} & {row.id for row in told} - ids.keys()
            if nobodys:
                store.reference.set_memo(_NOBODYS, " ".join({*(store.reference.memo(_NOBODYS) or "").split(), *nobodys}))
            for p in page.perubahan:
                if p.pegawai in ids and 1 <= p.revisi <= MAX_HELD_REVISION:
                    note, when, status = shorten(p.catatan, 1000), shorten(clean(p.waktu), 60), shorten(clean(p.status), 60)
                    store.outbox.hold(ids[p.pegawai], p.periode, p.revisi, p.sha256, status, note, when)
                    if p.periode == self._periode and not store.outbox.knows(ids[p.pegawai], p.periode, p.revisi, p.sha256):
                        self._foreign[p.pegawai] = (ids[p.pegawai], p.sha256)
                    self.count += 1
        return page.cursor, value.get("lagi") is True

    # ---- what other computers sent

    async def _others(self) -> Stop | None:
        """Fetch the plans that the server holds and this computer has never seen, so that nobody replaces them unseen."""
        foreign, self._foreign = self._foreign, {}
        for server_id, (pegawai_id, sha256) in foreign.items():
            held = await self._client.rencana(self._periode, server_id)
            if isinstance(held, Stop):
                if held.status == 404:
                    continue
                return held
            if isinstance(held, Document):
                arguments = (self._store, self._periode, pegawai_id, sha256, held.value, self._now())
                try:
                    self._taken += await self._store.database.ask(adopt, *arguments)
                except OtherPersonError as error:
                    self._say(error.sentence)
                except InputError:
                    continue
        return None

    def _say(self, sentence: str) -> None:
        self.sentences += (sentence,)
