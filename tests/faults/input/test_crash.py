"""A bug of ours (issue 3, point 8): the draft is saved, the report and the terminal hold no value, one sentence, exit code 1."""

from __future__ import annotations

import json
import re
import stat
import sys
from pathlib import Path

import pytest

from pmm_tui.skp.model import Pegawai, RencanaKinerja
from pmm_tui.store import Store
from tests.faults.input.broken import BUG, NAME, NIP, TOKEN
from tests.faults.input.cases import MOMENT, PERIODE, RENCANA
from tests.faults.input.sentence_rules import flaws

if sys.platform == "linux":
    from tests.faults.input.window import Window
    from tests.journeys.machine import Machine

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="needs a pty")

DESCRIPTION = "Menyusun modul yang belum tersimpan"
_END = b"\x1b[?1049l"


@pytest.fixture
def machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Machine:
    """A computer with one teacher, whose plan is begun."""
    monkeypatch.chdir(tmp_path)
    machine = Machine(tmp_path)
    machine.env |= {"PMM_TUI_SERVER": "http://127.0.0.1:9", "PMM_TUI_TOKEN": TOKEN}
    with Store.open(machine.database) as store:
        store.roster.write([Pegawai(nama=NAME, nip=NIP, status_kepegawaian="PNS", golongan="III/c")])
        store.drafts.save(store.roster.all()[0].id, PERIODE, RENCANA, 1, MOMENT)
        place = {"pegawai": 1, "bagian": "pengembangan_kompetensi", "kursor": "rhk/0/uraian", "periode": PERIODE}
        store.reference.set_memo("tempat", json.dumps(place))
    return machine


def _run(machine: Machine, bug: str, *argv: str) -> Window:
    return Window([sys.executable, "-m", "tests.faults.input.broken", bug, *argv], machine.env)


def _draft(machine: Machine) -> RencanaKinerja:
    with Store.open(machine.database) as store:
        draft = store.drafts.get(store.roster.all()[0].id, PERIODE)
    assert draft is not None
    return draft.rencana


def _after(t: Window) -> str:
    """What stands on the terminal after the screen was left."""
    content = b"".join(chunk.content for chunk in t.chunks)
    text = content.rpartition(_END)[2].decode()
    return re.sub(r"\x1b\[[?<>]?[0-9;]*[a-zA-Z]", "", text).replace("\r", "").strip()


def _report(machine: Machine) -> str:
    """The one report."""
    (path,) = (machine.home / "pmm" / "laporan").iterdir()
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    return path.read_text("utf-8")


def _cleaned(text: str) -> None:
    assert not [secret for secret in (NAME, NIP, TOKEN, DESCRIPTION) if secret in text]


def _one_sentence(t: Window) -> str:
    said = _after(t)
    assert flaws(said) == []
    _cleaned(said)
    assert t.modes_left == set()
    return said


@pytest.mark.parametrize("bug", ["on_mount", "key", "worker", "paint", "read", "judge"])
def test_a_bug_while_typing(bug: str, machine: Machine) -> None:
    """Wherever it is: what was typed a moment ago is saved, the report says where and no value, and the terminal is as it was."""
    with _run(machine, bug) as t:
        t.wait(NAME, "Uraian RHK")
        t.press("ctrl+u")
        t.type(DESCRIPTION)
        t.wait(DESCRIPTION)
        t.press("ctrl+n" if bug == "on_mount" else "ctrl+y")
        if bug in ("paint", "judge"):
            t.type(".")
        assert t.exit_code() == 1
        said = _one_sentence(t)
    assert "isian terakhir sudah disimpan" in said
    assert "laporan-" in said
    assert _draft(machine).pengembangan_kompetensi.rhk[0].uraian.rstrip(".") == DESCRIPTION
    report = _report(machine)
    _cleaned(report)
    assert {"ValueError", "KeyError", "explode"} <= set(re.findall(r"\w+", report))


def test_a_bug_behind_the_screens(machine: Machine) -> None:
    """Fetching broke: the same, from the worker that nobody waits for."""
    with _run(machine, "pull") as t:
        assert t.exit_code() == 1
        assert "laporan-" in _one_sentence(t)
    _cleaned(_report(machine))


def test_a_bug_in_saving(machine: Machine) -> None:
    """The records cannot take the draft: it is in a file of its own, for its owner alone, and the sentence says where."""
    with _run(machine, "save") as t:
        t.wait(NAME, "Uraian RHK")
        t.press("ctrl+u")
        t.type(DESCRIPTION)
        assert t.exit_code() == 1
        said = _one_sentence(t)
    found = re.search(r"isian terakhir ada di (\S+\.toml)\.", said)
    assert found
    path = Path(found[1])
    text = path.read_text("utf-8")
    assert any(DESCRIPTION.startswith(part) and part for part in re.findall(r'uraian = "(.*?)"', text))
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    _cleaned(_report(machine))


def test_a_bug_that_the_loop_finds(machine: Machine) -> None:
    """What breaks where nobody waits for it is reported, once, and the operator goes on."""
    with _run(machine, "schedule") as t:
        t.wait(NAME, "Uraian RHK")
        t.press("ctrl+y", "ctrl+y", "ctrl+y", "ctrl+u")
        t.type(DESCRIPTION)
        t.wait(DESCRIPTION)
        t.press("ctrl+q")
        assert t.exit_code() == 0
        assert _after(t) == ""
    assert _draft(machine).pengembangan_kompetensi.rhk[0].uraian == DESCRIPTION
    _cleaned(_report(machine))


def test_a_bug_before_the_first_screen(machine: Machine) -> None:
    """The program cannot even begin: one sentence all the same."""
    with _run(machine, "start") as t:
        assert t.exit_code() == 1
        assert "laporan-" in _one_sentence(t)
    _cleaned(_report(machine))


@pytest.mark.parametrize("argv", [("daftar",), ("daftar", "--json")])
def test_a_bug_in_a_command(argv: tuple[str, ...], machine: Machine) -> None:
    """A command that breaks says so in one sentence, with exit code 1, and as JSON when that was asked for."""
    with _run(machine, "command", *argv) as t:
        assert t.exit_code() == 1
        content = b"".join(chunk.content for chunk in t.chunks).decode()
    assert flaws(content.splitlines()[0]) == []
    assert len(content.splitlines()) == (1 if len(argv) == 1 else 5)
    _cleaned(content)
    _cleaned(_report(machine))


def test_every_bug_is_tried() -> None:
    """No bug of `broken` is left out."""
    tried = {"on_mount", "key", "worker", "paint", "read", "judge", "pull", "save", "schedule", "start", "command"}
    assert tried == set(BUG)
