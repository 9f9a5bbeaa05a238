"""A case of bad input, and the computer that it happens on."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from msgspec import Struct

from pmm_tui.skp.katalog_reader import bundled
from pmm_tui.skp.model import (
    RHK,
    DataDiri,
    Pegawai,
    PengembanganKompetensi,
    PerilakuKerja,
    PraktikPembelajaran,
    Rangkuman,
    RaporPendidikan,
    RencanaKinerja,
    Tugas,
    TugasTambahan,
)
from pmm_tui.skp.plan_file import write_plan_file
from pmm_tui.store import Store

MOMENT = datetime(2026, 1, 10, 3, 42, tzinfo=UTC)
PERIODE = "2026"
DEAD = "http://127.0.0.1:9"
"""A server that nobody runs."""
TEACHERS = (
    Pegawai(nama="Siti Aminah, S.Pd.", nip="198507142010012012", jk="P", status_kepegawaian="PNS", golongan="III/c"),
    Pegawai(nama="Budi Santoso", nuptk="1234767660300456", status_kepegawaian="Guru Honor Sekolah"),
    Pegawai(nama="Budi Santoso", nuptk="1234767660300457", status_kepegawaian="Guru Honor Sekolah"),
)
RENCANA = RencanaKinerja(
    data_diri=DataDiri(golongan="III/c", jenjang_jabatan="ahli-muda", sesuai=True),
    rapor_pendidikan=RaporPendidikan(dimengerti=True),
    praktik_pembelajaran=PraktikPembelajaran(indikator=("aktivitas-interaktif",)),
    pengembangan_kompetensi=PengembanganKompetensi(rhk=(RHK(uraian="Menyusun modul", satuan="modul", bukti="modul", target=2),)),
    tugas_tambahan=TugasTambahan(tugas=(Tugas(tugas="wali-kelas", nomor_sk="800/1", tanggal_sk="2026-01-05"),)),
    perilaku_kerja=PerilakuKerja(indikator=tuple(f"{p.id}/{p.indikator[0].id}" for p in bundled().perilaku)),
    rangkuman=Rangkuman(dikonfirmasi_guru=True),
)


class Computer:
    """A home folder with a roster, a draft and a sealed plan in it. `env` is the whole environment of the command."""

    def __init__(self, home: Path) -> None:
        self.home = home
        self.work = home / "kerja"
        self.config = home / "config" / "pmm-tui" / "config.toml"
        self.data = home / "pmm"
        self.database = self.data / "pmm-tui.db"
        self.env: dict[str, str] = {
            "PATH": os.environ.get("PATH", os.defpath),
            "HOME": str(home),
            "LANG": "C.UTF-8",
            "TZ": "UTC",
            "XDG_CONFIG_HOME": str(home / "config"),
            "PMM_TUI_DATA": str(self.data),
        }

    def content(self) -> None:
        """Make it; once, as others are copies."""
        self.work.mkdir(mode=0o700, parents=True)
        self.config.parent.mkdir(mode=0o700, parents=True)
        with Store.open(self.database) as store:
            store.roster.write(TEACHERS)
            siti = next(p for p in store.roster.all() if p.nip)
            store.drafts.save(siti.id, PERIODE, RENCANA, 3, MOMENT)
            store.outbox.seal(siti, PERIODE, RENCANA, 3, MOMENT)

    def write(self, name: str, content: str | bytes) -> Path:
        """Write a file into the working folder."""
        path = self.work / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    def configuration(self, content: str | bytes) -> Path:
        """Write the configuration."""
        self.config.write_bytes(content if isinstance(content, bytes) else content.encode())
        self.config.chmod(0o600)
        return self.config

    def token(self, content: str | bytes, mode: int = 0o600) -> Path:
        """Write the token where it is looked for, and a configuration with a server that nobody runs."""
        self.configuration(f'[server]\nurl = "{DEAD}"\n')
        path = self.config.with_name("token")
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        path.chmod(mode)
        return path


Ready = Callable[[Computer], Sequence[str | Path]]
"""Puts what is bad in its place and returns the command line."""


class Case(Struct, frozen=True, kw_only=True):
    """One bad input.

    `codes` are the exit codes that may come of it. All of `named` must stand in what is said: file, key, line. `not_root`:
    modes do not stop root, so that the command has to run as somebody else. `original` is a file whose bytes must still be
    somewhere below the data folder afterwards; where it is None, every row of the database must still be there, unless it may be
    taken as a change (not `whole`). `language`: what is said has to be sentences.
    """

    name: str
    ready: Ready
    codes: tuple[int, ...]
    named: tuple[str, ...] = ()
    not_root: bool = False
    original: str | None = None
    whole: bool = True
    language: bool = True


WRONG: Mapping[str, Any] = {
    "teks": "bukan ini",
    "kosong": "",
    "bulat": 7,
    "negatif": -1,
    "raksasa": 2**63 - 1,
    "pecahan": 1.5,
    "tak-hingga": float("inf"),
    "bukan-angka": float("nan"),
    "benar": True,
    "daftar": [1, "dua"],
    "tabel": {"a": 1},
    "tanggal": MOMENT,
}
"""One value of each kind that TOML has, and the odd ones."""


def rencana_toml() -> str:
    """The first teacher's plan as the program writes it."""
    return write_plan_file(TEACHERS[0], PERIODE, RENCANA, bundled(), "SMP")
