"""The part of the list of teachers that marks rows, does one thing for several at once, and changes teachers by hand."""

from __future__ import annotations

from collections import Counter
from collections.abc import Awaitable, Callable, Iterable, Sequence

from pmm_tui.errors import PmmError
from pmm_tui.services.needless import MAX_REASON, REASONS, Marked, mark_not_needed, unmark_not_needed
from pmm_tui.skp.overview import PlanLine
from pmm_tui.skp.plan_state import State
from pmm_tui.tui.keys import keys_of
from pmm_tui.tui.messages import PaperRequested, TeacherRequested
from pmm_tui.tui.palette_entry import Entry
from pmm_tui.tui.screens.marking import Marking
from pmm_tui.tui.widgets.list_view import VirtualList
from pmm_tui.tui.widgets.look import StyleName
from pmm_tui.tui.widgets.rows import Gap, Pair, Row, Text

DialogLine = tuple[str, StyleName] | Row
_OWN = "alasan lain …"
_ACTS = (
    ("tinjau", "Tinjau satu per satu"),
    ("konfirmasi_bertanda", "Catat konfirmasi guru …"),
    ("ajukan_bertanda", "Ajukan yang lengkap …"),
    ("cetak", "Cetak atau ekspor …"),
    ("tidak_perlu", "Tandai „tidak perlu”, atau perlu lagi …"),
)
"""What is done to the marked teachers: the action, and what it is called there."""
_NAMED = 6
"""Names that have lines of their own in a question, and reasons that are told."""
_OF_A_REASON = 3
"""Names of those who are left out for one reason."""


