"""From a word and a plan to a document, and from documents and a format to the bytes of a file."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Literal, TypeAlias

from pmm_tui.cetak.document import Document
from pmm_tui.cetak.entry_sheet import entry_sheet
from pmm_tui.cetak.reading_sheet import reading_sheet
from pmm_tui.cetak.receipt_sheet import receipt_sheet
from pmm_tui.cetak.repairs import repair_list
from pmm_tui.cetak.skp_form import skp_document
from pmm_tui.cetak.subject import PlanPaper, PrintSchool
from pmm_tui.cetak.teacher_lists import decision_list, meeting_list, teacher_list, unconfirmed_list

Format: TypeAlias = Literal["html", "pdf", "xlsx", "csv", "teks"]
LISTS: dict[str, Callable[[Sequence[PlanPaper], PrintSchool], Document]] = {
    "daftar": teacher_list,
    "paraf-rapat": meeting_list,
    "belum-dikonfirmasi": unconfirmed_list,
    "perbaikan": repair_list,
    "keputusan": decision_list,
}
"""The documents of the whole school, by the word of the command line."""


def document_of(what: str, paper: PlanPaper, school: PrintSchool, *, qualitative: bool, landscape: bool) -> Document:
    """The document of one teacher."""
    school = school.of(paper.pegawai)
    match what:
        case "skp":
            return skp_document(paper, school, qualitative=qualitative, landscape=landscape)
        case "paraf":
            return reading_sheet(paper, school)
        case "isian":
            return entry_sheet(paper, school, qualitative=qualitative)
        case "tanda-terima":
            return receipt_sheet(paper, school)
        case _:
            raise AssertionError(f"no document is called {what}")


def file_bytes(documents: Sequence[Document], form: Format, told: Callable[[], None]) -> bytes:
    """The file that holds the documents; `told` is called after each."""
    # Lazy, all: a run writes one format, and two of them need libraries.
    match form:
        case "html":
            from pmm_tui.cetak.html_pages import html_pages

            return html_pages(documents, told)
        case "pdf":
            from pmm_tui.cetak.pdf_pages import pdf_pages

            return pdf_pages(documents, told)
        case "teks":
            from pmm_tui.cetak.plain_text import plain_text

            return plain_text(documents, told)
        case "xlsx":
            from pmm_tui.cetak.workbook import workbook as flat
        case "csv":
            from pmm_tui.cetak.comma_values import comma_values as flat
    made = flat(documents)
    for _ in documents:
        told()
    return made
