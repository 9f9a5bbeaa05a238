"""What has to be mended, by the system where it is mended: one list for whoever goes to Dapodik, Verval PTK or BKD."""

from __future__ import annotations

from collections.abc import Sequence

from pmm_tui.cetak.document import (
    NOTHING,
    Block,
    Document,
    Heading,
    Line,
    Row,
    Sides,
    Table,
    cell,
    full_row,
    heading_row,
    paragraph,
)
from pmm_tui.cetak.subject import WINDOW, PlanPaper, PrintSchool
from pmm_tui.dates import date_and_time

HERE = "Di sini (pmm-tui)"
SYSTEMS = {
    "Dapodik": ("nama-kosong", "jenis-ptk", "status-asing", "kepala-sekolah", "tanpa-nomor"),
    "Verval PTK": ("nip-salah", "nip-kosong", "nip-beda", "nip-dini", "nuptk-salah"),
    "SIASN / e-Kinerja": ("golongan-kosong", "golongan-asing", "golongan-beda-status", "jenjang-kosong", "jenjang-asing"),
}
"""Where the problem of each code is mended; all others are mended here."""


def system_of(code: str) -> str:
    """Where a problem is mended."""
    return next((name for name, codes in SYSTEMS.items() if code in codes), HERE)


def repair_list(papers: Sequence[PlanPaper], school: PrintSchool) -> Document:
    """The list; a plan that is done is left out, and of one that was not begun only the teacher's own data are told."""
    found: dict[str, list[tuple[PlanPaper, str, bool]]] = {name: [] for name in (*SYSTEMS, HERE)}
    for paper in papers:
        told = () if paper.state.done else [m for m in paper.masalah if m.kode not in WINDOW]
        for masalah in told:
            found[system_of(masalah.kode)].append((paper, masalah.pesan, masalah.halang))
    rows: list[Row] = [heading_row("", "Nama", "NIP", "Yang diperbaiki", "Sifat")]
    for system, problems in found.items():
        if problems:
            rows.append(full_row(system, 5))
        for paper, sentence, blocks_it in problems:
            kind = "menghalangi" if blocks_it else "peringatan"
            rows.append(
                (
                    cell(Line("", mark="box"), centred=True),
                    cell(paper.pegawai.nama),
                    cell(paper.pegawai.nip or NOTHING),
                    cell(sentence),
                    cell(kind),
                )
            )
    where = paragraph(
        "Sesudah diperbaiki di Dapodik atau Verval PTK: tarik lagi datanya, atau impor Daftar Guru yang baru.", small=True
    )
    blocks: tuple[Block, ...] = (
        Heading(("DAFTAR PERBAIKAN MENURUT SISTEM",)),
        Sides(school.sekolah.nama or NOTHING, f"Periode {school.label}"),
        Table((4, 26, 18, 39, 13), tuple(rows), head=1) if len(rows) > 1 else paragraph("Tidak ada yang harus diperbaiki."),
        where,
    )
    footer = f"{school.sekolah.nama or 'pmm-tui'}. Dicetak {date_and_time(school.printed_at)}"
    return Document(f"Daftar perbaikan, {school.label}", blocks, school.watermark if school.practice else "", footer)
