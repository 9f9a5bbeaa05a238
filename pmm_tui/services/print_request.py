"""What can be printed: the kinds of documents, what one asks for, and what a run comes to."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path

from msgspec import Struct

from pmm_tui.cetak.making import Format
from pmm_tui.cetak.subject import PlanPaper
from pmm_tui.errors import UsageError
from pmm_tui.extras import install_command

SUFFIX: dict[Format, str] = {"html": ".html", "pdf": ".pdf", "xlsx": ".xlsx", "csv": ".csv", "teks": ".txt"}


class Kind(Struct, frozen=True):
    """A kind of document: what it is called, its formats, and whether each teacher has one or the school one of all."""

    label: str
    formats: tuple[Format, ...]
    of_each: bool = True


_PAPER: tuple[Format, ...] = ("html", "pdf", "teks")
_LIST: tuple[Format, ...] = ("html", "pdf", "xlsx", "csv", "teks")
KINDS = {
    "skp": Kind("SKP untuk ditandatangani", _PAPER),
    "paraf": Kind("Lembar baca dan paraf", _PAPER),
    "isian": Kind("Lembar isian e-Kinerja", (*_PAPER, "csv")),
    "tanda-terima": Kind("Tanda terima", _PAPER),
    "daftar": Kind("Daftar guru dan keadaannya", _LIST, of_each=False),
    "paraf-rapat": Kind("Daftar paraf untuk rapat", _LIST, of_each=False),
    "belum-dikonfirmasi": Kind("Yang belum dikonfirmasi guru", _LIST, of_each=False),
    "perbaikan": Kind("Daftar perbaikan menurut sistem", _LIST, of_each=False),
    "keputusan": Kind("Daftar keputusan kepala sekolah", _LIST, of_each=False),
}
"""Every kind of document by the word of the command line."""


class PrintRequest(Struct, frozen=True, kw_only=True):
    """What is to be written where.

    `together`: one file for all teachers, the head first, instead of one each; `over`: files that are there may be replaced.
    """

    what: str
    form: Format
    folder: Path
    over: bool = False
    together: bool = False
    qualitative: bool = False
    landscape: bool = False


class PrintedFile(Struct, frozen=True):
    """A file and whose it is (local ids); with a `problem` it was not written."""

    path: Path
    teachers: tuple[int, ...] = ()
    problem: str = ""


class PrintReport(Struct, frozen=True):
    """What a run came to: files, sentences worth knowing, the teachers without a receipt to print, and whether it was stopped."""

    files: tuple[PrintedFile, ...] = ()
    notes: tuple[str, ...] = ()
    without_receipt: tuple[PlanPaper, ...] = ()
    stopped: bool = False

    @property
    def written(self) -> tuple[PrintedFile, ...]:
        """The files that are there now."""
        return tuple(file for file in self.files if not file.problem)

    @property
    def kept(self) -> tuple[PrintedFile, ...]:
        """The files that were there before, and stayed."""
        return tuple(file for file in self.files if file.problem)


class PrintStopped(Exception):
    """Raised by who is told of the progress, to stop a run: the files that are there stay."""


def missing_for(form: Format) -> str:
    """What has to be installed before a format can be written, as a sentence; empty where nothing is."""
    if form != "pdf" or find_spec("reportlab"):
        return ""
    return f"PDF butuh paket tambahan; pasang dengan: {install_command('cetak')}. HTML dan teks bisa tanpa itu."


def check_request(request: PrintRequest) -> None:
    """Raise UsageError for what cannot be printed so: before anything is read or written."""
    kind = KINDS[request.what]
    if request.form not in kind.formats:
        raise UsageError(f"{kind.label} tidak dapat ditulis sebagai {request.form}; pilih {', '.join(kind.formats)}.")
    if missing := missing_for(request.form):
        raise UsageError(missing)
