"""Receipt numbers: one series a batch, and none twice."""

from __future__ import annotations

import re
import secrets
from collections.abc import AsyncIterator
from contextlib import closing
from pathlib import Path
from typing import Any

import httpx
import pytest

from pmm_tui.server.asgi import create_app
from pmm_tui.server.engine import Database
from pmm_tui.server.tokens import create_token
from tests.server.sample_school import envelope

pytestmark = pytest.mark.anyio

NIP = [f"1985071420100110{number:02}" for number in range(10, 50)]


@pytest.fixture
async def http(tmp_path: Path) -> AsyncIterator[httpx.AsyncClient]:
    """A server whose chance begins every series of receipts alike."""
    url = str(tmp_path / "server.db")
    headers = {"authorization": f"Bearer {create_token(url, '20500999', 'operator')}"}
    with closing(Database(url)) as database:
        app = create_app(database, chance=lambda n: bytes(n) if n == 6 else secrets.token_bytes(n))
        async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://server", headers=headers) as client:
            yield client
        app.state.calls.close()


async def post(http: httpx.AsyncClient, numbers: list[str]) -> list[str]:
    """Submit a plan for each NIP; the receipts in order."""
    lines = [envelope({"nip": nip, "nama": "Budi"}) for nip in numbers]
    found: list[dict[str, Any]] = (await http.post("/v1/rencana", content=b"\n".join(lines))).json()["hasil"]
    assert {result["keadaan"] for result in found} == {"tersimpan"}
    return [result["tanda_terima"] for result in found]


async def test_a_batch_has_a_series(http: httpx.AsyncClient) -> None:
    """The receipts of one batch differ in their last two letters alone."""
    found = await post(http, NIP[:35])

    assert all(re.fullmatch(r"R-[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}", receipt) for receipt in found)
    assert found == sorted(set(found))
    assert {receipt[:-2] for receipt in found} == {found[0][:-2]}


async def test_no_receipt_is_given_twice(http: httpx.AsyncClient) -> None:
    """A series that chance begins a second time goes on where it ended."""
    first = await post(http, NIP[:3])
    second = await post(http, NIP[3:6])

    assert len({*first, *second}) == 6
    assert first[0][:-2] == second[0][:-2]
