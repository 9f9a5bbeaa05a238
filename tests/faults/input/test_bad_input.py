"""Bad input (issue 3, point 6): one clear sentence, the documented exit code, nothing lost, within 5 s and 300 MB."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections import Counter
from pathlib import Path

import msgspec
import pytest

from tests.faults.conftest import Count
from tests.faults.input.case_table import SOURCES, table
from tests.faults.input.cases import Computer
from tests.faults.input.random_cases import MANY
from tests.faults.input.runner import CaseResult, prepare
from tests.faults.input.sentence_rules import flaws, sentences

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="folders, pipes and owners as Linux has them")

ROOT = Path(__file__).parents[3]
FIXED = [name for name in SOURCES if name != "acak"]
EVERY = table(*FIXED)
BOMBS = [name for name in EVERY if name.startswith("bom/")]
CASES = {name: case for name, case in EVERY.items() if name not in BOMBS}
PROCESSES = 2
SECONDS, MEMORY = 5.0, 300_000_000


@pytest.fixture(scope="module")
def result(request: pytest.FixtureRequest) -> dict[str, CaseResult]:
    """What came of each case that is asked for, all run by two fresh processes."""
    asked = [item.callspec.params.get("name") for item in request.session.items if hasattr(item, "callspec")]
    return _run([name for name in CASES if name in asked])


def _run(names: list[str]) -> dict[str, CaseResult]:
    """Run these cases; their files are made first, by this process, as some of them are bombs."""
    with tempfile.TemporaryDirectory(prefix="pmm-masukan-") as place:  # not pytest's folder: that lets nobody else in
        folder = Path(place)
        folder.chmod(0o711)
        cases = table()
        prepare(folder, (cases[name] for name in names))
        return _two_processes(folder)


def _two_processes(folder: Path) -> dict[str, CaseResult]:
    command = [sys.executable, "-m", "tests.faults.input.runner", str(folder)]
    runs = [
        subprocess.Popen([*command, str(part), str(PROCESSES)], cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        for part in range(PROCESSES)
    ]
    told = [run.communicate(timeout=3600) for run in runs]
    assert [(run.returncode, err) for run, (_, err) in zip(runs, told, strict=True)] == [(0, b"")] * PROCESSES
    found = [msgspec.json.decode(line, type=CaseResult) for out, _ in told for line in out.splitlines()]
    return {one.name: one for one in found}


def test_there_are_enough() -> None:
    """The table has at least 300 cases, and many of each kind."""
    kinds = Counter(name.partition("/")[0] for name in CASES)
    assert len(EVERY) >= 300
    assert set(kinds) == {
        "guru",
        "rencana",
        "katalog",
        "konfigurasi",
        "token",
        "basis",
        "lingkungan",
        "perintah",
        "rapor",
        "belajar-id",
    }
    assert min(kinds.values()) >= 20


@pytest.mark.parametrize("name", CASES)
def test_bad_input(name: str, result: dict[str, CaseResult]) -> None:
    """It ends with its exit code, in sentences that keep the rules and name the place; every record is still there."""
    _judge(result[name])


def test_bombs(many: Count) -> None:
    """So do files that inflate, fold or repeat into far more than they weigh; the importer's own tests read all of them."""
    for h in _run(BOMBS[:: many(7, 1)]).values():
        _judge(h)
        assert h.memory <= MEMORY, h


def _judge(h: CaseResult) -> None:
    case = EVERY[h.name]
    _without_trace(h)
    assert h.lost == ()
    assert h.code in case.codes, h
    assert h.seconds <= SECONDS
    said = sentences(h.out, h.err)
    assert all(part in h.out + h.err for part in case.named), h
    if case.language:
        assert said
        assert {line: faults for line in said if (faults := flaws(line))} == {}


def _without_trace(h: CaseResult) -> None:
    assert h.trace == ""
    assert "Traceback" not in h.out + h.err
    assert "Program keliru" not in h.err
    assert h.remaining == ()


def test_memory(result: dict[str, CaseResult]) -> None:
    """The processes that ran all the cases, with the largest of their children, never had more than the bound of one."""
    peak = max(result.values(), key=lambda h: h.memory)
    assert 10_000_000 < peak.memory <= MEMORY, peak.name


def test_damage_at_random(many: Count) -> None:
    """Whatever random damage makes of a good file, nothing crashes, hangs or is lost."""
    names = [f"acak/{number}" for number in range(many(80, MANY))]
    for h in _run(names).values():
        _without_trace(h)
        accepted = ": diperbarui, " in h.out  # the damage left a plan that can be read, which takes the draft's place
        assert [row for row in h.lost if not (accepted and row.startswith("draf "))] == [], h
        assert h.code in (0, 1, 2), h
        assert h.seconds <= SECONDS, h
        assert h.memory <= MEMORY, h
        assert h.code == 0 or h.err or h.out, h


@pytest.mark.parametrize("stream", [">/dev/full", ">&-", "2>&-", "<&-", ">&- 2>&-", "<&- >&- 2>&-", "| true"])
@pytest.mark.parametrize("command", ["daftar --json", "--help", "diagnosa", "layar"])
def test_streams_that_are_not_there(command: str, stream: str, tmp_path: Path) -> None:
    """With a stream that is closed, full or left by its reader there is an exit code, and never a traceback or a report."""
    k = Computer(tmp_path / "rumah")
    k.content()
    shell = f"exec 3>&2; {sys.executable} -m pmm_tui {command} {stream}; echo kode=$? >&3"
    run = subprocess.run(
        ["bash", "-c", shell],
        env=k.env | {"PYTHONPATH": str(ROOT)},
        cwd=k.work,
        capture_output=True,
        text=True,
        timeout=30,
        check=False,
    )
    assert "Traceback" not in run.stderr
    assert "Program keliru" not in run.stderr
    assert not (k.data / "laporan").exists()
    usual = {"layar": 2}.get(command, 0)
    code = int(run.stderr.rpartition("kode=")[2])
    assert code == {">/dev/full": usual or 4, "| true": 0}.get(stream, usual)


def test_an_installation_that_is_not_whole(tmp_path: Path) -> None:
    """Without a package that the program needs, one sentence says which."""
    env = {"PYTHONPATH": str(ROOT), "HOME": str(tmp_path), "PATH": os.environ["PATH"]}
    run = subprocess.run(
        [sys.executable, "-S", "-m", "pmm_tui", "daftar"], env=env, capture_output=True, text=True, timeout=30, check=False
    )
    assert (run.returncode, run.stdout) == (1, "")
    assert flaws(run.stderr.removesuffix("\n")) == []
    assert "msgspec" in run.stderr
