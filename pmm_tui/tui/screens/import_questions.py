"""What the preview of an import asks: about a row, which sheets are read, and what a column is."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from pmm_tui.roster.choose_tables import ALL
from pmm_tui.roster.headings import COLUMNS
from pmm_tui.roster.model import ComparedRow, RosterReading, Table
from pmm_tui.tui.screens.choose import Choice, ChoiceScreen
from pmm_tui.tui.screens.dialog import Dialog
from pmm_tui.tui.widgets.look import StyleName

Ask = Callable[[ChoiceScreen, Callable[[str | None], None]], object]
"""Shows a choice and hands on what was chosen."""


def ask_about(row: ComparedRow) -> Dialog:
    """Ask what a row is to do; the answer that changes nothing comes first."""
    told: list[tuple[str, StyleName]] = [(remark.message, "") for remark in row.reasons]
    if row.question == "keluar":
        buttons = (
            ("nanti", "Putuskan nanti"),
            ("lewati", "Sudah keluar: lewati baris ini"),
            ("ambil", "Masih mengajar: tambahkan"),
        )
        return Dialog("Masih mengajar di sini?", told, buttons)
    if row.question == "tanpa_nomor":
        told.append(("Rencananya dapat diisi, dan baru dapat dikirim sesudah nomornya diketahui.", "dim"))
        return Dialog("Tambahkan tanpa nomor?", told, (("nanti", "Jangan ditambahkan"), ("ambil", "Tambahkan, dikenali dari nama")))
    if row.outcome == "perlu_diputuskan" and row.old and row.pegawai:
        lines: list[tuple[str, StyleName]] = [(remark.message, "") for remark in row.reasons]
        lines += [(f"{change.column}: {change.origin or '-'} > {change.becomes or '-'}", "dim") for change in row.field_changes[:8]]
        buttons = (("nanti", "Putuskan nanti"), ("lewati", "Orang lain: lewati baris ini"), ("sama", "Orang yang sama: perbarui"))
        return Dialog("Orang yang sama?", lines, buttons)
    kept: list[tuple[str, StyleName]] = [(f"{remark.column}: {remark.message}", "") for remark in row.kept[:8]]
    return Dialog("Isi siapa yang dipakai?", kept, (("tetap", "Tetap yang tersimpan"), ("berkas", "Pakai isi berkas")))


def _about_sheet(tables: list[Table]) -> str:
    words = [f"{sum(table.teachers for table in tables)} baris mirip guru"]
    words += ["dibaca" if any(table.taken for table in tables) else next(table.reason for table in tables)]
    return ", ".join(words)


def ask_for_sheet(tables: Sequence[Table], sheets: Sequence[str]) -> ChoiceScreen:
    """Ask which of the file's sheets is read."""
    choices = [Choice(sheet, sheet, note=_about_sheet([t for t in tables if t.sheet == sheet])) for sheet in sheets]
    return ChoiceScreen("Lembar yang dibaca", [*choices, Choice(ALL, "Semua lembar")])


def headings_of(reading: RosterReading | None, seen: Iterable[str]) -> dict[str, str]:
    """The headings that can be said something of, and what they are now: the unknown ones first."""
    if reading is None:
        return dict.fromkeys(seen, "")
    found = {unread.heading: "tidak dibaca" for unread in reading.left_unread if unread.column}
    found |= {heading: _field_words(field) for heading, field in reading.chosen.items()}
    return found | {
        heading: _field_words(field) for field, heading in reading.columns.items() if field in COLUMNS and heading not in found
    }


def ask_for_column(headings: dict[str, str], ask: Ask, answered: Callable[[str, str], None]) -> None:
    """Ask which column, and what it holds; `answered` gets the heading and the field."""

    def chosen(heading: str | None) -> None:
        if heading:
            fields = [Choice(field, names[0]) for field, names in COLUMNS.items()]
            ends = [Choice("abaikan", "Jangan dibaca"), Choice("otomatis", "Menurut judulnya saja")]
            screen = ChoiceScreen(f"Isi kolom {heading[:40]}", [*fields, *ends])
            ask(screen, lambda field: answered(heading, field) if field else None)

    ask(ChoiceScreen("Kolom mana?", [Choice(heading, heading, note=now) for heading, now in headings.items()]), chosen)


def _field_words(field: str) -> str:
    return f"dibaca sebagai {COLUMNS[field][0]}" if field in COLUMNS else "tidak dibaca"
