"""How a plan stands: every combination of draft, problems and newest envelope."""

from __future__ import annotations

import itertools

import pytest
from msgspec import Struct

from pmm_tui.skp.model import DataDiri, Masalah, Pegawai, RencanaKinerja
from pmm_tui.skp.plan_state import State, changed_since, count_done, plan_state
from pmm_tui.skp.wire import envelope_of, seal

EMPTY = RencanaKinerja()
CONTENT = RencanaKinerja(data_diri=DataDiri(sesuai=True))
BLOCKS = (Masalah("x", "x"),)
WARNING = (Masalah("x", "x", halang=False),)


class EnvelopeCase(Struct):
    """An envelope as the outbox keeps it, of the plan `CONTENT` and edit 3."""

    keadaan: str
    status_server: str = ""
    suntingan: int = 3
    line: bytes = seal(envelope_of(Pegawai(nama="A", nip="1"), "2026", 1, 0, CONTENT))


@pytest.mark.parametrize(
    ("rencana", "suntingan", "masalah", "entry", "wanted"),
    [
        (None, 0, BLOCKS, None, State.NOT_STARTED),
        (EMPTY, 1, BLOCKS, None, State.DRAFT),
        (CONTENT, 1, (), None, State.COMPLETE),
        (CONTENT, 1, WARNING, None, State.COMPLETE),
        (CONTENT, 3, (), EnvelopeCase("queued"), State.QUEUED),
        (CONTENT, 3, (), EnvelopeCase("sending"), State.QUEUED),
        (CONTENT, 3, (), EnvelopeCase("unknown"), State.QUEUED),
        (CONTENT, 3, (), EnvelopeCase("sent"), State.SENT),
        (CONTENT, 3, (), EnvelopeCase("sent", "diajukan"), State.SENT),
        (CONTENT, 3, (), EnvelopeCase("sent", "disetujui"), State.APPROVED),
        (CONTENT, 3, (), EnvelopeCase("sent", "dikembalikan"), State.RETURNED),
        (EMPTY, 4, BLOCKS, EnvelopeCase("sent", "disetujui"), State.CHANGED),
        (EMPTY, 4, (), EnvelopeCase("queued"), State.CHANGED),
        (CONTENT, 5, (), EnvelopeCase("sent"), State.SENT),
        (CONTENT, 3, (), EnvelopeCase("rejected"), State.TO_FIX),
        (EMPTY, 4, BLOCKS, EnvelopeCase("rejected"), State.TO_FIX),
        (EMPTY, 4, (), EnvelopeCase("rejected"), State.COMPLETE),
        (CONTENT, 3, (), EnvelopeCase("conflict"), State.CONFLICT),
        (EMPTY, 4, (), EnvelopeCase("conflict"), State.CONFLICT),
        (CONTENT, 3, (), EnvelopeCase("superseded"), State.COMPLETE),
        (EMPTY, 3, BLOCKS, EnvelopeCase("superseded"), State.DRAFT),
        (None, 0, (), EnvelopeCase("sent"), State.SENT),
    ],
)
def test_how_a_plan_stands(
    rencana: RencanaKinerja | None, suntingan: int, masalah: tuple[Masalah, ...], entry: EnvelopeCase | None, wanted: State
) -> None:
    """Each combination of draft, problems and newest envelope has its one word."""
    assert plan_state(rencana, suntingan, masalah, entry) is wanted


def test_an_edit_that_was_undone_changes_nothing() -> None:
    """What counts as changed is the content, not how often it was edited; an unreadable envelope counts as changed."""
    assert not changed_since(CONTENT, 9, EnvelopeCase("sent"))
    assert changed_since(EMPTY, 9, EnvelopeCase("sent"))
    assert changed_since(CONTENT, 9, EnvelopeCase("sent", line=b"{"))


def test_words_and_signs_tell_the_states_apart() -> None:
    """Every state has a word and two signs of its own, one column wide; the ASCII ones are ASCII."""
    for name in ("word", "sign", "plain_sign"):
        assert len({getattr(k, name) for k in State}) == len(State)
    assert all(len(k.sign) == len(k.plain_sign) == 1 and k.plain_sign.isascii() for k in State)


def test_only_what_the_server_has_is_done() -> None:
    """Sent and approved plans count as done; what waits, changed or was sent back does not."""
    done = {State.SENT, State.APPROVED}
    assert count_done(State) == (2, len(State) - 1)  # the one who needs none is not counted
    assert {k for k in State if k.done} == done
    assert not any(k.done and k.needs_attention for k in itertools.chain(State))


def test_what_waits_to_be_sent_is_submitted_though_not_done() -> None:
    """Nothing is left to submit of a plan that waits, was sent or approved; of every other something is."""
    assert {state for state in State if state.is_submitted} == {State.QUEUED, State.SENT, State.APPROVED}
