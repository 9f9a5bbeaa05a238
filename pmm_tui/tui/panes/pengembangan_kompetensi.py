"""2 Pengembangan Kompetensi: RHK with target kuantitas, unit, evidence and points (facts 4)."""

from __future__ import annotations

import msgspec

from pmm_tui.skp.model import RHK, PengembanganKompetensi
from pmm_tui.skp.rangkuman import bukti_rhk, kalimat_rhk, poin_rhk, rentang_poin, satuan_rhk
from pmm_tui.skp.rules.content import RHK_MAKS, TEKS_MAKS, rhk_kunci
from pmm_tui.tui.panes.section import SectionPane
from pmm_tui.tui.widgets.rows import Baris, isian, jeda, judul, teks, tombol


class PengembanganKompetensiPane(SectionPane):
    """The RHK in their order, each with its fields; `Tambah` opens the list."""

    BAGIAN = "pengembangan_kompetensi"
    LABEL = "2 Pengembangan Kompetensi"
    PENDEK = "2 Kompetensi"
    TOMBOL = ("bantuan", "bagian_berikut", "urung", "ajukan", "tambah", "hapus")
    BANTUAN = (
        "Tambah (Enter atau F4) membuka daftar RHK. Setelah memilih, ketik target kuantitas lalu Enter. "
        "Hapus (F5) menghapus RHK di bawah kursor. F6 ke bagian berikutnya."
    )

    def kursor_awal(self) -> str:
        """The button that adds."""
        return "tambah"

    def susun_baris(self) -> tuple[Baris, ...]:
        """Each RHK, the buttons, the running total."""
        k = self.konteks
        rows: list[Baris] = [judul("RHK Pengembangan Kompetensi", kanan=self._total())]
        for nomor, rhk in enumerate(self._section.rhk):
            rows += [jeda(), *self._rhk(nomor, rhk)]
        if not self._section.rhk:
            rows += [jeda(), teks("Belum ada RHK.", "dim")]
        rows += [jeda(), tombol("tambah", "Tambah", catatan="dari daftar RHK")]
        if k.katalog.kompetensi_umum.izinkan_rhk_bebas:
            rows.append(tombol("bebas", "Tambah RHK di luar katalog"))
        rows.append(tombol("lanjut", "Lanjut ke Tugas Tambahan"))
        return tuple(rows)

    def _total(self) -> str:
        k = self.konteks
        banyak = f"{len(self._section.rhk)} RHK"
        if not k.skema.poin_dipakai:
            return banyak
        total = sum(poin_rhk(rhk, k.katalog) for rhk in self._section.rhk)
        return f"{banyak} · total {total} poin (dianjurkan {rentang_poin(k.skema)})"

    def _rhk(self, nomor: int, rhk: RHK) -> list[Baris]:
        k, at = self.konteks, f"rhk/{nomor}"
        rows = [teks(f"{nomor + 1}. {kalimat_rhk(rhk, k.katalog) if rhk.kompetensi else 'RHK di luar katalog'}")]
        if not rhk.kompetensi:
            rows += [
                self._isian(f"{at}/uraian", "Uraian RHK", rhk.uraian, lebar=48),
                self._isian(f"{at}/satuan", "Satuan", rhk.satuan, lebar=24),
                self._isian(f"{at}/bukti", "Bukti", rhk.bukti, lebar=40),
            ]
            if k.skema.poin_dipakai:
                rows.append(self._isian(f"{at}/poin", "Poin per satuan", _angka(rhk.poin), lebar=5, angka=3))
        rows.append(self._isian(f"{at}/target", "Target kuantitas", _angka(rhk.target), lebar=5, angka=2, arti=self._arti(rhk)))
        return rows

    def _isian(self, id: str, label: str, nilai: str, *, lebar: int, angka: int = 0, arti: str = "") -> Baris:
        keluhan, gaya = self.keluhan(id)
        return isian(
            id,
            label,
            nilai,
            lebar=lebar,
            maks=angka or TEKS_MAKS,
            angka=bool(angka),
            catatan=keluhan or arti,
            gaya_catatan=gaya or "dim",
            inden=2,
        )

    def _arti(self, rhk: RHK) -> str:
        k = self.konteks
        parts = [f"satuan: {satuan_rhk(rhk, k.katalog) or '-'}", f"bukti: {bukti_rhk(rhk, k.katalog) or '-'}"]
        if k.skema.poin_dipakai:
            satu = poin_rhk(msgspec.structs.replace(rhk, target=1), k.katalog)
            parts.append(f"{satu} poin x {rhk.target} = {poin_rhk(rhk, k.katalog)} poin")
        return " · ".join(parts)

    def kursor_pointer(self, pointer: str) -> str:
        """A problem of the whole RHK leads to its first field."""
        id = pointer.removeprefix("/pengembangan_kompetensi/")
        if id == "rhk":
            return "tambah"
        return next((b.id for b in self.baris if b.id == id or b.id.startswith(f"{id}/")), "tambah")

    def tekan(self, id: str, lanjut: bool) -> None:
        """The buttons."""
        if id == "lanjut":
            self.ujung(1)
        elif id == "bebas":
            self.tambahkan(RHK())
        elif id == "tambah":
            self.minta("tambah")

    def rhk_baru(self, kompetensi: str) -> RHK:
        """Return an RHK of the catalogue with the target that most plans begin with."""
        return RHK(kompetensi=kompetensi, target=1)

    def tambahkan(self, rhk: RHK) -> str:
        """Add an RHK and put the cursor into its first field; return the sentence of a refusal, or an empty string."""
        ada = self._section.rhk
        if len(ada) >= RHK_MAKS:
            return f"RHK paling banyak {RHK_MAKS}."
        if rhk_kunci(rhk) in {rhk_kunci(r) for r in ada}:
            return "RHK itu sudah ada di rencana ini."
        first = "target" if rhk.kompetensi else "uraian"
        self.ganti(PengembanganKompetensi(rhk=(*ada, rhk)), f"rhk/{len(ada)}/{first}")
        return ""

    def hapus(self) -> bool:
        """Take away the RHK under the cursor; false when the cursor is on none."""
        nomor = self._nomor(self.kursor)
        if nomor is None:
            return False
        rest = tuple(r for n, r in enumerate(self._section.rhk) if n != nomor)
        near = min(nomor, len(rest) - 1)
        self.ganti(PengembanganKompetensi(rhk=rest), f"rhk/{near}/target" if rest else "tambah")
        return True

    def _nomor(self, id: str) -> int | None:
        parts = id.split("/")
        return int(parts[1]) if len(parts) == 3 and parts[0] == "rhk" else None

    def ketik(self, id: str, nilai: str) -> None:
        """A field of an RHK; an empty number counts as 0, which the rules refuse."""
        nomor = self._nomor(id)
        if nomor is None:
            return
        bidang = id.rpartition("/")[2]
        isi: str | int = (int(nilai) if nilai else 0) if bidang in ("target", "poin") else nilai
        rhk = msgspec.structs.replace(self._section.rhk[nomor], **{bidang: isi})
        self.terketik(PengembanganKompetensi(rhk=tuple(rhk if n == nomor else r for n, r in enumerate(self._section.rhk))))


def _angka(nilai: int) -> str:
    """0 is an empty field."""
    return str(min(nilai, 9999)) if nilai else ""
