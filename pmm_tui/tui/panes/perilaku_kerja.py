"""4 Perilaku Kerja: the BerAKHLAK values and their indikator, as many of each as the scheme says."""

from __future__ import annotations

from pmm_tui.skp.model import PerilakuKerja
from pmm_tui.tui.panes.section import SectionPane
from pmm_tui.tui.widgets.rows import Choice, Gap, Heading, Row, RowId, Text


class PerilakuKerjaPane(SectionPane[PerilakuKerja]):
    """Enter chooses and goes to the next value, so seven Enters fill the pane.

    The id of a choice is what the plan then says: `value/indikator`.
    """

    SECTION = "perilaku_kerja"
    LABEL = "4 Perilaku Kerja"
    SHORT_LABEL = "4 Perilaku"
    NUMBERED = "group"
    HELP = "Enter memilih indikator lalu pindah ke nilai berikutnya; Spasi memilih atau membatalkan dan tetap di sini."

    def first_row(self) -> RowId:
        """Begin at the first value of which nothing is chosen yet."""
        chosen = {p.partition("/")[0] for p in self._section.indikator}
        for perilaku in self.context.katalog.perilaku:
            if perilaku.id not in chosen:
                return f"{perilaku.id}/{perilaku.indikator[0].id}" if perilaku.indikator else "lanjut"
        return "lanjut"

    def section_rows(self) -> tuple[Row, ...]:
        """Return each value with its indikator."""
        view, skema = self.context, self.context.skema
        count = f"{skema.perilaku_per_nilai_min}" + (
            f"–{skema.perilaku_per_nilai_maks}" if skema.perilaku_per_nilai_maks > skema.perilaku_per_nilai_min else ""
        )
        some = skema.perilaku_nilai_min < len(view.katalog.perilaku)
        value = f"per nilai, paling sedikit {skema.perilaku_nilai_min} nilai" if some else "untuk setiap nilai"
        filled = len({p.partition("/")[0] for p in self._section.indikator})
        rows: list[Row] = [Heading(f"Pilih {count} indikator {value}", f"{filled} dari {len(view.katalog.perilaku)} nilai terisi")]
        for perilaku in view.katalog.perilaku:
            rows += [Gap(), Text(perilaku.label, "strong")]
            for item in perilaku.indikator:
                path = f"{perilaku.id}/{item.id}"
                several = skema.perilaku_per_nilai_maks > 1
                rows.append(Choice(path, item.label, path in self._section.indikator, tick=several))
        rows += [Gap(), self.onward("rangkuman")]
        return tuple(rows)

    def row_of(self, pointer: str) -> RowId:
        """Lead from a problem of a value to its first indikator."""
        value = pointer.removeprefix("/perilaku_kerja").strip("/").split("/")[0]
        return next((row_id for row_id in self._row_ids() if str(row_id).startswith(f"{value}/")), self.first_row())

    def press(self, row_id: RowId, advance: bool) -> None:
        """Choose an indikator; with Enter go on to the next value."""
        if row_id == "lanjut":
            self.edge(1)
            return
        pressed = str(row_id)
        value = pressed.partition("/")[0]
        of_value = [p for p in self._section.indikator if p.startswith(f"{value}/")]
        others = [p for p in self._section.indikator if p not in of_value]
        limit = self.context.skema.perilaku_per_nilai_maks
        if pressed in of_value:
            kept = of_value if advance else [p for p in of_value if p != pressed]
        elif limit == 1:
            kept = [pressed]
        elif len(of_value) < limit:
            kept = [*of_value, pressed]
        else:
            kept = of_value
        section = self._with({*others, *kept})
        next_value = self._next_value(value) if advance else pressed
        if next_value:
            self.replace(section, next_value)
        elif self.replace(section, "lanjut"):
            self.edge(1)

    def repeated(self, there: PerilakuKerja) -> PerilakuKerja | str:
        """Return the section with the value under the cursor as `there`."""
        value = f"{str(self.cursor).partition('/')[0]}/"
        theirs = {p for p in there.indikator if p.startswith(value)}
        return self._with({*theirs, *(p for p in self._section.indikator if not p.startswith(value))}) if theirs else ""

    def _with(self, chosen: set[str]) -> PerilakuKerja:
        order = [f"{p.id}/{b.id}" for p in self.context.katalog.perilaku for b in p.indikator]
        return PerilakuKerja(indikator=tuple(p for p in order if p in chosen))

    def choose_numbered(self, row_id: RowId) -> None:
        """Choose of the value under the cursor, and go on to the next; after the last one only to the button."""
        value = str(row_id).partition("/")[0]
        last = not self._next_value(value)
        self.go_to(row_id)
        self.press(row_id, not last)
        if last and not self.context.locked:
            self.go_to("lanjut")

    def row_numbered(self, digit: str) -> RowId:
        """Of all with this digit the one of the value under the cursor."""
        value = str(self.cursor).partition("/")[0]
        numbers = self._numbers(self.rows).items()
        return next((row_id for row_id, number in numbers if number == digit and str(row_id).startswith(f"{value}/")), "")

    def _next_value(self, value: str) -> str:
        """Return the row of the next value where the cursor goes; empty after the last."""
        values = [p for p in self.context.katalog.perilaku if p.indikator]
        at = next((n for n, p in enumerate(values) if p.id == value), len(values))
        if at + 1 >= len(values):
            return ""
        chosen = [p for p in self._section.indikator if p.startswith(f"{values[at + 1].id}/")]
        return chosen[0] if chosen else f"{values[at + 1].id}/{values[at + 1].indikator[0].id}"