class RosterMarks(Marking):
    """A list of teachers with marks."""

    def __init__(self) -> None:
        super().__init__()
        self._lines: tuple[PlanLine, ...] = ()
        self._shown: list[PlanLine] = []

    def _load(self) -> None:
        """Read all teachers and their plans."""
        raise NotImplementedError

    @property
    def _here(self) -> PlanLine | None:
        """The line under the cursor."""
        at = self.query_one(VirtualList).cursor
        return self._shown[at] if at < len(self._shown) else None

    @property
    def _meant(self) -> list[PlanLine]:
        """The marked lines, in the order of the list, also those that no filter shows; the one under the cursor when none is."""
        if self._marked:
            return [line for line in self._lines if line.pegawai.id in self._marked]
        return [self._here] if self._here else []

    def palette_entries(self) -> tuple[Entry, ...]:
        """Return what can be done with the marked teachers, which stands before all else."""
        if not self._marked:
            return ()
        scope, keymap = f"{len(self._marked)} bertanda", self.shell.keymap
        release = Entry(
            id="lepas_tanda", label="Lepas semua tanda", run=lambda: self._mark(set()), scope=scope, key="Esc", first=True
        )

        def act(name: str, label: str) -> Entry:
            key = keys_of(name, keymap)[0]
            return Entry(
                id=f"{name}:bertanda", label=label, run=lambda: self.app.run_action(name, self), scope=scope, key=key, first=True
            )

        return (*(act(name, label) for name, label in _ACTS), release)

    # ---- one thing for several

    async def action_ajukan_bertanda(self) -> None:
        """Submit what is complete of the marked teachers, after a question that says which, and which not and why."""
        from pmm_tui.services.bulk import about_submitting, submit_all, try_submitting  # only when asked for

        shell = self.shell
        store, in_force, now = shell.store, shell.in_force, shell.services.now
        meant = {line.pegawai.id for line in self._meant}
        try:
            trial = await store.database.ask(try_submitting, store, in_force, shell.services.today(), now(), meant)
        except PmmError as error:
            self.set_status(error.sentence, style="error")
            return
        ready, left = trial.ready, trial.left_out
        if not ready:
            first = f" {left[0][0]}: {left[0][1]}" if left else ""
            self.set_status(f"Tidak ada yang dapat diajukan.{first}", style="warning")
            return

        async def sealed() -> None:
            count = await store.database.ask(submit_all, store, in_force, now(), ready)
            moved = f"; {len(ready) - count} ditinggal, karena berubah sesudah ditampilkan" if count < len(ready) else ""
            back = f"; {keys_of('urung_guru', shell.keymap)[0]} menariknya kembali selama belum dikirim" if count else ""
            self.set_status(f"{count} rencana masuk Kotak Kirim{moved}{back}", style="warning" if moved else "")
            shell.background.send(forced=True)

        lines: list[DialogLine] = [("Akan diajukan:", ""), *name_lines(row.pegawai.nama for row in ready)]
        if in_force.sekolah.kepala_sekolah.plt:
            lines.append(("Kepala sekolah berstatus Plt.: rencana langsung disetujui tanpa diperiksa.", "warning"))
        lines += left_out_lines(left)
        about = about_submitting(in_force, ready)
        server = shell.services.server() or "server belum diatur; rencana menunggu di Kotak Kirim"
        lines += [Gap(), Pair("Periode", in_force.label), Pair("Kepada", "; ".join(about.raters)), Pair("Lewat", server)]
        lines += [(note, "warning") for note in about.notes]
        self._ask("Ajukan yang lengkap?", lines, f"Ajukan {len(ready)} rencana", sealed)

    def action_tidak_perlu(self) -> None:
        """Say that the marked teachers need no plan, or that they do again; asked with the reason."""
        meant = self._meant
        if not meant:
            return
        if all(line.state is State.NOT_NEEDED for line in meant):
            self._need_again(meant)
            return
        from pmm_tui.tui.screens.ask_text import TextScreen
        from pmm_tui.tui.screens.choose import Choice, ChoiceScreen  # only when asked for

        def given(reason: str | None) -> None:
            if reason:
                self._mark_not_needed(meant, reason)

        def answered(reason: str | None) -> None:
            if reason == _OWN:
                self.app.push_screen(TextScreen("Tidak perlu rencana", "Alasan", limit=MAX_REASON, yes="Tandai"), given)
            else:
                given(reason)

        who = meant[0].pegawai.nama if len(meant) == 1 else f"{len(meant)} guru bertanda"
        reasons = (*REASONS, "tugas belajar", "bukan di sekolah induk ini", _OWN)
        choices = [Choice(reason, reason) for reason in reasons]
        self.app.push_screen(ChoiceScreen(f"Tidak perlu rencana: {who}", choices), answered)

    def action_cetak(self) -> None:
        """Print: of the marked teachers, else the one under the cursor, or all that are shown."""
        if not self._shown:
            self.set_status("Tidak ada guru di daftar ini untuk dicetak", style="warning")
            return
        marked = [line.pegawai.id for line in self._meant] if self._marked else []
        here = self._here.pegawai.id if self._here else None
        self.post_message(PaperRequested(here, marked=marked, listed=[line.pegawai.id for line in self._shown]))

    # ---- a teacher by hand

    def action_guru_baru(self) -> None:
        """Add a teacher by hand."""
        self.post_message(TeacherRequested(None))

    def action_guru_ubah(self) -> None:
        """Correct the teacher under the cursor by hand."""
        if self._here:
            self.post_message(TeacherRequested(self._here.pegawai))

    # ---- how it is done and told

    def _mark_not_needed(self, meant: list[PlanLine], reason: str) -> None:
        shell = self.shell
        self._done(lambda: mark_not_needed(shell.store, shell.in_force, meant, reason, shell.services.now()))

    def _need_again(self, meant: list[PlanLine]) -> None:
        shell = self.shell
        self._done(lambda: unmark_not_needed(shell.store, shell.in_force, meant, shell.services.now()))

    def _done(self, act: Callable[[], Iterable[Marked]]) -> None:
        """Do it, read the list again, and say for how many it was done and why not for the others."""
        try:
            results = list(act())
        except PmmError as error:
            self.set_status(error.sentence, style="error")
            return
        self._load()
        counts: Counter[str] = Counter(one.result for one in results)
        refused = next((one for one in results if one.result == "ditolak"), None)
        words = {
            "ditandai": "ditandai tidak perlu",
            "dibatalkan": "perlu rencana lagi",
            "tetap": "tetap",
            "ditolak": "tidak dapat ditandai",
        }
        said = ", ".join(f"{counts[result]} guru {word}" for result, word in words.items() if counts[result])
        more = f". {refused.pegawai.nama}: {refused.note}" if refused else ""
        self.set_status(f"{said}{more}", style="warning" if refused else "")

    def _ask(self, heading: str, lines: list[DialogLine], yes: str, act: Callable[[], Awaitable[None] | None]) -> None:
        from pmm_tui.tui.screens.dialog import Dialog  # only when asked for

        async def answered(button: str | None) -> None:
            if button != "ya":
                return
            try:
                if (work := act()) is not None:
                    await work
            except PmmError as error:
                self.set_status(error.sentence, style="error")
            self._load()

        self.app.push_screen(Dialog(heading, lines, [("tidak", "Batal"), ("ya", yes)]), answered)


def name_lines(names: Iterable[str]) -> list[DialogLine]:
    """All names: each in a line of its own, or many behind one another; a question is scrolled where it has no room for them."""
    every = list(names)
    if len(every) <= _NAMED:
        return [Text(name, indent=2) for name in every]
    return [Text(f"{len(every)} guru: {'; '.join(every)}", indent=2)]


def left_out_lines(left: Sequence[tuple[str, str]]) -> list[DialogLine]:
    """Who is left out and why, reason by reason, the most frequent one first; nothing for nobody."""
    if not left:
        return []
    reasons: dict[str, list[str]] = {}
    for name, why in left:
        reasons.setdefault(why, []).append(name)
    lines: list[DialogLine] = [(f"Ditinggal ({len(left)}):", "warning")]
    most = sorted(reasons.items(), key=lambda one: -len(one[1]))
    lines += [Text(_reason_line(why, names), "dim", indent=2) for why, names in most[:_NAMED]]
    rest = sum(len(names) for _, names in most[_NAMED:])
    return [*lines, Text(f"dan {rest} lagi", "dim", indent=2)] if rest else lines


def _reason_line(why: str, names: Sequence[str]) -> str:
    if len(names) == 1:
        return f"{names[0]}: {why}"
    more = f"; dan {len(names) - _OF_A_REASON} lagi" if len(names) > _OF_A_REASON else ""
    return f"{len(names)} guru ({why.rstrip('.')}): {'; '.join(names[:_OF_A_REASON])}{more}"
