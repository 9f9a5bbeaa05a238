"""5 Rangkuman: the whole plan on one page, every problem as a line that leads to its field, then Lanjut and Ajukan."""

from __future__ import annotations

from msgspec import Struct
from textual.message import Message

from pmm_tui.dates import baca_tanggal, tanggal
from pmm_tui.skp.model import Masalah, Rangkuman
from pmm_tui.skp.rangkuman import kalimat_praktik, kalimat_rhk, kalimat_tugas, poin_rhk, rentang_poin, satuan_rhk, total_poin
from pmm_tui.tui.panes.section import KonteksRencana, SectionPane
from pmm_tui.tui.widgets.rows import Button, Choice, Gap, Heading, Row, RowId, Text, problem_row

_CONFIRMATION = "/rangkuman/dikonfirmasi_guru"
"""The pointer of the one problem that is this pane's own."""


class ProblemRow(Struct, frozen=True):
    """A problem; the number tells two of one pointer apart."""

    pointer: str
    number: int

    def __str__(self) -> str:
        return f"masalah:{self.pointer}:{self.number}"


class SectionRow(Struct, frozen=True):
    """The heading of a section, which leads to its pane."""

    section: str

    def __str__(self) -> str:
        return f"ke:{self.section}"


class RangkumanPane(SectionPane[Rangkuman]):
    """The operator reads the plan, notes that the teacher has confirmed it, presses Lanjut, then Ajukan."""

    BAGIAN = "rangkuman"
    LABEL = "5 Rangkuman"
    PENDEK = "5 Rangkuman"
    BANTUAN = (
        "Enter pada masalah membawa ke bidangnya. Tandai sudah dikonfirmasi guru, tekan Lanjut, lalu Ajukan. "
        "Perubahan sesudah konfirmasi meminta konfirmasi lagi."
    )

    class JumpRequested(Message):
        """The operator wants to go where a pointer says."""

        def __init__(self, pointer: str) -> None:
            super().__init__()
            self.pointer = pointer

    class SubmitRequested(Message):
        """The operator wants to submit the plan."""

    class LeaveRequested(Message):
        """The operator goes back to the list of teachers."""

    def __init__(self, konteks: KonteksRencana) -> None:
        super().__init__(konteks)
        self._lanjut = False

    def _problems(self) -> list[tuple[ProblemRow, Masalah]]:
        found = [m for m in self.konteks.masalah if m.pointer != _CONFIRMATION]
        return [(ProblemRow(m.pointer, number), m) for number, m in enumerate(found)]

    def kursor_awal(self) -> RowId:
        """Begin at the first problem that stops the plan, or at what is to be done next."""
        for row_id, masalah in self._problems():
            if masalah.halang:
                return row_id
        if self.konteks.diajukan:
            return "daftar"
        return "lanjut" if self._section.dikonfirmasi_guru else "dikonfirmasi_guru"

    def susun_baris(self) -> tuple[Row, ...]:
        """Return status, problems, the plan, the confirmation and the button."""
        k = self.konteks
        rows: list[Row] = [Heading("Rangkuman")]  # whose and of which period is in the title line
        if k.status and not k.diajukan:
            rows.append(Text(k.status, "warning"))
        if problems := self._problems():
            berat = sum(m.halang for _, m in problems)
            tinggal = "periksa peringatan" if self._section.dikonfirmasi_guru else "periksa peringatan, lalu minta konfirmasi guru"
            lalu = "" if self._section.dikonfirmasi_guru else ", lalu konfirmasi guru"
            kata = f"{berat} masalah (!) harus diselesaikan{lalu}" if berat else f"Lengkap; {tinggal}"
            rows.append(Text(kata, "error" if berat else "warning"))
            rows += [problem_row(row_id, m.pesan, m.halang) for row_id, m in problems]
        rows += self._isi()
        rows += [Gap(), Choice("dikonfirmasi_guru", "Sudah dikonfirmasi guru", self._section.dikonfirmasi_guru, tick=True)]
        if k.diajukan:
            rows += [Text(k.status, "accent"), Button("daftar", "Kembali ke Daftar Guru")]
        elif self._lanjut and not any(m.halang for m in k.masalah):
            kepala = k.sekolah.kepala_sekolah.nama or "kepala sekolah"
            rows.append(Button("ajukan", "Ajukan", note=f"kepada {kepala}, lewat {k.server or 'server (belum diatur)'}"))
        else:
            rows.append(Button("lanjut", "Lanjut"))
        return tuple(rows)

    def _isi(self) -> list[Row]:
        k, r = self.konteks, self.konteks.rencana
        rows: list[Row] = [Gap(), Button(SectionRow("praktik_pembelajaran"), "Praktik Pembelajaran", style="strong")]
        rows += [Text(kalimat_praktik(i, k.katalog), indent=2) for i in r.praktik_pembelajaran.indikator] or [_kosong()]
        total = f" · {total_poin(r, k.katalog)} poin (dianjurkan {rentang_poin(k.skema)})" if k.skema.poin_dipakai else ""
        rows.append(Button(SectionRow("pengembangan_kompetensi"), f"Pengembangan Kompetensi{total}", style="strong"))
        for nomor, rhk in enumerate(r.pengembangan_kompetensi.rhk, 1):
            poin = f" · {poin_rhk(rhk, k.katalog)} poin" if k.skema.poin_dipakai else ""
            luar = "" if rhk.kompetensi else " [di luar katalog]"
            target = f"{rhk.target} {satuan_rhk(rhk, k.katalog)}".strip()
            rows.append(Text(f"{nomor}. {kalimat_rhk(rhk, k.katalog)}{luar} · {target}{poin}", indent=2))
        if not r.pengembangan_kompetensi.rhk:
            rows.append(_kosong())
        rows.append(Button(SectionRow("tugas_tambahan"), "Tugas Tambahan", style="strong"))
        rows += self._tugas()
        rows.append(Button(SectionRow("perilaku_kerja"), "Perilaku Kerja", style="strong"))
        found = [k.katalog.cari_perilaku(p) for p in r.perilaku_kerja.indikator]
        rows += [Text(f"{f[0].label}: {f[1].label}", indent=2) for f in found if f] or [_kosong()]
        return rows

    def _tugas(self) -> list[Row]:
        k, bagian = self.konteks, self.konteks.rencana.tugas_tambahan
        if bagian.tidak_ada:
            return [Text("Tidak ada tugas tambahan", indent=2)]
        rows: list[Row] = []
        for tugas in bagian.tugas:
            jenis = k.katalog.cari_tugas(tugas.tugas)
            hari = baca_tanggal(tugas.tanggal_sk)
            sk = " ".join(t for t in (tugas.nomor_sk, tanggal(hari) if hari else tugas.tanggal_sk) if t)
            rows.append(Text((kalimat_tugas(jenis, k.katalog) if jenis else tugas.tugas) + (f" · SK {sk}" if sk else ""), indent=2))
        return rows or [_kosong()]

    def sesuaikan(self, konteks: KonteksRencana) -> None:
        """Ask for Lanjut again when the plan changed: it has to be read again before Ajukan."""
        if konteks.rencana != self.konteks.rencana and not konteks.rencana.rangkuman.dikonfirmasi_guru:
            self._lanjut = False
        super().sesuaikan(konteks)

    def kursor_pointer(self, pointer: str) -> RowId:
        """Lead to the confirmation, which is the only field."""
        return "dikonfirmasi_guru"

    def tekan(self, row_id: RowId, lanjut: bool) -> None:
        """Lead to a field, take the confirmation, go on, or submit."""
        match row_id:
            case ProblemRow():
                self.post_message(self.JumpRequested(row_id.pointer))
            case SectionRow():
                self.post_message(self.JumpRequested(f"/{row_id.section}"))
            case "dikonfirmasi_guru":
                section = Rangkuman(dikonfirmasi_guru=lanjut or not self._section.dikonfirmasi_guru)
                self.ganti(section, "lanjut" if lanjut and not self._lanjut else None)
                if lanjut and self._lanjut:
                    self.geser(1)
            case "lanjut":
                self._maju()
            case "ajukan":
                self.post_message(self.SubmitRequested())
            case "daftar":
                self.post_message(self.LeaveRequested())

    def _maju(self) -> None:
        """Go on to Ajukan, or to the first problem that stops the plan."""
        if any(m.halang for m in self.konteks.masalah):
            self.ke(self.kursor_awal())
            return
        self._lanjut = True
        self.muat_ulang("ajukan")

    def ujung(self, arah: int) -> None:
        """Leave the pane at its beginning only: after it comes no other."""
        if arah < 0:
            super().ujung(arah)


def _kosong() -> Row:
    return Text("belum diisi", "dim", 2)
