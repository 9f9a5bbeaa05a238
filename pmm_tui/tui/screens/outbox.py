"""Kotak Kirim: which plans wait on this computer, which were sent, and which need the operator."""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar

from rich.cells import cell_len
from textual import on
from textual.app import ComposeResult

from pmm_tui.dates import date_and_time
from pmm_tui.services.delivery_words import STATE_WORDS
from pmm_tui.store.outbox_entry import OPEN_STATES, OutboxEntry
from pmm_tui.text import shorten
from pmm_tui.tui.messages import PlanRequested, SendProgressed
from pmm_tui.tui.screens.screen import PmmScreen
from pmm_tui.tui.widgets.details import Details
from pmm_tui.tui.widgets.line_text import Piece, fit
from pmm_tui.tui.widgets.list_view import VirtualList
from pmm_tui.tui.widgets.look import StyleName

_STYLES: dict[str, StyleName] = {
    "queued": "accent", "sending": "accent", "unknown": "accent", "sent": "good", "rejected": "error", "conflict": "error",
    "superseded": "dim",
}  # fmt: skip
_CUT = 60
"""How many letters of a name or a receipt are shown: what comes after them has to fit into the same few lines."""
_AT_ONCE = 64
"""How many envelopes are read at once."""


class OutboxScreen(PmmScreen):
    """All envelopes of the period, those that need the operator first."""

    PLACE = "kotak"
    FOOTER: ClassVar = ("bantuan", "kirim", "batal_kirim", "tarik", "kembali")
    HELP = (
        "Yang antre aman di komputer ini dan dikirim saat ada jaringan; mengirim ulang tidak membuat rangkap. "
        "Enter pada yang ditolak atau bentrok membawa ke bidangnya."
    )

    def __init__(self) -> None:
        super().__init__()
        self._ids: tuple[int, ...] = ()
        self._read_entries: dict[int, OutboxEntry] = {}
        self._teacher_names: dict[int, str] = {}

    def compose_body(self) -> ComposeResult:
        """Yield the list, and what is known of the row under the cursor."""
        yield VirtualList(self._row, id="daftar")
        yield Details(6, id="rincian")

    async def on_mount(self) -> None:
        await super().on_mount()
        await self.refresh_data()

    async def refresh_data(self) -> None:
        """Read again which envelopes there are; their contents are read when they come into sight."""
        store, periode = self.shell.store, self.shell.in_force.periode
        self._ids = store.outbox.order(periode)
        self._read_entries = {}
        self._teacher_names = store.roster.names()
        empty = ("", "Belum ada yang diajukan.", "", "Buka rencana seorang guru, lengkapi, lalu Ajukan (F9).")
        self.query_one(VirtualList).set_rows(len(self._ids), empty=empty)
        self.set_title("Kotak Kirim", self.shell.background.outbox_sentence())
        self._fill_details()

    def _entry(self, index: int) -> OutboxEntry:
        if self._ids[index] not in self._read_entries:
            first = index - index % _AT_ONCE
            self._read_entries |= self.shell.store.outbox.some(self._ids[first : first + _AT_ONCE])
        return self._read_entries[self._ids[index]]

    def _row(self, index: int, width: int, here: bool) -> list[Piece]:
        entry, look = self._entry(index), self.shell.look
        word, style_name = STATE_WORDS[entry.keadaan].short, _STYLES[entry.keadaan]
        if entry.keadaan == "sent" and entry.status_server in ("disetujui", "dikembalikan"):
            word = entry.status_server
            style_name = "good" if word == "disetujui" else "warning"
        room = max(width - 2 - 1 - 19 - 1 - 5 - 1 - 21, 16)
        name = fit(self._teacher_names.get(entry.pegawai_id, "guru tidak ada lagi"), room, look.signs.ellipsis)
        head = f"{look.signs.cursor if here else ' '} {name}"
        return [
            (head, look.styles.cursor if here else None),
            (" " * (room - cell_len(name)) + " ", None),
            (f"{word:<19}", look.styles.named(style_name)),
            (f" rev {entry.revisi:<3} {entry.tanda_terima}", None),
        ]

    def _fill_details(self) -> None:
        details = self.query_one(Details)
        listed = self.query_one(VirtualList)
        if not self._ids:
            details.set()
            return
        entry = self._entry(listed.cursor)
        lines: list[tuple[str, StyleName]] = [(shorten(self._teacher_names.get(entry.pegawai_id, "-"), _CUT), "strong")]
        if entry.keadaan == "sent":
            receipt, when = shorten(entry.tanda_terima, _CUT) or "-", _when(entry.waktu_server)
            lines.append((f"Tanda terima {receipt}, diterima server {when}, sha256 {entry.sha256[:12]}", "good"))
        elif entry.keadaan in OPEN_STATES:
            tries = f", sudah dicoba {entry.percobaan} kali" if entry.percobaan else ""
            lines.append((f"Aman di komputer ini sejak {date_and_time(entry.dibuat)}{tries}. Akan dikirim saat ada jaringan.", ""))
        elif entry.dipegang:
            lines.append((f"Server memegang revisi {entry.dipegang.revisi} (sha256 {entry.dipegang.sha256[:12]}).", "error"))
            lines.append(("Tanyakan siapa yang mengajukannya; F5 mengambil keadaan server, lalu ajukan lagi.", ""))
        lines += [(m.pesan, "error") for m in entry.masalah]
        if entry.catatan:
            lines.append((f"Catatan: {entry.catatan}", "warning"))
        details.set(*lines)

    @on(VirtualList.CursorMoved)
    def _moved(self) -> None:
        self._fill_details()

    @on(VirtualList.Selected)
    def _chosen(self, event: VirtualList.Selected) -> None:
        entry = self._entry(event.index)
        pegawai = self.shell.store.roster.get(entry.pegawai_id)
        if pegawai is None:
            self.set_status("Guru ini tidak ada lagi di daftar", style="warning")
            return
        pointer = next((m.pointer for m in entry.masalah if m.pointer), "")
        self.post_message(PlanRequested(pegawai, section="" if pointer else "rangkuman", pointer=pointer))

    def action_kirim(self) -> None:
        """Send what waits."""
        self.shell.background.send(forced=True)

    def action_batal_kirim(self) -> None:
        """Stop sending; what was on its way is sent again later."""
        self.set_status("Menghentikan pengiriman …" if self.shell.background.cancel() else "Tidak ada pengiriman yang berjalan")

    def action_tarik(self) -> None:
        """Fetch reference data and the server's view."""
        self.shell.background.fetch()

    @on(SendProgressed)
    def _progressed(self, event: SendProgressed) -> None:
        self.set_status(f"Mengirim {event.done} dari {event.total} …")


def _when(text: str) -> str:
    try:
        return date_and_time(datetime.fromisoformat(text))
    except ValueError:
        return shorten(text, _CUT) or "-"
