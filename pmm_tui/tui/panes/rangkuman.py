"""5 Rangkuman: the whole plan on one page, every problem as a line that leads to its field, then Lanjut and Ajukan."""

from __future__ import annotations

from msgspec import Struct
from textual.message import Message

from pmm_tui.dates import long_date, parse_date
from pmm_tui.services.plan_session import PlanView
from pmm_tui.skp.model import Masalah, Rangkuman
from pmm_tui.skp.rangkuman import poin_rhk, points_range, praktik_sentence, rhk_sentence, satuan_rhk, total_poin, tugas_sentence
from pmm_tui.tui.panes.section import SectionPane
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

    SECTION = "rangkuman"
    LABEL = "5 Rangkuman"
    SHORT_LABEL = "5 Rangkuman"
    HELP = (
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

    def __init__(self, context: PlanView) -> None:
        super().__init__(context)
        self._went_on = False

    def _problems(self) -> list[tuple[ProblemRow, Masalah]]:
        found = [m for m in self.context.masalah if m.pointer != _CONFIRMATION]
        return [(ProblemRow(m.pointer, number), m) for number, m in enumerate(found)]

    def first_row(self) -> RowId:
        """Begin at the first problem that stops the plan, or at what is to be done next."""
        for row_id, masalah in self._problems():
            if masalah.halang:
                return row_id
        if self.context.submitted:
            return "daftar"
        return "lanjut" if self._section.dikonfirmasi_guru else "dikonfirmasi_guru"

    def build_rows(self) -> tuple[Row, ...]:
        """Return status, problems, the plan, the confirmation and the button."""
        view = self.context
        rows: list[Row] = [Heading("Rangkuman")]  # whose and of which period is in the title line
        if view.status and not view.submitted:
            rows.append(Text(view.status, "warning"))
        if problems := self._problems():
            heavy = sum(m.halang for _, m in problems)
            left = "periksa peringatan" if self._section.dikonfirmasi_guru else "periksa peringatan, lalu minta konfirmasi guru"
            then = "" if self._section.dikonfirmasi_guru else ", lalu konfirmasi guru"
            word = f"{heavy} masalah (!) harus diselesaikan{then}" if heavy else f"Lengkap; {left}"
            rows.append(Text(word, "error" if heavy else "warning"))
            rows += [problem_row(row_id, m.pesan, m.halang) for row_id, m in problems]
        rows += self._content()
        rows += [Gap(), Choice("dikonfirmasi_guru", "Sudah dikonfirmasi guru", self._section.dikonfirmasi_guru, tick=True)]
        if view.submitted:
            rows += [Text(view.status, "accent"), Button("daftar", "Kembali ke Daftar Guru")]
        elif self._went_on and not any(m.halang for m in view.masalah):
            kepala = view.sekolah.kepala_sekolah.nama or "kepala sekolah"
            rows.append(Button("ajukan", "Ajukan", note=f"kepada {kepala}, lewat {view.server or 'server (belum diatur)'}"))
        else:
            rows.append(Button("lanjut", "Lanjut"))
        return tuple(rows)

    def _content(self) -> list[Row]:
        view, r = self.context, self.context.rencana
        rows: list[Row] = [Gap(), Button(SectionRow("praktik_pembelajaran"), "Praktik Pembelajaran", style="strong")]
        rows += [Text(praktik_sentence(i, view.katalog), indent=2) for i in r.praktik_pembelajaran.indikator] or [_empty()]
        total = f" · {total_poin(r, view.katalog)} poin (dianjurkan {points_range(view.skema)})" if view.skema.poin_dipakai else ""
        rows.append(Button(SectionRow("pengembangan_kompetensi"), f"Pengembangan Kompetensi{total}", style="strong"))
        for number, rhk in enumerate(r.pengembangan_kompetensi.rhk, 1):
            poin = f" · {poin_rhk(rhk, view.katalog)} poin" if view.skema.poin_dipakai else ""
            outside = "" if rhk.kompetensi else " [di luar katalog]"
            target = f"{rhk.target} {satuan_rhk(rhk, view.katalog)}".strip()
            rows.append(Text(f"{number}. {rhk_sentence(rhk, view.katalog)}{outside} · {target}{poin}", indent=2))
        if not r.pengembangan_kompetensi.rhk:
            rows.append(_empty())
        rows.append(Button(SectionRow("tugas_tambahan"), "Tugas Tambahan", style="strong"))
        rows += self._tugas()
        rows.append(Button(SectionRow("perilaku_kerja"), "Perilaku Kerja", style="strong"))
        found = [view.katalog.find_perilaku(p) for p in r.perilaku_kerja.indikator]
        rows += [Text(f"{f[0].label}: {f[1].label}", indent=2) for f in found if f] or [_empty()]
        return rows

    def _tugas(self) -> list[Row]:
        view, section = self.context, self.context.rencana.tugas_tambahan
        if section.tidak_ada:
            return [Text("Tidak ada tugas tambahan", indent=2)]
        rows: list[Row] = []
        for tugas in section.tugas:
            jenis = view.katalog.find_tugas(tugas.tugas)
            day = parse_date(tugas.tanggal_sk)
            sk = " ".join(t for t in (tugas.nomor_sk, long_date(day) if day else tugas.tanggal_sk) if t)
            rows.append(
                Text((tugas_sentence(jenis, view.katalog) if jenis else tugas.tugas) + (f" · SK {sk}" if sk else ""), indent=2)
            )
        return rows or [_empty()]

    def adapt(self, context: PlanView) -> None:
        """Ask for Lanjut again when the plan changed: it has to be read again before Ajukan."""
        if context.rencana != self.context.rencana and not context.rencana.rangkuman.dikonfirmasi_guru:
            self._went_on = False
        super().adapt(context)

    def row_of(self, pointer: str) -> RowId:
        """Lead to the confirmation, which is the only field."""
        return "dikonfirmasi_guru"

    def press(self, row_id: RowId, advance: bool) -> None:
        """Lead to a field, take the confirmation, go on, or submit."""
        match row_id:
            case ProblemRow():
                self.post_message(self.JumpRequested(row_id.pointer))
            case SectionRow():
                self.post_message(self.JumpRequested(f"/{row_id.section}"))
            case "dikonfirmasi_guru":
                section = Rangkuman(dikonfirmasi_guru=advance or not self._section.dikonfirmasi_guru)
                self.replace(section, "lanjut" if advance and not self._went_on else None)
                if advance and self._went_on:
                    self.step(1)
            case "lanjut":
                self._advance()
            case "ajukan":
                self.post_message(self.SubmitRequested())
            case "daftar":
                self.post_message(self.LeaveRequested())

    def _advance(self) -> None:
        """Go on to Ajukan, or to the first problem that stops the plan."""
        if any(m.halang for m in self.context.masalah):
            self.go_to(self.first_row())
            return
        self._went_on = True
        self.rebuild("ajukan")

    def edge(self, direction: int) -> None:
        """Leave the pane at its beginning only: after it comes no other."""
        if direction < 0:
            super().edge(direction)


def _empty() -> Row:
    return Text("belum diisi", "dim", 2)
