"""4 Perilaku Kerja: the BerAKHLAK values and their indikator, as many of each as the scheme says."""

from __future__ import annotations

from pmm_tui.skp.model import PerilakuKerja
from pmm_tui.tui.panes.section import SectionPane
from pmm_tui.tui.widgets.rows import Button, Choice, Gap, Heading, Row, RowId, Text


class PerilakuKerjaPane(SectionPane[PerilakuKerja]):
    """Enter chooses and goes to the next value, so seven Enters fill the pane.

    The id of a choice is what the plan then says: `value/indikator`.
    """

    BAGIAN = "perilaku_kerja"
    LABEL = "4 Perilaku Kerja"
    PENDEK = "4 Perilaku"
    BANTUAN = "Enter memilih indikator lalu pindah ke nilai berikutnya; Spasi memilih atau membatalkan dan tetap di sini."

    def kursor_awal(self) -> RowId:
        """Begin at the first value of which nothing is chosen yet."""
        chosen = {p.partition("/")[0] for p in self._section.indikator}
        for perilaku in self.konteks.katalog.perilaku:
            if perilaku.id not in chosen:
                return f"{perilaku.id}/{perilaku.indikator[0].id}" if perilaku.indikator else "lanjut"
        return "lanjut"

    def susun_baris(self) -> tuple[Row, ...]:
        """Return each value with its indikator."""
        k, skema = self.konteks, self.konteks.skema
        banyak = f"{skema.perilaku_per_nilai_min}" + (
            f"–{skema.perilaku_per_nilai_maks}" if skema.perilaku_per_nilai_maks > skema.perilaku_per_nilai_min else ""
        )
        sebagian = skema.perilaku_nilai_min < len(k.katalog.perilaku)
        nilai = f"per nilai, paling sedikit {skema.perilaku_nilai_min} nilai" if sebagian else "untuk setiap nilai"
        terisi = len({p.partition("/")[0] for p in self._section.indikator})
        rows: list[Row] = [Heading(f"Pilih {banyak} indikator {nilai}", f"{terisi} dari {len(k.katalog.perilaku)} nilai terisi")]
        for perilaku in k.katalog.perilaku:
            rows += [Gap(), Text(perilaku.label, "strong")]
            for butir in perilaku.indikator:
                value = f"{perilaku.id}/{butir.id}"
                several = skema.perilaku_per_nilai_maks > 1
                rows.append(Choice(value, butir.label, value in self._section.indikator, tick=several))
        rows += [Gap(), Button("lanjut", "Lanjut ke Rangkuman")]
        return tuple(rows)

    def kursor_pointer(self, pointer: str) -> RowId:
        """Lead from a problem of a value to its first indikator."""
        nilai = pointer.removeprefix("/perilaku_kerja").strip("/").split("/")[0]
        return next((row_id for row_id in self._row_ids() if str(row_id).startswith(f"{nilai}/")), self.kursor_awal())

    def tekan(self, row_id: RowId, lanjut: bool) -> None:
        """Choose an indikator; with Enter go on to the next value."""
        if row_id == "lanjut":
            self.ujung(1)
            return
        pressed = str(row_id)
        nilai = pressed.partition("/")[0]
        of_value = [p for p in self._section.indikator if p.startswith(f"{nilai}/")]
        others = [p for p in self._section.indikator if p not in of_value]
        maks = self.konteks.skema.perilaku_per_nilai_maks
        if pressed in of_value:
            kept = of_value if lanjut else [p for p in of_value if p != pressed]
        elif maks == 1:
            kept = [pressed]
        elif len(of_value) < maks:
            kept = [*of_value, pressed]
        else:
            kept = of_value
        chosen = {*others, *kept}
        order = [f"{p.id}/{b.id}" for p in self.konteks.katalog.perilaku for b in p.indikator]
        section = PerilakuKerja(indikator=tuple(p for p in order if p in chosen))
        berikut = self._berikut(nilai) if lanjut else pressed
        if berikut:
            self.ganti(section, berikut)
        else:
            self.ganti(section, "lanjut")
            self.ujung(1)

    def _berikut(self, nilai: str) -> str:
        """Return the row of the next value where the cursor goes; empty after the last."""
        values = [p for p in self.konteks.katalog.perilaku if p.indikator]
        at = next((n for n, p in enumerate(values) if p.id == nilai), len(values))
        if at + 1 >= len(values):
            return ""
        chosen = [p for p in self._section.indikator if p.startswith(f"{values[at + 1].id}/")]
        return chosen[0] if chosen else f"{values[at + 1].id}/{values[at + 1].indikator[0].id}"
