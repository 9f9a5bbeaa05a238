"""What is said of a plan on its way: one sentence for its state."""

from __future__ import annotations

from datetime import datetime

from pmm_tui.dates import date_and_time
from pmm_tui.skp.plan_state import State
from pmm_tui.store.outbox_entry import HeldPlan, OutboxEntry

SUBMITTED = "Perencanaan Kinerja sudah diajukan ke kepala sekolah"
QUEUED = "Antre, akan dikirim saat ada jaringan"

LOCKED = "Rencana yang disetujui tidak dapat diubah: server menolaknya sampai kepala sekolah mengembalikan rencana ini."
"""Why an approved plan is locked, and the way out."""
READING = "Dibuka untuk dibaca; mengubahnya ditanyakan dahulu"


def status_sentence(state: State, newest: OutboxEntry | None, held: HeldPlan | None = None) -> str:
    """What the Rangkuman says about sending; `SUBMITTED` only where a checked receipt stands.

    `newest` is the newest envelope, `held` what the server holds and nobody here has seen.
    """
    if state is State.NEWER and held is not None:
        return f"Lebih baru di server: {held_words(held)}. Lihat bedanya sebelum mengajukan."
    if newest is None:
        return ""
    receipt = f"Tanda terima {newest.tanda_terima}. " if newest.tanda_terima else ""
    note = f" Catatan: {newest.catatan}" if newest.catatan else ""
    sentences = {
        State.QUEUED: f"{QUEUED}.",
        State.SENT: f"{SUBMITTED}. {receipt}",
        State.APPROVED: f"{SUBMITTED} dan disetujui. {receipt}",
        State.RETURNED: f"Dikembalikan kepala sekolah untuk diperbaiki.{note}",
        State.TO_FIX: " ".join(("Server menolak:", *(m.pesan for m in newest.masalah))),
        State.CONFLICT: "Bentrok: server memegang isi lain untuk rencana ini. Lihat Kotak Kirim.",
        State.CHANGED: "Berbeda dari yang dikirim komputer lain; ajukan agar server menerima isi ini."
        if newest.asal
        else "Berubah sejak dikirim; ajukan lagi agar server menerima perubahan ini.",
    }
    return sentences.get(state, "").strip()


def held_words(held: HeldPlan) -> str:
    """Which revision the server holds, of whom and from when."""
    by = held.oleh or "komputer lain"
    try:
        when = date_and_time(datetime.fromisoformat(held.waktu))
    except (ValueError, OverflowError):
        when = held.waktu
    return f"revisi {held.revisi} dari {by}" + (f", {when}" if when else "")
