"""Settings, and the first run: practice, or server address, token and school; the connection is tried before it is kept."""

from __future__ import annotations

from typing import ClassVar

import msgspec
from textual.app import ComposeResult

from pmm_tui.errors import ConfigError, PmmError
from pmm_tui.text import clean
from pmm_tui.tui.ports import Pengaturan
from pmm_tui.tui.screens.screen import Layar
from pmm_tui.tui.widgets.rows import Baris, isian, jeda, judul, pilihan, teks, tombol
from pmm_tui.tui.widgets.sheet import Lembar

_BIDANG = {"server.url": "url", "sekolah.npsn": "npsn", "sekolah.kepala_sekolah.nip": "kepala_nip", "token": "token"}
JENJANG = ("TK", "SD", "SMP", "SMA", "SMK", "SLB")


class IsiPengaturan(Lembar):
    """The fields."""

    def __init__(self, awal: Pengaturan, pertama: bool) -> None:
        super().__init__(id="pengaturan")
        self.nilai = awal
        self._pertama = pertama
        self.pesan = ""
        self.beres = False
        self.salah = ""

    def on_mount(self) -> None:
        self.muat_ulang("latihan" if self._pertama else "url")

    def susun_baris(self) -> tuple[Baris, ...]:
        """Practice first on a first run, then server, then school."""
        n = self.nilai
        rows: list[Baris] = []
        if self._pertama:
            rows += [
                judul("Selamat datang di pmm-tui"),
                teks("Coba dahulu dengan sekolah contoh, atau isi server sekolah atau dinas Anda.", "dim"),
                jeda(),
                tombol("latihan", "Latihan dengan sekolah contoh", catatan="tanpa jaringan; data Anda sendiri tidak tersentuh"),
                tombol("luring", "Mulai tanpa server", catatan="isi rencana dahulu; server dapat diatur kemudian"),
                jeda(),
            ]
        rows += [
            judul("Server"),
            self._isian("url", "Alamat server", n.url, 50, "misalnya https://pmm.dinas-contoh.go.id"),
            self._isian("token", "Token", n.token, 50, "dari admin server; kosong = yang tersimpan", rahasia=True),
            jeda(),
            judul("Sekolah"),
            self._isian("npsn", "NPSN", n.npsn, 10, maks=8),
            isian("nama", "Nama sekolah", n.nama, lebar=50, maks=120),
            teks("Jenjang"),
            *(pilihan(f"jenjang/{j}", j, n.jenjang == j) for j in JENJANG),
            isian("kepala", "Kepala sekolah", n.kepala, lebar=50, maks=120),
            self._isian("kepala_nip", "NIP kepala sekolah", n.kepala_nip, 22, maks=24),
            pilihan("plt", "Kepala sekolah berstatus Plt.", n.plt, cek=True),
            teks("Data sekolah yang dikosongkan diambil dari server.", "dim"),
            jeda(),
        ]
        if self.pesan and not self.salah:
            rows.append(teks(self.pesan, "good" if self.beres else "error"))
        rows += [tombol("uji", "Uji sambungan"), tombol("simpan", "Simpan")]
        return tuple(rows)

    def _isian(
        self, id: str, label: str, nilai: str, lebar: int, catatan: str = "", *, maks: int = 300, rahasia: bool = False
    ) -> Baris:
        """A field, with what is wrong with it below."""
        salah = self.pesan if id == self.salah else ""
        return isian(
            id,
            label,
            nilai,
            lebar=lebar,
            maks=maks,
            rahasia=rahasia,
            catatan=salah or catatan,
            gaya_catatan="error" if salah else "dim",
        )

    def ketik(self, id: str, nilai: str) -> None:
        """A field."""
        self.nilai = msgspec.structs.replace(self.nilai, **{id: nilai})
        self.pesan = self.salah = ""

    def tekan(self, id: str, lanjut: bool) -> None:
        """A choice or a button."""
        screen = self.screen
        assert isinstance(screen, PengaturanScreen)
        if id.startswith("jenjang/"):
            self.nilai = msgspec.structs.replace(self.nilai, jenjang=id.removeprefix("jenjang/"))
            self.muat_ulang("kepala" if lanjut else None)
        elif id == "plt":
            self.nilai = msgspec.structs.replace(self.nilai, plt=lanjut or not self.nilai.plt)
            self.muat_ulang("uji" if lanjut else None)
        elif id == "uji":
            screen.uji()
        elif id == "simpan":
            screen.simpan()
        elif id == "latihan":
            self.app.exit("latihan")
        elif id == "luring":
            screen.tanpa_server()

    def ujung(self, arah: int) -> None:
        """Stay."""

    def katakan(self, pesan: str, beres: bool, kunci: str = "") -> None:
        """Say how the try went, in one sentence: above the buttons, or under the field that is wrong."""
        self.pesan, self.beres, self.salah = clean(pesan), beres, _BIDANG.get(kunci, "")
        self.muat_ulang(self.salah or None)


