"""What the screen of printing needs to know before it prints: whose plans, how many documents of each kind, how a page begins."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from datetime import date
from pathlib import Path

import msgspec
from msgspec import Struct, structs

from pmm_tui.cetak.document import flat_rows
from pmm_tui.cetak.making import LISTS, Format, document_of
from pmm_tui.cetak.plain_text import text_lines
from pmm_tui.cetak.subject import PlanPaper, PrintSchool
from pmm_tui.errors import PmmError, UsageError
from pmm_tui.services.in_force import InForce
from pmm_tui.services.listing import all_rows
from pmm_tui.services.prerequisites import prerequisites
from pmm_tui.services.print_request import KINDS, PrintRequest
from pmm_tui.services.printing import papers_of, printable_papers
from pmm_tui.skp.finding import Finding
from pmm_tui.store import Store

_LAST = "cetak"
"""The name of the memo of what was chosen last."""
_FIRST = 40
"""Teachers of a list that a page may show."""


class Printables(Struct, frozen=True):
    """The plans of some teachers in the order asked for; `counts` are the documents, or a list's rows, of each kind.

    `findings` are what has to be mended before entry, of all teachers.
    """

    papers: tuple[PlanPaper, ...]
    counts: dict[str, int]
    findings: tuple[Finding, ...] = ()


def load_printables(store: Store, in_force: InForce, today: date, ids: Sequence[int], school: PrintSchool) -> Printables:
    """Read the plans of these teachers; one who is not in the roster any more is left out."""
    every = all_rows(store, in_force, today)  # also for one teacher: who is in the records twice shows only among all
    rows = {row.pegawai.id: row for row in every}
    papers = papers_of(store, in_force.periode, (rows[number] for number in ids if number in rows))
    findings = prerequisites(store, in_force, today, every).findings
    school = structs.replace(school, findings=findings)
    return Printables(papers, {what: _count(what, papers, school) for what in KINDS}, findings)


def _count(what: str, papers: Sequence[PlanPaper], school: PrintSchool) -> int:
    if KINDS[what].of_each:
        return len(printable_papers(what, papers))
    return len(flat_rows(LISTS[what](papers, school))[1])


def files_of(request: PrintRequest, documents: int) -> int:
    """How many files a run writes for so many documents."""
    if not KINDS[request.what].of_each:
        return 1
    sheets = min(documents, 1) if request.together else documents
    return sheets + (documents if request.what == "isian" and request.form != "csv" else 0)


def page_lines(request: PrintRequest, papers: Sequence[PlanPaper], school: PrintSchool, width: int) -> tuple[str, ...]:
    """The first page of what would be printed, as lines of text; none where there is nothing to print."""
    if not KINDS[request.what].of_each:
        lines = text_lines(LISTS[request.what](papers[:_FIRST], school), width)
    elif printable := printable_papers(request.what, papers):
        document = document_of(request.what, printable[0], school, qualitative=request.qualitative, landscape=request.landscape)
        lines = text_lines(document, width)
    else:
        return ()
    return tuple(lines[: lines.index("\f")] if "\f" in lines else lines)


class LastChoice(Struct, frozen=True):
    """What was chosen the last time: a form, and a folder where it was not the usual one."""

    form: Format = "html"
    folder: str = ""


def last_choice(store: Store) -> LastChoice:
    """What was chosen the last time files were made; the usual where nothing was, or where it cannot be read."""
    try:
        return msgspec.json.decode(store.reference.memo(_LAST) or "{}", type=LastChoice)
    except (msgspec.DecodeError, PmmError):
        return LastChoice()


def keep_choice(store: Store, chosen: LastChoice) -> None:
    """Keep it for the next time; nobody waits for it to be written."""
    with suppress(PmmError):
        store.database.submit(store.reference.set_memo, _LAST, msgspec.json.encode(chosen).decode())


def folder_of(text: str) -> Path:
    """The folder that somebody wrote, absolute, `~` being the home folder; raises UsageError for none."""
    written = text.strip().strip('"')
    if not written:
        raise UsageError("Folder tujuan belum ditulis; isi Ke folder.")
    try:
        return Path(written).expanduser().absolute()
    except RuntimeError:
        raise UsageError(f"{written}: pengguna itu tidak ada di komputer ini; tulis jalur lengkapnya.") from None


def short_path(path: Path) -> str:
    """A path with the home folder written `~`."""
    try:
        return str(Path("~") / path.relative_to(Path("~").expanduser()))
    except (ValueError, RuntimeError):
        return str(path)
