"""Messages of e-Kinerja and its Sinkron button: why, where, by whom and how to mend each; found by a part of what stands there."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from pathlib import Path

from msgspec import Struct

from pmm_tui.errors import ShapeError
from pmm_tui.shapes.toml_text import read_toml
from pmm_tui.skp.katalog_parts import Id, Source, Sources, Text
from pmm_tui.skp.katalog_report import SURENESS
from pmm_tui.text import by_name, quoted

_FILE = Path(__file__).parents[1] / "katalog" / "pesan_sinkron.toml"
_SHARE = 0.6
"""Which part of a message's own words has to stand in a longer text that somebody pasted."""
_ALL = 1_000
"""The score from which on all that was asked for is there."""
_LONGEST = 2_000  # characters of a query that are looked at
_COMMON = frozenset(("di", "ke", "dari", "dan", "atau", "yang", "oleh", "pada", "untuk", "saat", "tidak", "belum", "ada", "data",
                     "pmm", "ini", "itu", "dengan", "sudah", "saya", "error", "galat", "pesan"))  # fmt: skip
"""Words that stand in so many messages that sharing only them says nothing."""


class SyncMessage(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One message: as it stands on the screen, its cause, the system in which it is mended, who can, and the steps.

    `cari` are other words under which it is looked for.
    """

    id: Id
    pesan: Text
    sebab: Text
    sistem: Text
    pelaku: Text
    langkah: tuple[Text, ...]
    cari: tuple[str, ...] = ()
    keyakinan: str = ""
    sumber: Sources = ()


class SyncMessages(Struct, frozen=True, kw_only=True):
    """The messages of a file, and where they were found."""

    pesan: tuple[SyncMessage, ...]
    rujukan: tuple[Source, ...] = ()


def read_messages(text: str, source: str) -> SyncMessages:
    """Read a file of messages; raises ShapeError with line and key."""
    found = read_toml(text, SyncMessages, source)
    seen: set[str] = set()
    for number, one in enumerate(found.pesan):
        place = f"pesan[{number}]"
        if one.id in seen:
            raise ShapeError(f'{source}: {place}.id: "{one.id}" sudah dipakai; setiap id harus lain.', f"{place}.id")
        if not one.langkah:
            raise ShapeError(f"{source}: {place}.langkah: kosong; tulis paling sedikit satu langkah.", f"{place}.langkah")
        if one.keyakinan and one.keyakinan not in SURENESS:
            known = ", ".join(SURENESS)
            sentence = f"{source}: {place}.keyakinan: {quoted(one.keyakinan)} tidak dikenal; pilih: {known}."
            raise ShapeError(sentence, f"{place}.keyakinan")
        seen.add(one.id)
    return found


@cache
def bundled_messages() -> SyncMessages:
    """The messages that come with the program."""
    return read_messages(_FILE.read_text("utf-8"), _FILE.name)


def with_own(ours: SyncMessages, own: SyncMessages) -> SyncMessages:
    """Both together: `own` first, and in place of ours where the id is the same."""
    taken, sources = {one.id for one in own.pesan}, {source.id for source in own.rujukan}
    return SyncMessages(
        pesan=(*own.pesan, *(one for one in ours.pesan if one.id not in taken)),
        rujukan=(*own.rujukan, *(source for source in ours.rujukan if source.id not in sources)),
    )


def find_messages(messages: Iterable[SyncMessage], query: str) -> tuple[SyncMessage, ...]:
    """The messages that a part of one, or a longer text with one in it, means; the likeliest first, none where it says nothing.

    A query of a few words finds each message that has them all. A longer one finds those most of whose own words stand in it.
    """
    asked = _words(query[:_LONGEST])
    telling = asked - _COMMON
    if not telling:
        return ()
    scored = [(score, -at, one) for at, one in enumerate(messages) if (score := _score(one, asked, telling)) > 0]
    return tuple(one for _, _, one in sorted(scored, key=lambda found: found[:2], reverse=True))


def _score(one: SyncMessage, asked: frozenset[str], telling: frozenset[str]) -> float:
    """How well a query fits: most when all that it asks for is there, else by how many of a message's words stand in it."""
    every = _words(" ".join((one.pesan, *one.cari, one.sebab, one.sistem)))
    if all(any(word.startswith(part) for word in every) for part in telling):
        title = _words(one.pesan)
        return _ALL + sum(any(word.startswith(part) for word in title) for part in asked) / (len(asked) + len(title))
    best = 0
    for wording in (one.pesan, *one.cari):
        own = _words(wording)
        told = own - _COMMON
        if told and len(told & telling) >= min(2, len(told)) and len(own & asked) / len(own) >= _SHARE:
            best = max(best, len(own & asked))
    return best


def _words(text: str) -> frozenset[str]:
    return frozenset(re.findall(r"\w+", by_name(text)))
