"""Daftar Guru: every teacher and how the plan stands; search as you type, filter, sort."""

from __future__ import annotations

from itertools import pairwise
from typing import ClassVar, NamedTuple

from rich.cells import cell_len
from textual import events, on
from textual.app import ComposeResult

from pmm_tui.services.listing import all_lines, line_of
from pmm_tui.skp.model import Pegawai
from pmm_tui.skp.overview import Ikhtisar
from pmm_tui.skp.plan_state import Keadaan, banyak_selesai
from pmm_tui.text import by_name
from pmm_tui.tui.screens.screen import Layar, Rincian
from pmm_tui.tui.widgets.list_view import Daftar
from pmm_tui.tui.widgets.look import Potongan, muat, sorot
from pmm_tui.tui.widgets.rows import NamaGaya

SARING: dict[str, tuple[Keadaan, ...]] = {
    "semua": tuple(Keadaan),
    "belum selesai": tuple(k for k in Keadaan if not k.selesai),
    "siap diajukan": (Keadaan.LENGKAP,),
    "perlu perhatian": tuple(k for k in Keadaan if k.perlu_perhatian),
    "antre": (Keadaan.ANTRE,),
    "selesai": tuple(k for k in Keadaan if k.selesai),
}
URUT = ("nama", "status", "masalah")
KOSONG = (
    "",
    "Belum ada guru.",
    "",
    "F4  Impor dari berkas Dapodik (XLSX, XLS atau CSV)",
    "F5  Tarik data dari server sekolah atau dinas",
)
_GAYA: dict[Keadaan, NamaGaya] = {
    Keadaan.TERKIRIM: "baik", Keadaan.DISETUJUI: "baik", Keadaan.LENGKAP: "aksen", Keadaan.ANTRE: "aksen",
    Keadaan.DIPERBAIKI: "salah", Keadaan.BENTROK: "salah", Keadaan.DIKEMBALIKAN: "awas", Keadaan.BERUBAH: "awas",
}  # fmt: skip


