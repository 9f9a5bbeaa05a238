"""Daftar Guru: every teacher and how the plan stands; search as you type, filter, sort."""

from __future__ import annotations

from itertools import pairwise
from typing import ClassVar, NamedTuple

from rich.cells import cell_len
from textual import events, on
from textual.app import ComposeResult

from pmm_tui.services.listing import all_lines, line_of
from pmm_tui.services.stages import stage_short
from pmm_tui.skp.model import Pegawai
from pmm_tui.skp.overview import PlanLine
from pmm_tui.skp.plan_state import State, count_done
from pmm_tui.text import by_name
from pmm_tui.tui.messages import ImportRequested, OutboxRequested, PeriodRequested, PlanRequested, SettingsRequested
from pmm_tui.tui.screens.screen import PmmScreen
from pmm_tui.tui.widgets.details import Details
from pmm_tui.tui.widgets.line_text import Piece, ends, fit, wrap
from pmm_tui.tui.widgets.list_view import VirtualList
from pmm_tui.tui.widgets.look import StyleName

FILTERS: dict[str, tuple[State, ...]] = {
    "semua": tuple(State),
    "belum selesai": tuple(s for s in State if not s.done),
    "siap diajukan": (State.COMPLETE,),
    "perlu perhatian": tuple(s for s in State if s.needs_attention),
    "antre": (State.QUEUED,),
    "selesai": tuple(s for s in State if s.done),
}
ORDERS = ("nama", "status", "masalah")
EMPTY = (
    "",
    "Belum ada guru.",
    "",
    "F4  Impor dari berkas Dapodik (XLSX, XLS atau CSV)",
    "F5  Tarik data dari server sekolah atau dinas",
)
_STYLE: dict[State, StyleName] = {
    State.SENT: "good", State.APPROVED: "good", State.COMPLETE: "accent", State.QUEUED: "accent",
    State.TO_FIX: "error", State.CONFLICT: "error", State.RETURNED: "warning", State.CHANGED: "warning",
    State.NEWER: "warning",
}  # fmt: skip


_MEANINGS = {
    State.COMPLETE: "siap diajukan",
    State.QUEUED: "aman di komputer ini, dikirim saat ada jaringan",
    State.TO_FIX: "server menolaknya",
    State.CONFLICT: "server memegang isi lain; buka rencananya, lalu Lihat bedanya",
    State.CHANGED: "sejak diajukan; ajukan lagi",
    State.NEWER: "komputer lain mengirim isi yang belum dilihat di sini; buka rencananya, lalu Lihat bedanya",
}
"""What the help adds to a state's own word."""


