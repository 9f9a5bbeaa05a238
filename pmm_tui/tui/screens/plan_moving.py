"""How one goes from plan to plan without the list: next, previous, next unfinished; and the title line that tells where one is."""

from __future__ import annotations

from rich.cells import cell_len

from pmm_tui.services.listing import line_of
from pmm_tui.skp.model import Pegawai
from pmm_tui.skp.overview import PlanLine
from pmm_tui.tui.keys import keys_of
from pmm_tui.tui.messages import PlanRequested
from pmm_tui.tui.panes.registry import FIRST_STEPS, ORDER, first_section
from pmm_tui.tui.screens.period_words import period_words, short_period
from pmm_tui.tui.screens.plan_look import PlanLook
from pmm_tui.tui.widgets.line_text import fit

_AHEAD = 50
"""Teachers that are looked through for the status line: with a thousand done ones it must not hold up the opening."""


class PlanMoving(PlanLook):
    """A part of the plan's screen, which owns the session and the panes."""

    PLACE = "rencana"

    def __init__(self) -> None:
        super().__init__()
        self._listed: tuple[int, ...] = ()
        self._next: Pegawai | None = None
        self._unfinished: Pegawai | None = None
        self._all_asked = False

    # ---- the others

    @property
    def pegawai_id(self) -> int:
        """The teacher whose plan this is."""
        return self._session.pegawai.id

    def look_around(self) -> None:
        """Find out who comes before and after: in the order of the list as it was shown, else of all by name.

        A list of one was a search for this plan, which ends where the plan does.
        """
        listed = self.shell.listed
        self._listed = (
            listed if self.pegawai_id in listed and len(listed) > 1 else tuple(p.id for p in self.shell.store.roster.all())
        )
        self._next = self._beside(1)
        if not self.shell.thrifty:
            self._unfinished, self._all_asked = self._next_unfinished(_AHEAD), False

    def _beside(self, step: int) -> Pegawai | None:
        at = self._listed.index(self.pegawai_id) + step if self.pegawai_id in self._listed else -1
        return self.shell.store.roster.get(self._listed[at]) if 0 <= at < len(self._listed) else None

    def _next_unfinished(self, most: int = 0) -> Pegawai | None:
        """The next teacher, from here around the list, whose plan there is something left to do on; at most so many are asked."""
        at = self._listed.index(self.pegawai_id) if self.pegawai_id in self._listed else 0
        for pegawai_id in (*self._listed[at + 1 :], *self._listed[:at])[: most or None]:
            line = self._line(pegawai_id)
            if line is not None and line.state.is_open:
                return line.pegawai
        return None

    def _line(self, pegawai_id: int) -> PlanLine | None:
        return line_of(self.shell.store, self.shell.in_force, self.shell.services.today(), pegawai_id)

    def then(self, submitted: bool) -> str:
        """Who is next to be done, once this plan is; empty for nobody, and before."""
        if not submitted or self.shell.thrifty:
            return ""
        if self._unfinished is None and not self._all_asked:
            self._unfinished, self._all_asked = self._next_unfinished(), True
        found = self._unfinished
        return found.nama if found else ""

    def beside_words(self) -> str:
        """Who comes next, for the right end of the status line; nothing in the thrifty look."""
        if self.shell.thrifty:
            return ""
        words = []
        if self._next:
            key = keys_of("guru_berikut", self.shell.keymap)[0]
            words.append(f"{key} {self._next.nama} {self.shell.look.signs.next}")
        if self._unfinished and self._unfinished != self._next and self.app.size.width >= 100:
            words.append(f"{keys_of('guru_belum', self.shell.keymap)[0]} yang belum: {self._unfinished.nama}")
        return " · ".join(words)

    # ---- going there

    def action_guru_berikut(self) -> None:
        """Go to the plan of the next teacher of the list."""
        self._go(self._beside(1), "Ini guru terakhir di daftar")

    def action_guru_sebelum(self) -> None:
        """Go to the plan of the teacher before."""
        self._go(self._beside(-1), "Ini guru pertama di daftar")

    def action_guru_belum(self) -> None:
        """Go to the next teacher whose plan is not done."""
        self._go(self._next_unfinished(), "Tidak ada guru lain yang belum selesai", same_pane=False)

    def _go(self, pegawai: Pegawai | None, nobody: str, *, same_pane: bool = True) -> None:
        """Save, and open the plan in the place of this one: at the same pane, where its first steps are done."""
        if pegawai is None:
            self.say(nobody)
            return
        line = self._line(pegawai.id)
        begun = line is not None and first_section(line.masalah) not in FIRST_STEPS
        section = self._section if same_pane and begun and self._section in ORDER[2:-1] else ""
        self.post_message(PlanRequested(pegawai, section=section, instead=True))

    # ---- the title line

    def fill_title(self) -> None:
        """Whose plan this is and the how-manieth of the list; at the right the period and its deadline, or that it was sent."""
        session, signs = self._session, self.shell.look.signs
        name, periode = session.pegawai.nama, session.view().periode
        if self.shell.thrifty:
            self.set_title(name, right=periode.label)
            return
        at = self._listed.index(self.pegawai_id) + 1 if self.pegawai_id in self._listed else 0
        about = f"{at}/{len(self._listed)}" if at else ""
        right, soon = period_words(self.shell.in_force, self.shell.services.today(), self.app.size.width)
        if session.locked and (entry := session.view().newest):
            right, soon = f"{short_period(periode.label)} · {session.line.state.word}, rev {entry.revisi}", ""
        badge = len(" LATIHAN ") if self.shell.services.practice else 0
        room = self.app.size.width - badge - cell_len(right + soon) - len(about) - 10  # which of how many is told whatever the name
        self.set_title(f"{signs.previous} {fit(name, room, signs.ellipsis)} {signs.next}", about, right, soon)
