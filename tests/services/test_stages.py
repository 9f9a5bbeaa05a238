"""The stage of the day: which one runs, what is left of it, what comes next, and when nothing can be told."""

from __future__ import annotations

from datetime import date, timedelta

import msgspec
import pytest

from pmm_tui.services.in_force import InForce
from pmm_tui.services.stages import Deadline, deadline_of, stage_advice, stage_json, stage_on, stage_sentence, stage_short
from pmm_tui.skp.katalog import Katalog
from pmm_tui.skp.katalog_reader import bundled
from pmm_tui.skp.model import Rapor, Sekolah

UNSURE = " Tanggal ini belum pasti."


def force(periode: str, katalog: Katalog | None = None, clock: str = "") -> InForce:
    """What is in force in a period."""
    found = (katalog or bundled()).for_periode(periode)
    return InForce(katalog=found, periode=periode, sekolah=Sekolah(), rapor=Rapor(), clock=clock)


def on(day: str, periode: str = "2026") -> str:
    """The sentence of a day."""
    return stage_sentence(force(periode), date.fromisoformat(day))


@pytest.mark.parametrize(
    ("day", "said"),
    [
        (
            "2026-01-01",
            "Tahap hari ini: Perencanaan sampai 31 Januari 2026 (30 hari lagi); "
            "kini pemutakhiran data sampai 7 Januari 2026 (6 hari lagi).",
        ),
        (
            "2026-01-08",
            "Tahap hari ini: Perencanaan sampai 31 Januari 2026 (23 hari lagi); "
            "kini menyusun dan mengajukan sampai 21 Januari 2026 (13 hari lagi).",
        ),
        (
            "2026-01-31",
            "Tahap hari ini: Perencanaan sampai 31 Januari 2026 (hari terakhir); "
            "kini persetujuan kepala sekolah sampai 31 Januari 2026 (hari terakhir).",
        ),
        ("2026-02-01", "Tahap hari ini: Pelaksanaan dan pemantauan sampai 30 November 2026 (302 hari lagi)."),
        ("2026-09-01", "Tahap hari ini: Pelaksanaan dan pemantauan sampai 30 November 2026 (90 hari lagi)."),
        (
            "2026-11-13",
            "Tahap hari ini: Penilaian dan predikat sampai 31 Desember 2026 (48 hari lagi). "
            f"Periode Januari–Desember 2027: Pra-perencanaan mulai 1 Desember 2026 (18 hari lagi).{UNSURE}",
        ),
        (
            "2026-12-01",
            "Tahap hari ini: Penilaian dan predikat sampai 31 Desember 2026 (30 hari lagi). "
            f"Periode Januari–Desember 2027: Pra-perencanaan sampai 7 Januari 2027 (37 hari lagi).{UNSURE}",
        ),
    ],
)
def test_each_day_of_2026_has_its_stage(day: str, said: str) -> None:
    """In January planning with the part that runs, then the work, from mid-November rating and what comes in the next year."""
    assert on(day) == said


def test_a_day_between_two_stages_tells_the_next() -> None:
    """Where nothing runs the next stage is told with its first day; after the last one that all is over."""
    assert on("2026-12-20", "2024-1") == "Tahap periode Januari–Juni 2024 sudah selesai semua."
    assert on("2023-12-20", "2024-1") == "Tahap berikutnya: Perencanaan mulai 1 Januari 2024 (12 hari lagi)."
    assert on("2026-11-20", "2027") == f"Tahap berikutnya: Pra-perencanaan mulai 1 Desember 2026 (11 hari lagi).{UNSURE}"


def test_the_next_period_is_told_only_when_it_is_near() -> None:
    """Sixty days ahead and no more; also when the server lent the running period alone."""
    lent = force("2025", bundled().only_periode("2025"))
    day = date(2025, 12, 1) - timedelta(days=18)
    assert "Periode Januari–Desember 2026: Pra-perencanaan mulai 1 Desember 2025 (18 hari lagi)." in stage_sentence(lent, day)
    assert "Periode" not in stage_sentence(lent, date(2025, 9, 1))
    far = msgspec.structs.replace(bundled().periode[2], id="2030", mulai=date(2030, 1, 1), selesai=date(2030, 12, 31), tahap=())
    last = msgspec.structs.replace(bundled(), periode=(*bundled().periode[:5], far))
    assert stage_sentence(force("2027", last), date(2027, 12, 31)).endswith("(hari terakhir). Tanggal ini belum pasti.")


@pytest.mark.parametrize("periode", [p.id for p in bundled().periode])
def test_every_day_of_a_period_is_in_a_stage(periode: str) -> None:
    """No day of a period is without a stage, and the one that is told runs on it."""
    found = bundled().find_periode(periode)
    assert found is not None
    day = found.mulai
    while day <= found.selesai:
        tahap = stage_on(found, day).tahap
        assert tahap is not None
        assert tahap.mulai <= day <= tahap.batas
        day += timedelta(days=1)


