"""The table of lies: each a `Kasus` with an id of its own."""

from __future__ import annotations

from tests.faults.wire.answers import compressed, framing, odd_json, plain_text, statuses, wrong_receipts
from tests.faults.wire.impostor import Kasus

KIRIM: tuple[Kasus, ...] = (
    *statuses.KASUS,
    *compressed.KASUS,
    *odd_json.KASUS,
    *wrong_receipts.KASUS,
    *framing.KASUS,
    *plain_text.KASUS,
)
"""What is said to a batch of envelopes."""

BACAAN: tuple[Kasus, ...] = (*statuses.KASUS, *compressed.KASUS, *odd_json.KASUS, *framing.KASUS, *plain_text.TANPA_HASIL)
"""What is said to whoever asks for a document."""
