"""Hostile files: each ends soon, in bounded memory, with one sentence that says what, where and what next."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from pmm_tui.errors import InputError
from pmm_tui.roster.child import read
from pmm_tui.roster.headings import heading_map
from tests.dapodik import teachers, write_dapodik
from tests.roster.hostile_files import HOSTILE
from tests.roster.hostile_xlsx import HEAVY

pytestmark = pytest.mark.process

ROOT = Path(__file__).parents[2]
STEPS = ("impor", "unduh", "simpan", "salin", "pilih", "periksa", "perbaiki")


@pytest.fixture(scope="session")
def outcomes(tmp_path_factory: pytest.TempPathFactory) -> dict[str, dict[str, Any]]:
    """What reading each file came to, all read by one fresh process."""
    folder = tmp_path_factory.mktemp("hostile")
    for name, make in {**HOSTILE, **HEAVY}.items():
        make(folder / name)
    run = subprocess.run(
        [sys.executable, "-m", "tests.roster.measure", str(folder), *HOSTILE, *HEAVY],
        cwd=ROOT, capture_output=True, text=True, encoding="utf-8", timeout=240, check=True,
    )  # fmt: skip
    assert run.stderr == ""
    lines = [json.loads(line) for line in run.stdout.splitlines()]
    return {line["name"]: line for line in lines}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file_ends_in_one_sentence(name: str, outcomes: dict[str, dict[str, Any]]) -> None:
    """It is refused in one line that starts with the file's name and says what to do next."""
    sentence = outcomes[name]["sentence"]
    assert sentence.startswith(f"{name}: ")
    assert "\n" not in sentence
    assert sentence.endswith(".")
    assert any(word in sentence for word in STEPS)
    assert not any(foreign in sentence for foreign in ("Error", "Traceback", "None", "error"))


@pytest.mark.parametrize("name", [*HOSTILE, *HEAVY])
def test_a_hostile_file_costs_less_than_five_seconds(name: str, outcomes: dict[str, dict[str, Any]]) -> None:
    """Neither a bomb nor the largest file allowed takes the processor longer."""
    assert outcomes[name]["seconds"] < 5


@pytest.mark.skipif(sys.platform == "win32", reason="the peak is asked of POSIX")
def test_hostile_files_stay_within_300_megabytes(outcomes: dict[str, dict[str, Any]]) -> None:
    """The reading process and the largest of its children together never had more."""
    peak = max(outcomes.values(), key=lambda line: line["memory"])
    assert 10_000_000 < peak["memory"] <= 300_000_000, peak


def test_the_largest_allowed_is_no_bomb(tmp_path: Path) -> None:
    """5,000 teachers of Dapodik's file pass the guard; asked without the child, whose deadline a busy computer may miss."""
    path = write_dapodik(tmp_path / "guru.xlsx", teachers(5_000))
    assert len(read(path.read_bytes(), heading_map({}))["rows"]) == 5_000


def test_more_than_the_largest_allowed_is_told_so(tmp_path: Path) -> None:
    """6,000 teachers are refused with the number that is allowed; asked without the child, too."""
    path = write_dapodik(tmp_path / "guru.xlsx", teachers(6_000))
    with pytest.raises(InputError, match="lebih dari 5000 baris"):
        read(path.read_bytes(), heading_map({}))


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("sandi.xlsx", "kata sandi"), ("sandi.xls", "kata sandi"), ("sandi-zip.xlsx", "kata sandi"), ("html.xls", "HTML"),
        ("entitas.xlsx", "entitas"), ("nul.csv", "NUL"), ("kutip-terbuka.csv", "tanda kutip"),
        ("sel-raksasa.csv", "baris 2: satu sel terlalu panjang"), ("baris-raksasa.csv", "sejuta karakter"), ("map.xlsx", "map"),
        ("tanpa-judul.csv", "baris judul"), ("tidak-ada.xlsx", "tidak ditemukan"), ("sel-jauh.xlsx", "baris 1048576"),
        ("kosong.xlsx", "kosong"), ("terlalu-besar.xlsx", "20 MB"), ("ods.xlsx", "OpenDocument"), ("zip.xlsx", "arsip ZIP"),
    ],
)  # fmt: skip
def test_the_sentence_names_the_cause(name: str, words: str, outcomes: dict[str, dict[str, Any]]) -> None:
    """Causes that the operator can do something about are told apart."""
    assert words in outcomes[name]["sentence"]
