"""The table of lies: each a `Kasus` with an id of its own."""

from __future__ import annotations

from tests.faults.kawat.jawaban import bingkai, json_aneh, mampat, resi_salah, status, teks
from tests.faults.kawat.penipu import Kasus

KIRIM: tuple[Kasus, ...] = (*status.KASUS, *mampat.KASUS, *json_aneh.KASUS, *resi_salah.KASUS, *bingkai.KASUS, *teks.KASUS)
"""What is said to a batch of envelopes."""

BACAAN: tuple[Kasus, ...] = (*status.KASUS, *mampat.KASUS, *json_aneh.KASUS, *bingkai.KASUS, *teks.TANPA_HASIL)
"""What is said to whoever asks for a document."""
