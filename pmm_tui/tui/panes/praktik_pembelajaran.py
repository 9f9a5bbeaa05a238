"""1 Praktik Pembelajaran: exactly one indicator, the recommended ones first."""

from __future__ import annotations

from msgspec import Struct

from pmm_tui.skp.katalog_tables import Indikator
from pmm_tui.skp.model import PraktikPembelajaran
from pmm_tui.skp.rangkuman import kalimat_praktik, rekomendasi
from pmm_tui.tui.panes.rapor_pendidikan import kata_capaian
from pmm_tui.tui.panes.section import KonteksRencana, SectionPane
from pmm_tui.tui.widgets.rows import Button, Choice, Gap, Heading, Row, RowId, Text


class IndikatorRow(Struct, frozen=True):
    """The choice of an indicator."""

    indikator: str

    def __str__(self) -> str:
        return f"indikator/{self.indikator}"


class PraktikPembelajaranPane(SectionPane[PraktikPembelajaran]):
    """Choosing with Enter also goes on to the next pane."""

    BAGIAN = "praktik_pembelajaran"
    LABEL = "1 Praktik Pembelajaran"
    PENDEK = "1 Praktik"
    BANTUAN = "Pilih satu indikator. Enter memilih dan pindah ke bagian berikutnya; Spasi memilih dan tetap di sini."

    def __init__(self, konteks: KonteksRencana) -> None:
        super().__init__(konteks)
        disarankan = rekomendasi(konteks.rapor, konteks.katalog)
        chosen = konteks.rencana.praktik_pembelajaran.indikator
        self._semua = not disarankan or any(indikator not in disarankan for indikator in chosen)

    def kursor_awal(self) -> RowId:
        """Begin at the chosen indicator, or at the first."""
        chosen, (recommended, others) = self._section.indikator, self._offered()
        return IndikatorRow(chosen[0] if chosen else [*recommended, *others][0].id)

    def _offered(self) -> tuple[list[Indikator], list[Indikator]]:
        """Return the recommended indicators, and the others."""
        every, recommended = self.konteks.katalog.indikator, rekomendasi(self.konteks.rapor, self.konteks.katalog)
        return [i for i in every if i.id in recommended], [i for i in every if i.id not in recommended]

    def susun_baris(self) -> tuple[Row, ...]:
        """Return the recommended indicators, the others behind a button, and what the choice means."""
        recommended, others = self._offered()
        several = self.konteks.skema.indikator_maks > 1
        rows: list[Row] = [Heading("Pilih indikator" if several else "Pilih satu indikator Praktik Pembelajaran"), Gap()]
        if recommended:
            rows.append(Text(f"{self.rupa.tanda.usul} Direkomendasikan menurut Rapor Pendidikan", "accent"))
        rows += [self._choice(indikator) for indikator in recommended]
        if self._semua:
            if recommended and others and not several:
                rows += [Gap(), Text("Indikator lainnya", "dim")]
            rows += [self._choice(indikator) for indikator in others]
        else:
            rows += [Gap(), Button("lainnya", "Lihat indikator lainnya")]
        return (*rows, *self._arti())

    def _choice(self, indikator: Indikator) -> Choice:
        k = self.konteks
        word, style = kata_capaian(indikator, k.rapor, k.katalog, self.rupa.tanda)
        chosen, several = indikator.id in self._section.indikator, k.skema.indikator_maks > 1
        return Choice(IndikatorRow(indikator.id), indikator.label, chosen, several, word, style)

    def _arti(self) -> list[Row]:
        k = self.konteks
        rows: list[Row] = []
        for chosen in self._section.indikator:
            indikator = k.katalog.cari_indikator(chosen)
            komponen = k.katalog.cari_komponen(indikator.komponen) if indikator else None
            rows += [Gap(), Text(f"Komponen : {komponen.label if komponen else '-'}")]
            rows.append(Text(f"RHK      : {kalimat_praktik(chosen, k.katalog)}"))
            if k.katalog.praktik.target:
                rows.append(Text(f"Target   : {k.katalog.praktik.target} {k.katalog.praktik.satuan}"))
        return rows

    def kursor_pointer(self, pointer: str) -> RowId:
        """Lead from any problem to the choices."""
        return self.kursor_awal()

    def tekan(self, row_id: RowId, lanjut: bool) -> None:
        """Choose an indicator, or show the others too."""
        if not isinstance(row_id, IndikatorRow):
            self._semua = True
            _, others = self._offered()
            self.muat_ulang(IndikatorRow(others[0].id) if others else None)
            return
        chosen = set(self._section.indikator)
        if self.konteks.skema.indikator_maks == 1:
            chosen = {row_id.indikator}
        elif lanjut:
            chosen.add(row_id.indikator)
        else:
            chosen ^= {row_id.indikator}
        self.ganti(PraktikPembelajaran(indikator=tuple(i.id for i in self.konteks.katalog.indikator if i.id in chosen)), row_id)
        if lanjut and len(chosen) >= self.konteks.skema.indikator_min:
            self.ujung(1)
