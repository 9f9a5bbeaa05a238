"""The words about delivery: what became of an envelope, what a run of sending came to, what a fetch brought."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING, NamedTuple

from pmm_tui.store.outbox_entry import State, is_in_file

if TYPE_CHECKING:
    from pmm_tui.services.roles import Role
    from pmm_tui.sync.pull import PullReport
    from pmm_tui.sync.results import SendReport


class StateWords(NamedTuple):
    """An envelope's state: `short` in a column of the outbox, `full` where a command reports."""

    short: str
    full: str


STATE_WORDS: dict[State, StateWords] = {
    "queued": StateWords("antre", "antre"),
    "sending": StateWords("sedang dikirim", "antre"),
    "unknown": StateWords("antre, belum pasti", "antre, belum tentu sampai; dikirim lagi"),
    "sent": StateWords("terkirim", "terkirim"),
    "rejected": StateWords("ditolak", "ditolak server"),
    "conflict": StateWords("bentrok", "bentrok dengan isi di server"),
    "superseded": StateWords("diganti", "diganti revisi yang lebih baru"),
}


_IN_FILE = StateWords("di berkas", "di berkas, menunggu tanda terimanya")


def state_words(state: State, note: str) -> StateWords:
    """The words for an envelope or decision; what was only written into a file was not sent by anybody here."""
    return _IN_FILE if is_in_file(state, note) else STATE_WORDS[state]


def send_sentence(report: SendReport) -> str:
    """What a run came to: what was settled, what ended it early, what still waits."""
    counts = (
        (report.sent, "terkirim"),
        (report.rejected, "ditolak"),
        (report.conflict, "bentrok"),
        (report.deferred, "tertunda"),
    )
    decided = (
        (report.decided, "keputusan terkirim"),
        (report.undecided, "keputusan perlu dilihat lagi"),
        (report.decisions_deferred, "keputusan tertunda"),
    )
    settled = ", ".join(f"{count} {word}" for count, word in (*counts, *decided) if count)
    left = ((report.waiting, "menunggu"), (report.decisions_waiting, "keputusan menunggu"))
    waiting = ", ".join(f"{count} {word}" for count, word in left if count and not report.stop)
    parts = ", ".join(part for part in (settled, waiting) if part)
    said = f"{parts}." if parts else "" if report.stop else "Kotak Kirim kosong."
    return " ".join(part for part in (*report.sentences, said, report.stop.reason if report.stop else "") if part)


def pull_sentence(report: PullReport) -> str:
    """What a fetch brought, and the trouble that ended it early."""
    parts = (
        (report.sekolah, "data sekolah"),
        (report.new_teachers, f"{report.new_teachers} guru baru"),
        (report.known_teachers, f"{report.known_teachers} guru sudah ada di sini, datanya sama"),
        (report.changed_teachers, f"{report.changed_teachers} guru diperbarui"),
        (report.rapor, "Rapor Pendidikan"),
        (report.katalog, "katalog"),
        (report.changes, f"{report.changes} kabar rencana"),
    )
    news = ", ".join(text for new, text in parts if new)
    nothing = "" if report.stop else "Tidak ada yang baru di server."
    said = f"Dari server: {news}." if news else nothing
    return " ".join((said, *report.sentences, *report.news, report.stop.reason if report.stop else "")).strip()


def not_fetched_sentence(report: PullReport, roles: Collection[Role]) -> str:
    """What an operator's first fetch on a computer does not bring, where plans of other computers came with it; else nothing."""
    if not (report.first and report.changes) or report.stop or "operator" not in roles:
        return ""
    return (
        "Draf yang belum diajukan di komputer lain tidak ikut; membawanya: pmm-tui rencana ekspor di sana,"
        " lalu rencana impor di sini."
    )
