"""Random sessions end with servers and clients of one opinion, and nothing replaced unseen on the way."""

from __future__ import annotations

from pathlib import Path

from hypothesis import HealthCheck, settings
from hypothesis.stateful import run_state_machine_as_test

from tests.faults.conftest import Count
from tests.faults.wire.places import Place
from tests.faults.wire.server_process import Parent
from tests.faults.wire.session import TEACHERS, Session, World
from tests.faults.wire.wire_kit import fill_store, settings_for


def test_sessions_end_equal(parent: Parent, folder: Path, many: Count) -> None:
    """Whatever two clients of one school, one of another, another program, two servers and the lines do: nothing is replaced that
    nobody at the replacing computer has seen, nothing lies at another school, in the end all that was sealed is settled and named,
    each server holds each envelope once, and what was refused goes through after another look.
    """
    places: list[Place] = []
    try:
        for name in ("a", "b"):
            places.append(Place(parent, folder, name, places[0].schools if places else [], TEACHERS))
        stores = [folder / "toko-0.db", folder / "toko-1.db"]
        for path, campus in zip(stores, places[0].schools, strict=True):
            fill_store(path, settings_for(places[0].proxy.url, campus.token), 0)
        Session.world = world = World(folder, places, stores)
        run_state_machine_as_test(
            Session,
            settings=settings(
                max_examples=many(20, 1000),
                stateful_step_count=many(20, 40),
                deadline=None,
                database=None,
                derandomize=many(1, 0) == 1,
                suppress_health_check=list(HealthCheck),
            ),
        )
        print(f"{world.sessions} sessions, {world.steps} steps, {world.sends} runs of the sender, {world.replaced} plans replaced")
    finally:
        for place in places:
            place.close()
