"""The practice school's plans: an approved and a returned one for the operator, and some that wait when the head practises."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import httpx
import pytest

from pmm_tui.practice.handed_in import DECIDED, WAITING
from pmm_tui.practice.loopback import HEAD_TOKEN, TOKEN
from pmm_tui.practice.process import PracticeServer


def told(url: str, token: str, path: str) -> dict[str, Any]:
    """What the practice server answers to a token."""
    with httpx.Client(base_url=url, headers={"Authorization": f"Bearer {token}"}, trust_env=False) as http:
        answer = http.get(path)
    assert answer.status_code == 200
    return dict(answer.json())


@pytest.mark.parametrize("acting", [False, True])
def test_plans_to_be_met(tmp_path: Path, acting: bool) -> None:
    """The operator meets what was decided; the head's plans wait beside it; a start anew changes nothing that is there."""
    with PracticeServer(tmp_path, acting) as server:
        url = server.reach().result(60).url
        operator, head = ((tmp_path / name).read_text("ascii").strip() for name in (TOKEN, HEAD_TOKEN))
        assert [told(url, token, "/v1/sekolah")["peran"] for token in (operator, head)] == ["operator", "kepala_sekolah"]
        first = told(url, operator, "/v1/rencana")
        assert sorted(one["status"] for one in first["perubahan"]) == ["dikembalikan", "disetujui"]
        assert len(first["perubahan"]) == len(DECIDED)
    for _ in range(2):
        with PracticeServer(tmp_path, acting, head=True) as server:
            url, token = server.reach().result(60)
            assert token == head
            found = told(url, token, "/v1/rencana")["perubahan"]
            assert len(found) == len(DECIDED) + len(WAITING)
            waits = "disetujui" if acting else "diajukan"
            assert [one["status"] for one in found[len(DECIDED) :]] == [waits] * len(WAITING)
            assert found[: len(DECIDED)] == first["perubahan"]
