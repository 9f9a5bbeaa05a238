"""Rapor Pendidikan: the school's capaian of dimension D.1 in words and sign, the recommended indicators marked (facts 3)."""

from __future__ import annotations

from pmm_tui.skp.katalog import Katalog
from pmm_tui.skp.katalog_tables import Indikator
from pmm_tui.skp.model import Rapor, RaporPendidikan
from pmm_tui.skp.rangkuman import rekomendasi
from pmm_tui.tui.panes.section import SectionPane
from pmm_tui.tui.widgets.look import Tanda
from pmm_tui.tui.widgets.rows import Baris, NamaGaya, jeda, judul, teks, tombol


def kata_capaian(indikator: Indikator, rapor: Rapor, katalog: Katalog, tanda: Tanda) -> tuple[str, NamaGaya]:
    """Return the level in words with its sign, and the style that goes with it; never colour alone."""
    level = next((c for c in katalog.rapor.capaian if c.id == rapor.capaian.get(indikator.id)), None)
    if level is None:
        return "belum ada data", "redup"
    tinggi = sum(c.urutan <= level.urutan for c in katalog.rapor.capaian)
    sign = "#" * tinggi + "." * (len(katalog.rapor.capaian) - tinggi)
    gaya: dict[str, NamaGaya] = {"merah": "salah", "kuning": "awas", "hijau": "baik"}
    return f"{level.label:<7}{sign}", gaya.get(level.warna, "")


class RaporPendidikanPane(SectionPane):
    """Shows the eight indicators in their components."""

    BAGIAN = "rapor_pendidikan"
    LABEL = "Rapor Pendidikan"
    PENDEK = "Rapor"
    BANTUAN = "Capaian sekolah menurut Rapor Pendidikan. Yang bertanda bintang direkomendasikan untuk Praktik Pembelajaran."

    def kursor_awal(self) -> str:
        """The only button."""
        return "dimengerti"

    def susun_baris(self) -> tuple[Baris, ...]:
        """Rows by component."""
        k, tanda = self.konteks, self.rupa.tanda
        disarankan = rekomendasi(k.rapor, k.katalog)
        rows = [judul(f"Rapor Pendidikan · {k.katalog.rapor.dimensi} {k.katalog.rapor.dimensi_label}", kanan=k.sekolah.nama)]
        if not k.rapor.capaian:
            rows.append(teks("Rapor belum diambil dari server. Ambil dengan F5 di Daftar Guru; mengisi tetap bisa.", "awas"))
        for komponen in k.katalog.komponen:
            rows += [jeda(), teks(komponen.label, "kuat")]
            for indikator in k.katalog.indikator:
                if indikator.komponen == komponen.id:
                    kata, gaya = kata_capaian(indikator, k.rapor, k.katalog, tanda)
                    star = tanda.usul if indikator.id in disarankan else " "
                    rows.append(Baris(teks=f"{star} {indikator.label}", kanan=kata, gaya_kanan=gaya, inden=2))
        if disarankan:
            rows += [jeda(), teks(f"{tanda.usul} direkomendasikan", "redup", 2)]
        rows += [jeda(), tombol("dimengerti", "Saya mengerti")]
        return tuple(rows)

    def tekan(self, id: str, lanjut: bool) -> None:
        """Understood: on to the form."""
        self.ganti(RaporPendidikan(dimengerti=True))
        self.ujung(1)