class DaftarGuruScreen(Layar):
    """The first screen."""

    TEMPAT = "daftar"
    TOMBOL: ClassVar = ("bantuan", "saring", "impor", "tarik", "kotak", "kirim")
    BANTUAN = (
        "Semua guru dan keadaan rencananya. Ketik untuk mencari nama atau NIP; Enter membuka rencana. "
        "Selesai berarti sudah diterima server; status kosong, belum dimulai."
    )

    def __init__(self) -> None:
        super().__init__()
        self._semua: tuple[Ikhtisar, ...] = ()
        self._kata: dict[int, str] = {}
        self._selesai = (0, 0)
        self._kembar: set[int] = set()
        self._tampil: list[Ikhtisar] = []
        self._saring = "semua"
        self._urut = "nama"

    def isi_layar(self) -> ComposeResult:
        """What is searched for, column headings, the list."""
        yield Rincian(2, id="cari")
        yield Daftar(self._baris, cari=True, id="daftar")

    async def on_mount(self) -> None:
        await super().on_mount()
        self._muat()

    # ---- the list

    def _muat(self) -> None:
        """Read everything."""
        self._semua = all_lines(self.pmm.store, self.pmm.acuan, self.pmm.layanan.hari_ini())
        self._kata = {}
        self._cari_kembar()
        self._hitung()
        self._tata()

    def _muat_satu(self, id: int) -> None:
        """Read one teacher again: the others have not changed, and there may be a thousand of them."""
        baru = line_of(self.pmm.store, self.pmm.acuan, self.pmm.layanan.hari_ini(), id)
        if baru is not None:
            self._semua = tuple(baru if i.pegawai.id == id else i for i in self._semua)
            self._kata.pop(id, None)
            self._hitung()

    def _cari_kembar(self) -> None:
        """Find the teachers whose names look alike; only the thrifty look, which shows no numbers, has to know."""
        self._kembar = set()
        for one, other in pairwise(i.pegawai for i in self._semua) if self.pmm.hemat else ():  # sorted: they are neighbours
            if by_name(one.nama) == by_name(other.nama):
                self._kembar |= {one.id, other.id}

    def _hitung(self) -> None:
        """Count what changes with the plans, not with what is searched for."""
        self._selesai = banyak_selesai(i.keadaan for i in self._semua)
        self.status(kanan=self.pmm.latar.kalimat_kotak())

    def _tata(self, pegawai: int | None = None) -> None:
        """Filter, sort, show; the cursor stays on its teacher, or goes to the one named."""
        daftar = self.query_one(Daftar)
        if pegawai is None and self._tampil and daftar.kursor < len(self._tampil):
            pegawai = self._tampil[daftar.kursor].pegawai.id
        words = daftar.cari.casefold().split()
        lolos = SARING[self._saring]
        shown = [i for i in self._semua if i.keadaan in lolos] if self._saring != "semua" else list(self._semua)
        if words:
            shown = [i for i in shown if all(word in self._dicari(i.pegawai) for word in words)]
        if self._urut == "status":
            order = list(Keadaan)
            shown.sort(key=lambda i: order.index(i.keadaan))
        elif self._urut == "masalah":
            shown.sort(key=lambda i: -i.halangan)
        self._tampil = shown
        at = next((n for n, i in enumerate(shown) if i.pegawai.id == pegawai), 0) if pegawai else 0
        kosong = KOSONG if not self._semua else ("", "Tidak ada guru yang cocok. Esc menghapus pencarian; F2 mengganti saringan.")
        daftar.isi(len(shown), at, kosong)
        self._isi_kepala()

    def _dicari(self, p: Pegawai) -> str:
        """What a search looks through; made at the first search, and kept for the next letter."""
        if p.id not in self._kata:
            self._kata[p.id] = f"{p.nama} {p.nip} {p.nuptk} {p.jenis_ptk}".casefold()
        return self._kata[p.id]

    def _isi_kepala(self) -> None:
        acuan = self.pmm.acuan
        selesai, semua = self._selesai
        self.kepala(
            f"Daftar Guru · {acuan.sekolah.nama or 'sekolah belum diatur'}", f"{acuan.label} · {selesai} dari {semua} selesai"
        )
        cari = self.query_one(Daftar).cari
        saring = f"Saring: {self._saring} ({len(self._tampil)})" if self._saring != "semua" else f"Semua guru ({len(self._tampil)})"
        kolom = _Kolom.pada(self.size.width or 80, self.pmm.hemat)
        self.query_one("#cari", Rincian).isi(
            (f"Cari: {cari}_   {saring}   Urut: {self._urut}", "aksen" if cari else ""),
            (kolom.kepala(), "redup"),
        )

    def _baris(self, index: int, lebar: int, here: bool) -> list[Potongan]:
        ringkas = self._tampil[index]
        rupa = self.pmm.rupa
        gaya = rupa.gaya
        p, keadaan, kolom = ringkas.pegawai, ringkas.keadaan, _Kolom.pada(lebar, rupa.hemat)
        nomor = p.nip or p.nuptk or "-"
        nama = muat(f"{p.nama} {nomor}" if p.id in self._kembar else p.nama, kolom.nama, rupa.tanda.elips)
        bar = sorot(nama)
        lain = "" if rupa.hemat else f" {nomor:<18} {muat(p.jenis_ptk, kolom.jenis, rupa.tanda.elips):<{kolom.jenis}}"
        pieces: list[Potongan] = [
            (f"{rupa.tanda.kursor if here else ' '} {bar}", gaya.kursor if here else None),
            (f"{nama[len(bar) :]}{' ' * (kolom.nama - cell_len(nama))}{lain} ", None),
        ]
        # Of a plan not begun nothing is told: most rows are so at first, and each word of theirs is waited for.
        kata = "" if keadaan is Keadaan.BELUM else f"{keadaan.ascii if rupa.ascii else keadaan.tanda} {keadaan.kata}"
        nama_gaya = _GAYA.get(keadaan, "")
        pieces.append((f"{kata:<{kolom.status}}", getattr(gaya, nama_gaya) if nama_gaya else None))
        if ringkas.halangan and not keadaan.selesai:
            pieces.append((f"{ringkas.halangan:>3}{rupa.tanda.masalah}", gaya.salah))
        return pieces

    def on_resize(self, event: events.Resize) -> None:
        super().on_resize(event)
        self.rupa_baru()

    def rupa_baru(self) -> None:
        if self._semua:
            self._cari_kembar()
            self._isi_kepala()

    # ---- what the operator does

    @on(Daftar.Dicari)
    def _searched(self) -> None:
        self._tata(pegawai=0)

    @on(Daftar.Dipilih)
    async def _chosen(self, event: Daftar.Dipilih) -> None:
        if event.index < len(self._tampil):  # chosen ahead of a list that became shorter
            await self.pmm.buka_rencana(self._tampil[event.index].pegawai)

    def action_saring(self) -> None:
        """The next filter."""
        names = list(SARING)
        self._saring = names[(names.index(self._saring) + 1) % len(names)]
        self._tata()

    def action_urutkan(self) -> None:
        """The next order."""
        self._urut = URUT[(URUT.index(self._urut) + 1) % len(URUT)]
        self._tata()

    def action_impor(self) -> None:
        """Open the import."""
        from pmm_tui.tui.screens.import_roster import ImporScreen  # only when asked for

        self.app.push_screen(ImporScreen())

    def action_tarik(self) -> None:
        """Fetch reference data."""
        self.pmm.latar.tarik()

    def action_kirim(self) -> None:
        """Send what waits."""
        self.pmm.latar.kirim(paksa=True)

    def action_kotak(self) -> None:
        """Open the outbox."""
        self.pmm.buka_kotak()

    def action_atur(self) -> None:
        """Open the settings."""
        from pmm_tui.tui.screens.settings import PengaturanScreen  # only when asked for

        self.app.push_screen(PengaturanScreen())

    def action_periode(self) -> None:
        """Choose another period."""
        from pmm_tui.tui.screens.choose import Calon, PilihScreen  # only when asked for

        acuan = self.pmm.acuan

        async def jawab(id: str | None) -> None:
            if id and id != acuan.periode:
                await self.pmm.ganti_periode(id)

        calon = [Calon(p.id, p.label, catatan=skema) for p, skema in self.pmm.layanan.periode()]
        self.app.push_screen(PilihScreen("Ganti periode", calon, acuan.periode), jawab)

    async def segarkan(self) -> None:
        """The store or the reference data changed."""
        self._muat()

    @on(events.ScreenResume)
    def _resumed(self) -> None:
        if self.pmm.terakhir is not None:
            self.ke_berikutnya(self.pmm.terakhir)
            self.pmm.terakhir = None

    def ke_berikutnya(self, pegawai: int) -> None:
        """Come back from a plan: stay on its teacher, or go on to the next unfinished one when it is done."""
        self._muat_satu(pegawai)
        self._tata(pegawai)
        ids = [i.pegawai.id for i in self._tampil]
        at = ids.index(pegawai) if pegawai in ids else 0
        if self._tampil and self._tampil[at].keadaan.is_submitted:
            later = [*range(at + 1, len(ids)), *range(at)]
            at = next((n for n in later if not self._tampil[n].keadaan.is_submitted), at)
        if ids and ids[at] != pegawai:
            self._tata(ids[at])


class _Kolom(NamedTuple):
    """Cells of the columns at a width of the screen."""

    nama: int
    jenis: int
    status: int

    @classmethod
    def pada(cls, lebar: int, hemat: bool) -> _Kolom:
        """The name gets what the others leave; on a wide screen all of them grow. The thrifty look has name and status only."""
        jenis = 0 if hemat else 10 if lebar < 100 else 18
        lain = 0 if hemat else 1 + 18 + 1 + jenis
        return cls(max(lebar - 2 - lain - 1 - 18 - 4, 12), jenis, 18)

    def kepala(self) -> str:
        """The headings."""
        lain = f" {'NIP atau NUPTK':<18} {'Jenis PTK':<{self.jenis}}" if self.jenis else ""
        return f" {'Nama':<{self.nama}}{lain} Status"
