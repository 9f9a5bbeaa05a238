"""Kotak Kirim: which plans wait on this computer, which were sent, and which need the operator."""

from __future__ import annotations

from typing import ClassVar

from msgspec import structs
from textual import events, on
from textual.app import ComposeResult

from pmm_tui.errors import PmmError
from pmm_tui.services.decision_words import decision_sentence
from pmm_tui.services.roles import known_roles
from pmm_tui.services.transfer_words import written_sentence
from pmm_tui.store.decision_entry import DecisionEntry
from pmm_tui.store.outbox_entry import HeldPlan, OutboxEntry
from pmm_tui.store.outbox_told import replaced
from pmm_tui.sync.transfer_pack import last_written
from pmm_tui.tui.messages import PaperRequested, PlanRequested, ReadingRequested, SendProgressed
from pmm_tui.tui.screens.decision_rows import decision_lines, decision_words
from pmm_tui.tui.screens.dialog import Dialog
from pmm_tui.tui.screens.outbox_rows import HeldBack, OutboxColumns, Told, detail_lines, row_words, thrifty_row
from pmm_tui.tui.screens.period_words import period_words
from pmm_tui.tui.screens.screen import PmmScreen
from pmm_tui.tui.screens.transfer_band import open_transfer
from pmm_tui.tui.widgets.details import Details, FullLines
from pmm_tui.tui.widgets.line_text import Piece
from pmm_tui.tui.widgets.lines import Lines
from pmm_tui.tui.widgets.list_view import VirtualList
from pmm_tui.tui.widgets.rows import Gap, Row, Text
from pmm_tui.tui.widgets.side_pane import Beside, SidePane

_AT_ONCE = 64
"""How many envelopes are read at once."""
_DETAILS = 6
"""Lines about the row under the cursor, where they stand below the list."""
_LIST_WIDTHS = ((160, 104), (120, 78), (100, 66))
"""From which width of the terminal on the details stand beside the list, and how wide the list is then."""


def _urgency(decision: DecisionEntry) -> tuple[int, int]:
    """What needs a look first, then what waits, then what was sent; of each the newest first."""
    order = {"rejected": 0, "conflict": 0, "sent": 2}
    return order.get(decision.keadaan, 1), -decision.id


