"""What has to be mended before entry, to be ticked on paper, by the system where it is mended, with the step to take."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

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
from pmm_tui.dates import date_and_time, long_date
from pmm_tui.skp.finding import Finding
from pmm_tui.skp.mending import System

_COLUMNS = 6


def repair_list(papers: Sequence[PlanPaper], school: PrintSchool) -> Document:
    """The list: what the check before entry found, of the school and of these teachers, then what of their plans is not whole yet.

    Of a plan that is done, and of one that was not begun, only the teacher's own data are told. What was ticked off is ticked.
    """
    found = _all_findings(papers, school.findings)
    rows: list[Row] = [heading_row("", "Nama", "NIP", "Yang diperbaiki", "Langkah", "Sifat")]
    for system in System:
        here = [one for one in found if one.system is system]
        if here:
            rows.append(full_row(system.label, _COLUMNS))
        rows += [_row(one) for one in here]
    where = paragraph(
        "Sesudah diperbaiki di Dapodik atau Verval PTK: tarik lagi datanya, atau impor Daftar Guru yang baru. Yang perlu dicek "
        "belum tentu salah.",
        small=True,
    )
    blocks: tuple[Block, ...] = (
        Heading(("PRA-PERENCANAAN", "DAFTAR PERBAIKAN MENURUT SISTEM")),
        Sides(school.sekolah.nama or NOTHING, f"Periode {school.label}"),
        *((paragraph(_counted(found), small=True),) if found else ()),
        Table((4, 20, 16, 28, 22, 10), tuple(rows), head=1) if found else paragraph("Tidak ada yang harus diperbaiki."),
        where,
    )
    footer = f"{school.sekolah.nama or 'pmm-tui'}. Dicetak {date_and_time(school.printed_at)}"
    return Document(f"Daftar perbaikan, {school.label}", blocks, school.watermark if school.practice else "", footer)


def _counted(found: Sequence[Finding]) -> str:
    """How many there are of each kind, and how many of all are ticked off."""
    kinds = Counter(one.kind for one in found)
    ticked = sum(not one.is_open for one in found)
    told = ", ".join(f"{kinds[kind]} {kind}" for kind in ("menghalangi", "peringatan", "perlu dicek") if kinds[kind])
    return f"{len(found)} hal: {told}; {ticked} sudah dicentang."


def _all_findings(papers: Sequence[PlanPaper], findings: Iterable[Finding]) -> list[Finding]:
    """Those of the school and of these teachers, and the problems of their plans that are none of them."""
    ids = {paper.pegawai.id for paper in papers}
    found = [one for one in findings if one.pegawai is None or one.pegawai.id in ids]
    known = {one.key for one in found}
    for paper in papers:
        told = () if paper.state.done else paper.masalah
        for m in told:
            if m.kode not in WINDOW and (paper.pegawai.id, m.kode) not in known:
                found.append(Finding(pegawai=paper.pegawai, kode=m.kode, sentence=m.pesan, sign="", blocks=m.halang))
    return found


def _row(one: Finding) -> Row:
    when = [f"dicentang {long_date(one.ticked_at.astimezone().date())}"] if one.ticked_at else []
    again = ["masih ada sesudah itu"] if one.again_at else []
    who = [one.mending.who] if one.mending.who else []
    return (
        cell(Line("", mark="box" if one.is_open else "tick"), centred=True),
        cell(one.who),
        cell((one.pegawai.nip if one.pegawai else "") or NOTHING),
        cell(one.sentence),
        cell(one.next_step or NOTHING, *(Line(f"({name})") for name in who)),
        cell(one.kind, *when, *again),
    )
