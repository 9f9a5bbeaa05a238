"""`pmm-tui cetak`: plans, sheets to sign and lists as files to print, to carry on, or to keep."""

from __future__ import annotations

import argparse
from time import monotonic

from pmm_tui.cli.context import RunContext
from pmm_tui.cli.problem_text import ids_or_all
from pmm_tui.errors import UsageError
from pmm_tui.locations import expanded
from pmm_tui.services.listing import PlanRow, all_rows, select
from pmm_tui.services.prerequisites import prerequisites
from pmm_tui.services.print_request import KINDS, PrintReport, PrintRequest, check_request
from pmm_tui.services.printing import papers_of, print_documents, printed_school
from pmm_tui.skp.plan_state import State
from pmm_tui.text import quoted

_PATIENCE = 2.0
"""Seconds without a word about how far it is."""


def run(args: argparse.Namespace, context: RunContext) -> int:
    """Write what was asked for. Exit code 1 when something was not written."""
    request = PrintRequest(
        what=args.apa,
        form=args.format,
        folder=expanded(args.ke),
        over=args.timpa,
        together=args.gabung,
        qualitative=args.kualitatif,
        landscape=args.mendatar,
    )
    check_request(request)
    state = _state(args.status)
    if KINDS[request.what].of_each or args.id:  # a list without a word is of all
        ids_or_all(args.id, args.semua, "--semua")
    places = context.for_practice() if args.latihan else context
    with places.open_store(beside=True) as store:
        in_force = places.in_force(store)
        rows = all_rows(store, in_force, places.today())
        chosen, refused = select(store, rows, args.id) if args.id else (list(rows), [])
        papers = papers_of(store, in_force.periode, _with_state(chosen, state))
        wanted = request.what == "perbaikan"
        findings = prerequisites(store, in_force, places.today(), rows).findings if wanted else ()
    school = printed_school(in_force, context.now(), practice=args.latihan, findings=findings)
    report = print_documents(request, papers, school, _Progress(context))
    if args.id:
        refused += [f"{paper.pegawai.nama}: belum ada tanda terima dari server." for paper in report.without_receipt]
    problems = [file.problem for file in report.files if file.problem]
    for sentence in (*in_force.notes, *report.notes, *refused, *problems):
        context.out.say(sentence)
    if args.json:
        context.out.document(_as_json(request, in_force.periode, report, refused))
    else:
        for file in report.written:
            context.out.line(str(file.path))
        context.out.say(_summary(request, report, bool(args.id)))
    return int(bool(refused or problems))


class _Progress:
    """Tells how far a run is that takes long."""

    def __init__(self, context: RunContext) -> None:
        self._context = context
        self._told_at = monotonic()

    def __call__(self, done: int, every: int) -> None:
        if done < every and monotonic() - self._told_at >= _PATIENCE:
            self._told_at = monotonic()
            self._context.out.say(f"{done} dari {every} dokumen …")


def _state(word: str) -> State | None:
    """The state that a word names, with blanks or hyphens; None where none was asked for."""
    if not word:
        return None
    wanted = word.strip().casefold().replace(" ", "-")
    by_word = {state.word.replace(" ", "-"): state for state in State}
    if wanted not in by_word:
        raise UsageError(f"--status {quoted(word)} tidak dikenal; pilih: {', '.join(by_word)}.")
    return by_word[wanted]


def _with_state(rows: list[PlanRow], state: State | None) -> list[PlanRow]:
    return [row for row in rows if state is None or row.state is state]


def _summary(request: PrintRequest, report: PrintReport, asked: bool) -> str:
    """What was written, where, and how many had nothing to print."""
    left = len(report.without_receipt)
    skipped = f" {left} guru belum punya tanda terima, dilewati." if left and not asked else ""
    if not report.files:
        return f"Tidak ada yang cocok; tidak ada berkas yang ditulis.{skipped}"
    return f"{len(report.written)} berkas ditulis ke {request.folder}; isinya data pribadi, simpan baik-baik.{skipped}"


def _as_json(request: PrintRequest, periode: str, report: PrintReport, refused: list[str]) -> dict[str, object]:
    return {
        "periode": periode,
        "apa": request.what,
        "format": request.form,
        "ke": str(request.folder),
        "berkas": [{"berkas": str(file.path), "guru": list(file.teachers), "sebab": file.problem} for file in report.files],
        "tanpa_tanda_terima": [paper.pegawai.id for paper in report.without_receipt],
        "ditolak": refused,
        "catatan": list(report.notes),
    }
