"""Ekspektasi Khusus Pimpinan: a short text for each of the seven values, for one plan or for the whole school."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from textual import events

from pmm_tui.skp.decision import MAX_EXPECTATION
from pmm_tui.skp.katalog_tables import Perilaku
from pmm_tui.tui.screens.band import Band
from pmm_tui.tui.widgets.rows import Button, Buttons, Field, Gap, Heading, Row, RowId, Text
from pmm_tui.tui.widgets.sheet import Sheet

Texts = dict[str, str]


class ExpectationsSheet(Sheet):
    """A field for each value; what is empty expects nothing in particular."""

    def __init__(self, heading: str, about: str, values: Sequence[Perilaku], texts: Mapping[str, str], back: str) -> None:
        super().__init__()
        self._heading, self._about, self._values, self._back = heading, about, values, back
        self._texts = {value.id: texts.get(value.id, "") for value in values}
        self.add_class("-luas")

    def on_mount(self) -> None:
        self.rebuild(self._values[0].id if self._values else "simpan")

    def build_rows(self) -> tuple[Row, ...]:
        """Return the fields and the buttons."""
        rows: list[Row] = [Heading(self._heading), Gap()] if self.look.thrifty else []
        rows += [Text(self._about, "dim"), Gap()]
        rows += [
            Field(value.id, value.label, self._texts[value.id], width=200, limit=MAX_EXPECTATION, hint="boleh kosong")
            for value in self._values
        ]
        back = (Button("kembali", self._back),) if self._back else ()
        return (*rows, Gap(), Buttons((Button("simpan", "Simpan", main=True), Button("batal", "Batal"), *back)))

    def typed(self, row_id: RowId, value: str) -> None:
        """Keep what was written."""
        self._texts[str(row_id)] = value

    def press(self, row_id: RowId, advance: bool) -> None:
        """Close: with the texts, with nothing, or with what the school has."""
        answers: dict[RowId, Texts | str | None] = {"simpan": self._texts, "kembali": "kembali"}
        self.screen.dismiss(answers.get(row_id))

    def edge(self, direction: int) -> None:
        """Stay: it is left by a button or by Esc."""


class ExpectationsScreen(Band[Texts | str]):
    """Ask for the texts by value; the answer is all of them, `kembali` for the school's own, None for Esc."""

    KEYS = (("Tab", "Berikut"), ("Enter", "Tekan tombol"), ("Esc", "Batal"))
    HELP = (
        "Ekspektasi Khusus Pimpinan: teks pendek untuk tiap nilai perilaku, semuanya boleh kosong. Teks sekolah dipakai pada "
        "tiap persetujuan; teks untuk satu rencana menggantikannya di rencana itu saja."
    )

    def __init__(
        self, heading: str, about: str, values: Sequence[Perilaku], texts: Mapping[str, str], who: str = "", back: str = ""
    ) -> None:
        super().__init__(heading, ExpectationsSheet(heading, about, values, texts, back), who)

    def on_key(self, event: events.Key) -> None:
        if event.key in ("escape", "ctrl+w"):
            event.stop()
            self.dismiss(None)
        else:
            super().on_key(event)
