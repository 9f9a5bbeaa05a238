"""Help for the place where one is: what it is for, and every key of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from textual import events

from pmm_tui.tui.keys import actions_at, keys_of
from pmm_tui.tui.screens.band import Band
from pmm_tui.tui.widgets.rows import Button, Gap, Heading, Pair, Row, RowId, Text
from pmm_tui.tui.widgets.sheet import Sheet

_EVERYWHERE = (
    ("Panah, Tab", "pindah baris; Enter, Tab dan panah bawah berarti berikutnya"),
    ("Enter", "pilih lalu lanjut"),
    ("Spasi", "pilih atau batalkan, tetap di sini"),
)


class HelpSheet(Sheet):
    """The rows of the help."""

    def __init__(
        self,
        place: str,
        explanation: str,
        keymap: Mapping[str, str],
        legend: Sequence[tuple[str, str]],
        keys: Sequence[tuple[str, str]],
    ) -> None:
        super().__init__()
        self._place, self._explanation, self._keymap, self._legend, self._keys = place, explanation, keymap, legend, keys
        self.add_class("-luas")  # what covers more costs more, to open and to close; the arrows show the rest

    def on_mount(self) -> None:
        self.rebuild("tutup")
        self.scroll_lines(0)  # begin at the top, although the only button is at the end

    def build_rows(self) -> tuple[Row, ...]:
        """Return what the place is for, its keys, the keys of every list, and the signs."""
        rows: list[Row] = [Heading("Bantuan", "panah menggulung, Esc menutup")]
        if self._explanation:
            rows += [Text(self._explanation), Gap()]
        rows.append(Text("Tombol di sini", "strong"))
        rows += [Pair(key, meaning) for key, meaning in self._keys]
        for action in actions_at(self._place):
            keys = ", ".join(keys_of(action.id, self._keymap))
            rows.append(Pair(keys, action.help))
        rows += [Gap(), Text("Di semua daftar dan isian", "strong")]
        rows += [Pair(keys, meaning) for keys, meaning in _EVERYWHERE]
        if self._legend:
            rows += [Gap(), Text("Tanda di sini", "strong")]
            rows += [Pair(sign, meaning) for sign, meaning in self._legend]
        rows += [Gap(), Button("tutup", "Tutup")]
        return tuple(rows)

    def press(self, row_id: RowId, advance: bool) -> None:
        """Close the help."""
        self.screen.dismiss(None)

    def on_key(self, event: events.Key) -> None:
        if event.key in ("up", "down", "pageup", "pagedown"):
            event.stop()
            event.prevent_default()  # else the sheet's own way comes too, which is to the button at the end
            self.scroll_lines({"up": -1, "down": 1, "pageup": -10, "pagedown": 10}[event.key])
        else:
            super().on_key(event)


class HelpScreen(Band[None]):
    """A page over the screen; Esc, F1 or Enter closes it."""

    KEYS = (("Panah", "Gulung"), ("Esc", "Tutup"))
    TOP = 0

    def __init__(
        self,
        place: str,
        explanation: str,
        keymap: Mapping[str, str],
        legend: Sequence[tuple[str, str]] = (),
        keys: Sequence[tuple[str, str]] = (),
    ) -> None:
        super().__init__("Bantuan", HelpSheet(place, explanation, keymap, legend, keys))

    def on_key(self, event: events.Key) -> None:
        if event.key in ("escape", "ctrl+w", "f1", "ctrl+g"):
            event.stop()
            self.dismiss(None)
