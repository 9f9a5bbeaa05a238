"""What the documents are about: a teacher's plan with what became of it, the school, and the words that several of them need."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from msgspec import Struct, structs

from pmm_tui.cetak.document import NOTHING, Code, Line, Paragraph, paragraph
from pmm_tui.dates import MONTHS, date_and_time, long_date, parse_date
from pmm_tui.skp.finding import Finding
from pmm_tui.skp.katalog import Katalog
from pmm_tui.skp.model import Masalah, Pegawai, Rapor, RencanaKinerja, Sekolah, Tugas
from pmm_tui.skp.person import is_head
from pmm_tui.skp.plan_state import State
from pmm_tui.skp.rangkuman import (
    bukti_rhk,
    golongan_in_force,
    jenjang_in_force,
    pangkat_golongan,
    praktik_sentence,
    rhk_sentence,
    satuan_rhk,
    tugas_sentence,
)
from pmm_tui.text import shorten

BLANK = "." * 28
"""A place to write on by hand."""
NOT_OFFICIAL = "bukan dokumen resmi; yang sah ada di Ruang GTK / e-Kinerja BKN."
WINDOW = ("lewat-batas", "belum-buka")
"""Problems of the calendar: nobody mends them in a teacher's plan."""


class Receipt(Struct, frozen=True, kw_only=True):
    """What the server has confirmed of a plan's newest envelope; `at` and `note` are its words, `sha256` is of what was sent."""

    revision: int
    number: str
    at: str = ""
    note: str = ""
    sha256: str = ""


class PlanPaper(Struct, frozen=True, kw_only=True):
    """A teacher's plan as it is printed.

    `rencana` is empty for one that was never begun, and what the server holds where the plan is done; `edit` counts the draft's
    edits. `expectations` are the head's special expectations, by the value's id.
    """

    pegawai: Pegawai
    rencana: RencanaKinerja
    state: State
    edit: int = 0
    masalah: tuple[Masalah, ...] = ()
    receipt: Receipt | None = None
    expectations: Mapping[str, str] = {}

    @property
    def blocking(self) -> tuple[Masalah, ...]:
        """The problems that stop the plan from being sent."""
        return tuple(m for m in self.masalah if m.halang)


class PrintSchool(Struct, frozen=True, kw_only=True):
    """The school and the period that the documents are of, and when they are made; `practice`: nobody in it exists.

    `findings` are what has to be mended before entry; only the list of that needs them.
    """

    sekolah: Sekolah
    katalog: Katalog
    periode: str
    rapor: Rapor
    printed_at: datetime
    practice: bool = False
    findings: tuple[Finding, ...] = ()

    def of(self, pegawai: Pegawai) -> PrintSchool:
        """The school with the choices that this teacher plans by: a kepala sekolah has others."""
        return structs.replace(self, katalog=self.katalog.for_jenis_ptk(pegawai.jenis_ptk))

    @property
    def watermark(self) -> str:
        """What stands across the pages of a plan."""
        return "LATIHAN" if self.practice else "DRAF"

    @property
    def label(self) -> str:
        """The period's name for people."""
        found = self.katalog.find_periode(self.periode)
        return found.label if found else self.periode

    @property
    def span(self) -> str:
        """`1 JANUARI SD 31 DESEMBER TAHUN 2026`."""
        found = self.katalog.find_periode(self.periode)
        if found is None:
            return self.periode.upper()
        first, last = (f"{day.day} {MONTHS[day.month - 1]}".upper() for day in (found.mulai, found.selesai))
        return f"{first} SD {last} TAHUN {found.selesai.year}"


class WorkResult(Struct, frozen=True):
    """One hasil kerja of the SKP: sentence, what is counted, how many, what proves it; `note` says more about it."""

    sentence: str
    indikator: str
    target: str
    bukti: str = ""
    note: str = ""


def main_results(paper: PlanPaper, katalog: Katalog) -> tuple[WorkResult, ...]:
    """Hasil kerja utama: the chosen indicator of practice, then the RHK of Pengembangan Kompetensi."""
    praktik, rencana = katalog.praktik, paper.rencana
    found = [
        WorkResult(praktik_sentence(item, katalog), _counted(praktik.satuan), f"{praktik.target} {praktik.satuan}".strip())
        for item in rencana.praktik_pembelajaran.indikator
    ]
    for rhk in rencana.pengembangan_kompetensi.rhk:
        satuan = satuan_rhk(rhk, katalog)
        sentence = rhk_sentence(rhk, katalog) or NOTHING
        found.append(WorkResult(sentence, _counted(satuan), f"{rhk.target} {satuan}".strip(), bukti_rhk(rhk, katalog)))
    return tuple(found)


def extra_results(paper: PlanPaper, katalog: Katalog) -> tuple[WorkResult, ...]:
    """Hasil kerja tambahan: the tugas tambahan."""
    bukti, found = katalog.tugas_tambahan_umum.bukti, []
    for tugas in paper.rencana.tugas_tambahan.tugas:
        kind = katalog.find_tugas(tugas.tugas)
        sentence = tugas_sentence(kind, katalog) if kind else tugas.tugas
        target = f"{kind.jp} JP per minggu" if kind and kind.jp else "sesuai SK"
        found.append(WorkResult(sentence, "Pelaksanaan tugas menurut SK", target, bukti, decree(tugas)))
    return tuple(found)


def _counted(satuan: str) -> str:
    return f"Jumlah {satuan}" if satuan else "Jumlah"


