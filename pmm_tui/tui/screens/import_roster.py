"""Import with a preview: choose a file, see what every row becomes, then take it."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import ClassVar

from rich.cells import cell_len
from textual import on
from textual.app import ComposeResult

from pmm_tui.errors import PmmError
from pmm_tui.roster.compare import jumlah, to_write
from pmm_tui.roster.model import BarisBanding
from pmm_tui.text import shorten
from pmm_tui.tui.screens.screen import Layar, Rincian
from pmm_tui.tui.widgets.line_text import Piece, fit
from pmm_tui.tui.widgets.list_view import Daftar
from pmm_tui.tui.widgets.look import StyleName
from pmm_tui.tui.widgets.rows import Button, Field, Gap, Heading, Row, RowId, Text
from pmm_tui.tui.widgets.sheet import Lembar

AKHIRAN = (".xlsx", ".xls", ".csv")
_GAYA: dict[str, StyleName] = {"baru": "good", "diperbarui": "accent", "sama": "dim", "ditolak": "error"}
_POTONG = 60
"""Letters of a name, or of what stood there before: the reason comes after them, in the same few lines."""
_URUT = ("ditolak", "diperbarui", "baru", "sama")


class PilihBerkas(Lembar):
    """A path to type, and the newest likely files to choose from."""

    def __init__(self, calon: list[Path]) -> None:
        super().__init__(id="berkas")
        self._calon = calon
        self.path = ""
        self.keluhan = ""

    def on_mount(self) -> None:
        self.muat_ulang(self._calon[0] if self._calon else "path")

    def susun_baris(self) -> tuple[Row, ...]:
        """The field, then the files."""
        rows: list[Row] = [
            Heading("Impor Daftar Guru dari Dapodik"),
            Text("Unduh Daftar Guru dari Dapodik (XLSX), lalu pilih di bawah atau ketik letak berkasnya.", "dim"),
            Gap(),
            Field("path", "Berkas", self.path, width=52, limit=1000, note=self.keluhan, note_style="error"),
            Button("baca", "Baca berkas ini"),
            Gap(),
        ]
        if self._calon:
            rows.append(Text("Berkas terbaru di folder Unduhan dan folder ini", "dim"))
            rows += [Button(path, path.name, right=fit(str(path.parent), 30)) for path in self._calon]
        return tuple(rows)

    def ketik(self, row_id: RowId, nilai: str) -> None:
        """The path."""
        self.path, self.keluhan = nilai, ""

    def tekan(self, row_id: RowId, lanjut: bool) -> None:
        """Read it."""
        path = self.path if row_id == "baca" else str(row_id)
        screen = self.screen
        assert isinstance(screen, ImporScreen)
        screen.baca(path)

    def ujung(self, arah: int) -> None:
        """Stay."""

    def keluhkan(self, kalimat: str) -> None:
        """Say what was wrong with the file, under the field."""
        self.keluhan = kalimat
        self.muat_ulang("path")


class ImporScreen(Layar):
    """First the file, then the preview; nothing is written before `Simpan`."""

    TEMPAT = "impor"
    TOMBOL: ClassVar = ("bantuan", "simpan_impor", "kembali")
    AUTO_FOCUS = None
    BANTUAN = (
        "Setiap baris berkas menjadi baru, diperbarui, sama atau ditolak; yang ditolak tidak menghentikan yang lain. "
        "Tidak ada yang disimpan sebelum Simpan ditekan. Mengimpor dua kali tidak mengubah apa pun."
    )

    def __init__(self) -> None:
        super().__init__()
        self._hasil: list[BarisBanding] = []
        self._tersimpan = False

    def isi_layar(self) -> ComposeResult:
        """The choice of a file; the preview comes in its place."""
        yield PilihBerkas(berkas_terbaru())

    async def on_mount(self) -> None:
        await super().on_mount()
        self.kepala("Impor guru")
        self.query_one(PilihBerkas).focus()

    def baca(self, path: str) -> None:
        """Read a file in the background."""
        self.status("Membaca berkas …")
        self.run_worker(self._baca(path), group="impor", exclusive=True, exit_on_error=False)

    async def _baca(self, path: str) -> None:
        try:
            hasil, kalimat = await asyncio.to_thread(self.pmm.layanan.baca_guru, Path(path.strip().strip('"')).expanduser())
        except PmmError as error:
            self.status("")
            self.query_one(PilihBerkas).keluhkan(error.sentence)
            return
        self._hasil = sorted(hasil, key=lambda b: _URUT.index(b.keadaan))
        await self.query_one(PilihBerkas).remove()
        daftar = Daftar(self._baris, id="daftar")
        await self.mount(daftar, Rincian(6, id="rincian"), before="#status")
        daftar.isi(len(self._hasil), 0, ("", "Tidak ada baris guru di berkas ini."))
        daftar.focus()
        self.kepala("Impor guru: pratinjau", " · ".join(f"{n} {k}" for k, n in jumlah(hasil).items() if n))
        self.status(f"{kalimat} Tekan Enter atau F9 untuk menyimpan.".strip())
        self._isi_rincian()

    def _baris(self, index: int, lebar: int, here: bool) -> list[Piece]:
        b, rupa = self._hasil[index], self.pmm.rupa
        elips = rupa.tanda.elips
        nama = fit(b.nama or "(tanpa nama)", 28, elips)
        head = f"{rupa.tanda.kursor if here else ' '} {nama}"
        room = max(lebar - 2 - 28 - 1 - 7 - 12, 10)
        return [
            (head, rupa.gaya.cursor if here else None),
            (" " * (28 - cell_len(nama)) + f" {'brs ' + str(b.baris):<8}", None),
            (f"{b.keadaan:<11}", rupa.gaya.named(_GAYA[b.keadaan])),
            (fit(_penjelasan(b), room, elips), None),
        ]

    def _isi_rincian(self) -> None:
        if not self._hasil:
            return
        b = self._hasil[self.query_one(Daftar).kursor]
        lines: list[tuple[str, StyleName]] = [(f"Baris {b.baris}: {shorten(b.nama, _POTONG) or '(tanpa nama)'}", "strong")]
        lines += [(f"{c.kolom}: {c.pesan}", "error") for c in b.alasan]
        lines += [(f"{u.kolom}: {shorten(u.dari, _POTONG) or '(kosong)'} menjadi {u.menjadi}", "accent") for u in b.ubahan]
        lines += [(f"{c.kolom}: {c.pesan}", "warning") for c in b.peringatan]
        self.query_one("#rincian", Rincian).isi(*lines)

    @on(Daftar.Bergeser)
    def _moved(self) -> None:
        self._isi_rincian()

    @on(Daftar.Dipilih)
    async def _chosen(self) -> None:
        await self.action_simpan_impor()

    async def action_simpan_impor(self) -> None:
        """Write what is new and what changed, in one transaction."""
        if not self._hasil or self._tersimpan:
            return
        write = to_write(sorted(self._hasil, key=lambda b: b.baris))
        store = self.pmm.store
        try:
            await store.database.ask(store.roster.write, write)
        except PmmError as error:
            self.status(error.sentence, gaya="error")
            return
        self._tersimpan = True
        ditolak = sum(b.keadaan == "ditolak" for b in self._hasil)
        self.app.pop_screen()
        await self.pmm.sesudah_impor(len(write), ditolak)


def berkas_terbaru(paling_banyak: int = 8) -> list[Path]:
    """The newest spreadsheets of the download folder and the working directory, newest first."""
    found: dict[Path, float] = {}
    for folder in (Path.home() / "Downloads", Path.home() / "Unduhan", Path.cwd()):
        try:
            for path in folder.iterdir():
                if path.suffix.lower() in AKHIRAN and path.is_file():
                    found[path] = path.stat().st_mtime
        except OSError:
            continue
    return sorted(found, key=lambda path: -found[path])[:paling_banyak]


def _penjelasan(b: BarisBanding) -> str:
    """The most important thing about a row, in one line."""
    for remark in (*b.alasan, *b.peringatan):
        return f"{remark.kolom}: {remark.pesan}"
    return ", ".join(f"{u.kolom}: {u.dari or '-'} > {u.menjadi}" for u in b.ubahan)
