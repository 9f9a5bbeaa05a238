"""Choosing one of many from a list that typing filters."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct
from textual import events
from textual.app import ComposeResult
from textual.geometry import Size
from textual.screen import ModalScreen

from pmm_tui.text import clean
from pmm_tui.tui.widgets.list_view import CARI_MAKS
from pmm_tui.tui.widgets.row_painter import height
from pmm_tui.tui.widgets.rows import Button, Heading, Row, RowId, Text
from pmm_tui.tui.widgets.sheet import Lembar


class Calon(Struct, frozen=True):
    """One thing to choose: `kanan` at the right, `catatan` below, `tolak` why it cannot be chosen (empty: it can)."""

    id: str
    label: str
    kanan: str = ""
    catatan: str = ""
    tolak: str = ""


class IsiPilih(Lembar):
    """The filter and what passes it."""

    def __init__(self, judul: str, calon: Sequence[Calon], terpilih: str, catatan: bool) -> None:
        super().__init__()
        self._judul, self._calon, self._terpilih, self._bercatatan = judul, calon, terpilih, catatan
        self._cari = ""
        self._pesan = ""
        self.add_class("-luas")

    def on_mount(self) -> None:
        self.muat_ulang(self._terpilih)

    def _lolos(self) -> list[Calon]:
        words = self._cari.casefold().split()
        return [c for c in self._calon if all(w in f"{c.label} {c.catatan}".casefold() for w in words)]

    def susun_baris(self) -> tuple[Row, ...]:
        """Title, what was typed, what passes."""
        lolos = self._lolos()
        rows: list[Row] = [Heading(self._judul, f"{len(lolos)} dari {len(self._calon)}"), Text(f"Cari: {self._cari}_", "accent")]
        if self._pesan:
            rows.append(Text(self._pesan, "warning"))
        rows += [self._pilihan(calon) for calon in lolos]
        if not lolos:
            rows.append(Text("Tidak ada yang cocok; hapus beberapa huruf.", "dim"))
        return tuple(rows)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """As many lines as all choices and one sentence take: a dialog that grew and shrank would be painted anew."""
        return 3 + sum(height(self._pilihan(calon), width) for calon in self._calon)

    def _pilihan(self, calon: Calon) -> Button:
        """A row."""
        kanan = "sudah ada" if calon.tolak else calon.kanan
        return Button(calon.id, calon.label, note=calon.catatan if self._bercatatan else "", right=kanan, style="")

    def tekan(self, row_id: RowId, lanjut: bool) -> None:
        """Take it, unless it is refused."""
        calon = next(c for c in self._calon if c.id == row_id)
        if calon.tolak:
            self._pesan = calon.tolak
            self.muat_ulang()
        else:
            self.screen.dismiss(calon.id)

    def ujung(self, arah: int) -> None:
        """The list has no way out but choosing or Esc."""

    def on_key(self, event: events.Key) -> None:
        if event.key == "backspace":
            self._saring(self._cari[:-1])
        elif event.key in ("ctrl+u", "ctrl+w"):
            self._saring("")
        elif event.character and event.is_printable and not (event.key == "space" and not self._cari):
            self._saring(self._cari + event.character)
        else:
            super().on_key(event)
            return
        event.stop()
        event.prevent_default()

    def on_paste(self, event: events.Paste) -> None:
        event.stop()
        self._saring(self._cari + clean(event.text))

    def _saring(self, cari: str) -> None:
        self._cari, self._pesan = cari[:CARI_MAKS], ""
        lolos = self._lolos()
        self.muat_ulang(lolos[0].id if lolos else "")


class PilihScreen(ModalScreen[str]):
    """Returns the id of what was chosen, or an empty string. Without `catatan` the notes are searched, but not shown."""

    AUTO_FOCUS = "Lembar"

    def __init__(self, judul: str, calon: Sequence[Calon], terpilih: str = "", *, catatan: bool = True) -> None:
        super().__init__()
        self._lembar = IsiPilih(judul, calon, terpilih, catatan)

    def compose(self) -> ComposeResult:
        yield self._lembar

    def on_key(self, event: events.Key) -> None:
        if event.key == "escape":
            event.stop()
            self.dismiss("")
