"""Fetches what changed on the server: decisions of the head, and plans that other computers sent, of all periods."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from pmm_tui.errors import ShapeError
from pmm_tui.shapes.decode import decode
from pmm_tui.skp.wire import ChangePage
from pmm_tui.store import Store
from pmm_tui.store.token_roles import is_head
from pmm_tui.sync import told_back
from pmm_tui.sync.adopt import Fate, fetch_unseen, take_told
from pmm_tui.sync.http.client import Client
from pmm_tui.sync.receipts import MAX_HELD_REVISION
from pmm_tui.sync.results import Document, NotModified, Stop
from pmm_tui.sync.roster_merge import by_server_id, told_roster
from pmm_tui.sync.standing import take_standing
from pmm_tui.text import shorten

_PAGES = 50
_LONGEST_CURSOR = 400
_NOBODYS = "perubahan-tanpa-guru"  # the memo of server ids whose changes came while it was undecided who they are


class Changes:
    """Takes in what changed since the cursor. `count` counts it, `refused` tells that something in it did not hold up.

    `ended` tells of a period whether it has ended. `sentences` need somebody's attention, `news` only tell what came.
    """

    def __init__(self, store: Store, client: Client, now: Callable[[], datetime], ended: Callable[[str], bool]) -> None:
        self.count = 0
        self.sentences: tuple[str, ...] = ()
        self.news: tuple[str, ...] = ()
        self.refused = False
        self._store = store
        self._client = client
        self._now = now
        self._ended = ended
        self._content = False  # whether plans come with the changes
        self._fates: list[tuple[Fate, str]] = []
        self._told: dict[tuple[int, str], tuple[int, str]] | None = None  # all that the server tells; None: only what is new
        self._digests: set[str] = set()  # of all that was told, also of teachers whom nobody here knows
        self._plans: set[tuple[int, str]] = set()  # that were told
        self._older = False  # the server tells less than was known: it came back from a backup

    async def through(self) -> Stop | None:
        """Fetch it all; returns the trouble that ended it early."""
        ask = self._store.database.ask
        await ask(self._decided_since)
        self._content = is_head(await ask(self._store.reference.get, "sekolah"))  # a head reads every plan
        stop = await self._pages()
        if stop or self.refused:
            return stop
        found = await fetch_unseen(self._store, self._client, self._now, self._fates)
        self.news = found.news
        self._say(*found.sentences)
        return found.stop

    def _decided_since(self) -> None:
        """Ask for everything again when changes that belonged to nobody have somebody now: each is told only once."""
        store = self._store
        waiting = set((store.reference.memo(_NOBODYS) or "").split())
        if waiting & by_server_id(store.roster.all(), told_roster(store.reference.get("pegawai"))).keys():
            with store.database.transaction():
                store.reference.set_memo(_NOBODYS, "")
                store.reference.set_cursor("")

    async def _pages(self) -> Stop | None:
        """Fetch page by page; each is taken in before the cursor moves on.

        Told from the start, by a server that no longer knows our cursor, tells an older revision than we know or does not tell back
        what was sent since, it is all that there is: what was sent and is not told is not there.
        """
        ask = self._store.database.ask
        self._begin(await ask(self._store.reference.cursor))
        for _ in range(_PAGES):
            cursor = await ask(self._store.reference.cursor)
            page = await self._client.changes(cursor, content=self._content)
            if isinstance(page, Stop) and page.kind == "rusak" and self._content:
                self._content = False  # one envelope may leave something to guess: each by itself then
                continue
            if isinstance(page, Stop) and page.status in (400, 410) and cursor:
                await self._start_over()
                continue
            if isinstance(page, Stop):
                return page
            if isinstance(page, NotModified):
                return None
            try:
                after, more = await ask(self._take_changes, page)
            except ShapeError as error:
                self.refused = True
                self._say(f"{error.sentence} Bila berulang, hubungi pengelola server.")
                return None
            if self._older and self._told is None:
                await self._start_over()
                continue
            ended = after == cursor or not more
            if ended and self._told is None and await ask(told_back.is_missing, self._store, self._digests, self._plans):
                await self._start_over()
                continue
            await ask(self._store.reference.set_cursor, after)
            if ended:
                await self._compare()
                await ask(told_back.clear, self._store)
                return None
        return None

    def _begin(self, cursor: str) -> None:
        self._told = None if cursor else {}

    async def _start_over(self) -> None:
        await self._store.database.ask(self._store.reference.set_cursor, "")
        self._begin("")
        self.count = 0

    def _take_changes(self, document: Document) -> tuple[str, bool]:
        """Take in one page, all or nothing; returns the cursor behind it and whether another follows."""
        value = document.value
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
            plans: list[tuple[int, str] | None] = []
            for p in page.perubahan:
                self._digests.add(p.sha256)
                plans.append(None)
                if p.pegawai not in ids or not 1 <= p.revisi <= MAX_HELD_REVISION:
                    continue
                plan = (ids[p.pegawai], p.periode)
                plans[-1] = plan
                self._plans.add(plan)
                known = store.held.held(*plan)
                self._older = self._older or p.revisi < known[0] or (p.revisi == known[0] and p.sha256 != known[1])
                if self._told is not None:
                    self._told[plan] = (p.revisi, p.sha256)
                take_standing(store, plan[0], p)
                self.count += 1
            self._fates += take_told(store, document, plans, self._now()) if self._content else []
        return page.cursor, value.get("lagi") is True

    async def _compare(self) -> None:
        """After all was told: what was sent and is not there goes again."""
        if self._told is None:
            return
        ask = self._store.database.ask
        again, held_back, periods = await ask(self._store.outbox.settle_told, self._told, self._ended)
        if again:
            self._say(f"{again} rencana yang sudah terkirim belum ada di server ini; dikirim lagi dengan isi yang sama.")
        if held_back:
            self._say(held_back_sentence(held_back, periods))

    def _say(self, *sentences: str) -> None:
        self.sentences += sentences


def held_back_sentence(count: int, periods: frozenset[str]) -> str:
    """What is said of plans that go again only when the operator asks."""
    which = ", ".join(sorted(shorten(periode, 40) for periode in periods))
    return (
        f"{count} rencana periode yang sudah berakhir ({which}) belum ada di server ini;"
        " bila perlu kirim lagi dengan: pmm-tui kirim --periode-lama."
    )
