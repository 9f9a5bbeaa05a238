"""The school's levels of Rapor Pendidikan typed in by hand, where there is no download and no server that has them."""

from __future__ import annotations

from textual import events

from pmm_tui.errors import PmmError
from pmm_tui.services.rapor_edit import RaporLine, keep, propose_typed, shown
from pmm_tui.skp.rapor_levels import INDIKATOR
from pmm_tui.tui.key_runs import is_deliberate
from pmm_tui.tui.messages import RaporTyped
from pmm_tui.tui.ports import Shell
from pmm_tui.tui.screens.band import Band
from pmm_tui.tui.widgets.rows import Button, Buttons, Gap, Heading, Item, Row, RowId, Text
from pmm_tui.tui.widgets.sheet import Sheet

_NONE = "belum ada"
HELD = "Tombol yang ditahan tidak menyimpan. Lepaskan, lalu tekan Enter sekali lagi."


class RaporSheet(Sheet):
    """A row for each indicator: left and right choose its level."""

    def __init__(self, lines: tuple[RaporLine, ...], levels: tuple[tuple[str, str], ...], heads: dict[str, str]) -> None:
        super().__init__()
        self._lines = {line.item.name: line for line in lines}
        self._levels = dict((("", _NONE), *levels))
        self._heads = heads
        self.chosen = {name: line.level for name, line in self._lines.items()}
        self.word = ""

    def on_mount(self) -> None:
        self.rebuild(next(iter(self._lines)))

    @property
    def changed(self) -> tuple[str, ...]:
        """What is chosen otherwise than it was, as `ID=LEVEL`."""
        return tuple(f"{name}={level}" for name, level in self.chosen.items() if level != self._lines[name].level)

    def build_rows(self) -> tuple[Row, ...]:
        """Return the indicators under their components, and the buttons."""
        signs = self.look.signs
        rows: list[Row] = [Heading("Ketik capaian Rapor Pendidikan"), Gap()] if self.look.thrifty else []
        component = ""
        for name, line in self._lines.items():
            if line.item.komponen != component:
                component = line.item.komponen
                rows.append(Text(self._heads.get(component, component), "strong"))
            told = f"server: {self._levels.get(line.at_server, line.at_server)}  " if line.at_server else ""
            level = self._levels.get(self.chosen[name], self.chosen[name])
            rows.append(Item(name, line.item.label, right=f"{told}{signs.previous} {level} {signs.next}"))
        rows += [Gap(), Text(self.word, "warning")] if self.word else [Gap()]
        rows.append(Buttons((Button("simpan", self._label(), main=True), Button("batal", "Batal"))))
        return tuple(rows)

    def _label(self) -> str:
        return f"Simpan {len(self.changed)} capaian" if self.changed else "Selesai"

    def asks(self, key: str) -> bool:
        """A held key stores nothing."""
        return self.cursor in ("simpan", "batal") and key in ("enter", "space")

    def press(self, row_id: RowId, advance: bool) -> None:
        """Choose the next level, go on, or answer."""
        if row_id not in ("simpan", "batal"):
            if advance:
                self.step(1)
            else:
                self.turn(1)
        elif not is_deliberate(self.app):
            self.tell(HELD)
        elif isinstance(self.screen, RaporScreen):
            self.screen.answered(row_id == "simpan")

    def turn(self, step: int) -> None:
        """Choose the next level of the row under the cursor, or the one before; none only where nobody else has one."""
        line = self._lines[str(self.cursor)]
        levels = [level for level in self._levels if level or not line.level or line.origin == "tangan"]
        now = self.chosen[line.item.name]
        self.chosen[line.item.name] = levels[(levels.index(now) + step) % len(levels)] if now in levels else levels[0]
        self.word = ""
        self.rebuild()

    def tell(self, word: str) -> None:
        """Say something above the buttons."""
        self.word = word
        self.rebuild()
        self.refresh(layout=True)

    def on_key(self, event: events.Key) -> None:
        if event.key in ("left", "right") and self.cursor in self._lines:
            event.stop()
            event.prevent_default()
            self.turn(1 if event.key == "right" else -1)

    def edge(self, direction: int) -> None:
        """Stay."""


class RaporScreen(Band[None]):
    """What is typed counts before what the server says; it answers nothing, and what was stored is told as a message."""

    KEYS = (("Kiri, Kanan", "Pilih capaian"), ("Enter", "Baris berikutnya"), ("Esc", "Batal"))
    HELP = (
        "Capaian sekolah menurut Rapor Pendidikan, diketik dari Rapor itu. Kiri dan Kanan memilih capaiannya; tidak ada yang "
        "disimpan sebelum Simpan. Yang diketik dipakai sebelum yang dari server; pmm-tui rapor pakai-server mengembalikannya."
    )
    EXAMPLE = "Kanan sampai capaiannya benar, Enter ke indikator berikutnya; di bawah Simpan, Enter."

    def __init__(self, shell: Shell) -> None:
        self._in_force = in_force = shell.in_force
        mine = {INDIKATOR + indikator.id for indikator in in_force.katalog.indikator}
        lines = tuple(line for line in shown(shell.store, in_force) if line.item.name in mine)
        levels = tuple((capaian.id, capaian.label) for capaian in in_force.katalog.rapor.capaian)
        heads = {komponen.id: komponen.label for komponen in in_force.katalog.komponen}
        super().__init__("Ketik capaian Rapor Pendidikan", RaporSheet(lines, levels, heads), in_force.label)

    def answered(self, save: bool) -> None:
        """Store what was chosen, or leave everything as it was."""
        sheet, shell = self.query_one(RaporSheet), self.shell
        if save and sheet.changed:
            try:
                proposal = propose_typed(shell.store, self._in_force, sheet.changed, shell.services.now())
                keep(shell.store, self._in_force, proposal)
            except PmmError as error:
                sheet.tell(error.sentence)
                return
            self.app.post_message(RaporTyped(f"{len(sheet.changed)} capaian Rapor disimpan"))
        self.dismiss(None)

    def on_key(self, event: events.Key) -> None:
        if event.key in ("escape", "ctrl+w"):
            event.stop()
            self.dismiss(None)
        else:
            super().on_key(event)
