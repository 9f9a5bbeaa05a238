"""3 Tugas Tambahan: several, or explicitly none; what Dapodik says is proposed, never taken by itself (facts 5)."""

from __future__ import annotations

import msgspec

from pmm_tui.dates import baca_tanggal
from pmm_tui.skp.katalog_tables import JenisTugas
from pmm_tui.skp.model import Tugas, TugasTambahan
from pmm_tui.skp.rangkuman import kalimat_tugas, usul_tugas
from pmm_tui.tui.panes.section import SectionPane
from pmm_tui.tui.widgets.rows import Baris, isian, jeda, judul, pilihan, teks, tombol


class TugasTambahanPane(SectionPane):
    """The duties of the school's kind; a chosen one opens fields for its SK."""

    BAGIAN = "tugas_tambahan"
    LABEL = "3 Tugas Tambahan"
    PENDEK = "3 Tugas"
    BANTUAN = (
        "Pilih tugas tambahan sesuai SK, boleh lebih dari satu, atau nyatakan tidak ada. Spasi memilih atau membatalkan. "
        "Nomor dan tanggal SK boleh dikosongkan."
    )

    def kursor_awal(self) -> str:
        """What Dapodik proposes, else 'tidak ada'."""
        if self._section.tugas:
            return f"tugas/{self._section.tugas[0].tugas}"
        usul = self._usul()
        return f"tugas/{usul[0]}" if usul and not self._section.tidak_ada else "tidak_ada"

    def _usul(self) -> tuple[str, ...]:
        return usul_tugas(self.konteks.pegawai, self.konteks.katalog, self.konteks.sekolah.jenjang)

    def susun_baris(self) -> tuple[Baris, ...]:
        """None at all, proposed ones, then the rest by group."""
        k = self.konteks
        rows = [
            judul("Tugas tambahan menurut SK", kanan=f"{k.sekolah.jenjang}, JP/minggu".strip(", ")),
            pilihan("tidak_ada", "Tidak ada tugas tambahan", self._section.tidak_ada, cek=True),
        ]
        usul = self._usul()
        if k.pegawai.tugas_tambahan:
            kata = f"Dapodik mencatat: {k.pegawai.tugas_tambahan}."
            rows.append(teks(f"{self.rupa.tanda.usul} {kata} Pilih bila sesuai SK.", "aksen"))
        offered = k.katalog.tugas_jenjang(k.sekolah.jenjang)
        known = {t.id for t in offered}
        lain = [t.tugas for t in self._section.tugas if t.tugas not in known]
        asing = [k.katalog.cari_tugas(id) or JenisTugas(id=id, label=id) for id in lain]
        groups = (
            ("", [t for t in offered if t.id in usul]),
            ("Tugas tambahan utama", [t for t in offered if t.kelompok == "utama" and t.id not in usul]),
            ("Tugas tambahan lain", [t for t in offered if t.kelompok != "utama" and t.id not in usul]),
            ("Tidak ada di jenjang atau katalog ini", asing),
        )
        for label, tugas in groups:
            if tugas and label:
                rows += [jeda(), teks(label, "redup")]
            for jenis in tugas:
                rows += self._tugas(jenis)
        rows += [jeda(), tombol("lanjut", "Lanjut ke Perilaku Kerja")]
        return tuple(rows)

    def _tugas(self, jenis: JenisTugas) -> list[Baris]:
        k = self.konteks
        chosen = next((t for t in self._section.tugas if t.tugas == jenis.id), None)
        jp = f"{jenis.jp} JP" if jenis.jp else ""
        if chosen is None:
            return [pilihan(f"tugas/{jenis.id}", jenis.label, False, cek=True, kanan=jp, gaya_kanan="redup")]
        nomor = next(n for n, t in enumerate(self._section.tugas) if t.tugas == jenis.id)
        keluhan, gaya = self.keluhan(f"tanggal_sk/{jenis.id}", f"/tugas_tambahan/tugas/{nomor}/tanggal_sk")
        return [
            pilihan(
                f"tugas/{jenis.id}",
                jenis.label,
                True,
                cek=True,
                kanan=jp,
                gaya_kanan="redup",
                catatan=f"RHK: {kalimat_tugas(jenis, k.katalog)}",
            ),
            isian(f"nomor_sk/{jenis.id}", "Nomor SK", chosen.nomor_sk, lebar=36, maks=100, inden=4),
            isian(
                f"tanggal_sk/{jenis.id}",
                "Tanggal SK",
                chosen.tanggal_sk,
                lebar=18,
                maks=20,
                inden=4,
                catatan=keluhan or "misalnya 15-07-2026; boleh kosong",
                gaya_catatan=gaya or "redup",
            ),
        ]

    def kursor_pointer(self, pointer: str) -> str:
        """Problems name duties by number, rows by id."""
        parts = pointer.split("/")[2:]
        if parts[:1] == ["tugas"] and len(parts) > 1 and parts[1].isdigit() and int(parts[1]) < len(self._section.tugas):
            id = self._section.tugas[int(parts[1])].tugas
            return f"{parts[2]}/{id}" if len(parts) > 2 else f"tugas/{id}"
        return "tidak_ada"

    def tekan(self, id: str, lanjut: bool) -> None:
        """Tick. Enter stays on a duty, as Space does: pressed in a row it must never tick one duty after the other."""
        if id == "lanjut":
            self.ujung(1)
        elif id == "tidak_ada":
            tidak_ada = lanjut or not self._section.tidak_ada
            self.ganti(TugasTambahan(tidak_ada=True) if tidak_ada else TugasTambahan(tugas=self._section.tugas), id)
            if lanjut:
                self.ujung(1)
        else:
            self._pilih(id)

    def _pilih(self, id: str) -> None:
        tugas = id.removeprefix("tugas/")
        ada = [t.tugas for t in self._section.tugas]
        if tugas in ada:
            rest = tuple(t for t in self._section.tugas if t.tugas != tugas)
        elif self.konteks.katalog.tugas_tambahan_umum.boleh_lebih_dari_satu:
            order = [t.id for t in self.konteks.katalog.tugas_tambahan]
            rest = tuple(sorted((*self._section.tugas, Tugas(tugas=tugas)), key=lambda t: _nomor(order, t.tugas)))
        else:
            rest = (Tugas(tugas=tugas),)
        self.ganti(TugasTambahan(tugas=rest), id)

    def ketik(self, id: str, nilai: str) -> None:
        """SK number and date; a date that can be read is kept as `YYYY-MM-DD` once the field is left."""
        bidang, _, tugas = id.partition("/")
        self._ubah(tugas, bidang, nilai)

    def pindah(self, dari: str, ke: str) -> None:
        """Leaving a date field writes the date in its one form."""
        bidang, _, tugas = dari.partition("/")
        if bidang == "tanggal_sk":
            typed = next((t.tanggal_sk for t in self._section.tugas if t.tugas == tugas), "")
            hari = baca_tanggal(typed)
            if hari and hari.isoformat() != typed:
                self._ubah(tugas, bidang, hari.isoformat())
        super().pindah(dari, ke)

    def _ubah(self, tugas: str, bidang: str, nilai: str) -> None:
        semua = tuple(msgspec.structs.replace(t, **{bidang: nilai}) if t.tugas == tugas else t for t in self._section.tugas)
        self.terketik(TugasTambahan(tugas=semua))


def _nomor(order: list[str], id: str) -> int:
    return order.index(id) if id in order else len(order)
