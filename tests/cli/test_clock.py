"""A computer whose clock lost its battery: said once, and nothing is chosen, refused or emptied by it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

import pmm_tui
from pmm_tui.cli.context import RunContext
from pmm_tui.locations import Locations
from pmm_tui.store import Store
from tests.cli.conftest import COMPLETE, NOW, Run
from tests.cli.fake_server import FakeServer

RIGHT = datetime(2026, 12, 1, 3, tzinfo=UTC)
LOST = [datetime(1980, 1, 1, 3, tzinfo=UTC), datetime(2019, 1, 1, 3, tzinfo=UTC), datetime(2024, 6, 1, 3, tzinfo=UTC)]
CSV = "Nama;NIK;NUPTK;JK;Tanggal Lahir;NIP;Status Kepegawaian;Jenis PTK\nSiti;1;;P;1999-05-05;199905052025212001;PPPK;Guru Kelas\n"
Clock = Callable[[datetime], None]


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    """Set the computer's clock."""
    defaults = RunContext.__init__.__kwdefaults__
    assert defaults is not None
    return lambda at: monkeypatch.setitem(defaults, "now", lambda: at)


@pytest.mark.parametrize("at", LOST)
def test_the_list_stays_on_the_period_that_runs(run: Run, ids: tuple[int, int], clock: Clock, at: datetime) -> None:
    """Not one of 2024 is shown because the clock says so; one sentence tells what is wrong; the list on stdout is the same."""
    clock(RIGHT)
    right = run("daftar")
    assert "keliru" not in right.err
    clock(at)
    told = run("daftar")
    assert told.err.count("Jam komputer ini keliru: ") == 1
    assert told.err.splitlines()[0].endswith(
        " sebelum versi program ini terbit; betulkan tanggal dan jamnya, sementara itu dipakai 28 November 2026."
    )
    count, stage = right.err.splitlines(keepends=True)
    assert told.err.endswith(count)
    assert stage.startswith("Tahap hari ini: ")
    assert "Tahap" not in told.err  # how many days are left cannot be told
    assert (told.code, told.out) == (right.code, right.out)
    assert run("daftar", "--json").json["periode"] == "2026"


@pytest.mark.parametrize(
    "command", [("periksa",), ("ajukan", "--semua-lengkap"), ("rencana", "ekspor", "--semua", "--ke", "keluar")]
)
def test_each_command_that_depends_on_the_day_says_it_once(
    run: Run, ids: tuple[int, int], clock: Clock, command: tuple[str, ...], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """On stderr, so that documents stay what they are."""
    monkeypatch.chdir(tmp_path)
    clock(LOST[1])
    assert run(*command).err.count("Jam komputer ini keliru") == 1


@pytest.mark.process
@pytest.mark.parametrize("at", LOST)
def test_no_number_is_refused_and_no_birth_date_emptied(
    run: Run, places: Locations, clock: Clock, tmp_path: Path, at: datetime
) -> None:
    """A NIP of 2025 and a birth date of 1999 come in, and the plan can be submitted."""
    clock(at)
    (tmp_path / "guru.csv").write_text(CSV)
    told = run("impor", tmp_path / "guru.csv")
    assert told.code == 0
    assert told.err.count("Jam komputer ini keliru") == 1
    with Store.open(places.database) as store:
        (siti,) = store.roster.all()
        store.drafts.save(siti.id, "2026", COMPLETE, 1, NOW)
    assert (siti.nip, siti.tanggal_lahir) == ("199905052025212001", "1999-05-05")
    assert "belum terjadi" not in run("periksa").out


def test_what_was_last_in_force_stays_in_force(
    run: Run, ids: tuple[int, int], clock: Clock, places: Locations, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A period that began after this version's release is remembered; a period named for once is not."""
    clock(RIGHT)
    run("daftar", "--periode", "2025")
    with Store.open(places.database) as store:
        assert store.reference.memo("periode/berlaku") is None
    run("daftar")
    with Store.open(places.database) as store:
        assert store.reference.memo("periode/berlaku") == "2026"
    monkeypatch.setattr(pmm_tui, "RELEASED", "2025-03-01")
    clock(LOST[1])
    assert run("daftar", "--json").json["periode"] == "2026"
    with Store.open(places.database) as store:
        assert store.reference.memo("periode/berlaku") == "2026"


@pytest.mark.parametrize("at", LOST)
def test_a_first_start_goes_by_the_day_of_release(run: Run, clock: Clock, at: datetime) -> None:
    """On a computer that never had a right clock the period of this version's release is in force, and is not remembered."""
    clock(at)
    assert run("daftar", "--json").json["periode"] == "2026"


def test_the_servers_last_answer_is_remembered(run: Run, server: FakeServer, clock: Clock) -> None:
    """After a fetch a clock that falls back behind the server's time is known, offline too; so is one that runs ahead of it."""
    at = datetime.now(UTC)
    clock(at)
    assert run("tarik").code == 0
    clock(at - timedelta(days=40))
    assert " sebelum jawaban terakhir server; " in run("daftar").err
    clock(at + timedelta(days=3))
    assert "3 hari lebih cepat dari server; periksa" in run("tarik").err
    assert "3 hari lebih cepat dari server; betulkan" in run("daftar").err
    clock(at)
    assert "keliru" not in run("daftar").err
    clock(at - timedelta(days=8 * 365))
    assert "sekitar 8 tahun lebih lambat dari server; periksa" in run("tarik").err


def test_a_diagnosis_tells_the_clock(run: Run, clock: Clock, ids: tuple[int, int]) -> None:
    """In a part of its own, with exit code 1; with a clock that can be right there is none."""
    clock(RIGHT)
    assert "jam" not in run("diagnosa", "--json").json
    clock(LOST[0])
    told = run("diagnosa", "--json")
    assert told.code == 1
    assert told.json["jam"]["galat"].startswith("Jam komputer ini keliru: 1 Januari 1980, sekitar 46 tahun ")
    assert told.json["basis_data"]["periode"] == "2026"


@pytest.mark.process
def test_the_reference_servers_school_is_read_by_the_day_that_counts(run: Run, clock: Clock, tmp_path: Path) -> None:
    """Loading a school on a computer without a battery refuses nobody."""
    clock(LOST[0])
    (tmp_path / "guru.csv").write_text(CSV)
    told = run("server", "sekolah", "--npsn", "20512345", "--guru", tmp_path / "guru.csv", "--database", tmp_path / "s.db")
    assert (told.code, told.err.splitlines()[-1]) == (0, "Guru: 1 baru, 0 diperbarui, 0 sama, 0 ditolak.")
