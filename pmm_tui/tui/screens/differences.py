"""Lihat bedanya: what stands here beside what the server holds, field by field, and the decision between them."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import ClassVar

from msgspec import structs
from textual import on
from textual.app import ComposeResult

from pmm_tui.dates import date_and_time
from pmm_tui.errors import PmmError
from pmm_tui.services.compare import Comparison
from pmm_tui.services.plan_session import PlanSession
from pmm_tui.services.status_words import held_words
from pmm_tui.skp.plan_diff import Place
from pmm_tui.store.outbox_entry import HeldPlan
from pmm_tui.text import shorten
from pmm_tui.tui.keys import keys_of
from pmm_tui.tui.screens.dialog import Dialog
from pmm_tui.tui.screens.differences_sheet import DifferencesSheet
from pmm_tui.tui.screens.screen import PmmScreen
from pmm_tui.tui.widgets.details import Details
from pmm_tui.tui.widgets.look import StyleName
from pmm_tui.tui.widgets.rows import VersionHeads
from pmm_tui.tui.widgets.versions import COLUMNS

_CHOOSING = ("bantuan", "pakai_server", "pakai_saya", "pakai_pilihan", "kembali")
_WAITING = ("bantuan", "tarik", "kembali")


class DifferencesScreen(PmmScreen):
    """Over a plan: `on_settled(sentence)` is told after a decision, when this screen is gone.

    The choice is about what was shown: what arrives meanwhile is told, and asks for a look of its own.
    """

    PLACE = "beda"
    FOOTER: ClassVar = _CHOOSING
    HELP = (
        "Isi di komputer ini dan isi di server, hanya bidang yang berbeda. Spasi mengganti pilihan sebuah bidang, atau di judul "
        "bagian seluruh bagian; Enter ke baris berikutnya. Isi di server baru tergantikan setelah rencana diajukan."
    )

    def __init__(self, session: PlanSession, comparison: Comparison, on_settled: Callable[[str], Awaitable[None]]) -> None:
        super().__init__()
        self._session, self._comparison, self._on_settled = session, comparison, on_settled

    def compose_body(self) -> ComposeResult:
        """Yield who and when of both, and the fields below."""
        yield Details(3, id="pihak")
        beginning = self.shell.in_force.katalog.kompetensi_umum.rhk_awalan
        yield DifferencesSheet(self._comparison, lambda action: keys_of(action, self.shell.keymap)[0], beginning)

    async def on_mount(self) -> None:
        await super().on_mount()
        self._fill()
        if self._comparison.differences:
            thrifty = "Spasi mengganti pilihan; Enter dan panah ke baris berikutnya."
            full = "Panah kiri atau kanan memilih sisi, Spasi mengganti; Enter ke baris berikut."
            self.set_status(thrifty if self.shell.look.thrifty else full)

    def _fill(self) -> None:
        c, session = self._comparison, self._session
        self.set_title("Lihat bedanya", session.pegawai.nama, session.view().periode.label)
        self.set_footer(_WAITING if c.theirs is None else _CHOOSING)
        who = self._whose if c.revision else "tidak ada lagi"
        status = f", {shorten(c.plan.status, 30)}" if c.plan.status else ""
        saved = f"disimpan {date_and_time(session.saved_at)}" if session.saved_at else "belum dimulai"
        sheet = self.query_one(DifferencesSheet)
        sheet.heads = VersionHeads(f"komputer ini, {saved}", f"{who}{status}")
        sheet.rebuild()
        in_columns = not self.shell.look.thrifty and (self.size.width or 80) >= COLUMNS and bool(self._comparison.differences)
        lines: list[tuple[str, StyleName]] = [] if in_columns else [(f"Di server : {who}{status}", "strong")]
        if newer := self._newer:
            key = keys_of("tarik", self.shell.keymap)[0]
            lines.append((f"{key}: kini ada {newer}; pilihan ini tetap tentang revisi {c.revision}.", "warning"))
        elif c.plan.catatan:
            lines.append((f"Catatan kepala sekolah: {shorten(c.plan.catatan, 120)}", "warning"))
        if not in_columns:
            lines.append((f"Di sini   : isi Anda, {saved}", ""))  # the last one gives way to long words before it
        details = self.query_one("#pihak", Details)
        details.resize(min(len(lines), 2) if in_columns else 3)
        details.set(*lines)

    @property
    def _whose(self) -> str:
        return self._comparison.whose if self._comparison.seen else held_words(self._comparison.plan)

    @property
    def _newer(self) -> str:
        """What arrived after the comparison was made; empty for nothing."""
        held, shown = self._session.held, self._comparison.plan
        return "" if held is None or (held.revisi, held.sha256) == (shown.revisi, shown.sha256) else _brief(held)

    async def refresh_data(self) -> None:
        """Compare anew where the content was missing; what is being looked at stays."""
        if self._comparison.theirs is None:
            await self._compare()
        else:
            self._fill()

    async def _compare(self) -> None:
        comparison = await self._session.compare()
        if comparison is None:
            self.app.pop_screen()
            await self._on_settled("Server tidak memegang isi lain untuk rencana ini.")
            return
        self._comparison = comparison
        self.query_one(DifferencesSheet).compare(comparison)
        self._fill()

    # ---- deciding

    @on(DifferencesSheet.Pressed)
    async def _pressed(self, event: DifferencesSheet.Pressed) -> None:
        await self.run_action(event.button)

    async def action_tarik(self) -> None:
        """Show what arrived meanwhile, or ask the server."""
        if self._newer:
            await self._compare()
        else:
            self.shell.background.fetch()

    async def action_pakai_server(self) -> None:
        """Take all that the server holds."""
        if self._comparison.theirs is None:
            self.set_status("Isi di server belum ada di sini; ambil dulu.", style="warning")
        else:
            await self._settle(frozenset(one.place for one in self._comparison.differences))

    async def action_pakai_saya(self) -> None:
        """Keep all that stands here; it may replace what the server holds."""
        c = self._comparison
        if c.theirs is not None or c.revision == 0:
            await self._settle(frozenset())
        elif not c.unreadable:
            self.set_status("Isi di server belum ada di sini; ambil dulu.", style="warning")
        else:
            lines: list[tuple[str, StyleName]] = [
                (f"Di server ada {self._whose}, yang tidak terbaca di sini.", "warning"),
                ("Setelah Anda ajukan, isi itu digantikan tanpa pernah dilihat di komputer ini.", ""),
            ]
            buttons = [("tidak", "Batal"), ("ya", "Ya, pakai milik saya")]
            self.app.push_screen(Dialog("Pakai milik saya tanpa melihatnya?", lines, buttons), self._unread_answered)

    async def _unread_answered(self, button: str | None) -> None:
        if button == "ya":
            await self._settle(frozenset())

    async def action_pakai_pilihan(self) -> None:
        """Take each field as it is chosen."""
        if self._comparison.theirs is None:
            self.set_status("Isi di server belum ada di sini; ambil dulu.", style="warning")
        else:
            await self._settle(self.query_one(DifferencesSheet).from_theirs)

    async def _settle(self, from_theirs: frozenset[Place]) -> None:
        try:
            await self._session.settle(self._comparison, from_theirs)
        except PmmError as error:
            self.set_status(error.sentence, style="error")
            return
        self.app.pop_screen()
        await self._on_settled(self._settled_sentence(from_theirs))

    def _settled_sentence(self, from_theirs: frozenset[Place]) -> str:
        """What follows from the decision."""
        c, undo = self._comparison, keys_of("urung", self.shell.keymap)[0]
        if c.theirs is not None and not c.differences:
            return "Isinya sama dengan yang di server; tidak perlu diajukan lagi."
        if from_theirs == {one.place for one in c.differences} and from_theirs and c.plan.status == "disetujui":
            return "Isi server diambil; sudah disetujui, jadi terkunci. Isi Anda disimpan: pmm-tui beda ID --batal."
        if from_theirs == {one.place for one in c.differences} and from_theirs:
            return f"Isi server diambil; {undo} mengembalikan isi Anda."
        if from_theirs:
            count = len(from_theirs)
            return f"{count} bidang diambil dari server; {undo} mengembalikan isi Anda. Minta konfirmasi guru lagi, lalu ajukan."
        if self._newer:
            return f"Isi Anda tetap. Kini ada {self._newer} di server; lihat juga bedanya."
        if c.plan.status == "disetujui":
            return "Isi Anda tetap, tetapi yang di server sudah disetujui; minta kepala sekolah mengembalikannya dulu."
        if self._session.line.state.is_submitted:
            return "Isi Anda tetap."
        if c.revision == 0:
            return "Isi Anda tetap; ajukan agar server memegangnya lagi."
        return f"Isi Anda tetap; ajukan untuk menggantikan {_brief(c.plan)}."


def _brief(plan: HeldPlan) -> str:
    """Which revision it is, and of whom."""
    return held_words(structs.replace(plan, waktu=""))
