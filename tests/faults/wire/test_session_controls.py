"""That the judge of the random sessions sees: clients that break one promise each are caught by the session that would show it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from pmm_tui.services import submit
from pmm_tui.store import outbox_sealing, outbox_settle
from pmm_tui.sync import told_back
from tests.faults.wire.places import Place
from tests.faults.wire.server_process import Parent
from tests.faults.wire.session import TEACHERS, Session, World
from tests.faults.wire.wire_kit import fill_store, settings_for

YEAR = "2026"


@pytest.fixture(scope="module")
def world(parent: Parent, shared_folder: Path) -> Iterator[World]:
    """The world of the sessions."""
    folder = shared_folder / "controls"
    folder.mkdir()
    places: list[Place] = []
    try:
        for name in ("a", "b"):
            places.append(Place(parent, folder, name, places[0].schools if places else [], TEACHERS))
        stores = [folder / "toko-0.db", folder / "toko-1.db"]
        for path, campus in zip(stores, places[0].schools, strict=True):
            fill_store(path, settings_for(places[0].proxy.url, campus.token), 0)
        yield World(folder, places, stores)
    finally:
        for place in places:
            place.close()


@pytest.fixture
def session(world: World) -> Iterator[Session]:
    """A session that a test plays by itself."""
    Session.world = world
    played = Session()
    for client in played.clients:
        played._set(client, total=20.0)
    yield played
    for client in played.clients:
        client.close()


def _newer_on_the_server(session: Session) -> None:
    session.edits(0, 0, YEAR, 1)
    session.works(1, 0, YEAR, 2, look=False)
    session.pulls_smoothly(0, YEAR)


def _seals_below(session: Session) -> None:
    _newer_on_the_server(session)
    session.seals_below_the_services(0, 0, YEAR, 3)
    session.send_smoothly(0)


def _looks(session: Session) -> None:
    _newer_on_the_server(session)
    session.looks_and_keeps_ours(0, 0, YEAR)
    session.send_smoothly(0)


def _submits(session: Session) -> None:
    _newer_on_the_server(session)
    session.submits_without_looking(0, 0, YEAR)


def _loses_a_day(session: Session) -> None:
    session.pulls_smoothly(0, YEAR)
    session.loses_a_day(0, 0, 0, 1)


def _plays_with_the_other_token(session: Session) -> None:
    session.edits_and_seals(0, 0, YEAR, 1)
    session.exchanges_tokens(0)
    session.send_smoothly(0)
    session.pulls_smoothly(0, YEAR)


PLAYS: dict[str, Callable[[Session], None]] = {
    "seals-below": _seals_below,
    "looks": _looks,
    "submits": _submits,
    "loses-a-day": _loses_a_day,
    "other-token": _plays_with_the_other_token,
}


def _judged(session: Session, play: str) -> None:
    PLAYS[play](session)
    session.fair.check(session.clients)


@pytest.mark.parametrize("play", PLAYS)
def test_the_program_as_it_is_plays_fair(session: Session, play: str) -> None:
    """Each of the plays below passes with the program as it is."""
    _judged(session, play)


@pytest.mark.parametrize(
    ("play", "module", "name", "broken", "said"),
    [
        ("seals-below", outbox_sealing, "_base", lambda connection, pegawai_id, periode, _: outbox_sealing.held(
            connection, pegawai_id, periode), "never saw"),
        ("submits", submit, "_unseen", lambda *_: "", "nobody has seen"),
        ("loses-a-day", outbox_settle, "settle_told", lambda *_: (0, 0, frozenset()), "nothing is there"),
        ("loses-a-day", told_back, "is_missing", lambda *_: False, "nothing is there"),
    ],
    ids=["base-is-what-was-told", "submits-unseen", "sent-stays-sent", "cursor-alone"],
)  # fmt: skip
def test_a_program_that_plays_foul_is_caught(
    session: Session, monkeypatch: pytest.MonkeyPatch, play: str, module: Any, name: str, broken: Any, said: str
) -> None:
    """The same plays with one mend taken back."""
    monkeypatch.setattr(module, name, broken)
    with pytest.raises(AssertionError, match=said):
        _judged(session, play)


def test_a_plan_at_another_school_is_caught(session: Session) -> None:
    """A server that holds a plan of one school among those of another."""
    session.works(0, 0, YEAR, 1, look=False)
    session.fair.check(session.clients)
    (sha256,) = session.fair.registry
    owner = session.fair.registry[sha256]
    session.fair.registry[sha256] = type(owner)(npsn=session.clients[2].npsn, seen=owner.seen)
    session.fair._judged = [set() for _ in session.world.places]
    with pytest.raises(AssertionError, match="is at school"):
        session.fair.check(session.clients)
