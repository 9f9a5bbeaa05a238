"""Kotak Kirim: which plans wait on this computer, which were sent, and which need the operator."""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar

from rich.cells import cell_len
from textual import on
from textual.app import ComposeResult

from pmm_tui.dates import tanggal_jam
from pmm_tui.services.delivery_words import STATE_WORDS
from pmm_tui.store.outbox_entry import OPEN_STATES, Kiriman
from pmm_tui.text import shorten
from pmm_tui.tui.messages import PlanRequested, SendProgressed
from pmm_tui.tui.screens.screen import Layar
from pmm_tui.tui.widgets.details import Details
from pmm_tui.tui.widgets.line_text import Piece, fit
from pmm_tui.tui.widgets.list_view import Daftar
from pmm_tui.tui.widgets.look import StyleName

_STYLES: dict[str, StyleName] = {
    "queued": "accent", "sending": "accent", "unknown": "accent", "sent": "good", "rejected": "error", "conflict": "error",
    "superseded": "dim",
}  # fmt: skip
_POTONG = 60
"""How many letters of a name or a receipt are shown: what comes after them has to fit into the same few lines."""
_SEKALIGUS = 64
"""How many envelopes are read at once."""


class KotakKirimScreen(Layar):
    """All envelopes of the period, those that need the operator first."""

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
        """Yield the list, and what is known of the row under the cursor."""
        yield Daftar(self._baris, id="daftar")
        yield Details(6, id="rincian")

    async def on_mount(self) -> None:
        await super().on_mount()
        await self.segarkan()

    async def segarkan(self) -> None:
        """Read again which envelopes there are; their contents are read when they come into sight."""
        store, periode = self.shell.store, self.shell.in_force.periode
        self._urutan = store.outbox.order(periode)
        self._dibaca = {}
        self._nama = store.roster.names()
        kosong = ("", "Belum ada yang diajukan.", "", "Buka rencana seorang guru, lengkapi, lalu Ajukan (F9).")
        self.query_one(Daftar).isi(len(self._urutan), kosong=kosong)
        self.kepala("Kotak Kirim", self.shell.background.outbox_sentence())
        self._isi_rincian()

    def _kiriman(self, index: int) -> Kiriman:
        if self._urutan[index] not in self._dibaca:
            first = index - index % _SEKALIGUS
            self._dibaca |= self.shell.store.outbox.some(self._urutan[first : first + _SEKALIGUS])
        return self._dibaca[self._urutan[index]]

    def _baris(self, index: int, lebar: int, here: bool) -> list[Piece]:
        k, rupa = self._kiriman(index), self.shell.rupa
        kata, nama_gaya = STATE_WORDS[k.keadaan].short, _STYLES[k.keadaan]
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
        rincian = self.query_one(Details)
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
    def _chosen(self, event: Daftar.Dipilih) -> None:
        k = self._kiriman(event.index)
        pegawai = self.shell.store.roster.get(k.pegawai_id)
        if pegawai is None:
            self.status("Guru ini tidak ada lagi di daftar", gaya="warning")
            return
        pointer = next((m.pointer for m in k.masalah if m.pointer), "")
        self.post_message(PlanRequested(pegawai, section="" if pointer else "rangkuman", pointer=pointer))

    def action_kirim(self) -> None:
        """Send what waits."""
        self.shell.background.send(forced=True)

    def action_batal_kirim(self) -> None:
        """Stop sending; what was on its way is sent again later."""
        self.status("Menghentikan pengiriman …" if self.shell.background.cancel() else "Tidak ada pengiriman yang berjalan")

    def action_tarik(self) -> None:
        """Fetch reference data and the server's view."""
        self.shell.background.fetch()

    @on(SendProgressed)
    def _progressed(self, event: SendProgressed) -> None:
        self.status(f"Mengirim {event.done} dari {event.total} …")


def _waktu(teks: str) -> str:
    try:
        return tanggal_jam(datetime.fromisoformat(teks))
    except ValueError:
        return shorten(teks, _POTONG) or "-"
