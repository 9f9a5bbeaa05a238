"""What lies over a screen: a band from edge to edge with a title, its own keys in the last line, and help inside.

In the thrifty look it is a box in the middle, as narrow as it can be.
"""

from __future__ import annotations

from typing import Any, ClassVar, TypeVar, cast

from textual import events
from textual.app import ComposeResult
from textual.screen import ModalScreen
from textual.strip import Strip

from pmm_tui.tui.keys import keys_in_force, keys_of
from pmm_tui.tui.messages import HelpRequested
from pmm_tui.tui.ports import Shell
from pmm_tui.tui.widgets.bars import KeyBar
from pmm_tui.tui.widgets.canvas import LineCanvas
from pmm_tui.tui.widgets.line_text import fit
from pmm_tui.tui.widgets.sheet import Sheet
from pmm_tui.tui.widgets.too_small import notice_size

_TOP = 2
"""The row at which a band begins over a screen that does not say it, where all of it fits below."""
Answer = TypeVar("Answer")


class Rule(LineCanvas):
    """A line from edge to edge, with a title at the left and something short at the right."""

    def __init__(self, title: str = "", detail: str = "", **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.title, self._detail = title, detail
        self.bad = False

    def tell(self, detail: str) -> None:
        """Say something else at the right."""
        self._detail = detail
        self.repaint()

    def paint(self, width: int, height: int) -> list[Strip]:
        """One line."""
        styles, signs = self.look.styles, self.look.signs
        line, title_style = (styles.error, styles.error) if self.bad else (styles.accent, styles.heading)
        if not self.title:
            return [self.line((signs.rule * width, line), width=width)]
        detail = f" {self._detail} " if self._detail else ""
        title = f" {fit(self.title, width - len(detail) - 8, signs.ellipsis)} "
        rest = width - 1 - len(title) - len(detail) - (3 if detail else 0)
        return [
            self.line(
                (signs.rule, line), (title, title_style), (signs.rule * max(rest, 0), line), (detail, styles.dim),
                (signs.rule * 3 if detail else "", line), width=width,
            )
        ]  # fmt: skip


class Band(ModalScreen[Answer]):
    """A question or a choice over a screen; a subclass gives the sheet, and says which keys do what."""

    AUTO_FOCUS: ClassVar[str | None] = "Sheet"
    KEYS: ClassVar[tuple[tuple[str, str], ...]] = (("Enter", "Tekan tombol"), ("Tab", "Pindah"), ("Esc", "Batal"))
    HELP: ClassVar[str] = ""
    EXAMPLE: ClassVar[str] = ""
    PAGE: ClassVar[bool] = False
    """Whether it takes the whole screen."""
    ABOVE: ClassVar[int] = 0
    """Lines of its own above the sheet."""

    def __init__(self, title: str, sheet: Sheet, detail: str = "") -> None:
        super().__init__()
        self._sheet = sheet
        self._rule = Rule(title, detail, classes="garis")

    @property
    def shell(self) -> Shell:
        """The app, as far as a screen knows it."""
        return cast(Shell, self.app)

    def compose(self) -> ComposeResult:
        yield self._rule
        yield self._sheet
        yield Rule(classes="garis")
        yield KeyBar(id="tombol")

    def on_mount(self) -> None:
        for bar in self.query(KeyBar):  # none where the program ends at the same moment
            bar.set(self.KEYS, ((keys_of("bantuan", self.shell.keymap)[0], "Bantuan"),))
        self.place()  # before it is painted: else it would be painted twice

    def on_resize(self, event: events.Resize) -> None:
        notice_size(self, event.size)
        self.place()

    def place(self) -> None:
        """Stand as high as asked, or higher where the rows need it; what is more than the screen scrolls."""
        if self.shell.look.thrifty:
            self._rule.styles.margin = 0
            return
        width, height = self.app.size
        under = self.app.screen_stack[-2]
        top, covered = getattr(under, "BAND_TOP", _TOP), getattr(under, "band_width", 0) or width
        for part in self.query("Rule, Sheet, SearchLine"):
            part.styles.width = covered
        room = max(height - 1 - 2 - self.ABOVE, 1)  # the keys' line, and the two lines of the band
        needed = min(self._sheet.get_content_height(self.app.size, self.app.size, covered), room)
        self._rule.styles.margin = (max(min(top, room - needed), 0), 0, 0, 0)
        self._sheet.styles.max_height = room

    def look_changed(self) -> None:
        """Lay out anew in the look that was chosen meanwhile."""
        self._sheet.rebuild()
        self.place()
        self.refresh(layout=True)

    def show_help(self) -> None:
        """Explain the question and its keys."""
        self.post_message(HelpRequested("", self.HELP, title=self._rule.title, keys=self.KEYS, example=self.EXAMPLE))

    def asks_for_help(self, key: str) -> bool:
        """Whether a key is one of those for the help."""
        return key in keys_in_force("bantuan", self.shell.keymap)

    def on_key(self, event: events.Key) -> None:
        if self.asks_for_help(event.key):
            event.stop()
            event.prevent_default()  # Textual calls this for each class: a band that calls it too would open the help twice
            self.show_help()
