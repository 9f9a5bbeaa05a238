"""Plans that other computers sent: fetched as the server holds them, and kept beside ours until somebody has looked at both."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Literal, NamedTuple

import msgspec
from msgspec import Struct

from pmm_tui.errors import CorruptError, InputError
from pmm_tui.shapes.decode import decode
from pmm_tui.skp.model import Pegawai
from pmm_tui.skp.person import other_person
from pmm_tui.skp.wire import Envelope, EnvelopePegawai, digest, open_envelope
from pmm_tui.store import Store
from pmm_tui.store.outbox_entry import OPEN_STATES, HeldPlan
from pmm_tui.sync.http.client import Client
from pmm_tui.sync.results import Document, NotModified, Stop
from pmm_tui.text import clean, shorten

_BLANKS = b" \t\r"  # around an envelope they belong to its line; JSON leaves them out

Fate = Literal["taken", "kept", "unreadable", "other-person", "not-had"]


_DOUBTFUL = "tarik/tidak-terbaca"  # the memo of digests that were not readable once


class HeldAnswer(Struct, frozen=True):
    """The answer to `GET /v1/rencana/PERIODE/ID`, its envelope aside."""

    sha256: str
    status: str = ""
    catatan: str = ""
    tanda_terima: str = ""
    waktu: str = ""
    oleh: str = ""


class _Body(Struct, frozen=True):
    amplop: msgspec.Raw


class _Page(Struct, frozen=True):
    perubahan: tuple[msgspec.Raw, ...]


class Fetched(NamedTuple):
    """What to tell: `news` only tell what came, `sentences` need somebody's attention; and the trouble that ended it early."""

    news: tuple[str, ...]
    sentences: tuple[str, ...]
    stop: Stop | None


async def fetch_unseen(
    store: Store, client: Client, now: Callable[[], datetime], before: Sequence[tuple[Fate, str]] = ()
) -> Fetched:
    """Fetch what the server holds and this computer has never read, of all periods; `before` is what was taken in already.

    One plan that cannot be read is told and left out; the others are taken in.
    """
    ask = store.database.ask
    unread = [plan for plan in (await ask(store.held.unseen)).values() if not plan.line]
    fates = list(before)
    for plan in unread:
        pegawai = await ask(store.roster.get, plan.pegawai_id)
        if pegawai is None or not pegawai.id_server:
            continue
        answer = await client.rencana(plan.periode, pegawai.id_server)
        whose = _whose(pegawai, plan)
        if isinstance(answer, Stop) and answer.status == 404:
            fates.append(("not-had", whose))
            continue
        if isinstance(answer, Stop | NotModified):
            return Fetched(*told(fates), answer if isinstance(answer, Stop) else None)
        fate = await ask(take_in, store, plan, pegawai, answer, now())
        named = f" ({_name_in(answer)})" if fate == "other-person" else ""
        fates.append((fate, whose + named))
    return Fetched(*told(fates), None)


def take_told(store: Store, page: Document, plans: Sequence[tuple[int, str] | None], now: datetime) -> list[tuple[Fate, str]]:
    """Take in the envelopes that a page of changes brings, for those of `plans` that nobody here has read; the others are left.

    `plans` are teacher and period of each change, None for one that is nobody's. In the database's thread.
    """
    fates: list[tuple[Fate, str]] = []
    for at, raw in zip(plans, msgspec.json.decode(page.body, type=_Page).perubahan, strict=True):
        held = store.held.get(*at) if at else None
        pegawai = store.roster.get(at[0]) if at else None
        change = msgspec.json.decode(raw)
        if held is None or held.line or pegawai is None or "amplop" not in change:
            continue
        answer = Document(change | {"waktu": change.get("disimpan", "")}, body=bytes(raw))
        fate = take_in(store, held, pegawai, answer, now)
        if fate in ("taken", "kept"):  # of any other it is asked for by itself
            fates.append((fate, _whose(pegawai, held)))
    return fates


def _whose(pegawai: Pegawai, plan: HeldPlan) -> str:
    return f"{shorten(pegawai.nama, 60)}, periode {shorten(plan.periode, 40)}"


