"""Help for the place where one is: what it is for, and every key of it."""

from __future__ import annotations

from textual import events
from textual.app import ComposeResult
from textual.screen import ModalScreen

from pmm_tui.tui.keys import aksi_di, tombol_aksi
from pmm_tui.tui.widgets.rows import Button, Gap, Heading, Pair, Row, RowId, Text
from pmm_tui.tui.widgets.sheet import Lembar

_UMUM = (
    ("Panah, Tab", "pindah baris; Enter, Tab dan panah bawah berarti berikutnya"),
    ("Enter", "pilih lalu lanjut"),
    ("Spasi", "pilih atau batalkan, tetap di sini"),
)


class IsiBantuan(Lembar):
    """The rows of the help."""

    def __init__(self, tempat: str, penjelasan: str) -> None:
        super().__init__()
        self._tempat, self._penjelasan = tempat, penjelasan
        self.add_class("-luas", "-pendek")  # what covers more costs more, to open and to close; the arrows show the rest

    def on_mount(self) -> None:
        self.muat_ulang("tutup")
        self.gulung(0)  # begin at the top, although the only button is at the end

    def susun_baris(self) -> tuple[Row, ...]:
        """The place, its keys, the keys of all lists."""
        peta = self.app.peta  # type: ignore[attr-defined]
        rows: list[Row] = [Heading("Bantuan", "panah menggulung, Esc menutup")]
        if self._penjelasan:
            rows += [Text(self._penjelasan), Gap()]
        rows.append(Text("Tombol di sini", "strong"))
        for aksi in aksi_di(self._tempat):
            keys = ", ".join(tombol_aksi(aksi.id, peta))
            rows.append(Pair(keys, aksi.bantuan))
        rows += [Gap(), Text("Di semua daftar dan isian", "strong")]
        rows += [Pair(key, arti) for key, arti in _UMUM]
        rows += [Gap(), Button("tutup", "Tutup")]
        return tuple(rows)

    def tekan(self, row_id: RowId, lanjut: bool) -> None:
        """Close."""
        self.screen.dismiss(None)

    def on_key(self, event: events.Key) -> None:
        if event.key in ("up", "down", "pageup", "pagedown"):
            event.stop()
            event.prevent_default()  # else the sheet's own way comes too, which is to the button at the end
            self.gulung({"up": -1, "down": 1, "pageup": -10, "pagedown": 10}[event.key])
        else:
            super().on_key(event)


class BantuanScreen(ModalScreen[None]):
    """A page over the screen; Esc, F1 or Enter closes it."""

    AUTO_FOCUS = "Lembar"

    def __init__(self, tempat: str, penjelasan: str) -> None:
        super().__init__()
        self._lembar = IsiBantuan(tempat, penjelasan)

    def compose(self) -> ComposeResult:
        yield self._lembar

    def on_key(self, event: events.Key) -> None:
        if event.key in ("escape", "ctrl+w", "f1", "ctrl+g"):
            event.stop()
            self.dismiss(None)
