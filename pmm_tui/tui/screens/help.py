"""Help for the place where one is: what it is for, every key of it, the signs, an example, and the ids of the configuration.

A page of the whole screen; in the thrifty look a window of a few lines, as what covers more costs more.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, cast

from textual import events, on
from textual.app import ComposeResult

from pmm_tui.tui.actions import ACTIONS, Action
from pmm_tui.tui.help_words import MOVEMENT
from pmm_tui.tui.keys import APP_WIDE, actions_at, keys_in_force, keys_of
from pmm_tui.tui.screens.band import Band
from pmm_tui.tui.screens.help_page import Block, HelpPage, Told
from pmm_tui.tui.widgets.bars import KeyBar, TitleBar
from pmm_tui.tui.widgets.look import StyleName
from pmm_tui.tui.widgets.rows import Button, Gap, Heading, Pair, Row, RowId, Text
from pmm_tui.tui.widgets.sheet import Sheet

_EVERYWHERE = (
    ("Panah, Tab", "pindah baris; Enter, Tab dan panah bawah berarti berikutnya"),
    ("Enter", "pilih lalu lanjut"),
    ("Spasi", "pilih atau batalkan, tetap di sini"),
)
_TURNS = {"pagedown": 1, "down": 1, "space": 1, "right": 1, "pageup": -1, "up": -1, "left": -1, "home": -99, "end": 99}
"""What keys do with the pages."""


class HelpSheet(Sheet):
    """The rows of the help in the thrifty look."""

    def __init__(
        self,
        place: str,
        explanation: str,
        keymap: Mapping[str, str],
        legend: Sequence[tuple[str, ...]],
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
            rows += [Pair(sign, meaning) for sign, meaning, *_ in self._legend]
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
    """Over the screen or the question that it explains; Esc, F1 or Enter closes it."""

    PAGE = True
    AUTO_FOCUS = None

    def __init__(
        self,
        place: str,
        explanation: str,
        keymap: Mapping[str, str],
        legend: Sequence[tuple[str, ...]] = (),
        keys: Sequence[tuple[str, str]] = (),
        *,
        title: str = "",
        example: str = "",
    ) -> None:
        super().__init__("Bantuan", HelpSheet(place, explanation, keymap, legend, keys))
        self._place, self._title, self._keymap = place, title, keymap
        self._page = HelpPage((explanation,), self._blocks(legend, keys, example))

    def compose(self) -> ComposeResult:
        yield TitleBar(id="kepala")
        yield self._page
        yield self._sheet
        yield KeyBar(id="tombol")

    def on_mount(self) -> None:
        self._take_keys()

    def on_resize(self, event: events.Resize) -> None:
        super().on_resize(event)
        self.call_after_refresh(self._tell)

    def place(self) -> None:
        """Leave the layout as it is: a page is the whole screen."""

    def look_changed(self) -> None:
        """Show the page or the window; only the window has a row for the cursor."""
        self._sheet.rebuild()
        self._sheet.scroll_lines(0)
        self._take_keys()

    def _take_keys(self) -> None:
        (self._sheet if self.shell.look.thrifty else self._page).focus()
        self.call_after_refresh(self._tell)

    def _tell(self) -> None:
        """Say which page this is, and its keys."""
        count = len(self._page.pages())
        at = f"halaman {self._page.number + 1} dari {count}" if count > 1 else ""
        self.query_one(TitleBar).set(" · ".join(part for part in ("Bantuan", self._title) if part), right=at)
        number = self._page.number
        more = ((("PgDn", "Berikut"),) if number + 1 < count else ()) + ((("PgUp", "Sebelum"),) if number else ())
        actions = ((keys_of("palet", self._keymap)[0], "Semua aksi"),) if self._place else ()
        self.query_one(KeyBar).set((("Esc", "Tutup"), *more, *actions))

    # ---- what it says

    def _blocks(self, legend: Sequence[tuple[str, ...]], keys: Sequence[tuple[str, str]], example: str) -> list[Block]:
        here = [a for a in actions_at(self._place) if "umum" not in a.places]
        everywhere = [a for a in actions_at("") if self._place or a.id in (*APP_WIDE, "bantuan")]  # a question has no palette
        return [
            Block("Tombol di sini", tuple(Told(key, _small(meaning)) for key, meaning in keys) + self._keys_of(here)),
            *_legend_blocks(legend),
            Block("Contoh", (Told("", example, ""),) if example else (), narrow=True),
            Block("Di mana saja", self._keys_of(everywhere)),
            Block("Bergerak", tuple(Told(*pair) for pair in MOVEMENT)),
            Block("Id untuk [tombol] di konfigurasi", self._ids() if self._place else ()),
        ]

    def _keys_of(self, actions: Sequence[Action]) -> tuple[Told, ...]:
        return tuple(Told(", ".join(keys_of(a.id, self._keymap)), _small(a.help)) for a in actions)

    def _ids(self) -> tuple[Told, ...]:
        """The ids of all actions, those of this place first."""
        first = list(actions_at(self._place))
        return tuple(Told(a.id, a.label) for a in (*first, *(a for a in ACTIONS if a not in first)))

    # ---- keys

    @on(HelpPage.Scrolled)
    def _scrolled(self, event: HelpPage.Scrolled) -> None:
        self._turn(event.step)

    def _turn(self, step: int) -> None:
        self._page.turn(step)
        self._tell()

    def on_key(self, event: events.Key) -> None:
        back = keys_in_force("kembali", self._keymap)
        if event.key in ("escape", "enter", *back) or self.asks_for_help(event.key):
            event.stop()
            event.prevent_default()  # else the band's own way comes too, which opens the help
            self.dismiss(None)
        elif self._place and event.key in keys_in_force("palet", self._keymap):
            event.stop()
            self.dismiss(None)
            self.call_later(_open_palette, self.app)
        elif not self.shell.look.thrifty and event.key in _TURNS:
            event.stop()
            self._turn(_TURNS[event.key])


def _small(text: str) -> str:
    return text[:1].lower() + text[1:]


def _open_palette(app: Any) -> None:
    """Open the palette over the screen that the help has left."""
    if hasattr(app.screen, "action_palet"):
        app.screen.call_later(app.screen.action_palet)


def _legend_blocks(legend: Sequence[tuple[str, ...]]) -> list[Block]:
    """The signs, under the headings that stand between them."""
    title, lines, blocks = "Tanda di sini", list[Told](), list[Block]()
    for sign, meaning, *style in legend:
        if sign:
            lines.append(Told(sign, meaning, cast(StyleName, style[0] if style else "")))
            continue
        blocks.append(Block(title, tuple(lines), narrow=True))
        title, lines = meaning, []
    return [*blocks, Block(title, tuple(lines), narrow=True)]
