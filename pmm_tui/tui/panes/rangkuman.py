"""5 Rangkuman: the whole plan on one page, every problem as a line that leads to its field, then Lanjut and Ajukan (facts 7)."""

from __future__ import annotations

from pmm_tui.dates import baca_tanggal, tanggal
from pmm_tui.services.plan_session import PlanView
from pmm_tui.skp.model import Rangkuman
from pmm_tui.skp.rangkuman import kalimat_praktik, kalimat_rhk, kalimat_tugas, poin_rhk, rentang_poin, satuan_rhk, total_poin
from pmm_tui.tui.panes.section import SectionPane
from pmm_tui.tui.widgets.rows import Baris, baris_masalah, jeda, judul, pilihan, teks, tombol


class RangkumanPane(SectionPane):
    """Read, confirm, Lanjut, Ajukan."""

    BAGIAN = "rangkuman"
    LABEL = "5 Rangkuman"
    PENDEK = "5 Rangkuman"
    BANTUAN = (
        "Enter pada masalah membawa ke bidangnya. Tandai sudah dikonfirmasi guru, tekan Lanjut, lalu Ajukan. "
        "Perubahan sesudah konfirmasi meminta konfirmasi lagi."
    )

    def __init__(self, konteks: PlanView) -> None:
        super().__init__(konteks)
        self._lanjut = False

    def _halangan(self) -> list[Baris]:
        own = "/rangkuman/dikonfirmasi_guru"
        found = [m for m in self.konteks.masalah if m.pointer != own]
        return [baris_masalah(f"masalah:{m.pointer}:{n}", m.pesan, m.halang) for n, m in enumerate(found)]

    def kursor_awal(self) -> str:
        """The first thing that stops, else the confirmation, else the button."""
        own = "/rangkuman/dikonfirmasi_guru"
        found = [m for m in self.konteks.masalah if m.pointer != own]
        for nomor, masalah in enumerate(found):
            if masalah.halang:
                return f"masalah:{masalah.pointer}:{nomor}"
        if self.konteks.submitted:
            return "daftar"
        return "lanjut" if self._section.dikonfirmasi_guru else "dikonfirmasi_guru"

    def susun_baris(self) -> tuple[Baris, ...]:
        """Status, problems, the plan, the confirmation and the button."""
        k = self.konteks
        rows = [judul("Rangkuman")]  # whose and of which period is in the title line
        if k.status and not k.submitted:
            rows.append(teks(k.status, "awas"))
        if masalah := self._halangan():
            berat = sum(m.halang for m in k.masalah if m.pointer != "/rangkuman/dikonfirmasi_guru")
            tinggal = "periksa peringatan" if self._section.dikonfirmasi_guru else "periksa peringatan, lalu minta konfirmasi guru"
            lalu = "" if self._section.dikonfirmasi_guru else ", lalu konfirmasi guru"
            kata = f"{berat} masalah (!) harus diselesaikan{lalu}" if berat else f"Lengkap; {tinggal}"
            rows += [teks(kata, "salah" if berat else "awas"), *masalah]
        rows += self._isi()
        rows += [jeda(), pilihan("dikonfirmasi_guru", "Sudah dikonfirmasi guru", self._section.dikonfirmasi_guru, cek=True)]
        if k.submitted:
            rows += [teks(k.status, "aksen"), tombol("daftar", "Kembali ke Daftar Guru")]
        elif self._lanjut and not any(m.halang for m in k.masalah):
            kepala = k.sekolah.kepala_sekolah.nama or "kepala sekolah"
            rows.append(tombol("ajukan", "Ajukan", catatan=f"kepada {kepala}, lewat {k.server or 'server (belum diatur)'}"))
        else:
            rows.append(tombol("lanjut", "Lanjut"))
        return tuple(rows)

    def _isi(self) -> list[Baris]:
        k, r = self.konteks, self.konteks.rencana
        rows = [jeda(), tombol("ke:praktik_pembelajaran", "Praktik Pembelajaran", gaya="kuat")]
        rows += [teks(kalimat_praktik(id, k.katalog), inden=2) for id in r.praktik_pembelajaran.indikator] or [_kosong()]
        total = f" · {total_poin(r, k.katalog)} poin (dianjurkan {rentang_poin(k.skema)})" if k.skema.poin_dipakai else ""
        rows.append(tombol("ke:pengembangan_kompetensi", f"Pengembangan Kompetensi{total}", gaya="kuat"))
        for nomor, rhk in enumerate(r.pengembangan_kompetensi.rhk, 1):
            poin = f" · {poin_rhk(rhk, k.katalog)} poin" if k.skema.poin_dipakai else ""
            luar = "" if rhk.kompetensi else " [di luar katalog]"
            target = f"{rhk.target} {satuan_rhk(rhk, k.katalog)}".strip()
            rows.append(teks(f"{nomor}. {kalimat_rhk(rhk, k.katalog)}{luar} · {target}{poin}", inden=2))
        if not r.pengembangan_kompetensi.rhk:
            rows.append(_kosong())
        rows.append(tombol("ke:tugas_tambahan", "Tugas Tambahan", gaya="kuat"))
        rows += self._tugas()
        rows.append(tombol("ke:perilaku_kerja", "Perilaku Kerja", gaya="kuat"))
        found = [k.katalog.cari_perilaku(p) for p in r.perilaku_kerja.indikator]
        rows += [teks(f"{f[0].label}: {f[1].label}", inden=2) for f in found if f] or [_kosong()]
        return rows

    def _tugas(self) -> list[Baris]:
        k, bagian = self.konteks, self.konteks.rencana.tugas_tambahan
        if bagian.tidak_ada:
            return [teks("Tidak ada tugas tambahan", inden=2)]
        rows = []
        for tugas in bagian.tugas:
            jenis = k.katalog.cari_tugas(tugas.tugas)
            hari = baca_tanggal(tugas.tanggal_sk)
            sk = " ".join(t for t in (tugas.nomor_sk, tanggal(hari) if hari else tugas.tanggal_sk) if t)
            rows.append(teks((kalimat_tugas(jenis, k.katalog) if jenis else tugas.tugas) + (f" · SK {sk}" if sk else ""), inden=2))
        return rows or [_kosong()]

    def sesuaikan(self, konteks: PlanView) -> None:
        """A plan that changed has to be read again before Ajukan."""
        if konteks.rencana != self.konteks.rencana and not konteks.rencana.rangkuman.dikonfirmasi_guru:
            self._lanjut = False
        super().sesuaikan(konteks)

    def kursor_pointer(self, pointer: str) -> str:
        """The confirmation is the only field."""
        return "dikonfirmasi_guru"

    def tekan(self, id: str, lanjut: bool) -> None:
        """Lead to a field, confirm, go on, submit."""
        if id.startswith("masalah:"):
            self.minta("lompat", id.split(":")[1])
        elif id.startswith("ke:"):
            self.minta("lompat", f"/{id.removeprefix('ke:')}")
        elif id == "dikonfirmasi_guru":
            section = Rangkuman(dikonfirmasi_guru=lanjut or not self._section.dikonfirmasi_guru)
            self.ganti(section, "lanjut" if lanjut and not self._lanjut else None)
            if lanjut and self._lanjut:
                self.geser(1)
        elif id == "lanjut":
            self._maju()
        elif id in ("ajukan", "daftar"):
            self.minta(id)

    def _maju(self) -> None:
        """Go on to Ajukan, or to the first thing that stops."""
        if any(m.halang for m in self.konteks.masalah):
            self.ke(self.kursor_awal())
            return
        self._lanjut = True
        self.muat_ulang("ajukan")

    def ujung(self, arah: int) -> None:
        """After the last row there is nothing to go on to."""
        if arah < 0:
            super().ujung(arah)


def _kosong() -> Baris:
    return teks("belum diisi", "redup", 2)
