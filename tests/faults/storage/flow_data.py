"""Flows that make, copy, change or bring back the database itself."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

from pmm_tui.store import Store
from pmm_tui.store.file import copies, side_file, wrecks
from pmm_tui.store.recovery.daily import ensure_today
from tests.faults.storage.flow import MANY, Flow
from tests.faults.storage.parent import Ending
from tests.faults.storage.storage_kit import MOMENT, PERIODE, Content, content, rencana
from tests.faults.storage.victim import NEW


class BackUp(Flow):
    """A copy to a place of the operator's choice."""

    again = (0, 1)  # 1: it stands there already

    def prepare(self) -> None:
        """Choose the place."""
        self.usb = self.computer.home / "usb" / "salinan.db"
        self.work = ("cadangan", str(self.usb), "--buat-folder")

    def middle(self, victim: Ending) -> None:
        """The copy is whole or not there; what it is made of is as it was."""
        assert content(self.database) == self.as_before
        if self.usb.exists():
            assert copy_content(self.usb) == self.as_before
        else:
            assert not victim.out

    def end(self, victim: Ending) -> None:
        """The copy is there, and nothing half-made beside it but what is too young to be told from another's work."""
        assert copy_content(self.usb) == self.as_before
        shutil.rmtree(self.usb.parent)


class Migration(Flow):
    """The first start of a new version."""

    work = (":new_version", "daftar")

    def middle(self, victim: Ending) -> None:
        """The old schema or the new one with all that was there, and before it changes a copy of the old."""
        with closing(sqlite3.connect(self.database)) as database:
            (version,) = database.execute("PRAGMA user_version").fetchone()
        assert content(self.database, NEW) == self.as_before
        if version == len(NEW):
            (copy,) = (c for c in copies(self.database) if "-skema-" in c.name)
            assert copy_content(copy) == self.as_before

    def end(self, victim: Ending) -> None:
        """The new schema with all that was there."""
        assert content(self.database, NEW) == self.as_before


class FirstStart(Flow):
    """The very first start."""

    work = ("daftar",)

    def prepare(self) -> None:
        """Take everything away."""
        shutil.rmtree(self.database.parent)
        self.database.parent.mkdir()

    def _as_before(self) -> Content:
        return Content((), {}, ())

    def middle(self, victim: Ending) -> None:
        """A database without anything in it, or none, and never one that is refused."""
        assert content(self.database) == self.as_before

    def end(self, victim: Ending) -> None:
        """A database."""
        assert content(self.database) == self.as_before


class Restore(Flow):
    """Bringing a damaged database back."""

    work: tuple[str, ...] = ("pulihkan",)
    again: tuple[int, ...] = (0, 1)  # 1: it is whole already

    def prepare(self) -> None:
        """Seal two plans, make a copy, seal the others, and damage the file and its log."""
        with Store.open(self.database) as store:
            for pegawai in store.roster.all():
                store.outbox.seal(pegawai, PERIODE, rencana(), 1, MOMENT)
                if pegawai.id == MANY // 2:
                    ensure_today(store.database, MOMENT.date())
            keep = self.database.parent.with_name("panas")  # as a crash leaves it, with the log beside it
            shutil.copytree(self.database.parent, keep)
        shutil.rmtree(self.database.parent)
        keep.rename(self.database.parent)
        self.damaged()
        self.original = self._file(self.database)

    def damaged(self) -> None:
        """Overwrite the middle of the file and of the log."""
        for path in (self.database, side_file(self.database)):
            content = path.read_bytes()
            at = len(content) // 3
            path.write_bytes(content[:at] + b"<html>" * 2000 + content[at + 12_000 :])

    @staticmethod
    def _file(path: Path) -> tuple[bytes, bytes]:
        log = side_file(path)
        return path.read_bytes(), log.read_bytes() if log.exists() else b""

    def _as_before(self) -> Content:
        return Content((), {}, ())

    def middle(self, victim: Ending) -> None:
        """The old file, to the byte, stands there or lies beside; what stands there otherwise is whole."""
        aside = [self._file(wreck) for wreck in wrecks(self.database)]
        if self.database.exists() and self._file(self.database) != self.original:
            assert self.original in aside
            self._complete()
        elif not self.database.exists():
            assert self.original in aside

    def end(self, victim: Ending) -> None:
        """Everything that was sealed is back, and the old file lies beside."""
        assert self.original in [self._file(wreck) for wreck in wrecks(self.database)]
        self._complete()
        assert not list(self.database.parent.glob(f".{self.database.name}.pulih-*"))

    def _complete(self) -> None:
        found = content(self.database)
        assert len({a.nip for a in found.envelopes}) == len(found.envelopes) == MANY
        assert len(found.drafts) == MANY


class RestoreNamed(Restore):
    """A copy that the operator names, over records that are sound."""

    again = (0,)

    def prepare(self) -> None:
        """Take the copy away to a stick."""
        super().prepare()
        (copy,) = copies(self.database)
        usb = self.computer.home / "usb.db"
        copy.rename(usb)
        self.work = ("pulihkan", str(usb))

    def damaged(self) -> None:
        """Nothing is damaged."""


def copy_content(copy: Path) -> Content:
    """What a copy holds; it is read in a copy of its own, beside which the log is that of an empty outbox."""
    probe = copy.with_name("salinan") / "pmm-tui.db"
    probe.parent.mkdir()
    try:
        shutil.copyfile(copy, probe)
        return content(probe)
    finally:
        shutil.rmtree(probe.parent)
