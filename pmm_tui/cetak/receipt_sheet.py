"""The receipt of one plan as a page: what the server has confirmed, to be kept by whoever brought it."""

from __future__ import annotations

from pmm_tui.cetak.document import NOTHING, Block, Document, Heading, Row, Sides, Table, cell, paragraph
from pmm_tui.cetak.subject import NOT_OFFICIAL, PlanPaper, PrintSchool, footer_of, number_label, receipt_code, time_of
from pmm_tui.dates import date_and_time
from pmm_tui.skp.plan_state import State


def has_receipt(paper: PlanPaper) -> bool:
    """Whether the server has confirmed the plan as it stands."""
    return bool(paper.state.done and paper.receipt and paper.receipt.number)


def receipt_sheet(paper: PlanPaper, school: PrintSchool) -> Document:
    """The receipt of a plan that `has_receipt`."""
    receipt, teacher = paper.receipt, paper.pegawai
    assert receipt is not None
    state = "disetujui kepala sekolah" if paper.state is State.APPROVED else "diajukan, menunggu keputusan kepala sekolah"
    told = (
        ("Nama", teacher.nama),
        (number_label(teacher, school.katalog), teacher.nip or NOTHING),
        ("Satuan pendidikan", f"{school.sekolah.nama or NOTHING}{f', NPSN {school.sekolah.npsn}' if school.sekolah.npsn else ''}"),
        ("Periode", school.label),
        ("Versi rencana", str(receipt.revision)),
        ("Tanda terima", receipt.number),
        ("Diterima server", time_of(receipt.at) or NOTHING),
        ("Keadaan", state),
        ("Catatan", receipt.note or NOTHING),
        ("Sidik isi (SHA-256)", f"{receipt.sha256[:16]}…" if receipt.sha256 else NOTHING),
    )
    rows: tuple[Row, ...] = tuple((cell(name, bold=True), cell(value)) for name, value in told)
    kind = "LATIHAN, semua orang di sini khayalan. " if school.practice else ""
    blocks: tuple[Block, ...] = (
        Heading(("TANDA TERIMA", "PENGAJUAN PERENCANAAN KINERJA")),
        Sides(school.sekolah.nama or NOTHING, f"Periode {school.label}"),
        Table((28, 72), rows),
        *receipt_code(paper, school),
        paragraph(f"{kind}Tanda terima server sekolah atau dinas; {NOT_OFFICIAL}", small=True),
        paragraph(f"Dicetak {date_and_time(school.printed_at)}.", small=True),
    )
    mark = school.watermark if school.practice else ""
    return Document(f"Tanda terima {teacher.nama}, {school.label}", blocks, mark, footer_of(paper, school))
