"""What an answer to a batch means for each envelope in it, and what is to be done next."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from pmm_tui.store.decision_entry import Sealed
from pmm_tui.store.outbox_entry import Deferred, Outcome, Rejected
from pmm_tui.sync import receipts
from pmm_tui.sync.results import Answered, Refused, Stop


class Verdict(Struct, frozen=True, kw_only=True):
    """`outcomes` by outbox id; `stop` ends the run; `split`: the same envelopes go again in two halves.

    `good`: an answer to what was sent; `strange`: one that speaks of nothing that was. `slow` and `large` ask for smaller batches.
    """

    outcomes: dict[int, Outcome]
    stop: Stop | None = None
    split: bool = False
    good: bool = False
    strange: bool = False
    slow: bool = False
    large: bool = False


def judge(answer: Answered | Refused | Stop, sent: Sequence[Sealed]) -> Verdict:
    """Read an answer to the envelopes in `sent`, of which there is at least one."""
    match answer:
        case Stop():
            outcome = Deferred(answer.reason, answer.untouched)
            slow = answer.kind == "waktu" and not answer.untouched
            return Verdict(outcomes=_each(sent, outcome), stop=answer, slow=slow)
        case Refused() if len(sent) > 1:
            outcome = Deferred("Dikirim lagi dalam bagian yang lebih kecil.")
            return Verdict(outcomes=_each(sent, outcome), split=True, large=answer.too_large)
        case Refused():
            return Verdict(outcomes={sent[0].id: _alone(answer, sent[0])}, large=answer.too_large)
        case Answered():
            outcomes, recognised = receipts.check(answer.items, sent)
            return Verdict(outcomes=outcomes, good=recognised > 0, strange=not recognised)


def strange_answers() -> Stop:
    """The trouble when answers speak of nothing that was sent: another's cached answer, or a changed one."""
    return Stop(
        reason="Jawaban server tidak cocok dengan yang dikirim; jaringan atau proxy mungkin mengubahnya. Akan dicoba lagi.",
        kind="asing",
        status=200,
    )


def _each(sent: Sequence[Sealed], outcome: Outcome) -> dict[int, Outcome]:
    return {entry.id: outcome for entry in sent}


def _alone(refused: Refused, entry: Sealed) -> Outcome:
    """What a refusal means for an envelope that was sent alone.

    Only a 422 that explains itself is about the content; any other may pass once the server is put right, so it is sent again.
    """
    if refused.too_large:
        return Deferred(f"Rencana ini terlalu besar untuk server ({len(entry.line) // 1024 + 1} kB); hubungi pengelola server.")
    if refused.status == 422 and refused.masalah:
        return Rejected(refused.masalah)
    words = f' Kata server: "{refused.masalah[0].pesan}"' if refused.masalah else ""
    return Deferred(f"Server menolak kiriman ini (kode {refused.status}); akan dikirim lagi.{words}")
