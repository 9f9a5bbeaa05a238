"""What a database holds, told without asking any clock: which of two copies holds more, and what one lacks that the other has."""

from __future__ import annotations

import contextlib
import re
import sqlite3
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from msgspec import Struct

from pmm_tui.store.file import read_only_uri
from pmm_tui.store.recovery.salvage import Wreck
from pmm_tui.store.times import from_text

CHOSEN = "pemulihan_ke"
"""The memo that counts how often the operator chose a copy: what stood before such a choice never comes before what came of it."""

_ACCOUNT = "belajar.id"
"""What an account is said about; no id of a period and no field of a teacher."""
_OWN_WORDS = {
    "tidak_perlu": "SELECT pegawai_id, periode, ditandai FROM tidak_perlu",
    "diketik": "SELECT pegawai_id, isian, ditandai FROM diketik",
    "belajar_id": f"SELECT pegawai_id, '{_ACCOUNT}', ditandai FROM belajar_id",  # noqa: S608
    "centang": "SELECT coalesce(pegawai_id, ''), 'centang ' || kode, ditandai FROM centang",
    "rapor_sekolah": "SELECT '', periode || ' ' || butir || ' ' || asal, ditandai FROM rapor_sekolah",
    "templat": "SELECT '', 'templat ' || kunci, ditandai FROM templat",
}
_STAMP = re.compile(r"-(\d{8}(?:-\d{6})?)")


class Holdings(Struct, frozen=True, kw_only=True):
    """What is in a database: whom it knows, of which plans it has a draft and how often each was edited, what was sealed.

    `words` are the school's own (who needs no plan, what was typed by hand, accounts, rapor, templates, ticks), each with its time.
    `chosen` is the count of CHOSEN; `last` when something was saved last, by the clock of that day.
    """

    people: frozenset[str] = frozenset()
    edits: dict[tuple[str, str], int] = {}
    seals: frozenset[str] = frozenset()
    words: dict[tuple[str, str], str] = {}
    chosen: int = 0
    last: str = ""

    @property
    def counts(self) -> tuple[int, int, int]:
        """How many teachers, drafts and sealed plans."""
        return len(self.people), len(self.edits), len(self.seals)

    @property
    def size(self) -> int:
        """A number that every work adds to."""
        return sum(self.counts) + sum(self.edits.values()) + len(self.words)

    @property
    def rank(self) -> tuple[int, int]:
        """What orders copies; the higher one is the one to take."""
        return self.chosen, self.size


NOTHING = Holdings()


class Lack(Struct, frozen=True, kw_only=True):
    """What one database has and another has not: teachers, drafts and own words that are missing or older there, sealed plans.

    `days` is the time between them.
    """

    teachers: int = 0
    drafts: int = 0
    envelopes: int = 0
    words: int = 0
    days: int = 0

    def __bool__(self) -> bool:
        return bool(self.teachers or self.drafts or self.envelopes or self.words)

    def __str__(self) -> str:
        kinds = ("guru", "draf", "rencana tersegel", "tanda dan isian sendiri")
        parts = zip((self.teachers, self.drafts, self.envelopes, self.words), kinds, strict=True)
        return ", ".join(f"{count} {what}" for count, what in parts if count)


def lack(of: Holdings, against: Holdings) -> Lack:
    """What is missing in `of` that `against` has."""
    drafts = sum(of.edits.get(plan, -1) < edit for plan, edit in against.edits.items())
    words = sum(of.words.get(about, "") < said for about, said in against.words.items())
    days = (from_text(against.last) - from_text(of.last)).days if of.last and against.last else 0
    people, seals = against.people - of.people, against.seals - of.seals
    return Lack(teachers=len(people), drafts=drafts, envelopes=len(seals), words=words, days=max(0, days))


def holdings(connection: sqlite3.Connection) -> Holdings:
    """What an open database holds; raises sqlite3.Error."""
    teachers = connection.execute("SELECT id, nama, nip, nuptk FROM pegawai").fetchall()
    who = _people(teachers)
    drafts = connection.execute("SELECT pegawai_id, periode, suntingan, disimpan FROM draf").fetchall()
    sealed = connection.execute("SELECT sha256, dibuat FROM kiriman").fetchall()
    if connection.execute("SELECT 1 FROM sqlite_schema WHERE name = 'keputusan'").fetchone():  # earlier versions have none
        sealed += connection.execute("SELECT sha256, dibuat FROM keputusan").fetchall()
    chosen = connection.execute("SELECT nilai FROM memo WHERE kunci = ?", (CHOSEN,)).fetchone()
    return _held(
        who.values(),
        ((who.get(row[0], str(row[0])), *row[1:]) for row in drafts),
        sealed,
        ((who.get(row[0], str(row[0])), *row[1:]) for row in _own_words(connection)),
        int(chosen[0]) if chosen and str(chosen[0]).isdecimal() else 0,
    )


