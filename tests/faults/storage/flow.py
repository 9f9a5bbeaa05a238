"""What a victim on the command line is in the middle of, and what has to be true of it whenever it dies.

Each flow is made ready once; `middle` looks after a kill, `end` after the same command was given again and came to its end.
"""

from __future__ import annotations

import shutil
from pathlib import Path

from pmm_tui.skp.katalog_reader import bundled
from pmm_tui.skp.plan_file_write import write_plan_file
from pmm_tui.store import Store
from tests.faults.storage.parent import Ending
from tests.faults.storage.storage_kit import MOMENT, PERIODE, Computer, Content, content, on_server, rencana
from tests.journeys.real_server import RealServer
from tests.journeys.steps import downloads

MANY = 4
"""Teachers on the computer."""


class Flow:
    """A flow; `work` is what the mother runs."""

    work: tuple[str, ...] = ()
    once: tuple[int, ...] = (0,)
    """Exit codes of the command."""
    again: tuple[int, ...] = (0,)
    """Exit codes that it may have when it is given again."""

    def __init__(self, folder: Path, first: int = 1) -> None:
        self.computer = Computer(folder, MANY, first=first, confirmed=True)
        self.database = self.computer.database
        self.prepare()
        self.computer.keep_state()
        self.as_before = self._as_before()

    def prepare(self) -> None:
        """Make ready."""

    def _as_before(self) -> Content:
        keep = self.database.parent.with_name("sementara")
        shutil.copytree(self.database.parent, keep)
        found = content(self.database)
        shutil.rmtree(self.database.parent)
        keep.rename(self.database.parent)
        return found

    def middle(self, victim: Ending) -> None:
        """Look at what a kill has left."""
        raise NotImplementedError

    def end(self, victim: Ending) -> None:
        """Look at what there is when the command has come to its end."""
        raise NotImplementedError


class ImportPlans(Flow):
    """Plans from files."""

    once = again = (0, 1)  # 1: the teachers have to confirm them again

    def prepare(self) -> None:
        """Write a file for each teacher."""
        with Store.open(self.database) as store:
            for pegawai in store.roster.all():
                text = write_plan_file(pegawai, PERIODE, rencana("Dari berkas"), bundled(), "SMP")
                (self.computer.home / f"{pegawai.id}.toml").write_text(text, "utf-8")
        self.work = ("rencana", "impor", *(str(path) for path in sorted(self.computer.home.glob("*.toml"))))

    def middle(self, victim: Ending) -> None:
        """Every plan is the old one or the file's; all are the file's once a line was said."""
        said = {plan.pengembangan_kompetensi.rhk[0].uraian for plan in content(self.database).drafts.values()}
        assert said <= ({"Dari berkas"} if ": diperbarui" in victim.out else {"Menulis modul", "Dari berkas"})
        assert len(content(self.database).drafts) == MANY

    def end(self, victim: Ending) -> None:
        """All are the files'."""
        assert {plan.pengembangan_kompetensi.rhk[0].uraian for plan in content(self.database).drafts.values()} == {"Dari berkas"}


class Submit(Flow):
    """All plans into the outbox."""

    work = ("ajukan", "--semua-lengkap")

    def middle(self, victim: Ending) -> None:
        """Each at most once, and all once a line was said."""
        sealed = [a.nip for a in content(self.database).envelopes]
        assert len(set(sealed)) == len(sealed)
        assert len(sealed) == MANY or ": antre" not in victim.out

    def end(self, victim: Ending) -> None:
        """Each once."""
        found = content(self.database)
        assert [(a.revision, a.state) for a in found.envelopes] == [(1, "queued")] * MANY
        assert found.drafts == self.as_before.drafts


class ImportTeachers(Flow):
    """Teachers from Dapodik."""

    def prepare(self) -> None:
        """Put the file there."""
        self.work = ("impor", str(downloads(self.computer.home)))

    def middle(self, victim: Ending) -> None:
        """All or none."""
        there = len(content(self.database).names)
        assert there == MANY + 12 or (there == MANY and "12 baru" not in victim.err)

    def end(self, victim: Ending) -> None:
        """All, once."""
        assert len(content(self.database).names) == MANY + 12


class Send(Flow):
    """The outbox to the server, which `to` names."""

    work = ("kirim",)

    def prepare(self) -> None:
        """Seal everything."""
        with Store.open(self.database) as store:
            for pegawai in store.roster.all():
                draft = store.drafts.get(pegawai.id, PERIODE)
                assert draft is not None
                store.outbox.seal(pegawai, PERIODE, draft.rencana, draft.edit, MOMENT)

    def to(self, server: RealServer) -> Send:
        """Name the server."""
        self.computer.env |= {"PMM_TUI_SERVER": server.url, "PMM_TUI_TOKEN": server.token}
        self.server = server
        return self

    def middle(self, victim: Ending) -> None:
        """What is sent here stands there with that receipt, and nothing stands there twice."""
        found = content(self.database).envelopes
        assert {a for a in found if a.state == "sent"} <= set(on_server(self.server.database))
        assert {a.state for a in found} <= {"queued", "unknown", "sent"}
        for line in victim.out.splitlines():
            assert "terkirim, tanda terima " not in line or line.split()[-1] in {a.receipt for a in found}

    def end(self, victim: Ending) -> None:
        """All stands there, once."""
        found = content(self.database).envelopes
        nip = {a.nip for a in found}
        assert sorted(found) == [a for a in on_server(self.server.database) if a.nip in nip]
