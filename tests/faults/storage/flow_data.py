"""Flows that make, copy, change or bring back the database itself."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

from pmm_tui.store import Store
from pmm_tui.store.file import copies, side_file, wrecks
from pmm_tui.store.recovery.daily import ensure_today
from tests.faults.storage.flow import BANYAK, Alur
from tests.faults.storage.parent import Akhir
from tests.faults.storage.storage_kit import PERIODE, SAAT, Isi, isi, rencana
from tests.faults.storage.victim import BARU


class Cadangan(Alur):
    """A copy to a place of the operator's choice."""

    again = (0, 1)  # 1: it stands there already

    def siapkan(self) -> None:
        """Choose the place."""
        self.usb = self.computer.home / "usb" / "salinan.db"
        self.work = ("cadangan", str(self.usb))

    def tengah(self, korban: Akhir) -> None:
        """The copy is whole or not there; what it is made of is as it was."""
        assert isi(self.basis) == self.semula
        if self.usb.exists():
            assert isi_salinan(self.usb) == self.semula
        else:
            assert not korban.out

    def akhir(self, korban: Akhir) -> None:
        """The copy is there, and nothing half-made beside it but what is too young to be told from another's work."""
        assert isi_salinan(self.usb) == self.semula
        shutil.rmtree(self.usb.parent)


class Migrasi(Alur):
    """The first start of a new version."""

    work = (":versi_baru", "daftar")

    def tengah(self, korban: Akhir) -> None:
        """The old schema or the new one with all that was there, and before it changes a copy of the old."""
        with closing(sqlite3.connect(self.basis)) as basis:
            (version,) = basis.execute("PRAGMA user_version").fetchone()
        assert isi(self.basis, BARU) == self.semula
        if version == len(BARU):
            (copy,) = (c for c in copies(self.basis) if "-skema-" in c.name)
            assert isi_salinan(copy) == self.semula

    def akhir(self, korban: Akhir) -> None:
        """The new schema with all that was there."""
        assert isi(self.basis, BARU) == self.semula


class Pertama(Alur):
    """The very first start."""

    work = ("daftar",)

    def siapkan(self) -> None:
        """Take everything away."""
        shutil.rmtree(self.basis.parent)
        self.basis.parent.mkdir()

    def _semula(self) -> Isi:
        return Isi((), {}, ())

    def tengah(self, korban: Akhir) -> None:
        """A database without anything in it, or none, and never one that is refused."""
        assert isi(self.basis) == self.semula

    def akhir(self, korban: Akhir) -> None:
        """A database."""
        assert isi(self.basis) == self.semula


class Pulihkan(Alur):
    """Bringing a damaged database back."""

    work: tuple[str, ...] = ("pulihkan",)
    again: tuple[int, ...] = (0, 1)  # 1: it is whole already

    def siapkan(self) -> None:
        """Seal two plans, make a copy, seal the others, and damage the file and its log."""
        with Store.open(self.basis) as store:
            for pegawai in store.roster.all():
                store.outbox.seal(pegawai, PERIODE, rencana(), 1, SAAT)
                if pegawai.id == BANYAK // 2:
                    ensure_today(store.database, SAAT.date())
            keep = self.basis.parent.with_name("panas")  # as a crash leaves it, with the log beside it
            shutil.copytree(self.basis.parent, keep)
        shutil.rmtree(self.basis.parent)
        keep.rename(self.basis.parent)
        self.rusak()
        self.asli = self._berkas(self.basis)

    def rusak(self) -> None:
        """Overwrite the middle of the file and of the log."""
        for path in (self.basis, side_file(self.basis)):
            content = path.read_bytes()
            at = len(content) // 3
            path.write_bytes(content[:at] + b"<html>" * 2000 + content[at + 12_000 :])

    @staticmethod
    def _berkas(path: Path) -> tuple[bytes, bytes]:
        log = side_file(path)
        return path.read_bytes(), log.read_bytes() if log.exists() else b""

    def _semula(self) -> Isi:
        return Isi((), {}, ())

    def tengah(self, korban: Akhir) -> None:
        """The old file, to the byte, stands there or lies beside; what stands there otherwise is whole."""
        aside = [self._berkas(wreck) for wreck in wrecks(self.basis)]
        if self.basis.exists() and self._berkas(self.basis) != self.asli:
            assert self.asli in aside
            self._lengkap()
        elif not self.basis.exists():
            assert self.asli in aside

    def akhir(self, korban: Akhir) -> None:
        """Everything that was sealed is back, and the old file lies beside."""
        assert self.asli in [self._berkas(wreck) for wreck in wrecks(self.basis)]
        self._lengkap()
        assert not list(self.basis.parent.glob(f".{self.basis.name}.pulih-*"))

    def _lengkap(self) -> None:
        found = isi(self.basis)
        assert len({a.nip for a in found.amplop}) == len(found.amplop) == BANYAK
        assert len(found.draf) == BANYAK


class PulihkanBernama(Pulihkan):
    """A copy that the operator names, over records that are sound."""

    again = (0,)

    def siapkan(self) -> None:
        """Take the copy away to a stick."""
        super().siapkan()
        (copy,) = copies(self.basis)
        usb = self.computer.home / "usb.db"
        copy.rename(usb)
        self.work = ("pulihkan", str(usb))

    def rusak(self) -> None:
        """Nothing is damaged."""


def isi_salinan(copy: Path) -> Isi:
    """What a copy holds; it is read in a copy of its own, beside which the log is that of an empty outbox."""
    probe = copy.with_name("salinan") / "pmm-tui.db"
    probe.parent.mkdir()
    try:
        shutil.copyfile(copy, probe)
        return isi(probe)
    finally:
        shutil.rmtree(probe.parent)
