"""docs/protocol.md says what the server does."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

import pmm_tui.server
from pmm_tui.server.limits import Limits
from pmm_tui.server.routes import ENDPOINTS, STATUS_PATH
from pmm_tui.skp.wire import MAX_ENVELOPE_BYTES
from tests.server.samples import BLOCK, PAGE, make_examples, without_chance

TEXT = PAGE.read_text("utf-8")
SOURCE = "\n".join(path.read_text("utf-8") for path in sorted(Path(pmm_tui.server.__file__).parent.glob("*.py")))


@pytest.fixture(scope="module")
def examples(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """What the server answers now."""
    return make_examples(tmp_path_factory.mktemp("contoh"))


def test_calls_are_the_route_table() -> None:
    """The calls that have a heading on the page are the route table, no more and no less."""
    documented = set(re.findall(r"^### `([A-Z]+) (/\S+?)`$", TEXT, re.MULTILINE))
    assert documented == {(endpoint.method, endpoint.path) for endpoint in ENDPOINTS} | {("GET", STATUS_PATH)}


def test_examples_are_the_server_s(examples: dict[str, str]) -> None:
    """Every example equals what the server answers, but for what chance and the clock decide; none is missing or left over."""
    on_the_page = {found[2]: found[3] for found in BLOCK.finditer(TEXT)}
    assert on_the_page.keys() == examples.keys()
    for name, text in examples.items():
        assert without_chance(on_the_page[name]) == without_chance(text), f"{name}: run python -m tests.server.samples"


def test_bodies_of_the_examples_are_json() -> None:
    """Every body on the page is JSON, line by line in the one that shows a broken line."""
    bodies = 0
    for exchange in re.findall(r"```http\n(.*?)\n```", TEXT, re.DOTALL):
        head, _, body = exchange.partition("\n\n")
        if "zstd" in head or not body:
            continue
        pieces = body.split("\n") if "ndjson" in head else [body]
        for piece in pieces:
            if piece != '{"pegawai":':
                json.loads(piece)
                bodies += 1
    assert bodies > 20


def test_problem_types_are_on_the_page() -> None:
    """Every problem type that the server can answer is in the page's table with its status, and no other."""
    used = set(re.findall(r'Problem\(\s*(\d{3}), "([a-z-]+)"', SOURCE))
    documented = set(re.findall(r"^\| (\d{3}) \| `/problems/([a-z-]+)` \|", TEXT, re.MULTILINE))
    assert documented == used


def test_codes_of_refusals_are_on_the_page() -> None:
    """Every code that the server itself refuses an envelope or a decision with is in the page's table."""
    used = set(re.findall(r'Refusal\(\s*"([a-z-]+)"', SOURCE)) | {"amplop", "keputusan", "nip-salah", "nuptk-salah"}
    assert used == set(re.findall(r"^\| `([a-z-]+)` \| (?!when)", TEXT, re.MULTILINE))


def test_figures_are_the_server_s() -> None:
    """The limits that the page names are the ones in force."""
    limits = Limits()
    for figure in (
        f"{limits.body_bytes // 1024} kB",
        f"{MAX_ENVELOPE_BYTES // 1024} kB",
        f"{limits.lines} envelopes",
        f"{limits.page} changes",
        f"{limits.keep_alive_seconds} seconds",
        f"{limits.queue_seconds:g} seconds",
        f"{limits.queue_seconds / 2:g} seconds",
        f"{limits.school_bodies} bodies and {limits.school_body_bytes // 2**20} MB at once",
        f"{limits.all_body_bytes // 2**20} MB, and past that",
        f"{limits.school_places} places to write and {limits.school_places} to read; {limits.school_waiting} more",
        f"has {limits.school_places} turns at once",
    ):
        assert figure in TEXT, figure
