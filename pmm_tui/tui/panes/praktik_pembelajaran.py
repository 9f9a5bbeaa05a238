"""1 Praktik Pembelajaran: exactly one indicator, the recommended ones first."""

from __future__ import annotations

from msgspec import Struct

from pmm_tui.services.plan_view import PlanView
from pmm_tui.skp.katalog_tables import Indikator
from pmm_tui.skp.model import PraktikPembelajaran
from pmm_tui.skp.rangkuman import praktik_sentence, recommendations
from pmm_tui.tui.panes.section import SectionPane
from pmm_tui.tui.panes.skp_words import capaian_word
from pmm_tui.tui.widgets.rows import Button, Choice, Gap, Heading, Row, RowId, Text


class IndikatorRow(Struct, frozen=True):
    """The choice of an indicator."""

    indikator: str

    def __str__(self) -> str:
        return f"indikator/{self.indikator}"


class PraktikPembelajaranPane(SectionPane[PraktikPembelajaran]):
    """Choosing with Enter also goes on to the next pane."""

    SECTION = "praktik_pembelajaran"
    LABEL = "1 Praktik Pembelajaran"
    SHORT_LABEL = "1 Praktik"
    NUMBERED = "page"
    HELP = "Pilih satu indikator. Enter memilih dan pindah ke bagian berikutnya; Spasi memilih dan tetap di sini."

    def __init__(self, context: PlanView) -> None:
        super().__init__(context)
        advised = recommendations(context.rapor, context.katalog)
        chosen = context.rencana.praktik_pembelajaran.indikator
        self._every = not advised or any(indikator not in advised for indikator in chosen)

    def first_row(self) -> RowId:
        """Begin at the chosen indicator, or at the first."""
        chosen, (recommended, others) = self._section.indikator, self._offered()
        return IndikatorRow(chosen[0] if chosen else [*recommended, *others][0].id)

    def _offered(self) -> tuple[list[Indikator], list[Indikator]]:
        """Return the recommended indicators, and the others."""
        every, recommended = self.context.katalog.indikator, recommendations(self.context.rapor, self.context.katalog)
        return [i for i in every if i.id in recommended], [i for i in every if i.id not in recommended]

    def section_rows(self) -> tuple[Row, ...]:
        """Return the recommended indicators, the others behind a button, and what the choice means."""
        recommended, others = self._offered()
        skema = self.context.skema
        several, step = skema.indikator_maks > 1, skema.step_label(self.SECTION, "Praktik Pembelajaran")
        rows: list[Row] = [Heading("Pilih indikator" if several else f"Pilih satu indikator {step}"), Gap()]
        if recommended:
            rows.append(Text(f"{self.look.signs.proposed} Direkomendasikan menurut Rapor Pendidikan", "accent"))
        rows += [self._choice(indikator) for indikator in recommended]
        if self._every:
            if recommended and others and not several:
                rows += [Gap(), Text("Indikator lainnya", "dim")]
            rows += [self._choice(indikator) for indikator in others]
        else:
            rows += [Gap(), Button("lainnya", "Lihat indikator lainnya")]
        if self.look.thrifty:
            return (*rows, *self._meaning())
        return (*rows, Gap(), self.onward("pengembangan_kompetensi"))

    def _choice(self, indikator: Indikator) -> Choice:
        view = self.context
        word, style = capaian_word(indikator, view.rapor, view.katalog, self.look.signs)
        chosen, several = indikator.id in self._section.indikator, view.skema.indikator_maks > 1
        return Choice(IndikatorRow(indikator.id), indikator.label, chosen, several, word, style)

    def _meaning(self) -> list[Row]:
        view = self.context
        rows: list[Row] = []
        for chosen in self._section.indikator:
            indikator = view.katalog.find_indikator(chosen)
            komponen = view.katalog.find_komponen(indikator.komponen) if indikator else None
            rows += [Gap(), Text(f"Komponen : {komponen.label if komponen else '-'}")]
            rows.append(Text(f"RHK      : {praktik_sentence(chosen, view.katalog)}"))
            if view.katalog.praktik.target:
                rows.append(Text(f"Target   : {view.katalog.praktik.target} {view.katalog.praktik.satuan}"))
        return rows

    def row_of(self, pointer: str) -> RowId:
        """Lead from any problem to the choices."""
        return self.first_row()

    def press(self, row_id: RowId, advance: bool) -> None:
        """Choose an indicator, show the others too, or go on."""
        if row_id == "lanjut":
            self.edge(1)
            return
        if not isinstance(row_id, IndikatorRow):
            self._every = True
            _, others = self._offered()
            self.rebuild(IndikatorRow(others[0].id) if others else None)
            return
        chosen = set(self._section.indikator)
        if self.context.skema.indikator_maks == 1:
            chosen = {row_id.indikator}
        elif advance:
            chosen.add(row_id.indikator)
        else:
            chosen ^= {row_id.indikator}
        section = PraktikPembelajaran(indikator=tuple(i.id for i in self.context.katalog.indikator if i.id in chosen))
        if self.replace(section, row_id) and advance and len(chosen) >= self.context.skema.indikator_min:
            self.edge(1)
