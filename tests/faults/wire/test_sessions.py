"""Random sessions end with server and clients of one opinion."""

from __future__ import annotations

from pathlib import Path

from hypothesis import HealthCheck, settings
from hypothesis.stateful import run_state_machine_as_test

from tests.faults.conftest import Count
from tests.faults.wire.proxy import Proxy
from tests.faults.wire.server_process import Parent, ServerProcess
from tests.faults.wire.session import TEACHERS, Session, World
from tests.faults.wire.wire_kit import fill_store, make_school, settings_for


def test_sessions_end_equal(parent: Parent, folder: Path, many: Count) -> None:
    """Whatever two clients of one school, one of another, the server and the line do, in the end all that was sealed is settled and
    named, the server holds each envelope once, and what was refused goes through after another edit.
    """
    server = ServerProcess(parent, folder / "server.db")
    proxy = Proxy(server.port)
    try:
        sekolah = [make_school(server.database, TEACHERS) for _ in range(2)]
        store = [folder / "toko-0.db", folder / "toko-1.db"]
        for path, owned in zip(store, sekolah, strict=True):
            fill_store(path, settings_for(proxy.url, owned.token), 0)
        Session.world = World(folder, server, proxy, sekolah, store)
        run_state_machine_as_test(
            Session,
            settings=settings(
                max_examples=many(12, 1000),
                stateful_step_count=many(20, 40),
                deadline=None,
                database=None,
                derandomize=many(1, 0) == 1,
                suppress_health_check=list(HealthCheck),
            ),
        )
        print(f"{Session.world.sessions} sessions, {Session.world.steps} steps, {Session.world.sends} runs of the sender")
    finally:
        proxy.stop()
        server.kill()
