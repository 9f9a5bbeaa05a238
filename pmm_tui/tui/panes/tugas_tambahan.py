"""3 Tugas Tambahan: several, or explicitly none; what Dapodik says is proposed, never taken by itself."""

from __future__ import annotations

from typing import Literal

import msgspec

from pmm_tui.skp.katalog_sasaran import asks_duties, own_sasaran
from pmm_tui.skp.katalog_tables import TugasKind
from pmm_tui.skp.model import Tugas, TugasTambahan
from pmm_tui.skp.rangkuman import proposed_tugas, tugas_sentence
from pmm_tui.tui.key_runs import is_deliberate
from pmm_tui.tui.panes.dressed import WIDE
from pmm_tui.tui.panes.section import SectionPane, scheme_note
from pmm_tui.tui.widgets.rows import Choice, CursorRow, Field, Gap, Heading, Row, RowId, Text


class TugasRow(msgspec.Struct, frozen=True):
    """The choice of a duty."""

    tugas: str

    def __str__(self) -> str:
        return f"tugas/{self.tugas}"


class SkField(msgspec.Struct, frozen=True):
    """A field of the SK of a duty that is chosen."""

    tugas: str
    name: Literal["nomor_sk", "tanggal_sk"]

    def __str__(self) -> str:
        return f"{self.name}/{self.tugas}"