class PengaturanScreen(Layar):
    """Settings; `pertama` on the first run."""

    TEMPAT = "atur"
    TOMBOL: ClassVar = ("bantuan", "simpan_atur", "kembali", "keluar")
    BANTUAN = "Alamat server harus https, kecuali komputer ini sendiri. Token disimpan di berkas yang hanya dapat dibaca oleh Anda."

    def __init__(self, pertama: bool = False) -> None:
        super().__init__()
        self._pertama = pertama
        self._tetap: Pengaturan | None = None  # what is saved although the try failed, when Simpan is pressed again

    def isi_layar(self) -> ComposeResult:
        """The fields."""
        yield IsiPengaturan(self.pmm.layanan.pengaturan(), self._pertama)

    async def on_mount(self) -> None:
        await super().on_mount()
        self.kepala("Mulai" if self._pertama else "Pengaturan")

    def tanpa_server(self) -> None:
        """Begin without a server, and do not ask again at the next start."""
        try:
            self.pmm.layanan.simpan(Pengaturan())
        except PmmError as error:
            self._keluhkan(error)
            return
        self.app.pop_screen()

    def uji(self) -> None:
        """Try the connection in the background."""
        self.query_one(IsiPengaturan).katakan("Menghubungi server …", True)
        self.run_worker(self._uji(), group="uji", exclusive=True, exit_on_error=False)

    async def _uji(self) -> bool:
        lembar = self.query_one(IsiPengaturan)
        try:
            hasil = await self.pmm.layanan.uji(lembar.nilai)
        except PmmError as error:
            self._keluhkan(error)
            return False
        lembar.katakan(hasil.kalimat, hasil.beres)
        return hasil.beres

    def _keluhkan(self, error: PmmError) -> None:
        kunci = error.key if isinstance(error, ConfigError) else ""
        sentence = error.sentence.removeprefix(f"{kunci}: ")
        self.query_one(IsiPengaturan).katakan(sentence, False, kunci)
        self.status(sentence, gaya="error")

    def simpan(self) -> None:
        """Write the configuration; what cannot be right is refused with a sentence."""
        self.run_worker(self._simpan(), group="uji", exclusive=True, exit_on_error=False)

    async def _simpan(self) -> None:
        lembar = self.query_one(IsiPengaturan)
        if lembar.nilai.url.strip() and self._tetap != lembar.nilai:
            lembar.katakan("Menghubungi server …", True)
            if not await self._uji():
                if not lembar.salah:
                    self._tetap = lembar.nilai
                    self.status("Simpan sekali lagi untuk menyimpan walau sambungan belum berhasil", gaya="warning")
                return
        try:
            self.pmm.layanan.simpan(lembar.nilai)
        except PmmError as error:
            self._keluhkan(error)
            return
        self.app.pop_screen()
        await self.pmm.pengaturan_baru()

    def action_simpan_atur(self) -> None:
        """Save."""
        self.simpan()
