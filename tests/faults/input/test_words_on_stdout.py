"""Words that attack (issue 3, point 7), from a server, tampered records, names of files and the environment."""

from __future__ import annotations

import os
import re
import sys
import tomllib
from pathlib import Path

import pytest

from pmm_tui.skp.model import Pegawai
from pmm_tui.store import Store
from tests.faults.conftest import Count
from tests.faults.input.cases import MOMENT, PERIODE, Computer
from tests.faults.input.in_process import run_program
from tests.faults.input.outputs import TEXTS, every, nip, readable, safe
from tests.faults.input.payloads import ATTACKS, attack, flood, forbidden, honest
from tests.faults.input.villain import Behaviour, Villain, villain

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="file names and time zones as Linux has them")


@pytest.mark.parametrize("behaviour", ["terima", "tolak", "rumit", "bentrok"])
def test_server(k: Computer, behaviour: Behaviour, many: Count) -> None:
    """School, roster, rapor, catalogue, receipts, rejection notes, status and problem details of a server."""
    with villain() as hostile:
        k.env |= {"PMM_TUI_SERVER": hostile.url, "PMM_TUI_TOKEN": "token-rahasia-1"}
        hostile.behaviour = behaviour
        start = ["terima", "tolak", "rumit", "bentrok"].index(behaviour) * 11
        for step in range(start, start + many(1, len(ATTACKS))):
            hostile.step = step
            _one_round(k, hostile)
        safe(run_program(k, "kirim", "--json"))
    (note,) = k.data.glob("*.ndjson")
    assert forbidden(note.read_text("utf-8")) == []


def _one_round(k: Computer, hostile: Villain) -> None:
    for options in ((), ("--json",)):
        said = run_program(k, "tarik", *options)
        safe(said)
        assert said.code in (0, 1), said.err
    for options in ((), ("--json",)):
        with Store.open(k.database) as store:
            siti = next(p for p in store.roster.all() if p.nip == "198507142010012012")
            draft = store.drafts.get(siti.id, PERIODE)
            assert draft is not None
            store.outbox.seal(siti, PERIODE, draft.rencana, draft.edit, MOMENT)
        said = run_program(k, "kirim", *options)
        safe(said)
        assert said.code in (0, 1, 5)
    found = every(k)
    assert len(honest(found["daftar"].out)) > 60
    safe(run_program(k, "daftar", "--periode", PERIODE))


def test_records_that_were_tampered_with(k: Computer) -> None:
    """What somebody wrote into the database behind our back, uncleaned, is still printed, listed and exported without harm."""
    raw = [kind for kind in TEXTS if flood(ATTACKS[kind]) <= 3]
    with Store.open(k.database) as store:
        store.roster.write(
            Pegawai(
                nama=attack(kind, n),
                nip=nip(n),
                jenis_ptk=attack(kind, n),
                status_kepegawaian=attack(kind, n),
                golongan=attack(kind, n),
            )
            for n, kind in enumerate(raw)
        )
    found = every(k)
    readable(found, "daftar", {f"Kata{n}" for n in range(len(raw))})
    assert run_program(k, "rencana", "ekspor", "--semua", "--ke", k.work / "e").code == 0
    for path in (k.work / "e").iterdir():
        assert re.fullmatch(r"\d{4}-[a-z0-9-]{1,41}_?-2026\.toml", path.name)
        assert forbidden(path.read_text("utf-8")) == []
        assert tomllib.loads(path.read_text("utf-8"))["periode"] == PERIODE


@pytest.mark.parametrize("json_", [(), ("--json",)], ids=["teks", "json"])
def test_names_of_files(k: Computer, json_: tuple[str, ...], many: Count) -> None:
    """A file's name, an argument and a path in the environment are said in one line each, whatever they hold."""
    for n, kind in list(enumerate(ATTACKS))[many(len(json_), 0) :: many(3, 1)]:
        name = attack(kind, n).replace("/", "-").replace("\0", "")
        name = os.fsdecode(name.encode("utf-8", "surrogateescape" if kind == "surogat-byte" else "replace")[:200])
        path = k.work / name
        path.write_text("Nama;NIP\nAni;1\n")
        command: list[tuple[int, tuple[str | Path, ...]]] = [
            (2, ("rencana", "impor", path)),
            (1, ("daftar", "--config", path)),
            (2, ("ajukan", name)),
            (9, ("rencana", "ekspor", "--semua", "--ke", path)),
            (1, (name,)),
        ]
        if n % many(25, 1) == 0:  # starts a process
            command.append((4, ("impor", path)))
        for most_lines, argv in command:
            said = run_program(k, *argv, *json_)
            safe(said, most_lines=99 if json_ else most_lines)
            assert honest(said.everything) >= {f"Kata{n}"}, said


def test_environment(k: Computer, many: Count) -> None:
    """Paths, terminal and language of the environment, as `diagnosa` and `lokasi` tell them."""
    half = (("diagnosa",), ("lokasi", "--json")), (("diagnosa", "--json"), ("lokasi",))
    for n, kind in enumerate(ATTACKS):
        content = os.fsdecode(attack(kind, n).replace("\0", "").encode("utf-8", "replace")[:180])
        k.env |= {"TERM": content, "LANG": content, "NO_COLOR": content, "PMM_TUI_DATA": str(k.home / content.replace("/", "-"))}
        for argv in (*half[n % 2], *half[1 - n % 2])[: many(2, 4)]:
            said = run_program(k, *argv)
            safe(said, most_lines=120)
            assert f"Kata{n}" in honest(said.out)


def test_only_the_printed_lists_are_exported_as_spreadsheets() -> None:
    """No other part writes CSV or a workbook: whoever adds one has to keep cells from being formulas (CWE-1236), as they do."""
    import pmm_tui

    assert pmm_tui.__file__
    package = Path(pmm_tui.__file__).parent
    writes = re.compile(r"csv\.(?:writer|DictWriter)|openpyxl|xlsxwriter|text/csv")
    found = {path.relative_to(package).as_posix() for path in package.rglob("*.py") if writes.search(path.read_text("utf-8"))}
    assert found == {"cetak/comma_values.py", "cetak/workbook.py"}
