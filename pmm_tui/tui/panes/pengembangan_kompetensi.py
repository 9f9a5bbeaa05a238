"""2 Pengembangan Kompetensi: RHK with target kuantitas, unit, evidence and points."""

from __future__ import annotations

from typing import Literal

import msgspec
from textual.message import Message

from pmm_tui.skp.model import RHK, PengembanganKompetensi
from pmm_tui.skp.rangkuman import bukti_rhk, poin_rhk, points_range, rhk_sentence, satuan_rhk
from pmm_tui.skp.rules.content import MAX_RHK, MAX_TEXT, rhk_key
from pmm_tui.tui.panes.section import SectionPane, scheme_note
from pmm_tui.tui.widgets.line_text import wrap
from pmm_tui.tui.widgets.look import StyleName
from pmm_tui.tui.widgets.row_layout import LABEL_WIDTH
from pmm_tui.tui.widgets.rows import Button, Buttons, CursorRow, Field, Gap, Heading, Row, RowId, Text


class RhkField(msgspec.Struct, frozen=True):
    """A field of one RHK; the number counts from 0."""

    number: int
    name: Literal["uraian", "satuan", "bukti", "poin", "target"]

    def __str__(self) -> str:
        return f"rhk/{self.number}/{self.name}"


class PengembanganKompetensiPane(SectionPane[PengembanganKompetensi]):
    """The RHK in their order, each with its fields; `Tambah` opens the list."""

    SECTION = "pengembangan_kompetensi"
    LABEL = "2 Pengembangan Kompetensi"
    SHORT_LABEL = "2 Kompetensi"
    FOOTER = ("bantuan", "bagian_berikut", "urung", "ajukan", "tambah", "hapus")
    HELP = (
        "Tambah (Enter atau F4) membuka daftar RHK. Setelah memilih, ketik target kuantitas lalu Enter. "
        "Hapus (F5) menghapus RHK di bawah kursor. F6 ke bagian berikutnya."
    )

    class AddRequested(Message):
        """The operator wants to choose an RHK to add."""

    def first_row(self) -> RowId:
        """Begin at the button that adds an RHK."""
        return "tambah"

    def section_rows(self) -> tuple[Row, ...]:
        """Return each RHK with its fields, then the buttons; the total stands in the heading."""
        view = self.context
        rows: list[Row] = [Heading("RHK Pengembangan Kompetensi", self._total()), *scheme_note(view, self.SECTION)]
        for number, rhk in enumerate(self._section.rhk):
            rows += [Gap(), *self._rhk(number, rhk)]
        if not self._section.rhk:
            rows += [Gap(), Text("Belum ada RHK.", "dim")]
        free = view.katalog.kompetensi_umum.izinkan_rhk_bebas
        if self.look.thrifty:
            rows += [Gap(), Button("tambah", "Tambah", note="dari daftar RHK")]
            rows += [Button("bebas", "Tambah RHK di luar katalog")] if free else []
            return (*rows, self.onward("tugas_tambahan"))
        add = Button("tambah", "Tambah dari katalog", right=self.key("tambah"), main=not self._section.rhk)
        buttons = (add, Button("bebas", "Tambah di luar katalog")) if free else (add,)
        onward = msgspec.structs.replace(self.onward("tugas_tambahan"), main=bool(self._section.rhk))
        return (*rows, Gap(), Buttons(buttons), Gap(), onward)

    def _total(self) -> str:
        view = self.context
        count = f"{len(self._section.rhk)} RHK"
        if not view.skema.poin_dipakai:
            return count
        total = sum(poin_rhk(rhk, view.katalog) for rhk in self._section.rhk)
        return f"{count} · total {total} poin (dianjurkan {points_range(view.skema)})"

    def _rhk(self, number: int, rhk: RHK) -> list[Row]:
        view = self.context
        rows: list[Row] = [*self._title(number, rhk)]
        if not rhk.kompetensi:
            rows += [
                self._field(RhkField(number, "uraian"), "Uraian RHK", rhk.uraian, width=48 if self.look.thrifty else 42),
                self._field(RhkField(number, "satuan"), "Satuan", rhk.satuan, width=24),
                self._field(RhkField(number, "bukti"), "Bukti", rhk.bukti, width=40),
            ]
            if view.skema.poin_dipakai:
                rows.append(self._field(RhkField(number, "poin"), "Poin per satuan", _digits(rhk.poin), width=5, digits=3))
        target, (unit, more) = RhkField(number, "target"), self._meaning(rhk)
        rows.append(self._field(target, "Target kuantitas", _digits(rhk.target), width=5, digits=2, meaning=unit))
        return [*rows, Text(more, "dim", LABEL_WIDTH)] if more else rows

    def _title(self, number: int, rhk: RHK) -> list[Text]:
        """What stands above the fields of an RHK: what it is, and whether anything stops it."""
        katalog = self.context.katalog
        if self.look.thrifty:
            return [Text(f"{number + 1}. {rhk_sentence(rhk, katalog) if rhk.kompetensi else 'RHK di luar katalog'}")]
        kompetensi = katalog.find_kompetensi(rhk.kompetensi) if rhk.kompetensi else None
        role = kompetensi.peran if kompetensi else rhk_sentence(rhk, katalog) if rhk.kompetensi else "di luar katalog"
        at = f"/pengembangan_kompetensi/rhk/{number}"
        bad = any(m.halang and f"{m.pointer}/".startswith(f"{at}/") for m in self.context.masalah)
        signs = self.look.signs
        sign: tuple[str, StyleName] = (signs.problem, "error") if bad else (signs.ok, "good")
        style: StyleName = "strong" if kompetensi else "warning"
        head = f"RHK {number + 1}  "
        first, *more = wrap(role, (self.size.width or 80) - len(head) - 6)
        title = Text(f"{head}{first}", style, right=sign[0], right_style=sign[1])
        return [title, *(Text(line, style, len(head)) for line in more)]

    def _field(self, field: RhkField, label: str, value: str, *, width: int, digits: int = 0, meaning: str = "") -> Field:
        complaint, style = self.complaint(field)
        if not self.look.thrifty:  # which RHK and which field it is about can be seen
            whose = f"{self.look.signs.problem} {label} RHK {field.number + 1} "
            rest = complaint.removeprefix(whose)
            complaint = f"{self.look.signs.problem} {rest[:1].upper()}{rest[1:]}" if rest != complaint else complaint
        return Field(
            field,
            label,
            value,
            width=width,
            limit=digits or MAX_TEXT,
            digits=bool(digits),
            note=complaint or meaning,
            note_style=style or "dim",
            indent=2,
        )

    def _meaning(self, rhk: RHK) -> tuple[str, str]:
        """What the target counts, to stand beside it, and what else there is to know, where that has no room there."""
        view = self.context
        unit, evidence = satuan_rhk(rhk, view.katalog) or "-", bukti_rhk(rhk, view.katalog) or "-"
        parts = [f"satuan: {unit}" if self.look.thrifty else unit, f"bukti: {evidence}"]
        if not rhk.kompetensi and not self.look.thrifty:
            parts = []  # they stand above it
        if view.skema.poin_dipakai:
            one = poin_rhk(msgspec.structs.replace(rhk, target=1), view.katalog)
            parts.append(f"{one} poin x {rhk.target} = {poin_rhk(rhk, view.katalog)} poin")
        meaning = " · ".join(parts)
        if self.look.thrifty or len(meaning) + LABEL_WIDTH + 10 < (self.size.width or 80):
            return meaning, ""
        return parts[0], " · ".join(parts[1:])

    def row_of(self, pointer: str) -> RowId:
        """Lead from a problem of a whole RHK to its first field, and from one of the list to the button that adds."""
        wanted = pointer.removeprefix("/pengembangan_kompetensi/")
        return next((row_id for row_id in self._row_ids() if wanted != "rhk" and f"{row_id}/".startswith(f"{wanted}/")), "tambah")

    def _movement_key(self, key: str, row: CursorRow | None) -> bool:
        """Enter in the last field of the last RHK goes on to 'Lanjut': on 'Tambah' a held one would add RHK after RHK."""
        last = RhkField(len(self._section.rhk) - 1, "target")
        return self.go_to("lanjut") if key == "enter" and row and row.id == last else super()._movement_key(key, row)

    def press(self, row_id: RowId, advance: bool) -> None:
        """Add an RHK, or go on."""
        if row_id == "lanjut":
            self.edge(1)
        elif row_id == "bebas":
            self.add(RHK())
        elif row_id == "tambah":
            self.post_message(self.AddRequested())

    def new_rhk(self, kompetensi: str) -> RHK:
        """Return an RHK of the catalogue with the target that most plans begin with."""
        return RHK(kompetensi=kompetensi, target=1)

    def add(self, rhk: RHK) -> str:
        """Add an RHK and put the cursor into its first field; return the sentence of a refusal, or an empty string."""
        existing = self._section.rhk
        if len(existing) >= MAX_RHK:
            return f"RHK paling banyak {MAX_RHK}."
        if rhk_key(rhk) in {rhk_key(r) for r in existing}:
            return "RHK itu sudah ada di rencana ini."
        self.replace(
            PengembanganKompetensi(rhk=(*existing, rhk)), RhkField(len(existing), "target" if rhk.kompetensi else "uraian")
        )
        return ""

    def repeated(self, there: PengembanganKompetensi) -> PengembanganKompetensi | str:
        """Return the section with the field under the cursor as the same RHK has it there.

        On a button, and in a new RHK outside the catalogue that says nothing yet, it is the next RHK that is not here.
        """
        every, field = self._section.rhk, self.cursor
        if isinstance(field, RhkField) and rhk_key(here := every[field.number]) != rhk_key(RHK()):
            theirs = next((r for r in there.rhk if rhk_key(r) == rhk_key(here)), None)
            new = msgspec.structs.replace(here, **{field.name: getattr(theirs, field.name)}) if theirs else None
        else:
            known = {rhk_key(r) for r in every}
            new = next((r for r in there.rhk if rhk_key(r) not in known), None)
            field = field if isinstance(field, RhkField) else RhkField(len(every), "target")
        if new is None or field.number >= MAX_RHK:
            return ""
        return PengembanganKompetensi(rhk=(*every[: field.number], new, *every[field.number + 1 :]))

    def remove_rhk(self) -> int:
        """Take away the RHK under the cursor, and return its number from 1 on; 0 when the cursor is on none."""
        if not isinstance(self.cursor, RhkField):
            return 0
        number = self.cursor.number
        rest = tuple(r for n, r in enumerate(self._section.rhk) if n != number)
        near = RhkField(min(number, len(rest) - 1), "target")
        self.replace(PengembanganKompetensi(rhk=rest), near if rest else "tambah")
        return number + 1

    def typed(self, row_id: RowId, value: str) -> None:
        """Take what was typed into a field of an RHK; an empty number counts as 0, which the rules refuse."""
        if isinstance(row_id, RhkField):
            new: str | int = (int(value) if value else 0) if row_id.name in ("target", "poin") else value
            changed = msgspec.structs.replace(self._section.rhk[row_id.number], **{row_id.name: new})
            rhk = tuple(changed if n == row_id.number else r for n, r in enumerate(self._section.rhk))
            self.take_typed(PengembanganKompetensi(rhk=rhk))


def _digits(value: int) -> str:
    """Return a number as it stands in its field; 0 is an empty field."""
    return str(min(value, 9999)) if value else ""
