"""The rows of a look at both: each field that differs with whose is chosen, and the buttons that decide."""

from __future__ import annotations

from collections.abc import Callable
from itertools import groupby

from msgspec import Struct
from textual import events
from textual.message import Message

from pmm_tui.services.compare import Comparison
from pmm_tui.skp.plan_diff import FieldDifference, Place
from pmm_tui.tui.widgets.rows import Button, Buttons, CursorRow, Gap, Item, Row, RowId, Text, VersionHeads, Versions
from pmm_tui.tui.widgets.sheet import Sheet

_CONFIRMATION: Place = ("rangkuman", "konfirmasi")
"""The teacher's word goes with the content that it was given for: it is a choice of its own only where nothing else differs."""


_SIDES = {"left": False, "1": False, "right": True, "2": True}


class SectionRow(Struct, frozen=True):
    """The heading of a section, which chooses for all its fields."""

    section: str


class DifferencesSheet(Sheet):
    """The fields that differ, each with whose is chosen: ours at first. The keys that decide are told beside their buttons.

    `beginning` is what the RHK of the catalogue begin with: in a narrow column it would leave no room for what tells them apart.
    """

    class Pressed(Message):
        """A button was pressed; its id is that of the action."""

        def __init__(self, button: str) -> None:
            super().__init__()
            self.button = button

    def __init__(self, comparison: Comparison, name_key: Callable[[str], str], beginning: str = "") -> None:
        super().__init__()
        self._beginning = beginning
        self.heads = VersionHeads("", "")
        self._comparison, self._name_key = comparison, name_key
        self._chosen: set[Place] = set()

    def on_mount(self) -> None:
        self.rebuild(self._first())

    def compare(self, comparison: Comparison) -> None:
        """Show another comparison; nothing of it is chosen yet."""
        self._comparison, self._chosen = comparison, set()
        self.rebuild(self._first())

    def _first(self) -> RowId:
        rows = self.build_rows()
        return next((row.id for row in rows if isinstance(row, Versions)), "tarik")

    @property
    def from_theirs(self) -> frozenset[Place]:
        """The fields to be taken from the server; all of them also where only the teacher's word is left."""
        whole = len(self._chosen) == len(self._choosable)
        return frozenset(one.place for one in self._comparison.differences) if whole else frozenset(self._chosen)

    @property
    def _choosable(self) -> tuple[FieldDifference, ...]:
        found = self._comparison.differences
        return tuple(one for one in found if one.place != _CONFIRMATION) or found

    # ---- rows

    def build_rows(self) -> tuple[Row, ...]:
        """Return the fields by section and the buttons; where there is nothing to compare, why, and what can be done."""
        c = self._comparison
        if c.theirs is None:
            return tuple(self._without_content())
        rows: list[Row] = [self.heads, Gap()] if c.differences and not self.look.thrifty else []
        for section, found in groupby(c.differences, lambda one: one.section):
            rows += [*self._section(section, tuple(found)), Gap()]
        if not c.differences:
            rows = [Text("Isi keduanya sama; tidak ada yang perlu dipilih.", "good"), Gap()]
        return (*rows, Text(self._outcome(), "warning"), *self._buttons())

    def _section(self, section: str, found: tuple[FieldDifference, ...]) -> list[Row]:
        label = found[0].heading
        if found[0] not in self._choosable:
            one = found[0]
            word = f"{one.label}: saya {one.mine}, server {one.theirs}; ikut isi yang dipilih"
            return [Text(label, "strong"), Text(word, indent=2)]
        chosen = sum(one.place in self._chosen for one in found)
        whose = "dari saya" if not chosen else "dari server" if chosen == len(found) else "sebagian dari server"
        heading = Item(SectionRow(section), label, right=whose, style="strong")
        fields = (Versions(one.place, self._label(one), one.mine, one.theirs, one.place in self._chosen) for one in found)
        return [heading, *fields]

    def _label(self, one: FieldDifference) -> str:
        label = one.label if self.look.thrifty else one.label.removeprefix(self._beginning).lstrip()
        return label[:1].upper() + label[1:]

    def _outcome(self) -> str:
        """What comes of the choice as it stands."""
        chosen, every = len(self._chosen), len(self._choosable)
        if not self._comparison.differences:
            return "Pilihan mana pun menyimpan isi yang sama."
        if chosen == every:
            return "Pilihan: semua dari server. Isi Anda diganti, dan dapat diurungkan di rencana."
        if not chosen:
            return "Pilihan: semua milik saya. Isi di server baru tergantikan setelah rencana diajukan."
        return f"Pilihan: {chosen} dari server, {every - chosen} milik saya. Guru perlu mengonfirmasi lagi isi gabungan ini."

    def _buttons(self) -> list[Row]:
        later = self._button("kembali", "Nanti; kembali ke rencana")
        chosen = Button("pakai_pilihan", "Pakai pilihan ini", right=self._name_key("pakai_pilihan"), main=True)
        whole = (self._button("pakai_server", "Pakai milik server"), self._button("pakai_saya", "Pakai milik saya"))
        return [Buttons((later, chosen)), Buttons(whole)]

    def _button(self, action: str, label: str) -> Button:
        return Button(action, label, right=self._name_key(action))

    def _without_content(self) -> list[Row]:
        c = self._comparison
        fetch, later = self._button("tarik", "Ambil dari server"), self._button("kembali", "Nanti; kembali ke rencana")
        if c.revision == 0:
            told = "Server tidak memegang rencana ini lagi. Bila isi di sini masih benar, pakai milik Anda lalu ajukan lagi."
            return [Text(told, "warning"), Gap(), self._button("pakai_saya", "Pakai milik saya"), fetch, later]
        if not c.unreadable:
            told = f"Isi revisi {c.revision} belum diambil ke komputer ini. Ambil dulu; isi Anda tidak berubah karenanya."
            return [Text(told, "warning"), Gap(), fetch, later]
        told = (
            f"Isi revisi {c.revision} sudah diambil, tetapi tidak terbaca oleh program ini. Ambil sekali lagi, atau tanyakan "
            "kepada pengirimnya apa isinya sebelum menggantikannya."
        )
        return [Text(told, "warning"), Gap(), fetch, later, self._button("pakai_saya", "Pakai milik saya tanpa melihatnya")]

    # ---- keys

    def on_key(self, event: events.Key) -> None:
        """Left and 1 choose ours of the row under the cursor, right and 2 theirs."""
        if event.key in _SIDES and isinstance(self.cursor, (tuple, SectionRow)):
            event.stop()
            event.prevent_default()
            self._take(theirs=_SIDES[event.key])

    def _places(self, row_id: RowId) -> set[Place]:
        return {one.place for one in self._choosable if row_id in (one.place, SectionRow(one.section))}

    def _take(self, *, theirs: bool) -> None:
        places = self._places(self.cursor)
        self._chosen = self._chosen | places if theirs else self._chosen - places
        self.rebuild()

    def press(self, row_id: RowId, advance: bool) -> None:
        """Answer a button; on a field or a section Space changes whose is taken, and Enter goes on."""
        if isinstance(row_id, str):
            self.post_message(self.Pressed(row_id))
        elif advance:
            self.step(1)
        else:
            self._take(theirs=not self._places(row_id) <= self._chosen)

    def on_click(self, event: events.Click) -> None:
        event.prevent_default()  # else the sheet's own way comes too, in which a click on a heading is an Enter
        row = self.row_under(event)
        if isinstance(row, CursorRow):
            self.go_to(row.id)
            self.press(row.id, advance=False)
