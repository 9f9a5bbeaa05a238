"""What is said of a plan on its way: one sentence for its state."""

from __future__ import annotations

from datetime import datetime

from pmm_tui.dates import date_and_time
from pmm_tui.skp.plan_state import State
from pmm_tui.store.outbox_entry import HeldPlan, OutboxEntry
from pmm_tui.text import shorten

SUBMITTED = "Perencanaan Kinerja sudah diajukan ke kepala sekolah"
QUEUED = "Antre, akan dikirim saat ada jaringan"

LOCKED = "Rencana yang disetujui tidak dapat diubah: server menolaknya sampai kepala sekolah mengembalikan rencana ini."
"""Why an approved plan is locked, and the way out."""
APPROVED_THERE = "Kepala sekolah sudah menyetujui yang di server; minta dikembalikan dulu bila harus diubah."
"""Why ours cannot go: another computer's revision was approved meanwhile."""
READING = "Dibuka untuk dibaca; mengubahnya ditanyakan dahulu"


def status_sentence(state: State, newest: OutboxEntry | None, held: HeldPlan | None = None) -> str:
    """What the Rangkuman says about sending; `SUBMITTED` only where a checked receipt stands.

    `newest` is the newest envelope, `held` what the server holds and nobody here has seen.
    """
    if state is State.NEWER and held is not None:
        return f"Lebih baru di server: {held_words(held)}. Lihat bedanya sebelum mengajukan."
    if newest is None:
        return ""
    holds = held_words(held) if held else "isi lain untuk rencana ini"
    receipt = f"Tanda terima {newest.tanda_terima}. " if newest.tanda_terima else ""
    note = f" Catatan: {newest.catatan}" if newest.catatan else ""
    sentences = {
        State.QUEUED: f"{QUEUED}.",
        State.SENT: f"{SUBMITTED}. {receipt}",
        State.APPROVED: f"{SUBMITTED} dan disetujui. {receipt}",
        State.RETURNED: f"Dikembalikan kepala sekolah untuk diperbaiki.{note}",
        State.TO_FIX: " ".join(("Server menolak:", *(m.pesan for m in newest.masalah))),
        State.CONFLICT: f"Bentrok: server memegang {holds}. Lihat bedanya sebelum mengajukan.",
        State.CHANGED: "Berbeda dari yang dikirim komputer lain; ajukan agar server menerima isi ini."
        if newest.asal
        else "Berubah sejak dikirim; ajukan lagi agar server menerima perubahan ini.",
    }
    return sentences.get(state, "").strip()


def held_words(held: HeldPlan) -> str:
    """Which revision the server holds, of whom and from when, for people."""
    by = shorten(held.oleh, 60) or "komputer lain"
    return f"revisi {held.revisi} dari {by}" + (f", {time_words(held.waktu)}" if held.waktu else "")


def time_words(text: str) -> str:
    """A server's time in words, in the computer's own time zone; as it came, cut, where it is none."""
    try:
        return date_and_time(datetime.fromisoformat(text))
    except (ValueError, OverflowError, OSError):  # the last two: a year that no clock of this computer knows
        return shorten(text, 60)
