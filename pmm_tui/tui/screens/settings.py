"""Settings, and the first run: practice, or server address, token and school; the connection is tried before it is kept."""

from __future__ import annotations

from typing import ClassVar

import msgspec
from textual.app import ComposeResult

from pmm_tui.errors import ConfigError, PmmError
from pmm_tui.text import clean
from pmm_tui.tui.ports import Pengaturan
from pmm_tui.tui.screens.screen import Layar
from pmm_tui.tui.widgets.look import StyleName
from pmm_tui.tui.widgets.rows import Button, Choice, Field, Gap, Heading, Row, RowId, Text
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

    def susun_baris(self) -> tuple[Row, ...]:
        """Practice first on a first run, then server, then school."""
        n = self.nilai
        rows: list[Row] = []
        if self._pertama:
            rows += [
                Heading("Selamat datang di pmm-tui"),
                Text("Coba dahulu dengan sekolah contoh, atau isi server sekolah atau dinas Anda.", "dim"),
                Gap(),
                Button("latihan", "Latihan dengan sekolah contoh", note="tanpa jaringan; data Anda sendiri tidak tersentuh"),
                Button("luring", "Mulai tanpa server", note="isi rencana dahulu; server dapat diatur kemudian"),
                Gap(),
            ]
        rows += [
            Heading("Server"),
            self._field("url", "Alamat server", n.url, 50, "misalnya https://pmm.dinas-contoh.go.id"),
            self._field("token", "Token", n.token, 50, "dari admin server; kosong = yang tersimpan", secret=True),
            Gap(),
            Heading("Sekolah"),
            self._field("npsn", "NPSN", n.npsn, 10, limit=8),
            Field("nama", "Nama sekolah", n.nama, width=50, limit=120),
            Text("Jenjang"),
            *(Choice(j, j, n.jenjang == j) for j in JENJANG),
            Field("kepala", "Kepala sekolah", n.kepala, width=50, limit=120),
            self._field("kepala_nip", "NIP kepala sekolah", n.kepala_nip, 22, limit=24),
            Choice("plt", "Kepala sekolah berstatus Plt.", n.plt, tick=True),
            Text("Data sekolah yang dikosongkan diambil dari server.", "dim"),
            Gap(),
        ]
        if self.pesan and not self.salah:
            rows.append(Text(self.pesan, "good" if self.beres else "error"))
        rows += [Button("uji", "Uji sambungan"), Button("simpan", "Simpan")]
        return tuple(rows)

    def _field(
        self, row_id: str, label: str, value: str, width: int, note: str = "", *, limit: int = 300, secret: bool = False
    ) -> Field:
        """A field, with what is wrong with it below."""
        wrong = self.pesan if row_id == self.salah else ""
        style: StyleName = "error" if wrong else "dim"
        return Field(row_id, label, value, width=width, limit=limit, secret=secret, note=wrong or note, note_style=style)

    def ketik(self, row_id: RowId, nilai: str) -> None:
        """A field."""
        self.nilai = msgspec.structs.replace(self.nilai, **{str(row_id): nilai})
        self.pesan = self.salah = ""

    def tekan(self, row_id: RowId, lanjut: bool) -> None:
        """A choice or a button."""
        screen = self.screen
        assert isinstance(screen, PengaturanScreen)
        if row_id in JENJANG:
            self.nilai = msgspec.structs.replace(self.nilai, jenjang=str(row_id))
            self.muat_ulang("kepala" if lanjut else None)
        elif row_id == "plt":
            self.nilai = msgspec.structs.replace(self.nilai, plt=lanjut or not self.nilai.plt)
            self.muat_ulang("uji" if lanjut else None)
        elif row_id == "uji":
            screen.uji()
        elif row_id == "simpan":
            screen.simpan()
        elif row_id == "latihan":
            self.app.exit("latihan")
        elif row_id == "luring":
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
