"""Commands that only read, while another process holds the data folder."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from pmm_tui.locations import Locations
from pmm_tui.store import Store
from tests.cli.conftest import BUDI, SITI, Run

pytestmark = pytest.mark.process
P = ("--periode", "2026")
SAID = "Program sedang terbuka di jendela lain; yang dibaca adalah yang sudah tersimpan."
_HOLDER = """
import sys
from pathlib import Path
from pmm_tui.skp.model import Pegawai
from pmm_tui.store import Store
with Store.open(Path(sys.argv[1])) as store:
    store.roster.write([Pegawai(nama="Baru Saja")])
    print("siap", flush=True)
    sys.stdin.readline()
    store.roster.write([Pegawai(nama="Sesudah Itu")])
"""


@pytest.fixture
def holder(places: Locations, sealed: tuple[int, int]) -> Iterator[subprocess.Popen[str]]:
    """Another process, which holds the database and has just saved a teacher."""
    command = [sys.executable, "-c", _HOLDER, str(places.database)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "siap\n"
        yield process
        process.communicate("")


def files(folder: Path) -> dict[str, tuple[bytes, int, int]]:
    """Every file with its content, time and mode."""
    found = (path for path in folder.rglob("*") if path.is_file())
    return {str(path): (path.read_bytes(), path.stat().st_mtime_ns, path.stat().st_mode) for path in found}


@pytest.mark.parametrize(
    ("command", "words"),
    [
        (("daftar", *P), "Baru Saja"),
        (("daftar", "--json", *P), "Baru Saja"),
        (("periksa", "--json", *P), "belum_dimulai"),
        (("periksa", "--prasyarat", "--json", *P), "temuan"),
        (("antrean", "--semua", *P), "Baru Saja"),
        (("katalog", *P), "Belum pasti"),
        (("templat", "daftar", "--json", *P), '"templat": []'),
        (("lokasi",), "pmm-tui.db"),
        (("diagnosa",), "terbuka di jendela lain: ya"),
        (("diagnosa", "--json"), '"guru": 3'),
    ],
    ids=lambda value: " ".join(value[:2]) if isinstance(value, tuple) else "",
)
def test_reading_goes_on_beside_a_holder(
    run: Run, holder: subprocess.Popen[str], places: Locations, command: tuple[str, ...], words: str
) -> None:
    """What was saved a moment ago is there, no file changes, and the holder goes on."""
    before = files(places.data_folder)
    told = run(*command)
    assert told.code == (1 if command[0] == "periksa" else 0), told
    assert words in told.out
    assert (SAID in told.err) == (command[0] in ("daftar", "periksa", "antrean", "katalog", "templat"))
    assert files(places.data_folder) == before
    holder.communicate("\n")
    assert holder.returncode == 0
    with Store.open(places.database) as store:
        assert [p.nama for p in store.roster.all()] == ["Baru Saja", BUDI.nama, "Sesudah Itu", SITI.nama]
        assert {entry.keadaan for entry in store.outbox.all()} == {"queued"}


def test_plans_are_exported_beside_a_holder(run: Run, holder: subprocess.Popen[str], tmp_path: Path) -> None:
    """Exporting only reads."""
    told = run("rencana", "ekspor", "--semua", "--ke", tmp_path / "keluar", *P)
    assert told.code == 0
    assert len(list((tmp_path / "keluar").iterdir())) == 3


@pytest.mark.parametrize(
    "command", [("ajukan", "--semua-lengkap", *P), ("kirim",), ("cadangan",), ("urungkan",)], ids=lambda c: c[0]
)
def test_what_writes_is_still_refused(
    run: Run, holder: subprocess.Popen[str], places: Locations, command: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A second writer ends with exit code 3, and nothing changes."""
    monkeypatch.setenv("PMM_TUI_SERVER", "http://127.0.0.1:9")
    monkeypatch.setenv("PMM_TUI_TOKEN", "abc")
    before = files(places.data_folder)
    told = run(*command)
    assert told.code == 3
    assert "Program sudah terbuka di jendela lain" in told.err
    assert files(places.data_folder) == before


def test_the_same_answer_beside_and_alone(run: Run, holder: subprocess.Popen[str]) -> None:
    """The document is the one that the command gives when nobody holds the folder."""
    beside = run("daftar", "--json", *P).json
    holder.kill()
    holder.wait()
    alone = run("daftar", "--json", *P)
    assert SAID not in alone.err
    assert alone.json == beside
