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
from tests.journeys.machine import Mesin
from tests.skp.sample_plan import guru_contoh, rencana_lengkap

PERIODE = "2026"
SAAT = datetime(2026, 1, 10, 2, tzinfo=UTC)
LENGKAP = rencana_lengkap(bundled(), PERIODE)
_CONFIG = f'periode = "{PERIODE}"\n[sekolah]\nnpsn = "20512345"\nnama = "SMP Contoh"\njenjang = "SMP"\n'


def guru(nomor: int) -> Pegawai:
    """The teacher of that number, up to 9999, not stored yet."""
    tahun, urut = divmod(nomor, 999)
    return guru_contoh(id=0, nama=f"Guru Nomor {nomor:04}", nip=f"19850714{2009 + tahun}012{urut + 1:03}", nuptk="")


def rencana(isi: str = "", *, dikonfirmasi: bool = True) -> RencanaKinerja:
    """A plan without fault whose own RHK says `isi`."""
    bebas = RHK(uraian=isi or "Menulis modul", satuan="modul", bukti="Modul", target=2, poin=4)
    plan = LENGKAP.with_section(PengembanganKompetensi(rhk=(bebas, *LENGKAP.pengembangan_kompetensi.rhk[:1])))
    return plan.with_section(Rangkuman(dikonfirmasi_guru=dikonfirmasi))


class Komputer(Mesin):
    """A computer whose program is configured, with so many teachers, whose plans are complete and perhaps confirmed by them."""

    def __init__(self, folder: Path, banyak: int, *, mulai: int = 1, dikonfirmasi: bool = False) -> None:
        super().__init__(folder)
        config = self.home / "config" / "pmm-tui" / "config.toml"
        config.parent.mkdir(mode=0o700, parents=True)
        config.write_text(_CONFIG, "utf-8")
        with Store.open(self.basis) as store:
            store.roster.write(guru(n) for n in range(mulai, mulai + banyak))
            for pegawai in store.roster.all():
                store.drafts.save(pegawai.id, PERIODE, rencana(dikonfirmasi=dikonfirmasi), 1, SAAT)
        self._asal = folder / "asal"
        self.simpan_keadaan()

    def simpan_keadaan(self) -> None:
        """Let the records as they are be what `ulangi` goes back to."""
        shutil.rmtree(self._asal, ignore_errors=True)
        shutil.copytree(self.basis.parent, self._asal)

    def ulangi(self) -> None:
        """Put back the records as they were in the beginning."""
        shutil.rmtree(self.basis.parent)
        shutil.copytree(self._asal, self.basis.parent)

    def ke(self, pegawai: int, bagian: str, kursor: str = "") -> None:
        """Let the program open at a teacher, a pane and a field, as if it had been left there."""
        place = {"pegawai": pegawai, "bagian": bagian, "kursor": kursor, "periode": PERIODE}
        with Store.open(self.basis) as store:
            store.reference.set_memo(LAST_PLACE, msgspec.json.encode(place).decode())


class Amplop(Struct, frozen=True, order=True):
    """An envelope, in the outbox or on the server: whose, which, and what was said of it."""

    nip: str
    revisi: int
    sha256: str
    keadaan: str = ""
    tanda_terima: str = ""


class Isi(Struct, frozen=True):
    """What is on the disk: names, drafts by teacher's id, envelopes oldest first."""

    nama: tuple[str, ...]
    draf: dict[int, RencanaKinerja]
    amplop: tuple[Amplop, ...]


def isi(path: Path, steps: schema.Steps = schema.STEPS) -> Isi:
    """Open the store as the next start would, check all of it, and read it; every copy has to be whole as well."""
    for copy in copies(path):
        with closing(sqlite3.connect(f"{copy.as_uri()}?mode=ro", uri=True)) as basis:
            assert basis.execute("PRAGMA integrity_check").fetchone() == ("ok",), copy
    with Store(Database(path, steps=steps)) as store:
        store.outbox.recover()
        found = store.database.check(full=True)
        assert found.baik, found
        logged = {entry.sha256 for entry in Journal(path).entries()}
        assert logged >= {k.sha256 for k in store.outbox.all()}
        nip = {p.id: p.nip for p in store.roster.all()}
        sealed = (Amplop(nip[k.pegawai_id], k.revisi, k.sha256, k.keadaan, k.tanda_terima) for k in reversed(store.outbox.all()))
        drafts = {id: draf.rencana for id, draf in store.drafts.all(PERIODE).items()}
        return Isi(tuple(p.nama for p in store.roster.all()), drafts, tuple(sealed))


def di_server(database: Path) -> tuple[Amplop, ...]:
    """Every envelope in the file of the reference server, which may be running."""
    with closing(sqlite3.connect(database)) as basis:
        rows = basis.execute(
            "SELECT p.nip, a.revisi, a.sha256, 'sent', a.tanda_terima FROM amplop a JOIN pegawai p ON p.id = a.pegawai_id"
        )
        return tuple(sorted(Amplop(*row) for row in rows))
