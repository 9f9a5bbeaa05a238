"""Lists of the school's teachers: how the plans stand, who has to confirm, a list to sign at a meeting, what the head decided."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from pmm_tui.cetak.document import NOTHING, Block, Document, Heading, Row, Sides, Signatures, Table, cell, heading_row, paragraph
from pmm_tui.cetak.skp_form import head_signature
from pmm_tui.cetak.subject import PlanPaper, PrintSchool, main_results, time_of
from pmm_tui.dates import date_and_time
from pmm_tui.skp.katalog import Katalog
from pmm_tui.skp.plan_state import State, count_done
from pmm_tui.skp.rangkuman import confirmation_words

_DECISIONS = {
    State.SENT: "perlu disetujui",
    State.APPROVED: "disetujui",
    State.RETURNED: "dikembalikan",
    State.CHANGED: "diubah operator sesudah diajukan",
    State.NEWER: "lebih baru di server",
}


def teacher_list(papers: Sequence[PlanPaper], school: PrintSchool) -> Document:
    """Every teacher with state, receipt, date, and what is missing."""
    titles = ("No", "Nama", "NIP", "Jenis PTK", "Keadaan", "Tanda terima", "Tanggal", "Yang kurang")
    rows = [
        (*_who(number, paper), paper.pegawai.jenis_ptk, paper.state.word, *_receipt(paper), missing(paper))
        for number, paper in enumerate(papers, 1)
    ]
    done, every = count_done(paper.state for paper in papers)
    foot = paragraph(f"{done} dari {every} rencana sudah di server.", small=True)
    return _list("Daftar guru dan keadaan rencananya", school, (4, 21, 15, 10, 10, 11, 11, 18), titles, rows, foot, landscape=True)


def unconfirmed_list(papers: Sequence[PlanPaper], school: PrintSchool) -> Document:
    """Those who still have to read and confirm, with what else is missing."""
    titles = ("No", "Nama", "NIP", "Keadaan", "Yang kurang", "Paraf")
    waiting = [paper for paper in papers if is_unconfirmed(paper)]
    rows = [(*_who(n, paper), paper.state.word, missing(paper), "") for n, paper in enumerate(waiting, 1)]
    foot = paragraph(f"{len(waiting)} dari {len(papers)} guru belum mengonfirmasi rencananya.", small=True)
    return _list("Guru yang belum mengonfirmasi rencana", school, (5, 27, 20, 14, 22, 12), titles, rows, foot, height=9)


def is_unconfirmed(paper: PlanPaper) -> bool:
    """Whether the teacher's word is missing: for a plan that has not gone yet."""
    said = all(m.kode != "belum-dikonfirmasi" for m in paper.masalah)
    return not paper.state.is_submitted and (not said or paper.state is State.NOT_STARTED)


def meeting_list(papers: Sequence[PlanPaper], school: PrintSchool) -> Document:
    """Several on one page for a meeting: in few words what each plan says, and a column for signatures."""
    titles = ("No", "Nama", "Isi rencana", "Konfirmasi", "Paraf")
    rows = []
    for number, paper in enumerate(papers, 1):
        katalog = school.of(paper.pegawai).katalog
        indikator = [_label(item, katalog) for item in paper.rencana.praktik_pembelajaran.indikator]
        count = len(main_results(paper, katalog)) - len(indikator)
        duties = len(paper.rencana.tugas_tambahan.tugas)
        plan = f"{', '.join(indikator) or 'indikator belum dipilih'}; {count} RHK, {duties} tugas tambahan"
        told = confirmation_words(paper.rencana.rangkuman) or "belum"
        rows.append((str(number), paper.pegawai.nama, plan, told, f"{number}."))
    foot = paragraph(
        "Dengan paraf ini guru menyatakan sudah membaca rencananya sendiri dan setuju rencana itu diajukan.", small=True
    )
    return _list("Daftar paraf Perencanaan Kinerja", school, (5, 28, 34, 15, 18), titles, rows, foot, height=11)


def decision_list(papers: Sequence[PlanPaper], school: PrintSchool) -> Document:
    """What waits for the head, what was approved and what was sent back: the plans that the server has."""
    titles = ("No", "Nama", "NIP", "Keadaan", "Versi", "Tanda terima", "Diterima", "Catatan")
    sent = [paper for paper in papers if paper.receipt and paper.receipt.number]
    rows = []
    for number, paper in enumerate(sent, 1):
        assert paper.receipt is not None
        state = _DECISIONS.get(paper.state, paper.state.word)
        version, note = str(paper.receipt.revision), paper.receipt.note
        rows.append((*_who(number, paper), state, version, *_receipt(paper), note))
    waiting = sum(paper.state is State.SENT for paper in sent)
    told = f"{waiting} menunggu keputusan, {len(sent) - waiting} lainnya; {len(papers) - len(sent)} belum diajukan."
    foot = paragraph(told, small=True)
    return _list("Daftar keputusan kepala sekolah", school, (4, 22, 16, 12, 5, 11, 12, 18), titles, rows, foot, landscape=True)


def missing(paper: PlanPaper) -> str:
    """What stops the plan from being sent, in few words; nothing for one that is done."""
    if paper.state.done:
        return NOTHING
    if paper.state is State.NOT_STARTED:
        return "; ".join(("belum dimulai", *(m.pesan for m in paper.blocking)))
    first, *rest = [m.pesan for m in paper.blocking] or [NOTHING]
    return f"{first} (dan {len(rest)} lainnya)" if rest else first


def _who(number: int, paper: PlanPaper) -> tuple[str, str, str]:
    return str(number), paper.pegawai.nama, paper.pegawai.nip or NOTHING


def _receipt(paper: PlanPaper) -> tuple[str, str]:
    receipt = paper.receipt
    return (receipt.number or NOTHING, time_of(receipt.at) or NOTHING) if receipt else (NOTHING, NOTHING)


def _label(indikator: str, katalog: Katalog) -> str:
    found = katalog.find_indikator(indikator)
    return found.label if found else indikator


def _list(
    title: str,
    school: PrintSchool,
    widths: tuple[int, ...],
    titles: tuple[str, ...],
    rows: Iterable[tuple[str, ...]],
    foot: Block,
    *,
    landscape: bool = False,
    height: int = 0,
) -> Document:
    body: list[Row] = [tuple(cell(text, centred=at == 0) for at, text in enumerate(row)) for row in rows]
    table = Table(widths, (heading_row(*titles), *body), head=1, height=height)
    printed = f"Dicetak {date_and_time(school.printed_at)}"
    blocks: tuple[Block, ...] = (
        Heading((title.upper(), *(("LATIHAN, semua orang di sini khayalan",) if school.practice else ()))),
        Sides(school.sekolah.nama or NOTHING, f"Periode {school.label}"),
        table if body else paragraph("Tidak ada."),
        foot,
        Signatures(None, head_signature(school)),
    )
    mark = school.watermark if school.practice else ""
    return Document(f"{title}, {school.label}", blocks, mark, f"{school.sekolah.nama or 'pmm-tui'}. {printed}", landscape=landscape)
