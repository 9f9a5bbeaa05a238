"""An import as one JSON-able document."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import msgspec

from pmm_tui.roster.compare import count_by_outcome
from pmm_tui.roster.model import ComparedRow, RosterReading
from pmm_tui.skp.model import Pegawai


def summary(reading: RosterReading, compared: Sequence[ComparedRow]) -> dict[str, Any]:
    """The import as one JSON-able document: where it was read from, the counts, and every row."""
    return {
        "berkas": reading.file_name,
        "jenis": reading.kind,
        "asal": reading.origin,
        "lembar": reading.sheet,
        "pengodean": reading.encoding,
        "pemisah": reading.delimiter,
        "baris_judul": reading.heading_row,
        "kolom": dict(reading.columns),
        "jumlah": count_by_outcome(compared),
        "dilewati": [{k: v for k, v in skipped.items() if v != ""} for skipped in msgspec.to_builtins(reading.skipped)],
        "baris": [_one(row) for row in compared],
        "tabel": msgspec.to_builtins(reading.tables),
        "tidak_diperiksa": list(reading.unread),
        "baris_tersembunyi": reading.hidden_rows,
        "catatan": list(reading.notes),
        "tidak_dibaca": msgspec.to_builtins(reading.left_unread),
    }


def _one(row: ComparedRow) -> dict[str, Any]:
    pegawai = row.pegawai
    found = {
        "baris": row.row,
        "keadaan": row.outcome,
        "nama": row.name,
        "nip": pegawai.nip if pegawai else "",
        "nuptk": pegawai.nuptk if pegawai else "",
        "ubahan": msgspec.to_builtins(row.field_changes),
        "alasan": msgspec.to_builtins(row.reasons),
        "peringatan": msgspec.to_builtins(row.warnings),
    }
    if row.sheet:
        found["lembar"] = row.sheet
    if row.outcome == "perlu_diputuskan" and row.old:
        found["tersimpan"] = _stored(row.old)
    if row.question:
        found["pertanyaan"] = row.question
    if row.kept:
        found["dipertahankan"] = msgspec.to_builtins(row.kept)
    return found


def _stored(old: Pegawai) -> dict[str, Any]:
    """The teacher whom a row that has to be decided would replace."""
    return {name: getattr(old, name) for name in ("id", "nama", "nip", "nuptk", "tanggal_lahir", "status_kepegawaian")}
