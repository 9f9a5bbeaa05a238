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

BAGIAN = ("Praktik", "Kompetensi", "Tugas", "Perilaku", "Rangkuman")


class Tanya(ModalScreen[None]):
    """A question with two buttons."""

    BINDINGS = [("f2", "dismiss", "Tutup")]
    CSS = """
    Tanya { align: center middle; }
    Tanya > Vertical { width: 44; height: 9; border: round $primary; padding: 1 2; background: $surface; }
    """

    def compose(self) -> ComposeResult:
        """The question."""
        with Vertical():
            yield Static("Data sudah sesuai?")
            with Horizontal():
                yield Button("Ya, lanjut")
                yield Button("Batal")


class Biasa(App[None]):
    """Keys: F2 the question, F3 the list, F4 a field, F6 the next tab."""

    CSS = "SelectionList { height: 10; } DataTable { height: 1fr; }"
    BINDINGS = [
        ("f2", "tanya", "Tanya"),
        ("f3", "ke('SelectionList')", "Daftar"),
        ("f4", "ke('Input')", "Isian"),
        ("f6", "maju", "Maju"),
    ]

    def compose(self) -> ComposeResult:
        """The tabs, the first of them filled."""
        with TabbedContent():
            for nomor, nama in enumerate(BAGIAN):
                with TabPane(nama, id=f"b{nomor}"):
                    if not nomor:
                        yield self._isi(nama)

    def _isi(self, nama: str) -> Widget:
        tabel: DataTable[str] = DataTable(cursor_type="row")
        tabel.add_columns("Nama", "NIP", "Jenis", "Status")
        for nomor in range(40):
            tabel.add_row(f"{nama} guru {nomor}", f"{198507142009012000 + nomor}", "Guru Mapel", "Belum diisi")
        return Horizontal(
            VerticalScroll(
                Label(nama),
                Select([(f"Pilihan {n}", n) for n in range(12)], prompt="Pilih"),
                *(Input(placeholder=f"Isian {n}") for n in range(4)),
                RadioSet(*(RadioButton(f"Pilihan {n}", value=not n) for n in range(4))),
                Checkbox("Sudah dikonfirmasi"),
            ),
            Vertical(SelectionList[int](*((f"{nama} nomor {n}", n) for n in range(30))), tabel, Button("Lanjut")),
        )

    def action_tanya(self) -> None:
        """Ask."""
        self.push_screen(Tanya())

    def action_ke(self, apa: str) -> None:
        """Go to the first widget of that kind in the tab."""
        self.query_one(f"#{self.query_one(TabbedContent).active}").query(apa).first().focus()

    async def action_maju(self) -> None:
        """Show the next tab."""
        tabs = self.query_one(TabbedContent)
        nomor = (int(tabs.active[1:]) + 1) % len(BAGIAN)
        pane = self.query_one(f"#b{nomor}", TabPane)
        if not pane.children:
            await pane.mount(self._isi(BAGIAN[nomor]))
        tabs.active = f"b{nomor}"


if __name__ == "__main__":
    Biasa().run()
