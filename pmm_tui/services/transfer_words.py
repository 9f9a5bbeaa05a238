"""The words about the file on a USB stick: what was written, what was sent from it, what it brought back."""

from __future__ import annotations

from datetime import datetime, tzinfo
from pathlib import Path
from typing import TYPE_CHECKING

from pmm_tui.dates import clock
from pmm_tui.store.outbox_entry import Conflict, Rejected, Sent
from pmm_tui.sync.transfer_file import Parcel

if TYPE_CHECKING:
    from pmm_tui.services.transfer import Taken, WriteReport, Written
    from pmm_tui.sync.transfer_send import Carried

_AGAIN = "Akan dicoba lagi."
_CONTINUED = "Tidak dicoba lagi dengan sendirinya: bila sudah beres, kirim berkas ini sekali lagi; yang sudah sampai tidak rangkap."


def write_sentence(report: WriteReport) -> str:
    """What went into the file, what stays here, and what comes next."""
    if not (report.plans or report.decisions or report.asked):
        return " ".join(("Kotak Kirim kosong; tidak ada berkas yang ditulis.", *report.held_back))
    counts = ((report.plans, "rencana"), (report.decisions, "keputusan"))
    what = " dan ".join(f"{count} {word}" for count, word in counts if count)
    done = "tertulis ke" if report.size else "akan ditulis ke"
    said = f"{what} {done} {report.path}" if what else f"Tidak ada yang menunggu; {report.path} {_asks(report)}"
    size = f" ({report.size / 1000:.1f} kB, terenkripsi)".replace(".", ",") if report.size else ""
    parts = [f"{said}{size}."]
    if what:
        parts.append("Di sini tetap menunggu sampai tanda terimanya kembali.")
    if what and report.asked:
        parts.append(f"Berkas itu juga menanyakan putusan atas {report.asked} rencana terkirim.")
    if report.later:
        parts.append(f"{report.later} revisi yang lebih baru menyusul sesudah tanda terima revisi sebelumnya kembali.")
    return " ".join((*parts, *report.held_back))


def _asks(report: WriteReport) -> str:
    return f"{'hanya menanyakan' if report.size else 'hanya akan menanyakan'} putusan atas {report.asked} rencana terkirim"


def parcel_sentence(parcel: Parcel) -> str:
    """What a file holds."""
    plans, decisions = parcel.waiting
    waits = " dan ".join(f"{count} {word}" for count, word in ((plans, "rencana"), (decisions, "keputusan")) if count)
    answered = f", {parcel.answered} sudah dijawab server" if parcel.answered else ""
    return f"Berkas sekolah NPSN {parcel.npsn}: {waits or 'tidak ada yang'} menunggu dikirim{answered}."


def carried_sentence(carried: Carried, path: Path) -> str:
    """What was sent from a file, what ended it early, and where it goes now."""
    report = carried.report
    counts = (
        (report.sent, "terkirim"),
        (report.rejected, "ditolak"),
        (report.conflict, "bentrok"),
        (report.deferred, "tertunda"),
        (report.decided, "keputusan terkirim"),
        (report.undecided, "keputusan perlu dilihat lagi"),
        (report.decisions_deferred, "keputusan tertunda"),
        (carried.news, "putusan kepala sekolah diambil"),
    )
    settled = ", ".join(f"{count} {word}" for count, word in counts if count)
    left = report.waiting + report.decisions_waiting
    parts = [f"{settled}." if settled else "" if report.stop else "Tidak ada yang baru: isi berkas ini sudah dijawab server semua."]
    if report.stop:
        parts.append(report.stop.reason.removesuffix(_AGAIN).rstrip())  # nothing here runs by itself, unlike an outbox
    if left:
        parts.append(f"{left} di berkas belum terkirim.")
    if report.stop or left:
        parts.append(_CONTINUED)
    if carried.parcel.answered or carried.news:
        parts.append(f"Hasilnya ada di {path.name}; di komputer asal: pmm-tui terima {path.name}.")
    return " ".join(part for part in parts if part)


def taken_sentence(taken: Taken, *, dry_run: bool = False) -> str:
    """What a file brought, and what it has nothing about."""
    counts = (
        (taken.count(Sent), "rencana terkirim"),
        (taken.count(Rejected), "ditolak server"),
        (taken.count(Conflict), "bentrok"),
        (taken.count(Sent, of="decisions"), "keputusan terkirim"),
        (taken.count(Rejected, of="decisions") + taken.count(Conflict, of="decisions"), "keputusan perlu dilihat lagi"),
        (taken.decided, "putusan kepala sekolah"),
    )
    brought = ", ".join(f"{count} {word}" for count, word in counts if count)
    verb = "Akan dicatat dari berkas" if dry_run else "Dari berkas"
    parts = [f"{verb}: {brought}." if brought else "Tidak ada yang baru di berkas ini."]
    if taken.again and not brought:
        parts.append("Tanda terimanya sudah tercatat di sini.")
    if taken.unanswered:
        parts.append(f"{taken.unanswered} belum dikirim dari berkas ini; tetap menunggu.")
    if taken.foreign:
        parts.append(f"{taken.foreign} bukan dari data di komputer ini, jadi dibiarkan; bawa berkasnya ke komputer asal.")
    if taken.doubtful:
        parts.append(f"{taken.doubtful} tanda terima tidak cocok dengan rencananya, jadi tidak dicatat; rencananya tetap menunggu.")
    return " ".join(parts)


def written_sentence(written: Written | None, now: datetime, zone: tzinfo | None = None) -> str:
    """When a file was last written, for the head of the outbox; empty for never."""
    if written is None:
        return ""
    at = written.at.astimezone(zone)
    today = at.date() == now.astimezone(zone).date()
    return f"terakhir ke berkas {clock(written.at) if today else at.strftime('%d-%m-%Y')}"
