"""`pmm-tui konfirmasi`: whose word is noted, who is left out and why, the day as people write it, and the exit codes."""

from __future__ import annotations

import pytest
from msgspec import structs

from pmm_tui.cli.parser_confirm import WAYS
from pmm_tui.locations import Locations
from pmm_tui.skp.model import CONFIRMED_BY, DataDiri, Rangkuman, RencanaKinerja
from pmm_tui.store import Store
from tests.cli.conftest import BUDI, COMPLETE, NOW, SITI, Run

P = ("--periode", "2026")
WAY = ("--cara", "kertas", "--tanggal", "7 Januari 2026")
WHOLE = structs.replace(COMPLETE, rangkuman=Rangkuman())
WORD = Rangkuman(dikonfirmasi_guru=True, cara="kertas", tanggal="2026-01-07")


def put(places: Locations, pegawai_id: int, rencana: RencanaKinerja) -> None:
    """Store a draft."""
    with Store.open(places.database) as store:
        assert store.drafts.save(pegawai_id, "2026", rencana, 1, NOW)


def words(places: Locations, ids: tuple[int, int]) -> list[Rangkuman]:
    """What is noted for both."""
    with Store.open(places.database) as store:
        drafts = store.drafts.all("2026")
        return [drafts[one].rencana.rangkuman if one in drafts else Rangkuman() for one in ids]


def test_all_whole_plans_are_one_step(run: Run, ids: tuple[int, int], places: Locations) -> None:
    """Each has a line, the sum is told, and what was saved after that day is said."""
    for one in ids:
        put(places, one, WHOLE)
    told = run("konfirmasi", "--semua-lengkap", *WAY, *P)
    assert told.code == 0
    assert sorted(told.out.splitlines()) == sorted(
        (f"{ids[0]} {SITI.nama}: konfirmasinya dicatat.", f"{ids[1]} {BUDI.nama}: konfirmasinya dicatat.")
    )
    assert "2 konfirmasi dicatat (paraf di kertas, 7 Januari 2026)." in told.err
    assert "Disimpan sesudah tanggal itu" in told.err
    assert words(places, ids) == [WORD, WORD]
    with Store.open(places.database) as store:
        step = store.steps.last("2026")
        assert step is not None
        assert (step.kind, step.count) == ("konfirmasi", 2)
        store.steps.undo(step.id, NOW)
    assert words(places, ids) == [Rangkuman(), Rangkuman()]


def test_a_try_changes_nothing(run: Run, ids: tuple[int, int], places: Locations) -> None:
    """It tells the same, and that nothing was noted."""
    put(places, ids[0], WHOLE)
    told = run("konfirmasi", ids[0], *WAY, *P, "--uji-coba")
    assert (told.code, told.out) == (0, f"{ids[0]} {SITI.nama}: konfirmasinya dapat dicatat.\n")
    assert "Uji coba: tidak ada yang dicatat." in told.err
    assert words(places, ids) == [Rangkuman(), Rangkuman()]


def test_who_is_left_out(run: Run, ids: tuple[int, int], places: Locations) -> None:
    """By name, with the reason; one that cannot be noted makes the exit code 1, one that is noted already does not."""
    put(places, ids[0], structs.replace(WHOLE, data_diri=DataDiri()))
    put(places, ids[1], structs.replace(WHOLE, rangkuman=WORD))
    told = run("konfirmasi", *ids, *WAY, *P, "--json")
    assert told.code == 1
    assert told.json == {
        "periode": "2026",
        "uji_coba": False,
        "cara": "kertas",
        "tanggal": "2026-01-07",
        "rencana": [
            {"id": ids[0], "nama": SITI.nama, "hasil": "ditinggal", "sebab": "data dirinya belum dinyatakan sesuai"},
            {
                "id": ids[1],
                "nama": BUDI.nama,
                "hasil": "tetap",
                "sebab": "sudah dikonfirmasi: paraf di kertas, 7 Januari 2026",
            },
        ],
        "dilewati": [],
        "ditolak": [],
    }
    assert run("konfirmasi", ids[1], *WAY, *P).code == 0
    assert run("konfirmasi", "99", *WAY, *P).code == 1


@pytest.mark.parametrize(("day", "why"), [("kemarin", "tidak terbaca"), ("9 Januari 2999", "belum tiba"), ("", "belum diisi")])
def test_a_day_that_cannot_be(run: Run, ids: tuple[int, int], places: Locations, day: str, why: str) -> None:
    """Nonsense, a day to come and none are refused before anything is opened."""
    put(places, ids[0], WHOLE)
    told = run("konfirmasi", ids[0], "--cara", "kertas", "--tanggal", day, *P)
    assert told.code == 2
    assert why in told.err
    assert words(places, ids) == [Rangkuman(), Rangkuman()]


def test_the_ways_are_those_of_the_form() -> None:
    """The parser knows them without the form."""
    assert WAYS == CONFIRMED_BY


def test_of_all_who_is_left_out_is_told_by_reason(run: Run, ids: tuple[int, int], places: Locations) -> None:
    """With --semua-lengkap those that are not whole are no failure, but they are counted, with reasons and names."""
    put(places, ids[0], WHOLE)
    told = run("konfirmasi", "--semua-lengkap", *WAY, *P, "--uji-coba", "--json")
    assert told.code == 0
    assert f"Ditinggal: 1 rencananya belum dimulai ({BUDI.nama})." in told.err
    assert [(one["id"], one["sebab"]) for one in told.json["dilewati"]] == [(ids[1], "rencananya belum dimulai")]
    assert [one["id"] for one in told.json["rencana"]] == [ids[0]]
