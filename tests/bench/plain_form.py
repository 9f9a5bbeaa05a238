"""The plain form: what the same school would be with Textual's own widgets, as its guide puts them together.

Five tabs, each mounted when it is first shown, of ten widgets that take keys: fields, choices, a list, and the 40 teachers.
"""

from textual.app import App, ComposeResult
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.screen import ModalScreen
from textual.widget import Widget
from textual.widgets import (
    Button,
    Checkbox,
    DataTable,
    Input,
    Label,
    RadioButton,
    RadioSet,
    Select,
    SelectionList,
    Static,
    TabbedContent,
    TabPane,
)

SECTIONS = ("Praktik", "Kompetensi", "Tugas", "Perilaku", "Rangkuman")


class Ask(ModalScreen[None]):
    """A question with two buttons."""

    BINDINGS = [("f2", "dismiss", "Tutup")]
    CSS = """
    Ask { align: center middle; }
    Ask > Vertical { width: 44; height: 9; border: round $primary; padding: 1 2; background: $surface; }
    """

    def compose(self) -> ComposeResult:
        """The question."""
        with Vertical():
            yield Static("Data sudah sesuai?")
            with Horizontal():
                yield Button("Ya, lanjut")
                yield Button("Batal")


class PlainForm(App[None]):
    """Keys: F2 the question, F3 the list, F4 a field, F6 the next tab."""

    CSS = "SelectionList { height: 10; } DataTable { height: 1fr; }"
    BINDINGS = [
        ("f2", "ask", "Tanya"),
        ("f3", "go('SelectionList')", "Daftar"),
        ("f4", "go('Input')", "Isian"),
        ("f6", "advance", "Maju"),
    ]

    def compose(self) -> ComposeResult:
        """The tabs, the first of them filled."""
        with TabbedContent():
            for number, name in enumerate(SECTIONS):
                with TabPane(name, id=f"b{number}"):
                    if not number:
                        yield self._content(name)

    def _content(self, name: str) -> Widget:
        table: DataTable[str] = DataTable(cursor_type="row")
        table.add_columns("Nama", "NIP", "Jenis", "Status")
        for number in range(40):
            table.add_row(f"{name} guru {number}", f"{198507142009012000 + number}", "Guru Mapel", "Belum diisi")
        return Horizontal(
            VerticalScroll(
                Label(name),
                Select([(f"Pilihan {n}", n) for n in range(12)], prompt="Pilih"),
                *(Input(placeholder=f"Isian {n}") for n in range(4)),
                RadioSet(*(RadioButton(f"Pilihan {n}", value=not n) for n in range(4))),
                Checkbox("Sudah dikonfirmasi"),
            ),
            Vertical(SelectionList[int](*((f"{name} nomor {n}", n) for n in range(30))), table, Button("Lanjut")),
        )

    def action_ask(self) -> None:
        """Ask."""
        self.push_screen(Ask())

    def action_go(self, source: str) -> None:
        """Go to the first widget of that kind in the tab."""
        self.query_one(f"#{self.query_one(TabbedContent).active}").query(source).first().focus()

    async def action_advance(self) -> None:
        """Show the next tab."""
        tabs = self.query_one(TabbedContent)
        number = (int(tabs.active[1:]) + 1) % len(SECTIONS)
        pane = self.query_one(f"#b{number}", TabPane)
        if not pane.children:
            await pane.mount(self._content(SECTIONS[number]))
        tabs.active = f"b{number}"


if __name__ == "__main__":
    PlainForm().run()
