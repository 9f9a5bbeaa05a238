"""Rapor Pendidikan: the school's capaian of dimension D.1 in words and sign, the recommended indicators marked."""

from __future__ import annotations

from pmm_tui.skp.katalog import Katalog
from pmm_tui.skp.katalog_tables import Indikator
from pmm_tui.skp.model import Rapor, RaporPendidikan
from pmm_tui.skp.rangkuman import rekomendasi
from pmm_tui.tui.panes.section import SectionPane
from pmm_tui.tui.widgets.look import StyleName, Tanda
from pmm_tui.tui.widgets.rows import Button, Gap, Heading, Row, RowId, Text


def kata_capaian(indikator: Indikator, rapor: Rapor, katalog: Katalog, tanda: Tanda) -> tuple[str, StyleName]:
    """Return the level in words with its sign, and the style that goes with it; never colour alone."""
    level = next((c for c in katalog.rapor.capaian if c.id == rapor.capaian.get(indikator.id)), None)
    if level is None:
        return "belum ada data", "dim"
    tinggi = sum(c.urutan <= level.urutan for c in katalog.rapor.capaian)
    sign = "#" * tinggi + "." * (len(katalog.rapor.capaian) - tinggi)
    gaya: dict[str, StyleName] = {"merah": "error", "kuning": "warning", "hijau": "good"}
    return f"{level.label:<7}{sign}", gaya.get(level.warna, "")


class RaporPendidikanPane(SectionPane[RaporPendidikan]):
    """Shows the indicators in their components."""

    BAGIAN = "rapor_pendidikan"
    LABEL = "Rapor Pendidikan"
    PENDEK = "Rapor"
    BANTUAN = "Capaian sekolah menurut Rapor Pendidikan. Yang bertanda bintang direkomendasikan untuk Praktik Pembelajaran."

    def kursor_awal(self) -> RowId:
        """Begin at the only button."""
        return "dimengerti"

    def susun_baris(self) -> tuple[Row, ...]:
        """Return the indicators, component by component."""
        k, tanda = self.konteks, self.rupa.tanda
        disarankan = rekomendasi(k.rapor, k.katalog)
        dimensi = f"{k.katalog.rapor.dimensi} {k.katalog.rapor.dimensi_label}"
        rows: list[Row] = [Heading(f"Rapor Pendidikan · {dimensi}", k.sekolah.nama)]
        if not k.rapor.capaian:
            rows.append(Text("Rapor belum diambil dari server. Ambil dengan F5 di Daftar Guru; mengisi tetap bisa.", "warning"))
        for komponen in k.katalog.komponen:
            rows += [Gap(), Text(komponen.label, "strong")]
            for indikator in k.katalog.indikator:
                if indikator.komponen == komponen.id:
                    kata, gaya = kata_capaian(indikator, k.rapor, k.katalog, tanda)
                    star = tanda.usul if indikator.id in disarankan else " "
                    rows.append(Text(f"{star} {indikator.label}", indent=2, right=kata, right_style=gaya))
        if disarankan:
            rows += [Gap(), Text(f"{tanda.usul} direkomendasikan", "dim", 2)]
        rows += [Gap(), Button("dimengerti", "Saya mengerti")]
        return tuple(rows)

    def tekan(self, row_id: RowId, lanjut: bool) -> None:
        """Note that it was understood, and go on to the form."""
        self.ganti(RaporPendidikan(dimengerti=True))
        self.ujung(1)
