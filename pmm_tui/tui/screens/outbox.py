"""Kotak Kirim: which plans wait on this computer, which were sent, and which need the operator."""

from __future__ import annotations

from typing import ClassVar

from msgspec import Struct
from rich.cells import cell_len
from textual import on
from textual.app import ComposeResult

from pmm_tui.dates import date_and_time
from pmm_tui.errors import PmmError
from pmm_tui.services.delivery_words import STATE_WORDS
from pmm_tui.services.status_words import held_words, time_words
from pmm_tui.skp.plan_state import State
from pmm_tui.store.outbox_entry import OPEN_STATES, HeldPlan, OutboxEntry
from pmm_tui.text import shorten
from pmm_tui.tui.messages import PlanRequested, SendProgressed
from pmm_tui.tui.screens.dialog import Dialog
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


class HeldBack(Struct, frozen=True):
    """So many envelopes of a period that has ended, sent once and not on the server that is asked now: they go when asked for."""

    periode: str
    count: int


class OutboxScreen(PmmScreen):
    """What waits for the operator's word, what is newer on the server, then all envelopes of the period, the urgent ones first."""

    PLACE = "kotak"
    FOOTER: ClassVar = ("bantuan", "kirim", "batal_kirim", "tarik", "kembali")
    HELP = (
        "Yang antre aman di komputer ini dan dikirim saat ada jaringan; mengirim ulang tidak membuat rangkap. "
        "Enter pada yang ditolak membawa ke bidangnya, pada yang bentrok atau baru di server ke isi keduanya berdampingan."
    )

    def __init__(self) -> None:
        super().__init__()
        self._rows: tuple[HeldBack | HeldPlan | int, ...] = ()
        self._unseen: dict[int, HeldPlan] = {}
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
        self._unseen = {plan.pegawai_id: plan for plan in store.held.unseen(periode).values()}
        standing = store.outbox.standing(periode) if self._unseen else {}
        conflicts = {teacher for teacher, entry in standing.items() if entry.keadaan == "conflict"}
        held_back = (HeldBack(*told) for told in sorted(store.outbox.held_back().items()))
        newer = (plan for teacher, plan in self._unseen.items() if teacher not in conflicts)
        self._rows = (*held_back, *newer, *self._ids)
        self._read_entries = {}
        self._teacher_names = store.roster.names()
        empty = ("", "Belum ada yang diajukan.", "", "Buka rencana seorang guru, lengkapi, lalu Ajukan (F9).")
        self.query_one(VirtualList).set_rows(len(self._rows), empty=empty)
        self.set_title("Kotak Kirim", right=self.shell.background.outbox_sentence())
        self._fill_details()

    def _at(self, index: int) -> HeldBack | HeldPlan | OutboxEntry:
        """What a row is about; envelopes are read in lots."""
        row = self._rows[index]
        if not isinstance(row, int):
            return row
        if row not in self._read_entries:
            at = index - (len(self._rows) - len(self._ids))
            first = at - at % _AT_ONCE
            self._read_entries |= self.shell.store.outbox.some(self._ids[first : first + _AT_ONCE])
        return self._read_entries[row]

    def _row(self, index: int, width: int, here: bool) -> list[Piece]:
        row, look = self._at(index), self.shell.look
        style_name: StyleName = "warning"
        match row:
            case HeldBack():
                name, word, end = _back_words(row), "tidak dikirim", " Enter: kirim juga?"
            case HeldPlan():
                name, word = self._teacher(row.pegawai_id), f"{look.state_sign(State.NEWER)} {State.NEWER.short}"
                end = f" rev {row.revisi:<3} {row.oleh}"
            case _:
                name, (word, style_name) = self._teacher(row.pegawai_id), _word(row)
                end = f" rev {row.revisi:<3} {row.tanda_terima}"
        room = max(width - 2 - 1 - 19 - 1 - 5 - 1 - 21, 16)
        name = fit(name, room, look.signs.ellipsis)
        head = f"{look.signs.cursor if here else ' '} {name}"
        return [
            (head, None),
            (" " * (room - cell_len(name)) + " ", None),
            (f"{word:<19}", look.styles.named(style_name)),
            (end, None),
        ]

    def _teacher(self, pegawai_id: int) -> str:
        return self._teacher_names.get(pegawai_id, "guru tidak ada lagi")

    def _fill_details(self) -> None:
        details = self.query_one(Details)
        listed = self.query_one(VirtualList)
        if not self._rows:
            details.set()
            return
        match self._at(listed.cursor):
            case HeldBack() as back:
                told = "Pernah terkirim dari sini, tetapi server yang sekarang tidak memegangnya. Tidak dikirim dengan sendirinya."
                details.set((_back_words(back), "strong"), (told, ""), ("Enter menanyakan apakah semuanya dikirim juga.", "accent"))
            case HeldPlan() as plan:
                step = "Enter membandingkannya dengan isi di sini; sesudah itu pilih mana yang dipakai."
                name = shorten(self._teacher(plan.pegawai_id), _CUT)
                details.set((name, "strong"), (f"Lebih baru di server: {held_words(plan)}.", "warning"), (step, ""))
            case entry:
                details.set(*self._entry_lines(entry))

    def _entry_lines(self, entry: OutboxEntry) -> list[tuple[str, StyleName]]:
        lines: list[tuple[str, StyleName]] = [(shorten(self._teacher_names.get(entry.pegawai_id, "-"), _CUT), "strong")]
        if entry.keadaan == "sent":
            receipt, when = shorten(entry.tanda_terima, _CUT) or "-", time_words(entry.waktu_server) or "-"
            lines.append((f"Tanda terima {receipt}, diterima server {when}, sha256 {entry.sha256[:12]}", "good"))
        elif entry.ditahan:
            lines.append(("Periodenya sudah berakhir dan server yang sekarang tidak memegangnya; dikirim hanya bila diminta.", ""))
        elif entry.keadaan in OPEN_STATES:
            tries = f", sudah dicoba {entry.percobaan} kali" if entry.percobaan else ""
            lines.append((f"Aman di komputer ini sejak {date_and_time(entry.dibuat)}{tries}. Akan dikirim saat ada jaringan.", ""))
        elif entry.keadaan == "conflict":
            lines += self._conflict_lines(entry)
        lines += [(m.pesan, "error") for m in entry.masalah]
        if entry.catatan:
            lines.append((f"Catatan: {entry.catatan}", "warning"))
        return lines

    def _conflict_lines(self, entry: OutboxEntry) -> list[tuple[str, StyleName]]:
        held = self._unseen.get(entry.pegawai_id)
        if held is not None:
            holds = held_words(held)
        elif entry.dipegang:
            holds = f"revisi {entry.dipegang.revisi} (sha256 {entry.dipegang.sha256[:12]})"
        else:
            holds = ""
        told = f"Server memegang {holds}." if holds else "Server tidak memegang rencana ini lagi."
        return [(told, "error"), ("Enter membandingkan keduanya; sesudah itu pilih mana yang dipakai.", "")]

    @on(VirtualList.CursorMoved)
    def _moved(self) -> None:
        self._fill_details()

    @on(VirtualList.Selected)
    def _chosen(self, event: VirtualList.Selected) -> None:
        row = self._at(event.index)
        if isinstance(row, HeldBack):
            self._ask_release()
            return
        pegawai = self.shell.store.roster.get(row.pegawai_id)
        if pegawai is None:
            self.set_status("Guru ini tidak ada lagi di daftar", style="warning")
        elif isinstance(row, HeldPlan) or row.keadaan == "conflict":
            self.post_message(PlanRequested(pegawai, section="rangkuman", look=True))
        else:
            pointer = next((m.pointer for m in row.masalah if m.pointer), "")
            self.post_message(PlanRequested(pegawai, section="" if pointer else "rangkuman", pointer=pointer))

    def _ask_release(self) -> None:
        """Ask whether to send what was held back; it goes at once."""

        def answered(button: str | None) -> None:
            if button != "ya":
                return
            try:
                self.shell.store.outbox.release()
            except PmmError as error:
                self.set_status(error.sentence, style="error")
            else:
                self.shell.background.send(forced=True)

        lines: list[tuple[str, StyleName]] = [(_back_words(row), "") for row in self._rows if isinstance(row, HeldBack)]
        lines.append(("Isinya dikirim seperti dahulu, tanpa diubah.", "dim"))
        buttons = [("tidak", "Tidak, biarkan"), ("ya", "Ya, kirim juga")]
        self.app.push_screen(Dialog("Kirim juga?", lines, buttons), answered)

    def refusal_of(self, action_id: str) -> str:
        """Nothing can be stopped unless something waits, which is what sending goes on with."""
        if action_id == "batal_kirim" and not self.shell.store.outbox.due(1):
            return "tidak ada pengiriman"
        return super().refusal_of(action_id)

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


def _word(entry: OutboxEntry) -> tuple[str, StyleName]:
    """What the column says of an envelope, and its style."""
    if entry.keadaan == "sent" and entry.status_server in ("disetujui", "dikembalikan"):
        return entry.status_server, "good" if entry.status_server == "disetujui" else "warning"
    if entry.ditahan:
        return "tidak dikirim", "warning"
    return STATE_WORDS[entry.keadaan].short, _STYLES[entry.keadaan]


def _back_words(back: HeldBack) -> str:
    return f"{back.count} rencana periode {shorten(back.periode, 40)} belum ada di server ini"
