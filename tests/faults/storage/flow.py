"""What a victim on the command line is in the middle of, and what has to be true of it whenever it dies.

Each flow is made ready once; `tengah` looks after a kill, `akhir` after the same command was given again and came to its end.
"""

from __future__ import annotations

import shutil
from pathlib import Path

from pmm_tui.skp.katalog_reader import bundled
from pmm_tui.skp.plan_file_write import tulis_berkas
from pmm_tui.store import Store
from tests.faults.storage.parent import Akhir
from tests.faults.storage.storage_kit import PERIODE, SAAT, Isi, Komputer, di_server, isi, rencana
from tests.journeys.real_server import ServerNyata
from tests.journeys.steps import unduhan

BANYAK = 4
"""Teachers on the computer."""


class Alur:
    """A flow; `work` is what the mother runs."""

    work: tuple[str, ...] = ()
    once: tuple[int, ...] = (0,)
    """Exit codes of the command."""
    again: tuple[int, ...] = (0,)
    """Exit codes that it may have when it is given again."""

    def __init__(self, folder: Path, mulai: int = 1) -> None:
        self.computer = Komputer(folder, BANYAK, mulai=mulai, dikonfirmasi=True)
        self.basis = self.computer.basis
        self.siapkan()
        self.computer.simpan_keadaan()
        self.semula = self._semula()

    def siapkan(self) -> None:
        """Make ready."""

    def _semula(self) -> Isi:
        keep = self.basis.parent.with_name("sementara")
        shutil.copytree(self.basis.parent, keep)
        found = isi(self.basis)
        shutil.rmtree(self.basis.parent)
        keep.rename(self.basis.parent)
        return found

    def tengah(self, korban: Akhir) -> None:
        """Look at what a kill has left."""
        raise NotImplementedError

    def akhir(self, korban: Akhir) -> None:
        """Look at what there is when the command has come to its end."""
        raise NotImplementedError


class ImporRencana(Alur):
    """Plans from files."""

    once = again = (0, 1)  # 1: the teachers have to confirm them again

    def siapkan(self) -> None:
        """Write a file for each teacher."""
        with Store.open(self.basis) as store:
            for pegawai in store.roster.all():
                text = tulis_berkas(pegawai, PERIODE, rencana("Dari berkas"), bundled(), "SMP")
                (self.computer.home / f"{pegawai.id}.toml").write_text(text, "utf-8")
        self.work = ("rencana", "impor", *(str(path) for path in sorted(self.computer.home.glob("*.toml"))))

    def tengah(self, korban: Akhir) -> None:
        """Every plan is the old one or the file's; all are the file's once a line was said."""
        said = {plan.pengembangan_kompetensi.rhk[0].uraian for plan in isi(self.basis).draf.values()}
        assert said <= ({"Dari berkas"} if ": diperbarui" in korban.out else {"Menulis modul", "Dari berkas"})
        assert len(isi(self.basis).draf) == BANYAK

    def akhir(self, korban: Akhir) -> None:
        """All are the files'."""
        assert {plan.pengembangan_kompetensi.rhk[0].uraian for plan in isi(self.basis).draf.values()} == {"Dari berkas"}


class Ajukan(Alur):
    """All plans into the outbox."""

    work = ("ajukan", "--semua-lengkap")

    def tengah(self, korban: Akhir) -> None:
        """Each at most once, and all once a line was said."""
        sealed = [a.nip for a in isi(self.basis).amplop]
        assert len(set(sealed)) == len(sealed)
        assert len(sealed) == BANYAK or ": antre" not in korban.out

    def akhir(self, korban: Akhir) -> None:
        """Each once."""
        found = isi(self.basis)
        assert [(a.revisi, a.keadaan) for a in found.amplop] == [(1, "queued")] * BANYAK
        assert found.draf == self.semula.draf


class ImporGuru(Alur):
    """Teachers from Dapodik."""

    def siapkan(self) -> None:
        """Put the file there."""
        self.work = ("impor", str(unduhan(self.computer.home)))

    def tengah(self, korban: Akhir) -> None:
        """All or none."""
        there = len(isi(self.basis).nama)
        assert there == BANYAK + 12 or (there == BANYAK and "12 baru" not in korban.err)

    def akhir(self, korban: Akhir) -> None:
        """All, once."""
        assert len(isi(self.basis).nama) == BANYAK + 12


class Kirim(Alur):
    """The outbox to the server, which is given by `ke`."""

    work = ("kirim",)

    def siapkan(self) -> None:
        """Seal everything."""
        with Store.open(self.basis) as store:
            for pegawai in store.roster.all():
                draf = store.drafts.get(pegawai.id, PERIODE)
                assert draf is not None
                store.outbox.seal(pegawai, PERIODE, draf.rencana, draf.suntingan, SAAT)

    def ke(self, server: ServerNyata) -> Kirim:
        """Name the server."""
        self.computer.env |= {"PMM_TUI_SERVER": server.url, "PMM_TUI_TOKEN": server.token}
        self.server = server
        return self

    def tengah(self, korban: Akhir) -> None:
        """What is sent here stands there with that receipt, and nothing stands there twice."""
        found = isi(self.basis).amplop
        assert {a for a in found if a.keadaan == "sent"} <= set(di_server(self.server.database))
        assert {a.keadaan for a in found} <= {"queued", "unknown", "sent"}
        for line in korban.out.splitlines():
            assert "terkirim, tanda terima " not in line or line.split()[-1] in {a.tanda_terima for a in found}

    def akhir(self, korban: Akhir) -> None:
        """All stands there, once."""
        found = isi(self.basis).amplop
        nip = {a.nip for a in found}
        assert sorted(found) == [a for a in di_server(self.server.database) if a.nip in nip]