def take_in(store: Store, told: HeldPlan, pegawai: Pegawai, answer: Document, now: datetime) -> Fate:
    """Take in one plan: as the draft where nothing of this operator's gives way to it, else beside it, unseen.

    In the database's thread.
    """
    try:
        held = decode(answer.value, HeldAnswer, "Rencana dari server")
        line = _line(answer, held.sha256)
        envelope = open_envelope(line)
    except (InputError, msgspec.DecodeError):
        return _unreadable(store, told)
    if held.sha256 != told.sha256:
        return "not-had"  # another one stands there by now; it is asked for again
    if (envelope.periode, envelope.revisi) != (told.periode, told.revisi):
        return _unreadable(store, told)
    if _other_person(envelope.pegawai, pegawai):
        return "other-person"  # asked for again: the operator may decide that it is one person
    plan = msgspec.structs.replace(
        told,
        line=line,
        tanda_terima=shorten(clean(held.tanda_terima), 100),
        waktu=shorten(clean(held.waktu), 60),
        status=shorten(clean(held.status), 60),
        catatan=shorten(held.catatan, 1000),
        oleh=shorten(clean(held.oleh), 80),
    )
    return _place(store, plan, envelope, now)


def _unreadable(store: Store, told: HeldPlan) -> Fate:
    """Once may be the line's fault: only what could not be read twice in a row is called so. It is asked for again all the same."""
    before = (store.reference.memo(_DOUBTFUL) or "").split()
    if told.sha256 in before:
        store.held.put(told)
    else:
        store.reference.set_memo(_DOUBTFUL, " ".join((*before[-50:], told.sha256)))
    return "unreadable"


def _place(store: Store, plan: HeldPlan, envelope: Envelope, now: datetime) -> Fate:
    with store.database.transaction():
        newest = store.outbox.newest(plan.pegawai_id, plan.periode)
        try:
            draft = store.drafts.get(plan.pegawai_id, plan.periode)
        except CorruptError:
            store.held.put(plan)
            return "kept"
        waits = newest is not None and newest.keadaan in OPEN_STATES
        if draft is not None and draft.rencana == envelope.rencana and not waits:
            store.held.accept(plan, draft.edit, now)
            return "taken"
        untouched = newest is not None and bool(newest.asal) and open_envelope(newest.line).rencana == (draft and draft.rencana)
        if (draft is None and newest is None) or untouched:
            store.held.take(plan, envelope.rencana, draft.edit + 1 if draft else 1, now, seen=False)
            return "taken"
        store.held.put(plan)
        return "kept"


def _line(answer: Document, sha256: str) -> bytes:
    """The envelope's bytes with the digest that the server names; as they came where no reading of them has it."""
    raw = bytes(msgspec.json.decode(answer.body, type=_Body).amplop)
    at = answer.body.index(raw)
    start, end = len(answer.body[:at].rstrip(_BLANKS)), len(answer.body) - len(answer.body[at + len(raw) :].lstrip(_BLANKS))
    canonical = msgspec.json.encode(answer.value["amplop"])
    return next((line for line in (raw, answer.body[start:end], canonical) if digest(line) == sha256), raw)


def _other_person(named: EnvelopePegawai, pegawai: Pegawai) -> bool:
    """Whether an envelope speaks of somebody else than the teacher whom the server's id leads to."""
    return bool(named.nama) and other_person(pegawai.nama, pegawai.tanggal_lahir, named.nama, "")


def _name_in(answer: Document) -> str:
    """Whom the envelope names."""
    return shorten(clean(str(answer.value["amplop"]["pegawai"]["nama"])), 60)


def told(fates: Sequence[tuple[Fate, str]]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """News, and what needs attention."""
    kinds = [fate for fate, _ in fates]
    said, taken = [], kinds.count("taken")
    if kept := kinds.count("kept"):
        names = [whose for fate, whose in fates if fate == "kept"]
        which = "; ".join((*names[:3], *([f"dan {kept - 3} lagi"] if kept > 3 else ())))
        said.append(f"{kept} rencana lebih baru di server, dari komputer lain ({which}); lihat bedanya sebelum mengajukan.")
    for fate, whose in fates:
        if fate == "unreadable":
            said.append(f"Rencana {whose} di server tidak terbaca dan dilewati; hubungi pengelola server.")
        if fate == "not-had":
            said.append(f"Isi rencana {whose} belum didapat dari server; diminta lagi pada pengambilan berikutnya.")
        if fate == "other-person":
            said.append(f"Rencana {whose} di server menyebut orang lain dan dilewati; periksa nomornya di Dapodik.")
    return (f"{taken} rencana dari komputer lain diambil dari server.",) if taken else (), tuple(said)
