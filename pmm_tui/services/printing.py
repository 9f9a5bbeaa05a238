"""Printing, for screen and command line: the plans as they are printed, and the files that are written of them.

The libraries are loaded only when a format asks for them; HTML and text need none.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from importlib.util import find_spec
from pathlib import Path
from typing import TypeAlias

from msgspec import structs

from pmm_tui.cetak.document import Document
from pmm_tui.cetak.entry_sheet import copy_text
from pmm_tui.cetak.letters import lacking
from pmm_tui.cetak.making import LISTS, Format, document_of, file_bytes
from pmm_tui.cetak.receipt_sheet import has_receipt
from pmm_tui.cetak.subject import PlanPaper, PrintSchool, Receipt
from pmm_tui.errors import ShapeError
from pmm_tui.extras import install_command
from pmm_tui.file_names import slug
from pmm_tui.private_file import make_private_folder, there, write_once, write_private
from pmm_tui.services.cloud_folder import cloud_warning
from pmm_tui.services.in_force import InForce
from pmm_tui.services.listing import PlanRow
from pmm_tui.services.print_request import SUFFIX, PrintedFile, PrintReport, PrintRequest, PrintStopped, check_request
from pmm_tui.skp.finding import Finding
from pmm_tui.skp.model import Pegawai, RencanaKinerja
from pmm_tui.skp.person import is_head
from pmm_tui.skp.plan_state import State
from pmm_tui.skp.wire import Envelope, open_envelope
from pmm_tui.store import Store
from pmm_tui.store.decision_entry import DeskPlan
from pmm_tui.text import quoted

Progress: TypeAlias = Callable[[int, int], None]
"""Told how many documents are made, and of how many."""


def printed_school(in_force: InForce, at: datetime, *, practice: bool = False, findings: tuple[Finding, ...] = ()) -> PrintSchool:
    """The school as it stands on paper; `findings` is for the list of what has to be mended."""
    return PrintSchool(
        sekolah=in_force.sekolah,
        katalog=in_force.katalog,
        periode=in_force.periode,
        rapor=in_force.rapor,
        printed_at=at,
        practice=practice,
        findings=findings,
    )


def papers_of(store: Store, periode: str, rows: Iterable[PlanRow]) -> tuple[PlanPaper, ...]:
    """The plans as they are printed; of a plan that is done it is what the server has the receipt for, word for word.

    What the head expects is printed with the very revision that the decision stands on. What only the head's desk holds, and
    was never filled in or sent from here, is printed from there.
    """
    on_desk = {plan.pegawai_id: plan for plan in store.decisions.desk(periode)}
    return tuple(_paper(store, periode, row, on_desk.get(row.pegawai.id)) for row in rows)


def _paper(store: Store, periode: str, row: PlanRow, on_desk: DeskPlan | None) -> PlanPaper:
    newest = store.outbox.newest(row.pegawai.id, periode)
    if newest is None and row.rencana is None and on_desk is not None and on_desk.line:
        whole = store.decisions.plan(row.pegawai.id, periode)
        if whole is not None and (paper := _desk_paper(row.pegawai, whole)):
            return paper
    expecting = on_desk if on_desk and on_desk.ekspektasi else None
    pegawai, rencana, receipt = row.pegawai, row.rencana or RencanaKinerja(), None
    if newest is not None and newest.tanda_terima:
        receipt = Receipt(
            revision=newest.revisi,
            number=newest.tanda_terima,
            at=newest.waktu_server,
            note=newest.catatan if newest.status_server else "",
            sha256=newest.sha256,
        )
    if newest is not None and row.state.done:
        try:
            sent = open_envelope(newest.line)
        except ShapeError:  # one of another program's; what is here says the same
            sent = None
        if sent is not None:
            pegawai, rencana = _as_told(pegawai, sent), sent.rencana
    same = expecting and newest and (expecting.revisi, expecting.sha256) == (newest.revisi, newest.sha256)
    return PlanPaper(
        pegawai=pegawai,
        rencana=rencana,
        state=row.state,
        edit=row.edit,
        masalah=row.masalah,
        receipt=receipt,
        expectations=expecting.ekspektasi if expecting and same and row.state.done else {},
    )


def _desk_paper(pegawai: Pegawai, plan: DeskPlan) -> PlanPaper | None:
    """A plan as it lies on the head's desk; none where its content is not here, or is another program's."""
    try:
        sent = open_envelope(plan.line)
    except ShapeError:
        return None
    note = plan.catatan if plan.status != "diajukan" else ""
    return PlanPaper(
        pegawai=_as_told(pegawai, sent),
        rencana=sent.rencana,
        state=_ON_DESK.get(plan.status, State.SENT),
        receipt=Receipt(revision=plan.revisi, number=plan.receipt, at=plan.sent_at, note=note, sha256=plan.sha256),
        expectations=plan.ekspektasi,
    )


_ON_DESK = {"disetujui": State.APPROVED, "dikembalikan": State.RETURNED}


def _as_told(pegawai: Pegawai, sent: Envelope) -> Pegawai:
    return structs.replace(pegawai, **{name: getattr(sent.pegawai, name) for name in _TOLD if getattr(sent.pegawai, name)})


_TOLD = ("nama", "nip", "nuptk", "status_kepegawaian", "jenis_ptk", "golongan", "jenjang_jabatan")
"""What an envelope says of the teacher."""


def print_documents(
    request: PrintRequest, papers: Sequence[PlanPaper], school: PrintSchool, told: Progress = lambda done, every: None
) -> PrintReport:
    """Write the documents, each file for its owner alone; those that are there stay. Raises UsageError, StorageError.

    `told` may raise `PrintStopped`: then the report is of what was written until then.
    """
    check_request(request)
    run = _Run(request, school, told)
    printable = printable_papers(request.what, papers)
    try:
        if request.what in LISTS:
            run.every = 1
            run.write(run.stem(), [(LISTS[request.what](papers, school), tuple(paper.pegawai.id for paper in papers))])
        else:
            _print_each(run, request, printable, school)
    except PrintStopped:
        return run.report(stopped=True)
    return run.report(tuple(paper for paper in papers if paper not in printable))


def printable_papers(what: str, papers: Iterable[PlanPaper]) -> list[PlanPaper]:
    """Those of whom there is something to print: a receipt may be missing."""
    return [paper for paper in papers if what != "tanda-terima" or has_receipt(paper)]


def _print_each(run: _Run, request: PrintRequest, printable: list[PlanPaper], school: PrintSchool) -> None:
    printable.sort(key=lambda paper: not is_head(paper.pegawai, school.sekolah))  # the head's own comes first in a bundle
    run.every = len(printable)
    if request.together and printable:
        run.write(run.stem(), [(run.document(paper), (paper.pegawai.id,)) for paper in printable])
    for paper in printable:
        if not request.together:
            run.write(run.stem(paper), [(run.document(paper), (paper.pegawai.id,))])
        if request.what == "isian" and request.form != "csv":
            content = copy_text(paper, school, qualitative=request.qualitative).encode()
            run.put(f"{run.stem(paper)}-salin.txt", content, (paper.pegawai.id,))


class _Run:
    """One run: the files so far, and how far it has come."""

    def __init__(self, request: PrintRequest, school: PrintSchool, told: Progress) -> None:
        self._request = request
        self._school = school
        self._told = told
        self._files, self._notes = list[PrintedFile](), list[str]()
        self._done = 0
        self._coded = False  # whether anything printed has a receipt, which a code would tell
        self.every = 0

    def document(self, paper: PlanPaper) -> Document:
        """The document of one teacher."""
        request = self._request
        self._coded = self._coded or (request.what in ("skp", "tanda-terima") and has_receipt(paper))
        return document_of(request.what, paper, self._school, qualitative=request.qualitative, landscape=request.landscape)

    def stem(self, paper: PlanPaper | None = None) -> str:
        """The name of a file without its ending: the teacher's number here and name, never a NIP, also none out of the name."""
        form = "-kualitatif" if self._request.qualitative and self._request.what == "skp" else ""
        end = f"{self._request.what}{form}-{slug(self._school.periode)}"
        who = f"{paper.pegawai.id:04}-{slug(_DIGITS.sub(' ', paper.pegawai.nama))}-" if paper else ""
        return f"{'latihan-' if self._school.practice else ''}{who}{end}"

    def write(self, stem: str, documents: Sequence[tuple[Document, tuple[int, ...]]]) -> None:
        """Write documents into one file; those with letters that the PDF lacks go to a page of their own, and that is told."""
        form = self._request.form
        aside = [(one, who) for one, who in documents if form == "pdf" and lacking(one)]
        rest = [(one, who) for one, who in documents if (one, who) not in aside]
        for one, who in aside:
            whose = f"{stem}-{who[0]:04}" if len(documents) > 1 else stem
            self._notes.append(f"{one.title}: huruf {quoted(lacking(one))} tidak ada pada PDF; ditulis sebagai HTML.")
            self._put(whose, "html", [one], who)
        if rest:
            self._put(stem, form, [one for one, _ in rest], tuple(number for _, who in rest for number in who))

    def _put(self, stem: str, form: Format, documents: Sequence[Document], teachers: tuple[int, ...]) -> None:
        name = f"{stem}{SUFFIX[form]}"
        if self._refused(name, teachers):
            return
        self.put(name, file_bytes(documents, form, self._count), teachers)

    def put(self, name: str, content: bytes, teachers: tuple[int, ...]) -> None:
        """Write one file, unless one of that name is there and must stay."""
        path = self._request.folder / name
        if self._refused(name, teachers):
            return
        make_private_folder(self._request.folder)
        try:
            (write_private if self._request.over else write_once)(path, content)
        except FileExistsError:  # made since we looked
            self._files.append(_kept(path, teachers))
            return
        self._files.append(PrintedFile(path, teachers))

    def _refused(self, name: str, teachers: tuple[int, ...]) -> bool:
        path = self._request.folder / name
        if self._request.over or not there(path):
            return False
        self._files.append(_kept(path, teachers))
        return True

    def _count(self) -> None:
        self._done += 1
        self._told(self._done, self.every)

    def report(self, without_receipt: tuple[PlanPaper, ...] = (), *, stopped: bool = False) -> PrintReport:
        """What the run came to."""
        notes = list(self._notes)
        if self._coded and self._request.form in ("html", "pdf") and find_spec("segno") is None:
            notes.append(f"Kode QR tanda terima dilewati; pasang paketnya dengan: {install_command('cetak')}.")
        if warning := cloud_warning(self._request.folder):
            notes.append(warning)
        return PrintReport(tuple(self._files), tuple(notes), without_receipt, stopped)


_DIGITS = re.compile(r"\d[\d .]{4,}")
"""A number that somebody wrote into the name."""


def _kept(path: Path, teachers: tuple[int, ...]) -> PrintedFile:
    return PrintedFile(path, teachers, f"{path}: sudah ada; pakai --timpa untuk menggantinya.")
