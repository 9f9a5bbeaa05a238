"""Rapor Pendidikan: the school's capaian of dimension D.1 in words and sign, the recommended indicators marked."""

from __future__ import annotations

from pmm_tui.skp.model import RaporPendidikan
from pmm_tui.skp.rangkuman import recommendations
from pmm_tui.tui.panes.section import SectionPane
from pmm_tui.tui.panes.skp_words import capaian_word, step_name
from pmm_tui.tui.widgets.rows import Button, Gap, Heading, Row, RowId, Text


class RaporPendidikanPane(SectionPane[RaporPendidikan]):
    """Shows the indicators in their components."""

    SECTION = "rapor_pendidikan"
    LABEL = "Rapor Pendidikan"
    SHORT_LABEL = "Rapor"
    HELP = "Capaian sekolah menurut Rapor Pendidikan. Yang bertanda bintang direkomendasikan untuk bagian 1."

    def first_row(self) -> RowId:
        """Begin at the only button."""
        return "dimengerti"

    def section_rows(self) -> tuple[Row, ...]:
        """Return the indicators, component by component."""
        view, signs = self.context, self.look.signs
        advised = recommendations(view.rapor, view.katalog)
        dimension = f"{view.katalog.rapor.dimensi} {view.katalog.rapor.dimensi_label}"
        rows: list[Row] = [Heading(f"Rapor Pendidikan · {dimension}", view.sekolah.nama)]
        if not view.rapor.capaian:
            rows.append(Text("Rapor belum diambil dari server. Ambil dengan F5 di Daftar Guru; mengisi tetap bisa.", "warning"))
        if view.rapor_words:
            rows.append(Text(f"Sumber: {view.rapor_words}", "dim"))
        for komponen in view.katalog.komponen:
            rows += [Gap(), Text(komponen.label, "strong")]
            for indikator in view.katalog.indikator:
                if indikator.komponen == komponen.id:
                    word, style = capaian_word(indikator, view.rapor, view.katalog, self.look.signs)
                    word += " menurut komponen" if indikator.id in view.rapor.menurut_komponen else ""
                    star = signs.proposed if indikator.id in advised else " "
                    rows.append(Text(f"{star} {indikator.label}", indent=2, right=word, right_style=style))
        if advised:
            rows += [Gap(), Text(f"{signs.proposed} direkomendasikan", "dim", 2)]
        then = "" if self.look.thrifty else f"lalu ke {step_name('praktik_pembelajaran', view.skema)}"
        rows += [Gap(), Button("dimengerti", "Saya mengerti", note=then, main=True)]
        return tuple(rows)

    def press(self, row_id: RowId, advance: bool) -> None:
        """Note that it was understood, and go on to the form."""
        self.replace(RaporPendidikan(dimengerti=True))
        self.edge(1)
