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

from tests.faults.conftest import Banyak
from tests.faults.input.case_table import SUMBER, tabel
from tests.faults.input.cases import Komputer
from tests.faults.input.random_cases import BANYAK
from tests.faults.input.runner import Hasil, siapkan
from tests.faults.input.sentence_rules import cacat, kalimat

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="folders, pipes and owners as Linux has them")

ROOT = Path(__file__).parents[3]
TETAP = [nama for nama in SUMBER if nama != "acak"]
SEMUA = tabel(*TETAP)
BOM = [nama for nama in SEMUA if nama.startswith("bom/")]
KASUS = {nama: kasus for nama, kasus in SEMUA.items() if nama not in BOM}
PROSES = 2
DETIK, MEMORI = 5.0, 300_000_000


@pytest.fixture(scope="module")
def hasil(request: pytest.FixtureRequest) -> dict[str, Hasil]:
    """What came of each case that is asked for, all run by two fresh processes."""
    asked = [item.callspec.params.get("nama") for item in request.session.items if hasattr(item, "callspec")]
    return _jalankan([nama for nama in KASUS if nama in asked])


def _jalankan(nama: list[str]) -> dict[str, Hasil]:
    """Run these cases; their files are made first, by this process, as some of them are bombs."""
    with tempfile.TemporaryDirectory(prefix="pmm-masukan-") as name:  # not pytest's folder: that lets nobody else in
        folder = Path(name)
        folder.chmod(0o711)
        kasus = tabel()
        siapkan(folder, (kasus[satu] for satu in nama))
        return _dua_proses(folder)


def _dua_proses(folder: Path) -> dict[str, Hasil]:
    command = [sys.executable, "-m", "tests.faults.input.runner", str(folder)]
    runs = [
        subprocess.Popen([*command, str(part), str(PROSES)], cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        for part in range(PROSES)
    ]
    told = [run.communicate(timeout=3600) for run in runs]
    assert [(run.returncode, err) for run, (_, err) in zip(runs, told, strict=True)] == [(0, b"")] * PROSES
    found = [msgspec.json.decode(line, type=Hasil) for out, _ in told for line in out.splitlines()]
    return {satu.nama: satu for satu in found}


def test_there_are_enough() -> None:
    """The table has at least 300 cases, and many of each kind."""
    kinds = Counter(nama.partition("/")[0] for nama in KASUS)
    assert len(SEMUA) >= 300
    assert set(kinds) == {"guru", "rencana", "katalog", "konfigurasi", "token", "basis", "lingkungan", "perintah"}
    assert min(kinds.values()) >= 20


@pytest.mark.parametrize("nama", KASUS)
def test_bad_input(nama: str, hasil: dict[str, Hasil]) -> None:
    """It ends with its exit code, in sentences that keep the rules and name the place; every record is still there."""
    _nilai(hasil[nama])


def test_bombs(banyak: Banyak) -> None:
    """So do files that inflate, fold or repeat into far more than they weigh; the importer's own tests read all of them."""
    for h in _jalankan(BOM[:: banyak(7, 1)]).values():
        _nilai(h)
        assert h.memori <= MEMORI, h


def _nilai(h: Hasil) -> None:
    kasus = SEMUA[h.nama]
    _tanpa_jejak(h)
    assert h.hilang == ()
    assert h.kode in kasus.kode, h
    assert h.detik <= DETIK
    said = kalimat(h.out, h.err)
    assert all(part in h.out + h.err for part in kasus.sebut), h
    if kasus.bahasa:
        assert said
        assert {line: faults for line in said if (faults := cacat(line))} == {}


def _tanpa_jejak(h: Hasil) -> None:
    assert h.jejak == ""
    assert "Traceback" not in h.out + h.err
    assert "Program keliru" not in h.err
    assert h.sisa == ()


def test_memory(hasil: dict[str, Hasil]) -> None:
    """The processes that ran all the cases, with the largest of their children, never had more than the bound of one."""
    puncak = max(hasil.values(), key=lambda h: h.memori)
    assert 10_000_000 < puncak.memori <= MEMORI, puncak.nama


def test_damage_at_random(banyak: Banyak) -> None:
    """Whatever random damage makes of a good file, nothing crashes, hangs or is lost."""
    nama = [f"acak/{number}" for number in range(banyak(80, BANYAK))]
    for h in _jalankan(nama).values():
        _tanpa_jejak(h)
        diterima = ": diperbarui, " in h.out  # the damage left a plan that can be read, which takes the draft's place
        assert [row for row in h.hilang if not (diterima and row.startswith("draf "))] == [], h
        assert h.kode in (0, 1, 2), h
        assert h.detik <= DETIK, h
        assert h.memori <= MEMORI, h
        assert h.kode == 0 or h.err or h.out, h


@pytest.mark.parametrize("arus", [">/dev/full", ">&-", "2>&-", "<&-", ">&- 2>&-", "<&- >&- 2>&-", "| true"])
@pytest.mark.parametrize("perintah", ["daftar --json", "--help", "diagnosa", "layar"])
def test_streams_that_are_not_there(perintah: str, arus: str, tmp_path: Path) -> None:
    """With a stream that is closed, full or left by its reader there is an exit code, and never a traceback or a report."""
    k = Komputer(tmp_path / "rumah")
    k.isi()
    shell = f"exec 3>&2; {sys.executable} -m pmm_tui {perintah} {arus}; echo kode=$? >&3"
    run = subprocess.run(
        ["bash", "-c", shell],
        env=k.env | {"PYTHONPATH": str(ROOT)},
        cwd=k.kerja,
        capture_output=True,
        text=True,
        timeout=30,
        check=False,
    )
    assert "Traceback" not in run.stderr
    assert "Program keliru" not in run.stderr
    assert not (k.data / "laporan").exists()
    biasa = {"layar": 2}.get(perintah, 0)
    kode = int(run.stderr.rpartition("kode=")[2])
    assert kode == {">/dev/full": biasa or 4, "| true": 0}.get(arus, biasa)


def test_an_installation_that_is_not_whole(tmp_path: Path) -> None:
    """Without a package that the program needs, one sentence says which."""
    env = {"PYTHONPATH": str(ROOT), "HOME": str(tmp_path), "PATH": os.environ["PATH"]}
    run = subprocess.run(
        [sys.executable, "-S", "-m", "pmm_tui", "daftar"], env=env, capture_output=True, text=True, timeout=30, check=False
    )
    assert (run.returncode, run.stdout) == (1, "")
    assert cacat(run.stderr.removesuffix("\n")) == []
    assert "msgspec" in run.stderr
