"""Kembalikan and Buka kembali: why, by ready reasons that are ticked and by what is written; the word goes to the teacher."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from msgspec import Struct
from textual import events

from pmm_tui.skp.decision import MAX_NOTE
from pmm_tui.skp.katalog_parts import ReturnReason
from pmm_tui.tui.key_runs import is_deliberate
from pmm_tui.tui.keys import keys_in_force
from pmm_tui.tui.ports import Keymap
from pmm_tui.tui.screens.band import Band
from pmm_tui.tui.screens.dialog import HELD
from pmm_tui.tui.widgets.rows import Button, Buttons, Choice, Field, Gap, Heading, Row, RowId, Text
from pmm_tui.tui.widgets.sheet import Sheet

_OTHER = "lainnya"
_OTHER_LABEL = "Lainnya, tulis di bawah"
_MISSING = "Tulis catatannya: guru harus tahu apa yang diperbaiki."
_NO_REASON = "Pilih paling sedikit satu alasan, atau tulis catatannya."


class ReasonRow(Struct, frozen=True):
    """A ready reason, or `lainnya`."""

    id: str


class Reasons(Struct, frozen=True):
    """The answer: the ids of the ready reasons, and what was written."""

    ids: tuple[str, ...]
    text: str


class ReasonsSheet(Sheet):
    """Reasons to tick by their numbers, a field for more, and the buttons; with no reasons the field alone, which is required.

    Enter on a reason goes on, Space ticks it, letters go to the field; only a key that was pressed by itself presses a button.
    """

    def __init__(self, heading: str, reasons: Sequence[ReturnReason], about: str, yes: str, key: str) -> None:
        super().__init__()
        self._heading, self._about, self._yes, self._key = heading, about, yes, key
        self._reasons = [(reason.id, reason.label) for reason in reasons]
        self._ticked: set[str] = set()
        self._text = self._word = ""
        self.add_class("-luas")

    def on_mount(self) -> None:
        self.rebuild(ReasonRow(self._reasons[0][0]) if self._reasons else "catatan")

    @property
    def _offered(self) -> list[tuple[str, str]]:
        return [*self._reasons, (_OTHER, _OTHER_LABEL)] if self._reasons else []

    @property
    def _keymap(self) -> Keymap:
        return self.screen.shell.keymap if isinstance(self.screen, Band) else {}

    def build_rows(self) -> tuple[Row, ...]:
        """Return the reasons, the field and the buttons."""
        rows: list[Row] = [Heading(self._heading), Gap()] if self.look.thrifty else [Gap()]
        if self._about:
            rows += [Text(self._about), Gap()]
        for number, (reason, label) in enumerate(self._offered, 1):
            digit = str(number) if number < 10 else ""
            rows.append(Choice(ReasonRow(reason), label, reason in self._ticked, tick=True, number=digit))
        rows += [Gap()] if self._offered else []
        rows.append(Field("catatan", "Catatan", self._text, width=200, limit=MAX_NOTE // 2, hint="untuk guru; boleh ditambah"))
        if self._word:
            rows.append(Text(self._word, "warning"))
        buttons = Buttons((Button("batal", "Batal"), Button("ya", self._yes, right=self._key, main=True)))
        return (*rows, Gap(), buttons, Gap())

    def typed(self, row_id: RowId, value: str) -> None:
        """Keep what was written."""
        self._text = value

    def press(self, row_id: RowId, advance: bool) -> None:
        """Tick a reason with Space and go on with Enter, or answer."""
        if row_id == "batal":
            self.screen.dismiss(None)
        elif row_id == "ya":
            self.answer()
        elif isinstance(row_id, ReasonRow) and advance:
            self.step(1)
        elif isinstance(row_id, ReasonRow):
            self._ticked ^= {row_id.id}
            self.rebuild(row_id)

    def answer(self) -> None:
        """Close with the reasons, or say what is missing and go there."""
        chosen = tuple(reason for reason, _ in self._reasons if reason in self._ticked)
        written = bool(self._text.strip())
        if not written and (_OTHER in self._ticked or not self._reasons):
            self._say(_MISSING, "catatan")
        elif not written and not chosen:
            self._say(_NO_REASON)
        else:
            self.screen.dismiss(Reasons(chosen, self._text))

    def asks(self, key: str) -> bool:
        """A button is somebody's word."""
        return key in ("enter", "space") and self.cursor in ("batal", "ya")

    def edge(self, direction: int) -> None:
        """Stay: it is left by a button or by Esc."""

    def on_key(self, event: events.Key) -> None:
        if self.asks(event.key) or event.key in keys_in_force("setujui", self._keymap):
            event.stop()
            event.prevent_default()
            if not is_deliberate(self.app):
                self._say(HELD)
            elif self.asks(event.key):
                self.press(self.cursor, advance=True)
            else:
                self.answer()
        elif isinstance(self.cursor, ReasonRow) and event.character and event.character.isdecimal():
            event.stop()
            event.prevent_default()
            at = int(event.character) - 1
            if 0 <= at < len(self._offered):
                row_id = ReasonRow(self._offered[at][0])
                self.go_to(row_id)
                self.press(row_id, advance=False)
        elif isinstance(self.cursor, ReasonRow) and event.is_printable and event.key != "space":
            self.go_to("catatan")  # where the sheet writes it

    def on_paste(self, event: events.Paste) -> None:
        if isinstance(self.cursor, ReasonRow):
            self.go_to("catatan")

    def _say(self, word: str, cursor: RowId | None = None) -> None:
        self._word = word
        self.rebuild(cursor)
        self.refresh(layout=True)
        if isinstance(self.screen, Band):
            self.screen.place()


class ReturnScreen(Band[Reasons]):
    """Ask why; the answer is a `Reasons`, None for Esc."""

    KEYS: ClassVar[tuple[tuple[str, str], ...]] = (("Spasi", "Centang"), ("Tab", "Pindah"), ("Esc", "Batal"))
    HELP = (
        "Angka atau Spasi mencentang alasan, juga beberapa; catatannya ditambahkan di bawah alasan itu. Guru dan operator membaca "
        "semuanya. Dengan Lainnya catatan wajib diisi."
    )

    def __init__(self, heading: str, reasons: Sequence[ReturnReason], who: str, yes: str, key: str, about: str = "") -> None:
        super().__init__(heading, ReasonsSheet(heading, reasons, about, yes, key), who)
        self._answer_key = (key, yes)

    def on_mount(self) -> None:
        self.KEYS = (self.KEYS[0], self._answer_key, *self.KEYS[1:])  # type: ignore[misc]  # the key is of the keymap in force
        super().on_mount()

    def on_key(self, event: events.Key) -> None:
        if event.key in ("escape", "ctrl+w"):
            event.stop()
            self.dismiss(None)
        else:
            super().on_key(event)
