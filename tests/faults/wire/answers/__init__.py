"""The table of lies: each a `Case` with an id of its own."""

from __future__ import annotations

from tests.faults.wire.answers import compressed, framing, odd_json, plain_text, statuses, wrong_receipts
from tests.faults.wire.impostor import Case

SEND: tuple[Case, ...] = (
    *statuses.CASES,
    *compressed.CASES,
    *odd_json.CASES,
    *wrong_receipts.CASES,
    *framing.CASES,
    *plain_text.CASES,
)
"""What is said to a batch of envelopes."""

QUESTIONS: tuple[Case, ...] = (*statuses.CASES, *compressed.CASES, *odd_json.CASES, *framing.CASES, *plain_text.NO_RESULT)
"""What is said to whoever asks for a document."""
