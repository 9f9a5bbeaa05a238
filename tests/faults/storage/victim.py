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
from tests.faults.storage.storage_kit import PERIODE, SAAT, guru, rencana

BARU: schema.Steps = (
    *schema.STEPS,
    (
        "CREATE TABLE arsip (pegawai_id INTEGER NOT NULL, periode TEXT NOT NULL, rencana BLOB NOT NULL) STRICT",
        "INSERT INTO arsip SELECT pegawai_id, periode, rencana FROM draf",
        "CREATE INDEX arsip_pegawai ON arsip (pegawai_id, periode)",
        "UPDATE arsip SET periode = periode || '/1' WHERE pegawai_id % 2 = 0",
    ),
)
"""The schema of a version to come: what stands today is the old one to it."""


def versi_baru(*arguments: str) -> int:
    """The command line of the version to come."""
    assert Database.__init__.__kwdefaults__ is not None
    Database.__init__.__kwdefaults__["steps"] = BARU
    return main(list(arguments))


def sempit(limit: str, *arguments: str) -> int:
    """The command line where no file grows beyond so many bytes."""
    _, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (int(limit), hard))
    return main(list(arguments))


def toko(path: str, mulai: str) -> int:
    """Save and seal without end, and say so: the bare store, thousands of promises in a second."""
    store = Store.open(Path(path))
    teachers = store.roster.all()
    number = int(mulai)
    while True:
        number += 1
        one = teachers[number % len(teachers)]
        plan = rencana(f"Isi {number}")
        store.drafts.save(one.id, PERIODE, plan, number, SAAT)
        print("draf", one.id, number, flush=True)
        if number % 3 == 0:
            kiriman = store.outbox.seal(one, PERIODE, plan, number, SAAT)
            print("segel", one.nip, kiriman.sha256, flush=True)
            store.outbox.mark_sending([kiriman.id])


def kerja(path: str, seed: str, *switches: str) -> int:
    """What a power cut interrupts: saves and seals over several starts, each told when it is safe; `seed` says how many and when.

    `normal` is SQLite's own setting of `synchronous`, `ceroboh` a log that is not synced: both are wrong, and have to be found out.
    """
    if "ceroboh" in switches:
        setattr(os, "fsync", lambda _: None)  # noqa: B010  as a variable: what it takes has another name
    number, chance = 0, random.Random(int(seed))
    for start in range(3):
        with Store.open(Path(path)) as store:
            if "normal" in switches:
                _set(store, "synchronous = NORMAL")
            # The log is taken into the file every 1000 pages; here, where a minute is a year, sooner.
            _set(store, f"wal_autocheckpoint = {chance.choice((15, 40, 90))}")
            if start == 0:
                store.roster.write(guru(n) for n in range(1, 4))
                say("guru", 3)
            if store.guard(SAAT.date() + timedelta(days=start)).baik:
                say("salinan", start + 1)
            teachers = store.roster.all()
            for _ in range(chance.randint(6, 24)):
                number += 1
                one = chance.choice(teachers)
                plan = rencana(f"Isi {number} " + "x" * chance.choice((0, 0, 500, 5000)))
                store.drafts.save(one.id, PERIODE, plan, number, SAAT)
                say("draf", one.id, number)
                if chance.random() < 0.3:
                    say("segel", store.outbox.seal(one, PERIODE, plan, number, SAAT).sha256)
    return 0


def _set(store: Store, pragma: str) -> None:
    store.database.call(lambda: store.database.connection.execute(f"PRAGMA {pragma}"))


def pulih(path: str) -> int:
    """Bring back a damaged database, and say so."""
    say("pulih", restore(Path(path), SAAT).kiriman)
    return 0


def pindah(path: str) -> int:
    """Open with the schema to come, and say so."""
    Database(Path(path), steps=BARU).close()
    say("skema", len(BARU))
    return 0


def say(*words: object) -> None:
    """Say something, at once."""
    os.write(1, " ".join(map(str, words)).encode() + b"\n")


def pembohong(*arguments: str) -> int:
    """The command line of a program that calls drafts saved and does not save them."""

    def forget(*_: Any, **__: Any) -> bool:
        return True

    Drafts._save = forget  # type: ignore[method-assign]
    return main(list(arguments))


if __name__ == "__main__":
    globals()[sys.argv[1]](*sys.argv[2:])
