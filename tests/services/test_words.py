"""The sentences about plans and envelopes on their way, each said in one place."""

from __future__ import annotations

import pytest
from msgspec import structs

from pmm_tui.services.delivery_words import STATE_WORDS, pull_sentence, send_sentence
from pmm_tui.services.status_words import status_sentence
from pmm_tui.skp.model import Pegawai
from pmm_tui.skp.plan_state import State
from pmm_tui.skp.wire import WireMasalah
from pmm_tui.store import Store
from pmm_tui.store.outbox_entry import STATES
from pmm_tui.sync.pull import PullReport
from pmm_tui.sync.results import SendReport, Stop
from tests.services.conftest import NOW, PERIODE
from tests.tui.samples import full_plan

STOP = Stop(reason="Server tidak terjangkau.", kind="jaringan")


def test_every_state_of_an_envelope_has_words() -> None:
    """Both the column of the outbox and the report of a command have words for each state, the column's within 19 cells."""
    assert STATE_WORDS.keys() == set(STATES)
    assert all(0 < len(words.short) <= 19 and words.full for words in STATE_WORDS.values())
    assert STATE_WORDS["unknown"] == ("antre, belum pasti", "antre, belum tentu sampai; dikirim lagi")


@pytest.mark.parametrize(
    ("report", "sentence"),
    [
        (SendReport(), "Kotak Kirim kosong."),
        (SendReport(sent=3), "3 terkirim."),
        (
            SendReport(sent=3, rejected=1, conflict=2, deferred=4, waiting=5),
            "3 terkirim, 1 ditolak, 2 bentrok, 4 tertunda, 5 menunggu.",
        ),
        (SendReport(waiting=5), "5 menunggu."),
        (SendReport(waiting=5, stop=STOP), "Server tidak terjangkau."),
        (SendReport(sent=1, waiting=5, stop=STOP), "1 terkirim. Server tidak terjangkau."),
    ],
)
def test_what_a_run_of_sending_came_to(report: SendReport, sentence: str) -> None:
    """What was settled is counted, what waits only when nothing ended the run, and what ended it is said last."""
    assert send_sentence(report) == sentence


@pytest.mark.parametrize(
    ("report", "sentence"),
    [
        (PullReport(), "Tidak ada yang baru di server."),
        (PullReport(stop=STOP), "Server tidak terjangkau."),
        (
            PullReport(sekolah=True, new_teachers=2, changed_teachers=1, rapor=True, katalog=True, changes=4),
            "Dari server: data sekolah, 2 guru baru, 1 guru diperbarui, Rapor Pendidikan, katalog, 4 kabar rencana.",
        ),
        (
            PullReport(rapor=True, sentences=("Katalog ditolak.",), stop=STOP),
            "Dari server: Rapor Pendidikan. Katalog ditolak. Server tidak terjangkau.",
        ),
    ],
)
def test_what_a_fetch_brought(report: PullReport, sentence: str) -> None:
    """News are named, remarks follow, and what ended it is said last; nothing new is said only when nothing ended it."""
    assert pull_sentence(report) == sentence


@pytest.mark.parametrize(
    ("state", "sentence"),
    [
        (State.QUEUED, "Antre, akan dikirim saat ada jaringan."),
        (State.SENT, "Perencanaan Kinerja sudah diajukan ke kepala sekolah. Tanda terima TT-7."),
        (State.APPROVED, "Perencanaan Kinerja sudah diajukan ke kepala sekolah dan disetujui. Tanda terima TT-7."),
        (State.RETURNED, "Dikembalikan kepala sekolah untuk diperbaiki. Catatan: Ganti target."),
        (State.TO_FIX, "Server menolak: Isi satu. Isi dua."),
        (State.CONFLICT, "Bentrok: server memegang isi lain untuk rencana ini. Lihat bedanya sebelum mengajukan."),
        (State.CHANGED, "Berubah sejak dikirim; ajukan lagi agar server menerima perubahan ini."),
        (State.DRAFT, ""),
        (State.COMPLETE, ""),
        (State.NOT_STARTED, ""),
    ],
)
def test_what_is_said_of_a_plan_on_its_way(store: Store, ani: Pegawai, state: State, sentence: str) -> None:
    """Each state has its sentence, with receipt, note or reasons of the newest envelope; without an envelope there is none."""
    entry = structs.replace(
        store.outbox.seal(ani, PERIODE, full_plan(), 1, NOW),
        tanda_terima="TT-7",
        catatan="Ganti target.",
        masalah=(WireMasalah("/a", "x", "Isi satu."), WireMasalah("/b", "y", "Isi dua.")),
    )
    assert status_sentence(state, entry) == sentence
    assert status_sentence(state, None) == ""