class OutboxScreen(PmmScreen):
    """What waits for the operator's word, what is newer on the server, then all envelopes of the period, the urgent ones first."""

    PLACE = "kotak"
    FOOTER: ClassVar = ("bantuan", "kirim", "batal_kirim", "tarik", "kembali")
    KEYS: ClassVar = (("Enter", "Buka"), "kirim", "tarik", "ke_berkas", "dari_berkas", "batal_kirim", "kembali")
    HELP = (
        "Yang antre aman di komputer ini dan dikirim saat ada jaringan; mengirim ulang tidak membuat rangkap. "
        "Tanpa jaringan: tulis ke berkas di USB, kirim dari komputer lain, lalu bawa pulang berkasnya. "
        "Enter pada yang ditolak membawa ke bidangnya, pada yang bentrok atau baru di server ke isi keduanya berdampingan."
    )

    def __init__(self) -> None:
        super().__init__()
        self._rows: tuple[HeldBack | HeldPlan | DecisionEntry | int, ...] = ()
        self._unseen: dict[int, HeldPlan] = {}
        self._ids: tuple[int, ...] = ()
        self._read_entries: dict[int, OutboxEntry] = {}
        self._first_id = 0
        self._replaced: frozenset[int] = frozenset()
        self._returned = 0
        self._teacher_names: dict[int, str] = {}

    def compose_body(self) -> ComposeResult:
        """Yield the lines above, the list, and beside or below it what is known of the row under the cursor."""
        yield Lines(id="kepala-kotak")
        with Beside():
            yield VirtualList(self._row, id="daftar")
            yield SidePane(id="samping")
        yield FullLines(self._rule, 1, id="batas")
        yield Details(_DETAILS, id="rincian")

    async def on_mount(self) -> None:
        await super().on_mount()
        await self.refresh_data()

    async def refresh_data(self) -> None:
        """Read again which envelopes there are; their contents are read when they come into sight."""
        store, periode = self.shell.store, self.shell.in_force.periode
        self._ids = store.outbox.order(periode)
        self._replaced = replaced(store.database, periode)
        self._unseen = {plan.pegawai_id: plan for plan in store.held.unseen(periode).values()}
        standing = store.outbox.standing(periode)
        self._returned = sum(s.keadaan == "sent" and s.status_server == "dikembalikan" for s in standing.values())
        conflicts = {teacher for teacher, entry in standing.items() if entry.keadaan == "conflict"}
        held_back = (HeldBack(*told) for told in sorted(store.outbox.held_back().items()))
        reads_only = known_roles(store) == ("kepala_sekolah",)  # to whom every plan comes from elsewhere
        newer = (plan for teacher, plan in self._unseen.items() if teacher not in conflicts and not reads_only)
        decisions = sorted(store.decisions.newest(periode).values(), key=_urgency)
        urgent = [one for one in decisions if one.keadaan != "sent"]
        self._rows = (*held_back, *newer, *urgent, *self._ids, *decisions[len(urgent) :])
        self._first_id = len(self._rows) - len(decisions) + len(urgent) - len(self._ids)
        self._read_entries = {}
        self._teacher_names = store.roster.names()
        empty = ("", "Belum ada yang diajukan.", "", "Buka rencana seorang guru, lengkapi, lalu Ajukan (F9).")
        self.query_one(VirtualList).set_rows(len(self._rows), empty=empty)
        self._lay_out()

    # ---- bars and layout

    def on_resize(self, event: events.Resize) -> None:
        super().on_resize(event)
        self._lay_out()

    def look_changed(self) -> None:
        super().look_changed()
        self._lay_out()

    @property
    def _list_width(self) -> int:
        width = self.size.width
        return width if self.shell.thrifty else next((listed for least, listed in _LIST_WIDTHS if width >= least), width)

    def _lay_out(self) -> None:
        """Put what is known of a row beside the list where there is room, else below it."""
        side, below = self.query_one(SidePane), self.query_one("#rincian", Details)
        beside = self._list_width < self.size.width
        side.styles.width = max(self.size.width - self._list_width, 1)
        side.display, below.display = beside, not beside
        self.query_one("#batas").display = not (beside or self.shell.thrifty) and bool(self._rows)
        # Below the list means right below its last row, not at the foot of the screen.
        room = self.size.height - 5 - _DETAILS
        fits = not (beside or self.shell.thrifty) and 0 < len(self._rows) < room
        self.query_one(Beside).styles.height = len(self._rows) + 1 if fits else "1fr"
        below.styles.height = "1fr" if fits else _DETAILS
        self.query_one("#kepala-kotak", Lines).display = not self.shell.thrifty
        self._fill_head()
        self.call_after_refresh(self._fill_details)

    def _rule(self, width: int) -> list[list[Piece]]:
        return [[(self.shell.look.signs.rule * width, self.shell.look.styles.rule)]]

    def _fill_head(self) -> None:
        sentence, shell = self.shell.background.outbox_sentence(), self.shell
        if shell.thrifty:
            self.set_title("Kotak Kirim", right=sentence)
            return
        width, styles = self.size.width or 80, shell.look.styles
        self.set_title("Kotak Kirim", shell.in_force.sekolah.nama, *period_words(shell.in_force, shell.services.today(), width))
        returned = f"{self._returned} dikembalikan" if self._returned else ""
        waits = shell.store.outbox.waiting() or shell.store.decisions.waiting()
        in_file = written_sentence(last_written(shell.store), shell.services.now()) if waits else ""
        parts = f" {shell.look.signs.dot} ".join(part for part in (sentence, in_file, returned) if part)
        told: Piece = (f" {parts or 'Tidak ada yang menunggu'}", styles.warning if self._unseen or returned else None)
        self.query_one("#kepala-kotak", Lines).set([told], OutboxColumns.at(self._list_width).headings(shell.look))

    def _at(self, index: int) -> HeldBack | HeldPlan | DecisionEntry | OutboxEntry:
        """What a row is about; envelopes are read in lots."""
        row = self._rows[index]
        if not isinstance(row, int):
            return row
        if row not in self._read_entries:
            at = index - self._first_id
            first = at - at % _AT_ONCE
            self._read_entries |= self.shell.store.outbox.some(self._ids[first : first + _AT_ONCE])
        return self._read_entries[row]

    def _row(self, index: int, width: int, here: bool) -> list[Piece]:
        row, look = self._at(index), self.shell.look
        name = "" if isinstance(row, HeldBack) else self._teacher(row.pegawai_id)
        if isinstance(row, DecisionEntry):
            said = decision_words(row, name, self.shell.background.next_try)
        else:
            said = row_words(row, name, self.shell.background.next_try, replaced=self._is_replaced(row))
        if look.thrifty:
            return thrifty_row(said, row, width, look, here=here)
        return OutboxColumns.at(width).row(said, look, here=here)

    def _is_replaced(self, row: HeldBack | HeldPlan | DecisionEntry | OutboxEntry) -> bool:
        return isinstance(row, OutboxEntry) and row.id in self._replaced

    def _teacher(self, pegawai_id: int) -> str:
        return self._teacher_names.get(pegawai_id, "guru tidak ada lagi")

    def _fill_details(self) -> None:
        lines = self._details()
        rows: tuple[Row, ...] = tuple(part for line in lines for part in (Text(*line), Gap()))
        self.query_one(SidePane).show_now(rows)
        self.query_one("#rincian", Details).set(*lines)

    def _details(self) -> list[Told]:
        if not self._rows:
            return []
        row = self._at(self.query_one(VirtualList).cursor)
        if isinstance(row, DecisionEntry):
            return decision_lines(row, self._teacher(row.pegawai_id), self.shell.background.next_try)
        if isinstance(row, HeldBack):
            name, held = "", None
        else:
            name, held = self._teacher(row.pegawai_id), self._unseen.get(row.pegawai_id)
        lines = detail_lines(row, name, held, self.shell.background.next_try, replaced=self._is_replaced(row))
        if isinstance(row, OutboxEntry) and row.masalah and not self.shell.thrifty:
            lines.append(("Enter membuka rencananya di bidang itu; sesudah diperbaiki, ajukan lagi.", ""))
        return [*lines, *self._word_of_head(row)]

    def _word_of_head(self, row: HeldBack | HeldPlan | OutboxEntry) -> list[Told]:
        """When the head decided on the revision, and what is expected; the note stands there already."""
        plan = self.shell.store.decisions.plan(row.pegawai_id, row.periode) if isinstance(row, OutboxEntry) else None
        if plan is None or not isinstance(row, OutboxEntry) or plan.sha256 != row.sha256 or not decision_sentence(plan):
            return []
        labels = {one.id: one.label for one in self.shell.in_force.katalog.perilaku}
        said = decision_sentence(structs.replace(plan, catatan=""))
        return [(said, "dim"), *((f"Ekspektasi {labels.get(name, name)}: {text}", "") for name, text in plan.ekspektasi.items())]

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
        elif isinstance(row, DecisionEntry):
            self.post_message(ReadingRequested(pegawai))
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

        lines: list[Told] = [(row.words, "") for row in self._rows if isinstance(row, HeldBack)]
        lines.append(("Isinya dikirim seperti dahulu, tanpa diubah.", "dim"))
        buttons = [("tidak", "Tidak, biarkan"), ("ya", "Ya, kirim juga")]
        self.app.push_screen(Dialog("Kirim juga?", lines, buttons), answered)

    def refusal_of(self, action_id: str) -> str:
        """Nothing can be stopped unless something waits, which is what sending goes on with."""
        if action_id == "batal_kirim" and not (self.shell.store.outbox.due(1) or self.shell.store.decisions.due(1)):
            return "tidak ada pengiriman"
        return super().refusal_of(action_id)

    def action_kirim(self) -> None:
        """Send what waits."""
        self.shell.background.send(forced=True)

    def action_batal_kirim(self) -> None:
        """Stop sending; what was on its way is sent again later."""
        self.set_status("Menghentikan pengiriman …" if self.shell.background.cancel() else "Tidak ada pengiriman yang berjalan")

    def action_ke_berkas(self) -> None:
        """Write what waits into a file on a stick."""
        open_transfer(self, "ke")

    def action_dari_berkas(self) -> None:
        """Take what a file brought back, or send what it holds."""
        open_transfer(self, "dari")

    def action_tarik(self) -> None:
        """Fetch reference data and the server's view."""
        self.shell.background.fetch()

    def action_tanda_terima(self) -> None:
        """Print the receipt of the plan under the cursor, or of all that are here."""
        sealed = self.shell.store.outbox.standing(self.shell.in_force.periode)
        every = [number for number in self._teacher_names if number in sealed]
        if not every:
            self.set_status("Belum ada yang diajukan", style="warning")
            return
        row = self._at(self.query_one(VirtualList).cursor)
        here = None if isinstance(row, HeldBack) else row.pegawai_id
        self.post_message(PaperRequested(here, listed=every, every="Semua di Kotak Kirim", what="tanda-terima"))

    @on(SendProgressed)
    def _progressed(self, event: SendProgressed) -> None:
        self.set_status(f"Mengirim {event.done} dari {event.total} …")
