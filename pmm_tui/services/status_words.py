"""What is said of a plan on its way: one sentence for its state."""

from __future__ import annotations

from pmm_tui.skp.plan_state import Keadaan
from pmm_tui.store.outbox_entry import Kiriman

SUBMITTED = "Perencanaan Kinerja sudah diajukan ke kepala sekolah"
QUEUED = "Antre, akan dikirim saat ada jaringan"


def status_sentence(state: Keadaan, newest: Kiriman | None) -> str:
    """What the Rangkuman says about sending; `SUBMITTED` only where a checked receipt stands. `newest` is the newest envelope."""
    if newest is None:
        return ""
    receipt = f"Tanda terima {newest.tanda_terima}. " if newest.tanda_terima else ""
    note = f" Catatan: {newest.catatan}" if newest.catatan else ""
    sentences = {
        Keadaan.ANTRE: f"{QUEUED}.",
        Keadaan.TERKIRIM: f"{SUBMITTED}. {receipt}",
        Keadaan.DISETUJUI: f"{SUBMITTED} dan disetujui. {receipt}",
        Keadaan.DIKEMBALIKAN: f"Dikembalikan kepala sekolah untuk diperbaiki.{note}",
        Keadaan.DIPERBAIKI: " ".join(("Server menolak:", *(m.pesan for m in newest.masalah))),
        Keadaan.BENTROK: "Bentrok: server memegang isi lain untuk rencana ini. Lihat Kotak Kirim.",
        Keadaan.BERUBAH: "Berubah sejak dikirim; ajukan lagi agar server menerima perubahan ini.",
    }
    return sentences.get(state, "").strip()
