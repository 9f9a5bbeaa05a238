"""2 Pengembangan Kompetensi: RHK with target kuantitas, unit, evidence and points."""

from __future__ import annotations

from typing import Literal

import msgspec
from textual.message import Message

from pmm_tui.skp.model import RHK, PengembanganKompetensi
from pmm_tui.skp.rangkuman import bukti_rhk, kalimat_rhk, poin_rhk, rentang_poin, satuan_rhk
from pmm_tui.skp.rules.content import RHK_MAKS, TEKS_MAKS, rhk_kunci
from pmm_tui.tui.panes.section import SectionPane
from pmm_tui.tui.widgets.rows import Button, Field, Gap, Heading, Row, RowId, Text


class RhkField(msgspec.Struct, frozen=True):
    """A field of one RHK; the number counts from 0."""

    number: int
    name: Literal["uraian", "satuan", "bukti", "poin", "target"]

    def __str__(self) -> str:
        return f"rhk/{self.number}/{self.name}"


class PengembanganKompetensiPane(SectionPane[PengembanganKompetensi]):
    """The RHK in their order, each with its fields; `Tambah` opens the list."""

    BAGIAN = "pengembangan_kompetensi"
    LABEL = "2 Pengembangan Kompetensi"
    PENDEK = "2 Kompetensi"
    TOMBOL = ("bantuan", "bagian_berikut", "urung", "ajukan", "tambah", "hapus")
    BANTUAN = (
        "Tambah (Enter atau F4) membuka daftar RHK. Setelah memilih, ketik target kuantitas lalu Enter. "
        "Hapus (F5) menghapus RHK di bawah kursor. F6 ke bagian berikutnya."
    )

    class AddRequested(Message):
        """The operator wants to choose an RHK to add."""

    def kursor_awal(self) -> RowId:
        """Begin at the button that adds an RHK."""
        return "tambah"

    def susun_baris(self) -> tuple[Row, ...]:
        """Return each RHK with its fields, then the buttons; the total stands in the heading."""
        k = self.konteks
        rows: list[Row] = [Heading("RHK Pengembangan Kompetensi", self._total())]
        for nomor, rhk in enumerate(self._section.rhk):
            rows += [Gap(), *self._rhk(nomor, rhk)]
        if not self._section.rhk:
            rows += [Gap(), Text("Belum ada RHK.", "dim")]
        rows += [Gap(), Button("tambah", "Tambah", note="dari daftar RHK")]
        if k.katalog.kompetensi_umum.izinkan_rhk_bebas:
            rows.append(Button("bebas", "Tambah RHK di luar katalog"))
        rows.append(Button("lanjut", "Lanjut ke Tugas Tambahan"))
        return tuple(rows)

    def _total(self) -> str:
        k = self.konteks
        banyak = f"{len(self._section.rhk)} RHK"
        if not k.skema.poin_dipakai:
            return banyak
        total = sum(poin_rhk(rhk, k.katalog) for rhk in self._section.rhk)
        return f"{banyak} · total {total} poin (dianjurkan {rentang_poin(k.skema)})"

    def _rhk(self, number: int, rhk: RHK) -> list[Row]:
        k = self.konteks
        rows: list[Row] = [Text(f"{number + 1}. {kalimat_rhk(rhk, k.katalog) if rhk.kompetensi else 'RHK di luar katalog'}")]
        if not rhk.kompetensi:
            rows += [
                self._field(RhkField(number, "uraian"), "Uraian RHK", rhk.uraian, width=48),
                self._field(RhkField(number, "satuan"), "Satuan", rhk.satuan, width=24),
                self._field(RhkField(number, "bukti"), "Bukti", rhk.bukti, width=40),
            ]
            if k.skema.poin_dipakai:
                rows.append(self._field(RhkField(number, "poin"), "Poin per satuan", _digits(rhk.poin), width=5, digits=3))
        target = RhkField(number, "target")
        rows.append(self._field(target, "Target kuantitas", _digits(rhk.target), width=5, digits=2, meaning=self._arti(rhk)))
        return rows

    def _field(self, field: RhkField, label: str, value: str, *, width: int, digits: int = 0, meaning: str = "") -> Field:
        complaint, style = self.keluhan(field)
        return Field(
            field,
            label,
            value,
            width=width,
            limit=digits or TEKS_MAKS,
            digits=bool(digits),
            note=complaint or meaning,
            note_style=style or "dim",
            indent=2,
        )

    def _arti(self, rhk: RHK) -> str:
        k = self.konteks
        parts = [f"satuan: {satuan_rhk(rhk, k.katalog) or '-'}", f"bukti: {bukti_rhk(rhk, k.katalog) or '-'}"]
        if k.skema.poin_dipakai:
            satu = poin_rhk(msgspec.structs.replace(rhk, target=1), k.katalog)
            parts.append(f"{satu} poin x {rhk.target} = {poin_rhk(rhk, k.katalog)} poin")
        return " · ".join(parts)

    def kursor_pointer(self, pointer: str) -> RowId:
        """Lead from a problem of a whole RHK to its first field, and from one of the list to the button that adds."""
        wanted = pointer.removeprefix("/pengembangan_kompetensi/")
        return next((row_id for row_id in self._row_ids() if wanted != "rhk" and f"{row_id}/".startswith(f"{wanted}/")), "tambah")

    def tekan(self, row_id: RowId, lanjut: bool) -> None:
        """Add an RHK, or go on."""
        if row_id == "lanjut":
            self.ujung(1)
        elif row_id == "bebas":
            self.tambahkan(RHK())
        elif row_id == "tambah":
            self.post_message(self.AddRequested())

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
        self.ganti(PengembanganKompetensi(rhk=(*ada, rhk)), RhkField(len(ada), "target" if rhk.kompetensi else "uraian"))
        return ""

    def hapus(self) -> bool:
        """Take away the RHK under the cursor; false when the cursor is on none."""
        if not isinstance(self.kursor, RhkField):
            return False
        number = self.kursor.number
        rest = tuple(r for n, r in enumerate(self._section.rhk) if n != number)
        near = RhkField(min(number, len(rest) - 1), "target")
        self.ganti(PengembanganKompetensi(rhk=rest), near if rest else "tambah")
        return True

    def ketik(self, row_id: RowId, nilai: str) -> None:
        """Take what was typed into a field of an RHK; an empty number counts as 0, which the rules refuse."""
        if isinstance(row_id, RhkField):
            value: str | int = (int(nilai) if nilai else 0) if row_id.name in ("target", "poin") else nilai
            changed = msgspec.structs.replace(self._section.rhk[row_id.number], **{row_id.name: value})
            rhk = tuple(changed if n == row_id.number else r for n, r in enumerate(self._section.rhk))
            self.terketik(PengembanganKompetensi(rhk=rhk))


def _digits(value: int) -> str:
    """Return a number as it stands in its field; 0 is an empty field."""
    return str(min(value, 9999)) if value else ""
