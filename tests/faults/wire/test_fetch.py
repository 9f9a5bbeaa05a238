"""Fetching what the server lends is cut at every byte: the next fetch ends where one that was never cut does."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.faults.conftest import Count
from tests.faults.wire.conftest import Stage
from tests.faults.wire.disturbances import Disturbance
from tests.faults.wire.wire_kit import PERIODE, WireClient, copied, fill_store, make_school, rencana, settings_for
from tests.store.samples import held

TEACHERS = 4


@pytest.fixture
def empty(stage: Stage, folder: Path) -> tuple[Path, str]:
    """A store that has fetched nothing but its roster, while another computer of the school has sent plans; and the token."""
    stage.proxy.cleared()
    sekolah = make_school(stage.server.database, TEACHERS)
    settings = settings_for(stage.proxy.url, sekolah.token)
    fill_store(folder / "kosong.db", settings, 0)
    other = WireClient(copied(folder / "kosong.db", folder / "lain.db"), settings)
    for revision in range(2):
        for number, pegawai in enumerate(other.store.roster.all()[:3]):
            other.store.outbox.seal(pegawai, PERIODE, rencana(10 * revision + number), 1, other.clock())
        assert other.send().sent == 3
    other.close()
    return folder / "kosong.db", sekolah.token


def _opinion(client: WireClient) -> Any:
    """All that a client knows after fetching."""
    store = client.store
    plans = {k.sha256: (k.kunci["nip"], k.revisi, k.keadaan, k.tanda_terima, k.status_server) for k in store.outbox.all()}
    roster = store.roster.all()
    return roster, plans, store.drafts.all(PERIODE).keys(), [held(store, p.id, PERIODE) for p in roster]


def test_fetch_cut_at_every_byte(stage: Stage, empty: tuple[Path, str], folder: Path, many: Count) -> None:
    """Wherever a fetch breaks off, nothing of it is taken by halves, and the next one brings all that is missing."""
    path, token = empty
    proxy, settings = stage.proxy, settings_for(stage.proxy.url, token)
    whole = WireClient(copied(path, folder / "utuh.db"), settings)
    assert whole.pull().stop is None
    wanted = _opinion(whole)
    whole.close()
    proxy.settled()
    passed, step = proxy.history[-1], many(149, 1)
    assert len(wanted[1]) == 3
    faults = [Disturbance(cut_up=at, manner="reset") for at in range(0, passed.up, step)]
    faults += [Disturbance(cut_down=at) for at in range(0, passed.down, step)]
    for fault in faults:
        client = WireClient(copied(path, folder / "terputus.db"), settings)
        proxy.install(fault)
        client.pull()
        proxy.cleared()
        after = client.pull()
        assert after.stop is None, (fault, after)
        assert _opinion(client) == wanted, fault
        client.close()
