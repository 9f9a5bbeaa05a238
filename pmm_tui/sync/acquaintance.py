"""Whose server it is: before anything goes over a new address or token its school is asked and compared with ours, once.

What was sent to one address is not thereby at another: after a change all of it goes again, with the same bytes.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from pmm_tui.skp.nip import npsn_fault
from pmm_tui.store import Store
from pmm_tui.sync import freshness
from pmm_tui.sync.batching import SENT_TO
from pmm_tui.sync.changes import held_back_sentence
from pmm_tui.sync.http.client import Client
from pmm_tui.sync.http.line import ServerSettings
from pmm_tui.sync.known_school import Acquaintance, fetched_npsn, keep, known_school, made_for
from pmm_tui.sync.results import Document, Stop
from pmm_tui.text import clean, shorten

_FETCHED_FROM = "server"


class OtherSchoolError(Exception):
    """The token is another school's: `stop` says so."""

    def __init__(self, stop: Stop) -> None:
        """Keep the sentence."""
        super().__init__(stop.reason)
        self.stop = stop


def is_known(store: Store, settings: ServerSettings) -> bool:
    """Whether the school of this address and token was asked and is ours. In the database's thread."""
    known = known_school(store)
    return known is not None and (known.url, known.token) == (settings.url, _digest(settings))


async def meet(store: Store, client: Client, npsn: str, ended: Callable[[str], bool]) -> tuple[str, ...] | Stop:
    """Ask whose token it is, unless that is known, and compare; returns what to tell, or why nothing may be sent.

    `npsn` is the school of this computer where its configuration or an earlier answer says so.
    """
    ask = store.database.ask
    if await ask(is_known, store, client.settings):
        return ()
    answer = await client.sekolah()
    if isinstance(answer, Stop):
        return answer
    theirs = npsn_of(answer.value if isinstance(answer, Document) else None)
    if stop := await ask(other_school, store, theirs, npsn):
        return stop
    return await ask(_remember, store, client.settings, theirs, ended)


def npsn_of(value: Any) -> str:
    """The NPSN that an answer names; empty when it is none."""
    told = value.get("npsn") if isinstance(value, dict) else None
    npsn = clean(told) if isinstance(told, str) else ""
    return "" if npsn_fault(npsn) else npsn


def other_school(store: Store, theirs: str, configured: str) -> Stop | None:
    """The trouble when a token is another school's than the data here, or says no school. In the database's thread."""
    if not theirs:
        reason = (
            "Server tidak menyebut NPSN sekolah dari token ini, jadi belum ada yang dikirim atau diambil; hubungi pengelola server."
        )
        return Stop(reason=reason, kind="akses", untouched=True)
    known = known_school(store)
    ours = {npsn for npsn in (fetched_npsn(store), known.npsn if known else "") if npsn} or {configured}
    if owner := made_for(store):
        if theirs == owner:
            return None
        ours = {owner}
    elif theirs in ours or ours == {""} or not store.roster.names():
        return None
    reason = (
        f"Token ini milik sekolah lain (NPSN {theirs}), data di komputer ini milik NPSN {shorten(min(ours), 20)}."
        " Pakai token sekolah ini; untuk sekolah itu: pmm-tui sekolah tambah, lalu pmm-tui --sekolah NPSN."
    )
    return Stop(reason=reason, kind="akses", untouched=True)


def same_server(store: Store, url: str) -> None:
    """Forget another server's ETags and cursor: they mean nothing here. In the database's thread."""
    if store.reference.memo(_FETCHED_FROM) != url:
        with store.database.transaction():
            freshness.forget(store)
            store.reference.forget_versions()
            store.reference.set_memo(_FETCHED_FROM, url)


def remember(store: Store, settings: ServerSettings, npsn: str) -> None:
    """Keep that this pair is our school's. In the database's thread."""
    keep(store, Acquaintance(settings.url, _digest(settings), npsn))


def _remember(store: Store, settings: ServerSettings, npsn: str, ended: Callable[[str], bool]) -> tuple[str, ...]:
    with store.database.transaction():
        known = known_school(store)
        before = known.url if known else store.reference.memo(SENT_TO) or store.reference.memo(_FETCHED_FROM) or settings.url
        remember(store, settings, npsn)
        if before == settings.url:
            return ()
        same_server(store, settings.url)
        again, held_back, periods = store.outbox.settle_told({}, ended)
    said = f"Alamat server berganti: {again} rencana yang terkirim ke server lama dikirim juga ke server ini."
    return ((said,) if again else ()) + ((held_back_sentence(held_back, periods),) if held_back else ())


def _digest(settings: ServerSettings) -> str:
    import hashlib  # lazy, as everywhere: it loads OpenSSL

    return hashlib.sha256(f"{settings.url} {settings.token}".encode()).hexdigest()[:16]
