"""Bantuan Sinkron: a message of e-Kinerja, found by a part of it: its cause, where it is mended, by whom, and how."""

from __future__ import annotations

from pathlib import Path

from textual.geometry import Size

from pmm_tui.errors import PmmError
from pmm_tui.services.sync_help import NOT_LISTED, all_messages
from pmm_tui.skp.sync_messages import SyncMessage, SyncMessages, bundled_messages, find_messages
from pmm_tui.tui.screens.choose import FilterSheet, SearchBand
from pmm_tui.tui.widgets.rows import Button, Gap, Heading, Item, Pair, Row, RowId, Text

_ROWS = 14
"""Lines of the band, whatever it shows: one that grew and shrank with the search would be painted anew."""

_BACK = "daftar"


class SyncSheet(FilterSheet):
    """The messages that fit, or the one that is open; `fault` is what is wrong with the school's own file."""

    def __init__(self, messages: SyncMessages, fault: str = "") -> None:
        super().__init__("Bantuan Sinkron")
        self._messages, self._fault = messages, fault
        self._titles = {source.id: source.judul for source in messages.rujukan}
        self._found: tuple[SyncMessage, ...] = messages.pesan
        self._opened: SyncMessage | None = None

    def find(self) -> None:
        """Find the messages that have what is sought in them; a single one is opened at once."""
        every = self._messages.pesan
        self._found = find_messages(every, self.sought) if self.sought.strip() else every
        self._opened = self._found[0] if len(self._found) == 1 else None

    def first(self) -> RowId:
        """The first that was found."""
        return self._found[0].id if self._found else ""

    def count(self) -> str:
        """How many were found."""
        return f"{len(self._found)} dari {len(self._messages.pesan)}"

    def build_rows(self) -> tuple[Row, ...]:
        """Return what was found, or the message that is open."""
        rows: list[Row] = []
        if self.look.thrifty:
            rows = [Heading(self._heading, self.count()), Text(f"Cari: {self.sought}_", "accent")]
        if self._fault:
            rows.append(Text(self._fault, "warning"))
        if self._opened is not None:
            rows += self._whole(self._opened)
        elif self._found:
            rows += [Item(one.id, one.pesan, right=one.sistem) for one in self._found]
        else:
            rows.append(Text(NOT_LISTED, "warning"))
        return tuple(rows)

    def _whole(self, one: SyncMessage) -> list[Row]:
        sources = (one.sumber,) if isinstance(one.sumber, str) else one.sumber
        told = "; ".join(self._titles.get(name, name) for name in sources if name)
        sure = f" ({one.keyakinan})" if one.keyakinan else ""
        rows: list[Row] = [
            Item(one.id, one.pesan),
            Pair("Sebab", one.sebab),
            Pair("Diperbaiki di", one.sistem),
            Pair("Oleh", one.pelaku),
            Gap(),
        ]
        rows += [Text(f"{number}. {step}") for number, step in enumerate(one.langkah, 1)]
        rows += [Gap(), Text(f"Sumber: {told}{sure}", "dim")] if told else []
        return [*rows, Gap(), Button(_BACK, "Pesan lain")]  # also a place for the cursor at the end, so that all comes into sight

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """Always the same."""
        return _ROWS

    def press(self, row_id: RowId, advance: bool) -> None:
        """Open the message, or go back to those that were found."""
        before = self._opened
        self._opened = next(one for one in self._found if one.id == row_id) if before is None else None
        self._top = 0
        self.rebuild(before.id if before else row_id)


class SyncScreen(SearchBand[str]):
    """Over any screen of a place; it answers nothing."""

    KEYS = (("Enter", "Buka atau tutup pesan"), ("Panah", "Pindah"), ("Esc", "Selesai"))
    HELP = (
        "Arti pesan e-Kinerja dan tombol Sinkron-nya: sebabnya, di sistem mana diperbaiki, oleh siapa, dan langkahnya. Ketik atau "
        "tempel sebagian pesannya. Yang tidak ada di daftar dikatakan tidak ada."
    )
    EXAMPLE = 'Ketik "unit kerja": pesannya terbuka bila hanya satu yang cocok, selain itu Enter membukanya.'

    def __init__(self, own_file: Path) -> None:
        fault = ""
        try:
            messages = all_messages(own_file)
        except PmmError as error:
            messages, fault = bundled_messages(), error.sentence
        super().__init__("Bantuan Sinkron", SyncSheet(messages, fault))
