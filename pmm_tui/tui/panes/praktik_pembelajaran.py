"""1 Praktik Pembelajaran: exactly one indicator, the recommended ones first (facts 3)."""

from __future__ import annotations

from pmm_tui.services.plan_session import PlanView
from pmm_tui.skp.katalog_tables import Indikator
from pmm_tui.skp.model import PraktikPembelajaran
from pmm_tui.skp.rangkuman import kalimat_praktik, rekomendasi
from pmm_tui.tui.panes.rapor_pendidikan import kata_capaian
from pmm_tui.tui.panes.section import SectionPane
from pmm_tui.tui.widgets.rows import Baris, jeda, judul, pilihan, teks, tombol


class PraktikPembelajaranPane(SectionPane):
    """Choosing with Enter also goes on to the next pane."""

    BAGIAN = "praktik_pembelajaran"
    LABEL = "1 Praktik Pembelajaran"
    PENDEK = "1 Praktik"
    BANTUAN = "Pilih satu indikator. Enter memilih dan pindah ke bagian berikutnya; Spasi memilih dan tetap di sini."

    def __init__(self, konteks: PlanView) -> None:
        super().__init__(konteks)
        disarankan = rekomendasi(konteks.rapor, konteks.katalog)
        chosen = konteks.rencana.praktik_pembelajaran.indikator
        self._semua = not disarankan or any(id not in disarankan for id in chosen)

    def kursor_awal(self) -> str:
        """The chosen indicator, else the first."""
        chosen = self._section.indikator
        return f"indikator/{chosen[0]}" if chosen else self._urut()[0].id and f"indikator/{self._urut()[0].id}"

    def _urut(self) -> list[Indikator]:
        k = self.konteks
        disarankan = rekomendasi(k.rapor, k.katalog)
        return sorted(k.katalog.indikator, key=lambda i: i.id not in disarankan)

    def susun_baris(self) -> tuple[Baris, ...]:
        """Recommended, the rest behind a button, and what the choice means."""
        k, tanda = self.konteks, self.rupa.tanda
        disarankan = rekomendasi(k.rapor, k.katalog)
        rows = [judul("Pilih satu indikator Praktik Pembelajaran" if k.skema.indikator_maks == 1 else "Pilih indikator"), jeda()]
        if disarankan:
            rows.append(teks(f"{tanda.usul} Direkomendasikan menurut Rapor Pendidikan", "aksen"))
        for indikator in self._urut():
            if indikator.id in disarankan or self._semua:
                if indikator.id not in disarankan and rows[-1].tanda == "radio" and rows[-1].id.split("/")[1] in disarankan:
                    rows += [jeda(), teks("Indikator lainnya", "redup")]
                kata, gaya = kata_capaian(indikator, k.rapor, k.katalog, tanda)
                rows.append(
                    pilihan(
                        f"indikator/{indikator.id}",
                        indikator.label,
                        indikator.id in self._section.indikator,
                        cek=k.skema.indikator_maks > 1,
                        kanan=kata,
                        gaya_kanan=gaya,
                    )
                )
        if not self._semua:
            rows += [jeda(), tombol("lainnya", "Lihat indikator lainnya")]
        rows += self._arti()
        return tuple(rows)

    def _arti(self) -> list[Baris]:
        k = self.konteks
        rows: list[Baris] = []
        for id in self._section.indikator:
            indikator = k.katalog.cari_indikator(id)
            komponen = k.katalog.cari_komponen(indikator.komponen) if indikator else None
            rows += [jeda(), teks(f"Komponen : {komponen.label if komponen else '-'}")]
            rows.append(teks(f"RHK      : {kalimat_praktik(id, k.katalog)}"))
            if k.katalog.praktik.target:
                rows.append(teks(f"Target   : {k.katalog.praktik.target} {k.katalog.praktik.satuan}"))
        return rows

    def kursor_pointer(self, pointer: str) -> str:
        """Any problem leads to the choices."""
        return self.kursor_awal()

    def tekan(self, id: str, lanjut: bool) -> None:
        """Choose, or show the rest."""
        if id == "lainnya":
            self._semua = True
            disarankan = rekomendasi(self.konteks.rapor, self.konteks.katalog)
            rest = [i.id for i in self._urut() if i.id not in disarankan]
            self.muat_ulang(f"indikator/{rest[0]}" if rest else None)
            return
        indikator = id.removeprefix("indikator/")
        chosen = set(self._section.indikator)
        if self.konteks.skema.indikator_maks == 1:
            chosen = {indikator}
        elif lanjut:
            chosen.add(indikator)
        else:
            chosen ^= {indikator}
        self.ganti(PraktikPembelajaran(indikator=tuple(i.id for i in self.konteks.katalog.indikator if i.id in chosen)), id)
        if lanjut and len(chosen) >= self.konteks.skema.indikator_min:
            self.ujung(1)