def decree(tugas: Tugas) -> str:
    """`SK 421/7, 5 Januari 2026`; empty where neither is known."""
    day = parse_date(tugas.tanggal_sk)
    parts = (tugas.nomor_sk, long_date(day) if day else tugas.tanggal_sk)
    told = ", ".join(part for part in parts if part)
    return f"SK {told}" if told else ""


def is_pppk(pegawai: Pegawai, katalog: Katalog) -> bool:
    """Whether the teacher is employed by contract, whose number has another name."""
    status = katalog.find_status(pegawai.status_kepegawaian)
    return bool(status and status.id.startswith("pppk"))


def number_label(pegawai: Pegawai, katalog: Katalog) -> str:
    """What the teacher's number is called on paper."""
    return "NI PPPK" if is_pppk(pegawai, katalog) else "NIP"


def rank(paper: PlanPaper, katalog: Katalog) -> str:
    """Pangkat and golongan; of PPPK the golongan alone."""
    return pangkat_golongan(golongan_in_force(paper.rencana, paper.pegawai), katalog) or NOTHING


def post(paper: PlanPaper, school: PrintSchool) -> str:
    """The teacher's post: the career level, else the kind of teacher; who is only acting head keeps the own one."""
    if is_head(paper.pegawai, school.sekolah) and not school.sekolah.kepala_sekolah.plt:
        return head_post(school.sekolah)
    item_id, _ = jenjang_in_force(paper.rencana, paper.pegawai, school.katalog)
    found = school.katalog.find_jenjang(item_id)
    return found.label if found else paper.pegawai.jenis_ptk or NOTHING


def head_post(sekolah: Sekolah) -> str:
    """What the head is called."""
    return "Plt. Kepala Sekolah" if sekolah.kepala_sekolah.plt else "Kepala Sekolah"


class Rater(Struct, frozen=True):
    """The pejabat penilai as printed; what is not known is a place to write on."""

    name: str
    number: str
    rank: str
    post: str
    unit: str


def rater_of(paper: PlanPaper, school: PrintSchool) -> Rater:
    """Who rates the plan: the head; the head's own is rated by their atasan, mostly the kepala dinas."""
    head, above = school.sekolah.kepala_sekolah, school.sekolah.atasan
    if is_head(paper.pegawai, school.sekolah):
        told = (above.nama, above.nip, above.pangkat, above.jabatan or "Kepala Dinas", above.unit_kerja)
        return Rater(*(text or BLANK for text in told))
    unit = school.sekolah.nama or BLANK
    return Rater(head.nama or BLANK, head.nip or BLANK, head.pangkat or BLANK, head_post(school.sekolah), unit)


def time_of(text: str) -> str:
    """A server's time in words; as it came, cut, where it is none."""
    try:
        return date_and_time(datetime.fromisoformat(text))
    except (ValueError, OverflowError, OSError):  # the last two: a year that no clock of this computer knows
        return shorten(text, 60)


def version_sentence(paper: PlanPaper) -> str:
    """Which version of the plan the page shows, and whether the server has that one."""
    receipt = paper.receipt
    if receipt and paper.state.done:
        at = f", diterima server {time_of(receipt.at)}" if receipt.at else ""
        decided = ", disetujui kepala sekolah" if paper.state is State.APPROVED else ""
        return f"Versi {receipt.revision}, tanda terima {receipt.number}{at}{decided}."
    own = f"suntingan {paper.edit}" if paper.edit else "belum diisi"
    if paper.state is State.NEWER:
        return f"Di server ada versi lebih baru yang belum dilihat di sini ({own})."
    if paper.state is State.CONFLICT:
        return f"Bentrok: server memegang isi lain ({own})."
    if paper.state is State.QUEUED:
        return f"Antre, belum sampai di server ({own})."
    if receipt and paper.state is State.RETURNED:
        return f"Versi {receipt.revision} dikembalikan kepala sekolah{f'; perbaikannya belum diajukan ({own})' * bool(paper.edit)}."
    if receipt:
        return f"Isi halaman ini belum diajukan ({own}); server memegang versi {receipt.revision}."
    return f"Belum diajukan ({own})."


def draft_notice(paper: PlanPaper, school: PrintSchool) -> Paragraph:
    """The first lines of every page about a plan: that it is a draft, of which version, and when it was printed."""
    kind = "LATIHAN, semua orang di sini khayalan – " if school.practice else "DRAF – "
    printed = f"Dicetak {date_and_time(school.printed_at)}."
    return paragraph(Line(kind + NOT_OFFICIAL, bold=True), f"{version_sentence(paper)} {printed}", small=True)


def receipt_code(paper: PlanPaper, school: PrintSchool) -> tuple[Code, ...]:
    """The receipt's code: period, version and receipt, no name and no number of anybody; none while the server lacks the plan."""
    if paper.receipt is None or not paper.receipt.number or not paper.state.done:
        return ()
    content = f"pmm1:{school.periode}:{paper.receipt.revision}:{shorten(paper.receipt.number, 60)}"
    return (Code(content, "Tanda terima pengajuan"),)


def footer_of(paper: PlanPaper, school: PrintSchool) -> str:
    """Whose document it is."""
    number = f" ({number_label(paper.pegawai, school.katalog)} {paper.pegawai.nip})" if paper.pegawai.nip else ""
    return f"Dokumen milik {paper.pegawai.nama}{number}"