def test_the_planning_stage_is_the_window_that_plans_are_judged_by() -> None:
    """The stage `perencanaan` and the planning window are one in every period."""
    for periode in bundled().periode:
        (planning,) = [t for t in periode.tahap if t.id == "perencanaan"]
        assert (planning.mulai, planning.batas) == (periode.rencana_mulai, periode.rencana_batas)
    windows = {p.id: (p.rencana_mulai, p.rencana_batas) for p in bundled().periode}
    assert windows["2026"] == (date(2026, 1, 1), date(2026, 1, 31))
    assert windows["2027"] == (date(2027, 1, 1), date(2027, 1, 31))


def test_a_catalogue_of_before_has_its_planning_window() -> None:
    """Without `tahap` the planning window is the one stage."""
    bare = tuple(msgspec.structs.replace(p, tahap=()) for p in bundled().periode)
    before = force("2026", msgspec.structs.replace(bundled(), periode=bare))
    assert stage_short(before, date(2026, 1, 30)) == "Perencanaan: 1 hari lagi"
    assert stage_short(before, date(2026, 2, 1)) == ""
    assert stage_json(before, date(2026, 2, 1)) is None


def test_scripts_get_the_stage_with_its_days() -> None:
    """The stage, its part, and how many days are left of each."""
    found = stage_json(force("2027"), date(2027, 1, 21))
    assert found == {
        "id": "perencanaan",
        "label": "Perencanaan",
        "mulai": "2027-01-01",
        "sampai": "2027-01-31",
        "sisa_hari": 10,
        "keyakinan": "ragu",
        "bagian": {
            "id": "pengajuan",
            "label": "menyusun dan mengajukan",
            "mulai": "2027-01-08",
            "sampai": "2027-01-21",
            "sisa_hari": 0,
            "keyakinan": "ragu",
        },
        "anjuran": ["Menyusun dan mengajukan: susun, konfirmasi dan ajukan rencana setiap guru."],
    }
    later = stage_json(force("2027"), date(2027, 2, 1))
    assert later is not None
    assert (later["id"], later["bagian"]) == ("pelaksanaan", None)


def test_a_clock_that_cannot_be_right_tells_no_days() -> None:
    """No stage and no days are told by such a clock."""
    wrong, day = force("2026", clock="Jam komputer ini keliru."), date(2026, 1, 10)
    assert (stage_sentence(wrong, day), stage_short(wrong, day), stage_json(wrong, day)) == ("", "", None)
    assert stage_short(force("2026"), day) == "Perencanaan: 21 hari lagi"


def test_the_deadline_of_the_stage_that_runs() -> None:
    """Its last day and the days left, on the last day too; none before and behind the stages, or by a wrong clock."""
    found = deadline_of(force("2026"), date(2026, 1, 19))
    assert found == Deadline("perencanaan", "Perencanaan", date(2026, 1, 31), 12, unsure=False)
    assert (found.words, found.short) == ("tenggat 31 Jan, 12 hari lagi", "12 hari lagi")
    last = deadline_of(force("2026"), date(2026, 1, 31))
    assert last is not None
    assert (last.days_left, last.words) == (0, "tenggat 31 Jan, hari terakhir")
    later = deadline_of(force("2026"), date(2026, 12, 1))
    assert later is not None
    assert (later.label, later.unsure) == ("Penilaian dan predikat", True)
    assert deadline_of(force("2026"), date(2025, 11, 1)) is None
    assert deadline_of(force("2026"), date(2027, 1, 1)) is None
    assert deadline_of(force("2026", clock="Jam komputer ini keliru."), date(2026, 1, 19)) is None


@pytest.mark.parametrize(
    ("periode", "day", "begins"),
    [
        ("2026", "2026-01-04", ("Pemutakhiran data: ",)),
        ("2026", "2026-01-31", ("Persetujuan kepala sekolah: ",)),
        ("2026", "2026-06-01", ("Pelaksanaan dan pemantauan: ",)),
        ("2026", "2026-11-30", ("Penilaian dan predikat: ",)),
        ("2026", "2026-12-01", ("Penilaian dan predikat: ", "Pra-perencanaan: perbarui data pegawai")),
        ("2024-1", "2026-12-20", ()),
    ],
)
def test_what_the_calendar_asks_for(periode: str, day: str, begins: tuple[str, ...]) -> None:
    """The part that runs, else the stage; that of the next period beside it once it runs; nothing where none does."""
    said = stage_advice(force(periode), date.fromisoformat(day))
    assert len(said) == len(begins)
    assert all(sentence.startswith(start) for sentence, start in zip(said, begins, strict=True))


def test_every_stage_of_the_catalogue_asks_for_something() -> None:
    """And nothing is asked for by an id that no stage has; a catalogue without such words says none."""
    used = {tahap.id for periode in bundled().periode for tahap in periode.tahap}
    assert set(bundled().anjuran_tahap) == used
    older = msgspec.structs.replace(force("2026"), katalog=msgspec.structs.replace(bundled(), anjuran_tahap={}))
    assert stage_advice(older, date(2026, 6, 1)) == ()
