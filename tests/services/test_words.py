"""The sentences about plans and envelopes on their way, each said in one place."""

from __future__ import annotations

import pytest
from msgspec import structs

from pmm_tui.services.delivery_words import STATE_WORDS, pull_sentence, send_sentence
from pmm_tui.services.status_words import status_sentence
from pmm_tui.skp.model import Pegawai
from pmm_tui.skp.plan_state import Keadaan
from pmm_tui.skp.wire import MasalahTerkirim
from pmm_tui.store import Store
from pmm_tui.store.outbox_entry import KEADAAN
from pmm_tui.sync.pull import Tarikan
from pmm_tui.sync.results import Ringkasan, Stop
from tests.services.conftest import NOW, PERIODE
from tests.tui.samples import rencana_penuh

STOP = Stop(karena="Server tidak terjangkau.", kind="jaringan")


def test_every_state_of_an_envelope_has_words() -> None:
    """Both the column of the outbox and the report of a command have words for each state, the column's within 19 cells."""
    assert STATE_WORDS.keys() == set(KEADAAN)
    assert all(0 < len(words.short) <= 19 and words.full for words in STATE_WORDS.values())
    assert STATE_WORDS["unknown"] == ("antre, belum pasti", "antre, belum tentu sampai; dikirim lagi")


@pytest.mark.parametrize(
    ("report", "sentence"),
    [
        (Ringkasan(), "Kotak Kirim kosong."),
        (Ringkasan(sent=3), "3 terkirim."),
        (
            Ringkasan(sent=3, rejected=1, conflict=2, deferred=4, waiting=5),
            "3 terkirim, 1 ditolak, 2 bentrok, 4 tertunda, 5 menunggu.",
        ),
        (Ringkasan(waiting=5), "5 menunggu."),
        (Ringkasan(waiting=5, stop=STOP), "Server tidak terjangkau."),
        (Ringkasan(sent=1, waiting=5, stop=STOP), "1 terkirim. Server tidak terjangkau."),
    ],
)
def test_what_a_run_of_sending_came_to(report: Ringkasan, sentence: str) -> None:
    """What was settled is counted, what waits only when nothing ended the run, and what ended it is said last."""
    assert send_sentence(report) == sentence


@pytest.mark.parametrize(
    ("report", "sentence"),
    [
        (Tarikan(), "Tidak ada yang baru di server."),
        (Tarikan(stop=STOP), "Server tidak terjangkau."),
        (
            Tarikan(sekolah=True, pegawai_baru=2, pegawai_berubah=1, rapor=True, katalog=True, perubahan=4),
            "Dari server: data sekolah, 2 guru baru, 1 guru diperbarui, Rapor Pendidikan, katalog, 4 kabar rencana.",
        ),
        (
            Tarikan(rapor=True, kalimat=("Katalog ditolak.",), stop=STOP),
            "Dari server: Rapor Pendidikan. Katalog ditolak. Server tidak terjangkau.",
        ),
    ],
)
def test_what_a_fetch_brought(report: Tarikan, sentence: str) -> None:
    """News are named, remarks follow, and what ended it is said last; nothing new is said only when nothing ended it."""
    assert pull_sentence(report) == sentence


@pytest.mark.parametrize(
    ("state", "sentence"),
    [
        (Keadaan.ANTRE, "Antre, akan dikirim saat ada jaringan."),
        (Keadaan.TERKIRIM, "Perencanaan Kinerja sudah diajukan ke kepala sekolah. Tanda terima TT-7."),
        (Keadaan.DISETUJUI, "Perencanaan Kinerja sudah diajukan ke kepala sekolah dan disetujui. Tanda terima TT-7."),
        (Keadaan.DIKEMBALIKAN, "Dikembalikan kepala sekolah untuk diperbaiki. Catatan: Ganti target."),
        (Keadaan.DIPERBAIKI, "Server menolak: Isi satu. Isi dua."),
        (Keadaan.BENTROK, "Bentrok: server memegang isi lain untuk rencana ini. Lihat Kotak Kirim."),
        (Keadaan.BERUBAH, "Berubah sejak dikirim; ajukan lagi agar server menerima perubahan ini."),
        (Keadaan.DRAF, ""),
        (Keadaan.LENGKAP, ""),
        (Keadaan.BELUM, ""),
    ],
)
def test_what_is_said_of_a_plan_on_its_way(store: Store, ani: Pegawai, state: Keadaan, sentence: str) -> None:
    """Each state has its sentence, with receipt, note or reasons of the newest envelope; without an envelope there is none."""
    entry = structs.replace(
        store.outbox.seal(ani, PERIODE, rencana_penuh(), 1, NOW),
        tanda_terima="TT-7",
        catatan="Ganti target.",
        masalah=(MasalahTerkirim("/a", "x", "Isi satu."), MasalahTerkirim("/b", "y", "Isi dua.")),
    )
    assert status_sentence(state, entry) == sentence
    assert status_sentence(state, None) == ""
