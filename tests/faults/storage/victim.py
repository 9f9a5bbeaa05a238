"""What victims do that no command line does, or with something of the program exchanged."""

from __future__ import annotations

import os
import random
import resource
import sys
from datetime import timedelta
from pathlib import Path
from typing import Any

from pmm_tui.cli.main import main
from pmm_tui.store import Database, Store, schema
from pmm_tui.store.drafts import Drafts
from pmm_tui.store.recovery.restore import restore
from tests.faults.storage.storage_kit import MOMENT, PERIODE, rencana, teacher

NEW: schema.Steps = (
    *schema.STEPS,
    (
        "CREATE TABLE arsip (pegawai_id INTEGER NOT NULL, periode TEXT NOT NULL, rencana BLOB NOT NULL) STRICT",
        "INSERT INTO arsip SELECT pegawai_id, periode, rencana FROM draf",
        "CREATE INDEX arsip_pegawai ON arsip (pegawai_id, periode)",
        "UPDATE arsip SET periode = periode || '/1' WHERE pegawai_id % 2 = 0",
    ),
)
"""The schema of a version to come: what stands today is the old one to it."""


def new_version(*arguments: str) -> int:
    """The command line of the version to come."""
    assert Database.__init__.__kwdefaults__ is not None
    Database.__init__.__kwdefaults__["steps"] = NEW
    return main(list(arguments))


def tight(limit: str, *arguments: str) -> int:
    """The command line where no file grows beyond so many bytes."""
    _, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (int(limit), hard))
    return main(list(arguments))


def bare_store(path: str, first: str) -> int:
    """Save and seal without end, and say so: the bare store, thousands of promises in a second."""
    bare_store = Store.open(Path(path))
    teachers = bare_store.roster.all()
    number = int(first)
    while True:
        number += 1
        one = teachers[number % len(teachers)]
        plan = rencana(f"Isi {number}")
        bare_store.drafts.save(one.id, PERIODE, plan, number, MOMENT)
        print("draf", one.id, number, flush=True)
        if number % 3 == 0:
            entry = bare_store.outbox.seal(one, PERIODE, plan, number, MOMENT)
            print("segel", one.nip, entry.sha256, flush=True)
            bare_store.outbox.mark_sending([entry.id])


def work(path: str, seed: str, *switches: str) -> int:
    """What a power cut interrupts: saves and seals over several starts, each told when it is safe; `seed` says how many and when.

    `normal` is SQLite's own setting of `synchronous`, `careless` a log that is not synced: both are wrong, and must be found out.
    """
    if "careless" in switches:
        setattr(os, "fsync", lambda _: None)  # noqa: B010  as a variable: what it takes has another name
    number, chance = 0, random.Random(int(seed))
    for start in range(3):
        with Store.open(Path(path)) as bare_store:
            if "normal" in switches:
                _set(bare_store, "synchronous = NORMAL")
            # The log is taken into the file every 1000 pages; here, where a minute is a year, sooner.
            _set(bare_store, f"wal_autocheckpoint = {chance.choice((15, 40, 90))}")
            if start == 0:
                bare_store.roster.write(teacher(n) for n in range(1, 4))
                say("guru", 3)
            if bare_store.guard(MOMENT.date() + timedelta(days=start)).good:
                say("salinan", start + 1)
            teachers = bare_store.roster.all()
            for _ in range(chance.randint(6, 24)):
                number += 1
                one = chance.choice(teachers)
                plan = rencana(f"Isi {number} " + "x" * chance.choice((0, 0, 500, 5000)))
                bare_store.drafts.save(one.id, PERIODE, plan, number, MOMENT)
                say("draf", one.id, number)
                if chance.random() < 0.3:
                    say("segel", bare_store.outbox.seal(one, PERIODE, plan, number, MOMENT).sha256)
    return 0


def _set(bare_store: Store, pragma: str) -> None:
    bare_store.database.call(lambda: bare_store.database.connection.execute(f"PRAGMA {pragma}"))


def bring_back(path: str) -> int:
    """Bring back a damaged database, and say so."""
    say("pulih", restore(Path(path), MOMENT).envelopes)
    return 0


def migrate(path: str) -> int:
    """Open with the schema to come, and say so."""
    Database(Path(path), steps=NEW).close()
    say("skema", len(NEW))
    return 0


def say(*words: object) -> None:
    """Say something, at once."""
    os.write(1, " ".join(map(str, words)).encode() + b"\n")


def liar(*arguments: str) -> int:
    """The command line of a program that calls drafts saved and does not save them."""

    def forget(*_: Any, **__: Any) -> bool:
        return True

    Drafts._save = forget  # type: ignore[method-assign]
    return main(list(arguments))


if __name__ == "__main__":
    globals()[sys.argv[1]](*sys.argv[2:])
