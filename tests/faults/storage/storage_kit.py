"""An operator's computer with teachers and plans on it, and how another sees what is on its disk."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import msgspec
from msgspec import Struct

from pmm_tui.skp.katalog_reader import bundled
from pmm_tui.skp.model import RHK, Pegawai, PengembanganKompetensi, Rangkuman, RencanaKinerja
from pmm_tui.store import Database, Store, schema
from pmm_tui.store.file import copies
from pmm_tui.store.journal import Journal
from pmm_tui.tui.last_place import LAST_PLACE
from tests.journeys.machine import Machine
from tests.skp.sample_plan import complete_plan, sample_teacher

PERIODE = "2026"
MOMENT = datetime(2026, 1, 10, 2, tzinfo=UTC)
COMPLETE = complete_plan(bundled(), PERIODE)
_CONFIG = f'periode = "{PERIODE}"\n[sekolah]\nnpsn = "20512345"\nnama = "SMP Contoh"\njenjang = "SMP"\n'


def teacher(number: int) -> Pegawai:
    """The teacher of that number, up to 9999, not stored yet."""
    year, order = divmod(number, 999)
    return sample_teacher(id=0, nama=f"Guru Nomor {number:04}", nip=f"19850714{2009 + year}012{order + 1:03}", nuptk="")


def rencana(text: str = "", *, confirmed: bool = True) -> RencanaKinerja:
    """A plan without fault whose own RHK says `text`."""
    free = RHK(uraian=text or "Menulis modul", satuan="modul", bukti="Modul", target=2, poin=4)
    plan = COMPLETE.with_section(PengembanganKompetensi(rhk=(free, *COMPLETE.pengembangan_kompetensi.rhk[:1])))
    return plan.with_section(Rangkuman(dikonfirmasi_guru=confirmed))


class Computer(Machine):
    """A computer whose program is configured, with so many teachers, whose plans are complete and perhaps confirmed by them."""

    def __init__(self, folder: Path, many: int, *, first: int = 1, confirmed: bool = False) -> None:
        super().__init__(folder)
        config = self.home / "config" / "pmm-tui" / "config.toml"
        config.parent.mkdir(mode=0o700, parents=True)
        config.write_text(_CONFIG, "utf-8")
        with Store.open(self.database) as store:
            store.roster.write(teacher(n) for n in range(first, first + many))
            for pegawai in store.roster.all():
                store.drafts.save(pegawai.id, PERIODE, rencana(confirmed=confirmed), 1, MOMENT)
        self._origin = folder / "asal"
        self.keep_state()

    def keep_state(self) -> None:
        """Let the records as they are be what `repeat` goes back to."""
        shutil.rmtree(self._origin, ignore_errors=True)
        shutil.copytree(self.database.parent, self._origin)

    def repeat(self) -> None:
        """Put back the records as they were in the beginning."""
        shutil.rmtree(self.database.parent)
        shutil.copytree(self._origin, self.database.parent)

    def to(self, pegawai: int, section: str, cursor: str = "") -> None:
        """Let the program open at a teacher, a pane and a field, as if it had been left there."""
        place = {"pegawai": pegawai, "bagian": section, "kursor": cursor, "periode": PERIODE}
        with Store.open(self.database) as store:
            store.reference.set_memo(LAST_PLACE, msgspec.json.encode(place).decode())


class Envelope(Struct, frozen=True, order=True):
    """An envelope, in the outbox or on the server: whose, which, and what was said of it."""

    nip: str
    revision: int
    sha256: str
    state: str = ""
    receipt: str = ""


class Content(Struct, frozen=True):
    """What is on the disk: names, drafts by teacher's id, envelopes oldest first."""

    names: tuple[str, ...]
    drafts: dict[int, RencanaKinerja]
    envelopes: tuple[Envelope, ...]


def content(path: Path, steps: schema.Steps = schema.STEPS) -> Content:
    """Open the store as the next start would, check all of it, and read it; every copy has to be whole as well."""
    for copy in copies(path):
        with closing(sqlite3.connect(f"{copy.as_uri()}?mode=ro", uri=True)) as connection:
            assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",), copy
    with Store(Database(path, steps=steps)) as store:
        store.outbox.recover()
        found = store.database.check(full=True)
        assert found.good, found
        logged = {entry.sha256 for entry in Journal(path).entries()}
        assert logged >= {k.sha256 for k in store.outbox.all()}
        nip = {p.id: p.nip for p in store.roster.all()}
        sealed = (Envelope(nip[k.pegawai_id], k.revisi, k.sha256, k.keadaan, k.tanda_terima) for k in reversed(store.outbox.all()))
        drafts = {id: draft.rencana for id, draft in store.drafts.all(PERIODE).items()}
        return Content(tuple(p.nama for p in store.roster.all()), drafts, tuple(sealed))


def on_server(database: Path) -> tuple[Envelope, ...]:
    """Every envelope in the file of the reference server, which may be running."""
    with closing(sqlite3.connect(database)) as connection:
        rows = connection.execute(
            "SELECT p.nip, a.revisi, a.sha256, 'sent', a.tanda_terima FROM amplop a JOIN pegawai p ON p.id = a.pegawai_id"
        )
        return tuple(sorted(Envelope(*row) for row in rows))
