"""Made-up downloads of the Rapor Pendidikan, in the shape that schools get them (facts-2, 8)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from tests.dapodik import write_book

NPSN = "20512345"
SCHOOL = "SMP Negeri 1 Contoh"
FILE_NAME = f"RAPOR-PBD-SMP NEGERI 1 CONTOH-{NPSN}-DATA-2025.xlsx"
HEADINGS = (
    "No", "Indikator", "Capaian", "Skor Rapor 2025", "Definisi Capaian", "Perubahan Skor dari Tahun Lalu", "Skor Rapor 2024",
    "Peringkat di Provinsi", "Peringkat secara Nasional", "Sumber Data",
)  # fmt: skip
LEVELS = {"D.1.1": ("Baik", "81,25"), "D.1.2": ("Sedang ", "62,4"), "D.1.3": ("KURANG", "41,00")}
LABELS = {
    "A.1": "Kemampuan literasi",
    "D.1": "Kualitas pembelajaran",
    "D.1.1": "Manajemen kelas",
    "D.1.2": "Dukungan psikologis",
    "D.1.3": "Metode pembelajaran",
    "D.2": "Refleksi dan perbaikan pembelajaran oleh guru",
    "D.3": "Kepemimpinan instruksional",
}


def report(
    levels: Mapping[str, tuple[str, str]] = LEVELS,
    *,
    labels: Mapping[str, str] = LABELS,
    npsn: str = NPSN,
    school: str = SCHOOL,
    headings: Sequence[str] = HEADINGS,
    above: int = 5,
) -> list[list[Any]]:
    """The rows of the sheet with the report; each code has the level and the score that are given, else none."""
    preamble: list[list[Any]] = [["Laporan Rapor Pendidikan 2025"]]
    if school:
        preamble.append(["", "Nama Satuan Pendidikan", school])
    if npsn:
        preamble.append(["", "NPSN", ":", npsn])
    preamble += [[""]] * max(0, above - len(preamble))
    rows: list[list[Any]] = [*preamble, list(headings)]
    for code, label in labels.items():
        level, score = levels.get(code, ("Baik", "70,1") if code[0] != "D" else ("", ""))
        rows.append([code, label, level, score, "Definisi yang panjang", "naik", "60,0", "1-20%", "21-40%", "Asesmen Nasional"])
    return rows


def write_report(path: Path, rows: list[list[Any]] | None = None, *, sheet: str = "2. LAPORAN RAPOR") -> Path:
    """A workbook with the sheets of the ministry's own, the report in one of them."""
    cover = [["Rapor Pendidikan"], ["Petunjuk membaca"]]
    advice = [["No", "Indikator", "Rekomendasi"], ["1", "D.1 Kualitas pembelajaran", "Belajar"]]
    return write_book(path, {"1. RINGKASAN": cover, sheet: rows or report(), "2.2 REKOM. PRIORITAS": advice})
