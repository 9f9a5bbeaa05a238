"""Kotak Kirim: what is safe, what is sent, what needs me."""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar

from rich.cells import cell_len
from textual import on
from textual.app import ComposeResult

from pmm_tui.dates import tanggal_jam
from pmm_tui.store.outbox_entry import OPEN_STATES, Kiriman
from pmm_tui.text import shorten
from pmm_tui.tui.messages import SendProgressed
from pmm_tui.tui.screens.screen import Layar, Rincian
from pmm_tui.tui.widgets.line_text import Piece, fit
from pmm_tui.tui.widgets.list_view import Daftar
from pmm_tui.tui.widgets.look import StyleName

_KATA: dict[str, tuple[str, StyleName]] = {
    "queued": ("antre", "accent"),
    "sending": ("sedang dikirim", "accent"),
    "unknown": ("antre, belum pasti", "accent"),
    "sent": ("terkirim", "good"),
    "rejected": ("ditolak", "error"),
    "conflict": ("bentrok", "error"),
    "superseded": ("diganti", "dim"),
}
_POTONG = 60
"""Letters of what stands before the rest of a row's few lines."""
_SEKALIGUS = 64
"""Envelopes that are read at once."""


class KotakKirimScreen(Layar):
    """All envelopes of the period, those that need somebody first."""

    TEMPAT = "kotak"
    TOMBOL: ClassVar = ("bantuan", "kirim", "batal_kirim", "tarik", "kembali")
    BANTUAN = (
        "Yang antre aman di komputer ini dan dikirim saat ada jaringan; mengirim ulang tidak membuat rangkap. "
        "Enter pada yang ditolak atau bentrok membawa ke bidangnya."
    )

    def __init__(self) -> None:
        super().__init__()
        self._urutan: tuple[int, ...] = ()
        self._dibaca: dict[int, Kiriman] = {}
        self._nama: dict[int, str] = {}

    def isi_layar(self) -> ComposeResult:
        """The list, and what is known of the row under the cursor."""
        yield Daftar(self._baris, id="daftar")
        yield Rincian(6, id="rincian")

    async def on_mount(self) -> None:
        await super().on_mount()
        await self.segarkan()

    async def segarkan(self) -> None:
        """Read the outbox again; of its envelopes only those that are looked at."""
        store, periode = self.pmm.store, self.pmm.acuan.periode
        self._urutan = store.outbox.order(periode)
        self._dibaca = {}
        self._nama = store.roster.names()
        kosong = ("", "Belum ada yang diajukan.", "", "Buka rencana seorang guru, lengkapi, lalu Ajukan (F9).")
        self.query_one(Daftar).isi(len(self._urutan), kosong=kosong)
        self.kepala("Kotak Kirim", self.pmm.latar.kalimat_kotak())
        self._isi_rincian()

    def _kiriman(self, index: int) -> Kiriman:
        if self._urutan[index] not in self._dibaca:
            first = index - index % _SEKALIGUS
            self._dibaca |= self.pmm.store.outbox.some(self._urutan[first : first + _SEKALIGUS])
        return self._dibaca[self._urutan[index]]

    def _baris(self, index: int, lebar: int, here: bool) -> list[Piece]:
        k, rupa = self._kiriman(index), self.pmm.rupa
        kata, nama_gaya = _KATA[k.keadaan]
        if k.keadaan == "sent" and k.status_server in ("disetujui", "dikembalikan"):
            kata = k.status_server
            nama_gaya = "good" if kata == "disetujui" else "warning"
        room = max(lebar - 2 - 1 - 19 - 1 - 5 - 1 - 21, 16)
        nama = fit(self._nama.get(k.pegawai_id, "guru tidak ada lagi"), room, rupa.tanda.elips)
        head = f"{rupa.tanda.kursor if here else ' '} {nama}"
        return [
            (head, rupa.gaya.cursor if here else None),
            (" " * (room - cell_len(nama)) + " ", None),
            (f"{kata:<19}", rupa.gaya.named(nama_gaya)),
            (f" rev {k.revisi:<3} {k.tanda_terima}", None),
        ]

    def _isi_rincian(self) -> None:
        rincian = self.query_one(Rincian)
        daftar = self.query_one(Daftar)
        if not self._urutan:
            rincian.isi()
            return
        k = self._kiriman(daftar.kursor)
        lines: list[tuple[str, StyleName]] = [(shorten(self._nama.get(k.pegawai_id, "-"), _POTONG), "strong")]
        if k.keadaan == "sent":
            tanda, waktu = shorten(k.tanda_terima, _POTONG) or "-", _waktu(k.waktu_server)
            lines.append((f"Tanda terima {tanda}, diterima server {waktu}, sha256 {k.sha256[:12]}", "good"))
        elif k.keadaan in OPEN_STATES:
            kali = f", sudah dicoba {k.percobaan} kali" if k.percobaan else ""
            lines.append((f"Aman di komputer ini sejak {tanggal_jam(k.dibuat)}{kali}. Akan dikirim saat ada jaringan.", ""))
        elif k.dipegang:
            lines.append((f"Server memegang revisi {k.dipegang.revisi} (sha256 {k.dipegang.sha256[:12]}).", "error"))
            lines.append(("Tanyakan siapa yang mengajukannya; F5 mengambil keadaan server, lalu ajukan lagi.", ""))
        lines += [(m.pesan, "error") for m in k.masalah]
        if k.catatan:
            lines.append((f"Catatan: {k.catatan}", "warning"))
        rincian.isi(*lines)

    @on(Daftar.Bergeser)
    def _moved(self) -> None:
        self._isi_rincian()

    @on(Daftar.Dipilih)
    async def _chosen(self, event: Daftar.Dipilih) -> None:
        k = self._kiriman(event.index)
        pegawai = self.pmm.store.roster.get(k.pegawai_id)
        if pegawai is None:
            self.status("Guru ini tidak ada lagi di daftar", gaya="warning")
            return
        pointer = next((m.pointer for m in k.masalah if m.pointer), "")
        self.app.pop_screen()
        await self.pmm.buka_rencana(pegawai, bagian="" if pointer else "rangkuman", pointer=pointer)

    def action_kirim(self) -> None:
        """Send what waits."""
        self.pmm.latar.kirim(paksa=True)

    def action_batal_kirim(self) -> None:
        """Stop after the request that is on its way."""
        self.status("Menghentikan pengiriman …" if self.pmm.latar.batalkan() else "Tidak ada pengiriman yang berjalan")

    def action_tarik(self) -> None:
        """Fetch reference data and the server's view."""
        self.pmm.latar.tarik()

    @on(SendProgressed)
    def _progressed(self, event: SendProgressed) -> None:
        self.status(f"Mengirim {event.selesai} dari {event.dari} …")


def _waktu(teks: str) -> str:
    try:
        return tanggal_jam(datetime.fromisoformat(teks))
    except ValueError:
        return shorten(teks, _POTONG) or "-"