class RosterScreen(PmmScreen):
    """The list of teachers, which is the first screen."""

    PLACE = "daftar"
    FOOTER: ClassVar = ("bantuan", "saring", "impor", "tarik", "kotak", "kirim")
    HELP = (
        "Semua guru dan keadaan rencananya. Ketik untuk mencari nama atau NIP; Enter membuka rencana. "
        "Selesai berarti sudah diterima server; status kosong, belum dimulai."
    )

    def __init__(self) -> None:
        super().__init__()
        self._lines: tuple[PlanLine, ...] = ()
        self._search_texts: dict[int, str] = {}
        self._done = (0, 0)
        self._namesakes: set[int] = set()
        self._shown: list[PlanLine] = []
        self._filter = "semua"
        self._sorted_by = "nama"

    def compose_body(self) -> ComposeResult:
        """Yield the search, the headings, and the list."""
        yield Details(2, id="cari")
        yield VirtualList(self._row, search=True, id="daftar")

    async def on_mount(self) -> None:
        await super().on_mount()
        self._load()

    # ---- the list

    def _load(self) -> None:
        """Read all teachers and their plans."""
        self._lines = all_lines(self.shell.store, self.shell.in_force, self.shell.services.today())
        self._search_texts = {}
        self._find_namesakes()
        self._count()
        self._arrange()

    @property
    def listed(self) -> tuple[int, ...]:
        """The teachers as they are shown, by id."""
        return tuple(line.pegawai.id for line in self._shown)

    def take_notice(self, pegawai_id: int) -> None:
        """Read one teacher again: the others have not changed, and there may be a thousand of them."""
        new = line_of(self.shell.store, self.shell.in_force, self.shell.services.today(), pegawai_id)
        if new is not None:
            self._lines = tuple(new if line.pegawai.id == pegawai_id else line for line in self._lines)
            self._search_texts.pop(pegawai_id, None)
            self._count()

    def _find_namesakes(self) -> None:
        """Find the teachers whose names look alike; only the thrifty look, which shows no numbers, has to know."""
        self._namesakes = set()
        for one, other in (
            pairwise(line.pegawai for line in self._lines) if self.shell.thrifty else ()
        ):  # sorted: they are neighbours
            if by_name(one.nama) == by_name(other.nama):
                self._namesakes |= {one.id, other.id}

    def _count(self) -> None:
        """Count finished plans and waiting envelopes, which no search changes."""
        self._done = count_done(line.state for line in self._lines)
        self.set_status(right=self.shell.background.outbox_sentence())

    def _arrange(self, pegawai_id: int | None = None) -> None:
        """Filter, sort, show; the cursor stays on its teacher, or goes to the one named."""
        listed = self.query_one(VirtualList)
        if pegawai_id is None and self._shown and listed.cursor < len(self._shown):
            pegawai_id = self._shown[listed.cursor].pegawai.id
        words = listed.search.casefold().split()
        passing = FILTERS[self._filter]
        shown = [line for line in self._lines if line.state in passing] if self._filter != "semua" else list(self._lines)
        if words:
            shown = [line for line in shown if all(word in self._search_text(line.pegawai) for word in words)]
        if self._sorted_by == "status":
            order = list(State)
            shown.sort(key=lambda line: order.index(line.state))
        elif self._sorted_by == "masalah":
            shown.sort(key=lambda line: -line.blocking_count)
        self._shown = shown
        near = max(min(listed.cursor, len(shown) - 1), 0)  # where somebody stood who is listed no more
        at = next((n for n, line in enumerate(shown) if line.pegawai.id == pegawai_id), near) if pegawai_id else 0
        empty = EMPTY if not self._lines else ("", "Tidak ada guru yang cocok. Esc menghapus pencarian; F2 mengganti saringan.")
        listed.set_rows(len(shown), at, empty)
        self._fill_head()

    def _search_text(self, p: Pegawai) -> str:
        """Return what a search looks through: made at the first search, and kept for the next letter."""
        if p.id not in self._search_texts:
            self._search_texts[p.id] = f"{p.nama} {p.nip} {p.nuptk} {p.jenis_ptk}".casefold()
        return self._search_texts[p.id]

    def _fill_head(self) -> None:
        in_force = self.shell.in_force
        done, every = self._done
        self.set_title(
            "Daftar Guru", in_force.sekolah.nama or "sekolah belum diatur", f"{in_force.label} · {done} dari {every} selesai"
        )
        search = self.query_one(VirtualList).search
        filtered = f"Saring: {self._filter} ({len(self._shown)})" if self._filter != "semua" else f"Semua guru ({len(self._shown)})"
        width = self.size.width or 80
        clock = wrap(in_force.clock, width - 2) if in_force.clock else ()  # a clock that cannot be goes above all else
        stage = stage_short(in_force, self.shell.services.today())
        head = self.query_one("#cari", Details)
        head.resize(len(clock) + 2)
        head.set(
            *((line, "warning") for line in clock),
            (ends(f"Cari: {search}_   {filtered}   Urut: {self._sorted_by}", stage, width - 2), "accent" if search else ""),
            (_Columns.at(width, self.shell.thrifty).headings(), "dim"),
        )

    def _row(self, index: int, width: int, here: bool) -> list[Piece]:
        line = self._shown[index]
        look = self.shell.look
        styles = look.styles
        p, state, columns = line.pegawai, line.state, _Columns.at(width, look.thrifty)
        number = p.nip or p.nuptk or "-"
        name = fit(f"{p.nama} {number}" if p.id in self._namesakes else p.nama, columns.name, look.signs.ellipsis)
        rest = "" if look.thrifty else f" {number:<18} {fit(p.jenis_ptk, columns.jenis, look.signs.ellipsis):<{columns.jenis}}"
        pieces: list[Piece] = [
            (f"{look.signs.cursor if here else ' '} {name}{' ' * (columns.name - cell_len(name))}{rest} ", None),
        ]
        # Of a plan not begun nothing is told: most rows are so at first, and each word of theirs is waited for.
        name_of_state = state.word if len(state.word) + 2 <= columns.status else state.short
        word = "" if state is State.NOT_STARTED else f"{look.state_sign(state)} {name_of_state}"
        style_name = _STYLE.get(state, "")
        pieces.append((f"{word:<{columns.status}}", styles.named(style_name)))
        if line.blocking_count and not state.done:
            pieces.append((f"{line.blocking_count:>3}{look.signs.problem}", styles.error))
        return pieces

    def on_resize(self, event: events.Resize) -> None:
        super().on_resize(event)
        self.look_changed()

    def look_changed(self) -> None:
        if self._lines:
            self._find_namesakes()
            self._fill_head()

    # ---- what the operator does

    @on(VirtualList.Searched)
    def _searched(self) -> None:
        self._arrange(0)

    @on(VirtualList.Selected)
    def _chosen(self, event: VirtualList.Selected) -> None:
        if event.index < len(self._shown):  # chosen ahead of a list that became shorter
            self.post_message(PlanRequested(self._shown[event.index].pegawai))

    def action_saring(self) -> None:
        """Go on to the next filter."""
        names = list(FILTERS)
        self._filter = names[(names.index(self._filter) + 1) % len(names)]
        self._arrange()

    def action_urutkan(self) -> None:
        """Go on to the next order."""
        self._sorted_by = ORDERS[(ORDERS.index(self._sorted_by) + 1) % len(ORDERS)]
        self._arrange()

    def action_impor(self) -> None:
        """Open the import."""
        self.post_message(ImportRequested())

    def action_tarik(self) -> None:
        """Fetch reference data."""
        self.shell.background.fetch()

    def action_kirim(self) -> None:
        """Send what waits."""
        self.shell.background.send(forced=True)

    def action_kotak(self) -> None:
        """Open the outbox."""
        self.post_message(OutboxRequested())

    def action_atur(self) -> None:
        """Open the settings."""
        self.post_message(SettingsRequested())

    def action_periode(self) -> None:
        """Choose another period."""
        from pmm_tui.tui.screens.choose import Choice, ChoiceScreen  # only when asked for

        in_force = self.shell.in_force

        def answered(periode: str | None) -> None:
            if periode and periode != in_force.periode:
                self.post_message(PeriodRequested(periode))

        choices = [Choice(p.id, p.label, note=skema) for p, skema in self.shell.services.periods()]
        self.app.push_screen(ChoiceScreen("Ganti periode", choices, in_force.periode), answered)

    def legend(self) -> tuple[tuple[str, str], ...]:
        """Return the signs of the states and what they mean."""
        told = [(s, f"{s.word}: {_MEANINGS[s]}" if s in _MEANINGS else s.word) for s in State if s is not State.NOT_STARTED]
        return tuple((self.shell.look.state_sign(state), words) for state, words in told)

    async def refresh_data(self) -> None:
        """Read the store and the reference data again."""
        self._load()

    @on(events.ScreenResume)
    def _resumed(self) -> None:
        if self.shell.last_opened is not None:
            self.come_back(self.shell.last_opened)
            self.shell.last_opened = None

    def come_back(self, pegawai: int) -> None:
        """Come back from a plan: the cursor is on its teacher, or where they stood when they are listed no more."""
        self.take_notice(pegawai)
        self._arrange(pegawai)


class _Columns(NamedTuple):
    """How many cells each column has."""

    name: int
    jenis: int
    status: int

    @classmethod
    def at(cls, width: int, thrifty: bool) -> _Columns:
        """Share out the width of the screen: the name gets what the others leave. The thrifty look has name and status only."""
        jenis = 0 if thrifty else 10 if width < 100 else 18
        rest = 0 if thrifty else 1 + 18 + 1 + jenis
        status = 18 if width < 100 or thrifty else 22
        return cls(max(width - 2 - rest - 1 - status - 4, 12), jenis, status)

    def headings(self) -> str:
        """Return the line of headings."""
        rest = f" {'NIP atau NUPTK':<18} {'Jenis PTK':<{self.jenis}}" if self.jenis else ""
        return f" {'Nama':<{self.name}}{rest} Status"