class TugasTambahanPane(SectionPane[TugasTambahan]):
    """The duties of the school's kind; a chosen one opens fields for its SK."""

    SECTION = "tugas_tambahan"
    LABEL = "3 Tugas Tambahan"
    SHORT_LABEL = "3 Tugas"
    NUMBERED = "page"
    HELP = (
        "Pilih tugas tambahan sesuai SK, boleh lebih dari satu, atau nyatakan tidak ada. Spasi memilih atau membatalkan. "
        "Nomor dan tanggal SK boleh dikosongkan."
    )

    def first_row(self) -> RowId:
        """Begin at what is chosen, at what Dapodik proposes, or at 'tidak ada'."""
        if self._section.tugas:
            return TugasRow(self._section.tugas[0].tugas)
        if not asks_duties(self.context.katalog):
            return "lanjut"
        proposed = self._proposed()
        return TugasRow(proposed[0]) if proposed and not self._section.tidak_ada else "tidak_ada"

    def _proposed(self) -> tuple[str, ...]:
        return proposed_tugas(self.context.pegawai, self.context.katalog, self.context.sekolah.jenjang)

    def section_rows(self) -> tuple[Row, ...]:
        """Return 'tidak ada', the proposed duties, then the rest by group."""
        view = self.context
        if not (asks_duties(view.katalog) or self._section.tugas):
            return self._none_asked()
        rows: list[Row] = [
            Heading("Tugas tambahan menurut SK", f"{view.sekolah.jenjang}, JP/minggu".strip(", ")),
            Choice("tidak_ada", "Tidak ada tugas tambahan", self._section.tidak_ada, tick=True),
        ]
        rows[1:1] = scheme_note(view, self.SECTION)
        proposed = self._proposed()
        if view.pegawai.tugas_tambahan:
            word = f"Dapodik mencatat: {view.pegawai.tugas_tambahan}."
            rows.append(Text(f"{self.look.signs.proposed} {word} Pilih bila sesuai SK.", "accent"))
        offered = view.katalog.tugas_jenjang(view.sekolah.jenjang)
        known = {t.id for t in offered}
        rest = [t.tugas for t in self._section.tugas if t.tugas not in known]
        foreign = [view.katalog.find_tugas(tugas) or TugasKind(id=tugas, label=tugas) for tugas in rest]
        groups = (
            ("", [t for t in offered if t.id in proposed]),
            ("Tugas tambahan utama", [t for t in offered if t.kelompok == "utama" and t.id not in proposed]),
            ("Tugas tambahan lain", [t for t in offered if t.kelompok != "utama" and t.id not in proposed]),
            ("Tidak ada di jenjang atau katalog ini", foreign),
        )
        for label, kinds in groups:
            if kinds and label:
                rows += [Gap(), Text(label, "dim")]
            for jenis in kinds:
                rows += self._tugas(jenis)
        rows += [Gap(), self.onward("perilaku_kerja")]
        return tuple(rows)

    def _none_asked(self) -> tuple[Row, ...]:
        """Return what stands here in the plan of a kepala sekolah."""
        own = own_sasaran(self.context.katalog)
        whose = own.label.lower() if own else ""
        return (
            Heading("Tugas tambahan"),
            Text(f"Rencana {whose} tidak memuat tugas tambahan."),
            Gap(),
            self.onward("perilaku_kerja"),
        )

    def _tugas(self, jenis: TugasKind) -> list[Row]:
        view = self.context
        chosen = next((t for t in self._section.tugas if t.tugas == jenis.id), None)
        jp = f"{jenis.jp} JP" if jenis.jp else ""
        row_id = TugasRow(jenis.id)
        if chosen is None:
            return [Choice(row_id, jenis.label, False, True, jp, "dim")]
        number = next(n for n, t in enumerate(self._section.tugas) if t.tugas == jenis.id)
        sentence = f"RHK: {tugas_sentence(jenis, view.katalog)}" if self.app.size.width < WIDE or self.look.thrifty else ""
        note = " · ".join(t for t in (sentence, jenis.catatan) if t)
        decree_number, decree_date = SkField(jenis.id, "nomor_sk"), SkField(jenis.id, "tanggal_sk")
        complaint, style = self.complaint(decree_date, f"/tugas_tambahan/tugas/{number}/tanggal_sk")
        return [
            Choice(row_id, jenis.label, True, True, jp, "dim", note=note),
            Field(decree_number, "Nomor SK", chosen.nomor_sk, width=36, limit=100, indent=4),
            Field(
                decree_date,
                "Tanggal SK",
                self._date_text(decree_date, chosen.tanggal_sk),
                width=18,
                limit=20,
                indent=4,
                note=complaint or "misalnya 15-07-2026; boleh kosong",
                note_style=style or "dim",
            ),
        ]

    def row_of(self, pointer: str) -> RowId:
        """Return the row that a pointer means: problems name duties by their number in the plan, rows by their id."""
        parts = pointer.split("/")[2:]
        if parts[:1] == ["tugas"] and len(parts) > 1 and parts[1].isdigit() and int(parts[1]) < len(self._section.tugas):
            wanted = f"{parts[2] if len(parts) > 2 else 'tugas'}/{self._section.tugas[int(parts[1])].tugas}"
            return next((row_id for row_id in self._row_ids() if str(row_id) == wanted), "")
        return "tidak_ada" if asks_duties(self.context.katalog) else "lanjut"

    def _movement_key(self, key: str, row: CursorRow | None) -> bool:
        """Enter in the date of an SK goes on to 'Lanjut': on the duty below it another Enter would tick that too."""
        dated = row is not None and isinstance(row.id, SkField) and row.id.name == "tanggal_sk"
        return self.go_to("lanjut") if key == "enter" and dated else super()._movement_key(key, row)

    def press(self, row_id: RowId, advance: bool) -> None:
        """Tick a duty, or none. Enter stays on a duty that it ticks, and goes on from one that is ticked.

        Pressed in a row it must never tick one after the other, nor take back one with its SK: that is for Space.
        """
        if row_id == "lanjut":
            self.edge(1)
        elif row_id == "tidak_ada":
            none = advance or not self._section.tidak_ada
            section = TugasTambahan(tidak_ada=True) if none else TugasTambahan(tugas=self._section.tugas)
            if self.replace(section, row_id) and advance:
                self.edge(1)
        elif isinstance(row_id, TugasRow) and advance and row_id.tugas in {t.tugas for t in self._section.tugas}:
            if is_deliberate(self.app):
                self.step(1)
        elif isinstance(row_id, TugasRow):
            self._toggle(row_id)

    def _toggle(self, row_id: TugasRow) -> None:
        rest = tuple(t for t in self._section.tugas if t.tugas != row_id.tugas)
        chosen = len(rest) < len(self._section.tugas)
        self.replace(TugasTambahan(tugas=rest) if chosen else self._with(row_id.tugas), row_id)

    def _with(self, tugas: str) -> TugasTambahan:
        """The section with a duty ticked."""
        existing = self._section.tugas
        if tugas in {t.tugas for t in existing}:
            return self._section
        if not self.context.katalog.tugas_tambahan_umum.boleh_lebih_dari_satu:
            return TugasTambahan(tugas=(Tugas(tugas=tugas),))
        order = [t.id for t in self.context.katalog.tugas_tambahan]
        return TugasTambahan(tugas=tuple(sorted((*existing, Tugas(tugas=tugas)), key=lambda t: _number(order, t.tugas))))

    def repeated(self, there: TugasTambahan) -> TugasTambahan | str:
        """Return the section with the duty under the cursor, where it is one there; an SK is never repeated."""
        if isinstance(self.cursor, SkField):
            return "Nomor dan tanggal SK tidak pernah disalin; isi menurut SK guru ini"
        if self.cursor == "tidak_ada":
            return TugasTambahan(tidak_ada=True) if there.tidak_ada else ""
        theirs = {t.tugas for t in there.tugas}
        return self._with(self.cursor.tugas) if isinstance(self.cursor, TugasRow) and self.cursor.tugas in theirs else ""

    def typed(self, row_id: RowId, value: str) -> None:
        """Take the number or the date of an SK as it is typed."""
        if isinstance(row_id, SkField):
            kept = {row_id.name: self._take_date(row_id, value) if row_id.name == "tanggal_sk" else value}
            every = self._section.tugas
            changed = tuple(msgspec.structs.replace(t, **kept) if t.tugas == row_id.tugas else t for t in every)
            self.take_typed(TugasTambahan(tugas=changed))


def _number(order: list[str], tugas: str) -> int:
    return order.index(tugas) if tugas in order else len(order)
