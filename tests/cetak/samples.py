"""Plans and a school to print, and the blocks of a document as lines to compare."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

from msgspec import structs

from pmm_tui.cetak.document import (
    Block,
    Cell,
    Code,
    Document,
    Heading,
    Line,
    PageBreak,
    Paragraph,
    Ruled,
    Sides,
    Signatures,
    Table,
)
from pmm_tui.cetak.subject import PlanPaper, PrintSchool, Receipt
from pmm_tui.practice.school import KEPALA, RAPOR, SEKOLAH
from pmm_tui.skp.katalog_reader import bundled
from pmm_tui.skp.model import RHK, Masalah, PengembanganKompetensi, RencanaKinerja
from pmm_tui.skp.plan_state import State
from tests.skp.sample_plan import complete_plan, sample_teacher

PERIODE = "2026"
KATALOG = bundled().for_periode(PERIODE)
SCHOOL = PrintSchool(
    sekolah=structs.replace(SEKOLAH, kepala_sekolah=KEPALA),
    katalog=KATALOG,
    periode=PERIODE,
    rapor=RAPOR,
    printed_at=datetime(2026, 1, 8, 3, 42, tzinfo=UTC),
)
PLAN = complete_plan(KATALOG, PERIODE)
RECEIPT = Receipt(revision=2, number="A1B2C3D4E5F6", at="2026-01-08T03:00:00+00:00", sha256="ab" * 32)
UNCONFIRMED = Masalah("belum-dikonfirmasi", "Guru belum mengonfirmasi rencana.", "/rangkuman")
MANY = structs.replace(
    PLAN,
    pengembangan_kompetensi=PengembanganKompetensi(
        rhk=tuple(RHK(uraian=f"Hasil kerja ke-{n}", satuan="dokumen", bukti="Laporan", target=n % 9 + 1) for n in range(50))
    ),
)
NAMES = {
    "short": "Bo",
    "long": "Raden Mas Haji Muhammad Abdurrahman Kusumadiningrat Suryaningrat bin Abdullah Al-Banjari, S.Pd., M.Pd., M.M., Gr.",
    "bracketed": "Fransiska Wona [Sr.] <b>& Co</b>, S.Pd.",
    "arabic": "محمد الأمين, S.Pd.I.",
    "javanese": "ꦱꦸꦫ Sura, S.Pd.",
}


def paper(state: State = State.SENT, rencana: RencanaKinerja = PLAN, **teacher: Any) -> PlanPaper:
    """A plan to print; what is done has a receipt, what is not lacks the teacher's word."""
    return PlanPaper(
        pegawai=sample_teacher(**teacher),
        rencana=rencana,
        state=state,
        edit=5,
        masalah=() if state.is_submitted else (UNCONFIRMED,),
        receipt=RECEIPT if state.done else None,
    )


def drawn(document: Document) -> list[str]:
    """A document's blocks, one thing a line: what is to be seen, with the proportions of the columns."""
    about = f"# {document.title} | {document.watermark or '-'} | {'landscape' if document.landscape else 'portrait'}"
    return [about, *(line for block in document.blocks for line in _block(block)), f"foot {document.footer}"]


def _block(block: Block) -> Iterator[str]:
    match block:
        case Heading(lines):
            yield from (f"heading {line}" for line in lines)
        case Paragraph(lines):
            yield from (f"{'small' if block.small else 'text'} {_line(line)}" for line in lines)
        case Sides(left, right):
            yield f"sides {left} | {right}"
        case Table():
            yield f"table {' : '.join(map(str, block.widths))}, head {block.head}, height {block.height}"
            yield from (f"  {' | '.join(map(_cell, row))}" for row in block.rows)
        case Signatures(left_sign, right_sign):
            for side, sign in (("left", left_sign), ("right", right_sign)):
                yield f"sign {side} {' / '.join((*sign.above, sign.name, sign.number)) if sign else '-'}"
        case Code(content, caption):
            yield f"code {content} ({caption})"
        case Ruled(count):
            yield f"ruled {count}"
        case PageBreak():
            yield "page"


def _cell(cell: Cell) -> str:
    return f"{f'<{cell.span}> ' if cell.span > 1 else ''}{' / '.join(map(_line, cell.lines))}"


def _line(line: Line) -> str:
    return f"{ {'': '', 'bullet': '* ', 'tick': '[x] ', 'box': '[ ] '}[line.mark] }{f'*{line.text}*' if line.bold else line.text}"