def of_wreck(wreck: Wreck) -> Holdings:
    """What could still be read of a damaged database."""
    who = _people([row.get(name) for name in ("id", "nama", "nip", "nuptk")] for row in wreck.teachers)
    return _held(
        who.values(),
        (
            (who.get(row.get("pegawai_id"), "?"), row.get("periode"), row.get("suntingan"), row.get("disimpan"))
            for row in wreck.drafts
        ),
        ((row.get("sha256"), row.get("dibuat")) for row in (*wreck.envelopes, *wreck.decisions)),
        (
            *(
                (who.get(row.get("pegawai_id"), "?"), row.get("periode", row.get("isian", _ACCOUNT)), row.get("ditandai"))
                for row in (*wreck.not_needed, *wreck.typed, *wreck.accounts)
            ),
            *(
                ("", " ".join(str(row.get(name)) for name in ("periode", "butir", "asal")), row.get("ditandai"))
                for row in wreck.rapor
            ),
            *(("", f"templat {row.get('kunci')}", row.get("ditandai")) for row in wreck.templates),
            *((_whom(row.get("pegawai_id"), who), f"centang {row.get('kode')}", row.get("ditandai")) for row in wreck.ticks),
        ),
        0,
    )


def _whom(pegawai_id: object, who: Mapping[object, str]) -> str:
    """Whom a tick is about; empty for the whole school, as in a database that is whole."""
    return "" if pegawai_id is None else who.get(pegawai_id, "?")


def _own_words(connection: sqlite3.Connection) -> list[tuple[Any, ...]]:
    """Whom the school's own words are about, what about them, and since when; older databases have none."""
    there = {name for (name,) in connection.execute("SELECT name FROM sqlite_schema")}
    return [row for table, select in _OWN_WORDS.items() if table in there for row in connection.execute(select)]


def _held(
    people: Iterable[str],
    drafts: Iterable[tuple[Any, ...]],
    sealed: Iterable[tuple[Any, ...]],
    own_words: Iterable[tuple[Any, ...]],
    chosen: int,
) -> Holdings:
    edits: dict[tuple[str, str], int] = {}
    times = [""]
    for person, periode, edit, saved in drafts:
        edits[person, str(periode)] = edit if isinstance(edit, int) else 0
        times.append(str(saved))
    seals = set()
    for sha256, made in sealed:
        seals.add(str(sha256))
        times.append(str(made))
    words = {(person, str(about)): str(said) for person, about, said in own_words}
    return Holdings(people=frozenset(people), edits=edits, seals=frozenset(seals), words=words, chosen=chosen, last=max(times))


def _people(teachers: Iterable[Sequence[object]]) -> dict[object, str]:
    """What tells the teachers apart, by their ids: a number, else the name; namesakes without numbers are counted through."""
    seen: Counter[str] = Counter()
    who = {}
    for row_id, name, nip, nuptk in teachers:
        person = str(nip or nuptk or name)
        seen[person] += 1
        who[row_id] = f"{person} {seen[person]}"
    return who


def peek(copy: Path) -> Holdings | None:
    """What a copy that nobody writes to holds; None when it cannot be read."""
    with contextlib.suppress(sqlite3.Error, OSError, UnicodeDecodeError), _opened(copy) as connection:
        return holdings(connection)
    return None


@contextlib.contextmanager
def _opened(copy: Path) -> Iterator[sqlite3.Connection]:
    with contextlib.closing(sqlite3.connect(read_only_uri(copy, immutable=True), uri=True)) as connection:
        connection.text_factory = lambda stored: stored.decode("utf-8", "replace")
        yield connection


def in_order(held: Mapping[Path, Holdings | None], today: date) -> list[Path]:
    """Copies, the one to take first: by what they hold; alike, the later one, where a day that is still to come is the oldest.

    What cannot be read comes last.
    """

    def key(copy: Path) -> tuple[object, ...]:
        found = held[copy]
        return found is not None, found.rank if found else (0, 0), *_age(copy, today)

    return sorted(held, key=key, reverse=True)


def _age(copy: Path, today: date) -> tuple[bool, str, float]:
    """Whether a copy's day has come, that day as its name or else its file says, and the file's time."""
    try:
        written = copy.stat().st_mtime
        day = datetime.fromtimestamp(written).astimezone()
    except (OSError, OverflowError, ValueError):
        return False, "", 0.0
    named = _STAMP.search(copy.name)
    stamp = named[1] if named else f"{day:%Y%m%d-%H%M%S}"
    tomorrow = today + timedelta(days=1)  # zones differ by less
    return max(stamp[:8], f"{day:%Y%m%d}") <= f"{tomorrow:%Y%m%d}", stamp, written
